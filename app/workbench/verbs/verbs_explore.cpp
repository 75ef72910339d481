// explore: the figures of Browse's exploration page.
#include <fmt/format.h>

#include "app/workbench/verbs/table.h"
#include "app/workbench/verbs/verb.h"
#include "core/base/files.h"
#include "core/data/explore_html.h"

namespace lathe::verbs {
namespace {

std::string nameOfSplit(const data::Exploration& x, std::size_t split) {
    return x.splits[split].empty() ? "none" : x.splits[split];
}

Json bySplitJson(const data::Exploration& x, const std::vector<data::Count>& counts) {
    Json json = Json::object();
    for (std::size_t split = 0; split < counts.size(); ++split)
        json[nameOfSplit(x, split)] = {{"images", counts[split].images}, {"objects", counts[split].objects}};
    return json;
}

/// An open end is null.
Json edgeJson(double edge) {
    return std::isfinite(edge) ? Json(edge) : Json();
}

Json binsJson(const data::Exploration& x, const data::Bars& bars) {
    Json list = Json::array();
    for (const data::Bin& bin : bars.bins) {
        Json json{{"label", bin.label},
                  {"query", x.within(bin.query)},
                  {"images", bin.all().images},
                  {"objects", bin.all().objects},
                  {"by_split", bySplitJson(x, bin.bySplit)}};
        if (!bars.single) json["from"] = edgeJson(bin.from), json["to"] = edgeJson(bin.to);
        list.push_back(std::move(json));
    }
    return {{"bins", list}, {"unknown", bars.unknown}};
}

Json placesJson(const data::PlaceMap& map) {
    constexpr int kCells = data::PlaceMap::kCells;
    Json rows = Json::array();
    for (std::size_t row = 0; row < map.cells.size() / kCells; ++row) {
        Json cells = Json::array();
        for (std::size_t column = 0; column < kCells; ++column) cells.push_back(map.cells[row * kCells + column].objects);
        rows.push_back(std::move(cells));
    }
    return {{"cells", rows}, {"objects", map.objects}};
}

Json classesJson(const data::Exploration& x) {
    Json list = Json::array();
    for (const data::ClassFigures& figures : x.classes)
        list.push_back({{"name", figures.row.name},
                        {"images", figures.bin.all().images},
                        {"objects", figures.bin.all().objects},
                        {"query", x.within(figures.bin.query)},
                        {"by_split", bySplitJson(x, figures.bin.bySplit)},
                        {"areas", binsJson(x, figures.areas)},
                        {"places", placesJson(figures.places)}});
    return list;
}

Json togetherJson(const data::Exploration& x) {
    Json names = Json::array();
    for (const std::size_t k : x.detailed) names.push_back(x.classes[k].row.name);
    return {{"classes", names}, {"images", x.together}};
}

std::string kindWord(data::Finding::Kind kind) {
    switch (kind) {
        case data::Finding::Kind::Unused: return "unused";
        case data::Finding::Kind::Missing: return "missing";
        case data::Finding::Kind::Few: return "few";
        case data::Finding::Kind::Rare: return "rare";
    }
    return {};
}

/// "Platelets: none in val".
std::string findingText(const data::Exploration& x, const data::Finding& finding) {
    const std::string& name = x.classes[finding.classIndex].row.name;
    const std::string split = finding.split < 0 ? "" : nameOfSplit(x, std::size_t(finding.split));
    switch (finding.kind) {
        case data::Finding::Kind::Unused: return fmt::format("{}: no object anywhere", name);
        case data::Finding::Kind::Missing: return fmt::format("{}: none in {}", name, split);
        case data::Finding::Kind::Few: return fmt::format("{}: only {} images in {}", name, finding.count.images, split);
        case data::Finding::Kind::Rare:
            return fmt::format("{}: rare, {} objects in {} images", name, finding.count.objects, finding.count.images);
    }
    return {};
}

Json findingsJson(const data::Exploration& x) {
    Json list = Json::array();
    for (const data::Finding& finding : x.findings)
        list.push_back({{"kind", kindWord(finding.kind)},
                        {"class", x.classes[finding.classIndex].row.name},
                        {"split", finding.split < 0 ? Json() : Json(nameOfSplit(x, std::size_t(finding.split)))},
                        {"images", finding.count.images},
                        {"objects", finding.count.objects},
                        {"query", finding.query.empty() ? Json() : Json(x.within(finding.query))},
                        {"text", findingText(x, finding)}});
    return list;
}

Json explorationJson(const data::Exploration& x) {
    return {{"query", x.query},
            {"images", x.images},
            {"labelled", x.labelled},
            {"objects", x.objects},
            {"splits", bySplitJson(x, x.splitCounts)},
            {"classes", classesJson(x)},
            {"together", togetherJson(x)},
            {"sizes", binsJson(x, x.sizes)},
            {"distinct_sizes", x.distinctSizes},
            {"widths", binsJson(x, x.widths)},
            {"heights", binsJson(x, x.heights)},
            {"size_table", x.sizeTable},
            {"aspects", binsJson(x, x.aspects)},
            {"areas", binsJson(x, x.areas)},
            {"per_image", binsJson(x, x.perImage)},
            {"brightness", binsJson(x, x.brightness)},
            {"contrast", binsJson(x, x.contrast)},
            {"places", placesJson(x.places)},
            {"findings", findingsJson(x)},
            {"seconds", x.seconds}};
}

std::string explorationText(const data::Exploration& x) {
    std::string text = fmt::format("{} images, {} labelled, {} objects\n", x.images, x.labelled, x.objects);
    std::vector<std::string> header{"CLASS", "IMAGES", "OBJECTS"};
    for (std::size_t split = 0; split < x.splits.size(); ++split) header.push_back(nameOfSplit(x, split));
    std::vector<std::vector<std::string>> rows;
    for (const data::ClassFigures& figures : x.classes) {
        const data::Count all = figures.bin.all();
        rows.push_back({figures.row.name, std::to_string(all.images), std::to_string(all.objects)});
        for (const data::Count& count : figures.bin.bySplit) rows.back().push_back(std::to_string(count.objects));
    }
    if (!rows.empty()) text += table(header, rows);
    for (const data::Finding& finding : x.findings) text += findingText(x, finding) + "\n";
    return text;
}

Action explore(CLI::App& app) {
    struct Options {
        std::string workspace, query, report;
    };
    const auto o = std::make_shared<Options>();
    addWorkspace(app, o->workspace);
    app.add_option("--query", o->query, "Only the images that match");
    app.add_option("--report", o->report, "Write the figures as a page with pictures (HTML, one file)");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, store::Workspace::open(o->workspace));
        LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace, call.stop));
        LATHE_TRY(const auto x, data::explore(*workspace, *index, queryText(o->query), call.stop, call.progress()));
        if (!o->report.empty()) LATHE_CHECK(base::writeFileAtomically(o->report, data::explorationHtml(x, workspace->name())));
        Outcome outcome;
        outcome.json = explorationJson(x);
        outcome.json["report"] = o->report.empty() ? Json() : Json(o->report);
        outcome.text = explorationText(x) + (o->report.empty() ? "" : fmt::format("the report is in {}\n", o->report));
        return outcome;
    };
}

}  // namespace

std::vector<Verb> exploreVerbs() {
    return {{"explore", "Classes, sizes, places and light by split, what is rare or missing; as a page",
             "lathe explore bccd.lathe --report bccd.html", explore}};
}

}  // namespace lathe::verbs
