// What differs between the settings of the chosen runs: a row a setting, a column a run.
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "widgets/compare/settings.h"

namespace lathe::widgets::compare {

class SettingsDiff : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    struct Run {
        QString name;
        Settings settings;
    };
    void setRuns(std::vector<Run> runs);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Run> m_runs;
    QStringList m_names;
};

}  // namespace lathe::widgets::compare
