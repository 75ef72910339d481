// Precompiled for the tests of core and app: headers of others alone.
#pragma once
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>
