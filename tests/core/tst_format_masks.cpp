#include <QTest>
#include <opencv2/imgcodecs.hpp>

#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/formats/mask_pixels.h"
#include "core/formats/masks.h"
#include "core/image/decode.h"
#include "core/image/indexed.h"
#include "tests/support/format_memory.h"

using namespace lathe;
using namespace lathe::formats;
using lathe::test::MemorySink;

namespace {

namespace fs = std::filesystem;
using Rows = std::vector<std::vector<int>>;
using Counts = std::vector<std::uint32_t>;

const std::vector<std::uint32_t> kPalette{0x000000, 0x800000, 0x008000, 0x808000};

void put(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    if (!base::writeFileAtomically(file, text)) qFatal("can't write");
}

template <class T>
cv::Mat matOf(const Rows& rows, int type) {
    cv::Mat mat(int(rows.size()), int(rows.front().size()), type);
    for (int y = 0; y < mat.rows; ++y)
        for (int x = 0; x < mat.cols; ++x) mat.at<T>(y, x) = T(rows[std::size_t(y)][std::size_t(x)]);
    return mat;
}

std::string greyPng(const Rows& rows) {
    return image::encodePng(matOf<std::uint8_t>(rows, CV_8UC1)).value();
}
std::string widePng(const Rows& rows) {
    return image::encodePng(matOf<std::uint16_t>(rows, CV_16UC1)).value();
}
std::string palettePng(const Rows& rows, const std::vector<std::uint32_t>& palette = kPalette) {
    return image::encodeIndexedPng(matOf<std::uint8_t>(rows, CV_8UC1), palette).value();
}
// Values are 0xRRGGBB.
std::string colourPng(const Rows& rows) {
    cv::Mat mat(int(rows.size()), int(rows.front().size()), CV_8UC3);
    for (int y = 0; y < mat.rows; ++y)
        for (int x = 0; x < mat.cols; ++x) {
            const int c = rows[std::size_t(y)][std::size_t(x)];
            mat.at<cv::Vec3b>(y, x) = {std::uint8_t(c), std::uint8_t(c >> 8), std::uint8_t(c >> 16)};
        }
    return image::encodePng(mat).value();
}

void picture(const fs::path& file, int width = 3, int height = 2) {
    fs::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("can't write");
}

MemorySink readAs(const char* format, const fs::path& source, const ReadOptions& options = {}) {
    MemorySink sink;
    const auto read = formatNamed(format)->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeAs(const char* format, const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::Copy) {
    const auto report = formatNamed(format)->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

std::string detected(const fs::path& source) {
    const auto format = detectFormat(source);
    return format ? std::string((*format)->name()) : std::string();
}

std::string className(const MemorySink& sink, const annot::Annotation& a) {
    return sink.m_classes[std::size_t(a.classId.value - 1)].name;
}

// "cat:2,1,1,2 dog:1,1,4"
std::string labelsOf(const MemorySink& sink, const std::string& image) {
    const ImageRecord* record = sink.named(image);
    if (!record) return "no such image";
    std::string out;
    for (const auto& a : record->annotations) {
        out += (out.empty() ? "" : " ") + className(sink, a) + ":";
        for (const auto& count : std::get<annot::Mask>(a.shape).counts)
            out += (out.back() == ':' ? "" : ",") + std::to_string(count);
    }
    return out;
}

std::string codesOf(const Problems& problems) {
    std::string out;
    for (const auto& problem : problems) out += (out.empty() ? "" : " ") + problem.code;
    return out;
}

const Problem* problemWith(const Problems& problems, std::string_view code) {
    const auto found = std::ranges::find(problems, code, &Problem::code);
    return found == problems.end() ? nullptr : &*found;
}

bool hasItem(const Problems& problems, std::string_view item) {
    return std::ranges::any_of(problems, [&](const Problem& p) { return p.item == item; });
}

annot::Annotation annotation(std::int64_t id, std::int64_t classId, annot::Shape shape) {
    annot::Annotation a;
    a.id = AnnotationId(id), a.classId = ClassId(classId), a.shape = std::move(shape);
    return a;
}

annot::Mask maskOf(const Rows& rows) {
    const cv::Mat mat = matOf<std::uint8_t>(rows, CV_8UC1);
    return annot::maskFromRaster({mat.data, mat.total()}, std::uint32_t(mat.rows), std::uint32_t(mat.cols));
}

}  // namespace

class TestFormatMasks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesComeAsTheyAreStored() {
        const auto palette = image::decodeIndexedBytes(palettePng({{0, 3, 1}, {2, 2, 0}}), "p");
        QCOMPARE(palette->palette, kPalette);
        QCOMPARE(int(palette->values.at<std::uint8_t>(0, 1)), 3);
        const auto wide = image::decodeIndexedBytes(widePng({{0, 70}, {40000, 1}}), "w");
        QCOMPARE(int(wide->values.at<std::uint16_t>(1, 0)), 40000);
        std::vector<std::uint8_t> bits;
        cv::imencode(".png", matOf<std::uint8_t>({{0, 255, 0, 0, 0, 0, 0, 0, 255}}, CV_8UC1), bits, {cv::IMWRITE_PNG_BILEVEL, 1});
        const auto bilevel = image::decodeIndexedBytes({reinterpret_cast<const char*>(bits.data()), bits.size()}, "b");
        QCOMPARE(int(bilevel->values.at<std::uint8_t>(0, 1)) + int(bilevel->values.at<std::uint8_t>(0, 8)), 2);
        QVERIFY(!image::encodeIndexedPng(cv::Mat(2, 2, CV_16UC1), kPalette).has_value());
        const std::string whole = palettePng({{0, 3, 1}, {2, 2, 0}});
        for (std::size_t size = 0; size + 28 < whole.size(); ++size)  // all rows are there before the ends of chunks
            QVERIFY(!image::decodeIndexedBytes(std::string_view(whole).substr(0, size), "cut").has_value());
    }

    void masksOfAPictureAreThoseOfRasters() {
        cv::Mat values(37, 71, CV_8UC1);
        std::uint32_t seed = 7;
        for (int y = 0; y < values.rows; ++y)
            for (int x = 0; x < values.cols; ++x)
                values.at<std::uint8_t>(y, x) = std::uint8_t((seed = seed * 1664525 + 1013904223) >> 30);
        for (const auto& [value, mask] : masksByValue(values, [](std::uint32_t v) { return v; })) {
            std::vector<std::uint8_t> raster;
            for (int y = 0; y < values.rows; ++y)
                for (int x = 0; x < values.cols; ++x) raster.push_back(values.at<std::uint8_t>(y, x) == value);
            QVERIFY(mask == annot::maskFromRaster(raster, 37, 71));
        }
        QCOMPARE(masksByValue(cv::Mat(2, 2, CV_8UC1, cv::Scalar(9)), [](std::uint32_t v) { return v; })[0].mask.counts,
                 (Counts{0, 4}));
    }

    void eachClassIsOneMask() {
        base::TempFolder folder;
        const fs::path set = folder.path() / "set";
        put(set / "labelmap.txt",
            "# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:128,0,0:head,tail:sleeping\ndog:0,128,0::\n");
        picture(set / "images/train/a.jpg");
        picture(set / "images/val/b.png");
        picture(set / "images/val/none.png");
        put(set / "masks/train/a.png", palettePng({{0, 1, 1}, {2, 0, 1}}));
        put(set / "masks/val/b.png", colourPng({{0, 0x800000, 0xe0e0c0}, {0x008000, 0, 0}}));
        QCOMPARE(detected(set), std::string("masks"));
        const MemorySink sink = readAs("masks", set);
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.m_classes.size(), std::size_t(2));
        QCOMPARE(sink.m_classes[0].colour, std::string("#800000"));
        QCOMPARE(sink.m_classes[0].extra["masks"]["parts"].get<std::string>(), std::string("head,tail"));
        QCOMPARE(labelsOf(sink, "train/a.jpg"), std::string("cat:2,1,1,2 dog:1,1,4"));
        QCOMPARE(labelsOf(sink, "val/b.png"), std::string("cat:2,1,3 dog:1,1,4"));
        QVERIFY(sink.named("val/none.png")->annotations.empty());
        QCOMPARE(sink.named("val/b.png")->split, std::string("val"));
        QCOMPARE(sink.named("train/a.jpg")->width, 3);
    }

    void splitFoldersOnTopAndListsOfSplits() {
        base::TempFolder folder;
        const fs::path top = folder.path() / "top", lists = folder.path() / "lists";
        for (const char* split : {"train", "valid"}) {
            picture(top / split / "images/a.png");
            put(top / split / "labels/a.png", greyPng({{0, 1, 1}, {0, 0, 0}}));
        }
        QCOMPARE(detected(top), std::string("masks"));
        const MemorySink sink = readAs("masks", top);
        QCOMPARE(sink.named("valid/a.png")->split, std::string("val"));
        QCOMPARE(labelsOf(sink, "train/a.png"), std::string("class_1:2,1,1,1,1"));
        for (const char* name : {"a", "b", "c"}) {
            picture(lists / "images" / (std::string(name) + ".png"));
            put(lists / "labels" / (std::string(name) + ".png"), greyPng({{0, 1, 1}, {0, 0, 0}}));
        }
        put(lists / "train.txt", "a\n");
        put(lists / "test.txt", "images/b.png\r\n");
        const MemorySink listed = readAs("masks", lists);
        QCOMPARE(listed.named("a.png")->split + listed.named("b.png")->split + listed.named("c.png")->split,
                 std::string("traintest"));
    }

    void namesInAllTheirForms() {
        using masks::parseNames;
        const auto is = [](const std::string& text, bool json, std::size_t at, std::uint32_t index, const char* name,
                           std::int64_t colour) {
            const auto names = parseNames(text, json);
            return names.size() > at && names[at].index == index && names[at].text == name &&
                   std::int64_t(names[at].colour ? *names[at].colour : -1u) == (colour < 0 ? std::int64_t(-1u) : colour);
        };
        QVERIFY(is("background:0,0,0::\nbig: dog:1,2,3:a:b\n", false, 1, 1, "big: dog", 0x010203));
        QVERIFY(is("a:::\nb:1,2,3::\n", false, 0, 0, "a", -1));
        QVERIFY(is("0 0 0 Void\n64 128 64\tOld Animal\r\n", false, 1, 1, "Old Animal", 0x408040));
        QVERIFY(is("name,r,g,b\nVoid,0,0,0\nCar,64,0,128\n", false, 1, 1, "Car", 0x400080));
        QVERIFY(is("Pixel Value, Class\n0, background\n2, road\n", false, 1, 2, "road", -1));
        QVERIFY(is("Sky\nBuilding\n", false, 1, 1, "Building", -1));
        QVERIFY(is("__ignore__\n_background_\ncat\n", false, 1, 1, "cat", -1));
        QVERIFY(is(R"({"label_map":{"0":"Void","5":"Road"},"segmentation_colors":[[0,0,0],[128,64,128]]})", true, 1, 5, "Road",
                   0x804080));
        QVERIFY(parseNames(R"({"label_map":{"0":"Thing"},"background_label":"0"})", true)[0].nothing);
        QVERIFY(parseNames("_background_\nUnlabelled\ncat", false)[1].nothing && !parseNames("cat", false)[0].nothing);
        QVERIFY(parseNames("", false).empty() && parseNames("[", true).empty());
        QVERIFY(vocColour(2) == 0x008000 && vocColour(20) == 0x004080);
    }

    void zeroIsAClassWhereNamesSaySo() {
        base::TempFolder folder;
        const fs::path set = folder.path() / "camvid";
        picture(set / "train/a.jpg");
        put(set / "trainannot/a.png", greyPng({{0, 1, 2}, {0, 0, 2}}));
        put(set / "classes.txt", "Sky\nRoad\nUnlabelled\n");
        QCOMPARE(detected(set), std::string("masks"));
        const MemorySink sink = readAs("masks", set);
        QVERIFY(sink.m_problems.empty());
        QCOMPARE(sink.m_classes.size(), std::size_t(2));
        QCOMPARE(labelsOf(sink, "train/a.jpg"), std::string("Sky:0,2,1,1,2 Road:2,1,3"));
        QCOMPARE(sink.m_images[0].split, std::string("train"));
    }

    void camvidColoursAreKnown() {
        base::TempFolder folder;
        picture(folder.path() / "val/a.png");
        put(folder.path() / "valannot/a.png", colourPng({{0x0080c0, 0x804080, 0}, {0, 0, 0}}));
        const MemorySink sink = readAs("masks", folder.path());
        QCOMPARE(labelsOf(sink, "val/a.png"), std::string("Bicyclist:0,1,5 Road:2,1,3"));
        QCOMPARE(sink.m_classes.size(), std::size_t(31));
    }

    void namesThatLeaveOutTheBackground() {
        base::TempFolder folder;
        picture(folder.path() / "images/a.png");
        put(folder.path() / "masks/a.png", greyPng({{0, 1, 2}, {0, 0, 0}}));
        put(folder.path() / "classes.txt", "cat\ndog\n");
        const MemorySink sink = readAs("masks", folder.path());
        QCOMPARE(labelsOf(sink, "a.png"), std::string("cat:2,1,3 dog:4,1,1"));
        QCOMPARE(codesOf(sink.m_problems), std::string("shifted_names"));
    }

    void valuesWithoutANameAreStatedOnce() {
        base::TempFolder folder;
        for (const char* name : {"a", "b"}) {
            picture(folder.path() / "images" / (std::string(name) + ".png"));
            put(folder.path() / "masks" / (std::string(name) + ".png"), palettePng({{0, 1, 7}, {255, 0, 3}}));
        }
        put(folder.path() / "class_names.txt", "_background_\ncat\n");
        const MemorySink sink = readAs("masks", folder.path());
        QCOMPARE(codesOf(sink.m_problems), std::string("unnamed_class"));
        QVERIFY(sink.m_problems[0].message.find("class_3, class_7") != std::string::npos);
        QCOMPARE(labelsOf(sink, "b.png"), std::string("cat:2,1,3 class_3:5,1 class_7:4,1,1"));
        QCOMPARE(sink.m_classes[1].colour, std::string("#808000"));  // of the palette
    }

    void coloursWithoutANameAndGreyAsColours() {
        base::TempFolder folder;
        picture(folder.path() / "x/images/a.png");
        put(folder.path() / "x/masks/a.png", colourPng({{0, 0x102030, 0xe0e0c0}, {0, 0, 0}}));
        QCOMPARE(labelsOf(readAs("masks", folder.path() / "x"), "a.png"), std::string("colour_102030:2,1,3"));
        picture(folder.path() / "y/images/a.png");
        put(folder.path() / "y/masks/a.png", colourPng({{0, 0x020202, 0xffffff}, {0, 0, 0}}));
        QCOMPARE(labelsOf(readAs("masks", folder.path() / "y"), "a.png"), std::string("class_2:2,1,3"));
    }

    void blackAndWhiteMasks() {
        base::TempFolder folder;
        picture(folder.path() / "images/a.png");
        put(folder.path() / "masks/a.png", greyPng({{0, 255, 0}, {0, 0, 0}}));
        const MemorySink sink = readAs("masks", folder.path());
        QCOMPARE(labelsOf(sink, "a.png"), std::string("foreground:2,1,3"));
        QCOMPARE(codesOf(sink.m_problems), std::string("binary_masks"));
        put(folder.path() / "classes.txt", "road\n");
        QCOMPARE(labelsOf(readAs("masks", folder.path()), "a.png"), std::string("road:2,1,3"));
    }

    void badMasksAreNamedAndTheirImagesDelivered() {
        base::TempFolder folder;
        const fs::path& set = folder.path();
        for (const char* name : {"a", "b", "c", "d"}) picture(set / "images" / (std::string(name) + ".png"));
        put(set / "masks/a.png", greyPng({{0, 1}, {0, 0}}));  // another size
        picture(set / "masks/b.jpg");
        put(set / "masks/c.png", greyPng({{0, 1, 1}, {0, 0, 0}}).substr(0, 50));
        put(set / "masks/d.png", greyPng({{0, 1, 1}, {0, 0, 0}}));
        put(set / "masks/d_mask.png", greyPng({{0, 1, 1}, {0, 0, 0}}));
        put(set / "masks/gone.png", greyPng({{0, 1, 1}, {0, 0, 0}}));
        const MemorySink sink = readAs("masks", set);
        QCOMPARE(sink.m_images.size(), std::size_t(5));
        QCOMPARE(sink.annotations(), std::size_t(2));
        QVERIFY(hasItem(sink.m_problems, "masks/a.png") && hasItem(sink.m_problems, "masks/c.png"));
        QVERIFY(problemWith(sink.m_problems, "wrong_size")->message.find("2 x 2, but a.png is 3 x 2") != std::string::npos);
        QVERIFY(problemWith(sink.m_problems, "unsupported")->message.find("jpeg") != std::string::npos);
        QCOMPARE(problemWith(sink.m_problems, "duplicate")->item, std::string("masks/d_mask.png"));
        QVERIFY(!fs::exists(sink.named("gone.jpg")->path));
        QCOMPARE(sink.named("gone.jpg")->width, 3);
        QCOMPARE(sink.named("c.png")->width, 3);
        QVERIFY(sink.named("c.png")->annotations.empty());
    }

    void vocObjectsTakeTheirClassFromTheClassMask() {
        base::TempFolder folder;
        const fs::path& set = folder.path();
        put(set / "labelmap.txt", "background:0,0,0::\ncat:128,0,0::\ndog:0,128,0::\n");
        put(set / "ImageSets/Segmentation/train.txt", "a\n");
        picture(set / "JPEGImages/a.jpg", 4, 2);
        picture(set / "JPEGImages/b.jpg");
        std::vector<std::uint32_t> palette(256);
        for (unsigned k = 0; k < 256; ++k) palette[k] = vocColour(k);
        put(set / "SegmentationClass/a.png", palettePng({{1, 1, 2, 2}, {1, 255, 2, 0}}, palette));
        put(set / "SegmentationObject/a.png", palettePng({{1, 2, 0, 3}, {1, 255, 0, 4}}, palette));
        QCOMPARE(detected(set), std::string("masks"));
        const MemorySink sink = readAs("masks", set);
        QCOMPARE(labelsOf(sink, "a.jpg"), std::string("cat:0,2,6 cat:2,1,5 dog:6,1,1 dog:4,2,2"));
        QCOMPARE(sink.named("a.jpg")->split, std::string("train"));
        QCOMPARE(codesOf(sink.m_problems), std::string("unknown_class"));
        QCOMPARE(sink.m_problems[0].item, std::string("SegmentationObject/a.png, object 4"));
        QVERIFY(sink.named("b.jpg")->annotations.empty());
    }

    void theDevkitHasNoNamesOfItsOwn() {
        base::TempFolder folder;
        picture(folder.path() / "JPEGImages/2007_000001.jpg");
        put(folder.path() / "SegmentationClass/2007_000001.png", colourPng({{0x008000, 0, 0xe0e0c0}, {0, 0, 0}}));
        QCOMPARE(labelsOf(readAs("masks", folder.path()), "2007_000001.jpg"), std::string("bicycle:0,1,5"));
        put(folder.path() / "Annotations/2007_000001.xml", "<annotation><filename>2007_000001.jpg</filename></annotation>");
        QCOMPARE(detected(folder.path()), std::string("voc"));
    }

    void wideValuesNumberObjects() {
        base::TempFolder folder;
        picture(folder.path() / "images/a.png");
        put(folder.path() / "labels/a.png", widePng({{0, 300, 2}, {1, 0, 2}}));
        const MemorySink sink = readAs("masks", folder.path());
        QCOMPARE(labelsOf(sink, "a.png"), std::string("object:1,1,4 object:4,2 object:2,1,3"));
        QCOMPARE(codesOf(sink.m_problems), std::string("unnamed_class"));
        put(folder.path() / "classes.txt", "background\nnucleus\n");
        QCOMPARE(labelsOf(readAs("masks", folder.path()), "a.png"), std::string("nucleus:1,1,4 nucleus:4,2 nucleus:2,1,3"));
        put(folder.path() / "labels/a.png", widePng({{0, 1, 2}, {1, 0, 2}}));
        put(folder.path() / "classes.txt", "background\ncat\ndog\n");
        QCOMPARE(labelsOf(readAs("masks", folder.path()), "a.png"), std::string("cat:1,2,3 dog:4,2"));
    }

    void aFileAnObject() {
        base::TempFolder folder;
        const fs::path set = folder.path() / "stage1_train";
        for (const char* id : {"one", "two"}) picture(set / id / "images" / (std::string(id) + ".png"));
        put(set / "one/masks/x.png", greyPng({{0, 255, 0}, {0, 0, 0}}));
        put(set / "one/masks/y.png", greyPng({{0, 0, 0}, {0, 0, 255}}));
        put(set / "one/masks/z.png", greyPng({{0, 0, 0}, {0, 0, 0}}));
        put(set / "two/masks/x.png", greyPng({{255, 0}, {0, 0}}));
        QCOMPARE(detected(set), std::string("masks"));
        const MemorySink sink = readAs("masks", set);
        QCOMPARE(labelsOf(sink, "one.png"), std::string("object:2,1,3 object:5,1"));
        QVERIFY(hasItem(sink.m_problems, "one/masks/z.png, object 1") && hasItem(sink.m_problems, "two/masks/x.png, object 1"));
        QVERIFY(sink.named("two.png")->annotations.empty());
        QCOMPARE(detected(folder.path()), std::string("masks"));
    }

    void masksBesideTheirImages() {
        base::TempFolder folder;
        picture(folder.path() / "train/a.jpg");
        put(folder.path() / "train/a_mask.png", greyPng({{0, 1, 0}, {0, 0, 0}}));
        put(folder.path() / "train/_classes.csv", "Pixel Value, Class\n0, background\n1, road\n");
        QCOMPARE(detected(folder.path()), std::string("masks"));
        QCOMPARE(labelsOf(readAs("masks", folder.path()), "train/a.jpg"), std::string("road:2,1,3"));
    }

    void otherPrefixesAndImagesElsewhere() {
        base::TempFolder folder;
        picture(folder.path() / "seg/images/image_01.png");
        put(folder.path() / "seg/masks/gt_01.png", greyPng({{0, 1, 0}, {0, 0, 0}}));
        QCOMPARE(labelsOf(readAs("masks", folder.path()), "image_01.png"), std::string("class_1:2,1,3"));
        put(folder.path() / "alone/a.png", greyPng({{0, 1, 0}, {0, 0, 0}}));
        picture(folder.path() / "far/a.jpg");
        ReadOptions options;
        options.images = folder.path() / "far";
        QCOMPARE(labelsOf(readAs("masks", folder.path() / "alone", options), "a.jpg"), std::string("class_1:2,1,3"));
    }

    void othersAreLeftAlone() {
        base::TempFolder folder;
        picture(folder.path() / "classes/mask/1.png");
        picture(folder.path() / "classes/no_mask/1.png");
        QCOMPARE(detected(folder.path() / "classes"), std::string("folders"));
        picture(folder.path() / "yolo/images/a.png");
        put(folder.path() / "yolo/labels/a.txt", "0 0.5 0.5 0.1 0.1\n");
        picture(folder.path() / "pictures/images/a.png");
        picture(folder.path() / "mots/images/1.png");
        put(folder.path() / "mots/instances/1.png", widePng({{0, 1, 2}, {1, 0, 2}}));
        put(folder.path() / "mots/instances/labels.txt", "car\n");
        for (const char* name : {"yolo", "pictures", "mots"}) QCOMPARE(formatNamed("masks")->looksLike(folder.path() / name), 0.0);
        MemorySink sink;
        QVERIFY(!formatNamed("masks")->read(folder.path() / "pictures", {}, sink, {}, {}).has_value());
    }

    void writingGivesBackWhatWasRead() {
        base::TempFolder folder;
        const fs::path set = folder.path() / "set";
        put(set / "labelmap.txt", "background:0,0,0::\ncat:1,2,3:head:\nbig: dog:9,8,7::\n");
        picture(set / "images/train/a.jpg");
        picture(set / "images/train/a.png");
        put(set / "masks/train/a.jpg.png", colourPng({{0, 0x010203, 0x010203}, {0x090807, 0, 0}}));
        put(set / "masks/train/a.png.png", colourPng({{0, 0, 0}, {0x090807, 0, 0}}));
        const MemorySink first = readAs("masks", set);
        QCOMPARE(labelsOf(first, "train/a.png"), std::string("big: dog:1,1,4"));
        const WriteReport report = writeAs("masks", folder.path() / "out", first);
        QVERIFY2(report.problems.empty(), codesOf(report.problems).c_str());
        QCOMPARE(report.annotations, 3);
        QCOMPARE(base::readFile(folder.path() / "out/labelmap.txt").value(),
                 std::string("# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:1,2,3:head:\nbig: dog:9,8,7::\n"));
        const auto written = image::decodeIndexed(folder.path() / "out/masks/train/a.png");
        QCOMPARE(written->palette, (std::vector<std::uint32_t>{0, 0x010203, 0x090807}));
        const MemorySink second = readAs("masks", folder.path() / "out");
        QVERIFY(second.m_problems.empty());
        QVERIFY(second.m_classes[0].extra == first.m_classes[0].extra);
        for (const char* name : {"train/a.jpg", "train/a.png"}) QCOMPARE(labelsOf(second, name), labelsOf(first, name));
        // Again, byte for byte.
        writeAs("masks", folder.path() / "again", second);
        QCOMPARE(base::readFile(folder.path() / "again/masks/train/a.png").value(),
                 base::readFile(folder.path() / "out/masks/train/a.png").value());
    }

    void whatMasksCantHoldIsNamed() {
        base::TempFolder folder;
        const WriteReport report = writeAs("masks", folder.path() / "out", mixed(folder.path()));
        std::vector<std::string> lost;
        for (const auto& problem : report.problems) lost.push_back(problem.item);
        QCOMPARE(lost,
                 (std::vector<std::string>{"annotation with attributes", "annotation with flags, author or confidence", "box",
                                           "ellipse", "image", "keypoints", "point", "polygon", "polyline", "rotated_box",
                                           "shape of a class that was there", "shape over another", "shape without a pixel"}));
        QCOMPARE(report.annotations, 5);
        const MemorySink back = readAs("masks", folder.path() / "out");
        QCOMPARE(back.named("a.png")->annotations.size(), std::size_t(2));
        QCOMPARE(annot::area(back.named("a.png")->annotations[1].shape), 4.0);  // on top
    }

    void labelsAloneFindTheirImages() {
        base::TempFolder folder;
        picture(folder.path() / "pictures/a.jpg");
        MemorySink sink;
        sink.m_classes = {{"cat", "", {}}};
        sink.m_images.push_back({"a.jpg", folder.path() / "pictures/a.jpg", 3, 2, "train", {}, {}});
        sink.m_images[0].annotations.push_back(annotation(1, 1, maskOf({{0, 1, 1}, {1, 0, 0}})));
        writeAs("masks", folder.path() / "out", sink, ImageMode::None);
        QVERIFY(!fs::exists(folder.path() / "out/images"));
        QCOMPARE(detected(folder.path() / "out"), std::string("masks"));
        QVERIFY(!fs::exists(readAs("masks", folder.path() / "out").named("train/a.jpg")->path));
        ReadOptions options;
        options.images = folder.path() / "pictures";
        const MemorySink back = readAs("masks", folder.path() / "out", options);
        QCOMPARE(back.m_images.size(), std::size_t(1));
        QCOMPARE(labelsOf(back, "a.jpg"), std::string("cat:1,2,1,1,1"));
    }

    void classesBeyondAByteAreRefused() {
        base::TempFolder folder;
        MemorySink sink;
        for (int k = 1; k <= 256; ++k) sink.m_classes.push_back({"c" + std::to_string(k), "", {}});
        const auto refused = formatNamed("masks")->write(folder.path() / "out", sink.source(), {}, {}, {});
        QVERIFY(!refused && refused.error().code == ErrorCode::InvalidArgument && !fs::exists(folder.path() / "out"));
        sink.m_classes.pop_back();
        picture(folder.path() / "a.png");
        sink.m_images.push_back({"a.png", folder.path() / "a.png", 0, 0, "", {}, {}});
        sink.m_images[0].annotations.push_back(annotation(1, 255, annot::Box{{0, 0, 1, 1}}));
        writeAs("masks", folder.path() / "out", sink);
        QCOMPARE(labelsOf(readAs("masks", folder.path() / "out"), "a.png"), std::string("c255:0,1,5"));
    }

    void instanceMasksLoseNothing() {
        base::TempFolder folder;
        picture(folder.path() / "a.jpg");
        MemorySink sink;
        sink.m_classes = {{"cell", "tissue", {{"x", 1}}}, {"dot", "", {}}};
        sink.m_classes[0].colour = "#102030";
        ImageRecord image{"a.jpg", folder.path() / "a.jpg", 3, 2, "train", {}, {{"k", "v"}}};
        image.annotations.push_back(annotation(300, 1, maskOf({{0, 1, 1}, {0, 0, 0}})));
        image.annotations.push_back(annotation(7, 2, maskOf({{1, 0, 0}, {0, 0, 0}})));
        image.annotations.push_back(annotation(90000, 1, maskOf({{0, 0, 0}, {1, 1, 0}})));
        image.annotations[1].attributes = {{"colour", "red"}};
        image.annotations[1].flags = annot::Occluded | annot::Crowd;
        image.annotations[1].author = "ada", image.annotations[1].confidence = 0.1, image.annotations[1].group = 3;
        image.annotations[1].extra = {{"other", {1, 2}}};
        sink.m_images = {image, {"b.jpg", folder.path() / "a.jpg", 3, 2, "", {}, {}}};
        const WriteReport report = writeAs("instance_masks", folder.path() / "out", sink);
        QVERIFY2(report.problems.empty(), codesOf(report.problems).c_str());
        QCOMPARE(detected(folder.path() / "out"), std::string("instance_masks"));
        const MemorySink back = readAs("instance_masks", folder.path() / "out");
        QVERIFY(back.m_problems.empty());
        QVERIFY(back.m_classes[0].extra == sink.m_classes[0].extra && back.m_classes[0].colour == "#102030");
        const ImageRecord& again = *back.named("train/a.jpg");
        QVERIFY(again.extra == image.extra && again.split == "train" && again.width == 3);
        image.annotations[2].id = AnnotationId(1);  // above 16 bit
        QVERIFY(again.annotations == image.annotations);
        QVERIFY(back.named("b.jpg")->annotations.empty());
        writeAs("instance_masks", folder.path() / "twice", back);
        QCOMPARE(base::readFile(folder.path() / "twice/instances.json").value(),
                 base::readFile(folder.path() / "out/instances.json").value());
    }

    void instanceMasksNameWhatIsBad() {
        base::TempFolder folder;
        const fs::path& set = folder.path();
        for (const char* name : {"a", "b", "c"}) picture(set / "images" / (std::string(name) + ".png"));
        put(set / "instances/a.png", widePng({{1, 2, 9}, {0, 0, 4}}));
        put(set / "instances/b.png", widePng({{1, 2}, {0, 0}}));
        put(set / "instances.json", R"({"format":"instance_masks","classes":[{"name":"x"}],"images":[
            {"file":"a.png","mask":"a.png","instances":{"1":{"class":"x"},"2":{"class":"new"},"5":{"class":"x"},"4":{},"-1":{"class":"x"}}},
            {"file":"b.png","mask":"b.png","instances":{"1":{"class":"x"}}},
            {"file":"../../etc/a.png","mask":"../x.png","instances":{"1":{"class":"x"}}},
            {"mask":"a.png"}, 17]})");
        const MemorySink sink = readAs("instance_masks", set);
        QCOMPARE(sink.m_classes.size(), std::size_t(2));
        QCOMPARE(labelsOf(sink, "a.png"), std::string("x:0,1,5 new:2,1,3"));
        QCOMPARE(sink.m_images.size(), std::size_t(3));
        QCOMPARE(codesOf(sink.m_problems),
                 std::string("zero_area missing_field zero_area unknown_object wrong_size duplicate missing_field missing_field"));
        QVERIFY(hasItem(sink.m_problems, "instances/a.png, object 5") && hasItem(sink.m_problems, "instances/a.png, object 9"));
        QCOMPARE(sink.named("b.png")->width, 3);
    }

    void instanceMasksSayWhatIsHidden() {
        base::TempFolder folder;
        const WriteReport report = writeAs("instance_masks", folder.path() / "out", mixed(folder.path()));
        QCOMPARE(report.annotations, 4);
        for (const char* kind :
             {"shape over another", "shape that others hide", "shape without a pixel", "image", "point", "keypoints"})
            QVERIFY2(hasItem(report.problems, kind), kind);
        QVERIFY(!hasItem(report.problems, "annotation with attributes"));
        QCOMPARE(readAs("instance_masks", folder.path() / "out").annotations(), std::size_t(4));
    }

    void namesNeverLeaveTheFolder() {
        base::TempFolder folder;
        picture(folder.path() / "a.png");
        MemorySink sink;
        sink.m_images.push_back({"../../evil.png", folder.path() / "a.png", 3, 2, "../x", {}, {}});
        for (const char* format : {"masks", "instance_masks", "panoptic"}) writeAs(format, folder.path() / "deep" / format, sink);
        for (const auto& entry : fs::directory_iterator(folder.path()))
            QVERIFY(entry.path().filename() == "a.png" || entry.path().filename() == "deep");
        QCOMPARE(std::distance(fs::directory_iterator(folder.path() / "deep"), fs::directory_iterator()), 3);
    }

private:
    // Everything that can be drawn or not; 20 x 10.
    static MemorySink mixed(const fs::path& folder) {
        picture(folder / "a.png", 20, 10);
        MemorySink sink;
        sink.m_classes = {{"cat", "", {}}, {"dog", "", {}}};
        ImageRecord image{"a.png", folder / "a.png", 20, 10, "", {}, {}};
        const std::pair<int, annot::Shape> shapes[] = {{1, annot::Box{{0, 0, 4, 4}}},
                                                       {1, annot::Polygon{{{{10, 1}, {14, 1}, {14, 5}, {10, 5}}}}},
                                                       {1, annot::RotatedBox{{17, 5}, 2, 2, 0.5}},
                                                       {1, annot::Ellipse{{12, 8}, 1, 1, 0}},
                                                       {2, annot::Box{{11, 7, 2, 2}}},  // hides the ellipse
                                                       {2, annot::Box{{5.1, 5.1, 0.1, 0.1}}},
                                                       {1, annot::Dot{{1, 1}}},
                                                       {1, annot::Polyline{{{1, 1}, {2, 2}}}},
                                                       {1, annot::Keypoints{{{{1, 1}, 2}}, {}}},
                                                       {1, annot::ImageLabel{}}};
        for (const auto& [classId, shape] : shapes)
            image.annotations.push_back(annotation(std::int64_t(image.annotations.size()) + 1, classId, shape));
        image.annotations[0].attributes = {{"colour", "red"}};
        image.annotations[1].flags = annot::Truncated;
        sink.m_images.push_back(std::move(image));
        return sink;
    }
};

QTEST_APPLESS_MAIN(TestFormatMasks)
#include "tst_format_masks.moc"
