#include "app/workbench/shell/context_bar.h"

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {

constexpr int kField = 420, kMargin = 12;

/// "BloodImage_00226.jpg" after "/ ana's queue": the last part in t1, the rest in t3.
QString crumbsHtml(const QStringList& place) {
    const Theme& theme = Theme::instance();
    QString html;
    for (int i = 0; i < place.size(); ++i) {
        const bool last = i == place.size() - 1;
        html += QStringLiteral("<span style='color:%1'>&nbsp;/&nbsp; </span><span style='color:%2;font-weight:%3'>%4</span> ")
                    .arg(theme.colour(Token::T4).name(), theme.colour(last ? Token::T1 : Token::T3).name(),
                         last ? QStringLiteral("500") : QStringLiteral("400"), place[i].toHtmlEscaped());
    }
    return html;
}

/// Looks like a field: search icon, words, key.
class CommandField : public QPushButton {
public:
    CommandField(const QString& key, QWidget* parent) : QPushButton(parent), m_key(key) { setAttribute(Qt::WA_Hover); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        const Token ground = theme.dark() ? Token::Well : Token::Panel;
        drawPlate(painter, rect(), 5, theme.colour(ground), theme.colour(underMouse() ? Token::Line3 : Token::Line2));
        painter.drawPixmap(QPoint(9, (height() - 16) / 2),
                           iconPixmap(QStringLiteral("search"), Token::T3, 16, devicePixelRatioF()));
        painter.setPen(theme.colour(underMouse() ? Token::T2 : Token::T3));
        painter.setFont(theme.font(Type::Caption));
        const QRect text = rect().adjusted(33, 0, -9, 0);
        painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, m_key);
        painter.setFont(theme.font(Type::Control));
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, this->text());
    }

private:
    QString m_key;
};

/// Cover, name, and the sign that there is a list.
class WorkspaceButton : public QToolButton {
public:
    using QToolButton::QToolButton;
    QSize sizeHint() const override { return {6 + 18 + 8 + QFontMetrics(nameFont()).horizontalAdvance(text()) + 6 + 14 + 4, 28}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        if (underMouse() || isDown()) drawPlate(painter, rect(), 5, theme.colour(isDown() ? Token::Press : Token::Hover), {});
        icon().paint(&painter, QRect(6, 5, 18, 18));
        painter.setFont(nameFont());
        painter.setPen(theme.colour(property("none").toBool() ? Token::T2 : Token::T1));
        painter.drawText(rect().adjusted(32, 0, -24, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
        painter.drawPixmap(QPoint(width() - 18, 7), iconPixmap(QStringLiteral("updown"), Token::T3, 14, devicePixelRatioF()));
    }

private:
    static QFont nameFont() {
        QFont font = Theme::instance().font(Type::Control);
        font.setWeight(QFont::DemiBold);
        return font;
    }
};

QIcon coverIcon(const QString& file) {
    QPixmap cover(file);
    if (cover.isNull()) return icon(QStringLiteral("folder"));
    const int side = std::min(cover.width(), cover.height());
    QPixmap out(36, 36);
    out.fill(Qt::transparent);
    QPainter painter(&out);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath path;
    path.addRoundedRect(QRectF(0, 0, 36, 36), 6, 6);
    painter.setClipPath(path);
    painter.drawPixmap(QRectF(0, 0, 36, 36), cover, QRectF(0, 0, side / 2.0, side / 2.0));
    return QIcon(out);
}

}  // namespace

ContextBar::ContextBar(QAction* command, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(44);
    m_left = new QWidget(this);
    auto* left = new QHBoxLayout(m_left);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(2);
    m_workspace = new WorkspaceButton(m_left);
    m_workspace->setFixedHeight(28);
    m_workspace->setFocusPolicy(Qt::TabFocus);
    m_workspace->setPopupMode(QToolButton::InstantPopup);
    m_crumbs = new QLabel(m_left);
    m_crumbs->setTextFormat(Qt::RichText);
    m_crumbs->setFont(Theme::instance().font(Type::Control));
    m_crumbs->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    left->addWidget(m_workspace);
    left->addWidget(m_crumbs, 1);
    m_field = new CommandField(keyLabel(command->shortcut()), this);
    m_field->setFocusPolicy(Qt::TabFocus);
    connect(m_field, &QPushButton::clicked, command, &QAction::trigger);
    m_right = new QWidget(this);
    m_actions = new QHBoxLayout(m_right);
    m_actions->setContentsMargins(0, 0, 0, 0);
    m_actions->setSpacing(8);
    m_actions->addStretch();
    setWorkspace({}, {});
    retranslate();
}

void ContextBar::retranslate() {
    setAccessibleName(tr("Context bar"));
    m_field->setText(tr("Search or type a command"));
    m_workspace->setToolTip(tr("Workspaces"));
    if (m_workspace->property("none").toBool()) setWorkspace({}, {});
}

void ContextBar::setWorkspace(const QString& name, const QString& cover) {
    m_workspace->setProperty("none", name.isEmpty());
    m_workspace->setText(name.isEmpty() ? tr("No workspace") : name);
    m_workspace->setAccessibleName(name.isEmpty() ? tr("No workspace") : tr("Workspace %1").arg(name));
    m_workspace->setIcon(cover.isEmpty() ? icon(QStringLiteral("folder")) : coverIcon(cover));
    m_workspace->updateGeometry();
}

void ContextBar::setPlace(const QStringList& place) {
    m_crumbs->setText(crumbsHtml(place));
    m_crumbs->setAccessibleName(place.join(QStringLiteral(" / ")));
}

void ContextBar::setActions(const QList<QAction*>& actions) {
    const auto old = m_right->findChildren<ActionButton*>();
    for (ActionButton* button : old) button->hide(), button->deleteLater();
    for (QAction* action : actions) {
        const bool primary = action == actions.last();
        auto* button = new ActionButton(action, primary ? ButtonKind::Primary : ButtonKind::Quiet, m_right);
        button->setIconShown(action->property("barIcon").toBool());
        if (action->property("barKind").toString() == QLatin1String("normal")) button->setKind(ButtonKind::Normal);
        m_actions->addWidget(button);
        button->setVisible(action->isVisible());
        connect(action, &QAction::changed, this, &ContextBar::arrange, Qt::QueuedConnection);
    }
    arrange();
}

void ContextBar::arrange() {
    const int wanted = m_right->sizeHint().width(), right = std::min(wanted, width() / 2);
    int field = std::min(kField, width() / 3);
    int x = (width() - field) / 2;
    x = std::min(x, width() - kMargin - right - 16 - field);  // the actions push the field to the left rather than cover it
    const int least = kMargin + 120;
    if (x < least) x = least, field = std::max(120, width() - kMargin - right - 16 - x);
    m_field->setGeometry(x, 8, field, 28);
    m_left->setGeometry(kMargin, 0, std::max(0, x - kMargin - 16), height());
    m_right->setGeometry(width() - kMargin - right, 0, right, height());
}

void ContextBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void ContextBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace lathe::shell
