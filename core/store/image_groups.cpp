#include "core/store/image_groups.h"

#include <fmt/format.h>

#include <array>
#include <regex>
#include <unordered_map>

#include "core/base/json.h"
#include "core/store/field_values.h"
#include "core/store/sql.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

using base::fail;

constexpr std::array<std::string_view, 5> kKinds{"folder", "prefix", "name", "attribute", "meta"};

std::string folderOf(std::string_view name) {
    const auto slash = name.rfind('/');
    return slash == std::string_view::npos ? std::string(".") : std::string(name.substr(0, slash));
}

std::string prefixOf(std::string_view name, const std::string& text) {
    const auto file = name.substr(name.rfind('/') + 1);
    const auto at = file.find(text);
    return at == std::string_view::npos ? std::string() : std::string(file.substr(0, at));
}

std::string matchOf(std::string_view name, const std::regex& regex) {
    std::cmatch match;
    if (!std::regex_search(name.data(), name.data() + name.size(), match, regex)) return {};
    return match.size() > 1 ? match[1].str() : match[0].str();
}

}  // namespace

Result<GroupRule> GroupRule::parse(const std::string& words) {
    const auto colon = words.find(':');
    GroupRule rule;
    rule.value = colon == std::string::npos ? std::string() : words.substr(colon + 1);
    const auto kind = std::ranges::find(kKinds, std::string_view(words).substr(0, colon)) - kKinds.begin();
    if (kind == std::ptrdiff_t(kKinds.size()) || (kind == 0) != (colon == std::string::npos) || (kind > 0 && rule.value.empty()))
        return fail(ErrorCode::InvalidArgument,
                    "groups can be kept together by folder, prefix:TEXT, name:REGEX, attribute:KEY or meta:KEY", words);
    rule.by = By(kind);
    try {
        if (rule.by == By::Name) (void)std::regex(rule.value);
    } catch (const std::regex_error& error) {
        return fail(ErrorCode::InvalidArgument, fmt::format("isn't a regular expression: {}", error.what()), rule.value);
    }
    return rule;
}

std::function<std::string(std::string_view)> groupByName(const GroupRule& rule) {
    if (rule.by == GroupRule::By::Folder) return folderOf;
    if (rule.by == GroupRule::By::Prefix) return [text = rule.value](std::string_view name) { return prefixOf(name, text); };
    return [regex = std::regex(rule.value, std::regex::optimize)](std::string_view name) { return matchOf(name, regex); };
}

void eachGroupValue(soci::session& sql, const GroupRule& rule, const std::function<void(std::int64_t, std::string)>& visit) {
    const bool meta = rule.by == GroupRule::By::Meta;
    long long id = 0;
    std::string body;
    std::unordered_map<std::int64_t, std::string> values;  // of attributes a later row of an image holds
    soci::statement rows = (sql.prepare << (meta ? "SELECT image_id, body FROM image_extra"
                                                 : "SELECT image_id, body FROM image_attribute ORDER BY seq"),
                            soci::into(id), soci::into(body));
    for (rows.execute(); rows.fetch();) {
        const Json json = Json::parse(body, nullptr, false);
        values[id] = json.is_discarded() ? std::string() : fieldText(json, rule.value);
    }
    for (auto& [image, group] : values)
        if (!group.empty()) visit(image, std::move(group));
}

Result<std::string> groupRule(const Workspace& workspace) {
    return readBy(workspace, [](soci::session& sql) -> Result<std::string> {
        std::string rule;
        sql << "SELECT value FROM meta WHERE key = 'group_rule'", soci::into(rule);
        return sql.got_data() ? rule : std::string();
    });
}

Result<> setGroupRule(Workspace& workspace, const std::string& rule) {
    if (!rule.empty()) LATHE_CHECK(GroupRule::parse(rule));
    return workspace.write([&](soci::session& sql) -> Result<> {
        const std::string changes =
            std::to_string(oneNumber(sql, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='groups'") + 1);
        sql << "DELETE FROM meta WHERE key IN ('group_rule', 'groups')";
        sql << "INSERT INTO meta (key, value) VALUES ('group_rule', :r)", soci::use(rule);
        sql << "INSERT INTO meta (key, value) VALUES ('groups', :n)", soci::use(changes);
        return {};
    });
}

}  // namespace lathe::store
