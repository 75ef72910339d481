#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::common {

EmptyState::EmptyState(const QString& iconName, QWidget* parent) : QWidget(parent), m_iconName(iconName) {
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(4);
    m_icon = new QLabel(this);
    m_icon->setAlignment(Qt::AlignCenter);
    m_title = makeLabel({}, Type::Control, Token::T1, this);
    m_title->setProperty("weight", int(QFont::DemiBold));
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setAlignment(Qt::AlignCenter);
    m_line = makeLabel({}, Type::Table, Token::T2, this);
    m_line->setAlignment(Qt::AlignCenter);
    m_line->setWordWrap(true);
    m_buttons = new QWidget(this);
    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 10, 0, 0);
    row->setSpacing(8);
    row->setAlignment(Qt::AlignCenter);
    column->addStretch();
    column->addWidget(m_icon);
    column->addSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_line);
    column->addWidget(m_buttons);
    column->addStretch();
    m_buttons->hide();
    connect(&Theme::instance(), &Theme::changed, this, &EmptyState::tint);
    tint();
}

void EmptyState::tint() {
    m_icon->setPixmap(iconPixmap(m_iconName, Token::T3, 32, devicePixelRatioF()));
}

void EmptyState::setTexts(const QString& title, const QString& line) {
    m_title->setText(title);
    m_line->setText(line);
    m_line->setVisible(!line.isEmpty());
}

void EmptyState::setActions(QAction* primary, QAction* other) {
    qDeleteAll(m_buttons->findChildren<ActionButton*>());
    if (primary) m_buttons->layout()->addWidget(new ActionButton(primary, ButtonKind::Primary, m_buttons));
    if (other) m_buttons->layout()->addWidget(new ActionButton(other, ButtonKind::Normal, m_buttons));
    m_buttons->setVisible(primary || other);
}

Note::Note(QWidget* parent) : QFrame(parent) {
    setProperty("role", QStringLiteral("note"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 7, 10, 7);
    row->setSpacing(8);
    m_icon = new QLabel(this);
    m_icon->setFixedSize(16, 16);
    m_text = makeLabel({}, Type::Table, Token::T1, this);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_link = makeLink({}, this);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(m_link, 0, Qt::AlignTop);
    connect(m_link, &QToolButton::clicked, this, [this] {
        if (const auto action = m_action) action();
    });
    connect(&Theme::instance(), &Theme::changed, this, &Note::tint);
    setVisible(false);
}

void Note::tint() {
    m_icon->setPixmap(iconPixmap(toneIcon(m_tone), toneToken(m_tone), 16, devicePixelRatioF()));
}

void Note::show(Tone tone, const QString& text, const QString& actionText, std::function<void()> action) {
    static constexpr const char* names[] = {"info", "ok", "warn", "err"};
    m_tone = tone;
    m_text->setText(text);
    m_link->setText(actionText);
    m_link->setVisible(!actionText.isEmpty());
    m_action = std::move(action);
    setProperty("tone", QString::fromLatin1(names[int(tone)]));
    style()->unpolish(this);
    style()->polish(this);
    tint();
    setVisible(true);
}

}  // namespace lathe::widgets::common
