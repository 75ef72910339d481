// Figures of parts of the judged images: any search term is a slice, and those that suggest themselves are a click away.
#pragma once
#include "widgets/common/jobs.h"
#include "widgets/common/parts.h"
#include "widgets/compare/figure_view.h"
#include "widgets/compare/slices_model.h"

class QLineEdit;
class QPushButton;
class QTableView;

namespace lathe::widgets::common {
class QueryCompleter;
}

namespace lathe::widgets::compare {

class SlicesView : public FigureView {
    Q_OBJECT
public:
    explicit SlicesView(common::Jobs& jobs, QWidget* parent = nullptr);
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    void retranslate() override;

protected:
    void showRuns() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void wire();
    void add();
    void suggest(bool on);
    void removeCurrent();
    void count();  ///< reads all slices again, in a job
    void choose(int row);
    void showWords();
    void fillCompleter();
    common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    QLineEdit* m_term;
    common::QueryCompleter* m_completer;
    QPushButton *m_add, *m_suggest;
    QLabel *m_termLabel, *m_empty;
    common::Note* m_note;
    SlicesModel* m_model;
    QTableView* m_view;
    std::vector<std::string> m_terms;  ///< as they were entered
    bool m_suggested = false, m_counting = false;
    quint64 m_job = 0;
};

}  // namespace lathe::widgets::compare
