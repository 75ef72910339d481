// The figures of the exploration page on made sets with known numbers, their queries, and the report.
#include <QtTest>
#include <cmath>
#include <pugixml.hpp>

#include "core/data/bins.h"
#include "core/data/explore.h"
#include "core/data/explore_html.h"
#include "core/data/import.h"
#include "core/data/object_ranges.h"
#include "core/data/query.h"
#include "tests/support/data_sets.h"
#include "tests/support/labelled.h"

using namespace lathe;
using data::Bin;
using data::Exploration;
using data::Finding;
using store::ColumnIndex;
using store::Workspace;

namespace {

struct Made {
    std::string name, split;
    int width = 640, height = 480;
    double brightness = -1;
    annot::Annotations annotations;
};

void add(Workspace& workspace, const std::vector<Made>& images) {
    const auto done = workspace.write([&](soci::session& sql) -> Result<> {
        store::ImageWriter writer(sql);
        for (const Made& made : images) {
            store::ImageRow row;
            row.name = made.name, row.path = "media/" + made.name, row.digest = "digest of " + made.name, row.split = made.split;
            row.width = made.width, row.height = made.height, row.brightness = made.brightness, row.contrast = made.brightness / 2;
            row.state = "done";
            const auto packed = store::packDocument(made.annotations);
            writer.add(row, made.annotations.empty() ? nullptr : &packed, {}, {});
        }
        store::touchImages(sql);
        return {};
    });
    if (!done) throw std::runtime_error(done.error().text());
}

annot::Annotations boxes(ClassId id, int count, annot::Rect rect = {0, 0, 64, 48}) {
    annot::Annotations all;
    for (int k = 0; k < count; ++k) all.push_back(test::shapeOf(k + 1, id, annot::Box{rect}));
    return all;
}

annot::Annotations together(annot::Annotations a, const annot::Annotations& b) {
    for (auto one : b) one.id = AnnotationId(std::int64_t(a.size()) + 1), a.push_back(one);
    return a;
}

}  // namespace

class TestExplore : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    std::shared_ptr<Workspace> m_made;
    ClassId m_red, m_white, m_plate;

    std::shared_ptr<Workspace> fresh(const std::string& name) { return *Workspace::create(m_temp.path() / (name + ".lathe")); }
    static Exploration look(const Workspace& workspace, const std::string& query = {}) {
        const auto index = *ColumnIndex::load(workspace);
        auto found = data::explore(workspace, *index, query);
        if (!found) qFatal("%s", found.error().text().c_str());
        return *found;
    }
    static std::int64_t count(const Workspace& workspace, const std::string& query) {
        const auto index = *ColumnIndex::load(workspace);
        const auto ids = data::runQuery(workspace, *index, query);
        if (!ids) qFatal("%s", ids.error().text().c_str());
        return std::int64_t(ids->size());
    }
    static void compareBin(const Workspace& workspace, const Exploration& x, const Bin& bin) {
        QCOMPARE(std::pair(count(workspace, x.within(bin.query)), bin.query), std::pair(bin.all().images, bin.query));
        for (std::size_t split = 0; split < x.splits.size(); ++split)
            QCOMPARE(std::pair(count(workspace, x.within(bin.query, int(split))), bin.query),
                     std::pair(bin.bySplit[split].images, bin.query));
    }
    /// Asks every bar and cell for its images.
    static void compareAll(const Workspace& workspace, const Exploration& x) {
        for (const auto* histogram :
             {&x.sizes, &x.widths, &x.heights, &x.aspects, &x.areas, &x.perImage, &x.brightness, &x.contrast})
            for (const Bin& bin : histogram->bins) compareBin(workspace, x, bin);
        for (const auto& figures : x.classes) {
            compareBin(workspace, x, figures.bin);
            for (const Bin& bin : figures.areas.bins) compareBin(workspace, x, bin);
            comparePlaces(workspace, x, figures.places, figures.row.name);
        }
        comparePlaces(workspace, x, x.places, {});
        for (std::size_t a = 0; a < x.together.size(); ++a)
            for (std::size_t b = 0; b < x.together.size(); ++b)
                QCOMPARE(count(workspace, x.within(x.pairQuery(a, b))), x.together[a][b]);
        for (std::size_t row = 0; row < x.sizeTable.size(); ++row)
            for (std::size_t column = 0; column < x.sizeTable[row].size(); ++column)
                QCOMPARE(count(workspace, x.within(x.sizeQuery(row, column))), x.sizeTable[row][column]);
    }
    static void comparePlaces(const Workspace& workspace, const Exploration& x, const data::PlaceMap& map,
                              const std::string& name) {
        for (std::size_t k = 0; k < map.cells.size(); ++k) {
            if (map.cells[k].images == 0 && k % 7 != 0) continue;
            const auto query = Exploration::placeQuery(int(k) / data::PlaceMap::kCells, int(k) % data::PlaceMap::kCells, name);
            QCOMPARE(count(workspace, x.within(query)), map.cells[k].images);
        }
    }
    static bool has(const Exploration& x, Finding::Kind kind, std::size_t classIndex, const std::string& split) {
        return std::ranges::any_of(x.findings, [&](const Finding& f) {
            return f.kind == kind && f.classIndex == classIndex &&
                   (f.split < 0 ? split.empty() : x.splits[std::size_t(f.split)] == split);
        });
    }

private Q_SLOTS:
    void initTestCase() {
        m_made = fresh("made");
        m_red = *m_made->addClass("RBC"), m_white = *m_made->addClass("white cell"), m_plate = *m_made->addClass("Platelets");
        QVERIFY(m_made->addClass("never").has_value());
        std::vector<Made> images;
        for (int k = 0; k < 30; ++k)
            images.push_back({"t" + std::to_string(k) + ".png", "train", 640, 480, double(k * 8), boxes(m_red, k + 1)});
        for (int k = 0; k < 10; ++k)
            images.push_back({"v" + std::to_string(k) + ".png", "val", 480, 640, 100,
                              together(boxes(m_red, 2), boxes(m_white, k < 3 ? 1 : 0, {320, 320, 96, 128}))});
        images.push_back({"p.png", "train", 1000, 500, 250, boxes(m_plate, 1, {900, 450, 100, 50})});
        images.push_back({"empty.png", "test", 640, 480, -1, {}});
        images.push_back({"loose.png", "", 640, 480, 3, boxes(m_white, 1, {0, 0, 640, 480})});
        images.push_back({"missing.png", "", 0, 0, -1, boxes(m_white, 1)});
        add(*m_made, images);
    }

    void knownNumbers() {
        const Exploration x = look(*m_made);
        QCOMPARE(x.images, 44);
        QCOMPARE(x.labelled, 43);
        QCOMPARE(x.objects, 465 + 20 + 3 + 1 + 1 + 1);
        QCOMPARE(x.splits, (std::vector<std::string>{"train", "val", "test", ""}));
        QCOMPARE(x.splitCounts[0].images, 31);
        QCOMPARE(x.classes.size(), std::size_t(4));
        QCOMPARE(x.classes[0].bin.all().objects, 485);
        QCOMPARE(x.classes[0].bin.all().images, 40);
        QCOMPARE(x.classes[1].bin.bySplit[1].images, 3);
        QCOMPARE(x.distinctSizes, std::size_t(3));
        QCOMPARE(x.sizes.bins[0].label, std::string("640 × 480"));
        QCOMPARE(x.sizes.bins[0].all().images, 32);
        QCOMPARE(x.sizes.unknown, 1);
        QCOMPARE(x.brightness.unknown, 2);
        QCOMPARE(x.areas.unknown, 1);
        QCOMPARE(x.detailed.front(), std::size_t(0));
        QCOMPARE(x.together[0][1], 3);
        QCOMPARE(x.together[1][0], 3);
        QCOMPARE(x.places.objects, x.objects - 1);
    }

    void eachBarFindsItsImages() {
        for (const char* query : {"", "split:train", "split:val or brightness<40", "-class:RBC", "class:\"white cell\""})
            compareAll(*m_made, look(*m_made, query));
    }

    void rareAndMissing() {
        using Kind = Finding::Kind;
        const Exploration x = look(*m_made);
        QVERIFY(has(x, Kind::Unused, 3, ""));
        QVERIFY(has(x, Kind::Missing, 2, "val"));
        QVERIFY(has(x, Kind::Missing, 0, "test"));
        QVERIFY(has(x, Kind::Few, 1, "val"));
        QVERIFY(!has(x, Kind::Rare, 2, "") && !has(x, Kind::Rare, 0, ""));
        QCOMPARE(x.findings.front().kind, Kind::Missing);
        QCOMPARE(x.findings.back().kind, Kind::Unused);
        QVERIFY(std::ranges::is_sorted(x.findings, {}, [](const Finding& f) { return f.kind; }));
        for (const Finding& f : x.findings)
            if (f.kind == Kind::Few) QCOMPARE(count(*m_made, x.within(f.query)), f.count.images);
    }

    void rareButEverywhere() {
        const auto rare = fresh("rare");
        const ClassId id = *rare->addClass("thin"), other = *rare->addClass("thick");
        std::vector<Made> images;
        for (int k = 0; k < 30; ++k)
            images.push_back({std::to_string(k) + ".png", k % 3 ? "train" : "val", 64, 48, 1,
                              together(boxes(other, 2), boxes(id, k < 18 ? 1 : 0))});
        add(*rare, images);
        const Exploration x = look(*rare);
        QCOMPARE(x.findings.size(), std::size_t(1));
        QVERIFY(has(x, Finding::Kind::Rare, 0, ""));
    }

    void anEmptyWorkspace() {
        const auto empty = fresh("empty");
        const Exploration x = look(*empty);
        QCOMPARE(x.images, 0);
        QVERIFY(x.splits.empty() && x.findings.empty() && x.widths.empty() && x.places.cells.empty());
        QVERIFY(!data::explorationHtml(x, "empty").empty());
    }

    void bloodCells() {
        const auto cells = fresh("cells");
        QVERIFY(data::importInto(*cells, test::bloodCells(), {}, {}, {}).has_value());
        const Exploration x = look(*cells);
        QCOMPARE(x.images, 364);
        QCOMPARE(x.places.objects, x.objects);
        QCOMPARE(x.sizes.bins.size(), std::size_t(1));
        compareAll(*cells, x);
    }

    void manySizesAndObjects() {
        const auto many = fresh("many");
        const ClassId id = *many->addClass("a(b) c");
        std::vector<Made> images;
        for (int k = 0; k < 300; ++k)
            images.push_back({std::to_string(k) + ".png", k % 3 ? "train" : "test", 300 + k * 7 % 900, 200 + k * 13 % 777,
                              k % 256 + 0.25, boxes(id, k % 70, {double(k), 2.0 * k, 1.0 + k, 3})});
        images.push_back({"huge.png", "train", 20000, 10, 255, {}});
        add(*many, images);
        const Exploration x = look(*many);
        QCOMPARE(x.sizes.bins.back().label, std::string("…"));
        QVERIFY(x.widths.bins.size() > 8 && x.widths.bins.size() < 22);
        QCOMPARE(x.widths.bins.back().label, "≥ " + data::numberText(x.widths.bins.back().from));
        QCOMPARE(x.perImage.bins[0].query, std::string("annotations=0"));
        compareAll(*many, x);
        std::int64_t images_ = 0;
        for (const Bin& bin : x.widths.bins) images_ += bin.all().images;
        QCOMPARE(images_, x.images);
    }

    void editsMoveThePlaces() {
        const Exploration before = look(*m_made);
        auto moved = m_made->annotations(ImageId(31)).value();
        auto after = moved[0];
        after.setShape(annot::Box{{400, 600, 20, 20}});
        QVERIFY(m_made->commit(test::changing(ImageId(31), moved[0], after)).has_value());
        const Exploration x = look(*m_made);
        QVERIFY(x.places.cells != before.places.cells);
        QCOMPARE(x.places.objects, before.places.objects);
        compareAll(*m_made, x);
        QVERIFY(m_made->undo(ImageId(31), "ana").has_value());
        QVERIFY(look(*m_made).places.cells == before.places.cells);
    }

    void stops() {
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = data::explore(*m_made, **ColumnIndex::load(*m_made), {}, stop.get_token());
        QVERIFY(!stopped.has_value());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        const auto wrong = data::explore(*m_made, **ColumnIndex::load(*m_made), "width>>3");
        QCOMPARE(wrong.error().code, ErrorCode::InvalidArgument);
    }

    void ranges() {
        QVERIFY(data::parseObjectRange("covers", "0.5..1").has_value());
        QCOMPARE(data::parseObjectRange("covers", "a@b@..2")->className, std::string("a@b"));
        for (const char* text : {"", "5", "..", "a..b", "1..2,3..4", "WBC@"})
            QVERIFY2(!data::parseObjectRange("covers", text).has_value(), text);
        for (const char* text : {"1..2", "1..2,", "1..2,3..4,5..6", ",1..2"})
            QVERIFY2(!data::parseObjectRange("centre", text).has_value(), text);
        QCOMPARE(int(data::checkQuery("class:a covers:x")->column), 16);
    }

    void roundEdges() {
        QCOMPARE(data::roundStep(100, 10), 10.0);
        QCOMPARE(data::roundStep(101, 10), 20.0);
        QCOMPARE(data::roundStep(0.7, 16), 0.05);
        QCOMPARE(data::numberText(data::roundEdge(0.1, 3)), std::string("0.3"));
        QCOMPARE(data::rangeQuery("width", 1, INFINITY), std::string("width>=1"));
    }

    void reportIsWellFormed() {
        const auto odd = fresh("odd");
        const ClassId id = *odd->addClass("<b> & \"co\"");
        add(*odd, {{"a.png", "train", 64, 48, 10, boxes(id, 3)}, {"b.png", "val", 64, 48, 20, {}}});
        for (const auto& workspace : {m_made, odd}) {
            const std::string html = data::explorationHtml(look(*workspace), "set <1> & co");
            QVERIFY(html.starts_with("<!DOCTYPE html>"));
            pugi::xml_document document;
            const auto parsed = document.load_string(html.c_str(), pugi::parse_default | pugi::parse_doctype);
            QVERIFY2(parsed, parsed.description());
            QVERIFY(!document.select_nodes("//svg").empty());
            QVERIFY(document.select_nodes("//script").empty());
        }
        const std::string html = data::explorationHtml(look(*m_made), "made");
        QVERIFY(html.find("none in val") != std::string::npos);
        QVERIFY(html.find("prefers-color-scheme: dark") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestExplore)
#include "tst_explore.moc"
