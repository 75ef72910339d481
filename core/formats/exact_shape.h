// Shapes of Lathe in formats that hold simpler ones: boxes by their corners, angles in degrees, polygons of a single ring. What
// such a format has no place for goes into one JSON object beside the shape ("lathe"), so that it comes back bit for bit. Private
// to core/formats.
#pragma once
#include <string>
#include <vector>

#include "core/annot/annotation.h"

namespace lathe::formats::exact {

[[nodiscard]] double radiansOf(double degrees);
/// The shortest number that radiansOf() turns into the same bits; the nearest one when there is none.
[[nodiscard]] double degreesOf(double radians);
/// The width with which from + width is `to` again.
[[nodiscard]] double extentOf(double from, double to);
/// A box about its own centre.
[[nodiscard]] annot::RotatedBox turned(const annot::Rect& box, double degrees);
/// The box that turned() makes this of, with as few decimals as will do.
[[nodiscard]] annot::Rect upright(const annot::RotatedBox& box);

/// What is written for one annotation. `own` belongs into its "lathe" object; null when the shape says all.
struct Piece {
    annot::Shape shape;
    Json own = {};
};

/// Polygons of several rings become a polygon each; with a hole they become a mask where the image's size is known. `loss` says
/// which of it happened, else it is left as it is.
[[nodiscard]] std::vector<Piece> piecesOf(const annot::Shape& shape, int width, int height, std::string& loss);
/// Was `next` a further ring of the last annotation? Then it is in it now.
[[nodiscard]] bool joined(annot::Annotations& all, annot::Annotation& next, const Json& own);
/// Gives a shape back what `own` kept of it, unless another program has changed the shape since.
void restore(annot::Shape& shape, const Json& own);
/// Adds to `own` what `read`, the shape as a reader will see it, lacks of `shape`.
void keepDifference(Json& own, const annot::Shape& shape, const annot::Shape& read);

}  // namespace lathe::formats::exact
