// The kinds of shapes in the user's language.
#pragma once
#include <QCoreApplication>
#include <QStringList>

#include "core/annot/shape.h"

namespace lathe::widgets::common {

struct Kinds {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::common::Kinds)
};

/// In the order of annot::Shape's alternatives.
[[nodiscard]] inline QStringList kindWords() {
    return {Kinds::tr("Whole image"), Kinds::tr("Box"),     Kinds::tr("Polygon"),  Kinds::tr("Mask"), Kinds::tr("Keypoints"),
            Kinds::tr("Rotated box"), Kinds::tr("Ellipse"), Kinds::tr("Polyline"), Kinds::tr("Point")};
}
/// "Box, Polygon": those whose bit is set.
[[nodiscard]] inline QString kindWords(std::uint32_t kinds) {
    QStringList out;
    const QStringList all = kindWords();
    for (int k = 0; k < all.size(); ++k)
        if (kinds >> k & 1) out << all[k];
    return out.join(QStringLiteral(", "));
}

}  // namespace lathe::widgets::common
