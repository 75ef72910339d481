// Compare: choose runs, see whether B is really better than A, and what it fixed and broke.
#pragma once
#include <map>
#include <memory>

#include "widgets/charts/confusion_matrix.h"
#include "widgets/charts/curve_chart.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/compare/figure_view.h"
#include "widgets/compare/pair.h"
#include "widgets/compare/runs_table.h"

class QMenu;
class QStackedWidget;
class QTableView;

namespace lathe::widgets::compare {

class CasesPanel;
class FiguresPage;
class SettingsDiff;
class VerdictPanel;

class CompareMode : public common::Mode {
    Q_OBJECT
public:
    explicit CompareMode(common::Services& services, QWidget* parent = nullptr);
    ~CompareMode() override;
    [[nodiscard]] QString id() const override { return QStringLiteral("compare"); }
    [[nodiscard]] QString title() const override { return tr("Compare"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("compare"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    /// {"runs": [ids]}: ticks them; the first is A, the last B.
    void enter(const QVariantMap& args) override;
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override;
    [[nodiscard]] QStringList place() const override;
    [[nodiscard]] QStringList factsLeft() const override;

protected:
    void retranslate() override;

private:
    // building (compare_page.cpp)
    void buildActions();
    void buildPage();
    QWidget* buildTop();
    QWidget* buildMiddle();
    QWidget* buildLearning();
    QWidget* buildBottom();
    void buildColumns();
    void wire();
    void fitColumns();

    // what is there (compare_mode.cpp)
    void load();
    void take(std::vector<ComparedRun> runs);
    void chooseFirst();
    void setPair(const RunId& a, const RunId& b);
    void showCurves();
    void nameCurves();
    void showDiff();
    void showFigures();
    void showChosen(const Chosen& what);
    void forgetChosen();
    void judge();
    void judgeAll();
    void nameCases();
    void showReport(const PairReport& report);
    void showState();
    void updateActions();
    [[nodiscard]] QString nameOf(const RunId& run) const;

    // what can be done
    void makeCurrentA();
    void openInLabel(ImageId image);
    void openSelected();
    void showInBrowse();
    void submit();
    void exportReport();
    [[nodiscard]] std::vector<Case> selectedCases() const;

    RunsTable* m_table;
    QTableView* m_view;
    common::Panel* m_tablePanel;
    QToolButton* m_columnsButton;
    QMenu* m_columns;
    VerdictPanel* m_verdict;
    charts::CurveChart *m_accuracy, *m_loss;
    charts::ChartCursor m_cursor;
    charts::ConfusionMatrix* m_confusion;
    common::Panel *m_diffPanel, *m_confusionPanel;
    SettingsDiff* m_diff;
    QTableView* m_diffView;
    QLabel* m_diffEmpty;
    CasesPanel *m_fixed, *m_broken, *m_chosen;
    FiguresPage* m_figures;
    QStackedWidget* m_bottom;
    QString m_chosenQuery;  ///< that finds the chosen images; empty: by their names
    std::vector<Case> m_chosenCases;
    common::EmptyState* m_empty;
    QStackedWidget* m_stack;
    common::Note* m_note;
    common::Thumbnails* m_thumbnails;
    common::ActionSet m_do;
    QAction *m_makeA, *m_swap, *m_openAct, *m_browse, *m_submit, *m_export, *m_train;
    std::map<std::string, std::unique_ptr<charts::RunWatch>> m_watches;
    RunId m_a, m_b;
    QStringList m_wanted;
    quint64 m_pairJob = 0, m_allJob = 0, m_chosenJob = 0;
    std::optional<PairReport> m_report;
    bool m_loading = false, m_again = false, m_first = true;
};

}  // namespace lathe::widgets::compare
