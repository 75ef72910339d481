// A mask that is edited in place: 64 x 64-bit cells, shared between versions until a stroke touches them.
//
// Design and figures: reference of the canvas at scale. A copy costs a table of pointers; a stroke copies only the cells that it
// touches, so that undo keeps old cells and painting reads an immutable copy while the next stroke is on its way.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/annot/shape.h"

namespace lathe::annot {

/// A value; copying shares all cells. Reading and copying from any thread, writing on one.
class MaskCells {
public:
    static constexpr int kSide = 64;
    using Cell = std::array<std::uint64_t, kSide>;  ///< row by row, bit x of a row is pixel x

    MaskCells() = default;
    MaskCells(std::uint32_t width, std::uint32_t height);
    explicit MaskCells(const Mask& mask);  ///< checked before (checkMask)
    [[nodiscard]] Mask toMask() const;

    [[nodiscard]] std::uint32_t width() const { return m_width; }
    [[nodiscard]] std::uint32_t height() const { return m_height; }
    [[nodiscard]] bool at(int x, int y) const;
    [[nodiscard]] std::uint64_t area() const;
    [[nodiscard]] bool empty() const;
    /// The pixels that are set; empty rectangle when none is.
    [[nodiscard]] Rect bounds() const;

    /// Sets or clears the pixels whose centre lies within `radius` of the segment a-b (a swept disc). Returns what may have
    /// changed, in whole pixels inside the mask.
    Rect stroke(Point a, Point b, double radius, bool set);
    /// Sets or clears the pixels of `what`, of the same size.
    Rect apply(const MaskCells& what, bool set);
    Rect fillRow(int y, int x0, int x1, bool set);  ///< [x0, x1)
    void compact();                                 ///< after a stroke: cells that became solid or empty take no memory

    /// One byte a pixel (0 or 1) of a rectangle inside the mask, row-major into `out` with `stride` bytes a row.
    void read(int x, int y, int width, int height, std::uint8_t* out, std::ptrdiff_t stride) const;
    /// nullptr: no pixel of that cell is set. Cells that share an address hold the same pixels.
    [[nodiscard]] const Cell* cell(int column, int row) const;
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] int rows() const { return m_rows; }
    bool operator==(const MaskCells& other) const;

private:
    /// Who may write a cell in place. A copy takes a new one and gives the original a new one, so both copy what they share.
    class Owner {
    public:
        Owner() : m_value(fresh()) {}
        Owner(const Owner& other) : m_value(fresh()) { other.renew(); }
        Owner& operator=(const Owner& other) {
            renew();
            other.renew();
            return *this;
        }
        void renew() const { m_value = fresh(); }
        [[nodiscard]] std::uint64_t value() const { return m_value; }

    private:
        static std::uint64_t fresh();
        mutable std::atomic<std::uint64_t> m_value;
    };
    struct Node {
        Cell cell = {};
        std::uint64_t owner = 0;
    };
    struct Line {
        std::vector<std::shared_ptr<Node>> cells;
        std::uint64_t owner = 0;
    };
    using Spans = std::array<std::pair<int, int>, kSide>;  ///< [from, to) of each row of a line of cells

    [[nodiscard]] static const std::shared_ptr<Node>& solid();
    [[nodiscard]] bool whole(int column, int row) const;  ///< no pixel of the cell lies outside
    std::shared_ptr<Node>& slot(int column, int row);
    Cell& touch(int column, int row);
    void fillLine(int row, const Spans& spans, bool set);
    void fillCell(int column, int row, const Spans& spans, bool set);
    void putStrip(int column, std::vector<std::uint64_t>& strip, std::vector<bool>& used);

    std::uint32_t m_width = 0, m_height = 0;
    int m_columns = 0, m_rows = 0;
    std::vector<std::shared_ptr<Line>> m_lines;  ///< nullptr: empty
    Owner m_owner;
};

}  // namespace lathe::annot
