// links: lathe_widgets_browser
// Scrolls a grid of 100,000 images (thumbnails decoded while it scrolls) and prints the time of each frame on the GUI thread and
// the memory of the process. To reach: no frame over 33 ms, memory under 500 MB.   bench_grid [IMAGES]
#include <soci/soci.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QThread>
#include <cstdio>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "widgets/browser/tiles/image_grid.h"
#include "widgets/browser/tiles/image_items.h"
#include "widgets/common/theme.h"

using namespace lathe;

namespace {

double residentMb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS", 0) == 0) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

/// 64 different 640x480 pictures stand for all; each image has a digest of its own, so that each thumbnail is decoded.
std::shared_ptr<store::Workspace> makeWorkspace(const std::filesystem::path& folder, int images) {
    auto workspace = *store::Workspace::create(folder / "grid.lathe");
    for (int i = 0; i < 64; ++i) {
        cv::Mat picture(480, 640, CV_8UC3, cv::Scalar(i * 4, 255 - i * 4, 128));
        for (int k = 0; k < 20; ++k)
            cv::circle(picture, {k * 31 + i, (k * 67 + i * 13) % 480}, 30, cv::Scalar(k * 12, 90, 255 - k * 12), -1);
        cv::imwrite((folder / (std::to_string(i) + ".jpg")).string(), picture);
    }
    (void)workspace->write([&](soci::session& sql) -> Result<> {
        for (int i = 1; i <= images; ++i) {
            const std::string digest = base::sha256(std::to_string(i)), name = "image_" + std::to_string(i) + ".jpg",
                              path = (folder / (std::to_string(i % 64) + ".jpg")).string();
            sql << "INSERT INTO image (id, digest, name, path, width, height, channels, split, state, added, brightness, contrast, "
                   "missing) "
                   "VALUES (:i, :d, :n, :p, 640, 480, 3, 'train', 'new', 0, 100, 40, 0)",
                soci::use(i), soci::use(digest), soci::use(name), soci::use(path);
        }
        return {};
    });
    return workspace;
}

struct Frames {
    std::vector<double> ms;
    void print(const char* what) {
        std::sort(ms.begin(), ms.end());
        std::printf("%-28s frames %zu  p50 %.1f ms  p99 %.1f ms  max %.1f ms\n", what, ms.size(), ms[ms.size() / 2],
                    ms[ms.size() * 99 / 100], ms.back());
    }
};

/// One step of scrolling, then everything the GUI thread has to do for it.
void scroll(widgets::browser::tiles::ImageGrid& grid, int by, int steps, Frames& frames) {
    for (int i = 0; i < steps; ++i) {
        QElapsedTimer timer;
        timer.start();
        grid.verticalScrollBar()->setValue(grid.verticalScrollBar()->value() + by);
        grid.viewport()->repaint();
        QApplication::processEvents();
        frames.ms.push_back(double(timer.nsecsElapsed()) / 1e6);
        const double left = 16.6 - double(timer.nsecsElapsed()) / 1e6;
        if (left > 0) QThread::usleep(ulong(left * 1000));
    }
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    widgets::common::Theme::instance().apply(widgets::common::Theme::Choice::Dark);
    const int images = argc > 1 ? std::atoi(argv[1]) : 100000;
    const base::TempFolder folder;
    auto workspace = makeWorkspace(folder.path(), images);
    auto ids = std::make_shared<std::vector<ImageId>>();
    for (int i = 1; i <= images; ++i) ids->emplace_back(i);

    widgets::common::Jobs jobs;
    widgets::browser::tiles::ImagePages pages(jobs);
    widgets::common::Thumbnails thumbnails;
    thumbnails.setWorkspace(workspace);
    widgets::browser::tiles::ImageItems items(pages, thumbnails);
    widgets::browser::tiles::ImageGrid grid(items);
    grid.resize(1100, 900);
    grid.show();
    pages.reset(workspace, ids);
    grid.reload();
    QApplication::processEvents();

    Frames slow, fast, jump;
    scroll(grid, 40, 600, slow);
    scroll(grid, 900, 600, fast);
    scroll(grid, grid.verticalScrollBar()->maximum() / 97, 90, jump);
    slow.print("wheel, 40 px a frame");
    fast.print("page a frame");
    jump.print("jumps of 1,000 images");
    std::printf("%d images, resident %.0f MB\n", images, residentMb());
}
