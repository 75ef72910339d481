// Perceptual hashes against imagehash's, all near pairs against brute force,
// and duplicates, leaks and their exclusion in a workspace.
#include <QtTest>

#include <atomic>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "core/base/files.h"
#include "core/base/json.h"
#include "core/data/duplicate_groups.h"
#include "core/data/duplicates.h"
#include "core/data/import.h"
#include "core/data/near_pairs.h"
#include "core/data/query.h"
#include "core/store/labelling.h"
#include "tests/support/data_sets.h"

using namespace lathe;
namespace fs = std::filesystem;
using data::Duplicates;
using store::Workspace;

class TestDuplicates : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_next = 0;

    static cv::Mat photo(const char* name) {
        return image::decode(test::bloodCells() / "JPEGImages" / (std::string(name) + ".jpg")).value();
    }
    /// An empty folder of pictures, to be imported as class folders.
    fs::path folder() {
        fs::path at = m_temp.path() / std::to_string(++m_next);
        fs::create_directories(at / "a");
        return at;
    }
    static void write(const fs::path& folder, const char* name, const cv::Mat& picture, int quality = 95) {
        if (!cv::imwrite((folder / "a" / name).string(), picture, {cv::IMWRITE_JPEG_QUALITY, quality})) qFatal("%s", name);
    }
    std::shared_ptr<Workspace> imported(const fs::path& folder, bool link = false) {
        auto workspace = Workspace::create(folder.string() + ".lathe").value();
        data::ImportOptions options;
        options.link = link;
        const auto report = data::importInto(*workspace, folder, options, {}, {});
        if (!report || !report->problems.empty()) qFatal("import");
        return workspace;
    }
    static Duplicates find(const Workspace& workspace, const data::DuplicateOptions& options = {}) {
        auto found = data::findDuplicates(workspace, options, {}, {});
        if (!found) qFatal("%s", found.error().text().c_str());
        return std::move(*found);
    }
    static ImageId id(const Workspace& workspace, const char* name) { return workspace.findImage(name).value().id; }
    static std::vector<ImageId> ids(const Workspace& workspace, std::initializer_list<const char*> names) {
        std::vector<ImageId> all;
        for (const char* name : names) all.push_back(id(workspace, name));
        std::ranges::sort(all);
        return all;
    }
    /// One photograph in many forms, and what is not a copy of it.
    fs::path copies() {
        fs::path at = folder();
        const cv::Mat one = photo("BloodImage_00000");
        cv::Mat half, bright, turned;
        cv::resize(one, half, {}, 0.5, 0.5, cv::INTER_AREA);
        one.convertTo(bright, -1, 0.7, 30);
        cv::rotate(one, turned, cv::ROTATE_90_CLOCKWISE);
        write(at, "one.png", one);
        write(at, "one.tiff", one);
        write(at, "half.png", half);
        write(at, "poor.jpg", one, 15);
        write(at, "bright.png", bright);
        write(at, "cut.jpg", one(cv::Rect(6, 5, 628, 470)));
        write(at, "turned.png", turned);
        write(at, "other.png", photo("BloodImage_00050"));
        return at;
    }
    static fs::path cacheOf(const Workspace& workspace) { return workspace.layout().cache() / "fingerprints.bin"; }

    static Json golden() { return base::readJson(fs::path(LATHE_SOURCE_DIR) / "tests/data/dups/golden.json").value(); }
    static std::uint64_t hashOf(const Json& text) { return std::stoull(text.get<std::string>(), nullptr, 16); }

private Q_SLOTS:
    void everyBitOfASquareIsAsImagehashHasIt() {
        for (const Json& square : golden()["squares"]) {
            const auto hex = square["pixels"].get<std::string>();
            cv::Mat pixels(32, 32, CV_8UC1);
            for (std::size_t k = 0; k < 1024; ++k) pixels.data[k] = std::uint8_t(std::stoi(hex.substr(2 * k, 2), nullptr, 16));
            QCOMPARE(image::perceptualHash(pixels), hashOf(square["phash"]));
        }
    }

    void photosAreWithinAFewBitsOfImagehash() {
        int worst = 0, sum = 0, count = 0;
        for (const auto& [name, text] : golden()["photos"].items()) {
            const auto print = image::fingerprintOf(test::bloodCells() / "JPEGImages" / name);
            QVERIFY(print.has_value());
            const int distance = image::hammingDistance(print->hash, hashOf(text));
            worst = std::max(worst, distance), sum += distance, ++count;
        }
        QVERIFY2(worst <= 4 && sum <= count, qPrintable(QString("worst %1, sum %2 of %3").arg(worst).arg(sum).arg(count)));
    }

    void likenessDoesntMindLight() {
        const cv::Mat one = photo("BloodImage_00000");
        cv::Mat dark, inverse;
        one.convertTo(dark, -1, 0.5, 10);
        cv::bitwise_not(one, inverse);
        const auto a = image::fingerprintOf(one);
        QVERIFY(image::likeness(a, image::fingerprintOf(dark)) > 0.99);
        QVERIFY(image::likeness(a, image::fingerprintOf(inverse)) < -0.9);
        QVERIFY(image::fingerprintOf(cv::Mat(50, 50, CV_8UC3, cv::Scalar(1, 2, 3))).isFlat());
        QVERIFY(!image::fingerprintOf(test::picture(3)).isFlat());  // blank in luma, not in its colours
    }

    void pixelDigestIsOfThePixels() {
        fs::path at = folder();
        const cv::Mat one = photo("BloodImage_00000");
        cv::Mat grey, grey3, deep;
        cv::cvtColor(one, grey, cv::COLOR_BGR2GRAY);
        cv::cvtColor(grey, grey3, cv::COLOR_GRAY2BGR);
        grey.convertTo(deep, CV_16U, 257);
        for (const auto& [name, picture] : {std::pair("g1.png", grey), {"g3.tiff", grey3}, {"g16.png", deep}})
            write(at, name, picture);
        const auto digest = [&](const char* name) { return image::pixelDigest(at / "a" / name).value(); };
        QCOMPARE(digest("g1.png"), digest("g3.tiff"));
        QVERIFY(digest("g1.png") != digest("g16.png"));
        QVERIFY(!image::pixelDigest(at / "a" / "none.png").has_value());
    }

    void copiesAreFoundAndNoOthers() {
        const auto workspace = imported(copies());
        const Duplicates found = find(*workspace);
        QVERIFY(found.problems.empty());
        QCOMPARE(found.images, 8);
        QCOMPARE(found.groups.size(), std::size_t(1));
        QCOMPARE(found.groups[0], ids(*workspace, {"one.png", "one.tiff", "half.png", "poor.jpg", "bright.png", "cut.jpg"}));
        QCOMPARE(found.exact.size(), std::size_t(1));
        QCOMPARE(found.exact[0], ids(*workspace, {"one.png", "one.tiff"}));
        QVERIFY(found.leaks.empty());
    }

    void leaksAreBetweenSplits() {
        const auto workspace = imported(copies());
        const auto train = ids(*workspace, {"one.png", "half.png"}), test = ids(*workspace, {"one.tiff", "other.png"});
        QVERIFY(workspace->setSplit(train, "train").has_value());
        QVERIFY(workspace->setSplit(test, "test").has_value());
        const Duplicates found = find(*workspace);
        QCOMPARE(found.leaks.size(), std::size_t(2));
        QCOMPARE(found.leaksFound, 2);
        const auto one = ids(*workspace, {"one.png", "one.tiff"}), half = ids(*workspace, {"half.png", "one.tiff"});
        QVERIFY(std::ranges::any_of(found.leaks, [&](const auto& l) { return l.a == one[0] && l.b == one[1] && l.distance == 0; }));
        QVERIFY(std::ranges::any_of(found.leaks, [&](const auto& l) { return l.a == half[0] && l.b == half[1]; }));
        data::DuplicateOptions only;
        only.query = "split:train";
        const Duplicates within = find(*workspace, only);
        QCOMPARE(within.images, 2);
        QVERIFY(within.leaks.empty() && within.groups.size() == 1);
        only.query = "split:nowhere";
        QVERIFY(!data::findDuplicates(*workspace, only, {}, {}).has_value());
    }

    void thresholdDecides() {
        fs::path at = folder();
        const cv::Mat one = photo("BloodImage_00000");
        write(at, "one.png", one);
        write(at, "cut.png", one(cv::Rect(13, 10, 614, 460)));
        const auto workspace = imported(at);
        const auto a = image::fingerprintOf(at / "a" / "one.png").value(), b = image::fingerprintOf(at / "a" / "cut.png").value();
        const int distance = image::hammingDistance(a.hash, b.hash);
        QVERIFY(distance > 0 && distance <= 16);
        for (const int threshold : {0, distance - 1, distance, 16}) {
            data::DuplicateOptions options;
            options.threshold = threshold;
            QCOMPARE(find(*workspace, options).groups.size(), std::size_t(threshold >= distance));
        }
        for (const int threshold : {-1, 17}) {
            data::DuplicateOptions options;
            options.threshold = threshold;
            const auto found = data::findDuplicates(*workspace, options, {}, {});
            QVERIFY(!found && found.error().code == ErrorCode::InvalidArgument);
        }
    }

    void smallOnesNeedMoreLikeness() {
        const fs::path at = folder();
        test::makeClassFolders(at, {"x", "y"}, 30);
        cv::Mat twice;
        cv::resize(test::picture(3), twice, {}, 2, 2, cv::INTER_CUBIC);
        write(at, "twice.png", twice);
        const auto workspace = imported(at);
        const auto found = find(*workspace);
        const auto copy = id(*workspace, "twice.png");
        QVERIFY(std::ranges::any_of(found.groups, [&](const auto& group) {
            return std::ranges::find(group, copy) != group.end() &&
                   std::ranges::find(group, id(*workspace, "x/102.png")) != group.end();
        }));
    }

    void blankPicturesAreOneGroup() {
        const fs::path at = folder();
        for (int k = 0; k < 40; ++k) {
            cv::Mat white(100 + k, 100, CV_8UC3, cv::Scalar(255, 255, 255));
            if (k % 2) cv::randn(white, cv::Scalar::all(252), cv::Scalar::all(2));
            write(at, ("white" + std::to_string(k) + (k % 3 ? ".png" : ".jpg")).c_str(), white);
        }
        write(at, "black.png", cv::Mat(100, 100, CV_8UC3, cv::Scalar()));
        write(at, "red.png", cv::Mat(100, 100, CV_8UC3, cv::Scalar(0, 0, 255)));
        write(at, "green.png", cv::Mat(100, 100, CV_8UC3, cv::Scalar(0, 130, 0)));  // of the same luma as the red one
        const auto found = find(*imported(at));
        QCOMPARE(found.groups.size(), std::size_t(1));
        QCOMPARE(found.groups[0].size(), std::size_t(40));
    }

    void aHundredThousandBlanksAreNoPairs() {
        std::vector<data::Look> looks(100'000);
        for (std::size_t k = 0; k < looks.size(); ++k) {
            looks[k].id = ImageId(std::int64_t(k + 1));
            looks[k].split = std::uint8_t(1 + (k % 10 == 0));
            if (k % 2) looks[k].known.print.range = 200, looks[k].known.print.hash = 7, looks[k].known.print.tiny[5] = 90;
        }
        const auto grouped = data::groupAlike(looks, 10, {}, {});
        QVERIFY(grouped.has_value());
        QCOMPARE(grouped->groups.size(), std::size_t(2));
        QCOMPARE(grouped->groups[0].size() + grouped->groups[1].size(), looks.size());
        QVERIFY(grouped->leaksFound >= 40'000 && grouped->leaksFound <= 100'000);
        auto leaks = grouped->leaks;
        std::ranges::sort(leaks, {}, [](const auto& l) { return std::pair(l.a, l.b); });
        QVERIFY(std::ranges::adjacent_find(leaks, {}, [](const auto& l) { return std::pair(l.a, l.b); }) == leaks.end());
    }

    void nearPairsAreAsByBruteForce() {
        std::mt19937_64 random(5);
        std::vector<std::uint64_t> hashes(200'000);
        for (std::size_t k = 0; k < hashes.size(); ++k) {
            hashes[k] = random();
            if (k % 7 == 0) hashes[k] = hashes[k / 2];
            if (k % 7 <= 3)  // close to an earlier one
                for (std::uint64_t flips = random() % 13; k > 0 && flips > 0; --flips)
                    hashes[k] = (flips == 1 ? hashes[random() % k] : hashes[k]) ^ 1ull << random() % 64;
        }
        for (const int threshold : {0, 3, 6, 10}) {
            std::vector<data::NearPair> pairs;
            QVERIFY(data::eachNearPair(hashes, threshold, {}, {}, [&](auto some) {
                        pairs.insert(pairs.end(), some.begin(), some.end());
                    }).has_value());
            std::ranges::sort(pairs);
            QVERIFY(std::ranges::adjacent_find(pairs) == pairs.end());
            std::vector<data::NearPair> sampled, brute;
            const auto inSample = [](std::uint32_t k) { return k % 199 == 7; };
            for (const auto& pair : pairs) {
                QVERIFY(pair.a < pair.b && image::hammingDistance(hashes[pair.a], hashes[pair.b]) == pair.distance);
                if (inSample(pair.a)) sampled.push_back(pair);
            }
            for (std::uint32_t a = 7; a < hashes.size(); a += 199)
                for (std::uint32_t b = a + 1; b < hashes.size(); ++b)
                    if (const int d = image::hammingDistance(hashes[a], hashes[b]); d <= threshold) brute.push_back({a, b, d});
            QCOMPARE(sampled.size(), brute.size());
            QVERIFY(sampled == brute);
            QVERIFY(!brute.empty());
        }
    }

    void theSecondTimeNothingIsDecoded() {
        const auto workspace = imported(copies());
        const Duplicates first = find(*workspace);
        QCOMPARE(first.decoded, 8);
        const Duplicates second = find(*workspace);
        QCOMPARE(second.decoded, 0);
        QVERIFY(second.groups == first.groups && second.exact == first.exact && second.prints == first.prints);
        QVERIFY(fs::remove(cacheOf(*workspace)));
        QCOMPARE(find(*workspace).decoded, 8);
    }

    void aTornCacheIsCutOff() {
        const auto workspace = imported(copies());
        const Duplicates first = find(*workspace);
        const auto whole = base::readFile(cacheOf(*workspace)).value();
        const auto put = [&](const std::string& bytes) { std::ofstream(cacheOf(*workspace), std::ios::binary) << bytes; };
        put(whole + "half a record");
        QCOMPARE(find(*workspace).decoded, 0);
        QCOMPARE(base::readFile(cacheOf(*workspace)).value(), whole);
        put(whole.substr(0, 8 + 3 * 136 + 50));
        QCOMPARE(find(*workspace).decoded, 5);
        std::string flipped = whole;
        flipped[8 + 136 + 40] = char(flipped[8 + 136 + 40] ^ 1);
        put(flipped);
        QVERIFY(find(*workspace).decoded >= 6);
        put("of another version");
        QCOMPARE(find(*workspace).decoded, 8);
        QVERIFY(find(*workspace).groups == first.groups);
    }

    void anotherProcessHoldsTheCache() {
        const auto workspace = imported(copies());
        const auto lock = base::FileLock::tryLock(workspace->layout().cache() / "fingerprints.lock");
        QVERIFY(lock.has_value());
        QCOMPARE(find(*workspace).groups.size(), std::size_t(1));
        QCOMPARE(find(*workspace).decoded, 8);
    }

    void aStopKeepsWhatWasDecoded() {
        const fs::path at = folder();
        test::makeClassFolders(at, {"many"}, 700);
        const auto workspace = imported(at);
        std::stop_source source;
        source.request_stop();
        const auto atOnce = data::findDuplicates(*workspace, {}, source.get_token(), {});
        QVERIFY(!atOnce && atOnce.error().code == ErrorCode::Cancelled);
        std::stop_source later;
        const Progress stopper([&](const base::ProgressState& state) {
            if (state.done > 0) later.request_stop();
        });
        const auto half = data::findDuplicates(*workspace, {}, later.get_token(), stopper);
        QVERIFY(!half && half.error().code == ErrorCode::Cancelled);
        QCOMPARE(find(*workspace).decoded, 700 - 512);
    }

    void missingFilesAreNamed() {
        const fs::path at = copies();
        const auto workspace = imported(at);
        const auto one = workspace->findImage("one.png").value();
        QVERIFY(fs::remove(workspace->layout().file(one)));
        std::ofstream(workspace->layout().file(workspace->findImage("half.png").value()), std::ios::binary) << "no picture";
        const Duplicates found = find(*workspace);
        QCOMPARE(found.problems.size(), std::size_t(2));
        const auto& named = found.problems[found.problems[0].code == "missing_image" ? 0 : 1];
        QCOMPARE(named.item, one.name);
        QCOMPARE(named.code, std::string("missing_image"));
        QCOMPARE(found.images, 6);
        QCOMPARE(found.groups.size(), std::size_t(1));
        QCOMPARE(found.groups[0], ids(*workspace, {"one.tiff", "poor.jpg", "bright.png", "cut.jpg"}));
    }

    void aLinkedFileThatChangedIsNamed() {
        const fs::path at = copies();
        const auto workspace = imported(at, true);
        write(at, "other.png", photo("BloodImage_00100"));
        const Duplicates found = find(*workspace);
        QCOMPARE(found.problems.size(), std::size_t(1));
        QCOMPARE(found.problems[0].item, std::string("a/other.png"));
        QVERIFY(QString::fromStdString(found.problems[0].message).contains("changed"));
    }

    void oneIsKeptAndTheRestComesBack() {
        const auto workspace = imported(copies());
        const ImageId poor = id(*workspace, "poor.jpg"), half = id(*workspace, "half.png"), tiff = id(*workspace, "one.tiff");
        QVERIFY(store::setState(*workspace, std::span(&poor, 1), "rejected", "ana", "too coarse").has_value());
        QVERIFY(store::setState(*workspace, std::span(&tiff, 1), "done", "ana").has_value());
        const std::string before = workspace->image(half).value()->state;
        const auto exclusion = data::excludeDuplicates(*workspace, find(*workspace), data::Keep::Largest, "bo");
        QVERIFY(exclusion.has_value());
        QCOMPARE(exclusion->kept.size() + exclusion->excluded.size(), std::size_t(6));
        QCOMPARE(exclusion->kept.size(), std::size_t(1));
        QVERIFY(std::ranges::find(exclusion->excluded, half) != exclusion->excluded.end());
        const auto index = store::ColumnIndex::load(*workspace).value();
        QCOMPARE(data::runQuery(*workspace, *index, "state:skipped").value(), exclusion->excluded);
        const Duplicates after = find(*workspace);
        QVERIFY(after.groups.empty());
        QCOMPARE(after.excluded, 5);
        QCOMPARE(store::stateHistory(*workspace, half)->back().who, std::string("bo"));
        QCOMPARE(data::includeDuplicates(*workspace, "bo").value(), 5);
        QCOMPARE(workspace->image(poor).value()->state, std::string("rejected"));
        QCOMPARE(store::rejectionReason(*workspace, poor).value(), std::string("too coarse"));
        QCOMPARE(workspace->image(tiff).value()->state, std::string("done"));
        QCOMPARE(workspace->image(half).value()->state, before);
        QCOMPARE(find(*workspace).groups.size(), std::size_t(1));
        QCOMPARE(data::includeDuplicates(*workspace, "bo").value(), 0);
    }

    void theRuleChooses() {
        const auto workspace = imported(copies());
        const ImageId half = id(*workspace, "half.png");
        annot::AnnotationEdit edit;
        edit.image = half, edit.author = "ana";
        annot::Annotation box;
        box.id = workspace->nextAnnotationId(half).value(), box.classId = workspace->addClass("cell").value();
        box.shape = annot::Box{{10, 10, 20, 20}};
        edit.changes.push_back({std::nullopt, box});
        QVERIFY(workspace->commit(edit).has_value());
        const Duplicates found = find(*workspace);
        const auto labelled = data::excludeDuplicates(*workspace, found, data::Keep::Labelled, "bo");
        QCOMPARE(labelled->kept, std::vector<ImageId>{half});
        QVERIFY(data::includeDuplicates(*workspace, "bo").has_value());
        const auto first = data::excludeDuplicates(*workspace, found, data::Keep::First, "bo");
        QCOMPARE(first->kept, std::vector<ImageId>{found.groups[0].front()});
    }

    void ofAChainSeveralStay() {
        Duplicates found;
        const fs::path at = folder();
        test::makeClassFolders(at, {"c"}, 3);
        const auto workspace = imported(at);
        found.threshold = 2;
        found.groups = {{ImageId(1), ImageId(2), ImageId(3)}};
        image::Fingerprint a, b, c;
        a.range = b.range = c.range = 200;
        for (std::size_t k = 0; k < 64; ++k) a.tiny[k] = b.tiny[k] = c.tiny[k] = std::uint8_t(k);
        b.hash = 0b11, c.hash = 0b1111;
        found.prints = {{a, b, c}};
        const auto exclusion = data::excludeDuplicates(*workspace, found, data::Keep::First, "bo");
        QCOMPARE(exclusion->excluded, std::vector<ImageId>{ImageId(2)});
    }
};

QTEST_GUILESS_MAIN(TestDuplicates)
#include "tst_duplicates.moc"
