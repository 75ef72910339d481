#include "core/runs/slices.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/data/query.h"
#include "core/runs/figures/evidence.h"
#include "core/runs/figures/said.h"

namespace lathe::runs {
namespace {

constexpr double kSliceSure = 0.05;
constexpr int kPermutations = 999;

using figures::Judge;
using figures::Kept;

std::string verdictFor(const Slice& slice) {
    if (slice.metrics.empty() || slice.evidence() > kSliceSure || slice.metrics[0].difference == 0) return "not enough evidence";
    return slice.metrics[0].difference > 0 ? "better" : "worse";
}

/// Of right and wrong the exact test of the slice against the rest, else permutations.
double testOf(const Kept& kept, const Judge& judge, const std::vector<std::size_t>& places, double observed, double whole) {
    if (observed < 0 || places.size() >= judge.size()) return 1;
    if (kept.task != figures::Task::Classify) {
        const int draws = figures::affordable(kPermutations, judge.work());
        return figures::permutationP(
            judge.size(), places.size(), observed, whole, [&](auto w) { return judge.first(w); }, draws);
    }
    std::int64_t all = 0, mine = 0;
    for (const auto& sample : kept.samples) all += sample.label == sample.predicted;
    for (const std::size_t place : places) mine += kept.samples[place].label == kept.samples[place].predicted;
    const auto part = std::int64_t(places.size()), n = std::int64_t(judge.size());
    return figures::fisherExact(mine, part - mine, all - mine, n - part - (all - mine));
}

/// A run's kept samples with what they have in common for all slices.
class Slicer {
public:
    Slicer(const Kept& kept, const Judge& judge) : m_kept(kept), m_judge(judge) {
        for (std::size_t i = 0; i < kept.samples.size(); ++i) m_places[kept.samples[i].image] = i;
        const std::vector<std::uint32_t> ones(judge.size(), 1);
        m_whole = judge.figures(ones).whole;
    }
    [[nodiscard]] Result<Slice> slice(std::string term, const std::vector<ImageId>& found,
                                      const figures::Resampling& resampling) const {
        Slice out;
        out.term = std::move(term);
        const auto places = placesOf(found);
        for (const std::size_t place : places) out.images.emplace_back(m_kept.samples[place].image);
        if (!places.empty()) {
            LATHE_TRY(auto figures, figures::figuresOf(m_judge, places, resampling));
            for (std::size_t m = 0; m < figures.size(); ++m) {
                const double value = figures[m].second.value;
                const bool known = value >= 0 && m_whole[m] >= 0;
                out.metrics.push_back({figures[m].first, figures[m].second, known ? value - m_whole[m] : 0});
            }
            out.p = testOf(m_kept, m_judge, places, figures[0].second.value, m_whole[0]);
        }
        out.verdict = verdictFor(out);
        return out;
    }

private:
    [[nodiscard]] std::vector<std::size_t> placesOf(const std::vector<ImageId>& found) const {
        std::vector<std::size_t> places;
        for (const ImageId image : found)
            if (const auto place = m_places.find(image.value); place != m_places.end()) places.push_back(place->second);
        std::sort(places.begin(), places.end());
        return places;
    }
    const Kept& m_kept;
    const Judge& m_judge;
    std::unordered_map<std::int64_t, std::size_t> m_places;
    std::vector<double> m_whole;
};

bool isWorse(const Slice& slice) {
    return slice.verdict == "worse";
}

}  // namespace

Result<figures::Kept> kept(const RunFolder& folder, const std::string& split) {
    auto json = base::readJson(folder.predictions());
    if (!json && json.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "has kept no predictions yet; it does when it finishes",
                    folder.path().filename().string());
    if (!json) return fail(json.error());
    auto read = figures::keptOf(*json, split);
    if (!read) return fail(read.error().code, read.error().message, folder.predictions().string());
    return read;
}

Result<std::vector<Slice>> slices(const store::Workspace& workspace, const store::ColumnIndex& index, const Kept& kept,
                                  const std::vector<std::string>& terms, const SliceOptions& options) {
    LATHE_TRY(const auto judge, figures::judgeOf(kept, options.stop));
    const Slicer slicer(kept, *judge);
    const auto work = judge->work() * std::int64_t(std::max<std::size_t>(1, terms.size()));
    const figures::Resampling resampling{figures::affordable(options.resamples, work), 1, options.stop};
    std::vector<Slice> out;
    for (const std::string& term : terms) {
        const auto found = data::runQuery(workspace, index, term);
        if (!found) return fail(found.error().code, found.error().message, fmt::format("the slice \"{}\"", term));
        LATHE_TRY(Slice slice, slicer.slice(term, *found, resampling));
        out.push_back(std::move(slice));
    }
    return out;
}

Result<std::vector<Slice>> suggestedSlices(const store::Workspace& workspace, const store::ColumnIndex& index, const Kept& kept,
                                           const SliceOptions& options) {
    LATHE_TRY(auto found, slices(workspace, index, kept, suggestedTerms(workspace, index, kept), options));
    std::erase_if(found, [&](const Slice& slice) {
        return slice.images.size() < kFewestImages || slice.images.size() == kept.samples.size() || slice.metrics.empty() ||
               slice.metrics[0].estimate.value < 0;
    });
    std::vector<double> ps;
    for (const Slice& slice : found) ps.push_back(slice.p);
    const auto adjusted = figures::discoveryAdjusted(ps);
    for (std::size_t i = 0; i < found.size(); ++i) found[i].adjusted = adjusted[i], found[i].verdict = verdictFor(found[i]);
    std::stable_sort(found.begin(), found.end(), [](const Slice& a, const Slice& b) {
        if (isWorse(a) != isWorse(b)) return isWorse(a);
        return a.metrics[0].difference < b.metrics[0].difference;
    });
    return found;
}

Json toJson(const Slice& slice) {
    Json metrics = Json::object(), differences = Json::object();
    for (const auto& [name, estimate, difference] : slice.metrics) {
        figures::put(metrics, name, estimate);
        if (estimate.value >= 0) differences[name] = difference;
    }
    Json json = {{"term", slice.term}, {"images", slice.images.size()}};
    if (!slice.metrics.empty()) json["metric"] = slice.metrics[0].name;
    json["metrics"] = std::move(metrics), json["difference"] = std::move(differences);
    if (!slice.metrics.empty()) json["p"] = slice.p;
    if (slice.adjusted) json["adjusted_p"] = *slice.adjusted;
    json["verdict"] = slice.verdict;
    return json;
}

}  // namespace lathe::runs
