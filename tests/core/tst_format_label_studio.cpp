#include <QTest>
#include <map>
#include <numbers>

#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/formats/label_studio.h"
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

void putPicture(const fs::path& file, int width = 8, int height = 6) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("can't write");
}

MemorySink readFrom(const fs::path& source) {
    MemorySink sink;
    const auto read = formatNamed("label_studio")->read(source, {}, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

MemorySink readJson(const Json& json) {
    base::TempFolder folder;
    put(folder.path() / "x.json", json.dump());
    return readFrom(folder.path() / "x.json");
}

WriteReport writeTo(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::None) {
    const auto report = formatNamed("label_studio")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

/// A region as Label Studio exports it.
Json region(const char* id, const char* type, Json value, const char* label, int width = 200, int height = 100) {
    if (label) value[type] = Json::array({label});
    return {{"id", id},
            {"type", type},
            {"value", std::move(value)},
            {"original_width", width},
            {"original_height", height},
            {"to_name", "image"},
            {"from_name", "label"},
            {"image_rotation", 0},
            {"origin", "manual"}};
}

/// Braces round one JSON value may mean the value or a list of it.
Json listOf(const Json& results) {
    if (results.is_null()) return Json::array();
    return results.is_array() ? results : Json::array({results});
}

Json task(const Json& given, const char* picture = "/data/upload/1/0a1b2c3d-a.jpg") {
    const Json results = listOf(given);
    return Json::array(
        {{{"id", 12},
          {"data", {{"image", picture}}},
          {"annotations", Json::array({{{"id", 5}, {"result", results}, {"was_cancelled", false}, {"ground_truth", false}}})},
          {"predictions", Json::array()}}});
}

const annot::Annotations& only(const MemorySink& sink) {
    if (sink.m_images.size() != 1) qFatal("not one picture");
    return sink.m_images[0].annotations;
}

std::map<std::string, int> codesOf(const MemorySink& sink) {
    std::map<std::string, int> codes;
    for (const auto& problem : sink.m_problems) ++codes[problem.code];
    return codes;
}

bool isNear(annot::Point a, annot::Point b) {
    return std::abs(a.x - b.x) + std::abs(a.y - b.y) < 1e-9;
}

Json goldenVectors() {
    return Json::parse(*base::readFile(fs::path(LATHE_SOURCE_DIR) / "tests/data/formats/ls_rle.json"));
}

annot::Mask maskOf(const Json& vector) {
    std::vector<std::uint8_t> raster;
    for (const auto& row : vector["rows"])
        for (const char c : row.get<std::string>()) raster.push_back(c == '1');
    return annot::maskFromRaster(raster, vector["height"].get<std::uint32_t>(), vector["width"].get<std::uint32_t>());
}

}  // namespace

class TestFormatLabelStudio : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void brushesAreRlePack() {
        const Json vectors = goldenVectors();
        QVERIFY(vectors.size() >= 9);
        for (const auto& vector : vectors) {
            const auto packed = vector["rle"].get<std::vector<std::uint8_t>>();
            const auto mask =
                labelstudio::maskOfRle(packed, vector["width"].get<std::uint32_t>(), vector["height"].get<std::uint32_t>());
            QVERIFY2(mask.has_value(), mask ? "" : mask.error().message.c_str());
            QVERIFY2(*mask == maskOf(vector), vector["name"].get<std::string>().c_str());
            QVERIFY(labelstudio::maskOfRle(labelstudio::rleOfMask(*mask), mask->width, mask->height) == *mask);
            for (std::size_t size = 0; size + 2 < packed.size() && size < 40; ++size)
                QVERIFY(!labelstudio::maskOfRle(std::span(packed).first(size), mask->width, mask->height));
            QVERIFY(!labelstudio::maskOfRle(packed, mask->width + 1, mask->height));
        }
        // Byte for byte what the script packs.
        QCOMPARE(vectors[0]["name"].get<std::string>(), std::string("white, runs alone"));
        QVERIFY(labelstudio::rleOfMask(maskOf(vectors[0])) == vectors[0]["rle"].get<std::vector<std::uint8_t>>());
    }

    void absurdBrushesAreRefused() {
        const std::vector<std::uint8_t> head{0xff, 0xff, 0xff, 0xfc, 57, 27, 252, 255};
        QVERIFY(!labelstudio::maskOfRle(head, 32768, 32767));
        QVERIFY(!labelstudio::maskOfRle(head, 1u << 20, 1u << 20));
        QVERIFY(!labelstudio::maskOfRle(head, 0, 0));
    }

    void percentOfThePicture() {
        const MemorySink sink = readJson(task(
            {region("a", "rectanglelabels", {{"x", 10}, {"y", 20}, {"width", 30}, {"height", 40}, {"rotation", 0}}, "cat"),
             region("b", "polygonlabels",
                    {{"points", Json::array({Json::array({0, 0}), Json::array({50, 0}), Json::array({50, 50})})}, {"closed", true}},
                    "dog"),
             region("c", "keypointlabels", {{"x", 25}, {"y", 75}, {"width", 0.2}}, "nose"),
             region("d", "ellipselabels", {{"x", 50}, {"y", 50}, {"radiusX", 10}, {"radiusY", 30}, {"rotation", 90}}, "cat")}));
        QVERIFY(sink.m_problems.empty());
        const auto& all = only(sink);
        QVERIFY(std::get<annot::Box>(all[0].shape).rect == (annot::Rect{20, 20, 60, 40}));
        QVERIFY((std::get<annot::Polygon>(all[1].shape).rings[0][2] == annot::Point{100, 50}));
        QVERIFY((std::get<annot::Dot>(all[2].shape).at == annot::Point{50, 75}));
        const auto& ellipse = std::get<annot::Ellipse>(all[3].shape);  // x and y are its centre
        QVERIFY((ellipse.centre == annot::Point{100, 50}) && ellipse.rx == 20 && ellipse.ry == 30);
        QVERIFY(std::abs(ellipse.angle - std::numbers::pi / 2) < 1e-12);
        QCOMPARE(sink.m_images[0].width, 200);
        QCOMPARE(sink.m_images[0].height, 100);
        QCOMPARE(sink.m_classes.size(), std::size_t(3));
        QVERIFY(all[2].extra["label_studio"]["value"]["width"] == 0.2);
    }

    // The case of label-studio#2293: 1000 x 500, a 300 x 100 box at (200, 100) by a quarter turn covers 100 x 300 from (100, 100).
    void rectanglesTurnAboutTheirCorner() {
        const MemorySink sink = readJson(task({region(
            "a", "rectanglelabels", {{"x", 20}, {"y", 20}, {"width", 30}, {"height", 20}, {"rotation", 90}}, "cat", 1000, 500)}));
        const auto& box = std::get<annot::RotatedBox>(only(sink)[0].shape);
        QVERIFY(isNear(box.centre, {150, 250}));
        QVERIFY(std::abs(box.w - 300) < 1e-9 && std::abs(box.h - 100) < 1e-9);
        const annot::Rect bounds = annot::bounds(box);
        QVERIFY(isNear({bounds.x, bounds.y}, {100, 100}) && isNear({bounds.w, bounds.h}, {100, 300}));
        const auto corners = annot::corners(box);
        QVERIFY(isNear(corners[0], {200, 100}));
    }

    void severalAnnotations() {
        Json json = task({});
        const Json box = region("a", "rectanglelabels", {{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}}, "cat");
        const Json one = Json::array({box});
        json[0]["annotations"] = {
            {{"id", 1}, {"result", {box, box}}, {"updated_at", "2022-02-01T00:00:00Z"}},
            {{"id", 2}, {"result", one}, {"updated_at", "2022-03-01T00:00:00Z"}},
            {{"id", 3}, {"result", Json::array()}, {"was_cancelled", true}, {"updated_at", "2023-01-01T00:00:00Z"}}};
        json[0]["drafts"] = Json::array({{{"result", one}}});
        MemorySink sink = readJson(json);
        QCOMPARE(only(sink).size(), std::size_t(1));  // the latest that wasn't skipped
        QCOMPARE(codesOf(sink)["several_annotations"], 1);
        QVERIFY(sink.m_problems[0].message.find("left out: 1") != std::string::npos);
        QCOMPARE(sink.m_problems[0].item, std::string("x.json, task 12"));
        QCOMPARE(codesOf(sink)["cancelled"], 1);
        QCOMPARE(codesOf(sink)["drafts"], 1);
        json[0]["annotations"][0]["ground_truth"] = true;
        json[0]["annotations"][0]["result"][1]["id"] = "b";
        sink = readJson(json);
        QCOMPARE(only(sink).size(), std::size_t(2));
    }

    void predictionsAreReadWhereThereIsNoAnnotation() {
        Json json = task({region("a", "rectanglelabels", {{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}}, "cat")});
        json[0]["predictions"] =
            Json::array({{{"model_version", "yolo-3"}, {"score", 0.75}, {"result", json[0]["annotations"][0]["result"]}}});
        MemorySink sink = readJson(json);
        QVERIFY(only(sink)[0].source.empty() && !only(sink)[0].confidence);
        QCOMPARE(codesOf(sink)["predictions"], 1);
        json[0]["annotations"] = Json::array();
        sink = readJson(json);
        QCOMPARE(only(sink)[0].source, std::string("model:yolo-3"));
        QCOMPARE(*only(sink)[0].confidence, 0.75);
        json[0]["predictions"][0]["result"][0]["score"] = 0.5;
        QCOMPARE(*only(readJson(json))[0].confidence, 0.5);
    }

    void choicesAndAttributes() {
        const Json box{{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}};
        Json results = {region("r1", "rectanglelabels", box, "cat"),
                        region("r1", "number", {{"number", 7}}, nullptr),
                        region("r1", "textarea", {{"text", Json::array({"two words"})}}, nullptr),
                        region("r1", "choices", {{"choices", Json::array({"old", "wet"})}}, nullptr),
                        region("w1", "choices", {{"choices", Json::array({"indoor"})}}, nullptr),
                        region("w2", "taxonomy", {{"taxonomy", Json::array({Json::array({"Animal", "Cat"})})}}, nullptr),
                        region("w3", "rating", {{"rating", 4}}, nullptr),
                        region("w4", "textarea", {{"text", Json::array({"a", "b"})}}, nullptr)};
        const char* names[] = {"label", "age", "note", "state", "place", "kind", "stars", "caption"};
        for (std::size_t k = 0; k < results.size(); ++k) results[k]["from_name"] = names[k];
        const MemorySink sink = readJson(task(results));
        const auto& all = only(sink);
        QCOMPARE(all.size(), std::size_t(3));
        QVERIFY(all[0].attributes == (Json{{"age", 7}, {"note", "two words"}, {"state", Json::array({"old", "wet"})}}));
        QCOMPARE(sink.m_classes[std::size_t(all[1].classId.value - 1)].name, std::string("indoor"));
        QCOMPARE(sink.m_classes[std::size_t(all[2].classId.value - 1)].name, std::string("Animal/Cat"));
        QVERIFY(std::holds_alternative<annot::ImageLabel>(all[2].shape));
        QVERIFY(sink.m_images[0].extra["label_studio"]["attributes"] == (Json{{"stars", 4}, {"caption", Json::array({"a", "b"})}}));
        base::TempFolder folder;
        writeTo(folder.path() / "out", sink);
        const MemorySink again = readFrom(folder.path() / "out");
        QCOMPARE(only(again).size(), std::size_t(3));
        QVERIFY(only(again)[0].attributes == all[0].attributes);
        QVERIFY(only(again)[2].extra == all[2].extra);
        QVERIFY(again.m_images[0].extra["label_studio"]["attributes"] == sink.m_images[0].extra["label_studio"]["attributes"]);
    }

    void labelsAndShapesInResultsOfTheirOwn() {
        Json shape = region("r1", "rectangle", {{"x", 10}, {"y", 10}, {"width", 10}, {"height", 10}, {"rotation", 0}}, nullptr);
        Json labels =
            region("r1", "labels",
                   {{"x", 10}, {"y", 10}, {"width", 10}, {"height", 10}, {"rotation", 0}, {"labels", {"cat", "wet"}}}, nullptr);
        Json bare = region("r2", "rectanglelabels",
                           {{"x", 1}, {"y", 1}, {"width", 2}, {"height", 2}, {"rectanglelabels", Json::array()}}, nullptr);
        const MemorySink sink = readJson(task({shape, labels, bare}));
        QCOMPARE(only(sink).size(), std::size_t(2));
        QCOMPARE(sink.m_classes[0].name, std::string("cat"));
        QVERIFY(only(sink)[0].extra["label_studio"]["labels"] == Json::array({"wet"}));
        QCOMPARE(codesOf(sink)["several_labels"], 1);
        QCOMPARE(codesOf(sink)["unlabelled"], 1);
    }

    void pointsBelongToTheirParent() {
        Json nose = region("p1", "keypointlabels", {{"x", 25}, {"y", 75}, {"width", 0.2}}, "nose");
        nose["parentID"] = "r1";
        const Json relation{{"type", "relation"}, {"from_id", "r1"}, {"to_id", "p1"}, {"direction", "right"}};
        const MemorySink sink = readJson(
            task({nose, region("r1", "rectanglelabels", {{"x", 1}, {"y", 2}, {"width", 30}, {"height", 90}}, "person"), relation}));
        QVERIFY(sink.m_problems.empty());
        QVERIFY(only(sink)[0].group != 0 && only(sink)[0].group == only(sink)[1].group);
        base::TempFolder folder;
        writeTo(folder.path() / "out", sink);
        const Json written = Json::parse(*base::readFile(folder.path() / "out/tasks.json"));
        QVERIFY(written[0]["annotations"][0]["result"][2] == relation);
        QVERIFY(written[0]["annotations"][0]["result"][0]["parentID"] == "r1");
    }

    void whereThePictureIs() {
        base::TempFolder folder;
        putPicture(folder.path() / "plain.png");
        putPicture(folder.path() / "sub/e97d4735-0025.png");
        const auto box = region("a", "rectanglelabels", {{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}}, "cat");
        const std::pair<const char*, const char*> cases[] = {
            {"https://host.example/a/plain.png?sig=x%2Fy#z", "plain.png"},
            {"/data/upload/7/0123abcd-plain.png", "plain.png"},
            {"/data/upload/7/e97d4735-0025.png", "sub/e97d4735-0025.png"},
            {"/data/local-files/?d=sub%2Fe97d4735-0025.png", "sub/e97d4735-0025.png"},
            {"file:///home/someone/plain.png", "plain.png"},
            {"s3://bucket/x/plain.png", "plain.png"},
            {"/tasks/1/resolve/?fileuri=czM6Ly9idWNrZXQvcGxhaW4ucG5n", "plain.png"},
            {"../../../plain.png", "plain.png"},
            {"C:\\pictures\\plain.png", "plain.png"}};
        for (const auto& [address, file] : cases) {
            put(folder.path() / "x.json", task({box}, address).dump());
            const MemorySink sink = readFrom(folder.path() / "x.json");
            QCOMPARE(sink.m_images.size(), std::size_t(1));
            QVERIFY2(sink.m_images[0].name == file && fs::exists(sink.m_images[0].path), address);
        }
        put(folder.path() / "x.json", task({box}, "file:///etc/passwd").dump());
        QVERIFY(readFrom(folder.path() / "x.json").m_images[0].path.string().starts_with(folder.path().string()));
    }

    void picturesInTheData() {
        base::TempFolder folder;
        putPicture(folder.path() / "a.png", 40, 20);
        const std::string bytes = *base::readFile(folder.path() / "a.png");
        Json json = task({region("a", "rectanglelabels", {{"x", 50}, {"y", 50}, {"width", 25}, {"height", 25}}, "cat")});
        for (const char* key : {"original_width", "original_height"}) json[0]["annotations"][0]["result"][0].erase(key);
        const auto encoded = QByteArray(bytes.data(), qsizetype(bytes.size())).toBase64().toStdString();
        json[0]["data"] = {{"note", "x"}, {"photo", "data:image/png;base64," + encoded}};
        const MemorySink sink = readJson(json);
        QVERIFY(sink.m_images[0].content && *sink.m_images[0].content == bytes);
        QVERIFY(annot::bounds(only(sink)[0].shape) == (annot::Rect{20, 10, 10, 5}));
        QVERIFY(sink.m_images[0].extra["label_studio"]["data"]["note"] == "x");
        json[0]["data"] = {{"image", "data:image/png;base64,###"}};
        QCOMPARE(codesOf(readJson(json))["invalid_data"], 1);
    }

    void leastJson() {
        const MemorySink sink = readJson(Json::parse(R"([
            {"image": "/data/upload/1/0a1b2c3d-a.jpg", "id": 1, "annotation_id": 3, "annotator": 1, "updated_at": "2024-01-01", "choice": "indoor",
             "label": [{"x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0, "rectanglelabels": ["cat"], "original_width": 200, "original_height": 100},
                       {"points": [[0, 0], [50, 0], [50, 50]], "polygonlabels": ["dog"], "original_width": 200, "original_height": 100}],
             "age": [{"number": 3, "x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0, "original_width": 200, "original_height": 100}], "comment": "nice"},
            {"image": "/data/upload/1/0a1b2c3d-a.jpg", "id": 1, "annotation_id": 2, "annotator": 2, "updated_at": "2023-01-01", "choice": "outdoor"}])"));
        const auto& all = only(sink);
        QCOMPARE(all.size(), std::size_t(3));
        QCOMPARE(codesOf(sink)["several_annotations"], 1);
        std::map<std::size_t, const annot::Annotation*> kinds;
        for (const auto& a : all) kinds[a.shape.index()] = &a;
        QCOMPARE(sink.m_classes[std::size_t(kinds[0]->classId.value - 1)].name, std::string("indoor"));
        QVERIFY(annot::bounds(kinds[1]->shape) == (annot::Rect{20, 20, 60, 40}));
        QVERIFY(kinds[1]->attributes["age"] == 3);
        QVERIFY(sink.m_images[0].extra["label_studio"]["data"]["comment"] == "nice");
    }

    void listsOfPictures() {
        Json second = region("b", "rectanglelabels", {{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}}, "dog");
        second["to_name"] = "page_1";
        Json json = task({region("a", "rectanglelabels", {{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}}, "cat"), second});
        Json pages = Json::array();
        for (const char* page : {"https://example.org/1.jpeg", "https://example.org/2.jpeg"}) pages.push_back({{"url", page}});
        json[0]["data"] = {{"images", pages}};
        const MemorySink sink = readJson(json);
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(sink.named("2.jpeg")->annotations.size(), std::size_t(1));
        QCOMPARE(sink.named("2.jpeg")->annotations[0].classId.value, 2);
    }

    void turnedViewsAreNamed() {
        Json box = region("a", "rectanglelabels", {{"x", 10}, {"y", 20}, {"width", 30}, {"height", 40}}, "cat");
        box["image_rotation"] = 90;
        const MemorySink sink = readJson(task({box}));
        QVERIFY(annot::bounds(only(sink)[0].shape) == (annot::Rect{20, 20, 60, 40}));
        QCOMPARE(codesOf(sink)["image_rotation"], 1);
        QVERIFY(only(sink)[0].extra["label_studio"]["image_rotation"] == 90);
    }

    void badRegionsAreNamed() {
        Json many =
            task({region("a", "rectanglelabels", {{"x", 10}, {"y", 20}, {"width", 0}, {"height", 40}}, "cat"),
                  region("b", "rectanglelabels", {{"x", nullptr}, {"y", 20}, {"width", 1}, {"height", 40}}, "cat"),
                  region("c", "polygonlabels", {{"points", Json::array({Json::array({1, 2}), Json::array({3, 4})})}}, "cat"),
                  region("d", "brushlabels", {{"rle", Json::array({1, 2, 3})}, {"format", "rle"}}, "cat"),
                  region("e", "brushlabels", {{"rle", Json::array({1, 2, 300})}}, "cat"), 7,
                  region("f", "videorectangle", {{"sequence", Json::array()}}, nullptr),
                  region("g", "brushlabels", {{"rle", Json::array({0, 0, 0, 48})}}, "cat", 1 << 20, 1 << 20),
                  region("h", "keypointlabels", {{"x", 1}, {"y", 2}}, "ok")});
        many.push_back(Json::parse(R"({"id": 13, "data": {"text": ["no picture"]}, "annotations": []})"));
        many.push_back(5);
        const MemorySink sink = readJson(many);
        QCOMPARE(only(sink).size(), std::size_t(1));
        auto codes = codesOf(sink);
        QCOMPARE(codes["zero_area"], 1);
        QCOMPARE(codes["bad_polygon"], 1);
        QCOMPARE(codes["bad_mask"], 3);
        QCOMPARE(codes["unknown_kind"], 1);
        QCOMPARE(codes["missing_field"], 1);
        QCOMPARE(codes["invalid_data"], 3);
        QCOMPARE(sink.m_problems[0].item.substr(0, 28), std::string("x.json, task 12, annotation "));
        Json sizeless = task({region("a", "rectanglelabels", {{"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}}, "cat")});
        for (const char* key : {"original_width", "original_height"}) sizeless[0]["annotations"][0]["result"][0].erase(key);
        QCOMPARE(codesOf(readJson(sizeless))["unknown_size"], 1);
    }

    void losesNothingOfItsOwn() {
        base::TempFolder folder;
        const MemorySink first = everything();
        const WriteReport report = writeTo(folder.path() / "out", first);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems) lost.push_back(problem.item);
        QCOMPARE(lost, (std::vector<std::string>{"keypoints", "polygon of several parts or with holes"}));
        QCOMPARE(std::string((*detectFormat(folder.path() / "out"))->name()), std::string("label_studio"));
        const MemorySink second = readFrom(folder.path() / "out");
        QVERIFY2(second.m_problems.empty(), second.m_problems.empty() ? "" : second.m_problems[0].message.c_str());
        compare(first, second);
        writeTo(folder.path() / "again", second);
        QCOMPARE(*base::readFile(folder.path() / "again/tasks.json"), *base::readFile(folder.path() / "out/tasks.json"));
        QCOMPARE(*base::readFile(folder.path() / "again/label_config.xml"),
                 *base::readFile(folder.path() / "out/label_config.xml"));
    }

    void aRegionChangedElsewhereCounts() {
        base::TempFolder folder;
        writeTo(folder.path() / "out", everything());
        Json json = Json::parse(*base::readFile(folder.path() / "out/tasks.json"));
        for (auto& result : json[0]["annotations"][0]["result"])
            if (result["value"].contains("x")) result["value"]["x"] = result["value"]["x"].get<double>() + 1;
        put(folder.path() / "out/tasks.json", json.dump());
        const MemorySink sink = readFrom(folder.path() / "out");
        std::map<std::string, int> kinds;
        for (const auto& a : sink.m_images[0].annotations) ++kinds[std::string(annot::kindName(a.shape))];
        QCOMPARE(kinds["keypoints"], 0);
        QCOMPARE(kinds["rotated_box"], 1);
        QVERIFY(kinds["box"] == 2 && kinds["point"] >= 2);
        for (const auto& a : sink.m_images[0].annotations)  // a percent of 40 pixels further right
            if (const auto* box = std::get_if<annot::RotatedBox>(&a.shape)) QVERIFY(isNear(box->centre, {10.65, 20.5}));
    }

    void exportedFilesKeepTheirNumbers() {
        const double numbers[] = {37.15846994535519, 70.67395264116576, 4.189435336976321, 4.735883424408015, 1.0 / 3, 99.99999};
        Json results = Json::array();
        for (const double a : numbers)
            for (const double b : numbers)
                results.push_back(region(("r" + std::to_string(results.size())).c_str(), "rectanglelabels",
                                         {{"x", a}, {"y", b}, {"width", b}, {"height", a}, {"rotation", 0}}, "cat", 2801, 1333));
        const MemorySink first = readJson(task(results));
        base::TempFolder folder;
        writeTo(folder.path() / "out", first);
        const MemorySink second = readFrom(folder.path() / "out");
        compare(first, second);
        const std::string text = *base::readFile(folder.path() / "out/tasks.json");
        QVERIFY(text.find("\"lathe\"") == std::string::npos);
    }

    void looksOnlyLikeItself() {
        base::TempFolder folder;
        put(folder.path() / "coco/a.json", R"({"images": [], "annotations": [], "categories": [{"id": 1, "name": "result"}]})");
        put(folder.path() / "createml/a.json",
            R"([{"imagefilename": "a.jpg", "annotation": [{"label": "x", "coordinates": {"x": 1}}]}])");
        put(folder.path() / "labelme/a.json", R"({"version": "5", "shapes": [], "imagePath": "a.jpg", "imageData": null})");
        put(folder.path() / "bad/a.json", "[{\"data\": ");
        for (const char* name : {"coco", "createml", "labelme", "bad"})
            QVERIFY2(formatNamed("label_studio")->looksLike(folder.path() / name) == 0, name);
        put(folder.path() / "own/a.json", task({region("a", "rectanglelabels", {{"x", 1}}, "cat")}).dump());
        QVERIFY(formatNamed("label_studio")->looksLike(folder.path() / "own") >= 0.9);
        QVERIFY(formatNamed("coco")->looksLike(folder.path() / "own") == 0);
    }

private:
    static MemorySink everything() {
        MemorySink sink;
        sink.m_classes = {{"cat", "", {}, "#00ff00"}, {"dog", "", {}}, {"never met", "", {}}};
        const annot::Shape shapes[] = {annot::ImageLabel{},
                                       annot::Box{{0.1, 1.0 / 3, 2.5, 3}},
                                       annot::Polygon{{{{0, 0}, {10.1, 0}, {10, 10}}}},
                                       annot::Polygon{{{{0, 0}, {10.1, 0}, {10, 10}}, {{5, 1}, {6, 1}, {6, 1.0 / 7}}}},
                                       annot::Mask{20, 40, {3, 4, 793}},
                                       annot::Keypoints{{{{1.5, 2}, 2}, {{3, 4.25}, 1}, {{0, 0}, 0}}, {1, 2, 3, 4}},
                                       annot::RotatedBox{{10.25, 20.5}, 8, 1.0 / 3, -0.7},
                                       annot::Ellipse{{10.125, 5}, 2, 1, 0.5},
                                       annot::Polyline{{{1, 2}, {30.1, 4}, {1.0 / 7, 6}}},
                                       annot::Dot{{5.5, 6}}};
        annot::Annotations all;
        for (const auto& shape : shapes)
            all.push_back({AnnotationId(100 - std::int64_t(all.size())), ClassId(1 + std::int64_t(all.size() % 2)), shape});
        auto& full = all[1];
        full.flags = annot::Occluded | annot::Locked | annot::Hidden;
        full.group = 7, full.author = "Åsa", full.source = "model:r-1 corrected", full.confidence = 0.1;
        full.givenArea = 9.125, full.givenBox = annot::Rect{0.1, 0.2, 0.3, 0.4};
        full.attributes = {{"colour", "brown"}, {"age", 3}, {"list", Json::array({"a", "b"})}, {"yes", true}};
        full.extra = {{"coco", {{"x", "]}\"\n"}}}};
        all[2].attributes = Json::object();
        all[4].attributes = {{"colour", "red"}};
        sink.m_images.push_back({"sub/a.png", "", 40, 20, "train", all, {}});
        sink.m_images.push_back({"b.png", "", 8, 6, "", {}, {}});
        return sink;
    }

    static void compare(const MemorySink& a, const MemorySink& b) {
        QCOMPARE(b.m_images.size(), a.m_images.size());
        for (const auto& image : a.m_images) {
            const ImageRecord* other = b.named(image.name);
            QVERIFY2(other, image.name.c_str());
            QCOMPARE(other->width, image.width);
            QCOMPARE(other->height, image.height);
            QCOMPARE(other->split, image.split);
            QCOMPARE(other->annotations.size(), image.annotations.size());
            for (std::size_t k = 0; k < image.annotations.size(); ++k) {
                annot::Annotation x = image.annotations[k], y = other->annotations[k];
                QCOMPARE(b.m_classes[std::size_t(y.classId.value - 1)].name, a.m_classes[std::size_t(x.classId.value - 1)].name);
                y.classId = x.classId;
                if (!x.extra.contains("label_studio") && y.extra.is_object()) y.extra.erase("label_studio");
                if (y.extra.is_object() && y.extra.empty()) y.extra = Json();
                QVERIFY2(
                    x == y,
                    (annot::toJson(x, "").dump() + x.extra.dump() + "\n" + annot::toJson(y, "").dump() + y.extra.dump()).c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestFormatLabelStudio)
#include "tst_format_label_studio.moc"
