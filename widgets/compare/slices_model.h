// Slices as a table: a term a row; of each run its figure with interval, how far from all, and what that is worth.
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "core/runs/slices.h"

namespace lathe::widgets::compare {

/// The same slice in each of the runs.
struct SliceLine {
    std::string term;
    bool suggested = false;
    std::vector<runs::Slice> ofRuns;
};

class SlicesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setLines(std::vector<SliceLine> lines, QStringList runs);
    [[nodiscard]] const SliceLine& at(int row) const { return m_lines[std::size_t(row)]; }
    /// In words, with p and the further figures: tool tip and screen reader.
    [[nodiscard]] QString words(const runs::Slice& slice) const;

private:
    [[nodiscard]] QString text(const SliceLine& line, int column) const;
    std::vector<SliceLine> m_lines;
    QStringList m_runs;
};

}  // namespace lathe::widgets::compare
