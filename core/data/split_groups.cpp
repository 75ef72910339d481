#include "core/data/split_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <limits>
#include <regex>
#include <unordered_map>

#include "core/base/json.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

using base::fail;
using TextByImage = std::unordered_map<std::int64_t, std::string>;

std::string folderOf(const std::string& name) {
    const auto slash = name.rfind('/');
    return slash == std::string::npos ? std::string(".") : name.substr(0, slash);
}

std::string fileOf(const std::string& name) {
    return name.substr(name.rfind('/') + 1);
}

/// The value at "a.b.c"; null when there is none.
Json valueAt(const Json& json, std::string_view key) {
    const Json* at = &json;
    for (std::size_t from = 0; from <= key.size();) {
        const std::size_t end = std::min(key.find('.', from), key.size());
        const auto found = at->is_object() ? at->find(key.substr(from, end - from)) : at->end();
        if (!at->is_object() || found == at->end()) return nullptr;
        at = &*found, from = end + 1;
    }
    return *at;
}

std::string textOf(const Json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The values at `key` of JSON bodies by image; a later row of an image holds.
Result<TextByImage> valuesAtKey(const store::Workspace& workspace, const std::string& query, const std::string& key) {
    TextByImage values;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        values.clear();
        long long id = 0;
        std::string body;
        soci::statement rows = (sql.prepare << query, soci::into(id), soci::into(body));
        for (rows.execute(); rows.fetch();) {
            const Json json = Json::parse(body, nullptr, false);
            values[id] = json.is_discarded() ? std::string() : textOf(valueAt(json, key));
        }
        return {};
    }));
    return values;
}

Result<TextByImage> importedValues(const store::Workspace& workspace, const std::string& key) {
    return valuesAtKey(workspace, "SELECT image_id, body FROM image_extra", key);
}

Result<std::vector<std::string>> inOrderOf(std::span<const SplitImage> images, const TextByImage& values) {
    std::vector<std::string> groups;
    for (const auto& image : images) {
        const auto at = values.find(image.id);
        groups.push_back(at == values.end() ? std::string() : at->second);
    }
    return groups;
}

Result<std::vector<std::string>> byPattern(std::span<const SplitImage> images, const std::string& pattern) {
    try {
        const std::regex regex(pattern);
        std::vector<std::string> groups;
        std::smatch match;
        for (const auto& image : images) {
            const bool found = std::regex_search(image.name, match, regex);
            groups.push_back(!found ? std::string() : match.size() > 1 ? match[1].str() : match[0].str());
        }
        return groups;
    } catch (const std::regex_error& error) {
        return fail(ErrorCode::InvalidArgument, fmt::format("isn't a regular expression: {}", error.what()), pattern);
    }
}

std::vector<std::string> byPrefix(std::span<const SplitImage> images, const std::string& text) {
    std::vector<std::string> groups;
    for (const auto& image : images) {
        const std::string file = fileOf(image.name);
        const auto at = file.find(text);
        groups.push_back(at == std::string::npos ? std::string() : file.substr(0, at));
    }
    return groups;
}

Result<std::vector<std::string>> byKind(const store::Workspace& workspace, std::span<const SplitImage> images,
                                        const std::string& kind, const std::string& value) {
    if (kind == "prefix") return byPrefix(images, value);
    if (kind == "name") return byPattern(images, value);
    LATHE_TRY(const auto values, kind == "meta"
                                     ? importedValues(workspace, value)
                                     : valuesAtKey(workspace, "SELECT image_id, body FROM image_attribute ORDER BY seq", value));
    return inOrderOf(images, values);
}

/// Seconds since 1970; nullopt when it is neither a number nor a date.
std::optional<double> timeOf(const std::string& text) {
    std::tm t{};
    double seconds = 0;
    char between = 0;
    const int parts = std::sscanf(text.c_str(), "%4d%*1[-:]%2d%*1[-:]%2d%c%2d:%2d:%lf", &t.tm_year, &t.tm_mon, &t.tm_mday, &between,
                                  &t.tm_hour, &t.tm_min, &seconds);
    if (parts >= 3) {
        t.tm_year -= 1900, --t.tm_mon;
        return double(::timegm(&t)) + seconds;
    }
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    return end == text.c_str() || *end ? std::nullopt : std::optional(number);
}

}  // namespace

Result<std::vector<std::string>> groupsOf(const store::Workspace& workspace, std::span<const SplitImage> images,
                                          const std::string& by) {
    std::vector<std::string> groups;
    if (by == "folder") {
        for (const auto& image : images) groups.push_back(folderOf(image.name));
        return groups;
    }
    const auto colon = by.find(':');
    const std::string kind = by.substr(0, colon), value = colon == std::string::npos ? std::string() : by.substr(colon + 1);
    static constexpr std::array kKinds{"prefix", "name", "attribute", "meta"};
    if (value.empty() || std::ranges::find(kKinds, kind) == kKinds.end())
        return fail(ErrorCode::InvalidArgument,
                    "groups can be kept together by folder, prefix:TEXT, name:REGEX, attribute:KEY or meta:KEY", by);
    LATHE_TRY(groups, byKind(workspace, images, kind, value));
    if (!images.empty() && std::ranges::all_of(groups, &std::string::empty))
        return fail(ErrorCode::InvalidArgument, "no image has a value by which it would belong to a group", by);
    return groups;
}

Result<std::int64_t> setTimes(const store::Workspace& workspace, std::span<SplitImage> images, const std::string& key) {
    LATHE_TRY(const auto values, importedValues(workspace, key));
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
