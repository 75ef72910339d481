#include "core/engine/train/schedule.h"

#include <cmath>
#include <numbers>

#include "core/engine/train/registry.h"

namespace lathe::engine::train {
namespace {

/// Where a step is.
struct Place {
    double progress;  ///< 0 … 1 from the end of the warm-up to the end of the run
    double epoch;     ///< epochs done
    int reductions;   ///< of "plateau"
};
using Value = double (*)(const runs::Named& schedule, const Place& at);

constexpr auto kSeam = runs::Seam::Schedule;

double falling(double progress) {
    return 0.5 * (1 + std::cos(std::numbers::pi * progress));
}

double cosine(const runs::Named& schedule, const Place& at) {
    const double floor = schedule.number(kSeam, "floor");
    return floor + (1 - floor) * falling(at.progress);
}

double constant(const runs::Named&, const Place&) {
    return 1;
}

/// Smith and Topin 2017 (arXiv 1708.07120) with cosine halves, as torch's OneCycleLR: from 1/25 to 1, then to 1/250,000.
double oneCycle(const runs::Named& schedule, const Place& at) {
    constexpr double kStart = 1 / 25.0, kEnd = kStart / 1e4;
    const double peak = schedule.number(kSeam, "peak");
    if (at.progress < peak) return 1 + (kStart - 1) * falling(at.progress / peak);
    return kEnd + (1 - kEnd) * falling((at.progress - peak) / (1 - peak));
}

double stepped(const runs::Named& schedule, const Place& at) {
    return std::pow(schedule.number(kSeam, "factor"), std::floor(at.epoch / schedule.number(kSeam, "every")));
}

double polynomial(const runs::Named& schedule, const Place& at) {
    return std::pow(1 - at.progress, schedule.number(kSeam, "power"));
}

double plateau(const runs::Named& schedule, const Place& at) {
    return std::pow(schedule.number(kSeam, "factor"), at.reductions);
}

constexpr std::array<Maker<Value>, 6> kSchedules = {{{"cosine", cosine},
                                                     {"constant", constant},
                                                     {"one_cycle", oneCycle},
                                                     {"step", stepped},
                                                     {"polynomial", polynomial},
                                                     {"plateau", plateau}}};

}  // namespace

Schedule::Schedule(const runs::RunSpec& spec, std::int64_t perEpoch)
    : m_spec(spec),
      m_warmup(spec.schedule.warmupEpochs * double(perEpoch)),
      m_total(double(spec.epochs) * double(perEpoch)),
      m_perEpoch(double(std::max<std::int64_t>(perEpoch, 1))) {}

double Schedule::rate(std::int64_t step) const {
    const auto at = double(step);
    if (at < m_warmup) return m_spec.optimizer.lr * (at + 1) / (m_warmup + 1);
    const double progress = std::min(1.0, (at - m_warmup) / std::max(1.0, m_total - m_warmup));
    const auto* curve = makerOf(kSchedules, m_spec.schedule.name);
    const double value = curve ? curve->make(m_spec.schedule, {progress, at / m_perEpoch, m_reductions}) : 1;
    return m_spec.optimizer.lr * value;
}

void Schedule::observe(bool better) {
    m_worse = better ? 0 : m_worse + 1;
    if (m_worse <= int(m_spec.schedule.number(kSeam, "patience"))) return;
    ++m_reductions;
    m_worse = 0;
}

void Schedule::change(const runs::RunSpec& spec) {
    const bool another = spec.schedule.name != m_spec.schedule.name;
    m_spec = spec;
    m_warmup = spec.schedule.warmupEpochs * m_perEpoch;
    m_total = double(spec.epochs) * m_perEpoch;
    if (another) m_worse = m_reductions = 0;
}

Json Schedule::save() const {
    return {{"worse", m_worse}, {"reductions", m_reductions}};
}

void Schedule::load(const Json& state) {
    if (!state.is_object()) return;
    m_worse = state.value("worse", 0);
    m_reductions = state.value("reductions", 0);
}

}  // namespace lathe::engine::train
