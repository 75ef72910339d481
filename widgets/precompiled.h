// Precompiled for every file of widgets/ and the window in app/workbench.
#pragma once
#include <QtCore/QtCore>
#include <QtWidgets/QtWidgets>
#include <functional>
#include <memory>
#include <string>
#include <vector>
