// links: lathe_widgets_canvas
// A 200-px brush on an 8192 x 8192 picture in a 1600x1000 view: the time that the GUI thread takes for each mouse event and its
// frame, at three scales; then one vertex of a polygon of 100,000 points.   bench_brush [EVENTS]
#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QThread>
#include <cmath>
#include <cstdio>
#include <random>

#include "widgets/canvas/view.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;

namespace {

constexpr int kSide = 8192;

int indexOf(std::string_view id) {
    for (std::size_t i = 0; i < canvas::toolRegistry().size(); ++i)
        if (canvas::toolRegistry()[i].id == id) return int(i);
    return -1;
}

canvas::OpenImage pictureOf(annot::Annotations shapes) {
    canvas::OpenImage open;
    open.row.id = ImageId(1);
    open.row.width = open.row.height = kSide;
    open.annotations = std::move(shapes);
    open.nextId = AnnotationId(std::int64_t(open.annotations.size()) + 1);
    open.styles[1].colour = common::Theme::classColour(0).rgb();
    open.scene = canvas::Scene::pack(open.annotations, open.styles);
    auto mat = std::make_shared<cv::Mat>(kSide, kSide, CV_8UC3);
    for (int y = 0; y < kSide; ++y)
        for (int x = 0; x < kSide; ++x) mat->at<cv::Vec3b>(y, x) = cv::Vec3b(uchar(x), uchar(y), uchar((x ^ y) & 63));
    open.picture = std::make_shared<const canvas::Pyramid>(mat, kSide, kSide);
    return open;
}

annot::Annotation giant(int points) {
    std::mt19937 g(3);
    std::vector<annot::Point> ring;
    for (int i = 0; i < points; ++i) {
        const double t = 6.283185307 * i / points, r = 3000 * (1 + 0.1 * std::sin(9 * t)) + double(g() % 40);
        ring.push_back({4096 + r * std::cos(t), 4096 + r * std::sin(t)});
    }
    annot::Annotation a;
    a.id = AnnotationId(1);
    a.classId = ClassId(1);
    a.shape = annot::Polygon{{ring}};
    return a;
}

class Hand {
public:
    explicit Hand(canvas::View& view) : m_view(view) {}
    /// The event and the frame after it.
    void send(QEvent::Type type, QPointF at) {
        QElapsedTimer watch;
        watch.start();
        const bool move = type == QEvent::MouseMove;
        QMouseEvent event(type, at, m_view.mapToGlobal(at), move ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_view, &event);
        m_view.frame();
        m_view.repaint();
        m_times.push_back(double(watch.nsecsElapsed()) / 1e6);
        while (watch.nsecsElapsed() < 16'600'000) {
            QCoreApplication::processEvents();
            QThread::usleep(300);
        }
    }
    void print(const char* name) {
        const double release = m_times.back();
        std::sort(m_times.begin(), m_times.end());
        const auto q = [&](double p) { return m_times[std::size_t(p * double(m_times.size() - 1))]; };
        std::printf("%-34s event and frame p50 %6.2f  p99 %6.2f  max %6.2f ms   release %6.2f ms\n", name, q(0.5), q(0.99),
                    m_times.back(), release);
        std::fflush(stdout);
        m_times.clear();
    }

private:
    canvas::View& m_view;
    std::vector<double> m_times;
};

void settle(canvas::View& view) {
    QElapsedTimer watch;
    watch.start();
    while (!view.complete() && watch.elapsed() < 10000) QCoreApplication::processEvents();
}

void look(canvas::View& view, double scale, annot::Point at) {
    canvas::Viewport v = view.viewport();
    v.scale = scale;
    v.ox = std::round(v.size.width() / 2.0 - at.x * scale);
    v.oy = std::round(v.size.height() / 2.0 - at.y * scale);
    view.moveTo(v);
    settle(view);
}

void brush(canvas::View& view, const char* name, int events, double step) {
    Hand hand(view);
    double t = 0;
    const auto at = [&] { return QPointF(800 + 600 * std::sin(2.3 * t), 500 + 380 * std::cos(3.1 * t)); };
    hand.send(QEvent::MouseButtonPress, at());
    for (int i = 0; i < events; ++i) t += step, hand.send(QEvent::MouseMove, at());
    hand.send(QEvent::MouseButtonRelease, at());
    hand.print(name);
    settle(view);
}

void vertex(canvas::View& view, const canvas::Document& document, const char* name, double scale, int events) {
    const auto p = std::get<annot::Polygon>(document.annotations()[0].shape).rings[0][25000];
    look(view, scale, p);
    Hand hand(view);
    const QPointF from = view.viewport().toDevice(p);
    hand.send(QEvent::MouseButtonPress, from);
    for (int i = 1; i <= events; ++i)
        hand.send(QEvent::MouseMove, from + QPointF(90 * std::sin(i * 0.05), 60 * std::sin(i * 0.033)));
    hand.send(QEvent::MouseButtonRelease, from + QPointF(20, 20));
    hand.print(name);
    settle(view);
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    common::Theme::instance().apply(common::Theme::Choice::Dark);
    const int events = argc > 1 ? std::max(20, std::atoi(argv[1])) : 300;
    common::Jobs jobs;
    common::Services services;
    services.jobs = &jobs;
    QTemporaryDir folder;
    const auto workspace = store::Workspace::create(folder.path().toStdString() + "/bench.lathe");
    if (!workspace) return std::puts("no workspace"), 1;
    canvas::Document document(services);
    document.setWorkspace(*workspace);
    canvas::View view(document);
    view.resize(1600, 1000);
    view.show();
    document.show(pictureOf({}));
    view.setActiveClass(ClassId(1));
    view.setTool(indexOf("brush"));
    view.remember("brush.size", 200);
    std::printf("brush of 200 px on %d x %d; to reach: p99 <= 16 ms\n", kSide, kSide);
    look(view, view.fitScale(), {4096, 4096});
    brush(view, "brush, fit", events, 0.02);
    look(view, 1, {4096, 4096});
    brush(view, "brush, 100 %", events, 0.02);
    look(view, 4, {4096, 4096});
    brush(view, "brush, 400 %", events, 0.03);
    document.show(pictureOf({giant(100'000)}));
    view.setTool(indexOf("select"));
    document.select({AnnotationId(1)});
    std::printf("one polygon of 100,000 points; to reach: p99 <= 16 ms\n");
    vertex(view, document, "drag a vertex, fit", view.fitScale(), events);
    vertex(view, document, "drag a vertex, 100 %", 1, events);
    return 0;
}
