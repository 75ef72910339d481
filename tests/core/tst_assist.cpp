// The assistants: known answers on made-up pictures, given boxes on real ones, bad hints, and being stopped.
#include <QRegularExpression>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <ranges>

#include "core/annot/assist/assist.h"
#include "core/annot/assist/pixels.h"
#include "core/annot/mask.h"

using namespace lathe;
using namespace lathe::annot;
using namespace lathe::annot::assist;

namespace {

constexpr int kCells = 24;

struct Cell {
    std::string name;
    Rect box;
};

/// The boxes of one class in a picture of the sample (Pascal VOC, from 1).
std::vector<Cell> cellsOf(const std::filesystem::path& xml, const QString& wanted) {
    QFile file(QString::fromStdString(xml.string()));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression object(
        QStringLiteral(
            "<name>(\\w+)</name>.*?<xmin>(\\d+)</xmin>\\s*<ymin>(\\d+)</ymin>\\s*<xmax>(\\d+)</xmax>\\s*<ymax>(\\d+)</ymax>"),
        QRegularExpression::DotMatchesEverythingOption);
    std::vector<Cell> out;
    for (auto it = object.globalMatch(text); it.hasNext();) {
        const auto m = it.next();
        const double x = m.captured(2).toDouble() - 1, y = m.captured(3).toDouble() - 1;
        if (m.captured(1) == wanted)
            out.push_back({xml.stem().string(), {x, y, m.captured(4).toDouble() - x, m.captured(5).toDouble() - y}});
    }
    return out;
}

std::filesystem::path sample() {
    return std::filesystem::path(LATHE_SOURCE_DIR) / "resources/samples/bccd";
}

cv::Mat pictureOf(const std::string& name) {
    return cv::imread((sample() / "JPEGImages" / (name + ".jpg")).string());
}

/// White cells that are wholly in their picture: the first of each picture, in the order of the names.
std::vector<Cell> whiteCells() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(sample() / "Annotations")) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Cell> out;
    for (const auto& file : files) {
        const auto cells = cellsOf(file, QStringLiteral("WBC"));
        if (cells.size() != 1 || out.size() == kCells) continue;
        const Rect b = cells[0].box;
        if (b.x > 4 && b.y > 4 && b.x + b.w < 636 && b.y + b.h < 476) out.push_back(cells[0]);
    }
    return out;
}

double iou(const Mask& a, const Mask& b) {
    const auto ra = maskToRaster(a), rb = maskToRaster(b);
    double both = 0, any = 0;
    for (std::size_t i = 0; i < ra.size() && i < rb.size(); ++i) both += ra[i] & rb[i], any += ra[i] | rb[i];
    return any > 0 ? both / any : 0;
}

Mask maskOf(const cv::Mat& raster) {
    return maskOfCrop(raster, {0, 0}, raster.size());
}

cv::Mat noisy(const cv::Mat& picture, double sigma, int seed = 7) {
    cv::Mat noise(picture.size(), CV_16SC(picture.channels()));
    cv::RNG rng{std::uint64_t(seed)};
    rng.fill(noise, cv::RNG::NORMAL, 0, sigma);
    cv::Mat out;
    cv::add(picture, noise, out, cv::noArray(), CV_8U);
    return out;
}

/// An ellipse with a bump on a background of another colour, both noisy; and its true pixels.
struct Blob {
    cv::Mat picture, truth;
    Rect box;
};

Blob blob(cv::Size size = {640, 480}) {
    Blob b;
    b.truth = cv::Mat(size, CV_8U, cv::Scalar(0));
    cv::ellipse(b.truth, {size.width / 2, size.height / 2}, {size.width / 6, size.height / 5}, 25, 0, 360, cv::Scalar(255), -1);
    cv::circle(b.truth, {size.width / 2 + size.width / 9, size.height / 2 - size.height / 8}, size.height / 12, cv::Scalar(255),
               -1);
    cv::Mat clean(size, CV_8UC3, cv::Scalar(150, 170, 160));
    clean.setTo(cv::Scalar(90, 60, 140), b.truth);
    b.picture = noisy(clean, 14);
    b.box = rectOf(cv::boundingRect(b.truth));
    return b;
}

double median(std::vector<double> v) {
    std::sort(v.begin(), v.end());
    return v.empty() ? 0 : v[v.size() / 2];
}

std::stop_token stopped() {
    std::stop_source source;
    source.request_stop();
    return source.get_token();
}

template <class T>
bool isError(const Result<T>& result, ErrorCode code) {
    return !result && result.error().code == code && !result.error().message.empty();
}

Polygon ring(int points, double radius, Point middle, double start = 0) {
    Polygon p{{{}}};
    for (int i = 0; i < points; ++i) {
        const double a = start + 2 * std::numbers::pi * i / points;
        p.rings[0].push_back({middle.x + radius * std::cos(a), middle.y + radius * std::sin(a)});
    }
    return p;
}

}  // namespace

class tst_Assist : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cropsAreMasks() {
        const Blob b = blob({97, 61});
        std::vector<std::uint8_t> bytes(b.truth.begin<uchar>(), b.truth.end<uchar>());
        const Mask whole = maskFromRaster(bytes, 61, 97);
        QCOMPARE(maskOf(b.truth), whole);
        const cv::Rect in = cv::boundingRect(b.truth);
        QCOMPARE(maskOfCrop(b.truth(in), in.tl(), b.truth.size()), whole);
        QCOMPARE(pixelBounds(whole), in);
        QVERIFY(cv::countNonZero(rasterOf(whole, in) != b.truth(in)) == 0);
        const cv::Mat wide = rasterOf(whole, {-5, -7, 120, 80});
        QCOMPARE(cv::countNonZero(wide), cv::countNonZero(b.truth));
        QCOMPARE(pixelBounds(maskOf(cv::Mat::zeros(5, 6, CV_8U))), cv::Rect());
        const Mask all = maskOf(cv::Mat(5, 6, CV_8U, cv::Scalar(255)));
        QCOMPARE(all.counts, (std::vector<std::uint32_t>{0, 30}));
        QCOMPARE(pixelBounds(all), cv::Rect(0, 0, 6, 5));
    }

    void wandTakesWhatTouches() {
        cv::Mat picture(1500, 2000, CV_8UC3, cv::Scalar(200, 200, 200)), truth(picture.size(), CV_8U, cv::Scalar(0));
        cv::rectangle(truth, {100, 100, 1600, 1200}, cv::Scalar(255), -1);
        picture.setTo(cv::Scalar(90, 120, 150), truth);
        cv::rectangle(picture, {1800, 100, 90, 90}, cv::Scalar(90, 120, 150), -1);
        cv::rectangle(picture, {300, 300, 100, 100}, cv::Scalar(90, 120, 190), -1);
        auto open = truth.clone();
        cv::rectangle(open, {300, 300, 100, 100}, cv::Scalar(0), -1);
        const auto narrow = wand(picture, {150.5, 150.5}, 20), wide = wand(picture, {150.5, 150.5}, 45);
        QVERIFY(narrow && wide);
        QVERIFY(iou(*narrow, maskOf(open)) > 0.9999);  // the median rounds corners
        QVERIFY(iou(*wide, maskOf(truth)) > 0.9999);
        QVERIFY(isError(wand(picture, {2100, 10}, 20), ErrorCode::InvalidData));
        QVERIFY(isError(wand(picture, {NAN, 10}, 20), ErrorCode::InvalidData));
        QVERIFY(isError(wand({}, {1, 1}, 20), ErrorCode::InvalidData));
        QVERIFY(isError(wand(cv::Mat(9, 9, CV_16U), {1, 1}, 20), ErrorCode::InvalidArgument));
        QVERIFY(isError(wand(picture, {150, 150}, 20, stopped()), ErrorCode::Cancelled));
    }

    void wandFindsNuclei() {
        std::vector<double> all;
        for (const Cell& cell : whiteCells()) {
            const cv::Mat picture = pictureOf(cell.name);
            cv::Mat darkness = picture(pixelsOf(cell.box, picture.size())), smooth;
            cv::GaussianBlur(greyOf(darkness), smooth, {15, 15}, 0);
            cv::Point darkest;
            cv::minMaxLoc(smooth, nullptr, nullptr, &darkest);
            const auto mask = wand(picture, {cell.box.x + darkest.x, cell.box.y + darkest.y}, 45);
            QVERIFY(mask);
            all.push_back(overlap(bounds(*mask), cell.box));
        }
        QCOMPARE(int(all.size()), kCells);
        QVERIFY2(median(all) > 0.5, qPrintable(QString::number(median(all))));
    }

    void scissorsFollowACircle() {
        cv::Mat picture(600, 700, CV_8UC3, cv::Scalar(190, 200, 210));
        cv::circle(picture, {350, 300}, 200, cv::Scalar(120, 90, 100), -1, cv::LINE_AA);
        picture = noisy(picture, 8);
        const Point left{150.5, 300.5};
        const auto wire = Scissors::make(picture, left, {0, 0, 700, 600});
        QVERIFY(wire);
        const auto path = (*wire)->pathTo({350.5, 100.5});
        QCOMPARE(path.front(), left);
        QCOMPARE(path.back(), (Point{350.5, 100.5}));
        double farthest = 0, length = 0;
        for (std::size_t i = 1; i < path.size(); ++i) {
            const Point middle{(path[i].x + path[i - 1].x) / 2, (path[i].y + path[i - 1].y) / 2};
            for (const Point p : {path[i], middle})
                farthest = std::max(farthest, std::fabs(std::hypot(p.x - 350.5, p.y - 300.5) - 200));
            length += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
        }
        QVERIFY2(farthest < 3, qPrintable(QString::number(farthest)));
        QVERIFY(length < 1.1 * std::numbers::pi * 100);
        QVERIFY(path.size() > 8 && path.size() < 150);
        QCOMPARE((*wire)->pathTo(left).size(), std::size_t(2));
        QCOMPARE((*wire)->pathTo({9000, -50}).back(), (Point{9000, -50}));
        QVERIFY(isError(Scissors::make(picture, {800, 10}, {0, 0, 700, 600}), ErrorCode::InvalidData));
        QVERIFY(isError(Scissors::make(picture, {10, 10}, {650, 550, 10, 10}), ErrorCode::InvalidData));
        QVERIFY(isError(Scissors::make(picture, left, {0, 0, 700, 600}, stopped()), ErrorCode::Cancelled));
    }

    void scissorsFromTheLastPixel() {
        const Blob b = blob({320, 240});
        const auto wire = Scissors::make(b.picture, {320, 240}, {-50, -50, 900, 900});
        QVERIFY(wire);
        QCOMPARE((*wire)->region(), (Rect{0, 0, 320, 240}));
        QVERIFY((*wire)->pathTo({0, 0}).size() >= 2);
    }

    void grabCutFindsABlob_data() {
        QTest::addColumn<bool>("quick");
        QTest::addColumn<double>("atLeast");
        QTest::newRow("quick") << true << 0.9;
        QTest::newRow("full") << false << 0.97;
    }
    void grabCutFindsABlob() {
        QFETCH(bool, quick);
        QFETCH(double, atLeast);
        const Blob b = blob();
        const Effort effort = quick ? Effort::Quick : Effort::Full;
        const auto mask = grabCut(b.picture, b.box.grown(10), {}, effort), again = grabCut(b.picture, b.box.grown(10), {}, effort);
        QVERIFY(mask && again);
        QCOMPARE(*mask, *again);
        QCOMPARE(mask->width, 640u);
        QVERIFY2(iou(*mask, maskOf(b.truth)) > atLeast, qPrintable(QString::number(iou(*mask, maskOf(b.truth)))));
        cv::Mat grey;
        cv::cvtColor(b.picture, grey, cv::COLOR_BGR2GRAY);
        const auto ofGrey = grabCut(grey, b.box.grown(10), {}, effort);
        QVERIFY(ofGrey && iou(*ofGrey, maskOf(b.truth)) > atLeast - 0.05);
    }

    void strokesCorrect() {
        cv::Mat picture(300, 400, CV_8UC3, cv::Scalar(160, 160, 160));
        cv::rectangle(picture, {100, 100, 80, 80}, cv::Scalar(60, 60, 150), -1);
        cv::rectangle(picture, {220, 100, 80, 80}, cv::Scalar(60, 60, 150), -1);
        picture = noisy(picture, 6);
        const Rect box{90, 90, 220, 100};
        const auto both = grabCut(picture, box, {}, Effort::Full);
        const auto one = grabCut(picture, box, {{{{225, 140}, {295, 140}}, 36, false}}, Effort::Full);
        QVERIFY(both && one);
        QVERIFY(contains(*both, {140, 140}) && contains(*both, {260, 140}) && !contains(*both, {200, 140}));
        QVERIFY(contains(*one, {140, 140}) && !contains(*one, {260, 140}));
        const auto more = grabCut(picture, {90, 90, 100, 100}, {{{{230, 140}, {290, 140}}, 30, true}}, Effort::Full);
        QVERIFY(more && contains(*more, {140, 140}) && contains(*more, {260, 140}));
    }

    void grabCutFindsWhiteCells_data() {
        QTest::addColumn<bool>("quick");
        QTest::newRow("quick") << true;
        QTest::newRow("full") << false;
    }
    void grabCutFindsWhiteCells() {
        QFETCH(bool, quick);
        const Effort effort = quick ? Effort::Quick : Effort::Full;
        std::vector<double> boxes, extremes;
        for (const Cell& cell : whiteCells()) {
            const cv::Mat picture = pictureOf(cell.name);
            const Rect r = cell.box;
            const auto mask = grabCut(picture, r.grown(6), {}, effort);
            if (mask) boxes.push_back(overlap(bounds(*mask), r));
            const std::vector<Point> four{
                {r.x + 2, r.y + r.h / 2}, {r.x + r.w / 2, r.y + 2}, {r.x + r.w - 2, r.y + r.h / 2}, {r.x + r.w / 2, r.y + r.h - 2}};
            if (const auto found = fromExtremes(picture, four, effort)) extremes.push_back(overlap(bounds(*found), r));
        }
        QVERIFY(int(boxes.size()) >= kCells - 1 && int(extremes.size()) >= kCells - 1);
        QVERIFY2(median(boxes) > (quick ? 0.6 : 0.65), qPrintable(QString::number(median(boxes))));
        QVERIFY2(median(extremes) > (quick ? 0.85 : 0.9), qPrintable(QString::number(median(extremes))));
    }

    void extremesFindABlob() {
        const Blob b = blob();
        std::vector<std::vector<cv::Point>> outline;
        cv::findContours(b.truth, outline, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
        auto most = [&](auto less) {
            const cv::Point p = *std::min_element(outline[0].begin(), outline[0].end(), less);
            return Point{p.x + 0.5, p.y + 0.5};
        };
        const std::vector<Point> four{
            most([](auto a, auto c) { return a.y > c.y; }), most([](auto a, auto c) { return a.x < c.x; }),
            most([](auto a, auto c) { return a.y < c.y; }), most([](auto a, auto c) { return a.x > c.x; })};
        for (const Effort effort : {Effort::Quick, Effort::Full}) {
            const auto mask = fromExtremes(b.picture, four, effort);
            QVERIFY(mask && iou(*mask, maskOf(b.truth)) > 0.9);
        }
        QVERIFY(isError(fromExtremes(b.picture, {{1, 1}, {2, 2}, {3, 3}}, Effort::Quick), ErrorCode::InvalidData));
        QVERIFY(isError(fromExtremes(b.picture, {{5, 5}, {5, 5}, {5, 5}, {5, 5}}, Effort::Quick), ErrorCode::InvalidData));
        QVERIFY(isError(fromExtremes(b.picture, four, Effort::Full, stopped()), ErrorCode::Cancelled));
    }

    void badBoxesSayWhy() {
        const Blob b = blob({320, 240});
        for (const Rect r : {Rect{10, 10, 2, 50}, Rect{400, 10, 50, 50}, Rect{-90, -90, 50, 50}, Rect{50, 50, 0, 0}})
            QVERIFY(isError(grabCut(b.picture, r, {}, Effort::Quick), ErrorCode::InvalidData));
        QVERIFY(grabCut(b.picture, {-100, -100, 900, 900}, {}, Effort::Quick));
        const auto nothing = grabCut(b.picture, b.box, {{{{0, 120}, {320, 120}}, 300, false}}, Effort::Quick);
        QVERIFY(isError(nothing, ErrorCode::InvalidData));
        QVERIFY(isError(grabCut(b.picture, b.box, {}, Effort::Full, stopped()), ErrorCode::Cancelled));
    }

    void superpixelsKeepToEdges() {
        const Blob b = blob();
        for (const Effort effort : {Effort::Quick, Effort::Full}) {
            const auto pixels = Superpixels::make(b.picture, {0, 0, 640, 480}, 24, effort);
            QVERIFY(pixels);
            const double expected = 640 * 480 / (24.0 * 24);
            QVERIFY2((*pixels)->count() > expected / 3 && (*pixels)->count() < expected * 3,
                     qPrintable(QString::number((*pixels)->count())));
            const auto labels = (*pixels)->within(maskOf(b.truth));
            QVERIFY(iou((*pixels)->maskOf(labels), maskOf(b.truth)) > 0.9);
            std::vector<int> all;
            for (int i = 0; i < (*pixels)->count(); ++i) all.push_back(i);
            QCOMPARE(maskArea((*pixels)->maskOf(all)), std::uint64_t(640 * 480));
            QVERIFY(cv::countNonZero((*pixels)->borders()) > 0);
        }
    }

    void superpixelsOfAWindow() {
        const Blob b = blob();
        const auto pixels = Superpixels::make(b.picture, {300.4, 200.2, 100, 80}, 12, Effort::Full);
        QVERIFY(pixels);
        QCOMPARE((*pixels)->window(), (Rect{300, 200, 101, 81}));
        QCOMPARE((*pixels)->at({299, 210}), -1);
        const int label = (*pixels)->at({350, 240});
        QVERIFY(label >= 0 && label < (*pixels)->count());
        const Mask one = (*pixels)->maskOf({label});
        QVERIFY(contains(one, {350, 240}) && maskArea(one) > 30 && maskArea(one) < 101 * 81 / 4);
        QCOMPARE((*pixels)->along({350, 240}, {350, 240}, 0.1), std::vector<int>{label});
        QVERIFY((*pixels)->along({310, 240}, {390, 240}, 1).size() > 4);
        QVERIFY(isError(Superpixels::make(b.picture, {700, 10, 50, 50}, 12, Effort::Full), ErrorCode::InvalidData));
        QVERIFY(isError(Superpixels::make(b.picture, {0, 0, 640, 480}, 12, Effort::Full, stopped()), ErrorCode::Cancelled));
    }

    void similarFindsItsLike() {
        cv::Mat picture(900, 1200, CV_8UC3, cv::Scalar(200, 190, 180));
        std::vector<Rect> discs;
        for (int row = 0; row < 4; ++row)
            for (int column = 0; column < 6; ++column) {
                const cv::Point at(100 + column * 195 + row * 11, 110 + row * 210);
                const int r = 36 + (row + column) % 4 * 4;
                if ((row * 6 + column) % 4 == 3) {
                    cv::rectangle(picture, {at.x - 60, at.y - 8, 120, 16}, cv::Scalar(60, 50, 130), -1);
                    continue;
                }
                cv::circle(picture, at, r, cv::Scalar(60, 50, 130), -1);
                cv::circle(picture, at, r / 2, cv::Scalar(120, 110, 170), -1);
                discs.push_back({double(at.x - r - 4), double(at.y - r - 4), 2.0 * r + 8, 2.0 * r + 8});
            }
        picture = noisy(picture, 8);
        for (const Effort effort : {Effort::Quick, Effort::Full}) {
            const auto found = findSimilar(picture, discs[0], 0.5, effort);
            QVERIFY(found);
            QVERIFY2(found->size() + 3 > discs.size() && found->size() < discs.size(), qPrintable(QString::number(found->size())));
            for (const Similar& s : *found) {
                const bool known = std::any_of(discs.begin() + 1, discs.end(), [&](const Rect& d) {
                    return overlap(d, s.box) > (effort == Effort::Quick ? 0.5 : 0.7);
                });
                QVERIFY(known && s.score <= 1 && s.score >= 0.5);
            }
            QVERIFY(std::is_sorted(found->begin(), found->end(), [](auto& a, auto& c) { return a.score > c.score; }));
        }
        QVERIFY(isError(findSimilar(picture, {0, 0, 3, 3}, 0.5, Effort::Quick), ErrorCode::InvalidData));
        QVERIFY(isError(findSimilar(cv::Mat(90, 90, CV_8U, cv::Scalar(7)), {9, 9, 30, 30}, 0.5, Effort::Quick),
                        ErrorCode::InvalidData));
        QVERIFY(isError(findSimilar(picture, discs[0], 0.5, Effort::Full, stopped()), ErrorCode::Cancelled));
    }

    // A real cell, copied into another real picture at sizes from 0.85 to 1.15, a little brighter or darker each time.
    void similarFindsCopiesOfACell() {
        const Cell cell = whiteCells().front();
        const cv::Mat from = pictureOf(cell.name)(pixelsOf(cell.box, {640, 480}));
        cv::Mat picture = pictureOf("BloodImage_00001");
        std::vector<Rect> places;
        for (int i = 0; i < 6; ++i) {
            const int w = int(90 * (0.85 + 0.06 * i)), h = w * from.rows / from.cols;
            const cv::Rect at(20 + i % 3 * 200, 40 + i / 3 * 220, w, h);
            cv::Mat copy;
            cv::resize(from, copy, at.size(), 0, 0, cv::INTER_AREA);
            copy += cv::Scalar::all(3 * i - 8);
            copy.copyTo(picture(at));
            places.push_back(rectOf(at));
        }
        for (const Effort effort : {Effort::Quick, Effort::Full}) {
            const auto found = findSimilar(noisy(picture, 4), places[3], 0.6, effort);
            QVERIFY(found);
            std::size_t right = 0;
            for (std::size_t i = 0; i < std::min<std::size_t>(found->size(), 5); ++i)
                right +=
                    std::any_of(places.begin(), places.end(), [&](const Rect& r) { return overlap(r, (*found)[i].box) > 0.6; });
            QVERIFY2(right == 5, qPrintable(QStringLiteral("%1 of 5 first").arg(right)));
        }
    }

    void separatesDiscs() {
        cv::Mat raster(300, 500, CV_8U, cv::Scalar(0));
        const std::vector<cv::Point> middles{{90, 100}, {165, 110}, {230, 150}, {400, 200}};
        for (const cv::Point p : middles) cv::circle(raster, p, 42, cv::Scalar(255), -1);
        const auto parts = separated(maskOf(raster), 3, Effort::Full);
        QVERIFY(parts);
        QCOMPARE(parts->size(), middles.size());
        cv::Mat sum(raster.size(), CV_8U, cv::Scalar(0));
        for (const Mask& part : *parts) {
            const cv::Mat pixels = rasterOf(part, {0, 0, 500, 300});
            QVERIFY(cv::countNonZero(sum & pixels) == 0);
            sum |= pixels;
            QVERIFY(maskArea(part) > 0.8 * std::numbers::pi * 42 * 42 && maskArea(part) < 1.1 * std::numbers::pi * 42 * 42);
        }
        QVERIFY(cv::countNonZero(sum != raster) == 0);
        for (const cv::Point p : middles) {
            int holders = 0;
            for (const Mask& part : *parts) holders += contains(part, {p.x + 0.5, p.y + 0.5});
            QCOMPARE(holders, 1);
        }
        QCOMPARE(separated(maskOf(raster), 100, Effort::Full)->size(), std::size_t(2));  // only what doesn't touch
    }

    void separatesManyPixelsQuickly() {
        cv::Mat raster(1500, 1700, CV_8U, cv::Scalar(0));  // odd against blocks of 3
        for (const cv::Point p : {cv::Point(300, 300), {690, 330}, {1000, 560}, {1397, 1200}})
            cv::circle(raster, p, 210, cv::Scalar(255), -1);
        const auto quick = separated(maskOf(raster), 12, Effort::Quick), full = separated(maskOf(raster), 12, Effort::Full);
        QVERIFY(quick && full);
        QCOMPARE(quick->size(), std::size_t(4));
        QCOMPARE(full->size(), std::size_t(4));
        cv::Mat sum(raster.size(), CV_8U, cv::Scalar(0));
        for (const Mask& part : *quick) {
            const cv::Mat pixels = rasterOf(part, {0, 0, raster.cols, raster.rows});
            QVERIFY(cv::countNonZero(sum & pixels) == 0);
            sum |= pixels;
            double best = 0;
            for (const Mask& other : *full) {
                const cv::Mat theirs = rasterOf(other, {0, 0, raster.cols, raster.rows});
                best = std::max(best, double(cv::countNonZero(pixels & theirs)) / cv::countNonZero(pixels | theirs));
            }
            QVERIFY2(best > 0.97, qPrintable(QString::number(best)));
        }
        QVERIFY(cv::countNonZero(sum != raster) == 0);
    }

    void aRoughDiscStaysOne() {
        cv::Mat raster(200, 200, CV_8U, cv::Scalar(0));
        std::vector<cv::Point> outline;
        cv::RNG rng(3);
        for (int i = 0; i < 90; ++i) {
            const double a = 2 * std::numbers::pi * i / 90, r = 70 + rng.uniform(-3, 4);
            outline.emplace_back(int(100 + r * std::cos(a)), int(100 + r * std::sin(a)));
        }
        cv::fillPoly(raster, std::vector<std::vector<cv::Point>>{outline}, cv::Scalar(255));
        QCOMPARE(separated(maskOf(raster), 3, Effort::Full)->size(), std::size_t(1));
        QVERIFY(isError(separated(maskOf(cv::Mat::zeros(9, 9, CV_8U)), 2, Effort::Full), ErrorCode::InvalidData));
        QVERIFY(isError(separated({5, 5, {3}}, 2, Effort::Full), ErrorCode::InvalidData));
        QVERIFY(isError(separated(maskOf(raster), 2, Effort::Full, stopped()), ErrorCode::Cancelled));
        cv::Mat full(40, 90, CV_8U, cv::Scalar(255));
        QCOMPARE(separated(maskOf(full), 2, Effort::Full)->size(), std::size_t(1));
    }

    void interpolatesBoxesAndAngles() {
        const Shape a = Box{{10, 20, 30, 40}}, b = Box{{30, 20, 50, 20}};
        QCOMPARE(*interpolated(a, b, 0.5), Shape(Box{{20, 20, 40, 30}}));
        QCOMPARE(*interpolated(a, b, 0), a);
        QCOMPARE(*interpolated(a, b, 1), b);
        const auto turned = interpolated(RotatedBox{{0, 0}, 10, 5, 3.0}, RotatedBox{{10, 0}, 10, 5, -3.0}, 0.5);
        QVERIFY(std::fabs(std::fabs(std::get<RotatedBox>(*turned).angle) - std::numbers::pi) < 0.2);
        const auto ellipse = interpolated(Ellipse{{0, 0}, 10, 5, 0.1}, Ellipse{{4, 0}, 20, 5, 0.1 + std::numbers::pi}, 0.25);
        QVERIFY(std::fabs(std::get<Ellipse>(*ellipse).angle - 0.1) < 1e-9 && std::get<Ellipse>(*ellipse).rx == 12.5);
        QCOMPARE(*interpolated(Dot{{1, 2}}, Dot{{3, 6}}, 0.5), Shape(Dot{{2, 4}}));
        QVERIFY(isError(interpolated(a, Dot{{1, 2}}, 0.5), ErrorCode::InvalidData));
    }

    void interpolatesRings() {
        const Polygon small = ring(20, 50, {100, 100}), large = ring(20, 100, {200, 150}, 1.3);
        const auto half = interpolated(small, large, 0.5);
        QVERIFY(half);
        for (const Point p : std::get<Polygon>(*half).rings[0]) {
            const double r = std::hypot(p.x - 150, p.y - 125);
            QVERIFY2(r > 73 && r < 76, qPrintable(QString::number(r)));
        }
        Polygon backward = large;
        std::reverse(backward.rings[0].begin(), backward.rings[0].end());
        QVERIFY(std::fabs(area(*interpolated(small, backward, 0.5)) - area(*half)) < 1);
        const auto uneven = interpolated(ring(31, 50, {100, 100}), ring(12, 50, {140, 100}, 0.4), 0.5);
        QVERIFY(uneven && std::fabs(area(*uneven) / (std::numbers::pi * 2500) - 1) < 0.06);
        QVERIFY(isError(interpolated(small, Polygon{}, 0.5), ErrorCode::InvalidData));
        QVERIFY(isError(interpolated(Polygon{{{{1, 1}}}}, Polygon{{{{1, 1}, {2, 2}, {3, 1}}}}, 0.5), ErrorCode::InvalidData));
        const auto line = interpolated(Polyline{{{0, 0}, {10, 0}}}, Polyline{{{0, 10}, {5, 10}, {10, 10}}}, 0.5);
        QCOMPARE(*line, Shape(Polyline{{{0, 5}, {5, 5}, {10, 5}}}));
    }

    void interpolatesMasksAndKeypoints() {
        cv::Mat a(200, 300, CV_8U, cv::Scalar(0)), b = a.clone(), between = a.clone();
        cv::circle(a, {60, 80}, 30, cv::Scalar(255), -1);
        cv::circle(b, {220, 120}, 50, cv::Scalar(255), -1);
        cv::circle(between, {140, 100}, 40, cv::Scalar(255), -1);
        const auto half = interpolated(maskOf(a), maskOf(b), 0.5);
        QVERIFY(half && iou(std::get<Mask>(*half), maskOf(between)) > 0.95);
        QVERIFY(isError(interpolated(maskOf(a), maskOf(cv::Mat::zeros(200, 300, CV_8U)), 0.5), ErrorCode::InvalidData));
        QVERIFY(isError(interpolated(maskOf(a), maskOf(cv::Mat::zeros(20, 30, CV_8U)), 0.5), ErrorCode::InvalidData));
        const Keypoints k{{{{0, 0}, 2}, {{10, 0}, 0}}, {}}, l{{{{4, 8}, 2}, {{20, 0}, 2}}, {}};
        const auto mid = std::get<Keypoints>(*interpolated(k, l, 0.25));
        QCOMPARE(mid.items[0].at, (Point{1, 2}));
        QCOMPARE(int(mid.items[1].visibility), 0);
    }

    void tracksWhatMoved() {
        int lost = 0;
        std::vector<double> overlaps;
        for (const Cell& cell : whiteCells()) {
            const cv::Mat before = pictureOf(cell.name);
            const cv::Matx23d map(1.05, 0, 17 - 0.05 * 320, 0, 1.05, -9 - 0.05 * 240);
            cv::Mat after;
            cv::warpAffine(before, after, map, before.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
            const Rect r = cell.box, truth{r.x * 1.05 + 1, r.y * 1.05 - 21, r.w * 1.05, r.h * 1.05};
            const auto found = tracked(before, noisy(after, 3), Box{r});
            QVERIFY(found);
            overlaps.push_back(overlap(bounds(found->shape), truth));
            lost += found->confidence < 0.5;
            const auto none = tracked(before, noisy(cv::Mat(before.size(), CV_8UC3, cv::Scalar(120, 120, 120)), 40), Box{r});
            QVERIFY(none && none->confidence < 0.3);
        }
        QVERIFY2(median(overlaps) > 0.93, qPrintable(QString::number(median(overlaps))));
        QVERIFY(lost <= 2);
    }

    void tracksEveryKind() {
        const Blob b = blob();
        cv::Mat after;
        cv::warpAffine(b.picture, after, cv::Matx23d(1, 0, 24, 0, 1, 15), b.picture.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
        const Rect r = b.box;
        const Point m{r.x + r.w / 2, r.y + r.h / 2};
        for (const Shape& shape :
             {Shape(Box{r}), Shape(ring(30, r.h / 2, m)), Shape(maskOf(b.truth)), Shape(RotatedBox{m, r.w, r.h, 0.3}),
              Shape(Ellipse{m, r.w / 2, r.h / 2, 0}), Shape(Polyline{{{r.x, m.y}, {r.x + r.w, m.y - 20}}})}) {
            const auto found = tracked(b.picture, after, shape);
            QVERIFY(found);
            QCOMPARE(found->shape.index(), shape.index());
            const Rect was = bounds(shape), is = bounds(found->shape);
            QVERIFY2(
                std::fabs(is.x + is.w / 2 - was.x - was.w / 2 - 24) < 4 && std::fabs(is.y + is.h / 2 - was.y - was.h / 2 - 15) < 4,
                kindName(shape).data());
        }
        QVERIFY(isError(tracked(b.picture, after, ImageLabel{}), ErrorCode::InvalidData));
        QVERIFY(isError(tracked(b.picture, after, Box{{900, 900, 20, 20}}), ErrorCode::InvalidData));
        QVERIFY(isError(tracked(b.picture, {}, Box{r}), ErrorCode::InvalidData));
        QVERIFY(isError(tracked(b.picture, after, Box{r}, stopped()), ErrorCode::Cancelled));
        QVERIFY(tracked(b.picture, after(cv::Rect(0, 0, 500, 400)).clone(), Box{r}));
    }
};

QTEST_GUILESS_MAIN(tst_Assist)
#include "tst_assist.moc"
