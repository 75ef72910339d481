// The exploration page of Browse: what the images that match the search are like, by charts whose bars are searches.
#pragma once
#include "widgets/browser/explore/explore_words.h"
#include "widgets/browser/search/page.h"
#include "widgets/common/jobs.h"
#include "widgets/common/parts.h"

class QAction;
class QHBoxLayout;
class QScrollArea;
class QStackedWidget;

namespace lathe::widgets::browser::explore {

class ExploreCharts;

/// Counts in a job; the figures shown stay until the new ones are there.
class ExplorePage : public search::Page {
    Q_OBJECT
public:
    /// `import`: what the empty state offers.
    ExplorePage(common::Jobs& jobs, QAction* import, QWidget* parent = nullptr);
    void setSearch(std::shared_ptr<store::Workspace> workspace, const QString& query) override;
    [[nodiscard]] const std::shared_ptr<const data::Exploration>& figures() const { return m_figures; }
    void saveReport();  ///< asks for a file and writes the page as HTML
    void retranslate() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    QWidget* buildStrip();
    void count();
    void cancel();
    void showProgress();
    void showFigures(data::Exploration figures);
    void showError(const Error& error);
    void showLegend();
    void showEmpty();
    void setEmpty(const QString& title, const QString& line, QAction* primary);

    common::Jobs& m_jobs;
    QAction *m_import, *m_clear, *m_stop, *m_again;
    std::shared_ptr<store::Workspace> m_workspace;
    QString m_query;
    std::shared_ptr<const data::Exploration> m_figures;
    quint64 m_job = 0;
    bool m_stale = false;
    enum class Empty { NoWorkspace, NoImages, NothingMatches, Counting, Stopped, Failed } m_state = Empty::NoWorkspace;

    QLabel* m_summary;
    QWidget* m_legend;
    QHBoxLayout* m_legendRow;
    common::Segments* m_view;
    common::ActionButton* m_report;
    common::Note* m_note;
    QStackedWidget* m_stack;
    QScrollArea* m_area;
    ExploreCharts* m_charts;
    common::EmptyState* m_empty;
    QWidget* m_strip;
};

}  // namespace lathe::widgets::browser::explore
