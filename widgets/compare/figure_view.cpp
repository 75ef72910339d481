#include "widgets/compare/figure_view.h"

#include <algorithm>

namespace lathe::widgets::compare {

using runs::figures::Task;

std::vector<const RunFigures*> FigureView::shown() const {
    std::vector<const RunFigures*> out;
    const auto task = taskOf(m_runs);
    for (const RunFigures& run : m_runs)
        if (run.there() && run.evaluation->task == *task) out.push_back(&run);
    return out;
}

QString FigureView::emptyWords(const std::vector<Task>& tasks) const {
    if (m_runs.empty()) return tr("Tick a finished run in the table to see its figures.");
    const auto some = shown();
    if (some.empty()) return m_runs.front().name + QStringLiteral(": ") + m_runs.front().missing;
    if (std::find(tasks.begin(), tasks.end(), some.front()->evaluation->task) == tasks.end())
        return tr("There is no such figure for this task. By class and Slices have what there is.");
    if (!some.front()->evaluation->hasTruths)
        return tr("This run is from before the boxes of labels were kept with it. Train it again to see this.");
    return tr("There is nothing to tell apart: every judged image has the same class.");
}

}  // namespace lathe::widgets::compare
