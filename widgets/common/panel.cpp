#include <QVBoxLayout>

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::common {

Panel::Panel(const QString& title, QWidget* parent) : QFrame(parent) {
    setAutoFillBackground(true);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_header = new QWidget(this);
    m_header->setFixedHeight(32);
    auto* row = new QHBoxLayout(m_header);
    row->setContentsMargins(12, 0, 4, 0);
    row->setSpacing(8);
    m_title = makeLabel(title, Type::Table, Token::T1, m_header);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setProperty("weight", int(QFont::DemiBold));
    m_count = makeLabel({}, Type::Table, Token::T3, m_header);
    row->addWidget(m_title);
    row->addWidget(m_count);
    row->addStretch();
    outer->addWidget(m_header);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    outer->addLayout(m_body, 1);
    setTitle(title);
}

void Panel::setTitle(const QString& title) {
    m_title->setText(title);
    m_header->setVisible(!title.isEmpty());
    if (!title.isEmpty()) setAccessibleName(title);
}

void Panel::setCount(const QString& count) {
    m_count->setText(count);
}

QToolButton* Panel::addHeaderButton(const QString& iconName, const QString& name) {
    auto* button = makeIconButton(iconName, name, m_header);
    button->setFixedSize(24, 24);
    button->setIconSize({16, 16});
    m_header->layout()->addWidget(button);
    m_header->show();
    return button;
}

QSplitter* makeSplitter(Qt::Orientation orientation, const QString& accessibleName, QWidget* parent) {
    auto* splitter = new QSplitter(orientation, parent);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->setAccessibleName(accessibleName);
    return splitter;
}

QWidget* makeRule(QWidget* parent) {
    auto* rule = new QFrame(parent);
    rule->setFixedHeight(1);
    rule->setAutoFillBackground(true);
    const auto tint = [rule] {
        QPalette p = rule->palette();
        p.setColor(QPalette::Window, Theme::instance().colour(Token::Line1));
        rule->setPalette(p);
    };
    tint();
    QObject::connect(&Theme::instance(), &Theme::changed, rule, tint);
    return rule;
}

}  // namespace lathe::widgets::common
