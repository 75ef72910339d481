// Odd cases of COCO and VOC files that other programs write, and of pictures that labels are about: each is read rightly or named.
#include <QTest>
#include <opencv2/imgcodecs.hpp>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/formats/image_table.h"
#include "core/image/decode.h"
#include "tests/support/format_memory.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::MemorySink;

namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    if (!base::writeFileAtomically(file, text)) qFatal("can't write");
}

void putPng(const fs::path& file, int width = 8, int height = 6) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("can't write");
}

/// Stored lying, with an EXIF tag that turns it upright.
std::string turnedJpeg(int width, int height, int seed) {
    using namespace std::string_literals;
    std::vector<unsigned char> bytes;
    if (!cv::imencode(".jpg", cv::Mat(height, width, CV_8UC3, cv::Scalar(10 * seed, 20, 30)), bytes)) qFatal("can't encode");
    const std::string jpeg(bytes.begin(), bytes.end());
    const std::string tiff = "MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"s;
    const std::string body = "Exif\0\0"s + tiff;
    const auto size = body.size() + 2;
    return jpeg.substr(0, 2) + "\xff\xe1"s + char(size >> 8) + char(size & 255) + body + jpeg.substr(2);
}

MemorySink readAs(const char* format, const fs::path& source) {
    MemorySink sink;
    const auto read = formatNamed(format)->read(source, {}, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

/// A COCO file of these annotations on image 1, a.png of 8 x 6, and classes 1 and 2.
MemorySink cocoOf(const fs::path& folder, const std::string& annotations) {
    putPng(folder / "a.png");
    put(folder / "labels.json", R"({"images": [{"id": 1, "file_name": "a.png", "width": 8, "height": 6}], "annotations": [)" +
                                    annotations + R"(], "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}]})");
    return readAs("coco", folder / "labels.json");
}

std::vector<std::string> codesOf(const MemorySink& sink) {
    std::vector<std::string> codes;
    for (const auto& problem : sink.m_problems) codes.push_back(problem.code);
    return codes;
}

std::string vocObject(const char* name, const char* box) {
    return std::string("<object><name>") + name + "</name><bndbox>" + box + "</bndbox></object>";
}

std::string corners(int xmin, int ymin, int xmax, int ymax) {
    return QStringLiteral("<xmin>%1</xmin><ymin>%2</ymin><xmax>%3</xmax><ymax>%4</ymax>")
        .arg(xmin)
        .arg(ymin)
        .arg(xmax)
        .arg(ymax)
        .toStdString();
}

}  // namespace

class TestFormatTraps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Category ids have gaps and may be 0, as may image ids (Label Studio); none is an index, and they come back.
    void idsOfCocoAreNoPlaces() {
        base::TempFolder folder;
        for (const char* name : {"x.png", "y.png"}) putPng(folder.path() / name);
        put(folder.path() / "set.json", R"({"images": [{"id": 7, "file_name": "x.png", "width": 8, "height": 6},
            {"id": 0, "file_name": "y.png", "width": 8, "height": 6}],
            "annotations": [{"id": 0, "image_id": 0, "category_id": 90, "bbox": [0, 0, 1, 1], "area": 1, "iscrowd": 0},
            {"id": 5, "image_id": 7, "category_id": 0, "bbox": [1, 1, 2, 3], "area": 6, "iscrowd": 0}],
            "categories": [{"id": 90, "name": "last"}, {"id": 0, "name": "first"}]})");
        const MemorySink sink = readAs("coco", folder.path() / "set.json");
        QVERIFY(sink.m_problems.empty());
        const auto classOf = [&](const char* image) {
            return sink.m_classes[std::size_t(sink.named(image)->annotations.at(0).classId.value - 1)].name;
        };
        QCOMPARE(classOf("y.png"), std::string("last"));
        QCOMPARE(classOf("x.png"), std::string("first"));
        // The first pixel is the box 0, 0, 1, 1: continuous, and width and height, not corners.
        QVERIFY(annot::bounds(sink.named("y.png")->annotations[0].shape) == (annot::Rect{0, 0, 1, 1}));
        QVERIFY(annot::bounds(sink.named("x.png")->annotations[0].shape) == (annot::Rect{1, 1, 2, 3}));
        QVERIFY(formatNamed("coco")->write(folder.path() / "out", sink.source(), {}, {}, {}).has_value());
        const auto written = base::readJson(folder.path() / "out/annotations/instances.json").value();
        std::map<std::int64_t, std::string> categories;
        for (const Json& one : written["categories"]) categories[one["id"].get<std::int64_t>()] = one["name"].get<std::string>();
        QVERIFY((categories == std::map<std::int64_t, std::string>{{0, "first"}, {90, "last"}}));
        for (const Json& one : written["annotations"])
            QCOMPARE(one["image_id"].get<int>(), one["category_id"].get<int>() == 90 ? 0 : 7);
    }

    /// A list of counts, the packed text and a flat polygon are all met; counts that were written as a polygon are named.
    void everyFormOfASegmentation() {
        base::TempFolder folder;
        const MemorySink sink = cocoOf(folder.path(), R"(
            {"id": 1, "image_id": 1, "category_id": 1, "iscrowd": 1, "segmentation": {"counts": [7, 2, 39], "size": [6, 8]}},
            {"id": 2, "image_id": 1, "category_id": 1, "iscrowd": 0, "segmentation": {"counts": [7, 2, 39], "size": [6, 8]}},
            {"id": 3, "image_id": 1, "category_id": 1, "iscrowd": 0, "segmentation": {"counts": "72W1", "size": [6, 8]}},
            {"id": 4, "image_id": 1, "category_id": 1, "segmentation": [1, 1, 5, 1, 5, 4], "bbox": [1, 1, 4, 3]},
            {"id": 5, "image_id": 1, "category_id": 1, "segmentation": [[7, 2, 39]], "bbox": [1, 1, 4, 3]},
            {"id": 6, "image_id": 1, "category_id": 1, "segmentation": {"counts": [7, 2, 39], "size": [8, 8]}})");
        QCOMPARE(codesOf(sink), (std::vector<std::string>{"bad_polygon", "bad_mask"}));
        const auto& all = sink.m_images[0].annotations;
        QCOMPARE(all.size(), std::size_t(4));
        for (const std::size_t k : {0, 1, 2}) {
            // Down the columns, from the zeros on; the size is height, width: the mask lies in the second column.
            QVERIFY(std::get<annot::Mask>(all[k].shape) == (annot::Mask{6, 8, {7, 2, 39}}));
            QVERIFY(annot::bounds(all[k].shape) == (annot::Rect{1, 1, 1, 2}));
        }
        QCOMPARE(std::get<annot::Polygon>(all[3].shape).rings.at(0).size(), std::size_t(3));
    }

    /// Several polygons are one object, and none is dropped on the way out.
    void partsOfACocoPolygonStayOneObject() {
        base::TempFolder folder;
        const MemorySink sink = cocoOf(folder.path(), R"({"id": 1, "image_id": 1, "category_id": 2, "bbox": [0, 0, 7, 5],
            "segmentation": [[0, 0, 3, 0, 3, 3], [4, 2, 7, 2, 7, 5]], "area": 9, "iscrowd": 0})");
        QCOMPARE(sink.annotations(), std::size_t(1));
        QVERIFY(formatNamed("coco")->write(folder.path() / "out", sink.source(), {}, {}, {}).has_value());
        const auto written = base::readJson(folder.path() / "out/annotations/instances.json").value();
        QCOMPARE(written["annotations"].size(), std::size_t(1));
        QCOMPARE(written["annotations"][0]["segmentation"].size(), std::size_t(2));
    }

    /// A hole is written as a mask, since others fill what a COCO polygon leaves out, and comes back as a polygon, unless another
    /// program has changed the mask.
    void holesAreWrittenAsMasks() {
        base::TempFolder folder;
        putPng(folder.path() / "a.png", 40, 30);
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}};
        const annot::Polygon ring{{{{2.5, 2}, {30, 3}, {29, 25}, {3, 24}}, {{10, 10}, {20, 10}, {20, 18}, {10.25, 18}}}};
        sink.m_images.push_back(
            {"a.png", folder.path() / "a.png", 40, 30, "", {{AnnotationId(1), ClassId(1), ring}}, {{"coco_id", 1}}});
        const auto report = formatNamed("coco")->write(folder.path() / "out", sink.source(), {}, {}, {}).value();
        QCOMPARE(report.problems.size(), std::size_t(1));
        QVERIFY(report.problems[0].message.find("run-length mask") != std::string::npos);
        const fs::path file = folder.path() / "out/annotations/instances.json";
        Json written = base::readJson(file).value();
        Json& first = written["annotations"][0];
        QVERIFY(first["segmentation"]["size"] == Json::array({30, 40}));
        const MemorySink back = readAs("coco", file);
        QVERIFY(back.m_images[0].annotations[0].shape == annot::Shape(ring));
        QVERIFY(!back.m_images[0].annotations[0].givenArea && !back.m_images[0].annotations[0].givenBox);
        first["segmentation"] = {{"counts", {100, 1000, 100}}, {"size", {30, 40}}};
        put(folder.path() / "changed.json", written.dump());
        const MemorySink changed = readAs("coco", folder.path() / "changed.json");
        QVERIFY(std::holds_alternative<annot::Mask>(changed.m_images[0].annotations[0].shape));
        sink.m_images[0].width = 0;  // of unknown size: as rings, and said
        const auto rings = formatNamed("coco")->write(folder.path() / "rings", sink.source(), {}, {}, {}).value();
        QVERIFY(rings.problems[0].message.find("written as rings") != std::string::npos);
    }

    void whatNoNumberIsInCocoIsNamed() {
        base::TempFolder folder;
        const MemorySink sink = cocoOf(folder.path(), R"(
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [NaN, 1, 2, 3]},
            {"id": 2, "image_id": 1, "category_id": 1, "bbox": [1, 1, Infinity, 3]},
            {"id": 3, "image_id": 1, "category_id": 1, "bbox": ["1", "1", "2", "3"]},
            {"id": 4, "image_id": 1, "category_id": 1, "bbox": [1, 1, 1e400, 3]},
            {"id": 5, "image_id": 1, "category_id": 1, "bbox": [1, 1, 2]},
            {"id": 6, "image_id": 1, "category_id": 1, "bbox": [1, 1, -2, 3]},
            {"id": 7, "image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 3]})");
        QCOMPARE(sink.annotations(), std::size_t(1));
        QCOMPARE(sink.m_images[0].annotations[0].id.value, 7);
        QCOMPARE(sink.m_problems.size(), std::size_t(6));
        for (std::size_t k = 0; k < 6; ++k)
            QVERIFY2(sink.m_problems[k].item.ends_with("annotation " + std::to_string(k + 1)), sink.m_problems[k].item.c_str());
    }

    void theSameIdTwice() {
        base::TempFolder folder;
        for (const char* name : {"x.png", "y.png"}) putPng(folder.path() / name);
        put(folder.path() / "set.json", R"({"images": [{"id": "a1", "file_name": "x.png"}, {"id": "a1", "file_name": "y.png"}],
            "annotations": [{"id": 3, "image_id": "a1", "category_id": "c", "bbox": [0, 0, 1, 1]},
            {"id": 3, "image_id": "a1", "category_id": "c", "bbox": [1, 1, 2, 3]}], "categories": [{"id": "c", "name": "cat"}]})");
        const MemorySink sink = readAs("coco", folder.path() / "set.json");
        QCOMPARE(codesOf(sink), std::vector<std::string>{"duplicate_id"});
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        const auto& all = sink.named("x.png")->annotations;
        QVERIFY(all.size() == 2 && all[0].id != all[1].id && all[0].id.value == 3);
    }

    /// Another machine's folders, backslashes, and names that lie in more than one folder.
    void picturesAreFoundByWhatTheyAreCalled() {
        base::TempFolder folder;
        putPng(folder.path() / "images/23082be9-a.png");
        putPng(folder.path() / "images/b.png");
        put(folder.path() / "result.json", R"({"images": [{"id": 0, "file_name": "images\/23082be9-a.png"},
            {"id": 1, "file_name": "C:\\data\\b.png"}, {"id": 2, "file_name": "gone.png"}], "annotations": [],
            "categories": [{"id": 0, "name": "cat"}]})");
        const MemorySink sink = readAs("coco", folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QVERIFY(fs::exists(sink.m_images[0].path) && fs::exists(sink.m_images[1].path) && !fs::exists(sink.m_images[2].path));
        QCOMPARE(sink.m_images[1].name, std::string("b.png"));
        for (const char* name : {"x/same.png", "y/same.png", "x/one.png", "y/z/img.v1.png"}) putPng(folder.path() / "many" / name);
        ImageTable table(folder.path() / "many");
        QVERIFY(fs::exists(table.takeNamed("/home/ana/one.png")));
        QVERIFY(fs::exists(table.takeNamed("img.v1")));
        QCOMPARE(table.takeNamed("D:\\set\\y\\same.png"), folder.path() / "many/y/same.png");
        QVERIFY(!fs::exists(table.takeNamed("same.png")) && !fs::exists(table.takeNamed("other/same.jpg")));
    }

    /// The devkit's boxes include their last pixel: one of a single pixel has an area. Elsewhere that is a box without one.
    void aPixelOfTheVocDevkitIsABox() {
        base::TempFolder folder;
        const std::string objects = vocObject("cat", corners(1, 1, 1, 1).c_str()) + vocObject("dog", corners(1, 1, 8, 6).c_str());
        const auto file = [&](const char* database) {
            return std::string("<annotation><filename>a.png</filename><source><database>") + database +
                   "</database></source><size><width>8</width><height>6</height></size>" + objects + "</annotation>";
        };
        putPng(folder.path() / "kit/JPEGImages/a.png");
        put(folder.path() / "kit/Annotations/a.xml", file("The VOC2007 Database"));
        const MemorySink kit = readAs("voc", folder.path() / "kit");
        QVERIFY(kit.m_problems.empty());
        QVERIFY(annot::bounds(kit.m_images[0].annotations[0].shape) == (annot::Rect{0, 0, 1, 1}));
        QVERIFY(annot::bounds(kit.m_images[0].annotations[1].shape) == (annot::Rect{0, 0, 8, 6}));
        put(folder.path() / "own/a.xml", file("Mine"));
        putPng(folder.path() / "own/a.png");
        const MemorySink own = readAs("voc", folder.path() / "own");
        QCOMPARE(codesOf(own), std::vector<std::string>{"zero_area"});
        QVERIFY(annot::bounds(own.m_images[0].annotations[0].shape) == (annot::Rect{1, 1, 7, 5}));
    }

    void vocFilesNameTheirPicturesInEveryWay() {
        base::TempFolder folder;
        for (const char* name : {"a.v1.2.png", "b.png", "frame_000003.png"}) putPng(folder.path() / "JPEGImages" / name);
        const auto label = [&](const char* stem, const char* filename) {
            put(folder.path() / "Annotations" / (std::string(stem) + ".xml"),
                std::string("<annotation><filename>") + filename + "</filename>" +
                    vocObject("cat", "<xmin>1.5</xmin><ymin>2</ymin><xmax>3.66</xmax><ymax>4</ymax>") + "</annotation>");
        };
        label("a.v1.2", "a.v1.2");
        label("b", "some/where/b.png");
        label("frame_000003", "frame_%06d");
        const MemorySink sink = readAs("voc", folder.path());
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        for (const auto& image : sink.m_images)
            QVERIFY2(fs::exists(image.path) && image.annotations.size() == 1, image.name.c_str());
    }

    /// Entities that a file declares for itself are never put in.
    void entitiesOfXmlAreNotExpanded() {
        base::TempFolder folder;
        std::string text = "<?xml version=\"1.0\"?><!DOCTYPE annotation [<!ENTITY a0 \"aaaaaaaaaa\">";
        for (int k = 1; k < 12; ++k) {
            text += "<!ENTITY a" + std::to_string(k) + " \"";
            for (int n = 0; n < 10; ++n) text += "&a" + std::to_string(k - 1) + ";";
            text += "\">";
        }
        text += "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><annotation><filename>a.png</filename>" +
                vocObject("&a11;&f;", corners(1, 1, 4, 4).c_str()) + "</annotation>";
        put(folder.path() / "a.xml", text);
        putPng(folder.path() / "a.png");
        const MemorySink sink = readAs("voc", folder.path());
        QCOMPARE(sink.m_classes.size(), std::size_t(1));
        QVERIFY(sink.m_classes[0].name.size() < 100 && sink.m_classes[0].name.find("root:") == std::string::npos);
    }

    /// What was there at the beginning and is gone when its turn comes is named; the rest is read.
    void aFolderThatChangesWhileItIsRead() {
        base::TempFolder folder;
        for (const char* name : {"a", "b", "c"}) {
            putPng(folder.path() / (std::string(name) + ".png"));
            put(folder.path() / (std::string(name) + ".xml"),
                "<annotation><filename/>" + vocObject("cat", corners(1, 1, 4, 4).c_str()) + "</annotation>");
        }
        struct Remover final : Sink {
            MemorySink memory;
            std::vector<fs::path> files;
            void classes(std::span<const ClassRecord> records) override {
                memory.classes(records);
                for (const auto& file : files) fs::remove(file);
            }
            void image(ImageRecord&& record) override { memory.image(std::move(record)); }
            void problem(Problem problem) override { memory.problem(std::move(problem)); }
        } remover;
        remover.files = {folder.path() / "b.xml", folder.path() / "c.png"};
        QVERIFY(formatNamed("voc")->read(folder.path(), {}, remover, {}, {}).has_value());
        const MemorySink& sink = remover.memory;
        QCOMPARE(sink.m_problems.size(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].item, std::string("b.xml"));
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QCOMPARE(sink.annotations(), std::size_t(2));
        QVERIFY(!fs::exists(sink.named("c.png")->path));
    }

    /// A JPEG without its end mark is read, and neither it nor its copy is mended.
    void sourcesAreNeverWritten() {
        base::TempFolder folder;
        const std::string whole = turnedJpeg(24, 16, 1), cut = whole.substr(0, whole.size() - 2);
        const fs::path picture = folder.path() / "set/images/train/a.jpg", label = folder.path() / "set/labels/train/a.txt";
        put(picture, cut);
        put(label, "0 0.5 0.5 0.25 0.5\n");
        put(folder.path() / "set/data.yaml", "path: .\ntrain: images/train\nval: images/train\nnames: [cat]\n");
        std::map<fs::path, std::pair<std::string, fs::file_time_type>> before;
        const auto state = [](const fs::path& file) { return std::pair(base::readFile(file).value(), fs::last_write_time(file)); };
        for (const auto& file : {picture, label, folder.path() / "set/data.yaml"}) before[file] = state(file);
        const auto workspace = store::Workspace::create(folder.path() / "w.lathe").value();
        const auto report = data::importInto(*workspace, folder.path() / "set", {}, {}, {}).value();
        QCOMPARE(report.images.added, 1);
        QCOMPARE(report.annotations.added, 1);
        for (const auto& [file, was] : before) QVERIFY2(state(file) == was, file.c_str());
        const auto row = workspace->image(ImageId(1)).value().value();
        QVERIFY(base::readFile(workspace->layout().file(row)).value() == cut);
        QCOMPARE(row.width, 16);  // labels of JPEGs are of the picture as it is shown
        const auto box = annot::bounds(workspace->annotations(ImageId(1)).value().at(0).shape);
        QVERIFY(box == (annot::Rect{6, 6, 4, 12}));
    }

    /// Labels for the picture as it lies in its file, not as its EXIF tag turns it, are noticed by their size.
    void labelsOfAnUnturnedPictureAreNoticed() {
        base::TempFolder folder;
        const auto put4 = [&](const char* name, int width, int height) {
            put(folder.path() / "set/annotations" / (std::string(name) + ".xml"),
                QStringLiteral("<annotation><filename>%1.jpg</filename><size><width>%2</width><height>%3</height></size>")
                        .arg(QString::fromLatin1(name))
                        .arg(width)
                        .arg(height)
                        .toStdString() +
                    vocObject("cat", corners(1, 1, 4, 4).c_str()) + "</annotation>");
        };
        int seed = 0;
        for (const char* name : {"right", "lying", "other"})
            put(folder.path() / "set/images" / (std::string(name) + ".jpg"), turnedJpeg(24, 16, ++seed));
        const auto info = image::probe(folder.path() / "set/images/right.jpg").value();
        QCOMPARE(info.width, 16);  // as it is shown
        put4("right", info.width, info.height);
        put4("lying", info.height, info.width);
        put4("other", info.width + 1, info.height);
        const auto workspace = store::Workspace::create(folder.path() / "w.lathe").value();
        const auto report = data::importInto(*workspace, folder.path() / "set", {}, {}, {}).value();
        std::map<std::string, std::string> said;
        for (const auto& problem : report.problems)
            if (problem.code == "size_differs") said[problem.item] = problem.message;
        QCOMPARE(said.size(), std::size_t(2));
        for (const auto& [item, words] : said)
            QCOMPARE(words.find("turned by its EXIF tag") != std::string::npos, item.find("lying") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestFormatTraps)
#include "tst_format_traps.moc"
