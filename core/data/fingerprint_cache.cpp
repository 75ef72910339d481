#include "core/data/fingerprint_cache.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <type_traits>

#include "core/base/hash.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;

/// The last digit is the version of the fingerprint's definition, too.
constexpr std::string_view kMagic = "LATHEFP1";

struct Record {
    ContentDigest digest;
    std::uint64_t hash;
    std::array<std::uint8_t, 64> tiny;
    PixelDigest pixels;
    std::array<std::uint8_t, 3> mean;
    std::uint8_t range, small;
    std::array<std::uint8_t, 7> unused;
    std::uint32_t crc;  // of the bytes before it
};
static_assert(sizeof(Record) == 136 && std::is_trivially_copyable_v<Record>);

std::uint32_t checksum(const Record& record) {
    return base::crc32({reinterpret_cast<const char*>(&record), offsetof(Record, crc)});
}

Record toRecord(const FingerprintCache::Entry& e) {
    Record record{e.digest, e.print.hash, e.print.tiny, e.pixels, e.print.mean, e.print.range, e.print.small, {}, 0};
    record.crc = checksum(record);
    return record;
}

FingerprintCache::Entry toEntry(const Record& r) {
    return {r.digest, {r.hash, r.tiny, r.range, r.mean, r.small != 0}, r.pixels};
}

int digitOf(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::optional<ContentDigest> contentDigest(std::string_view hex) {
    ContentDigest digest{};
    if (hex.size() != 2 * digest.size()) return std::nullopt;
    for (std::size_t k = 0; k < digest.size(); ++k) {
        const int high = digitOf(hex[2 * k]), low = digitOf(hex[2 * k + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        digest[k] = std::uint8_t(high << 4 | low);
    }
    return digest;
}

FingerprintCache::FingerprintCache(const fs::path& folder) : m_file(folder / "fingerprints.bin") {
    if (base::makeFolders(folder))
        if (auto lock = base::FileLock::tryLock(folder / "fingerprints.lock")) m_lock.emplace(std::move(*lock));
    read();
}

void FingerprintCache::startAnew() {
    if (m_lock && !base::writeFileAtomically(m_file, kMagic)) m_lock.reset();
}

void FingerprintCache::read() {
    std::ifstream in(m_file, std::ios::binary);
    std::string magic(kMagic.size(), '\0');
    if (!in.read(magic.data(), std::streamsize(magic.size())) || magic != kMagic) return startAnew();
    std::error_code error;
    const std::uintmax_t size = fs::file_size(m_file, error);
    m_entries.reserve(error ? 0 : std::size_t((size - magic.size()) / sizeof(Record)));
    for (Record record; in.read(reinterpret_cast<char*>(&record), sizeof record) && record.crc == checksum(record);)
        m_entries.push_back(toEntry(record));
    const std::uintmax_t good = magic.size() + m_entries.size() * sizeof(Record);
    if (m_lock && good < size) fs::resize_file(m_file, good, error);
    if (error) m_lock.reset();
    std::ranges::stable_sort(m_entries, {}, &Entry::digest);
}

const FingerprintCache::Entry* FingerprintCache::find(const ContentDigest& digest) const {
    const auto end = std::ranges::upper_bound(m_entries, digest, {}, &Entry::digest);
    return end == m_entries.begin() || std::prev(end)->digest != digest ? nullptr : &*std::prev(end);
}

void FingerprintCache::keep(const std::vector<Entry>& entries) {
    if (!m_lock || entries.empty()) return;
    std::vector<Record> records;
    records.reserve(entries.size());
    for (const Entry& entry : entries) records.push_back(toRecord(entry));
    std::ofstream out(m_file, std::ios::binary | std::ios::app);
    out.write(reinterpret_cast<const char*>(records.data()), std::streamsize(records.size() * sizeof(Record)));
    if (!out.flush()) m_lock.reset();
}

void FingerprintCache::forget() {
    std::vector<Entry>().swap(m_entries);
}

}  // namespace lathe::data
