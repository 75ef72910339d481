#include "app/workbench/shell/cheat_sheet.h"

#include <QAction>
#include <QLineEdit>
#include <QScrollArea>

namespace lathe::shell {
using namespace widgets::common;

namespace {

constexpr int kColumn = 300, kGap = 32, kRow = 26, kHead = 104;

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

QWidget* heading(const QString& name, QWidget* parent) {
    auto* label = makeLabel(name, Type::Table, Token::T3, parent);
    label->setFixedHeight(24);
    return label;
}

bool shown(const QAction& action, const QString& words) {
    return !action.shortcut().isEmpty() && action.isVisible() &&
           (words.isEmpty() || action.iconText().contains(words, Qt::CaseInsensitive) ||
            keyLabel(action.shortcut()).compare(words, Qt::CaseInsensitive) == 0);
}

/// What stands in one column, groups in their order, none longer than `most` rows.
QList<QList<CheatSheet::Group>> columnsOf(const QList<CheatSheet::Group>& groups, int most) {
    QList<QList<CheatSheet::Group>> columns;
    int left = 0;
    for (const auto& [name, actions] : groups)
        for (qsizetype at = 0; at < actions.size();) {
            if (left < 3) columns.append(QList<CheatSheet::Group>()), left = most;
            const qsizetype take = std::min<qsizetype>(actions.size() - at, left - 1);
            columns.last().append({name, actions.mid(at, take)});
            left -= int(take) + 1;
            at += take;
        }
    return columns;
}

}  // namespace

CheatSheet::CheatSheet(QWidget* window) : Overlay(window, {}) {
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(20, 16, 20, 8);
    row->setSpacing(12);
    m_title = makeLabel({}, Type::Section, Token::T1, head);
    m_search = new QLineEdit(head);
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(260);
    m_edit = new ActionButton(QString(), ButtonKind::Normal, head);
    row->addWidget(m_title);
    row->addStretch();
    row->addWidget(m_search, 1);
    row->addWidget(m_edit);
    m_area = new QScrollArea(this);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->viewport()->setAutoFillBackground(false);
    body()->addWidget(head);
    body()->addWidget(m_area, 1);
    body()->addSpacing(8);
    connect(m_search, &QLineEdit::textChanged, this, &CheatSheet::fill);
    connect(m_edit, &QPushButton::clicked, this, [this] {
        closeOverlay();
        Q_EMIT editAsked();
    });
}

void CheatSheet::fill() {
    QList<Group> groups;
    for (const auto& [name, actions] : m_groups) {
        QList<QAction*> some;
        for (QAction* action : actions)
            if (shown(*action, m_search->text())) some << action;
        if (!some.isEmpty()) groups.append({name, some});
    }
    m_page = new QWidget;
    auto* row = new QHBoxLayout(m_page);
    row->setContentsMargins(20, 0, 20, 12);
    row->setSpacing(kGap);
    for (const auto& column : columnsOf(groups, std::max(8, (window()->height() - 100 - kHead) / kRow))) {
        auto* lines = new QVBoxLayout;
        lines->setSpacing(2);
        for (const auto& [name, actions] : column) {
            lines->addWidget(heading(name, m_page));
            for (QAction* action : actions) lines->addWidget(keyRow(action, m_page));
        }
        lines->addStretch();
        row->addLayout(lines, 1);
    }
    m_page->setMinimumWidth(row->count() * (kColumn - kGap) + 40);
    m_page->setAutoFillBackground(false);
    m_area->setWidget(m_page);
}

void CheatSheet::openWith(const QList<Group>& groups) {
    setAccessibleName(tr("Keys"));
    m_title->setText(tr("Keys"));
    m_area->setAccessibleName(tr("All keys"));
    m_search->setPlaceholderText(tr("Find a key"));
    m_search->setAccessibleName(tr("Find a key"));
    m_edit->setText(tr("Change keys"));
    m_groups = groups;
    const QSignalBlocker quiet(m_search);
    m_search->clear();
    fill();
    const QSize size(std::min(m_page->minimumWidth() + 2, window()->width() - 80), window()->height() - 100);
    open(QRect(QPoint((window()->width() - size.width()) / 2, (window()->height() - size.height()) / 2), size));
    setFocus(Qt::PopupFocusReason);
}

}  // namespace lathe::shell
