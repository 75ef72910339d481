// Groups: what belongs together (sequences, sites, patients).
#include <fmt/format.h>

#include <algorithm>

#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/store/column_index.h"
#include "core/store/image_groups.h"

namespace lathe::verbs {
namespace {

using base::fail;

struct GroupWords {
    std::string workspace, rule;
    bool clear = false;
};

struct Group {
    std::string_view name;
    std::int64_t images = 0;
};

/// By name; the images without a group are returned apart.
std::vector<Group> groupsOf(const store::ColumnIndex& index, std::int64_t& without) {
    std::vector<Group> groups(index.groupCount() + 1);
    for (const auto code : index.groupCodes()) ++groups[code].images;
    for (std::uint32_t code = 1; code < groups.size(); ++code) groups[code].name = index.groupName(code);
    without = groups.front().images;
    groups.erase(groups.begin());
    std::ranges::sort(groups, {}, &Group::name);
    return groups;
}

std::string groupText(const store::ColumnIndex& index, const std::vector<Group>& groups, std::int64_t without) {
    constexpr std::size_t kShown = 100;
    if (index.groupRule().empty())
        return "no rule yet; `lathe group WS folder` sets one (or prefix:TEXT, name:REGEX, attribute:KEY, meta:KEY)\n";
    std::vector<std::vector<std::string>> lines;
    for (std::size_t k = 0; k < std::min(kShown, groups.size()); ++k)
        lines.push_back({std::string(groups[k].name), std::to_string(groups[k].images)});
    std::string text = table({"GROUP", "IMAGES"}, lines);
    if (groups.size() > kShown) text += fmt::format("… and {} more groups (--json lists all)\n", groups.size() - kShown);
    return text + fmt::format("{} groups by {}; {} images without one\n", groups.size(), index.groupRule(), without);
}

Result<Outcome> runGroup(const GroupWords& o, const Call& call) {
    LATHE_TRY(const auto workspace, store::Workspace::open(o.workspace));
    if (o.clear || !o.rule.empty()) LATHE_CHECK(store::setGroupRule(*workspace, o.rule));
    LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace, call.stop));
    std::int64_t without = 0;
    const auto groups = groupsOf(*index, without);
    Outcome outcome;
    outcome.json = {{"rule", index->groupRule()}, {"groups", Json::array()}, {"without", without}};
    for (const Group& group : groups) outcome.json["groups"].push_back({{"group", group.name}, {"images", group.images}});
    outcome.text = groupText(*index, groups, without);
    return outcome;
}

Action group(CLI::App& app) {
    const auto o = std::make_shared<GroupWords>();
    addWorkspace(app, o->workspace);
    auto* rule = app.add_option("RULE", o->rule,
                                "By what images belong together: folder, prefix:TEXT (the file's name up to TEXT), name:REGEX (its "
                                "first group, else all of the match), attribute:KEY (of the image), meta:KEY (an imported field, "
                                "'.' goes deeper); without it the groups are listed");
    app.add_flag("--clear", o->clear, "No groups any more")->excludes(rule);
    return [o](Call& call) -> Result<Outcome> { return runGroup(*o, call); };
}

}  // namespace

std::vector<Verb> groupVerbs() {
    return {
        {"group", "What belongs together: sequences, sites, patients", "lathe group scans.lathe 'name:^(patient[0-9]+)'", group},
    };
}

}  // namespace lathe::verbs
