// Asks for a name: of a tag or a view. Names that exist are offered while typing.
#pragma once
#include <QStringList>

#include "widgets/common/overlay.h"

class QLineEdit;

namespace lathe::widgets::browser {

/// Enter takes the name, Escape leaves. Deletes itself.
class NamePopup : public common::Overlay {
    Q_OBJECT
public:
    NamePopup(QWidget* window, const QString& title, const QString& label, const QStringList& known);
    /// Centred above or at this place of the window.
    void openAt(const QPoint& middle);
Q_SIGNALS:
    void named(const QString& name);

private:
    void take();
    QLineEdit* m_name;
};

}  // namespace lathe::widgets::browser
