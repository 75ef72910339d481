// The append-only event log of a run folder: frames [u32 length][u32 crc32][payload] little-endian; a torn tail is cut off.
// Payload byte 0 is the kind: 'M' metric points in binary (many at once), 'J' a JSON object (states, messages, epochs).
// One writer (the engine), any number of readers that follow while it grows. Depends on core/base alone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lathe::runs {

struct MetricPoint {
    std::int64_t step = 0;
    double epoch = 0;  ///< fractional epochs
    double time = 0;   ///< seconds since 1970
    double value = 0;
};

class EventWriter {
public:
    /// Opens for append after cutting a torn tail; makes the file.
    [[nodiscard]] static Result<EventWriter> open(const std::filesystem::path& file);
    EventWriter(EventWriter&&) noexcept;
    ~EventWriter();
    /// Buffered per series; reaches the disk by flush(), by the next event, or once 64 kB are waiting. Names as "train/loss",
    /// "val/accuracy", "lr", "images_per_second".
    void metric(std::string_view series, const MetricPoint& point);
    /// A JSON event; flushes everything before it. Keys: kind ("state", "message", "epoch", "checkpoint", "plan"), time, and its
    /// own.
    [[nodiscard]] Result<> event(const Json& json);
    [[nodiscard]] Result<> flush();
    /// Cuts the log back to `offset` (resume from a checkpoint: what came after never happened).
    [[nodiscard]] Result<> truncate(std::uint64_t offset);
    [[nodiscard]] std::uint64_t offset() const;  ///< bytes on disk

private:
    struct State;
    explicit EventWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Follows a log. Not thread-safe; one per follower.
class EventReader {
public:
    explicit EventReader(std::filesystem::path file);
    using OnMetrics = std::function<void(std::string_view series, const std::vector<MetricPoint>& points)>;
    using OnEvent = std::function<void(const Json& event)>;
    /// Delivers all whole frames that are new since the last call. A shrunk file (resume) restarts from 0 and returns true in
    /// `restarted`. A bad frame in the middle is Corrupt with its offset; what came before was delivered.
    struct Delivered {
        std::int64_t points = 0, events = 0;
        bool restarted = false;
    };
    [[nodiscard]] Result<Delivered> poll(const OnMetrics& onMetrics, const OnEvent& onEvent);

private:
    std::filesystem::path m_file;
    std::uint64_t m_offset = 0;
    std::uint64_t m_lastFrame = 0, m_lastHeader = 0;  ///< where the last delivered frame stands, and its length and checksum
    [[nodiscard]] bool wasCutBack(int fd, std::uint64_t size) const;
    [[nodiscard]] Result<> deliver(std::string_view bytes, const OnMetrics& onMetrics, const OnEvent& onEvent,
                                   Delivered& delivered);
};

}  // namespace lathe::runs
