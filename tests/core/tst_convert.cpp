#include <QFile>
#include <QTest>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "core/annot/area_ops.h"
#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "core/base/json.h"

using namespace lathe;
using namespace lathe::annot;

namespace {

using Random = std::mt19937;

double uniform(Random& random, double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
}

Polygon randomPolygon(Random& random, double size) {
    Polygon out;
    for (unsigned ring = 1 + random() % 3; ring; --ring) {
        auto& points = out.rings.emplace_back();
        for (unsigned k = 3 + random() % 9; k; --k)
            points.push_back({uniform(random, -9, size + 9), uniform(random, -9, size + 9)});
    }
    return out;
}

Mask randomMask(Random& random, std::uint32_t height, std::uint32_t width) {
    std::vector<std::uint8_t> raster(std::size_t(height) * width);
    const unsigned density = random() % 11;
    for (auto& pixel : raster) pixel = random() % 10 < density;
    return maskFromRaster(raster, height, width);
}

bool offers(const Shape& shape, std::string_view kind) {
    return std::ranges::count(conversionsOf(shape), kind) == 1;
}

}  // namespace

class TestConvert : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void masksHoldThePixelsWhoseCentreIsInside() {
        Random random(1);
        for (int round = 0; round < 200; ++round) {
            const std::uint32_t height = 1 + random() % 50, width = 1 + random() % 50;
            const Polygon polygon = randomPolygon(random, 40);
            const Mask mask = maskOf(polygon, width, height);
            QVERIFY(checkMask(mask).has_value());
            for (std::uint32_t y = 0; y < height; ++y)
                for (std::uint32_t x = 0; x < width; ++x) {
                    const Point centre{x + 0.5, y + 0.5};
                    if (distanceToOutline(polygon, centre) > 1e-6) QCOMPARE(contains(mask, centre), contains(polygon, centre));
                }
        }
        QCOMPARE(area(maskOf(Box{{1, 1, 4, 3}}, 10, 10)), 12.0);
        QCOMPARE(area(maskOf(Box{{-100, -100, 1000, 1000}}, 10, 8)), 80.0);
        QCOMPARE(maskOf(Dot{{1, 1}}, 3, 2), (Mask{2, 3, {6}}));
    }

    void maskPolygonMaskIsTheSame() {
        Random random(2);
        for (int round = 0; round < 400; ++round) {
            const std::uint32_t height = 1 + random() % 40, width = 1 + random() % 40;
            const Mask mask = randomMask(random, height, width);
            const Polygon polygon = polygonOf(mask);
            QCOMPARE(maskOf(polygon, width, height), mask);
            QCOMPARE(area(polygon), area(mask));
            if (area(mask) > 0) QCOMPARE(bounds(polygon), bounds(mask));
        }
    }

    void borderOfPixelsHasNoNeedlessCorners() {
        const Polygon square = polygonOf(maskOf(Box{{3, 4, 20, 10}}, 64, 64));
        QCOMPARE(square.rings, (std::vector<std::vector<Point>>{{{3, 4}, {23, 4}, {23, 14}, {3, 14}}}));
        const Polygon ring = polygonOf(maskOf(Polygon{{{{0, 0}, {9, 0}, {9, 9}, {0, 9}}, {{3, 3}, {6, 3}, {6, 6}, {3, 6}}}}, 9, 9));
        QCOMPARE(ring.rings.size(), std::size_t(2));
        QCOMPARE(ring.rings[1].size(), std::size_t(4));
        // Two pixels that touch at a corner are one part with one outline.
        QCOMPARE(polygonOf(Mask{2, 2, {0, 1, 2, 1}}).rings.size(), std::size_t(1));
        QVERIFY(polygonOf(Mask{4, 4, {16}}).rings.empty());
        QCOMPARE(polygonOf(Mask{4, 4, {0, 16}}).rings.size(), std::size_t(1));
    }

    // tests/data/masks/make.py (pycocotools).
    void cocoPolygons() {
        QFile file(QStringLiteral(LATHE_SOURCE_DIR "/tests/data/masks/polygons.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Json rows = Json::parse(file.readAll().toStdString());
        QVERIFY(rows.size() > 40);
        for (const Json& row : rows) {
            Polygon polygon;
            for (const Json& numbers : row["rings"]) {
                auto& ring = polygon.rings.emplace_back();
                for (std::size_t k = 0; k < numbers.size(); k += 2) ring.push_back({numbers[k], numbers[k + 1]});
            }
            const Mask mask = cocoMaskOf(polygon, row["size"][1], row["size"][0]);
            QVERIFY2(maskToCocoText(mask) == row["counts"].get<std::string>(), row["name"].get<std::string>().c_str());
        }
    }

    void cocoOfTheEndlessIsCut() {
        const Mask mask = cocoMaskOf(Polygon{{{{-1e9, 10}, {1e9, 10}, {1e9, 20}, {-1e9, 20}}}}, 64, 48);
        QVERIFY(std::abs(area(mask) - 640) < 130);
        QCOMPARE(area(cocoMaskOf(Polygon{{{{0, 0}, {std::nan(""), 9}, {9, 9}}}}, 16, 16)), 0.0);
        QCOMPARE(area(cocoMaskOf(Polygon{{{{0, 0}, {9, 9}}}}, 16, 16)), 0.0);
    }

    void conversionsKeepTheArea() {
        Random random(3);
        for (int round = 0; round < 200; ++round) {
            const RotatedBox turned{{uniform(random, 80, 120), uniform(random, 80, 120)},
                                    uniform(random, 20, 90),
                                    uniform(random, 20, 90),
                                    uniform(random, -3, 3)};
            const Ellipse ellipse{turned.centre, turned.w / 2, turned.h / 2, turned.angle};
            for (const Shape& shape : {Shape(turned), Shape(ellipse), Shape(Polygon{{{{20, 30}, {90, 40}, {60, 140}, {40, 90}}}})})
                for (const char* kind : {"polygon", "mask", "ellipse"})
                    if (offers(shape, kind)) {
                        const Shape made = converted(shape, kind, 256, 256).value();
                        QVERIFY2(std::abs(area(made) / area(shape) - 1) < 0.03, kind);
                    }
            same(std::get<RotatedBox>(*converted(Polygon{{ringOfBox(turned)}}, "rotated_box", 256, 256)), turned);
            same(std::get<Ellipse>(*converted(Polygon{{ringOf(ellipse, 0.001)}}, "ellipse", 256, 256)), ellipse);
        }
    }

    void smallestBoxIsTheSmallest() {
        Random random(4);
        for (int round = 0; round < 100; ++round) {
            const Polygon polygon = randomPolygon(random, 100);
            const Shape box = converted(polygon, "rotated_box", 256, 256).value();
            for (const auto& ring : polygon.rings)
                for (const Point p : ring) QVERIFY(contains(box, p) || distanceToOutline(box, p) < 1e-6);
            for (double angle = 0; angle < 1.6; angle += 0.02) {
                const Rect around = bounds(rotated(polygon, {50, 50}, angle));
                QVERIFY(area(box) <= around.w * around.h * (1 + 1e-9));
            }
        }
    }

    void everyOfferIsKept() {
        const Shape shapes[] = {ImageLabel{},
                                Box{{10, 20, 30, 20}},
                                Polygon{{{{10, 10}, {50, 12}, {40, 50}, {12, 40}}, {{20, 20}, {30, 20}, {30, 30}}}},
                                maskOf(Ellipse{{40, 40}, 20, 10, 0.5}, 100, 80),
                                Keypoints{{{{10, 10}, 2}, {{50, 12}, 1}, {{0, 0}, 0}, {{40, 50}, 2}}, {}},
                                RotatedBox{{40, 40}, 30, 10, 0.4},
                                Ellipse{{40, 40}, 20, 10, 0.5},
                                Polyline{{{10, 10}, {50, 12}, {40, 50}}},
                                Dot{{5, 6}}};
        for (const Shape& shape : shapes) {
            QVERIFY(!offers(shape, kindName(shape)));
            for (const auto kind : conversionsOf(shape)) {
                const auto made = converted(shape, kind, 100, 80);
                QVERIFY2(made.has_value(), std::string(kind).c_str());
                QCOMPARE(QByteArray::fromStdString(std::string(kindName(*made))), QByteArray::fromStdString(std::string(kind)));
            }
            QVERIFY(!converted(shape, kindName(shape), 100, 80));
            QVERIFY(!converted(shape, "no such kind", 100, 80));
        }
        QCOMPARE(std::get<Box>(*converted(ImageLabel{}, "box", 100, 80)).rect, (Rect{0, 0, 100, 80}));
        QCOMPARE(std::get<Dot>(*converted(Box{{10, 20, 30, 20}}, "point", 100, 80)).at, (Point{25, 30}));
        QCOMPARE(std::get<Dot>(*converted(Polyline{{{0, 0}, {10, 0}, {10, 10}}}, "point", 100, 80)).at, (Point{10, 0}));
        QCOMPARE(std::get<Polyline>(*converted(Box{{0, 0, 4, 4}}, "polyline", 9, 9)).points.size(), std::size_t(5));
        QCOMPARE(std::get<Keypoints>(*converted(Dot{{5, 6}}, "keypoints", 9, 9)).items.size(), std::size_t(1));
    }

    void whatWouldBeEmptyIsRefused() {
        const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
        const Shape shapes[] = {Box{{5, 5, 0, 3}},
                                Box{{nan, 5, 4, 3}},
                                RotatedBox{{5, 5}, 3, inf, 0},
                                Ellipse{{5, 5}, 0, 0, 0},
                                Polygon{},
                                Polygon{{{{1, 1}, {5, 5}, {9, 9}}}},
                                Polygon{{{{nan, 1}, {5, 5}, {9, 0}}}},
                                Mask{4, 4, {16}},
                                Mask{4, 4, {3, 4000000000u}},
                                Polyline{{{1, 1}}},
                                Keypoints{}};
        for (const Shape& shape : shapes)
            for (const auto kind : conversionsOf(shape)) {
                const auto made = converted(shape, kind, 64, 64);
                if (made) QVERIFY(!isEmpty(*made));
                if (!made) QVERIFY(made.error().code == ErrorCode::InvalidData && !made.error().message.empty());
                if (kind == "mask" || kind == "ellipse") QVERIFY(!made);
            }
        QVERIFY(!converted(Box{{100, 100, 5, 5}}, "mask", 64, 64));
        QVERIFY(!converted(Box{{0, 0, 5, 5}}, "mask", 0, 0));
        QVERIFY(!converted(Box{{0, 0, 5, 5}}, "mask", 100'000, 100'000));
        QCOMPARE(maskOf(Box{{0, 0, 5, 5}}, 100'000, 100'000), (Mask{0, 0, {0}}));
    }

private:
    static std::vector<Point> ringOfBox(const RotatedBox& box) {
        const auto c = corners(box);
        return {c.begin(), c.end()};
    }
    static void same(const RotatedBox& made, const RotatedBox& given) {
        QVERIFY(std::hypot(made.centre.x - given.centre.x, made.centre.y - given.centre.y) < 1e-6);
        QVERIFY(std::abs(std::max(made.w, made.h) - std::max(given.w, given.h)) < 1e-6);
        QVERIFY(std::abs(std::min(made.w, made.h) - std::min(given.w, given.h)) < 1e-6);
    }
    static void same(const Ellipse& made, const Ellipse& given) {
        QVERIFY(std::hypot(made.centre.x - given.centre.x, made.centre.y - given.centre.y) < 0.01);
        QVERIFY(std::abs(std::max(made.rx, made.ry) - std::max(given.rx, given.ry)) < 0.05);
        QVERIFY(std::abs(std::min(made.rx, made.ry) - std::min(given.rx, given.ry)) < 0.05);
    }
};

QTEST_APPLESS_MAIN(TestConvert)
#include "tst_convert.moc"
