// Pictures that a workspace has more than once: the same pixels in another file, resized, recompressed, brighter or slightly cut
// copies; those that sit in two splits; and their exclusion.
#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/problem.h"
#include "core/base/progress.h"
#include "core/image/phash.h"
#include "core/store/class_ops.h"

namespace lathe::data {

/// Of 200 photographs against their own copies (bccd, coco-mini, camvid), areAlike() at this threshold found all that were resized
/// (to a half, a third, 128 and 64 x 64), saved as JPEG of quality 30 or 10, as PNG, in grey, darkened by 0.6, or cut by 2 % of
/// their sides; 96 % of those cut by 4 %; 98 % of those brightened by 1.3 with clipping; 19 % of those cut by 10 % (at 10: 61 %, at
/// 12: 86 %). Of 67,000 pairs of different photographs (bccd, coco-mini) none, at 12 neither; neighbouring frames of a film are
/// found, as they should be. Copies that are turned, mirrored or cut by more are not.
inline constexpr int kNearThreshold = 6;

struct DuplicateOptions {
    int threshold = kNearThreshold;  ///< bits of 64 that two hashes may differ in, 0 to kLargestThreshold
    std::string query;               ///< only images that match
};

struct Leak {
    ImageId a, b;  ///< in different splits; a < b
    int distance = 0;
};

struct Duplicates {
    /// Images joined by pairs that are alike (so two of a group may be less so); each by id, the groups by their first.
    std::vector<std::vector<ImageId>> groups;
    std::vector<std::vector<image::Fingerprint>> prints;  ///< as groups
    std::vector<std::vector<ImageId>> exact;              ///< within groups: the same pixels to the last bit
    /// Nearest first. Where more than 4,096 pairs come from two sets of equal hash, each image is listed with one of the other
    /// split.
    std::vector<Leak> leaks;
    std::int64_t leaksFound = 0;  ///< `leaks` ends at kMostLeaks
    std::int64_t images = 0;      ///< compared
    std::int64_t decoded = 0;     ///< of those, now; the others' fingerprints were known
    std::int64_t excluded = 0;    ///< left out: excluded as duplicates before
    int threshold = 0;
    Problems problems;
    double seconds = 0;
};
inline constexpr std::size_t kMostLeaks = 1'000'000;

/// Hamming distance of the hashes <= threshold, and the pictures correlate, as a hash alone calls too much alike: image::likeness()
/// >= 0.96, of two icons 0.99, 0.02 less for each bit that the threshold is above kNearThreshold. Blank pictures are alike when
/// their colours are within 4 levels.
[[nodiscard]] bool areAlike(const image::Fingerprint& a, const image::Fingerprint& b, int threshold);

/// New images are decoded on all cores, once: fingerprints stay in the workspace's cache/ by content. Images whose file is missing,
/// changed or can't be decoded are in `problems`. Images that were excluded as duplicates are left out. ~250 bytes an image. A
/// stop is ErrorCode::Cancelled; what was decoded so far is kept. Any thread.
[[nodiscard]] Result<Duplicates> findDuplicates(const store::Workspace& workspace, const DuplicateOptions& options,
                                                std::stop_token stop, const Progress& progress);

/// What finding them would cost: images to be compared, and those of them whose fingerprint isn't in the cache yet. As long as it
/// takes to read the images' records. Any thread.
struct DuplicateWork {
    std::int64_t images = 0, undecoded = 0;
};
[[nodiscard]] Result<DuplicateWork> duplicateWork(const store::Workspace& workspace, const std::string& query,
                                                  std::stop_token stop = {});

/// Which one of a group stays.
enum class Keep {
    Largest,   ///< most pixels, then most labels, then first
    Labelled,  ///< most labels, then most pixels, then first
    First,     ///< added first
};
/// Per group the places in it, the one to be kept rather first. NotFound: an image went away meanwhile.
using Ranks = std::vector<std::vector<std::uint32_t>>;
[[nodiscard]] Result<Ranks> rankGroups(const store::Workspace& workspace, const Duplicates& found, Keep rule,
                                       std::stop_token stop = {});
/// What a person decided against the rule.
struct Picks {
    std::set<ImageId> kept;  ///< in any case
    std::set<ImageId> left;  ///< as they are: neither to be kept nor to be excluded
};
enum class Fate : std::uint8_t { Kept, Excluded, Left };
/// By place in the group. Only an image that is alike to one that is kept is to be excluded: of a chain of pictures several may be
/// kept. Any thread.
[[nodiscard]] std::vector<Fate> fatesOf(const Duplicates& found, std::size_t group, const Ranks& ranks, const Picks& picks);

struct Exclusion {
    std::vector<ImageId> kept, excluded;  ///< by id
};
/// Nothing is deleted: those that aren't kept get the state "skipped" with the reason kDuplicateReason in the states' history, in
/// one transaction; `state:skipped` finds them, a snapshot of `-state:skipped` is without them. As fatesOf() without picks.
[[nodiscard]] Result<Exclusion> excludeDuplicates(store::Workspace& workspace, const Duplicates& found, Keep rule,
                                                  const std::string& who);
inline constexpr const char* kDuplicateReason = "duplicate";
/// The same for images that were chosen otherwise.
[[nodiscard]] Result<> excludeDuplicates(store::Workspace& workspace, std::span<const ImageId> images, const std::string& who);
/// Takes all of that back: each image gets the state that it had. How many.
[[nodiscard]] Result<std::int64_t> includeDuplicates(store::Workspace& workspace, const std::string& who);
/// The same for these alone, as far as they are excluded.
[[nodiscard]] Result<std::int64_t> includeDuplicates(store::Workspace& workspace, std::span<const ImageId> images,
                                                     const std::string& who);
/// Images that are excluded as duplicates, by id, and the state that each had.
[[nodiscard]] Result<std::vector<std::pair<ImageId, std::string>>> excludedDuplicates(const store::Workspace& workspace);

/// Images that go to one split by hand (a leak is mended so), as one operation.
struct SplitMove {
    store::BatchId batch;         ///< for store::undoBatch(); none when nothing was moved
    std::vector<ImageId> moved;   ///< by id; those that were there already aren't in it
    std::vector<ImageId> frozen;  ///< of a frozen test set: left in it unless forced; by id
};
/// InvalidArgument: a split is train, val, test or "".
[[nodiscard]] Result<SplitMove> moveToSplit(store::Workspace& workspace, std::span<const ImageId> images, const std::string& split,
                                            const std::string& who, bool force = false);

}  // namespace lathe::data
