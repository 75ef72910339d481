// Profile: what a run tells of its own speed, what the machine does meanwhile, and what follows from it.
#pragma once
#include <memory>

#include "core/runs/runs.h"
#include "widgets/charts/curve_chart.h"
#include "widgets/charts/machine.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"
#include "widgets/profile/findings.h"

class QComboBox;
class QStackedWidget;
class QVBoxLayout;

namespace lathe::widgets::profile {

class PhaseBars;

class ProfileMode : public common::Mode {
    Q_OBJECT
public:
    explicit ProfileMode(common::Services& services, QWidget* parent = nullptr);
    ~ProfileMode() override;
    [[nodiscard]] QString id() const override { return QStringLiteral("profile"); }
    [[nodiscard]] QString title() const override { return tr("Profile"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("profile"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    void enter(const QVariantMap& args) override;  ///< {"run": id}
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override;
    [[nodiscard]] QStringList place() const override;

protected:
    void retranslate() override;
    void paintEvent(QPaintEvent* event) override;  ///< the gaps between plates

private:
    struct Figure {
        QLabel *name, *value;
    };
    void buildActions();
    void buildPage();
    QWidget* buildFigures();
    QWidget* buildCentre();
    QWidget* buildRight();
    Figure addFigure(class QHBoxLayout* row);
    void load();
    void take(std::vector<runs::RunRow> rows);
    void choose(int index);
    void showRun();
    void showFindings();
    void showCores(const charts::MachineFigures& figures);
    QWidget* findingCard(const Finding& finding);

    std::vector<runs::RunRow> m_rows;
    std::unique_ptr<charts::RunWatch> m_watch;
    runs::RunSpec m_spec;
    QString m_wanted;
    QStackedWidget* m_stack;
    common::EmptyState* m_empty;
    QComboBox* m_run;
    QLabel *m_runName, *m_none;
    Figure m_step, m_p95, m_waits, m_speed;
    common::Panel *m_phasesPanel, *m_findingsPanel, *m_coresPanel;
    PhaseBars* m_bars;
    charts::CurveChart* m_curve;
    charts::MachinePanel* m_machine;
    QVBoxLayout *m_findings, *m_cores;
    std::vector<std::pair<QLabel*, charts::Meter*>> m_coreRows;
    charts::MachineFigures m_coreFigures;  ///< what they show
    common::ActionSet m_do;
    QAction* m_train;
    QString m_shownFindings;
    int m_coreCount = 0;
};

}  // namespace lathe::widgets::profile
