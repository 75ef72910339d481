// YOLO label files: one row of numbers an object, class first, counted from 0, coordinates as shares of the image's sides.
//
//     detect   class cx cy w h
//     segment  class x1 y1 x2 y2 x3 y3 ...      one ring: no holes, no parts
//     obb      class x1 y1 x2 y2 x3 y3 x4 y4    corners of a turned box, in any order round it
//     pose     class cx cy w h (x y [v]) ...    as many points as kpt_shape says
//
// Results of a model have the confidence as one more number at the end. Which of these a set holds is known from its data.yaml
// (kpt_shape) or from all its rows together: see dialectOf(). Private to core/formats.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/annot/shape.h"
#include "core/image/decode.h"

namespace lathe::formats::yolo {

enum class Variant { Detect, Segment, Obb, Pose };
/// "detect", "segment", "obb", "pose": Ultralytics' words for its tasks.
[[nodiscard]] std::string_view nameOf(Variant variant);
[[nodiscard]] std::optional<Variant> variantNamed(std::string_view name);

/// kpt_shape: how many points, and two or three numbers for each.
struct Skeleton {
    int points = 0, dim = 3;
};

/// Why a row can't be used: a problem's code and words.
struct Bad {
    std::string code, message;
};
template <class T>
using Parsed = tl::expected<T, Bad>;

struct Row {
    std::int64_t classIndex = 0;
    std::vector<double> values;  ///< all after the class
    auto operator<=>(const Row&) const = default;
};
[[nodiscard]] Parsed<Row> parseRow(std::string_view line);

/// The trimmed lines that aren't empty: visit(number from 1, line).
template <class Visit>
void eachLine(std::string_view text, Visit visit) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (std::int64_t number = 0; !text.empty();) {
        const std::size_t end = text.find_first_of("\r\n");
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\0')) line.remove_suffix(1);
        if (!line.empty()) visit(++number, line);
    }
}

/// What all rows of a set have in common.
struct Tally {
    std::int64_t rows = 0, oddColumns = 0;
    std::int64_t fourPoints = 0, parallelograms = 0;  ///< rows of four points; those that could be turned boxes
    std::int64_t likePose = 0, twos = 0;              ///< rows with a visibility in every third place; visibilities of 2
    std::int64_t largestClass = -1;
    std::map<std::size_t, std::int64_t> columns;  ///< rows by their number of columns

    void add(const Row& row);
};

struct Dialect {
    Variant variant = Variant::Detect;
    bool confidence = false;  ///< the last column
    Skeleton skeleton = {};
};
/// `stated` and `skeleton`: as data.yaml says.
[[nodiscard]] Dialect dialectOf(const Tally& tally, std::optional<Variant> stated, std::optional<Skeleton> skeleton);

/// A pixel coordinate out of a share: multiples of 1/64 are taken exactly when they're within a billionth of a pixel, so that
/// shapes drawn on whole or half pixels come back as they were.
[[nodiscard]] double tidied(double pixel);

/// The image that rows are shares of. Ultralytics turns JPEG files by their EXIF orientation alone: rows of others mean the pixels
/// as stored.
struct Frame {
    double width = 0, height = 0;  ///< upright
    int orientation = 1;           ///< of the rows against the upright image; 1 for JPEG
    static Frame of(const image::ImageInfo& info);
    [[nodiscard]] annot::Point pixelOf(double x, double y) const;
    [[nodiscard]] annot::Point shareOf(annot::Point pixel) const;
    /// A width or height, given as a share of the rows' image, as those of the upright one, and the reverse.
    [[nodiscard]] bool swapsSides() const { return orientation >= 5; }
};

struct Found {
    annot::Shape shape;
    std::optional<double> confidence = {};
    bool fitted = false;  ///< four points that were no rectangle
};
[[nodiscard]] Parsed<Found> shapeOf(const Row& row, const Dialect& dialect, const Frame& frame);

/// Rows as text with a line end. Numbers have the fewest decimals, six at least, that read back to the same pixel.
[[nodiscard]] std::string boxRow(std::int64_t classIndex, const annot::Rect& box, const Frame& frame);
[[nodiscard]] std::string pointsRow(std::int64_t classIndex, const std::vector<annot::Point>& points, const Frame& frame);
[[nodiscard]] std::string poseRow(std::int64_t classIndex, const annot::Keypoints& keypoints, const Frame& frame,
                                  Skeleton skeleton);

/// Would Ultralytics take it? Centre, width and height as shares within [-0.01, 1.01].
[[nodiscard]] bool isInRange(const annot::Rect& box, const Frame& frame);
[[nodiscard]] bool isInRange(const annot::Keypoints& keypoints, const Frame& frame);

}  // namespace lathe::formats::yolo
