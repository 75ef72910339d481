#include <QTest>
#include <map>

#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/formats/columns.h"
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
    const auto read = formatNamed("csv")->read(source, {}, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

MemorySink readText(std::string_view text, const char* name = "x.csv") {
    base::TempFolder folder;
    put(folder.path() / name, text);
    return readFrom(folder.path() / name);
}

WriteReport writeTo(const fs::path& folder, const MemorySink& sink) {
    const auto report = formatNamed("csv")->write(folder, sink.source(), {ImageMode::None}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

annot::Rect boxOf(const MemorySink& sink, const char* image, std::size_t k = 0) {
    const auto* record = sink.named(image);
    if (!record || record->annotations.size() <= k) qFatal("no such box");
    return std::get<annot::Box>(record->annotations[k].shape).rect;
}

std::map<std::string, int> codesOf(const MemorySink& sink) {
    std::map<std::string, int> codes;
    for (const auto& problem : sink.m_problems) ++codes[problem.code];
    return codes;
}

}  // namespace

class TestFormatCsv : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPersonNamesTheColumns() {
        base::TempFolder folder;
        put(folder.path() / "x.csv", "pic,kind of thing,a,b,c,d,score\nx/1.jpg,cat,1,2,3,5,0.5\nx/1.jpg,dog,10,10,20,30,1\n");
        QVERIFY(formatNamed("csv")->looksLike(folder.path()) == 0);
        const auto look = lookAtTable(folder.path());
        QVERIFY(look && look->format == "csv" && look->rows.size() == 2);
        QCOMPARE(look->names[1], std::string("kind of thing"));
        QCOMPARE(look->columns, (ColumnMap{{"confidence", "score"}}));
        const auto readWith = [&](const ColumnMap& columns) {
            MemorySink sink;
            const auto read = formatNamed("csv")->read(folder.path(), {{}, {}, columns}, sink, {}, {});
            if (!read) qWarning("%s", read.error().text().c_str());
            return sink;
        };
        const ColumnMap corners{{"image", "pic"}, {"class", "kind of thing"}, {"xmin", "a"}, {"ymin", "b"}, {"xmax", "c"},
                                {"ymax", "d"}};
        const MemorySink sink = readWith(corners);
        QCOMPARE(sink.annotations(), std::size_t(2));
        QVERIFY(boxOf(sink, "x/1.jpg") == (annot::Rect{1, 2, 2, 3}));
        QCOMPARE(*sink.m_images[0].annotations[0].confidence, 0.5);
        const MemorySink centred = readWith({{"image", "#1"}, {"class", ""}, {"cx", "#3"}, {"cy", "#4"}, {"w", "#5"}, {"h", "#6"}});
        QVERIFY(boxOf(centred, "x/1.jpg", 1) == (annot::Rect{0, -5, 20, 30}));
        QCOMPARE(centred.m_classes[0].name, std::string("object"));
        QVERIFY(centred.m_images[0].annotations[0].extra["csv"]["kind of thing"] == "cat");
        MemorySink none;
        const auto half = formatNamed("csv")->read(folder.path(), {{}, {}, {{"image", "pic"}, {"xmin", "a"}}}, none, {}, {});
        QVERIFY(!half && half.error().message.find("four columns") != std::string::npos);
        const auto absent = formatNamed("csv")->read(folder.path(), {{}, {}, {{"image", "nope"}}}, none, {}, {});
        QVERIFY(!absent && absent.error().code == ErrorCode::InvalidArgument);
        const std::string texts[] = {"image=pic", "colour=a"};
        const auto unknown = parseColumns(texts);
        QVERIFY(!unknown && unknown.error().text().find("colour") != std::string::npos);
    }

    void aTableWithoutAHeaderByNumbers() {
        base::TempFolder folder;
        put(folder.path() / "x.csv", "cat,1.jpg,4,5,6,7\ndog,2.jpg,4,5,6,7\n");
        MemorySink sink;
        const ColumnMap columns{{"class", "#1"}, {"image", "#2"}, {"x", "#3"}, {"y", "#4"}, {"w", "#5"}, {"h", "#6"}};
        QVERIFY(formatNamed("csv")->read(folder.path(), {{}, {}, columns}, sink, {}, {}).has_value());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QVERIFY(boxOf(sink, "1.jpg") == (annot::Rect{4, 5, 6, 7}));
    }

    void tensorFlow() {
        const MemorySink sink = readText(
            "filename,width,height,class,xmin,ymin,xmax,ymax\na.jpg,800,600,cat,10,20,30.5,60\nb.jpg,800,600,dog,1,2,3,4\na.jpg,"
            "800,600,dog,0,0,800,600\n");
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QVERIFY(boxOf(sink, "a.jpg") == (annot::Rect{10, 20, 20.5, 40}));
        QVERIFY(boxOf(sink, "a.jpg", 1) == (annot::Rect{0, 0, 800, 600}));
        QCOMPARE(sink.named("a.jpg")->width, 800);
        QCOMPARE(sink.m_classes[1].name, std::string("dog"));
        QVERIFY(sink.m_problems.empty());
    }

    void vottTakesSplitsFromFileNames() {
        base::TempFolder folder;
        put(folder.path() / "train-export.csv",
            "\"image\",\"xmin\",\"ymin\",\"xmax\",\"ymax\",\"label\"\n\"img3.jpg\",6.7,10.3,10,15,\"helmet\"\n"
            "\"img4.jpg\",1,2,2,4,\"helmet\"\n\"img3.jpg\",13.7,20.2,45.6,63.6,\"person\"\n");
        put(folder.path() / "test-export.csv",
            "\"image\",\"xmin\",\"ymin\",\"xmax\",\"ymax\",\"label\"\n\"img1.jpg\",10,5,20,7,\"helmet\"\n");
        putPicture(folder.path() / "img3.jpg");
        putPicture(folder.path() / "alone.jpg");
        QVERIFY(formatNamed("csv")->looksLike(folder.path()) > 0.9);
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(4));
        QCOMPARE(sink.named("img3.jpg")->split, std::string("train"));
        QCOMPARE(sink.named("img3.jpg")->annotations.size(), std::size_t(2));
        QCOMPARE(sink.named("img1.jpg")->split, std::string("test"));
        QVERIFY(sink.named("alone.jpg")->annotations.empty());
    }

    void retinanetHasNoHeader() {
        base::TempFolder folder;
        put(folder.path() / "annotations.csv", "data/a.jpg,837,346,981,456,cow\ndata/a.jpg,215,312,279,391,cat\ndata/b.jpg,,,,,\n");
        put(folder.path() / "classes.csv", "dog,0\ncat,1\ncow,2\n");
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_classes.size(), std::size_t(3));
        QCOMPARE(sink.m_classes[0].name, std::string("dog"));
        QVERIFY(boxOf(sink, "data/a.jpg", 1) == (annot::Rect{215, 312, 64, 79}));
        QVERIFY(sink.named("data/b.jpg")->annotations.empty());
        QVERIFY(sink.m_problems.empty());
    }

    void cornerAndSize() {
        const MemorySink sink =
            readText("Image_ID;x;y;w;h;image_width;image_height;label;Score;set\na.png;1,5;2;3;4;100;50;cat;0,75;valid\n");
        QVERIFY(boxOf(sink, "a.png") == (annot::Rect{1.5, 2, 3, 4}));
        QCOMPARE(sink.named("a.png")->width, 100);
        QCOMPARE(sink.named("a.png")->split, std::string("val"));
        QCOMPARE(*sink.named("a.png")->annotations[0].confidence, 0.75);
        const MemorySink wide = readText("image,class,x,y,width,height\na.png,cat,1,2,3,4\n");
        QVERIFY(boxOf(wide, "a.png") == (annot::Rect{1, 2, 3, 4}));
        const MemorySink middle = readText("image\tclass\tx_center\ty_center\twidth\theight\na.png\tcat\t10\t20\t4\t6\n", "x.tsv");
        QVERIFY(boxOf(middle, "a.png") == (annot::Rect{8, 17, 4, 6}));
        const MemorySink text =
            readText("image_id,width,height,bbox,source\na.png,1024,1024,\"[834.0, 222.0, 56.0, 36.0]\",usask\n");
        QVERIFY(boxOf(text, "a.png") == (annot::Rect{834, 222, 56, 36}));
        QCOMPARE(codesOf(text)["no_class_column"], 1);
        QVERIFY(text.m_images[0].annotations[0].extra["csv"]["source"] == "usask");
    }

    void quotesOfRfc4180() {
        const MemorySink sink =
            readText("\xEF\xBB\xBFimage,label,note\r\n\"a, b.jpg\",\"say \"\"cat\"\"\",\"two\r\nlines\"\r\nc.jpg,dog,\r\n");
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(sink.m_classes[0].name, std::string("say \"cat\""));
        QVERIFY(sink.named("a, b.jpg")->annotations[0].extra["csv"]["note"] == "two\r\nlines");
        QVERIFY(std::holds_alternative<annot::ImageLabel>(sink.named("c.jpg")->annotations[0].shape));
    }

    void fractionsAreSeenInTheWholeFile() {
        base::TempFolder folder;
        putPicture(folder.path() / "a.png", 200, 100);
        put(folder.path() / "x.csv",
            "image,class,xmin,ymin,xmax,ymax\na.png,cat,0,0,1,1\na.png,cat,0.25,0.5,0.5,0.75\ngone.png,cat,0,0,0.5,1\n");
        const MemorySink sink = readFrom(folder.path());
        QVERIFY(boxOf(sink, "a.png") == (annot::Rect{0, 0, 200, 100}));
        QVERIFY(boxOf(sink, "a.png", 1) == (annot::Rect{50, 50, 50, 25}));
        QVERIFY(sink.named("gone.png")->annotations.empty());
        QCOMPARE(codesOf(sink)["unknown_size"], 1);
        QCOMPARE(codesOf(sink)["ambiguous_numbers"], 0);
        const MemorySink pixels = readText("image,class,xmin,ymin,xmax,ymax\na.png,cat,0,0,1,1\na.png,cat,0.5,0,2,3\n");
        QVERIFY(boxOf(pixels, "a.png") == (annot::Rect{0, 0, 1, 1}));
        const MemorySink unclear = readText("image,class,xmin,ymin,xmax,ymax,img_w,img_h\na.png,cat,0,0,1,1,40,30\n");
        QVERIFY(boxOf(unclear, "a.png") == (annot::Rect{0, 0, 40, 30}));
        QCOMPARE(codesOf(unclear)["ambiguous_numbers"], 1);
    }

    void openImages() {
        base::TempFolder folder;
        putPicture(folder.path() / "images/train/b.png", 10, 20);
        putPicture(folder.path() / "images/validation/d.png");
        cv::Mat mask(40, 20, CV_8UC1, cv::Scalar(0));  // twice the picture's size
        mask(cv::Rect(4, 8, 8, 2)) = 255;
        fs::create_directories(folder.path() / "masks/train");
        QVERIFY(image::writeImage(folder.path() / "masks/train/b_m0_01.png", mask).has_value());
        const fs::path in = folder.path() / "annotations";
        put(in / "oidv6-class-descriptions.csv", "LabelName,DisplayName\n/m/0,Cat\n/m/1,\"Dog, big\"\n");
        put(in / "oidv6-train-annotations-bbox.csv",
            "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside\n"
            "b,xclick,/m/0,1,0.2,1,0.3,0.5,1,-1,1,-1,-1\n");
        put(in / "train-annotations-human-imagelabels.csv",
            "ImageID,Source,LabelName,Confidence\nb,verification,/m/1,1\nb,verification,/m/0,0\n");
        put(in / "train-annotations-object-segmentation.csv",
            "MaskPath,ImageID,LabelName,BoxID,BoxXMin,BoxXMax,BoxYMin,BoxYMax,PredictedIoU,Clicks\nb_m0_01.png,b,/m/"
            "0,01,0.2,1,0.3,0.5,0.5,\n");
        put(in / "image_ids_and_rotation.csv", "ImageID,Subset,OriginalURL,Rotation\nb,train,http://x,0\nd,validation,,\n");
        QVERIFY(formatNamed("csv")->looksLike(folder.path()) > 0.9);
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));  // the mask is none
        const auto* b = sink.named("train/b.png");
        QVERIFY(b);
        QCOMPARE(b->annotations.size(), std::size_t(3));
        std::map<std::size_t, const annot::Annotation*> kinds;
        for (const auto& a : b->annotations) kinds[a.shape.index()] = &a;
        const auto& box = *kinds[annot::Shape(annot::Box{}).index()];
        const annot::Rect rect = annot::bounds(box.shape);
        QVERIFY(rect.x == 2 && rect.w == 8 && rect.y == 6 && std::abs(rect.h - 4) < 1e-12);
        QCOMPARE(box.flags, std::uint32_t(annot::Occluded | annot::Crowd));
        QVERIFY(!box.confidence);
        const auto& inside = std::get<annot::Mask>(kinds[annot::Shape(annot::Mask{}).index()]->shape);
        QCOMPARE(inside.width, 10u);
        QCOMPARE(annot::maskArea(inside), std::uint64_t(4));
        QCOMPARE(sink.m_classes[std::size_t(kinds[0]->classId.value - 1)].name, std::string("Dog, big"));
        QVERIFY(sink.m_classes[std::size_t(kinds[0]->classId.value - 1)].extra["open_images_id"] == "/m/1");
        QCOMPARE(sink.named("validation/d.png")->split, std::string("val"));
        QCOMPARE(codesOf(sink)["negative_labels"], 1);
    }

    void badRowsAreNamed() {
        const MemorySink sink = readText(
            "image,class,xmin,ymin,xmax,ymax\na.png,cat,10,20,30,40\na.png,cat,10,20,10,40\na.png,cat,10,x,30,40\na.png,cat,1,2,"
            "inf,4\n"
            ",cat,1,2,3,4\na.png,,1,2,3,4\na.png,cat,1,2,3\na.png,cat,1,2,9e99,4\n\nshort\n\"open,cat,1");
        QCOMPARE(sink.annotations(), std::size_t(1));
        auto codes = codesOf(sink);
        QCOMPARE(codes["zero_area"], 1);
        QCOMPARE(codes["invalid_data"], 4);
        QCOMPARE(codes["missing_field"], 2);
        for (const auto& problem : sink.m_problems)
            QVERIFY2(problem.item.starts_with("x.csv, object in line "), problem.item.c_str());
        QVERIFY(sink.named("short"));
    }

    void writtenTablesComeBack() {
        base::TempFolder folder;
        MemorySink first;
        first.m_classes = {{"cat, \"big\"", "", {}}, {"dog", "", {}}};
        ImageRecord image{"sub/a,1.png", "", 640, 480, "train", {}, {}};
        image.annotations = {{AnnotationId(1), ClassId(1), annot::Box{{0.1, 1.0 / 3, 2.7, 3}}},
                             {AnnotationId(2), ClassId(2), annot::Box{{10, 20, 30, 40}}, 0, 0, {}, {}, 0.25},
                             {AnnotationId(3), ClassId(2), annot::ImageLabel{}}};
        first.m_images = {image, {"b.png", "", 0, 0, "", {}, {}}};
        const WriteReport report = writeTo(folder.path() / "out", first);
        QVERIFY(report.problems.empty());
        const MemorySink second = readFrom(folder.path() / "out");
        QVERIFY(second.m_problems.empty());
        QCOMPARE(second.m_images.size(), std::size_t(2));
        const auto* again = second.named("sub/a,1.png");
        QCOMPARE(again->annotations.size(), std::size_t(3));
        for (std::size_t k = 0; k < 3; ++k) QVERIFY(again->annotations[k] == image.annotations[k]);
        QCOMPARE(again->split, std::string("train"));
        writeTo(folder.path() / "again", second);
        QCOMPARE(*base::readFile(folder.path() / "again/annotations.csv"), *base::readFile(folder.path() / "out/annotations.csv"));
    }

    void lossesAreNamed() {
        base::TempFolder folder;
        MemorySink first;
        first.m_classes = {{"cat", "", {}}};
        ImageRecord image{"a.png", "", 64, 48, "", {}, {}};
        const annot::Shape shapes[] = {annot::Polygon{{{{0, 0}, {9, 0}, {9, 9}}}}, annot::RotatedBox{{10, 10}, 8, 3, 0.3},
                                       annot::Dot{{1, 1}}, annot::Mask{2, 2, {0, 4}}, annot::Polyline{{{0, 0}, {5, 0}}}};
        for (const auto& shape : shapes)
            image.annotations.push_back({AnnotationId(std::int64_t(image.annotations.size()) + 1), ClassId(1), shape});
        image.annotations[0].attributes = {{"a", 1}}, image.annotations[0].flags = annot::Crowd, image.annotations[0].group = 3;
        first.m_images = {image};
        const WriteReport report = writeTo(folder.path() / "out", first);
        QCOMPARE(report.annotations, 3);
        std::map<std::string, std::string> lost;
        for (const auto& problem : report.problems) lost[problem.item] = problem.message;
        for (const char* kind :
             {"polygon", "rotated_box", "point", "mask", "shape without an area", "attributes", "flags", "group"})
            QVERIFY2(lost.contains(kind), kind);
        QVERIFY(boxOf(readFrom(folder.path() / "out"), "a.png") == (annot::Rect{0, 0, 9, 9}));
    }

    void otherTablesAreNone() {
        base::TempFolder folder;
        put(folder.path() / "faces/a.csv", "NAME_ID,X,Y,W,H\nn000003/0003_01,1,1,1,1\n");
        put(folder.path() / "digits/a.csv", "5,1,1,1,1,1,1\n3,0,0,0,0,0,0\n");
        put(folder.path() / "odd/a.tsv", "file\tbytes\tformat\na.tif\t3\tTIFF\n");
        put(folder.path() / "utf16/a.csv", std::string_view("\xFF\xFEi\0m\0a\0g\0e\0,\0", 14));
        put(folder.path() / "log/results.csv", "epoch,train/box_loss,metrics/mAP\n1,0.5,0.1\n");
        for (const char* name : {"faces", "digits", "odd", "utf16", "log"})
            QVERIFY2(formatNamed("csv")->looksLike(folder.path() / name) == 0, name);
        put(folder.path() / "y.csv", "image,label\na.png,cat\n");
        QCOMPARE(formatNamed("csv")->looksLike(folder.path() / "y.csv"), 0.6);
    }
};

QTEST_APPLESS_MAIN(TestFormatCsv)
#include "tst_format_csv.moc"
