#include "widgets/compare/run_figures.h"

#include "core/runs/slices.h"
#include "widgets/charts/chart.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::compare {
namespace {

RunFigures figuresOf(const WantedRun& wanted, const std::stop_token& stop) {
    RunFigures out;
    auto kept = runs::kept(runs::RunFolder(wanted.row.folder));
    if (!kept) {
        out.missing = common::errorText(kept.error());
        return out;
    }
    auto evaluation = runs::figures::evaluationOf(*kept, 1000, stop);
    if (!evaluation) {
        out.missing = common::errorText(evaluation.error());
        return out;
    }
    out.kept = std::make_shared<const runs::figures::Kept>(std::move(*kept));
    out.evaluation = std::make_shared<const runs::figures::Evaluation>(std::move(*evaluation));
    return out;
}

}  // namespace

Result<std::vector<RunFigures>> FiguresReader::read(const std::vector<WantedRun>& wanted, const std::stop_token& stop) {
    const std::lock_guard guard(m_mutex);
    std::vector<RunFigures> out;
    for (const WantedRun& one : wanted) {
        std::error_code ignored;
        const auto written = std::filesystem::last_write_time(runs::RunFolder(one.row.folder).predictions(), ignored);
        Known& known = m_known[one.row.id.value];
        if (!known.figures.there() || known.written != written) known = {written, figuresOf(one, stop)};
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped");
        RunFigures figures = known.figures;
        figures.run = one.row.id, figures.name = one.name, figures.number = one.number;
        out.push_back(std::move(figures));
    }
    return out;
}

std::optional<runs::figures::Task> taskOf(const std::vector<RunFigures>& runs) {
    for (const RunFigures& run : runs)
        if (run.there()) return run.evaluation->task;
    return {};
}

QString estimateText(const runs::figures::Estimate& estimate) {
    if (estimate.value < 0) return QStringLiteral("–");
    QString value = charts::percentText(estimate.value);
    if (estimate.low < 0) return value;
    return QStringLiteral("%1 [%2, %3]")
        .arg(value, QString::number(estimate.low * 100, 'f', 1), QString::number(estimate.high * 100, 'f', 1));
}

}  // namespace lathe::widgets::compare
