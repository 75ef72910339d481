#include "core/runs/query_terms.h"

#include <filesystem>
#include <mutex>

#include "core/data/query.h"
#include "core/runs/runs.h"

namespace lathe::runs {
namespace {

using base::fail;

using Answers = std::vector<data::RunOutcome>;

Result<Answers> readAnswers(const RunFolder& folder) {
    LATHE_TRY(const auto samples, outcomes(folder));
    Answers answers;
    answers.reserve(samples.size());
    for (const auto& sample : samples) answers.push_back({sample.image, sample.label >= 0, !sample.right});
    return answers;
}

/// Those of the run that was asked last: the window asks for them with every search, and the file may be large. Any thread.
class LastAnswers {
public:
    Result<Answers> of(const RunFolder& folder) {
        std::error_code ignored;
        const auto file = folder.predictions();
        const auto written = std::filesystem::last_write_time(file, ignored);
        const std::lock_guard guard(m_mutex);
        if (m_file == file && m_written == written) return m_answers;
        LATHE_TRY(m_answers, readAnswers(folder));
        m_file = file, m_written = written;
        return m_answers;
    }

private:
    std::mutex m_mutex;
    std::filesystem::path m_file;
    std::filesystem::file_time_type m_written;
    Answers m_answers;
};

LastAnswers& lastAnswers() {
    static LastAnswers last;
    return last;
}

Result<Answers> outcomesOf(const store::Workspace& workspace, const std::string& text) {
    LATHE_TRY(const auto run, findRun(workspace, text));
    const RunFolder folder(run.folder);
    if (!std::filesystem::exists(folder.predictions()))
        return fail(ErrorCode::NotFound, "the run has kept no predictions; it does when it finishes", run.id.value);
    return lastAnswers().of(folder);
}

}  // namespace

void installQueryTerms() {
    data::setRunOutcomes(outcomesOf);
}

}  // namespace lathe::runs
