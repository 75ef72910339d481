#include "widgets/compare/settings_diff.h"

namespace lathe::widgets::compare {

void SettingsDiff::setRuns(std::vector<Run> runs) {
    beginResetModel();
    m_runs = std::move(runs);
    std::vector<Settings> all;
    for (const auto& run : m_runs) all.push_back(run.settings);
    m_names = differing(all);
    endResetModel();
}

int SettingsDiff::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_names.size());
}

int SettingsDiff::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 1 + int(m_runs.size());
}

QVariant SettingsDiff::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const QString& name = m_names[index.row()];
    if (role == Qt::ToolTipRole) return name;
    if (role != Qt::DisplayRole) return {};
    if (index.column() == 0) return settingText(name);
    const auto& settings = m_runs[std::size_t(index.column() - 1)].settings;
    const auto found = settings.find(name);
    return found == settings.end() || found->second.isEmpty() ? QStringLiteral("–") : found->second;
}

QVariant SettingsDiff::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section > int(m_runs.size())) return {};
    return section == 0 ? tr("Setting") : m_runs[std::size_t(section - 1)].name;
}

}  // namespace lathe::widgets::compare
