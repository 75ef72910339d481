#include <fmt/format.h>
#include <QTest>
#include <fstream>
#include <numbers>

#include "core/annot/convert.h"
#include "core/base/files.h"
#include "core/base/hash.h"
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

void writePicture(const fs::path& file, int width = 40, int height = 20) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("can't write");
}

std::string textIn(const fs::path& file) {
    const auto text = base::readFile(file);
    if (!text) qFatal("%s", text.error().text().c_str());
    return *text;
}

constexpr const char* kExif = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";  // orientation 6
constexpr std::size_t kExifSize = 26;

std::string bigEndian(std::uint32_t value) {
    return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
}

// Stored 40 x 20, shown 20 x 40.
void turnPicture(const fs::path& file) {
    std::string bytes = textIn(file);
    const std::string exif(kExif, kExifSize);
    if (file.extension() == ".jpg") {
        const std::string payload = std::string("Exif\0\0", 6) + exif;
        bytes.insert(2, std::string("\xFF\xE1", 2) + bigEndian(std::uint32_t(payload.size() + 2)).substr(2) + payload);
    } else {
        bytes.insert(33, bigEndian(std::uint32_t(exif.size())) + "eXIf" + exif + bigEndian(base::crc32("eXIf" + exif)));
    }
    writeText(file, bytes);
}

MemorySink readAs(const char* format, const fs::path& source, const ReadOptions& options = {}) {
    MemorySink sink;
    const auto read = formatNamed(format)->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

MemorySink readYolo(const fs::path& source, const ReadOptions& options = {}) {
    return readAs("yolo", source, options);
}

WriteReport writeYolo(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::Copy) {
    const auto report = formatNamed("yolo")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

// images/train/a.png of 40 x 20 with these rows.
fs::path makeSet(const fs::path& folder, std::string_view yaml, std::string_view rows) {
    writeText(folder / "data.yaml", yaml);
    writePicture(folder / "images/train/a.png");
    writeText(folder / "labels/train/a.txt", rows);
    return folder;
}
constexpr const char* kYaml = "path: .\ntrain: images/train\nval: images/val\nnames:\n  0: cat\n  1: dog\n";

std::vector<std::string> codesOf(const Problems& problems) {
    std::vector<std::string> codes;
    for (const auto& problem : problems) codes.push_back(problem.code);
    return codes;
}

std::vector<std::string> rowCodes(std::string_view rows, std::string_view yaml = "train: images/train\nnames: [cat, dog]\n") {
    base::TempFolder folder;
    return codesOf(readYolo(makeSet(folder.path(), yaml, rows)).m_problems);
}

const annot::Annotation& only(const MemorySink& sink) {
    if (sink.annotations() != 1) qFatal("%zu annotations", sink.annotations());
    for (const auto& image : sink.m_images)
        if (!image.annotations.empty()) return image.annotations.front();
    qFatal("none");
}

template <class Kind>
const Kind& onlyShape(const MemorySink& sink) {
    return std::get<Kind>(only(sink).shape);
}

bool near(double a, double b, double by = 1e-9) {
    return std::abs(a - b) <= by;
}

void compareSets(const MemorySink& a, const MemorySink& b) {
    QCOMPARE(b.m_images.size(), a.m_images.size());
    for (const auto& image : a.m_images) {
        const ImageRecord* other = b.named(image.name);
        QVERIFY2(other, image.name.c_str());
        QCOMPARE(other->split, image.split);
        QCOMPARE(other->annotations.size(), image.annotations.size());
        for (std::size_t k = 0; k < image.annotations.size(); ++k)
            QVERIFY2(
                annot::packOne(image.annotations[k]) == annot::packOne(other->annotations[k]),
                (annot::toJson(image.annotations[k], "").dump() + "\n" + annot::toJson(other->annotations[k], "").dump()).c_str());
    }
}

// One image of 400 x 300 with these shapes of class "cell".
MemorySink holding(const fs::path& folder, const std::vector<annot::Shape>& shapes) {
    writePicture(folder / "a.jpg", 400, 300);
    MemorySink sink;
    sink.m_classes = {{"cell", "", {}}, {"other", "", {}}};
    annot::Annotations all;
    for (const auto& shape : shapes) all.push_back({AnnotationId(std::int64_t(all.size()) + 1), ClassId(1), shape});
    sink.m_images.push_back({"a.jpg", folder / "a.jpg", 400, 300, "train", all});
    return sink;
}

}  // namespace

class TestFormatYolo : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boxesAreSharesOfTheImage() {
        base::TempFolder folder;
        const MemorySink sink = readYolo(makeSet(folder.path(), kYaml, "1 0.25 0.5 0.5 0.1\r\n0\t0.125  0.75 0.25 0.5\n\n"));
        QCOMPARE(sink.m_classes.size(), std::size_t(2));
        QCOMPARE(sink.m_classes[1].name, std::string("dog"));
        const ImageRecord& image = *sink.named("images/train/a.png");
        QCOMPARE(image.split, std::string("train"));
        QCOMPARE(image.annotations.size(), std::size_t(2));
        QCOMPARE(image.annotations[0].classId.value, 2);
        QVERIFY(std::get<annot::Box>(image.annotations[0].shape).rect == (annot::Rect{0, 9, 20, 2}));
        QVERIFY(std::get<annot::Box>(image.annotations[1].shape).rect == (annot::Rect{0, 10, 10, 10}));
        QCOMPARE(codesOf(sink.m_problems), std::vector<std::string>{"missing_folder"});  // val
    }

    void everyGenerationOfDataYaml_data() {
        QTest::addColumn<QString>("yaml");
        QTest::newRow("list of names") << "train: images/train\nval: images/val\nnc: 2\nnames: ['cat', 'dog']";
        QTest::newRow("map of names") << "path: ../datasets/pets\ntrain: images/train\nval: images/val\nnames:\n  0: cat\n  1: dog";
        QTest::newRow("absolute") << "path: /home/me/pets\ntrain: images/train/\nval: ./images/val\nnames: {0: cat, 1: dog}";
        QTest::newRow("as Roboflow writes") << "train: ../images/train\nval: ../images/val\nnc: 2\nnames: [cat, dog]";
        QTest::newRow("lists of folders") << "train: [images/train]\nval:\n  - images/val\nnames: [cat, dog]";
        QTest::newRow("image files") << "train: [images/train/a.png]\nval: [images/val/b.png]\nnames: [cat, dog]";
        QTest::newRow("list files") << "train: train.txt\nval: lists/val.txt\nnames: [cat, dog]";
        QTest::newRow("from the root of a disk") << "train: /data/pets/images/train\nval: C:\\pets\\images\\val\nnames: [cat, dog]";
    }
    void everyGenerationOfDataYaml() {
        QFETCH(QString, yaml);
        base::TempFolder folder;
        makeSet(folder.path(), yaml.toStdString(), "0 0.5 0.5 0.5 0.5\n");
        writePicture(folder.path() / "images/val/b.png");
        writeText(folder.path() / "labels/val/b.txt", "1 0.5 0.5 0.25 0.25\n");
        if (yaml.contains("train.txt")) {
            writeText(folder.path() / "train.txt", "./images/train/a.png\n");
            writeText(folder.path() / "lists/val.txt", "b.png\n");  // without its path
        }
        for (const fs::path& source : {folder.path(), folder.path() / "data.yaml"}) {
            const MemorySink sink = readYolo(source);
            QVERIFY2(sink.m_problems.empty(), sink.m_problems.empty() ? "" : sink.m_problems[0].message.c_str());
            QCOMPARE(sink.m_images.size(), std::size_t(2));
            QCOMPARE(sink.m_classes[1].name, std::string("dog"));
            QCOMPARE(sink.named("images/train/a.png")->split, std::string("train"));
            QCOMPARE(sink.named("images/val/b.png")->split, std::string("val"));
            QCOMPARE(sink.named("images/val/b.png")->annotations[0].classId.value, 2);
        }
    }

    void splitFoldersOnTop() {
        base::TempFolder folder;
        writeText(folder.path() / "data.yaml",
                  "train: ../train/images\nval: ../valid/images\nnc: 1\nnames: ['x']\nroboflow:\n  version: 3\n");
        for (const char* split : {"train", "valid"}) {
            writePicture(folder.path() / split / "images/1.jpg");
            writeText(folder.path() / split / "labels/1.txt", "0 0.5 0.5 0.5 0.5\n");
        }
        const MemorySink sink = readYolo(folder.path());
        QCOMPARE(sink.annotations(), std::size_t(2));
        QCOMPARE(sink.named("valid/images/1.jpg")->split, std::string("val"));
        QCOMPARE(sink.m_extra["yolo"]["roboflow"]["version"].get<int>(), 3);
    }

    void trainAndValOnTheSameImagesIsNoSplit() {
        base::TempFolder folder;
        const MemorySink sink = readYolo(makeSet(folder.path(), "train: images/train\nval: images/train\nnames: [a]", ""));
        QCOMPARE(sink.m_images.size(), std::size_t(1));
        QCOMPARE(sink.m_images[0].split, std::string());
        QVERIFY(sink.m_problems.empty());
    }

    void bareTextBesideImages() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png");
        writePicture(folder.path() / "b.png");
        writeText(folder.path() / "a.txt", "1 0.5 0.5 0.5 0.5\n");
        const MemorySink unnamed = readYolo(folder.path());
        QCOMPARE(unnamed.m_classes.back().name, std::string("class_1"));
        QCOMPARE(codesOf(unnamed.m_problems), std::vector<std::string>{"missing_names"});
        QVERIFY(near(formatNamed("yolo")->looksLike(folder.path()), 0.6));
        writeText(folder.path() / "classes.txt", "cat\nbig dog\n\n");
        const MemorySink named = readYolo(folder.path());
        QCOMPARE(named.m_classes.size(), std::size_t(2));
        QCOMPARE(named.m_classes[1].name, std::string("big dog"));
        QCOMPARE(named.m_images.size(), std::size_t(2));
        QVERIFY(named.m_problems.empty());
        QVERIFY(near(formatNamed("yolo")->looksLike(folder.path()), 0.85));
    }

    void polygons() {
        base::TempFolder folder;
        const MemorySink sink = readYolo(makeSet(folder.path(), "train: images/train\nnames: [cat]",
                                                 "0 0.25 0.1 0.75 0.1 0.75 0.9 0.25 0.9 0.1 0.5\n0 0 0 0.5 0 0.5 0.5 0 0\n"));
        const auto& shapes = sink.m_images[0].annotations;
        QVERIFY(std::get<annot::Polygon>(shapes[0].shape).rings[0][2] == (annot::Point{30, 18}));
        QCOMPARE(std::get<annot::Polygon>(shapes[1].shape).rings[0].size(), std::size_t(3));  // the first point isn't repeated
        QCOMPARE(sink.m_extra["yolo"]["task"].get<std::string>(), std::string("segment"));
    }

    void fourPointsEverywhereAreTurnedBoxes() {
        base::TempFolder folder;
        // 20 x 10 about (20, 10), turned by 30 degrees, counter-clockwise from another corner.
        const MemorySink sink = readYolo(makeSet(folder.path(), "train: images/train\nnames: [cat]",
                                                 "0 0.221 0.0335 0.346 0 0.779 0.467 0.654 0.9665\n"
                                                 "0 0.1 0.1 0.1 0.6 0.6 0.6 0.6 0.1\n"));
        QCOMPARE(sink.m_extra["yolo"]["task"].get<std::string>(), std::string("segment"));  // the first is no rectangle
        const double c = std::cos(0.5), s = std::sin(0.5);
        std::string row = "0";
        for (const auto& [x, y] : {std::pair{-10.0, -4.0}, std::pair{-10.0, 4.0}, std::pair{10.0, 4.0}, std::pair{10.0, -4.0}})
            row += fmt::format(" {:.6f} {:.6f}", (20 + x * c - y * s) / 40, (10 + x * s + y * c) / 20);
        const MemorySink turned = readYolo(makeSet(folder.path(), "train: images/train\nnames: [cat]", row + "\n"));
        const auto& box = onlyShape<annot::RotatedBox>(turned);
        QVERIFY(near(box.centre.x, 20, 1e-4) && near(box.centre.y, 10, 1e-4));
        const bool along = near(box.w, 20, 1e-3);
        QVERIFY(near(along ? box.h : box.w, 8, 1e-3));
        QVERIFY(near(std::remainder(box.angle - 0.5 - (along ? 0 : std::numbers::pi / 2), std::numbers::pi), 0, 1e-3));
        QCOMPARE(turned.m_extra["yolo"]["task"].get<std::string>(), std::string("obb"));
    }

    void aRowOfNoRectangleIsFitted() {
        base::TempFolder folder;
        const MemorySink sink =
            readYolo(makeSet(folder.path(), "train: images/train\nnames: [cat]\ntask: obb", "0 0.1 0.1 0.9 0.2 0.6 0.9 0.2 0.5\n"));
        QVERIFY(std::holds_alternative<annot::RotatedBox>(only(sink).shape));
        QCOMPARE(codesOf(sink.m_problems), std::vector<std::string>{"not_rectangular"});
    }

    void poses() {
        base::TempFolder folder;
        const char* yaml =
            "train: images/train\nnames: [cat]\nkpt_shape: [3, 3]\nflip_idx: [1, 0, 2]\nkpt_names:\n  0: [a, b, c]\n";
        const MemorySink sink =
            readYolo(makeSet(folder.path(), yaml, "0 0.5 0.5 0.5 0.5 0.1 0.2 2 0.3 0.4 1 0 0 0\n0 0.5 0.5 0.5 0.5 0.1 0.2 2\n"));
        const auto& pose = onlyShape<annot::Keypoints>(sink);
        QCOMPARE(pose.items.size(), std::size_t(3));
        QVERIFY(pose.items[0] == (annot::Keypoints::Item{{4, 4}, 2}));
        QCOMPARE(int(pose.items[1].visibility) * 10 + pose.items[2].visibility, 10);
        QVERIFY(pose.box == (annot::Rect{10, 5, 20, 10}));
        QVERIFY(sink.m_classes[0].extra["keypoints"] == Json::parse(R"(["a","b","c"])"));
        QVERIFY(sink.m_extra["yolo"]["flip_idx"] == Json::parse("[1,0,2]"));
        QCOMPARE(sink.m_problems[0].item + sink.m_problems[0].code, std::string("labels/train/a.txt, object 2bad_row"));
    }

    void negativeIsInvisibleWithTwoNumbers() {
        base::TempFolder folder;
        const char* yaml = "train: images/train\nnames: [cat]\nkpt_shape: [3, 2]\n";
        const MemorySink sink = readYolo(makeSet(folder.path(), yaml, "0 0.5 0.5 0.5 0.5 0.1 0.2 -1 -1 0.5 0.6\n"));
        const auto& pose = onlyShape<annot::Keypoints>(sink);
        QCOMPARE(int(pose.items[0].visibility), 2);
        QCOMPARE(int(pose.items[1].visibility), 0);
        QVERIFY(pose.items[2].at == (annot::Point{20, 12}));
    }

    void posesWithoutKptShapeAreKnownByTheirVisibilities() {
        base::TempFolder folder;
        const MemorySink sink = readYolo(makeSet(folder.path(), "train: images/train\nnames: [cat]",
                                                 "0 0.5 0.5 0.5 0.5 0.1 0.2 2 0.3 0.4 2\n0 0.4 0.5 0.5 0.5 0.1 0.2 0 0.3 0.4 1\n"));
        QCOMPARE(sink.m_extra["yolo"]["task"].get<std::string>(), std::string("pose"));
        QCOMPARE(sink.annotations(), std::size_t(2));
    }

    void aSixthColumnEverywhereIsTheConfidence() {
        base::TempFolder folder;
        const char* yaml = "train: images/train\nnames: [cat]";
        const MemorySink sink = readYolo(makeSet(folder.path(), yaml, "0 0.5 0.5 0.5 0.5 0.75\n"));
        QCOMPARE(*only(sink).confidence, 0.75);
        QVERIFY(std::holds_alternative<annot::Box>(only(sink).shape));
        QCOMPARE(rowCodes("0 0.5 0.5 0.5 0.5 0.75\n0 0.5 0.5 0.5 0.5\n"), std::vector<std::string>{"bad_polygon"});
    }

    void theLastImagesFolderBecomesLabels() {
        base::TempFolder folder;
        writeText(folder.path() / "data.yaml", "train: images/x/images\nnames: [a]");
        writePicture(folder.path() / "images/x/images/a.png");
        writeText(folder.path() / "images/x/labels/a.txt", "0 0.5 0.5 0.5 0.5\n");
        writeText(folder.path() / "labels/x/images/a.txt", "0 0.25 0.25 0.5 0.5\n");
        const MemorySink sink = readYolo(folder.path());
        QCOMPARE(onlyShape<annot::Box>(sink).rect.x, 10.0);
        QCOMPARE(codesOf(sink.m_problems), std::vector<std::string>{"missing_image"});
    }

    void noFileOrAnEmptyOneIsBackground() {
        base::TempFolder folder;
        makeSet(folder.path(), "train: images/train\nnames: [a]", " \n");
        writePicture(folder.path() / "images/train/b.png");
        const MemorySink sink = readYolo(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QVERIFY(sink.m_problems.empty() && sink.annotations() == 0);
    }

    void badRowsAreNamed() {
        using Codes = std::vector<std::string>;
        QCOMPARE(rowCodes("2 0.5 0.5 0.5 0.5\n"), Codes{"unknown_class"});  // class >= nc
        QCOMPARE(rowCodes("-1 0.5 0.5 0.5 0.5\n"), Codes{"unknown_class"});
        QCOMPARE(rowCodes("0.5 0.5 0.5 0.5 0.5\n"), Codes{"unknown_class"});
        QCOMPARE(rowCodes("0 0.5 0.5 0.5\n"), Codes{"bad_row"});
        QCOMPARE(rowCodes("0 0.5 nan 0.5 0.5\n"), Codes{"bad_row"});
        QCOMPARE(rowCodes("0 0.5 inf 0.5 0.5\n"), Codes{"bad_row"});
        QCOMPARE(rowCodes("cat 0.5 0.5 0.5 0.5\n"), Codes{"bad_row"});
        QCOMPARE(rowCodes("0 1.02 0.5 0.5 0.5\n"), Codes{"out_of_range"});
        QCOMPARE(rowCodes("0 0.5 -0.02 0.5 0.5\n"), Codes{"out_of_range"});
        QCOMPARE(rowCodes("0 100 20 30 40\n"), Codes{"out_of_range"});  // pixels
        QCOMPARE(rowCodes("0 0.5 0.5 0 0.5\n"), Codes{"zero_area"});
        QCOMPARE(rowCodes("0 0.5 0.5 0.6 0.5 0.7 0.5\n"), Codes{"zero_area"});
        QCOMPARE(rowCodes("0 0.5 0.5 0.6 0.5 0.7 0.5 0.5 0.2\n0 0.5 0.5 0.6 0.5 0.7 0.5 0.3\n"), Codes{"bad_polygon"});
        QCOMPARE(rowCodes("0 1.005 0.5 0.5 0.5\n+1 -0.005 0.5 0.5 0.5\n0.0 1 0.5 0.5 0.5\n"), Codes{});  // within the tolerance
    }

    void duplicateRowsAreTakenOnce() {
        base::TempFolder folder;
        const MemorySink sink =
            readYolo(makeSet(folder.path(), "train: images/train\nnames: [a]", "0 0.5 0.5 0.5 0.5\n0 0.50 0.5 0.500 0.5\n"));
        QCOMPARE(sink.annotations(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].item + sink.m_problems[0].code, std::string("labels/train/a.txt, object 2duplicate"));
    }

    void aBoxAmongPolygonsIsReadAsABoxAndNamed() {
        base::TempFolder folder;
        const MemorySink sink =
            readYolo(makeSet(folder.path(), "train: images/train\nnames: [a]", "0 0.1 0.1 0.4 0.1 0.4 0.5\n0 0.5 0.5 0.5 0.5\n"));
        QVERIFY(std::holds_alternative<annot::Polygon>(sink.m_images[0].annotations[0].shape));
        QVERIFY(std::holds_alternative<annot::Box>(sink.m_images[0].annotations[1].shape));
        QCOMPARE(sink.m_problems[0].item + sink.m_problems[0].code, std::string("labels/train/a.txtmixed_rows"));
    }

    void jpegIsMeantUprightOthersAsStored() {
        base::TempFolder folder;
        writeText(folder.path() / "data.yaml", "train: images\nnames: [a]");
        for (const char* name : {"a.jpg", "b.png"}) {
            writePicture(folder.path() / "images" / name);
            turnPicture(folder.path() / "images" / name);
        }
        QCOMPARE(image::probe(folder.path() / "images/a.jpg")->width, 20);
        QCOMPARE(image::probe(folder.path() / "images/b.png")->width, 20);
        for (const char* name : {"a.txt", "b.txt"}) writeText(folder.path() / "labels" / name, "0 0.25 0.5 0.5 0.2\n");
        const MemorySink sink = readYolo(folder.path());
        const auto rectOf = [&](const char* name) { return std::get<annot::Box>(sink.named(name)->annotations[0].shape).rect; };
        QVERIFY(rectOf("images/a.jpg") == (annot::Rect{0, 16, 10, 8}));
        // Stored it is x 0 to 20 of 40, y 8 to 12 of 20; a turn to the right makes y to 20 - y.
        const annot::Rect b = rectOf("images/b.png");
        QVERIFY(near(b.x, 8) && near(b.y, 0) && near(b.w, 4) && near(b.h, 20));
        writeYolo(folder.path() / "out", sink);
        const MemorySink again = readYolo(folder.path() / "out");
        const annot::Rect c = std::get<annot::Box>(again.named("images/train/b.png")->annotations[0].shape).rect;
        QVERIFY(near(c.x, 8) && near(c.y, 0) && near(c.w, 4) && near(c.h, 20));
        QCOMPARE(textIn(folder.path() / "out/labels/train/b.txt"), std::string("0 0.250000 0.500000 0.500000 0.200000\n"));
    }

    void rowsWithoutAnImageAreNamed() {
        base::TempFolder folder;
        makeSet(folder.path(), "train: train.txt\nnames: [a]", "0 0.5 0.5 0.5 0.5\n");
        writeText(folder.path() / "train.txt", "images/train/a.png\nimages/train/gone.png\nnonsense\n");
        writeText(folder.path() / "labels/train/gone.txt", "0 0.5 0.5 0.5 0.5\n");
        writeText(folder.path() / "labels/train/stray.txt", "0 0.5 0.5 0.5 0.5\n");
        writeText(folder.path() / "README.txt", "12 images of cats\n");
        const MemorySink sink = readYolo(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));  // the sink says that gone.png isn't there
        QCOMPARE(sink.annotations(), std::size_t(1));
        std::vector<std::string> items;
        for (const auto& problem : sink.m_problems) items.push_back(problem.item);
        QCOMPARE(items, (std::vector<std::string>{"train.txt, line 3", "labels/train/gone.txt", "labels/train/stray.txt"}));
    }

    void imagesFromElsewhere() {
        base::TempFolder folder;
        writeText(folder.path() / "set/data.yaml", "train: images/train\nnames: [a]");
        writeText(folder.path() / "set/labels/train/a.txt", "0 0.5 0.5 0.5 0.5\n");
        writePicture(folder.path() / "photos/a.png");
        const MemorySink sink = readYolo(folder.path() / "set", {folder.path() / "photos", ""});
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.named("a.png")->split, std::string("train"));
        QCOMPARE(sink.annotations(), std::size_t(1));
    }

    void nothingOutsideTheSourceIsRead() {
        base::TempFolder folder;
        writePicture(folder.path() / "outside/images/x.png");
        writeText(folder.path() / "outside/labels/x.txt", "0 0.5 0.5 0.5 0.5\n");
        makeSet(folder.path() / "set", "path: ../outside\ntrain: ../outside/images\nval: list.txt\nnames: [a]", "");
        writeText(folder.path() / "set/list.txt",
                  "../outside/images/x.png\n" + (folder.path() / "outside/images/x.png").string() + "\n");
        for (const auto& image : readYolo(folder.path() / "set").m_images)
            QVERIFY2(image.path.lexically_normal().string().starts_with((folder.path() / "set").string()), image.path.c_str());
    }

    void dangerousYamlIsRefused() {
        base::TempFolder folder;
        std::string bomb = "names: [a]\ntrain: images/train\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int k = 1; k < 12; ++k) {
            bomb += fmt::format("a{0}: &a{0} [", k);
            for (int j = 0; j < 10; ++j) bomb += fmt::format("{}*a{}", j ? ", " : "", k - 1);
            bomb += "]\n";
        }
        const std::string deep = "names: [a]\ntrain: " + std::string(5000, '[') + std::string(5000, ']') + "\n";
        const std::string large = "names: [a]\ntrain: images/train\nnote: " + std::string((1 << 20) + 1, 'x') + "\n";
        const std::string torn = "names: [a\ntrain: images/train\n";
        const std::string cyclic = "names: &n [*n]\ntrain: images/train\n";
        for (const std::string& yaml : {bomb, deep, large, torn, cyclic}) {
            const MemorySink sink = readYolo(makeSet(folder.path(), yaml, "0 0.5 0.5 0.5 0.5\n"));
            QVERIFY(!sink.m_problems.empty() && sink.m_problems[0].item == "data.yaml");
            QCOMPARE(sink.m_images.size(), std::size_t(1));
        }
        const MemorySink huge =
            readYolo(makeSet(folder.path(), "train: images/train\nnc: 99999999999\nkpt_shape: [99999999, 3]", ""));
        QCOMPARE(codesOf(huge.m_problems), (std::vector<std::string>{"invalid_data", "invalid_data"}));
    }

    void whatWasReadIsWrittenAgain() {
        const std::pair<const char*, const char*> sets[] = {
            {"names: [\"yes\", \"a: b\"]\n",
             "1 0.133333 0.300000 0.266667 0.200000\n0 0.497656 0.46200607902735563 0.5 0.123457\n"},
            {"names: [cat, dog]\n",
             "0 0.100000 0.100000 0.400000 0.100000 0.4012345678 0.500000\n1 0.5 0.1 0.9 0.2 0.7 0.3 0.6 0.8\n"},
            {"names: [cat, dog]\nkpt_shape: [2, 3]\nflip_idx: [1, 0]\n",
             "1 0.133333 0.300000 0.266667 0.200000 0.1 0.2 2 0.3 0.4 0\n"}};
        for (const auto& [yaml, rows] : sets) {
            base::TempFolder folder;
            makeSet(folder.path() / "set", std::string("train: images/train\nval: images/val\n") + yaml, rows);
            writePicture(folder.path() / "set/images/val/sub/b.png", 333, 777);
            writeText(folder.path() / "set/labels/val/sub/b.txt", rows);
            const MemorySink first = readYolo(folder.path() / "set");
            QVERIFY(first.m_problems.empty());
            const WriteReport report = writeYolo(folder.path() / "out", first);
            QVERIFY2(report.problems.empty(), report.problems.empty() ? "" : report.problems[0].message.c_str());
            QCOMPARE(report.annotations, std::int64_t(first.annotations()));
            const MemorySink second = readYolo(folder.path() / "out");
            QVERIFY(second.m_problems.empty());
            compareSets(first, second);
            QCOMPARE(second.m_classes[1].name, first.m_classes[1].name);
            QVERIFY(second.m_extra == first.m_extra);
            writeYolo(folder.path() / "out2", second);
            for (const char* file : {"data.yaml", "labels/train/a.txt", "labels/val/sub/b.txt"})
                QCOMPARE(textIn(folder.path() / "out2" / file), textIn(folder.path() / "out" / file));
        }
    }

    void textIsTheSameWhereDecimalsSay() {
        base::TempFolder folder;
        const std::string rows = "0 0.133333 0.300000 0.266667 0.200000\n1 0.266667 0.450000 0.133333 0.300000\n";
        writeYolo(folder.path() / "out", readYolo(makeSet(folder.path() / "set", kYaml, rows)));
        QCOMPARE(textIn(folder.path() / "out/labels/train/a.txt"), rows);
    }

    void pixelsComeBack() {
        base::TempFolder folder;
        std::vector<annot::Shape> shapes;
        for (int k = 1; k < 60; ++k) {
            shapes.push_back(annot::Polygon{{{{k * 1.7, k / 3.0}, {k * 5.1, 17.0 + k}, {399.0 / k, 299.0}}}});
            shapes.push_back(annot::Polygon{{{{k / 4.0, 1.0}, {300.0 - k, 50.5}, {k + 90.0, 250.0}}}});
        }
        QCOMPARE(writeYolo(folder.path() / "out", holding(folder.path(), shapes)).annotations, 118);
        const MemorySink sink = readYolo(folder.path() / "out");
        int same = 0;
        for (std::size_t k = 0; k < shapes.size(); ++k) {
            const auto& before = std::get<annot::Polygon>(shapes[k]).rings[0];
            const auto& after = std::get<annot::Polygon>(sink.m_images[0].annotations[k].shape).rings[0];
            for (std::size_t p = 0; p < 3; ++p)
                QVERIFY(near(before[p].x, after[p].x, 1e-13) && near(before[p].y, after[p].y, 1e-13));
            same += before == after;
        }
        QVERIFY2(same > 59, std::to_string(same).c_str());  // some pixels are no multiple of any double
    }

    void wholePixelsOfBoxesComeBackWhole() {
        base::TempFolder folder;
        std::vector<annot::Shape> shapes;
        for (int k = 0; k < 100; ++k) shapes.push_back(annot::Box{{double(k), k + 0.5, double(k * 3 + 1), double(k * 2 + 1)}});
        writeYolo(folder.path() / "out", holding(folder.path(), shapes));
        const MemorySink sink = readYolo(folder.path() / "out");
        for (std::size_t k = 0; k < shapes.size(); ++k) QVERIFY(sink.m_images[0].annotations[k].shape == shapes[k]);
    }

    void turnedBoxesComeBack() {
        base::TempFolder folder;
        const annot::RotatedBox box{{200, 150}, 80, 30, 0.7};
        const WriteReport report = writeYolo(folder.path() / "out", holding(folder.path(), {box, annot::Box{{10, 20, 30, 40}}}));
        QCOMPARE(report.problems.front().item, std::string("box"));
        const MemorySink sink = readYolo(folder.path() / "out");
        const auto& back = std::get<annot::RotatedBox>(sink.m_images[0].annotations[0].shape);
        QVERIFY(near(back.centre.x, 200, 1e-9) && near(back.w, 80, 1e-9) && near(back.h, 30, 1e-9) && near(back.angle, 0.7, 1e-9));
    }

    void mixedKindsBecomePolygonsAndAreCounted() {
        base::TempFolder folder;
        const annot::Polygon withHole{{{{50, 50}, {150, 50}, {150, 150}, {50, 150}},
                                       {{80, 80}, {120, 80}, {120, 120}, {80, 120}},
                                       {{200, 50}, {220, 50}, {220, 70}}}};
        const annot::Mask mask = annot::maskOf(annot::Ellipse{{100, 200}, 30, 20, 0}, 400, 300);
        MemorySink set =
            holding(folder.path(), {annot::Box{{10, 20, 30, 40}}, withHole, mask, annot::RotatedBox{{200, 150}, 80, 30, 0.7},
                                    annot::Ellipse{{300, 100}, 30, 20, 0.2}, annot::Polyline{{{1, 1}, {5, 9}}}, annot::Dot{{5, 5}},
                                    annot::ImageLabel{}});
        set.m_images[0].annotations[0].confidence = 0.5;
        set.m_images[0].annotations[0].attributes["colour"] = "red";
        const WriteReport report = writeYolo(folder.path() / "out", set);
        QCOMPARE(report.annotations, 5);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems)
            if (problem.code == "not_in_format") lost.push_back(problem.item);
        QCOMPARE(lost, (std::vector<std::string>{"annotation with a confidence", "annotation with attributes", "box", "ellipse",
                                                 "image", "mask", "point", "polygon of several rings", "polyline", "rotated_box"}));
        const MemorySink sink = readYolo(folder.path() / "out");
        QVERIFY(sink.m_problems.empty());
        const auto& back = sink.m_images[0].annotations;
        for (const auto& a : back) QVERIFY(std::holds_alternative<annot::Polygon>(a.shape));
        QVERIFY(near(annot::area(back[1].shape), annot::area(withHole)));
        QVERIFY(near(annot::area(back[2].shape), annot::area(mask)));
        QVERIFY(annot::maskOf(back[1].shape, 400, 300) == annot::maskOf(withHole, 400, 300));
    }

    void keypointsMakeAPoseSet() {
        base::TempFolder folder;
        const annot::Keypoints two{{{{10, 20}, 2}, {{30, 40}, 1}}, {5, 5, 50, 60}};
        const annot::Keypoints three{{{{11, 20}, 2}, {{30, 40}, 2}, {{0, 0}, 0}}, {}};
        const WriteReport report =
            writeYolo(folder.path() / "out", holding(folder.path(), {two, three, annot::Box{{100, 100, 20, 20}}}));
        QCOMPARE(report.annotations, 3);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems)
            if (problem.code == "not_in_format") lost.push_back(problem.item);
        QCOMPARE(lost, (std::vector<std::string>{"box", "keypoints with fewer points", "keypoints without a box"}));
        QVERIFY(textIn(folder.path() / "out/data.yaml").find("kpt_shape: [3, 3]") != std::string::npos);
        const MemorySink sink = readYolo(folder.path() / "out");
        const auto& back = std::get<annot::Keypoints>(sink.m_images[0].annotations[0].shape);
        for (std::size_t k = 0; k < 2; ++k) {
            QVERIFY(near(back.items[k].at.x, two.items[k].at.x) && near(back.items[k].at.y, two.items[k].at.y));
            QCOMPARE(back.items[k].visibility, two.items[k].visibility);
        }
        QVERIFY(near(back.box.x, 5) && near(back.box.y, 5) && near(back.box.w, 50) && near(back.box.h, 60));
    }

    void whatSticksOutIsCut() {
        base::TempFolder folder;
        const WriteReport report = writeYolo(folder.path() / "out", holding(folder.path(), {annot::Box{{-900, 10, 1000, 20}}}));
        QCOMPARE(report.problems.front().item, std::string("shape beyond the image"));
        QVERIFY(onlyShape<annot::Box>(readYolo(folder.path() / "out")).rect == (annot::Rect{0, 10, 100, 20}));
    }

    void namesAndSplitsOfAnExport() {
        base::TempFolder folder;
        MemorySink sink;
        sink.m_classes = {{"a", "", {}}};
        for (const char* name : {"a.jpg", "a.png", "../../evil.png", "x/images/a.png", "torn.jpg"}) {
            const fs::path file = folder.path() / ("src" + fs::path(name).filename().string());
            writePicture(file);
            sink.m_images.push_back({name, file, 40, 20, "train"});
        }
        const std::string whole = textIn(folder.path() / "srctorn.jpg");
        writeText(folder.path() / "srctorn.jpg", whole.substr(0, whole.size() - 2));
        sink.m_images[1].split = "";
        sink.m_images[3].annotations.push_back({AnnotationId(1), ClassId(1), annot::Box{{1, 2, 3, 4}}});
        const WriteReport report = writeYolo(folder.path() / "out", sink, ImageMode::Link);
        for (const char* file : {"images/train/a.jpg", "images/unassigned/a.png", "images/train/evil.png", "images/train/x/a.png",
                                 "labels/train/a.txt", "labels/train/x/a.txt", "images/train/torn.jpg"})
            QVERIFY2(fs::exists(folder.path() / "out" / file), file);
        QCOMPARE(fs::hard_link_count(folder.path() / "srctorn.jpg"), std::uintmax_t(1));
        QCOMPARE(fs::hard_link_count(folder.path() / "srca.jpg"), std::uintmax_t(2));
        QCOMPARE(codesOf(report.problems), (std::vector<std::string>{"not_in_format", "no_split", "no_split"}));
        const MemorySink back = readYolo(folder.path() / "out");
        QCOMPARE(back.named("images/unassigned/a.png")->split, std::string());
        QCOMPARE(back.annotations(), std::size_t(1));
        sink.m_images[1].split = "train";
        writeYolo(folder.path() / "same", sink, ImageMode::None);
        QVERIFY(fs::exists(folder.path() / "same/labels/train/a-2.txt") && !fs::exists(folder.path() / "same/images/train/a.jpg"));
        MemorySink again;
        const auto refused = formatNamed("yolo")->write(folder.path() / "same", sink.source(), {}, {}, {});
        QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
    }

    void withoutSplitsTrainAndValAreAll() {
        base::TempFolder folder;
        MemorySink set = holding(folder.path(), {annot::Box{{1, 2, 3, 4}}});
        set.m_images[0].split.clear();
        QCOMPARE(codesOf(writeYolo(folder.path() / "out", set).problems), std::vector<std::string>{"no_split"});
        const MemorySink back = readYolo(folder.path() / "out");
        QCOMPARE(back.named("images/a.jpg")->split, std::string());
        QCOMPARE(back.annotations(), std::size_t(1));
    }

    void detection() {
        base::TempFolder folder;
        const Format& yolo = *formatNamed("yolo");
        makeSet(folder.path() / "set", kYaml, "0 0.5 0.5 0.5 0.5\n");
        QVERIFY(near(yolo.looksLike(folder.path() / "set"), 0.95));
        QVERIFY(near(yolo.looksLike(folder.path() / "set/data.yaml"), 0.95));
        QCOMPARE(std::string((*detectFormat(folder.path() / "set"))->name()), std::string("yolo"));
        for (const char* name : {"train/cat/1.png", "train/dog/2.png", "val/cat/3.png"})
            writePicture(folder.path() / "classes" / name);
        QCOMPARE(yolo.looksLike(folder.path() / "classes"), 0.0);
        QCOMPARE(std::string((*detectFormat(folder.path() / "classes"))->name()), std::string("folders"));
        writePicture(folder.path() / "text/a.png");
        writeText(folder.path() / "text/a.txt", "38,43,920,215,some words\n");
        writeText(folder.path() / "text/b.txt", "Car 0.00 0 -1.58 587.01 173.33 614.12 200.12\n");
        writeText(folder.path() / "text/config.yaml", "names: three\nlr: 0.1\n");
        QCOMPARE(yolo.looksLike(folder.path() / "text"), 0.0);
    }

    void stopsWhenAsked() {
        base::TempFolder folder;
        makeSet(folder.path(), kYaml, "0 0.5 0.5 0.5 0.5\n");
        std::stop_source stop;
        stop.request_stop();
        MemorySink sink;
        const auto read = formatNamed("yolo")->read(folder.path(), {}, sink, stop.get_token(), {});
        QVERIFY(!read && read.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestFormatYolo)
#include "tst_format_yolo.moc"
