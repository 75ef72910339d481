#include "core/annot/runs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lathe::annot::runs {
namespace {

// Reads counts by any number of pixels at a time.
class Cursor {
public:
    explicit Cursor(const Mask& mask) : m_counts(mask.counts) {}
    [[nodiscard]] std::uint32_t left() {
        while (m_at < m_counts.size() && m_used == m_counts[m_at]) ++m_at, m_used = 0;
        return m_at < m_counts.size() ? m_counts[m_at] - m_used : 0;
    }
    [[nodiscard]] bool inside() const { return m_at % 2 == 1; }
    void skip(std::uint32_t count) { m_used += count; }

private:
    const std::vector<std::uint32_t>& m_counts;
    std::size_t m_at = 0;
    std::uint32_t m_used = 0;
};

template <class Keep>
Mask combined(const Mask& a, const Mask& b, Keep keep) {
    Counts out;
    Cursor left(a), right(b);
    while (const std::uint32_t step = std::min(left.left(), right.left())) {
        out.put(keep(left.inside(), right.inside()), step);
        left.skip(step);
        right.skip(step);
    }
    return std::move(out).mask(a.height, a.width);
}

Runs collect(const Mask& mask, std::size_t first) {
    Runs runs;
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < mask.counts.size(); ++k) {
        const std::uint64_t end = at + mask.counts[k];
        for (; k % 2 == first && at < end;) {
            const std::uint64_t x = at / mask.height, from = at % mask.height;
            const std::uint64_t to = std::min<std::uint64_t>(mask.height, from + (end - at));
            runs.push_back({std::uint32_t(x), std::uint32_t(from), std::uint32_t(to)});
            at += to - from;
        }
        at = end;
    }
    return runs;
}

// One column of a dilation: the runs of the columns within the radius, each longer by the disc's height there.
class Column {
public:
    void add(const Run& run, double reach, std::uint32_t height) {
        const auto by = std::int64_t(reach);
        m_spans.push_back({std::max<std::int64_t>(0, run.from - by), std::min<std::int64_t>(height, run.to + by)});
    }
    void flush(std::uint32_t x, Runs& out) {
        std::ranges::sort(m_spans);
        for (const auto& [from, to] : m_spans) {
            if (!out.empty() && out.back().x == x && from <= out.back().to)
                out.back().to = std::max(out.back().to, std::uint32_t(to));
            else
                out.push_back({x, std::uint32_t(from), std::uint32_t(to)});
        }
        m_spans.clear();
    }

private:
    std::vector<std::pair<std::int64_t, std::int64_t>> m_spans;
};

std::vector<std::size_t> columnStarts(const Runs& runs, std::uint32_t width) {
    std::vector<std::size_t> starts(width + 1, runs.size());
    for (std::size_t k = runs.size(); k-- > 0;) starts[runs[k].x] = k;
    for (std::uint32_t x = width; x-- > 0;) starts[x] = std::min(starts[x], starts[x + 1]);
    return starts;
}

Mask full(std::uint32_t height, std::uint32_t width) {
    return {height, width, {0, height * width}};
}

// A frame of background round the mask, so that the border erodes too.
Mask bordered(const Mask& mask, std::uint32_t by) {
    Runs runs = runsOf(mask);
    for (Run& run : runs) run.x += by, run.from += by, run.to += by;
    return maskOf(runs, mask.height + 2 * by, mask.width + 2 * by);
}

Mask unbordered(const Mask& mask, std::uint32_t by) {
    const std::uint32_t height = mask.height - 2 * by, width = mask.width - 2 * by;
    Runs inner;
    for (const Run& run : runsOf(mask)) {
        if (run.x < by || run.x >= by + width) continue;
        const std::uint32_t from = std::max(run.from, by), to = std::min(run.to, by + height);
        if (from < to) inner.push_back({run.x - by, from - by, to - by});
    }
    return maskOf(inner, height, width);
}

}  // namespace

void Counts::put(bool inside, std::uint64_t count) {
    if (count == 0) return;
    if (inside != (m_counts.size() % 2 == 0)) m_counts.push_back(0);
    m_counts.back() += std::uint32_t(count);
}

Runs runsOf(const Mask& mask) {
    return collect(mask, 1);
}
Runs gapsOf(const Mask& mask) {
    return collect(mask, 0);
}

Mask maskOf(const Runs& runs, std::uint32_t height, std::uint32_t width) {
    Counts out;
    std::uint64_t at = 0;
    for (const Run& run : runs) {
        const std::uint64_t from = std::uint64_t(run.x) * height + run.from;
        out.put(false, from - at);
        out.put(true, run.to - run.from);
        at = from + (run.to - run.from);
    }
    out.put(false, std::uint64_t(height) * width - at);
    return std::move(out).mask(height, width);
}

Mask united(const Mask& a, const Mask& b) {
    return combined(a, b, [](bool inA, bool inB) { return inA || inB; });
}
Mask subtracted(const Mask& a, const Mask& b) {
    return combined(a, b, [](bool inA, bool inB) { return inA && !inB; });
}
Mask intersected(const Mask& a, const Mask& b) {
    return combined(a, b, [](bool inA, bool inB) { return inA && inB; });
}

std::uint64_t areaOf(const Runs& runs) {
    return std::accumulate(runs.begin(), runs.end(), std::uint64_t(0),
                           [](std::uint64_t sum, const Run& run) { return sum + (run.to - run.from); });
}

Mask dilated(const Mask& mask, double radius) {
    const Runs runs = runsOf(mask);
    const auto starts = columnStarts(runs, mask.width);
    const auto reach = std::int64_t(std::min(std::floor(radius), double(mask.width)));
    Runs out;
    Column column;
    for (std::int64_t x = 0; x < mask.width; ++x) {
        const std::int64_t first = std::max<std::int64_t>(0, x - reach), last = std::min<std::int64_t>(mask.width - 1, x + reach);
        for (std::size_t k = starts[std::size_t(first)]; k < starts[std::size_t(last) + 1]; ++k) {
            const double dx = double(std::int64_t(runs[k].x) - x);
            column.add(runs[k], std::floor(std::sqrt(radius * radius - dx * dx)), mask.height);
        }
        column.flush(std::uint32_t(x), out);
    }
    return maskOf(out, mask.height, mask.width);
}

Mask eroded(const Mask& mask, double radius, Outside outside) {
    const auto by = outside == Outside::Background ? std::uint32_t(std::ceil(radius)) : 0;
    if (std::min(mask.height, mask.width) < radius && by) return maskOf({}, mask.height, mask.width);
    const Mask all = by ? bordered(mask, by) : mask;
    const Mask background = subtracted(full(all.height, all.width), all);
    const Mask left = subtracted(full(all.height, all.width), dilated(background, radius));
    return by ? unbordered(left, by) : left;
}

}  // namespace lathe::annot::runs
