#include "widgets/browser/tiles/image_pages.h"

#include <algorithm>

#include "core/store/views.h"

namespace lathe::widgets::browser::tiles {
namespace {

constexpr std::size_t kKeptPages = 64;

Tile tileOf(const store::Workspace& workspace, store::ImageRow image) {
    Tile tile{std::move(image), {}, {}, {}};
    const auto annotations = workspace.annotations(tile.image.id);
    if (!annotations) return tile;
    const double w = std::max(1, tile.image.width), h = std::max(1, tile.image.height);
    for (const annot::Annotation& annotation : *annotations) {
        if (std::holds_alternative<annot::ImageLabel>(annotation.shape)) {
            tile.imageClasses.push_back(annotation.classId);
            continue;
        }
        const annot::Rect box = annot::bounds(annotation.shape);
        tile.marks.push_back({QRectF(box.x / w, box.y / h, box.w / w, box.h / h), annotation.classId});
    }
    return tile;
}

Result<std::vector<Tile>> readTiles(const store::Workspace& workspace, const std::vector<ImageId>& ids,
                                    const std::stop_token& stop) {
    LATHE_TRY(std::vector<store::ImageRow> rows, workspace.images(ids));
    LATHE_TRY(const auto tags, store::tagsOf(workspace, ids));
    std::vector<Tile> tiles;
    tiles.reserve(rows.size());
    for (store::ImageRow& row : rows) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "cancelled");
        tiles.push_back(tileOf(workspace, std::move(row)));
    }
    for (std::size_t k = 0; k < tiles.size() && tiles.size() == tags.size(); ++k) tiles[k].tags = tags[k];
    return tiles;
}

}  // namespace

ImagePages::ImagePages(common::Jobs& jobs, QObject* parent) : QObject(parent), m_pages(jobs, *this, kKeptPages) {}

void ImagePages::reset(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const std::vector<ImageId>> ids) {
    m_workspace = std::move(workspace);
    m_ids = std::move(ids);
    m_pages.clear();
}

const std::vector<ImageId>& ImagePages::ids() const {
    static const std::vector<ImageId> none;
    return m_ids ? *m_ids : none;
}

const Tile* ImagePages::at(std::size_t row) {
    if (row >= count()) return nullptr;
    return m_pages.at(row, [this](std::size_t page) { load(page); });
}

void ImagePages::load(std::size_t page) {
    const std::size_t first = page * kPage, last = std::min(count(), first + kPage);
    std::vector<ImageId> wanted(m_ids->begin() + std::ptrdiff_t(first), m_ids->begin() + std::ptrdiff_t(last));
    m_pages.read<Tile>(
        tr("Read images"), page,
        [workspace = m_workspace, wanted = std::move(wanted)](const std::stop_token& stop) {
            return readTiles(*workspace, wanted, stop);
        },
        [](Tile&& tile) { return std::move(tile); }, [this, first, last] { Q_EMIT arrived(first, last); });
}

}  // namespace lathe::widgets::browser::tiles
