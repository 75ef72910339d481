// The SVG icons of resources/icons, tinted by token, once per token, size and scale; dropped on theme change.
#pragma once
#include <QIcon>
#include <QString>

#include "widgets/common/theme.h"

namespace lathe::widgets::common {

/// icon("browse"): normal t2, hover t1, selected/on accent-t, disabled t4. GUI thread. Unknown name: qFatal in debug, empty else.
[[nodiscard]] QIcon icon(const QString& name);
[[nodiscard]] QIcon icon(const QString& name, Token token);
[[nodiscard]] QPixmap iconPixmap(const QString& name, Token token, int size, qreal scale);

}  // namespace lathe::widgets::common
