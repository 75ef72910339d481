// ROC and precision against recall of the ticked runs, of a class or the mean of all. A point lists what its threshold gets wrong.
#pragma once
#include "widgets/charts/xy_chart.h"
#include "widgets/common/parts.h"
#include "widgets/compare/figure_view.h"

class QComboBox;

namespace lathe::widgets::compare {

class CurvesView : public FigureView {
    Q_OBJECT
public:
    explicit CurvesView(QWidget* parent = nullptr);
    void retranslate() override;

protected:
    void showRuns() override;

private:
    enum class Kind { Roc, PrecisionRecall };
    void showClasses();
    void showCurves();
    void fill(Kind kind);
    void choose(Kind kind, int series, int point);
    [[nodiscard]] int category() const;  ///< -1: the mean of all
    [[nodiscard]] charts::XyChart* chart(Kind kind) const { return kind == Kind::Roc ? m_roc : m_precision; }
    QComboBox* m_class;
    QLabel *m_classLabel, *m_hint;
    common::Panel *m_rocPanel, *m_precisionPanel;
    charts::XyChart *m_roc, *m_precision;
    /// Behind each series of the two charts: the run, and the thresholds of its points.
    struct Drawn {
        std::shared_ptr<const runs::figures::Kept> kept;
        QString name;
        std::vector<double> thresholds;
    };
    std::map<Kind, std::vector<Drawn>> m_drawn;
};

}  // namespace lathe::widgets::compare
