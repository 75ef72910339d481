#include "widgets/profile/findings.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>

#include "widgets/charts/chart.h"

namespace lathe::widgets::profile {
namespace {

constexpr double kWaitsMuch = 0.25, kWaits = 0.10, kUneven = 1.6, kOptimizer = 0.25, kSlower = 0.85;

QString words(const char* text) {
    return QCoreApplication::translate("Findings", text);
}

double numberIn(const Json& json, const char* key) {
    return json.contains(key) && json[key].is_number() ? json[key].get<double>() : 0;
}

/// The loader can't keep up: the network stands still.
std::optional<Finding> waitsForData(const Observed& seen) {
    const Phases& last = seen.phases.back();
    if (last.waits() <= kWaits) return std::nullopt;
    Finding found{
        last.waits() > kWaitsMuch ? Finding::High : Finding::Medium, QStringLiteral("waits_for_data"), {}, {}, {}, last.data};
    found.title = words(QT_TRANSLATE_NOOP("Findings", "Training waits for data"));
    found.evidence = words(QT_TRANSLATE_NOOP("Findings", "%1 of each step of %2 is spent waiting for the next batch, %3."))
                         .arg(ms(last.data), ms(last.step), charts::percentText(last.waits(), 0));
    found.advice =
        seen.phases.size() > 1 && seen.phases.front().waits() > 2 * last.waits()
            ? words(QT_TRANSLATE_NOOP("Findings",
                                      "It was more in the first epoch: the decoded pictures are cached by now. Nothing to do."))
            : words(QT_TRANSLATE_NOOP(
                  "Findings", "Train on smaller pictures, give the loader more cores, or put the images on a faster disk."));
    return found;
}

/// The slowest steps are far from the median.
std::optional<Finding> uneven(const Observed& seen) {
    const Phases& last = seen.phases.back();
    if (last.p95 <= 0 || last.p95 < kUneven * last.step || last.steps < 20) return std::nullopt;
    Finding found{
        Finding::Medium, QStringLiteral("uneven_steps"), words(QT_TRANSLATE_NOOP("Findings", "Steps are uneven")), {}, {}, 0};
    found.evidence = words(QT_TRANSLATE_NOOP("Findings", "One step in twenty takes %1 or more, the median %2."))
                         .arg(ms(last.p95), ms(last.step));
    found.advice = words(QT_TRANSLATE_NOOP(
        "Findings", "Look for other programs on this machine (the cores at the left), or for a few very large pictures."));
    return found;
}

/// Small batches make the optimiser's fixed cost weigh.
std::optional<Finding> heavyOptimizer(const Observed& seen) {
    const Phases& last = seen.phases.back();
    if (last.step <= 0 || last.optimizer / last.step <= kOptimizer) return std::nullopt;
    Finding found{Finding::Medium,
                  QStringLiteral("heavy_optimizer"),
                  words(QT_TRANSLATE_NOOP("Findings", "The optimiser weighs a lot")),
                  {},
                  {},
                  last.optimizer / 2};
    found.evidence = words(QT_TRANSLATE_NOOP("Findings", "%1 of %2 a step, with batches of %3."))
                         .arg(ms(last.optimizer), ms(last.step))
                         .arg(seen.spec.batch);
    found.advice =
        words(QT_TRANSLATE_NOOP("Findings", "A batch twice as large pays its cost half as often; raise the rate with it."));
    return found;
}

/// Slower than it was: heat, memory, or another program.
std::optional<Finding> slowsDown(const Observed& seen) {
    if (seen.speed.size() < 4) return std::nullopt;
    const double best = *std::max_element(seen.speed.begin(), seen.speed.end()), now = seen.speed.back();
    if (best <= 0 || now >= kSlower * best) return std::nullopt;
    Finding found{
        Finding::Medium, QStringLiteral("slows_down"), words(QT_TRANSLATE_NOOP("Findings", "It became slower")), {}, {}, 0};
    found.evidence = words(QT_TRANSLATE_NOOP("Findings", "%1 images a second in the last epoch, %2 in its best."))
                         .arg(charts::valueText(now), charts::valueText(best));
    found.advice =
        words(QT_TRANSLATE_NOOP("Findings", "Another program may use the same cores, or the machine is throttled by heat."));
    return found;
}

std::optional<Finding> fewThreads(const Observed& seen) {
    if (seen.spec.threads <= 0 || seen.cores <= 0 || seen.spec.threads >= seen.cores || seen.spec.device.starts_with("cuda"))
        return std::nullopt;
    Finding found{
        Finding::Note, QStringLiteral("few_threads"), words(QT_TRANSLATE_NOOP("Findings", "Not all cores are used")), {}, {}, 0};
    found.evidence = words(QT_TRANSLATE_NOOP("Findings", "%1 of %2 cores.")).arg(seen.spec.threads).arg(seen.cores);
    found.advice = words(QT_TRANSLATE_NOOP(
        "Findings", "Set threads to 0 for all. The numbers then differ in the last digits: the order of sums changes."));
    return found;
}

}  // namespace

std::vector<Phases> phasesOf(const std::vector<Json>& events) {
    std::vector<Phases> found;
    for (const Json& event : events) {
        if (event.value("kind", "") != "phases") continue;
        found.push_back({int(numberIn(event, "epoch")), numberIn(event, "data_ms"), numberIn(event, "forward_ms"),
                         numberIn(event, "backward_ms"), numberIn(event, "optimizer_ms"), numberIn(event, "step_ms"),
                         numberIn(event, "step_p95_ms"), int(numberIn(event, "steps"))});
    }
    return found;
}

std::vector<Finding> findingsOf(const Observed& seen) {
    std::vector<Finding> found;
    if (seen.phases.empty()) return found;
    for (auto rule : {waitsForData, uneven, heavyOptimizer, slowsDown, fewThreads})
        if (auto one = rule(seen)) found.push_back(std::move(*one));
    std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return found;
}

}  // namespace lathe::widgets::profile
