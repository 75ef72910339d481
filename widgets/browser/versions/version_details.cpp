#include "widgets/browser/versions/version_details.h"

#include <QCheckBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <set>

#include "widgets/charts/flow_layout.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/counts.h"
#include "widgets/common/keep_named.h"

namespace lathe::widgets::browser::versions {

using common::makeLabel;
using common::Token;
using common::Type;

namespace {

constexpr int kNoteHeight = 72, kNotePause = 900, kMadeMost = 8, kFieldsWidth = 640;
constexpr int kModeRole = Qt::UserRole + 1, kArgsRole = Qt::UserRole + 2;

/// A tag that can be taken off.
QPushButton* tagChip(const QString& tag, QWidget* parent) {
    auto* chip = new QPushButton(tag + QStringLiteral("  ×"), parent);
    chip->setProperty("chip", true);
    chip->setAutoDefault(false);
    chip->setAccessibleName(VersionDetails::tr("Take off the tag %1").arg(tag));
    chip->setToolTip(chip->accessibleName());
    return chip;
}

QStringList knownTags(const VersionFacts& facts) {
    std::set<std::string> tags;
    for (const auto& row : facts.rows) tags.insert(row.tags.begin(), row.tags.end());
    QStringList names;
    for (const auto& tag : tags) names << QString::fromStdString(tag);
    return names;
}

}  // namespace

NoteEdit::NoteEdit(QWidget* parent) : QPlainTextEdit(parent), m_pause(new QTimer(this)) {
    setTabChangesFocus(true);
    setFixedHeight(kNoteHeight);
    m_pause->setSingleShot(true);
    m_pause->setInterval(kNotePause);
    connect(m_pause, &QTimer::timeout, this, &NoteEdit::flush);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (toPlainText() != m_stored) m_pause->start();
    });
}

void NoteEdit::setStored(const QString& text) {
    const bool writing = toPlainText() != m_stored;
    m_stored = text;
    if (writing && hasFocus()) return;
    if (toPlainText() != text) setPlainText(text);
}

void NoteEdit::flush() {
    m_pause->stop();
    if (toPlainText() == m_stored) return;
    m_stored = toPlainText();
    Q_EMIT written(m_stored);
}

void NoteEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    flush();
}

VersionDetails::VersionDetails(common::Services& services, const QList<QAction*>& deeds, QWidget* parent)
    : QScrollArea(parent), m_services(services) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAutoFillBackground(true);  // else the kerf shows under the scroll bar
    auto* plate = new QWidget(this);
    plate->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(plate);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addWidget(buildHead(deeds));
    column->addWidget(buildFields());
    column->addWidget(buildMade());
    column->addStretch(1);
    setWidget(plate);
    wire();
    retranslate();
}

VersionDetails::~VersionDetails() {
    m_note->flush();
}

QWidget* VersionDetails::buildHead(const QList<QAction*>& deeds) {
    auto* head = new QWidget(this);
    m_name = makeLabel({}, Type::Page, Token::T1, head);
    m_origin = makeLabel({}, Type::Table, Token::T2, head);
    m_origin->setWordWrap(true);
    auto* buttons = new QWidget(head);
    auto* flow = new charts::FlowLayout(8);
    buttons->setLayout(flow);
    for (QAction* deed : deeds) flow->addWidget(new common::ActionButton(deed, common::ButtonKind::Normal, buttons));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    buttons->setSizePolicy(policy);
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_name);
    column->addWidget(m_origin);
    column->addSpacing(8);
    column->addWidget(buttons);
    return head;
}

QWidget* VersionDetails::buildFields() {
    auto* rows = new common::FormRows(this);
    rows->setMaximumWidth(kFieldsWidth);
    m_images = makeLabel({}, Type::Control, Token::T1, rows);
    m_splits = makeLabel({}, Type::Control, Token::T1, rows);
    m_digest = makeLabel({}, Type::Mono, Token::T2, rows);
    m_digest->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note = new NoteEdit(rows);
    m_branch = new QLineEdit(rows);
    auto* tagRow = new QWidget(rows);
    m_tags = new QWidget(tagRow);
    m_tags->setLayout(new charts::FlowLayout(4));
    m_newTag = new QLineEdit(tagRow);
    m_newTag->setFixedWidth(140);
    auto* line = new QHBoxLayout(tagRow);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_newTag, 0, Qt::AlignTop);
    line->addWidget(m_tags, 1);
    m_frozen = new QCheckBox(rows);
    m_imagesLabel = rows->addRow({}, m_images);
    m_splitsLabel = rows->addRow({}, m_splits);
    m_digestLabel = rows->addRow({}, m_digest);
    m_noteLabel = rows->addRow({}, m_note);
    m_branchLabel = rows->addRow({}, m_branch);
    m_tagsLabel = rows->addRow({}, tagRow);
    m_tagsLabel->setBuddy(m_newTag);
    m_frozenLabel = rows->addRow({}, m_frozen);
    rows->layout()->setContentsMargins(0, 0, 0, 0);
    return rows;
}

QWidget* VersionDetails::buildMade() {
    auto* made = new QWidget(this);
    made->setMaximumWidth(kFieldsWidth);
    m_madeHeading = makeLabel({}, Type::Section, Token::T1, made);
    m_made = new QListWidget(made);
    m_made->setItemDelegate(new common::RowDelegate(m_made));
    m_made->setFrameShape(QFrame::NoFrame);
    m_made->setMouseTracking(true);
    auto* column = new QVBoxLayout(made);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_madeHeading);
    column->addWidget(m_made);
    return made;
}

void VersionDetails::wire() {
    connect(m_note, &NoteEdit::written, this, [this](const QString& text) {
        data::SnapshotEdit edit;
        edit.note = text.toStdString();
        save(edit);
    });
    connect(m_branch, &QLineEdit::editingFinished, this, [this] {
        const data::SnapshotRow* row = m_facts ? m_facts->find(m_id) : nullptr;
        const std::string name = m_branch->text().trimmed().toStdString();
        if (!row || name == row->branch) return;
        data::SnapshotEdit edit;
        edit.branch = name;
        save(edit);
    });
    connect(m_newTag, &QLineEdit::returnPressed, this, &VersionDetails::addTag);
    connect(m_frozen, &QCheckBox::clicked, this, [this](bool on) {
        data::SnapshotEdit edit;
        edit.freezeTest = on;
        save(edit);
    });
    connect(m_made, &QListWidget::itemActivated, this, &VersionDetails::open);
}

void VersionDetails::setFacts(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const VersionFacts> facts) {
    if (workspace != m_workspace) m_note->flush();
    m_workspace = std::move(workspace);
    m_facts = std::move(facts);
    refresh();
}

void VersionDetails::show(SnapshotId id) {
    if (id == m_id) return;
    m_note->flush();
    m_id = id;
    m_newTag->clear();
    refresh();
}

void VersionDetails::refresh() {
    const data::SnapshotRow* row = m_facts ? m_facts->find(m_id) : nullptr;
    widget()->setEnabled(row);
    if (!row) return;
    showHead(*row);
    showTags(*row);
    showMade(*row);
    m_note->setStored(QString::fromStdString(row->note));
    if (!m_branch->hasFocus()) m_branch->setText(QString::fromStdString(row->branch));
    m_frozen->setChecked(row->frozenTest);
}

void VersionDetails::showHead(const data::SnapshotRow& row) {
    m_name->setText(QString::fromStdString(row.name));
    QStringList origin;
    if (row.id == m_facts->head) origin << tr("The present descends from it");
    QStringList parents;
    for (const SnapshotId parent : {row.parent, row.merged})
        if (const QString name = m_facts->nameOf(parent); !name.isEmpty()) parents << name;
    if (!parents.isEmpty()) origin << tr("from %1").arg(parents.join(QStringLiteral(" + ")));
    if (!row.author.empty()) origin << tr("by %1").arg(QString::fromStdString(row.author));
    origin << common::dateTimeText(row.at);
    m_origin->setText(origin.join(QStringLiteral(", ")));
    m_images->setText(
        tr("%1, %2", "images, annotations")
            .arg(common::Counts::images(std::int64_t(row.images)), common::Counts::annotations(std::int64_t(row.annotations))));
    m_splits->setText(splitsText(row));
    m_digest->setText(QString::fromStdString(row.digest).left(16));
    m_digest->setToolTip(QString::fromStdString(row.digest));
}

void VersionDetails::showTags(const data::SnapshotRow& row) {
    const std::pair shown(row.id, row.tags);
    if (shown == m_shownTags) return;
    m_shownTags = shown;
    while (QLayoutItem* item = m_tags->layout()->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& one : row.tags) {
        auto* chip = tagChip(QString::fromStdString(one), m_tags);
        connect(chip, &QPushButton::clicked, this, [this, one] {
            data::SnapshotEdit edit;
            edit.removeTags = {one};
            save(edit);
        });
        m_tags->layout()->addWidget(chip);
        chip->show();
    }
    auto* completer = new QCompleter(knownTags(*m_facts), m_newTag);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_newTag->setCompleter(completer);
}

void VersionDetails::showMade(const data::SnapshotRow& row) {
    const int before = m_made->currentRow();
    m_made->clear();
    for (const runs::RunRow* run : m_facts->runsOn(row)) {
        const QString id = QString::fromStdString(run->id.value);
        addMade(nameOf(*run), figureOf(*run), charts::lookOf(run->state).icon, QStringLiteral("train"),
                {{QStringLiteral("run"), id}});
        for (const models::ModelRow* model : m_facts->modelsOf(*run))
            addMade(QStringLiteral("%1:%2").arg(QString::fromStdString(model->name)).arg(model->version),
                    modelStateText(model->state), QStringLiteral("cube"), QStringLiteral("review"),
                    {{QStringLiteral("model"), QString::fromStdString(model->id.value)}});
    }
    m_made->setFixedHeight(std::clamp(m_made->count(), 1, kMadeMost) * common::Theme::instance().rowHeight());
    if (m_made->count() > 0) return m_made->setCurrentRow(std::min(before, m_made->count() - 1));
    auto* none = new QListWidgetItem(tr("No run was trained on it yet"), m_made);
    none->setFlags(Qt::NoItemFlags);
}

void VersionDetails::addMade(const QString& text, const QString& right, const QString& iconName, const QString& mode,
                             const QVariantMap& args) {
    auto* item = new QListWidgetItem(text, m_made);
    item->setData(common::Roles::Right, right);
    item->setData(common::Roles::IconName, iconName);
    item->setData(Qt::AccessibleTextRole, text + QStringLiteral(", ") + right);
    item->setData(kModeRole, mode);
    item->setData(kArgsRole, args);
}

void VersionDetails::open(const QListWidgetItem* item) {
    const QString mode = item->data(kModeRole).toString();
    if (!mode.isEmpty()) Q_EMIT goTo(mode, item->data(kArgsRole).toMap());
}

void VersionDetails::addTag() {
    const std::string tag = m_newTag->text().trimmed().toStdString();
    if (tag.empty()) return;
    m_newTag->clear();
    data::SnapshotEdit edit;
    edit.addTags = {tag};
    save(edit);
}

void VersionDetails::save(const data::SnapshotEdit& edit) {
    if (!m_workspace || !m_id.valid()) return;
    m_services.jobs->write<data::SnapshotRow>(
        tr("Save what is said of the version"), this,
        [workspace = m_workspace, id = m_id, edit] { return data::editSnapshot(*workspace, id, edit); },
        [this](const Result<data::SnapshotRow>& row) {
            if (!row) Q_EMIT failed(row.error());
            Q_EMIT edited();
        });
}

void VersionDetails::retranslate() {
    setAccessibleName(tr("The chosen version"));
    m_imagesLabel->setText(tr("Holds"));
    m_splitsLabel->setText(tr("Splits"));
    m_digestLabel->setText(tr("Digest"));
    m_noteLabel->setText(tr("Note"));
    m_branchLabel->setText(tr("Branch"));
    m_tagsLabel->setText(tr("Tags"));
    m_frozenLabel->setText(tr("Test set"));
    m_note->setPlaceholderText(tr("What is in it and why it was taken"));
    m_note->setAccessibleName(tr("Note of the version"));
    m_branch->setAccessibleName(tr("Branch of the version"));
    m_newTag->setAccessibleName(tr("Add a tag to the version"));
    m_newTag->setPlaceholderText(tr("Add a tag"));
    m_frozen->setText(tr("Frozen: who moves or relabels its test images is warned"));
    m_madeHeading->setText(tr("Runs and models"));
    m_made->setAccessibleName(tr("Runs trained on the version"));
    refresh();
}

}  // namespace lathe::widgets::browser::versions
