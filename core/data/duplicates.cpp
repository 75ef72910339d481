#include "core/data/duplicates.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "core/base/time.h"
#include "core/data/duplicate_groups.h"
#include "core/data/near_pairs.h"

namespace lathe::data {
namespace {

using Places = std::vector<std::uint32_t>;

int tinySum(const image::Fingerprint& print) {
    int sum = 0;
    for (const std::uint8_t value : print.tiny) sum += value;
    return sum;
}

/// A JPEG decoded small and the same picture as PNG differ by a level or two.
bool mayBeExact(const Look& a, const Look& b) {
    for (std::size_t k = 0; k < 64; ++k)
        if (std::abs(int(a.known.print.tiny[k]) - int(b.known.print.tiny[k])) > 3) return false;
    return true;
}

/// Those of one group for which decoding in full may show the same pixels as another's.
Places exactCandidates(const std::vector<Look>& looks, Places group) {
    std::ranges::sort(
        group, {}, [&](std::uint32_t k) { return std::tuple(looks[k].width, looks[k].height, tinySum(looks[k].known.print), k); });
    std::vector<char> is(group.size());
    for (std::size_t a = 0; a < group.size(); ++a)
        for (std::size_t b = a + 1; b < group.size(); ++b) {
            const Look &one = looks[group[a]], &other = looks[group[b]];
            if (one.width != other.width || one.height != other.height) break;
            if (tinySum(other.known.print) - tinySum(one.known.print) > 3 * 64) break;
            if (!mayBeExact(one, other)) continue;
            is[a] = is[b] = 1;
            break;
        }
    Places candidates;
    for (std::size_t k = 0; k < group.size(); ++k)
        if (is[k]) candidates.push_back(group[k]);
    return candidates;
}

std::vector<std::vector<ImageId>> exactOf(const std::vector<Look>& looks, const Places& group) {
    std::map<PixelDigest, std::vector<ImageId>> byPixels;
    for (const std::uint32_t k : group)
        if (looks[k].known.pixels != PixelDigest{}) byPixels[looks[k].known.pixels].push_back(looks[k].id);
    std::vector<std::vector<ImageId>> exact;
    for (auto& [digest, ids] : byPixels)
        if (ids.size() > 1) exact.push_back(std::move(ids));
    return exact;
}

void takeGroups(const std::vector<Look>& looks, const std::vector<Places>& groups, Duplicates& found) {
    for (const Places& group : groups) {
        auto& ids = found.groups.emplace_back();
        auto& prints = found.prints.emplace_back();
        for (const std::uint32_t k : group) ids.push_back(looks[k].id), prints.push_back(looks[k].known.print);
        for (auto& same : exactOf(looks, group)) found.exact.push_back(std::move(same));
    }
    std::ranges::sort(found.exact);
}

}  // namespace

Result<Duplicates> findDuplicates(const store::Workspace& workspace, const DuplicateOptions& options, std::stop_token stop,
                                  const Progress& progress) {
    const base::Stopwatch watch;
    if (options.threshold < 0 || options.threshold > kLargestThreshold)
        return fail(ErrorCode::InvalidArgument, "the threshold is a number of bits, 0 to 16");
    FingerprintCache cache(workspace.layout().cache());
    LATHE_TRY(Looks looks, collectLooks(workspace, options.query, cache, stop, progress.part(0, 0.8)));
    LATHE_TRY(Grouped grouped, groupAlike(looks.all, options.threshold, stop, progress.part(0.8, 0.9)));
    Places candidates;
    for (const Places& group : grouped.groups) std::ranges::copy(exactCandidates(looks.all, group), std::back_inserter(candidates));
    LATHE_CHECK(collectPixels(workspace, looks, candidates, cache, stop, progress.part(0.9, 1)));
    Duplicates found;
    found.threshold = options.threshold;
    takeGroups(looks.all, grouped.groups, found);
    found.leaks = std::move(grouped.leaks), found.leaksFound = grouped.leaksFound;
    std::ranges::sort(found.leaks, {}, [](const Leak& l) { return std::tuple(l.distance, l.a, l.b); });
    found.images = std::int64_t(looks.all.size()), found.decoded = looks.decoded, found.excluded = looks.excluded;
    found.problems = std::move(looks.problems);
    found.seconds = watch.seconds();
    return found;
}

}  // namespace lathe::data
