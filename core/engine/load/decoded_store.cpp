#include "core/engine/load/decoded_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cstring>

#include "core/base/hash.h"

namespace lathe::engine::load {
namespace {

constexpr std::size_t kDigest = 64, kRecord = 80;

std::string geometryName(const runs::Preprocessing& p) {
    return fmt::format("{}x{}x{}-{}-{}", p.width, p.height, p.channels, p.resize, p.interpolation);
}

/// The cache never takes more than half of what is free.
bool fits(const std::filesystem::path& folder, std::size_t bytes) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    return !error && bytes < space.available / 2;
}

std::string_view view(const std::uint8_t* data, std::size_t bytes) {
    return {reinterpret_cast<const char*>(data), bytes};
}

}  // namespace

struct DecodedStore::State {
    struct Place {
        std::uint64_t slot;
        std::uint32_t crc;
    };
    std::optional<base::FileLock> lock;
    int data = -1, index = -1;
    std::size_t pictureBytes = 0, mappedBytes = 0;
    std::uint8_t* mapped = nullptr;
    std::uint64_t slots = 0, capacity = 0;
    std::unordered_map<std::string, Place> places;
    std::mutex mutex;

    ~State() {
        if (mapped) ::munmap(mapped, mappedBytes);
        if (data >= 0) ::close(data);
        if (index >= 0) ::close(index);
    }
    bool readIndex();
    bool map(std::size_t expected);
};

/// A torn or damaged record ends the index; what stands behind it is decoded again.
bool DecodedStore::State::readIndex() {
    struct stat info {};
    if (::fstat(index, &info) != 0) return false;
    std::string bytes(std::size_t(info.st_size), '\0');
    if (::pread(index, bytes.data(), bytes.size(), 0) != ssize_t(bytes.size())) return false;
    std::size_t at = 0;
    for (; at + kRecord <= bytes.size(); at += kRecord) {
        const std::string_view record(bytes.data() + at, kRecord);
        std::uint32_t crc = 0;
        Place place{};
        std::memcpy(&place.slot, record.data() + kDigest, 8);
        std::memcpy(&place.crc, record.data() + kDigest + 8, 4);
        std::memcpy(&crc, record.data() + kDigest + 12, 4);
        if (crc != base::crc32(record.substr(0, kRecord - 4)) || place.slot != slots) break;
        places[std::string(record.substr(0, kDigest))] = place;
        ++slots;
    }
    return ::ftruncate(index, off_t(at)) == 0 && ::lseek(index, 0, SEEK_END) >= 0;
}

bool DecodedStore::State::map(std::size_t expected) {
    capacity = slots + expected;
    mappedBytes = std::size_t(capacity) * pictureBytes;
    if (mappedBytes == 0 || ::posix_fallocate(data, 0, off_t(mappedBytes)) != 0) return false;
    void* address = ::mmap(nullptr, mappedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, data, 0);
    if (address == MAP_FAILED) return false;
    mapped = static_cast<std::uint8_t*>(address);
    return true;
}

DecodedStore::DecodedStore(std::unique_ptr<State> state) : m_state(std::move(state)) {}

/// Places that were reserved and not used are given back.
DecodedStore::~DecodedStore() {
    if (::ftruncate(m_state->data, off_t(m_state->slots * m_state->pictureBytes)) != 0) return;
}

std::unique_ptr<DecodedStore> DecodedStore::open(const std::filesystem::path& folder, const runs::Preprocessing& preprocessing,
                                                 std::size_t pictureBytes, const std::vector<std::string>& digests) {
    if (!base::makeFolders(folder)) return nullptr;
    const std::string name = geometryName(preprocessing);
    auto lock = base::FileLock::tryLock(folder / (name + ".lock"));
    if (!lock) return nullptr;
    auto state = std::make_unique<State>();
    state->lock = std::move(*lock);
    state->pictureBytes = pictureBytes;
    state->data = ::open((folder / (name + ".bin")).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    state->index = ::open((folder / (name + ".idx")).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (state->data < 0 || state->index < 0 || !state->readIndex()) return nullptr;
    const auto missing =
        std::count_if(digests.begin(), digests.end(), [&](const std::string& d) { return !state->places.contains(d); });
    if (!fits(folder, std::size_t(missing) * pictureBytes) || !state->map(std::size_t(missing))) return nullptr;
    return std::unique_ptr<DecodedStore>(new DecodedStore(std::move(state)));
}

bool DecodedStore::read(const std::string& digest, std::uint8_t* out) {
    State::Place place{};
    {
        const std::lock_guard lock(m_state->mutex);
        const auto found = m_state->places.find(digest);
        if (found == m_state->places.end()) return false;
        place = found->second;
    }
    const std::uint8_t* picture = m_state->mapped + place.slot * m_state->pictureBytes;
    if (base::crc32(view(picture, m_state->pictureBytes)) != place.crc) return false;
    std::memcpy(out, picture, m_state->pictureBytes);
    return true;
}

void DecodedStore::write(const std::string& digest, const std::uint8_t* picture) {
    if (digest.size() != kDigest) return;
    const std::uint32_t crc = base::crc32(view(picture, m_state->pictureBytes));
    const std::lock_guard lock(m_state->mutex);
    if (const auto known = m_state->places.find(digest); known != m_state->places.end()) {
        // Damaged on disk: the same picture takes its old place.
        if (known->second.crc == crc)
            std::memcpy(m_state->mapped + known->second.slot * m_state->pictureBytes, picture, m_state->pictureBytes);
        return;
    }
    if (m_state->slots >= m_state->capacity) return;
    const State::Place place{m_state->slots, crc};
    std::memcpy(m_state->mapped + place.slot * m_state->pictureBytes, picture, m_state->pictureBytes);
    std::string record = digest;
    record.append(reinterpret_cast<const char*>(&place.slot), 8).append(reinterpret_cast<const char*>(&place.crc), 4);
    const std::uint32_t own = base::crc32(record);
    record.append(reinterpret_cast<const char*>(&own), 4);
    if (::write(m_state->index, record.data(), record.size()) != ssize_t(record.size())) return;
    ++m_state->slots;
    m_state->places[digest] = place;
}

}  // namespace lathe::engine::load
