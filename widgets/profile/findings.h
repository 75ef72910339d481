// Rules that turn a run's own figures into causes and advice. Pure functions; any thread.
#pragma once
#include <QString>
#include <vector>

#include "core/base/json.h"
#include "core/runs/run_spec.h"

namespace lathe::widgets::profile {

/// "4.2 ms", "120 ms".
[[nodiscard]] inline QString ms(double value) {
    return QString::number(value, 'f', value < 10 ? 1 : 0) + QStringLiteral(" ms");
}

/// One epoch's medians, milliseconds a step; from the engine's "phases" event.
struct Phases {
    int epoch = 0;
    double data = 0, forward = 0, backward = 0, optimizer = 0, step = 0, p95 = 0;
    int steps = 0;
    [[nodiscard]] double waits() const { return step > 0 ? data / step : 0; }
};
[[nodiscard]] std::vector<Phases> phasesOf(const std::vector<Json>& events);

struct Finding {
    enum Severity { High, Medium, Note } severity;
    QString rule;      ///< stable: "waits_for_data"
    QString title;     ///< what is the matter
    QString evidence;  ///< the figures it rests on
    QString advice;    ///< what to do
    double saves = 0;  ///< milliseconds a step at most; 0: not known
};
struct Observed {
    std::vector<Phases> phases;
    std::vector<double> speed;  ///< images a second, per epoch
    runs::RunSpec spec;
    int cores = 0;
    bool finished = false;
};
/// Gravest first. Empty when nothing is wrong, or nothing is known yet.
[[nodiscard]] std::vector<Finding> findingsOf(const Observed& observed);

}  // namespace lathe::widgets::profile
