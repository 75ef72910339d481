// The chosen run: its figures, live curves of loss and the metric that matters, figures by class, learning rate.
#pragma once
#include <QWidget>
#include <vector>

#include "widgets/charts/bar_rows.h"
#include "widgets/charts/curve_chart.h"
#include "widgets/charts/machine.h"
#include "widgets/charts/run_watch.h"
#include "widgets/charts/step_shares.h"

class QLabel;
class QMenu;

namespace lathe::widgets::train {

class RunCentre : public QWidget {
    Q_OBJECT
public:
    explicit RunCentre(QWidget* parent = nullptr);
    /// The chosen run and those drawn with it; owned by the caller, who calls setRuns again before one goes.
    void setRuns(charts::RunWatch* focus, const std::vector<charts::RunWatch*>& others);
    void setClassColours(const QHash<QString, QColor>& colours);
    void update();  ///< figures, charts: something grew
    void retranslate();
    [[nodiscard]] QMenu* viewMenu() const { return m_view; }

private:
    struct Figure {
        QLabel *name, *value;
    };
    QWidget* buildFigures();
    QWidget* buildCharts();
    QWidget* buildSmall();
    void buildView();
    Figure addFigure(class QHBoxLayout* row);
    void showTask();
    void showFigures();
    void showBest();
    void showClasses();
    void showMarks();
    void showMoments();
    /// Over- or underfitting, and what waits for what, when there are new events.
    void showWords();
    QWidget* buildWords();
    void showSeries();
    void applyView();
    charts::RunWatch* m_focus = nullptr;
    std::vector<charts::RunWatch*> m_others;
    QHash<QString, QColor> m_colours;
    charts::ChartCursor m_cursor;
    QLabel *m_caption, *m_value, *m_best, *m_against;
    Figure m_epoch, m_left, m_speed, m_wait;
    charts::Meter* m_meter;
    charts::CurveChart *m_loss, *m_accuracy, *m_rate, *m_images;
    charts::BarRows* m_bars;
    QLabel *m_barsTitle, *m_barsSub, *m_barsEmpty;
    QLabel *m_fitIcon, *m_fit, *m_waits;
    charts::StepBar* m_stepBar;
    std::size_t m_toldEvents = 0;  ///< that the words are of
    QMenu* m_view;
    QToolButton* m_viewButton;
    QAction *m_log, *m_byEpoch, *m_byStep, *m_byTime;
    std::vector<std::pair<QAction*, double>> m_smooth;
};

/// Per-class figures of the validation images: of the best epoch once the report says them, else of the last epoch. Empty: none
/// yet.
[[nodiscard]] Json perClass(const charts::RunWatch& run);

}  // namespace lathe::widgets::train
