#include "app/workbench/shell/cheat_sheet.h"

#include "widgets/common/parts.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {

QWidget* keyRow(QAction* action, QWidget* parent) {
    auto* line = new QWidget(parent);
    line->setFixedHeight(24);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(makeElidedLabel(action->iconText(), Type::Table, action->isEnabled() ? Token::T1 : Token::T3, line), 1);
    for (const QKeySequence& key : action->shortcuts()) {
        auto* cap = new QLabel(keyLabel(key), line);
        cap->setProperty("keycap", true);
        row->addWidget(cap);
        if (action->shortcuts().indexOf(key) == 1) break;
    }
    return line;
}

}  // namespace

CheatSheet::CheatSheet(QWidget* window) : Overlay(window, {}) {
    m_title = makeLabel({}, Type::Section, Token::T1, this);
    m_title->setContentsMargins(20, 16, 20, 8);
    m_area = new QScrollArea(this);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->viewport()->setAutoFillBackground(false);
    body()->addWidget(m_title);
    body()->addWidget(m_area, 1);
    body()->addSpacing(8);
}

void CheatSheet::openWith(const QList<Group>& groups) {
    setAccessibleName(tr("Keys"));
    m_title->setText(tr("Keys"));
    m_area->setAccessibleName(tr("All keys"));
    m_page = new QWidget;
    auto* columns = new QHBoxLayout(m_page);
    columns->setContentsMargins(20, 0, 20, 12);
    columns->setSpacing(32);
    int most = 0;
    for (const auto& [name, actions] : groups) {
        auto* column = new QVBoxLayout;
        column->setSpacing(2);
        auto* heading = makeLabel(name, Type::Table, Token::T3, m_page);
        heading->setFixedHeight(24);
        column->addWidget(heading);
        int rows = 0;
        for (QAction* action : actions)
            if (!action->shortcut().isEmpty() && action->isVisible()) column->addWidget(keyRow(action, m_page)), ++rows;
        column->addStretch();
        columns->addLayout(column, 1);
        most = std::max(most, rows);
    }
    m_page->setAutoFillBackground(false);
    m_area->setWidget(m_page);
    const QSize size(std::min(int(groups.size()) * 300 + 40, window()->width() - 120),
                     std::min(80 + (most + 1) * 26, window()->height() - 100));
    open(QRect(QPoint((window()->width() - size.width()) / 2, (window()->height() - size.height()) / 2), size));
    setFocus(Qt::PopupFocusReason);
}

}  // namespace lathe::shell
