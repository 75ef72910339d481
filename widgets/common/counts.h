// Numbers with their noun, in the window's language: "1 image", "1,204 images".
#pragma once
#include <QCoreApplication>
#include <algorithm>
#include <limits>

namespace lathe::widgets::common {

class Counts {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::common::Counts)
public:
    static QString images(std::int64_t count) { return tr("%Ln image(s)", nullptr, shown(count)); }
    static QString annotations(std::int64_t count) { return tr("%Ln annotation(s)", nullptr, shown(count)); }
    static QString shapes(std::int64_t count) { return tr("%Ln shape(s)", nullptr, shown(count)); }
    static QString shapesIn(std::int64_t shapes, std::int64_t images) {
        return tr("%1 in %2").arg(Counts::shapes(shapes), Counts::images(images));
    }
    static QString objects(std::int64_t count) { return tr("%Ln object(s)", nullptr, shown(count)); }
    static QString classes(std::int64_t count) { return tr("%Ln class(es)", nullptr, shown(count)); }

private:
    static int shown(std::int64_t count) { return int(std::min<std::int64_t>(count, std::numeric_limits<int>::max())); }
};

}  // namespace lathe::widgets::common
