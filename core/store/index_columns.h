// The columns of the index while they are made, and the file they are kept in. For core/store alone.
#pragma once
#include <roaring/roaring.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/store/column_index.h"

namespace lathe::store {

struct RoaringFree {
    void operator()(const roaring_bitmap_t* set) const { roaring_bitmap_free(const_cast<roaring_bitmap_t*>(set)); }
};
using RoaringSet = std::unique_ptr<const roaring_bitmap_t, RoaringFree>;

/// What a file or a set of columns stands for. `images` counts changes of image rows that neither the journal nor the states' own
/// log tells (imports, splits), `attributes` those of the images' own attributes, `groups` changes of the rule; runs and models
/// touch none.
struct IndexStamp {
    std::int64_t journal = 0, images = 0, states = 0, attributes = 0, groups = 0;
    bool operator==(const IndexStamp&) const = default;
};

/// A field with its sets; sets.front() is of the images that have it at all, the others go with `values`.
struct FieldColumn {
    IndexField::Of of = IndexField::Of::Attribute;
    std::string name;
    std::vector<std::string> values;
    std::vector<RoaringSet> sets;
};

/// One array per column; an image's place is its rank in id order, the objects of an image lie together.
struct Columns {
    std::vector<std::int64_t> ids;
    std::vector<std::int32_t> widths, heights, channels;
    std::vector<float> brightness, contrast, sharpness, entropy, colourfulness;
    std::vector<double> added;
    std::vector<std::uint8_t> splits, states;
    std::vector<std::uint32_t> nameRanks, nameStarts;  ///< nameStarts has one entry more
    std::string names;
    std::vector<std::uint32_t> objectStarts;  ///< one entry more
    std::vector<std::int32_t> objectClasses;
    std::vector<std::uint8_t> objectKinds, objectFromModel;
    std::vector<float> objectConfidences, objectAreas;
    std::vector<std::uint32_t> objectAuthors;
    std::vector<std::string> splitNames, stateNames, authorNames;
    std::vector<FieldColumn> fields;
    bool allFields = true;
    std::vector<std::uint32_t> groupCodes, groupNameStarts{0};  ///< code c's name begins at entry c - 1
    std::string groupNames, groupRule;

    [[nodiscard]] std::uint8_t splitCode(const std::string& name) { return code(splitNames, name); }
    [[nodiscard]] std::uint8_t stateCode(const std::string& name) { return code(stateNames, name); }

private:
    static std::uint8_t code(std::vector<std::string>& names, const std::string& name);
};

/// Reads all of it in one transaction; documents are unpacked on all cores. Cancelled when stop is asked for.
[[nodiscard]] Result<Columns> readColumns(const Workspace& workspace, IndexStamp& stamp, Revision& revision, std::stop_token stop);
/// `old` with the documents and states that changed since `from` by the journal and the states' log replaced. nullopt: too many,
/// build anew.
[[nodiscard]] Result<std::optional<Columns>> patchColumns(const Workspace& workspace, const ColumnIndex& old,
                                                          const IndexStamp& from, IndexStamp& stamp, Revision& revision);
[[nodiscard]] Result<IndexStamp> stampOf(const Workspace& workspace, Revision& revision);

/// The columns as the bytes of the cache file: header, table of sections, arrays at multiples of 64, Roaring sets in frozen form.
[[nodiscard]] std::string indexBytes(const Columns& columns, const IndexStamp& stamp);

/// Bytes of an index: mapped from a file or owned.
class IndexBytes {
public:
    [[nodiscard]] static std::shared_ptr<const IndexBytes> map(const std::filesystem::path& file);  ///< nullptr: not there
    [[nodiscard]] static std::shared_ptr<const IndexBytes> own(std::string bytes);
    ~IndexBytes();
    [[nodiscard]] std::string_view view() const { return {m_data, m_size}; }

private:
    const char* m_data = nullptr;
    std::size_t m_size = 0;
    void* m_mapped = nullptr;
    std::unique_ptr<char, void (*)(char*)> m_owned{nullptr, nullptr};
};

struct ColumnIndex::Impl {
    std::shared_ptr<const IndexBytes> bytes;
    IndexStamp stamp;
    Revision revision;
    std::span<const std::int64_t> ids;
    std::span<const std::int32_t> widths, heights, channels;
    std::span<const float> brightness, contrast, sharpness, entropy, colourfulness;
    std::span<const double> added;
    std::span<const std::uint8_t> splits, states;
    std::span<const std::uint32_t> nameRanks, nameStarts, objectStarts, objectAuthors;
    std::string_view names;
    std::span<const std::int32_t> objectClasses;
    std::span<const std::uint8_t> objectKinds, objectFromModel;
    std::span<const float> objectConfidences, objectAreas;
    std::vector<std::string> splitNames, stateNames, authorNames;
    std::vector<std::pair<std::int32_t, RoaringSet>> sets;  ///< by class id
    std::vector<IndexField> fields;
    std::vector<RoaringSet> fieldSets;
    bool allFields = true;
    std::span<const std::uint32_t> groupCodes, groupNameStarts;
    std::string_view groupNames;
    std::string groupRule;

    /// nullptr when the bytes are torn, of another version or fail their checksum.
    [[nodiscard]] static std::unique_ptr<Impl> parse(std::shared_ptr<const IndexBytes> bytes);
};

}  // namespace lathe::store
