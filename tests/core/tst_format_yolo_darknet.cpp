#include <QTest>
#include <fstream>

#include "core/base/files.h"
#include "core/image/decode.h"
#include "tests/support/format_memory.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::MemorySink;

namespace {

namespace fs = std::filesystem;

void writeText(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

void writePicture(const fs::path& file) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(20, 40, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("can't write");
}

std::string textIn(const fs::path& file) {
    const auto text = base::readFile(file);
    if (!text) qFatal("%s", text.error().text().c_str());
    return *text;
}

MemorySink readDarknet(const fs::path& source, const ReadOptions& options = {}) {
    MemorySink sink;
    const auto read = formatNamed("yolo_darknet")->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeDarknet(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::Copy) {
    const auto report = formatNamed("yolo_darknet")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

// As CVAT and Datumaro write it: "data/" before all paths, which isn't there.
fs::path makeSet(const fs::path& folder, bool images = true) {
    writeText(folder / "obj.data",
              "classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\nbackup = backup/\n");
    writeText(folder / "obj.names", "cat\r\nbig dog\r\n\n");
    writeText(folder / "train.txt", "data/obj_train_data/a.png\ndata/obj_train_data/sub/c.png\n");
    writeText(folder / "valid.txt", "data/obj_valid_data/a.png\n");
    writeText(folder / "obj_train_data/a.txt", "1 0.250000 0.500000 0.500000 0.100000\n");
    writeText(folder / "obj_train_data/sub/c.txt", "");
    writeText(folder / "obj_valid_data/a.txt", "0 0.125000 0.750000 0.250000 0.500000\n0 2 0.5 0.5 0.5\n");
    for (const char* name : {"obj_train_data/a.png", "obj_train_data/sub/c.png", "obj_valid_data/a.png"})
        if (images) writePicture(folder / name);
    return folder;
}

}  // namespace

class TestFormatYoloDarknet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsListsAndNames() {
        base::TempFolder folder;
        const MemorySink sink = readDarknet(makeSet(folder.path()));
        QCOMPARE(sink.m_classes.size(), std::size_t(2));
        QCOMPARE(sink.m_classes[1].name, std::string("big dog"));
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QCOMPARE(sink.annotations(), std::size_t(2));
        const ImageRecord& train = *sink.named("obj_train_data/a.png");
        QCOMPARE(train.split, std::string("train"));
        QVERIFY(std::get<annot::Box>(train.annotations[0].shape).rect == (annot::Rect{0, 9, 20, 2}));
        QCOMPARE(sink.named("obj_valid_data/a.png")->split, std::string("val"));
        QCOMPARE(sink.m_problems.size(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].item + sink.m_problems[0].code, std::string("obj_valid_data/a.txt, object 2out_of_range"));
        QCOMPARE(readDarknet(folder.path() / "obj.data").annotations(), std::size_t(2));
    }

    void imagesOfAnExportWithoutThem() {
        base::TempFolder folder;
        makeSet(folder.path() / "set", false);
        const MemorySink without = readDarknet(folder.path() / "set");
        QCOMPARE(without.m_images.size(), std::size_t(3));
        QCOMPARE(without.annotations(), std::size_t(0));
        QCOMPARE(without.m_problems.size(), std::size_t(2));  // the empty file loses nothing
        QCOMPARE(without.m_problems[0].code, std::string("missing_image"));
        for (const char* name : {"obj_train_data/a.png", "obj_train_data/sub/c.png", "obj_valid_data/a.png"})
            writePicture(folder.path() / "photos" / name);
        const MemorySink with = readDarknet(folder.path() / "set", {folder.path() / "photos", ""});
        QCOMPARE(with.annotations(), std::size_t(2));
        QCOMPARE(with.named("obj_valid_data/a.png")->split, std::string("val"));
    }

    void namesWithoutObjData() {
        base::TempFolder folder;
        makeSet(folder.path());
        fs::remove(folder.path() / "obj.data");
        QVERIFY(formatNamed("yolo_darknet")->looksLike(folder.path()) > 0.85);
        const MemorySink sink = readDarknet(folder.path());
        QCOMPARE(sink.annotations(), std::size_t(2));
        QCOMPARE(sink.named("obj_valid_data/a.png")->split, std::string("val"));
        QCOMPARE(sink.m_classes[0].name, std::string("cat"));
    }

    void darknetsOwnLayout() {
        base::TempFolder folder;
        writeText(folder.path() / "cfg.data", "classes=1\ntrain=/home/me/pets/train.txt\nnames=/home/me/pets/pets.names\n");
        writeText(folder.path() / "pets.names", "cat\n");
        writeText(folder.path() / "train.txt", "/home/me/pets/images/1.jpg\n");
        writePicture(folder.path() / "images/1.jpg");
        writeText(folder.path() / "labels/1.txt", "0 0.5 0.5 0.5 0.5\n");
        QVERIFY(formatNamed("yolo_darknet")->looksLike(folder.path()) > 0.85);
        const MemorySink sink = readDarknet(folder.path());
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.annotations(), std::size_t(1));
        QCOMPARE(sink.m_images[0].split, std::string("train"));
    }

    void whatWasReadIsWrittenAgain() {
        base::TempFolder folder;
        const MemorySink first = readDarknet(makeSet(folder.path() / "set"));
        const WriteReport report = writeDarknet(folder.path() / "out", first);
        QVERIFY(report.problems.empty());
        QCOMPARE(textIn(folder.path() / "out/obj.names"), std::string("cat\nbig dog\n"));
        QCOMPARE(textIn(folder.path() / "out/train.txt"), std::string("obj_train_data/a.png\nobj_train_data/sub/c.png\n"));
        QCOMPARE(textIn(folder.path() / "out/obj_train_data/a.txt"), textIn(folder.path() / "set/obj_train_data/a.txt"));
        const MemorySink second = readDarknet(folder.path() / "out");
        QVERIFY(second.m_problems.empty());
        for (const auto& image : first.m_images) {
            const ImageRecord* other = second.named(image.name);
            QVERIFY2(other, image.name.c_str());
            QCOMPARE(other->split, image.split);
            QVERIFY(annot::pack(other->annotations) == annot::pack(image.annotations));
        }
    }

    void boxesAloneAreHeld() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png");
        MemorySink sink;
        sink.m_classes = {{"a\nb", "", {}}};
        annot::Annotations all;
        for (const annot::Shape& shape : {annot::Shape(annot::Polygon{{{{1, 1}, {9, 1}, {9, 9}}}}),
                                          annot::Shape(annot::Dot{{3, 3}}), annot::Shape(annot::Box{{1, 2, 3, 4}})})
            all.push_back({AnnotationId(std::int64_t(all.size()) + 1), ClassId(1), shape});
        sink.m_images.push_back({"../a.png", folder.path() / "a.png", 40, 20, "", all});
        const WriteReport report = writeDarknet(folder.path() / "out", sink, ImageMode::None);
        QCOMPARE(report.annotations, 2);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems) lost.push_back(problem.item);
        QCOMPARE(lost, (std::vector<std::string>{"point", "polygon", "image without a split"}));
        QVERIFY(fs::exists(folder.path() / "out/obj_train_data/a.txt") && !fs::exists(folder.path() / "out/obj_train_data/a.png"));
        QCOMPARE(textIn(folder.path() / "out/obj.names"), std::string("a b\n"));
    }

    void detection() {
        base::TempFolder folder;
        makeSet(folder.path());
        QCOMPARE(std::string((*detectFormat(folder.path()))->name()), std::string("yolo_darknet"));
        QCOMPARE(formatNamed("yolo")->looksLike(folder.path()), 0.0);
        base::TempFolder other;
        writeText(other.path() / "stat.data", "names of nothing\n");
        writePicture(other.path() / "a.png");
        QCOMPARE(formatNamed("yolo_darknet")->looksLike(other.path()), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestFormatYoloDarknet)
#include "tst_format_yolo_darknet.moc"
