#include "app/workbench/shell/settings_popup.h"

#include "app/workbench/shell/language.h"

namespace lathe::shell {
using namespace widgets::common;

SettingsPopup::SettingsPopup(QWidget* window) : Overlay(window, {}) {
    m_title = makeLabel({}, Type::Section, Token::T1, this);
    m_title->setContentsMargins(12, 12, 12, 4);
    auto* form = new FormRows(this);
    m_theme = new Segments({}, form);
    m_language = new Segments({}, form);
    m_density = new Segments({}, form);
    m_user = new QLineEdit(form);
    QWidget* fields[] = {m_theme, m_language, m_density, m_user};
    for (int i = 0; i < 4; ++i) m_labels[i] = form->addRow({}, fields[i]);
    body()->addWidget(m_title);
    body()->addWidget(form);
    body()->addStretch();
    connect(m_theme, &Segments::changed, this, &SettingsPopup::themeChosen);
    connect(m_language, &Segments::changed, this, [this](int i) {
        Q_EMIT languageChosen(i == 0 ? QString() : i == 1 ? QStringLiteral("en") : QStringLiteral("ko"));
    });
    connect(m_density, &Segments::changed, this, [this](int i) { Q_EMIT compactChosen(i == 1); });
    connect(m_user, &QLineEdit::editingFinished, this, [this] { Q_EMIT userChosen(m_user->text().trimmed()); });
    retranslate();
}

void SettingsPopup::retranslate() {
    setAccessibleName(tr("Settings"));
    m_title->setText(tr("Settings"));
    const QString names[] = {tr("Theme"), tr("Language"), tr("Density"), tr("Your name")};
    for (int i = 0; i < 4; ++i) m_labels[i]->setText(names[i]);
    m_theme->setAccessibleName(names[0]);
    m_language->setAccessibleName(names[1]);
    m_density->setAccessibleName(names[2]);
    m_theme->setItems({tr("System"), tr("Light"), tr("Dark")});
    m_language->setItems({tr("System language"), QStringLiteral("English"), QStringLiteral("한국어")});
    m_density->setItems({tr("Comfortable"), tr("Compact")});
}

void SettingsPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Overlay::changeEvent(event);
}

void SettingsPopup::openAt(const QPoint& bottomLeft, const QString& user, const QString& systemUser) {
    const Theme& theme = Theme::instance();
    m_theme->setCurrent(int(theme.choice()));
    m_language->setCurrent(languageChoice().isEmpty() ? 0 : languageChoice() == QLatin1String("en") ? 1 : 2);
    m_density->setCurrent(theme.compact() ? 1 : 0);
    m_user->setText(user == systemUser ? QString() : user);
    m_user->setPlaceholderText(systemUser);
    const QSize size(400, 190);
    open(QRect(QPoint(bottomLeft.x(), bottomLeft.y() - size.height()), size));
    m_theme->setFocus(Qt::PopupFocusReason);
}

}  // namespace lathe::shell
