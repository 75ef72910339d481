// Figures by class and by size with their intervals, of the ticked runs beside each other.
#pragma once
#include "widgets/charts/estimate_rows.h"
#include "widgets/common/parts.h"
#include "widgets/compare/figure_view.h"

class QComboBox;
class QScrollArea;

namespace lathe::widgets::compare {

class ClassesView : public FigureView {
    Q_OBJECT
public:
    explicit ClassesView(QWidget* parent = nullptr);
    void retranslate() override;

protected:
    void showRuns() override;

private:
    void showMetrics();
    void showRows();
    void choose(int row);
    /// A row of all runs: `pick` finds it in a run's evaluation.
    using Pick = std::function<const runs::figures::FigureRow*(const runs::figures::Evaluation&)>;
    void addRow(const QString& name, const std::string& metric, bool strong, const Pick& pick);
    [[nodiscard]] std::string metric() const;
    QComboBox* m_metric;
    QLabel *m_metricLabel, *m_hint, *m_empty;
    charts::EstimateRows* m_rows;
    QScrollArea* m_scroll;
    struct Part {
        int category = -1, size = -1;  ///< both -1: the whole
    };
    std::vector<Part> m_parts;  ///< of each row
    std::vector<charts::EstimateRows::Row> m_made;
};

}  // namespace lathe::widgets::compare
