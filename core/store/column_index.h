// Flat columns of all images and objects for filters, facets and sorts; in a mapped file of cache/, stamped with the revision.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/store/workspace.h"

namespace lathe::store {

/// A named field of the images with its values: an attribute (of any shape of an image, or of the image itself) or an imported
/// field ("a.b" goes deeper). Each value has a set of the images that hold it.
struct IndexField {
    enum class Of : std::uint8_t { Attribute, Meta };
    Of of = Of::Attribute;
    std::string name;
    /// Ascending by bytes. None for a field with more than kMostValues different values, or with texts above kLongestValue bytes:
    /// the set of the images that have it is there all the same, its values are found by scanning.
    std::vector<std::string> values;
    std::size_t firstSet = 0;  ///< of the images that have the field at all; those of the values follow
    static constexpr std::size_t kMostValues = 1000, kLongestValue = 128, kMostFields = 200;
};

/// Immutable. Rank r is the image's place in id order. Objects of rank r are [objectStart[r], objectStart[r+1]).
/// Any thread.
class ColumnIndex {
public:
    /// Maps the cache file when its stamp is the workspace's revision and its checksum holds, else builds and writes it.
    [[nodiscard]] static Result<std::shared_ptr<const ColumnIndex>> load(const Workspace& workspace, std::stop_token stop = {});
    ~ColumnIndex();

    [[nodiscard]] std::size_t imageCount() const;
    /// Of the workspace when it was read. Runs and models bump `records` without making an index stale: ask load(), it is quick.
    [[nodiscard]] Revision revision() const;
    [[nodiscard]] std::span<const std::int64_t> imageIds() const;
    [[nodiscard]] std::span<const std::int32_t> widths() const;
    [[nodiscard]] std::span<const std::int32_t> heights() const;
    [[nodiscard]] std::span<const std::int32_t> channels() const;
    [[nodiscard]] std::span<const float> brightness() const;  ///< -1 unknown
    [[nodiscard]] std::span<const float> contrast() const;
    [[nodiscard]] std::span<const float> sharpness() const;      ///< image::measure; -1 unknown
    [[nodiscard]] std::span<const float> entropy() const;        ///< the same
    [[nodiscard]] std::span<const float> colourfulness() const;  ///< the same
    [[nodiscard]] std::span<const double> added() const;
    [[nodiscard]] std::span<const std::uint8_t> splitCodes() const;  ///< index into splitNames()
    [[nodiscard]] const std::vector<std::string>& splitNames() const;
    [[nodiscard]] std::span<const std::uint8_t> stateCodes() const;
    [[nodiscard]] const std::vector<std::string>& stateNames() const;
    [[nodiscard]] std::span<const std::uint32_t> nameRanks() const;  ///< place of the image in name order
    [[nodiscard]] std::string_view name(std::size_t rank) const;
    [[nodiscard]] std::span<const std::uint32_t> objectStart() const;    ///< imageCount()+1 entries
    [[nodiscard]] std::span<const std::int32_t> objectClasses() const;   ///< class ids
    [[nodiscard]] std::span<const std::uint8_t> objectKinds() const;     ///< index of annot::Shape's alternatives
    [[nodiscard]] std::span<const float> objectConfidences() const;      ///< NaN: none
    [[nodiscard]] std::span<const float> objectAreas() const;            ///< pixels of the image; 0 for lines, points, whole images
    [[nodiscard]] std::span<const std::uint32_t> objectAuthors() const;  ///< index into authorNames()
    [[nodiscard]] const std::vector<std::string>& authorNames() const;
    [[nodiscard]] std::span<const std::uint8_t> objectFromModel() const;
    /// Ranks of the images that have an object of the class, ascending (from a Roaring bitmap).
    [[nodiscard]] std::vector<std::uint32_t> ranksWithClass(ClassId id) const;
    [[nodiscard]] std::int64_t rankOf(ImageId id) const;  ///< -1: none

    /// By kind and name; the first kMostFields of each kind that were met.
    [[nodiscard]] const std::vector<IndexField>& fields() const;
    [[nodiscard]] const IndexField* field(IndexField::Of of, std::string_view name) const;  ///< nullptr: none
    [[nodiscard]] bool hasAllFields() const;                                                ///< false: there were more of them
    /// Images of every set of the fields among those whose bit is set; bit r % 64 of word r / 64 is rank r.
    [[nodiscard]] std::vector<std::int64_t> setSizes(std::span<const std::uint64_t> bits) const;
    [[nodiscard]] std::int64_t setSize(std::size_t set) const;  ///< among all
    void addSet(std::size_t set, std::span<std::uint64_t> bits) const;

    /// Group of each image by the workspace's rule (image_groups.h); 0: none.
    [[nodiscard]] std::span<const std::uint32_t> groupCodes() const;
    [[nodiscard]] std::uint32_t groupCount() const;  ///< groups have the codes 1 to this
    [[nodiscard]] std::string_view groupName(std::uint32_t code) const;
    [[nodiscard]] const std::string& groupRule() const;  ///< empty: no groups

    struct Impl;
    [[nodiscard]] const Impl& impl() const { return *m_impl; }  ///< for core/store alone

private:
    explicit ColumnIndex(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace lathe::store
