#include "app/workbench/shell/key_editor.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>

#include "widgets/common/key_map.h"
#include "widgets/common/key_presets.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {

constexpr QSize kSize(680, 620);

QTableView* makeTable(QAbstractItemModel* model, KeyDelegate* delegate, QWidget* parent) {
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setItemDelegate(delegate);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setMouseTracking(true);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Theme::instance().tableRowHeight());
    table->horizontalHeader()->setSectionResizeMode(KeyRows::Name, QHeaderView::Stretch);
    table->horizontalHeader()->resizeSection(KeyRows::Where, 120);
    table->horizontalHeader()->resizeSection(KeyRows::Keys, 190);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

}  // namespace

KeyEditor::KeyEditor(QWidget* window) : Overlay(window, {}), m_rows(new KeyRows(this)), m_shown(new QSortFilterProxyModel(this)) {
    m_shown->setSourceModel(m_rows);
    m_shown->setFilterRole(Qt::UserRole);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    build();
    wire();
}

void KeyEditor::build() {
    m_title = makeLabel({}, Type::Section, Token::T1, this);
    m_title->setContentsMargins(20, 16, 20, 8);
    auto* delegate = new KeyDelegate(this);
    m_table = makeTable(m_shown, delegate, this);
    connect(delegate, &KeyDelegate::pressed, this, [this](int row, const QKeySequence& key) {
        assign(m_rows->at(m_shown->mapToSource(m_shown->index(row, 0)).row()), key);
    });
    m_note = new Note(this);
    m_note->hide();
    body()->addWidget(m_title);
    body()->addWidget(buildHead());
    body()->addWidget(m_table, 1);
    body()->addWidget(m_note);
    body()->addWidget(buildFoot());
}

QWidget* KeyEditor::buildHead() {
    auto* head = new QWidget(this);
    auto* grid = new QGridLayout(head);
    grid->setContentsMargins(20, 0, 20, 12);
    grid->setHorizontalSpacing(8);
    m_presetLabel = makeLabel({}, Type::Table, Token::T2, head);
    m_preset = new QComboBox(head);
    m_presetLabel->setBuddy(m_preset);
    m_about = makeElidedLabel({}, Type::Caption, Token::T3, head);
    m_search = new QLineEdit(head);
    m_search->setClearButtonEnabled(true);
    grid->addWidget(m_presetLabel, 0, 0);
    grid->addWidget(m_preset, 0, 1);
    grid->addWidget(m_about, 0, 2);
    grid->addWidget(m_search, 1, 0, 1, 3);
    grid->setColumnStretch(2, 1);
    return head;
}

QWidget* KeyEditor::buildFoot() {
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(20, 12, 20, 12);
    row->setSpacing(8);
    m_change = new ActionButton(QString(), ButtonKind::Primary, foot);
    m_remove = new ActionButton(QString(), ButtonKind::Normal, foot);
    m_reset = new ActionButton(QString(), ButtonKind::Normal, foot);
    m_resetAll = new ActionButton(QString(), ButtonKind::Quiet, foot);
    row->addWidget(m_resetAll);
    row->addStretch();
    for (ActionButton* button : {m_reset, m_remove, m_change}) row->addWidget(button);
    return foot;
}

void KeyEditor::wire() {
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_shown->setFilterFixedString(text);
        if (m_shown->rowCount() > 0) m_table->selectRow(0);
        updateButtons();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &KeyEditor::editCurrent);
    connect(m_table, &QTableView::activated, this, &KeyEditor::editCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_note->hide();
        updateButtons();
    });
    connect(m_change, &QPushButton::clicked, this, &KeyEditor::editCurrent);
    connect(m_remove, &QPushButton::clicked, this, &KeyEditor::removeKeys);
    connect(m_reset, &QPushButton::clicked, this, &KeyEditor::resetKeys);
    connect(m_resetAll, &QPushButton::clicked, this, [] { KeyMap::instance().setAll({}); });
    connect(m_preset, &QComboBox::activated, this, &KeyEditor::choosePreset);
    connect(&KeyMap::instance(), &KeyMap::changed, this, [this] {
        QMetaObject::invokeMethod(m_rows, &KeyRows::refresh, Qt::QueuedConnection);
        showPreset();
        updateButtons();
    });
}

void KeyEditor::openWith(const QList<std::pair<QString, QList<QAction*>>>& groups) {
    setAccessibleName(tr("Key editor"));
    m_title->setText(tr("Keys"));
    m_presetLabel->setText(tr("Preset"));
    m_search->setPlaceholderText(tr("Action or key"));
    m_search->setAccessibleName(tr("Search the actions"));
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_change->setText(tr("Change keys"));
    m_remove->setText(tr("Remove keys"));
    m_reset->setText(tr("Reset"));
    m_resetAll->setText(tr("Reset all"));
    m_note->hide();
    m_rows->clear();
    for (const auto& [where, actions] : groups) m_rows->add(where, actions);
    m_search->clear();
    showPreset();
    open(QRect(QPoint((window()->width() - kSize.width()) / 2, (window()->height() - kSize.height()) / 2), kSize));
    m_search->setFocus(Qt::PopupFocusReason);
    updateButtons();
}

void KeyEditor::addGroup(const QString& where, const QList<QAction*>& actions) {
    m_rows->add(where, actions);
}

QAction* KeyEditor::current() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_rows->at(m_shown->mapToSource(rows.first()).row());
}

void KeyEditor::editCurrent() {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty()) return;
    m_note->hide();
    m_table->setFocus();
    m_table->scrollTo(rows.first());
    m_table->edit(rows.first().siblingAtColumn(KeyRows::Keys));
}

// A key that another action has is given only when that is wanted.
void KeyEditor::assign(QAction* action, const QKeySequence& key) {
    QAction* holder = m_rows->holder(*action, key);
    if (!holder) return give(action, key);
    m_note->show(Tone::Warn, tr("%1 is “%2” in %3.").arg(keyLabel(key), holder->iconText(), m_rows->whereOf(holder)),
                 tr("Use it for “%1”").arg(action->iconText()), [this, holder = QPointer(holder), action = QPointer(action), key] {
                     if (holder && action) takeFrom(holder, action, key);
                 });
}

void KeyEditor::takeFrom(QAction* holder, QAction* action, const QKeySequence& key) {
    auto left = holder->shortcuts();
    left.removeIf([&](const QKeySequence& other) {
        return other.matches(key) != QKeySequence::NoMatch || key.matches(other) != QKeySequence::NoMatch;
    });
    KeyMap::instance().set(holder->objectName(), left);
    m_note->hide();
    assign(action, key);
}

void KeyEditor::give(QAction* action, const QKeySequence& key) {
    const QList<QKeySequence> keys{key};
    if (keys == standardKeys(*action))
        KeyMap::instance().reset(action->objectName());
    else
        KeyMap::instance().set(action->objectName(), keys);
}

void KeyEditor::removeKeys() {
    if (QAction* action = current()) KeyMap::instance().set(action->objectName(), {});
}

void KeyEditor::resetKeys() {
    QAction* action = current();
    if (!action) return;
    for (const QKeySequence& key : standardKeys(*action))
        if (QAction* holder = m_rows->holder(*action, key)) {
            m_note->show(Tone::Warn, tr("%1 is “%2” in %3.").arg(keyLabel(key), holder->iconText(), m_rows->whereOf(holder)),
                         tr("Use it for “%1”").arg(action->iconText()),
                         [this, holder = QPointer(holder), action = QPointer(action), key] {
                             if (holder && action) takeFrom(holder, action, key);
                         });
            return;
        }
    KeyMap::instance().reset(action->objectName());
}

void KeyEditor::choosePreset(int index) {
    const auto presets = keyPresets();
    if (index < 0 || index >= presets.size()) return;
    m_note->hide();
    KeyMap::instance().setAll(presets[index].keys);
}

void KeyEditor::showPreset() {
    const QSignalBlocker quiet(m_preset);
    const QString now = currentPreset();
    m_preset->clear();
    m_about->clear();
    for (const KeyPreset& preset : keyPresets()) {
        m_preset->addItem(preset.title, preset.id);
        if (preset.id == now) m_about->setText(preset.about);
    }
    if (now.isEmpty()) m_preset->addItem(tr("Your own"));
    m_preset->setCurrentIndex(now.isEmpty() ? m_preset->count() - 1 : m_preset->findData(now));
    m_preset->setAccessibleDescription(tr("A set of keys for all actions"));
}

void KeyEditor::updateButtons() {
    const QAction* action = current();
    m_change->setEnabled(action);
    m_remove->setEnabled(action && !action->shortcuts().isEmpty());
    m_reset->setEnabled(action && KeyMap::instance().isChanged(action->objectName()));
    m_resetAll->setEnabled(!KeyMap::instance().changes().isEmpty());
}

}  // namespace lathe::shell
