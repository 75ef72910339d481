#include "core/data/facet_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/data/histograms.h"
#include "core/data/query_eval.h"
#include "core/data/query_values.h"

namespace lathe::data {
namespace {

using store::IndexField;
constexpr std::size_t kListedNumbers = 20;  ///< more are drawn as a histogram
using Counted = std::pair<std::string, std::int64_t>;

/// Numbers by size, before texts by bytes.
bool inOrder(const Counted& a, const Counted& b) {
    const auto x = numberOf(a.first), y = numberOf(b.first);
    if (x && y && *x != *y) return *x < *y;
    return bool(x) != bool(y) ? bool(x) : a.first < b.first;
}

ValueCounts shown(std::vector<Counted> all) {
    ValueCounts counts;
    if (all.size() > kShownValues) {
        std::erase_if(all, [](const Counted& one) { return one.second == 0; });
        std::ranges::sort(
            all, [](const Counted& a, const Counted& b) { return a.second != b.second ? a.second > b.second : inOrder(a, b); });
        counts.more = std::max<std::int64_t>(0, std::int64_t(all.size()) - std::int64_t(kShownValues));
        all.resize(std::min(all.size(), kShownValues));
    } else {
        std::ranges::sort(all, inOrder);
    }
    counts.values = std::move(all);
    return counts;
}

/// Something to choose by: neither the same for all images nor another one for most.
bool isTelling(const store::ColumnIndex& index, const IndexField& field) {
    constexpr std::size_t kFew = 12;
    const std::size_t values = field.values.size(), having = std::size_t(index.setSize(field.firstSet));
    if (values == 0 || (values == 1 && having == index.imageCount())) return false;
    return values <= kFew || values * 2 <= having;
}

/// The values as numbers; nullopt when one isn't.
std::optional<std::vector<double>> numbersOf(const IndexField& field) {
    std::vector<double> numbers;
    for (const auto& value : field.values) {
        const auto number = numberOf(value);
        if (!number) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

/// Whole numbers, another one for each image.
bool countsOn(const store::ColumnIndex& index, const IndexField& field, const std::vector<double>& numbers) {
    return numbers.size() == std::size_t(index.setSize(field.firstSet)) &&
           std::ranges::all_of(numbers, [](double number) { return number == std::floor(number); });
}

FieldFacet binned(const store::ColumnIndex& index, const IndexField& field, const std::vector<double>& numbers,
                  const Bits& images) {
    FieldFacet facet{field.of, field.name, {}, {}, {}};
    const auto [low, high] = std::ranges::minmax(numbers);
    const bool whole = std::ranges::all_of(numbers, [](double number) { return number == std::floor(number); });
    facet.edges = roundEdges(low, high, whole ? 1 : 0);
    std::vector<Bits> bins(facet.edges.size() - 1, Bits(index.imageCount()));
    for (std::size_t k = 0; k < numbers.size(); ++k) {
        const auto bin = std::ranges::upper_bound(facet.edges, numbers[k]) - facet.edges.begin() - 1;
        index.addSet(field.firstSet + 1 + k, bins[std::size_t(bin)].words());
    }
    for (Bits& bin : bins) {
        bin.keep(images);
        facet.bins.push_back(std::int64_t(bin.count()));
    }
    return facet;
}

/// Quoted where the language would end it or take it for something else.
std::string quoted(const std::string& text, std::string_view special) {
    if (!text.empty() && text.find_first_of(special) == std::string::npos && text.find("..") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

}  // namespace

std::vector<FieldFacet> fieldFacets(const store::ColumnIndex& index, const Bits& images) {
    const auto sizes = index.setSizes(images.words());
    std::vector<FieldFacet> facets;
    for (const IndexField& field : index.fields()) {
        const auto numbers = field.values.size() > kListedNumbers ? numbersOf(field) : std::nullopt;
        if (numbers && !countsOn(index, field, *numbers)) facets.push_back(binned(index, field, *numbers, images));
        if (numbers || !isTelling(index, field)) continue;
        std::vector<Counted> all;
        for (std::size_t k = 0; k < field.values.size(); ++k) all.emplace_back(field.values[k], sizes[field.firstSet + 1 + k]);
        facets.push_back({field.of, field.name, shown(std::move(all)), {}, {}});
    }
    return facets;
}

GroupFacet groupFacet(const store::ColumnIndex& index, const Bits& images) {
    GroupFacet facet;
    facet.rule = index.groupRule();
    if (facet.rule.empty()) return facet;
    std::vector<std::int64_t> counts(index.groupCount() + 1);
    images.each([&, codes = index.groupCodes()](std::size_t rank) { ++counts[codes[rank]]; });
    facet.none = counts[0];
    const bool few = counts.size() <= kShownValues + 1;
    std::int64_t least = 1;  // of many groups only the largest are worth their names
    if (!few && counts.size() > 4 * kShownValues) {
        std::vector<std::int64_t> sorted(counts.begin() + 1, counts.end());
        std::ranges::nth_element(sorted, sorted.begin() + std::ptrdiff_t(kShownValues), std::greater<>());
        least = std::max<std::int64_t>(1, sorted[kShownValues]);
    }
    std::vector<Counted> all;
    std::int64_t others = 0;
    for (std::uint32_t code = 1; code < counts.size(); ++code) {
        if (few || counts[code] > least || (counts[code] == least && all.size() < 4 * kShownValues))
            all.emplace_back(std::string(index.groupName(code)), counts[code]);
        else
            others += counts[code] > 0;
    }
    facet.counts = shown(std::move(all));
    facet.counts.more += others;
    return facet;
}

Result<RunCounts> runCounts(const store::Workspace& workspace, const store::ColumnIndex& index, const std::vector<ImageId>& ids,
                            const std::string& run) {
    LATHE_TRY(const auto outcomes, outcomesOfRun(workspace, run));
    Bits images(index.imageCount());
    for (const ImageId id : ids)
        if (const auto rank = index.rankOf(id); rank >= 0) images.set(std::size_t(rank));
    RunCounts counts;
    for (const RunOutcome& outcome : outcomes) {
        const auto rank = index.rankOf(outcome.image);
        if (rank < 0 || !images.has(std::size_t(rank))) continue;
        ++(!outcome.judged ? counts.unjudged : outcome.wrong ? counts.wrong : counts.right);
    }
    return counts;
}

std::string fieldTerm(IndexField::Of of, const std::string& name, const std::string& value) {
    std::string term = (of == IndexField::Of::Meta ? "meta:" : "attribute:") + quoted(name, " \t\r\n()<>=!\"");
    return value.empty() ? term : term + '=' + quoted(value, " \t\r\n()<>=!\"");
}

std::string binsTerm(const FieldFacet& facet, std::size_t first, std::size_t last) {
    return fmt::format("{}={}..{}", fieldTerm(facet.of, facet.name, {}), facet.edges[first], facet.edges[last + 1]);
}

std::string groupTerm(const std::string& group) {
    return "group:" + quoted(group, " \t\r\n()<>=!:*\"");
}

}  // namespace lathe::data
