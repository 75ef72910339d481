// The folder for Git and DVC: nothing lost, a label that changes is a line, another version only touches what differs.
#include <QTest>

#include "core/base/files.h"
#include "core/formats/git_folder.h"
#include "tests/support/every_shape.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::everything;
using lathe::test::MemorySink;

namespace {

namespace fs = std::filesystem;

MemorySink readFrom(const fs::path& source, const ReadOptions& options = {}) {
    MemorySink sink;
    const auto read = formatNamed("git")->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeTo(const fs::path& folder, const WriteSource& source, ImageMode mode = ImageMode::Copy) {
    const auto report = formatNamed("git")->write(folder, source, {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

std::string text(const fs::path& file) {
    const auto read = base::readFile(file);
    return read ? *read : "absent";
}

/// Lines that one has and the other hasn't.
int linesApart(const std::string& a, const std::string& b) {
    const auto lines = [](const std::string& all) { return QString::fromStdString(all).split('\n'); };
    int apart = 0;
    for (const auto& line : lines(a)) apart += !lines(b).contains(line);
    for (const auto& line : lines(b)) apart += !lines(a).contains(line);
    return apart;
}

}  // namespace

class TestFormatGit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void losesNothing() {
        base::TempFolder folder;
        const MemorySink first = everything(folder.path());
        WriteSource source = first.source();
        source.version = {{"name", "v1"}, {"digest", "abc"}};
        const WriteReport report = writeTo(folder.path() / "out", source);
        QCOMPARE(report.annotations, 11);
        QCOMPARE(report.images, 2);
        QCOMPARE(report.problems.size(), std::size_t(1));  // b.png has no file
        QCOMPARE(std::string((*detectFormat(folder.path() / "out"))->name()), std::string("git"));
        QVERIFY(base::readJson(folder.path() / "out/dataset.json")->at("version")["name"] == "v1");
        const MemorySink second = readFrom(folder.path() / "out");
        QVERIFY(second.m_problems.empty());
        QCOMPARE(second.m_images.size(), std::size_t(2));
        for (const auto& a : first.m_images) {
            const ImageRecord* b = second.named(a.name);
            QVERIFY2(b, a.name.c_str());
            QCOMPARE(b->split, a.split);
            QCOMPARE(b->width, a.width);
            QVERIFY(b->extra == a.extra);
            annot::Annotations wanted = a.annotations;
            std::ranges::sort(wanted, {}, &annot::Annotation::id);
            QVERIFY(b->annotations == wanted);
        }
        QVERIFY(fs::exists(second.named("train/sub/a.png")->path));
        QVERIFY(second.m_extra == first.m_extra);
        for (std::size_t k = 0; k < first.m_classes.size(); ++k) {
            QCOMPARE(second.m_classes[k].name, first.m_classes[k].name);
            QCOMPARE(second.m_classes[k].colour, first.m_classes[k].colour);
            QVERIFY(second.m_classes[k].extra == first.m_classes[k].extra);
        }
    }

    void aMovedBoxIsALine() {
        base::TempFolder folder;
        MemorySink set = everything(folder.path());
        writeTo(folder.path() / "one", set.source());
        std::get<annot::Box>(set.m_images[0].annotations[1].shape).rect.x += 1;
        writeTo(folder.path() / "two", set.source());
        const char* label = "labels/train/sub/a.png.json";
        QCOMPARE(linesApart(text(folder.path() / "one" / label), text(folder.path() / "two" / label)), 2);
        for (const char* same : {"dataset.json", "labels/train/b.png.json", "images.dvc"})
            QCOMPARE(text(folder.path() / "two" / same), text(folder.path() / "one" / same));
    }

    void anotherVersionTouchesOnlyWhatDiffers() {
        base::TempFolder folder;
        MemorySink set = everything(folder.path());
        test::putPicture(folder.path() / "c.png");
        set.m_images.push_back({"c.png", folder.path() / "c.png", 8, 6, "val", {}, {}});
        const fs::path out = folder.path() / "out";
        writeTo(out, set.source());
        fs::create_directories(out / ".git");
        QVERIFY(base::writeFileAtomically(out / ".git/HEAD", "of git").has_value());
        QVERIFY(base::writeFileAtomically(out / ".gitignore", "/images\n/mine\n").has_value());
        const auto before = fs::last_write_time(out / "images/train/sub/a.png");
        const auto label = fs::last_write_time(out / "labels/train/sub/a.png.json");
        set.m_images.pop_back();
        set.m_images[1].split = "test";
        const WriteReport report = writeTo(out, set.source());
        QCOMPARE(report.files, 2);  // b's label, images.dvc
        QVERIFY(fs::last_write_time(out / "images/train/sub/a.png") == before);
        QVERIFY(fs::last_write_time(out / "labels/train/sub/a.png.json") == label);
        QVERIFY(!fs::exists(out / "images/c.png") && !fs::exists(out / "labels/c.png.json"));
        QCOMPARE(text(out / ".git/HEAD"), std::string("of git"));
        QCOMPARE(text(out / ".gitignore"), std::string("/images\n/mine\n"));
        QCOMPARE(readFrom(out).named("train/b.png")->split, std::string("test"));
        // A picture that became another one is replaced.
        QVERIFY(image::writeImage(folder.path() / "a.png", cv::Mat(6, 8, CV_8UC3, cv::Scalar(1, 2, 3))).has_value());
        const std::string dvc = text(out / "images.dvc");
        writeTo(out, set.source());
        QCOMPARE(text(out / "images/train/sub/a.png"), text(folder.path() / "a.png"));
        QVERIFY(text(out / "images.dvc") != dvc);
    }

    void aFolderOfOthersIsLeftAlone() {
        base::TempFolder folder;
        const MemorySink set = everything(folder.path());
        const auto refused = formatNamed("git")->write(folder.path(), set.source(), {}, {}, {});
        QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
    }

    void dvcFileIsDvcsOwn() {
        const auto golden = base::readJson(fs::path(LATHE_SOURCE_DIR) / "tests/data/formats/dvc_images.json");
        QVERIFY(golden);
        base::TempFolder folder;
        for (const auto& [name, content] : (*golden)["files"].items()) {
            fs::create_directories((folder.path() / "images" / name).parent_path());
            QVERIFY(base::writeFileAtomically(folder.path() / "images" / name, content.get<std::string>()).has_value());
        }
        const auto dvc = gitfolder::dvcFile(folder.path() / "images", {}, {});
        QVERIFY(dvc);
        QCOMPARE(*dvc, (*golden)["dvc"].get<std::string>());
    }

    void badFilesAreNamedAndTheRestIsRead() {
        base::TempFolder folder;
        const fs::path out = folder.path() / "out";
        writeTo(out, everything(folder.path()).source());
        fs::remove_all(out / "images");  // not pulled
        const auto put = [&](const char* name, std::string_view content) {
            fs::create_directories((out / name).parent_path());
            QVERIFY(base::writeFileAtomically(out / name, content).has_value());
        };
        put("labels/broken.png.json", R"({"image": "broken.png", )");
        put("labels/list.png.json", "[1, 2]");
        put("labels/deep.png.json", std::string(100'000, '['));
        put("labels/other.png.json",
            R"({"image": "../../etc/passwd", "annotations": [{"kind": "box", "box": ["1", null], "class": "x"},
            {"kind": "box", "box": [1, 1, 2, 2], "class": "by hand"}]})");
        const MemorySink sink = readFrom(out);
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QCOMPARE(sink.named("other.png")->annotations.size(), std::size_t(1));
        QCOMPARE(sink.m_classes.back().name, std::string("by hand"));
        QVERIFY(sink.named("other.png")->path == out / "images/other.png");
        QStringList items;
        for (const auto& problem : sink.m_problems) items << QString::fromStdString(problem.item);
        QCOMPARE(items, QStringList({"labels/broken.png.json", "labels/deep.png.json", "labels/list.png.json",
                                     "labels/other.png.json, annotation 1"}));
    }

    void anotherVersionOfTheFormIsNamed() {
        base::TempFolder folder;
        const fs::path out = folder.path() / "out";
        writeTo(out, everything(folder.path()).source());
        const auto saidOf = [&](std::string_view head) {
            if (!base::writeFileAtomically(out / "dataset.json", head)) return QString();
            MemorySink none;
            const auto read = formatNamed("git")->read(out, {}, none, {}, {});
            return read ? QString() : QString::fromStdString(read.error().message);
        };
        QCOMPARE(saidOf(R"({"lathe_dataset": 99})"),
                 QStringLiteral("is of version 99 of the form, this Lathe reads version 1 alone; update Lathe"));
        const QString none =
            QStringLiteral("says no version of its form; \"lathe_dataset\" must be a whole number, of this Lathe: 1");
        QCOMPARE(saidOf(R"({"lathe_dataset": 0})"), none);
        QCOMPARE(saidOf(R"({"lathe_dataset": 1.5})"), none);
    }
};

QTEST_GUILESS_MAIN(TestFormatGit)
#include "tst_format_git.moc"
