#include "core/formats/mask_pixels.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <map>

#include "core/annot/convert.h"
#include "core/annot/mask.h"

namespace lathe::formats {
namespace {

constexpr int kColumnsAtOnce = 32;  // rows lie one after the other, masks run down columns

// Closes runs of one value as they come, in the order of columns.
struct MaskRunList {
    annot::Mask mask;
    std::uint64_t end = 0;  // of the last run

    void add(std::uint64_t from, std::uint64_t to) {
        if (from == end && !mask.counts.empty()) {
            mask.counts.back() += std::uint32_t(to - from);
        } else {
            mask.counts.push_back(std::uint32_t(from - end));
            mask.counts.push_back(std::uint32_t(to - from));
        }
        end = to;
    }
};

class MaskValueRuns {
public:
    MaskValueRuns(const cv::Mat& values, const std::function<std::uint32_t(std::uint32_t)>& meaning)
        : m_values(values), m_meaning(meaning), m_height(std::uint32_t(values.rows)), m_width(std::uint32_t(values.cols)) {}

    std::vector<ValueMask> run() {
        std::vector<std::uint32_t> columns(std::size_t(kColumnsAtOnce) * m_height);
        for (int x = 0; x < m_values.cols; x += kColumnsAtOnce) {
            const int count = std::min(kColumnsAtOnce, m_values.cols - x);
            for (int y = 0; y < m_values.rows; ++y)
                for (int k = 0; k < count; ++k)
                    columns[std::size_t(k) * m_height + std::size_t(y)] = maskValueAt(m_values, y, x + k);
            for (std::size_t k = 0; k < std::size_t(count) * m_height; ++k) put(columns[k]);
        }
        close();
        return finished();
    }

private:
    void put(std::uint32_t value) {
        if (m_any && value == m_value) {
            ++m_at;
            return;
        }
        close();
        m_any = true, m_value = value, m_from = m_at++;
        m_number = meaningOf(value);
    }
    std::uint32_t meaningOf(std::uint32_t value) {
        const auto [at, added] = m_known.try_emplace(value, 0);
        if (added) at->second = m_meaning(value);
        return at->second;
    }
    void close() {
        if (m_any && m_number) m_lists[m_number].add(m_from, m_at);
    }
    std::vector<ValueMask> finished() {
        std::vector<ValueMask> out;
        const std::uint64_t all = std::uint64_t(m_height) * m_width;
        for (auto& [number, list] : m_lists) {
            if (list.end < all) list.mask.counts.push_back(std::uint32_t(all - list.end));
            list.mask.height = m_height, list.mask.width = m_width;
            out.push_back({number, std::move(list.mask)});
        }
        return out;
    }

    const cv::Mat& m_values;
    const std::function<std::uint32_t(std::uint32_t)>& m_meaning;
    std::uint32_t m_height, m_width;
    std::map<std::uint32_t, MaskRunList> m_lists;
    std::unordered_map<std::uint32_t, std::uint32_t> m_known;
    std::uint64_t m_at = 0, m_from = 0;
    std::uint32_t m_value = 0, m_number = 0;
    bool m_any = false;
};

// A mask that was made for an image of another size is taken by its outline.
annot::Mask maskPixelsOf(const annot::Shape& areal, std::uint32_t width, std::uint32_t height) {
    if (const auto* mask = std::get_if<annot::Mask>(&areal)) {
        if (!annot::checkMask(*mask)) return {};
        if (mask->width != width || mask->height != height) return annot::maskOf(annot::polygonOf(*mask), width, height);
    }
    return annot::maskOf(areal, width, height);
}

}  // namespace

std::uint32_t maskValueAt(const cv::Mat& values, int y, int x) {
    switch (values.type()) {
        case CV_8UC1: return values.at<std::uint8_t>(y, x);
        case CV_16UC1: return values.at<std::uint16_t>(y, x);
        case CV_32SC1: return std::uint32_t(values.at<std::int32_t>(y, x));
        default: {
            const auto& bgr = values.at<cv::Vec3b>(y, x);
            return std::uint32_t(bgr[2]) << 16 | std::uint32_t(bgr[1]) << 8 | bgr[0];
        }
    }
}

bool isGreyThroughout(const cv::Mat& bgr) {
    for (int y = 0; y < bgr.rows; ++y) {
        const auto* row = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < bgr.cols; ++x)
            if (row[x][0] != row[x][1] || row[x][0] != row[x][2]) return false;
    }
    return true;
}

std::set<std::uint32_t> maskValuesOf(const cv::Mat& values, std::size_t most) {
    std::set<std::uint32_t> found;
    std::uint32_t last = 0;
    for (int y = 0; y < values.rows; ++y)
        for (int x = 0; x < values.cols; ++x) {
            const std::uint32_t value = maskValueAt(values, y, x);
            if (value == last && !found.empty()) continue;
            found.insert(last = value);
            if (found.size() > most) return found;
        }
    return found;
}

std::vector<ValueMask> masksByValue(const cv::Mat& values, const std::function<std::uint32_t(std::uint32_t)>& meaning) {
    return MaskValueRuns(values, meaning).run();
}

bool canBePainted(const annot::Shape& shape) {
    return std::holds_alternative<annot::Box>(shape) || std::holds_alternative<annot::Polygon>(shape) ||
           std::holds_alternative<annot::Mask>(shape) || std::holds_alternative<annot::RotatedBox>(shape) ||
           std::holds_alternative<annot::Ellipse>(shape);
}

MaskPainter::Painted MaskPainter::paint(const annot::Shape& areal, int value) {
    Painted painted;
    const annot::Mask mask = maskPixelsOf(areal, std::uint32_t(m_values.cols), std::uint32_t(m_values.rows));
    if (mask.height == 0) return painted;
    painted.merges = m_left.contains(value);
    std::uint64_t at = 0, added = 0;
    for (std::size_t k = 0; k < mask.counts.size(); ++k) {
        const std::uint64_t end = at + mask.counts[k];
        for (; k % 2 == 1 && at < end; ++at) {
            int& pixel = m_values.at<int>(int(at % mask.height), int(at / mask.height));
            ++painted.pixels;
            if (pixel == value) continue;
            if (pixel) painted.hides = true, --m_left[pixel];
            pixel = value, ++added;
        }
        at = end;
    }
    if (added) m_left[value] += added;
    return painted;
}

std::uint64_t MaskPainter::left(int value) const {
    const auto found = m_left.find(value);
    return found == m_left.end() ? 0 : found->second;
}

std::uint32_t vocColour(unsigned index) {
    std::uint32_t colour = 0;
    for (int bit = 7; index; --bit, index >>= 3)  // three bits of the index go to the next lower bit of the channels
        for (int channel = 0; channel < 3; ++channel) colour |= (index >> channel & 1u) << (bit + 8 * (2 - channel));
    return colour;
}

std::string colourText(std::uint32_t colour) {
    return fmt::format("#{:06x}", colour & 0xffffffu);
}

std::optional<std::uint32_t> colourOf(std::string_view text) {
    std::uint32_t colour = 0;
    if (text.size() != 7 || text[0] != '#') return {};
    const auto read = std::from_chars(text.data() + 1, text.data() + 7, colour, 16);
    return read.ec == std::errc() && read.ptr == text.data() + 7 ? std::optional(colour) : std::nullopt;
}

}  // namespace lathe::formats
