#include "widgets/canvas/distance_plane.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lathe::widgets::canvas {

namespace {

/// Floats hold multiples of 1/256 exactly below this.
constexpr double kFloatRange = 16384;
constexpr double kToFraction = 6755399441055744.0 / 65536;  // adding and subtracting it rounds to 1/65536

/// Distance outside of the dash that lies at `along`, in device pixels; 0 on it.
float outsideDash(float along, const Pen& pen) {
    const float phase = along - pen.period * std::floor(along / pen.period);
    return phase <= pen.on ? 0 : std::min(phase - pen.on, pen.period - phase);
}

int clampedFloor(double v, int low, int high) {
    return int(std::floor(std::clamp(v, double(low), double(high))));
}

/// An edge in coordinates where it runs more along u than along v.
template <class Real>
struct Sweep {
    Real au, av, du, dv, length2, inverse;
    Real previousU, previousV, start;

    void run(const Pen& pen, int side, std::uint8_t* plane, int strideU, int strideV, double bu) const {
        const Real slope = dv / du, half = Real(pen.radius) / (std::fabs(du) * inverse);
        const int u0 = clampedFloor(std::min<double>(au, bu) - pen.radius, 0, side - 1);
        const int u1 = clampedFloor(std::max<double>(au, bu) + pen.radius, -1, side - 1);
        for (int u = u0; u <= u1; ++u) {
            const Real fu = Real(u) + Real(0.5) - au, c = av + fu * slope;
            const int v0 = clampedFloor(double(c - half), 0, side), v1 = clampedFloor(double(c + half), -1, side - 1);
            column(pen, fu, v0, v1, plane + std::ptrdiff_t(u) * strideU, strideV);
        }
    }

    void column(const Pen& pen, Real fu, int v0, int v1, std::uint8_t* plane, int strideV) const {
        for (int v = v0; v <= v1; ++v) {
            const Real fv = Real(v) + Real(0.5) - av, t = fu * du + fv * dv;
            if (t >= length2 || (t < 0 && fu * previousU + fv * previousV < 0)) continue;
            Real d = t >= 0 ? std::fabs((fv * du - fu * dv) * inverse) : std::sqrt(fu * fu + fv * fv);
            if (pen.on > 0) d += outsideDash(float(start + std::max(t, Real(0)) * inverse), pen) * Real(pen.radius);
            const int q = int((Real(pen.radius) - d) * Real(pen.unit));
            std::uint8_t& at = plane[std::ptrdiff_t(v) * strideV];
            if (q > at) at = std::uint8_t(q);
        }
    }
};

}  // namespace

Pen::Pen(float halo, float core, float strength, float dashOn, float dashOff)
    : radius(std::max(halo, core) + 0.5f), unit(255 / radius), on(dashOn), period(dashOn + dashOff) {
    for (int i = 0; i < 256; ++i) {
        const float d = radius - float(i) / unit;
        haloAlpha[std::size_t(i)] = halo > 0 ? std::uint16_t(std::clamp(halo + 0.5f - d, 0.f, 1.f) * 128 * strength) : 0;
        coreAlpha[std::size_t(i)] = std::uint16_t(std::clamp(core + 0.5f - d, 0.f, 1.f) * 256 * strength);
    }
    haloAlpha[0] = coreAlpha[0] = 0;
}

void DistancePlane::reset(int side) {
    m_side = side;
    m_plane.assign(std::size_t(side) * std::size_t(side) + 8, 0);
    m_x0 = m_y0 = side;
    m_x1 = m_y1 = 0;
}

void DistancePlane::touch(Local p, float reach) {
    m_x0 = std::min(m_x0, clampedFloor(p.x - reach, 0, m_side));
    m_y0 = std::min(m_y0, clampedFloor(p.y - reach, 0, m_side));
    m_x1 = std::max(m_x1, clampedFloor(p.x + reach + 1, 0, m_side));
    m_y1 = std::max(m_y1, clampedFloor(p.y + reach + 1, 0, m_side));
}

template <class Real>
void DistancePlane::edge(Local a, Local b, Local previous, double start, const Pen& pen) {
    const Real dx = Real(b.x - a.x), dy = Real(b.y - a.y), length2 = dx * dx + dy * dy, inverse = 1 / std::sqrt(length2);
    if (std::fabs(dx) >= std::fabs(dy)) {
        const Sweep<Real> s{Real(a.x), Real(a.y), dx, dy, length2, inverse, Real(previous.x), Real(previous.y), Real(start)};
        s.run(pen, m_side, m_plane.data(), 1, m_side, b.x);
    } else {
        const Sweep<Real> s{Real(a.y), Real(a.x), dy, dx, length2, inverse, Real(previous.y), Real(previous.x), Real(start)};
        s.run(pen, m_side, m_plane.data(), m_side, 1, b.y);
    }
}

void DistancePlane::disc(Local at, const Pen& pen) {
    touch(at, pen.radius);
    for (int y = m_y0; y < m_y1; ++y)
        for (int x = m_x0; x < m_x1; ++x) {
            const double d = std::hypot(x + 0.5 - at.x, y + 0.5 - at.y);
            const int q = int((double(pen.radius) - d) * double(pen.unit));
            std::uint8_t& p = m_plane[std::size_t(y) * std::size_t(m_side) + std::size_t(x)];
            if (q > p) p = std::uint8_t(q);
        }
}

bool DistancePlane::hidden(const TileInk& ink, double x0, double y0, double x1, double y1, double reach) const {
    return ink.covered(clampedFloor(x0 - reach, 0, m_side), clampedFloor(y0 - reach, 0, m_side),
                       clampedFloor(x1 + reach + 1, 0, m_side), clampedFloor(y1 + reach + 1, 0, m_side));
}

void DistancePlane::line(std::span<const Local> points, bool closed, const Pen& pen, const TileInk& ink) {
    const std::size_t n = points.size();
    if (n == 1) return disc(points[0], pen);
    Local previous;
    for (std::size_t i = closed ? n : 0; i-- > 1 && previous.x == 0 && previous.y == 0;)
        previous = {points[0].x - points[i].x, points[0].y - points[i].y};
    double start = 0;
    const double reach = double(pen.radius), far = m_side + reach;
    for (std::size_t i = 0; i + (closed ? 0 : 1) < n; ++i) {
        const Local a = points[i], b = points[i + 1 == n ? 0 : i + 1];
        const double dx = b.x - a.x, dy = b.y - a.y;
        if (dx * dx + dy * dy < 1e-6) continue;
        const auto [x0, x1] = std::minmax(a.x, b.x);
        const auto [y0, y1] = std::minmax(a.y, b.y);
        if (x1 >= -reach && x0 <= far && y1 >= -reach && y0 <= far && !hidden(ink, x0, y0, x1, y1, reach)) {
            touch({x0, y0}, pen.radius);
            touch({x1, y1}, pen.radius);
            const bool small = x0 > -kFloatRange && y0 > -kFloatRange && x1 < kFloatRange && y1 < kFloatRange;
            if (small)
                edge<float>(a, b, previous, start, pen);
            else
                edge<double>(a, b, previous, start, pen);
        }
        if (pen.on > 0) start += std::hypot(dx, dy);
        previous = {dx, dy};
    }
}

void DistancePlane::compose(TileInk& ink, const Pen& pen, std::uint32_t colour) {
    for (int y = m_y0; y < m_y1; ++y) {
        for (int x = m_x0 & ~7; x < m_x1; x += 8) {
            std::uint8_t* eight = &m_plane[std::size_t(y) * std::size_t(m_side) + std::size_t(x)];
            std::uint64_t any;
            std::memcpy(&any, eight, 8);
            if (!any) continue;
            for (int j = 0; j < 8; ++j) {
                if (!eight[j]) continue;
                if (const auto core = pen.coreAlpha[eight[j]]) ink.behind(x + j, y, colour, core);
                if (const auto halo = pen.haloAlpha[eight[j]]) ink.behind(x + j, y, 0, halo);
            }
            std::memset(eight, 0, 8);
        }
    }
    m_x0 = m_y0 = m_side;
    m_x1 = m_y1 = 0;
}

void RowFiller::ring(std::span<const Local> points, int side) {
    m_rows.resize(std::size_t(side));
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Local u = points[i], v = points[i + 1 == points.size() ? 0 : i + 1];
        if (u.y == v.y) continue;
        const double slope = (v.x - u.x) / (v.y - u.y);
        const int y0 = clampedFloor(std::ceil(std::min(u.y, v.y) - 0.5), 0, side);
        const int y1 = clampedFloor(std::ceil(std::max(u.y, v.y) - 0.5), 0, side);
        for (int y = y0; y < y1; ++y) {
            const double offset = ((y + 0.5 - u.y) * slope + kToFraction) - kToFraction;
            m_rows[std::size_t(y)].push_back(float(std::clamp(std::ceil(u.x + offset - 0.5), 0.0, double(side))));
        }
    }
}

void RowFiller::compose(TileInk& ink, std::uint32_t colour, std::uint32_t alpha) {
    for (std::size_t y = 0; y < m_rows.size(); ++y) {
        auto& crossings = m_rows[y];
        if (crossings.empty()) continue;
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t k = 0; k + 1 < crossings.size(); k += 2)
            for (int x = int(crossings[k]); x < int(crossings[k + 1]); ++x) ink.behind(x, int(y), colour, alpha);
        crossings.clear();
    }
}

}  // namespace lathe::widgets::canvas
