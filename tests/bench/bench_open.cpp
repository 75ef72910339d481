// links: lathe_widgets_browser
// From opening a workspace of a million images with ten million boxes to the first thumbnails of Browse on the screen, then a
// search and another sorting until the grid shows them. To reach: < 1 s to the first thumbnails, memory under 500 MB.   bench_open
// [IMAGES]
#include <soci/soci.h>

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <cstdio>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/store/column_index.h"
#include "tests/bench/big_workspace.h"
#include "widgets/browser/browse_mode.h"
#include "widgets/common/theme.h"

using namespace lathe;
using widgets::browser::tiles::ImageGrid;

namespace {

constexpr int kPictures = 64, kWithPicture = 2000;

double residentMb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS", 0) == 0) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

/// The first images are real files: those that the grid shows first.
Result<> makeWorkspace(const std::filesystem::path& folder, int images) {
    LATHE_TRY(const auto workspace, bench::bigWorkspace(folder / "big.lathe", images));
    for (int i = 0; i < kPictures; ++i) {
        cv::Mat picture(480, 640, CV_8UC3, cv::Scalar(i * 4, 255 - i * 4, 128));
        for (int k = 0; k < 20; ++k)
            cv::circle(picture, {k * 31 + i, (k * 67 + i * 13) % 480}, 30, cv::Scalar(k * 12, 90, 255 - k * 12), -1);
        cv::imwrite((folder / (std::to_string(i) + ".jpg")).string(), picture);
    }
    LATHE_CHECK(workspace->write([&](soci::session& sql) -> Result<> {
        for (int i = 1; i <= std::min(kWithPicture, images); ++i) {
            const std::string path = (folder / (std::to_string(i % kPictures) + ".jpg")).string();
            const std::string digest = base::sha256(std::to_string(i));
            sql << "UPDATE image SET path = :p, digest = :d WHERE id = :i", soci::use(path), soci::use(digest), soci::use(i);
        }
        store::touchImages(sql);
        return {};
    }));
    LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace));  // as the last session left it
    return {};
}

bool waitFor(const std::function<bool()>& what) {
    const base::Stopwatch watch;
    while (!what() && watch.seconds() < 60) QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    return what();
}

/// Has every tile in sight its picture?
bool isPainted(ImageGrid& grid) {
    auto& items = const_cast<widgets::browser::tiles::GridItems&>(grid.items());
    if (grid.count() == 0) return false;
    for (std::size_t row = 0; row < std::min<std::size_t>(grid.count(), 100); ++row) {
        if (!grid.viewport()->rect().intersects(grid.tileRect(row))) break;
        const auto look = items.lookAt(row);
        if (!look || look->picture.isNull()) return false;
    }
    return true;
}

void say(const char* what, double seconds, const char* goal) {
    std::printf("%-44s %7.0f ms   (to reach: %s)\n", what, seconds * 1000, goal);
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    widgets::common::Theme::instance().apply(widgets::common::Theme::Choice::Dark);
    const base::TempFolder folder;
    if (const auto made = makeWorkspace(folder.path(), argc > 1 ? std::atoi(argv[1]) : 1'000'000); !made)
        return std::puts(made.error().text().c_str()), 1;
    widgets::common::Jobs jobs;
    widgets::common::Services services;
    services.jobs = &jobs;
    widgets::browser::BrowseMode mode(services);
    mode.resize(1600, 1000);
    mode.show();
    QApplication::processEvents();
    auto& grid = *mode.findChild<ImageGrid*>();

    base::Stopwatch watch;
    const auto workspace = store::Workspace::open(folder.path() / "big.lathe");
    if (!workspace) return std::puts(workspace.error().text().c_str()), 1;
    say("open the workspace", watch.seconds(), "-");
    mode.setWorkspace(*workspace);
    waitFor([&] { return grid.count() > 0; });
    say("to the first tiles", watch.seconds(), "-");
    const bool painted = waitFor([&] { return isPainted(grid); });
    say(painted ? "to the first thumbnails" : "THE THUMBNAILS NEVER CAME", watch.seconds(), "< 1000");

    QLineEdit* query = nullptr;
    for (auto* line : mode.findChildren<QLineEdit*>())
        if (line->accessibleName() == "Search images") query = line;
    const auto timeSearch = [&](const char* text) {
        const auto before = grid.count();
        watch = base::Stopwatch();
        query->setText(QString::fromUtf8(text));
        Q_EMIT query->returnPressed();
        waitFor([&] { return grid.count() != before && grid.count() > 0; });
        say(text, watch.seconds(), "filter < 50, facets < 100, both and the grid");
    };
    timeSearch("split:val");
    timeSearch("class:\"class 70\" brightness<40");
    std::printf("resident %.0f MB   (to reach: < 500)\n", residentMb());
    return 0;
}
