// What was found alike, as sets of images to be shown side by side, and what shall become of each image.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "core/data/duplicates.h"

namespace lathe::widgets::browser::duplicates {

/// Groups of pictures that are alike; of these the ones with the same pixels; pairs that sit in two splits.
enum class DuplicateKind { Groups, Exact, Leaks };

/// Each kind is a row of images, cut into sets. Made in a job; then of one thread.
class DuplicateSets {
public:
    /// ~100 bytes an image of a group. NotFound: an image went away meanwhile.
    [[nodiscard]] static Result<std::shared_ptr<DuplicateSets>> make(const store::Workspace& workspace,
                                                                     std::shared_ptr<const data::Duplicates> found, data::Keep rule,
                                                                     data::Picks picks, std::stop_token stop);
    [[nodiscard]] const std::shared_ptr<const data::Duplicates>& found() const { return m_found; }
    [[nodiscard]] std::size_t count(DuplicateKind kind) const { return shelf(kind).starts.size() - 1; }
    /// All images of a kind, set after set.
    [[nodiscard]] const std::shared_ptr<const std::vector<ImageId>>& rows(DuplicateKind kind) const { return shelf(kind).rows; }
    [[nodiscard]] std::size_t firstRow(DuplicateKind kind, std::size_t set) const { return shelf(kind).starts[set]; }
    [[nodiscard]] std::size_t setOfRow(DuplicateKind kind, std::size_t row) const;
    [[nodiscard]] std::span<const ImageId> images(DuplicateKind kind, std::size_t set) const;
    /// Row of an image, -1: in no set. Of leaks its first.
    [[nodiscard]] std::int64_t rowOf(DuplicateKind kind, ImageId image) const;

    /// Bits in which its hash differs from that of the first of its set.
    [[nodiscard]] int distance(DuplicateKind kind, std::size_t row) const;
    /// Place in its set of an earlier image with the same pixels; -1: none.
    [[nodiscard]] int sameAs(DuplicateKind kind, std::size_t row) const;
    /// Is one of its images alike to one of another split?
    [[nodiscard]] bool leaks(DuplicateKind kind, std::size_t set) const { return shelf(kind).leaking[set] != 0; }

    // -- what shall become of them: of groups and exact copies
    [[nodiscard]] data::Fate fate(DuplicateKind kind, std::size_t row) const { return shelf(kind).fates[row]; }
    [[nodiscard]] bool isPicked(ImageId image) const { return m_picks.kept.contains(image); }
    [[nodiscard]] bool isLeft(ImageId image) const { return m_picks.left.contains(image); }
    [[nodiscard]] const data::Picks& picks() const { return m_picks; }
    [[nodiscard]] std::vector<ImageId> toExclude(DuplicateKind kind) const;  ///< by id
    [[nodiscard]] std::size_t toExcludeCount(DuplicateKind kind) const { return shelf(kind).excluded; }
    /// This one of its set is kept whatever the rule says; again: the rule decides.
    void toggleKept(DuplicateKind kind, std::size_t row);
    /// Neither kept nor excluded; again: it takes part.
    void toggleLeft(DuplicateKind kind, std::size_t row);

private:
    struct Shelf {
        std::shared_ptr<const std::vector<ImageId>> rows;
        std::vector<std::size_t> starts{0};                   ///< of the sets, and the end
        std::vector<std::pair<ImageId, std::size_t>> places;  ///< image and row, by image
        std::vector<char> leaking;                            ///< by set
        data::Duplicates alike;                               ///< groups and prints of groups and exact copies
        data::Ranks ranks;
        std::vector<data::Fate> fates;
        std::size_t excluded = 0;
    };
    DuplicateSets() = default;
    [[nodiscard]] const Shelf& shelf(DuplicateKind kind) const { return m_shelves[std::size_t(kind)]; }
    void fill(DuplicateKind kind, const std::vector<std::vector<ImageId>>& sets);
    void fillExact();
    void decide(Shelf& shelf, std::size_t set);
    void decideAgain(std::span<const ImageId> images);

    std::shared_ptr<const data::Duplicates> m_found;
    std::vector<std::pair<ImageId, ImageId>> m_same;  ///< image and the first one with its pixels, by image
    std::array<Shelf, 3> m_shelves;
    data::Picks m_picks;
};

}  // namespace lathe::widgets::browser::duplicates
