#include "core/data/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "core/base/time.h"
#include "core/data/bins.h"
#include "core/data/explore_tally.h"
#include "core/data/parallel.h"
#include "core/data/query_eval.h"

namespace lathe::data {
namespace {

using base::fail;

constexpr std::size_t kListedSizes = 8;

/// "class:WBC"; quoted where a sign of the language is in it. Empty: a quote in the name, which no text can hold.
std::string wordTerm(const std::string& field, const std::string& value) {
    if (value.find('"') != std::string::npos || value.empty()) return {};
    const bool plain = value.find_first_of(" \t\n()") == std::string::npos;
    return plain ? field + ":" + value : field + ":\"" + value + "\"";
}

std::string rangeWords(const std::string& field, const ObjectRange& range) {
    return wordTerm(field, objectRangeText(range));
}

/// Places in the order train, val, test, others by name, none; only those that occur.
struct SplitSlots {
    std::vector<std::string> names;
    std::vector<int> slotOfCode;
};

SplitSlots splitSlots(const store::ColumnIndex& index, const std::vector<std::uint32_t>& ranks) {
    std::array<bool, 256> there{};
    for (const auto rank : ranks) there[index.splitCodes()[rank]] = true;
    const auto place = [](const std::string& name) {
        return name == "train" ? 0 : name == "val" ? 1 : name == "test" ? 2 : name.empty() ? 4 : 3;
    };
    SplitSlots splits;
    const auto& names = index.splitNames();
    for (std::size_t code = 0; code < names.size(); ++code)
        if (there[code]) splits.names.push_back(names[code]);
    std::ranges::sort(splits.names, {}, [&](const auto& name) { return std::pair(place(name), name); });
    splits.slotOfCode.assign(256, 0);
    for (std::size_t code = 0; code < names.size(); ++code)
        if (there[code]) splits.slotOfCode[code] = int(std::ranges::find(splits.names, names[code]) - splits.names.begin());
    return splits;
}

/// Which classes are looked at closely: those in most images, by the index's own sets.
std::vector<int> detailsOf(const store::ColumnIndex& index, const std::vector<store::ClassRow>& rows) {
    std::vector<std::size_t> images;
    std::vector<int> order(rows.size());
    std::iota(order.begin(), order.end(), 0);
    for (const auto& row : rows) images.push_back(index.ranksWithClass(row.id).size());
    std::ranges::stable_sort(order, std::greater(), [&](int slot) { return images[std::size_t(slot)]; });
    std::erase_if(order, [&](int slot) { return images[std::size_t(slot)] == 0; });
    if (order.size() > Exploration::kDetailed) order.resize(Exploration::kDetailed);
    return order;
}

TallyPlan tallyPlan(const std::vector<store::ClassRow>& rows, const std::vector<int>& details, const SplitSlots& splits) {
    TallyPlan plan;
    plan.slots = rows.size(), plan.details = details.size(), plan.splits = splits.names.size();
    plan.slotOfSplit = splits.slotOfCode;
    for (std::size_t slot = 0; slot < rows.size(); ++slot) {
        const auto id = std::size_t(rows[slot].id.value);
        if (id >= plan.slotOfClass.size()) plan.slotOfClass.resize(id + 1, -1);
        plan.slotOfClass[id] = int(slot);
    }
    plan.detailOfSlot.assign(rows.size(), -1);
    for (std::size_t k = 0; k < details.size(); ++k) plan.detailOfSlot[std::size_t(details[k])] = int(k);
    return plan;
}

Result<Tally> tallied(const TallyPlan& plan, const store::ColumnIndex& index, const ObjectPlaces& places,
                      const std::vector<std::uint32_t>& ranks, const std::stop_token& stop) {
    constexpr std::size_t kLeast = 4096;
    const std::size_t parts = std::clamp<std::size_t>(ranks.size() / kLeast, 1, std::max(1u, std::thread::hardware_concurrency()));
    std::vector<Tally> tallies(parts, Tally(plan, index, places));
    parallelFor(parts, [&](std::size_t part) {
        const std::size_t from = ranks.size() * part / parts, to = ranks.size() * (part + 1) / parts;
        for (std::size_t k = from; k < to && (k % kLeast != 0 || !stop.stop_requested()); ++k) tallies[part].image(ranks[k]);
    });
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped");
    for (std::size_t part = 1; part < parts; ++part) tallies[0].add(tallies[part]);
    return std::move(tallies[0]);
}

/// From the tally to figures.
class Telling {
public:
    Telling(const Tally& tally, const TallyPlan& plan, Exploration& out) : m_tally(tally), m_plan(plan), m_out(out) {}

    void tell(const std::vector<store::ClassRow>& rows, const std::vector<int>& details) {
        m_out.labelled = m_tally.labelled;
        m_out.splitCounts = m_tally.splits;
        for (const Count& count : m_tally.splits) m_out.images += count.images, m_out.objects += count.objects;
        areas();
        classes(rows, details);
        together();
        sizes();
        perImage();
        m_out.brightness = steps("brightness", m_tally.light, Tally::kLightStep, Tally::kLightBins, m_tally.lightUnknown);
        m_out.contrast = steps("contrast", m_tally.contrast, Tally::kContrastStep, Tally::kContrastBins, m_tally.contrastUnknown);
        m_out.places = placesOf(0);
    }

private:
    void areas() {
        m_out.areas = areasOf(0, {});
        while (m_lastArea > 0 && m_out.areas.bins[m_lastArea - 1].all() == Count()) --m_lastArea;
        while (m_firstArea < m_lastArea && m_out.areas.bins[m_firstArea].all() == Count()) ++m_firstArea;
        cutAreas(m_out.areas);
        m_out.areas.unknown = m_tally.objectsWithoutArea;
    }

    void cutAreas(Bars& bars) const {
        auto& bins = bars.bins;
        bins = std::vector<Bin>(bins.begin() + std::ptrdiff_t(m_firstArea), bins.begin() + std::ptrdiff_t(m_lastArea));
    }

    [[nodiscard]] Bars areasOf(std::size_t row, const std::string& className) const {
        Bars bars;
        const auto& edges = Tally::areaEdges();
        for (std::size_t k = 0; k < std::size_t(Tally::kAreaBins); ++k) {
            const bool open = k + 1 == std::size_t(Tally::kAreaBins);
            const double to = open ? std::numeric_limits<double>::infinity() : edges[k + 1];
            Bin bin{edges[k], to, rangeLabel(edges[k], to, false) + " %", {}, std::vector<Count>(m_plan.splits)};
            bin.query = rangeWords("covers", {className, {edges[k], to}, std::nullopt});
            for (std::size_t split = 0; split < m_plan.splits; ++split)
                bin.bySplit[split] = m_tally.areas[(row * m_plan.splits + split) * Tally::kAreaBins + k];
            bars.bins.push_back(std::move(bin));
        }
        return bars;
    }

    [[nodiscard]] PlaceMap placesOf(std::size_t row) const {
        PlaceMap map;
        const auto from = m_tally.places.begin() + std::ptrdiff_t(row * Tally::kCells);
        map.cells.assign(from, from + Tally::kCells);
        for (const Count& cell : map.cells) map.objects += cell.objects;
        if (map.objects == 0) map.cells.clear();
        return map;
    }

    void classes(const std::vector<store::ClassRow>& rows, const std::vector<int>& details) {
        for (std::size_t slot = 0; slot < rows.size(); ++slot) {
            ClassFigures figures;
            figures.row = rows[slot];
            const auto from = m_tally.classes.begin() + std::ptrdiff_t(slot * m_plan.splits);
            figures.bin = {double(slot), double(slot) + 1, rows[slot].name, wordTerm("class", rows[slot].name),
                           std::vector<Count>(from, from + std::ptrdiff_t(m_plan.splits))};
            if (const int detail = m_plan.detailOfSlot[slot]; detail >= 0) {
                figures.areas = areasOf(std::size_t(1 + detail), rows[slot].name);
                cutAreas(figures.areas);
                figures.places = placesOf(std::size_t(1 + detail));
            }
            m_out.classes.push_back(std::move(figures));
        }
        for (const int slot : details)
            if (m_out.classes[std::size_t(slot)].bin.all().objects > 0) m_out.detailed.push_back(std::size_t(slot));
        std::ranges::stable_sort(m_out.detailed, std::greater(),
                                 [&](std::size_t slot) { return m_out.classes[slot].bin.all().images; });
    }

    void together() {
        const auto detail = [&](std::size_t place) { return std::size_t(m_plan.detailOfSlot[m_out.detailed[place]]); };
        const std::size_t n = m_out.detailed.size();
        m_out.together.assign(n, std::vector<std::int64_t>(n));
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = 0; b < n; ++b) {
                const std::size_t one = detail(a), other = detail(b);
                m_out.together[a][b] = m_tally.together[std::min(one, other) * m_plan.details + std::max(one, other)];
            }
    }

    void sizes() {
        ValueCounts widths, heights, ratios;
        const auto add = [&](ValueCounts& values, double value, const std::vector<std::int64_t>& counts) {
            auto& sum = values.try_emplace(value, m_plan.splits).first->second;
            for (std::size_t split = 0; split < counts.size(); ++split) sum[split] += counts[split];
        };
        for (const auto& [size, counts] : m_tally.sizes) {
            const double width = double(size >> 32), height = double(size & 0xffffffff);
            add(widths, width, counts), add(heights, height, counts), add(ratios, width / height, counts);
        }
        m_out.widths = wholeBins("width", widths, m_plan.splits);
        m_out.heights = wholeBins("height", heights, m_plan.splits);
        aspects(ratios);
        sizeTable();
        commonSizes();
        for (auto* bars : {&m_out.sizes, &m_out.widths, &m_out.heights, &m_out.aspects}) bars->unknown = m_tally.sizeUnknown;
    }

    void aspects(const ValueCounts& ratios) {
        constexpr double kOpen = std::numeric_limits<double>::infinity();
        m_out.aspects =
            binsBetween("aspect", {-kOpen, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95, 1.05, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 4, kOpen},
                        m_plan.splits, false);
        data::fill(m_out.aspects, ratios);
        trim(m_out.aspects);
    }

    void sizeTable() {
        m_out.sizeTable.assign(m_out.heights.bins.size(), std::vector<std::int64_t>(m_out.widths.bins.size()));
        for (const auto& [size, counts] : m_tally.sizes) {
            const int column = binOf(m_out.widths, double(size >> 32)), row = binOf(m_out.heights, double(size & 0xffffffff));
            if (row < 0 || column < 0) continue;
            for (const auto n : counts) m_out.sizeTable[std::size_t(row)][std::size_t(column)] += n;
        }
    }

    void commonSizes() {
        std::vector<std::pair<std::int64_t, std::uint64_t>> order;
        for (const auto& [size, counts] : m_tally.sizes)
            order.emplace_back(-std::accumulate(counts.begin(), counts.end(), std::int64_t(0)), size);
        m_out.distinctSizes = order.size();
        const std::size_t listed = order.size() <= kListedSizes ? order.size() : kListedSizes - 1;
        std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(listed), order.end());
        m_out.sizes.single = true;
        if (!order.empty()) m_out.commonAspect = double(order[0].second >> 32) / double(order[0].second & 0xffffffff);
        Bin others{double(listed), double(listed) + 1, "…", "width>0 height>0", std::vector<Count>(m_plan.splits)};
        for (std::size_t k = 0; k < order.size(); ++k) {
            const auto size = order[k].second;
            const std::string query = fmt::format("width={} height={}", size >> 32, size & 0xffffffff);
            Bin bin{double(k), double(k) + 1, fmt::format("{} × {}", size >> 32, size & 0xffffffff), query,
                    std::vector<Count>(m_plan.splits)};
            Bin& into = k < listed ? bin : others;
            const auto& counts = m_tally.sizes.at(size);
            for (std::size_t split = 0; split < counts.size(); ++split) into.bySplit[split].images += counts[split];
            if (k >= listed) continue;
            others.query += " -(" + query + ")";
            m_out.sizes.bins.push_back(std::move(bin));
        }
        if (listed < order.size()) m_out.sizes.bins.push_back(std::move(others));
    }

    /// No objects stand alone: they are another matter than few.
    void perImage() {
        ValueCounts values;
        for (std::size_t n = 0; n < m_tally.perImage.size(); ++n)
            if (std::ranges::any_of(m_tally.perImage[n], [](auto count) { return count > 0; }))
                values[double(n)] = m_tally.perImage[n];
        if (wholeBins("annotations", values, m_plan.splits).single) {
            m_out.perImage = wholeBins("annotations", values, m_plan.splits);
            return;
        }
        Bars none;
        if (const auto zero = values.find(0); zero != values.end()) {
            none = wholeBins("annotations", {*zero}, m_plan.splits);
            values.erase(zero);
        }
        m_out.perImage = wholeBins("annotations", values, m_plan.splits);
        m_out.perImage.bins.insert(m_out.perImage.bins.begin(), none.bins.begin(), none.bins.end());
    }

    [[nodiscard]] Bars steps(const std::string& field, const std::vector<std::int64_t>& counts, double step, int bins,
                             std::int64_t unknown) const {
        std::vector<double> edges;
        for (int k = 0; k < bins; ++k) edges.push_back(step * k);
        edges.push_back(std::numeric_limits<double>::infinity());
        Bars bars = binsBetween(field, edges, m_plan.splits, false);
        for (std::size_t k = 0; k < bars.bins.size(); ++k)
            for (std::size_t split = 0; split < m_plan.splits; ++split)
                bars.bins[k].bySplit[split].images = counts[k * m_plan.splits + split];
        trim(bars);
        bars.unknown = unknown;
        return bars;
    }

    const Tally& m_tally;
    const TallyPlan& m_plan;
    Exploration& m_out;
    std::size_t m_firstArea = 0, m_lastArea = Tally::kAreaBins;
};

void findIn(Exploration& x, std::size_t index, std::int64_t most) {
    using Kind = Finding::Kind;
    const ClassFigures& figures = x.classes[index];
    const Count all = figures.bin.all();
    const std::string& query = figures.bin.query;
    if (all.objects == 0) {
        x.findings.push_back({Kind::Unused, index, -1, all, {}});
        return;
    }
    for (std::size_t split = 0; split < x.splits.size(); ++split) {
        const std::string& name = x.splits[split];
        const Count& count = figures.bin.bySplit[split];
        if (name.empty()) continue;
        if (count.images == 0)
            x.findings.push_back({Kind::Missing, index, int(split), count, query});
        else if (count.images < Finding::kFewImages && name != "train")
            x.findings.push_back({Kind::Few, index, int(split), count, query.empty() ? query : query + " " + x.splitQuery(split)});
    }
    const bool told = !x.findings.empty() && x.findings.back().classIndex == index;
    if (!told && (all.images < Finding::kRareImages || all.objects * Finding::kRareRatio < most))
        x.findings.push_back({Kind::Rare, index, -1, all, query});
}

void findIn(Exploration& x) {
    if (x.objects == 0) return;
    std::int64_t most = 0;
    for (const auto& figures : x.classes) most = std::max(most, figures.bin.all().objects);
    for (std::size_t k = 0; k < x.classes.size(); ++k) findIn(x, k, most);
    std::ranges::stable_sort(x.findings, {},
                             [&](const Finding& f) { return std::pair(f.kind, -x.classes[f.classIndex].bin.all().objects); });
}

}  // namespace

Count Bin::all() const {
    Count sum;
    for (const Count& count : bySplit) sum += count;
    return sum;
}

std::string Exploration::pairQuery(std::size_t a, std::size_t b) const {
    const std::string &first = classes[detailed[a]].bin.query, &second = classes[detailed[b]].bin.query;
    if (a == b || first.empty() || second.empty()) return second.empty() ? second : first;
    return first + " " + second;
}

std::string Exploration::sizeQuery(std::size_t heightBin, std::size_t widthBin) const {
    return widths.bins[widthBin].query + " " + heights.bins[heightBin].query;
}

std::string Exploration::placeQuery(int row, int column, const std::string& className) {
    constexpr double kCell = 100.0 / PlaceMap::kCells;
    return rangeWords("centre", {className, {column * kCell, (column + 1) * kCell}, Percents{row * kCell, (row + 1) * kCell}});
}

std::string Exploration::splitQuery(std::size_t split) const {
    return wordTerm("split", splits[split].empty() ? "none" : splits[split]);
}

std::string Exploration::within(const std::string& terms, int split) const {
    const auto parsed = parseQuery(query);
    std::string text = parsed && parsed->kind == Node::Kind::Or ? "(" + query + ")" : query;
    for (const std::string& part : {terms, split < 0 ? std::string() : splitQuery(std::size_t(split))})
        if (!part.empty()) text += (text.empty() ? "" : " ") + part;
    return text;
}

Result<Exploration> explore(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& query,
                            std::stop_token stop, const Progress& progress) {
    const base::Stopwatch watch;
    LATHE_TRY(const Bits bits, matching(workspace, index, query));
    std::vector<std::uint32_t> ranks;
    ranks.reserve(bits.count());
    bits.each([&](std::size_t rank) { ranks.push_back(std::uint32_t(rank)); });
    LATHE_TRY(const auto rows, workspace.classes());
    LATHE_TRY(const auto places, objectPlaces(workspace, index, stop, progress.part(0, 0.9)));
    const SplitSlots splits = splitSlots(index, ranks);
    const auto details = detailsOf(index, rows);
    const TallyPlan plan = tallyPlan(rows, details, splits);
    LATHE_TRY(const Tally tally, tallied(plan, index, *places, ranks, stop));
    Exploration x;
    x.query = query;
    x.splits = splits.names;
    Telling(tally, plan, x).tell(rows, details);
    findIn(x);
    progress.report(1000, 1000);
    x.seconds = watch.seconds();
    return x;
}

}  // namespace lathe::data
