#include "core/data/object_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <mutex>
#include <unordered_set>

#include "core/annot/annotation.h"
#include "core/data/parallel.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

using base::fail;
using At = ObjectPlaces::At;

/// "A..B", each end a number or nothing, not both nothing.
std::optional<Percents> percentsOf(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos || text.size() == 2) return std::nullopt;
    Percents range;
    const auto take = [](std::string_view part, double& into) {
        if (part.empty()) return true;
        double value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        if (error != std::errc{} || end != part.data() + part.size() || !std::isfinite(value)) return false;
        into = value;
        return true;
    };
    if (!take(text.substr(0, dots), range.from) || !take(text.substr(dots + 2), range.to)) return std::nullopt;
    return range;
}

std::string percentsText(const Percents& range) {
    return fmt::format("{}..{}", std::isfinite(range.from) ? fmt::format("{}", range.from) : "",
                       std::isfinite(range.to) ? fmt::format("{}", range.to) : "");
}

/// What was read of a workspace, and of which state of it.
struct Kept {
    std::string workspace;
    std::int64_t journal = 0;
    std::vector<std::int64_t> ids;
    std::vector<std::pair<std::int32_t, std::int32_t>> sizes;
    std::vector<std::uint32_t> starts;
    std::shared_ptr<const ObjectPlaces> places;
};

class Keeper {
public:
    std::shared_ptr<const Kept> find(const std::string& workspace) {
        const std::lock_guard guard(m_mutex);
        const auto at = std::ranges::find_if(m_kept, [&](const auto& kept) { return kept->workspace == workspace; });
        return at == m_kept.end() ? nullptr : *at;
    }
    void keep(std::shared_ptr<const Kept> kept) {
        constexpr std::size_t kMost = 2;
        const std::lock_guard guard(m_mutex);
        std::erase_if(m_kept, [&](const auto& one) { return one->workspace == kept->workspace; });
        m_kept.insert(m_kept.begin(), std::move(kept));
        if (m_kept.size() > kMost) m_kept.pop_back();
    }

private:
    std::mutex m_mutex;
    std::vector<std::shared_ptr<const Kept>> m_kept;
};

Keeper& keeper() {
    static Keeper keeper;
    return keeper;
}

std::vector<std::pair<std::int32_t, std::int32_t>> sizesOf(const store::ColumnIndex& index) {
    std::vector<std::pair<std::int32_t, std::int32_t>> sizes(index.imageCount());
    for (std::size_t rank = 0; rank < sizes.size(); ++rank) sizes[rank] = {index.widths()[rank], index.heights()[rank]};
    return sizes;
}

At placeOf(const annot::Shape& shape, std::pair<std::int32_t, std::int32_t> size) {
    if (std::holds_alternative<annot::ImageLabel>(shape) || size.first <= 0 || size.second <= 0) return {};
    const annot::Rect box = annot::bounds(shape);
    const double x = (box.x + box.w / 2) / size.first, y = (box.y + box.h / 2) / size.second;
    if (!std::isfinite(x) || !std::isfinite(y)) return {};
    const auto whole = [](double share) { return std::uint16_t(std::clamp(std::floor(share * 65536), 0.0, 65534.0)); };
    return {whole(x), whole(y)};
}

/// Reads the documents of some ranks into the places of their objects.
class Reading {
public:
    Reading(const store::Workspace& workspace, const store::ColumnIndex& index, const Kept& now, std::vector<At>& places)
        : m_workspace(workspace), m_index(index), m_now(now), m_places(places) {}

    Result<> read(const std::vector<std::uint32_t>& ranks, const std::stop_token& stop, const Progress& progress) {
        constexpr std::size_t kChunk = 4096;
        const std::size_t chunks = (ranks.size() + kChunk - 1) / kChunk;
        std::vector<Result<>> results(chunks);
        std::atomic<std::int64_t> done = 0;
        parallelFor(chunks, [&](std::size_t k) {
            if (stop.stop_requested()) return;
            const auto part = std::span(ranks).subspan(k * kChunk, std::min(kChunk, ranks.size() - k * kChunk));
            results[k] = chunk(part);
            progress.report(done += std::int64_t(part.size()), std::int64_t(ranks.size()), "Reading objects");
        });
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped");
        for (auto& result : results) LATHE_CHECK(std::move(result));
        return {};
    }

private:
    Result<> chunk(std::span<const std::uint32_t> ranks) const {
        const std::int64_t first = m_now.ids[ranks.front()], last = m_now.ids[ranks.back()];
        const bool dense = last - first < std::int64_t(ranks.size()) * 4;
        return m_workspace.read([&](soci::session& sql) -> Result<> {
            dense ? together(sql, ranks) : oneByOne(sql, ranks);
            return {};
        });
    }

    void together(soci::session& sql, std::span<const std::uint32_t> ranks) const {
        long long id = 0;
        const long long first = m_now.ids[ranks.front()], last = m_now.ids[ranks.back()];
        store::Bytes body(sql);
        soci::statement rows = (sql.prepare << "SELECT i.id, d.body FROM image i JOIN annotation_doc d ON d.id = i.doc_id "
                                               "WHERE i.id BETWEEN :a AND :b ORDER BY i.id",
                                soci::use(first), soci::use(last), soci::into(id), soci::into(body.blob()));
        auto next = ranks.begin();
        for (rows.execute(); rows.fetch();) {
            while (next != ranks.end() && m_now.ids[*next] < id) ++next;
            if (next != ranks.end() && m_now.ids[*next] == id) place(*next, body.get());
        }
    }

    void oneByOne(soci::session& sql, std::span<const std::uint32_t> ranks) const {
        long long id = 0;
        store::Bytes body(sql);
        soci::statement row = (sql.prepare << "SELECT d.body FROM image i JOIN annotation_doc d ON d.id = i.doc_id WHERE i.id = :i",
                               soci::use(id), soci::into(body.blob()));
        for (const std::uint32_t rank : ranks) {
            id = m_now.ids[rank];
            for (row.execute(); row.fetch();) place(rank, body.get());
        }
    }

    /// A document that changed after the index was read stays without places; the next index brings it.
    void place(std::uint32_t rank, const std::string& body) const {
        const auto annotations = annot::unpack(body);
        const std::size_t from = m_index.objectStart()[rank], count = m_index.objectStart()[rank + 1] - from;
        if (!annotations || annotations->size() != count) return;
        for (std::size_t k = 0; k < count; ++k) m_places[from + k] = placeOf((*annotations)[k].shape, m_now.sizes[rank]);
    }

    const store::Workspace& m_workspace;
    const store::ColumnIndex& m_index;
    const Kept& m_now;
    std::vector<At>& m_places;
};

Result<std::unordered_set<std::int64_t>> changedSince(const store::Workspace& workspace, std::int64_t journal) {
    std::unordered_set<std::int64_t> changed;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        changed.clear();
        long long id = 0;
        const long long from = journal;
        soci::statement rows =
            (sql.prepare << "SELECT DISTINCT image_id FROM journal WHERE seq > :s", soci::use(from), soci::into(id));
        for (rows.execute(); rows.fetch();) changed.insert(id);
        return {};
    }));
    return changed;
}

/// Copies what still holds; the ranks that must be read.
std::vector<std::uint32_t> takeOver(const Kept& old, const std::unordered_set<std::int64_t>& changed, const Kept& now,
                                    std::vector<At>& places) {
    std::vector<std::uint32_t> needed;
    std::size_t at = 0;
    for (std::uint32_t rank = 0; rank < now.ids.size(); ++rank) {
        while (at < old.ids.size() && old.ids[at] < now.ids[rank]) ++at;
        const std::size_t from = now.starts[rank], count = now.starts[rank + 1] - from;
        const bool same = at < old.ids.size() && old.ids[at] == now.ids[rank] && old.sizes[at] == now.sizes[rank] &&
                          old.starts[at + 1] - old.starts[at] == count && !changed.contains(now.ids[rank]);
        if (same)
            std::copy_n(old.places->all().begin() + old.starts[at], count, places.begin() + std::ptrdiff_t(from));
        else if (count > 0)
            needed.push_back(rank);
    }
    return needed;
}

}  // namespace

tl::expected<ObjectRange, std::string> parseObjectRange(const std::string& field, const std::string& value) {
    ObjectRange range;
    const auto sign = value.rfind('@');
    if (sign != std::string::npos) range.className = value.substr(0, sign);
    const std::string rest = sign == std::string::npos ? value : value.substr(sign + 1);
    const auto comma = rest.find(',');
    const bool wantsTwo = field == "centre";
    const auto x = percentsOf(std::string_view(rest).substr(0, comma));
    const auto y = comma == std::string::npos ? std::nullopt : percentsOf(std::string_view(rest).substr(comma + 1));
    if (!x || (comma != std::string::npos) != wantsTwo || (wantsTwo && !y))
        return tl::unexpected(wantsTwo ? std::string("two ranges in percent of width and height are needed here, as in "
                                                     "centre:40..60,0..25 or centre:WBC@40..60,0..25")
                                       : std::string("a range in percent of the image's area is needed here, as in covers:0.5..1, "
                                                     "covers:50.. or covers:WBC@..2"));
    range.x = *x, range.y = y;
    return range;
}

std::string objectRangeText(const ObjectRange& range) {
    std::string text = range.className.empty() ? "" : range.className + "@";
    text += percentsText(range.x);
    return range.y ? text + "," + percentsText(*range.y) : text;
}

double coverage(const store::ColumnIndex& index, std::size_t rank, std::size_t k) {
    const double area = double(index.objectAreas()[k]), image = double(index.widths()[rank]) * index.heights()[rank];
    return area > 0 && image > 0 ? area / image * 100 : -1;
}

Result<std::shared_ptr<const ObjectPlaces>> objectPlaces(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                         std::stop_token stop, const Progress& progress) {
    auto now = std::make_shared<Kept>();
    now->workspace = workspace.layout().root.string() + '\n' + workspace.id();
    now->journal = index.revision().journal;
    now->sizes = sizesOf(index);
    const auto old = keeper().find(now->workspace);
    if (old && old->journal == now->journal && old->ids.size() == index.imageCount() && old->sizes == now->sizes &&
        old->places->all().size() == index.objectClasses().size())
        return old->places;
    now->ids.assign(index.imageIds().begin(), index.imageIds().end());
    now->starts.assign(index.objectStart().begin(), index.objectStart().end());
    std::vector<At> places(index.objectClasses().size());
    std::unordered_set<std::int64_t> changed;
    if (old) {
        LATHE_TRY(changed, changedSince(workspace, old->journal));
    }
    const auto needed = takeOver(old ? *old : Kept(), changed, *now, places);
    LATHE_CHECK(Reading(workspace, index, *now, places).read(needed, stop, progress));
    now->places = std::make_shared<const ObjectPlaces>(std::move(places));
    keeper().keep(now);
    return now->places;
}

}  // namespace lathe::data
