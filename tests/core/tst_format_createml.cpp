// Create ML JSON: both spellings, boxes by their centre, classes of whole images, what is bad, and the way there and back.
#include <QtTest>
#include <fstream>
#include <map>
#include <opencv2/core.hpp>

#include "core/base/files.h"
#include "core/formats/exact_sum.h"
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
    const auto read = formatNamed("createml")->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeAs(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::Copy) {
    const auto report = formatNamed("createml")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

std::string box(const std::string& numbers, const std::string& label = "cat") {
    const char* names[] = {"x", "y", "width", "height"};
    std::string text;
    std::size_t from = 0;
    for (const char* name : names) {
        const std::size_t to = std::min(numbers.find(' ', from), numbers.size());
        text += (text.empty() ? "\"" : ",\"") + std::string(name) + "\":" + numbers.substr(from, to - from);
        from = to + 1;
    }
    return R"({"label":")" + label + R"(","coordinates":{)" + text + "}}";
}

void compareSets(const MemorySink& a, const MemorySink& b) {
    QCOMPARE(b.m_images.size(), a.m_images.size());
    QVERIFY2(a.m_extra == b.m_extra, (a.m_extra.dump() + b.m_extra.dump()).c_str());
    for (const auto& image : a.m_images) {
        const ImageRecord* other = b.named(image.name);
        QVERIFY2(other, image.name.c_str());
        QCOMPARE(other->split, image.split);
        QVERIFY2(other->extra == image.extra, (other->extra.dump() + image.extra.dump()).c_str());
        QCOMPARE(other->annotations.size(), image.annotations.size());
        for (std::size_t k = 0; k < image.annotations.size(); ++k) {
            const annot::Annotation& x = image.annotations[k];
            annot::Annotation y = other->annotations[k];
            QCOMPARE(b.m_classes[std::size_t(y.classId.value - 1)].name, a.m_classes[std::size_t(x.classId.value - 1)].name);
            y.classId = x.classId;
            QVERIFY2(annot::packOne(x) == annot::packOne(y), (annot::toJson(x, "").dump() + annot::toJson(y, "").dump()).c_str());
        }
    }
}

}  // namespace

class TestFormatCreateml : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boxesAreGivenByTheirCentre() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png"), writePicture(folder.path() / "b.png");
        writeText(folder.path() / "list.json",
                  R"([{"image":"a.png","annotations":[)" + box("20 15.5 10 4") + "," + box("5 5 3 3", "dog") + "]}]");
        const MemorySink sink = readAs(folder.path());
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.m_images.size(), std::size_t(2));  // b.png has no labels
        const auto& all = sink.named("a.png")->annotations;
        QVERIFY(all[0].shape == annot::Shape(annot::Box{{15, 13.5, 10, 4}}));
        QVERIFY(all[1].shape == annot::Shape(annot::Box{{3.5, 3.5, 3, 3}}));
        QCOMPARE(sink.m_classes[1].name, std::string("dog"));
    }

    void bothSpellingsAndSplits() {
        base::TempFolder folder;
        for (const char* split : {"train", "valid"}) {
            writePicture(folder.path() / "set" / split / "1.png");
            writeText(folder.path() / "set" / split / "_annotations.createml.json",
                      R"([{"imagefilename":"1.png","verified":true,"annotation":[)" + box("20.1 15.7 10.3 4.9") + "]}]");
        }
        const MemorySink sink = readAs(folder.path() / "set");
        QCOMPARE(sink.annotations(), std::size_t(2));
        QCOMPARE(sink.named("valid/1.png")->split, std::string("val"));
        QVERIFY(sink.m_images[0].extra["createml"]["fields"]["verified"] == true);
        QVERIFY(writeAs(folder.path() / "out", sink).problems.empty());
        compareSets(sink, readAs(folder.path() / "out"));
        const auto content = [&](const char* set) {  // whatever the order of keys
            return nlohmann::json::parse(*base::readFile(folder.path() / set / "valid/_annotations.createml.json"));
        };
        QVERIFY(content("out") == content("set"));
    }

    void classesOfWholeImages() {
        base::TempFolder folder;
        const std::string text =
            R"([{"image":"a.png","label":"cat"},{"image":"b.png","annotations":[{"label":"dog"}]},)"
            R"({"image":"c.png","annotations":["dog","cat"]},{"image":"d.png","label":["dog","cow"]},{"image":"e.png","annotations":[]}])";
        writeText(folder.path() / "set/x.json", text);
        const MemorySink sink = readAs(folder.path() / "set");
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.m_images.size(), std::size_t(5));
        QCOMPARE(sink.annotations(), std::size_t(6));
        for (const auto& image : sink.m_images)
            for (const auto& a : image.annotations) QVERIFY(std::holds_alternative<annot::ImageLabel>(a.shape));
        writeAs(folder.path() / "out", sink, ImageMode::None);
        compareSets(sink, readAs(folder.path() / "out"));
        const Json json = *base::readJson(folder.path() / "out/_annotations.createml.json");
        QVERIFY(json[0] == (Json{{"image", "a.png"}, {"label", "cat"}}));
        QVERIFY(json[1]["annotations"] == (Json::array({{{"label", "dog"}}})));
    }

    void partsOfTheImageAreTakenForPixelsOfIt() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png");
        writeText(folder.path() / "x.json", R"([{"image":"a.png","annotations":[)" + box("0.5 0.5 0.25 0.5") +
                                                R"(]},)"
                                                R"({"image":"gone.png","annotations":[)" +
                                                box("0.5 0.5 0.25 0.5") + "]}]");
        const MemorySink sink = readAs(folder.path());
        QVERIFY(sink.named("a.png")->annotations[0].shape == annot::Shape(annot::Box{{15, 7.5, 10, 15}}));
        QCOMPARE(sink.m_problems.at(0).code, std::string("normalised"));
        QCOMPARE(sink.m_problems.at(1).code, std::string("no_image_size"));
        QVERIFY(sink.named("gone.png")->annotations.empty());
    }

    void whatIsBadIsNamedAndSkipped() {
        base::TempFolder folder;
        const std::pair<std::string, const char*> cases[] = {{box("1 2 0 4"), "zero_area"},
                                                             {box("1 2 -3 4"), "zero_area"},
                                                             {box("NaN 2 3 4"), "bad_box"},
                                                             {box("\"a\" 2 3 4"), "bad_box"},
                                                             {box("1e300 2 3 4"), "bad_box"},
                                                             {box("9 9 3 4", ""), "missing_field"},
                                                             {R"({"label":"a","coordinates":7})", "bad_box"},
                                                             {"7", "missing_field"}};
        std::string list;
        for (const auto& [text, code] : cases) list += text + ",";
        writeText(folder.path() / "x.json",
                  R"([{"image":"a.png","annotations":[)" + list + box("9 9 3 4") + R"(]},{"annotations":[]},5])");
        const MemorySink sink = readAs(folder.path() / "x.json");
        QCOMPARE(sink.annotations(), std::size_t(1));
        QCOMPARE(sink.m_problems.size(), std::size(cases) + 2);
        for (std::size_t k = 0; k < std::size(cases); ++k) {
            QCOMPARE(sink.m_problems[k].code, std::string(cases[k].second));
            QCOMPARE(sink.m_problems[k].item, "x.json, a.png, object " + std::to_string(k + 1));
        }
    }

    void oneRecordAnImageAndNoWayOut() {
        base::TempFolder folder;
        writePicture(folder.path() / "secret.png"), writePicture(folder.path() / "set/a.png");
        const std::string entry = R"({"image":"a.png","annotations":[)" + box("9 9 3 4") + "]}";
        writeText(folder.path() / "set/x.json", "[" + entry + "," + entry + R"(,{"image":"../secret.png","annotations":[]}])");
        writeText(folder.path() / "set/y.json", "[" + entry + "]");
        MemorySink sink = readAs(folder.path() / "set");
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(sink.named("a.png")->annotations.size(), std::size_t(2));
        QCOMPARE(sink.m_problems.at(0).code, std::string("duplicate"));
        for (const auto& image : sink.m_images)
            QVERIFY(image.path.lexically_normal().string().starts_with((folder.path() / "set").string()));
        for (auto& image : sink.m_images) image.name = "../../evil.png", image.path = folder.path() / "secret.png";
        writeAs(folder.path() / "deep/out", sink);
        for (const auto& file : fs::directory_iterator(folder.path())) QVERIFY(file.path().filename() != "evil.png");
    }

    void whatCreateMlLacksIsNamed() {
        base::TempFolder folder;
        writePicture(folder.path() / "a.png");
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}};
        annot::Annotations all;
        const annot::Shape shapes[] = {annot::Box{{0.5, 0.25, 0.75, 1.0 / 3}},
                                       annot::Polygon{{{{1, 1}, {6, 1}, {6, 5}}}},
                                       annot::ImageLabel{},
                                       annot::Dot{{4, 4}},
                                       annot::Mask{30, 40, {0, 7, 1193}},
                                       annot::Box{{1e6 / 3, 7, 2.0 / 7, 9}}};
        for (const annot::Shape& shape : shapes) all.push_back({AnnotationId(std::int64_t(all.size()) + 1), ClassId(1), shape});
        all[0].author = "ada", all[0].confidence = 0.25, all[0].flags = annot::Crowd, all[0].group = 3,
        all[0].attributes = {{"colour", "red"}};
        sink.m_images.push_back({"a.png", folder.path() / "a.png", 40, 30, "", all, {}});
        const WriteReport report = writeAs(folder.path() / "out", sink);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems) lost.push_back(problem.item);
        QCOMPARE(lost, (std::vector<std::string>{"mask", "polygon", "shape without an area"}));
        const MemorySink again = readAs(folder.path() / "out");
        const auto& back = again.m_images[0].annotations;
        QCOMPARE(back.size(), std::size_t(5));
        QVERIFY2(annot::packOne(back[0]) == annot::packOne(all[0]), annot::toJson(back[0], "").dump().c_str());
        QVERIFY(back[1].shape == annot::Shape(annot::Box{{1, 1, 5, 4}}));
        QVERIFY(back[3].shape == annot::Shape(annot::Box{{0, 0, 1, 7}}));
    }

    void sumsComeBack() {
        unsigned seed = 1;
        const auto next = [&] { return double(seed = seed * 1664525u + 1013904223u) / 7919.0; };
        for (int k = 0; k < 20000; ++k) {
            const double sum = next(), taken = next() / 3, difference = sum - taken;
            QCOMPARE(sumGiving(difference, taken) - taken, difference);
        }
    }

    void itIsRecognised() {
        base::TempFolder folder;
        writePicture(folder.path() / "x/a.png");
        writeText(folder.path() / "x/list.json", R"([{"image":"a.png","annotations":[)" + box("9 9 3 4") + "]}]");
        QCOMPARE(std::string((*detectFormat(folder.path() / "x"))->name()), std::string("createml"));
        const Format& format = *formatNamed("createml");
        const char* others[] = {R"([{"id":1,"data":{"image":"a.png"},"annotations":[{"result":[]}]}])",
                                R"([{"image_id":1,"category_id":2,"bbox":[1,2,3,4],"score":0.5}])",
                                R"([{"image":"a.png","annotations":[{"label":"a","bbox":[1,2,3,4]}]}])",
                                R"({"image":"a.png","label":"x"})",
                                "[]",
                                "[7]"};
        for (const char* text : others) {
            writeText(folder.path() / "y.json", text);
            QCOMPARE(format.looksLike(folder.path() / "y.json"), 0.0);
        }
    }
};

QTEST_APPLESS_MAIN(TestFormatCreateml)
#include "tst_format_createml.moc"
