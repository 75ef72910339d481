#include "widgets/browser/versions/version_compare.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <numeric>

#include "widgets/browser/versions/version_diff_words.h"
#include "widgets/common/keep_named.h"

namespace lathe::widgets::browser::versions {

using common::Token;
using common::Type;

namespace {

constexpr int kKindRole = Qt::UserRole + 1, kRunRole = Qt::UserRole + 2;

Result<data::SnapshotRow> sideOf(const store::Workspace& workspace, SnapshotId id, const std::string& present) {
    if (id != data::kPresent) return data::findSnapshot(workspace, id);
    LATHE_TRY(data::SnapshotRow row, data::presentVersion(workspace));
    row.name = present;
    return row;
}

Result<Comparison> compareVersions(const store::Workspace& workspace, SnapshotId a, SnapshotId b, const std::string& present,
                                   const std::stop_token& stop) {
    Comparison comparison;
    LATHE_TRY(comparison.a, sideOf(workspace, a, present));
    LATHE_TRY(comparison.b, sideOf(workspace, b, present));
    LATHE_TRY(comparison.numbers, data::diff(workspace, a, b));
    LATHE_TRY(comparison.items, data::diffItems(workspace, a, b, VersionCompare::kMostItems, stop));
    return comparison;
}

QListWidget* plainList(QWidget* parent) {
    auto* list = new QListWidget(parent);
    list->setItemDelegate(new common::RowDelegate(list));
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return list;
}

SnapshotId versionIn(const QComboBox& box) {
    return SnapshotId(box.currentData().toLongLong());
}

}  // namespace

VersionCompare::VersionCompare(common::Jobs& jobs, common::Thumbnails& thumbnails, QWidget* parent)
    : QWidget(parent), m_jobs(jobs) {
    m_pairs = new PairList(jobs, thumbnails, this);
    auto* splitter = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Numbers and images"); }, this);
    splitter->addWidget(buildNumbers());
    splitter->addWidget(buildImages());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({232, 800});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(buildStrip());
    column->addWidget(splitter, 1);
    connect(m_pairs, &PairList::opened, this, &VersionCompare::imageWanted);
    connect(m_kinds, &QListWidget::currentRowChanged, this, &VersionCompare::filter);
    connect(m_runs, &QListWidget::itemActivated, this, &VersionCompare::openRun);
    connect(m_compareRuns, &QToolButton::clicked, this, &VersionCompare::compareRuns);
    for (QComboBox* box : {m_from, m_to})
        connect(box, &QComboBox::activated, this, [this] { compare(versionIn(*m_from), versionIn(*m_to)); });
    connect(m_swap, &QToolButton::clicked, this, [this] { compare(m_b, m_a); });
    retranslate();
}

VersionCompare::~VersionCompare() {
    if (m_job) m_jobs.drop(m_job);
}

QWidget* VersionCompare::buildStrip() {
    auto* strip = new common::Panel({}, this);
    m_fromLabel = common::makeLabel({}, Type::Control, Token::T2, strip);
    m_toLabel = common::makeLabel({}, Type::Control, Token::T2, strip);
    m_from = new QComboBox(strip);
    m_to = new QComboBox(strip);
    for (QComboBox* box : {m_from, m_to}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
    }
    m_fromLabel->setBuddy(m_from);
    m_toLabel->setBuddy(m_to);
    m_swap = common::makeIconButton(QStringLiteral("updown"), {}, strip);
    m_summary = common::makeElidedLabel({}, Type::Table, Token::T2, strip);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_fromLabel);
    row->addWidget(m_from);
    row->addWidget(m_swap);
    row->addWidget(m_toLabel);
    row->addWidget(m_to);
    row->addSpacing(8);
    row->addWidget(m_summary, 1);
    strip->body()->addLayout(row);
    return strip;
}

QWidget* VersionCompare::buildNumbers() {
    auto* splitter = common::namedSplitter(
        Qt::Vertical, [] { return tr("Numbers"); }, this);
    const auto panel = [&](QListWidget*& list) {
        auto* made = new common::Panel({}, splitter);
        list = plainList(made);
        made->body()->addWidget(list);
        splitter->addWidget(made);
        return made;
    };
    m_kindsPanel = panel(m_kinds);
    m_classesPanel = panel(m_classes);
    m_runsPanel = panel(m_runs);
    m_classes->setSelectionMode(QAbstractItemView::NoSelection);
    m_compareRuns = m_runsPanel->addHeaderButton(QStringLiteral("compare"), {});
    splitter->setSizes({340, 220, 200});
    return splitter;
}

QWidget* VersionCompare::buildImages() {
    auto* column = new QWidget(this);
    m_note = new common::Note(column);
    m_empty = new common::EmptyState(QStringLiteral("check"), column);
    m_stack = new QStackedWidget(column);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_pairs);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    layout->addWidget(m_note);
    layout->addWidget(m_stack, 1);
    return column;
}

void VersionCompare::setFacts(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const VersionFacts> facts) {
    const bool other = workspace != m_workspace;
    m_workspace = std::move(workspace);
    m_facts = std::move(facts);
    if (other || !m_facts || !knows(m_a) || !knows(m_b)) {
        if (m_job) m_jobs.drop(m_job);
        m_job = 0, m_a = m_b = {};
        m_shown.reset();
        m_pairs->pairs().reset(m_workspace, {}, {});
    }
    fillVersions();
    showState();
    if (m_shown) fillRuns();
}

/// A list that is open stays open when nothing in it is another.
void VersionCompare::fillVersions() {
    using Item = std::pair<QString, qlonglong>;
    QVector<Item> wanted;
    if (m_facts && !m_facts->rows.empty()) wanted.append({tr("Now"), data::kPresent.value});
    if (m_facts)
        for (const auto& row : m_facts->rows) wanted.append({QString::fromStdString(row.name), row.id.value});
    for (QComboBox* box : {m_from, m_to}) {
        QVector<Item> shown;
        for (int k = 0; k < box->count(); ++k) shown.append({box->itemText(k), box->itemData(k).toLongLong()});
        if (shown == wanted) continue;
        box->clear();
        for (const auto& [name, id] : wanted) box->addItem(name, id);
    }
    m_from->setCurrentIndex(m_from->findData(qlonglong(m_a.value)));
    m_to->setCurrentIndex(m_to->findData(qlonglong(m_b.value)));
}

void VersionCompare::compare(SnapshotId a, SnapshotId b) {
    if (!knows(b) || m_facts->rows.empty()) return;
    if (!knows(a)) a = besideOf(b);
    if (a == m_a && b == m_b && (m_shown || m_job)) return;
    m_a = a, m_b = b;
    fillVersions();
    m_shown.reset();
    start();
}

void VersionCompare::presentChanged() {
    if (m_a == data::kPresent || m_b == data::kPresent) start();
}

bool VersionCompare::knows(SnapshotId id) const {
    return m_facts && (id == data::kPresent || m_facts->find(id));
}

/// The parent, of the present what it descends from; else the version before, the newest before the present.
SnapshotId VersionCompare::besideOf(SnapshotId id) const {
    const data::SnapshotRow* row = m_facts->find(id);
    const SnapshotId parent = row ? row->parent : m_facts->head;
    if (m_facts->find(parent)) return parent;
    const int before = row ? m_facts->rowOf(id) + 1 : 0;
    return m_facts->rows[std::size_t(before < int(m_facts->rows.size()) ? before : 0)].id;
}

QString VersionCompare::versionName(SnapshotId id) const {
    return id == data::kPresent ? tr("now") : m_facts->nameOf(id);
}

void VersionCompare::start() {
    if (m_job) m_jobs.drop(m_job);
    m_job = m_jobs.run<Comparison>(
        tr("Compare %1 and %2").arg(versionName(m_a), versionName(m_b)), this,
        [workspace = m_workspace, a = m_a, b = m_b, present = tr("now").toStdString()](std::stop_token stop, const Progress&) {
            return compareVersions(*workspace, a, b, present, stop);
        },
        [this, a = m_a, b = m_b](Result<Comparison> comparison) {
            if (a == m_a && b == m_b) show(std::move(comparison));
        });
    showState();
}

void VersionCompare::show(Result<Comparison> comparison) {
    if (!comparison && comparison.error().code == ErrorCode::Cancelled) return;
    m_job = 0;
    if (!comparison) {
        m_note->show(common::Tone::Err, common::errorText(comparison.error()));
        return showState();
    }
    m_shown = std::make_shared<const Comparison>(std::move(*comparison));
    const auto& items = m_shown->items;
    m_note->hide();
    if (items.total > std::int64_t(items.items.size()))
        m_note->show(common::Tone::Info, tr("The first %1 of %2 images are listed; the numbers are of all.")
                                             .arg(common::number(double(items.items.size())), common::number(double(items.total))));
    m_pairs->pairs().reset(m_workspace, pairsOf(m_shown, classLooksOf(m_facts->classes)), {});
    fillKinds();
    fillClasses();
    fillRuns();
    filter();
    showState();
}

void VersionCompare::fillKinds() {
    m_filling = true;
    m_kinds->clear();
    const auto kinds = kindsOf(m_shown->items);
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        auto* item = new QListWidgetItem(kinds[k].text, m_kinds);
        item->setData(kKindRole, int(k));
        item->setData(common::Roles::Right, common::number(double(kinds[k].count)));
        if (kinds[k].colour.isValid()) item->setData(common::Roles::Swatch, kinds[k].colour);
    }
    m_kinds->setCurrentRow(0);
    m_filling = false;
}

void VersionCompare::fillClasses() {
    m_classes->clear();
    const tiles::ClassLooks looks = classLooksOf(m_facts->classes);
    for (const auto& [name, counts] : m_shown->numbers.byClass) {
        auto* item = new QListWidgetItem(QString::fromStdString(name), m_classes);
        for (const tiles::ClassLook& look : looks)
            if (look.name == item->text()) item->setData(common::Roles::Swatch, look.colour);
        QStringList parts;
        if (counts[0]) parts << u'+' + common::number(double(counts[0]));
        if (counts[1]) parts << u'−' + common::number(double(counts[1]));
        if (counts[2]) parts << u'~' + common::number(double(counts[2]));
        item->setData(common::Roles::Right, parts.join(QStringLiteral("  ")));
        item->setData(Qt::AccessibleTextRole, tr("%1: %2 added, %3 removed, %4 changed")
                                                  .arg(item->text(), common::number(double(counts[0])),
                                                       common::number(double(counts[1])), common::number(double(counts[2]))));
    }
}

void VersionCompare::fillRuns() {
    m_runs->clear();
    for (const data::SnapshotRow* side : {&m_shown->a, &m_shown->b})
        for (const runs::RunRow* run : m_facts->runsOn(*side)) {
            auto* item = new QListWidgetItem(nameOf(*run), m_runs);
            item->setData(kRunRole, QString::fromStdString(run->id.value));
            item->setData(common::Roles::SubText, QString::fromStdString(side->name));
            item->setData(common::Roles::Right, figureOf(*run));
            item->setData(Qt::AccessibleTextRole,
                          tr("%1, trained on %2, %3").arg(item->text(), QString::fromStdString(side->name), figureOf(*run)));
        }
    m_compareRuns->setEnabled(m_runs->count() > 1);
    if (m_runs->count() > 0) return;
    auto* none = new QListWidgetItem(tr("No run was trained on either"), m_runs);
    none->setFlags(Qt::NoItemFlags);
}

void VersionCompare::filter() {
    if (m_filling || !m_shown) return;
    const auto kinds = kindsOf(m_shown->items);
    const int row = std::clamp(m_kinds->currentRow(), 0, int(kinds.size()) - 1);
    const DiffKind& kind = kinds[std::size_t(row)];
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < m_shown->items.items.size(); ++k)
        if (kind.has(m_shown->items.items[k])) order.push_back(k);
    m_pairs->pairs().setOrder(std::move(order));
    m_pairs->setAccessibleDescription(kind.text);
}

void VersionCompare::openRun(const QListWidgetItem* item) {
    const QString id = item->data(kRunRole).toString();
    if (!id.isEmpty()) Q_EMIT goTo(QStringLiteral("train"), {{QStringLiteral("run"), id}});
}

void VersionCompare::compareRuns() {
    QStringList ids;
    for (int row = 0; row < m_runs->count(); ++row) ids << m_runs->item(row)->data(kRunRole).toString();
    ids.removeDuplicates();
    Q_EMIT goTo(QStringLiteral("compare"), {{QStringLiteral("runs"), ids}});
}

void VersionCompare::showSummary() {
    m_summary->setText(m_shown ? summaryOf(*m_shown) : QString());
}

void VersionCompare::showState() {
    showSummary();
    m_swap->setEnabled(m_a.valid());
    if (!m_shown) {
        m_kinds->clear(), m_classes->clear(), m_runs->clear();
        m_empty->setTexts(
            m_job ? tr("Comparing") : tr("Nothing to compare"),
            m_job ? tr("Images, splits and shapes of both.") : tr("Choose two versions above, or in the tree with Ctrl."));
    } else {
        m_empty->setTexts(tr("No image differs"), tr("Both versions hold the same images, labels and splits."));
    }
    const bool some = m_shown && m_shown->items.total > 0;
    m_stack->setCurrentWidget(some ? static_cast<QWidget*>(m_pairs) : m_empty);
}

void VersionCompare::retranslate() {
    m_fromLabel->setText(tr("From"));
    m_toLabel->setText(tr("to"));
    m_swap->setToolTip(tr("Swap the two"));
    m_swap->setAccessibleName(tr("Swap the two"));
    m_kindsPanel->setTitle(tr("Differences"));
    m_classesPanel->setTitle(tr("By class"));
    m_runsPanel->setTitle(tr("Runs trained on them"));
    m_kinds->setAccessibleName(tr("Differences by kind"));
    m_classes->setAccessibleName(tr("Differences by class"));
    m_runs->setAccessibleName(tr("Runs of both versions"));
    m_compareRuns->setToolTip(tr("Compare the runs"));
    m_compareRuns->setAccessibleName(tr("Compare the runs"));
    m_pairs->setAccessibleName(tr("Images that differ"));
    fillVersions();
    showState();
    if (!m_shown) return;
    const int kind = m_kinds->currentRow();
    fillKinds();
    m_kinds->setCurrentRow(kind);
    fillClasses();
    fillRuns();
    m_pairs->pairs().retell();
}

}  // namespace lathe::widgets::browser::versions
