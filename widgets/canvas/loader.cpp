#include "widgets/canvas/loader.h"

#include <cstdlib>

#include "core/image/decode.h"

namespace lathe::widgets::canvas {

namespace {

/// Media are content-addressed, so the digest is enough; a linked file that changed is found by its time.
std::string cacheKey(const store::ImageRow& row, const std::filesystem::path& file) {
    std::error_code ignored;
    const auto time = std::filesystem::last_write_time(file, ignored).time_since_epoch().count();
    return row.digest + ":" + std::to_string(time) + ":" + file.string();
}

Result<std::shared_ptr<const cv::Mat>> picture(const Source& source, const store::ImageRow& row) {
    const auto file = source.workspace->layout().file(row);
    if (row.missing) return fail(ErrorCode::NotFound, "the image file is missing; its labels are kept", file.string());
    const std::string key = cacheKey(row, file);
    if (auto known = source.pictures->find(key)) return known;
    LATHE_TRY(cv::Mat decoded, image::decode(file));
    auto shared = std::make_shared<const cv::Mat>(std::move(decoded));
    source.pictures->put(key, shared);
    return std::shared_ptr<const cv::Mat>(shared);
}

}  // namespace

ClassColours coloursOf(const std::vector<store::ClassRow>& classes) {
    ClassColours colours;
    for (const auto& c : classes) {
        const auto rgb = c.colour.size() == 7 ? std::strtoul(c.colour.c_str() + 1, nullptr, 16) : 0xb1b4b9ul;
        colours[c.id.value] = 0xff000000u | std::uint32_t(rgb);
    }
    return colours;
}

Result<OpenImage> openImage(const Source& source, ImageId id, std::stop_token stop) {
    OpenImage open;
    source.queue->flush();
    LATHE_TRY(auto row, source.workspace->image(id));
    if (!row) return fail(ErrorCode::NotFound, "no such image in this workspace", std::to_string(id.value));
    open.row = std::move(*row);
    LATHE_TRY(open.annotations, source.workspace->annotations(id));
    LATHE_TRY(open.nextId, source.workspace->nextAnnotationId(id));
    LATHE_TRY(open.canUndo, source.workspace->canUndo(id));
    LATHE_TRY(open.canRedo, source.workspace->canRedo(id));
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "another image was opened");
    LATHE_TRY(const std::vector<store::ClassRow> classes, source.workspace->classes());
    open.colours = coloursOf(classes);
    open.scene = Scene::pack(open.annotations, open.colours);
    auto pixels = picture(source, open.row);
    if (!pixels) open.pictureError = pixels.error();
    const int width = std::max(1, open.row.width), height = std::max(1, open.row.height);
    open.picture = std::make_shared<const Pyramid>(pixels ? *pixels : nullptr, width, height);
    return open;
}

void prefetch(const Source& source, ImageId id) {
    const auto row = source.workspace->image(id);
    if (row && *row) (void)picture(source, **row);
}

}  // namespace lathe::widgets::canvas
