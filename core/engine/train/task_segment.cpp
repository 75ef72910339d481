// A class for every pixel.
#include <torch/torch.h>
#include <cmath>

#include "core/engine/eval/segmentation.h"
#include "core/engine/train/fit.h"
#include "core/engine/train/losses.h"
#include "core/engine/train/task.h"
#include "core/engine/train/validation_pictures.h"

namespace lathe::engine::train {
namespace {

constexpr std::size_t kCounted = 256;  ///< training masks that class weights are counted over
constexpr double kRight = 0.5;         ///< mean IoU of a picture from which on it counts as right

class MaskLabels final : public Labels {
public:
    explicit MaskLabels(const TrainData& data) : m_data(data), m_shape(data.pictures->shape()) {}
    [[nodiscard]] torch::Tensor room(std::int64_t pictures) const override {
        return torch::empty({pictures, m_shape.height, m_shape.width}, torch::kUInt8);
    }
    [[nodiscard]] Result<> write(std::int64_t item, torch::Tensor& room, std::int64_t row) const override {
        return m_data.masks->copy(item, mask(room, row));
    }
    [[nodiscard]] std::uint8_t* mask(torch::Tensor& room, std::int64_t row) const override {
        return room.data_ptr<std::uint8_t>() + row * std::int64_t(m_shape.height) * m_shape.width;
    }
    void clear(torch::Tensor& room, std::int64_t row) const override { room[row].fill_(eval::kNotAsked); }

private:
    const TrainData& m_data;
    PictureShape m_shape;
};

class SegmentAccount final : public Account {
public:
    SegmentAccount(const TrainData& data, const runs::Preprocessing& preprocessing, const Loss& loss)
        : m_data(data), m_preprocessing(preprocessing), m_loss(loss) {}

    void add(const torch::Tensor& output, const torch::Tensor& labels, const std::vector<std::int64_t>& items) override {
        m_lossSum += m_loss(output, labels).item<double>() * double(items.size());
        m_lossOver += items.size();
        for (std::size_t row = 0; row < items.size(); ++row) {
            const auto truth = m_data.masks->whole(items[row]);
            if (!truth) continue;  // it could be read when the batch was made: its file went since
            const auto said = saidOf(output[std::int64_t(row)], truth->width, truth->height);
            PixelMatrix matrix(int(output.size(1)));
            matrix.add(truth->pixels, {said.data_ptr<std::uint8_t>(), truth->pixels.size()});
            if (m_shown.contains(items[row])) keepMask(items[row], said, truth->width, truth->height);
            m_matrices.push_back(std::move(matrix));
            m_items.push_back(items[row]);
        }
    }
    [[nodiscard]] Result<Json> figures(bool whole) const override {
        const auto figures = eval::segmentationFigures(m_matrices, int(m_data.classes.size()), whole ? kResamples : 0);
        Json json = eval::toJson(figures, m_data.classes);
        if (m_lossOver > 0) json["metrics"]["loss"] = m_lossSum / double(m_lossOver);
        json["metrics"]["samples"] = m_items.size();
        return json;
    }
    [[nodiscard]] Json samples() const override {
        Json samples = Json::array();
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            const Item& item = m_data.items[std::size_t(m_items[i])];
            const auto figures = eval::segmentationFigures(std::span(&m_matrices[i], 1), int(m_data.classes.size()));
            Json overlap = Json::array(), all = Json::array(), pixels = Json::array();
            for (std::size_t k = 0; k < figures.perClass.size(); ++k) {
                const std::int64_t both = figures.confusion[k * (figures.perClass.size() + 1)];
                std::int64_t said = 0;
                for (std::size_t j = 0; j < figures.perClass.size(); ++j)
                    said += figures.confusion[j * figures.perClass.size() + k];
                overlap.push_back(both), all.push_back(figures.perClass[k].pixels + said - both);
                pixels.push_back(figures.perClass[k].pixels);
            }
            samples.push_back({{"image", item.image},
                               {"split", item.split},
                               {"label", item.label},
                               {"width", item.width},
                               {"height", item.height},
                               {"right", figures.miou >= kRight},
                               {"confidence", figures.pixelAccuracy},
                               {"miou", figures.miou},
                               {"pixel_accuracy", figures.pixelAccuracy},
                               {"intersection", overlap},
                               {"union", all},
                               {"pixels", pixels}});
        }
        return samples;
    }

    [[nodiscard]] Json shown() const override {
        Json told = Json::array();
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            const auto mask = m_masks.find(m_items[i]);
            if (mask == m_masks.end()) continue;
            const auto figures = eval::segmentationFigures(std::span(&m_matrices[i], 1), int(m_data.classes.size()));
            told.push_back({{"image", m_data.items[std::size_t(m_items[i])].image},
                            {"right", figures.miou >= kRight},
                            {"miou", figures.miou},
                            {"pixel_accuracy", figures.pixelAccuracy},
                            {"mask", mask->second}});
        }
        return told;
    }

private:
    using PixelMatrix = eval::PixelMatrix;
    /// At the size that it has in the network's input.
    void keepMask(std::int64_t item, const torch::Tensor& said, int width, int height) {
        const Fit fit = fitOf(width, height, m_preprocessing);
        m_masks[item] = maskJson(said.data_ptr<std::uint8_t>(), width, height, fit.width, fit.height);
    }
    /// The best class of each pixel at the image's own size: logits are resized, then compared.
    [[nodiscard]] torch::Tensor saidOf(const torch::Tensor& logits, int width, int height) const {
        const Fit fit = fitOf(width, height, m_preprocessing);
        const auto part = logits.slice(1, fit.y, fit.y + fit.height).slice(2, fit.x, fit.x + fit.width).unsqueeze(0);
        const bool same = fit.width == width && fit.height == height;
        const auto large = same ? part : torch::upsample_bilinear2d(part, {height, width}, false);
        return large.argmax(1).to(torch::kUInt8).cpu().contiguous();
    }
    const TrainData& m_data;
    const runs::Preprocessing& m_preprocessing;
    const Loss& m_loss;
    std::vector<PixelMatrix> m_matrices;
    std::vector<std::int64_t> m_items;
    std::map<std::int64_t, Json> m_masks;  ///< what was said of the shown ones
    double m_lossSum = 0;
    std::size_t m_lossOver = 0;
};

class SegmentTask final : public Task {
public:
    SegmentTask(const TaskParts& parts, Loss loss)
        : m_data(parts.data), m_preprocessing(parts.spec.preprocessing), m_loss(std::move(loss)) {}
    [[nodiscard]] std::shared_ptr<const Labels> labels() const override { return std::make_shared<MaskLabels>(m_data); }
    [[nodiscard]] torch::Tensor loss(const torch::Tensor& output, const torch::Tensor& labels) const override {
        return m_loss(output, labels);
    }
    [[nodiscard]] std::unique_ptr<Account> account() const override {
        return std::make_unique<SegmentAccount>(m_data, m_preprocessing, m_loss);
    }
    [[nodiscard]] std::vector<std::string> curves() const override { return {"loss", "miou", "pixel_accuracy"}; }

private:
    const TrainData& m_data;
    runs::Preprocessing m_preprocessing;
    Loss m_loss;
};

/// Training pixels of each class, over the first masks.
std::vector<std::int64_t> countsOf(const TrainData& data) {
    std::vector<std::int64_t> counts(data.classes.size(), 0);
    std::size_t read = 0;
    for (const std::int64_t item : data.splits.train) {
        if (read == kCounted) break;
        const auto mask = data.masks->whole(item);
        if (!mask) continue;
        ++read;
        for (const std::uint8_t pixel : mask->pixels)
            if (pixel < counts.size()) ++counts[pixel];
    }
    return counts;
}

}  // namespace

Result<std::shared_ptr<const Task>> makeSegment(const TaskParts& parts) {
    const bool weighted = parts.spec.loss.classWeights.name != "none";
    const auto counts = weighted ? countsOf(parts.data) : std::vector<std::int64_t>(parts.data.classes.size(), 0);
    LATHE_TRY(Loss loss, makeLoss(parts.spec, counts, parts.device));
    return std::make_shared<const SegmentTask>(parts, std::move(loss));
}

}  // namespace lathe::engine::train
