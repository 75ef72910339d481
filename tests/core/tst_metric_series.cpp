#include <QTest>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>

#include "core/runs/runs.h"

using namespace lathe;
using Axis = runs::MetricSeries::Axis;

namespace {

std::vector<runs::MetricPoint> noise(int n, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> value;
    std::vector<runs::MetricPoint> points;
    for (int i = 0; i < n; ++i) points.push_back({i, i / 100.0, 1000.0 + i * 0.5, value(random)});
    return points;
}

double at(const runs::MetricPoint& p, Axis axis) {
    return axis == Axis::Step ? double(p.step) : axis == Axis::Epoch ? p.epoch : p.time;
}

}  // namespace

class TestMetricSeries : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bucketsAgreeWithAllPoints_data() {
        QTest::addColumn<int>("points");
        QTest::addColumn<int>("buckets");
        QTest::addColumn<int>("axis");
        for (const int points : {1, 15, 16, 17, 300, 4097, 70000})
            for (const int buckets : {1, 7, 100, 2400})
                for (int axis = 0; axis < 3; ++axis)
                    QTest::addRow("%d points, %d buckets, axis %d", points, buckets, axis) << points << buckets << axis;
    }
    void bucketsAgreeWithAllPoints() {
        QFETCH(int, points);
        QFETCH(int, buckets);
        QFETCH(int, axis);
        const auto all = noise(points, 7);
        runs::MetricSeries series;
        for (std::size_t i = 0; i < all.size(); i += 37)  // appended in portions that fit no bucket
            series.append({all.begin() + std::ptrdiff_t(i), all.begin() + std::ptrdiff_t(std::min(all.size(), i + 37))});
        const double from = at(all.front(), Axis(axis)), to = at(all.back(), Axis(axis));
        const auto result = series.resampled(Axis(axis), from, to, std::size_t(buckets));
        QVERIFY(result.size() <= std::size_t(std::max(buckets, 1)));
        double low = 1e9, high = -1e9;
        for (const auto& p : all) low = std::min(low, p.value), high = std::max(high, p.value);
        double shownLow = 1e9, shownHigh = -1e9, last = -1;
        for (const auto& b : result) {
            shownLow = std::min(shownLow, b.min), shownHigh = std::max(shownHigh, b.max);
            QVERIFY(b.min <= b.mean + 1e-12 && b.mean <= b.max + 1e-12 && b.x > last);
            last = b.x;
        }
        QCOMPARE(shownLow, low);
        QCOMPARE(shownHigh, high);
    }

    void everySpikeIsInItsBucket() {
        runs::MetricSeries series;
        std::vector<runs::MetricPoint> points;
        for (int i = 0; i < 200'000; ++i) points.push_back({i, 0, 0, i == 123'456 ? 1000.0 : 1.0});
        series.append(points);
        const auto whole = series.resampled(Axis::Step, 0, 199'999, 500);
        QCOMPARE(std::count_if(whole.begin(), whole.end(), [](const auto& b) { return b.max == 1000.0; }), 1);
        const auto near = series.resampled(Axis::Step, 123'000, 124'000, 50);
        QCOMPARE(std::count_if(near.begin(), near.end(), [](const auto& b) { return b.max == 1000.0; }), 1);
        const auto single = series.resampled(Axis::Step, 123'450, 123'460, 50);
        QCOMPARE(single.size(), std::size_t(11));
        QCOMPARE(single[6].x, 123'456.0);
    }

    void valuesThatAreNoNumbersAreGaps() {
        runs::MetricSeries series;
        std::vector<runs::MetricPoint> points;
        for (int i = 0; i < 1000; ++i) points.push_back({i, 0, 0, i < 500 ? std::nan("") : i == 700 ? HUGE_VAL : 2.0});
        series.append(points);
        const auto buckets = series.resampled(Axis::Step, 0, 999, 10);
        QCOMPARE(buckets.size(), std::size_t(5));
        for (const auto& b : buckets) QCOMPARE(b.max, 2.0);
    }

    void emptyAndReversedRangesGiveNothing() {
        runs::MetricSeries series;
        QVERIFY(series.resampled(Axis::Step, 0, 10, 10).empty());
        series.append(noise(10, 1));
        QVERIFY(series.resampled(Axis::Step, 10, 0, 10).empty());
        QVERIFY(series.resampled(Axis::Step, 100, 200, 10).empty());
        QVERIFY(series.resampled(Axis::Step, 0, 10, 0).empty());
    }

    void drawingAMillionPointsIsQuick() {
        runs::MetricSeries series;
        series.append(noise(1'000'000, 3));
        const std::clock_t begin = std::clock();  // of this process: other work on the machine must not fail it
        for (int i = 0; i < 10; ++i) QVERIFY(!series.resampled(Axis::Step, 1000, 990'000, 2400).empty());
        const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 0.5, qPrintable(QString::number(seconds)));
    }
};

QTEST_GUILESS_MAIN(TestMetricSeries)
#include "tst_metric_series.moc"
