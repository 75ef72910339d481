// Snapshots, their differences, splits, the manifest, export and the way back.
#include <QtTest>

#include <sstream>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/data/query.h"
#include "core/data/snapshot.h"
#include "tests/support/data_sets.h"

using namespace lathe;
using store::Workspace;

class TestSnapshot : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;

    std::shared_ptr<Workspace> with(const std::filesystem::path& source) {
        auto workspace = *Workspace::create(m_temp.path() / (std::to_string(++m_count) + ".lathe"));
        const auto report = data::importInto(*workspace, source, {}, {}, {});
        if (!report) qFatal("%s", report.error().text().c_str());
        return workspace;
    }
    std::filesystem::path folders(int each) {
        auto folder = m_temp.path() / ("set" + std::to_string(++m_count));
        test::makeClassFolders(folder, {"a", "b", "c"}, each);
        return folder;
    }
    static std::map<std::string, std::int64_t> split(Workspace& workspace, const data::SplitOptions& options) {
        const auto counts = data::assignSplits(workspace, options)->counts;
        return {counts.begin(), counts.end()};
    }

private Q_SLOTS:
    void equalContentHasAnEqualDigest() {
        const auto source = folders(4);
        const auto one = with(source), two = with(source);
        const auto a = *data::takeSnapshot(*one, "a", "", "ana"), b = *data::takeSnapshot(*one, "b", "", "ana");
        const auto c = *data::takeSnapshot(*two, "", "", "bo");
        QCOMPARE(a.digest, b.digest);
        QCOMPARE(a.digest, c.digest);
        QCOMPARE(c.name, std::string("v1"));
        QCOMPARE(a.images, 12);
        QCOMPARE(a.annotations, 12);
        QVERIFY(two->setSplit(std::vector<ImageId>{ImageId(1)}, "val").has_value());
        QVERIFY(data::takeSnapshot(*two, "", "", "bo")->digest != c.digest);
        QCOMPARE(data::takeSnapshot(*one, "a", "", "ana").error().code, ErrorCode::AlreadyExists);
        QCOMPARE(data::findSnapshot(*one, "last")->name, std::string("b"));
        QCOMPARE(data::findSnapshot(*one, a.digest.substr(0, 8))->digest, a.digest);
        QCOMPARE(data::findSnapshot(*one, "nine").error().code, ErrorCode::NotFound);
        QCOMPARE(data::snapshots(*one)->size(), std::size_t(2));
    }

    void differences() {
        const auto workspace = with(folders(5));
        const auto a = *data::takeSnapshot(*workspace, "a", "", "ana");
        auto there = workspace->annotations(ImageId(1))->front();
        QVERIFY(workspace->commit({ImageId(1), "ana", 1, "Delete", {{there, std::nullopt, 0, -1}}}).has_value());
        auto other = workspace->annotations(ImageId(2))->front(), changed = other;
        changed.classId = ClassId(3);
        QVERIFY(workspace->commit({ImageId(2), "ana", 1, "Class", {{other, changed, -1, -1}}}).has_value());
        const auto more = m_temp.path() / "more";
        std::filesystem::create_directories(more / "b");
        QVERIFY(image::writeImage(more / "b/new.png", test::picture(4000)).has_value());
        QVERIFY(data::importInto(*workspace, more, {}, {}, {}).has_value());
        const auto b = *data::takeSnapshot(*workspace, "b", "", "ana");
        const auto diff = *data::diff(*workspace, a.id, b.id);
        QCOMPARE(diff.images.added, 1);
        QCOMPARE(diff.images.removed, 0);
        QCOMPARE(diff.annotations.added, 1);
        QCOMPARE(diff.annotations.removed, 1);
        QCOMPARE(diff.annotations.changed, 1);
        QCOMPARE(diff.byClass.size(), std::size_t(3));
        const auto back = *data::diff(*workspace, b.id, a.id);
        QCOMPARE(back.images.removed, 1);
        QCOMPARE(back.annotations.added, 1);
        const auto same = *data::diff(*workspace, a.id, a.id);
        QCOMPARE(same.annotations.changed + same.images.added, 0);
    }

    void ofAQuery() {
        const auto workspace = with(folders(5));
        const auto snapshot = *data::takeSnapshot(*workspace, "", "class:b", "ana");
        QCOMPARE(snapshot.images, 5);
        QCOMPARE(data::snapshotItems(*workspace, snapshot.id)->size(), std::size_t(5));
        QCOMPARE(data::takeSnapshot(*workspace, "", "clas:b", "ana").error().code, ErrorCode::InvalidArgument);
    }

    void splitsAreTheSameEverywhere() {
        const auto cells = with(test::bloodCells());
        data::SplitOptions options;
        options.seed = 1;
        auto counts = split(*cells, options);
        QVERIFY(std::abs(counts["train"] - 291) <= 1 && counts["train"] + counts["val"] + counts["test"] == 364);
        const auto first = data::takeSnapshot(*cells, "", "", "ana")->digest;
        split(*cells, options);
        QCOMPARE(data::takeSnapshot(*cells, "", "", "ana")->digest, first);
        options.seed = 2;
        split(*cells, options);
        QVERIFY(data::takeSnapshot(*cells, "", "", "ana")->digest != first);
        options.train = 0, options.val = 0, options.test = 0;
        QCOMPARE(data::assignSplits(*cells, options).error().code, ErrorCode::InvalidArgument);
    }

    void stratifiedSplitsKeepShares() {
        const auto workspace = with(folders(20));
        data::SplitOptions options;
        options.stratify = true;
        auto counts = split(*workspace, options);
        QCOMPARE(counts["train"], 48);
        const auto index = *store::ColumnIndex::load(*workspace);
        for (const char* text : {"class:a split:train", "class:b split:train", "class:c split:train"})
            QCOMPARE(data::runQuery(*workspace, *index, text)->size(), std::size_t(16));
        options.group = "folder";
        split(*workspace, options);
        const auto after = *store::ColumnIndex::load(*workspace);
        for (const char* name : {"a", "b", "c"}) {
            const auto n = data::runQuery(*workspace, *after, std::string("split:train class:") + name)->size();
            QVERIFY(n == 0 || n == 20);
        }
    }

    void theManifestHasALinePerImage() {
        const auto workspace = with(folders(2));
        const auto snapshot = *data::takeSnapshot(*workspace, "v", "", "ana");
        const auto file = m_temp.path() / "data.jsonl";
        QVERIFY(data::writeManifest(*workspace, snapshot, "classify", file).has_value());
        std::istringstream lines(*base::readFile(file));
        std::string line;
        std::getline(lines, line);
        const Json header = Json::parse(line);
        QCOMPARE(header["format"].get<std::string>(), std::string("lathe-manifest"));
        QCOMPARE(header["classes"].get<std::vector<std::string>>(), (std::vector<std::string>{"a", "b", "c"}));
        std::vector<int> labels;
        while (std::getline(lines, line)) {
            const Json image = Json::parse(line);
            labels.push_back(image["label"].get<int>());
            QVERIFY(std::filesystem::exists(image["path"].get<std::string>()));
        }
        QCOMPARE(labels, (std::vector<int>{0, 0, 1, 1, 2, 2}));
    }

    void exportAndBack_data() {
        QTest::addColumn<QString>("format");
        for (const char* format : {"coco", "voc"}) QTest::newRow(format) << format;
    }
    void exportAndBack() {
        QFETCH(QString, format);
        const auto cells = with(test::bloodCells());
        data::ExportOptions options;
        options.format = format.toStdString();
        const auto folder = m_temp.path() / ("out-" + options.format);
        const auto written = data::exportTo(*cells, folder, options, {}, {});
        QVERIFY2(written.has_value(), written ? "" : written.error().text().c_str());
        QCOMPARE(written->images, 364);
        QCOMPARE(written->annotations, 4886);
        const auto back = with(folder);
        QCOMPARE(*back->imageCount(), 364);
        for (const std::int64_t id : {1, 100, 364}) {
            const auto name = cells->image(ImageId(id)).value()->digest;
            const auto index = *store::ColumnIndex::load(*back);
            const auto there = back->findImage(cells->layout().file(*cells->image(ImageId(id)).value()).string());
            QVERIFY(there.has_value());
            const auto a = *cells->annotations(ImageId(id)), b = *back->annotations(there->id);
            QCOMPARE(a.size(), b.size());
            for (std::size_t k = 0; k < a.size(); ++k) QVERIFY(a[k].shape == b[k].shape);
        }
    }

    void aSnapshotIsExportedAsItWas() {
        const auto workspace = with(folders(3));
        QVERIFY(data::takeSnapshot(*workspace, "old", "", "ana").has_value());
        const auto there = workspace->annotations(ImageId(1))->front();
        QVERIFY(workspace->commit({ImageId(1), "ana", 1, "Delete", {{there, std::nullopt, 0, -1}}}).has_value());
        data::ExportOptions options;
        options.snapshot = "old";
        QCOMPARE(data::exportTo(*workspace, m_temp.path() / "old", options, {}, {})->annotations, 9);
        options.snapshot.clear();
        QCOMPARE(data::exportTo(*workspace, m_temp.path() / "new", options, {}, {})->annotations, 8);
        options.query = "class:c";
        QCOMPARE(data::exportTo(*workspace, m_temp.path() / "c", options, {}, {})->images, 3);
    }

    void samples() {
        QCOMPARE(data::sampleSets().size(), std::size_t(2));
        const auto folder = m_temp.path() / "cells";
        QVERIFY(data::writeSamples("bccd", folder, {}).has_value());
        QVERIFY(std::filesystem::exists(folder / "LICENSE"));
        QCOMPARE(data::writeSamples("bccd", folder, {}).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(data::writeSamples("cats", m_temp.path() / "cats", {}).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
