// links: lathe_widgets_charts
// A live chart with 100,000 points a second coming in for 10 s: the GUI thread's share of one core (to reach: < 25 %).
// bench_live_chart [seconds] [points a second]
#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <thread>

#include "widgets/charts/curve_chart.h"
#include "widgets/common/jobs.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;

namespace {

double threadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

/// As a RunFollower delivers: 20 batches a second from a thread of its own.
void feed(std::stop_token stop, int perSecond, QObject* receiver, const std::function<void(std::vector<runs::MetricPoint>)>& take) {
    std::mt19937 random(1);
    std::normal_distribution<double> noise;
    std::int64_t step = 0;
    auto next = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        std::vector<runs::MetricPoint> batch(std::size_t(perSecond / 20));
        for (auto& point : batch) {
            point = {step, double(step) / 50000, double(step) / perSecond,
                     2 / (1 + double(step) * 2e-5) * (1 + 0.1 * noise(random))};
            ++step;
        }
        common::onGuiThread(receiver, [take, batch = std::move(batch)] { take(batch); });
        std::this_thread::sleep_until(next += std::chrono::milliseconds(50));
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 10, perSecond = argc > 2 ? std::atoi(argv[2]) : 100000;
    common::Theme::instance().apply(common::Theme::Choice::Dark);
    charts::CurveChart chart(QStringLiteral("Loss"));
    chart.resize(600, 400);
    chart.setSmoothing(0.93);
    auto data = std::make_shared<charts::CurveData>();
    chart.setSeries(QStringLiteral("train"), {.name = QStringLiteral("run"), .label = QStringLiteral("train")}, data);
    chart.show();
    app.processEvents();
    double longest = 0;
    const double cpuBefore = threadSeconds();
    QElapsedTimer watch;
    watch.start();
    std::jthread feeder([&](std::stop_token stop) {
        feed(stop, perSecond, &chart, [&](const std::vector<runs::MetricPoint>& points) {
            QElapsedTimer one;
            one.start();
            data->append(points);
            chart.touch();
            longest = std::max(longest, double(one.nsecsElapsed()) / 1e6);
        });
    });
    QTimer::singleShot(seconds * 1000, &app, &QApplication::quit);
    app.exec();
    feeder.request_stop();
    const double elapsed = double(watch.nsecsElapsed()) / 1e9, cpu = threadSeconds() - cpuBefore;
    std::printf("points %zu in %.1f s, drawn %d times (%.1f ms each), longest append %.1f ms\n", data->raw().size(), elapsed,
                chart.drawn(), 1000 * chart.secondsDrawing() / std::max(1, chart.drawn()), longest);
    std::printf("GUI thread: %.1f %% of a core (to reach: < 25 %%)\n", 100 * cpu / elapsed);
    return 0;
}
