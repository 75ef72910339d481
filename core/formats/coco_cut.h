// Cuts a COCO file of any size into pieces of whole elements while it is read, in bounded memory. Private to core/formats.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/problem.h"
#include "core/base/progress.h"

namespace lathe::formats {

enum class CocoPart { Images, Annotations, Categories, None };

/// Some elements of one of the three long arrays.
struct CocoPiece {
    CocoPart part = CocoPart::None;
    std::int64_t first = 0;  ///< place of the first element in its array, from 0
    std::string text;        ///< the elements as they stand, with room behind the end that simdjson may read
    struct Span {
        std::uint32_t at = 0, size = 0;
    };
    std::vector<Span> elements;
};

/// Holds at most `limit` things, so that a fast producer can't fill the memory. push() gives up once it is closed.
template <class T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t limit) : m_limit(limit) {}
    void push(T value) {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [&] { return m_items.size() < m_limit || m_closed; });
        if (m_closed) return;
        m_items.push_back(std::move(value));
        m_some.notify_one();
    }
    bool pop(T& value) {
        std::unique_lock lock(m_mutex);
        m_some.wait(lock, [&] { return !m_items.empty() || m_closed; });
        if (m_items.empty()) return false;
        value = std::move(m_items.front());
        m_items.pop_front();
        m_room.notify_one();
        return true;
    }
    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_some.notify_all();
        m_room.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_room, m_some;
    std::deque<T> m_items;
    std::size_t m_limit;
    bool m_closed = false;
};

/// What the cutter saw beside the elements.
struct CocoOutline {
    std::string text;    ///< the file's JSON with the three long arrays emptied
    bool whole = false;  ///< all brackets were closed
};

/// Reads the file, so many bytes at a time, and pushes its pieces; the queue is closed at the end, whatever the end is.
inline constexpr std::size_t kCocoBlock = 4 << 20;
[[nodiscard]] Result<CocoOutline> cutCoco(const std::filesystem::path& file, BoundedQueue<CocoPiece>& out, std::stop_token stop,
                                          const Progress& progress, std::size_t block = kCocoBlock);

}  // namespace lathe::formats
