#include "app/workbench/shell/context_bar.h"

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

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
    m_workspace = new QToolButton(m_left);
    m_workspace->setObjectName(QStringLiteral("workspaceButton"));
    m_workspace->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_workspace->setIconSize({18, 18});
    m_workspace->setFixedHeight(28);
    m_workspace->setFocusPolicy(Qt::TabFocus);
    m_workspace->setPopupMode(QToolButton::InstantPopup);
    m_crumbs = new QLabel(m_left);
    m_crumbs->setTextFormat(Qt::RichText);
    m_crumbs->setFont(Theme::instance().font(Type::Control));
    m_crumbs->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    left->addWidget(m_workspace);
    left->addWidget(m_crumbs, 1);
    m_field = new QPushButton(this);
    m_field->setObjectName(QStringLiteral("commandField"));
    m_field->setFocusPolicy(Qt::TabFocus);
    auto* inside = new QHBoxLayout(m_field);
    inside->setContentsMargins(8, 0, 8, 0);
    inside->setSpacing(8);
    m_fieldText = makeLabel({}, Type::Control, Token::T3, m_field);
    m_fieldKey = makeLabel(keyLabel(command->shortcut()), Type::Caption, Token::T3, m_field);
    inside->addWidget(makeIconLabel(QStringLiteral("search"), Token::T3, 16, m_field));
    inside->addWidget(m_fieldText, 1);
    inside->addWidget(m_fieldKey);
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
    m_fieldText->setText(tr("Search or type a command"));
    m_field->setAccessibleName(tr("Search or type a command"));
    m_workspace->setToolTip(tr("Workspaces"));
    if (m_workspace->property("none").toBool()) setWorkspace({}, {});
}

void ContextBar::setWorkspace(const QString& name, const QString& cover) {
    m_workspace->setProperty("none", name.isEmpty());
    m_workspace->setText(name.isEmpty() ? tr("No workspace") : name);
    m_workspace->setAccessibleName(name.isEmpty() ? tr("No workspace") : tr("Workspace %1").arg(name));
    m_workspace->setIcon(cover.isEmpty() ? icon(QStringLiteral("folder")) : coverIcon(cover));
    m_workspace->adjustSize();
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
