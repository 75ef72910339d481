// LabelMe JSON and X-AnyLabeling: every kind of shape, groups, flags, masks, embedded images, what is bad, and the way there and
// back.
#include <QtTest>
#include <fstream>
#include <map>
#include <numbers>
#include <opencv2/core.hpp>

#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/formats/embedded.h"
#include "core/image/decode.h"
#include "tests/support/format_memory.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::MemorySink;
namespace fs = std::filesystem;

namespace {

void writeText(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

void writePicture(const fs::path& file, int width = 40, int height = 30) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("no picture");
}

MemorySink readAs(const fs::path& source, const ReadOptions& options = {}) {
    MemorySink sink;
    const auto read = formatNamed("labelme")->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeAs(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::Copy) {
    const auto report = formatNamed("labelme")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

std::string quoted(const std::string& text) {
    return Json(text).dump();
}

std::string shape(const std::string& type, const std::string& points, const std::string& more = {},
                  const std::string& label = "cat") {
    return R"({"label":)" + quoted(label) + R"(,"points":)" + points + R"(,"shape_type":)" + quoted(type) + more + "}";
}

std::string file(const std::string& shapes, const std::string& more = {}) {
    return R"({"version":"5.4.1","flags":{},"shapes":[)" + shapes +
           R"(],"imagePath":"a.png","imageData":null,"imageHeight":30,"imageWidth":40)" + more + "}";
}

// A file a.json beside a.png, read.
MemorySink readShapes(const fs::path& folder, const std::string& shapes, const std::string& more = {}) {
    writePicture(folder / "a.png");
    writeText(folder / "a.json", file(shapes, more));
    return readAs(folder);
}

// The field of a mask of 3 x 2 pixels: 1 0 1 / 0 1 0
std::string maskOfSix() {
    base::TempFolder folder;
    cv::Mat picture = cv::Mat::zeros(2, 3, CV_8UC1);
    picture.at<uchar>(0, 0) = picture.at<uchar>(0, 2) = picture.at<uchar>(1, 1) = 1;
    if (!image::writeImage(folder.path() / "m.png", picture)) qFatal("no mask");
    return R"(,"mask":)" + quoted(base64Of(*base::readFile(folder.path() / "m.png")));
}

const annot::Annotation& only(const MemorySink& sink) {
    if (sink.annotations() != 1) qFatal("%d annotations, %d problems", int(sink.annotations()), int(sink.m_problems.size()));
    return sink.m_images[0].annotations[0];
}

void compareSets(const MemorySink& a, const MemorySink& b) {
    QCOMPARE(b.m_images.size(), a.m_images.size());
    for (const auto& image : a.m_images) {
        const ImageRecord* other = b.named(image.name);
        QVERIFY2(other, image.name.c_str());
        QCOMPARE(other->width, image.width);
        QCOMPARE(other->split, image.split);
        QVERIFY2(other->extra == image.extra, (other->extra.dump() + image.extra.dump()).c_str());
        QCOMPARE(other->annotations.size(), image.annotations.size());
        for (std::size_t k = 0; k < image.annotations.size(); ++k) {
            const annot::Annotation &x = image.annotations[k], &y = other->annotations[k];
            QCOMPARE(b.m_classes[std::size_t(y.classId.value - 1)].name, a.m_classes[std::size_t(x.classId.value - 1)].name);
            annot::Annotation z = y;
            z.classId = x.classId;
            QVERIFY2(annot::packOne(x) == annot::packOne(z),
                     (annot::toJson(x, "").dump() + x.extra.dump() + "\n" + annot::toJson(z, "").dump() + z.extra.dump()).c_str());
        }
    }
}

}  // namespace

class TestFormatLabelme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindOfShape() {
        base::TempFolder folder;
        const MemorySink sink = readShapes(
            folder.path(),
            shape("polygon", "[[1,2],[9,2],[9,8.5]]") + "," + shape("rectangle", "[[10,20.5],[4,3]]") + "," +
                shape("circle", "[[10,10],[13,14]]") + "," + shape("line", "[[1,2],[3,4]]") + "," +
                shape("linestrip", "[[1,2],[3,4],[5,0.1]]") + "," + shape("point", "[[7,8]]") + "," +
                shape("points", "[[1,1],[2,2.5]]") + "," + shape("oriented_rectangle", "[[10,0],[20,10],[16,14],[6,4]]") + "," +
                shape("rotation", "[[0,0],[10,0],[10,4],[0,4]]") + "," + shape("mask", "[[5,6],[7,7]]", maskOfSix()));
        QVERIFY(sink.m_problems.empty());
        const auto& all = sink.m_images[0].annotations;
        QCOMPARE(all.size(), std::size_t(10));
        QVERIFY(all[0].shape == annot::Shape(annot::Polygon{{{{1, 2}, {9, 2}, {9, 8.5}}}}));
        QVERIFY(all[1].shape == annot::Shape(annot::Box{{4, 3, 6, 17.5}}));
        QVERIFY(all[2].shape == annot::Shape(annot::Ellipse{{10, 10}, 5, 5, 0}));
        QVERIFY(all[3].shape == annot::Shape(annot::Polyline{{{1, 2}, {3, 4}}}));
        QCOMPARE(std::get<annot::Polyline>(all[4].shape).points.size(), std::size_t(3));
        QVERIFY(all[5].shape == annot::Shape(annot::Dot{{7, 8}}));
        QVERIFY(all[6].shape == annot::Shape(annot::Keypoints{{{{1, 1}, 2}, {{2, 2.5}, 2}}, {}}));
        const auto& turned = std::get<annot::RotatedBox>(all[7].shape);
        QVERIFY(turned.centre == (annot::Point{13, 7}));
        QCOMPARE(turned.angle, std::numbers::pi / 4);
        QCOMPARE(turned.w, std::hypot(10.0, 10.0));
        QCOMPARE(turned.h, std::hypot(4.0, 4.0));
        QVERIFY(all[8].shape == annot::Shape(annot::RotatedBox{{5, 2}, 10, 4, 0}));
        const auto& mask = std::get<annot::Mask>(all[9].shape);
        QCOMPARE(mask.width, 40u);
        QCOMPARE(annot::maskArea(mask), std::uint64_t(3));
        for (const annot::Point p : {annot::Point{5.5, 6.5}, {7.5, 6.5}, {6.5, 7.5}}) QVERIFY(annot::contains(all[9].shape, p));
        for (std::size_t k = 0; k < all.size(); ++k) QCOMPARE(all[k].id.value, std::int64_t(k + 1));
    }

    void quadrilateralsAndBrokenCornersStayPolygons() {
        base::TempFolder folder;
        const MemorySink sink = readShapes(folder.path(), shape("rotation", "[[0,0],[10,0],[14,9],[0,4]]") + "," +
                                                              shape("rectangle", "[[1,2],[5,2],[5,9],[1,9]]"));
        QVERIFY(std::holds_alternative<annot::Polygon>(sink.m_images[0].annotations[0].shape));
        QVERIFY(sink.m_images[0].annotations[1].shape == annot::Shape(annot::Box{{1, 2, 4, 7}}));  // X-AnyLabeling's four corners
        writeAs(folder.path() / "out", sink);
        const Json json = *base::readJson(folder.path() / "out/a.json");
        QCOMPARE(json["shapes"][0]["shape_type"].get<std::string>(), std::string("rotation"));
        QCOMPARE(json["shapes"][1]["points"].size(), std::size_t(4));
    }

    void polygonsOfALabelAndAGroupAreOneObject() {
        base::TempFolder folder;
        const std::string a = "[[0,0],[5,0],[5,5]]", b = "[[10,0],[15,0],[15,5]]", c = "[[20,0],[25,0],[25,5]]";
        const MemorySink sink =
            readShapes(folder.path(), shape("polygon", a, R"(,"group_id":0)") + "," + shape("polygon", b, R"(,"group_id":0)") +
                                          "," + shape("polygon", c, R"(,"group_id":0)", "dog") + "," +
                                          shape("rectangle", "[[1,1],[2,2]]", R"(,"group_id":0)") + "," +
                                          shape("polygon", c, R"(,"group_id":null)") + "," + shape("polygon", a));
        const auto& all = sink.m_images[0].annotations;
        QCOMPARE(all.size(), std::size_t(5));
        QCOMPARE(std::get<annot::Polygon>(all[0].shape).rings.size(), std::size_t(2));
        QCOMPARE(all[0].group, 1);  // group 0 would be none
        QCOMPARE(all[1].group, 1);  // the dog stays by itself, in the group
        QCOMPARE(std::get<annot::Polygon>(all[1].shape).rings.size(), std::size_t(1));
        QVERIFY(std::holds_alternative<annot::Box>(all[2].shape));
        QCOMPARE(all[2].group, 1);
        QCOMPARE(all[3].group, 0);
        writeAs(folder.path() / "out", sink);
        compareSets(sink, readAs(folder.path() / "out"));
        const Json json = *base::readJson(folder.path() / "out/a.json");
        QCOMPARE(json["shapes"].size(), std::size_t(6));
        QVERIFY(json["shapes"][0]["group_id"] == 0 && json["shapes"][1]["group_id"] == 0 &&
                json["shapes"][5]["group_id"].is_null());
    }

    void partsThatOverlapAreUnited() {
        base::TempFolder folder;
        const MemorySink sink =
            readShapes(folder.path(), shape("polygon", "[[0,0],[10,0],[10,10],[0,10]]", R"(,"group_id":3)") + "," +
                                          shape("polygon", "[[2,2],[20,2],[20,8],[2,8]]", R"(,"group_id":3)"));
        QCOMPARE(annot::area(only(sink).shape), 160.0);  // not 2 x 8 less: no hole
        QCOMPARE(sink.m_problems.size(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].code, std::string("parts_united"));
        QCOMPARE(sink.m_problems[0].item, std::string("a.json"));
    }

    void flagsOfTheImageAreClasses() {
        base::TempFolder folder;
        writePicture(folder.path() / "train/a.png");
        writeText(folder.path() / "train/a.json",
                  R"({"version":"4.0.0","flags":{"__ignore__":false,"cat":true,"dog":false},"shapes":[],"imagePath":"a.png",)"
                  R"("imageData":null,"imageHeight":30,"imageWidth":40})");
        const MemorySink sink = readAs(folder.path());
        QCOMPARE(sink.m_classes.size(), std::size_t(1));
        QCOMPARE(sink.m_classes[0].name, std::string("cat"));
        QVERIFY(std::holds_alternative<annot::ImageLabel>(only(sink).shape));
        QCOMPARE(sink.m_images[0].split, std::string("train"));
        writeAs(folder.path() / "out", sink);
        QVERIFY(*base::readJson(folder.path() / "out/train/a.json") == *base::readJson(folder.path() / "train/a.json"));
    }

    void anEmbeddedImageIsUsedWhenThereIsNoFile() {
        base::TempFolder folder;
        writePicture(folder.path() / "x.png", 12, 9);
        const std::string bytes = *base::readFile(folder.path() / "x.png");
        fs::remove(folder.path() / "x.png");
        const auto text = [&](const std::string& path) {
            return R"({"version":"4.0.0","shapes":[)" + shape("rectangle", "[[1,1],[5,5]]") + R"(],"imagePath":)" + quoted(path) +
                   R"(,"imageData":)" + quoted(base64Of(bytes)) + "}";
        };
        writePicture(folder.path() / "set/elsewhere/c.png");
        writeText(folder.path() / "set/a.json", text("gone.png"));
        writeText(folder.path() / "set/b.json", text("b.json"));  // as an example of labelme's has it
        writeText(folder.path() / "set/c.json", text("c.png"));   // another picture of that name isn't it
        const MemorySink sink = readAs(folder.path() / "set");
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.m_images.size(), std::size_t(4));
        for (const char* name : {"gone.png", "b.png", "c.png"}) {
            const ImageRecord* image = sink.named(name);
            QVERIFY2(image && image->content, name);
            QVERIFY(*image->content == bytes);
            QCOMPARE(image->annotations.size(), std::size_t(1));
        }
        QVERIFY(!sink.named("elsewhere/c.png")->content);
        writeText(folder.path() / "bad/a.json", R"({"shapes":[],"imagePath":"a.png","imageData":"AAAA"})");
        QCOMPARE(readAs(folder.path() / "bad").m_problems.at(0).code, std::string("bad_image_data"));
    }

    void pathsWithBackslashesAndFoldersAreFound() {
        base::TempFolder folder;
        for (const char* split : {"train", "val"}) writePicture(folder.path() / "set" / split / "images/1.png");
        writePicture(folder.path() / "secret.png");
        writeText(folder.path() / "set/val/labels/1.json", R"({"shapes":[],"flags":{"v":true},"imagePath":"..\\images\\1.png"})");
        writeText(folder.path() / "set/train/labels/1.json", R"({"shapes":[],"flags":{"t":true},"imagePath":"C:\\me\\1.png"})");
        writeText(folder.path() / "set/out.json", R"({"shapes":[],"flags":{"o":true},"imagePath":"../secret.png"})");
        const MemorySink sink = readAs(folder.path() / "set");
        QCOMPARE(sink.named("val/images/1.png")->annotations.size(), std::size_t(1));
        QCOMPARE(sink.named("val/images/1.png")->split, std::string("val"));
        for (const auto& image : sink.m_images)
            QVERIFY2(image.path.lexically_normal().string().starts_with((folder.path() / "set").string()), image.path.c_str());
    }

    void oneFileAlone() {
        base::TempFolder folder;
        writePicture(folder.path() / "b.png");
        const MemorySink all = readShapes(folder.path(), shape("point", "[[7,8]]"));
        QCOMPARE(all.m_images.size(), std::size_t(2));  // the one without labels comes too
        const MemorySink one = readAs(folder.path() / "a.json", {.images = {}, .split = "test"});
        QCOMPARE(one.m_images.size(), std::size_t(1));
        QCOMPARE(one.m_images[0].split, std::string("test"));
        QVERIFY(fs::exists(one.m_images[0].path));
    }

    void whatIsBadIsNamedAndSkipped() {
        base::TempFolder folder;
        const std::pair<std::string, const char*> cases[] = {{shape("polygon", "[[1,1],[2,2]]"), "bad_polygon"},
                                                             {shape("rectangle", "[[1,1],[1,5]]"), "zero_area"},
                                                             {shape("rectangle", "[[1,1],[2,5],[3,3]]"), "bad_points"},
                                                             {shape("circle", "[[1,1]]"), "bad_points"},
                                                             {shape("circle", "[[1,1],[1,1]]"), "zero_area"},
                                                             {shape("polygon", "[[1,1],[2,\"x\"],[3,3]]"), "bad_points"},
                                                             {shape("polygon", "[[1,1],[NaN,2],[3,3]]"), "bad_points"},
                                                             {shape("polygon", "[[1,1],[1e300,2],[3,3]]"), "bad_points"},
                                                             {shape("cuboid", "[[1,1],[2,2]]"), "unknown_kind"},
                                                             {shape("polygon", "{}"), "missing_field"},
                                                             {R"({"points":[[1,1]],"shape_type":"point"})", "missing_field"},
                                                             {shape("mask", "[[5,6],[7,7]]"), "missing_field"},
                                                             {shape("mask", "[[5,6],[7,7]]", R"(,"mask":"@@@")"), "bad_mask"},
                                                             {shape("mask", "[[5,6],[7,7]]", R"(,"mask":"AAAA")"), "bad_mask"},
                                                             {shape("mask", "[[500,6],[502,7]]", maskOfSix()), "zero_area"},
                                                             {"7", "invalid_data"}};
        std::string shapes;
        for (const auto& [text, code] : cases) shapes += text + ",";
        const MemorySink sink = readShapes(folder.path(), shapes + shape("point", "[[1,2]]"));
        QCOMPARE(sink.m_problems.size(), std::size(cases));
        for (std::size_t k = 0; k < std::size(cases); ++k) {
            QCOMPARE(sink.m_problems[k].code, std::string(cases[k].second));
            QCOMPARE(sink.m_problems[k].item, "a.json, object " + std::to_string(k + 1));
        }
        QVERIFY(std::holds_alternative<annot::Dot>(only(sink).shape));
    }

    void brokenFilesAndForeignOnesAreNamed() {
        base::TempFolder folder;
        writeText(folder.path() / "b.json", R"({"shapes":[)");
        writeText(folder.path() / "c.json", R"([{"image":"a.png"}])");
        writeText(folder.path() / "d.json", file(shape("point", "[[1,2]]")));
        const MemorySink sink = readShapes(folder.path(), shape("point", "[[7,8]]"));
        std::map<std::string, std::string> codes;
        for (const auto& problem : sink.m_problems) codes[problem.item] = problem.code;
        QCOMPARE(codes["b.json"], std::string("invalid_data"));
        QCOMPARE(codes["c.json"], std::string("not_labelme"));
        QCOMPARE(codes["d.json"], std::string("duplicate"));
        MemorySink none;
        fs::remove(folder.path() / "a.json"), fs::remove(folder.path() / "d.json");
        QVERIFY(!formatNamed("labelme")->read(folder.path(), {}, none, {}, {}));
    }

    void masksNeedTheImagesSize() {
        base::TempFolder folder;
        writeText(folder.path() / "a.json", R"({"shapes":[)" + shape("mask", "[[5,6],[7,7]]", maskOfSix()) + "]}");
        QCOMPARE(readAs(folder.path()).m_problems.at(0).code, std::string("no_image_size"));
        writePicture(folder.path() / "a.png", 50, 20);
        QCOMPARE(std::get<annot::Mask>(only(readAs(folder.path())).shape).width, 50u);
        // Whole corners cut the PNG as labelme does; others only say where it begins. What lies outside the image is cut off.
        const auto area = [&](const char* points) {
            writeText(folder.path() / "a.json", R"({"shapes":[)" + shape("mask", points, maskOfSix()) + "]}");
            return annot::maskArea(std::get<annot::Mask>(only(readAs(folder.path())).shape));
        };
        QCOMPARE(area("[[5,6],[5,7]]"), std::uint64_t(1));
        QCOMPARE(area("[[5.4,6],[5.4,7]]"), std::uint64_t(3));
        QCOMPARE(area("[[-1,19],[1,20]]"), std::uint64_t(1));
        writeText(folder.path() / "big.json",
                  R"({"imageWidth":900000,"imageHeight":900000,"shapes":[)" + shape("mask", "[[5,6],[7,7]]", maskOfSix()) + "]}");
        QCOMPARE(readAs(folder.path() / "big.json").m_problems.at(0).code, std::string("bad_mask"));
    }

    void anyLabelingKeepsItsFields() {
        base::TempFolder folder;
        const std::string rich =
            R"(,"group_id":4,"score":0.87,"description":"late","difficult":true,"flags":{"occluded":true,"wet":false},)"
            R"("attributes":{"colour":"red"},"kie_linking":[[1,2]],"direction":0.3)";
        const MemorySink sink = readShapes(folder.path(), shape("rotation", "[[0,0],[10,0.25],[9.9,4.25],[-0.1,4]]", rich),
                                           R"(,"description":"a caption","checked":true)");
        const auto& a = only(sink);
        QCOMPARE(*a.confidence, 0.87);
        QCOMPARE(a.flags, std::uint32_t(annot::Difficult | annot::Occluded));
        QVERIFY(a.attributes == (Json{{"colour", "red"}, {"description", "late"}, {"wet", false}}));
        QVERIFY(a.extra["labelme"]["fields"] == (Json{{"kie_linking", {{1, 2}}}, {"direction", 0.3}}));
        QVERIFY(sink.m_images[0].extra["labelme"]["fields"] == (Json{{"description", "a caption"}, {"checked", true}}));
        QVERIFY(writeAs(folder.path() / "out", sink).problems.empty());
        const Json was = (*base::readJson(folder.path() / "a.json"))["shapes"][0],
                   is = (*base::readJson(folder.path() / "out/a.json"))["shapes"][0];
        for (const auto& [key, value] : was.items()) QVERIFY2(is.value(key, Json()) == value, key.c_str());
        compareSets(sink, readAs(folder.path() / "out"));
    }

    void thereAndBackNothingIsLost() {
        base::TempFolder folder;
        const MemorySink sink = readShapes(
            folder.path(),
            shape("polygon", "[[1.1,2.3],[9.7,2],[9,8.5],[1.1,2.3]]", R"(,"group_id":2,"flags":{"wet":true})") + "," +
                shape("polygon", "[[21.1,2.3],[29.7,2],[29,8.5]]", R"(,"group_id":2,"flags":{"wet":false},"mine":1)") + "," +
                shape("rectangle", "[[254.38461538461536,115.38461538461539],[369.38461538461536,292.38461538461536]]") + "," +
                shape("rectangle", "[[10,20.1],[0.3,3.7]]") + "," + shape("circle", "[[10.1,10.7],[13.3,14.9]]") + "," +
                shape("line", "[[1,2],[3,4]]") + "," + shape("points", "[[1,1],[2,2.5]]") + "," +
                shape("oriented_rectangle", "[[10.1,0],[20,10],[16,14],[6.1,4]]") + "," +
                shape("mask", "[[5.2,6],[7.2,7]]", maskOfSix()),
            R"(,"lineColor":[0,255,0,128])");
        QVERIFY(sink.m_problems.empty());
        const WriteReport report = writeAs(folder.path() / "out", sink);
        QVERIFY(report.problems.empty());
        QCOMPARE(report.annotations, 8);
        const MemorySink again = readAs(folder.path() / "out");
        QVERIFY(again.m_problems.empty());
        compareSets(sink, again);
        writeAs(folder.path() / "out2", again);
        QVERIFY(*base::readFile(folder.path() / "out/a.json") == *base::readFile(folder.path() / "out2/a.json"));
    }

    void whatLabelMeLacksIsNamedAndFoundAgain() {
        base::TempFolder folder;
        MemorySink sink;
        writePicture(folder.path() / "a.png");
        sink.m_classes = {{"cell", "", {}}};
        annot::Annotations all;
        const annot::Shape shapes[] = {annot::RotatedBox{{10.25, 20.5}, 8, 1.0 / 3, -0.7},
                                       annot::Ellipse{{20.125, 15}, 8, 5, 0.5},
                                       annot::Keypoints{{{{1, 1}, 2}, {{0, 0}, 0}, {{2, 2.5}, 1}}, {0, 0, 3, 3}},
                                       annot::Polygon{{{{1, 1}, {5, 1}, {5, 5}}, {{11, 1}, {15, 1}, {15, 5}}}},
                                       annot::Polygon{{{{1, 1}, {5, 1}, {5, 5}}}},
                                       annot::Polygon{{{{1, 1}, {5, 1}, {5, 6}}}},
                                       annot::Box{{0.1, 0.2, 0.7, 1.0 / 3}},
                                       annot::Mask{30, 40, {0, 7, 1193}},
                                       annot::ImageLabel{},
                                       annot::Polygon{{{{2, 2}, {12, 2}, {12, 12}, {2, 12}}, {{4, 4}, {8, 4}, {8, 8}, {4, 8}}}}};
        for (const annot::Shape& shape : shapes) all.push_back({AnnotationId(std::int64_t(all.size()) + 1), ClassId(1), shape});
        all[4].group = all[5].group = 7;
        all[0].author = "ada", all[0].source = "model:r-1", all[0].confidence = 0.25, all[0].flags = annot::Crowd | annot::Locked;
        std::ranges::rotate(all, all.begin() + 8);  // the image's class goes first: it is a flag
        for (std::size_t k = 0; k < all.size(); ++k) all[k].id = AnnotationId(std::int64_t(k) + 1);
        sink.m_images.push_back({"a.png", folder.path() / "a.png", 40, 30, "val", all, {}});
        const WriteReport report = writeAs(folder.path() / "out", sink);
        std::map<std::string, std::string> lost;
        for (const auto& problem : report.problems) lost[problem.item] = problem.message;
        QCOMPARE(lost.size(), std::size_t(4));
        for (const char* kind : {"ellipse", "keypoints", "polygon with holes", "group of polygons"})
            QVERIFY2(lost.contains(kind), kind);
        const MemorySink again = readAs(folder.path() / "out");
        QVERIFY(again.m_problems.empty());
        QCOMPARE(again.m_images[0].name, std::string("val/a.png"));
        auto& back = again.m_images[0].annotations;
        QCOMPARE(back.size(), all.size());
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (const auto* polygon = std::get_if<annot::Polygon>(&all[k].shape);
                polygon && polygon->rings.size() == 2 && all[k].group == 0 && std::holds_alternative<annot::Mask>(back[k].shape)) {
                QCOMPARE(annot::area(back[k].shape), 84.0);
                continue;
            }
            QVERIFY2(back[k].shape == all[k].shape, annot::toJson(back[k], "").dump().c_str());
            QCOMPARE(back[k].group, all[k].group);
            QCOMPARE(back[k].flags, all[k].flags);
            QCOMPARE(back[k].author, all[k].author);
            QCOMPARE(back[k].source, all[k].source);
            QVERIFY(back[k].confidence == all[k].confidence);
        }
    }

    void labelsAloneAndNamesThatLeadOut() {
        base::TempFolder folder;
        MemorySink sink;
        writePicture(folder.path() / "a.png");
        sink.m_classes = {{"cell", "", {}}};
        for (const char* name : {"../../evil.png", "/abs/evil.png", "evil.jpg", "evil.png"})
            sink.m_images.push_back({name, folder.path() / "a.png", 40, 30, "", {}, {}});
        const WriteReport report = writeAs(folder.path() / "deep/out", sink, ImageMode::None);
        QCOMPARE(report.files, 4);
        for (const auto& entry : fs::directory_iterator(folder.path()))
            QVERIFY(entry.path().filename() == "a.png" || entry.path().filename() == "deep");
        const auto refused = formatNamed("labelme")->write(folder.path() / "deep/out", sink.source(), {}, {}, {});
        QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
    }

    void itIsRecognised() {
        base::TempFolder folder;
        readShapes(folder.path() / "x", shape("point", "[[7,8]]"));
        QCOMPARE(std::string((*detectFormat(folder.path() / "x"))->name()), std::string("labelme"));
        QCOMPARE(std::string((*detectFormat(folder.path() / "x/a.json"))->name()), std::string("labelme"));
        const Format& format = *formatNamed("labelme");
        writeText(folder.path() / "y/coco.json", R"({"images":[],"annotations":[{"segmentation":[],"shapes":1}],"categories":[]})");
        writeText(folder.path() / "y/list.json", R"([{"shapes":[],"imagePath":"a"}])");
        QCOMPARE(format.looksLike(folder.path() / "y"), 0.0);
        QCOMPARE(format.looksLike(folder.path() / "gone"), 0.0);
    }

    void stopsWhenAsked() {
        base::TempFolder folder;
        readShapes(folder.path(), shape("point", "[[7,8]]"));
        std::stop_source stop;
        stop.request_stop();
        MemorySink sink;
        const auto read = formatNamed("labelme")->read(folder.path(), {}, sink, stop.get_token(), {});
        QVERIFY(!read && read.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestFormatLabelme)
#include "tst_format_labelme.moc"
