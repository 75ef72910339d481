#include "widgets/common/mode.h"

namespace lathe::widgets::common {

void Mode::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT placeChanged();
        Q_EMIT factsChanged();
    }
    QWidget::changeEvent(event);
}

}  // namespace lathe::widgets::common
