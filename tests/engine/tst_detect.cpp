// Detection against torchvision (tests/data/engine/make_fcos.py): places, loss, boxes, suppression; and how boxes move with
// pictures.
#include <torch/torch.h>
#include <QTest>
#include <cmath>

#include "core/base/files.h"
#include "core/engine/nn/detector.h"
#include "core/engine/nn/nms.h"
#include "core/engine/train/fit.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/losses.h"
#include "core/engine/train/task.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

const Json& golden() {
    static const Json all = *base::readJson(LATHE_SOURCE_DIR "/tests/data/engine/fcos.json");
    return all;
}

constexpr std::array kSizes = {8, 16, 32, 64, 128};

torch::Tensor numbers(const Json& nested) {
    std::vector<float> flat;
    const auto add = [&](const auto& self, const Json& json) -> void {
        if (json.is_array())
            for (const Json& one : json) self(self, one);
        else
            flat.push_back(json.get<float>());
    };
    add(add, nested);
    return torch::tensor(flat);
}

/// One white rectangle on black a picture, and its box.
struct Rectangles {
    train::TrainData data;
    runs::RunSpec spec;
    explicit Rectangles(int count, std::vector<runs::Augmentation> augmentation) {
        auto pictures = torch::zeros({count, 64, 96, 1}, torch::kUInt8);
        for (int i = 0; i < count; ++i) {
            const int x = 10 + 7 * i % 40, y = 8 + 5 * i % 20, w = 20 + i % 5, h = 16 + i % 7;
            pictures[i].slice(0, y, y + h).slice(1, x, x + w).fill_(255);
            train::Item item{i, "train", 0, "r", 192, 128, {}};  // the image is twice the input
            item.boxes.push_back(
                {0, {float(2 * x), float(2 * y), float(2 * (x + w)), float(2 * (y + h))}, float(4 * w * h), false});
            data.items.push_back(item);
        }
        data.pictures = std::make_shared<train::TensorPictures>(pictures);
        data.classes = {"rectangle"};
        spec.task = "detect", spec.model.name = "fcos_light", spec.loss.name = "fcos";
        spec.preprocessing.width = 96, spec.preprocessing.height = 64, spec.preprocessing.channels = 1;
        spec.augmentation = std::move(augmentation);
    }
    [[nodiscard]] std::vector<train::Batch> batches() const {
        const auto model = *nn::makeModel({"fcos_light", 1, 1, 96, 64, {}});
        const auto task = *train::makeTask(spec, data, *model, torch::kCPU);
        train::LoaderOptions options;
        for (std::size_t i = 0; i < data.items.size(); ++i)
            options.samples.push_back(std::int64_t(i)), options.classes.push_back(0);
        options.labels = task->labels(), options.batch = 8;
        options.augmentation = *train::Augmenter::make(spec.augmentation), options.mosaic = train::Mosaic(spec.augmentation);
        train::Loader loader(data.pictures, options);
        std::vector<train::Batch> all;
        while (auto batch = loader.next()) all.push_back(std::move(*batch));
        return all;
    }
};

/// Of the light pixels (of a part) of a picture: x0, y0, x1, y1.
std::array<int, 4> extent(const torch::Tensor& picture) {
    const auto light = picture.select(2, 0).gt(127);
    const auto rows = light.any(1).nonzero().flatten(), columns = light.any(0).nonzero().flatten();
    if (rows.numel() == 0) return {0, 0, 0, 0};
    return {columns.min().item<int>(), rows.min().item<int>(), columns.max().item<int>() + 1, rows.max().item<int>() + 1};
}

}  // namespace

class TestDetect : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placesAreTorchvisions() {
        for (const Json& expected : golden()["grids"]) {
            const auto grid = nn::gridOf(kSizes, expected["height"], expected["width"]);
            QCOMPARE(grid.levels, expected["levels"].get<std::vector<std::int64_t>>());
            QVERIFY(torch::allclose(grid.centres.flatten(), numbers(expected["centres"]), 0, 1e-4));
            QVERIFY(torch::equal(grid.sizes, numbers(expected["sizes"])));
        }
    }
    void lossAndBoxesAreTorchvisions() {
        const int height = golden()["height"], width = golden()["width"];
        const auto grid = nn::gridOf(kSizes, height, width);
        runs::RunSpec spec;
        spec.task = "detect", spec.loss.name = "fcos";
        const auto loss = *train::makeLoss(spec, {}, torch::kCPU, grid);
        for (const Json& one : golden()["cases"]) {
            const auto pictures = std::int64_t(one["output"].size());
            const auto output = numbers(one["output"]).reshape({pictures, -1, golden()["classes"].get<int>() + 5});
            auto labels = torch::zeros({pictures, 14, 5});
            labels.select(2, 0).fill_(-1);
            for (std::int64_t n = 0; n < pictures; ++n)
                for (std::size_t k = 0; k < one["boxes"][std::size_t(n)].size(); ++k)
                    labels[n][std::int64_t(k)] = numbers(one["boxes"][std::size_t(n)][k]);
            const double got = loss(output, labels).item<double>(), wanted = one["loss"];
            QVERIFY2(std::abs(got - wanted) < 1e-4 * std::max(1.0, wanted),
                     qPrintable(QStringLiteral("%1 %2").arg(got).arg(wanted)));
            const auto found = nn::decode(output, grid, height, width, {0.2, 50, 0.6, 20});
            for (std::size_t n = 0; n < found.size(); ++n) {
                const Json& expected = one["found"][n];
                QCOMPARE(found[n].size(), expected.size());
                for (std::size_t k = 0; k < expected.size(); ++k) {
                    QCOMPARE(found[n][k].category, expected[k]["class"].get<int>());
                    QVERIFY(std::abs(double(found[n][k].score) - expected[k]["score"].get<double>()) < 1e-5);
                    for (std::size_t c = 0; c < 4; ++c)
                        QVERIFY(std::abs(double(found[n][k].corners[c]) - expected[k]["box"][c].get<double>()) < 1e-3);
                }
            }
        }
    }
    void lossHasGradientsAndSurvivesEmptyPictures() {
        const auto grid = nn::gridOf(kSizes, 64, 96);
        runs::RunSpec spec;
        spec.task = "detect", spec.loss.name = "fcos";
        const auto loss = *train::makeLoss(spec, {}, torch::kCPU, grid);
        auto output = torch::randn({2, grid.sizes.size(0), 8}).requires_grad_();
        auto labels = torch::zeros({2, 3, 5});
        labels.select(2, 0).fill_(-1);
        const auto value = loss(output.clone(), labels);
        value.backward();
        QVERIFY(torch::isfinite(value).item<bool>() && torch::isfinite(output.grad()).all().item<bool>());
    }
    void suppressionIsTorchvisions() {
        for (const Json& one : golden()["nms"]) {
            const auto boxes = numbers(one["boxes"]).reshape({-1, 4}), scores = numbers(one["scores"]);
            const auto alike = torch::zeros({boxes.size(0)}, torch::kInt64);
            const auto kept = nn::nms(boxes, scores, alike, one["overlap"]);
            QVERIFY(torch::equal(kept, torch::tensor(one["kept"].get<std::vector<std::int64_t>>())));
            QVERIFY(torch::equal(nn::nms(boxes, scores, alike, one["overlap"], 3), kept.slice(0, 0, 3)));
            // Boxes of two groups don't touch each other: what stays is what stays of each group by itself.
            const auto groups = torch::arange(boxes.size(0)).remainder(2);
            std::vector<torch::Tensor> each;
            for (int group = 0; group < 2; ++group) {
                const auto mine = groups.eq(group).nonzero().squeeze(1);
                each.push_back(mine.index_select(0, nn::nms(boxes.index_select(0, mine), scores.index_select(0, mine),
                                                            alike.slice(0, 0, mine.numel()), one["overlap"])));
            }
            const auto together = nn::nms(boxes, scores, groups, one["overlap"]);
            QVERIFY(torch::equal(std::get<0>(together.sort()), std::get<0>(torch::cat(each).sort())));
        }
        QCOMPARE(nn::nms(torch::zeros({0, 4}), torch::zeros({0}), torch::zeros({0}, torch::kInt64), 0.5).numel(), 0);
    }
    void boxesMoveWithTheirPictures_data() {
        QTest::addColumn<QString>("augmentation");
        for (const char* name : {"none", "flip", "zoom_crop", "affine", "shift"}) QTest::newRow(name) << QString(name);
    }
    void boxesMoveWithTheirPictures() {
        QFETCH(QString, augmentation);
        std::vector<runs::Augmentation> declared;
        if (augmentation == "affine")
            declared = {{"affine", Json{{"degrees", 0}, {"scale", 0.2}, {"shear", 0}}}};
        else if (augmentation != "none")
            declared = {{augmentation.toStdString()}};
        int looked = 0;
        for (const auto& batch : Rectangles(40, declared).batches())
            for (std::int64_t i = 0; i < batch.pictures.size(0); ++i) {
                const auto row = batch.labels[i][0];
                if (row[0].item<float>() < 0) continue;
                const auto light = extent(batch.pictures[i]);
                for (int c = 0; c < 4; ++c) {
                    const double off = std::abs(row[c + 1].item<double>() - light[std::size_t(c)]);
                    QVERIFY2(off <= 1.2, qPrintable(QStringLiteral("%1: %2 px off").arg(c).arg(off)));
                }
                ++looked;
            }
        QVERIFY(looked > 20);
    }
    void aMosaicHoldsPartsOfFourPicturesWithTheirBoxes() {
        int boxes = 0;
        for (const auto& batch : Rectangles(24, {{"mosaic", Json{{"p", 1.0}}}}).batches())
            for (std::int64_t i = 0; i < batch.pictures.size(0); ++i)
                for (std::int64_t k = 0; k < batch.labels.size(1); ++k) {
                    const auto row = batch.labels[i][k];
                    if (row[0].item<float>() < 0) break;
                    ++boxes;
                    const auto at = [&](int c) { return int(std::lround(row[c].item<double>())); };
                    const auto part =
                        batch.pictures[i].slice(0, at(2), std::max(at(2) + 1, at(4))).slice(1, at(1), std::max(at(1) + 1, at(3)));
                    QVERIFY(part.gt(127).to(torch::kFloat32).mean().item<double>() > 0.75);  // the box is full of its rectangle
                }
        QVERIFY(boxes > 40);
    }
    void letterboxKeepsTheShape() {
        runs::Preprocessing p;
        p.width = 96, p.height = 64, p.resize = "letterbox";
        const auto fit = train::fitOf(100, 100, p);
        QCOMPARE(fit.x, 16);
        QCOMPARE(fit.width, 64);
        const auto there = fit.placement(100, 100);
        const auto back = there.inverse()->of(there.of(30, 70)[0], there.of(30, 70)[1]);
        QVERIFY(std::abs(back[0] - 30) < 1e-9 && std::abs(back[1] - 70) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(TestDetect)
#include "tst_detect.moc"
