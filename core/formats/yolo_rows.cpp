// Rows of YOLO label files to shapes.
#include "core/formats/yolo_rows.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include "core/annot/convert.h"

namespace lathe::formats::yolo {
namespace {

using annot::Point;

constexpr double kLeast = -0.01, kMost = 1.01;  // Ultralytics' tolerance
constexpr std::size_t kMostColumns = 2'000'000;
constexpr std::int64_t kLargestClass = 1'000'000;
constexpr std::array<std::string_view, 4> kNames{"detect", "segment", "obb", "pose"};

std::optional<double> numberIn(std::string_view word) {
    if (word.starts_with('+')) word.remove_prefix(1);
    double value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    if (word.empty() || read.ec != std::errc() || read.ptr != word.data() + word.size() || !std::isfinite(value)) return {};
    return value;
}

bool isInRange(double share) {
    return share >= kLeast && share <= kMost;
}

Bad outOfRange(double value) {
    const char* hint = std::abs(value) > 2 ? " (pixels? rows hold shares of the image's sides)" : "";
    return {"out_of_range",
            fmt::format("{} lies outside [-0.01, 1.01]{}; the row was left out, and a training by Ultralytics would "
                        "leave out the whole image",
                        value, hint)};
}

// Four points whose diagonals share their middle, as those of a turned box do in any scale.
bool isParallelogram(const std::vector<double>& v) {
    double least[2] = {v[0], v[1]}, most[2] = {v[0], v[1]};
    for (std::size_t k = 0; k < 8; ++k) least[k % 2] = std::min(least[k % 2], v[k]), most[k % 2] = std::max(most[k % 2], v[k]);
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const double off = std::abs(v[axis] + v[axis + 4] - v[axis + 2] - v[axis + 6]);
        if (off > std::max(0.002, 0.04 * (most[axis] - least[axis]))) return false;
    }
    return true;
}

std::vector<Point> pointsOf(std::span<const double> values, const Frame& frame) {
    std::vector<Point> points;
    points.reserve(values.size() / 2);
    for (std::size_t k = 0; k + 1 < values.size(); k += 2) points.push_back(frame.pixelOf(values[k], values[k + 1]));
    return points;
}

// The first number that's out of range; of rings Ultralytics looks at the box round them.
std::optional<double> firstOutside(std::span<const double> box) {
    for (const double value : box)
        if (!isInRange(value)) return value;
    return {};
}

std::array<double, 4> boxRound(std::span<const double> ring) {
    double least[2] = {ring[0], ring[1]}, most[2] = {ring[0], ring[1]};
    for (std::size_t k = 0; k < ring.size(); ++k)
        least[k % 2] = std::min(least[k % 2], ring[k]), most[k % 2] = std::max(most[k % 2], ring[k]);
    return {(least[0] + most[0]) / 2, (least[1] + most[1]) / 2, most[0] - least[0], most[1] - least[1]};
}

annot::Rect rectOf(std::span<const double> v, const Frame& frame) {
    if (frame.orientation == 1) {
        const double w = v[2] * frame.width, h = v[3] * frame.height;
        return {tidied(v[0] * frame.width - w / 2), tidied(v[1] * frame.height - h / 2), tidied(w), tidied(h)};
    }
    const Point a = frame.pixelOf(v[0] - v[2] / 2, v[1] - v[3] / 2), b = frame.pixelOf(v[0] + v[2] / 2, v[1] + v[3] / 2);
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

Parsed<Found> boxOf(std::span<const double> v, const Frame& frame) {
    if (const auto outside = firstOutside(v)) return tl::unexpected(outOfRange(*outside));
    const annot::Rect rect = rectOf(v, frame);
    if (!(rect.w > 0 && rect.h > 0))
        return tl::unexpected(Bad{"zero_area", fmt::format("the box is {} wide and {} high; the row was left out", v[2], v[3])});
    return Found{annot::Box{rect}};
}

Parsed<Found> ringOf(std::span<const double> v, const Frame& frame) {
    if (v.size() % 2 != 0 || v.size() < 6)
        return tl::unexpected(
            Bad{"bad_polygon", fmt::format("{} numbers after the class are no box and no three or more points; the "
                                           "row was left out",
                                           v.size())});
    if (const auto outside = firstOutside(boxRound(v))) return tl::unexpected(outOfRange(*outside));
    auto points = pointsOf(v, frame);
    if (points.size() > 3 && points.front() == points.back()) points.pop_back();
    annot::Polygon polygon{{std::move(points)}};
    if (!(annot::area(polygon) > 0)) return tl::unexpected(Bad{"zero_area", "the polygon has no area; the row was left out"});
    return Found{std::move(polygon)};
}

double length(Point a, Point b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

// Opposite sides are averaged: six decimals leave them a little unequal.
std::optional<annot::RotatedBox> rectangleOf(const std::vector<Point>& p) {
    const Point along{(p[1].x - p[0].x + p[2].x - p[3].x) / 2, (p[1].y - p[0].y + p[2].y - p[3].y) / 2};
    const Point across{(p[3].x - p[0].x + p[2].x - p[1].x) / 2, (p[3].y - p[0].y + p[2].y - p[1].y) / 2};
    const double w = std::hypot(along.x, along.y), h = std::hypot(across.x, across.y);
    const Point middle{(p[0].x + p[1].x + p[2].x + p[3].x) / 4, (p[0].y + p[1].y + p[2].y + p[3].y) / 4};
    const double tolerance = std::max(0.75, 0.01 * std::max(w, h));
    const annot::RotatedBox box{middle, w, h, std::atan2(along.y, along.x)};
    const auto corners = annot::corners(box);
    for (std::size_t k = 0; k < 4; ++k)
        if (length(corners[k], p[k]) > tolerance) return {};
    return w > 0 && h > 0 ? std::optional(box) : std::nullopt;
}

Parsed<Found> turnedBoxOf(std::span<const double> v, const Frame& frame) {
    auto ring = ringOf(v, frame);
    if (!ring) return ring;
    const auto& polygon = std::get<annot::Polygon>(ring->shape);
    std::vector<Point> points = polygon.rings.front();
    if (points.size() == 4) {
        double turn = 0;
        for (std::size_t k = 0; k < 4; ++k) turn += points[k].x * points[(k + 1) % 4].y - points[(k + 1) % 4].x * points[k].y;
        if (turn < 0) std::swap(points[1], points[3]);  // clockwise as seen
        if (const auto box = rectangleOf(points)) return Found{*box};
    }
    auto fitted = annot::converted(polygon, "rotated_box", std::uint32_t(frame.width), std::uint32_t(frame.height));
    if (!fitted) return tl::unexpected(Bad{"bad_polygon", fitted.error().message});
    return Found{std::move(*fitted), {}, true};
}

annot::Keypoints::Item pointOf(std::span<const double> v, const Frame& frame) {
    std::uint8_t visibility = 2;
    if (v.size() == 2)
        visibility = v[0] < 0 || v[1] < 0 ? 0 : 2;
    else if (v[2] <= 0)
        visibility = 0;
    else if (v[2] == 1)
        visibility = 1;
    if (visibility == 0 && !(isInRange(v[0]) && isInRange(v[1]))) return {};
    if (visibility == 0 && v.size() == 2) return {};
    return {frame.pixelOf(v[0], v[1]), visibility};
}

Parsed<Found> poseOf(std::span<const double> v, Skeleton skeleton, const Frame& frame) {
    const auto dim = std::size_t(skeleton.dim);
    if (v.size() != 4 + std::size_t(skeleton.points) * dim)
        return tl::unexpected(
            Bad{"bad_row", fmt::format("has {} columns; {} points of {} numbers make {}; the row was left out", v.size() + 1,
                                       skeleton.points, dim, 5 + std::size_t(skeleton.points) * dim)});
    if (const auto outside = firstOutside(v.first(4))) return tl::unexpected(outOfRange(*outside));
    annot::Keypoints keypoints;
    bool labelled = false;
    for (std::size_t k = 4; k < v.size(); k += dim) {
        keypoints.items.push_back(pointOf(v.subspan(k, dim), frame));
        if (keypoints.items.back().visibility == 0) continue;
        labelled = true;
        if (const auto outside = firstOutside(v.subspan(k, 2))) return tl::unexpected(outOfRange(*outside));
    }
    const annot::Rect rect = rectOf(v, frame);
    if (rect.w > 0 && rect.h > 0) keypoints.box = rect;
    if (!labelled && !(rect.w > 0 && rect.h > 0))
        return tl::unexpected(Bad{"zero_area", "has no box and no labelled point; the row was left out"});
    return Found{std::move(keypoints)};
}

}  // namespace

std::string_view nameOf(Variant variant) {
    return kNames[std::size_t(variant)];
}

std::optional<Variant> variantNamed(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    return at == kNames.end() ? std::nullopt : std::optional(Variant(at - kNames.begin()));
}

Parsed<Row> parseRow(std::string_view line) {
    Row row;
    std::size_t columns = 0;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
        const std::string_view word = line.substr(0, end);
        line.remove_prefix(end);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        const auto value = numberIn(word);
        if (!value)
            return tl::unexpected(Bad{
                "bad_row", fmt::format("\"{}\" in column {} is no number; the row was left out", word.substr(0, 40), columns + 1)});
        if (++columns > kMostColumns) return tl::unexpected(Bad{"bad_row", "has more than two million columns; it was left out"});
        if (columns > 1)
            row.values.push_back(*value);
        else if (*value < 0 || *value > kLargestClass || *value != std::floor(*value))
            return tl::unexpected(Bad{"unknown_class", fmt::format("{} is no class number; the row was left out", word)});
        else
            row.classIndex = std::int64_t(*value);
    }
    if (row.values.size() < 4)
        return tl::unexpected(Bad{
            "bad_row",
            fmt::format("has {} columns; a class and four numbers are the least; the row was left out", row.values.size() + 1)});
    return row;
}

void Tally::add(const Row& row) {
    const auto& v = row.values;
    ++rows;
    ++columns[v.size() + 1];
    if (v.size() % 2 == 0) ++oddColumns;
    largestClass = std::max(largestClass, row.classIndex);
    if (v.size() == 8 || v.size() == 9) {
        ++fourPoints;
        parallelograms += isParallelogram(v);
    }
    if (v.size() < 7 || (v.size() - 4) % 3 != 0) return;
    bool visibilities = true;
    for (std::size_t k = 6; k < v.size(); k += 3) {
        visibilities = visibilities && (v[k] == 0 || v[k] == 1 || v[k] == 2);
        twos += v[k] == 2;
    }
    likePose += visibilities;
}

// Without a word in data.yaml: all rows alike with a visibility in every third place are poses (no share is ever 2); four points
// that make a parallelogram in nearly all rows are turned boxes; an even number of columns everywhere means that the last is a
// confidence.
Dialect dialectOf(const Tally& tally, std::optional<Variant> stated, std::optional<Skeleton> skeleton) {
    const std::size_t width = tally.columns.empty() ? 0 : tally.columns.rbegin()->first;
    const bool alike = tally.columns.size() == 1;
    if (skeleton && (!stated || *stated == Variant::Pose)) {
        const std::size_t expected = 5 + std::size_t(skeleton->points * skeleton->dim);
        return {Variant::Pose, alike && width == expected + 1, *skeleton};
    }
    const bool pose = alike && tally.likePose == tally.rows && (tally.twos > 0 || stated == Variant::Pose);
    if (pose && (!stated || *stated == Variant::Pose)) return {Variant::Pose, false, {int(width - 5) / 3, 3}};
    if (alike && stated == Variant::Pose && width > 5 && width % 2 == 1) return {Variant::Pose, false, {int(width - 5) / 2, 2}};
    Dialect dialect{Variant::Detect, tally.rows > 0 && tally.oddColumns == 0, {}};
    const std::size_t plain = width - (dialect.confidence ? 1 : 0);
    const bool turned = alike && plain == 9 && tally.parallelograms * 10 >= tally.fourPoints * 9;
    if (plain > 5) dialect.variant = turned ? Variant::Obb : Variant::Segment;
    if (stated && *stated != Variant::Pose) dialect.variant = *stated;
    return dialect;
}

double tidied(double pixel) {
    const double tidy = std::round(pixel * 64) / 64 + 0.0;
    return std::abs(tidy - pixel) < 1e-9 ? tidy : pixel;
}

Frame Frame::of(const image::ImageInfo& info) {
    const bool stored = info.format != "jpeg" && info.format != "mpo" && info.orientation >= 1 && info.orientation <= 8;
    return {double(info.width), double(info.height), stored ? info.orientation : 1};
}

annot::Point Frame::pixelOf(double x, double y) const {
    switch (orientation) {
        case 2: x = 1 - x; break;
        case 3: x = 1 - x, y = 1 - y; break;
        case 4: y = 1 - y; break;
        case 5: std::swap(x, y); break;
        case 6: x = 1 - std::exchange(y, x); break;
        case 7: x = 1 - std::exchange(y, 1 - x); break;
        case 8: x = std::exchange(y, 1 - x); break;
        default: break;
    }
    return {tidied(x * width), tidied(y * height)};
}

annot::Point Frame::shareOf(annot::Point pixel) const {
    double x = pixel.x / width, y = pixel.y / height;
    switch (orientation) {
        case 2: x = 1 - x; break;
        case 3: x = 1 - x, y = 1 - y; break;
        case 4: y = 1 - y; break;
        case 5: std::swap(x, y); break;
        case 6: y = 1 - std::exchange(x, y); break;
        case 7: y = 1 - std::exchange(x, 1 - y); break;
        case 8: x = 1 - std::exchange(y, x); break;
        default: break;
    }
    return {x, y};
}

Parsed<Found> shapeOf(const Row& row, const Dialect& dialect, const Frame& frame) {
    std::span<const double> values = row.values;
    std::optional<double> confidence;
    if (dialect.confidence) {
        confidence = values.back();
        values = values.first(values.size() - 1);
        if (*confidence < 0 || *confidence > 1)
            return tl::unexpected(
                Bad{"bad_row", fmt::format("the confidence {} isn't within 0 and 1; the row was left out", *confidence)});
    }
    auto found = [&] {
        if (values.size() == 4) return boxOf(values, frame);  // also among rows of another kind
        if (dialect.variant == Variant::Pose) return poseOf(values, dialect.skeleton, frame);
        return dialect.variant == Variant::Obb ? turnedBoxOf(values, frame) : ringOf(values, frame);
    }();
    if (found) found->confidence = confidence;
    return found;
}

bool isInRange(const annot::Rect& box, const Frame& frame) {
    return isInRange((box.x + box.w / 2) / frame.width) && isInRange((box.y + box.h / 2) / frame.height) &&
           isInRange(box.w / frame.width) && isInRange(box.h / frame.height);
}

bool isInRange(const annot::Keypoints& keypoints, const Frame& frame) {
    return std::ranges::all_of(keypoints.items, [&](const auto& item) {
        return item.visibility == 0 || (isInRange(item.at.x / frame.width) && isInRange(item.at.y / frame.height));
    });
}

}  // namespace lathe::formats::yolo
