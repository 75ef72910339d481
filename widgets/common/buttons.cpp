#include <QAction>

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::common {
namespace {

constexpr int kPadding = 10, kGap = 6, kIcon = 16;

QFont textFont() {
    QFont font = Theme::instance().font(Type::Control);
    font.setWeight(QFont::Medium);
    return font;
}
QFont keyFont() {
    QFont font = Theme::instance().font(Type::Caption);
    font.setWeight(QFont::Medium);
    return font;
}
QString plainText(const QAction* action) {
    QString text = action->iconText();
    if (text.endsWith(u'…')) text.chop(1);
    return text;
}

struct Look {
    Token fill, line, text;
    bool filled, lined;
};
Look lookOf(ButtonKind kind, bool live, bool over, bool down, bool on) {
    if (!live) return {Token::Control, Token::Line1, Token::T4, false, kind != ButtonKind::Quiet};
    if (kind == ButtonKind::Primary) {
        const Token fill = down ? Token::AccentPress : over ? Token::AccentHover : Token::Accent;
        return {fill, fill, Token::OnAccent, true, true};
    }
    const Token text = kind == ButtonKind::Danger ? Token::Err : Token::T1;
    if (on) return {Token::Sel, Token::SelLine, text, true, true};
    const Token fill = down ? Token::Press : over ? Token::Hover : Token::Control;
    if (kind == ButtonKind::Quiet) return {fill, fill, text, over || down, false};
    return {fill, Token::Line2, text, true, true};
}

void bindName(QToolButton* button, const QAction* action) {
    const QString key = keyLabel(action->shortcut());
    button->setAccessibleName(plainText(action));
    button->setToolTip(key.isEmpty() ? plainText(action) : plainText(action) + QStringLiteral("   ") + key);
}

}  // namespace

QString keyLabel(const QKeySequence& key) {
    return key.toString(QKeySequence::NativeText)
        .replace(QLatin1String("+"), QLatin1String(" "))
        .replace(QLatin1String("Return"), QLatin1String("Enter"));
}

ActionButton::ActionButton(QAction* action, ButtonKind kind, QWidget* parent)
    : QPushButton(parent), m_action(action), m_kind(kind) {
    init();
    connect(action, &QAction::changed, this, &ActionButton::sync);
    connect(this, &QPushButton::clicked, action, [this, action] {
        action->isCheckable() ? action->setChecked(isChecked()), Q_EMIT action->triggered(isChecked()) : action->trigger();
    });
    connect(action, &QObject::destroyed, this, [this] { m_action = nullptr; });
    sync();
}

ActionButton::ActionButton(const QString& text, ButtonKind kind, QWidget* parent) : QPushButton(text, parent), m_kind(kind) {
    init();
}

void ActionButton::init() {
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAutoDefault(false);
    connect(&Theme::instance(), &Theme::changed, this, [this] { updateGeometry(), update(); });
}

void ActionButton::sync() {
    setCheckable(m_action->isCheckable());
    setChecked(m_action->isChecked());
    setText(plainText(m_action));
    setEnabled(m_action->isEnabled());
    if (m_action->isVisible() != m_actionShown) setVisible(m_actionShown = m_action->isVisible());
    setToolTip(m_action->toolTip() != m_action->iconText() ? m_action->toolTip() : QString());
    updateGeometry();
    update();
}

void ActionButton::setKind(ButtonKind kind) {
    m_kind = kind;
    update();
}

void ActionButton::setIconShown(bool shown) {
    m_iconShown = shown;
    updateGeometry();
}

void ActionButton::setKeyShown(bool shown) {
    m_keyShown = shown;
    updateGeometry();
}

QString ActionButton::keyText() const {
    return m_action && m_keyShown ? keyLabel(m_action->shortcut()) : QString();
}

QSize ActionButton::sizeHint() const {
    int width = 2 * kPadding + QFontMetrics(textFont()).horizontalAdvance(text());
    if (const QString key = keyText(); !key.isEmpty()) width += kGap + QFontMetrics(keyFont()).horizontalAdvance(key);
    if (m_iconShown && m_action && !m_action->icon().isNull()) width += kIcon + kGap - 3;
    return {width + 1, Theme::instance().buttonHeight()};
}

void ActionButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    const Look look = lookOf(m_kind, isEnabled(), underMouse(), isDown(), isChecked());
    drawPlate(painter, rect(), 5, look.filled ? theme.colour(look.fill) : Qt::transparent,
              look.lined ? theme.colour(look.line) : QColor());
    QRect text = rect().adjusted(kPadding, 0, -kPadding, 0);
    if (m_iconShown && m_action && !m_action->icon().isNull()) {
        const Token token =
            m_kind == ButtonKind::Normal || m_kind == ButtonKind::Quiet ? (isEnabled() ? Token::T2 : Token::T4) : look.text;
        const QPixmap pixmap = iconPixmap(m_action->icon().name(), token, kIcon, devicePixelRatioF());
        painter.drawPixmap(QPoint(text.x() - 3, (height() - kIcon) / 2), pixmap);
        text.setLeft(text.x() + kIcon + kGap - 3);
    }
    painter.setFont(textFont());
    painter.setPen(theme.colour(look.text));
    const QString key = keyText();
    painter.drawText(text, Qt::AlignVCenter | (key.isEmpty() && !m_iconShown ? Qt::AlignHCenter : Qt::AlignLeft), this->text());
    if (key.isEmpty()) return;
    painter.setFont(keyFont());
    painter.setPen(!isEnabled()                    ? theme.colour(Token::T4)
                   : m_kind == ButtonKind::Primary ? QColor(0xdb, 0xe7, 0xff)
                                                   : theme.colour(isChecked() ? Token::T2 : Token::T3));
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, key);
}

QToolButton* makeIconButton(const QString& iconName, const QString& name, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setIcon(icon(iconName));
    button->setIconSize({18, 18});
    button->setFixedSize(28, 28);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QToolButton* makeIconButton(QAction* action, const QString& iconName, QWidget* parent) {
    auto* button = makeIconButton(iconName, plainText(action), parent);
    if (action->icon().isNull()) action->setIcon(icon(iconName));
    button->setDefaultAction(action);
    button->setIcon(icon(iconName));
    bindName(button, action);
    QObject::connect(action, &QAction::changed, button, [button, action] { bindName(button, action); });
    return button;
}

QToolButton* makeLink(const QString& text, QWidget* parent) {
    auto* link = new QToolButton(parent);
    link->setText(text);
    link->setProperty("link", true);
    link->setToolButtonStyle(Qt::ToolButtonTextOnly);
    link->setCursor(Qt::PointingHandCursor);
    link->setFocusPolicy(Qt::TabFocus);
    return link;
}

}  // namespace lathe::widgets::common
