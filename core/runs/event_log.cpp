// Payload of an 'M' frame after the kind byte, repeated to its end: u16 name length, name, u32 count, then per point i64 step,
// f64 epoch, f64 time, f64 value.
#include "core/runs/event_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/time.h"

namespace lathe::runs {

static_assert(std::endian::native == std::endian::little, "frames are little-endian");

namespace {

constexpr std::size_t kHeader = 8;
constexpr std::uint32_t kMaxPayload = 64u << 20;
constexpr std::size_t kFlushBytes = 64 << 10;
constexpr std::size_t kPointBytes = 32;

template <class T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
T get(const char* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

std::string frameOf(std::string_view payload) {
    std::string frame;
    frame.reserve(kHeader + payload.size());
    put(frame, std::uint32_t(payload.size()));
    put(frame, base::crc32(payload));
    frame.append(payload);
    return frame;
}

enum class Look { Whole, Incomplete, Bad };

/// What stands at the start of `bytes`.
Look lookAtFrame(std::string_view bytes) {
    if (bytes.size() < kHeader) return Look::Incomplete;
    const auto length = get<std::uint32_t>(bytes.data());
    if (length == 0 || length > kMaxPayload) return Look::Bad;
    if (bytes.size() < kHeader + length) return Look::Incomplete;
    return base::crc32(bytes.substr(kHeader, length)) == get<std::uint32_t>(bytes.data() + 4) ? Look::Whole : Look::Bad;
}

/// A bad frame is a torn tail when nothing that was ever written follows it: it ends the file, or all is zeros (lost blocks).
bool isTornTail(std::string_view bytes) {
    const auto length = get<std::uint32_t>(bytes.data());
    if (length != 0 && length <= kMaxPayload && bytes.size() <= kHeader + length) return true;
    return bytes.find_first_not_of('\0') == std::string_view::npos;
}

Error corruptAt(const std::filesystem::path& file, std::uint64_t offset) {
    return {ErrorCode::Corrupt, fmt::format("the event log has a damaged frame at byte {}; what comes before it is whole", offset),
            file.string()};
}

/// Length of the valid part of a log.
Result<std::uint64_t> validLength(const std::filesystem::path& file, std::string_view bytes) {
    std::uint64_t at = 0;
    while (at < bytes.size()) {
        const std::string_view rest = bytes.substr(at);
        const Look look = lookAtFrame(rest);
        if (look == Look::Incomplete) break;
        if (look == Look::Bad) {
            if (isTornTail(rest)) break;
            return fail(corruptAt(file, at));
        }
        at += kHeader + get<std::uint32_t>(rest.data());
    }
    return at;
}

bool writeWhole(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(std::size_t(n));
    }
    return true;
}

/// Hands the series of an 'M' payload on; false when the payload contradicts itself.
bool deliverMetrics(std::string_view payload, const EventReader::OnMetrics& onMetrics, std::int64_t& points) {
    std::size_t at = 1;
    while (at < payload.size()) {
        if (payload.size() - at < 2) return false;
        const std::size_t nameLength = get<std::uint16_t>(payload.data() + at);
        if (payload.size() - at < 2 + nameLength + 4) return false;
        const std::string_view name = payload.substr(at + 2, nameLength);
        at += 2 + nameLength;
        const std::size_t count = get<std::uint32_t>(payload.data() + at);
        at += 4;
        if ((payload.size() - at) / kPointBytes < count) return false;
        std::vector<MetricPoint> series(count);
        for (MetricPoint& p : series) {
            p = {get<std::int64_t>(payload.data() + at), get<double>(payload.data() + at + 8),
                 get<double>(payload.data() + at + 16), get<double>(payload.data() + at + 24)};
            at += kPointBytes;
        }
        points += std::int64_t(count);
        if (onMetrics) onMetrics(name, series);
    }
    return true;
}

bool deliverEvent(std::string_view payload, const EventReader::OnEvent& onEvent) {
    const Json json = Json::parse(payload.substr(1), nullptr, false);
    if (json.is_discarded()) return false;
    if (onEvent) onEvent(json);
    return true;
}

}  // namespace

struct EventWriter::State {
    std::filesystem::path file;
    int fd = -1;
    std::uint64_t offset = 0;
    std::map<std::string, std::vector<MetricPoint>, std::less<>> waiting;
    std::size_t waitingBytes = 0;

    ~State() {
        if (fd >= 0) ::close(fd);
    }
    Result<> append(const std::string& frame) {
        if (!writeWhole(fd, frame)) {
            const int number = errno;
            if (::ftruncate(fd, off_t(offset)) != 0)
                return fail(base::errnoError(number, "could not be written or cut back", file));
            return fail(base::errnoError(number, "could not be written", file));
        }
        offset += frame.size();
        return {};
    }
};

EventWriter::EventWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
EventWriter::EventWriter(EventWriter&&) noexcept = default;
EventWriter::~EventWriter() {
    if (m_state) (void)flush();
}

Result<EventWriter> EventWriter::open(const std::filesystem::path& file) {
    auto state = std::make_unique<State>();
    state->file = file;
    state->fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (state->fd < 0) return fail(base::errnoError(errno, "the event log can't be opened", file));
    LATHE_TRY(const std::string bytes, base::readFile(file));
    LATHE_TRY(state->offset, validLength(file, bytes));
    if (state->offset < bytes.size() && ::ftruncate(state->fd, off_t(state->offset)) != 0)
        return fail(base::errnoError(errno, "the torn end of the event log can't be cut off", file));
    return EventWriter(std::move(state));
}

void EventWriter::metric(std::string_view series, const MetricPoint& point) {
    auto at = m_state->waiting.find(series);
    if (at == m_state->waiting.end()) at = m_state->waiting.emplace(std::string(series), std::vector<MetricPoint>()).first;
    at->second.push_back(point);
    m_state->waitingBytes += kPointBytes;
    if (m_state->waitingBytes >= kFlushBytes) (void)flush();
}

Result<> EventWriter::flush() {
    if (m_state->waitingBytes == 0) return {};
    std::string payload = "M";
    for (auto& [name, points] : m_state->waiting) {
        if (points.empty()) continue;
        put(payload, std::uint16_t(name.size()));
        payload += name;
        put(payload, std::uint32_t(points.size()));
        for (const MetricPoint& p : points) {
            put(payload, p.step);
            put(payload, p.epoch);
            put(payload, p.time);
            put(payload, p.value);
        }
        points.clear();
    }
    m_state->waitingBytes = 0;
    return m_state->append(frameOf(payload));
}

Result<> EventWriter::event(const Json& json) {
    LATHE_CHECK(flush());
    Json stamped = json;
    if (!stamped.contains("time")) stamped["time"] = base::now();
    std::string payload(1, 'J');
    payload += stamped.dump(-1, ' ', false, Json::error_handler_t::replace);
    LATHE_CHECK(m_state->append(frameOf(payload)));
    const std::string kind = stamped.value("kind", "");
    if ((kind == "state" || kind == "checkpoint") && ::fdatasync(m_state->fd) != 0)
        return fail(base::errnoError(errno, "could not be made durable", m_state->file));
    return {};
}

Result<> EventWriter::truncate(std::uint64_t offset) {
    m_state->waiting.clear();
    m_state->waitingBytes = 0;
    if (offset > m_state->offset)
        return fail(ErrorCode::Corrupt,
                    fmt::format("the event log ends at byte {}, before byte {} that the checkpoint names", m_state->offset, offset),
                    m_state->file.string());
    if (::ftruncate(m_state->fd, off_t(offset)) != 0) return fail(base::errnoError(errno, "could not be cut back", m_state->file));
    m_state->offset = offset;
    return {};
}

std::uint64_t EventWriter::offset() const {
    return m_state->offset;
}

EventReader::EventReader(std::filesystem::path file) : m_file(std::move(file)) {}

bool EventReader::wasCutBack(int fd, std::uint64_t size) const {
    if (m_offset == 0) return false;
    if (size < m_offset) return true;
    std::uint64_t header = 0;  // a log that was cut and has grown again shows another frame where the last one stood
    return ::pread(fd, &header, sizeof header, off_t(m_lastFrame)) != ssize_t(sizeof header) || header != m_lastHeader;
}

Result<> EventReader::deliver(std::string_view bytes, const OnMetrics& onMetrics, const OnEvent& onEvent, Delivered& delivered) {
    const std::string_view payload = bytes.substr(kHeader, get<std::uint32_t>(bytes.data()));
    const bool good = payload[0] == 'M' ? deliverMetrics(payload, onMetrics, delivered.points)
                                        : payload[0] != 'J' || (++delivered.events, deliverEvent(payload, onEvent));
    if (!good) return fail(corruptAt(m_file, m_offset));
    m_lastFrame = m_offset;
    m_lastHeader = get<std::uint64_t>(bytes.data());
    m_offset += kHeader + payload.size();
    return {};
}

Result<EventReader::Delivered> EventReader::poll(const OnMetrics& onMetrics, const OnEvent& onEvent) {
    Delivered delivered;
    const int fd = ::open(m_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return delivered;
    if (fd < 0) return fail(base::errnoError(errno, "the event log can't be opened", m_file));
    const std::shared_ptr<void> closer(nullptr, [fd](void*) { ::close(fd); });
    struct stat status {};
    if (::fstat(fd, &status) != 0) return fail(base::errnoError(errno, "the event log can't be read", m_file));
    const auto size = std::uint64_t(status.st_size);
    if (wasCutBack(fd, size)) {
        m_offset = 0;
        delivered.restarted = true;
    }
    std::string bytes;
    std::size_t wanted = 4 << 20;
    while (m_offset < size) {
        bytes.resize(std::min<std::uint64_t>(wanted, size - m_offset));
        const ssize_t n = ::pread(fd, bytes.data(), bytes.size(), off_t(m_offset));
        if (n < 0) return fail(base::errnoError(errno, "the event log can't be read", m_file));
        if (n == 0) break;
        bytes.resize(std::size_t(n));
        const std::uint64_t before = m_offset;
        std::string_view rest = bytes;
        while (!rest.empty()) {
            const Look look = lookAtFrame(rest);
            if (look == Look::Incomplete) break;
            if (look == Look::Bad) {
                const bool reachesEnd = m_offset + rest.size() >= size;
                if (reachesEnd && isTornTail(rest)) return delivered;
                return fail(corruptAt(m_file, m_offset));
            }
            const std::size_t used = kHeader + get<std::uint32_t>(rest.data());
            LATHE_CHECK(deliver(rest, onMetrics, onEvent, delivered));
            rest.remove_prefix(used);
        }
        if (m_offset == before) {
            if (m_offset + bytes.size() >= size) break;  // the tail is still being written
            wanted = kHeader + kMaxPayload;
        }
    }
    return delivered;
}

}  // namespace lathe::runs
