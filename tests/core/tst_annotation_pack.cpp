#include <QTest>
#include <bit>
#include <random>

#include "core/annot/packed.h"

using namespace lathe;
using namespace lathe::annot;

namespace {

Annotations everyKind() {
    Annotation box{AnnotationId(900'100'000'001), ClassId(3), Box{{0.1, 2.25, 1e-7, 640}}};
    box.flags = Occluded | Hidden;
    box.author = "ana";
    box.source = "model:r-1 corrected";
    box.confidence = 0.1;
    box.givenArea = 54.6217;
    box.givenBox = Rect{1.5, 2, 3, -0.0};
    box.attributes = {{"colour", "red"}, {"count", 3}, {"ratio", 0.30000000000000004}, {"한", Json::array({1.0, nullptr, true})}};
    box.extra = {{"voc", {{"pose", "Left"}}}};
    Annotation polygon{AnnotationId(2), ClassId(1),
                       Polygon{{{{1.25, 2.5}, {3, 4}, {5.0001, 6}}, {{1.0 / 3, 2}, {9, 9}, {1e300, -1e-300}}}}};
    Annotation mask{AnnotationId(3), ClassId(1), Mask{3, 4, {3, 4, 5}}};
    Annotation keypoints{AnnotationId(4), ClassId(2), Keypoints{{{{1, 2}, 2}, {{0, 0}, 0}, {{3.5, 4.25}, 1}}, {1, 2, 3, 4}}};
    Annotation turned{AnnotationId(5), ClassId(3), RotatedBox{{10.5, 20.25}, 8, 1.0 / 3, -0.7}};
    turned.group = 9'000'000'000;
    Annotation ellipse{AnnotationId(6), ClassId(3), Ellipse{{10.5, 20.25}, 8, 4, 1e-9}};
    ellipse.group = 2;
    Annotation line{AnnotationId(7), ClassId(3), Polyline{{{1, 2}, {3.125, 4}, {1.0 / 7, -6}}}};
    Annotation dot{AnnotationId(8), ClassId(3), Dot{{1.5, -0.0}}};
    return {{AnnotationId(1), ClassId(7), ImageLabel{}}, box, polygon, mask, keypoints, turned, ellipse, line, dot};
}

}  // namespace

class TestAnnotationPack : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindComesBack() {
        const Annotations annotations = everyKind();
        const std::string body = pack(annotations);
        const auto back = unpack(body);
        QVERIFY(back.has_value());
        QVERIFY(*back == annotations);
        QCOMPARE(pack(*back), body);
        for (const auto& annotation : annotations) {
            const auto one = unpackOne(packOne(annotation));
            QVERIFY(one && *one == annotation);
        }
        QVERIFY(unpack(pack({}))->empty());
    }

    void numbersBitForBit() {
        std::mt19937_64 random(11);
        for (int round = 0; round < 3000; ++round) {
            Polygon polygon{{{}}};
            for (int k = 0; k < 7; ++k) {
                const double number[2] = {pick(random), pick(random)};
                polygon.rings[0].push_back({number[0], number[1]});
            }
            const auto back = unpackOne(packOne({AnnotationId(1), ClassId(1), polygon}));
            QVERIFY(back.has_value());
            const auto& ring = std::get<Polygon>(back->shape).rings[0];
            for (std::size_t k = 0; k < ring.size(); ++k) {
                QCOMPARE(std::bit_cast<std::uint64_t>(ring[k].x), std::bit_cast<std::uint64_t>(polygon.rings[0][k].x));
                QCOMPARE(std::bit_cast<std::uint64_t>(ring[k].y), std::bit_cast<std::uint64_t>(polygon.rings[0][k].y));
            }
        }
    }

    void decimalsAreSmall() {
        Polygon polygon{{{}}};
        for (int k = 0; k < 20; ++k) polygon.rings[0].push_back({100 + k * 1.25, 200 - k * 0.5});
        QVERIFY(packOne({AnnotationId(1), ClassId(1), polygon}).size() < 100);
        QVERIFY(packOne({AnnotationId(1), ClassId(1), Box{{10, 20, 30, 40}}}).size() <= 10);
    }

    void packedOnesArePassedOnWithOtherIds() {
        PackedList list;
        Annotations wanted;
        std::string held;
        std::vector<std::size_t> ends{0};
        for (const auto& one : everyKind()) {
            appendPacked(held, one);
            ends.push_back(held.size());
        }
        for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
            const auto one = std::string_view(held).substr(ends[k], ends[k + 1] - ends[k]);
            wanted.push_back(everyKind()[k]);
            QVERIFY(idOfPacked(one) == wanted.back().id);
            QCOMPARE(std::string(one), packOne(wanted.back()));
            wanted.back().id = AnnotationId(std::int64_t(1'000'000 + k)), wanted.back().classId = ClassId(300);
            list.add(one, wanted.back().id, ClassId(7));
            list.setClass(k, ClassId(300));
        }
        QCOMPARE(list.document(), pack(wanted));
        const auto back = list.unpacked();
        QVERIFY(back && *back == wanted);
        PackedList none;
        none.add("", AnnotationId(1), ClassId(1));
        none.add("\xff", AnnotationId(1), ClassId(1));
        QVERIFY(none.empty() && none.document() == pack({}));
        QVERIFY(!idOfPacked("").valid());
    }

    void everyTornBodyIsAnError() {
        const std::string body = pack(everyKind());
        for (std::size_t size = 0; size < body.size(); ++size) {
            const auto torn = unpack(std::string_view(body).substr(0, size));
            QVERIFY(!torn && torn.error().code == ErrorCode::Corrupt);
        }
        QVERIFY(!unpack(body + "x"));
        QVERIFY(!unpack("\x02" + body.substr(1)));
    }

    void hostileBytesAreHarmless() {
        std::mt19937 random(5);
        const std::string body = pack(everyKind());
        for (int round = 0; round < 40000; ++round) {
            std::string changed = body;
            for (unsigned k = 1 + random() % 4; k; --k) changed[random() % changed.size()] = char(random());
            if (const auto read = unpack(changed)) QVERIFY(unpack(pack(*read)).has_value());
        }
        const std::string huge = std::string("\x01\x01\x02\x01\x01", 5) + "\xff\xff\xff\xff\xff\xff\xff\xff\x7f";
        QVERIFY(!unpack(huge));
        Annotation deep{AnnotationId(1), ClassId(1), ImageLabel{}};
        deep.attributes = Json::parse(std::string(150, '[') + std::string(150, ']'));
        QVERIFY(unpackOne(packOne(deep)).has_value());
        deep.attributes = Json::parse(std::string(1000, '[') + std::string(1000, ']'));
        QVERIFY(!unpackOne(packOne(deep)));
    }

    void shapeChangeDropsGivenNumbers() {
        Annotation box = everyKind()[1];
        box.setShape(Box{{1, 2, 3, 4}});
        QVERIFY(!box.givenArea && !box.givenBox);
    }

    void labelsJson() {
        const Annotations all = everyKind();
        const Json box = toJson(all[1], "RBC");
        QCOMPARE(box["kind"].get<std::string>(), std::string("box"));
        QCOMPARE(box["box"].size(), std::size_t(4));
        QVERIFY(box["flags"] == Json::array({"occluded", "hidden"}));
        QCOMPARE(toJson(all[3], "x")["mask"]["counts"].get<std::string>(), std::string("345"));
        QVERIFY(toJson(all[4], "x")["points"][2] == Json::array({3.5, 4.25, 1}));
        QVERIFY(toJson(all[5], "x")["rotated_box"] == Json::array({10.5, 20.25, 8.0, 1.0 / 3, -0.7}));
        QVERIFY(toJson(all[5], "x")["group"] == 9'000'000'000 && !box.contains("group"));
        QVERIFY(toJson(all[6], "x")["ellipse"] == Json::array({10.5, 20.25, 8.0, 4.0, 1e-9}));
        QVERIFY(toJson(all[7], "x")["points"][1] == Json::array({3.125, 4.0}));
        QCOMPARE(toJson(all[8], "x")["kind"].get<std::string>(), std::string("point"));
    }

private:
    static double pick(std::mt19937_64& random) {
        switch (random() % 8) {
            case 0: return std::bit_cast<double>(random());
            case 1: return -0.0;
            case 2: return double(random() % 100000000) / 10000;
            case 3: return std::nextafter(double(random() % 1000) / 100, 1e9);
            default: return double(random() % 64000) / 100;
        }
    }
};

QTEST_APPLESS_MAIN(TestAnnotationPack)
#include "tst_annotation_pack.moc"
