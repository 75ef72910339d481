#include "core/data/facets.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/time.h"
#include "core/data/facet_fields.h"
#include "core/data/histograms.h"
#include "core/data/parallel.h"
#include "core/data/query_eval.h"
#include "core/data/sorted.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

constexpr std::size_t kParts = 16;  // of the images, for the cores

constexpr std::array<std::string_view, kMeasures> kFields{"annotations",   "width",    "height",    "aspect",
                                                          "brightness",    "contrast", "sharpness", "entropy",
                                                          "colourfulness", "area",     "confidence"};

/// Counts of one part of the images. Class ids are small and dense.
struct Part {
    std::vector<std::int64_t> classImages, classObjects, classLast, authors, kinds;
    std::array<std::int64_t, 256> splits{}, states{};
    std::vector<std::vector<std::int64_t>> bins;

    void countClass(std::int32_t id, std::int64_t rank) {
        const auto k = std::size_t(std::max(id, 0));
        if (k >= classImages.size()) classImages.resize(k + 1), classObjects.resize(k + 1), classLast.resize(k + 1, -1);
        ++classObjects[k];
        if (classLast[k] != rank) classLast[k] = rank, ++classImages[k];
    }
};

class Counter {
public:
    Counter(const store::ColumnIndex& index, const Bits& bits)
        : m_index(index), m_bits(bits), m_histograms(emptyHistograms(index)) {}

    Facets run() {
        std::vector<Part> parts(kParts);
        parallelFor(kParts, [&](std::size_t k) { count(parts[k], m_bits.size() * k / kParts, m_bits.size() * (k + 1) / kParts); });
        Facets out;
        Part whole = std::move(parts.front());
        for (std::size_t k = 1; k < kParts; ++k) add(whole, parts[k]);
        for (std::size_t k = 0; k < whole.classObjects.size(); ++k) {
            if (whole.classObjects[k] == 0) continue;
            out.imagesByClass.emplace_back(ClassId(std::int64_t(k)), whole.classImages[k]);
            out.objectsByClass.emplace_back(ClassId(std::int64_t(k)), whole.classObjects[k]);
        }
        out.bySplit = named(whole.splits, m_index.splitNames());
        out.byState = named(whole.states, m_index.stateNames());
        out.byAuthor = named(whole.authors, m_index.authorNames());
        out.byKind = named(whole.kinds, annot::kKindNames);
        for (std::size_t h = 0; h < m_histograms.size(); ++h) m_histograms[h].counts = whole.bins[h];
        out.histograms = std::move(m_histograms);
        return out;
    }

private:
    template <class Counts, class Names>
    static std::vector<std::pair<std::string, std::int64_t>> named(const Counts& counts, const Names& names) {
        std::vector<std::pair<std::string, std::int64_t>> out;
        for (std::size_t k = 0; k < names.size(); ++k)
            if (counts[k] > 0) out.emplace_back(names[k], counts[k]);
        std::sort(out.begin(), out.end());
        return out;
    }

    static void addTo(std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& other) {
        sum.resize(std::max(sum.size(), other.size()));
        for (std::size_t k = 0; k < other.size(); ++k) sum[k] += other[k];
    }

    static void add(Part& sum, const Part& other) {
        addTo(sum.classImages, other.classImages), addTo(sum.classObjects, other.classObjects);
        addTo(sum.authors, other.authors), addTo(sum.kinds, other.kinds);
        for (std::size_t k = 0; k < 256; ++k) sum.splits[k] += other.splits[k], sum.states[k] += other.states[k];
        for (std::size_t h = 0; h < sum.bins.size(); ++h) addTo(sum.bins[h], other.bins[h]);
    }

    void count(Part& part, std::size_t from, std::size_t to) const {
        part.authors.resize(m_index.authorNames().size()), part.kinds.resize(annot::kKindNames.size());
        const auto start = m_index.objectStart();
        const auto classes = m_index.objectClasses();
        const auto authors = m_index.objectAuthors();
        const auto kinds = m_index.objectKinds();
        const auto splits = m_index.splitCodes(), states = m_index.stateCodes();
        for (std::size_t r = from; r < to; ++r) {
            if (!m_bits.has(r)) continue;
            ++part.splits[splits[r]], ++part.states[states[r]];
            for (std::size_t k = start[r]; k < start[r + 1]; ++k)
                part.countClass(classes[k], std::int64_t(r)), ++part.authors[authors[k]], ++part.kinds[kinds[k]];
        }
        for (const Histogram& histogram : m_histograms) part.bins.push_back(binned(m_index, histogram, m_bits, from, to));
    }

    const store::ColumnIndex& m_index;
    const Bits& m_bits;
    std::vector<Histogram> m_histograms;
};

void countTags(const store::Workspace& workspace, const store::ColumnIndex& index, const Bits& bits, Facets& out) {
    (void)workspace.read([&](soci::session& sql) -> Result<> {
        std::string tag;
        long long image = 0;
        soci::statement rows =
            (sql.prepare << "SELECT t.name, i.image_id FROM image_tag i JOIN tag t ON t.id = i.tag_id ORDER BY t.name",
             soci::into(tag), soci::into(image));
        for (rows.execute(); rows.fetch();) {
            const auto rank = index.rankOf(ImageId(image));
            if (rank < 0 || !bits.has(std::size_t(rank))) continue;
            if (out.byTag.empty() || out.byTag.back().first != tag) out.byTag.emplace_back(tag, 0);
            ++out.byTag.back().second;
        }
        return {};
    });
}

Facets counted(const store::Workspace& workspace, const store::ColumnIndex& index, const Bits& bits) {
    Facets out = Counter(index, bits).run();
    std::erase_if(out.byAuthor, [](const auto& author) { return author.first.empty(); });
    countTags(workspace, index, bits, out);
    out.byField = fieldFacets(index, bits);
    out.byGroup = groupFacet(index, bits);
    return out;
}

}  // namespace

std::string_view fieldOf(Measure measure) {
    return kFields[std::size_t(measure)];
}

std::string Histogram::term(std::size_t first, std::size_t last) const {
    return fmt::format("{}:{}..{}", fieldOf(of), edges[first], edges[last + 1]);
}

Facets facets(const store::Workspace& workspace, const store::ColumnIndex& index, const std::vector<ImageId>& ids) {
    Bits bits(index.imageCount());
    for (const ImageId id : ids)
        if (const auto rank = index.rankOf(id); rank >= 0) bits.set(std::size_t(rank));
    return counted(workspace, index, bits);
}

Result<SearchResult> search(const store::Workspace& workspace, const store::ColumnIndex& index, const std::string& text, Sort sort,
                            bool descending) {
    const base::Stopwatch watch;
    LATHE_TRY(const Bits bits, matching(workspace, index, text));
    SearchResult found;
    found.ids = sortedIds(index, bits, sort, descending);
    found.seconds = watch.seconds();
    found.facets = counted(workspace, index, bits);
    return found;
}

}  // namespace lathe::data
