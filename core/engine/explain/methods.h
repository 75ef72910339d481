// The explanation methods, for explainer.cpp's registry alone: one file each.
#pragma once
#include "core/engine/explain/explainer.h"

namespace lathe::engine::explain {

/// Grad-CAM: ReLU(sum_c mean_ij(dy/dA_c) A_c) of a feature layer A, for the logit y of the class, bilinear to the input's size.
/// Selvaraju et al. 2017, arXiv 1610.02391, equations 1 and 2.
[[nodiscard]] Result<Explanation> gradCam(nn::Model& model, const Request& request);

}  // namespace lathe::engine::explain
