// Batches made on all cores and taken in the order in which they were sent. For core/store alone.
#pragma once
#include <algorithm>
#include <deque>
#include <functional>
#include <future>
#include <thread>

namespace lathe::store {

/// At most as many batches as there are cores are under way. One thread sends; `take` runs on it.
template <class Out>
class InOrder {
public:
    explicit InOrder(std::function<void(Out&&)> take) : m_take(std::move(take)) {}
    void send(std::function<Out()> work) {
        if (m_underWay.size() >= m_cores) takeFirst();
        m_underWay.push_back(std::async(std::launch::async, std::move(work)));
    }
    void finish() {
        while (!m_underWay.empty()) takeFirst();
    }

private:
    void takeFirst() {
        m_take(m_underWay.front().get());
        m_underWay.pop_front();
    }
    const std::size_t m_cores = std::max(2u, std::thread::hardware_concurrency());
    std::function<void(Out&&)> m_take;
    std::deque<std::future<Out>> m_underWay;
};

}  // namespace lathe::store
