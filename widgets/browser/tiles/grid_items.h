// What a grid of tiles shows: count, keys and order are known at once, names and pictures come as they are read.
#pragma once
#include <QColor>
#include <QObject>
#include <QPixmap>
#include <QRectF>
#include <QString>
#include <cstdint>
#include <vector>

#include "core/base/id.h"

namespace lathe::widgets::browser::tiles {

/// How a tile looks.
struct TileLook {
    QPixmap picture;       ///< null while it is on the way
    bool missing = false;  ///< there is no file
    QString name, right;   ///< of the caption, at its left and right end
    QColor swatch;         ///< before the name; invalid: none
    int images = 1;        ///< that the tile stands for; more than one is shown in its corner
    struct Mark {
        QRectF box;  ///< share of the picture, 0…1
        QColor colour;
    };
    std::vector<Mark> marks;
};

/// GUI thread only; never waits.
class GridItems : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual std::size_t count() const = 0;
    /// The same thing has the same key in the next result.
    [[nodiscard]] virtual std::int64_t keyAt(std::size_t row) const = 0;
    [[nodiscard]] virtual ImageId imageAt(std::size_t row) const = 0;
    /// nullopt while its page is on the way.
    [[nodiscard]] virtual std::optional<TileLook> lookAt(std::size_t row) = 0;
    /// What was asked for but is out of sight.
    virtual void forgetWishes() {}
    [[nodiscard]] virtual bool canBeDragged() const { return false; }
Q_SIGNALS:
    void arrived(std::size_t firstRow, std::size_t lastRow);
    void looksChanged();
};

}  // namespace lathe::widgets::browser::tiles
