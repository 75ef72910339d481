#include "core/annot/mask_cells.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lathe::annot {
namespace {

constexpr int kSide = MaskCells::kSide;
constexpr std::uint64_t kAll = ~0ull;

/// Bits [from, to) of a word.
std::uint64_t bits(int from, int to) {
    if (from >= to) return 0;
    return (to == kSide ? kAll : (1ull << to) - 1) & (kAll << from);
}

// Bit x of word y becomes bit y of word x (Warren, Hacker's Delight, 7-3).
void transpose(std::uint64_t* words) {
    std::uint64_t mask = 0xffffffffull;
    for (int j = 32; j; j >>= 1, mask ^= mask << j)
        for (int k = 0; k < kSide; k = ((k | j) + 1) & ~j) {
            const std::uint64_t t = ((words[k] >> j) ^ words[k | j]) & mask;
            words[k] ^= t << j;
            words[k | j] ^= t;
        }
}

/// Run lengths as they grow: background first.
class Runs {
public:
    explicit Runs(std::vector<std::uint32_t>& out) : m_out(out) {}
    void add(bool inside, std::uint32_t count) {
        if (inside != m_inside) end(), m_inside = inside;
        m_count += count;
    }
    void word(std::uint64_t word, int length) {
        while (length > 0) {
            const bool inside = word & 1;
            const int count = std::min(length, inside ? std::countr_one(word) : std::countr_zero(word));
            add(inside, std::uint32_t(count));
            word = count == kSide ? 0 : word >> count;
            length -= count;
        }
    }
    void end() { m_out.push_back(std::exchange(m_count, 0)); }

private:
    std::vector<std::uint32_t>& m_out;
    std::uint32_t m_count = 0;
    bool m_inside = false;
};

/// A disc swept along a segment is convex: one span a row.
struct Capsule {
    Point a, b;
    double radius;
    std::array<Point, 4> corners;

    Capsule(Point from, Point to, double r) : a(from), b(to), radius(r) {
        const double length = std::hypot(b.x - a.x, b.y - a.y), k = length > 0 ? r / length : 0;
        const double nx = (a.y - b.y) * k, ny = (b.x - a.x) * k;
        corners = {Point{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}};
    }
    /// Pixels [from, to) whose centre lies within, in the row whose centre is at y.
    [[nodiscard]] std::pair<int, int> row(double y, int width) const {
        double low = 1e30, high = -1e30;
        auto add = [&](double x) { low = std::min(low, x), high = std::max(high, x); };
        for (const Point p : {a, b})
            if (const double q = radius * radius - (y - p.y) * (y - p.y); q >= 0) add(p.x - std::sqrt(q)), add(p.x + std::sqrt(q));
        for (std::size_t i = 0; i < 4; ++i) {
            const Point u = corners[i], v = corners[(i + 1) % 4];
            if ((u.y > y) != (v.y > y)) add(u.x + (y - u.y) * (v.x - u.x) / (v.y - u.y));
        }
        if (low > high) return {0, 0};
        const auto clamped = [&](double x) { return int(std::clamp(x, 0.0, double(width))); };
        return {clamped(std::ceil(low - 0.5)), clamped(std::floor(high - 0.5) + 1)};
    }
};

Rect pixelRect(int x0, int y0, int x1, int y1) {
    if (x1 <= x0 || y1 <= y0) return {};
    return {double(x0), double(y0), double(x1 - x0), double(y1 - y0)};
}

}  // namespace

std::uint64_t MaskCells::Owner::fresh() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

MaskCells::MaskCells(std::uint32_t width, std::uint32_t height)
    : m_width(width),
      m_height(height),
      m_columns(int((std::uint64_t(width) + kSide - 1) / kSide)),
      m_rows(int((std::uint64_t(height) + kSide - 1) / kSide)),
      m_lines(std::size_t(m_rows)) {}

// Runs go down the columns: 64 columns at a time are gathered as words along y and turned.
MaskCells::MaskCells(const Mask& mask) : MaskCells(mask.width, mask.height) {
    std::vector<std::uint64_t> strip(std::size_t(m_rows) * kSide);
    std::vector<bool> used(std::size_t(m_rows), false);
    std::uint64_t at = 0;
    bool inside = false;
    int column = 0;
    for (const std::uint32_t count : mask.counts) {
        for (std::uint64_t end = at + count; inside && at < end && m_height;) {
            const auto x = std::uint32_t(at / m_height), y = std::uint32_t(at % m_height);
            if (x >= m_width) break;
            if (int(x) / kSide != column) putStrip(column, strip, used), column = int(x) / kSide;
            const std::uint32_t row = y / kSide, length = std::min({kSide - y % kSide, m_height - y,
                                                                    std::uint32_t(std::min<std::uint64_t>(end - at, kSide))});
            strip[std::size_t(row) * kSide + x % kSide] |= bits(int(y % kSide), int(y % kSide + length));
            used[row] = true;
            at += length;
        }
        if (!inside) at += count;
        inside = !inside;
    }
    putStrip(column, strip, used);
}

void MaskCells::putStrip(int column, std::vector<std::uint64_t>& strip, std::vector<bool>& used) {
    for (int row = 0; row < m_rows; ++row) {
        if (!used[std::size_t(row)]) continue;
        used[std::size_t(row)] = false;
        std::uint64_t* words = &strip[std::size_t(row) * kSide];
        transpose(words);
        if (std::all_of(words, words + kSide, [](std::uint64_t w) { return w == kAll; }))
            slot(column, row) = solid();
        else
            std::copy(words, words + kSide, touch(column, row).begin());
        std::fill(words, words + kSide, 0);
    }
}

Mask MaskCells::toMask() const {
    Mask mask{m_height, m_width, {}};
    Runs runs(mask.counts);
    std::vector<std::uint64_t> strip(std::size_t(m_rows) * kSide);
    for (int column = 0; column < m_columns; ++column) {
        const int columns = std::min(kSide, int(m_width) - column * kSide);
        bool any = false;
        for (int row = 0; row < m_rows; ++row) {
            const Cell* c = cell(column, row);
            std::uint64_t* words = &strip[std::size_t(row) * kSide];
            any = any || c;
            if (!c) {
                std::fill(words, words + kSide, 0);
                continue;
            }
            std::copy(c->begin(), c->end(), words);
            transpose(words);
        }
        if (!any) {
            runs.add(false, std::uint32_t(columns) * m_height);
            continue;
        }
        for (int x = 0; x < columns; ++x)
            for (int row = 0; row < m_rows; ++row)
                runs.word(strip[std::size_t(row) * kSide + std::size_t(x)], std::min(kSide, int(m_height) - row * kSide));
    }
    runs.end();
    return mask;
}

const std::shared_ptr<MaskCells::Node>& MaskCells::solid() {
    static const auto node = [] {
        auto full = std::make_shared<Node>();
        full->cell.fill(kAll);
        return full;
    }();
    return node;
}

bool MaskCells::whole(int column, int row) const {
    return std::uint32_t(column + 1) * kSide <= m_width && std::uint32_t(row + 1) * kSide <= m_height;
}

std::shared_ptr<MaskCells::Node>& MaskCells::slot(int column, int row) {
    auto& line = m_lines[std::size_t(row)];
    if (!line || line->owner != m_owner.value()) {
        line = line ? std::make_shared<Line>(*line) : std::make_shared<Line>();
        line->cells.resize(std::size_t(m_columns));
        line->owner = m_owner.value();
    }
    return line->cells[std::size_t(column)];
}

MaskCells::Cell& MaskCells::touch(int column, int row) {
    auto& node = slot(column, row);
    if (!node || node->owner != m_owner.value()) {
        node = node ? std::make_shared<Node>(*node) : std::make_shared<Node>();
        node->owner = m_owner.value();
    }
    return node->cell;
}

const MaskCells::Cell* MaskCells::cell(int column, int row) const {
    const auto& line = m_lines[std::size_t(row)];
    if (!line) return nullptr;
    const auto& node = line->cells[std::size_t(column)];
    return node ? &node->cell : nullptr;
}

bool MaskCells::at(int x, int y) const {
    if (x < 0 || y < 0 || x >= int(m_width) || y >= int(m_height)) return false;
    const Cell* c = cell(x / kSide, y / kSide);
    return c && ((*c)[std::size_t(y % kSide)] >> (x % kSide) & 1);
}

std::uint64_t MaskCells::area() const {
    std::uint64_t sum = 0;
    for (const auto& line : m_lines)
        for (std::size_t i = 0; line && i < line->cells.size(); ++i)
            if (line->cells[i])
                for (const std::uint64_t word : line->cells[i]->cell) sum += std::uint64_t(std::popcount(word));
    return sum;
}

bool MaskCells::empty() const {
    return bounds().w <= 0;
}

Rect MaskCells::bounds() const {
    int x0 = int(m_width), y0 = int(m_height), x1 = 0, y1 = 0;
    for (int row = 0; row < m_rows; ++row)
        for (int column = 0; m_lines[std::size_t(row)] && column < m_columns; ++column) {
            const Cell* c = cell(column, row);
            for (int y = 0; c && y < kSide; ++y) {
                const std::uint64_t word = (*c)[std::size_t(y)];
                if (!word) continue;
                x0 = std::min(x0, column * kSide + std::countr_zero(word));
                x1 = std::max(x1, (column + 1) * kSide - std::countl_zero(word));
                y0 = std::min(y0, row * kSide + y);
                y1 = std::max(y1, row * kSide + y + 1);
            }
        }
    return pixelRect(x0, y0, x1, y1);
}

Rect MaskCells::stroke(Point a, Point b, double radius, bool set) {
    if (!std::isfinite(a.x + a.y + b.x + b.y) || !(radius > 0) || !std::isfinite(radius)) return {};
    const Capsule capsule(a, b, radius);
    const auto row = [&](double y) { return int(std::clamp(y, 0.0, double(m_height))); };
    const int y0 = row(std::floor(std::min(a.y, b.y) - radius)), y1 = row(std::ceil(std::max(a.y, b.y) + radius) + 1);
    int left = int(m_width), right = 0;
    for (int line = y0 / kSide; line * kSide < y1; ++line) {
        Spans spans{};
        for (int y = std::max(y0, line * kSide); y < std::min(y1, (line + 1) * kSide); ++y) {
            const auto span = capsule.row(y + 0.5, int(m_width));
            if (span.first >= span.second) continue;
            spans[std::size_t(y - line * kSide)] = span;
            left = std::min(left, span.first), right = std::max(right, span.second);
        }
        fillLine(line, spans, set);
    }
    return pixelRect(left, y0, right, y1);
}

void MaskCells::fillLine(int row, const Spans& spans, bool set) {
    int from = int(m_width), to = 0;
    for (const auto& [x0, x1] : spans)
        if (x0 < x1) from = std::min(from, x0), to = std::max(to, x1);
    for (int column = from / kSide; column * kSide < to; ++column) fillCell(column, row, spans, set);
}

void MaskCells::fillCell(int column, int row, const Spans& spans, bool set) {
    const int left = column * kSide;
    std::array<std::uint64_t, kSide> covered{};
    bool all = true, any = false;
    for (std::size_t y = 0; y < kSide; ++y) {
        covered[y] = bits(std::clamp(spans[y].first - left, 0, kSide), std::clamp(spans[y].second - left, 0, kSide));
        all = all && covered[y] == kAll;
        any = any || covered[y];
    }
    if (!any || (!set && !cell(column, row))) return;
    if (all && whole(column, row)) {
        slot(column, row) = set ? solid() : nullptr;
        return;
    }
    Cell& words = touch(column, row);
    for (std::size_t y = 0; y < kSide; ++y) set ? words[y] |= covered[y] : words[y] &= ~covered[y];
}

Rect MaskCells::apply(const MaskCells& what, bool set) {
    if (what.m_width != m_width || what.m_height != m_height) return {};
    what.m_owner.renew();
    for (int row = 0; row < m_rows; ++row)
        for (int column = 0; what.m_lines[std::size_t(row)] && column < m_columns; ++column) {
            const auto& node = what.m_lines[std::size_t(row)]->cells[std::size_t(column)];
            const Cell* own = cell(column, row);
            if (!node || (!set && !own)) continue;
            if (set && !own) {
                slot(column, row) = node;
                continue;
            }
            Cell& words = touch(column, row);
            for (std::size_t y = 0; y < kSide; ++y) set ? words[y] |= node->cell[y] : words[y] &= ~node->cell[y];
        }
    return what.bounds();
}

Rect MaskCells::fillRow(int y, int x0, int x1, bool set) {
    x0 = std::max(x0, 0), x1 = std::min(x1, int(m_width));
    if (y < 0 || y >= int(m_height) || x0 >= x1) return {};
    Spans spans{};
    spans[std::size_t(y % kSide)] = {x0, x1};
    fillLine(y / kSide, spans, set);
    return pixelRect(x0, y, x1, y + 1);
}

void MaskCells::compact() {
    for (int row = 0; row < m_rows; ++row)
        for (int column = 0; m_lines[std::size_t(row)] && column < m_columns; ++column) {
            const auto& node = m_lines[std::size_t(row)]->cells[std::size_t(column)];
            if (!node || node == solid()) continue;
            std::uint64_t all = kAll, any = 0;
            for (const std::uint64_t word : node->cell) all &= word, any |= word;
            if (!any)
                slot(column, row) = nullptr;
            else if (all == kAll)
                slot(column, row) = solid();
        }
}

void MaskCells::read(int x, int y, int width, int height, std::uint8_t* out, std::ptrdiff_t stride) const {
    for (int j = 0; j < height; ++j) {
        std::uint8_t* to = out + j * stride;
        for (int i = 0; i < width;) {
            const int column = (x + i) / kSide, bit = (x + i) % kSide, count = std::min(kSide - bit, width - i);
            const Cell* c = cell(column, (y + j) / kSide);
            const std::uint64_t word = c ? (*c)[std::size_t((y + j) % kSide)] >> bit : 0;
            for (int k = 0; k < count; ++k) to[i + k] = std::uint8_t(word >> k & 1);
            i += count;
        }
    }
}

bool MaskCells::operator==(const MaskCells& other) const {
    if (m_width != other.m_width || m_height != other.m_height) return false;
    static constexpr Cell kEmpty{};
    for (int row = 0; row < m_rows; ++row)
        for (int column = 0; column < m_columns; ++column) {
            const Cell *a = cell(column, row), *b = other.cell(column, row);
            if (a != b && (a ? *a : kEmpty) != (b ? *b : kEmpty)) return false;
        }
    return true;
}

}  // namespace lathe::annot
