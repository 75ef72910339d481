#include "core/engine/train/shape_error.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <array>
#include <cmath>
#include <optional>

#include "core/engine/nn/stages.h"
#include "core/engine/train/resolve.h"

namespace lathe::engine::train {
namespace {

using Shape = std::vector<std::int64_t>;

std::string firstLine(const std::exception& error) {
    const auto* known = dynamic_cast<const c10::Error*>(&error);
    const std::string text = known ? known->msg() : error.what();
    return text.substr(0, text.find('\n'));
}

bool runsAt(const runs::RunSpec& spec, int classes, int width, int height, std::int64_t pictures) {
    auto config = modelConfig(spec, classes);
    config.width = width, config.height = height;
    auto model = nn::makeModel(config);
    if (!model) return false;
    try {
        const torch::NoGradGuard still;
        (*model)->train();
        (void)(*model)->forward(torch::zeros({pictures, config.channels, height, width}));
        return true;
    } catch (const c10::Error&) {
        return false;
    }
}

/// The least side, of those that are tried, with which the network runs; nothing where none helps.
std::optional<int> leastSide(const runs::RunSpec& spec, int classes, std::int64_t pictures) {
    constexpr std::array kSides = {8, 16, 24, 32, 48, 64, 96, 128, 192, 256};
    const auto& p = spec.preprocessing;
    for (const int side : kSides) {
        if (side <= std::min(p.width, p.height)) continue;
        if (runsAt(spec, classes, std::max(p.width, side), std::max(p.height, side), pictures)) return side;
    }
    return {};
}

std::string sizeAdvice(const runs::RunSpec& spec, int classes, std::int64_t pictures) {
    const auto side = leastSide(spec, classes, std::min<std::int64_t>(pictures, 2));
    return side ? fmt::format("set preprocessing.width and preprocessing.height to at least {}", *side)
                : "choose another model or other sizes (model.name, preprocessing)";
}

/// What the operator's weights take of channels or features; 0: it doesn't matter to it.
std::int64_t wantedOf(const LayerWatch::Failure& f) {
    if (f.weights.empty()) return 0;
    if (f.kind.starts_with("Conv") || f.kind == "Linear") return f.weights.size() > 1 ? f.weights[1] * f.groups : 0;
    return f.weights[0];
}

std::int64_t cameOf(const LayerWatch::Failure& f) {
    if (f.input.size() < 2) return 0;
    return f.kind == "Linear" || f.kind == "LayerNorm" ? f.input.back() : f.input[1];
}

}  // namespace

Error shapeError(const LayerWatch::Failure& f, const std::exception& error, const runs::RunSpec& spec, int classes,
                 const torch::Tensor& x) {
    const auto told = [&](const std::string& what) { return Error{ErrorCode::InvalidData, what, {}}; };
    const std::string line = firstLine(error);
    const bool lonely = line.find("more than 1 value per channel") != std::string::npos;
    if (f.op.empty() && !lonely)
        return told(fmt::format("the network can't take a batch of {}: {}", shapeText(x.sizes().vec()), line));
    if (f.layer == "loss") return told(fmt::format("the loss {} can't be taken of {}: {}", f.kind, shapeText(f.input), line));
    const bool own = !f.weights.empty();
    const std::string layer =
        own ? fmt::format("layer {} ({})", f.layer, f.kind) : fmt::format("{} behind layer {} ({})", f.op, f.layer, f.kind);
    const std::string came = shapeText(f.input);
    if (lonely)
        return told(fmt::format(
            "the batch norm behind layer {} ({}) got {}: one value a channel, and it needs two or more. Set batch to 2 or "
            "more, or {}",
            f.layer, f.kind, came, sizeAdvice(spec, classes, x.size(0))));
    const std::int64_t wanted = own ? wantedOf(f) : 0, got = cameOf(f);
    if (wanted > 0 && got > 0 && wanted != got) {
        const bool first = got == x.size(1) && f.input.size() == 4 && f.input[2] == x.size(2);
        return told(fmt::format(
            "{} got {} and wants {} {}, not {}{}", layer, came, wanted, f.kind == "Linear" ? "features" : "channels", got,
            first ? fmt::format(": set preprocessing.channels to {}", wanted) : ": " + sizeAdvice(spec, classes, x.size(0))));
    }
    return told(fmt::format("{} got {}, which it can't take ({}): {}", layer, came, line, sizeAdvice(spec, classes, x.size(0))));
}

Error shapeError(nn::Model& model, const std::exception& error, const runs::RunSpec& spec, int classes, const torch::Tensor& x) {
    const std::string line = firstLine(error);
    if (line.find("CUDA error") != std::string::npos) return {ErrorCode::EngineFailed, line, {}};
    LayerWatch watch(x.device());
    watch.setModel(model);
    try {
        const torch::NoGradGuard still;
        watch.forward([&] { (void)model.forward(x); });
    } catch (const std::exception& again) {
        return shapeError(watch.failure(), again, spec, classes, x);
    }
    return {ErrorCode::EngineFailed, line, {}};
}

Misfit misfitOf(const nn::Model& model, const nn::NamedTensors& given, const std::string& name, const runs::RunSpec& spec) {
    const auto state = nn::stateOf(model);
    const Shape theirs = given.at(name).sizes().vec(), ours = state.at(name).sizes().vec();
    const std::string what = fmt::format("{} is {} in the file and {} here", name, shapeText(theirs), shapeText(ours));
    const bool images = theirs.size() == 4 && ours.size() == 4 && theirs[0] == ours[0];
    if (images && ours[1] == spec.preprocessing.channels && (theirs[1] == 1 || theirs[1] == 3))
        return {fmt::format("{}: set preprocessing.channels to {}", what, theirs[1])};
    if (name == "pos_embed" && theirs.size() == 3 && theirs[2] == ours[2]) {
        const auto side = std::lround(std::sqrt(double(theirs[1] - 1))) * 16;
        return {fmt::format("{}: set preprocessing.width and preprocessing.height to {}", what, side)};
    }
    const bool head = theirs.size() == ours.size() && !theirs.empty() && theirs[0] != ours[0] &&
                      std::equal(theirs.begin() + 1, theirs.end(), ours.begin() + 1) &&
                      nn::stageOf(nn::stagesOf(model), name) + 1 >= nn::stagesOf(model).size();
    if (head) return {what + ": made for another number of classes, it starts at random", true};
    return {what + ": it is of another model (model.name)"};
}

}  // namespace lathe::engine::train
