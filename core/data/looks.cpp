#include "core/data/looks.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/hash.h"
#include "core/data/duplicates.h"
#include "core/data/parallel.h"
#include "core/data/query.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLooksAtOnce = 512;
constexpr std::uint64_t kLargestLookedAt = 1ull << 30;

/// Ids in ascending order, asked in ascending order.
class Ids {
public:
    explicit Ids(std::vector<ImageId> ids) : m_ids(std::move(ids)) {}
    [[nodiscard]] bool has(ImageId id) {
        while (m_next < m_ids.size() && m_ids[m_next] < id) ++m_next;
        return m_next < m_ids.size() && m_ids[m_next] == id;
    }

private:
    std::vector<ImageId> m_ids;
    std::size_t m_next = 0;
};

std::vector<ImageId> imagesOf(const std::vector<std::pair<ImageId, std::string>>& excluded) {
    std::vector<ImageId> ids;
    for (const auto& [id, state] : excluded) ids.push_back(id);
    return ids;
}

std::uint8_t codeOf(std::vector<std::string>& names, const std::string& name) {
    const auto at = std::ranges::find(names, name);
    const auto code = std::uint8_t(at - names.begin());
    if (at == names.end()) names.push_back(name);
    return code;
}

struct Wanted {
    std::optional<Ids> matching;
    Ids excluded;
};

/// Rows without a digest have no file.
void readRows(soci::session& sql, Wanted wanted, Looks& looks) {
    long long id = 0;
    int width = 0, height = 0;
    std::string digest, split, name;
    soci::statement rows = (sql.prepare << "SELECT id, digest, width, height, split, name FROM image ORDER BY id", soci::into(id),
                            soci::into(digest), soci::into(width), soci::into(height), soci::into(split), soci::into(name));
    looks.splits = {""};
    for (rows.execute(); rows.fetch();) {
        if (wanted.matching && !wanted.matching->has(ImageId(id))) continue;
        if (wanted.excluded.has(ImageId(id))) {
            ++looks.excluded;
            continue;
        }
        const auto content = contentDigest(digest);
        if (content)
            looks.all.push_back({ImageId(id), width, height, codeOf(looks.splits, split), {*content, {}, {}}});
        else
            looks.problems.push_back({name, "missing_image", "registered, but its file isn't there; import it again"});
    }
}

Result<Looks> readLooks(const store::Workspace& workspace, const std::string& query, std::stop_token stop) {
    LATHE_TRY(const auto excluded, excludedDuplicates(workspace));
    Wanted wanted{std::nullopt, Ids(imagesOf(excluded))};
    if (!query.empty()) {
        LATHE_TRY(const auto index, store::ColumnIndex::load(workspace, stop));
        LATHE_TRY(auto ids, runQuery(workspace, *index, query));
        wanted.matching.emplace(std::move(ids));
    }
    Looks looks;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        looks = {};
        readRows(sql, wanted, looks);
        return {};
    }));
    return looks;
}

Problem problemOfFile(const store::ImageRow& row, const Error& error) {
    if (error.code != ErrorCode::NotFound) return base::problemOf(row.name, error);
    return {row.name, "missing_image", fmt::format("its file isn't there any more: {}", row.path)};
}

Result<image::Fingerprint> fingerprintOf(const store::Workspace& workspace, const store::ImageRow& row) {
    const fs::path file = workspace.layout().file(row);
    LATHE_TRY(const std::string bytes, base::readFile(file, kLargestLookedAt));
    // A linked file is the user's to change; what the cache says of a digest must hold.
    if (fs::path(row.path).is_absolute() && base::sha256(bytes) != row.digest)
        return fail(ErrorCode::InvalidData, "the linked file has changed since it was imported; import it again");
    return image::fingerprintOf(bytes, file);
}

/// Calls `work(look, row) -> Result<>` for each on all cores; what worked is kept, what failed is a problem.
template <class Work>
Result<> forAll(const store::Workspace& workspace, Looks& looks, std::span<const std::uint32_t> places, FingerprintCache& cache,
                std::vector<char>& done, Work work) {
    std::vector<ImageId> ids;
    for (const std::uint32_t place : places) ids.push_back(looks.all[place].id);
    LATHE_TRY(const auto rows, workspace.images(ids));
    if (rows.size() != ids.size()) return fail(ErrorCode::NotFound, "images went away meanwhile; run it again");
    std::vector<Result<>> results(rows.size());
    parallelFor(rows.size(), [&](std::size_t k) { results[k] = work(looks.all[places[k]], rows[k]); });
    std::vector<FingerprintCache::Entry> entries;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        done[places[k]] = results[k].has_value();
        if (results[k])
            entries.push_back(looks.all[places[k]].known);
        else if (results[k].error().code != ErrorCode::Cancelled)
            looks.problems.push_back(problemOfFile(rows[k], results[k].error()));
    }
    cache.keep(entries);
    return {};
}

template <class Work>
Result<> inChunks(const store::Workspace& workspace, Looks& looks, std::span<const std::uint32_t> places, FingerprintCache& cache,
                  std::vector<char>& done, std::stop_token stop, const Progress& progress, Work work) {
    const auto total = std::int64_t(places.size());
    for (std::size_t at = 0; at < places.size(); at += kLooksAtOnce) {
        progress.report(std::int64_t(at), total, "looking at images");
        const auto chunk = places.subspan(at, std::min(kLooksAtOnce, places.size() - at));
        LATHE_CHECK(forAll(workspace, looks, chunk, cache, done, [&](Look& look, const store::ImageRow& row) -> Result<> {
            if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "");
            return work(look, row);
        }));
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped; the images that were looked at are remembered");
    }
    return {};
}

/// Those that are not in the cache.
std::vector<std::uint32_t> takeKnown(Looks& looks, const FingerprintCache& cache) {
    std::vector<std::uint32_t> unknown;
    for (std::uint32_t k = 0; k < looks.all.size(); ++k)
        if (const auto* entry = cache.find(looks.all[k].known.digest))
            looks.all[k].known = *entry;
        else
            unknown.push_back(k);
    return unknown;
}

}  // namespace

Result<DuplicateWork> duplicateWork(const store::Workspace& workspace, const std::string& query, std::stop_token stop) {
    LATHE_TRY(Looks looks, readLooks(workspace, query, stop));
    const FingerprintCache cache(workspace.layout().cache());
    return DuplicateWork{std::int64_t(looks.all.size()), std::int64_t(takeKnown(looks, cache).size())};
}

Result<Looks> collectLooks(const store::Workspace& workspace, const std::string& query, FingerprintCache& cache,
                           std::stop_token stop, const Progress& progress) {
    LATHE_TRY(Looks looks, readLooks(workspace, query, stop));
    const auto unknown = takeKnown(looks, cache);
    cache.forget();
    std::vector<char> done(looks.all.size(), 1);
    LATHE_CHECK(
        inChunks(workspace, looks, unknown, cache, done, stop, progress, [&](Look& look, const store::ImageRow& row) -> Result<> {
            LATHE_TRY(look.known.print, fingerprintOf(workspace, row));
            return {};
        }));
    std::size_t left = 0;
    for (std::size_t k = 0; k < looks.all.size(); ++k)
        if (done[k]) looks.all[left++] = looks.all[k];
    looks.decoded = std::int64_t(unknown.size()) - std::int64_t(looks.all.size() - left);
    looks.all.resize(left);
    return looks;
}

Result<> collectPixels(const store::Workspace& workspace, Looks& looks, const std::vector<std::uint32_t>& places,
                       FingerprintCache& cache, std::stop_token stop, const Progress& progress) {
    std::vector<std::uint32_t> unknown;
    for (const std::uint32_t place : places)
        if (looks.all[place].known.pixels == PixelDigest{}) unknown.push_back(place);
    std::vector<char> done(looks.all.size());
    return inChunks(workspace, looks, unknown, cache, done, stop, progress,
                    [&](Look& look, const store::ImageRow& row) -> Result<> {
                        LATHE_TRY(const std::string hex, image::pixelDigest(workspace.layout().file(row)));
                        const auto digest = contentDigest(hex);
                        if (digest) std::copy_n(digest->begin(), look.known.pixels.size(), look.known.pixels.begin());
                        return {};
                    });
}

}  // namespace lathe::data
