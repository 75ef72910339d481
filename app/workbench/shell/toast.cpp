#include "app/workbench/shell/toast.h"

#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {
constexpr int kMs = 6000;
}

Toast::Toast(QWidget* window) : QWidget(window) {
    hide();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    m_text = makeLabel({}, Type::Table, Token::T1, this);
    m_link = makeLink({}, this);
    row->addWidget(makeIconLabel(QStringLiteral("check"), Token::Ok, 16, this));
    row->addWidget(m_text);
    row->addSpacing(8);
    row->addWidget(m_link);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kMs);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_link, &QToolButton::clicked, this, [this] {
        hide();
        if (const auto action = std::exchange(m_action, {})) action();
    });
}

void Toast::show(const QString& text, const QString& actionText, std::function<void()> action) {
    m_text->setText(text);
    m_link->setText(actionText);
    m_link->setVisible(!actionText.isEmpty());
    m_action = std::move(action);
    place();
    setVisible(true);
    raise();
    m_timer.start();
}

void Toast::place() {
    const QSize size(layout()->sizeHint().width(), 34);
    setGeometry(64 + (parentWidget()->width() - 64 - size.width()) / 2, parentWidget()->height() - 24 - 16 - size.height(),
                size.width(), size.height());
}

void Toast::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawPlate(painter, rect(), 8, Theme::instance().colour(Token::Popup), Theme::instance().colour(Token::Line2));
}

void Toast::enterEvent(QEnterEvent*) {
    m_timer.stop();
}
void Toast::leaveEvent(QEvent*) {
    m_timer.start();
}

}  // namespace lathe::shell
