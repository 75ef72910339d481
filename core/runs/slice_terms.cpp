#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/data/facets.h"
#include "core/runs/slices.h"

namespace lathe::runs {
namespace {

/// A value of the search language; empty where no text can hold it.
std::string wordOf(const std::string& value) {
    if (value.empty() || value.find('"') != std::string::npos) return {};
    return value.find_first_of(" \t\r\n()<>=!:*") == std::string::npos ? value : '"' + value + '"';
}

class Suggester {
public:
    Suggester(const store::Workspace& workspace, const store::ColumnIndex& index, const figures::Kept& kept)
        : m_workspace(workspace), m_index(index) {
        for (const auto& sample : kept.samples)
            if (const auto rank = index.rankOf(ImageId(sample.image)); rank >= 0)
                m_ids.emplace_back(sample.image), m_ranks.push_back(std::size_t(rank));
    }
    std::vector<std::string> run() {
        const auto facets = data::facets(m_workspace, m_index, m_ids);
        std::map<std::int64_t, std::string> names;
        if (const auto classes = m_workspace.classes())
            for (const auto& row : *classes) names[row.id.value] = row.name;
        for (const auto& [id, images] : facets.imagesByClass) addWord("class:", names[id.value], images);
        for (const auto& [tag, images] : facets.byTag) addWord("tag:", tag, images);
        for (const auto& field : facets.byField)
            for (const auto& [value, images] : field.counts.values) add(data::fieldTerm(field.of, field.name, value), images);
        for (const auto& [group, images] : facets.byGroup.counts.values) add(data::groupTerm(group), images);
        addThirds("width", m_index.widths());
        addThirds("brightness", m_index.brightness());
        addThirds("contrast", m_index.contrast());
        addThirds("sharpness", m_index.sharpness());
        return std::move(m_terms);
    }

private:
    void add(std::string term, std::int64_t images) {
        if (std::size_t(images) >= kFewestImages && std::size_t(images) < m_ids.size()) m_terms.push_back(std::move(term));
    }
    void addWord(const char* field, const std::string& value, std::int64_t images) {
        if (const std::string word = wordOf(value); !word.empty()) add(field + word, images);
    }
    /// Three parts of the judged images by a number; fewer where too many are the same.
    template <class Values>
    void addThirds(const char* field, const Values& values) {
        std::vector<double> sorted;
        for (const std::size_t rank : m_ranks)
            if (values[rank] >= 0) sorted.push_back(double(values[rank]));
        if (sorted.size() < 3 * kFewestImages) return;
        std::sort(sorted.begin(), sorted.end());
        const double scale = sorted.back() > 30 ? 1 : 1000;
        const double low = std::round(sorted[sorted.size() / 3] * scale) / scale;
        const double high = std::round(sorted[sorted.size() * 2 / 3] * scale) / scale;
        if (low > sorted.front()) m_terms.push_back(fmt::format("{}<{}", field, low));
        if (high > low && low > sorted.front()) m_terms.push_back(fmt::format("{}:{}..{}", field, low, high));
        if (high > sorted.front()) m_terms.push_back(fmt::format("{}>={}", field, high));
    }
    const store::Workspace& m_workspace;
    const store::ColumnIndex& m_index;
    std::vector<ImageId> m_ids;
    std::vector<std::size_t> m_ranks;
    std::vector<std::string> m_terms;
};

}  // namespace

std::vector<std::string> suggestedTerms(const store::Workspace& workspace, const store::ColumnIndex& index,
                                        const figures::Kept& kept) {
    return Suggester(workspace, index, kept).run();
}

}  // namespace lathe::runs
