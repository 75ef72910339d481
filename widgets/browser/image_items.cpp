#include "widgets/browser/image_items.h"

namespace lathe::widgets::browser {

ImageItems::ImageItems(ImagePages& pages, common::Thumbnails& thumbnails, QObject* parent)
    : GridItems(parent), m_pages(pages), m_thumbnails(thumbnails) {
    connect(&m_pages, &ImagePages::arrived, this, &GridItems::arrived);
    connect(&m_thumbnails, &common::Thumbnails::ready, this, &GridItems::looksChanged);
}

void ImageItems::setClasses(ClassLooks classes) {
    m_classes = std::move(classes);
    Q_EMIT looksChanged();
}

std::optional<TileLook> ImageItems::lookAt(std::size_t row) {
    const Tile* tile = m_pages.at(row);
    if (!tile) return {};
    TileLook look;
    look.missing = tile->image.missing;
    if (!look.missing) look.picture = m_thumbnails.get(tile->image);
    look.name = QString::fromStdString(tile->image.name).section('/', -1);
    look.right = QString::fromStdString(tile->image.split);
    if (!tile->imageClasses.empty()) {
        const QString name = m_classes.value(tile->imageClasses.front().value).name;
        look.right = look.right.isEmpty() ? name : name + QStringLiteral("  ") + look.right;
    }
    look.marks.reserve(tile->marks.size());
    for (const Tile::Mark& mark : tile->marks) look.marks.push_back({mark.box, m_classes.value(mark.classId.value).colour});
    return look;
}

}  // namespace lathe::widgets::browser
