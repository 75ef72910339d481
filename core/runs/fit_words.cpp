#include "core/runs/fit_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

// For lupdate, which follows no other macro; the window translates these words.
#define QT_TRANSLATE_NOOP(context, text) text

namespace lathe::runs {

namespace {

constexpr std::size_t kFewest = 4;        ///< epochs from which on anything is said
constexpr double kRise = 0.05;            ///< of the validation loss from its best, share
constexpr double kFall = 0.02;            ///< of the training loss, share
constexpr double kGain = 0.005;           ///< of the metric
constexpr double kGapRatio = 1.5;         ///< validation loss to training loss
constexpr double kApart = 0.05;           ///< of the first validation loss, between the two losses
constexpr double kWide = 0.04;            ///< half of an interval
constexpr double kZ = 1.959963984540054;  ///< 95 %

using Values = std::vector<double>;

struct Words {
    const char *kind, *title, *pattern;
};
constexpr Words kWords[] = {
    {"early", QT_TRANSLATE_NOOP("Fit", "Too early to say"),
     QT_TRANSLATE_NOOP("Fit", "Too early to say: that takes {least} validated epochs, {epochs} so far.")},
    {"overfits", QT_TRANSLATE_NOOP("Fit", "Overfitting"),
     QT_TRANSLATE_NOOP("Fit",
                       "Overfits since epoch {since}: training loss {train_loss} still falls, validation loss {val_loss} rose "
                       "by {rise} from its best at epoch {best_epoch}. More data or augmentation, or a stop there.")},
    {"overconfident", QT_TRANSLATE_NOOP("Fit", "Too sure of itself"),
     QT_TRANSLATE_NOOP("Fit",
                       "Validation loss {val_loss} rose by {rise} since epoch {best_epoch} while the metric still gained {gain}: "
                       "the model is surer than it is right. Label smoothing helps.")},
    {"underfits", QT_TRANSLATE_NOOP("Fit", "Underfitting"),
     QT_TRANSLATE_NOOP("Fit",
                       "Underfits: after {epochs} epochs training loss is {train_loss} and the metric {value}, and neither gets "
                       "better. A higher rate, a larger model, or less augmentation.")},
    {"gap", QT_TRANSLATE_NOOP("Fit", "Gap to validation"),
     QT_TRANSLATE_NOOP("Fit",
                       "Validation loss {val_loss} is {ratio} times the training loss {train_loss}, but doesn't rise. More data or "
                       "augmentation would narrow it.")},
    {"improving", QT_TRANSLATE_NOOP("Fit", "Still getting better"),
     QT_TRANSLATE_NOOP("Fit",
                       "Still getting better: {gain} more over the last {epochs} epochs, now {value}. More epochs may help.")},
    {"plateau", QT_TRANSLATE_NOOP("Fit", "Plateau"),
     QT_TRANSLATE_NOOP("Fit", "No better since epoch {since}: the metric stays at {value}, within {spread}.")},
    {"noisy", QT_TRANSLATE_NOOP("Fit", "Noisy validation"),
     QT_TRANSLATE_NOOP("Fit", "Noisy validation: only {images} images, the interval is ±{half}.")},
    {"fits", QT_TRANSLATE_NOOP("Fit", "Fits"),
     QT_TRANSLATE_NOOP("Fit", "Training loss {train_loss} and validation loss {val_loss} go together; the metric is {value}.")},
};

const Words* wordsOf(std::string_view kind) {
    const auto at = std::find_if(std::begin(kWords), std::end(kWords), [&](const Words& w) { return kind == w.kind; });
    return at == std::end(kWords) ? nullptr : at;
}

double mean(const Values& values, std::size_t from, std::size_t to) {
    return std::accumulate(values.begin() + std::ptrdiff_t(from), values.begin() + std::ptrdiff_t(to), 0.0) / double(to - from);
}

/// The noise of one value about its neighbours: the median of second differences, which a straight line leaves at 0. A normal's
/// second difference has sqrt(6) times its deviation, and a median of sizes is 0.6745 of a deviation.
double noiseOf(const Values& values) {
    Values sizes;
    for (std::size_t i = 2; i < values.size(); ++i) sizes.push_back(std::abs(values[i] - 2 * values[i - 1] + values[i - 2]));
    if (sizes.empty()) return 0;
    const auto middle = sizes.begin() + std::ptrdiff_t(sizes.size() / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    return *middle / 0.6745 / std::sqrt(6.0);
}

class Diagnosis {
public:
    explicit Diagnosis(const FitCurves& curves) : m_curves(curves) {
        for (const FitEpoch& one : curves.epochs) {
            if (!std::isfinite(one.trainLoss) || !std::isfinite(one.valLoss) || !std::isfinite(one.value)) continue;
            m_epochs.push_back(one.epoch);
            m_train.push_back(one.trainLoss), m_val.push_back(one.valLoss), m_value.push_back(one.value);
        }
        m_count = m_epochs.size();
        m_window = std::clamp<std::size_t>(m_count / 5, 2, 5);
    }

    std::vector<FitFinding> findings() {
        if (m_count == 0) return {};
        if (m_count < kFewest)
            add("early", 0, {{"epochs", double(m_count)}, {"least", double(kFewest)}});
        else
            judge();
        noisy();
        if (m_found.empty()) add("fits", 0, {{"train_loss", last(m_train)}, {"val_loss", last(m_val)}, {"value", last(m_value)}});
        return std::move(m_found);
    }

private:
    const FitCurves& m_curves;
    std::vector<int> m_epochs;
    Values m_train, m_val, m_value;
    std::size_t m_count = 0;
    std::size_t m_window = 0;  ///< epochs that are averaged at the end
    std::vector<FitFinding> m_found;

    void add(const char* kind, int epoch, std::map<std::string, double> numbers) {
        m_found.push_back({kind, epoch, std::move(numbers), wordsOf(kind)->pattern});
    }
    [[nodiscard]] double last(const Values& values) const { return mean(values, m_count - std::min(m_window, m_count), m_count); }
    [[nodiscard]] double beforeLast(const Values& values) const { return mean(values, m_count - 2 * m_window, m_count - m_window); }
    /// What a difference of two averages must exceed to be more than noise.
    [[nodiscard]] double doubt(const Values& values) const { return 2 * noiseOf(values) * std::sqrt(2.0 / double(m_window)); }

    void judge() {
        if (rising()) return;
        const double gain = last(m_value) - beforeLast(m_value);
        const bool better = gain > std::max(kGain, doubt(m_value));
        if (!(better && soon(gain)) && stuck()) return;
        gap();
        if (better)
            add("improving", 0, {{"epochs", double(m_window)}, {"gain", gain}, {"value", last(m_value)}});
        else
            plateau();
    }
    /// Validation loss above its best while training loss goes on falling.
    bool rising() {
        const auto best = std::size_t(std::min_element(m_val.begin(), m_val.end()) - m_val.begin());
        if (m_count - 1 - best < m_window) return false;
        const double rise = last(m_val) / m_val[best] - 1;
        const bool falls = last(m_train) < m_train[best] * (1 - kFall);
        if (!(rise > kRise) || !falls || last(m_val) - m_val[best] < doubt(m_val)) return false;
        const double gain = last(m_value) - m_value[best];
        const int since = m_epochs[std::min(best + 1, m_count - 1)], bestEpoch = m_epochs[best];
        std::map<std::string, double> numbers = {{"since", since}, {"train_loss", last(m_train)}, {"val_loss", last(m_val)},
                                                 {"rise", rise},   {"best_epoch", bestEpoch},     {"gain", gain}};
        add(gain > std::max(kGain, doubt(m_value)) ? "overconfident" : "overfits", since, std::move(numbers));
        return true;
    }
    /// A metric that shows that something was learnt: halfway to nothing of what is above chance.
    [[nodiscard]] double low() const {
        const double chance = m_curves.metric == "accuracy" && m_curves.classes > 1 ? 1.0 / m_curves.classes : 0;
        return chance + 0.3 * (1 - chance);
    }
    /// At the pace of the last epochs something is learnt before twice as many epochs as so far have gone by.
    [[nodiscard]] bool soon(double gain) const { return (low() - last(m_value)) * double(m_window) < 2 * double(m_count) * gain; }
    bool stuck() {
        const bool fell = last(m_train) < 0.5 * m_train.front();
        const bool apart = last(m_val) > kGapRatio * last(m_train);
        if (fell || apart || last(m_value) >= low()) return false;
        const bool falling = last(m_train) < beforeLast(m_train) * (1 - kFall);
        if (falling) return false;
        add("underfits", 0, {{"epochs", double(m_epochs.back())}, {"train_loss", last(m_train)}, {"value", last(m_value)}});
        return true;
    }
    void gap() {
        const double apart = last(m_val) - last(m_train);
        const double ratio = last(m_val) / std::max(last(m_train), 1e-12);
        if (ratio < kGapRatio || apart < kApart * m_val.front()) return;
        add("gap", 0, {{"train_loss", last(m_train)}, {"val_loss", last(m_val)}, {"ratio", ratio}});
    }
    /// Since the last epoch that was better than all before by more than noise.
    void plateau() {
        const double least = std::max(kGain, noiseOf(m_value));
        std::size_t since = 0;
        for (std::size_t i = 1; i < m_count; ++i)
            if (m_value[i] > m_value[since] + least) since = i;
        const std::size_t after = m_count - 1 - since;
        if (after < std::max<std::size_t>(4, m_count * 3 / 10)) return;
        const auto [lowest, highest] = std::minmax_element(m_value.begin() + std::ptrdiff_t(since), m_value.end());
        add("plateau", m_epochs[since],
            {{"since", double(m_epochs[since])}, {"value", last(m_value)}, {"spread", *highest - *lowest}});
    }
    /// Wilson's interval (1927) of a share; of a mean of values between 0 and 1 it is an upper bound.
    void noisy() {
        if (m_curves.valImages <= 0) return;
        const double n = m_curves.valImages, p = std::clamp(last(m_value), 0.0, 1.0);
        const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / (1 + kZ * kZ / n);
        if (half >= kWide) add("noisy", 0, {{"images", n}, {"half", half}});
    }
};

double numberIn(const Json& json, const std::string& key) {
    return json.is_object() && json.contains(key) && json[key].is_number() ? json[key].get<double>() : std::nan("");
}

std::string figureOf(const std::string& key, double value) {
    if (key == "rise") return fmt::format("{:.0f} %", 100 * value);
    if (key == "ratio") return fmt::format("{:.1f}", value);
    for (const char* whole : {"epochs", "since", "best_epoch", "images"})
        if (key == whole) return fmt::format("{:.0f}", value);
    for (const char* small : {"half", "gain", "spread"})
        if (key == small) return fmt::format("{:.2g}", value);
    return fmt::format("{:.3g}", value);
}

}  // namespace

FitCurves fitCurves(const RunData& data, std::string_view task) {
    FitCurves curves;
    curves.metric = metricOf(task);
    for (const Json& event : data.events) {
        if (!event.is_object()) continue;
        const std::string kind = event.value("kind", "");
        if (const double planned = numberIn(event, "epochs"); std::isfinite(planned)) curves.planned = int(planned);
        if (kind == "plan" && event.contains("images"))
            if (const double images = numberIn(event["images"], "val"); std::isfinite(images)) curves.valImages = int(images);
        if (kind != "epoch" || !event.contains("metrics")) continue;
        if (event.contains("per_class") && event["per_class"].is_array()) curves.classes = int(event["per_class"].size());
        const Json& metrics = event["metrics"];
        curves.epochs.push_back({int(event.value("epoch", 0.0)), numberIn(metrics, "train/loss"), numberIn(metrics, "val/loss"),
                                 numberIn(metrics, "val/" + curves.metric)});
    }
    return curves;
}

std::vector<FitFinding> fitFindings(const FitCurves& curves) {
    return Diagnosis(curves).findings();
}

std::string inWords(const FitFinding& finding, std::string_view pattern) {
    std::string text(pattern.empty() ? std::string_view(finding.pattern) : pattern);
    for (const auto& [key, value] : finding.numbers) {
        const std::string place = "{" + key + "}";
        for (std::size_t at; (at = text.find(place)) != std::string::npos;) text.replace(at, place.size(), figureOf(key, value));
    }
    return text;
}

const char* fitTitle(std::string_view kind) {
    const Words* words = wordsOf(kind);
    return words ? words->title : "";
}

}  // namespace lathe::runs
