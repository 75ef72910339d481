#include "widgets/canvas/history_model.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <unordered_map>

#include "widgets/canvas/objects_model.h"
#include "widgets/canvas/view.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Roles;

namespace {

constexpr const char* kContext = "lathe::widgets::canvas::History";

[[maybe_unused]] constexpr const char* kLabels[] = {
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Draw box"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Draw polygon"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Move"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Nudge"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Resize"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Delete"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Duplicate"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Paste"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Change class"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Label image"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Remove image label"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Lock"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Unlock"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Hide"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Show"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Show all"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Reorder"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Go back"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Restore"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Accept suggestion"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Accept suggestions"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Place by numbers"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Insert vertex"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Delete vertex"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Delete vertices"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Add part"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Continue line"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Paint"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Erase"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Turn"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Rotated box"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Label joints"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Joint visibility"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Repeat shapes"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Set flag"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Set attribute"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Magic wand"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Intelligent scissors"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "GrabCut"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Extreme points"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Superpixels"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Find similar"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Separate"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Interpolate"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Carry from the image before"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Unite"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Subtract"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Intersect"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Split into parts"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Cut"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Grow or shrink"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Smooth"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Simplify"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Fill holes"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Drop specks"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Keep inside"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Align to pixels"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Convert"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Bring to front"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Bring forward"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Send backward"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Send to back"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Group"),
    QT_TRANSLATE_NOOP("lathe::widgets::canvas::History", "Ungroup"),
};

QString iconOf(const store::JournalEntry& entry) {
    if (entry.op == "undo") return QStringLiteral("undo");
    if (entry.op == "redo") return QStringLiteral("redo");
    if (entry.op == "import") return QStringLiteral("download");
    const auto& changes = entry.edit.changes;
    if (changes.empty()) return QStringLiteral("clock");
    if (!changes.front().after) return QStringLiteral("trash");
    return kindIcon(changes.front().after->shape);
}

QString timeText(double at) {
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(qint64(at * 1000));
    const bool today = when.date() == QDate::currentDate();
    return QLocale().toString(when, today ? QStringLiteral("HH:mm:ss") : QStringLiteral("d MMM HH:mm"));
}

bool sameShape(const annot::Annotation& a, const annot::Annotation& b) {
    return a.shape == b.shape;
}

}  // namespace

QString editText(const std::string& label) {
    return QCoreApplication::translate(kContext, label.c_str());
}

QString editText(const store::JournalEntry& entry) {
    QString label = editText(entry.edit.label);
    if (entry.op == "undo") return HistoryModel::tr("Undo: %1").arg(label);
    if (entry.op == "redo") return HistoryModel::tr("Redo: %1").arg(label);
    if (entry.op == "import") return HistoryModel::tr("Import");
    return label;
}

void HistoryModel::setHistory(std::shared_ptr<const History> history) {
    const int before = rowCount(), after = int(history->size());
    const bool longer = after > before && (before == 0 || (*history)[std::size_t(before - 1)].seq == m_history->back().seq);
    if (longer)
        beginInsertRows({}, 0, after - before - 1);
    else
        beginResetModel();
    m_history = std::move(history);
    if (longer)
        endInsertRows();
    else
        endResetModel();
}

int HistoryModel::rowOf(std::int64_t seq) const {
    const auto at = std::lower_bound(m_history->begin(), m_history->end(), seq, [](const auto& e, auto s) { return e.seq < s; });
    return at == m_history->end() || at->seq != seq ? -1 : int(m_history->end() - at) - 1;
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_history->size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const store::JournalEntry& entry = entryAt(index.row());
    const QString who = entry.edit.author.empty() ? tr("nobody") : QString::fromStdString(entry.edit.author);
    switch (role) {
        case Qt::DisplayRole: return editText(entry);
        case Roles::IconName: return iconOf(entry);
        case Roles::SubText:
            return entry.edit.changes.size() > 1 ? tr("%n shape(s), %1", nullptr, int(entry.edit.changes.size())).arg(who) : who;
        case Roles::Right: return timeText(entry.edit.at);
        case Qt::AccessibleTextRole:
            return tr("%1 by %2, %3")
                .arg(editText(entry), who, QLocale().toString(QDateTime::fromSecsSinceEpoch(qint64(entry.edit.at))));
        case Qt::ToolTipRole: return QLocale().toString(QDateTime::fromSecsSinceEpoch(qint64(entry.edit.at)));
        default: return {};
    }
}

std::vector<Difference> differences(const annot::Annotations& then, const annot::Annotations& now) {
    std::unordered_map<std::int64_t, const annot::Annotation*> present;
    for (const auto& a : now) present.emplace(a.id.value, &a);
    std::vector<Difference> out;
    for (std::size_t place = 0; place < then.size(); ++place) {
        const auto found = present.find(then[place].id.value);
        if (found == present.end())
            out.push_back({then[place].id, then[place], std::nullopt, int(place)});
        else if (*found->second != then[place])
            out.push_back({then[place].id, then[place], *found->second, int(place)});
        if (found != present.end()) present.erase(found);
    }
    for (const auto& a : now)
        if (present.contains(a.id.value)) out.push_back({a.id, std::nullopt, a, -1});
    return out;
}

std::vector<annot::Change> restoring(const std::vector<Difference>& chosen, const annot::Annotations& now) {
    std::vector<annot::Change> changes;
    std::vector<AnnotationId> drawnSince;
    std::vector<const Difference*> gone;
    for (const Difference& d : chosen) {
        if (!d.then)
            drawnSince.push_back(d.id);
        else if (d.now)
            changes.push_back({d.now, d.then, -1, -1});
        else
            gone.push_back(&d);
    }
    const auto removed = annot::removalOf(now, drawnSince);
    changes.insert(changes.end(), removed.begin(), removed.end());
    std::sort(gone.begin(), gone.end(), [](const Difference* a, const Difference* b) { return a->place < b->place; });
    std::size_t count = now.size() - removed.size();
    for (const Difference* d : gone) changes.push_back({std::nullopt, d->then, -1, int(std::min(std::size_t(d->place), count++))});
    return changes;
}

void DifferenceModel::setDifferences(std::vector<Difference> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int DifferenceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString DifferenceModel::what(const Difference& d) const {
    if (!d.now) return tr("deleted since");
    if (!d.then) return tr("drawn since");
    if (d.then->classId != d.now->classId) return tr("was %1").arg(m_view.className(d.then->classId));
    if (!sameShape(*d.then, *d.now)) return tr("was %1").arg(sizeOf(d.then->shape));
    return tr("flags or attributes");
}

QVariant DifferenceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Difference& d = at(index.row());
    const annot::Annotation& shown = d.then ? *d.then : *d.now;
    switch (role) {
        case Qt::DisplayRole: return m_view.className(shown.classId);
        case Roles::SubText: return QString::number(d.id.value);
        case Roles::Right: return what(d);
        case Roles::IconName: return kindIcon(shown.shape);
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1 %2, %3").arg(m_view.className(shown.classId)).arg(d.id.value).arg(what(d));
        default: return {};
    }
}

}  // namespace lathe::widgets::canvas
