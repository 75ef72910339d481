// duplicates.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/data/duplicates.h"
#include "core/data/near_pairs.h"

namespace lathe::verbs {

namespace {

constexpr std::size_t kShownGroups = 50, kShownLeaks = 50;

struct DuplicateWords {
    std::string workspace, keep;
    data::DuplicateOptions to;
    bool undo = false;
};

Json idsJson(const std::vector<ImageId>& ids) {
    Json list = Json::array();
    for (const ImageId id : ids) list.push_back(id.value);
    return list;
}

Json groupsJson(const std::vector<std::vector<ImageId>>& groups) {
    Json list = Json::array();
    for (const auto& ids : groups) list.push_back(idsJson(ids));
    return list;
}

Json duplicatesJson(const data::Duplicates& found) {
    Json leaks = Json::array();
    for (const data::Leak& leak : found.leaks)
        leaks.push_back({{"a", leak.a.value}, {"b", leak.b.value}, {"distance", leak.distance}});
    return {{"groups", groupsJson(found.groups)}, {"leaks", leaks},
            {"leaks_found", found.leaksFound},    {"exact", groupsJson(found.exact)},
            {"threshold", found.threshold},       {"images", found.images},
            {"decoded", found.decoded},           {"left_out", found.excluded},
            {"problems", toJson(found.problems)}, {"seconds", found.seconds}};
}

using Rows = std::map<ImageId, store::ImageRow>;

/// Of the groups and leaks that are shown.
Result<Rows> rowsShown(const store::Workspace& workspace, const data::Duplicates& found) {
    std::set<ImageId> ids;
    for (std::size_t g = 0; g < std::min(kShownGroups, found.groups.size()); ++g)
        ids.insert(found.groups[g].begin(), found.groups[g].end());
    for (std::size_t k = 0; k < std::min(kShownLeaks, found.leaks.size()); ++k) ids.insert({found.leaks[k].a, found.leaks[k].b});
    LATHE_TRY(const auto images, workspace.images(std::vector<ImageId>(ids.begin(), ids.end())));
    Rows rows;
    for (const auto& image : images) rows[image.id] = image;
    return rows;
}

std::string groupTable(const data::Duplicates& found, const Rows& rows, const data::Exclusion& exclusion) {
    const auto isIn = [](const std::vector<ImageId>& sorted, ImageId id) { return std::ranges::binary_search(sorted, id); };
    std::set<ImageId> exact;
    for (const auto& ids : found.exact) exact.insert(ids.begin(), ids.end());
    std::vector<std::vector<std::string>> lines;
    for (std::size_t g = 0; g < std::min(kShownGroups, found.groups.size()); ++g)
        for (const ImageId id : found.groups[g]) {
            const auto& row = rows.at(id);
            lines.push_back({std::to_string(g + 1), std::to_string(id.value), row.name,
                             fmt::format("{} x {}", row.width, row.height), row.split, exact.contains(id) ? "exact" : "near",
                             isIn(exclusion.excluded, id) ? "excluded"
                             : isIn(exclusion.kept, id)   ? "kept"
                                                          : ""});
        }
    if (lines.empty()) return {};
    std::string text = table({"GROUP", "ID", "FILE", "SIZE", "SPLIT", "PIXELS", ""}, lines);
    if (found.groups.size() > kShownGroups)
        text += fmt::format("… and {} more groups (--json lists all)\n", found.groups.size() - kShownGroups);
    return text;
}

std::string leakTable(const data::Duplicates& found, const Rows& rows) {
    std::vector<std::vector<std::string>> lines;
    for (std::size_t k = 0; k < std::min(kShownLeaks, found.leaks.size()); ++k) {
        const auto &a = rows.at(found.leaks[k].a), &b = rows.at(found.leaks[k].b);
        lines.push_back({a.split, a.name, b.split, b.name, std::to_string(found.leaks[k].distance)});
    }
    if (lines.empty()) return {};
    std::string text = "\nLeaks between splits:\n" + table({"SPLIT", "FILE", "SPLIT", "FILE", "DISTANCE"}, lines);
    if (found.leaks.size() > kShownLeaks)
        text += fmt::format("… and {} more leaks (--json lists all)\n", found.leaks.size() - kShownLeaks);
    return text;
}

std::string duplicatesText(const data::Duplicates& found, const Rows& rows, const data::Exclusion& exclusion) {
    std::size_t members = 0;
    for (const auto& group : found.groups) members += group.size();
    std::string text = groupTable(found, rows, exclusion) + leakTable(found, rows);
    text += fmt::format("{} images, {} of them in {} groups; {} leaks between splits; {}\n", found.images, members,
                        found.groups.size(), found.leaksFound, durationText(found.seconds));
    if (found.excluded > 0)
        text += fmt::format("{} images were excluded before and left out; --undo brings them back\n", found.excluded);
    if (!exclusion.excluded.empty())
        text += fmt::format("{} images excluded (state skipped); `lathe snapshot WS --query -state:skipped` is without them\n",
                            exclusion.excluded.size());
    return text + describe(found.problems);
}

data::Keep ruleOf(const std::string& word) {
    if (word == "labelled") return data::Keep::Labelled;
    return word == "first" ? data::Keep::First : data::Keep::Largest;
}

Result<Outcome> runDuplicates(const DuplicateWords& o, Call& call) {
    LATHE_TRY(const auto workspace, store::Workspace::open(o.workspace));
    std::int64_t back = 0;
    if (o.undo) {
        LATHE_TRY(back, data::includeDuplicates(*workspace, call.user()));
    }
    LATHE_TRY(const data::Duplicates found, data::findDuplicates(*workspace, o.to, call.stop, call.progress()));
    data::Exclusion exclusion;
    if (!o.keep.empty()) {
        LATHE_TRY(exclusion, data::excludeDuplicates(*workspace, found, ruleOf(o.keep), call.user()));
    }
    LATHE_TRY(const Rows rows, rowsShown(*workspace, found));
    Outcome outcome;
    outcome.json = duplicatesJson(found);
    outcome.json["kept"] = idsJson(exclusion.kept);
    outcome.json["excluded"] = idsJson(exclusion.excluded);
    if (o.undo) outcome.json["brought_back"] = back;
    outcome.text = (o.undo ? fmt::format("{} images brought back\n", back) : "") + duplicatesText(found, rows, exclusion);
    outcome.exit = found.problems.empty() ? 0 : 3;
    return outcome;
}

Action duplicates(CLI::App& app) {
    const auto o = std::make_shared<DuplicateWords>();
    addWorkspace(app, o->workspace);
    app.add_option("--threshold", o->to.threshold,
                   fmt::format("Bits of 64 that the hashes of two pictures may differ in, 0 to {}", data::kLargestThreshold))
        ->capture_default_str();
    app.add_option("--query", o->to.query, "Only the images that match");
    auto* keep = app.add_option("--keep", o->keep,
                                "Keep one of each group (largest, labelled: most labels, first: added first) and exclude the "
                                "others: their state becomes skipped, nothing is deleted")
                     ->check(CLI::IsMember({"largest", "labelled", "first"}));
    app.add_flag("--undo", o->undo, "Bring back all that --keep has excluded")->excludes(keep);
    return [o](Call& call) -> Result<Outcome> {
        o->to.query = queryText(o->to.query);
        return runDuplicates(*o, call);
    };
}

}  // namespace

std::vector<Verb> qualityVerbs() {
    return {
        {"duplicates", "Exact and near duplicates, and leaks between splits", "lathe duplicates bccd.lathe --keep largest",
         duplicates},
    };
}

}  // namespace lathe::verbs
