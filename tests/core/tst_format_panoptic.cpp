#include <QTest>
#include <fstream>

#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/image/decode.h"
#include "core/image/indexed.h"
#include "tests/support/format_memory.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::MemorySink;

namespace {

namespace fs = std::filesystem;
using Counts = std::vector<std::uint32_t>;

void put(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    if (!base::writeFileAtomically(file, text)) qFatal("can't write");
}

void picture(const fs::path& file, int width = 3, int height = 2) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("can't write");
}

// A pixel of `id` is R + 256 G + 65536 B.
void segments(const fs::path& file, const std::vector<std::vector<int>>& rows) {
    cv::Mat mat(int(rows.size()), int(rows.front().size()), CV_8UC3);
    for (int y = 0; y < mat.rows; ++y)
        for (int x = 0; x < mat.cols; ++x) {
            const int id = rows[std::size_t(y)][std::size_t(x)];
            mat.at<cv::Vec3b>(y, x) = {std::uint8_t(id >> 16), std::uint8_t(id >> 8), std::uint8_t(id)};
        }
    put(file, image::encodePng(mat).value());
}

MemorySink read(const fs::path& source) {
    MemorySink sink;
    const auto result = formatNamed("panoptic")->read(source, {}, sink, {}, {});
    if (!result) qFatal("%s", result.error().text().c_str());
    return sink;
}

WriteReport write(const fs::path& folder, const MemorySink& sink) {
    const auto report = formatNamed("panoptic")->write(folder, sink.source(), {}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

std::string codesOf(const Problems& problems) {
    std::string out;
    for (const auto& problem : problems) out += (out.empty() ? "" : " ") + problem.code;
    return out;
}

constexpr const char* kJson = R"({"info":{"year":2026},"licenses":[],
"images":[{"id":5,"width":3,"height":2,"file_name":"a.jpg","license":1},{"id":6,"width":3,"height":2,"file_name":"none.jpg"}],
"categories":[{"id":9,"name":"person","supercategory":"alive","isthing":1,"color":[220,20,60]},
 {"id":200,"name":"rug","supercategory":"furniture","isthing":0}],
"annotations":[{"image_id":5,"file_name":"a.png","note":"kept","segments_info":[
 {"id":8464911,"category_id":9,"iscrowd":0,"bbox":[1,0,2,1],"area":2.5,"extra":[1]},
 {"id":3,"category_id":200,"iscrowd":1,"bbox":[0,1,1,1],"area":1}]}]})";

fs::path makeSet(const fs::path& folder, const std::string& json = kJson) {
    put(folder / "set/annotations/panoptic_val2017.json", json);
    segments(folder / "set/annotations/panoptic_val2017/a.png", {{0, 8464911, 8464911}, {3, 0, 0}});
    picture(folder / "set/val2017/a.jpg");
    picture(folder / "set/val2017/none.jpg");
    return folder / "set";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
}

}  // namespace

class TestFormatPanoptic : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void segmentsAreMasks() {
        base::TempFolder folder;
        const fs::path set = makeSet(folder.path());
        QCOMPARE(std::string((*detectFormat(set))->name()), std::string("panoptic"));
        const MemorySink sink = read(set);
        QVERIFY2(sink.m_problems.empty(), codesOf(sink.m_problems).c_str());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        const ImageRecord& image = *sink.named("val2017/a.jpg");
        QCOMPARE(image.split, std::string("val"));
        QCOMPARE(image.annotations.size(), std::size_t(2));
        const auto& person = image.annotations[0];
        QCOMPARE(person.id.value, 8464911);
        QCOMPARE(std::get<annot::Mask>(person.shape).counts, (Counts{2, 1, 1, 1, 1}));
        QCOMPARE(*person.givenArea, 2.5);
        QVERIFY(!person.givenBox && person.extra["extra"][0] == 1 && person.flags == 0);
        QCOMPARE(image.annotations[1].flags, std::uint32_t(annot::Crowd));
        QCOMPARE(sink.m_classes[1].name, std::string("rug"));
        QVERIFY(sink.m_classes[1].extra["isthing"] == 0 && sink.m_classes[1].extra["coco_id"] == 200);
        QCOMPARE(sink.m_classes[0].colour, std::string("#dc143c"));
        QVERIFY(image.extra["license"] == 1 && image.extra["panoptic"]["note"] == "kept" && sink.m_extra["info"]["year"] == 2026);
        QVERIFY(sink.named("val2017/none.jpg")->annotations.empty());
    }

    void writingGivesBackWhatWasRead() {
        base::TempFolder folder;
        MemorySink first = read(makeSet(folder.path()));
        first.m_images[0].annotations[0].attributes = {{"colour", "red"}};
        first.m_images[0].annotations[0].author = "ada";
        const WriteReport report = write(folder.path() / "out", first);
        QVERIFY2(report.problems.empty(), codesOf(report.problems).c_str());
        QCOMPARE(report.annotations, 2);
        const MemorySink second = read(folder.path() / "out");
        QVERIFY2(second.m_problems.empty(), codesOf(second.m_problems).c_str());
        for (const auto& image : first.m_images) {
            const ImageRecord* other = second.named(image.name);
            QVERIFY2(other, image.name.c_str());
            QVERIFY(other->annotations == image.annotations && other->split == image.split);
            QVERIFY2(other->extra == image.extra, other->extra.dump().c_str());
        }
        for (std::size_t k = 0; k < 2; ++k) QVERIFY(second.m_classes[k].extra == first.m_classes[k].extra);
        QVERIFY(second.m_extra == first.m_extra);
    }

    void badSegmentsAreNamed() {
        base::TempFolder folder;
        std::string json = replaced(kJson, "\"id\":3,\"category_id\":200", "\"id\":3,\"category_id\":77");
        json = replaced(json, "\"segments_info\":[",
                        "\"segments_info\":[{\"id\":4,\"category_id\":9},{\"id\":1e300,\"category_id\":9},"
                        "{\"category_id\":9},17,{\"id\":-3,\"category_id\":9},");
        json = replaced(json, "\"annotations\":[", "\"annotations\":[{\"image_id\":55,\"segments_info\":[]},3,{\"image_id\":6},");
        const MemorySink sink = read(makeSet(folder.path(), json));
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(sink.annotations(), std::size_t(1));
        QCOMPARE(
            codesOf(sink.m_problems),
            std::string("unknown_image unknown_image missing_field zero_area missing_field missing_field missing_field zero_area "
                        "unknown_class"));
        QCOMPARE(sink.m_problems.back().item, std::string("annotations/panoptic_val2017.json, annotation 4, segment 7"));
    }

    void pixelsOfNoSegmentAndPngsOfAnotherSize() {
        base::TempFolder folder;
        const fs::path set = makeSet(folder.path());
        segments(set / "annotations/panoptic_val2017/a.png", {{7, 8464911, 8464911}, {3, 0, 0}});
        QCOMPARE(codesOf(read(set).m_problems), std::string("unknown_segment"));
        segments(set / "annotations/panoptic_val2017/a.png", {{3, 3}, {3, 0}});
        const MemorySink sink = read(set);
        QCOMPARE(codesOf(sink.m_problems), std::string("wrong_size"));
        QCOMPARE(sink.m_problems[0].item, std::string("annotations/panoptic_val2017/a.png"));
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        fs::remove(set / "annotations/panoptic_val2017/a.png");
        QCOMPARE(codesOf(read(set).m_problems), std::string("not_found"));
    }

    void cutFilesAreErrorsOrProblems() {
        base::TempFolder folder;
        const std::string json = kJson;
        for (std::size_t size = 0; size < json.size(); size += 7) {
            std::ofstream(folder.path() / "x.json", std::ios::binary) << json.substr(0, size);
            MemorySink sink;
            (void)formatNamed("panoptic")->read(folder.path() / "x.json", {}, sink, {}, {});
        }
        const fs::path set = makeSet(folder.path(), replaced(kJson, "a.png", "../../../x.png"));
        QVERIFY(read(set).m_problems[0].item.find("panoptic_val2017/x.png") != std::string::npos);
    }

    void otherCocoIsLeftToCoco() {
        base::TempFolder folder;
        const fs::path set = makeSet(folder.path());
        put(set / "annotations/instances_val2017.json", R"({"images":[],"annotations":[],"categories":[]})");
        QCOMPARE(std::string((*detectFormat(set))->name()), std::string("coco"));
        QCOMPARE(formatNamed("panoptic")->looksLike(set / "annotations/instances_val2017.json"), 0.0);
        QVERIFY(formatNamed("panoptic")->looksLike(set / "annotations/panoptic_val2017.json") > 0.95);
        QCOMPARE(read(set).annotations(), std::size_t(2));
    }

    void shapesAreFilledAndLossesNamed() {
        base::TempFolder folder;
        picture(folder.path() / "a.png", 10, 10);
        MemorySink sink;
        sink.m_classes = {{"cat", "", {}}};
        ImageRecord image{"a.png", folder.path() / "a.png", 10, 10, "train", {}, {}};
        const auto add = [&](std::int64_t id, const annot::Shape& shape) {
            annot::Annotation a;
            a.id = AnnotationId(id), a.classId = ClassId(1), a.shape = shape;
            image.annotations.push_back(a);
        };
        add(1, annot::Box{{0, 0, 4, 4}});
        add(20000000, annot::Box{{2, 0, 4, 4}});
        add(2, annot::Dot{{1, 1}});
        add(3, annot::ImageLabel{});
        sink.m_images.push_back(image);
        const WriteReport report = write(folder.path() / "out", sink);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems) lost.push_back(problem.item);
        QCOMPARE(lost, (std::vector<std::string>{"box", "image", "point", "shape over another"}));
        const MemorySink back = read(folder.path() / "out");
        QVERIFY(back.m_problems.empty());
        const auto& all = back.m_images[0].annotations;
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(annot::area(all[0].shape), 8.0);
        QCOMPARE(*all[0].givenArea, 8.0);
        QVERIFY(!all[0].givenBox && annot::bounds(all[0].shape) == (annot::Rect{0, 0, 2, 4}));
        QCOMPARE(annot::area(all[1].shape), 16.0);
        QCOMPARE(all[1].id.value, 4);
        QVERIFY(back.m_classes[0].extra["isthing"] == 1);
    }
};

QTEST_APPLESS_MAIN(TestFormatPanoptic)
#include "tst_format_panoptic.moc"
