#include "core/data/snapshot_draft.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <iterator>
#include <thread>

#include "core/base/hash.h"
#include "core/data/parallel.h"
#include "core/data/snapshot_blocks.h"

namespace lathe::data {
namespace {

/// A line and its first eight bytes as a number of the same order: most comparisons need no more.
struct LineKey {
    std::uint64_t first = 0;
    std::uint32_t line = 0;
};

std::uint64_t firstBytes(std::string_view line) {
    std::uint64_t value = 0;
    std::memcpy(&value, line.data(), std::min(sizeof value, line.size()));
    return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

std::vector<LineKey> inOwnOrder(const ContentLines& content) {
    std::vector<LineKey> keys(content.size());
    for (std::size_t k = 0; k < keys.size(); ++k) keys[k] = {firstBytes(content[k]), std::uint32_t(k)};
    std::ranges::sort(keys, [&](const LineKey& a, const LineKey& b) {
        return a.first != b.first ? a.first < b.first : content[a.line] < content[b.line];
    });
    return keys;
}

void addNumber(std::string& text, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), std::size_t(end - digits.data()));
}

std::string blockDigest(const SnapshotDraft& draft, std::size_t first, std::size_t last) {
    std::string text;
    for (std::size_t k = first; k < last; ++k) {
        addNumber(text, draft.items[k].image.value);
        text.append(1, ' ').append(draft.content[k]);
    }
    return base::sha256(text);
}

/// Ids from `first` on up to before `last`, about `images` of them.
struct IdRange {
    long long first = 0, last = 0;
    std::size_t images = 0;
};

/// Equal parts of the ids, so that all cores read.
Result<std::vector<IdRange>> rangesOf(const store::Workspace& workspace) {
    constexpr long long kWorthwhile = 50000;
    long long end = 0, count = 0;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        end = store::oneNumber(sql, "SELECT max(id) FROM image") + 1, count = store::oneNumber(sql, "SELECT count(*) FROM image");
        return {};
    }));
    const auto cores = std::clamp<long long>(std::thread::hardware_concurrency(), 1, 8);
    const long long parts = std::clamp(count / kWorthwhile, 1ll, cores);
    std::vector<IdRange> ranges;  // the first gets room for all: the others are put behind it
    for (long long k = 0; k < parts; ++k)
        ranges.push_back({end * k / parts, end * (k + 1) / parts, std::size_t(k == 0 ? count : count / parts + 1)});
    return ranges;
}

bool isWanted(const std::vector<ImageId>& only, std::size_t& next, ImageId id) {
    while (next < only.size() && only[next] < id) ++next;
    return next < only.size() && only[next] == id;
}

SnapshotDraft readRange(soci::session& sql, const IdRange& range, const std::optional<std::vector<ImageId>>& only) {
    SnapshotDraft draft;
    draft.items.reserve(range.images), draft.content.reserve(range.images);
    long long id = 0, document = 0, objects = 0;
    std::string image, split, annotations;
    soci::indicator has = soci::i_null, hasObjects = soci::i_null;
    soci::statement rows =
        (sql.prepare << "SELECT i.id, CASE WHEN i.digest = '' THEN 'missing ' || i.name ELSE i.digest END, i.split, i.doc_id, "
                        "d.digest, d.objects FROM image i LEFT JOIN annotation_doc d ON d.id = i.doc_id "
                        "WHERE i.id >= :a AND i.id < :b ORDER BY i.id",
         soci::use(range.first), soci::use(range.last), soci::into(id), soci::into(image), soci::into(split), soci::into(document),
         soci::into(annotations, has), soci::into(objects, hasObjects));
    std::size_t next = 0;
    for (rows.execute(); rows.fetch();) {
        if (only && !isWanted(*only, next, ImageId(id))) continue;
        // An image whose annotations were all deleted is as one that never had any.
        const bool labelled = has == soci::i_ok && objects > 0;
        draft.items.push_back({ImageId(id), split, labelled ? document : 0});
        draft.content.add(image, labelled ? std::string_view(annotations) : "-", split);
        ++draft.splits[split.empty() ? "none" : split];
        draft.annotations += labelled ? objects : 0;
    }
    return draft;
}

SnapshotDraft joined(std::vector<SnapshotDraft> parts) {
    SnapshotDraft whole = std::move(parts.front());
    for (std::size_t k = 1; k < parts.size(); ++k) {
        SnapshotDraft part = std::move(parts[k]);
        std::ranges::move(part.items, std::back_inserter(whole.items));
        whole.content.add(part.content);
        for (const auto& [split, count] : part.splits) whole.splits[split] += count;
        whole.annotations += part.annotations;
    }
    return whole;
}

}  // namespace

void ContentLines::reserve(std::size_t lines) {
    constexpr std::size_t kLineLength = 64 + 1 + 64 + 1 + 5 + 1;  // two digests and "train"
    m_text.reserve(lines * kLineLength), m_ends.reserve(lines);
}

void ContentLines::add(std::string_view image, std::string_view annotations, std::string_view split) {
    m_text.append(image).append(1, ' ').append(annotations).append(1, ' ').append(split).append(1, '\n');
    m_ends.push_back(m_text.size());
}

void ContentLines::add(const ContentLines& more) {
    const std::size_t before = m_text.size();
    m_text.append(more.m_text);
    for (const std::size_t end : more.m_ends) m_ends.push_back(before + end);
}

Result<SnapshotDraft> readDraft(const store::Workspace& workspace, const std::optional<std::vector<ImageId>>& only) {
    LATHE_TRY(const auto ranges, rangesOf(workspace));
    std::vector<SnapshotDraft> parts(ranges.size());
    std::vector<Result<>> done(ranges.size());
    parallelFor(ranges.size(), [&](std::size_t k) {
        done[k] = workspace.read([&](soci::session& sql) -> Result<> {
            parts[k] = readRange(sql, ranges[k], only);
            return {};
        });
    });
    for (const auto& one : done)
        if (!one) return base::fail(one.error());
    return joined(std::move(parts));
}

std::string portableDigest(const ContentLines& content, const Json& classes) {
    constexpr std::size_t kPiece = 1 << 16;
    base::Sha256 sha;
    sha.add("lathe-snapshot 1\n");
    sha.add(classes.dump());
    std::string piece;
    for (const LineKey& key : inOwnOrder(content)) {
        piece.append(content[key.line]);
        if (piece.size() >= kPiece) sha.add(piece), piece.clear();
    }
    sha.add(piece);
    return sha.hex();
}

std::string storeBlocks(soci::session& sql, const SnapshotDraft& draft) {
    std::string list, digest;
    store::Bytes body(sql);
    soci::statement insert =
        (sql.prepare << "INSERT INTO snapshot_block (digest, body) VALUES (:d, :b) ON CONFLICT (digest) DO NOTHING",
         soci::use(digest), soci::use(body.blob()));
    for (std::size_t first = 0; first < draft.items.size(); first += kRowsPerBlock) {
        const std::size_t last = std::min(first + kRowsPerBlock, draft.items.size());
        digest = blockDigest(draft, first, last);
        body.set(packBlock(std::span(draft.items).subspan(first, last - first)));
        insert.execute(true);
        list += digest;
    }
    return list;
}

}  // namespace lathe::data
