#include "widgets/canvas/loader.h"

#include <cstdlib>

#include "core/image/decode.h"
#include "widgets/canvas/large_picture.h"

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
    const std::string key = cacheKey(row, file);
    if (auto known = source.pictures->find(key)) return known;
    LATHE_TRY(cv::Mat decoded, image::decodeDeep(file));
    auto shared = std::make_shared<const cv::Mat>(std::move(decoded));
    source.pictures->put(key, shared);
    return std::shared_ptr<const cv::Mat>(shared);
}

Result<> addPicture(const Source& source, OpenImage& open) {
    const auto file = source.workspace->layout().file(open.row);
    if (open.row.missing || !std::filesystem::exists(file))
        return fail(ErrorCode::NotFound, "the image file is missing; its labels are kept", file.string());
    if (isLarge(open.row.width, open.row.height)) return openLarge(source.workspace->layout(), open);
    LATHE_TRY(auto pixels, picture(source, open.row));
    open.picture = std::make_shared<const Pyramid>(std::move(pixels), open.row.width, open.row.height);
    return {};
}

}  // namespace

ClassStyles stylesOf(const std::vector<store::ClassRow>& classes, const annot::Schema& schema) {
    ClassStyles styles;
    for (const auto& c : classes) {
        const auto rgb = c.colour.size() == 7 ? std::strtoul(c.colour.c_str() + 1, nullptr, 16) : 0xb1b4b9ul;
        styles[c.id.value].colour = 0xff000000u | std::uint32_t(rgb);
    }
    for (const annot::ClassSchema& c : schema.classes)
        if (!c.skeleton.edges.empty()) styles[c.id.value].edges = c.skeleton.edges;
    return styles;
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
    open.styles = stylesOf(classes, source.schema);
    open.scene = Scene::pack(open.annotations, open.styles);
    if (const auto shown = addPicture(source, open); !shown) {
        open.pictureError = shown.error();
        const int width = std::max(1, open.row.width), height = std::max(1, open.row.height);
        open.picture = std::make_shared<const Pyramid>(nullptr, width, height);
    }
    return open;
}

void prefetch(const Source& source, ImageId id) {
    const auto row = source.workspace->image(id);
    if (row && *row && !(*row)->missing && !isLarge((*row)->width, (*row)->height)) (void)picture(source, **row);
}

}  // namespace lathe::widgets::canvas
