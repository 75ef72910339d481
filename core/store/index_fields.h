// Fields of the column index while they are gathered: names, values, and the images that hold them. For core/store alone.
#pragma once
#include <map>
#include <unordered_map>

#include "core/store/index_columns.h"

namespace lathe::store {

class FieldTable {
public:
    FieldTable() = default;
    /// As an index has them.
    explicit FieldTable(const ColumnIndex::Impl& index);
    void add(IndexField::Of of, const std::string& name, const std::string& value, std::uint32_t rank);
    /// All values of a JSON object; null and what isn't an object has none.
    void addAll(IndexField::Of of, const Json& object, std::uint32_t rank);
    /// The image has none of them any more.
    void removeAttributes(std::uint32_t rank);
    /// Takes another table's in. Here alone fields beyond IndexField::kMostFields of a kind are left out.
    void merge(FieldTable&& other);
    [[nodiscard]] bool empty() const { return m_fields.empty(); }
    /// Hands the sets over, in the order of the index.
    void moveTo(Columns& columns);

private:
    struct Free {
        void operator()(roaring_bitmap_t* set) const { roaring_bitmap_free(set); }
    };
    using Set = std::unique_ptr<roaring_bitmap_t, Free>;
    struct Field {
        Set has;
        std::unordered_map<std::string, Set> values;
        bool many = false;  ///< more values than are kept
    };
    static Set copyOf(const RoaringSet& set) { return Set(roaring_bitmap_copy(set.get())); }
    static void unite(Set& set, Set&& other);
    static void dropMany(Field& field);
    static FieldColumn columnOf(const std::pair<IndexField::Of, std::string>& key, Field& field);

    std::map<std::pair<IndexField::Of, std::string>, Field> m_fields;
    std::size_t m_kept[2]{};  ///< fields by kind
    bool m_all = true;
};

/// Adds the values of the images' own attributes and of the imported fields. Cancelled when stop is asked for.
[[nodiscard]] Result<> readImageFields(soci::session& sql, const std::vector<std::int64_t>& ids, FieldTable& fields,
                                       std::stop_token stop);
/// The image's own attributes as they are now.
[[nodiscard]] Json attributesOf(soci::session& sql, std::int64_t image);
/// The group of each image by the workspace's rule.
void readGroups(soci::session& sql, Columns& columns);

}  // namespace lathe::store
