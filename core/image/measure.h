// Figures of a whole picture for filters and facets: bright or dark, sharp or blurred, colourful or grey.
#pragma once
#include <opencv2/core/mat.hpp>

namespace lathe::image {

struct Measures {
    double brightness = 0, contrast = 0;  ///< mean and standard deviation of luma, 0...255
    double sharpness = 0;      ///< variance of the 3x3 Laplacian of luma (Pech-Pacheco et al. 2000); low: blurred or empty
    double entropy = 0;        ///< of the histogram of luma, bits, 0...8
    double colourfulness = 0;  ///< M3 of Hasler and Süsstrunk (2003): 0 grey, about 45 averagely colourful, above 80 very
};

/// Of 8-bit BGR or grey. Sharpness depends on the scale: compare pictures that were fitted to the same side (imports use 512).
[[nodiscard]] Measures measure(const cv::Mat& picture);

}  // namespace lathe::image
