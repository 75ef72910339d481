// The shapes of an image on two sides, before and after, as they are drawn over a thumbnail.
#pragma once
#include <QPainterPath>
#include <QStringList>
#include <array>

#include "core/data/snapshot_items_diff.h"
#include "widgets/browser/tiles/image_items.h"

class QPainter;

namespace lathe::widgets::browser::versions {

/// One shape on one side. Coordinates: pixels of the image.
struct VersionMark {
    QPainterPath path;                        ///< outline; open for lines
    QVector<QPointF> dots;                    ///< points and keypoints: drawn in one size whatever the zoom
    bool filled = false;                      ///< an area
    QColor colour;                            ///< of the class
    QString name;                             ///< of the class
    std::optional<data::ShapeChange> change;  ///< none: the same on both sides
    bool ghost = false;                       ///< where it is on the other side
};
/// An image with what differs, read by a job.
struct VersionPicture {
    store::ImageRow image;
    struct Side {
        bool there = true;  ///< the side has the image
        QString split;
        QStringList labels;  ///< classes of the whole image
        std::vector<VersionMark> marks;
    };
    std::array<Side, 2> sides;
};

/// The marks of both sides; `classes` by id. Whole-image classes become labels.
void fillSides(VersionPicture& picture, const annot::Annotations& before, const annot::Annotations& after,
               const tiles::ClassLooks& classes);
/// The same from shapes that differ alone.
void fillSides(VersionPicture& picture, const std::vector<data::ShapeDiff>& shapes, const tiles::ClassLooks& classes);

/// "added", "class changed" …
[[nodiscard]] QString changeText(data::ShapeChange change);
/// On pictures, which have no theme.
[[nodiscard]] QColor changeColour(data::ShapeChange change);
/// Draws the marks over the picture that lies in `place`.
void paintMarks(QPainter& painter, const QRectF& place, QSize image, const VersionPicture::Side& side);
/// Colours and names by class id.
[[nodiscard]] tiles::ClassLooks classLooksOf(const std::vector<store::ClassRow>& classes);

}  // namespace lathe::widgets::browser::versions
