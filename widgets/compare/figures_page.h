// The middle of Compare: learning curves and, behind the other tabs, what the ticked runs' kept predictions tell.
#pragma once
#include "widgets/common/jobs.h"
#include "widgets/common/parts.h"
#include "widgets/compare/figure_view.h"

class QStackedWidget;

namespace lathe::widgets::compare {

class SlicesView;

class FiguresPage : public QWidget {
    Q_OBJECT
public:
    /// `learning`: what stands behind the first tab.
    FiguresPage(common::Jobs& jobs, QWidget* learning, QWidget* parent = nullptr);
    enum Tab { Learning, Curves, Calibration, Classes, Slices, kTabs };
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    /// Read when a tab that needs it is shown.
    void setRuns(std::vector<WantedRun> runs);
    void setTab(Tab tab);
    [[nodiscard]] Tab tab() const;
    void retranslate();
    /// As read last; empty before.
    [[nodiscard]] const std::vector<RunFigures>& figures() const { return m_figures; }
Q_SIGNALS:
    void tabChanged();
    void chosen(const lathe::widgets::compare::Chosen& what);

private:
    void read();
    [[nodiscard]] FigureView* view(int tab) const;
    common::Jobs& m_jobs;
    common::Segments* m_tabs;
    QLabel* m_state;
    QStackedWidget* m_stack;
    SlicesView* m_slices;
    std::shared_ptr<FiguresReader> m_reader;
    std::vector<WantedRun> m_wanted;
    std::vector<RunFigures> m_figures;
    bool m_stale = false;
    quint64 m_job = 0;
};

}  // namespace lathe::widgets::compare
