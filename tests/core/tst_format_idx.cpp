#include <zlib.h>
#include <QTest>

#include "core/base/files.h"
#include "core/image/decode.h"
#include "core/image/indexed.h"
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

void putPacked(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    gzFile out = gzopen(file.c_str(), "wb");
    if (!out || gzwrite(out, bytes.data(), unsigned(bytes.size())) <= 0) qFatal("can't write");
    gzclose(out);
}

std::string number(std::uint32_t value) {
    return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
}

// Pictures of 3 x 2 whose pixels count on.
std::string images(std::uint32_t claimed, std::uint32_t there) {
    std::string out = number(0x803) + number(claimed) + number(2) + number(3);
    for (std::uint32_t k = 0; k < 6 * there; ++k) out.push_back(char(k));
    return out;
}

std::string labels(const std::vector<int>& values) {
    std::string out = number(0x801) + number(std::uint32_t(values.size()));
    for (const int value : values) out.push_back(char(value));
    return out;
}

Result<> tryRead(const fs::path& source, MemorySink& sink) {
    return formatNamed("idx")->read(source, {}, sink, {}, {});
}

MemorySink read(const fs::path& source) {
    MemorySink sink;
    const auto result = tryRead(source, sink);
    if (!result) qFatal("%s", result.error().text().c_str());
    return sink;
}

std::string codesOf(const Problems& problems) {
    std::string out;
    for (const auto& problem : problems) out += (out.empty() ? "" : " ") + problem.code;
    return out;
}

std::string classOf(const MemorySink& sink, const std::string& name) {
    const ImageRecord* image = sink.named(name);
    if (!image) return "no such image";
    return image->annotations.empty() ? "" : sink.m_classes[std::size_t(image->annotations[0].classId.value - 1)].name;
}

}  // namespace

class TestFormatIdx : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picturesAndDigits() {
        base::TempFolder folder;
        put(folder.path() / "train-images-idx3-ubyte", images(2, 2));
        put(folder.path() / "train-labels-idx1-ubyte", labels({5, 0}));
        putPacked(folder.path() / "t10k-images.idx3-ubyte.gz", images(1, 1));
        putPacked(folder.path() / "t10k-labels.idx1-ubyte.gz", labels({9}));
        QCOMPARE(std::string((*detectFormat(folder.path()))->name()), std::string("idx"));
        const MemorySink sink = read(folder.path());
        QVERIFY2(sink.m_problems.empty(), codesOf(sink.m_problems).c_str());
        QCOMPARE(sink.m_classes.size(), std::size_t(10));
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QCOMPARE(classOf(sink, "train/00000.png") + classOf(sink, "train/00001.png") + classOf(sink, "test/00000.png"),
                 std::string("509"));
        const ImageRecord& second = *sink.named("train/00001.png");
        QCOMPARE(second.split, std::string("train"));
        const auto pixels = image::decodeBytes(*second.content, second.name, {.colour = image::Colour::Grey8});
        QVERIFY(pixels->size() == cv::Size(3, 2) && pixels->at<std::uint8_t>(0, 0) == 6 && pixels->at<std::uint8_t>(1, 2) == 11);
        QCOMPARE(read(folder.path() / "t10k-images.idx3-ubyte.gz").m_images.size(), std::size_t(1));
    }

    void namesBesideThem() {
        base::TempFolder folder;
        put(folder.path() / "train-images-idx3-ubyte", images(2, 2));
        put(folder.path() / "train-labels-idx1-ubyte", labels({1, 3}));
        put(folder.path() / "classes.txt", "T-shirt/top\r\nTrouser\n");
        const MemorySink sink = read(folder.path());
        QCOMPARE(classOf(sink, "train/00000.png"), std::string("Trouser"));
        QCOMPARE(classOf(sink, "train/00001.png"), std::string("3"));
        QCOMPARE(codesOf(sink.m_problems), std::string("unnamed_class"));
    }

    void cutFilesGiveTheirWholePictures() {
        base::TempFolder folder;
        std::string cut = images(1000, 3);
        cut.resize(cut.size() - 2);
        putPacked(folder.path() / "train-images-idx3-ubyte.gz", cut);
        put(folder.path() / "train-labels-idx1-ubyte", labels({1, 2, 3}).substr(0, 9));
        const MemorySink sink = read(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(codesOf(sink.m_problems), std::string("truncated truncated count_differs"));
        QVERIFY(sink.m_problems[1].message.find("2 of 1000") != std::string::npos);
        QCOMPARE(classOf(sink, "train/00000.png"), std::string("1"));
        QCOMPARE(classOf(sink, "train/00001.png"), std::string());
    }

    void absurdHeadersAreRefused() {
        base::TempFolder folder;
        const fs::path file = folder.path() / "train-images-idx3-ubyte";
        MemorySink sink;
        const std::vector<std::string> bad{number(0x803) + number(1) + number(0xffffffff) + number(0xffffffff),
                                           number(0x803) + number(1) + number(0) + number(28),
                                           number(0x803) + number(0xffffffff) + number(2) + number(3),
                                           number(0xd03) + number(1) + number(2) + number(3),
                                           number(0x803) + number(1),
                                           "PK",
                                           ""};
        for (const auto& bytes : bad) {
            put(file, bytes);
            const auto result = tryRead(folder.path(), sink);
            QVERIFY(!result && !result.error().message.empty());
        }
        QVERIFY(sink.m_images.empty());
        QVERIFY(!tryRead(folder.path() / "no", sink).has_value());
        QCOMPARE(formatNamed("idx")->looksLike(folder.path()), 0.0);
    }

    void picturesWithoutLabels() {
        base::TempFolder folder;
        put(folder.path() / "digits-images-idx3-ubyte", images(2, 2));
        const MemorySink sink = read(folder.path());
        QCOMPARE(codesOf(sink.m_problems), std::string("missing_labels"));
        QCOMPARE(sink.named("digits/00001.png")->split + classOf(sink, "digits/00001.png"), std::string());
    }

    void writingGivesBackWhatWasRead() {
        base::TempFolder folder;
        const fs::path set = folder.path() / "set";
        put(set / "train-images-idx3-ubyte", images(2, 2));
        put(set / "train-labels-idx1-ubyte", labels({1, 0}));
        put(set / "t10k-images-idx3-ubyte", images(1, 1));
        put(set / "t10k-labels-idx1-ubyte", labels({1}));
        put(set / "classes.txt", "cat\ndog\n");
        const MemorySink sink = read(set);
        const auto report = formatNamed("idx")->write(folder.path() / "out", sink.source(), {}, {}, {});
        QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
        QVERIFY2(report->problems.empty(), codesOf(report->problems).c_str());
        QCOMPARE(report->images, 3);
        for (const auto& entry : fs::directory_iterator(set))
            QCOMPARE(base::readFile(folder.path() / "out" / entry.path().filename()).value(), base::readFile(entry.path()).value());
    }

    void picturesInColourBecomeGrey() {
        base::TempFolder folder;
        QVERIFY(image::writeImage(folder.path() / "a.png", cv::Mat(2, 3, CV_8UC3, cv::Scalar(9, 9, 9))).has_value());
        const MemorySink sink = one(folder.path(), {annot::ImageLabel{}});
        const auto report = formatNamed("idx")->write(folder.path() / "out", sink.source(), {}, {}, {});
        QCOMPARE(report->problems.size(), std::size_t(2));
        QCOMPARE(report->problems[1].item, std::string("picture in colour or of more than 8 bit"));
        QCOMPARE(base::readFile(folder.path() / "out/all-images-idx3-ubyte").value().substr(16), std::string(6, '\x09'));
        QCOMPARE(classOf(read(folder.path() / "out"), "all/00000.png"), std::string("cat"));
    }

    void whatIdxCantHoldIsRefused() {
        base::TempFolder folder;
        QVERIFY(image::writeImage(folder.path() / "a.png", cv::Mat(2, 3, CV_8UC1, cv::Scalar(9))).has_value());
        QVERIFY(image::writeImage(folder.path() / "b.png", cv::Mat(3, 3, CV_8UC1, cv::Scalar(9))).has_value());
        MemorySink sizes = one(folder.path(), {annot::ImageLabel{}});
        sizes.m_images.push_back(sizes.m_images[0]);
        sizes.m_images[1].name = "b.png", sizes.m_images[1].path = folder.path() / "b.png";
        const MemorySink bad[] = {one(folder.path(), {}), one(folder.path(), {annot::Box{{0, 0, 1, 1}}}),
                                  one(folder.path(), {annot::ImageLabel{}, annot::ImageLabel{}}), sizes};
        for (const MemorySink& sink : bad) {
            const auto refused = formatNamed("idx")->write(folder.path() / "out", sink.source(), {}, {}, {});
            QVERIFY(!refused && refused.error().code == ErrorCode::InvalidArgument);
            QVERIFY(refused.error().context.ends_with(".png") && !fs::exists(folder.path() / "out"));
        }
        QVERIFY(!formatNamed("idx")->write(folder.path() / "out", sizes.source(), {ImageMode::None}, {}, {}).has_value());
    }

private:
    static MemorySink one(const fs::path& folder, const std::vector<annot::Shape>& shapes) {
        MemorySink sink;
        sink.m_classes = {{"cat", "", {}}};
        ImageRecord image{"a.png", folder / "a.png", 3, 2, "", {}, {}};
        for (const auto& shape : shapes) {
            annot::Annotation a;
            a.id = AnnotationId(std::int64_t(image.annotations.size()) + 1), a.classId = ClassId(1), a.shape = shape;
            image.annotations.push_back(a);
        }
        sink.m_images.push_back(image);
        return sink;
    }
};

QTEST_APPLESS_MAIN(TestFormatIdx)
#include "tst_format_idx.moc"
