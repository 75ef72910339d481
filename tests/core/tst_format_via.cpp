// The VGG Image Annotator's JSON, project and CSV: every region, which attribute is the class, what is bad, and the way there and
// back.
#include <QtTest>
#include <fstream>
#include <map>
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
    const auto read = formatNamed("via")->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeAs(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::Copy) {
    const auto report = formatNamed("via")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

std::string quoted(const std::string& text) {
    return Json(text).dump();
}

std::string region(const std::string& shape, const std::string& attributes = R"({"class":"cat"})") {
    return R"({"shape_attributes":)" + shape + R"(,"region_attributes":)" + attributes + "}";
}

std::string entry(const std::string& name, const std::string& regions, const std::string& attributes = "{}") {
    return quoted(name + "123") + R"(:{"filename":)" + quoted(name) + R"(,"size":123,"regions":)" + regions +
           R"(,"file_attributes":)" + attributes + "}";
}

const std::string kRect = R"({"name":"rect","x":1,"y":2,"width":3,"height":4.5})";

void compareSets(const MemorySink& a, const MemorySink& b) {
    QCOMPARE(b.m_images.size(), a.m_images.size());
    QVERIFY2(a.m_extra == b.m_extra, (a.m_extra.dump() + b.m_extra.dump()).c_str());
    for (const auto& image : a.m_images) {
        const ImageRecord* other = b.named(image.name);
        QVERIFY2(other, image.name.c_str());
        QCOMPARE(other->split, image.split);
        QCOMPARE(other->annotations.size(), image.annotations.size());
        for (std::size_t k = 0; k < image.annotations.size(); ++k) {
            const annot::Annotation& x = image.annotations[k];
            annot::Annotation y = other->annotations[k];
            QCOMPARE(b.m_classes[std::size_t(y.classId.value - 1)].name, a.m_classes[std::size_t(x.classId.value - 1)].name);
            y.classId = x.classId;
            QVERIFY2(annot::packOne(x) == annot::packOne(y),
                     (annot::toJson(x, "").dump() + x.extra.dump() + "\n" + annot::toJson(y, "").dump() + y.extra.dump()).c_str());
        }
    }
}

}  // namespace

class TestFormatVia : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindOfRegion() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png");
        const std::string regions = "[" + region(kRect) + "," + region(R"({"name":"circle","cx":10,"cy":11,"r":5})") + "," +
                                    region(R"({"name":"ellipse","cx":20,"cy":15,"rx":8,"ry":5,"theta":0.5})") + "," +
                                    region(R"({"name":"polygon","all_points_x":[1,9,9.5],"all_points_y":[2,2,8]})") + "," +
                                    region(R"({"name":"polyline","all_points_x":[1,9],"all_points_y":[2,3]})") + "," +
                                    region(R"({"name":"point","cx":7,"cy":8})") + "]";
        writeText(folder.path() / "via_region_data.json", "{" + entry("a.png", regions) + "}");
        const MemorySink sink = readAs(folder.path());
        QVERIFY2(sink.m_problems.empty(), sink.m_problems.empty() ? "" : sink.m_problems[0].message.c_str());
        QCOMPARE(sink.m_classes.size(), std::size_t(1));
        const auto& all = sink.m_images.at(0).annotations;
        QCOMPARE(all.size(), std::size_t(6));
        QVERIFY(all[0].shape == annot::Shape(annot::Box{{1, 2, 3, 4.5}}));
        QVERIFY(all[1].shape == annot::Shape(annot::Ellipse{{10, 11}, 5, 5, 0}));
        QVERIFY(all[2].shape == annot::Shape(annot::Ellipse{{20, 15}, 8, 5, 0.5}));
        QVERIFY(all[3].shape == annot::Shape(annot::Polygon{{{{1, 2}, {9, 2}, {9.5, 8}}}}));
        QVERIFY(all[4].shape == annot::Shape(annot::Polyline{{{1, 2}, {9, 3}}}));
        QVERIFY(all[5].shape == annot::Shape(annot::Dot{{7, 8}}));
        QVERIFY(all[0].attributes.empty());
    }

    void versionOneHasRegionsByNumberAndClosedPolygons() {
        base::TempFolder folder;
        writePicture(folder.path() / "x.png", 7, 5);
        const std::string data = "data:image/png;base64," + base64Of(*base::readFile(folder.path() / "x.png"));
        writeText(
            folder.path() / "set/v1.json",
            R"({"a.png55":{"fileref":"","size":55,"filename":"a.png","base64_img_data":)" + quoted(data) +
                R"(,"file_attributes":{},"regions":{"0":)" +
                region(R"({"name":"rect","x":"1","y":"2","width":"3","height":"4"})", R"({"object_name":"car"})") + R"(,"1":)" +
                region(R"({"name":"polygon","all_points_x":[1,9,9,1],"all_points_y":[2,2,8,2]})", R"({"object_name":"car"})") +
                "}}}");
        const MemorySink sink = readAs(folder.path() / "set");
        QCOMPARE(sink.m_images.at(0).annotations.size(), std::size_t(2));
        QVERIFY(sink.m_images[0].content);
        QVERIFY(sink.m_images[0].annotations[0].shape == annot::Shape(annot::Box{{1, 2, 3, 4}}));
        QCOMPARE(std::get<annot::Polygon>(sink.m_images[0].annotations[1].shape).rings[0].size(), std::size_t(3));
        QCOMPARE(sink.m_extra["class_attribute"].get<std::string>(), std::string("object_name"));
        writeAs(folder.path() / "out", sink, ImageMode::None);
        const Json json = *base::readJson(folder.path() / "out/via_region_data.json");
        QCOMPARE(json["a.png55"]["regions"][1]["shape_attributes"]["all_points_x"].size(), std::size_t(4));
    }

    void theClassIsTheAttributeOfThatName() {
        const std::pair<const char*, const char*> cases[] = {{R"({"colour":"red","Label":"cat"})", "Label"},
                                                             {R"({"type":"cat","name":"Tom"})", "name"},
                                                             {R"({"inseto":"kudzu","insect":"kudzu"})", "inseto"},
                                                             {R"({"colour":"red","class":"cat"})", "class"}};
        for (const auto& [attributes, wanted] : cases) {
            base::TempFolder folder;
            writeText(folder.path() / "v.json", "{" + entry("a.png", "[" + region(kRect, attributes) + "]") + "}");
            const MemorySink sink = readAs(folder.path());
            QCOMPARE(sink.m_extra["class_attribute"].get<std::string>(), std::string(wanted));
            const bool said = sink.m_problems.size() == 1 && sink.m_problems[0].code == "class_attribute" &&
                              sink.m_problems[0].message.find(wanted) != std::string::npos;
            QCOMPARE(said, std::string(wanted) == "name" || std::string(wanted) == "inseto");  // a guess is said
            QCOMPARE(sink.m_images[0].annotations[0].attributes.size(), std::size_t(1));
        }
    }

    void aProjectSaysWhichAttributeIsAChoice() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png");
        const std::string project =
            R"({"_via_settings":{"core":{"buffer_size":18}},"_via_img_metadata":{)" +
            entry("a.png",
                  "[" + region(kRect, R"({"note":"x","kind":"dog","flags":{"wet":true,"dry":false}})") + "," +
                      region(kRect, R"({"note":"y","kind":{"cat":true,"cow":false}})") + "," + region(kRect, "{}") + "]",
                  R"({"caption":"two","category":{"indoor":true,"night":true,"fog":false}})") +
            R"(},"_via_attributes":{"region":{"note":{"type":"text"},"kind":{"type":"dropdown","options":{"cat":"a cat","dog":"","cow":""}}},)"
            R"("file":{}},"_via_data_format_version":"2.0.10","_via_image_id_list":["a.png123"]})";
        writeText(folder.path() / "project.json", project);
        const MemorySink sink = readAs(folder.path());
        QCOMPARE(sink.m_extra["class_attribute"].get<std::string>(), std::string("kind"));
        std::vector<std::string> names;
        for (const auto& c : sink.m_classes) names.push_back(c.name);
        QCOMPARE(names, (std::vector<std::string>{"dog", "cat", "cow", "indoor", "night", "unnamed"}));
        std::map<std::string, int> codes;
        for (const auto& problem : sink.m_problems) ++codes[problem.code];
        QCOMPARE(codes["class_attribute"] + codes["no_class"], 2);
        const auto& all = sink.m_images.at(0).annotations;
        QCOMPARE(all.size(), std::size_t(5));
        QVERIFY(std::holds_alternative<annot::ImageLabel>(all[0].shape) && std::holds_alternative<annot::ImageLabel>(all[1].shape));
        QCOMPARE(sink.m_classes[std::size_t(all[3].classId.value - 1)].name, std::string("cat"));
        QVERIFY(all[2].attributes["flags"]["wet"] == true);
        writeAs(folder.path() / "out", sink);
        compareSets(sink, [&] {
            MemorySink again = readAs(folder.path() / "out");
            again.m_extra["project"]["_via_image_id_list"] =
                sink.m_extra["project"]["_via_image_id_list"];  // by the file's true size
            return again;
        }());
        const Json json = *base::readJson(folder.path() / "out/via_project.json");
        QCOMPARE(json["_via_image_id_list"][0].get<std::string>(), json["_via_img_metadata"].begin().key());
        const Json& first = json["_via_img_metadata"].begin().value();
        QVERIFY(first["regions"][1]["region_attributes"]["kind"] == (Json{{"cat", true}, {"cow", false}}));
        QVERIFY(first["regions"][2]["region_attributes"].empty());
        QVERIFY(first["file_attributes"]["caption"] == "two" && first["file_attributes"]["category"]["night"] == true);
    }

    void csvOfBothVersions() {
        base::TempFolder folder;
        writeText(folder.path() / "a.csv",
                  "#filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\r\n"
                  "a.png,55,\"{\"\"caption\"\":\"\"x, "
                  "y\"\"}\",2,0,\"{\"\"name\"\":\"\"rect\"\",\"\"x\"\":1,\"\"y\"\":2,\"\"width\"\":3,\"\"height\"\":4}\","
                  "\"{\"\"class\"\":\"\"cat\"\"}\"\r\n"
                  "a.png,55,\"{}\",2,1,\"{\"\"name\"\":\"\"ellipse\"\",\"\"cx\"\":168,\"\"cy\"\":138,\"\"rx\"\":21.15,\"\"ry\"\":"
                  "19,\"\"theta\"\":2.636}\","
                  "\"{\"\"class\"\":\"\"dog\"\"}\"\r\n"
                  "b,c.png,-1,{},0,0,{},{}\r\n"
                  "d.png,9,\"{}\",1,0,\"{\"\"name\"\":\",\"{}\"\r\n");
        const MemorySink sink = readAs(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        const auto& a = *sink.named("a.png");
        QCOMPARE(a.annotations.size(), std::size_t(2));
        QVERIFY(a.annotations[1].shape == annot::Shape(annot::Ellipse{{168, 138}, 21.15, 19, 2.636}));
        QVERIFY(a.extra["via"]["file_attributes"]["caption"] == "x, y");
        QVERIFY(sink.named("b,c.png")->annotations.empty());
        QVERIFY(std::ranges::any_of(sink.m_problems, [](const Problem& p) { return p.item == "a.csv, d.png, object 1"; }));
        QCOMPARE(formatNamed("via")->looksLike(folder.path() / "a.csv"), 0.95);
        writeText(folder.path() / "x.csv", "filename,xmin\n");
        QCOMPARE(formatNamed("via")->looksLike(folder.path() / "x.csv"), 0.0);
    }

    void whatIsBadIsNamedAndSkipped() {
        base::TempFolder folder;
        const std::pair<std::string, const char*> cases[] = {
            {region(R"({"name":"rect","x":1,"y":2,"width":0,"height":4})"), "zero_area"},
            {region(R"({"name":"rect","x":1,"y":2,"width":-3,"height":4})"), "zero_area"},
            {region(R"({"name":"rect","x":NaN,"y":2,"width":3,"height":4})"), "missing_field"},
            {region(R"({"name":"rect","x":1e300,"y":2,"width":3,"height":4})"), "bad_points"},
            {region(R"({"name":"circle","cx":1,"cy":2,"r":0})"), "zero_area"},
            {region(R"({"name":"ellipse","cx":1,"cy":2,"rx":5})"), "missing_field"},
            {region(R"({"name":"polygon","all_points_x":[1,2],"all_points_y":[1,2]})"), "bad_polygon"},
            {region(R"({"name":"polygon","all_points_x":[1,2,3],"all_points_y":[1,2]})"), "bad_points"},
            {region(R"({"name":"polygon","all_points_x":[1,"a",3],"all_points_y":[1,2,5]})"), "bad_points"},
            {region(R"({"name":"polygon"})"), "missing_field"},
            {region(R"({"name":"polyline","all_points_x":[1],"all_points_y":[1]})"), "bad_points"},
            {region(R"({"name":"blob"})"), "unknown_kind"},
            {"7", "invalid_data"}};
        std::string regions;
        for (const auto& [text, code] : cases) regions += text + ",";
        writeText(folder.path() / "v.json",
                  "{" + entry("a.png", "[" + regions + region(kRect) + "]") + R"(,"x":{"filename":"","regions":[]},"y":7})");
        const MemorySink sink = readAs(folder.path());
        std::vector<Problem> bad;
        for (const auto& problem : sink.m_problems)
            if (problem.item.find(", object ") != std::string::npos) bad.push_back(problem);
        QCOMPARE(bad.size(), std::size(cases));
        for (std::size_t k = 0; k < std::size(cases); ++k) {
            QCOMPARE(bad[k].code, std::string(cases[k].second));
            QCOMPARE(bad[k].item, "v.json, a.png, object " + std::to_string(k + 1));
        }
        QCOMPARE(sink.annotations(), std::size_t(1));
        QCOMPARE(std::ranges::count(sink.m_problems, std::string("missing_field"), &Problem::code), 5);  // two of them images
    }

    void oneRecordAnImage() {
        base::TempFolder folder;
        for (const char* split : {"train", "val"}) writePicture(folder.path() / split / "1.png");
        writePicture(folder.path() / "val/2.png");
        const std::string two =
            "\"other\":{\"filename\":\"1.png\",\"size\":-1,\"regions\":[" + region(kRect) + R"(],"file_attributes":{}})";
        writeText(folder.path() / "train/via_region_data.json", "{" + entry("1.png", "[" + region(kRect) + "]") + "," + two + "}");
        writeText(folder.path() / "val/via_region_data.json",
                  "{" + entry("1.png", "[]") + "," + entry("../train/1.png", "[]") + "}");
        const MemorySink sink = readAs(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QCOMPARE(sink.named("train/1.png")->annotations.size(), std::size_t(2));
        QCOMPARE(sink.named("train/1.png")->split, std::string("train"));
        QCOMPARE(sink.named("val/1.png")->split, std::string("val"));
        QVERIFY(sink.named("val/2.png")->annotations.empty());
        QCOMPARE(sink.m_problems.at(0).code, std::string("duplicate"));
        writeAs(folder.path() / "out", sink);
        const MemorySink again = readAs(folder.path() / "out");
        QVERIFY(again.m_problems.empty());
        compareSets(sink, again);
        QVERIFY(fs::exists(folder.path() / "out/val/via_region_data.json"));
        const MemorySink single = readAs(folder.path() / "out/train/via_region_data.json");
        QCOMPARE(single.m_images.size(), std::size_t(1));
        QVERIFY(fs::exists(single.m_images[0].path));
    }

    void whatViaLacksIsNamedAndFoundAgain() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png");
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}};
        annot::Annotations all;
        const annot::Shape shapes[] = {annot::ImageLabel{},
                                       annot::RotatedBox{{10.25, 20.5}, 8, 1.0 / 3, -0.7},
                                       annot::Keypoints{{{{1, 1}, 2}, {{0, 0}, 0}, {{2, 2.5}, 1}}, {0, 0, 3, 3}},
                                       annot::Polygon{{{{1, 1}, {6, 1}, {6, 5}}, {{11, 1}, {15, 1}, {15, 5}}}},
                                       annot::Polygon{{{{2, 2}, {12, 2}, {12, 12}, {2, 12}}, {{4, 4}, {8, 4}, {8, 8}, {4, 8}}}},
                                       annot::Ellipse{{20.125, 15}, 8, 8, 0},
                                       annot::Box{{0.1, 0.2, 0.7, 1.0 / 3}},
                                       annot::Mask{30, 40, {0, 7, 1193}}};
        for (const annot::Shape& shape : shapes) all.push_back({AnnotationId(std::int64_t(all.size()) + 1), ClassId(1), shape});
        all[1].author = "ada", all[1].source = "model:r-1", all[1].confidence = 0.25, all[1].flags = annot::Crowd | annot::Locked;
        all[6].group = 4, all[6].attributes = {{"colour", "red"}};
        sink.m_images.push_back({"a.png", folder.path() / "a.png", 40, 30, "", all, {}});
        const WriteReport report = writeAs(folder.path() / "out", sink);
        std::map<std::string, std::string> lost;
        for (const auto& problem : report.problems) lost[problem.item] = problem.message;
        QCOMPARE(lost.size(), std::size_t(5));
        for (const char* kind : {"mask", "rotated_box", "keypoints", "hole", "object of several parts"})
            QVERIFY2(lost.contains(kind), kind);
        const MemorySink again = readAs(folder.path() / "out");
        const auto& back = again.m_images[0].annotations;
        QCOMPARE(back.size(), all.size());
        for (std::size_t k = 0; k + 1 < all.size(); ++k) {
            annot::Annotation a = back[k];
            QVERIFY2(a.shape == all[k].shape, annot::toJson(a, "").dump().c_str());
            QVERIFY2(annot::packOne(a) == annot::packOne(all[k]), annot::toJson(a, "").dump().c_str());
        }
        QCOMPARE(annot::area(back.back().shape), 7.0);
    }

    void namesNeverLeaveTheFolder() {
        base::TempFolder folder;
        writePicture(folder.path() / "secret.png");
        writeText(folder.path() / "set/v.json",
                  "{" + entry("../secret.png", "[]") + "," + entry("http://host/x/b.png", "[]") + "}");
        MemorySink sink = readAs(folder.path() / "set");
        for (const auto& image : sink.m_images)
            QVERIFY2(image.path.lexically_normal().string().starts_with((folder.path() / "set").string()), image.path.c_str());
        QVERIFY(sink.named("b.png"));
        for (auto& image : sink.m_images) image.name = "../../evil.png", image.path = folder.path() / "secret.png";
        writeAs(folder.path() / "deep/out", sink);
        for (const auto& entry : fs::directory_iterator(folder.path())) QVERIFY(entry.path().filename() != "evil.png");
    }

    void itIsRecognised() {
        base::TempFolder folder;
        writePicture(folder.path() / "x/a.png");
        writeText(folder.path() / "x/v.json", "{" + entry("a.png", "[" + region(kRect) + "]") + "}");
        QCOMPARE(std::string((*detectFormat(folder.path() / "x"))->name()), std::string("via"));
        writeText(folder.path() / "y/vott.json", R"({"assets":{"1":{"asset":{"name":"a.jpg"},"regions":[]}}})");
        writeText(folder.path() / "y/torn.json", "{");
        QCOMPARE(formatNamed("via")->looksLike(folder.path() / "y"), 0.0);
        const std::string text =
            "{" + entry("a.png", "[" + region(kRect) + "]") + "," + entry("b.png", "[" + region(kRect) + "]") + "}";
        for (std::size_t size = 0; size < text.size(); size += 5) {
            writeText(folder.path() / "z.json", std::string_view(text).substr(0, size));
            MemorySink sink;
            (void)formatNamed("via")->read(folder.path() / "z.json", {}, sink, {}, {});
        }
        QCOMPARE(readAs(folder.path() / "x").annotations(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestFormatVia)
#include "tst_format_via.moc"
