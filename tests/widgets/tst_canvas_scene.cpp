// The canvas without a window: index against brute force, painter without seams, outlines of masks, levels of detail, versions.
#include <QtTest>
#include <cmath>
#include <random>

#include "core/annot/mask.h"
#include "widgets/canvas/levels.h"
#include "widgets/canvas/outline.h"
#include "widgets/canvas/packed_tree.h"
#include "widgets/canvas/scene.h"
#include "widgets/canvas/tile_painter.h"

using namespace lathe;
using namespace lathe::widgets::canvas;

namespace {

annot::Annotation polygon(std::int64_t id, double x, double y, double r, int n) {
    annot::Annotation a;
    a.id = AnnotationId(id);
    a.classId = ClassId(id % 5 + 1);
    std::vector<annot::Point> ring;
    for (int i = 0; i < n; ++i) {
        const double t = 6.283185307 * i / n, k = r * (1 + 0.15 * std::sin(5 * t));
        ring.push_back({x + k * std::cos(t), y + 0.7 * k * std::sin(t)});
    }
    a.shape = annot::Polygon{{ring}};
    return a;
}

annot::Annotation box(std::int64_t id, annot::Rect r) {
    annot::Annotation a;
    a.id = AnnotationId(id);
    a.classId = ClassId(1);
    a.shape = annot::Box{r};
    return a;
}

/// Shapes of every kind of stroke: solid, dotted, locked, giant, mask, keypoints, tiny ones.
annot::Annotations mixed() {
    std::mt19937 g(5);
    annot::Annotations all;
    auto at = [&](int n) { return double(g() % unsigned(n)) + double(g() % 100) / 100; };
    for (int i = 1; i <= 400; ++i) {
        auto a = polygon(i, at(1000), at(700), 3 + at(60), 20);
        if (i % 7 == 0) a.flags |= annot::Crowd;
        if (i % 11 == 0) a.flags |= annot::Locked;
        if (i % 5 == 0) a = box(i, {at(900), at(600), 1 + at(150), 1 + at(90)});
        all.push_back(a);
    }
    all.push_back(polygon(1001, 500, 350, 300, 5000));
    annot::Annotation mask;
    mask.id = AnnotationId(1002);
    std::vector<std::uint8_t> raster(std::size_t(1000) * 700);
    for (int y = 0; y < 700; ++y)
        for (int x = 0; x < 1000; ++x)
            raster[std::size_t(y * 1000 + x)] = std::hypot(x - 400.0, y - 300.0) < 120 && std::hypot(x - 420.0, y - 310.0) > 40;
    mask.shape = annot::maskFromRaster(raster, 700, 1000);
    all.push_back(mask);
    annot::Annotation points;
    points.id = AnnotationId(1003);
    points.shape = annot::Keypoints{{{{700, 300}, 2}, {{740, 360}, 1}, {{100, 100}, 0}}, {650, 250, 150, 150}};
    all.push_back(points);
    return all;
}

ClassStyles colours() {
    return {{1, {0xff00c8d0u}}, {2, {0xfff09040u}}, {3, {0xffb0a0ffu}}, {4, {0xff60d060u}}, {5, {0xffe06080u}}};
}

Pyramid picture() {
    auto mat = std::make_shared<cv::Mat>(700, 1000, CV_8UC3);
    for (int y = 0; y < 700; ++y)
        for (int x = 0; x < 1000; ++x) mat->at<cv::Vec3b>(y, x) = cv::Vec3b(uchar(x), uchar(y), uchar((x * y) >> 6));
    return Pyramid(mat, 1000, 700);
}

QImage painted(const Scene& scene, const Pyramid& from, double scale, int tile, const QSize& size) {
    QImage all(size, QImage::Format_RGB32);
    TilePainter painter;
    const std::atomic<bool> never{false};
    for (int ty = 0; ty * tile < size.height(); ++ty)
        for (int tx = 0; tx * tile < size.width(); ++tx) {
            QImage one(tile, tile, QImage::Format_RGB32);
            painter.paint(one, scene, from, scale, tx, ty, never);
            for (int y = 0; y < std::min(tile, size.height() - ty * tile); ++y)
                std::memcpy(all.scanLine(ty * tile + y) + std::ptrdiff_t(tx) * tile * 4, one.constScanLine(y),
                            std::size_t(std::min(tile, size.width() - tx * tile)) * 4);
        }
    return all;
}

}  // namespace

class tst_CanvasScene : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void treeAgainstBruteForce_data() {
        QTest::addColumn<int>("count");
        for (const int n : {0, 1, 2, 15, 16, 17, 255, 256, 257, 5000}) QTest::addRow("%d", n) << n;
    }
    void treeAgainstBruteForce() {
        QFETCH(int, count);
        std::mt19937 g(unsigned(count) + 1);
        std::vector<Bounds> boxes;
        for (int i = 0; i < count; ++i) {
            const float x = float(g() % 1000), y = float(g() % 800);
            boxes.push_back(i % 50 == 7 ? Bounds{} : Bounds{x, y, x + float(g() % 60), y + float(g() % 60)});
        }
        const PackedTree tree(boxes);
        for (int q = 0; q < 300; ++q) {
            const float x = float(g() % 1000), y = float(g() % 800);
            const Bounds query{x, y, x + float(g() % 200), y + float(g() % 200)};
            std::vector<std::uint32_t> found, wanted;
            tree.query(query, [&](std::uint32_t i) { found.push_back(i); });
            for (std::uint32_t i = 0; i < boxes.size(); ++i)
                if (boxes[i].meets(query)) wanted.push_back(i);
            std::sort(found.begin(), found.end());
            QCOMPARE(found, wanted);
        }
    }

    void tilesHaveNoSeams_data() {
        QTest::addColumn<double>("scale");
        for (const double s : {0.07, 0.25, 0.61803, 1.0, 1.55, 4.0, 37.3}) QTest::addRow("%g", s) << s;
    }
    void tilesHaveNoSeams() {
        QFETCH(double, scale);
        const auto scene = Scene::pack(mixed(), colours());
        const Pyramid from = picture();
        const QSize size(std::min(1536, int(1000 * scale) + 1), std::min(1024, int(700 * scale) + 1));
        const QImage a = painted(*scene, from, scale, 256, size), b = painted(*scene, from, scale, 512, size);
        QVERIFY2(a == b, "256- and 512-px tiles differ");
    }

    void strokesAreDouble() {
        const auto scene = Scene::pack({box(1, {100, 100, 200, 150})}, colours());
        auto white = std::make_shared<cv::Mat>(400, 400, CV_8UC3, cv::Scalar(255, 255, 255));
        const QImage image = painted(*scene, Pyramid(white, 400, 400), 1, 256, {400, 400});
        const QColor on = image.pixelColor(200, 100), beside = image.pixelColor(200, 98), inside = image.pixelColor(200, 120);
        QVERIFY(on.green() > 150 && on.red() < 90);        // the class
        QVERIFY(beside.red() < 200 && beside.red() > 90);  // the black halo over white
        QCOMPARE(inside, QColor(Qt::white));               // no fill
    }

    void suggestionsAndCrowdsAreDashed() {
        auto crowd = box(1, {20, 20, 300, 200});
        crowd.flags = annot::Crowd;
        const auto scene = Scene::pack({crowd}, colours());
        auto white = std::make_shared<cv::Mat>(400, 400, CV_8UC3, cv::Scalar(255, 255, 255));
        const QImage image = painted(*scene, Pyramid(white, 400, 400), 1, 256, {400, 400});
        int gaps = 0;
        for (int x = 30; x < 300; ++x) gaps += image.pixelColor(x, 20) == QColor(Qt::white);
        QVERIFY2(gaps > 60 && gaps < 240, qPrintable(QString::number(gaps)));
    }

    /// Below 100 % a pixel shows how much of it a mask covers: nothing thin vanishes, nothing fine flickers.
    void masksAreSmoothFromFarAway() {
        const auto inks = [](const annot::MaskCells& mask) {
            QImage alphas(100, 100, QImage::Format_Grayscale8);
            alphas.fill(0);
            MaskPainter().each(mask, alphas.rect(), 0.25, 0, 0, {}, [&](int x, int y, std::uint32_t, std::uint32_t alpha) {
                alphas.scanLine(y)[x] = uchar(std::min(alpha, 255u));
            });
            return alphas;
        };
        const auto at = [](const QImage& image, int x, int y) { return int(image.constScanLine(y)[x]); };
        annot::MaskCells board(400, 400), line(400, 400), square(400, 400);
        for (int y = 0; y < 400; ++y)
            for (int x = y % 2; x < 400; x += 2) board.fillRow(y, x, x + 1, true);
        const QImage half = inks(board);
        for (int k = 10; k < 90; ++k)
            QVERIFY2(std::abs(at(half, k, 97 - k) - 51) <= 1, qPrintable(QString::number(at(half, k, 97 - k))));
        for (int y = 0; y < 400; ++y) line.fillRow(y, 101, 102, true);  // between two centres
        QVERIFY(std::abs(at(inks(line), 25, 50) - 64) < 20);
        for (int y = 100; y < 200; ++y) square.fillRow(y, 100, 200, true);
        const QImage sharp = inks(square);  // whole pixels of the screen: as at 100 %
        QCOMPARE(at(sharp, 25, 30), 255);
        QCOMPARE(at(sharp, 30, 30), 102);
        QCOMPARE(at(sharp, 24, 30), 128);
        QCOMPARE(at(sharp, 23, 30), 128);
        QCOMPARE(at(sharp, 22, 30), 0);
    }

    void maskOutlineHasTheMasksArea() {
        std::mt19937 g(9);
        for (int round = 0; round < 20; ++round) {
            const int w = 5 + int(g() % 30), h = 5 + int(g() % 30);
            std::vector<std::uint8_t> raster(std::size_t(w * h));
            for (auto& p : raster) p = g() % 3 > 0;
            const auto mask = annot::maskFromRaster(raster, std::uint32_t(h), std::uint32_t(w));
            double area = 0;
            for (const auto& ring : outlineOf(mask))
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    const Vec a = ring[i], b = ring[(i + 1) % ring.size()];
                    area += (double(a.x) * double(b.y) - double(b.x) * double(a.y)) / 2;
                }
            QCOMPARE(area, double(annot::maskArea(mask)));
        }
    }

    void degenerateShapesDoNoHarm() {
        const double nan = std::nan("");
        annot::Annotations all{box(1, {10, 10, 0, 0}), box(2, {nan, 1, 2, 3}), box(3, {1e9, 0, 10, 10}), polygon(4, 50, 50, 0, 20)};
        annot::Annotation empty, single, label, crossed;
        empty.id = AnnotationId(5), empty.shape = annot::Polygon{};
        single.id = AnnotationId(6), single.shape = annot::Polygon{{{{5, 5}}, {{7, 7}, {8, 8}}}};
        label.id = AnnotationId(7);
        crossed.id = AnnotationId(8), crossed.shape = annot::Polygon{{{{0, 0}, {90, 90}, {90, 0}, {0, 90}}}};
        all.insert(all.end(), {empty, single, label, crossed});
        const auto scene = Scene::pack(all, colours());
        for (const double scale : {0.01, 1.0, 64.0}) (void)painted(*scene, picture(), scale, 256, {512, 512});
        QCOMPARE(scene->hits({80, 20}, 1).size(), std::size_t(1));
        QVERIFY(scene->hits({45, 5}, 1).empty());  // outside of the bow tie's even-odd inside
    }

    void levelsAreNested() {
        const auto shape = std::get<annot::Polygon>(polygon(1, 0, 0, 500, 700).shape);
        std::vector<Vec> ring;
        for (const auto p : shape.rings[0]) ring.push_back({float(p.x), float(p.y)});
        std::vector<std::uint8_t> keep(ring.size());
        rankRing(ring, keep);
        std::size_t last = 0;
        for (const double scale : {0.001, 0.01, 0.1, 1.0, 16.0}) {
            const auto count = std::size_t(std::count_if(keep.begin(), keep.end(), [&](auto k) { return k >= keepLimit(scale); }));
            QVERIFY(count >= last && count >= 2);
            last = count;
        }
        QVERIFY(last > 600);
    }

    void editsMakeVersions() {
        const auto first = Scene::pack({box(1, {0, 0, 10, 10}), box(2, {100, 100, 50, 50})}, colours());
        auto moved = std::make_shared<Shapes>();
        moved->add(box(1, {200, 0, 10, 10}), ClassStyle{0xff000000u}, 0);
        const auto second = first->with({{1, moved}});
        QVERIFY(second->version() > first->version());
        QCOMPARE(first->hits({5, 5}, 1).size(), std::size_t(1));
        QVERIFY(second->hits({5, 5}, 1).empty());
        QCOMPARE(second->hits({205, 5}, 1).size(), std::size_t(1));
        QVERIFY(second->with({{2, nullptr}})->hits({120, 120}, 1).empty());
        QCOMPARE(second->within({90, 90, 160, 160}), std::vector<std::int64_t>{2});
        QVERIFY(second->withHidden({2})->hits({120, 120}, 1).empty());
    }

    void smallestIsHitFirst() {
        const auto scene = Scene::pack({box(1, {40, 40, 20, 20}), box(2, {0, 0, 100, 100}), box(3, {30, 30, 50, 50})}, colours());
        std::vector<std::int64_t> ids;
        for (const ShapeRef s : scene->hits({50, 50}, 2)) ids.push_back(s.head().id);
        QCOMPARE(ids, (std::vector<std::int64_t>{1, 3, 2}));
    }
};

QTEST_GUILESS_MAIN(tst_CanvasScene)
#include "tst_canvas_scene.moc"
