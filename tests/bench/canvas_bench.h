// What the benchmarks of the canvas share: shapes, pictures, frames and their times.
#pragma once
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QThread>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <random>
#include <string>

#include "widgets/canvas/view.h"

namespace lathe::bench {

using widgets::canvas::View;
using widgets::canvas::Viewport;

/// Polygons of 20 points, sides log-normal 10 to 200 px (median 45), 12 classes.
inline annot::Annotations blobs(int count, int width, int height) {
    std::mt19937 g(7);
    std::lognormal_distribution<double> size(std::log(45.0), 0.65);
    std::normal_distribution<double> noise;
    annot::Annotations all;
    for (int i = 1; i <= count; ++i) {
        annot::Annotation a;
        a.id = AnnotationId(i);
        a.classId = ClassId(i % 12 + 1);
        std::vector<annot::Point> ring;
        const double x = g() % unsigned(width), y = g() % unsigned(height), r = std::clamp(size(g), 10.0, 200.0) / 2;
        for (int k = 0; k < 20; ++k) {
            const double t = 6.2831853 * k / 20, q = r * (1 + 0.03 * noise(g));
            ring.push_back({x + q * std::cos(t), y + 0.8 * q * std::sin(t)});
        }
        a.shape = annot::Polygon{{std::move(ring)}};
        all.push_back(std::move(a));
    }
    return all;
}

/// One jagged outline of many points round the middle.
inline annot::Annotation giant(int points, int width, int height) {
    std::mt19937 g(3);
    std::normal_distribution<double> noise;
    annot::Annotation a;
    a.id = AnnotationId(1);
    a.classId = ClassId(1);
    std::vector<annot::Point> ring;
    for (int k = 0; k < points; ++k) {
        const double t = 6.2831853 * k / points, q = 0.42 * height * (1 + 0.1 * std::sin(9 * t)) + 2 * noise(g);
        ring.push_back({width / 2.0 + q * std::cos(t), height / 2.0 + q * std::sin(t)});
    }
    a.shape = annot::Polygon{{std::move(ring)}};
    return a;
}

inline cv::Mat stripes(int width, int height) {
    cv::Mat mat(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) mat.at<cv::Vec3b>(y, x) = cv::Vec3b(uchar(x), uchar(y), uchar((x ^ y) & 63));
    return mat;
}

inline double residentMb(const char* what = "VmRSS") {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind(what, 0) == 0) return std::atof(line.c_str() + std::char_traits<char>::length(what) + 1) / 1024;
    return 0;
}

inline void printLoad() {
    double load[3] = {};
    if (getloadavg(load, 3) == 3) std::printf("(load of the machine %.1f on %d cores)\n", load[0], QThread::idealThreadCount());
}

/// ms of all threads of this process: what doesn't depend on who else uses the machine.
inline double cpuMs() {
    return 1000.0 * double(std::clock()) / CLOCKS_PER_SEC;
}

/// ms until `done`, events handled meanwhile; at most 30 s.
inline double until(const std::function<bool()>& done) {
    QElapsedTimer watch;
    watch.start();
    while (!done() && watch.elapsed() < 30000) {
        QCoreApplication::processEvents();
        QThread::usleep(300);
    }
    return double(watch.nsecsElapsed()) / 1e6;
}

inline double completeAfter(View& view) {
    return until([&] { return view.complete(); });
}

inline double quantile(std::vector<double> times, double p) {
    std::sort(times.begin(), times.end());
    return times.empty() ? 0 : times[std::size_t(p * double(times.size() - 1))];
}

/// Input, then all that the GUI thread does for it until it is idle: one frame of 16.6 ms.
inline void measure(const char* name, View& view, int frames, const std::function<void(int)>& input,
                    const std::function<void()>& end = {}) {
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer watch;
        watch.start();
        input(i);
        view.frame();
        view.repaint();
        times.push_back(double(watch.nsecsElapsed()) / 1e6);
        while (watch.nsecsElapsed() < 16'600'000) {
            QCoreApplication::processEvents();
            QThread::usleep(300);
        }
    }
    QElapsedTimer drop;
    drop.start();
    if (end) end();
    const double dropped = double(drop.nsecsElapsed()) / 1e6, complete = completeAfter(view);
    std::printf("%-18s frame p50 %6.2f  p99 %6.2f  max %6.2f ms   complete after %5.0f ms   tiles %3.0f MB", name,
                quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1), complete, view.tileMegabytes());
    std::printf(end ? "   drop %.1f ms\n" : "\n", dropped);
    std::fflush(stdout);
}

inline void mouse(View& view, QEvent::Type type, QPointF at, Qt::MouseButtons buttons) {
    const bool move = type == QEvent::MouseMove;
    QMouseEvent event(type, at, view.mapToGlobal(at), move ? Qt::NoButton : Qt::LeftButton, buttons, {});
    QCoreApplication::sendEvent(&view, &event);
}

inline Viewport around(const View& view, double scale, double cx, double cy) {
    Viewport v = view.viewport();
    v.scale = scale;
    v.ox = std::round(v.size.width() / 2.0 - cx * scale);
    v.oy = std::round(v.size.height() / 2.0 - cy * scale);
    return v;
}

}  // namespace lathe::bench
