// Shapes to rows of YOLO label files.
#include <fmt/format.h>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

#include "core/formats/yolo_rows.h"

namespace lathe::formats::yolo {
namespace {

constexpr std::array kDecimals{6, 9, 12, 15, 17, 20};

// "0.100000", "0.1234567": without zeros behind the sixth decimal.
std::string decimals(double share, int count) {
    std::string text = fmt::format("{:.{}f}", share + 0.0, count);
    const std::size_t least = text.find('.') + 7;
    while (text.size() > least && text.back() == '0') text.pop_back();
    return text;
}

double numberOf(const std::string& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// The fewest decimals with which `isSame(number)` holds. Division rounds, so the neighbours of the share are tried too.
template <class Same>
std::string exactText(double share, Same isSame) {
    if (!std::isfinite(share)) return "0.000000";
    for (const int count : kDecimals)
        if (auto text = decimals(share, count); isSame(numberOf(text))) return text;
    double up = share, down = share;
    for (int k = 0; k < 3; ++k) {
        up = std::nextafter(up, 2.0), down = std::nextafter(down, -2.0);
        for (const double near : {up, down})
            if (isSame(near)) return decimals(near, kDecimals.back());
    }
    return decimals(share, kDecimals.back());
}

// Centre and width (or height): both have the same number of decimals, as long as that is exact.
std::array<std::string, 2> spanText(double at, double size, double side) {
    const double share = size / side, centre = (at + size / 2) / side;
    const auto isSame = [&](double c, double s) { return tidied(c * side - s * side / 2) == at && tidied(s * side) == size; };
    for (const int count : kDecimals) {
        std::array text{decimals(centre, count), decimals(share, count)};
        if (isSame(numberOf(text[0]), numberOf(text[1]))) return text;
    }
    const std::string sizeText = exactText(share, [&](double s) { return tidied(s * side) == size; });
    const double kept = numberOf(sizeText);
    return {exactText(centre, [&](double c) { return isSame(c, kept); }), sizeText};
}

std::string boxText(const annot::Rect& box, const Frame& frame) {
    if (frame.orientation == 1) {
        const auto x = spanText(box.x, box.w, frame.width), y = spanText(box.y, box.h, frame.height);
        return fmt::format("{} {} {} {}", x[0], y[0], x[1], y[1]);
    }
    const auto centre = frame.shareOf({box.x + box.w / 2, box.y + box.h / 2});
    double w = box.w / frame.width, h = box.h / frame.height;
    if (frame.swapsSides()) std::swap(w, h);
    return fmt::format("{} {} {} {}", decimals(centre.x, 12), decimals(centre.y, 12), decimals(w, 12), decimals(h, 12));
}

std::string pointText(annot::Point pixel, const Frame& frame) {
    const auto share = frame.shareOf(pixel);
    if (frame.orientation != 1) return fmt::format("{} {}", decimals(share.x, 12), decimals(share.y, 12));
    return fmt::format("{} {}", exactText(share.x, [&](double x) { return tidied(x * frame.width) == pixel.x; }),
                       exactText(share.y, [&](double y) { return tidied(y * frame.height) == pixel.y; }));
}

}  // namespace

std::string boxRow(std::int64_t classIndex, const annot::Rect& box, const Frame& frame) {
    return fmt::format("{} {}\n", classIndex, boxText(box, frame));
}

std::string pointsRow(std::int64_t classIndex, const std::vector<annot::Point>& points, const Frame& frame) {
    std::string row = std::to_string(classIndex);
    for (const auto& point : points) row += " " + pointText(point, frame);
    return row + "\n";
}

std::string poseRow(std::int64_t classIndex, const annot::Keypoints& keypoints, const Frame& frame, Skeleton skeleton) {
    std::string row = fmt::format("{} {}", classIndex, boxText(keypoints.box, frame));
    for (std::size_t k = 0; k < std::size_t(skeleton.points); ++k) {
        const bool given = k < keypoints.items.size();
        row += given ? " " + pointText(keypoints.items[k].at, frame) : " 0.000000 0.000000";
        if (skeleton.dim == 3) fmt::format_to(std::back_inserter(row), " {}", given ? keypoints.items[k].visibility : 0);
    }
    return row + "\n";
}

}  // namespace lathe::formats::yolo
