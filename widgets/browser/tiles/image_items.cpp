#include "widgets/browser/tiles/image_items.h"

#include <cmath>

#include "widgets/common/counts.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser::tiles {

ImageItems::ImageItems(ImagePages& pages, common::Thumbnails& thumbnails, QObject* parent)
    : GridItems(parent), m_pages(pages), m_thumbnails(thumbnails) {
    connect(&m_pages, &ImagePages::arrived, this, &GridItems::arrived);
    connect(&m_thumbnails, &common::Thumbnails::ready, this, &GridItems::looksChanged);
}

void ImageItems::setClasses(ClassLooks classes) {
    m_classes = std::move(classes);
    Q_EMIT looksChanged();
}

void ImageItems::setCaption(Caption caption) {
    m_caption = caption;
    Q_EMIT looksChanged();
}

std::optional<TileLook> ImageItems::lookAt(std::size_t row) {
    const Tile* tile = m_pages.at(row);
    if (!tile) return {};
    TileLook look;
    look.missing = tile->image.missing;
    if (!look.missing) look.picture = m_thumbnails.get(tile->image);
    look.name = QString::fromStdString(tile->image.name).section('/', -1);
    look.right = captionOf(*tile);
    if (m_heads) nameGroup(tile->image.id, look);
    look.marks.reserve(tile->marks.size());
    for (const Tile::Mark& mark : tile->marks) look.marks.push_back({mark.box, m_classes.value(mark.classId.value).colour});
    return look;
}

QString ImageItems::classesOf(const Tile& tile) const {
    QStringList names;
    const auto add = [&](ClassId id) {
        if (const QString name = m_classes.value(id.value).name; !names.contains(name)) names << name;
    };
    for (const ClassId id : tile.imageClasses) add(id);
    for (const Tile::Mark& mark : tile.marks) add(mark.classId);
    return names.join(QStringLiteral(", "));
}

/// A picture's own class goes before its split: it is what a classifier's data is about.
QString ImageItems::captionOf(const Tile& tile) const {
    const store::ImageRow& image = tile.image;
    switch (m_caption) {
        case Caption::Classes: return classesOf(tile);
        case Caption::Objects: return common::Counts::objects(std::int64_t(tile.marks.size() + tile.imageClasses.size()));
        case Caption::Size: return QStringLiteral("%1 × %2").arg(image.width).arg(image.height);
        case Caption::State: return common::imageStateText(QString::fromStdString(image.state));
        case Caption::Tags: {
            QStringList tags;
            for (const auto& tag : tile.tags) tags << QString::fromStdString(tag);
            return tags.join(QStringLiteral(", "));
        }
        case Caption::Brightness: return image.brightness < 0 ? QString() : common::number(std::round(image.brightness));
        case Caption::Sharpness: return image.sharpness < 0 ? QString() : common::number(std::round(image.sharpness));
        case Caption::Nothing: return {};
        case Caption::Split: break;
    }
    QString split = QString::fromStdString(image.split);
    if (tile.imageClasses.empty()) return split;
    const QString name = m_classes.value(tile.imageClasses.front().value).name;
    return split.isEmpty() ? name : name + QStringLiteral("  ") + split;
}

/// The group's name instead of the image's, which stands behind it.
void ImageItems::nameGroup(ImageId image, TileLook& look) const {
    const auto group = m_heads->groups.find(image.value);
    if (group == m_heads->groups.end()) return;
    const auto name = m_index->groupName(group->second.code);
    look.images = int(group->second.images);
    look.right = look.name;
    look.name = QString::fromUtf8(name.data(), qsizetype(name.size()));
}

}  // namespace lathe::widgets::browser::tiles
