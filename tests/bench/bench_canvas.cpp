// links: lathe_widgets_canvas
// The canvas in a 1600x1000 view: the time of each frame on the GUI thread for pan, zoom, hover and drag, and how long the picture
// takes to be complete. 100,000 polygons x 20 points spread over 8000x6000 and dense on 1600x1000: p99 <= 16 ms, complete <= 500 ms
// after the last input. One polygon of 100,000 points: drag of a vertex p99 <= 16 ms. 5,000 polygons: full repaints a second
// against labelme (peer_labelme_canvas.py), >= 100x.    bench_canvas [spread|dense|giant|few|all] [FRAMES]
#include <QApplication>
#include <QProcess>

#include "core/base/files.h"
#include "tests/bench/canvas_bench.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::bench;
using namespace lathe::widgets;

namespace {

constexpr double kLabelmeRepaints = 0.6;  // a second, measured on 2 cores of this kind (see peer_labelme_canvas.py)

canvas::OpenImage image(annot::Annotations shapes, int width, int height) {
    canvas::OpenImage open;
    open.row.id = ImageId(1);
    open.row.width = width;
    open.row.height = height;
    open.nextId = AnnotationId(std::int64_t(shapes.size()) + 1);
    open.annotations = std::move(shapes);
    canvas::ClassStyles styles;
    for (int c = 1; c <= 12; ++c) styles[c].colour = common::Theme::classColour(c - 1).rgb();
    QElapsedTimer watch;
    watch.start();
    open.scene = canvas::Scene::pack(open.annotations, styles);
    open.styles = std::move(styles);
    std::printf("\n%zu polygons on %d x %d: packed in %lld ms\n", open.annotations.size(), width, height,
                static_cast<long long>(watch.elapsed()));
    open.picture = std::make_shared<const canvas::Pyramid>(std::make_shared<cv::Mat>(stripes(width, height)), width, height);
    return open;
}

struct Shown {
    Shown(annot::Annotations shapes, int w, int h) : width(w), height(h), document(services), view(document) {
        services.jobs = &jobs;
        if (auto made = store::Workspace::create(folder.path() / "bench.lathe")) document.setWorkspace(*made);
        view.resize(1600, 1000);
        view.show();
        document.show(image(std::move(shapes), w, h));
        std::printf("%-18s complete after %5.0f ms\n", "open at fit", completeAfter(view));
    }
    int width, height;
    base::TempFolder folder;  // edits go to a journal, which refuses them: the image isn't in it
    common::Jobs jobs;
    common::Services services;
    canvas::Document document;
    canvas::View view;

    void panAndZoom(int frames) {
        const double fit = view.fitScale(), cx = width / 2.0, cy = height / 2.0;
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

    void jumps() {
        for (const double scale : {view.fitScale(), 0.25, 0.5, 1.0, 2.0}) {
            view.moveTo(around(view, scale * 0.97, width / 2.0, height / 2.0));
            (void)completeAfter(view);
            view.moveTo(around(view, scale, width / 2.0, height / 2.0));
            const double cpu = cpuMs(), wall = completeAfter(view);
            std::printf("to %5.1f %%         complete after %5.0f ms (60 of them rest), %5.0f ms of CPU in all threads\n",
                        scale * 100, wall, cpuMs() - cpu);
        }
    }

    void hoverAndDrag(int frames) {
        view.setTool(0);
        view.moveTo(around(view, std::max(1.0, view.fitScale()), width / 2.0, height / 2.0));
        (void)completeAfter(view);
        measure("hover", view, frames, [&](int i) {
            mouse(view, QEvent::MouseMove, {800 + 600 * std::sin(i * .05), 500 + 400 * std::cos(i * .07)}, Qt::NoButton);
        });
        QPointF at(800, 500);
        while (document.scene()->hits({float(view.viewport().toImage(at).x), float(view.viewport().toImage(at).y)}, 1).empty())
            at.rx() += 7;
        mouse(view, QEvent::MouseButtonPress, at, Qt::LeftButton);
        measure(
            "drag a shape", view, frames,
            [&](int i) { mouse(view, QEvent::MouseMove, at + QPointF(5 + i % 200, i % 90), Qt::LeftButton); },
            [&] { mouse(view, QEvent::MouseButtonRelease, at + QPointF(60, 40), Qt::NoButton); });
    }

    void dragVertex(int frames, double scale) {
        const auto& ring = std::get<annot::Polygon>(document.annotations().front().shape).rings.front();
        const annot::Point vertex = ring[ring.size() / 3];
        document.select({AnnotationId(1)});
        view.moveTo(around(view, scale, vertex.x, vertex.y));
        (void)completeAfter(view);
        const QPointF at = view.viewport().toDevice(vertex);
        mouse(view, QEvent::MouseMove, at, Qt::NoButton);
        mouse(view, QEvent::MouseButtonPress, at, Qt::LeftButton);
        measure(
            scale < 1 ? "vertex, fit" : "vertex, 100 %", view, frames,
            [&](int i) { mouse(view, QEvent::MouseMove, at + QPointF(i % 40, i % 60), Qt::LeftButton); },
            [&] { mouse(view, QEvent::MouseButtonRelease, at + QPointF(20, 30), Qt::NoButton); });
    }

    /// Everything anew: all tiles of the view, from nothing.
    void repaints(double labelme) {
        QElapsedTimer watch;
        watch.start();
        int copies = 0, paints = 0;
        for (; watch.elapsed() < 2000; ++copies) view.repaint();
        const double copied = copies * 1000.0 / double(watch.restart());
        for (; watch.elapsed() < 3000; ++paints) {
            document.setOpacity(paints % 2 ? 1.f : 0.99f);
            (void)completeAfter(view);
        }
        const double painted = paints * 1000.0 / double(watch.elapsed());
        std::printf("full repaints a second: window %.0f (%.0fx labelme's %.2f), every stroke anew %.1f (%.0fx)\n", copied,
                    copied / labelme, labelme, painted, painted / labelme);
    }
};

/// labelme's repaints a second, in this run where its Python is named (LATHE_LABELME_PYTHON), else as measured before.
double labelmeRepaints() {
    const QString python = qEnvironmentVariable("LATHE_LABELME_PYTHON");
    if (python.isEmpty()) return kLabelmeRepaints;
    QProcess peer;
    peer.start(python, {QStringLiteral(LATHE_BENCH_DIR "/peer_labelme_canvas.py")});
    peer.waitForFinished(120'000);
    const double found = peer.readAllStandardOutput().trimmed().split(' ').last().toDouble();
    if (found <= 0) std::printf("labelme did not run: %s\n", peer.readAllStandardError().right(300).constData());
    return found > 0 ? found : kLabelmeRepaints;
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    common::Theme::instance().apply(common::Theme::Choice::Dark);
    const std::string what = argc > 1 ? argv[1] : "all";
    const int frames = argc > 2 ? std::max(10, std::atoi(argv[2])) : 300;
    printLoad();
    for (const auto& [name, width, height] : {std::tuple{"spread", 8000, 6000}, std::tuple{"dense", 1600, 1000}})
        if (what == name || what == "all") {
            Shown shown(blobs(100'000, width, height), width, height);
            shown.panAndZoom(frames);
            shown.jumps();
            shown.hoverAndDrag(frames);
        }
    if (what == "giant" || what == "all") {
        Shown shown({giant(100'000, 8000, 6000)}, 8000, 6000);
        shown.dragVertex(frames, shown.view.fitScale());
        shown.dragVertex(frames, 1);
    }
    if (what == "few" || what == "all") {
        Shown shown(blobs(5000, 4000, 3000), 4000, 3000);
        shown.repaints(labelmeRepaints());
        shown.panAndZoom(frames);
    }
    printLoad();
    return 0;
}
