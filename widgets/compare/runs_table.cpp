#include "widgets/compare/runs_table.h"

#include <algorithm>
#include <cmath>

#include "widgets/charts/chart.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::compare {
namespace {

constexpr int kSettingsAtFirst = 5;

QString nameOf(const runs::RunRow& run) {
    return QString::fromStdString(run.name.empty() ? run.id.value : run.name);
}

QString keyOf(const RunsTable::Column& column) {
    return QString::number(int(column.kind)) + ':' + column.key;
}

int rank(const std::string& verdict) {
    return verdict == "better" ? 2 : verdict == "worse" ? 0 : 1;
}

}  // namespace

int RunsTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_order.size());
}

int RunsTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_columns.size());
}

QString RunsTable::columnText(const Column& column) const {
    switch (column.kind) {
        case Column::Run: return tr("Run");
        case Column::State: return tr("State");
        case Column::Metric: return charts::metricText(column.key.toStdString());
        case Column::Curve: return tr("Curve");
        case Column::Setting: return settingText(column.key);
        case Column::Time: return tr("Time");
        case Column::Started: return tr("Started");
        case Column::Verdict: return tr("Against A");
    }
    return {};
}

QString RunsTable::verdictText(const ComparedRun& run) const {
    if (run.row.id == m_a) return tr("baseline");
    if (!run.verdict) return run.whyNot.isEmpty() ? QStringLiteral("–") : tr("not comparable");
    return run.verdict->verdict == "better"  ? tr("better")
           : run.verdict->verdict == "worse" ? tr("worse")
                                             : tr("not enough evidence");
}

QString RunsTable::text(const ComparedRun& run, const Column& column) const {
    switch (column.kind) {
        case Column::Run: return nameOf(run.row);
        case Column::State: return charts::lookOf(run.row.state).word;
        case Column::Metric: {
            const auto found = run.row.metrics.find(column.key.toStdString());
            return found == run.row.metrics.end() ? QStringLiteral("–") : charts::metricValue(found->first, found->second);
        }
        case Column::Setting: {
            const auto found = run.settings.find(column.key);
            return found == run.settings.end() ? QStringLiteral("–") : found->second;
        }
        case Column::Time: return run.row.seconds > 0 ? common::duration(run.row.seconds) : QStringLiteral("–");
        case Column::Started: return common::timeAgo(run.row.started);
        case Column::Verdict: return verdictText(run);
        case Column::Curve: return {};
    }
    return {};
}

QVariant RunsTable::sortKey(const ComparedRun& run, const Column& column) const {
    switch (column.kind) {
        case Column::Metric: {
            const auto found = run.row.metrics.find(column.key.toStdString());
            return found == run.row.metrics.end() ? QVariant(-1e300) : QVariant(found->second);
        }
        case Column::Setting: {
            bool number = false;
            const QString value = text(run, column);
            const double asNumber = value.toDouble(&number);
            return number ? QVariant(asNumber) : QVariant(value);
        }
        case Column::Time: return run.row.seconds;
        case Column::Started: return run.row.started;
        case Column::Verdict: return run.verdict ? rank(run.verdict->verdict) + run.verdict->difference / 10 : -1.0;
        case Column::Curve: return run.row.best.value;
        default: return text(run, column);
    }
}

QVariant RunsTable::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const ComparedRun& run = at(index.row());
    const Column& column = m_columns[std::size_t(index.column())];
    const bool figure = column.kind == Column::Metric || column.kind == Column::Time;
    switch (role) {
        case Qt::DisplayRole: return text(run, column);
        case Qt::AccessibleTextRole: return column.kind == Column::Curve ? tr("curve of validation accuracy") : text(run, column);
        case Qt::TextAlignmentRole: return int((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::ToolTipRole:
            return column.kind == Column::Verdict ? run.whyNot
                   : column.kind == Column::State ? QString::fromStdString(run.row.message)
                                                  : QString();
        case Qt::CheckStateRole:
            return column.kind == Column::Run ? QVariant(ticked(run.row.id) ? Qt::Checked : Qt::Unchecked) : QVariant();
        case SortRole: return sortKey(run, column);
        case SparkRole: return column.kind == Column::Curve ? QVariant::fromValue(run.spark) : QVariant();
        case MarkRole:
            return column.kind != Column::Run ? QString()
                   : run.row.id == m_a        ? QStringLiteral("A")
                   : run.row.id == m_b        ? QStringLiteral("B")
                                              : QString();
        case NumberRole: return charts::runNumber(run.row.id);
        case DiffersRole: return column.kind == Column::Setting && m_differing.contains(column.key);
        case ToneRole:
            if (column.kind == Column::State) return charts::lookOf(run.row.state).token;
            if (column.kind != Column::Verdict || !run.verdict || run.row.id == m_a) return {};
            return int(run.verdict->verdict == "better"  ? common::Token::Ok
                       : run.verdict->verdict == "worse" ? common::Token::Err
                                                         : common::Token::T2);
        case IconRole:
            if (column.kind == Column::State) return charts::lookOf(run.row.state).icon;
            if (column.kind != Column::Verdict || !run.verdict || run.row.id == m_a) return {};
            return run.verdict->verdict == "better"  ? QStringLiteral("up")
                   : run.verdict->verdict == "worse" ? QStringLiteral("down")
                                                     : QStringLiteral("minus");
        default: return {};
    }
}

QVariant RunsTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= int(m_columns.size())) return {};
    const Column& column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole) return column.kind == Column::Curve ? QString() : columnText(column);
    if (role == Qt::TextAlignmentRole)
        return int((column.kind == Column::Metric || column.kind == Column::Time ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && column.kind == Column::Setting) return column.key;
    return {};
}

bool RunsTable::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid) ||
        m_columns[std::size_t(index.column())].kind != Column::Run)
        return false;
    const std::string& id = at(index.row()).row.id.value;
    if (value.toInt() == Qt::Checked)
        m_ticked.insert(id);
    else
        m_ticked.erase(id);
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), columnCount() - 1));
    Q_EMIT tickedChanged();
    return true;
}

Qt::ItemFlags RunsTable::flags(const QModelIndex& index) const {
    auto flags = QAbstractTableModel::flags(index);
    if (index.isValid() && m_columns[std::size_t(index.column())].kind == Column::Run) flags |= Qt::ItemIsUserCheckable;
    return flags;
}

void RunsTable::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const auto before = m_order;
    for (std::size_t i = 0; i < m_order.size(); ++i) m_order[i] = i;
    if (column >= 0 && column < int(m_columns.size())) {
        std::vector<QVariant> keys;
        for (const auto& run : m_runs) keys.push_back(sortKey(run, m_columns[std::size_t(column)]));
        std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t x, std::size_t y) {
            const auto less =
                QVariant::compare(keys[order == Qt::AscendingOrder ? x : y], keys[order == Qt::AscendingOrder ? y : x]);
            return less == QPartialOrdering::Less;
        });
    }
    std::vector<int> now(m_order.size());
    for (std::size_t i = 0; i < m_order.size(); ++i) now[m_order[i]] = int(i);
    QModelIndexList from = persistentIndexList(), to;
    for (const auto& one : from) to << index(now[before[std::size_t(one.row())]], one.column());
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void RunsTable::setRuns(std::vector<ComparedRun> runs) {
    const auto sameRun = [](const ComparedRun& x, const ComparedRun& y) {
        return x.row.id == y.row.id && x.settings == y.settings;
    };
    if (!m_runs.empty() && std::equal(runs.begin(), runs.end(), m_runs.begin(), m_runs.end(), sameRun)) {
        for (std::size_t i = 0; i < runs.size(); ++i) {
            m_runs[i].row = std::move(runs[i].row);
            m_runs[i].spark = std::move(runs[i].spark);
        }
        return languageChanged();
    }
    beginResetModel();
    m_runs = std::move(runs);
    m_order.resize(m_runs.size());
    for (std::size_t i = 0; i < m_order.size(); ++i) m_order[i] = i;
    rebuildColumns();
    endResetModel();
    if (m_sortColumn >= 0) sort(m_sortColumn, m_sortOrder);
}

std::vector<std::pair<RunsTable::Column, bool>> RunsTable::choices() const {
    std::set<QString> metrics, settings;
    std::vector<Settings> all;
    for (const auto& run : m_runs) {
        for (const auto& [name, value] : run.row.metrics) metrics.insert(QString::fromStdString(name));
        for (const auto& [name, value] : run.settings) settings.insert(name);
        all.push_back(run.settings);
    }
    std::vector<std::pair<Column, bool>> found;
    const auto add = [&](const Column& column, bool byDefault) {
        const QString key = keyOf(column);
        found.emplace_back(column, byDefault ? !m_hidden.contains(key) : m_extra.contains(key));
    };
    add({Column::State, {}}, false);
    for (const char* first : {"accuracy", "macro_f1", "ap", "ap50", "miou", "pixel_accuracy", "loss"})
        if (metrics.erase(QString::fromLatin1(first))) add({Column::Metric, QString::fromLatin1(first)}, true);
    for (const auto& metric : metrics) add({Column::Metric, metric}, false);
    add({Column::Curve, {}}, true);
    const QStringList differ = differing(all);
    for (int i = 0; i < differ.size(); ++i) add({Column::Setting, differ[i]}, i < kSettingsAtFirst);
    for (const auto& name : settings)
        if (!differ.contains(name)) add({Column::Setting, name}, false);
    add({Column::Time, {}}, true);
    add({Column::Started, {}}, false);
    add({Column::Verdict, {}}, true);
    return found;
}

void RunsTable::rebuildColumns() {
    std::vector<Settings> all;
    for (const auto& run : m_runs) all.push_back(run.settings);
    const QStringList differ = differing(all);
    m_differing = {differ.begin(), differ.end()};
    m_columns = {{Column::Run, {}}};
    for (const auto& [column, shown] : choices())
        if (shown) m_columns.push_back(column);
}

void RunsTable::setShown(const Column& column, bool shown) {
    const QString key = keyOf(column);
    beginResetModel();
    if (shown)
        m_extra.insert(key), m_hidden.erase(key);
    else
        m_hidden.insert(key), m_extra.erase(key);
    rebuildColumns();
    endResetModel();
}

const ComparedRun* RunsTable::run(const RunId& id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &at(row);
}

int RunsTable::rowOf(const RunId& id) const {
    for (std::size_t row = 0; row < m_order.size(); ++row)
        if (m_runs[m_order[row]].row.id == id) return int(row);
    return -1;
}

std::vector<RunId> RunsTable::tickedRuns() const {
    std::vector<RunId> found;
    for (const std::size_t i : m_order)
        if (ticked(m_runs[i].row.id)) found.push_back(m_runs[i].row.id);
    return found;
}

void RunsTable::setTicked(const std::vector<RunId>& runs) {
    m_ticked.clear();
    for (const auto& run : runs) m_ticked.insert(run.value);
    languageChanged();
    Q_EMIT tickedChanged();
}

void RunsTable::setPair(const RunId& a, const RunId& b) {
    if (a != m_a)
        for (auto& run : m_runs) run.verdict.reset(), run.whyNot.clear();
    m_a = a;
    m_b = b;
    languageChanged();
}

void RunsTable::setVerdict(const RunId& id, std::optional<runs::PairVerdict> verdict, const QString& whyNot) {
    const int row = rowOf(id);
    if (row < 0) return;
    auto& run = m_runs[m_order[std::size_t(row)]];
    run.verdict = std::move(verdict), run.whyNot = whyNot;
    Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void RunsTable::languageChanged() {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    if (columnCount() > 0) Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

}  // namespace lathe::widgets::compare
