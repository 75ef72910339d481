// Values by row, read in jobs 64 rows at a time; the pages that were used least lately are forgotten.
#pragma once
#include <algorithm>
#include <unordered_map>
#include <vector>

#include "widgets/common/jobs.h"

namespace lathe::widgets::browser::tiles {

/// GUI thread only; never waits.
template <class Value>
class Pages {
public:
    static constexpr std::size_t kPage = 64;  ///< rows
    Pages(common::Jobs& jobs, QObject& owner, std::size_t kept) : m_jobs(jobs), m_owner(owner), m_kept(kept) {}

    /// Another result: what is still on the way is of the old one and is dropped.
    void clear() {
        m_pages.clear();
        ++m_generation;
    }
    /// Old values stay until the new ones are there.
    void invalidate() {
        for (auto& [index, page] : m_pages) page.stale = true;
    }
    /// nullptr while its page is on the way: then `load(page)` was called, now or before, and has to call read().
    template <class Load>
    [[nodiscard]] const Value* at(std::size_t row, Load load) {
        Page& page = m_pages[row / kPage];
        page.lastUse = ++m_clock;
        if (page.stale && !page.loading) {
            page.loading = true;
            page.stale = false;
            load(row / kPage);
        }
        const std::size_t place = row % kPage;
        return place < page.values.size() ? &page.values[place] : nullptr;
    }
    /// Runs `work(stop)`, which gives Raw values, in a job; `made(raw)` makes a value of each on the GUI thread, then comes `told`.
    template <class Raw, class Work, class Made, class Told>
    void read(const QString& title, std::size_t index, Work work, Made made, Told told) {
        m_jobs.run<std::vector<Raw>>(
            title, &m_owner,
            [work = std::move(work)](std::stop_token stop, const Progress&) -> Result<std::vector<Raw>> { return work(stop); },
            [this, index, made = std::move(made), told = std::move(told), generation = m_generation](Result<std::vector<Raw>> raw) {
                if (generation != m_generation) return;
                Page& page = m_pages[index];
                page.loading = false;
                if (raw) {
                    page.values.clear();
                    for (Raw& one : *raw) page.values.push_back(made(std::move(one)));
                }
                dropOld();
                told();
            },
            true);
    }

private:
    struct Page {
        std::vector<Value> values;
        bool loading = false, stale = true;
        quint64 lastUse = 0;
    };
    void dropOld() {
        while (m_pages.size() > m_kept) {
            const auto oldest = std::min_element(m_pages.begin(), m_pages.end(),
                                                 [](const auto& a, const auto& b) { return a.second.lastUse < b.second.lastUse; });
            if (oldest->second.loading) return;
            m_pages.erase(oldest);
        }
    }

    common::Jobs& m_jobs;
    QObject& m_owner;
    const std::size_t m_kept;
    std::unordered_map<std::size_t, Page> m_pages;
    quint64 m_generation = 0, m_clock = 0;
};

}  // namespace lathe::widgets::browser::tiles
