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

MemorySink readFrom(const fs::path& source, const ReadOptions& options = {}) {
    MemorySink sink;
    const auto read = formatNamed("cvat")->read(source, options, sink, {}, {});
    if (!read) qFatal("%s", read.error().text().c_str());
    return sink;
}

WriteReport writeTo(const fs::path& folder, const MemorySink& sink, ImageMode mode = ImageMode::None) {
    const auto report = formatNamed("cvat")->write(folder, sink.source(), {mode}, {}, {});
    if (!report) qFatal("%s", report.error().text().c_str());
    return *report;
}

std::string fileText(const fs::path& file) {
    return base::readFile(file).value();
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

std::string withMeta(std::string_view labels, std::string_view images) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations><version>1.1</version><meta><task><id>7</id><labels>" +
           std::string(labels) + "</labels></task></meta>" + std::string(images) + "</annotations>";
}

constexpr std::string_view kLabels = R"(
<label><name>car</name><color>#0c81b5</color><type>any</type><attributes>
 <attribute><name>parked</name><mutable>False</mutable><input_type>checkbox</input_type><default_value>false</default_value><values>false</values></attribute>
 <attribute><name>speed</name><mutable>False</mutable><input_type>number</input_type><default_value>0</default_value><values>0
100
5</values></attribute>
 <attribute><name>make</name><mutable>False</mutable><input_type>select</input_type><default_value>x</default_value><values>x
1</values></attribute>
</attributes></label>
<label><name>hand</name><type>skeleton</type><attributes><attribute><name>wet</name><input_type>text</input_type></attribute></attributes><svg>&lt;line data-type="edge" data-node-from="2" data-node-to="1"&gt;&lt;/line&gt;&lt;circle data-node-id="1" data-label-name="tip"&gt;&lt;/circle&gt;&lt;circle data-node-id="2" data-label-name="root"&gt;&lt;/circle&gt;</svg></label>
<label><name>root</name><color>#d12345</color><type>points</type><attributes></attributes><parent>hand</parent></label>
<label><name>tip</name><color>#350dea</color><type>points</type><attributes></attributes><parent>hand</parent></label>
)";

// One of every kind.
constexpr std::string_view kImages = R"(
<image id="0" name="a.png" subset="Train" task_id="7" width="8" height="6">
 <polygon label="car" source="manual" occluded="0" points="1.5,1;5.25,1;5,4.75" z_order="2"></polygon>
 <box label="car" source="auto" occluded="1" xtl="1.10" ytl="2.20" xbr="4.37" ybr="5.05" z_order="-1" group_id="4" answer="42">
  <attribute name="parked">true</attribute><attribute name="speed">2.5</attribute><attribute name="make">1</attribute></box>
 <box label="car" source="manual" occluded="0" xtl="2.00" ytl="1.00" xbr="6.00" ybr="3.00" rotation="30.00" z_order="0"></box>
 <polyline label="car" occluded="0" points="0,0;7.5,5" z_order="0"></polyline>
 <points label="car" occluded="0" points="3.25,4" z_order="0"></points>
 <points label="car" occluded="0" points="1,2;3,4;5,6" z_order="0"></points>
 <ellipse label="car" occluded="0" cx="4" cy="3" rx="2.5" ry="1.25" rotation="15" z_order="0"></ellipse>
 <mask label="car" source="semi-auto" occluded="0" rle="1, 2, 1, 2" left="2" top="1" width="3" height="2" z_order="1"></mask>
 <skeleton label="hand" source="manual" z_order="3">
  <points label="tip" source="manual" outside="0" occluded="1" points="5,5"><attribute name="nail">red</attribute></points>
  <points label="root" source="manual" outside="1" occluded="0" points="1,1"></points></skeleton>
 <tag label="hand" source="manual"><attribute name="wet">yes</attribute></tag>
 <cuboid label="car" occluded="0" xtl1="1" ytl1="1" xbl1="1" ybl1="2" xtr1="2" ytr1="1" xbr1="2" ybr1="2" xtl2="1" ytl2="1" xbl2="1" ybl2="2" xtr2="2" ytr2="1" xbr2="2" ybr2="2" z_order="0"></cuboid>
</image>
<image id="1" name="sub/b.png" width="8" height="6"/>
)";

}  // namespace

class TestFormatCvat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindIsRead() {
        base::TempFolder folder;
        const MemorySink sink = sample(folder.path());
        QCOMPARE(std::string((*detectFormat(folder.path() / "set"))->name()), std::string("cvat"));
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(sink.annotations(), std::size_t(10));
        QCOMPARE(sink.m_problems.size(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].code, std::string("unsupported"));
        QCOMPARE(sink.m_problems[0].item, std::string("annotations.xml, image a.png, annotation 11"));
        const ImageRecord& a = *sink.named("a.png");
        QCOMPARE(a.split, std::string("train"));
        QVERIFY(a.extra["cvat"]["task_id"] == "7" && a.extra["cvat"]["subset"] == "Train");
        QVERIFY(a.extra["cvat"]["left_out"][0].get<std::string>().find("ybr2") != std::string::npos);
        QVERIFY(sink.named("sub/b.png")->annotations.empty());
        for (std::size_t k = 0; k < a.annotations.size(); ++k) QCOMPARE(a.annotations[k].id.value, std::int64_t(k) + 1);
    }

    void lowestIsFirst() {
        base::TempFolder folder;
        const auto all = sample(folder.path()).named("a.png")->annotations;
        const std::vector<std::size_t> kinds{1, 5, 7, 8, 4,
                                             6, 3, 2, 4, 0};  // box (-1) ... mask (1), polygon (2), skeleton (3), tag
        for (std::size_t k = 0; k < kinds.size(); ++k) QCOMPARE(all[k].shape.index(), kinds[k]);
    }

    void boxesAreCorners() {
        base::TempFolder folder;
        const auto all = sample(folder.path()).named("a.png")->annotations;
        const auto& box = std::get<annot::Box>(all[0].shape).rect;
        QCOMPARE(box.x, 1.1);
        QCOMPARE(box.y, 2.2);
        QCOMPARE(box.x + box.w, 4.37);
        QCOMPARE(box.y + box.h, 5.05);
        QCOMPARE(all[0].flags, std::uint32_t(annot::Occluded));
        QCOMPARE(all[0].group, 4);
        QVERIFY(all[0].extra["cvat"]["source"] == "auto" && all[0].extra["cvat"]["answer"] == "42");
        QVERIFY(all[0].source.empty());
    }

    void rotationIsAboutTheCentreInDegrees() {
        base::TempFolder folder;
        const auto all = sample(folder.path()).named("a.png")->annotations;
        const auto& turned = std::get<annot::RotatedBox>(all[1].shape);
        QVERIFY(turned.centre == (annot::Point{4, 2}));
        QCOMPARE(turned.w, 4.0);
        QCOMPARE(turned.h, 2.0);
        QVERIFY(std::abs(turned.angle - std::numbers::pi / 6) < 1e-12);
        const auto& ellipse = std::get<annot::Ellipse>(all[5].shape);
        QVERIFY(ellipse.centre == (annot::Point{4, 3}) && ellipse.rx == 2.5 && ellipse.ry == 1.25);
        QVERIFY(std::abs(ellipse.angle - std::numbers::pi / 12) < 1e-12);
    }

    void attributesHaveTheTypeOfTheirInput() {
        base::TempFolder folder;
        const MemorySink sink = sample(folder.path());
        const auto& box = sink.named("a.png")->annotations[0];
        QVERIFY(box.attributes["parked"] == true);
        QVERIFY(box.attributes["speed"] == 2.5);
        QVERIFY(box.attributes["make"] == "1");
        const auto& car = sink.m_classes[0];
        QCOMPARE(car.colour, std::string("#0c81b5"));
        QVERIFY(car.extra["cvat"]["type"] == "any");
        QVERIFY(car.extra["cvat"]["attributes"][2]["values"] == "x\n1");
    }

    void onePointIsADot() {
        base::TempFolder folder;
        const auto all = sample(folder.path()).named("a.png")->annotations;
        QVERIFY(std::get<annot::Dot>(all[3].shape).at == (annot::Point{3.25, 4}));
        const auto& several = std::get<annot::Keypoints>(all[4].shape);
        QCOMPARE(several.items.size(), std::size_t(3));
        QCOMPARE(int(several.items[2].visibility), 2);
    }

    // Row-major over the crop, background first, unlike COCO.
    void masksAreRowMajorOverTheirCrop() {
        base::TempFolder folder;
        const auto all = sample(folder.path()).named("a.png")->annotations;
        const auto& mask = std::get<annot::Mask>(all[6].shape);
        // .##   at left 2, top 1 of 8 x 6
        // .##
        QCOMPARE(mask.height, 6u);
        QCOMPARE(mask.width, 8u);
        QVERIFY(mask.counts == (std::vector<std::uint32_t>{19, 2, 4, 2, 21}));
    }

    void masksAreClippedAndPlaced() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml", withMeta(kLabels, R"(<image id="0" name="a.png" width="4" height="3">
  <mask label="car" rle="0, 12" left="0" top="0" width="4" height="3"/>
  <mask label="car" rle="0, 4" left="-1" top="-1" width="2" height="2"/>
  <mask label="car" rle="0, 1, 3" left="3" top="2" width="2" height="2"/></image>)"));
        const MemorySink sink = readFrom(folder.path());
        QVERIFY(sink.m_problems.empty());
        const auto counts = [&](std::size_t k) { return std::get<annot::Mask>(sink.m_images[0].annotations[k].shape).counts; };
        QVERIFY(counts(0) == (std::vector<std::uint32_t>{0, 12}));
        QVERIFY(counts(1) == (std::vector<std::uint32_t>{0, 1, 11}));
        QVERIFY(counts(2) == (std::vector<std::uint32_t>{11, 1}));
    }

    void skeletonsFollowTheOrderOfTheirLabels() {
        base::TempFolder folder;
        const MemorySink sink = sample(folder.path());
        QCOMPARE(sink.m_classes.size(), std::size_t(2));  // points are no classes
        QVERIFY(sink.m_classes[1].extra["keypoints"] == Json::parse(R"(["root","tip"])"));
        QVERIFY(sink.m_classes[1].extra["skeleton"] == Json::parse("[[1,2]]"));
        const auto& annotation = sink.named("a.png")->annotations[8];
        const auto& items = std::get<annot::Keypoints>(annotation.shape).items;
        QVERIFY(items[0].at == (annot::Point{1, 1}) && items[0].visibility == 0);
        QVERIFY(items[1].at == (annot::Point{5, 5}) && items[1].visibility == 1);
        QVERIFY(annotation.extra["cvat"]["points"]["tip"]["nail"] == "red");
    }

    void nestedSublabelsCount() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml",
            withMeta(
                "<label><name>h</name><type>skeleton</type><sublabels><label><name>2</name></label><label><name>1</name></label>"
                "</sublabels></label>",
                R"(<image id="0" name="a.png" width="4" height="3"><skeleton label="h"><points label="1" points="1,1"/>
                        <points label="2" points="2,2"/></skeleton></image>)"));
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_classes.size(), std::size_t(1));
        QCOMPARE(std::get<annot::Keypoints>(sink.m_images[0].annotations[0].shape).items[0].at.x, 2.0);
    }

    void writingGivesTheSameSet() {
        base::TempFolder folder;
        const MemorySink first = sample(folder.path());
        const WriteReport report = writeTo(folder.path() / "out", first, ImageMode::Copy);
        QVERIFY2(report.problems.size() == 1,
                 report.problems.empty() ? "" : report.problems[0].message.c_str());  // sub/b.png has no file
        QCOMPARE(report.annotations, 10);
        QVERIFY(fs::exists(folder.path() / "out/images/a.png"));
        MemorySink second = readFrom(folder.path() / "out");
        QCOMPARE(second.m_problems.size(), std::size_t(1));  // the cuboid is still there
        compareSets(first, second);
        for (std::size_t k = 0; k < 2; ++k) {
            // What annotations have and no label declared is declared by the writer.
            const Json was = first.m_classes[k].extra.value("cvat", Json::object());
            if (Json& is = second.m_classes[k].extra; !was.contains("attributes") && is.contains("cvat"))
                is["cvat"].erase("attributes");
            QVERIFY2(second.m_classes[k].extra == first.m_classes[k].extra,
                     (first.m_classes[k].extra.dump() + "\n" + second.m_classes[k].extra.dump()).c_str());
            QCOMPARE(second.m_classes[k].colour, first.m_classes[k].colour);
        }
        writeTo(folder.path() / "again", second, ImageMode::Copy);
        QCOMPARE(fileText(folder.path() / "again/annotations.xml"), fileText(folder.path() / "out/annotations.xml"));
        const std::string text = fileText(folder.path() / "out/annotations.xml");
        QVERIFY(text.find("xtl=\"1.1\" ytl=\"2.2\" xbr=\"4.37\" ybr=\"5.05\"") != std::string::npos);
        QVERIFY(text.find("rotation=\"30\"") != std::string::npos);
        QVERIFY(text.find("rle=\"0, 4\" left=\"3\" top=\"1\" width=\"2\" height=\"2\"") != std::string::npos);
        QVERIFY(text.find("<id>7</id>") != std::string::npos);
        QVERIFY(text.find("lathe=") == std::string::npos);
    }

    void lathesOwnComesBack() {
        base::TempFolder folder;
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}, {"man", "", {{"keypoints", {"a", "b"}}, {"skeleton", Json::parse("[[1,2]]")}}}};
        annot::Annotations all;
        const annot::Shape shapes[] = {annot::RotatedBox{{10.25, 20.5}, 8, 1.0 / 3, -0.7},
                                       annot::RotatedBox{{1.0 / 7, 20}, 8.1, 3, std::numbers::pi / 3},
                                       annot::Ellipse{{10.125, 5}, 20, 10, 0.5},
                                       annot::Polygon{{{{1, 1}, {5, 1}, {5, 5}}, {{10, 10}, {15, 10}, {12, 1.0 / 3 + 14}}}},
                                       annot::Polygon{{{{1, 1}, {20, 1}, {20, 20}, {1, 20}}, {{5, 5}, {10, 5}, {10, 10}}}},
                                       annot::Keypoints{{{{1, 2}, 2}, {{3, 4}, 1}, {{0, 0}, 0}}, {1, 2, 3, 4}},
                                       annot::Keypoints{{{{1, 2}, 2}}, {}},
                                       annot::RotatedBox{{7, 8}, 3, 2, 0},
                                       annot::ImageLabel{}};
        for (const auto& shape : shapes) all.push_back({AnnotationId(std::int64_t(all.size()) + 1), ClassId(1), shape});
        all.push_back({AnnotationId(10), ClassId(2), annot::Keypoints{{{{1, 2}, 2}, {{3, 4}, 0}}, {1, 2, 3, 4}}});
        all[0].flags = annot::Difficult | annot::Occluded;
        all[0].author = "ann", all[0].source = "model:r1 corrected", all[0].confidence = 0.25;
        all[0].attributes = {{"ok", true}, {"n", 3}, {"word", "x<y"}};
        all[3].group = 6;
        sink.m_images.push_back({"a.png", folder.path() / "a.png", 30, 30, "val", all, {}});
        const WriteReport report = writeTo(folder.path() / "out", sink);
        QCOMPARE(report.annotations, 10);
        std::vector<std::string> lost;
        for (const auto& problem : report.problems) lost.push_back(problem.item);
        QCOMPARE(lost,
                 (std::vector<std::string>{"keypoints with hidden points", "polygon of several parts", "polygon with a hole"}));
        const MemorySink back = readFrom(folder.path() / "out");
        QVERIFY(back.m_problems.empty());
        for (auto& image : const_cast<MemorySink&>(back).m_images)
            for (auto& a : image.annotations) a.extra.is_object() ? void(a.extra.erase("cvat")) : void();
        MemorySink bare = back;
        for (auto& a : bare.m_images[0].annotations)
            if (a.extra.empty()) a.extra = {};
        compareSets(sink, bare);
        QVERIFY(back.m_classes[1].extra["skeleton"] == sink.m_classes[1].extra["skeleton"]);
        QVERIFY(fileText(folder.path() / "out/annotations.xml").find("source=\"semi-auto\"") != std::string::npos);
    }

    void othersChangesCount() {
        base::TempFolder folder;
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}};
        sink.m_images.push_back(
            {"a.png",
             folder.path() / "a.png",
             30,
             30,
             "",
             {{AnnotationId(1), ClassId(1), annot::Polygon{{{{1, 1}, {20, 1}, {20, 20}, {1, 20}}, {{5, 5}, {10, 5}, {10, 10}}}}}},
             {}});
        writeTo(folder.path() / "out", sink);
        std::string text = fileText(folder.path() / "out/annotations.xml");
        text.replace(text.find("left=\"1\""), 8, "left=\"2\"");
        put(folder.path() / "out/annotations.xml", text);
        QVERIFY(std::holds_alternative<annot::Mask>(readFrom(folder.path() / "out").m_images[0].annotations[0].shape));
    }

    void valuesOfMixedKindsAreNamed() {
        base::TempFolder folder;
        MemorySink sink;
        sink.m_classes = {{"cell", "", {}}};
        annot::Annotation one{AnnotationId(1), ClassId(1), annot::Box{{1, 1, 2, 2}}},
            two{AnnotationId(2), ClassId(1), annot::Box{{1, 1, 2, 2}}};
        one.attributes = {{"x", true}}, two.attributes = {{"x", "maybe"}, {"list", {1, 2}}};
        sink.m_images.push_back({"a.png", folder.path() / "a.png", 8, 6, "", {one, two}, {}});
        sink.m_images.push_back(
            {"b.png",
             folder.path() / "b.png",
             8,
             6,
             "",
             {{AnnotationId(1), ClassId(1), annot::Box{{1, 1, 0, 2}}}, {AnnotationId(2), ClassId(9), annot::Dot{}}},
             {}});
        const WriteReport report = writeTo(folder.path() / "out", sink);
        QCOMPARE(report.problems.size(), std::size_t(3));
        QVERIFY(report.problems[0].message.starts_with("2 attribute value: written as text"));
        QCOMPARE(report.annotations, 2);
        QVERIFY(readFrom(folder.path() / "out").m_images[0].annotations[0].attributes["x"] == "true");
    }

    void badItemsAreNamedAndSkipped() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml", withMeta(kLabels, R"(<image id="0" name="a.png" width="8" height="6">
<box label="car" xtl="4" ytl="2" xbr="4" ybr="5"/>
<box label="car" xtl="nan" ytl="2" xbr="4" ybr="5"/>
<box label="car" xtl="1" ytl="2" xbr="4"/>
<box xtl="1" ytl="2" xbr="4" ybr="5"/>
<polygon label="car" points="1,1;2,2"/>
<polygon label="car" points="1,1;2;3,3"/>
<polygon label="car" points="1,1;2,2;3,3"/>
<polyline label="car" points="1,1"/>
<points label="car" points=""/>
<mask label="car" rle="1, 2" left="0" top="0" width="2" height="2"/>
<mask label="car" rle="1, -2" left="0" top="0" width="2" height="2"/>
<mask label="car" rle="4" left="0" top="0" width="2" height="2"/>
<mask label="car" rle="0, 1099511627776" left="0" top="0" width="1048576" height="1048576"/>
<skeleton label="hand"><points label="toe" outside="0" points="1,1"/></skeleton>
<skeleton label="hand"/>
<ellipse label="car" cx="1" cy="1" rx="0" ry="2"/>
<star label="car" points="1,1"/>
<box label="car" xtl="1" ytl="2" xbr="4" ybr="5" rotation="much"/>
<box label="car" xtl="1" ytl="2" xbr="4" ybr="5"/>
</image><image id="1" width="8" height="6"/><image id="2" name="c.png"><box label=car/></image>)"));
        const MemorySink sink = readFrom(folder.path());
        std::vector<std::string> codes;
        for (const auto& problem : sink.m_problems)
            if (problem.item.find(", image a.png, annotation ") != std::string::npos) codes.push_back(problem.code);
        QCOMPARE(codes,
                 (std::vector<std::string>{"zero_area", "invalid_data", "missing_field", "missing_field", "bad_polygon",
                                           "invalid_data", "zero_area", "bad_polyline", "missing_field", "bad_mask", "bad_mask",
                                           "zero_area", "bad_mask", "bad_keypoints", "zero_area", "unsupported", "invalid_data"}));
        std::string others;
        for (const auto& problem : sink.m_problems)
            if (problem.item.find(", image a.png, annotation ") == std::string::npos)
                others += problem.item + ": " + problem.message + "\n";
        QVERIFY2(sink.m_problems.size() == codes.size() + 2, others.c_str());
        QCOMPARE(sink.annotations(), std::size_t(2));  // the last box, and the hand: its point that no label declares is learnt
    }

    void masksNeedASize() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml",
            withMeta(kLabels,
                     R"(<image id="0" name="a.png"><mask label="car" rle="0, 4" left="0" top="0" width="2" height="2"/></image>
<image id="1" name="b.png"><mask label="car" rle="0, 4" left="0" top="0" width="2" height="2"/></image>)"));
        putPicture(folder.path() / "images/b.png");
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_problems.size(), std::size_t(1));
        QCOMPARE(sink.m_problems[0].code, std::string("unknown_size"));
        QCOMPARE(std::get<annot::Mask>(sink.named("b.png")->annotations[0].shape).width, 8u);
    }

    void truncatedFilesKeepWhatIsWhole() {
        base::TempFolder folder;
        const std::string text = withMeta(kLabels, kImages);
        for (std::size_t size = 0; size < text.size(); size += 11) {
            put(folder.path() / "x.xml", std::string_view(text).substr(0, size));
            MemorySink sink;
            (void)formatNamed("cvat")->read(folder.path() / "x.xml", {}, sink, {}, {});
        }
        put(folder.path() / "x.xml", std::string_view(text).substr(0, text.find("<image id=\"1\"") + 5));
        const MemorySink sink = readFrom(folder.path() / "x.xml");
        QCOMPARE(sink.annotations(), std::size_t(10));
        QCOMPARE(sink.m_problems[0].code, std::string("truncated"));
    }

    void markupInTextDoesNotCount() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml",
            "\xef\xbb\xbf<?xml version=\"1.0\"?><!-- <image name='x'> -- > --><!DOCTYPE a [<!ENTITY b \"<image/>\">]>\n" +
                withMeta(kLabels, R"(<!--<image name="no.png"/>--><image id="0" name="a>b&lt;/image&gt;.png" width="8" height="6">
<![CDATA[</image>]]><tag label='car'><attribute name="n"><![CDATA[</tag>]]></attribute></tag><!-- </image> --></image>)")
                    .substr(38));
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(1));
        QVERIFY(sink.m_images[0].annotations[0].attributes["n"] == "</tag>");
    }

    void projectsHaveTasksAndSubsets() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml",
            R"(<annotations><version>1.1</version><meta><project><id>1</id><tasks><task><id>4</id></task><task><id>5</id></task></tasks>
<labels><label><name>car</name></label></labels></project></meta>
<image id="0" name="a.png" subset="Train" task_id="4" width="8" height="6"><tag label="car"/></image>
<image id="1" name="a.png" subset="Validation" task_id="5" width="9" height="6"><tag label="car"/></image>
<image id="2" name="lost.png" subset="Train" task_id="4" width="9" height="6"/>
<image id="3" name="lost.png" subset="Train" task_id="5" width="9" height="6"/></annotations>)");
        putPicture(folder.path() / "images/Train/a.png", 8);
        putPicture(folder.path() / "images/Validation/a.png", 9);
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(4));
        QCOMPARE(sink.named("Train/a.png")->split, std::string("train"));
        QCOMPARE(sink.named("Validation/a.png")->split, std::string("val"));
        QCOMPARE(sink.named("Validation/a.png")->width, 9);
        writeTo(folder.path() / "out", sink, ImageMode::Copy);
        const MemorySink again = readFrom(folder.path() / "out");
        QCOMPARE(again.named("Validation/a.png")->split, std::string("val"));
        QVERIFY(again.named("Train/a.png")->extra["cvat"]["subset"] == "Train");
    }

    void taskFoldersAreOneSet() {
        base::TempFolder folder;
        for (const char* task : {"task_0", "task_1"}) {
            put(folder.path() / task / "annotations.xml",
                withMeta(kLabels, R"(<image id="0" name="a.png" width="8" height="6"><tag label="car"/></image>)"));
            putPicture(folder.path() / task / "images/a.png");
        }
        QCOMPARE(std::string((*detectFormat(folder.path()))->name()), std::string("cvat"));
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QVERIFY(sink.named("task_1/images/a.png"));
    }

    void onePictureIsOneRecord() {
        base::TempFolder folder;
        put(folder.path() / "train.xml",
            withMeta(kLabels, R"(<image id="0" name="a.png" width="8" height="6"><tag label="car"/></image>
<image id="1" name="a.png" width="8" height="6"><box label="car" xtl="1" ytl="1" xbr="2" ybr="2"/></image>)"));
        putPicture(folder.path() / "images/a.png");
        putPicture(folder.path() / "images/unlabelled.png", 9);
        const MemorySink sink = readFrom(folder.path());
        QCOMPARE(sink.m_images.size(), std::size_t(2));
        QCOMPARE(sink.named("a.png")->annotations.size(), std::size_t(2));
        QCOMPARE(sink.named("a.png")->split, std::string("train"));
    }

    void tracksBecomeShapesOfFrames() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml", withMeta(kLabels, kTracks));
        const MemorySink none = readFrom(folder.path());
        // Without images: the key frames alone.
        QCOMPARE(none.m_images.size(), std::size_t(3));
        QCOMPARE(none.named("frame_000000.png")->annotations.size(), std::size_t(2));
        QCOMPARE(none.named("frame_000010.png")->annotations[0].group, 4);
        QVERIFY(std::ranges::any_of(none.m_problems, [](const Problem& p) {
            return p.code == "tracks" && p.message.starts_with("2 tracks became 4 shapes of 3 frames") &&
                   p.message.find("1 shapes between key frames are left out") != std::string::npos;
        }));
        for (const int frame : {0, 4, 5, 12, 13}) putPicture(folder.path() / fmtName(frame), 8 + frame);
        const MemorySink sink = readFrom(folder.path());
        const auto boxAt = [&](int frame, std::size_t k) {
            return annot::bounds(sink.named(fs::path(fmtName(frame)).filename().string())->annotations[k].shape);
        };
        QCOMPARE(boxAt(4, 0).x, 5.0);  // a straight line from 1 to 11 in 10 frames
        QCOMPARE(boxAt(4, 0).w, 2.0 + 0.4 * 2);
        QCOMPARE(boxAt(5, 0).x, 6.0);
        QCOMPARE(sink.named("frame_000012.png")->annotations.size(), std::size_t(1));  // not a key frame, but in the file
        QVERIFY(sink.named("frame_000013.png")->annotations.empty());                  // outside
        QCOMPARE(std::get<annot::Keypoints>(sink.named("frame_000000.png")->annotations[1].shape).items[1].at.x, 5.0);
    }

    void tracksOfSkeletonsWithTracksWithin() {
        base::TempFolder folder;
        put(folder.path() / "annotations.xml", withMeta(kLabels, R"(<track id="0" label="hand">
<skeleton frame="1" outside="0" occluded="0" keyframe="1" points="1,1;2,2"/><skeleton frame="3" outside="0" occluded="0" keyframe="1" points="1,1;2,2"/>
<track id="0" label="tip"><points frame="1" outside="0" occluded="0" keyframe="1" points="2,2"/><points frame="2" outside="1" occluded="0" keyframe="1" points="2,3"/></track>
<track id="1" label="root"><points frame="1" outside="0" occluded="1" keyframe="1" points="1,1"/></track></track>)"));
        const MemorySink sink = readFrom(folder.path());
        const auto& first = std::get<annot::Keypoints>(sink.named("frame_000001.png")->annotations[0].shape).items;
        QCOMPARE(int(first[0].visibility), 1);
        QCOMPARE(int(first[1].visibility), 2);
        const auto& last = std::get<annot::Keypoints>(sink.named("frame_000003.png")->annotations[0].shape).items;
        QVERIFY(last[1].visibility == 0 && last[1].at.y == 3);
    }

    void namesNeverLeaveTheFolder() {
        base::TempFolder folder;
        put(folder.path() / "set/annotations.xml",
            withMeta(kLabels, R"(<image id="0" name="../../evil.png" width="8" height="6"><tag label="car"/></image>)"));
        putPicture(folder.path() / "evil.png");
        const MemorySink sink = readFrom(folder.path() / "set");
        QVERIFY(sink.m_images[0].path.lexically_normal().native().starts_with((folder.path() / "set").native()));
        writeTo(folder.path() / "deep/out", sink, ImageMode::Copy);
        QCOMPARE(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 3);
    }

    void otherXmlIsNotCvat() {
        base::TempFolder folder;
        put(folder.path() / "a.xml", "<annotation><filename>a.jpg</filename></annotation>");
        QCOMPARE(formatNamed("cvat")->looksLike(folder.path()), 0.0);
        put(folder.path() / "a.xml", "<annotations><thing/></annotations>");
        QCOMPARE(formatNamed("cvat")->looksLike(folder.path()), 0.0);
        MemorySink sink;
        QVERIFY(!formatNamed("cvat")->read(folder.path(), {}, sink, {}, {}));
    }

private:
    static MemorySink sample(const fs::path& folder) {
        put(folder / "set/annotations.xml", withMeta(kLabels, kImages));
        putPicture(folder / "set/images/a.png");
        return readFrom(folder / "set");
    }
    static std::string fmtName(int frame) {
        const std::string number = std::to_string(frame);
        return "images/frame_" + std::string(6 - number.size(), '0') + number + ".png";
    }
    static constexpr std::string_view kTracks = R"(
<track id="3" label="car" source="manual">
 <box frame="0" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="3" ybr="3" z_order="0"/>
 <box frame="10" keyframe="1" outside="0" occluded="1" xtl="11" ytl="1" xbr="15" ybr="3" z_order="0"/>
 <box frame="12" keyframe="0" outside="0" occluded="0" xtl="11" ytl="1" xbr="15" ybr="3" z_order="0"/>
 <box frame="13" keyframe="1" outside="1" occluded="0" xtl="11" ytl="1" xbr="15" ybr="3" z_order="0"/>
</track>
<track id="4" label="hand" source="manual">
 <skeleton frame="0" keyframe="1" z_order="0"><points label="tip" keyframe="1" outside="0" occluded="0" points="5,5"/></skeleton>
 <skeleton frame="6" keyframe="1" z_order="0"><points label="root" keyframe="1" outside="0" occluded="0" points="6,5"/></skeleton>
</track>)";
};

QTEST_APPLESS_MAIN(TestFormatCvat)
#include "tst_format_cvat.moc"
