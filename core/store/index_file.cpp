// The index's file: written whole, mapped, checked.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "core/base/json.h"
#include "core/store/index_columns.h"

namespace lathe::store {
namespace {

constexpr std::uint64_t kMagic = 0x3458444945485441ull;  // "ATHEIDX4"
constexpr std::size_t kAlign = 64;

struct Header {
    std::uint64_t magic, sections, size, checksum;
    std::int64_t journal, images, states, attributes, groups;
};
struct Section {
    std::uint64_t offset, bytes;
};

/// Four lanes of multiply and add over 8-byte words: as fast as memory, and any torn or flipped word shows.
std::uint64_t checksum(const char* data, std::size_t size) {
    std::uint64_t lanes[4] = {1, 2, 3, 4};
    std::size_t at = 0;
    for (; at + 32 <= size; at += 32) {
        std::uint64_t words[4];
        std::memcpy(words, data + at, 32);
        for (int k = 0; k < 4; ++k) lanes[k] = (lanes[k] ^ words[k]) * 0x9E3779B97F4A7C15ull + 0x7F4A7C15ull;
    }
    std::uint64_t sum = size;
    for (; at < size; ++at) sum = (sum ^ std::uint8_t(data[at])) * 0x100000001B3ull;
    for (const auto lane : lanes) sum = (sum ^ lane ^ (lane >> 29)) * 0x9E3779B97F4A7C15ull;
    return sum;
}

std::size_t aligned(std::size_t at) {
    return (at + kAlign - 1) / kAlign * kAlign;
}

template <class T>
std::string_view bytesOf(const std::vector<T>& v) {
    return {reinterpret_cast<const char*>(v.data()), v.size() * sizeof(T)};
}

struct RawSet {
    std::int32_t classId;
    std::string frozen;
};

std::string frozen(const roaring_bitmap_t* set) {
    std::string bytes(roaring_bitmap_frozen_size_in_bytes(set), '\0');
    roaring_bitmap_frozen_serialize(set, bytes.data());
    return bytes;
}

std::vector<RawSet> classSets(const Columns& c) {
    std::map<std::int32_t, roaring_bitmap_t*> sets;
    for (std::uint32_t rank = 0; rank < c.ids.size(); ++rank)
        for (std::uint32_t k = c.objectStarts[rank]; k < c.objectStarts[rank + 1]; ++k) {
            auto*& set = sets[c.objectClasses[k]];
            if (!set) set = roaring_bitmap_create();
            roaring_bitmap_add(set, rank);
        }
    std::vector<RawSet> raw;
    for (auto& [id, set] : sets) {
        roaring_bitmap_run_optimize(set);
        raw.push_back({id, frozen(set)});
        roaring_bitmap_free(set);
    }
    return raw;
}

/// Names and values; the sets are sections of their own.
Json fieldTable(const std::vector<FieldColumn>& fields) {
    Json table = Json::array();
    for (const auto& field : fields) table.push_back({{"of", int(field.of)}, {"name", field.name}, {"values", field.values}});
    return table;
}

std::vector<IndexField> fieldsOf(const Json& table) {
    std::vector<IndexField> fields;
    std::size_t set = 0;
    for (const Json& row : table) {
        fields.push_back({IndexField::Of(row.at("of").get<int>()), row.at("name").get<std::string>(),
                          row.at("values").get<std::vector<std::string>>(), set});
        set += 1 + fields.back().values.size();
    }
    return fields;
}

constexpr std::size_t kArrays = 28;  ///< sections before the sets

/// Hands out the sections in their fixed order.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}
    template <class T>
    void next(std::span<const T>& span) {
        const auto raw = nextRaw();
        span = {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
    }
    std::string_view nextRaw() {
        Section section{};
        std::memcpy(&section, m_bytes.data() + sizeof(Header) + m_index++ * sizeof(Section), sizeof section);
        if (section.offset > m_bytes.size() || section.bytes > m_bytes.size() - section.offset) return {};
        return m_bytes.substr(section.offset, section.bytes);
    }

private:
    std::string_view m_bytes;
    std::size_t m_index = 0;
};

bool sound(std::string_view bytes, Header& header) {
    if (bytes.size() < sizeof(Header)) return false;
    std::memcpy(&header, bytes.data(), sizeof header);
    return header.magic == kMagic && header.size == bytes.size() && header.sections >= kArrays &&
           header.sections < (bytes.size() - sizeof(Header)) / sizeof(Section) &&
           header.checksum == checksum(bytes.data() + sizeof(Header), bytes.size() - sizeof(Header));
}

bool consistent(const ColumnIndex::Impl& x) {
    const std::size_t n = x.ids.size(), objects = x.objectClasses.size();
    return x.nameStarts.size() == n + 1 && x.objectStarts.size() == n + 1 && x.widths.size() == n && x.splits.size() == n &&
           x.objectStarts.back() == objects && x.nameStarts.back() == x.names.size() && x.objectKinds.size() == objects &&
           x.groupCodes.size() == n && !x.groupNameStarts.empty() && x.groupNameStarts.back() == x.groupNames.size();
}

}  // namespace

std::string indexBytes(const Columns& c, const IndexStamp& stamp) {
    const Json lists{{"splits", c.splitNames},         {"states", c.stateNames},    {"authors", c.authorNames},
                     {"fields", fieldTable(c.fields)}, {"all_fields", c.allFields}, {"group_rule", c.groupRule}};
    const std::string tables = lists.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto sets = classSets(c);
    std::vector<std::int32_t> setIds;
    for (const auto& set : sets) setIds.push_back(set.classId);
    std::vector<std::string_view> parts{bytesOf(c.ids),
                                        bytesOf(c.widths),
                                        bytesOf(c.heights),
                                        bytesOf(c.channels),
                                        bytesOf(c.brightness),
                                        bytesOf(c.contrast),
                                        bytesOf(c.sharpness),
                                        bytesOf(c.entropy),
                                        bytesOf(c.colourfulness),
                                        bytesOf(c.added),
                                        bytesOf(c.splits),
                                        bytesOf(c.states),
                                        bytesOf(c.nameRanks),
                                        bytesOf(c.nameStarts),
                                        c.names,
                                        bytesOf(c.objectStarts),
                                        bytesOf(c.objectClasses),
                                        bytesOf(c.objectKinds),
                                        bytesOf(c.objectConfidences),
                                        bytesOf(c.objectAreas),
                                        bytesOf(c.objectAuthors),
                                        bytesOf(c.objectFromModel),
                                        bytesOf(c.groupCodes),
                                        bytesOf(c.groupNameStarts),
                                        c.groupNames,
                                        tables,
                                        bytesOf(setIds),
                                        std::string_view()};
    for (const auto& set : sets) parts.push_back(set.frozen);
    std::vector<std::string> fieldSets;
    for (const auto& field : c.fields)
        for (const auto& set : field.sets) fieldSets.push_back(frozen(set.get()));
    parts.insert(parts.end(), fieldSets.begin(), fieldSets.end());
    std::vector<Section> table;
    std::size_t at = aligned(sizeof(Header) + parts.size() * sizeof(Section));
    for (const auto& part : parts) table.push_back({at, part.size()}), at = aligned(at + part.size());
    std::string out(at, '\0');
    for (std::size_t k = 0; k < parts.size(); ++k)
        if (!parts[k].empty()) std::memcpy(out.data() + table[k].offset, parts[k].data(), parts[k].size());
    std::memcpy(out.data() + sizeof(Header), table.data(), table.size() * sizeof(Section));
    const Header header{
        kMagic,        parts.size(), out.size(),   checksum(out.data() + sizeof(Header), out.size() - sizeof(Header)),
        stamp.journal, stamp.images, stamp.states, stamp.attributes,
        stamp.groups};
    std::memcpy(out.data(), &header, sizeof header);
    return out;
}

std::shared_ptr<const IndexBytes> IndexBytes::map(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return nullptr;
    struct stat info {};
    void* mapped = MAP_FAILED;
    if (::fstat(fd, &info) == 0 && info.st_size > 0)
        // Private and writable: Roaring's frozen view wants no write, but some of its readers take a non-const pointer.
        mapped = ::mmap(nullptr, std::size_t(info.st_size), PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    ::close(fd);
    if (mapped == MAP_FAILED) return nullptr;
    auto bytes = std::make_shared<IndexBytes>();
    bytes->m_mapped = mapped;
    bytes->m_data = static_cast<const char*>(mapped);
    bytes->m_size = std::size_t(info.st_size);
    return bytes;
}

std::shared_ptr<const IndexBytes> IndexBytes::own(std::string source) {
    auto bytes = std::make_shared<IndexBytes>();
    // Frozen bitmaps must lie at multiples of 32, which a string's buffer doesn't promise.
    auto* memory = static_cast<char*>(std::aligned_alloc(kAlign, aligned(source.size())));
    bytes->m_owned = {memory, [](char* p) { std::free(p); }};
    std::copy(source.begin(), source.end(), memory);
    bytes->m_data = memory;
    bytes->m_size = source.size();
    return bytes;
}

IndexBytes::~IndexBytes() {
    if (m_mapped) ::munmap(m_mapped, m_size);
}

std::unique_ptr<ColumnIndex::Impl> ColumnIndex::Impl::parse(std::shared_ptr<const IndexBytes> bytes) {
    Header header{};
    if (!bytes || !sound(bytes->view(), header)) return nullptr;
    auto x = std::make_unique<Impl>();
    x->stamp = {header.journal, header.images, header.states, header.attributes, header.groups};
    Reader in(bytes->view());
    in.next(x->ids), in.next(x->widths), in.next(x->heights), in.next(x->channels), in.next(x->brightness), in.next(x->contrast),
        in.next(x->sharpness), in.next(x->entropy), in.next(x->colourfulness);
    in.next(x->added), in.next(x->splits), in.next(x->states), in.next(x->nameRanks), in.next(x->nameStarts);
    x->names = in.nextRaw();
    in.next(x->objectStarts), in.next(x->objectClasses), in.next(x->objectKinds), in.next(x->objectConfidences),
        in.next(x->objectAreas);
    in.next(x->objectAuthors), in.next(x->objectFromModel), in.next(x->groupCodes), in.next(x->groupNameStarts);
    x->groupNames = in.nextRaw();
    const auto tables = base::parseJson(in.nextRaw());
    std::span<const std::int32_t> setIds;
    in.next(setIds), in.nextRaw();
    if (!tables || !consistent(*x)) return nullptr;
    x->fields = fieldsOf(tables->at("fields"));
    const std::size_t fieldSets = x->fields.empty() ? 0 : x->fields.back().firstSet + 1 + x->fields.back().values.size();
    if (header.sections != kArrays + setIds.size() + fieldSets) return nullptr;
    x->splitNames = tables->at("splits").get<std::vector<std::string>>();
    x->stateNames = tables->at("states").get<std::vector<std::string>>();
    x->authorNames = tables->at("authors").get<std::vector<std::string>>();
    x->allFields = tables->at("all_fields").get<bool>();
    x->groupRule = tables->at("group_rule").get<std::string>();
    const auto nextSet = [&in] {
        const auto raw = in.nextRaw();
        return RoaringSet(roaring_bitmap_frozen_view(raw.data(), raw.size()));
    };
    for (const std::int32_t id : setIds) x->sets.emplace_back(id, nextSet());
    for (std::size_t k = 0; k < fieldSets; ++k) x->fieldSets.push_back(nextSet());
    if (!std::ranges::all_of(x->sets, [](const auto& set) { return set.second != nullptr; }) ||
        !std::ranges::all_of(x->fieldSets, [](const auto& set) { return set != nullptr; }))
        return nullptr;
    x->bytes = std::move(bytes);
    return x;
}

}  // namespace lathe::store
