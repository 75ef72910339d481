// links: lathe_widgets_canvas
// Pans and zooms a canvas of 5,000 polygons x 20 points (and 100,000, for information) in a 1600x1000 view and prints the time of
// each frame on the GUI thread, and how long the picture takes to be complete.   bench_canvas [FRAMES]
#include <QApplication>
#include <QElapsedTimer>
#include <QThread>
#include <cstdio>
#include <random>

#include "widgets/canvas/view.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;

namespace {

constexpr int kWidth = 8000, kHeight = 6000;

annot::Annotations blobs(int count) {
    std::mt19937 g(7);
    std::lognormal_distribution<double> size(std::log(45.0), 0.65);
    std::normal_distribution<double> noise;
    annot::Annotations all;
    for (int i = 1; i <= count; ++i) {
        annot::Annotation a;
        a.id = AnnotationId(i);
        a.classId = ClassId(i % 12 + 1);
        std::vector<annot::Point> ring;
        const double x = g() % kWidth, y = g() % kHeight, r = std::clamp(size(g), 10.0, 200.0) / 2;
        for (int k = 0; k < 20; ++k) {
            const double t = 6.2831853 * k / 20, q = r * (1 + 0.03 * noise(g));
            ring.push_back({x + q * std::cos(t), y + 0.8 * q * std::sin(t)});
        }
        a.shape = annot::Polygon{{std::move(ring)}};
        all.push_back(std::move(a));
    }
    return all;
}

canvas::OpenImage image(int shapes) {
    canvas::OpenImage open;
    open.row.id = ImageId(1);
    open.row.width = kWidth;
    open.row.height = kHeight;
    open.annotations = blobs(shapes);
    open.nextId = AnnotationId(shapes + 1);
    canvas::ClassColours colours;
    for (int c = 1; c <= 12; ++c) colours[c] = common::Theme::classColour(c - 1).rgb();
    QElapsedTimer watch;
    watch.start();
    open.scene = canvas::Scene::pack(open.annotations, colours);
    open.colours = colours;
    std::printf("%d polygons x 20 points on %d x %d: packed in %lld ms\n", shapes, kWidth, kHeight,
                static_cast<long long>(watch.elapsed()));
    auto mat = std::make_shared<cv::Mat>(kHeight, kWidth, CV_8UC3);
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x) mat->at<cv::Vec3b>(y, x) = cv::Vec3b(uchar(x), uchar(y), uchar((x ^ y) & 63));
    open.picture = std::make_shared<const canvas::Pyramid>(mat, kWidth, kHeight);
    return open;
}

double completeAfter(canvas::View& view) {
    QElapsedTimer watch;
    watch.start();
    while (!view.complete() && watch.elapsed() < 30000) {
        QCoreApplication::processEvents();
        QThread::usleep(500);
    }
    return double(watch.nsecsElapsed()) / 1e6;
}

/// Input, then all that the GUI thread does for it until it is idle: one frame.
void measure(const char* name, canvas::View& view, int frames, const std::function<void(int)>& input) {
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
    std::sort(times.begin(), times.end());
    auto q = [&](double p) { return times[std::size_t(p * double(times.size() - 1))]; };
    std::printf("%-18s frame p50 %6.2f  p99 %6.2f  max %6.2f ms   complete after %5.0f ms   tiles %3.0f MB\n", name, q(0.5),
                q(0.99), times.back(), completeAfter(view), view.tileMegabytes());
    std::fflush(stdout);
}

canvas::Viewport around(const canvas::View& view, double scale, double cx, double cy) {
    canvas::Viewport v = view.viewport();
    v.scale = scale;
    v.ox = std::round(v.size.width() / 2.0 - cx * scale);
    v.oy = std::round(v.size.height() / 2.0 - cy * scale);
    return v;
}

void run(int shapes, int frames) {
    common::Jobs jobs;
    common::Services services;
    services.jobs = &jobs;
    canvas::Document document(services);
    canvas::View view(document);
    view.resize(1600, 1000);
    view.show();
    document.show(image(shapes));
    std::printf("%-18s complete after %5.0f ms\n", "open at fit", completeAfter(view));
    const double fit = view.fitScale(), cx = kWidth / 2.0, cy = kHeight / 2.0;
    auto spiral = [&](int i, double scale, double k) {
        view.moveTo(around(view, scale, cx + k / scale * std::sin(i * .021) * 16, cy + k / scale * std::cos(i * .034) * 10));
    };
    measure("pan, fit x 1.3", view, frames, [&](int i) { spiral(i, fit * 1.3, 90); });
    measure("pan, 100 %", view, frames, [&](int i) { spiral(i, 1, 120); });
    measure("zoom 1 to 1600 %", view, frames, [&](int i) {
        const double u = std::fabs(1 - 2.0 * i / frames);
        view.moveTo(around(view, .01 * std::pow(1600.0, 1 - u), cx + 50, cy + 30));
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    common::Theme::instance().apply(common::Theme::Choice::Dark);
    const int frames = argc > 1 ? std::max(10, std::atoi(argv[1])) : 300;
    run(5000, frames);
    std::printf("to reach with 5,000: pan and zoom p99 <= 16 ms\n\n");
    run(100'000, frames);
    return 0;
}
