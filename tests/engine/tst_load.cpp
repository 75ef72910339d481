// Manifest, declared preprocessing, decoded cache, loader: the same batches whatever the threads.
#include <torch/torch.h>
#include <QTest>
#include <cmath>

#include "core/base/files.h"
#include "core/engine/load/area.h"
#include "core/engine/load/dataset.h"
#include "core/engine/load/decoded.h"
#include "core/engine/load/loaded_model.h"
#include "core/engine/load/manifest.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/augment_kinds.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/schedule.h"
#include "tests/engine/run_support.h"

using namespace lathe;
using namespace lathe::engine;
using base::TempFolder;

namespace {

runs::Preprocessing grey(int width, int height, const std::string& resize = "stretch") {
    runs::Preprocessing p;
    p.width = width, p.height = height, p.channels = 1, p.resize = resize;
    return p;
}

/// item % `of`
class Counting final : public train::Labels {
public:
    explicit Counting(std::int64_t of) : m_of(of) {}
    [[nodiscard]] torch::Tensor room(std::int64_t pictures) const override { return torch::empty({pictures}, torch::kInt64); }
    [[nodiscard]] Result<> write(std::int64_t item, torch::Tensor& room, std::int64_t row) const override {
        room[row] = item % m_of;
        return {};
    }

private:
    std::int64_t m_of;
};

/// All batches of two epochs, as one row of numbers each.
std::vector<torch::Tensor> drain(const std::shared_ptr<train::Pictures>& pictures, int threads, int firstEpoch = 0,
                                 int firstBatch = 0) {
    train::LoaderOptions options;
    for (std::int64_t i = 0; i < pictures->size(); ++i) options.samples.push_back(i), options.classes.push_back(i % 3);
    options.labels = std::make_shared<Counting>(3);
    options.batch = 7, options.sampler = {"shuffled"}, options.seed = 11, options.firstEpoch = firstEpoch, options.lastEpoch = 2;
    options.firstBatch = firstBatch, options.threads = threads;
    options.augmentation =
        *train::Augmenter::make({{"shift", {{"pixels", 2}}}, {"flip", {{"p", 0.5}}}, {"crop", {{"padding", 1}}}});
    train::Loader loader(pictures, options);
    std::vector<torch::Tensor> batches;
    while (auto batch = loader.next()) batches.push_back(torch::cat({batch->pictures.flatten().to(torch::kInt64), batch->labels}));
    return batches;
}

}  // namespace

class TestLoad : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void batchesDontDependOnThreads() {
        const auto pictures = std::make_shared<train::TensorPictures>(torch::randint(0, 256, {50, 9, 10, 3}, torch::kUInt8));
        const auto one = drain(pictures, 1), four = drain(pictures, 4);
        QCOMPARE(one.size(), std::size_t(2 * train::batchesPerEpoch(50, 7)));
        QCOMPARE(one.size(), four.size());
        for (std::size_t i = 0; i < one.size(); ++i) QVERIFY(torch::equal(one[i], four[i]));
        QVERIFY(!torch::equal(one[0], one[8]));  // another epoch, another order
        const auto later = drain(pictures, 3, 1, 2);
        QCOMPARE(later.size(), std::size_t(6));
        QVERIFY(torch::equal(later[0], one[10]));
    }
    void anEpochHoldsEverySampleOnce() {
        auto pictures = std::make_shared<train::TensorPictures>(torch::arange(23, torch::kUInt8).reshape({23, 1, 1, 1}));
        train::LoaderOptions options;
        for (int i = 0; i < 23; ++i) options.samples.push_back(i), options.classes.push_back(i);
        options.labels = std::make_shared<Counting>(23);
        options.batch = 5, options.sampler = {"shuffled"};
        train::Loader loader(pictures, options);
        std::vector<int> seen(23, 0);
        while (auto batch = loader.next()) {
            QVERIFY(batch->samples.size() >= 4 && batch->samples.size() <= 5);
            for (std::size_t i = 0; i < batch->samples.size(); ++i) {
                ++seen[std::size_t(batch->samples[i])];
                QCOMPARE(batch->pictures[std::int64_t(i)].item<int>(), int(batch->samples[i]));
                QCOMPARE(batch->labels[std::int64_t(i)].item<int>(), int(batch->samples[i]));
            }
        }
        for (const int count : seen) QCOMPARE(count, 1);
    }
    void preprocessingIsWhatWasDeclared() {
        cv::Mat picture(40, 80, CV_8UC3, cv::Scalar(10, 20, 30));
        const auto stretched = load::resized(picture, grey(20, 20));
        QCOMPARE(stretched.size(), cv::Size(20, 20));
        QCOMPARE(stretched.channels(), 1);
        const auto boxed = load::resized(picture, grey(20, 20, "letterbox"));
        QCOMPARE(int(boxed.at<std::uint8_t>(0, 0)), 114);
        QVERIFY(std::abs(int(boxed.at<std::uint8_t>(10, 10)) - 22) <= 1);
        runs::Preprocessing colour = grey(16, 8);
        colour.channels = 3, colour.mean = {0, 0, 0}, colour.std = {1, 1, 1};
        const auto tensor = load::preprocess(picture, colour);
        QCOMPARE(tensor.sizes().vec(), (std::vector<std::int64_t>{3, 8, 16}));
        QVERIFY(std::abs(tensor[0][4][4].item<double>() - 30 / 255.0) < 1e-6);  // RGB
        QVERIFY(std::abs(tensor[2][4][4].item<double>() - 10 / 255.0) < 1e-6);
    }
    void aReducedDecodingAgreesWithTheWhole_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<QString>("resize");
        for (const int channels : {1, 3})
            for (const char* resize : {"stretch", "letterbox"})
                QTest::addRow("%d %s", channels, resize) << channels << QString(resize);
    }
    // A real picture of 640 x 480. Bounds in levels of 255: mean 1, a single byte 16.
    void aReducedDecodingAgreesWithTheWhole() {
        QFETCH(int, channels);
        QFETCH(QString, resize);
        const std::filesystem::path file = std::filesystem::path(LATHE_SOURCE_DIR) / "tests/data/engine/blood.jpg";
        for (const int side : {320, 224, 100, 64}) {
            runs::Preprocessing p = grey(side, side, resize.toStdString());
            p.channels = channels;
            QCOMPARE(p.interpolation, std::string("dct_area_linear"));
            cv::Mat reduced(side, side, CV_8UC(channels)), whole = reduced.clone(), difference;
            const auto size = load::readInput(file, p, reduced.data);
            QVERIFY(size && *size == cv::Size(640, 480));
            const auto again = load::preprocessFile(file, p);
            QVERIFY(again && again->width == 640 && again->height == 480);
            const auto bytes = torch::from_blob(reduced.data, {1, side, side, channels}, torch::kUInt8);
            QVERIFY(torch::equal(again->input, nn::normalised(bytes, p.mean, p.std)[0]));
            p.interpolation = "area_linear";
            QVERIFY(load::readInput(file, p, whole.data));
            cv::absdiff(reduced, whole, difference);
            QVERIFY(cv::mean(difference.reshape(1))[0] < 1);
            QVERIFY(cv::norm(difference, cv::NORM_INF) < 16);
        }
    }
    void areaIsOpenCvs() {
        cv::RNG random(3);
        for (const int type : {CV_8UC1, CV_8UC3})
            for (const auto& [from, to] : {std::pair(cv::Size(31, 40), cv::Size(31, 20)), {{40, 33}, {21, 32}}, {{3, 9}, {2, 5}}}) {
                cv::Mat picture(from, type), quick(to, type), theirs;
                random.fill(picture, cv::RNG::UNIFORM, 0, 256);
                QVERIFY(load::shrinkByArea(picture, quick));
                cv::resize(picture, theirs, to, 0, 0, cv::INTER_AREA);
                QVERIFY(cv::norm(quick, theirs, cv::NORM_INF) <= 2);
            }
        cv::Mat picture(40, 40, CV_8UC3), less(19, 30, CV_8UC3), more(41, 30, CV_8UC3);
        QVERIFY(!load::shrinkByArea(picture, less) && !load::shrinkByArea(picture, more));
    }
    void normalisingRoundsAsTorchDoes() {
        torch::manual_seed(3);
        for (const std::int64_t channels : {1, 3}) {
            const auto pictures = torch::randint(0, 256, {2, 7, 5, channels}, torch::kUInt8);
            const std::vector<double> mean = {0.485, 0.456, 0.406}, std = {0.229, 0.224, 0.225};
            const auto scale =
                torch::tensor(std::vector<float>{float(1 / (255 * std[0])), float(1 / (255 * std[1])), float(1 / (255 * std[2]))});
            const auto offset =
                torch::tensor(std::vector<float>{float(-mean[0] / std[0]), float(-mean[1] / std[1]), float(-mean[2] / std[2])});
            const auto want = pictures.to(torch::kFloat32).mul(scale.slice(0, 0, channels)).add(offset.slice(0, 0, channels));
            const auto have = nn::normalised(pictures, mean, std);
            QVERIFY(torch::equal(have, want.permute({0, 3, 1, 2})));
            QVERIFY(have.is_contiguous(torch::MemoryFormat::ChannelsLast));
        }
    }
    // Scaled, mirrored and moved: the way by rows gives each byte as the way by pixels, which a card goes, does.
    void resamplingByRowsIsResamplingByPixels() {
        train::Random random{17};
        const auto between = [&](double low, double high) { return low + (high - low) * random.uniform(); };
        for (int k = 0; k < 300; ++k) {
            const train::PictureShape shape{1 + int(random.below(40)), 1 + int(random.below(40)), k % 2 == 0 ? 3 : 1};
            std::vector<std::uint8_t> before(shape.bytes()), want(shape.bytes());
            for (auto& byte : before) byte = std::uint8_t(random.below(256));
            const cuda::Resampling how{cuda::Move::Bilinear,
                                       1,
                                       0,
                                       1,
                                       0,
                                       int(random.below(2)),
                                       {between(-2, 2), 0, between(-10, 40), 0, between(-2, 2), between(-10, 40)}};
            for (int y = 0; y < shape.height; ++y)
                for (int x = 0; x < shape.width; ++x)
                    cuda::movePixel(before.data(), want.data() + std::ptrdiff_t(y * shape.width + x) * shape.channels, x, y,
                                    {1, shape.height, shape.width, shape.channels}, how);
            train::resample(before.data(), before.data(), shape, how);
            QVERIFY(before == want);
        }
    }
    void finishedPicturesWithoutBoxesAreNegatives() {
        const auto sample = [](const std::string& path, const std::string& state, int boxes) {
            load::Sample one;
            one.path = path, one.state = state, one.split = "train", one.width = 40, one.height = 30;
            if (boxes > 0) one.objects = {{0, annot::Box{{2, 3, 10, 10}}, false}};
            return one;
        };
        load::Manifest manifest;
        manifest.classes = {"a"};
        manifest.samples = {sample("boxed", "new", 1), sample("done", "done", 0),         sample("accepted", "accepted", 0),
                            sample("new", "new", 0),   sample("begun", "in_progress", 0), sample("plain", "", 0)};
        const auto detect = load::labelled(manifest, "detect");
        QCOMPARE(detect.items.size(), std::size_t(3));
        QCOMPARE(detect.items[1].name, std::string("done"));
        QVERIFY(detect.items[1].boxes.empty() && detect.items[1].label == -1 && detect.items[0].label == 0);
        const auto says = [](const load::Labelled& data, const std::string& words) {
            return std::ranges::any_of(data.messages, [&](const auto& text) { return text.starts_with(words); });
        };
        QVERIFY(says(detect, "2 images without a box are marked done"));
        QVERIFY(says(detect, "3 images have no box and are left out"));
        QCOMPARE(load::labelled(manifest, "segment").items.size(), std::size_t(0));
        QCOMPARE(load::labelled(manifest, "classify").items.size(), std::size_t(0));
        // Without a single box there is nothing to be learnt.
        manifest.samples.erase(manifest.samples.begin());
        QVERIFY(load::labelled(manifest, "detect").items.empty());
    }
    void decodedPicturesAreReadOnceAndKeptOnDisk() {
        const TempFolder folder;
        const auto lines = testrun::drawShapes(folder.path() / "images", 12);
        testrun::writeManifest(folder.path(), {"a", "b", "c"}, lines);
        const auto manifest = load::readManifest(folder.path() / "data.jsonl");
        QVERIFY(manifest.has_value());
        QCOMPARE(manifest->samples.size(), std::size_t(12));
        std::vector<std::uint8_t> first(std::size_t(24) * 20), again(std::size_t(24) * 20);
        {
            load::DecodedPictures pictures(manifest->samples, grey(24, 20), {folder.path() / "cache", 1 << 20});
            for (int pass = 0; pass < 2; ++pass)
                for (int i = 0; i < 12; ++i) QVERIFY(pictures.copy(i, first.data()).has_value());
            QCOMPARE(pictures.decodedCount(), 12);
        }
        load::DecodedPictures pictures(manifest->samples, grey(24, 20), {folder.path() / "cache", 1 << 20});
        QVERIFY(pictures.copy(11, again.data()).has_value());
        QCOMPARE(pictures.decodedCount(), 0);
        QCOMPARE(first, again);
        load::DecodedPictures tight(manifest->samples, grey(24, 20), {{}, 100});
        QVERIFY(tight.copy(11, again.data()).has_value());
        QVERIFY(tight.copy(11, again.data()).has_value());
        QCOMPARE(tight.decodedCount(), 2);
        QCOMPARE(first, again);
    }
    void aDamagedCacheIsDecodedAgain() {
        const TempFolder folder;
        const auto lines = testrun::drawShapes(folder.path() / "images", 3);
        testrun::writeManifest(folder.path(), {"a", "b", "c"}, lines);
        const auto samples = load::readManifest(folder.path() / "data.jsonl")->samples;
        std::vector<std::uint8_t> good(std::size_t(24) * 20), out(std::size_t(24) * 20);
        {
            load::DecodedPictures pictures(samples, grey(24, 20), {folder.path() / "cache", 1 << 20});
            QVERIFY(pictures.copy(0, good.data()).has_value());
        }
        for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "cache"))
            if (entry.path().extension() == ".bin") {
                std::fstream data(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
                data.seekp(5);
                data.write("damaged", 7);
            }
        load::DecodedPictures pictures(samples, grey(24, 20), {folder.path() / "cache", 1 << 20});
        QVERIFY(pictures.copy(0, out.data()).has_value());
        QCOMPARE(out, good);
        QCOMPARE(pictures.decodedCount(), 1);
    }
    void wrongManifestsNameTheLine() {
        const TempFolder folder;
        const auto file = folder.path() / "data.jsonl";
        const std::string header = R"({"format":"lathe-manifest","version":1,"task":"classify","classes":["a","b"]})";
        const auto errorOf = [&](const std::string& text) {
            std::ofstream(file) << text;
            const auto read = load::readManifest(file);
            return read ? std::string() : read.error().text();
        };
        QVERIFY(!errorOf("").empty());
        QVERIFY(!errorOf("{}\n").empty());
        QVERIFY(errorOf(header + "\n{\"image\":1,\"path\":\"a\",\"label\":5}\n").find(":2") != std::string::npos);
        QVERIFY(errorOf(header + "\n{\"image\":1,\"path\":\"a\",\"label\":0}\n{\"image\":2\n").find(":3") != std::string::npos);
        QVERIFY(!errorOf(header + "\n{\"image\":\"x\",\"path\":\"a\"}\n").empty());
        QCOMPARE(errorOf(header + "\n{\"image\":1,\"path\":\"a\",\"label\":null}\n"), std::string());
    }
    void optimisersMatchTorchs_data() {
        QTest::addColumn<bool>("adamw");
        QTest::newRow("sgd") << false;
        QTest::newRow("adamw") << true;
    }
    void optimisersMatchTorchs() {
        QFETCH(bool, adamw);
        torch::manual_seed(1);
        torch::nn::Sequential own(torch::nn::Linear(6, 5)), theirs(torch::nn::Linear(6, 5));
        for (std::size_t i = 0; i < own->parameters().size(); ++i)
            theirs->parameters()[i].data().copy_(own->parameters()[i].data());
        runs::RunSpec spec;
        spec.optimizer.name = adamw ? "adamw" : "sgd";
        spec.optimizer.weightDecay = 0.1;
        auto optimizer = *train::makeOptimizer(*own, spec);
        std::vector<torch::optim::OptimizerParamGroup> groups;
        for (const double decay : {0.1, 0.0}) {
            std::unique_ptr<torch::optim::OptimizerOptions> options;
            if (adamw)
                options = std::make_unique<torch::optim::AdamWOptions>(torch::optim::AdamWOptions(0.01).weight_decay(decay));
            else
                options = std::make_unique<torch::optim::SGDOptions>(
                    torch::optim::SGDOptions(0.01).momentum(0.9).nesterov(true).weight_decay(decay));
            groups.emplace_back(std::vector<torch::Tensor>{theirs->parameters()[decay > 0 ? 0 : 1]}, std::move(options));
        }
        std::unique_ptr<torch::optim::Optimizer> peer;
        if (adamw)
            peer = std::make_unique<torch::optim::AdamW>(groups, torch::optim::AdamWOptions(0.01));
        else
            peer = std::make_unique<torch::optim::SGD>(groups, torch::optim::SGDOptions(0.01).momentum(0.9).nesterov(true));
        for (int step = 0; step < 20; ++step) {
            const auto x = torch::randn({4, 6});
            optimizer->zeroGrad();
            own->forward(x).pow(2).sum().backward();
            optimizer->step(0.01);
            peer->zero_grad();
            theirs->forward(x).pow(2).sum().backward();
            peer->step();
        }
        for (std::size_t i = 0; i < 2; ++i) QVERIFY(torch::allclose(own->parameters()[i], theirs->parameters()[i], 1e-4, 1e-6));
    }
    void theScheduleWarmsUpAndFalls() {
        runs::RunSpec spec;
        spec.optimizer.lr = 1, spec.schedule.warmupEpochs = 1, spec.epochs = 10;
        const train::Schedule cosine(spec, 10);
        QVERIFY(cosine.rate(0) < 0.2);
        QVERIFY(std::abs(cosine.rate(10) - 1) < 1e-9);
        QVERIFY(std::abs(cosine.rate(55) - 0.5) < 1e-9);
        QVERIFY(cosine.rate(100) < 1e-9);
        spec.schedule.name = "constant";
        QCOMPARE(train::Schedule(spec, 10).rate(99), 1.0);
    }
    void aPlateauLowersTheRate() {
        runs::RunSpec spec;
        spec.optimizer.lr = 1, spec.schedule.warmupEpochs = 0, spec.epochs = 10;
        spec.schedule.name = "plateau";
        spec.schedule.options = {{"patience", 1}, {"factor", 0.5}};
        train::Schedule schedule(spec, 10);
        for (const bool better : {true, false, true, false, false}) schedule.observe(better);
        QCOMPARE(schedule.rate(50), 0.5);
        train::Schedule again(spec, 10);
        again.load(schedule.save());
        QCOMPARE(again.rate(50), 0.5);
    }
    void nothingIsLeftToBeDecided() {
        const auto resolved = *train::resolve({}, {640, 480, false, 300}, "cpu");
        QCOMPARE(resolved.model.name, std::string("resnet18"));
        QCOMPARE(resolved.preprocessing.width, 224);
        QVERIFY(resolved.epochs > 0 && resolved.batch > 0 && resolved.optimizer.lr > 0 && resolved.threads > 0);
        const auto tiny = *train::resolve({}, {20, 20, true, 4000}, "cpu");
        QCOMPARE(tiny.model.name, std::string("small"));
        QCOMPARE(tiny.preprocessing.channels, 1);
    }
};

QTEST_GUILESS_MAIN(TestLoad)
#include "tst_load.moc"
