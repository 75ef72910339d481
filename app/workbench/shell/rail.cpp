#include "app/workbench/shell/rail.h"

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {

/// The mark: three pieces of stock, turned thinner from left to right.
class MarkButton : public QToolButton {
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        if (underMouse() || isDown()) drawPlate(painter, rect(), 5, theme.colour(isDown() ? Token::Press : Token::Hover), {});
        painter.translate((width() - 28) / 2.0, (height() - 28) / 2.0);
        painter.setBrush(theme.colour(Token::AccentText));
        painter.drawRoundedRect(QRectF(3, 5.5, 7.5, 17), 1.5, 1.5);
        painter.drawRoundedRect(QRectF(12, 9, 6, 10), 1.5, 1.5);
        painter.drawRoundedRect(QRectF(19.5, 11.75, 5.5, 4.5), 1.25, 1.25);
    }
};

/// A mode: icon 20 over its name, on a plate when it is the current one.
class ModeButton : public QToolButton {
public:
    ModeButton(QAction* action, QWidget* parent) : QToolButton(parent) {
        setFixedSize(56, 50);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        connect(this, &QToolButton::clicked, action, &QAction::trigger);
        const auto sync = [this, action] {
            setText(action->text());
            setIcon(action->icon());
            setChecked(action->isChecked());
            setAccessibleName(action->text());
            setToolTip(action->text() + QStringLiteral("   ") + keyLabel(action->shortcut()));
        };
        connect(action, &QAction::changed, this, sync);
        connect(action, &QAction::toggled, this, &QToolButton::setChecked);
        sync();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        if (isChecked())
            drawPlate(painter, rect(), 5, theme.colour(Token::Control), {});
        else if (underMouse())
            drawPlate(painter, rect(), 5, theme.colour(theme.dark() ? Token::Raised : Token::Hover), {});
        const QIcon::Mode mode = isChecked() ? QIcon::Selected : underMouse() ? QIcon::Active : QIcon::Normal;
        icon().paint(&painter, QRect((width() - 20) / 2, 7, 20, 20), Qt::AlignCenter, mode);
        QFont font = theme.font(Type::Caption);
        font.setWeight(QFont::Medium);
        painter.setFont(font);
        painter.setPen(theme.colour(isChecked() || underMouse() ? Token::T1 : Token::T2));
        painter.drawText(QRect(0, 29, width(), 14), Qt::AlignCenter, text());
    }
};

class JobsButton : public QToolButton {
public:
    using QToolButton::QToolButton;
    int badge = 0;

protected:
    void paintEvent(QPaintEvent* event) override {
        QToolButton::paintEvent(event);
        if (badge <= 0) return;
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        QFont font = theme.font(Type::Caption);
        font.setPixelSize(10);
        font.setWeight(QFont::DemiBold);
        const QString text = badge > 99 ? QStringLiteral("99+") : QString::number(badge);
        const int width = std::max(14, QFontMetrics(font).horizontalAdvance(text) + 6);
        const QRect plate(this->width() - width, 0, width, 14);
        drawPlate(painter, plate, 7, theme.colour(Token::Accent), {});
        painter.setFont(font);
        painter.setPen(theme.colour(Token::OnAccent));
        painter.drawText(plate, Qt::AlignCenter, text);
    }
};

class UserButton : public QToolButton {
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        const QRect disc((width() - 24) / 2, (height() - 24) / 2, 24, 24);
        drawPlate(painter, disc, 12, theme.colour(underMouse() ? Token::Hover : Token::SelOff), {});
        QFont font = theme.font(Type::Caption);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(theme.colour(Token::T1));
        painter.drawText(disc, Qt::AlignCenter, text().left(1).toUpper());
    }
};

QWidget* shortRule(QWidget* parent) {
    auto* box = new QWidget(parent);
    box->setFixedSize(32, 15);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 6, 0, 8);
    auto* line = makeRule(box);
    column->addWidget(line);
    return box;
}

void placeIconButton(QToolButton* button, QAction* action) {
    button->setIconSize({20, 20});
    button->setFixedSize(28, 28);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIcon(action->icon());
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    const auto sync = [button, action] {
        const QString name = action->iconText();
        button->setAccessibleName(name);
        button->setToolTip(name + QStringLiteral("   ") + keyLabel(action->shortcut()));
    };
    QObject::connect(action, &QAction::changed, button, sync);
    sync();
}

}  // namespace

Rail::Rail(const QList<QAction*>& modes, QAction* jobs, QAction* settings, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("rail"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(64);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 4, 8);
    column->setSpacing(2);
    m_mark = new MarkButton(this);
    m_mark->setFixedSize(40, 28);
    m_mark->setFocusPolicy(Qt::TabFocus);
    m_mark->setPopupMode(QToolButton::InstantPopup);
    column->addWidget(m_mark, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    for (QAction* action : modes) {
        column->addWidget(new ModeButton(action, this), 0, Qt::AlignHCenter);
        if (action == modes.first()) column->addWidget(shortRule(this), 0, Qt::AlignHCenter);
    }
    column->addStretch();
    m_jobs = new JobsButton(this);
    placeIconButton(m_jobs, jobs);
    m_settings = new QToolButton(this);
    placeIconButton(m_settings, settings);
    m_user = new UserButton(this);
    m_user->setFixedSize(28, 28);
    m_user->setFocusPolicy(Qt::TabFocus);
    connect(m_user, &QToolButton::clicked, this, &Rail::userClicked);
    for (QToolButton* button : {m_jobs, m_settings, m_user}) column->addWidget(button, 0, Qt::AlignHCenter);
    retranslate();
}

void Rail::setMenu(QMenu* menu) {
    m_mark->setMenu(menu);
}

void Rail::setBadge(int running) {
    static_cast<JobsButton*>(m_jobs)->badge = running;
    m_jobs->update();
}

void Rail::setUser(const QString& user) {
    m_userName = user;
    m_user->setText(user);
    retranslate();
}

void Rail::retranslate() {
    setAccessibleName(tr("Modes"));
    m_mark->setAccessibleName(tr("Menu"));
    m_mark->setToolTip(tr("Menu   Alt"));
    m_user->setAccessibleName(tr("User %1").arg(m_userName));
    m_user->setToolTip(tr("You act as %1").arg(m_userName));
}

void Rail::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace lathe::shell
