#include "widgets/canvas/rule_card.h"

#include <QAction>
#include <QVBoxLayout>

#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {
constexpr int kMostPictures = 3;
}

RuleCard::RuleCard(common::Services& services, QAction* toggle, QWidget* parent)
    : QFrame(parent), m_toggle(toggle), m_examples(new ExampleStrip(services, kMostPictures, this)) {
    setProperty("role", QStringLiteral("card"));
    m_title = common::makeElidedLabel({}, Type::Control, Token::T1, this);
    m_key = common::makeLabel({}, Type::Caption, Token::T3, this);
    m_text = common::makeLabel({}, Type::Table, Token::T2, this);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::MarkdownText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_key);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_text);
    column->addWidget(m_examples);
    connect(m_examples, &ExampleStrip::clicked, this,
            [this](int index) { Q_EMIT exampleClicked(m_schema.examples[std::size_t(index)].image); });
    connect(toggle, &QAction::changed, this, &RuleCard::retranslate);
    hide();
}

void RuleCard::setClass(const annot::ClassSchema* schema) {
    m_schema = schema ? *schema : annot::ClassSchema();
    show();
}

void RuleCard::setWanted(bool wanted) {
    m_wanted = wanted;
    show();
}

void RuleCard::show() {
    const bool something = !m_schema.rule.empty() || !m_schema.examples.empty();
    m_text->setText(QString::fromStdString(m_schema.rule));
    m_text->setVisible(!m_schema.rule.empty());
    m_examples->setExamples(m_schema.examples);
    retranslate();
    setVisible(m_wanted && something);
}

void RuleCard::retranslate() {
    m_title->setText(tr("Rule for %1").arg(QString::fromStdString(m_schema.name)));
    setAccessibleName(m_title->text());
    m_text->setAccessibleName(tr("Text of the rule"));
    m_key->setText(common::keyLabel(m_toggle->shortcut()));
    m_examples->retranslate();
}

}  // namespace lathe::widgets::canvas
