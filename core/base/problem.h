// A bad item of a set: reported by name and skipped, readable afterwards.
#pragma once
#include <string>
#include <vector>

#include "core/base/result.h"

namespace lathe::base {

struct Problem {
    std::string item;     ///< file, "file.json, annotation 17", a row
    std::string code;     ///< snake_case, stable: name(ErrorCode) or finer ("zero_area", "missing_image")
    std::string message;  ///< the reason and what to do, English
};
using Problems = std::vector<Problem>;

inline Problem problemOf(std::string item, const Error& error) {
    return {std::move(item), std::string(name(error.code)), error.message};
}

}  // namespace lathe::base

namespace lathe {
using base::Problem;
using base::Problems;
}  // namespace lathe
