#include "widgets/browser/duplicates/duplicate_header.h"

#include <QHBoxLayout>

#include "widgets/common/parts.h"

namespace lathe::widgets::browser::duplicates {

using common::Token;
using common::Type;

DuplicateHeader::DuplicateHeader(QWidget* parent) : QWidget(parent) {
    m_title = common::makeLabel({}, Type::Table, Token::T1, this);
    m_title->setProperty("weight", int(QFont::DemiBold));
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_leak = common::makeIconLabel(QStringLiteral("warn"), Token::Warn, 14, this);
    m_words = common::makeElidedLabel({}, Type::Table, Token::T2, this);
    m_move = common::makeLink({}, this);
    m_grid = common::makeLink({}, this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_leak);
    row->addWidget(m_words, 1);
    row->addWidget(m_move);
    row->addWidget(m_grid);
    connect(m_grid, &QToolButton::clicked, this, [this] { Q_EMIT gridWanted(m_set); });
    connect(m_move, &QToolButton::clicked, this,
            [this] { Q_EMIT moveWanted(m_set, m_move->mapToGlobal(QPoint(0, m_move->height()))); });
}

void DuplicateHeader::show(std::size_t set, const QString& title, const QString& words, bool leaks, bool movable) {
    m_set = set;
    m_title->setText(title);
    m_words->setText(words);
    m_leak->setVisible(leaks);
    m_move->setText(tr("Move to the same split"));
    m_move->setAccessibleName(tr("%1: move to the same split").arg(title));
    m_move->setVisible(movable);
    m_grid->setText(tr("Show in the grid"));
    m_grid->setAccessibleName(tr("%1: show in the grid").arg(title));
    setAccessibleName(title);
    setVisible(true);
}

}  // namespace lathe::widgets::browser::duplicates
