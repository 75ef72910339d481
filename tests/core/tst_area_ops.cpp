#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "core/annot/area_ops.h"
#include "core/annot/convert.h"
#include "core/annot/mask.h"

using namespace lathe;
using namespace lathe::annot;

namespace {

using Random = std::mt19937;
constexpr std::uint32_t kSize = 96;

double uniform(Random& random, double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
}

// A star of random radii: never crosses itself.
Polygon star(Random& random) {
    const Point centre{uniform(random, 25, 70), uniform(random, 25, 70)};
    Polygon out{{{}}};
    const int corners = 3 + int(random() % 14);
    for (int k = 0; k < corners; ++k) {
        const double angle = 2 * std::numbers::pi * k / corners, r = uniform(random, 4, 28);
        out.rings[0].push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    return out;
}

Shape anyShape(Random& random) {
    switch (random() % 5) {
        case 0: return Box{{uniform(random, 2, 50), uniform(random, 2, 50), uniform(random, 3, 40), uniform(random, 3, 40)}};
        case 1:
            return RotatedBox{{uniform(random, 30, 60), uniform(random, 30, 60)},
                              uniform(random, 3, 40),
                              uniform(random, 3, 30),
                              uniform(random, -4, 4)};
        case 2:
            return Ellipse{{uniform(random, 30, 60), uniform(random, 30, 60)},
                           uniform(random, 3, 24),
                           uniform(random, 3, 24),
                           uniform(random, -4, 4)};
        case 3: {
            Polygon out = star(random);
            out.rings.push_back(star(random).rings[0]);
            return out;
        }
        default: return star(random);
    }
}

Mask noise(Random& random, std::uint32_t height, std::uint32_t width) {
    std::vector<std::uint8_t> raster(std::size_t(height) * width);
    const unsigned density = 1 + random() % 9;
    for (auto& pixel : raster) pixel = random() % 10 < density;
    return maskFromRaster(raster, height, width);
}

double exactArea(const Shape& shape) {
    const auto clean = united(std::span(&shape, 1));
    return clean ? area(*clean) : std::nan("");
}

double border(const Shape& shape) {
    double sum = 0;
    const auto clean = united(std::span(&shape, 1));
    for (const auto& ring : std::get<Polygon>(*clean).rings)
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const Point a = ring[k], b = ring[(k + 1) % ring.size()];
            sum += std::hypot(b.x - a.x, b.y - a.y);
        }
    return sum;
}

std::vector<Shape> degenerate() {
    const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
    return {Box{{5, 5, 0, 0}},
            Box{{nan, 0, 5, 5}},
            Box{{0, 0, inf, 5}},
            Box{{-50, -50, 10, 10}},
            Box{{10, 10, -5, -5}},
            RotatedBox{{5, 5}, 0, 5, nan},
            RotatedBox{{1e300, 5}, 4, 5, 1},
            Ellipse{{5, 5}, 0, 0, 0},
            Ellipse{{5, 5}, 1e12, 3, 0},
            Polygon{},
            Polygon{{{}}},
            Polygon{{{{1, 1}}}},
            Polygon{{{{1, 1}, {2, 2}}}},
            Polygon{{{{1, 1}, {5, 5}, {9, 9}}}},
            Polygon{{{{1, 1}, {1, 1}, {1, 1}, {1, 1}}}},
            Polygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}},
            Polygon{{{{0, 0}, {nan, 10}, {10, inf}}}},
            Polygon{{{{-1e12, -1e12}, {1e12, 0}, {0, 1e12}}}},
            Mask{kSize, kSize, {kSize * kSize}},
            Mask{kSize, kSize, {0, kSize * kSize}},
            Mask{kSize, kSize, {5, 4000000000u}},
            Mask{0, 0, {}},
            Mask{7, 9, {63}},
            ImageLabel{},
            Keypoints{},
            Polyline{},
            Dot{{nan, 3}}};
}

void checkSound(const Result<Shape>& result) {
    if (!result) {
        QVERIFY(result.error().code == ErrorCode::InvalidData && !result.error().message.empty());
        return;
    }
    if (const auto* mask = std::get_if<Mask>(&*result)) QVERIFY(checkMask(*mask).has_value());
    if (const auto* polygon = std::get_if<Polygon>(&*result))
        for (const auto& ring : polygon->rings)
            for (const Point p : ring) QVERIFY(std::isfinite(p.x) && std::isfinite(p.y));
}

}  // namespace

class TestAreaOps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void polygonIdentities() {
        Random random(1);
        for (int round = 0; round < 400; ++round) {
            const Shape a = anyShape(random), b = anyShape(random);
            const Shape both[] = {a, b};
            const double areaA = exactArea(a), areaB = exactArea(b);
            const Shape all = united(both).value(), common = intersected(both).value(), rest = subtracted(a, {&b, 1}).value();
            const double slack = 0.01 * (1 + border(a) + border(b));
            QVERIFY2(std::abs(area(all) - (areaA + areaB - area(common))) < slack, qPrintable(QString::number(round)));
            QVERIFY(std::abs(area(rest) - (areaA - area(common))) < slack);
            const Shape restAndB[] = {rest, b};
            QVERIFY(area(intersected(restAndB).value()) < slack);
            const Shape backwards[] = {b, a};
            QVERIFY(std::abs(area(united(backwards).value()) - area(all)) < slack);
            QVERIFY(std::abs(iou(a, b).value() - area(common) / area(all)) < 0.01);
        }
    }

    void maskIdentities() {
        Random random(2);
        for (int round = 0; round < 200; ++round) {
            const std::uint32_t height = 1 + random() % 50, width = 1 + random() % 50;
            const Shape a = noise(random, height, width), b = noise(random, height, width);
            const Shape both[] = {a, b};
            const Shape all = united(both).value(), common = intersected(both).value(), rest = subtracted(a, {&b, 1}).value();
            QCOMPARE(area(all), area(a) + area(b) - area(common));
            QCOMPARE(area(rest), area(a) - area(common));
            const Shape restAndB[] = {rest, b};
            QVERIFY(isEmpty(intersected(restAndB).value()));
            const Shape restAndCommon[] = {rest, common};
            QCOMPARE(united(restAndCommon).value(), a);
            QCOMPARE(iou(a, a).value(), area(a) > 0 ? 1.0 : 0.0);
        }
    }

    void masksAgreeWithPolygons() {
        Random random(3);
        for (int round = 0; round < 200; ++round) {
            const Shape a = anyShape(random), b = anyShape(random);
            const Shape maskA = maskOf(a, kSize, kSize);
            const Shape polygons[] = {a, b}, mixed[] = {maskA, b};
            const double slack = 1 + border(a) + border(b);
            compareAreas(united(polygons).value(), united(mixed).value(), slack);
            compareAreas(intersected(polygons).value(), intersected(mixed).value(), slack);
            compareAreas(subtracted(a, {&b, 1}).value(), subtracted(maskA, {&b, 1}).value(), slack);
            QVERIFY(std::holds_alternative<Mask>(united(mixed).value()));
            for (const double by : {3.0, -2.0, 0.5}) compareAreas(grown(a, by).value(), grown(maskA, by).value(), slack);
        }
    }

    void mixedSizesAndKindsAreRefused() {
        const Shape masks[] = {Mask{3, 4, {12}}, Mask{4, 3, {12}}};
        QVERIFY(united(masks).error().message.find("4 x 3 and 3 x 4") != std::string::npos);
        const Shape kinds[] = {Box{{0, 0, 4, 4}}, Dot{{1, 1}}};
        QVERIFY(united(kinds).error().message.find("point") != std::string::npos);
        QVERIFY(!united({}));
        QVERIFY(!iou(Polyline{}, Box{{0, 0, 4, 4}}));
    }

    void unionOfNeighboursIsOneOutline() {
        const Shape halves[] = {Box{{0, 0, 10, 10}}, Box{{10, 0, 10, 10}}};
        const Shape whole = united(halves).value();
        QCOMPARE(std::get<Polygon>(whole).rings.size(), std::size_t(1));
        QCOMPARE(std::get<Polygon>(whole).rings[0].size(), std::size_t(4));
        const Shape hole = subtracted(Box{{0, 0, 10, 10}}, std::vector<Shape>{Box{{2, 2, 3, 3}}}).value();
        QCOMPARE(std::get<Polygon>(hole).rings.size(), std::size_t(2));
        QCOMPARE(area(hole), 91.0);
        QVERIFY(isEmpty(subtracted(halves[0], {halves, 1}).value()));
    }

    void partsAreApart() {
        Random random(4);
        for (int round = 0; round < 100; ++round) {
            const Shape mask = noise(random, 1 + random() % 40, 1 + random() % 40);
            const auto pieces = parts(mask).value();
            double sum = 0, last = 1e300;
            for (const Shape& piece : pieces) {
                sum += area(piece);
                QVERIFY(area(piece) <= last && area(piece) > 0);
                last = area(piece);
                QCOMPARE(parts(piece).value().size(), std::size_t(1));
            }
            QCOMPARE(sum, area(mask));
            // Grown by a pixel and a half, the pieces would meet within two pixels: each is alone in its own neighbourhood.
            for (std::size_t k = 0; k + 1 < pieces.size() && k < 4; ++k) {
                const Shape near[] = {grown(pieces[k], 1.5).value(), pieces[k + 1]};
                QVERIFY(isEmpty(intersected(near).value()));
            }
        }
    }

    void partsKeepTheirHoles() {
        const Shape ring = subtracted(Box{{0, 0, 20, 20}}, std::vector<Shape>{Box{{4, 4, 12, 12}}}).value();
        const Shape all[] = {ring, Box{{8, 8, 4, 4}}, Box{{40, 0, 5, 5}}};
        const auto pieces = parts(united(all).value()).value();
        QCOMPARE(pieces.size(), std::size_t(3));
        QCOMPARE(area(pieces[0]), 256.0);
        QCOMPARE(std::get<Polygon>(pieces[0]).rings.size(), std::size_t(2));
        QCOMPARE(area(pieces[1]), 25.0);
        QCOMPARE(area(pieces[2]), 16.0);
    }

    void cutPiecesMakeTheWhole() {
        Random random(5);
        int separated = 0;
        for (int round = 0; round < 300; ++round) {
            const Shape shape = anyShape(random);
            std::vector<Point> line;
            for (unsigned k = 2 + random() % 4; k; --k) line.push_back({uniform(random, -5, 100), uniform(random, -5, 100)});
            const auto pieces = cutByLine(shape, line).value();
            separated += pieces.size() > 1;
            const Shape together = united(pieces).value();
            QVERIFY2(std::abs(area(together) - exactArea(shape)) < 0.5,
                     qPrintable(QString("%1 of %2").arg(area(together)).arg(exactArea(shape))));
            checkDisjoint(pieces, 0.5);
            const Mask mask = maskOf(shape, kSize, kSize);
            const auto maskPieces = cutByLine(mask, line).value();
            QCOMPARE(united(maskPieces).value(), Shape(mask));
            checkDisjoint(maskPieces, 0);
        }
        QVERIFY(separated > 100);
    }

    void cutStraightThrough() {
        const std::vector<Point> line{{-5, 5}, {25, 5}};
        const auto halves = cutByLine(Box{{0, 0, 20, 12}}, line).value();
        QCOMPARE(halves.size(), std::size_t(2));
        QVERIFY(std::abs(area(halves[0]) - 140) < 0.1 && std::abs(area(halves[1]) - 100) < 0.1);
        const auto masks = cutByLine(maskOf(Box{{0, 0, 20, 12}}, 32, 32), line).value();
        QCOMPARE(masks.size(), std::size_t(2));
        QCOMPARE(area(masks[0]), 140.0);
        // Along a diagonal of pixel centres, where every pixel is on the line.
        const auto corners = cutByLine(maskOf(Box{{0, 0, 16, 16}}, 16, 16), std::vector<Point>{{0, 0}, {16, 16}}).value();
        QCOMPARE(corners.size(), std::size_t(2));
        QCOMPARE(area(corners[0]) + area(corners[1]), 256.0);
        QVERIFY(area(corners[1]) >= 120);
    }

    void aLineThatDoesNotSeparateLeavesTheShape() {
        const Shape box = Box{{0, 0, 20, 20}}, mask = maskOf(box, 32, 32);
        for (const auto& line : {std::vector<Point>{{-5, 10}, {10, 10}}, std::vector<Point>{{30, 0}, {30, 20}}}) {
            QCOMPARE(cutByLine(box, line).value(), std::vector<Shape>{box});
            QCOMPARE(cutByLine(mask, line).value(), std::vector<Shape>{mask});
        }
        QVERIFY(!cutByLine(box, std::vector<Point>{{1, 1}}));
        QVERIFY(!cutByLine(box, std::vector<Point>{{1, 1}, {std::nan(""), 2}}));
    }

    void whatIsNotCutStaysWithTheLargestPiece() {
        const Shape all[] = {Box{{0, 0, 20, 12}}, Box{{40, 0, 5, 5}}};
        const auto pieces = cutByLine(united(all).value(), std::vector<Point>{{-5, 5}, {25, 5}}).value();
        QCOMPARE(pieces.size(), std::size_t(2));
        QCOMPARE(std::get<Polygon>(pieces[0]).rings.size(), std::size_t(2));
        QVERIFY(std::abs(area(pieces[0]) - 165) < 0.1);
    }

    void growingHasRoundCorners() {
        const double by = 5, expected = 400 + 4 * 20 * by + std::numbers::pi * by * by;
        QVERIFY(std::abs(area(grown(Box{{20, 20, 20, 20}}, by).value()) - expected) < 0.01 * expected);
        QVERIFY(std::abs(area(grown(maskOf(Box{{20, 20, 20, 20}}, 64, 64), by).value()) - expected) < 0.03 * expected);
        QCOMPARE(area(grown(Box{{0, 0, 20, 20}}, -5).value()), 100.0);
        QCOMPARE(area(grown(maskOf(Box{{0, 0, 20, 20}}, 64, 64), -5).value()), 100.0);
        QVERIFY(isEmpty(grown(Box{{0, 0, 8, 8}}, -5).value()));
        QVERIFY(isEmpty(grown(maskOf(Box{{0, 0, 8, 8}}, 64, 64), -5).value()));
        QVERIFY(!grown(Box{{0, 0, 8, 8}}, std::nan("")));
    }

    void smoothingRounds() {
        const Shape box = Box{{10, 10, 40, 40}};
        double last = 1600;
        for (int strength = 1; strength <= 4; ++strength) {
            const Shape round = smoothed(box, strength).value();
            QVERIFY(area(round) <= last && area(round) > 1200);
            last = area(round);
        }
        std::vector<Shape> rough{box, Box{{50, 20, 6, 1}}, Box{{60, 60, 1, 1}}};
        const Shape mask = maskOf(united(rough).value(), 96, 96);
        const Shape smooth = smoothed(mask, 2).value();
        QVERIFY(!contains(smooth, {60.5, 60.5}) && !contains(smooth, {54.5, 20.5}));
        QVERIFY(contains(smooth, {30, 30}) && area(smooth) > 1560);
        QVERIFY(!smoothed(box, 0) && !smoothed(box, 5));
    }

    void simplifiedStaysWithinTolerance() {
        Random random(6);
        for (int round = 0; round < 100; ++round) {
            Polygon shape{{{}}};
            for (int k = 0; k < 400; ++k) {
                const double t = 2 * std::numbers::pi * k / 400, r = 30 + 3 * std::sin(7 * t) + uniform(random, -0.2, 0.2);
                shape.rings[0].push_back({48 + r * std::cos(t), 48 + r * std::sin(t)});
            }
            const double tolerance = uniform(random, 0.3, 3);
            const Shape simple = simplified(shape, tolerance).value();
            const auto& rings = std::get<Polygon>(simple).rings;
            QVERIFY(rings.size() == 1 && rings[0].size() >= 3 && rings[0].size() < 200);
            for (const Point p : shape.rings[0]) QVERIFY(distanceToOutline(simple, p) <= tolerance + 0.01);
        }
        Polyline line;
        for (int k = 0; k <= 100; ++k) line.points.push_back({double(k), k < 50 ? 0.0 : k - 50.0});
        QCOMPARE(std::get<Polyline>(simplified(line, 0.1).value()).points, (std::vector<Point>{{0, 0}, {50, 0}, {100, 50}}));
        QCOMPARE(std::get<Polygon>(simplified(star(random), 1000).value()).rings[0].size(), std::size_t(3));
    }

    void holesAndSpecks() {
        std::vector<Shape> small{Box{{4, 4, 2, 2}}, Box{{10, 4, 5, 5}}};
        std::vector<Shape> all{subtracted(Box{{0, 0, 20, 20}}, small).value(), Box{{30, 4, 2, 2}}, Box{{40, 4, 4, 4}}};
        const Shape polygon = united(all).value();
        for (const Shape& shape : {polygon, Shape(maskOf(polygon, 64, 64))}) {
            QCOMPARE(area(shape), 391.0);
            QCOMPARE(area(holesFilled(shape).value()), 420.0);
            QCOMPARE(area(holesFilled(shape, 10).value()), 395.0);
            QCOMPARE(area(specksDropped(shape, 10).value()), 387.0);
            QCOMPARE(area(specksDropped(shape, 1e9).value()), 371.0);
        }
    }

    void degenerateShapesAreHarmless() {
        const auto shapes = degenerate();
        const std::vector<Point> line{{0, 0}, {50, 60}};
        for (const Shape& a : shapes) {
            for (const Shape& b : shapes) {
                const Shape both[] = {a, b};
                checkSound(united(both));
                checkSound(intersected(both));
                checkSound(subtracted(a, {&b, 1}));
                if (const auto value = iou(a, b)) QVERIFY(*value >= 0 && *value <= 1);
            }
            for (const double by : {2.0, -2.0}) checkSound(grown(a, by));
            checkSound(smoothed(a, 2));
            checkSound(simplified(a, 1));
            checkSound(holesFilled(a));
            checkSound(specksDropped(a, 5));
            if (const auto pieces = parts(a))
                for (const Shape& piece : *pieces) checkSound(piece);
            if (const auto pieces = cutByLine(a, line)) QVERIFY(!pieces->empty());
        }
        // A bow tie is its two triangles.
        const Shape bowTie = Polygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}}};
        QCOMPARE(exactArea(bowTie), 50.0);
        QCOMPARE(parts(bowTie).value().size(), std::size_t(2));
    }

    void largeMasksStayQuick() {
        const std::uint32_t size = 8192;
        const Shape a = maskOf(Ellipse{{4000, 4000}, 3500, 2000, 0.3}, size, size);
        const Shape b = maskOf(Ellipse{{4500, 4200}, 2000, 3500, 0.3}, size, size);
        QElapsedTimer timer;
        timer.start();
        const Shape both[] = {a, b};
        const Shape all = united(both).value();
        const qint64 union_ = timer.restart();
        const auto pieces = cutByLine(all, std::vector<Point>{{-10, 100}, {8000, 8000}, {8300, 8100}}).value();
        const qint64 cutting = timer.restart();
        const Shape larger = grown(all, 20).value();
        const qint64 growing = timer.restart();
        const Shape filled = holesFilled(all).value();
        const qint64 filling = timer.restart();
        qInfo("8192 x 8192: union %lld ms, cut %lld ms, grow by 20 %lld ms, fill %lld ms", union_, cutting, growing, filling);
        QCOMPARE(pieces.size(), std::size_t(2));
        QVERIFY(area(larger) > area(all));
        QCOMPARE(filled, all);
        QVERIFY(union_ < 1000 && cutting < 2000 && growing < 5000 && filling < 2000);
    }

private:
    static void compareAreas(const Shape& polygon, const Shape& mask, double slack) {
        Shape inside = keptInside(polygon, kSize, kSize);
        QVERIFY2(std::abs(exactArea(inside) - area(mask)) <= slack,
                 qPrintable(QString("%1 against %2, slack %3").arg(exactArea(inside)).arg(area(mask)).arg(slack)));
    }
    static void checkDisjoint(const std::vector<Shape>& pieces, double slack) {
        for (std::size_t k = 1; k < pieces.size(); ++k) {
            const Shape both[] = {pieces[k - 1], pieces[k]};
            QVERIFY(area(intersected(both).value()) <= slack);
        }
    }
};

QTEST_APPLESS_MAIN(TestAreaOps)
#include "tst_area_ops.moc"
