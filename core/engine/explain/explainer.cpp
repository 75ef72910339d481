#include "core/engine/explain/explainer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <array>

#include "core/engine/explain/methods.h"

namespace lathe::engine::explain {

namespace {

const std::array kMethods{
    Method{"gradcam", "Where the last feature map raises the class's logit (Selvaraju et al. 2017)", gradCam},
};

bool isOnePicture(const torch::Tensor& x) {
    return x.defined() && x.dim() == 4 && x.size(0) == 1 && x.is_floating_point();
}

}  // namespace

std::span<const Method> methods() {
    return kMethods;
}

Result<Explanation> explain(nn::Model& model, const std::string& method, const Request& request) {
    if (!isOnePicture(request.input))
        return fail(ErrorCode::InvalidArgument, "An explanation takes one preprocessed picture, 1 x C x H x W.");
    std::vector<std::string_view> known;
    for (const auto& entry : kMethods) {
        if (entry.name == method) return entry.run(model, request);
        known.push_back(entry.name);
    }
    return fail(ErrorCode::InvalidArgument,
                fmt::format("There is no explanation method \"{}\"; there is {}.", method, fmt::join(known, ", ")));
}

}  // namespace lathe::engine::explain
