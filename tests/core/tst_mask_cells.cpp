// Masks in cells: strokes against discs by hand, runs there and back, versions that share cells.
#include <QtTest>
#include <cmath>
#include <random>

#include "core/annot/mask.h"
#include "core/annot/mask_cells.h"

using namespace lathe::annot;

namespace {

using Bytes = std::vector<std::uint8_t>;

double distance(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    const double t = length2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0;
    return std::hypot(a.x + t * dx - p.x, a.y + t * dy - p.y);
}

Bytes bytesOf(const MaskCells& mask) {
    Bytes out(std::size_t(mask.width()) * mask.height());
    mask.read(0, 0, int(mask.width()), int(mask.height()), out.data(), mask.width());
    return out;
}

struct Random {
    std::mt19937 g;
    double real(double from, double to) { return std::uniform_real_distribution<double>(from, to)(g); }
    bool coin() { return g() & 1; }
    Point point(double w, double h) { return {real(-20, w + 20), real(-20, h + 20)}; }
};

MaskCells scribble(Random& random, std::uint32_t width, std::uint32_t height, int strokes) {
    MaskCells mask(width, height);
    for (int i = 0; i < strokes; ++i)
        mask.stroke(random.point(width, height), random.point(width, height), random.real(0.5, 90), i % 3 != 2);
    return mask;
}

}  // namespace

class tst_MaskCells : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A pixel is in when its centre is within the radius of the segment; right at the border rounding may decide.
    void strokeIsASweptDisc() {
        Random random{std::mt19937(3)};
        for (int round = 0; round < 60; ++round) {
            const Point a = random.point(230, 170), b = round % 5 ? random.point(230, 170) : a;
            const double radius = random.real(0.4, 70);
            MaskCells mask(230, 170);
            const Rect touched = mask.stroke(a, b, radius, true);
            int wrong = 0, outside = 0;
            for (int y = 0; y < 170; ++y)
                for (int x = 0; x < 230; ++x) {
                    const double d = distance({x + 0.5, y + 0.5}, a, b);
                    if (std::fabs(d - radius) > 1e-6 && mask.at(x, y) != (d < radius)) ++wrong;
                    if (mask.at(x, y) && !touched.contains({double(x), double(y)})) ++outside;
                }
            QCOMPARE(wrong, 0);
            QCOMPARE(outside, 0);
        }
    }

    void eraserTakesWhatTheBrushGave() {
        MaskCells mask(700, 500);
        mask.stroke({100, 100}, {600, 400}, 80, true);
        mask.stroke({350, 250}, {350, 250}, 30, false);
        QVERIFY(mask.at(300, 180) && !mask.at(350, 250));
        mask.stroke({100, 100}, {600, 400}, 81, false);
        QVERIFY(mask.empty());
        QCOMPARE(mask.area(), std::uint64_t(0));
        QCOMPARE(mask.bounds(), Rect());
        mask.compact();
        for (int row = 0; row < mask.rows(); ++row)
            for (int column = 0; column < mask.columns(); ++column) QVERIFY(!mask.cell(column, row));
    }

    void runsThereAndBack() {
        Random random{std::mt19937(7)};
        for (int round = 0; round < 40; ++round) {
            const auto width = std::uint32_t(random.real(1, 400)), height = std::uint32_t(random.real(1, 400));
            const MaskCells mask = scribble(random, width, height, 8);
            const Mask runs = mask.toMask();
            QVERIFY(checkMask(runs));
            QCOMPARE(runs, maskFromRaster(bytesOf(mask), height, width));
            QCOMPARE(maskArea(runs), mask.area());
            const MaskCells back(runs);
            QVERIFY(back == mask);
            QCOMPARE(back.toMask(), runs);
            QCOMPARE(back.bounds(), mask.bounds());
        }
    }

    void fullAndEmptyAndNothing() {
        for (const std::uint32_t side : {1u, 63u, 64u, 65u, 128u}) {
            const Mask full{side, side, {0, side * side}}, none{side, side, {side * side}};
            QCOMPARE(MaskCells(full).toMask(), full);
            QCOMPARE(MaskCells(none).toMask(), none);
            QCOMPARE(MaskCells(full).area(), std::uint64_t(side) * side);
            QVERIFY(MaskCells(none).empty());
        }
        QCOMPARE(MaskCells(128, 128).cell(0, 0), nullptr);
        const MaskCells full(Mask{128, 128, {0, 128 * 128}});
        QCOMPARE(full.cell(0, 0), full.cell(1, 1));
        QCOMPARE(MaskCells(0, 0).toMask().counts, std::vector<std::uint32_t>{0});
    }

    void aStrokeCopiesOnlyWhatItTouches() {
        MaskCells mask(1024, 1024);
        mask.stroke({200, 200}, {800, 200}, 60, true);
        mask.stroke({200, 800}, {800, 800}, 60, true);
        const MaskCells before = mask;
        const Bytes kept = bytesOf(before);
        const auto* far = mask.cell(5, 12);
        QVERIFY(far && far == before.cell(5, 12));
        mask.stroke({300, 200}, {400, 200}, 20, false);
        QCOMPARE(mask.cell(5, 12), far);
        QVERIFY(mask.cell(5, 3) != before.cell(5, 3));
        QCOMPARE(bytesOf(before), kept);
        MaskCells other = before;
        other.stroke({500, 500}, {500, 500}, 90, true);
        QCOMPARE(bytesOf(before), kept);
        QVERIFY(!(other == before) && !(mask == before));
    }

    void appliesAnotherMask() {
        Random random{std::mt19937(11)};
        for (int round = 0; round < 20; ++round) {
            const MaskCells a = scribble(random, 300, 200, 5), b = scribble(random, 300, 200, 5);
            MaskCells sum = a, rest = a;
            sum.apply(b, true);
            rest.apply(b, false);
            const Bytes u = bytesOf(a), v = bytesOf(b), s = bytesOf(sum), r = bytesOf(rest);
            for (std::size_t i = 0; i < u.size(); ++i) QVERIFY(s[i] == (u[i] | v[i]) && r[i] == (u[i] & ~v[i] & 1));
            MaskCells shared(300, 200);
            shared.apply(b, true);
            shared.stroke({150, 100}, {150, 100}, 40, false);
            QCOMPARE(bytesOf(b), v);
        }
        MaskCells small(10, 10);
        QCOMPARE(small.apply(MaskCells(20, 20), true), Rect());
    }

    void rowsAndRectangles() {
        MaskCells mask(200, 100);
        mask.fillRow(70, -5, 130, true);
        mask.fillRow(-1, 0, 10, true);
        mask.fillRow(100, 0, 10, true);
        QCOMPARE(mask.area(), std::uint64_t(130));
        QCOMPARE(mask.bounds(), (Rect{0, 70, 130, 1}));
        Bytes part(std::size_t(20) * 3);
        mask.read(120, 69, 20, 3, part.data(), 20);
        for (int i = 0; i < 20; ++i)
            QVERIFY(part[std::size_t(i)] == 0 && part[std::size_t(20 + i)] == (i < 10) && part[std::size_t(40 + i)] == 0);
    }

    void masksMoveByWholePixels() {
        Random random{std::mt19937(13)};
        for (int round = 0; round < 40; ++round) {
            const auto w = std::uint32_t(random.real(1, 90)), h = std::uint32_t(random.real(1, 90));
            const Mask mask = scribble(random, w, h, 4).toMask();
            const int dx = int(random.real(-100, 100)), dy = int(random.real(-100, 100));
            const Bytes from = maskToRaster(mask);
            Bytes wanted(from.size());
            for (int y = 0; y < int(h); ++y)
                for (int x = 0; x < int(w); ++x)
                    if (x - dx >= 0 && y - dy >= 0 && x - dx < int(w) && y - dy < int(h))
                        wanted[std::size_t(y) * w + std::size_t(x)] = from[std::size_t(y - dy) * w + std::size_t(x - dx)];
            QCOMPARE(std::get<Mask>(translated(mask, dx + 0.2, dy - 0.2)), maskFromRaster(wanted, h, w));
        }
    }

    void badStrokesDoNothing() {
        MaskCells mask(50, 50);
        const double nan = std::nan(""), inf = INFINITY;
        QCOMPARE(mask.stroke({nan, 1}, {2, 2}, 5, true), Rect());
        QCOMPARE(mask.stroke({1, 1}, {inf, 2}, 5, true), Rect());
        QCOMPARE(mask.stroke({1, 1}, {2, 2}, nan, true), Rect());
        QCOMPARE(mask.stroke({1, 1}, {2, 2}, 0, true), Rect());
        mask.stroke({-1e9, 25}, {1e9, 25}, 3, true);
        QCOMPARE(mask.area(), std::uint64_t(50 * 6));
        QVERIFY(!mask.at(-1, 0) && !mask.at(50, 0));
    }
};

QTEST_GUILESS_MAIN(tst_MaskCells)
#include "tst_mask_cells.moc"
