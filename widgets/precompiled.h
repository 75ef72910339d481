// Precompiled for every file of widgets/ and the window in app/workbench: headers of others alone.
#pragma once
#include <fmt/format.h>

#include <QtCore/QtCore>
#include <QtWidgets/QtWidgets>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>
