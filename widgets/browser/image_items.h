// Images as tiles: thumbnails with the boxes of their objects.
#pragma once
#include <QHash>

#include "widgets/browser/grid_items.h"
#include "widgets/browser/image_pages.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::browser {

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
    [[nodiscard]] std::size_t count() const override { return m_pages.count(); }
    [[nodiscard]] std::int64_t keyAt(std::size_t row) const override { return m_pages.idAt(row).value; }
    [[nodiscard]] ImageId imageAt(std::size_t row) const override { return m_pages.idAt(row); }
    [[nodiscard]] std::optional<TileLook> lookAt(std::size_t row) override;
    void forgetWishes() override { m_thumbnails.forgetWishes(); }

private:
    ImagePages& m_pages;
    common::Thumbnails& m_thumbnails;
    ClassLooks m_classes;
};

}  // namespace lathe::widgets::browser
