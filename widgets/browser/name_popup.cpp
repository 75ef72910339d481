#include "widgets/browser/name_popup.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "widgets/common/parts.h"

namespace lathe::widgets::browser {
namespace {

constexpr int kNameWidth = 340, kNameHeight = 104;

}  // namespace

NamePopup::NamePopup(QWidget* window, const QString& title, const QString& label, const QStringList& known)
    : Overlay(window, title), m_name(new QLineEdit(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    auto* heading = common::makeLabel(title, common::Type::Section, common::Token::T1, this);
    heading->setContentsMargins(16, 12, 16, 4);
    m_name->setAccessibleName(label);
    m_name->setPlaceholderText(label);
    auto* completer = new QCompleter(known, m_name);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(completer);
    auto* take = new common::ActionButton(tr("OK"), common::ButtonKind::Primary, this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 4, 16, 14);
    row->setSpacing(8);
    row->addWidget(m_name, 1);
    row->addWidget(take);
    body()->addWidget(heading);
    body()->addLayout(row);
    connect(m_name, &QLineEdit::returnPressed, this, &NamePopup::take);
    connect(take, &QPushButton::clicked, this, &NamePopup::take);
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

void NamePopup::openAt(const QPoint& middle) {
    open(QRect(middle.x() - kNameWidth / 2, middle.y() - kNameHeight, kNameWidth, kNameHeight));
    m_name->setFocus();
}

void NamePopup::take() {
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) return;
    closeOverlay();
    Q_EMIT named(name);
}

}  // namespace lathe::widgets::browser
