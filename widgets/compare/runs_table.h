// Runs as a table: state, metrics, a curve, the settings that differ, the verdict against A. Sorts itself; columns can be chosen.
#pragma once
#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <QVector>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/runs/runs.h"
#include "widgets/compare/settings.h"

namespace lathe::widgets::compare {

struct ComparedRun {
    runs::RunRow row;
    Settings settings;
    QVector<float> spark;
    std::optional<runs::PairVerdict> verdict;  ///< against A
    QString whyNot;                            ///< why there is no verdict
};

class RunsTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { SortRole = Qt::UserRole + 1, SparkRole, MarkRole, NumberRole, ToneRole, IconRole, DiffersRole };
    struct Column {
        enum Kind { Run, State, Metric, Curve, Setting, Time, Started, Verdict } kind;
        QString key;  ///< of metric or setting
    };
    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    void sort(int column, Qt::SortOrder order) override;

    void setRuns(std::vector<ComparedRun> runs);
    [[nodiscard]] const ComparedRun& at(int row) const { return m_runs[m_order[std::size_t(row)]]; }
    [[nodiscard]] const ComparedRun* run(const RunId& id) const;
    [[nodiscard]] int rowOf(const RunId& id) const;
    [[nodiscard]] const std::vector<Column>& columns() const { return m_columns; }
    /// Every column that could be shown, and whether it is.
    [[nodiscard]] std::vector<std::pair<Column, bool>> choices() const;
    void setShown(const Column& column, bool shown);
    [[nodiscard]] QString columnText(const Column& column) const;
    [[nodiscard]] bool ticked(const RunId& id) const { return m_ticked.contains(id.value); }
    [[nodiscard]] std::vector<RunId> tickedRuns() const;
    void setTicked(const std::vector<RunId>& runs);
    void setPair(const RunId& a, const RunId& b);
    void setVerdict(const RunId& run, std::optional<runs::PairVerdict> verdict, const QString& whyNot);
    void languageChanged();
Q_SIGNALS:
    void tickedChanged();

private:
    void rebuildColumns();
    [[nodiscard]] QString text(const ComparedRun& run, const Column& column) const;
    [[nodiscard]] QVariant sortKey(const ComparedRun& run, const Column& column) const;
    [[nodiscard]] QString verdictText(const ComparedRun& run) const;
    std::vector<ComparedRun> m_runs;
    std::vector<std::size_t> m_order;
    std::vector<Column> m_columns;
    std::set<QString> m_hidden, m_extra, m_differing;
    std::set<std::string> m_ticked;
    RunId m_a, m_b;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

class TableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
};

}  // namespace lathe::widgets::compare
