// Images and labels in: counts, importing again, bad and missing files, names, dry run, cancel.
#include <QtTest>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/data/query.h"
#include "core/image/decode.h"
#include "core/store/records.h"
#include "tests/support/data_sets.h"

using namespace lathe;
using store::Workspace;
namespace fs = std::filesystem;

class TestImport : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;

    std::shared_ptr<Workspace> fresh() { return *Workspace::create(m_temp.path() / (std::to_string(++m_count) + ".lathe")); }
    fs::path folder() { return m_temp.path() / ("set" + std::to_string(++m_count)); }
    static data::ImportReport imported(Workspace& workspace, const fs::path& source, const data::ImportOptions& options = {}) {
        auto report = data::importInto(workspace, source, options, {}, {});
        if (!report) qFatal("%s", report.error().text().c_str());
        return *report;
    }

private Q_SLOTS:
    void bloodCellsTwice() {
        const auto workspace = fresh();
        const auto first = imported(*workspace, test::bloodCells());
        QCOMPARE(first.format, std::string("voc"));
        QCOMPARE(first.images.added, 364);
        QCOMPARE(first.annotations.added, 4886);
        QCOMPARE(first.annotations.skipped, 2);
        QCOMPARE(first.classes.size(), std::size_t(3));
        const auto again = imported(*workspace, test::bloodCells());
        QCOMPARE(again.images.added, 0);
        QCOMPARE(again.images.known, 364);
        QCOMPARE(again.annotations.added, 0);
        const auto stats = *data::stats(*workspace);
        QCOMPARE(stats.images, 364);
        QCOMPARE(stats.annotations, 4886);
        QVERIFY(stats.brightnessMean > 100 && stats.brightnessMean < 250);
    }

    /// The same pictures with one box moved and one more, as another tool would hand them back.
    void labelsThatDifferAreAConflict_data() {
        QTest::addColumn<int>("rule");
        QTest::addColumn<int>("boxes");
        QTest::newRow("keep") << int(data::OnConflict::Keep) << 2;
        QTest::newRow("add") << int(data::OnConflict::Add) << 4;
        QTest::newRow("replace") << int(data::OnConflict::Replace) << 3;
    }
    void labelsThatDifferAreAConflict() {
        QFETCH(int, rule);
        QFETCH(int, boxes);
        const auto workspace = fresh();
        const auto source = folder();
        fs::create_directories(source);
        QVERIFY(image::writeImage(source / "a.png", test::picture(1)).has_value());
        const auto write = [&](const std::vector<std::array<int, 4>>& list) {
            Json all = {{"images", Json::array({{{"id", 1}, {"file_name", "a.png"}, {"width", 40}, {"height", 30}}})},
                        {"categories", Json::array({{{"id", 1}, {"name", "cell"}}})},
                        {"annotations", Json::array()}};
            for (const auto& b : list)
                all["annotations"].push_back({{"id", all["annotations"].size() + 1},
                                              {"image_id", 1},
                                              {"category_id", 1},
                                              {"bbox", Json::array({b[0], b[1], b[2], b[3]})}});
            QVERIFY(base::writeJson(source / "labels.json", all).has_value());
        };
        write({{1, 1, 5, 5}, {10, 10, 5, 5}});
        QCOMPARE(imported(*workspace, source).annotations.added, 2);
        QVERIFY(imported(*workspace, source).problems.empty());
        write({{1, 1, 5, 5}, {11, 10, 5, 5}, {20, 20, 5, 5}});
        data::ImportOptions options;
        options.onConflict = data::OnConflict(rule);
        const auto report = imported(*workspace, source, options);
        QCOMPARE(report.annotations.added, rule == int(data::OnConflict::Keep) ? 0 : 2);
        QCOMPARE(report.annotations.added + report.annotations.skipped, 3);
        QCOMPARE(report.problems.size(), std::size_t(rule == int(data::OnConflict::Keep) ? 1 : 0));
        QCOMPARE(workspace->annotations(ImageId(1))->size(), std::size_t(boxes));
        if (rule == int(data::OnConflict::Keep)) {
            QCOMPARE(report.problems[0].code, std::string("conflict"));
            return;
        }
        QVERIFY(workspace->undo(ImageId(1), "ana").value().has_value());
        QCOMPARE(workspace->annotations(ImageId(1))->size(), std::size_t(2));
    }

    void aLookAtTheLabelsReadsNoPicture() {
        const auto workspace = fresh();
        const auto source = folder();
        test::makeClassFolders(source, {"a", "b"}, 3);
        std::ofstream(source / "b/101.png", std::ios::trunc) << "no picture";
        data::ImportOptions options;
        options.dryRun = options.labelsOnly = true;
        const auto report = imported(*workspace, source, options);
        QCOMPARE(report.images.added, 6);
        QCOMPARE(report.annotations.added, 6);
        QCOMPARE(*workspace->imageCount(), 0);
    }

    void theCopyIsTheFile() {
        const auto workspace = fresh();
        const auto source = folder();
        test::makeClassFolders(source, {"a"}, 2);
        imported(*workspace, source);
        const auto row = *workspace->findImage((source / "a/100.png").string());
        QCOMPARE(*base::readFile(workspace->layout().file(row)), *base::readFile(source / "a/100.png"));
        QVERIFY(row.path.starts_with("media/"));
        QCOMPARE(row.width, 40);
        QVERIFY(row.brightness > 0);
    }

    void linkedFilesStayWhereTheyAre() {
        const auto workspace = fresh();
        const auto source = folder();
        test::makeClassFolders(source, {"a"}, 2);
        data::ImportOptions options;
        options.link = true;
        imported(*workspace, source, options);
        QCOMPARE(workspace->layout().file(*workspace->findImage("1")), source / "a/100.png");
        QVERIFY(fs::is_empty(workspace->layout().media()));
    }

    void aBadFileIsNamedAndTheRestGoesIn() {
        const auto workspace = fresh();
        const auto source = folder();
        test::makeClassFolders(source, {"a", "b"}, 3);
        const auto whole = *base::readFile(source / "a/101.png");
        std::ofstream(source / "a/101.png", std::ios::binary | std::ios::trunc) << whole.substr(0, whole.size() / 2);
        std::ofstream(source / "b/101.png", std::ios::trunc) << "no picture";
        const auto report = imported(*workspace, source);
        QCOMPARE(report.images.added, 4);
        QCOMPARE(report.images.skipped, 2);
        QCOMPARE(report.problems.size(), std::size_t(2));
        QVERIFY(report.problems[0].item.ends_with("a/101.png") && !report.problems[0].message.empty());
        long long kept = 0;
        QVERIFY(workspace
                    ->read([&](soci::session& sql) -> Result<> {
                        kept = store::oneNumber(sql, "SELECT count(*) FROM import_problem");
                        return {};
                    })
                    .has_value());
        QCOMPARE(kept, 2);
    }

    void theSameContentTwiceIsOneImage() {
        const auto workspace = fresh();
        const auto source = folder();
        test::makeClassFolders(source, {"a"}, 2);
        fs::create_directories(source / "b");
        fs::copy_file(source / "a/100.png", source / "b/copy.png");
        const auto report = imported(*workspace, source);
        QCOMPARE(report.images.added, 2);
        QCOMPARE(report.images.known, 1);
        QCOMPARE(report.problems.size(), std::size_t(1));
        QCOMPARE(report.problems[0].code, std::string("duplicate_image"));
    }

    void anotherPictureOfTheSameNameGetsASuffix() {
        const auto workspace = fresh();
        const auto one = folder(), two = folder();
        test::makeClassFolders(one, {"a"}, 1);
        fs::create_directories(two / "a");
        QVERIFY(image::writeImage(two / "a/100.png", test::picture(77)).has_value());
        imported(*workspace, one);
        QCOMPARE(imported(*workspace, two).images.added, 1);
        QCOMPARE(workspace->image(ImageId(2)).value()->name, std::string("a/100-2.png"));
    }

    void missingFilesAreRegisteredAndFoundLater() {
        const auto workspace = fresh();
        const auto source = folder();
        fs::create_directories(source);
        std::ofstream(source / "instances.json")
            << R"({"images":[{"id":1,"file_name":"x.png","width":40,"height":30},{"id":2,"file_name":"y.png","width":40,"height":30}],
                   "annotations":[{"id":5,"image_id":1,"category_id":3,"bbox":[1,2,3,4],"area":12,"iscrowd":0}],
                   "categories":[{"id":3,"name":"cat"}]})";
        const auto first = imported(*workspace, source / "instances.json");
        QCOMPARE(first.images.added, 2);
        QCOMPARE(first.images.missing, 2);
        QCOMPARE(first.annotations.added, 1);
        QCOMPARE(first.problems.size(), std::size_t(1));
        QVERIFY(workspace->image(ImageId(1)).value()->missing);
        QVERIFY(image::writeImage(source / "x.png", test::picture(1)).has_value());
        const auto again = imported(*workspace, source / "instances.json");
        QCOMPARE(again.images.added, 0);
        QCOMPARE(again.images.known, 2);
        QCOMPARE(again.images.missing, 1);
        QVERIFY(!workspace->image(ImageId(1)).value()->missing);
        QCOMPARE(workspace->annotations(ImageId(1))->size(), std::size_t(1));
    }

    void aDryRunWritesNothing() {
        const auto workspace = fresh();
        data::ImportOptions options;
        options.dryRun = true;
        const auto report = imported(*workspace, test::bloodCells(), options);
        QCOMPARE(report.images.added, 364);
        QCOMPARE(*workspace->imageCount(), 0);
        QVERIFY(workspace->classes()->empty());
        QVERIFY(fs::is_empty(workspace->layout().media()));
    }

    void cancelledKeepsWhatIsFinished() {
        const auto workspace = fresh();
        std::stop_source stop;
        stop.request_stop();
        const auto report = data::importInto(*workspace, test::bloodCells(), {}, stop.get_token(), {});
        QVERIFY(report.has_value());
        QVERIFY(report->cancelled);
        QCOMPARE(*workspace->imageCount(), report->images.added);
        QCOMPARE(imported(*workspace, test::bloodCells()).images.added + report->images.added, 364);
    }

    void deletedAnnotationsDontComeBack() {
        const auto workspace = fresh();
        const auto source = folder();
        test::makeClassFolders(source, {"a"}, 1);
        imported(*workspace, source);
        const auto there = workspace->annotations(ImageId(1))->front();
        QVERIFY(workspace->commit({ImageId(1), "ana", 1, "Delete", {{there, std::nullopt, 0, -1}}}).has_value());
        QCOMPARE(imported(*workspace, source).annotations.added, 0);
        QVERIFY(workspace->annotations(ImageId(1))->empty());
    }

    void nothingToImport() {
        const auto workspace = fresh();
        QCOMPARE(data::importInto(*workspace, "/nowhere", {}, {}, {}).error().code, ErrorCode::NotFound);
        data::ImportOptions options;
        options.format = "yolo9000";
        QCOMPARE(data::importInto(*workspace, test::bloodCells(), options, {}, {}).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
