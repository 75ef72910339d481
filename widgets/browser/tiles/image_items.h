// Images as tiles: thumbnails with the boxes of their objects.
#pragma once
#include <QHash>
#include <memory>

#include "core/data/groups.h"
#include "widgets/browser/tiles/grid_items.h"
#include "widgets/browser/tiles/image_pages.h"
#include "widgets/browser/tiles/tile_settings.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::browser::tiles {

/// Colours and names of the classes, for marks and tooltips; by class id.
struct ClassLook {
    QString name;
    QColor colour;
};
using ClassLooks = QHash<qint64, ClassLook>;

class ImageItems : public GridItems {
    Q_OBJECT
public:
    ImageItems(ImagePages& pages, common::Thumbnails& thumbnails, QObject* parent = nullptr);
    void setClasses(ClassLooks classes);
    void setCaption(Caption caption);
    /// Images that stand for their groups; nullptr: each for itself.
    void setHeads(std::shared_ptr<const data::GroupHeads> heads, std::shared_ptr<const store::ColumnIndex> index) {
        m_heads = std::move(heads), m_index = std::move(index);
    }
    [[nodiscard]] ClassLook classOf(ClassId id) const { return m_classes.value(id.value); }
    /// nullptr while its page is on the way.
    [[nodiscard]] const Tile* tileAt(std::size_t row) const { return m_pages.at(row); }
    [[nodiscard]] QPixmap pictureOf(const Tile& tile) const { return m_thumbnails.get(tile.image); }
    [[nodiscard]] std::size_t count() const override { return m_pages.count(); }
    [[nodiscard]] std::int64_t keyAt(std::size_t row) const override { return m_pages.idAt(row).value; }
    [[nodiscard]] ImageId imageAt(std::size_t row) const override { return m_pages.idAt(row); }
    [[nodiscard]] std::optional<TileLook> lookAt(std::size_t row) override;
    void forgetWishes() override { m_thumbnails.forgetWishes(); }

private:
    void nameGroup(ImageId image, TileLook& look) const;
    ImagePages& m_pages;
    common::Thumbnails& m_thumbnails;
    [[nodiscard]] QString captionOf(const Tile& tile) const;
    [[nodiscard]] QString classesOf(const Tile& tile) const;
    ClassLooks m_classes;
    Caption m_caption = Caption::Split;
    std::shared_ptr<const data::GroupHeads> m_heads;
    std::shared_ptr<const store::ColumnIndex> m_index;
};

}  // namespace lathe::widgets::browser::tiles
