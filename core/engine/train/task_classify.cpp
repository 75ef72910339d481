// One class for the picture.
#include <torch/torch.h>
#include <cmath>

#include "core/engine/eval/classification.h"
#include "core/engine/train/losses.h"
#include "core/engine/train/task.h"

namespace lathe::engine::train {
namespace {

constexpr std::int64_t kTop = 5;  ///< classes told of a picture that is shown

class ClassLabels final : public Labels {
public:
    explicit ClassLabels(const TrainData& data) : m_data(data) {}
    [[nodiscard]] torch::Tensor room(std::int64_t pictures) const override { return torch::empty({pictures}, torch::kInt64); }
    [[nodiscard]] Result<> write(std::int64_t item, torch::Tensor& room, std::int64_t row) const override {
        room.data_ptr<std::int64_t>()[row] = m_data.items[std::size_t(item)].label;
        return {};
    }

private:
    const TrainData& m_data;
};

double rounded(double probability) {
    return std::round(probability * 1e7) / 1e7;
}

class ClassAccount final : public Account {
public:
    explicit ClassAccount(const TrainData& data) : m_data(data) {}
    void add(const torch::Tensor& output, const torch::Tensor& labels, const std::vector<std::int64_t>& items) override {
        m_logits.push_back(output.cpu());
        m_labels.push_back(labels.cpu());
        m_items.insert(m_items.end(), items.begin(), items.end());
    }
    [[nodiscard]] Result<Json> figures(bool whole) const override {
        const auto labels = m_labels.empty() ? torch::zeros({0}, torch::kInt64) : torch::cat(m_labels);
        return eval::toJson(eval::classificationFigures(logits(), labels, whole ? kResamples : 0), m_data.classes);
    }
    [[nodiscard]] Json samples() const override {
        Json samples = Json::array();
        const auto probabilities = torch::softmax(logits().to(torch::kFloat64), 1).contiguous();
        const auto p = probabilities.accessor<double, 2>();
        for (std::size_t row = 0; row < m_items.size(); ++row) {
            const Item& item = m_data.items[std::size_t(m_items[row])];
            std::vector<float> values;
            for (std::int64_t k = 0; k < p.size(1); ++k) values.push_back(float(p[std::int64_t(row)][k]));
            const auto top = std::max_element(values.begin(), values.end());
            Json all = Json::array();
            for (const float value : values) all.push_back(rounded(double(value)));
            samples.push_back({{"image", item.image},
                               {"split", item.split},
                               {"label", item.label},
                               {"width", item.width},
                               {"height", item.height},
                               {"predicted", top - values.begin()},
                               {"right", top - values.begin() == item.label},
                               {"confidence", rounded(double(*top))},
                               {"probabilities", all}});
        }
        return samples;
    }

    [[nodiscard]] Json shown() const override {
        Json told = Json::array();
        const auto all = logits();
        for (std::size_t row = 0; row < m_items.size(); ++row)
            if (m_shown.contains(m_items[row]))
                told.push_back(shownOf(m_data.items[std::size_t(m_items[row])],
                                       torch::softmax(all[std::int64_t(row)].to(torch::kFloat64), 0)));
        return told;
    }

private:
    static Json shownOf(const Item& item, const torch::Tensor& probabilities) {
        const auto [values, places] = probabilities.topk(std::min(kTop, probabilities.size(0)));
        Json top = Json::array();
        for (std::int64_t i = 0; i < values.size(0); ++i)
            top.push_back({places[i].item<std::int64_t>(), rounded(values[i].item<double>())});
        const auto predicted = places[0].item<std::int64_t>();
        return {{"image", item.image},
                {"right", predicted == item.label},
                {"predicted", predicted},
                {"confidence", rounded(values[0].item<double>())},
                {"top", std::move(top)}};
    }
    [[nodiscard]] torch::Tensor logits() const {
        return m_logits.empty() ? torch::zeros({0, std::int64_t(m_data.classes.size())}) : torch::cat(m_logits);
    }
    const TrainData& m_data;
    std::vector<torch::Tensor> m_logits, m_labels;
    std::vector<std::int64_t> m_items;
};

class ClassifyTask final : public Task {
public:
    ClassifyTask(const TrainData& data, Loss loss) : m_data(data), m_loss(std::move(loss)) {}
    [[nodiscard]] std::shared_ptr<const Labels> labels() const override { return std::make_shared<ClassLabels>(m_data); }
    [[nodiscard]] torch::Tensor loss(const torch::Tensor& output, const torch::Tensor& labels) const override {
        return m_loss(output, labels);
    }
    [[nodiscard]] std::unique_ptr<Account> account() const override { return std::make_unique<ClassAccount>(m_data); }
    [[nodiscard]] std::vector<std::string> curves() const override { return {"loss", "accuracy", "macro_f1"}; }

private:
    const TrainData& m_data;
    Loss m_loss;
};

}  // namespace

Result<std::shared_ptr<const Task>> makeClassify(const TaskParts& parts) {
    std::vector<std::int64_t> counts(parts.data.classes.size(), 0);
    for (const std::int64_t sample : parts.data.splits.train) ++counts[std::size_t(parts.data.items[std::size_t(sample)].label)];
    LATHE_TRY(Loss loss, makeLoss(parts.spec, counts, parts.device));
    return std::make_shared<const ClassifyTask>(parts.data, std::move(loss));
}

}  // namespace lathe::engine::train
