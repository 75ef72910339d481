#include "core/data/split_groups.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>
#include <unordered_map>

#include "core/data/query_values.h"
#include "core/store/image_groups.h"

namespace lathe::data {
namespace {

using base::fail;

/// Seconds since 1970; nullopt when it is neither a number nor a date.
std::optional<double> timeOf(const std::string& text) {
    if (const auto time = dateTimeOf(text)) return time;
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    return end == text.c_str() || *end ? std::nullopt : std::optional(number);
}

/// The rule as it is kept; "group" is the workspace's own.
Result<store::GroupRule> ruleOf(const store::Workspace& workspace, const std::string& by) {
    if (by != "group") return store::GroupRule::parse(by);
    LATHE_TRY(const std::string own, store::groupRule(workspace));
    if (own.empty())
        return fail(ErrorCode::InvalidArgument, "the workspace has no rule for groups yet; `lathe group WS folder` sets one", by);
    return store::GroupRule::parse(own);
}

/// Values by image.
Result<std::unordered_map<std::int64_t, std::string>> valuesOf(const store::Workspace& workspace, const store::GroupRule& rule) {
    std::unordered_map<std::int64_t, std::string> values;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        values.clear();
        store::eachGroupValue(sql, rule, [&](std::int64_t image, std::string value) { values[image] = std::move(value); });
        return {};
    }));
    return values;
}

}  // namespace

Result<std::vector<std::string>> groupsOf(const store::Workspace& workspace, std::span<const SplitImage> images,
                                          const std::string& by) {
    LATHE_TRY(const store::GroupRule rule, ruleOf(workspace, by));
    std::vector<std::string> groups;
    if (rule.isOfName()) {
        const auto groupOf = store::groupByName(rule);
        for (const auto& image : images) groups.push_back(groupOf(image.name));
    } else {
        LATHE_TRY(const auto values, valuesOf(workspace, rule));
        for (const auto& image : images) {
            const auto at = values.find(image.id);
            groups.push_back(at == values.end() ? std::string() : at->second);
        }
    }
    if (!images.empty() && std::ranges::all_of(groups, &std::string::empty))
        return fail(ErrorCode::InvalidArgument, "no image has a value by which it would belong to a group", by);
    return groups;
}

Result<std::int64_t> setTimes(const store::Workspace& workspace, std::span<SplitImage> images, const std::string& key) {
    LATHE_TRY(const auto values, valuesOf(workspace, store::GroupRule{store::GroupRule::By::Meta, key}));
    std::int64_t without = 0;
    for (auto& image : images) {
        const auto at = values.find(image.id);
        const auto time = at == values.end() ? std::nullopt : timeOf(at->second);
        image.time = time.value_or(-std::numeric_limits<double>::infinity());
        without += !time;
    }
    if (std::size_t(without) == images.size() && without > 0)
        return fail(ErrorCode::InvalidArgument, "no image has an imported field of this name that is a time", key);
    return without;
}

}  // namespace lathe::data
