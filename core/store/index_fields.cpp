#include "core/store/index_fields.h"

#include <algorithm>

#include "core/store/field_values.h"
#include "core/store/in_order.h"
#include "core/store/sql.h"

namespace lathe::store {
namespace {

using base::fail;
using Of = IndexField::Of;

struct Body {
    std::uint32_t rank;
    std::string text;
};

FieldTable tableOf(Of of, const std::vector<Body>& bodies) {
    FieldTable table;
    for (const auto& body : bodies) table.addAll(of, Json::parse(body.text, nullptr, false), body.rank);
    return table;
}

/// Rows in the order of the images; of those of one image the last holds.
Result<> readBodies(soci::session& sql, const char* query, Of of, const std::vector<std::int64_t>& ids, FieldTable& fields,
                    const std::stop_token& stop) {
    constexpr std::size_t kBatch = 4096;
    InOrder<FieldTable> batches([&](FieldTable&& table) { fields.merge(std::move(table)); });
    std::vector<Body> bodies;
    long long id = 0;
    std::string text;
    soci::statement rows = (sql.prepare << query, soci::into(id), soci::into(text));
    for (rows.execute(); rows.fetch();) {
        const auto at = std::lower_bound(ids.begin(), ids.end(), id);
        if (at == ids.end() || *at != id) continue;
        const auto rank = std::uint32_t(at - ids.begin());
        if (!bodies.empty() && bodies.back().rank == rank) {
            bodies.back().text = text;
            continue;
        }
        if (bodies.size() == kBatch) batches.send([of, batch = std::exchange(bodies, {})] { return tableOf(of, batch); });
        bodies.push_back({rank, text});
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped");
    }
    if (!bodies.empty()) batches.send([of, batch = std::move(bodies)] { return tableOf(of, batch); });
    batches.finish();
    return {};
}

}  // namespace

FieldTable::FieldTable(const ColumnIndex::Impl& index) : m_all(index.allFields) {
    for (const IndexField& field : index.fields) {
        Field& mine = m_fields[{field.of, field.name}];
        mine.has = copyOf(index.fieldSets[field.firstSet]);
        for (std::size_t k = 0; k < field.values.size(); ++k)
            mine.values[field.values[k]] = copyOf(index.fieldSets[field.firstSet + 1 + k]);
        mine.many = field.values.empty();
        ++m_kept[std::size_t(field.of)];
    }
}

void FieldTable::dropMany(Field& field) {
    if (field.values.size() > IndexField::kMostValues) field.many = true;
    if (field.many) field.values.clear();
}

void FieldTable::add(IndexField::Of of, const std::string& name, const std::string& value, std::uint32_t rank) {
    Field& field = m_fields[{of, name}];
    if (!field.has) field.has.reset(roaring_bitmap_create());
    roaring_bitmap_add(field.has.get(), rank);
    field.many = field.many || value.size() > IndexField::kLongestValue;
    if (!field.many) {
        Set& set = field.values[value];
        if (!set) set.reset(roaring_bitmap_create());
        roaring_bitmap_add(set.get(), rank);
    }
    dropMany(field);
}

void FieldTable::addAll(IndexField::Of of, const Json& object, std::uint32_t rank) {
    eachFieldValue(object, [&](const std::string& name, const std::string& text) { add(of, name, text, rank); });
}

void FieldTable::removeAttributes(std::uint32_t rank) {
    for (auto& [key, field] : m_fields) {
        if (key.first != Of::Attribute || !roaring_bitmap_contains(field.has.get(), rank)) continue;
        roaring_bitmap_remove(field.has.get(), rank);
        for (auto& [value, set] : field.values) roaring_bitmap_remove(set.get(), rank);
    }
}

void FieldTable::unite(Set& set, Set&& other) {
    if (set)
        roaring_bitmap_or_inplace(set.get(), other.get());
    else
        set = std::move(other);
}

void FieldTable::merge(FieldTable&& other) {
    for (auto& [key, theirs] : other.m_fields) {
        const bool fresh = !m_fields.contains(key);
        auto& kept = m_kept[std::size_t(key.first)];
        if (fresh && kept >= IndexField::kMostFields) {
            m_all = false;
            continue;
        }
        kept += fresh;
        Field& field = m_fields[key];
        unite(field.has, std::move(theirs.has));
        field.many = field.many || theirs.many;
        for (auto& [value, set] : theirs.values) unite(field.values[value], std::move(set));
        dropMany(field);
    }
    other.m_fields.clear();
}

FieldColumn FieldTable::columnOf(const std::pair<IndexField::Of, std::string>& key, Field& field) {
    FieldColumn column{key.first, key.second, {}, {}};
    for (const auto& [value, set] : field.values)
        if (!roaring_bitmap_is_empty(set.get())) column.values.push_back(value);
    std::ranges::sort(column.values);
    const auto give = [&column](Set&& set) {
        roaring_bitmap_run_optimize(set.get());
        column.sets.emplace_back(set.release());
    };
    give(std::move(field.has));
    for (const auto& value : column.values) give(std::move(field.values[value]));
    return column;
}

void FieldTable::moveTo(Columns& columns) {
    columns.allFields = m_all;
    for (auto& [key, field] : m_fields)
        if (!roaring_bitmap_is_empty(field.has.get())) columns.fields.push_back(columnOf(key, field));
    m_fields.clear();
}

Result<> readImageFields(soci::session& sql, const std::vector<std::int64_t>& ids, FieldTable& fields, std::stop_token stop) {
    LATHE_CHECK(
        readBodies(sql, "SELECT image_id, body FROM image_attribute ORDER BY image_id, seq", Of::Attribute, ids, fields, stop));
    return readBodies(sql, "SELECT image_id, body FROM image_extra ORDER BY image_id", Of::Meta, ids, fields, stop);
}

Json attributesOf(soci::session& sql, std::int64_t image) {
    const long long id = image;
    std::string body;
    sql << "SELECT body FROM image_attribute WHERE image_id = :i ORDER BY seq DESC LIMIT 1", soci::use(id), soci::into(body);
    return sql.got_data() ? Json::parse(body, nullptr, false) : Json();
}

}  // namespace lathe::store
