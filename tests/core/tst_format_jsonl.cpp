#include <QTest>
#include <map>

#include "core/base/files.h"
#include "core/formats/columns.h"
#include "core/image/decode.h"
#include "tests/support/every_shape.h"
#include "tests/support/format_memory.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::everyKind;
using lathe::test::everything;
using lathe::test::MemorySink;

namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    if (!base::writeFileAtomically(file, text)) qFatal("can't write");
}

MemorySink readFrom(const fs::path& source) {
    MemorySink sink;
    const auto read = formatNamed("jsonl")->read(source, {}, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeTo(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::None) {
    const auto report = formatNamed("jsonl")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

}  // namespace

class TestFormatJsonl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void losesNothing() {
        base::TempFolder folder;
        const MemorySink first = everything(folder.path());
        const WriteReport report = writeTo(folder.path() / "out", first, ImageMode::Copy);
        QCOMPARE(report.annotations, 11);
        QCOMPARE(report.problems.size(), std::size_t(1));  // b.png has no file
        QCOMPARE(std::string((*detectFormat(folder.path() / "out"))->name()), std::string("jsonl"));
        const MemorySink second = readFrom(folder.path() / "out");
        QVERIFY(second.m_problems.empty());
        QCOMPARE(second.m_images.size(), std::size_t(2));
        for (std::size_t k = 0; k < 2; ++k) {
            const auto &a = first.m_images[k], &b = second.m_images[k];
            QCOMPARE(b.name, a.name);
            QCOMPARE(b.split, a.split);
            QCOMPARE(b.width, a.width);
            QCOMPARE(b.height, a.height);
            QVERIFY(b.extra == a.extra);
            QCOMPARE(b.annotations.size(), a.annotations.size());
            for (std::size_t n = 0; n < a.annotations.size(); ++n)
                QVERIFY2(b.annotations[n] == a.annotations[n], annot::toJson(b.annotations[n], "").dump().c_str());
        }
        QVERIFY(fs::exists(second.m_images[0].path));
        QVERIFY(second.m_extra == first.m_extra);
        QCOMPARE(second.m_classes.size(), first.m_classes.size());
        for (std::size_t k = 0; k < first.m_classes.size(); ++k) {
            QCOMPARE(second.m_classes[k].name, first.m_classes[k].name);
            QCOMPARE(second.m_classes[k].parent, first.m_classes[k].parent);
            QCOMPARE(second.m_classes[k].colour, first.m_classes[k].colour);
            QVERIFY(second.m_classes[k].extra == first.m_classes[k].extra);
        }
    }

    void writesTheSameTwice() {
        base::TempFolder folder;
        writeTo(folder.path() / "one", everything(folder.path()));
        writeTo(folder.path() / "two", readFrom(folder.path() / "one"));
        for (const char* name : {"annotations.jsonl", "classes.json"})
            QCOMPARE(*base::readFile(folder.path() / "two" / name), *base::readFile(folder.path() / "one" / name));
    }

    void aPersonNamesTheKeys() {
        base::TempFolder folder;
        put(folder.path() / "x.jsonl",
            "{\"src\": {\"uri\": \"a.jpg\"}, \"what\": \"cat\", \"left\": 1, \"up\": 2, \"across\": 3, \"down\": 4, \"by\": "
            "\"me\"}\n"
            "{\"src\": {\"uri\": \"a.jpg\"}, \"what\": \"dog\", \"left\": 5, \"up\": 6, \"across\": 7, \"down\": 8}\n");
        QVERIFY(formatNamed("jsonl")->looksLike(folder.path()) == 0);
        const auto look = lookAtTable(folder.path());
        QVERIFY(look && look->format == "jsonl" && look->names.size() == 7);
        MemorySink sink;
        const ColumnMap columns{{"image", "src.uri"}, {"class", "what"}, {"x", "left"},
                                {"y", "up"},          {"w", "across"},   {"h", "down"}};
        const auto read = formatNamed("jsonl")->read(folder.path(), {{}, {}, columns}, sink, {}, {});
        QVERIFY2(read, read ? "" : read.error().text().c_str());
        QCOMPARE(sink.m_images.size(), std::size_t(1));
        QCOMPARE(sink.annotations(), std::size_t(2));
        QVERIFY(std::get<annot::Box>(sink.m_images[0].annotations[1].shape).rect == (annot::Rect{5, 6, 7, 8}));
        QVERIFY(sink.m_images[0].extra["jsonl"]["by"] == "me");
    }

    void classificationLines() {
        base::TempFolder folder;
        put(folder.path() / "x.jsonl",
            "\xEF\xBB\xBF{\"image\": \"a.jpg\", \"label\": \"cat\", \"by\": \"me\"}\r\n\n"
            "{\"image\": \"b.jpg\", \"label\": [\"dog\", \"cat\"]}\n{\"file_name\": \"c.jpg\", \"label\": 3}\n"
            "{\"image\": \"a.jpg\", \"label\": \"big\"}");
        const MemorySink sink = readFrom(folder.path() / "x.jsonl");
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QCOMPARE(sink.m_classes.size(), std::size_t(4));
        QCOMPARE(sink.named("a.jpg")->annotations.size(), std::size_t(2));  // two lines of one picture
        QCOMPARE(sink.named("a.jpg")->annotations[1].id.value, 2);
        QVERIFY(sink.named("a.jpg")->extra["jsonl"]["by"] == "me");
        QCOMPARE(sink.m_classes[2].name, std::string("3"));
    }

    void metadataOfHuggingFace() {
        base::TempFolder folder;
        test::putPicture(folder.path() / "train/0001.png");
        test::putPicture(folder.path() / "train/0002.png");
        put(folder.path() / "train/metadata.jsonl",
            R"({"file_name": "0001.png", "objects": {"bbox": [[302.0, 109.0, 73.0, 52.5], [1, 2, 0, 4]], "categories": ["cat", 0]}})");
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        const auto* image = sink.named("train/0001.png");
        QVERIFY(image && fs::exists(image->path));
        QCOMPARE(image->split, std::string("train"));
        QCOMPARE(image->annotations.size(), std::size_t(1));
        QVERIFY(annot::bounds(image->annotations[0].shape) == (annot::Rect{302, 109, 73, 52.5}));
        QCOMPARE(sink.m_problems.size(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].code, std::string("zero_area"));
        QCOMPARE(sink.m_problems[0].item, std::string("train/metadata.jsonl, line 1, annotation 2"));
        QVERIFY(sink.named("train/0002.png")->annotations.empty());
    }

    void badLinesAreNamed() {
        base::TempFolder folder;
        const std::string deep = "{\"image\": \"d.jpg\", \"x\": " + std::string(5000, '[') + std::string(5000, ']') + "}";
        put(folder.path() / "x.jsonl",
            "{\"image\": \"b.jpg\"}\n{\"image\": \"a.jpg\", \"annotations\": [\n" + deep + "\n[1]\n{\"label\": \"cat\"}\n");
        put(folder.path() / "y.jsonl",
            R"({"image": "a.jpg", "annotations": [{"class": "cat", "kind": "box", "box": [0, 0, 0, 1]}, {"class": "cat", "kind": "blob"}, {"kind": "box", "box": [0, 0, 1, 1]}, {"class": "cat", "mask": {"size": [1048576, 1048576], "counts": "0"}}, {"class": "cat", "kind": "box", "box": [0, "1", 1, 1]}, {"class": "cat", "kind": "polygon", "points": [[1, 2], [3, 4]]}, {"class": "cat", "mask": {"size": [2, 2], "counts": [1, 2]}}, {"class": "cat", "kind": "box", "box": [1e300, 0, 1, 1]}, {"class": "cat", "kind": "keypoints", "points": [[1, 2, 3]]}, 7, {"class": "cat", "kind": "point", "points": [[1, 2]]}]})");
        const MemorySink lines = readFrom(folder.path() / "x.jsonl");
        std::map<std::string, int> of;
        for (const auto& problem : lines.m_problems) ++of[problem.code];
        QVERIFY(of["invalid_data"] >= 2 && of["missing_field"] == 2);
        const MemorySink sink = readFrom(folder.path() / "y.jsonl");
        QCOMPARE(sink.annotations(), std::size_t(1));
        std::map<std::string, int> codes;
        for (const auto& problem : sink.m_problems) {
            ++codes[problem.code];
            QVERIFY2(problem.item.starts_with("y.jsonl, line 1, annotation "), problem.item.c_str());
        }
        QCOMPARE(codes["zero_area"], 1);
        QCOMPARE(codes["unknown_kind"], 1);
        QCOMPARE(codes["missing_field"], 1);
        QCOMPARE(codes["bad_mask"], 2);
        QCOMPARE(codes["bad_polygon"], 1);
        QCOMPARE(codes["bad_keypoints"], 1);
        QCOMPARE(codes["invalid_data"], 3);
    }

    void namesStayInside() {
        base::TempFolder folder;
        put(folder.path() / "set/x.jsonl", R"({"image": "../../../etc/passwd", "label": "cat"})");
        test::putPicture(folder.path() / "a.png");
        MemorySink sink = readFrom(folder.path() / "set");
        QVERIFY(sink.m_images[0].path.string().starts_with((folder.path() / "set").string()));
        sink.m_images[0].name = "../../evil.png", sink.m_images[0].path = folder.path() / "a.png";
        writeTo(folder.path() / "deep/out", sink, ImageMode::Copy);
        QVERIFY(fs::exists(folder.path() / "deep/out/images/evil.png"));
    }

    void looksOnlyLikeItself() {
        base::TempFolder folder;
        put(folder.path() / "x.jsonl", R"({"image": "a.jpg", "annotations": []})");
        put(folder.path() / "log/y.jsonl", R"({"time": 3, "event": "start"})");
        put(folder.path() / "bad/z.jsonl", "[1,2");
        const Format& jsonl = *formatNamed("jsonl");
        QVERIFY(jsonl.looksLike(folder.path() / "x.jsonl") >= 0.9);
        QVERIFY(jsonl.looksLike(folder.path() / "log/y.jsonl") == 0);
        QVERIFY(jsonl.looksLike(folder.path() / "log") == 0);
        QVERIFY(jsonl.looksLike(folder.path() / "bad") == 0);
        QVERIFY(jsonl.looksLike(fs::path(LATHE_SOURCE_DIR) / "tests/data/formats/mixed.json") == 0);
    }

    void stopsWhenAsked() {
        base::TempFolder folder;
        put(folder.path() / "x.jsonl", R"({"image": "a.jpg", "label": "x"})");
        std::stop_source stop;
        stop.request_stop();
        MemorySink sink;
        const auto read = formatNamed("jsonl")->read(folder.path(), {}, sink, stop.get_token(), {});
        QVERIFY(!read && read.error().code == ErrorCode::Cancelled);
        const auto missing = formatNamed("jsonl")->read(folder.path() / "none", {}, sink, {}, {});
        QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
    }
};

QTEST_APPLESS_MAIN(TestFormatJsonl)
#include "tst_format_jsonl.moc"
