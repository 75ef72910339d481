// The sets of tests/bench/card_data.py as a run's data: one safetensors file a set, pictures at their own size.
//   pictures uint8 N x H x W x C, split uint8 N (0 train, 1 val, 2 test); labels int64 N, or boxes float32 M x 6 (picture, class,
//   x0, y0, x1, y1), or masks uint8 N x H x W (255: not asked); metadata: "task", "classes" (one a line)
#pragma once
#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <sstream>

#include "core/engine/nn/safetensors.h"
#include "core/engine/train/data.h"
#include "core/engine/train/splits.h"

namespace carddata {

using namespace lathe;
using namespace lathe::engine;

struct Set {
    std::string task;
    std::vector<std::string> classes;
    torch::Tensor pictures, masks;
    std::vector<train::Item> items;
};

/// `most` of each split; 0: all.
inline Result<Set> read(const std::filesystem::path& file, int most) {
    LATHE_TRY(nn::SafetensorsFile all, nn::readSafetensors(file));
    Set set;
    set.task = all.metadata["task"];
    std::istringstream names(all.metadata["classes"]);
    for (std::string name; std::getline(names, name);) set.classes.push_back(name);
    const auto split = all.tensors.at("split");
    std::vector<std::int64_t> kept;
    std::array<int, 3> taken{};
    for (std::int64_t i = 0; i < split.size(0); ++i)
        if (auto& count = taken[split.data_ptr<std::uint8_t>()[i]]; most == 0 || count < most) ++count, kept.push_back(i);
    const auto rows = torch::tensor(kept, torch::kInt64);
    set.pictures = all.tensors.at("pictures").index_select(0, rows);
    if (set.task == "segment") set.masks = all.tensors.at("masks").index_select(0, rows);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        train::Item item;
        item.image = std::int64_t(i) + 1, item.name = fmt::format("{}", kept[i]);
        item.split = std::array{"train", "val", "test"}[split.data_ptr<std::uint8_t>()[kept[i]]];
        item.width = int(set.pictures.size(2)), item.height = int(set.pictures.size(1));
        item.label = set.task == "classify" ? int(all.tensors.at("labels").data_ptr<std::int64_t>()[kept[i]]) : 0;
        set.items.push_back(std::move(item));
    }
    if (set.task != "detect") return set;
    const auto boxes = all.tensors.at("boxes").contiguous();
    for (std::int64_t m = 0; m < boxes.size(0); ++m) {
        const float* box = boxes.data_ptr<float>() + m * 6;
        const auto at = std::lower_bound(kept.begin(), kept.end(), std::int64_t(box[0]));
        if (at == kept.end() || *at != std::int64_t(box[0])) continue;
        const float area = (box[4] - box[2]) * (box[5] - box[3]);
        set.items[std::size_t(at - kept.begin())].boxes.push_back({int(box[1]), {box[2], box[3], box[4], box[5]}, area, false});
    }
    return set;
}

/// N x H x W x C at another size, bilinear with the shrinking filtered.
inline torch::Tensor resized(const torch::Tensor& pictures, int height, int width) {
    if (pictures.size(1) == height && pictures.size(2) == width) return pictures;
    std::vector<torch::Tensor> parts;
    for (const auto& part : pictures.split(64)) {
        const auto x = part.permute({0, 3, 1, 2}).to(torch::kFloat32);
        const auto y = at::_upsample_bilinear2d_aa(x, {height, width}, false);
        parts.push_back(y.round().clamp(0, 255).to(torch::kUInt8).permute({0, 2, 3, 1}).contiguous());
    }
    return torch::cat(parts);
}

class SizedMasks final : public train::Masks {
public:
    SizedMasks(const torch::Tensor& masks, int height, int width) : m_whole(masks.contiguous()) {
        const auto rows = (torch::arange(height) * m_whole.size(1)).div(height, "floor");
        const auto columns = (torch::arange(width) * m_whole.size(2)).div(width, "floor");
        m_sized = m_whole.index_select(1, rows).index_select(2, columns).contiguous();
    }
    [[nodiscard]] Result<> copy(std::int64_t index, std::uint8_t* out) override {
        std::copy_n(m_sized[index].data_ptr<std::uint8_t>(), m_sized[index].numel(), out);
        return {};
    }
    [[nodiscard]] Result<train::ClassMask> whole(std::int64_t index) override {
        const auto mask = m_whole[index];
        const auto* pixels = mask.data_ptr<std::uint8_t>();
        return train::ClassMask{int(mask.size(1)), int(mask.size(0)), {pixels, pixels + mask.numel()}};
    }

private:
    torch::Tensor m_whole, m_sized;
};

inline Result<train::TrainData> dataOf(Set set, const runs::RunSpec& resolved) {
    const auto& p = resolved.preprocessing;
    train::TrainData data;
    data.pictures = std::make_shared<train::TensorPictures>(resized(set.pictures, p.height, p.width));
    if (set.masks.defined()) data.masks = std::make_shared<SizedMasks>(set.masks, p.height, p.width);
    data.items = std::move(set.items), data.classes = std::move(set.classes);
    LATHE_TRY(data.splits, train::makeSplits(data.items, resolved.seed, data.classes, resolved.task));
    return data;
}

}  // namespace carddata
