#include <QTest>
#include <fstream>
#include <numbers>

#include "core/base/files.h"
#include "core/image/decode.h"
#include "tests/support/format_memory.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::MemorySink;

namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

void putPicture(const fs::path& file, int width = 8, int height = 6) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, width)))) qFatal("can't write");
}

MemorySink readFrom(const fs::path& source) {
    MemorySink sink;
    const auto read = formatNamed("datumaro")->read(source, {}, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeTo(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::None) {
    const auto report = formatNamed("datumaro")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

// Everything but paths.
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
            annot::Annotation x = image.annotations[k], y = other->annotations[k];
            QCOMPARE(b.m_classes[std::size_t(y.classId.value - 1)].name, a.m_classes[std::size_t(x.classId.value - 1)].name);
            y.classId = x.classId;
            QVERIFY2(annot::packOne(x) == annot::packOne(y),
                     (annot::toJson(x, "").dump() + x.extra.dump() + "\n" + annot::toJson(y, "").dump() + y.extra.dump()).c_str());
        }
    }
}

constexpr std::string_view kHead = R"({"info": {"author": "me"}, "categories": {
"label": {"labels": [{"name": "cat", "parent": "", "attributes": ["x"]}, {"name": "dog", "parent": "pet", "attributes": []},
  {"name": "nose", "parent": "dog", "attributes": []}, {"name": "tail", "parent": "dog", "attributes": ["t"]}], "attributes": ["occluded"]},
"mask": {"colormap": [{"label_id": 0, "r": 12, "g": 129, "b": 181}]},
"points": {"items": [{"label_id": 1, "labels": ["nose", "tail"], "joints": [[0, 1]]}]}}, "items": [)";

constexpr std::string_view kItems = R"(
{"id": "a", "annotations": [
 {"id": 7, "type": "caption", "attributes": {}, "group": 0, "caption": "a cat"},
 {"id": 4, "type": "bbox", "attributes": {"score": 0.5, "occluded": true, "truncated": false, "colour": "red"}, "group": 3, "label_id": 0, "z_order": 1, "bbox": [1.1, 2.0, 3.0, 4.0], "object_id": 9},
 {"id": 5, "type": "bbox", "attributes": {"rotation": 30.0}, "group": 0, "label_id": 0, "z_order": 0, "bbox": [2.0, 1.0, 4.0, 2.0]},
 {"id": 6, "type": "polygon", "attributes": {"is_crowd": true}, "group": 0, "label_id": 0, "z_order": 0, "points": [1.5, 1, 5, 1, 5, 4.75]},
 {"id": 8, "type": "polyline", "attributes": {}, "group": 0, "label_id": null, "z_order": 0, "points": [0, 0, 7.5, 5]},
 {"id": 9, "type": "points", "attributes": {}, "group": 0, "label_id": 1, "z_order": 0, "points": [1, 2, 3, 4], "visibility": [1, 0]},
 {"id": 10, "type": "points", "attributes": {}, "group": 0, "label_id": 0, "z_order": 0, "points": [1, 2]},
 {"id": 11, "type": "mask", "attributes": {}, "group": 0, "label_id": 0, "z_order": 0, "rle": {"counts": "345", "size": [3, 4]}},
 {"id": 12, "type": "mask", "attributes": {}, "group": 0, "label_id": 0, "z_order": 0, "rle": {"counts": [3, 4, 5], "size": [3, 4]}},
 {"id": 13, "type": "ellipse", "attributes": {"rotation": 0.0}, "group": 0, "label_id": 0, "z_order": 0, "points": [1, 2, 6, 4.5]},
 {"id": 14, "type": "skeleton", "attributes": {}, "group": 0, "label_id": 1, "points": [0.9, 3.5, 2, 2.5, 7.5, 1], "points_attributes": [{}, {"t": "long"}]},
 {"id": 15, "type": "label", "attributes": {"wet": 1}, "group": 0, "label_id": 1},
 {"id": 16, "type": "cuboid_3d", "attributes": {}, "group": 0, "label_id": 0, "position": [1, 2, 3], "rotation": [0, 0, 0], "scale": [1, 1, 1]}
 ], "attr": {"frame": 3}, "image": {"path": "a.png", "size": [6, 8]}},
{"id": "b", "annotations": []}]})";

std::string text() {
    return std::string(kHead) + std::string(kItems);
}

}  // namespace

class TestFormatDatumaro : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindIsRead() {
        base::TempFolder folder;
        const MemorySink sink = sample(folder.path());
        QCOMPARE(std::string((*detectFormat(folder.path() / "set"))->name()), std::string("datumaro"));
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(sink.annotations(), std::size_t(11));
        QCOMPARE(sink.m_problems.size(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].item, std::string("annotations/train.json, item a, annotation 13"));
        QCOMPARE(sink.m_problems[0].code, std::string("unsupported"));
        const ImageRecord& a = *sink.named("train/a.png");
        QCOMPARE(a.width, 8);
        QCOMPARE(a.height, 6);
        QCOMPARE(a.split, std::string("train"));
        QVERIFY(a.extra["datumaro"]["attr"]["frame"] == 3 && a.extra["datumaro"]["id"] == "a");
        QVERIFY(a.extra["datumaro"]["captions"][0]["caption"] == "a cat");
        QVERIFY(fs::exists(a.path));
        QVERIFY(sink.named("train/b.jpg"));
        QVERIFY(sink.m_extra["info"]["author"] == "me");
    }

    void shapesAreExact() {
        base::TempFolder folder;
        const MemorySink sink = sample(folder.path());
        const auto at = [&](std::int64_t id) -> const annot::Annotation& {
            for (const auto& a : sink.named("train/a.png")->annotations)
                if (a.id.value == id) return a;
            qFatal("no such id");
        };
        QVERIFY(std::get<annot::Box>(at(4).shape).rect == (annot::Rect{1.1, 2, 3, 4}));
        const auto& turned = std::get<annot::RotatedBox>(at(5).shape);
        QVERIFY(turned.centre == (annot::Point{4, 2}) && turned.w == 4 && turned.h == 2);
        QVERIFY(std::abs(turned.angle - std::numbers::pi / 6) < 1e-12);
        QVERIFY(std::get<annot::Polygon>(at(6).shape).rings[0][2] == (annot::Point{5, 4.75}));
        QVERIFY(std::get<annot::Keypoints>(at(9).shape).items[0].visibility == 1);
        QVERIFY(std::get<annot::Dot>(at(10).shape).at == (annot::Point{1, 2}));
        for (const std::int64_t id : {11, 12}) {  // rows 0110, 0100, 0100: column-major
            const auto& mask = std::get<annot::Mask>(at(id).shape);
            QVERIFY(mask.height == 3 && mask.width == 4 && mask.counts == (std::vector<std::uint32_t>{3, 4, 5}));
        }
        const auto& ellipse = std::get<annot::Ellipse>(at(13).shape);
        QVERIFY(ellipse.centre == (annot::Point{3.5, 3.25}) && ellipse.rx == 2.5 && ellipse.ry == 1.25 && ellipse.angle == 0);
        QVERIFY(std::get<annot::Keypoints>(at(14).shape).items[1].visibility == 1);
        QCOMPARE(sink.named("train/a.png")->annotations.back().id.value, 4);  // z_order 1 is highest
    }

    void knownAttributesAreFields() {
        base::TempFolder folder;
        const MemorySink sink = sample(folder.path());
        const auto& box = sink.named("train/a.png")->annotations.back();
        QCOMPARE(box.flags, std::uint32_t(annot::Occluded));
        QCOMPARE(*box.confidence, 0.5);
        QCOMPARE(box.group, 3);
        QVERIFY(box.attributes == Json::parse(R"({"colour":"red"})"));
        QVERIFY(box.extra["datumaro"]["object_id"] == 9);
        QCOMPARE(sink.named("train/a.png")->annotations[1].flags, std::uint32_t(annot::Crowd));
    }

    void labelsBecomeClasses() {
        base::TempFolder folder;
        const MemorySink sink = sample(folder.path());
        QCOMPARE(sink.m_classes.size(), std::size_t(3));  // cat, dog, and what has no label; nose and tail are points of dog
        QCOMPARE(sink.m_classes[0].colour, std::string("#0c81b5"));
        QCOMPARE(sink.m_classes[1].parent, std::string("pet"));
        QVERIFY(sink.m_classes[1].extra["keypoints"] == Json::parse(R"(["nose","tail"])"));
        QVERIFY(sink.m_classes[1].extra["skeleton"] == Json::parse("[[1,2]]"));
        QCOMPARE(sink.m_classes[2].name, std::string("unnamed"));
    }

    void writingGivesTheSameSet() {
        base::TempFolder folder;
        const MemorySink first = sample(folder.path());
        const WriteReport report = writeTo(folder.path() / "out", first, ImageMode::Copy);
        QCOMPARE(report.problems.size(), std::size_t(1));  // b has no file
        QCOMPARE(report.annotations, 11);
        QVERIFY(fs::exists(folder.path() / "out/images/train/a.png"));
        const MemorySink second = readFrom(folder.path() / "out");
        compareSets(first, second);
        QVERIFY2(second.m_extra == first.m_extra, second.m_extra.dump().c_str());
        for (std::size_t k = 0; k < 3; ++k) {
            QVERIFY2(second.m_classes[k].extra == first.m_classes[k].extra, second.m_classes[k].extra.dump().c_str());
            QCOMPARE(second.m_classes[k].colour, first.m_classes[k].colour);
        }
        const Json json = base::readJson(folder.path() / "out/annotations/train.json").value();
        Json given = Json::parse(text());
        QVERIFY2(json["categories"] == reordered(given["categories"], json["categories"]), json["categories"].dump().c_str());
        const auto byId = [](const Json& item, int id) {
            for (const Json& a : item["annotations"])
                if (a["id"] == id) return a;
            return Json();
        };
        for (const int id : {4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 16}) {
            Json a = byId(given["items"][0], id), b = byId(json["items"][0], id);
            if (id == 14) b.erase("z_order");
            QVERIFY2(reordered(a, b) == b, (a.dump() + b.dump()).c_str());
        }
        writeTo(folder.path() / "again", second, ImageMode::Copy);
        QCOMPARE(base::readFile(folder.path() / "again/annotations/train.json").value(),
                 base::readFile(folder.path() / "out/annotations/train.json").value());
    }

    void lathesOwnComesBack() {
        base::TempFolder folder;
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}, {"man", "", {{"keypoints", {"a", "b"}}, {"skeleton", Json::parse("[[1,2]]")}}}};
        annot::Annotations all;
        const annot::Shape shapes[] = {annot::RotatedBox{{10.25, 20.5}, 8, 1.0 / 3, -0.7},
                                       annot::RotatedBox{{1.0 / 7, 20}, 8.1, 3, std::numbers::pi / 3},
                                       annot::Ellipse{{10.125, 1.0 / 3}, 20, 10.1, 0.5},
                                       annot::Polygon{{{{1, 1}, {5, 1}, {5, 5}}, {{10, 10}, {15, 10}, {12, 1.0 / 3 + 14}}}},
                                       annot::Polygon{{{{1, 1}, {20, 1}, {20, 20}, {1, 20}}, {{5, 5}, {10, 5}, {10, 10}}}},
                                       annot::Keypoints{{{{1, 2}, 2}, {{3, 4}, 1}, {{0, 0}, 0}}, {1, 2, 3, 4}},
                                       annot::Keypoints{{{{1, 2}, 2}}, {}},
                                       annot::Box{{1.0 / 3, 1.0 / 7, 2.2, 3.3}},
                                       annot::RotatedBox{{7, 8}, 3, 2, 0},
                                       annot::ImageLabel{}};
        for (const auto& shape : shapes) all.push_back({AnnotationId(std::int64_t(all.size()) + 3), ClassId(1), shape});
        all.push_back({AnnotationId(99), ClassId(2), annot::Keypoints{{{{1, 2}, 2}, {{3, 4}, 0}}, {1, 2, 3, 4}}});
        all[0].flags = annot::Difficult | annot::Occluded | annot::Locked;
        all[0].author = "ann", all[0].source = "model:r1 corrected", all[0].confidence = 0.25;
        all[1].confidence = 7;
        all[0].attributes = {{"ok", true}, {"n", 3}, {"list", {1, 2}}};
        all[3].group = 6;
        sink.m_images.push_back({"val/a.png", folder.path() / "a.png", 30, 30, "val", all, {}});
        const WriteReport report = writeTo(folder.path() / "out", sink);
        QCOMPARE(report.annotations, 11);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems) lost.push_back(problem.item);
        QCOMPARE(lost, (std::vector<std::string>{"polygon of several parts", "polygon with a hole"}));
        MemorySink back = readFrom(folder.path() / "out");
        QVERIFY2(back.m_problems.empty(), back.m_problems.empty() ? "" : back.m_problems[0].message.c_str());
        sink.m_images[0].extra = {{"datumaro", {{"id", "a"}}}};
        compareSets(sink, back);
        QVERIFY(back.m_classes[1].extra["skeleton"] == sink.m_classes[1].extra["skeleton"]);
    }

    void splitsAreSubsets() {
        base::TempFolder folder;
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}};
        for (const char* split : {"", "train", "val", "test"})
            sink.m_images.push_back(
                {"x/a.png", folder.path() / "a.png", 8, 6, split, {{AnnotationId(1), ClassId(1), annot::ImageLabel{}}}, {}});
        putPicture(folder.path() / "a.png");
        const WriteReport report = writeTo(folder.path() / "out", sink, ImageMode::Copy);
        QCOMPARE(report.files, 8);
        QVERIFY(fs::exists(folder.path() / "out/images/default/x/a.png"));
        QVERIFY(fs::exists(folder.path() / "out/annotations/default.json"));
        const MemorySink back = readFrom(folder.path() / "out");
        QCOMPARE(back.m_images.size(), std::size_t(4));
        QCOMPARE(back.named("test/x/a.png")->split, std::string("test"));
        QCOMPARE(back.named("default/x/a.png")->split, std::string(""));
    }

    void oneIdInTwoSubsetsAreTwoImages() {
        base::TempFolder folder;
        const std::string items = R"({"id": "1", "annotations": [{"id": 1, "type": "label", "label_id": 0}]}]})";
        put(folder.path() / "annotations/train.json", std::string(kHead) + items);
        put(folder.path() / "annotations/test.json", std::string(kHead) + items);
        putPicture(folder.path() / "images/train/1.png");
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QVERIFY(sink.named("train/1.png") && sink.named("test/1.jpg"));
        QCOMPARE(sink.m_classes.size(), std::size_t(2));
    }

    void itemsOfOnePictureAreOneRecord() {
        base::TempFolder folder;
        const std::string item =
            R"({"id": "1", "annotations": [{"id": 1, "type": "label", "label_id": 0}], "image": {"path": "1.png"}})";
        put(folder.path() / "annotations/train.json", std::string(kHead) + item + "," + item + "]}");
        putPicture(folder.path() / "images/train/1.png");
        putPicture(folder.path() / "images/train/2.png", 9);
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        const auto& annotations = sink.named("train/1.png")->annotations;
        QCOMPARE(annotations.size(), std::size_t(2));
        QVERIFY(annotations[0].id.value == 1 && annotations[1].id.value == 2);
        QCOMPARE(sink.named("train/2.png")->split, std::string("train"));
    }

    void categoriesMayComeLast() {
        base::TempFolder folder;
        put(folder.path() / "annotations/train.json",
            R"({"dm_format_version": "1.0", "items": [{"id": "1", "annotations": [{"id": 1, "type": "label", "label_id": 1}]}],
                "categories": {"label": {"labels": [{"name": "a", "parent": ""}, {"name": "b", "parent": ""}]}}})");
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_classes[std::size_t(sink.m_images[0].annotations[0].classId.value - 1)].name, std::string("b"));
    }

    void badItemsAreNamedAndSkipped() {
        base::TempFolder folder;
        put(folder.path() / "annotations/train.json", std::string(kHead) + R"({"id": "a", "annotations": [
{"type": "bbox", "label_id": 0, "bbox": [1, 2, 0, 4]},
{"type": "bbox", "label_id": 0, "bbox": [1, 2, "3", 4]},
{"type": "bbox", "label_id": 0, "bbox": [1, 2, NaN, 4]},
{"type": "bbox", "label_id": 0, "bbox": [1, 2, 3]},
{"type": "bbox", "label_id": 0},
{"type": "bbox", "label_id": 12, "bbox": [1, 2, 3, 4]},
{"type": "polygon", "label_id": 0, "points": [1, 2, 3, 4]},
{"type": "polygon", "label_id": 0, "points": [1, 2, 3, 4, 5]},
{"type": "polyline", "label_id": 0, "points": [1, 2]},
{"type": "points", "label_id": 0, "points": [1, 2, 3, 4], "visibility": [3, 1]},
{"type": "mask", "label_id": 0, "rle": {"counts": "345", "size": [3, 5]}},
{"type": "mask", "label_id": 0, "rle": {"counts": [1099511627776], "size": [1048576, 1048576]}},
{"type": "mask", "label_id": 0, "rle": {"counts": [-1, 13], "size": [3, 4]}},
{"type": "mask", "label_id": 0, "rle": {"counts": [12], "size": [3, 4]}},
{"type": "star", "label_id": 0},
{"label_id": 0},
17,
{"type": "bbox", "label_id": 0, "bbox": [1, 2, 3, 4]}
]}, 5, {"annotations": []}, {"id": "cloud", "annotations": [], "point_cloud": {"path": "x.pcd"}}]})");
        const MemorySink sink = readFrom(folder.path());
        std::vector<std::string> codes;
        for (const auto& problem : sink.m_problems) codes.push_back(problem.code);
        QCOMPARE(codes,
                 (std::vector<std::string>{"zero_area",     "invalid_data", "invalid_data", "invalid_data",  "missing_field",
                                           "unknown_class", "bad_polygon",  "invalid_data", "bad_polyline",  "bad_keypoints",
                                           "bad_mask",      "bad_mask",     "bad_mask",     "zero_area",     "unsupported",
                                           "missing_field", "invalid_data", "invalid_data", "missing_field", "unsupported"}));
        QCOMPARE(sink.m_problems[1].item, std::string("annotations/train.json, item a, annotation 2"));
        QCOMPARE(sink.annotations(), std::size_t(1));
    }

    void truncatedFilesKeepWhatIsWhole() {
        base::TempFolder folder;
        const std::string all = text();
        for (std::size_t size = 0; size < all.size(); size += 13) {
            put(folder.path() / "x.json", std::string_view(all).substr(0, size));
            MemorySink sink;
            (void)formatNamed("datumaro")->read(folder.path() / "x.json", {}, sink, {}, {});
        }
        put(folder.path() / "x.json", std::string_view(all).substr(0, all.find("{\"id\": \"b\"")));
        const MemorySink sink = readFrom(folder.path() / "x.json");
        QCOMPARE(sink.annotations(), std::size_t(11));
        QCOMPARE(sink.m_problems[0].code, std::string("truncated"));
    }

    void namesNeverLeaveTheFolder() {
        base::TempFolder folder;
        put(folder.path() / "set/annotations/train.json",
            std::string(kHead) + R"({"id": "../../../x", "annotations": [], "image": {"path": "../../../evil.png"}}]})");
        putPicture(folder.path() / "evil.png");
        const MemorySink sink = readFrom(folder.path() / "set");
        QVERIFY(sink.m_images[0].path.lexically_normal().native().starts_with((folder.path() / "set").native()));
        writeTo(folder.path() / "deep/out", sink, ImageMode::Copy);
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 3);
    }

    void cocoIsNotDatumaro() {
        base::TempFolder folder;
        put(folder.path() / "annotations/x.json",
            R"({"images": [], "annotations": [], "categories": [{"id": 1, "name": "label"}]})");
        QCOMPARE(formatNamed("datumaro")->looksLike(folder.path()), 0.0);
    }

private:
    // `json` with the keys of `like` in that order; values stay.
    static Json reordered(const Json& json, const Json& like) {
        if (json.is_array() && like.is_array() && json.size() == like.size()) {
            Json out = Json::array();
            for (std::size_t k = 0; k < json.size(); ++k) out.push_back(reordered(json[k], like[k]));
            return out;
        }
        if (!json.is_object() || !like.is_object()) return json;
        Json out = Json::object();
        for (const auto& [key, value] : like.items())
            if (json.contains(key)) out[key] = reordered(json[key], value);
        for (const auto& [key, value] : json.items())
            if (!out.contains(key)) out[key] = value;
        return out;
    }
    static MemorySink sample(const fs::path& folder) {
        put(folder / "set/annotations/train.json", text());
        putPicture(folder / "set/images/train/a.png");
        return readFrom(folder / "set");
    }
};

QTEST_APPLESS_MAIN(TestFormatDatumaro)
#include "tst_format_datumaro.moc"
