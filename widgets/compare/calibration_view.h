// Does a confidence of 0.9 mean nine of ten? Reliability of the ticked runs, and the scores of one of them, right and wrong.
#pragma once
#include "widgets/charts/histogram_chart.h"
#include "widgets/charts/xy_chart.h"
#include "widgets/common/parts.h"
#include "widgets/compare/figure_view.h"

class QComboBox;

namespace lathe::widgets::compare {

class CalibrationView : public FigureView {
    Q_OBJECT
public:
    explicit CalibrationView(QWidget* parent = nullptr);
    void retranslate() override;

protected:
    void showRuns() override;

private:
    void showReliability();
    void showScores();
    void chooseBin(int series, int point);
    void chooseScore(int bar, int series);
    [[nodiscard]] const RunFigures* scored() const;  ///< whose scores stand there
    common::Panel *m_reliabilityPanel, *m_scoresPanel;
    charts::XyChart* m_reliability;
    charts::HistogramChart* m_scores;
    QComboBox* m_run;
    QLabel* m_runLabel;
    std::vector<std::vector<int>> m_bins;  ///< of each series' points
};

}  // namespace lathe::widgets::compare
