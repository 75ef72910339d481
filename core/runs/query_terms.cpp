#include "core/runs/query_terms.h"

#include "core/data/query.h"
#include "core/runs/runs.h"

namespace lathe::runs {
namespace {

using base::fail;

Result<std::vector<data::RunOutcome>> outcomesOf(const store::Workspace& workspace, const std::string& text) {
    LATHE_TRY(const auto run, findRun(workspace, text));
    const RunFolder folder(run.folder);
    if (!std::filesystem::exists(folder.predictions()))
        return fail(ErrorCode::NotFound, "the run has kept no predictions; it does when it finishes", run.id.value);
    LATHE_TRY(const auto samples, outcomes(folder));
    std::vector<data::RunOutcome> answers;
    answers.reserve(samples.size());
    for (const auto& sample : samples) answers.push_back({sample.image, sample.label >= 0, !sample.right});
    return answers;
}

}  // namespace

void installQueryTerms() {
    data::setRunOutcomes(outcomesOf);
}

}  // namespace lathe::runs
