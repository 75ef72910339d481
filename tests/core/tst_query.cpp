// The search language, facets, statistics, and the column index under edits.
#include <QtTest>

#include "core/base/files.h"
#include "core/data/facets.h"
#include "core/data/import.h"
#include "core/data/objects.h"
#include "core/runs/query_terms.h"
#include "core/store/column_index.h"
#include "core/store/views.h"
#include "tests/support/data_sets.h"
#include "tests/support/made_runs.h"

using namespace lathe;
using store::ColumnIndex;
using store::Workspace;

class TestQuery : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    std::shared_ptr<Workspace> m_cells;

    std::size_t count(const std::string& text) {
        const auto index = *ColumnIndex::load(*m_cells);
        const auto ids = data::runQuery(*m_cells, *index, text);
        if (!ids) qFatal("%s", ids.error().text().c_str());
        return ids->size();
    }
    /// The same by looking at every image's annotations.
    template <class Test>
    std::size_t slowly(Test test) {
        std::size_t n = 0;
        for (std::int64_t id = 1; id <= *m_cells->imageCount(); ++id) n += test(*m_cells->annotations(ImageId(id)));
        return n;
    }
    static std::int64_t number(const annot::Annotations& annotations, ClassId id) {
        return std::count_if(annotations.begin(), annotations.end(), [&](const auto& a) { return a.classId == id; });
    }

private Q_SLOTS:
    void initTestCase() {
        runs::installQueryTerms();
        m_cells = *Workspace::create(m_temp.path() / "cells.lathe");
        QVERIFY(data::importInto(*m_cells, test::bloodCells(), {}, {}, {}).has_value());
    }

    void syntax_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        QTest::newRow("twice the operator") << "width>>3" << 7;
        QTest::newRow("no number") << "width>wide" << 7;
        QTest::newRow("no such term") << "class:a colour:red" << 9;
        QTest::newRow("open parenthesis") << "(class:a" << 1;
        QTest::newRow("closing one too many") << "class:a)" << 8;
        QTest::newRow("nothing after or") << "class:a or" << 11;
        QTest::newRow("nothing before or") << "or class:a" << 1;
        QTest::newRow("empty value") << "class:" << 7;
        QTest::newRow("wrong split") << "split:tset" << 7;
        QTest::newRow("lonely minus") << "class:a - b" << 9;
        QTest::newRow("open quote") << "file:\"a b" << 6;
        QTest::newRow("no date") << "added>yesterday" << 7;
        QTest::newRow("wrong without a run") << "class:a wrong:yes" << 9;
        QTest::newRow("wrong beside two runs") << "run:a run:b wrong:yes" << 13;
        QTest::newRow("the run is in a denial") << "-run:a wrong:no" << 8;
        QTest::newRow("count without a number") << "count(RBC)" << 11;
    }
    void syntax() {
        QFETCH(QString, text);
        QFETCH(int, column);
        const auto error = data::checkQuery(text.toStdString());
        QVERIFY(error.has_value());
        QCOMPARE(int(error->column), column);
        QCOMPARE(error->code, ErrorCode::InvalidArgument);
        QVERIFY(error->message.find("column " + std::to_string(column)) != std::string::npos);
    }

    void rightOnesPass() {
        for (const char* text : {"",
                                 "class:WBC",
                                 "-class:WBC",
                                 "count(RBC)>20",
                                 "annotations=0",
                                 "split:test",
                                 "labelled:yes",
                                 "reviewed:no",
                                 "tag:blurry",
                                 "file:*0033*",
                                 "width>=640",
                                 "brightness<40",
                                 "author:ana",
                                 "source:model",
                                 "confidence<0.5",
                                 "added>2026-11-01",
                                 "a or (b -c) or d",
                                 "class:\"white cell\"",
                                 "count(\"white cell\")>=2",
                                 "run:\"small net\" wrong:yes",
                                 "run:a (wrong:yes or tag:blurry)",
                                 "(run:a wrong:yes) -(run:b wrong:yes)",
                                 "(a) (b)"})
            QVERIFY2(!data::checkQuery(text), text);
    }

    void findsWhatLookingFinds() {
        const auto classes = *m_cells->classes();
        ClassId red, white;
        for (const auto& row : classes)
            (row.name == "RBC" ? red : row.name == "WBC" ? white : red) = row.name == "Platelets" ? red : row.id;
        QCOMPARE(count(""), std::size_t(364));
        QCOMPARE(count("class:WBC"), slowly([&](const auto& a) { return number(a, white) > 0; }));
        QCOMPARE(count("-class:WBC"), slowly([&](const auto& a) { return number(a, white) == 0; }));
        QCOMPARE(count("count(RBC)>20"), slowly([&](const auto& a) { return number(a, red) > 20; }));
        QCOMPARE(count("count(RBC)<=20"), slowly([&](const auto& a) { return number(a, red) <= 20; }));
        QCOMPARE(count("class:WBC count(RBC)>10"),
                 slowly([&](const auto& a) { return number(a, white) > 0 && number(a, red) > 10; }));
        QCOMPARE(count("annotations>=15 or -class:RBC"),
                 slowly([&](const auto& a) { return a.size() >= 15 || number(a, red) == 0; }));
        QCOMPARE(count("kind:box"), std::size_t(364));
        QCOMPARE(count("width>=641 or height<480"), std::size_t(0));
        QCOMPARE(count("file:*0033*"), count("0033"));
        QVERIFY(count("0033") >= 9);
        QCOMPARE(count("added>2026-01-01"), std::size_t(364));
        QCOMPARE(count("id:17"), std::size_t(1));
        QCOMPARE(count("split:none"), count("") - count("split:train") - count("split:val") - count("split:test"));
    }

    void unknownClassSaysWhichThereAre() {
        const auto index = *ColumnIndex::load(*m_cells);
        const auto answer = data::runQuery(*m_cells, *index, "split:none class:WPC");
        QVERIFY(!answer.has_value());
        QVERIFY(answer.error().message.find("column 18") != std::string::npos &&
                answer.error().message.find("WBC") != std::string::npos);
    }

    void runsSayWhatTheyGotWrong() {
        test::MadeRun made;
        made.id = "20261121-152254-3fa9", made.name = "small net";
        for (std::int64_t id = 1; id <= 20; ++id) made.images.push_back(id), made.right.push_back(id % 5 != 0);
        QVERIFY(test::makeRun(*m_cells, made).has_value());
        made.id = "20261122-152254-3fa9", made.name = "other";
        made.right.assign(20, true), made.right[4] = false;
        QVERIFY(test::makeRun(*m_cells, made).has_value());
        QCOMPARE(count("run:\"small net\""), std::size_t(20));
        QCOMPARE(count("run:\"small net\" wrong:yes"), std::size_t(4));
        QCOMPARE(count("run:\"small net\" wrong:no"), std::size_t(16));
        QCOMPARE(count("run:last wrong:yes id:5"), std::size_t(1));
        QCOMPARE(count("(run:\"small net\" wrong:yes) -(run:other wrong:yes)"), std::size_t(3));
        QCOMPARE(count("run:\"small net\" (wrong:yes or id:7 or id:300)"), std::size_t(5));
        QCOMPARE(count("-run:other"), std::size_t(344));
    }

    void anUnknownRunIsNamedAtItsColumn() {
        const auto answer = data::runQuery(*m_cells, **ColumnIndex::load(*m_cells), "split:none run:nobody");
        QVERIFY(!answer.has_value());
        QVERIFY2(answer.error().message.starts_with("column 12: "), answer.error().message.c_str());
        QVERIFY2(answer.error().message.find("nobody") != std::string::npos, answer.error().message.c_str());
    }

    void aRunWithoutPredictionsSaysSo() {
        test::MadeRun made;
        made.id = "20261123-152254-3fa9", made.name = "under way", made.state = "stopped", made.done = 2;
        QVERIFY(test::makeRun(*m_cells, made).has_value());
        const auto answer = data::runQuery(*m_cells, **ColumnIndex::load(*m_cells), "run:\"under way\" wrong:yes");
        QVERIFY(!answer.has_value() && answer.error().message.find("no predictions") != std::string::npos);
    }

    void sorts() {
        const auto index = *ColumnIndex::load(*m_cells);
        const auto byName = *data::runQuery(*m_cells, *index, "", data::Sort::Name);
        for (std::size_t k = 1; k < byName.size(); ++k)
            QVERIFY(index->name(std::size_t(index->rankOf(byName[k - 1]))) < index->name(std::size_t(index->rankOf(byName[k]))));
        const auto byObjects = *data::runQuery(*m_cells, *index, "", data::Sort::Objects, true);
        QVERIFY(m_cells->annotations(byObjects.front())->size() >= m_cells->annotations(byObjects.back())->size());
        const auto dark = *data::runQuery(*m_cells, *index, "", data::Sort::Brightness);
        QVERIFY(m_cells->image(dark.front()).value()->brightness <= m_cells->image(dark.back()).value()->brightness);
    }

    void facetsAndStatsAgree() {
        const auto index = *ColumnIndex::load(*m_cells);
        const auto facets = data::facets(*m_cells, *index, *data::runQuery(*m_cells, *index, ""));
        const auto stats = *data::stats(*m_cells);
        QCOMPARE(stats.labelled, 364);
        QCOMPARE(facets.objectsByClass.size(), std::size_t(3));
        for (std::size_t k = 0; k < 3; ++k) {
            QCOMPARE(facets.imagesByClass[k].second, stats.classes[k].images);
            QCOMPARE(facets.objectsByClass[k].second, stats.classes[k].annotations);
        }
        QCOMPARE(stats.width.median, 640.0);
        QCOMPARE(stats.byKind.size(), std::size_t(1));
    }

    void rangesHoldTheirLowEndAlone() {
        QCOMPARE(count("annotations:0..1000"), std::size_t(364));
        QCOMPARE(count("annotations:5..6"), slowly([](const auto& all) { return all.size() == 5; }));
        QCOMPARE(count("area:100..1000000 annotations:5..6"), count("area>=100 annotations=5"));
        QCOMPARE(count("aspect:1.3..1.4"), std::size_t(364));  // 640 x 480
        QCOMPARE(count("sharpness>=0 entropy>0 colourfulness>0"), std::size_t(364));
        for (const char* wrong : {"width:3", "width:3..", "width:a..b", "width:..4"}) {
            const auto error = data::checkQuery(wrong);
            QVERIFY2(error.has_value(), wrong);
            QCOMPARE(error->column, std::size_t(7));
        }
    }

    /// Every bin's term finds exactly the bin's images (or images with such an object), and the bins hold all that is known.
    void binsAreTheirTerms() {
        const auto index = *ColumnIndex::load(*m_cells);
        const auto found = *data::search(*m_cells, *index, "class:WBC");
        QVERIFY(found.facets.histograms.size() >= 6);
        for (const auto& histogram : found.facets.histograms) {
            const bool objects = histogram.of == data::Measure::Area || histogram.of == data::Measure::Confidence;
            std::int64_t sum = 0;
            for (std::size_t k = 0; k < histogram.counts.size(); ++k) {
                sum += histogram.counts[k];
                const auto images = std::int64_t(count("class:WBC " + histogram.term(k, k)));
                if (objects)
                    QVERIFY(images <= histogram.counts[k] && (images > 0) == (histogram.counts[k] > 0));
                else
                    QCOMPARE(images, histogram.counts[k]);
            }
            QVERIFY(histogram.edges.size() == histogram.counts.size() + 1 && histogram.counts.size() <= 64);
            if (!objects) QCOMPARE(sum, std::int64_t(found.ids.size()));
        }
    }

    void objectsOfASearch() {
        const auto index = *ColumnIndex::load(*m_cells);
        const auto found = [&](const std::string& text, data::ObjectSort sort = data::ObjectSort::Image) {
            return *data::findObjects(*m_cells, *index, text, sort);
        };
        QCOMPARE(found("").size(), index->objectClasses().size());
        const auto white = found("class:WBC");
        QVERIFY(white.size() < found("").size() && white.size() >= count("class:WBC"));
        const auto classes = *m_cells->classes();
        const auto wbc = std::ranges::find(classes, std::string("WBC"), &store::ClassRow::name)->id;
        for (const auto& ref : white) {
            const auto annotations = *m_cells->annotations(ImageId(index->imageIds()[ref.rank]));
            QCOMPARE(annotations[ref.place].classId, wbc);
        }
        QCOMPARE(found("-class:WBC").size() + white.size() >= index->objectClasses().size(), false);  // images without one alone
        QCOMPARE(found("(class:WBC or class:RBC)").size(), found("count(WBC)>0 or count(RBC)>0").size());
        const auto large = found("class:WBC area>=20000", data::ObjectSort::Area);
        QVERIFY(!large.empty() && large.size() < white.size());
        double last = 20000;
        for (const auto& ref : large) {
            const double area = double(index->objectAreas()[index->objectStart()[ref.rank] + ref.place]);
            QVERIFY(area >= last);
            last = area;
        }
        QVERIFY(!data::findObjects(*m_cells, *index, "width>>3"));
    }

    void viewsAreKeptByName() {
        QVERIFY(store::saveView(*m_cells, {"white", "class:WBC", "ana", 1}).has_value());
        QVERIFY(store::saveView(*m_cells, {"dark", "brightness<40", "ana", 2}).has_value());
        QVERIFY(store::saveView(*m_cells, {"white", "class:WBC split:test", "bo", 3}).has_value());
        const auto views = *store::savedViews(*m_cells);
        QCOMPARE(views.size(), std::size_t(2));
        QCOMPARE(views[1].query, std::string("class:WBC split:test"));
        QVERIFY(store::removeView(*m_cells, "dark").has_value());
        QCOMPARE(store::savedViews(*m_cells)->size(), std::size_t(1));
        QVERIFY(!store::saveView(*m_cells, {"", "x", "ana", 1}));
    }

    void editsReachTheIndex() {
        const auto before = *ColumnIndex::load(*m_cells);
        annot::Annotation a;
        a.id = *m_cells->nextAnnotationId(ImageId(3)), a.classId = ClassId(1), a.author = "ana", a.confidence = 0.25,
        a.source = "model:r1";
        a.shape = annot::Polygon{{{{1, 1}, {5, 1}, {5, 9}}}};
        const auto polygons = count("kind:polygon");
        QVERIFY(m_cells->commit({ImageId(3), "ana", 1, "Draw", {{std::nullopt, a, -1, -1}}}).has_value());
        QCOMPARE(count("kind:polygon"), polygons + 1);
        QCOMPARE(count("author:ana confidence<0.5 source:model kind:polygon"), std::size_t(1));
        const auto after = *ColumnIndex::load(*m_cells);
        QVERIFY(after != before);
        QCOMPARE(after->objectClasses().size(), before->objectClasses().size() + 1);
        QVERIFY(m_cells->undo(ImageId(3), "ana")->has_value());
        QCOMPARE(count("kind:polygon"), polygons);
    }

    void splitsReachTheIndex() {
        const std::vector<ImageId> two{ImageId(1), ImageId(2)};
        const auto all = *data::runQuery(*m_cells, **ColumnIndex::load(*m_cells), "");
        QVERIFY(m_cells->setSplit(all, "").has_value());
        QVERIFY(m_cells->setSplit(two, "test").has_value());
        QCOMPARE(count("split:test"), std::size_t(2));
        QVERIFY(m_cells->setState(two, "accepted").has_value());
        QCOMPARE(count("reviewed:yes"), std::size_t(2));
        QVERIFY(m_cells->setTag(two, "blurry", true).has_value());
        QCOMPARE(count("tag:blurry"), std::size_t(2));
        QCOMPARE(count("tag:sharp"), std::size_t(0));
    }

    void theCacheIsMappedAndATornOneIsMadeAnew() {
        const auto wanted = count("class:WBC");
        const auto root = m_cells->layout().root;
        const auto cache = m_cells->layout().cache() / "columns.idx";
        QVERIFY(std::filesystem::exists(cache));
        const auto again = *Workspace::open(root);
        QCOMPARE(data::runQuery(*again, **ColumnIndex::load(*again), "class:WBC")->size(), wanted);
        auto bytes = *base::readFile(cache);
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(base::writeFileAtomically(cache, bytes).has_value());
        const auto third = *Workspace::open(root);
        QCOMPARE(data::runQuery(*third, **ColumnIndex::load(*third), "class:WBC")->size(), wanted);
        QVERIFY(base::writeFileAtomically(cache, bytes.substr(0, 1000)).has_value());
        const auto fourth = *Workspace::open(root);
        QCOMPARE(data::runQuery(*fourth, **ColumnIndex::load(*fourth), "class:WBC")->size(), wanted);
    }
};

QTEST_GUILESS_MAIN(TestQuery)
#include "tst_query.moc"
