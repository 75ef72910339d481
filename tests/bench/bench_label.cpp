// links: lathe_widgets_canvas
// The Label mode on a real workspace. 100,000 polygons on one image: open <= 1 s, select 50,000 and change their class <= 500 ms,
// undo <= 500 ms. Next image (12 MP JPEG): prefetched <= 50 ms, cold <= 300 ms. A 20,000 x 20,000 picture: first tiles < 2 s,
// frames while panning, memory.    bench_label [edit|next|large|all] [large: FILE or side in pixels]
#include <QApplication>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/data/import.h"
#include "tests/bench/canvas_bench.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::bench;
using namespace lathe::widgets;
namespace fs = std::filesystem;

namespace {

constexpr int kShapes = 100'000;

/// Noise over large forms: compresses like a photograph.
cv::Mat photograph(int width, int height, int seed) {
    cv::Mat small(height / 16 + 1, width / 16 + 1, CV_8UC3), picture;
    cv::RNG random(std::uint64_t(seed) + 1);
    random.fill(small, cv::RNG::UNIFORM, 0, 256);
    cv::resize(small, picture, {width, height}, 0, 0, cv::INTER_CUBIC);
    cv::Mat noise(std::min(height, 1024), width, CV_8UC3);
    random.fill(noise, cv::RNG::NORMAL, 8, 6);
    for (int y = 0; y < height; y += noise.rows) {
        cv::Mat band = picture.rowRange(y, std::min(height, y + noise.rows));
        cv::add(band, noise.rowRange(0, band.rows), band);
    }
    return picture;
}

std::shared_ptr<store::Workspace> workspaceOf(const fs::path& folder, const fs::path& pictures) {
    auto workspace = store::Workspace::create(folder / "bench.lathe");
    if (!workspace) return nullptr;
    data::ImportOptions link;
    link.link = true;
    if (!data::importInto(**workspace, pictures, link, {}, {})) return nullptr;
    for (int c = 1; c <= 12; ++c) (void)(*workspace)->addClass("class" + std::to_string(c));
    return *workspace;
}

struct Mode {
    explicit Mode(std::shared_ptr<store::Workspace> workspace) {
        services.jobs = &jobs;
        services.user = QStringLiteral("ana");
        mode = std::make_unique<canvas::LabelMode>(services);
        mode->resize(1600, 1000);
        mode->setWorkspace(std::move(workspace));
        mode->show();
    }
    common::Jobs jobs;
    common::Services services;
    std::unique_ptr<canvas::LabelMode> mode;
    canvas::Document& document() { return mode->document(); }
    canvas::View& view() { return mode->view(); }
    bool shown() { return document().isOpen() && view().complete(); }
    void trigger(const char* action) {
        for (QAction* a : mode->modeActions())
            if (a->objectName() == QLatin1String(action)) a->trigger();
    }
};

/// ms that the GUI thread was held, and ms until `done`.
void timed(const char* name, const char* goal, const std::function<void()>& act, const std::function<bool()>& done) {
    QElapsedTimer watch;
    watch.start();
    act();
    const double held = double(watch.nsecsElapsed()) / 1e6;
    const double all = held + until(done);
    std::printf("%-28s %7.0f ms, of them %5.0f at a stretch   (to reach: %s)\n", name, all, held, goal);
    std::fflush(stdout);
}

void edits(const fs::path& folder) {
    fs::create_directories(folder / "set");
    cv::imwrite((folder / "set" / "a.jpg").string(), photograph(8000, 6000, 1));
    const auto workspace = workspaceOf(folder, folder / "set");
    if (!workspace) return;
    annot::AnnotationEdit edit{ImageId(1), "ana", base::now(), "Import", {}};
    for (auto& a : blobs(kShapes, 8000, 6000)) edit.changes.push_back({std::nullopt, std::move(a), -1, -1});
    if (const auto done = workspace->commit(edit); !done) return std::puts(done.error().text().c_str()), void();
    Mode m(workspace);
    timed(
        "open 100,000 shapes", "<= 1000", [&] { m.mode->enter({}); }, [&] { return m.shown(); });
    (void)until([&] { return m.mode->images().rowCount() == 1 && m.document().allSaved(); });
    std::vector<AnnotationId> half, others;
    for (std::int64_t i = 1; i <= kShapes / 2; ++i) half.push_back(AnnotationId(2 * i)), others.push_back(AnnotationId(2 * i - 1));
    timed(
        "select 50,000, class: shown", "<= 500", [&] { m.document().select(others), m.trigger("label.class-2"); },
        [&] { return m.view().complete(); });
    (void)until([&] { return m.document().allSaved(); });
    timed(
        "select 50,000", "-", [&] { m.document().select(half); }, [&] { return m.view().complete(); });
    timed(
        "change their class: shown", "<= 500", [&] { m.trigger("label.class-3"); }, [&] { return m.view().complete(); });
    timed(
        "change their class: on disk", "-", [] {}, [&] { return m.document().allSaved(); });
    const ClassId before = m.document().find(AnnotationId(4))->classId;
    timed(
        "undo: shown", "<= 500", [&] { m.trigger("label.undo"); },
        [&] { return m.document().find(AnnotationId(4))->classId != before && m.view().complete(); });
    timed(
        "redo at once after undo", "<= 500", [&] { m.trigger("label.redo"); },
        [&] { return m.document().find(AnnotationId(4))->classId == before && m.view().complete(); });
}

void nextImage(const fs::path& folder) {
    fs::create_directories(folder / "set");
    for (int i = 0; i < 12; ++i) {
        const fs::path file = folder / "set" / ("p" + std::to_string(10 + i) + ".jpg");
        cv::imwrite(file.string(), photograph(4000, 3000, i), {cv::IMWRITE_JPEG_QUALITY, 90});
    }
    Mode m(workspaceOf(folder, folder / "set"));
    m.mode->enter({});
    (void)until([&] { return m.mode->images().rowCount() == 12 && m.shown(); });
    std::vector<double> warm, cold;
    const auto go = [&](int row) {
        QElapsedTimer watch;
        watch.start();
        m.mode->enter({{QStringLiteral("image"), qlonglong(m.mode->images().idAt(row).value)}});
        (void)until([&] { return m.document().image().id == m.mode->images().idAt(row) && m.shown(); });
        return double(watch.nsecsElapsed()) / 1e6;
    };
    for (const int row : {6, 3, 9, 11}) cold.push_back(go(row));
    (void)go(0);
    for (int row = 1; row < 6; ++row) {
        QElapsedTimer pause;  // time to look at the image: the neighbours are read ahead
        for (pause.start(); pause.elapsed() < 900;) QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        warm.push_back(go(row));
    }
    std::printf("next image, 12 MP JPEG: prefetched %.0f ms (to reach <= 50), cold %.0f ms (<= 300); complete picture, medians\n",
                quantile(warm, 0.5), quantile(cold, 0.5));
}

void large(const fs::path& folder, const std::string& what) {
    fs::create_directories(folder / "set");
    const int side = std::atoi(what.c_str());
    if (side > 0)
        cv::imwrite((folder / "set" / "large.jpg").string(), photograph(side, side, 5), {cv::IMWRITE_JPEG_QUALITY, 85});
    else
        fs::create_symlink(fs::absolute(what), folder / "set" / fs::path(what).filename());
    const auto workspace = workspaceOf(folder, folder / "set");
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak counts from here
    const double before = residentMb();
    for (const char* turn : {"first", "second"}) {
        Mode m(workspace);
        QElapsedTimer watch;
        watch.start();
        m.mode->enter({});
        (void)until([&] { return m.shown(); });
        std::printf("%s time: first tiles after %.0f ms", turn, double(watch.nsecsElapsed()) / 1e6);
        double most = residentMb();
        (void)until([&] {
            most = std::max(most, residentMb());
            return m.document().picture()->whole() && m.shown();
        });
        std::printf(", all of it after %.0f ms; memory %.0f MB above the %.0f before\n", double(watch.nsecsElapsed()) / 1e6,
                    most - before, before);
        const double cx = m.document().imageRect().w / 2, cy = m.document().imageRect().h / 2;
        measure("pan, 100 %", m.view(), 240, [&](int i) {
            m.view().moveTo(around(m.view(), 1, cx + cx * 0.8 * std::sin(i * .012), cy + cy * 0.8 * std::cos(i * .017)));
        });
        std::printf("memory %.0f MB\n", residentMb());
    }
    std::printf("peak of the process since: %.0f MB\n", residentMb("VmHWM"));
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const base::TempFolder home("lathe-bench-");
    qputenv("XDG_CONFIG_HOME", home.path().c_str());
    QApplication app(argc, argv);
    common::Theme::instance().apply(common::Theme::Choice::Dark);
    const std::string what = argc > 1 ? argv[1] : "all";
    printLoad();
    if (what == "edit" || what == "all") edits(home.path() / "edit");
    if (what == "next" || what == "all") nextImage(home.path() / "next");
    if (what == "large" || what == "all") large(home.path() / "large", argc > 2 ? argv[2] : "20000");
    printLoad();
    return 0;
}
