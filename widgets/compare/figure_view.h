// A page of charts about the ticked runs. A part of it that is clicked tells its images.
#pragma once
#include <QWidget>

#include "widgets/compare/run_figures.h"

namespace lathe::widgets::compare {

/// What was clicked: its words, its images, and the search that finds them where there is one.
struct Chosen {
    QString words, query;
    std::vector<std::int64_t> images;
};

class FigureView : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    void setRuns(std::vector<RunFigures> runs) {
        m_runs = std::move(runs);
        showRuns();
    }
    virtual void retranslate() = 0;
Q_SIGNALS:
    void chosen(const lathe::widgets::compare::Chosen& what);

protected:
    virtual void showRuns() = 0;  ///< m_runs changed
    /// Those that have figures of the same task as the first of them.
    [[nodiscard]] std::vector<const RunFigures*> shown() const;
    /// Why the page is empty, and what to do about it. `task`: the tasks that it is for.
    [[nodiscard]] QString emptyWords(const std::vector<runs::figures::Task>& tasks) const;
    std::vector<RunFigures> m_runs;
};

}  // namespace lathe::widgets::compare
