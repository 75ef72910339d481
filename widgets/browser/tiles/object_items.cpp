#include "widgets/browser/tiles/object_items.h"

#include <algorithm>
#include <map>
#include <opencv2/imgproc.hpp>

#include "core/image/decode.h"

namespace lathe::widgets::browser::tiles {
namespace {

constexpr double kAround = 0.15;   // of the shape's longer side, on each side
constexpr int kLongestSide = 224;  // of a tile's picture, pixels
constexpr double kLeast = 12;      // a point is shown with so many pixels round it
constexpr std::size_t kObjectPages = 16;

using Refs = std::vector<data::ObjectRef>;

/// Places in `refs` by image, so that each image is read once.
std::map<std::uint32_t, std::vector<std::size_t>> byImage(const Refs& refs) {
    std::map<std::uint32_t, std::vector<std::size_t>> places;
    for (std::size_t k = 0; k < refs.size(); ++k) places[refs[k].rank].push_back(k);
    return places;
}

annot::Rect cutOf(const annot::Rect& box, double width, double height) {
    const double margin = std::max(kLeast, kAround * std::max(box.w, box.h));
    const annot::Rect wide = box.grown(margin);
    const double x0 = std::clamp(wide.x, 0.0, width - 1), y0 = std::clamp(wide.y, 0.0, height - 1);
    const double x1 = std::clamp(wide.x + wide.w, x0 + 1, width), y1 = std::clamp(wide.y + wide.h, y0 + 1, height);
    return {x0, y0, x1 - x0, y1 - y0};
}

/// The part of the picture, at most kLongestSide long. `scale`: pixels of `picture` to one of the image.
QImage cutOut(const cv::Mat& picture, const annot::Rect& cut, double scaleX, double scaleY) {
    const cv::Rect whole(0, 0, picture.cols, picture.rows);
    const cv::Rect part = cv::Rect(int(cut.x * scaleX), int(cut.y * scaleY), std::max(1, int(std::ceil(cut.w * scaleX))),
                                   std::max(1, int(std::ceil(cut.h * scaleY)))) &
                          whole;
    if (part.empty()) return {};
    return common::toQImage(image::fitted(picture(part), kLongestSide));
}

}  // namespace

/// One object as a job brings it: pixmaps are made on the GUI thread.
struct ObjectItems::Read {
    Cut cut;
    QImage picture;
};

ObjectItems::ObjectItems(common::Jobs& jobs, QObject* parent) : GridItems(parent), m_pages(jobs, *this, kObjectPages) {}

void ObjectItems::reset(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const store::ColumnIndex> index,
                        std::shared_ptr<const Refs> objects) {
    m_workspace = std::move(workspace);
    m_index = std::move(index);
    m_objects = std::move(objects);
    m_pages.clear();
}

void ObjectItems::setClasses(ClassLooks classes) {
    m_classes = std::move(classes);
    Q_EMIT looksChanged();
}

std::int64_t ObjectItems::keyAt(std::size_t row) const {
    const data::ObjectRef ref = (*m_objects)[row];
    return std::int64_t(ref.rank) << 32 | ref.place;
}

ImageId ObjectItems::imageAt(std::size_t row) const {
    return ImageId(m_index->imageIds()[(*m_objects)[row].rank]);
}

const ObjectItems::Cut* ObjectItems::cutAt(std::size_t row) {
    if (row >= count()) return nullptr;
    return m_pages.at(row, [this](std::size_t page) { load(page); });
}

std::optional<TileLook> ObjectItems::lookAt(std::size_t row) {
    const Cut* cut = cutAt(row);
    if (!cut) return {};
    const ClassLook known = m_classes.value(cut->object.classId.value);
    TileLook look;
    look.picture = cut->picture, look.missing = cut->missing, look.name = known.name, look.swatch = known.colour;
    look.right = cut->name;
    look.marks.push_back({cut->box, known.colour});
    return look;
}

std::optional<ObjectItems::Object> ObjectItems::objectAt(std::size_t row) {
    const Cut* cut = cutAt(row);
    return cut ? std::optional(cut->object) : std::nullopt;
}

Result<std::vector<ObjectItems::Object>> ObjectItems::readObjects(const store::Workspace& workspace,
                                                                  const store::ColumnIndex& index, const Refs& refs) {
    std::vector<Object> objects;
    for (const auto& [rank, places] : byImage(refs)) {
        const ImageId image(index.imageIds()[rank]);
        LATHE_TRY(const annot::Annotations annotations, workspace.annotations(image));
        for (const std::size_t k : places)
            if (refs[k].place < annotations.size())
                objects.push_back({image, annotations[refs[k].place].id, annotations[refs[k].place].classId});
    }
    return objects;
}

Result<std::vector<ObjectItems::Read>> ObjectItems::readCuts(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                             const Refs& refs, const std::stop_token& stop) {
    std::vector<Read> read(refs.size());
    for (const auto& [rank, places] : byImage(refs)) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "cancelled");
        const ImageId id(index.imageIds()[rank]);
        LATHE_TRY(const auto row, workspace.image(id));
        LATHE_TRY(const annot::Annotations annotations, workspace.annotations(id));
        if (!row) continue;
        const auto picture = row->missing ? Result<cv::Mat>(cv::Mat()) : image::decode(workspace.layout().file(*row));
        const bool there = picture && !picture->empty();
        const double width = std::max(1, row->width), height = std::max(1, row->height);
        for (const std::size_t k : places) {
            if (refs[k].place >= annotations.size()) continue;
            const annot::Annotation& a = annotations[refs[k].place];
            const annot::Rect box = annot::bounds(a.shape), cut = cutOf(box, width, height);
            read[k].cut.object = {id, a.id, a.classId};
            read[k].cut.name = QString::fromStdString(row->name).section('/', -1);
            read[k].cut.box = {(box.x - cut.x) / cut.w, (box.y - cut.y) / cut.h, box.w / cut.w, box.h / cut.h};
            read[k].cut.missing = !there;
            if (there) read[k].picture = cutOut(*picture, cut, picture->cols / width, picture->rows / height);
        }
    }
    return read;
}

void ObjectItems::load(std::size_t page) {
    const std::size_t first = page * kPage, last = std::min(count(), first + kPage);
    Refs wanted(m_objects->begin() + std::ptrdiff_t(first), m_objects->begin() + std::ptrdiff_t(last));
    m_pages.read<Read>(
        tr("Read objects"), page,
        [workspace = m_workspace, columns = m_index, wanted = std::move(wanted)](const std::stop_token& stop) {
            return readCuts(*workspace, *columns, wanted, stop);
        },
        [](Read&& one) {
            one.cut.picture = QPixmap::fromImage(one.picture);
            return std::move(one.cut);
        },
        [this, first, last] { Q_EMIT arrived(first, last); });
}

}  // namespace lathe::widgets::browser::tiles
