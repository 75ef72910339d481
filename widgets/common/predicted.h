// Predicted objects (the engine's "predict" of a detector or segmenter) drawn on a picture.
#pragma once
#include <QImage>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace lathe::widgets::common {

struct PredictedClass {
    std::string name;
    int index = 0, count = 0;
    double best = 0;  ///< confidence
};
/// Draws boxes and masks of the confidence `least` and more in their classes' colours, `scale` px of the picture to one of the
/// image; the classes drawn, the surest first. The picture becomes ARGB32_Premultiplied. Any thread.
std::vector<PredictedClass> drawPredicted(QImage& picture, const Json& objects, double scale, double least);

}  // namespace lathe::widgets::common
