// Segmentation against scikit-learn and torch (tests/data/engine/make_segmentation.py): figures and losses; masks from outlines,
// and how they move with pictures.
#include <torch/torch.h>
#include <QTest>
#include <cmath>

#include "core/base/files.h"
#include "core/engine/eval/segmentation.h"
#include "core/engine/load/dataset.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/losses.h"
#include "core/engine/train/task.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

const Json& golden() {
    static const Json all = *base::readJson(LATHE_SOURCE_DIR "/tests/data/engine/segmentation.json");
    return all;
}

void flatten(const Json& nested, std::vector<double>& into) {
    if (!nested.is_array()) return into.push_back(nested.get<double>());
    for (const Json& one : nested) flatten(one, into);
}

torch::Tensor numbers(const Json& nested, torch::Dtype type) {
    std::vector<double> flat;
    flatten(nested, flat);
    return torch::tensor(flat, torch::kFloat64).to(type);
}

load::Object polygon(int category, std::vector<std::vector<annot::Point>> rings) {
    return {category, annot::Polygon{std::move(rings)}, false};
}

/// 20 x 10: a square with a hole, and a mask over its right column.
load::Sample drawn() {
    load::Sample sample;
    sample.width = 20, sample.height = 10, sample.path = "drawn.png";
    sample.objects.push_back(polygon(0, {{{2, 2}, {8, 2}, {8, 8}, {2, 8}}, {{4, 4}, {6, 4}, {6, 6}, {4, 6}}}));
    sample.objects.push_back({1, annot::Mask{10, 20, {72, 6, 122}}, false});  // column 7, rows 2 to 7
    return sample;
}

runs::Preprocessing input(int width, int height, const char* resize = "stretch") {
    runs::Preprocessing p;
    p.width = width, p.height = height, p.channels = 1, p.resize = resize;
    return p;
}

}  // namespace

class TestSegment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void figuresAreScikitLearns() {
        const int classes = golden()["classes"];
        for (const Json& one : golden()["cases"]) {
            std::vector<eval::PixelMatrix> matrices;
            for (const Json& picture : one["pictures"]) {
                matrices.emplace_back(classes);
                matrices.back().add(picture["truth"].get<std::vector<std::uint8_t>>(),
                                    picture["said"].get<std::vector<std::uint8_t>>());
            }
            const auto figures = eval::segmentationFigures(matrices, classes, 200);
            const auto near = [&](double got, const char* name) { return std::abs(got - one[name].get<double>()) < 1e-9; };
            QVERIFY(near(figures.miou, "miou") && near(figures.pixelAccuracy, "pixel_accuracy"));
            QVERIFY(near(figures.meanAccuracy, "mean_accuracy"));
            std::size_t at = 0;
            for (int k = 0; k < classes; ++k) {
                const double iou = figures.perClass[std::size_t(k)].iou;
                if (at < one["there"].size() && one["there"][at] == k)
                    QVERIFY(std::abs(iou - one["iou"][at++].get<double>()) < 1e-9);
                else
                    QCOMPARE(iou, -1.0);  // neither there nor said: left out of the mean
                const auto& ends = figures.perClass[std::size_t(k)].iouInterval;
                QVERIFY(ends[0] <= ends[1] && (iou < 0) == (ends[0] < 0));
                for (int j = 0; j < classes; ++j)
                    QCOMPARE(figures.confusion[std::size_t(k * classes + j)],
                             one["confusion"][std::size_t(k)][std::size_t(j)].get<std::int64_t>());
            }
            QVERIFY(figures.miouInterval[0] <= figures.miou + 0.2 && figures.miouInterval[0] <= figures.miouInterval[1]);
        }
    }
    void lossesAreTorchs() {
        const auto logits = numbers(golden()["logits"], torch::kFloat32).reshape({2, 4, 5, 6});
        const auto labels = numbers(golden()["labels"], torch::kUInt8).reshape({2, 5, 6});
        for (const auto& [name, value] : golden()["losses"].items()) {
            runs::RunSpec spec;
            spec.task = "segment", spec.loss.name = name, spec.loss.labelSmoothing = 0;
            const auto loss = *train::makeLoss(spec, {1, 1, 1, 1}, torch::kCPU);
            const double got = loss(logits, labels).item<double>();
            QVERIFY2(std::abs(got - value.get<double>()) < 1e-5, qPrintable(QString::fromStdString(name) + QString::number(got)));
            const auto nothing = torch::full_like(labels, 255);
            auto open = logits.clone().requires_grad_();
            loss(open, nothing).backward();
            QVERIFY2(torch::isfinite(open.grad()).all().item<bool>(), name.c_str());
        }
    }
    void masksAreWhatWasDrawn() {
        const auto masks = load::masksOf({drawn()}, input(20, 10), false);
        const auto whole = *masks->whole(0);
        const auto at = [&](int x, int y) { return int(whole.pixels[std::size_t(y * 20 + x)]); };
        QCOMPARE(at(3, 3), 0);
        QCOMPARE(at(5, 5), 255);  // the hole
        QCOMPARE(at(7, 3), 1);    // what was drawn later
        QCOMPARE(at(15, 5), 255);
        const auto background = *load::masksOf({drawn()}, input(20, 10), true)->whole(0);
        QCOMPARE(int(background.pixels[5 * 20 + 5]), 0);
        QCOMPARE(int(background.pixels[3 * 20 + 3]), 1);
        std::vector<std::uint8_t> same(200);
        QVERIFY(masks->copy(0, same.data()).has_value());
        QCOMPARE(same, whole.pixels);
        const double bare = load::uncovered({drawn()});
        QVERIFY(std::abs(bare - (200.0 - 32) / 200) < 1e-9);
    }
    void masksLieAsTheirPicturesInALetterbox() {
        const auto masks = load::masksOf({drawn()}, input(40, 40, "letterbox"), true);
        std::vector<std::uint8_t> out(1600);
        QVERIFY(masks->copy(0, out.data()).has_value());
        QCOMPARE(int(out[0]), 255);                   // above the picture
        QCOMPARE(int(out[std::size_t(10) * 40]), 0);  // its first row
        QCOMPARE(int(out[(10 + 6) * 40 + 6]), 1);     // (3, 3) of the image
    }
    void masksMoveWithTheirPictures() {
        train::TrainData data;
        auto pictures = torch::zeros({12, 32, 32, 1}, torch::kUInt8);
        std::vector<load::Sample> samples;
        for (int i = 0; i < 12; ++i) {
            const int x = 4 + i, y = 3 + i % 5;
            pictures[i].slice(0, y, y + 14).slice(1, x, x + 12).fill_(255);
            load::Sample sample;
            sample.width = sample.height = 32;
            sample.objects.push_back(
                polygon(0, {{{double(x), double(y)}, {x + 12.0, double(y)}, {x + 12.0, y + 14.0}, {double(x), y + 14.0}}}));
            samples.push_back(sample);
            data.items.push_back({i, "train", 0, "p", 32, 32, {}});
        }
        data.pictures = std::make_shared<train::TensorPictures>(pictures);
        data.masks = load::masksOf(samples, input(32, 32), true);
        data.classes = {"background", "square"};
        runs::RunSpec spec;
        spec.task = "segment", spec.loss.name = "dice", spec.preprocessing = input(32, 32);
        spec.augmentation = {{"flip"}, {"zoom_crop", Json{{"least", 0.5}}}, {"mosaic", Json{{"p", 0.5}}}};
        const auto model = *nn::makeModel({"unet_light", 1, 2, 32, 32, {}});
        const auto task = *train::makeTask(spec, data, *model, torch::kCPU);
        train::LoaderOptions options;
        for (std::int64_t i = 0; i < 12; ++i) options.samples.push_back(i), options.classes.push_back(0);
        options.labels = task->labels(), options.batch = 4, options.lastEpoch = 4;
        options.augmentation = *train::Augmenter::make(spec.augmentation), options.mosaic = train::Mosaic(spec.augmentation);
        train::Loader loader(data.pictures, options);
        while (auto batch = loader.next()) {
            const auto light = batch->pictures.select(3, 0).gt(127), square = batch->labels.eq(1);
            QVERIFY(light.ne(square).to(torch::kFloat32).mean().item<double>() < 0.06);  // but for pixels on the border
        }
    }
};

QTEST_GUILESS_MAIN(TestSegment)
#include "tst_segment.moc"
