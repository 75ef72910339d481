// What the charts of Compare show of one run: what it kept of its judged images, and all that follows from it.
#pragma once
#include <QString>
#include <QStringList>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/runs/figures/evaluation.h"
#include "core/runs/runs.h"

namespace lathe::widgets::compare {

struct RunFigures {
    RunId run;
    QString name;    ///< "A base"
    int number = 0;  ///< the theme's series
    std::shared_ptr<const runs::figures::Kept> kept;
    std::shared_ptr<const runs::figures::Evaluation> evaluation;
    QString missing;  ///< why there is none, in words
    [[nodiscard]] bool there() const { return evaluation != nullptr; }
};

/// A run as the page asks for it.
struct WantedRun {
    runs::RunRow row;
    QString name;
    int number = 0;
};

/// Reads runs once, and again when they have kept others. Any thread.
class FiguresReader {
public:
    [[nodiscard]] Result<std::vector<RunFigures>> read(const std::vector<WantedRun>& wanted, const std::stop_token& stop);

private:
    struct Known {
        std::filesystem::file_time_type written;
        RunFigures figures;
    };
    std::mutex m_mutex;
    std::map<std::string, Known> m_known;
};

/// The task of those that have figures; others of another task can't stand beside it.
[[nodiscard]] std::optional<runs::figures::Task> taskOf(const std::vector<RunFigures>& runs);
/// "93.1 % [90.2, 95.5]"; "–" where it is undefined.
[[nodiscard]] QString estimateText(const runs::figures::Estimate& estimate);

}  // namespace lathe::widgets::compare
