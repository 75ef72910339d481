#include "core/engine/eval/segmentation.h"

#include "core/runs/figures/interval.h"

namespace lathe::engine::eval {
namespace {

using runs::figures::middle95;

double share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? double(part) / double(whole) : -1;
}

/// Of the values that are defined.
double meanOf(const std::vector<SegmentationFigures::PerClass>& classes, double SegmentationFigures::PerClass::*value) {
    double sum = 0, count = 0;
    for (const auto& one : classes)
        if (one.*value >= 0) sum += one.*value, ++count;
    return count > 0 ? sum / count : -1;
}

std::vector<SegmentationFigures::PerClass> perClassOf(const PixelMatrix& matrix) {
    const auto n = std::size_t(matrix.classes);
    std::vector<SegmentationFigures::PerClass> classes(n);
    for (std::size_t k = 0; k < n; ++k) {
        std::int64_t truth = 0, said = 0;
        for (std::size_t j = 0; j < n; ++j) truth += matrix.counts[k * n + j], said += matrix.counts[j * n + k];
        const std::int64_t both = matrix.counts[k * n + k];
        classes[k] = {share(both, truth + said - both), share(2 * both, truth + said), share(both, said), share(both, truth),
                      truth};
    }
    return classes;
}

/// Of miou and of every class's IoU.
void addIntervals(std::span<const PixelMatrix> pictures, int resamples, SegmentationFigures& figures) {
    const int classes = int(figures.perClass.size());
    auto values = runs::figures::resampled(pictures.size(), {.draws = resamples}, [&](runs::figures::Weights counts) {
        PixelMatrix all(classes);
        for (std::size_t i = 0; i < pictures.size(); ++i)
            if (counts[i] > 0)
                for (std::size_t k = 0; k < all.counts.size(); ++k) all.counts[k] += counts[i] * pictures[i].counts[k];
        const auto perClass = perClassOf(all);
        std::vector<double> drawn{meanOf(perClass, &SegmentationFigures::PerClass::iou)};
        for (const auto& one : perClass) drawn.push_back(one.iou);
        return drawn;
    });
    if (!values || values->empty()) return;  // it can't be cancelled
    figures.miouInterval = middle95(std::move(values->front()));
    for (std::size_t k = 0; k < figures.perClass.size(); ++k)
        figures.perClass[k].iouInterval = middle95(std::move((*values)[k + 1]));
}

}  // namespace

void PixelMatrix::add(std::span<const std::uint8_t> truth, std::span<const std::uint8_t> said) {
    for (std::size_t i = 0; i < truth.size(); ++i)
        if (truth[i] < classes) ++counts[std::size_t(truth[i]) * std::size_t(classes) + said[i]];
}

PixelMatrix& PixelMatrix::operator+=(const PixelMatrix& other) {
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
    return *this;
}

SegmentationFigures segmentationFigures(std::span<const PixelMatrix> pictures, int classes, int resamples) {
    PixelMatrix all(classes);
    for (const PixelMatrix& picture : pictures) all += picture;
    SegmentationFigures figures;
    figures.perClass = perClassOf(all);
    std::int64_t right = 0, pixels = 0;
    for (std::size_t k = 0; k < figures.perClass.size(); ++k) {
        right += all.counts[k * (std::size_t(classes) + 1)];
        pixels += figures.perClass[k].pixels;
    }
    figures.miou = meanOf(figures.perClass, &SegmentationFigures::PerClass::iou);
    figures.pixelAccuracy = share(right, pixels);
    figures.meanAccuracy = meanOf(figures.perClass, &SegmentationFigures::PerClass::recall);
    figures.meanDice = meanOf(figures.perClass, &SegmentationFigures::PerClass::dice);
    if (resamples > 0 && !pictures.empty()) addIntervals(pictures, resamples, figures);
    figures.confusion = std::move(all.counts);
    return figures;
}

Json toJson(const SegmentationFigures& figures, const std::vector<std::string>& classes) {
    const auto put = [](Json& to, const char* name, double value) {
        if (value >= 0) to[name] = value;
    };
    Json metrics = Json::object(), perClass = Json::array(), confusion = Json::array();
    put(metrics, "miou", figures.miou), put(metrics, "pixel_accuracy", figures.pixelAccuracy);
    put(metrics, "mean_accuracy", figures.meanAccuracy), put(metrics, "mean_dice", figures.meanDice);
    put(metrics, "miou_low", figures.miouInterval[0]), put(metrics, "miou_high", figures.miouInterval[1]);
    const std::size_t n = figures.perClass.size();
    for (std::size_t k = 0; k < n; ++k) {
        const auto& one = figures.perClass[k];
        Json row = {{"class", k < classes.size() ? classes[k] : std::to_string(k)}, {"pixels", one.pixels}};
        put(row, "iou", one.iou), put(row, "iou_low", one.iouInterval[0]), put(row, "iou_high", one.iouInterval[1]);
        put(row, "dice", one.dice), put(row, "precision", one.precision), put(row, "recall", one.recall);
        perClass.push_back(std::move(row));
        confusion.push_back(std::vector<std::int64_t>(figures.confusion.begin() + std::ptrdiff_t(k * n),
                                                      figures.confusion.begin() + std::ptrdiff_t((k + 1) * n)));
    }
    return {{"metrics", std::move(metrics)}, {"per_class", std::move(perClass)}, {"confusion", std::move(confusion)}};
}

}  // namespace lathe::engine::eval
