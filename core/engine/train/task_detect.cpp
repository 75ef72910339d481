// A box round every object.
#include <torch/torch.h>
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/engine/nn/detector.h"
#include "core/engine/train/fit.h"
#include "core/engine/train/losses.h"
#include "core/engine/train/task.h"
#include "core/runs/figures/detection.h"

namespace lathe::engine::train {
namespace {

constexpr double kLeft = 0.3;  ///< share of a box that must be left in the picture for it to be asked for
constexpr std::int64_t kFields = 5;
constexpr std::size_t kShownBoxes = 100;  ///< of a picture that is shown, of at least this confidence
constexpr double kShownFrom = 0.05;

bool isEmpty(const Corners& box) {
    return !(box[2] - box[0] > 0) || !(box[3] - box[1] > 0);
}

class BoxLabels final : public Labels {
public:
    BoxLabels(const TrainData& data, const runs::RunSpec& spec) : m_data(data), m_preprocessing(spec.preprocessing) {
        const bool four =
            std::any_of(spec.augmentation.begin(), spec.augmentation.end(), [](const auto& a) { return a.name == "mosaic"; });
        for (const Item& item : data.items) m_most = std::max(m_most, std::int64_t(item.boxes.size()) * (four ? 4 : 1));
    }
    [[nodiscard]] torch::Tensor room(std::int64_t pictures) const override { return torch::empty({pictures, m_most, kFields}); }
    [[nodiscard]] Result<> write(std::int64_t index, torch::Tensor& room, std::int64_t row) const override {
        const Item& item = m_data.items[std::size_t(index)];
        const Fit fit = fitOf(item.width, item.height, m_preprocessing);
        const Placement placement = fit.placement(item.width, item.height);
        const PictureShape whole{m_preprocessing.height, m_preprocessing.width, 0};
        float* out = rowOf(room, row);
        std::int64_t count = 0;
        for (const LabelledBox& box : item.boxes) {
            if (box.crowd || isEmpty(box.corners)) continue;
            if (const auto at = placed(box.corners, placement, whole, 0)) put(out, count++, float(box.category), *at);
        }
        end(out, count);
        return {};
    }
    void move(torch::Tensor& room, std::int64_t row, const Placement& placement, const Window& window) const override {
        float* out = rowOf(room, row);
        std::int64_t count = 0;
        // The window's corner as the origin, so that one rule cuts to it.
        const Placement inWindow = placement.then({{1, 0, -double(window.x0), 0, 1, -double(window.y0)}});
        const PictureShape shape{window.y1 - window.y0, window.x1 - window.x0, 0};
        for (std::int64_t i = 0; i < m_most && out[i * kFields] >= 0; ++i) {
            const float* box = out + i * kFields;
            const float category = box[0];
            auto at = placed({box[1], box[2], box[3], box[4]}, inWindow, shape, kLeft);
            if (!at) continue;
            for (std::size_t k = 0; k < 4; ++k) (*at)[k] += float(k % 2 == 0 ? window.x0 : window.y0);
            put(out, count++, category, *at);
        }
        end(out, count);
    }
    void join(torch::Tensor& room, std::int64_t row, const torch::Tensor& other, std::int64_t otherRow) const override {
        float* out = rowOf(room, row);
        const float* from = other.data_ptr<float>() + otherRow * m_most * kFields;
        std::int64_t count = 0;
        while (count < m_most && out[count * kFields] >= 0) ++count;
        for (std::int64_t i = 0; i < m_most && count < m_most && from[i * kFields] >= 0; ++i, ++count)
            std::copy_n(from + i * kFields, kFields, out + count * kFields);
        end(out, count);
    }
    void clear(torch::Tensor& room, std::int64_t row) const override { end(rowOf(room, row), 0); }

private:
    [[nodiscard]] float* rowOf(torch::Tensor& room, std::int64_t row) const {
        return room.data_ptr<float>() + row * m_most * kFields;
    }
    static void put(float* out, std::int64_t at, float category, const Corners& box) {
        out[at * kFields] = category;
        std::copy(box.begin(), box.end(), out + at * kFields + 1);
    }
    void end(float* out, std::int64_t count) const {
        for (std::int64_t i = count; i < m_most; ++i) put(out, i, -1, {});
    }
    const TrainData& m_data;
    runs::Preprocessing m_preprocessing;
    std::int64_t m_most = 1;
};

/// In px of the image.
struct Said {
    std::int64_t item;
    std::vector<nn::Found> found;
};

/// The confidence at which F1 over all classes is best; 0.5 where nothing was right.
double bestThreshold(const std::vector<runs::figures::Detection>& detections, const std::vector<int>& found, std::size_t truths) {
    std::vector<std::size_t> order(detections.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return detections[a].score > detections[b].score; });
    double best = 0, threshold = 0.5;
    std::size_t right = 0, said = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (found[order[i]] == -2) continue;
        ++said, right += found[order[i]] >= 0;
        const bool tie = i + 1 < order.size() && detections[order[i + 1]].score == detections[order[i]].score;
        const double f1 = 2.0 * double(right) / double(said + truths);
        if (!tie && f1 > best) best = f1, threshold = detections[order[i]].score;
    }
    return threshold;
}

class DetectAccount final : public Account {
public:
    DetectAccount(const TrainData& data, const runs::Preprocessing& preprocessing, const Loss& loss, const nn::Grid& grid)
        : m_data(data), m_preprocessing(preprocessing), m_loss(loss), m_grid(grid) {}

    void add(const torch::Tensor& output, const torch::Tensor& labels, const std::vector<std::int64_t>& items) override {
        m_lossSum += m_loss(output, labels).item<double>() * double(items.size());
        auto pictures = nn::decode(output, m_grid, m_preprocessing.height, m_preprocessing.width);
        for (std::size_t row = 0; row < items.size(); ++row) {
            const Item& item = m_data.items[std::size_t(items[row])];
            const auto back = fitOf(item.width, item.height, m_preprocessing).placement(item.width, item.height).inverse();
            Said said{items[row], {}};
            for (nn::Found& found : pictures[row]) {
                const auto at = placed(found.corners, *back, {item.height, item.width, 0}, 0);
                if (at) said.found.push_back({found.category, found.score, *at});
            }
            m_said.push_back(std::move(said));
        }
        m_judged.reset();
    }
    [[nodiscard]] Result<Json> figures(bool whole) const override {
        LATHE_TRY(m_judged, judge(whole));
        const Judged& judged = *m_judged;
        Json json = runs::figures::toJson(judged.figures, m_data.classes);
        if (!m_said.empty()) json["metrics"]["loss"] = m_lossSum / double(m_said.size());
        json["metrics"]["samples"] = m_said.size();
        json["threshold"] = judged.threshold;
        return json;
    }
    [[nodiscard]] Json samples() const override {
        return samplesWhere([](const Said&) { return true; });
    }
    [[nodiscard]] Json shown() const override {
        Json told = samplesWhere([this](const Said& said) { return m_shown.contains(said.item); });
        for (Json& one : told) {
            Json objects = Json::array();
            for (Json& object : one["objects"])
                if (objects.size() < kShownBoxes && object["confidence"].get<double>() >= kShownFrom)
                    objects.push_back(std::move(object));
            one["objects"] = std::move(objects);
        }
        return told;
    }

private:
    struct Judged {
        runs::figures::DetectionFigures figures;
        double threshold = 0.5;
    };
    /// Of predictions.json, in the order in which they were added.
    template <class Wanted>
    [[nodiscard]] Json samplesWhere(Wanted wanted) const {
        Json samples = Json::array();
        if (!m_judged) {
            auto judged = judge(false);
            if (!judged) return samples;
            m_judged = std::move(*judged);
        }
        std::size_t first = 0;
        for (const Said& said : m_said) {
            if (wanted(said)) samples.push_back(sampleOf(said, first));
            first += said.found.size();
        }
        return samples;
    }
    /// `detection`: the place of its first object among all.
    [[nodiscard]] Json sampleOf(const Said& said, std::size_t detection) const {
        const Item& item = m_data.items[std::size_t(said.item)];
        const auto truths = std::count_if(item.boxes.begin(), item.boxes.end(), [](const auto& b) { return !b.crowd; });
        Json objects = Json::array();
        std::int64_t right = 0, wrong = 0;
        for (const nn::Found& found : said.found) {
            const int what = m_judged->figures.found[detection++];
            if (double(found.score) >= m_judged->threshold) right += what >= 0, wrong += what == -1;
            objects.push_back({{"class", found.category},
                               {"confidence", rounded(found.score, 1e7)},
                               {"right", what >= 0},
                               {"box", boxJson(found.corners)}});
        }
        return {{"image", item.image},
                {"split", item.split},
                {"label", item.label},
                {"width", item.width},
                {"height", item.height},
                {"right", right == truths && wrong == 0},
                {"confidence", said.found.empty() ? 0.0 : double(said.found.front().score)},
                {"truths", truths},
                {"found", right},
                {"false", wrong},
                {"objects", std::move(objects)},
                {"asked", askedOf(item)}};
    }
    /// The labels as they were judged, so that average precision of any part of the images comes from the file alone.
    static Json askedOf(const Item& item) {
        Json asked = Json::array();
        for (const LabelledBox& truth : item.boxes) {
            asked.push_back({{"class", truth.category}, {"box", boxJson(truth.corners)}, {"area", rounded(truth.area, 100)}});
            if (truth.crowd) asked.back()["crowd"] = true;
        }
        return asked;
    }
    static Json boxJson(const Corners& c) {
        return {rounded(c[0], 100), rounded(c[1], 100), rounded(c[2] - c[0], 100), rounded(c[3] - c[1], 100)};
    }
    static double rounded(float value, double scale) { return std::round(double(value) * scale) / scale; }
    [[nodiscard]] Result<Judged> judge(bool whole) const {
        std::vector<runs::figures::DetectionTruth> truths;
        std::vector<runs::figures::Detection> detections;
        std::size_t asked = 0;
        const auto box = [](const Corners& c) {
            return runs::figures::DetectionBox{c[0], c[1], double(c[2]) - double(c[0]), double(c[3]) - double(c[1])};
        };
        for (std::size_t i = 0; i < m_said.size(); ++i) {
            for (const LabelledBox& truth : m_data.items[std::size_t(m_said[i].item)].boxes) {
                truths.push_back({int(i), truth.category, box(truth.corners), double(truth.area), truth.crowd});
                asked += !truth.crowd;
            }
            for (const nn::Found& found : m_said[i].found)
                detections.push_back({int(i), found.category, box(found.corners), double(found.score)});
        }
        runs::figures::DetectionOptions options;
        options.resamples = whole ? kResamples : 0;
        Judged judged;
        LATHE_TRY(judged.figures,
                  runs::figures::detectionFigures(truths, detections, int(m_said.size()), int(m_data.classes.size()), options));
        judged.threshold = bestThreshold(detections, judged.figures.found, asked);
        return judged;
    }
    const TrainData& m_data;
    const runs::Preprocessing& m_preprocessing;
    const Loss& m_loss;
    const nn::Grid& m_grid;
    std::vector<Said> m_said;
    mutable std::optional<Judged> m_judged;  ///< of all that was added
    double m_lossSum = 0;
};

class DetectTask final : public Task {
public:
    DetectTask(const TaskParts& parts, nn::Grid grid, Loss loss)
        : m_data(parts.data),
          m_preprocessing(parts.spec.preprocessing),
          m_labels(std::make_shared<BoxLabels>(parts.data, parts.spec)),
          m_grid(std::move(grid)),
          m_loss(std::move(loss)) {}
    [[nodiscard]] std::shared_ptr<const Labels> labels() const override { return m_labels; }
    [[nodiscard]] torch::Tensor loss(const torch::Tensor& output, const torch::Tensor& labels) const override {
        return m_loss(output, labels);
    }
    [[nodiscard]] std::unique_ptr<Account> account() const override {
        return std::make_unique<DetectAccount>(m_data, m_preprocessing, m_loss, m_grid);
    }
    [[nodiscard]] std::vector<std::string> curves() const override { return {"loss", "ap", "ap50"}; }

private:
    const TrainData& m_data;
    runs::Preprocessing m_preprocessing;
    std::shared_ptr<const BoxLabels> m_labels;
    nn::Grid m_grid;
    Loss m_loss;
};

}  // namespace

Result<std::shared_ptr<const Task>> makeDetect(const TaskParts& parts) {
    const auto sizes = parts.model.levelSizes();
    if (sizes.empty()) return fail(ErrorCode::InvalidArgument, "the model is no detector", parts.spec.model.name);
    nn::Grid grid = nn::gridOf(sizes, parts.spec.preprocessing.height, parts.spec.preprocessing.width);
    LATHE_TRY(Loss loss, makeLoss(parts.spec, {}, parts.device, grid));
    return std::make_shared<const DetectTask>(parts, std::move(grid), std::move(loss));
}

}  // namespace lathe::engine::train
