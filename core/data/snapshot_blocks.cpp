#include "core/data/snapshot_blocks.h"

#include <zstd.h>

#include <algorithm>
#include <array>

namespace lathe::data {
namespace {

using base::fail;

constexpr std::array<std::string_view, 4> kSplits{"", "train", "val", "test"};

void putVarint(std::string& out, std::uint64_t v) {
    for (; v >= 128; v >>= 7) out.push_back(char(v | 128));
    out.push_back(char(v));
}

std::uint64_t zigzag(std::int64_t v) {
    return std::uint64_t(v) << 1 ^ std::uint64_t(v >> 63);
}

/// After the first byte too few, everything reads as zero and failed is true.
struct BlockReader {
    std::string_view bytes;
    bool failed = false;

    std::uint64_t varint() {
        std::uint64_t v = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (bytes.empty()) break;
            const auto b = std::uint8_t(bytes.front());
            bytes.remove_prefix(1);
            v |= std::uint64_t(b & 127) << shift;
            if (b < 128) return v;
        }
        failed = true;
        return 0;
    }
    std::int64_t difference() {
        const auto v = varint();
        return std::int64_t(v >> 1) ^ -std::int64_t(v & 1);
    }
};

Error corrupt() {
    return {ErrorCode::Corrupt, "a snapshot's block is damaged; restore the workspace from a copy", {}};
}

}  // namespace

std::string packBlock(std::span<const SnapshotItem> items) {
    std::string raw;
    putVarint(raw, items.size());
    std::int64_t image = 0, document = 0;
    for (const auto& item : items) putVarint(raw, zigzag(item.image.value - image)), image = item.image.value;
    for (const auto& item : items) putVarint(raw, zigzag(item.document - document)), document = item.document;
    for (const auto& item : items) raw.push_back(char(std::find(kSplits.begin(), kSplits.end(), item.split) - kSplits.begin()));
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 3));
    return packed;
}

Result<std::vector<SnapshotItem>> unpackBlock(std::string_view bytes) {
    constexpr unsigned long long kMost = kRowsPerBlock * 32;
    const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size > kMost) return fail(corrupt());
    std::string raw(std::size_t(size), '\0');
    if (ZSTD_decompress(raw.data(), raw.size(), bytes.data(), bytes.size()) != raw.size()) return fail(corrupt());
    BlockReader in{raw};
    const auto count = in.varint();
    if (count > kRowsPerBlock) return fail(corrupt());
    std::vector<SnapshotItem> items{std::size_t(count), SnapshotItem{}};
    std::int64_t image = 0, document = 0;
    for (auto& item : items) item.image = ImageId(image += in.difference());
    for (auto& item : items) item.document = document += in.difference();
    if (in.failed || in.bytes.size() != count) return fail(corrupt());
    for (std::size_t k = 0; k < items.size(); ++k) {
        const auto code = std::uint8_t(in.bytes[k]);
        if (code >= kSplits.size()) return fail(corrupt());
        items[k].split = kSplits[code];
    }
    return items;
}

std::vector<std::string> blockList(soci::session& sql, SnapshotId id) {
    std::string joined;
    const long long key = id.value;
    sql << "SELECT blocks FROM snapshot WHERE id = :i", soci::use(key), soci::into(joined);
    std::vector<std::string> digests;
    for (std::size_t at = 0; at + 64 <= joined.size(); at += 64) digests.push_back(joined.substr(at, 64));
    return digests;
}

Result<std::vector<SnapshotItem>> readBlock(soci::session& sql, const std::string& digest) {
    store::Bytes body(sql);
    sql << "SELECT body FROM snapshot_block WHERE digest = :d", soci::use(digest), soci::into(body.blob());
    if (!sql.got_data()) return fail(corrupt());
    return unpackBlock(body.get());
}

}  // namespace lathe::data
