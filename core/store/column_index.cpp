#include "core/store/column_index.h"

#include <algorithm>
#include <bit>

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/store/impl.h"
#include "core/store/index_columns.h"

namespace lathe::store {
namespace {

namespace fs = std::filesystem;

fs::path cacheFile(const Workspace& workspace) {
    return workspace.layout().cache() / "columns.idx";
}

/// A cache that can't be written costs time at the next opening and nothing else.
void keep(const fs::path& file, std::string_view bytes) {
    if (const auto written = base::writeFileAtomically(file, bytes); !written)
        log::warn("the column index was not kept: " + written.error().text());
}

}  // namespace

ColumnIndex::ColumnIndex(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ColumnIndex::~ColumnIndex() = default;

Result<std::shared_ptr<const ColumnIndex>> ColumnIndex::load(const Workspace& workspace, std::stop_token stop) {
    const std::lock_guard guard(workspace.impl().indexMutex);
    auto& last = workspace.impl().index;
    Revision revision;
    LATHE_TRY(auto stamp, stampOf(workspace, revision));
    if (last && last->impl().stamp == stamp) return last;
    const auto file = cacheFile(workspace);
    if (!last)
        if (auto mapped = Impl::parse(IndexBytes::map(file))) {
            mapped->revision = revision;
            last.reset(new ColumnIndex(std::move(mapped)));
            if (last->impl().stamp == stamp) return last;
        }
    std::optional<Columns> columns;
    if (last) {
        LATHE_TRY(columns, patchColumns(workspace, *last, last->impl().stamp, stamp, revision));
    }
    const bool patched = columns.has_value();
    if (!patched) {
        LATHE_TRY(columns, readColumns(workspace, stamp, revision, stop));
        if (stop.stop_requested()) return base::fail(ErrorCode::Cancelled, "stopped");
    }
    std::string bytes = indexBytes(*columns, stamp);
    columns.reset();
    if (!patched) keep(file, bytes);
    auto impl = Impl::parse(IndexBytes::own(std::move(bytes)));
    if (!impl) return base::fail(ErrorCode::Internal, "the column index can't be read back", file.string());
    impl->revision = revision;
    last.reset(new ColumnIndex(std::move(impl)));
    return last;
}

std::size_t ColumnIndex::imageCount() const {
    return m_impl->ids.size();
}
Revision ColumnIndex::revision() const {
    return m_impl->revision;
}
std::span<const std::int64_t> ColumnIndex::imageIds() const {
    return m_impl->ids;
}
std::span<const std::int32_t> ColumnIndex::widths() const {
    return m_impl->widths;
}
std::span<const std::int32_t> ColumnIndex::heights() const {
    return m_impl->heights;
}
std::span<const std::int32_t> ColumnIndex::channels() const {
    return m_impl->channels;
}
std::span<const float> ColumnIndex::brightness() const {
    return m_impl->brightness;
}
std::span<const float> ColumnIndex::contrast() const {
    return m_impl->contrast;
}
std::span<const float> ColumnIndex::sharpness() const {
    return m_impl->sharpness;
}
std::span<const float> ColumnIndex::entropy() const {
    return m_impl->entropy;
}
std::span<const float> ColumnIndex::colourfulness() const {
    return m_impl->colourfulness;
}
std::span<const float> ColumnIndex::objectAreas() const {
    return m_impl->objectAreas;
}
std::span<const double> ColumnIndex::added() const {
    return m_impl->added;
}
std::span<const std::uint8_t> ColumnIndex::splitCodes() const {
    return m_impl->splits;
}
const std::vector<std::string>& ColumnIndex::splitNames() const {
    return m_impl->splitNames;
}
std::span<const std::uint8_t> ColumnIndex::stateCodes() const {
    return m_impl->states;
}
const std::vector<std::string>& ColumnIndex::stateNames() const {
    return m_impl->stateNames;
}
std::span<const std::uint32_t> ColumnIndex::nameRanks() const {
    return m_impl->nameRanks;
}
std::span<const std::uint32_t> ColumnIndex::objectStart() const {
    return m_impl->objectStarts;
}
std::span<const std::int32_t> ColumnIndex::objectClasses() const {
    return m_impl->objectClasses;
}
std::span<const std::uint8_t> ColumnIndex::objectKinds() const {
    return m_impl->objectKinds;
}
std::span<const float> ColumnIndex::objectConfidences() const {
    return m_impl->objectConfidences;
}
std::span<const std::uint32_t> ColumnIndex::objectAuthors() const {
    return m_impl->objectAuthors;
}
const std::vector<std::string>& ColumnIndex::authorNames() const {
    return m_impl->authorNames;
}
std::span<const std::uint8_t> ColumnIndex::objectFromModel() const {
    return m_impl->objectFromModel;
}

std::string_view ColumnIndex::name(std::size_t rank) const {
    const auto from = m_impl->nameStarts[rank], to = m_impl->nameStarts[rank + 1];
    return m_impl->names.substr(from, to - from);
}

std::vector<std::uint32_t> ColumnIndex::ranksWithClass(ClassId id) const {
    const auto at = std::find_if(m_impl->sets.begin(), m_impl->sets.end(), [&](const auto& set) { return set.first == id.value; });
    if (at == m_impl->sets.end()) return {};
    std::vector<std::uint32_t> ranks(roaring_bitmap_get_cardinality(at->second.get()));
    roaring_bitmap_to_uint32_array(at->second.get(), ranks.data());
    return ranks;
}

std::int64_t ColumnIndex::rankOf(ImageId id) const {
    const auto at = std::lower_bound(m_impl->ids.begin(), m_impl->ids.end(), id.value);
    return at != m_impl->ids.end() && *at == id.value ? at - m_impl->ids.begin() : -1;
}

const std::vector<IndexField>& ColumnIndex::fields() const {
    return m_impl->fields;
}

const IndexField* ColumnIndex::field(IndexField::Of of, std::string_view name) const {
    const auto at = std::ranges::find_if(m_impl->fields, [&](const auto& field) { return field.of == of && field.name == name; });
    return at == m_impl->fields.end() ? nullptr : &*at;
}

bool ColumnIndex::hasAllFields() const {
    return m_impl->allFields;
}

std::int64_t ColumnIndex::setSize(std::size_t set) const {
    return std::int64_t(roaring_bitmap_get_cardinality(m_impl->fieldSets[set].get()));
}

std::vector<std::int64_t> ColumnIndex::setSizes(std::span<const std::uint64_t> bits) const {
    std::vector<std::int64_t> sizes(m_impl->fieldSets.size());
    if (sizes.empty()) return sizes;
    std::vector<std::uint32_t> ranks;
    ranks.reserve(imageCount());
    for (std::size_t word = 0; word < bits.size(); ++word)
        for (auto left = bits[word]; left; left &= left - 1)
            ranks.push_back(std::uint32_t(word * 64) + std::uint32_t(std::countr_zero(left)));
    const bool all = ranks.size() == imageCount();
    const RoaringSet among(all ? roaring_bitmap_create() : roaring_bitmap_of_ptr(ranks.size(), ranks.data()));
    for (std::size_t set = 0; set < sizes.size(); ++set)
        sizes[set] = all ? setSize(set) : std::int64_t(roaring_bitmap_and_cardinality(m_impl->fieldSets[set].get(), among.get()));
    return sizes;
}

void ColumnIndex::addSet(std::size_t set, std::span<std::uint64_t> bits) const {
    roaring_iterate(
        m_impl->fieldSets[set].get(),
        [](std::uint32_t rank, void* words) {
            static_cast<std::uint64_t*>(words)[rank / 64] |= 1ull << (rank % 64);
            return true;
        },
        bits.data());
}

std::span<const std::uint32_t> ColumnIndex::groupCodes() const {
    return m_impl->groupCodes;
}

std::uint32_t ColumnIndex::groupCount() const {
    return std::uint32_t(m_impl->groupNameStarts.size() - 1);
}

std::string_view ColumnIndex::groupName(std::uint32_t code) const {
    const auto from = m_impl->groupNameStarts[code - 1], to = m_impl->groupNameStarts[code];
    return m_impl->groupNames.substr(from, to - from);
}

const std::string& ColumnIndex::groupRule() const {
    return m_impl->groupRule;
}

}  // namespace lathe::store
