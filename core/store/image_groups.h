// What belongs together: sequences, sites, patients. One rule of the workspace tells the group of every image.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "core/store/workspace.h"

namespace lathe::store {

/// A rule in words: "folder"; "prefix:TEXT" (the file's name up to TEXT); "name:REGEX" (the first group of the match, else all of
/// it); "attribute:KEY" (of the image itself); "meta:KEY" (of the imported fields, '.' goes deeper).
struct GroupRule {
    enum class By { Folder, Prefix, Name, Attribute, Meta } by = By::Folder;
    std::string value;
    /// InvalidArgument for words that are no rule or no regular expression.
    [[nodiscard]] static Result<GroupRule> parse(const std::string& words);
    [[nodiscard]] bool isOfName() const { return by <= By::Name; }
};

/// The group of an image by its name, "" when it has none; for the rules that speak of the name. Any thread.
[[nodiscard]] std::function<std::string(std::string_view name)> groupByName(const GroupRule& rule);
/// Calls visit(image, group) for every image that has a value, in no order; for the other rules. Inside Workspace::read.
void eachGroupValue(soci::session& sql, const GroupRule& rule, const std::function<void(std::int64_t, std::string)>& visit);

/// The workspace's rule, "" when none was set.
[[nodiscard]] Result<std::string> groupRule(const Workspace& workspace);
/// "" takes it away. The column index holds the groups from its next loading on.
[[nodiscard]] Result<> setGroupRule(Workspace& workspace, const std::string& rule);

}  // namespace lathe::store
