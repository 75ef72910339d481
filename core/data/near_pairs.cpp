#include "core/data/near_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <mutex>
#include <vector>

#include "core/data/parallel.h"

namespace lathe::data {
namespace {

constexpr int kHashParts = 4, kPartBits = 16;
constexpr std::uint32_t kPartBuckets = 1u << kPartBits, kSlice = 256;
constexpr std::size_t kBatch = 4096;

using Radii = std::array<int, kHashParts>;

std::uint32_t partOf(std::uint64_t hash, int part) {
    return std::uint32_t(hash >> (part * kPartBits)) & (kPartBuckets - 1);
}

/// Sum of (r + 1) is threshold + 1; -1: the part needn't be looked at.
Radii radiiFor(int threshold) {
    Radii radii{};
    for (int k = 0; k < kHashParts; ++k)
        radii[std::size_t(k)] = (threshold + 1) / kHashParts + (k < (threshold + 1) % kHashParts) - 1;
    return radii;
}

std::vector<std::uint32_t> masksWithin(int radius) {
    std::vector<std::uint32_t> masks;
    for (std::uint32_t mask = 0; mask < kPartBuckets; ++mask)
        if (std::popcount(mask) <= radius) masks.push_back(mask);
    return masks;
}

/// The hashes ordered by one of their parts.
struct Table {
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> places, start;

    Table(std::span<const std::uint64_t> all, int part) : hashes(all.size()), places(all.size()), start(kPartBuckets + 1) {
        for (const std::uint64_t hash : all) ++start[partOf(hash, part) + 1];
        for (std::uint32_t b = 0; b < kPartBuckets; ++b) start[b + 1] += start[b];
        auto next = start;
        for (std::uint32_t k = 0; k < all.size(); ++k) {
            const std::uint32_t at = next[partOf(all[k], part)]++;
            hashes[at] = all[k], places[at] = k;
        }
    }
};

struct Hit {
    std::uint32_t at;
    int distance;
};

/// Which of hashes[from, to) lie within the threshold of `hash`: as many as were written to `hits` (to - from at most).
std::size_t scanAnywhere(std::uint64_t hash, const std::uint64_t* hashes, std::uint32_t from, std::uint32_t to, int threshold,
                         Hit* hits) {
    std::size_t found = 0;
    for (std::uint32_t k = from; k < to; ++k) {
        const int distance = std::popcount(hash ^ hashes[k]);
        hits[found] = {k, distance};
        found += distance <= threshold;
    }
    return found;
}

#if defined(__x86_64__)
/// The same with the processor's instruction for it, which the build doesn't take for granted.
[[gnu::target("popcnt")]] std::size_t scanByInstruction(std::uint64_t hash, const std::uint64_t* hashes, std::uint32_t from,
                                                        std::uint32_t to, int threshold, Hit* hits) {
    std::size_t found = 0;
    for (std::uint32_t k = from; k < to; ++k) {
        const int distance = __builtin_popcountll(hash ^ hashes[k]);
        hits[found] = {k, distance};
        found += distance <= threshold;
    }
    return found;
}
#endif

using Scan = decltype(&scanAnywhere);

Scan fastestScan() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("popcnt")) return scanByInstruction;
#endif
    return scanAnywhere;
}

/// A few hashes of one bucket, to be compared with all buckets around it.
struct Slice {
    std::uint32_t bucket, from, to;
};

std::vector<Slice> slicesOf(const Table& table) {
    std::vector<Slice> slices;
    for (std::uint32_t b = 0; b < kPartBuckets; ++b)
        for (std::uint32_t from = table.start[b]; from < table.start[b + 1]; from += kSlice)
            slices.push_back({b, from, std::min(from + kSlice, table.start[b + 1])});
    return slices;
}

class Search {
public:
    Search(int threshold, std::stop_token stop, const std::function<void(std::span<const NearPair>)>& visit)
        : m_threshold(threshold), m_radii(radiiFor(threshold)), m_stop(std::move(stop)), m_visit(visit) {}

    [[nodiscard]] bool needs(int part) const { return m_radii[std::size_t(part)] >= 0; }

    void run(std::span<const std::uint64_t> hashes, int part, const Progress& progress) {
        const Table table(hashes, part);
        const auto masks = masksWithin(m_radii[std::size_t(part)]);
        const auto slices = slicesOf(table);
        std::atomic<std::size_t> done = 0;
        parallelFor(slices.size(), [&](std::size_t k) {
            if (m_stop.stop_requested()) return;
            around(table, part, slices[k], masks);
            if (const std::size_t n = ++done; n % 1024 == 0) progress.report(std::int64_t(n), std::int64_t(slices.size()));
        });
    }

private:
    void around(const Table& table, int part, const Slice& slice, const std::vector<std::uint32_t>& masks) {
        std::vector<NearPair> batch;
        for (const std::uint32_t mask : masks) {
            const std::uint32_t other = slice.bucket ^ mask;
            if (other < slice.bucket || table.start[other] == table.start[other + 1]) continue;  // seen from the other side
            for (std::uint32_t k = slice.from; k < slice.to; ++k) {
                const std::uint32_t from = mask == 0 ? k + 1 : table.start[other];
                compare(table, part, k, from, table.start[other + 1], batch);
            }
        }
        flush(batch);
    }

    void compare(const Table& table, int part, std::uint32_t k, std::uint32_t from, std::uint32_t end,
                 std::vector<NearPair>& batch) {
        std::array<Hit, kSlice> hits;
        for (; from < end; from += kSlice) {
            const std::uint32_t to = std::min(from + kSlice, end);
            const std::size_t n = m_scan(table.hashes[k], table.hashes.data(), from, to, m_threshold, hits.data());
            for (std::size_t h = 0; h < n; ++h) {
                if (foundBefore(table.hashes[k] ^ table.hashes[hits[h].at], part)) continue;
                const auto [a, b] = std::minmax(table.places[k], table.places[hits[h].at]);
                batch.push_back({a, b, hits[h].distance});
            }
            if (batch.size() >= kBatch) flush(batch);
        }
    }

    [[nodiscard]] bool foundBefore(std::uint64_t difference, int part) const {
        for (int k = 0; k < part; ++k)
            if (std::popcount(partOf(difference, k)) <= m_radii[std::size_t(k)]) return true;
        return false;
    }

    void flush(std::vector<NearPair>& batch) {
        if (batch.empty()) return;
        const std::lock_guard lock(m_mutex);
        m_visit(batch);
        batch.clear();
    }

    const int m_threshold;
    const Radii m_radii;
    const std::stop_token m_stop;
    const std::function<void(std::span<const NearPair>)>& m_visit;
    const Scan m_scan = fastestScan();
    std::mutex m_mutex;
};

}  // namespace

Result<> eachNearPair(std::span<const std::uint64_t> hashes, int threshold, std::stop_token stop, const Progress& progress,
                      const std::function<void(std::span<const NearPair>)>& visit) {
    if (threshold < 0 || threshold > kLargestThreshold)
        return fail(ErrorCode::InvalidArgument, fmt::format("a threshold is 0 to {} bits, not {}", kLargestThreshold, threshold));
    Search search(threshold, stop, visit);
    for (int part = 0; part < kHashParts; ++part)
        if (search.needs(part)) search.run(hashes, part, progress.part(double(part) / kHashParts, double(part + 1) / kHashParts));
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped while pictures were compared");
    return {};
}

}  // namespace lathe::data
