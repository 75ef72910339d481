// query, labels, split.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "app/workbench/verbs/split_counts.h"
#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/base/time.h"
#include "core/data/query.h"
#include "core/data/snapshot.h"

namespace lathe::verbs {

namespace {

using ClassNames = std::map<std::int64_t, std::string>;

Result<ClassNames> classNames(const store::Workspace& workspace) {
    LATHE_TRY(const auto rows, workspace.classes());
    ClassNames names;
    for (const store::ClassRow& row : rows) names[row.id.value] = row.name;
    return names;
}

Json classesOf(const store::ColumnIndex& index, ImageId image, const ClassNames& names) {
    Json list = Json::array();
    const std::int64_t rank = index.rankOf(image);
    if (rank < 0) return list;
    const auto start = index.objectStart();
    std::set<std::int32_t> seen;
    for (std::uint32_t i = start[std::size_t(rank)]; i < start[std::size_t(rank) + 1]; ++i) seen.insert(index.objectClasses()[i]);
    for (const std::int32_t id : seen)
        if (const auto at = names.find(id); at != names.end()) list.push_back(at->second);
    return list;
}

Action query(CLI::App& app) {
    struct Options {
        std::string workspace, text;
        std::size_t limit = 100;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option(
           "TERMS", o->text,
           "Search terms, as in the search box (in one pair of quotes): class:WBC -class:RBC, count(RBC)>20, split:test, "
           "tag:blurry, width>=640, brightness:40..80, attribute:pose=left (of a shape or the image; alone: has it at all), "
           "meta:exif.iso>=800 (an imported field; also = != < <= 3..7, dates), group:NAME (see lathe group), run:NAME "
           "wrong:yes|no|unjudged, words of file names; or, ( ) and a leading - as everywhere; a wrong term is told which "
           "there are")
        ->required();
    app.add_option("--limit", o->limit, "List at most this many images (0: all)");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, store::Workspace::open(o->workspace));
        LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace, call.stop));
        LATHE_TRY(std::vector<ImageId> ids, data::runQuery(*workspace, *index, queryText(o->text)));
        const std::size_t total = ids.size();
        if (o->limit > 0 && ids.size() > o->limit) ids.resize(o->limit);
        LATHE_TRY(const auto images, workspace->images(ids));
        LATHE_TRY(const ClassNames names, classNames(*workspace));
        Outcome outcome;
        Json list = Json::array();
        std::vector<std::vector<std::string>> rows;
        for (const store::ImageRow& image : images) {
            const Json classes = classesOf(*index, image.id, names);
            list.push_back({{"id", image.id.value},
                            {"file", image.name},
                            {"width", image.width},
                            {"height", image.height},
                            {"split", image.split},
                            {"classes", classes}});
            rows.push_back({std::to_string(image.id.value), image.name, std::to_string(image.width), std::to_string(image.height),
                            image.split, fmt::format("{}", fmt::join(classes.get<std::vector<std::string>>(), " "))});
        }
        outcome.json = {{"total", total}, {"images", list}};
        outcome.text =
            table({"ID", "FILE", "WIDTH", "HEIGHT", "SPLIT", "CLASSES"}, rows) + fmt::format("{} of {}\n", rows.size(), total);
        return outcome;
    };
}

std::string nameOf(const ClassNames& names, ClassId id) {
    const auto at = names.find(id.value);
    return at == names.end() ? std::string() : at->second;
}

Json historyOf(const std::vector<store::JournalEntry>& entries, const ClassNames& names) {
    Json list = Json::array();
    const auto side = [&](const std::optional<annot::Annotation>& one) {
        return one ? annot::toJson(*one, nameOf(names, one->classId)) : Json();
    };
    for (const store::JournalEntry& entry : entries) {
        Json changes = Json::array();
        for (const annot::Change& change : entry.edit.changes)
            changes.push_back({{"before", side(change.before)}, {"after", side(change.after)}});
        list.push_back({{"seq", entry.seq},
                        {"at", entry.edit.at},
                        {"author", entry.edit.author},
                        {"op", entry.op},
                        {"label", entry.edit.label},
                        {"changes", changes}});
    }
    return list;
}

std::string annotationLine(const Json& a) {
    std::string text = fmt::format("{:>5}  {:<11} {}", a.value("id", 0), a.value("kind", ""), a.value("class", ""));
    if (a.contains("box") && !a["box"].is_null()) text += " " + a["box"].dump();
    return text + "\n";
}

Action labels(CLI::App& app) {
    struct Options {
        std::string workspace, image;
        bool history = false;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("IMAGE", o->image, "An id, a file name in the workspace, or a path")->required();
    app.add_flag("--history", o->history, "Also the image's journal");
    return [o](Call&) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, store::Workspace::open(o->workspace));
        LATHE_TRY(const store::ImageRow image, workspace->findImage(o->image));
        LATHE_TRY(const annot::Annotations annotations, workspace->annotations(image.id));
        LATHE_TRY(const ClassNames names, classNames(*workspace));
        Outcome outcome;
        Json list = Json::array();
        outcome.text = fmt::format("{} {} ({} x {}, {})\n", image.id.value, image.name, image.width, image.height,
                                   image.split.empty() ? "no split" : image.split);
        for (const annot::Annotation& annotation : annotations) {
            list.push_back(annot::toJson(annotation, nameOf(names, annotation.classId)));
            outcome.text += annotationLine(list.back());
        }
        outcome.json = {{"image", image.id.value}, {"file", image.name},   {"width", image.width}, {"height", image.height},
                        {"split", image.split},    {"state", image.state}, {"annotations", list}};
        if (!o->history) return outcome;
        LATHE_TRY(const auto entries, workspace->history(image.id));
        outcome.json["history"] = historyOf(entries, names);
        for (const store::JournalEntry& entry : entries)
            outcome.text += fmt::format("{}  {}  {} {} ({} changes)\n", dateText(entry.edit.at), entry.edit.author, entry.op,
                                        entry.edit.label, entry.edit.changes.size());
        return outcome;
    };
}

Action split(CLI::App& app) {
    struct Options {
        std::string workspace;
        data::SplitOptions to;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("--train", o->to.train, "Share of the training images")->required();
    app.add_option("--val", o->to.val, "Share of the validation images")->required();
    app.add_option("--test", o->to.test, "Share of the test images")->required();
    app.add_flag("--stratify", o->to.stratify, "Keep the classes' shares in every split, also of images with several classes");
    app.add_option("--group", o->to.group,
                   "What stays together: folder, prefix:TEXT and name:REGEX (of the file name), attribute:KEY (of the image), "
                   "meta:KEY (an imported field), group (the workspace's own rule: see lathe group)");
    app.add_option("--by", o->to.by,
                   "time: oldest train, newest test (time:KEY: by an imported field); hash: from content and seed, so that new "
                   "images never move old ones; random when not given");
    app.add_option("--seed", o->to.seed, "The same seed gives the same splits");
    app.add_flag("--only-new", o->to.onlyNew, "Only images without a split");
    app.add_flag("--force", o->to.force, "Also images of a frozen test set");
    return [o](Call&) -> Result<Outcome> {
        const auto& to = o->to;
        if (to.train < 0 || to.val < 0 || to.test < 0 || to.train + to.val + to.test <= 0)
            return fail(ErrorCode::InvalidArgument, "the shares must be 0 or more, and not all 0");
        LATHE_TRY(const auto workspace, store::Workspace::open(o->workspace));
        LATHE_TRY(const auto report, data::assignSplits(*workspace, to));
        Outcome outcome;
        outcome.json = {{"splits", splitCounts(report.counts)}, {"moved", report.moved}, {"problems", toJson(report.problems)}};
        for (const auto& [name, count] : outcome.json["splits"].items())
            outcome.text += fmt::format("{}: {}\n", name, count.dump());
        for (const Problem& problem : report.problems) outcome.text += fmt::format("{}: {}\n", problem.item, problem.message);
        outcome.exit = report.problems.empty() || to.force ? 0 : 3;
        return outcome;
    };
}

}  // namespace

std::vector<Verb> dataVerbs() {
    return {
        {"query", "Find images by search terms", "lathe query bccd.lathe 'class:WBC count(RBC)>20'", query},
        {"labels", "The annotations of one image", "lathe labels bccd.lathe BloodImage_00226.jpg --history", labels},
        {"split", "Assign images to train, val and test",
         "lathe split digits.lathe --train 0.8 --val 0.1 --test 0.1 --stratify --seed 1", split},
    };
}

}  // namespace lathe::verbs
