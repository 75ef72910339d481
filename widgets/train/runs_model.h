// The runs of the workspace as rows: state, name, spark, figure; ticked ones are drawn with the chosen one.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <QVector>
#include <map>
#include <set>
#include <vector>

#include "core/runs/runs.h"

namespace lathe::widgets::train {

[[nodiscard]] inline QString idOf(const runs::RunRow& run) {
    return QString::fromStdString(run.id.value);
}

[[nodiscard]] inline QString nameOfRun(const runs::RunRow& run) {
    return QString::fromStdString(run.name.empty() ? run.id.value : run.name);
}

class RunsModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, SparkRole, FigureRole, NumberRole, StateRole };
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    /// Newest first. Keeps ticks; rows that stay are updated in place.
    void setRuns(const std::vector<runs::RunRow>& runs);
    [[nodiscard]] const std::vector<runs::RunRow>& runs() const { return m_runs; }
    [[nodiscard]] const runs::RunRow* run(const QString& id) const;
    [[nodiscard]] int rowOf(const QString& id) const;
    void setSpark(const QString& id, const QVector<float>& values);
    [[nodiscard]] bool hasSpark(const QString& id) const { return m_sparks.contains(id); }
    void setLive(const QString& id, runs::RunState state, double figure);  ///< while it is followed
    [[nodiscard]] bool ticked(const QString& id) const { return m_ticked.contains(id); }
    [[nodiscard]] QStringList tickedIds() const;
    void setTicked(const QStringList& ids);
    void setQueued(const std::vector<RunId>& runs);  ///< those that wait for their turn
Q_SIGNALS:
    void tickedChanged();

private:
    [[nodiscard]] QString figure(const runs::RunRow& run) const;
    void rowChanged(int row);
    std::vector<runs::RunRow> m_runs;
    QHash<QString, QVector<float>> m_sparks;
    std::map<QString, double> m_live;
    std::set<QString> m_ticked, m_queued;
};

/// State icon, line sample or empty tick, name, spark, figure.
class RunsDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
};

}  // namespace lathe::widgets::train
