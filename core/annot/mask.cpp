#include "core/annot/mask.h"

#include <fmt/format.h>
#include <algorithm>

namespace lathe::annot {
namespace {

constexpr std::uint64_t kLargest = UINT32_MAX;

// One number of COCO's text: groups of five bits from the lowest, 0x20 says that more follow, the last one's 0x10 is the sign.
bool takeNumber(std::string_view& text, std::int64_t& value) {
    value = 0;
    for (int shift = 0; shift <= 35; shift += 5) {
        if (text.empty() || text.front() < 48 || text.front() > 111) return false;
        const int group = text.front() - 48;
        text.remove_prefix(1);
        value |= std::int64_t(group & 0x1f) << shift;
        if (group & 0x20) continue;
        if (group & 0x10) value |= -1ll << (shift + 5);
        return true;
    }
    return false;
}

void putNumber(std::string& out, std::int64_t value) {
    for (bool more = true; more;) {
        int group = int(value & 0x1f);
        value >>= 5;
        more = group & 0x10 ? value != -1 : value != 0;
        if (more) group |= 0x20;
        out.push_back(char(group + 48));
    }
}

}  // namespace

Result<Mask> maskFromCocoText(std::string_view text, std::uint32_t height, std::uint32_t width) {
    Mask mask{height, width, {}};
    while (!text.empty()) {
        std::int64_t count = 0;
        if (!takeNumber(text, count))
            return fail(ErrorCode::InvalidData,
                        fmt::format("run {} of the compressed mask isn't readable", mask.counts.size() + 1));
        if (mask.counts.size() > 2) count += mask.counts[mask.counts.size() - 2];
        if (count < 0 || std::uint64_t(count) > kLargest)
            return fail(ErrorCode::InvalidData, fmt::format("run {} of the compressed mask is {}", mask.counts.size() + 1, count));
        mask.counts.push_back(std::uint32_t(count));
    }
    LATHE_CHECK(checkMask(mask));
    return mask;
}

std::string maskToCocoText(const Mask& mask) {
    std::string out;
    for (std::size_t k = 0; k < mask.counts.size(); ++k)
        putNumber(out, std::int64_t(mask.counts[k]) - (k > 2 ? std::int64_t(mask.counts[k - 2]) : 0));
    return out;
}

Mask maskFromRaster(std::span<const std::uint8_t> raster, std::uint32_t height, std::uint32_t width) {
    Mask mask{height, width, {0}};
    bool inside = false;
    for (std::uint32_t x = 0; x < width; ++x) {
        for (std::uint32_t y = 0; y < height; ++y) {
            const std::size_t at = std::size_t(y) * width + x;
            if ((at < raster.size() && raster[at] != 0) != inside) {
                inside = !inside;
                mask.counts.push_back(0);
            }
            ++mask.counts.back();
        }
    }
    return mask;
}

std::vector<std::uint8_t> maskToRaster(const Mask& mask) {
    std::vector<std::uint8_t> raster(std::size_t(mask.height) * mask.width);
    std::size_t at = 0;
    bool inside = false;
    for (const std::uint32_t count : mask.counts) {
        const std::size_t end = std::min(at + count, raster.size());
        if (inside)
            for (std::size_t k = at; k < end; ++k) raster[k % mask.height * mask.width + k / mask.height] = 1;
        at = end;
        inside = !inside;
    }
    return raster;
}

Result<> checkMask(const Mask& mask) {
    std::uint64_t sum = 0;
    for (const std::uint32_t count : mask.counts) sum += count;
    const std::uint64_t size = std::uint64_t(mask.height) * mask.width;
    if (sum == size) return {};
    return fail(ErrorCode::InvalidData,
                fmt::format("the mask's runs cover {} pixels, but {} x {} are {}", sum, mask.height, mask.width, size));
}

std::uint64_t maskArea(const Mask& mask) {
    std::uint64_t sum = 0;
    for (std::size_t k = 1; k < mask.counts.size(); k += 2) sum += mask.counts[k];
    return sum;
}

}  // namespace lathe::annot
