// Splits of images with several classes, by group, time and hash, of new images only, and frozen test sets.
#include <QtTest>

#include <cmath>
#include <random>
#include <set>

#include "core/data/versions.h"
#include "core/store/schema.h"
#include "tests/support/labelled.h"

using namespace lathe;
using store::Workspace;

namespace {

struct Made {
    std::string name;
    std::vector<int> classes;
    double added = 0;
    std::string extra;
};

/// How often images of a set have each of twelve classes: from nearly all to a handful.
std::vector<Made> severalClasses(int count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> draw(0, 1);
    std::vector<Made> images;
    for (int k = 0; k < count; ++k) {
        Made image{"scene_" + std::to_string(k) + ".jpg", {}, double(k), {}};
        const bool indoors = draw(random) < 0.4;
        for (int c = 0; c < 12; ++c) {
            const double often = 0.6 * std::pow(0.68, c) * (indoors == (c % 2 == 0) ? 1.5 : 0.5);
            if (draw(random) < often) image.classes.push_back(c + 1);
        }
        images.push_back(std::move(image));
    }
    for (int c = 0; c < 12; ++c)
        for (int k = 0; k < 3; ++k) images[std::size_t(c * 31 + k * 7) % images.size()].classes.push_back(c + 1);
    for (auto& image : images) {
        std::ranges::sort(image.classes);
        image.classes.erase(std::unique(image.classes.begin(), image.classes.end()), image.classes.end());
    }
    return images;
}

using Splits = std::map<std::string, std::string>;

}  // namespace

class TestSplitsMore : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_count = 0;

    static void add(Workspace& workspace, const std::vector<Made>& images) {
        const auto done = workspace.write([&](soci::session& sql) -> Result<> {
            store::ImageWriter writer(sql);
            for (const auto& image : images) {
                store::ImageRow row;
                row.name = image.name, row.digest = "digest of " + image.name, row.width = row.height = 100,
                row.added = image.added;
                annot::Annotations annotations;
                for (const int c : image.classes)
                    annotations.push_back(
                        test::shapeOf(std::int64_t(annotations.size()) + 1, ClassId(c), annot::Box{{1, 2, 3, 4}}));
                const auto packed = store::packDocument(annotations);
                (void)writer.add(row, annotations.empty() ? nullptr : &packed, image.extra, "");
            }
            store::touchImages(sql);
            return {};
        });
        if (!done) qFatal("%s", done.error().text().c_str());
    }
    std::shared_ptr<Workspace> with(const std::vector<Made>& images) {
        auto workspace = Workspace::create(m_temp.path() / (std::to_string(++m_count) + ".lathe")).value();
        for (int c = 1; c <= 12; ++c)
            if (!workspace->addClass("class " + std::to_string(c))) qFatal("no class");
        add(*workspace, images);
        return workspace;
    }
    static data::SplitReport split(Workspace& workspace, const data::SplitOptions& options) {
        const auto report = data::assignSplits(workspace, options);
        if (!report) qFatal("%s", report.error().text().c_str());
        return *report;
    }
    static ErrorCode refused(Workspace& workspace, const data::SplitOptions& options) {
        const auto report = data::assignSplits(workspace, options);
        return report ? ErrorCode::Internal : report.error().code;
    }
    static Splits splitsOf(Workspace& workspace) {
        Splits splits;
        const auto read = workspace.read([&](soci::session& sql) -> Result<> {
            std::string name, split;
            soci::statement rows = (sql.prepare << "SELECT name, split FROM image", soci::into(name), soci::into(split));
            for (rows.execute(); rows.fetch();) splits[name] = split;
            return {};
        });
        if (!read) qFatal("no rows");
        return splits;
    }
    /// Images of a class in a split over those of the class.
    static double share(const std::vector<Made>& images, const Splits& splits, int c, const std::string& split) {
        double in = 0, all = 0;
        for (const auto& image : images) {
            if (c && std::ranges::find(image.classes, c) == image.classes.end()) continue;
            ++all, in += splits.at(image.name) == split;
        }
        return all > 0 ? in / all : 0;
    }
    static int countOf(const std::vector<Made>& images, int c) {
        return int(std::ranges::count_if(
            images, [&](const auto& image) { return std::ranges::find(image.classes, c) != image.classes.end(); }));
    }

private Q_SLOTS:
    void everyClassKeepsItsShare_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("val");
        QTest::newRow("2,000, a tenth each") << 2000 << 0.1;
        QTest::newRow("600, a fifth each") << 600 << 0.2;
        QTest::newRow("5,000, a twentieth each") << 5000 << 0.05;
    }
    void everyClassKeepsItsShare() {
        QFETCH(int, count);
        QFETCH(double, val);
        const auto images = severalClasses(count, 7);
        const auto workspace = with(images);
        data::SplitOptions options;
        options.stratify = true, options.train = 1 - 2 * val, options.val = options.test = val;
        for (const std::uint64_t seed : {1u, 2u, 3u}) {
            options.seed = seed;
            const auto report = split(*workspace, options);
            const auto splits = splitsOf(*workspace);
            for (const auto& [name, wanted] : {std::pair("train", 1 - 2 * val), std::pair("val", val), std::pair("test", val)}) {
                QVERIFY(std::abs(share(images, splits, 0, name) - wanted) < 0.01);
                for (int c = 1; c <= 12; ++c) {
                    const double got = share(images, splits, c, name);
                    const double tolerance = std::max(0.02, 1.01 / countOf(images, c));
                    QVERIFY2(
                        std::abs(got - wanted) <= tolerance || countOf(images, c) < 40,
                        qPrintable(QString("class %1 (%2 images) in %3: %4").arg(c).arg(countOf(images, c)).arg(name).arg(got)));
                    QVERIFY2(got > 0, qPrintable(QString("class %1 is missing in %2").arg(c).arg(name)));
                }
            }
            QCOMPARE(report.counts[0].second + report.counts[1].second + report.counts[2].second, std::int64_t(count));
        }
    }

    void theSameSeedIsTheSameEverywhere() {
        auto images = severalClasses(300, 3);
        const auto one = with(images);
        std::ranges::reverse(images);
        const auto two = with(images);
        data::SplitOptions options;
        options.stratify = true, options.seed = 5;
        split(*one, options), split(*two, options);
        const auto first = splitsOf(*one);
        QCOMPARE(splitsOf(*two), first);
        QCOMPARE(split(*one, options).moved, 0);
        options.seed = 6;
        split(*one, options);
        QVERIFY(splitsOf(*one) != first);
    }

    void threeImagesReachThreeSplits() {
        std::vector<Made> images;
        for (int k = 0; k < 200; ++k) images.push_back({"x" + std::to_string(k), {1, 2}, 0, {}});
        for (int k = 0; k < 3; ++k) images[std::size_t(k) * 50].classes.push_back(3);
        for (int k = 0; k < 9; ++k) images[std::size_t(k) * 20 + 7].classes.push_back(4 + k % 3);  // three classes of three
        const auto workspace = with(images);
        data::SplitOptions options;
        options.stratify = true;
        for (options.seed = 0; options.seed < 8; ++options.seed) {
            split(*workspace, options);
            const auto splits = splitsOf(*workspace);
            for (int c = 1; c <= 6; ++c)
                for (const char* name : {"train", "val", "test"}) QVERIFY(share(images, splits, c, name) > 0);
        }
    }

    void groupsByNameAttributeAndField() {
        std::vector<Made> images;
        for (int k = 0; k < 120; ++k)
            images.push_back({"site" + std::to_string(k % 12) + "_cam" + std::to_string(k % 3) + "-" + std::to_string(k) + ".png",
                              {1 + k % 2},
                              0,
                              Json{{"exif", {{"patient", k % 10}}}}.dump()});
        const auto workspace = with(images);
        for (int k = 0; k < 120; ++k)
            QVERIFY(
                store::setImageAttributes(*workspace, ImageId(k + 1), {{"room", "r" + std::to_string(k / 10)}}, "ana").has_value());
        const auto together = [&](const std::string& group, auto key) {
            data::SplitOptions options;
            options.train = 0.6, options.val = options.test = 0.2, options.group = group;
            split(*workspace, options);
            const auto splits = splitsOf(*workspace);
            std::map<std::string, std::set<std::string>> of;
            for (int k = 0; k < 120; ++k) of[key(k)].insert(splits.at(images[std::size_t(k)].name));
            return std::ranges::all_of(of, [](const auto& one) { return one.second.size() == 1; }) && of.size() > 2;
        };
        const auto number = [](int n) { return std::to_string(n); };
        QVERIFY(together("prefix:_", [&](int k) { return number(k % 12); }));
        QVERIFY(together("name:(cam[0-9])", [&](int k) { return number(k % 3); }));
        QVERIFY(together("meta:exif.patient", [&](int k) { return number(k % 10); }));
        QVERIFY(together("attribute:room", [&](int k) { return number(k / 10); }));
        data::SplitOptions wrong;
        for (const char* group : {"colour", "prefix:", "name:(", "meta:nothing", "attribute:nothing"}) {
            wrong.group = group;
            QCOMPARE(refused(*workspace, wrong), ErrorCode::InvalidArgument);
        }
    }

    void groupsCanBeStratified() {
        std::vector<Made> images;
        for (int group = 0; group < 60; ++group)
            for (int k = 0; k < 10; ++k)
                images.push_back(
                    {"g" + std::to_string(group) + "_" + std::to_string(k), {1 + group % 3, 4 + (group + k) % 2}, 0, {}});
        const auto workspace = with(images);
        data::SplitOptions options;
        options.train = 0.6, options.val = options.test = 0.2, options.group = "prefix:_", options.stratify = true;
        split(*workspace, options);
        const auto splits = splitsOf(*workspace);
        for (int c = 1; c <= 5; ++c) QVERIFY(std::abs(share(images, splits, c, "train") - 0.6) < 0.051);
        for (int group = 0; group < 60; ++group)
            for (int k = 1; k < 10; ++k)
                QCOMPARE(splits.at(images[std::size_t(group * 10 + k)].name), splits.at(images[std::size_t(group * 10)].name));
    }

    void theOldestTrainAndTheNewestTest() {
        std::vector<Made> images;
        for (int k = 0; k < 100; ++k) {
            const int age = k * 37 % 100;  // 99: the newest
            const std::string date = "2026:0" + std::to_string(1 + age / 20) + ":" + std::to_string(10 + age % 20) + " 12:00:00";
            images.push_back({"x" + std::to_string(k), {1}, double(age), Json{{"taken", date}}.dump()});
        }
        const auto workspace = with(images);
        const auto check = [&] {
            const auto splits = splitsOf(*workspace);
            for (const auto& image : images)
                QCOMPARE(splits.at(image.name), std::string(image.added < 70 ? "train" : image.added < 85 ? "val" : "test"));
        };
        data::SplitOptions options;
        options.train = 0.7, options.val = options.test = 0.15, options.by = "time";
        split(*workspace, options);
        check();
        options.by = "", split(*workspace, options);
        options.by = "time:taken", split(*workspace, options);
        check();
        add(*workspace, {{"undated", {}, 1000, {}}});
        const auto report = split(*workspace, options);
        QCOMPARE(report.problems.size(), std::size_t(1));
        QCOMPARE(splitsOf(*workspace).at("undated"), std::string("train"));
        for (const char* by : {"time:nothing", "time:", "weather"}) {
            options.by = by;
            QCOMPARE(refused(*workspace, options), ErrorCode::InvalidArgument);
        }
        options.by = "time", options.stratify = true;
        QCOMPARE(refused(*workspace, options), ErrorCode::InvalidArgument);
    }

    void newImagesNeverMoveOldOnes() {
        auto images = severalClasses(1500, 4);
        const auto workspace = with({images.begin(), images.begin() + 1000});
        data::SplitOptions options;
        options.by = "hash", options.seed = 3;
        split(*workspace, options);
        const auto before = splitsOf(*workspace);
        QVERIFY(std::abs(share({images.begin(), images.begin() + 1000}, before, 0, "train") - 0.8) < 0.04);
        add(*workspace, {images.begin() + 1000, images.end()});
        QVERIFY(split(*workspace, options).moved == 500);
        const auto after = splitsOf(*workspace);
        for (const auto& [name, where] : before) QCOMPARE(after.at(name), where);
    }

    void onlyNewOnesAreDealtOut() {
        std::vector<Made> images;
        for (int k = 0; k < 100; ++k) images.push_back({"s" + std::to_string(k % 10) + "_" + std::to_string(k), {1}, 0, {}});
        const auto workspace = with(images);
        data::SplitOptions options;
        options.train = 0.5, options.val = 0.3, options.test = 0.2, options.group = "prefix:_";
        split(*workspace, options);
        const auto before = splitsOf(*workspace);
        std::vector<Made> more;
        for (int k = 100; k < 200; ++k) more.push_back({"s" + std::to_string(k % 20) + "_" + std::to_string(k), {1}, 0, {}});
        add(*workspace, more);
        options.onlyNew = true, options.seed = 9;
        QCOMPARE(split(*workspace, options).moved, 100);
        const auto after = splitsOf(*workspace);
        for (const auto& [name, where] : before) QCOMPARE(after.at(name), where);
        for (const auto& image : more) {
            const int site = std::stoi(image.name.substr(1));
            if (site < 10) QCOMPARE(after.at(image.name), before.at("s" + std::to_string(site) + "_" + std::to_string(site)));
        }
        QCOMPARE(split(*workspace, options).moved, 0);
    }

    void frozenTestImagesStay_data() {
        QTest::addColumn<bool>("stratify");
        QTest::addColumn<QString>("by");
        QTest::newRow("at random") << false << "";
        QTest::newRow("stratified") << true << "";
        QTest::newRow("hash") << false << "hash";
    }
    void frozenTestImagesStay() {
        QFETCH(bool, stratify);
        QFETCH(QString, by);
        const auto workspace = with(severalClasses(400, 2));
        data::SplitOptions options;
        options.seed = 1, options.stratify = stratify, options.by = by.toStdString();
        const auto first = split(*workspace, options).counts[2].second;
        QVERIFY(data::takeSnapshot(*workspace, {"v1", "", "ana", "", "", {}, true}).has_value());
        const auto before = splitsOf(*workspace);
        options.seed = 2;
        const auto report = split(*workspace, options);
        QCOMPARE(report.problems.size(), std::size_t(1));
        QCOMPARE(report.problems[0].code, std::string("frozen_test"));
        QCOMPARE(report.problems[0].item, std::to_string(first) + " test images");
        const auto after = splitsOf(*workspace);
        for (const auto& [name, where] : before)
            if (where == "test") QCOMPARE(after.at(name), std::string("test"));
        if (by.isEmpty()) QVERIFY(std::abs(double(report.counts[2].second - first)) <= 4);
        QVERIFY(report.moved > 0);
        options.force = true;
        const auto forced = split(*workspace, options);
        QVERIFY(forced.moved > 0 && forced.problems.size() == 1);
        QVERIFY(splitsOf(*workspace) != after);
    }
};

QTEST_GUILESS_MAIN(TestSplitsMore)
#include "tst_splits_more.moc"
