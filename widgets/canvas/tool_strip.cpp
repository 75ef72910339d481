#include "widgets/canvas/tool_strip.h"

#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/canvas/tool.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Theme;
using common::Token;

namespace {

constexpr int kStripWidth = 44, kButton = 32, kLeastButton = 22, kButtonIcon = 20;  // low windows have low buttons

class ToolButton : public QToolButton {
public:
    ToolButton(QAction* action, const QString& iconName, QWidget* parent) : QToolButton(parent), m_icon(iconName) {
        setDefaultAction(action);
        setFixedWidth(kButton);
        setMinimumHeight(kLeastButton);
        setMaximumHeight(kButton);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
        setFocusPolicy(Qt::TabFocus);
        connect(action, &QAction::changed, this, [this] { bind(); });
        bind();
    }
    [[nodiscard]] QSize sizeHint() const override { return {kButton, kButton}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool over = underMouse() && isEnabled();
        if (isChecked() || over) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.colour(isChecked() ? Token::Sel : Token::Hover));
            painter.drawRoundedRect(rect(), 5, 5);
        }
        const Token token = !isEnabled() ? Token::T4 : isChecked() || over ? Token::T1 : Token::T2;
        painter.drawPixmap(QPoint((width() - kButtonIcon) / 2 - 1, (height() - kButtonIcon) / 2 - 1),
                           common::iconPixmap(m_icon, token, kButtonIcon, devicePixelRatioF()));
        QFont font = theme.font(common::Type::Caption);
        font.setPixelSize(9);
        font.setWeight(QFont::Medium);
        painter.setFont(font);
        painter.setPen(theme.colour(isChecked() || over ? Token::T2 : Token::T3));
        painter.drawText(rect().adjusted(0, 0, -3, -1), Qt::AlignRight | Qt::AlignBottom,
                         common::keyLabel(defaultAction()->shortcut()).replace(QLatin1String("Shift "), QStringLiteral("⇧")));
        if (!hasFocus()) return;
        painter.setPen(QPen(theme.colour(Token::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }

private:
    void bind() {
        setAccessibleName(defaultAction()->text());
        setToolTip(defaultAction()->text() + QStringLiteral("   ") + common::keyLabel(defaultAction()->shortcut()));
    }
    QString m_icon;
};

}  // namespace

ToolStrip::ToolStrip(const QList<QAction*>& tools, QWidget* parent) : QFrame(parent) {
    setAutoFillBackground(true);
    setFixedWidth(kStripWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(2);
    for (int i = 0; i < tools.size(); ++i) {
        const ToolSpec& spec = toolRegistry()[std::size_t(i)];
        if (spec.separatorBefore) {
            auto* rule = common::makeRule(this);
            rule->setFixedWidth(24);
            column->addSpacing(4);
            column->addWidget(rule, 0, Qt::AlignHCenter);
            column->addSpacing(4);
        }
        column->addWidget(new ToolButton(tools[i], QString::fromLatin1(spec.icon), this), 0, Qt::AlignHCenter);
    }
    column->addStretch();
    retranslate();
}

void ToolStrip::retranslate() {
    setAccessibleName(tr("Tools"));
}

}  // namespace lathe::widgets::canvas
