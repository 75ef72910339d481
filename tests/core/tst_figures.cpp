// Figures from kept predictions against scikit-learn, scipy and pycocotools (tests/data/engine/make_curves.py), and slices of a
// workspace's images.
#include <QTest>
#include <cmath>

#include "core/data/query.h"
#include "core/runs/figures/evaluation.h"
#include "core/runs/figures/evidence.h"
#include "core/runs/figures/judge.h"
#include "core/runs/figures/said.h"
#include "core/runs/slices.h"
#include "tests/support/made_runs.h"
#include "tests/support/sample_set.h"

using namespace lathe;
using namespace lathe::runs::figures;

namespace {

Json golden() {
    const auto json = base::readJson(LATHE_SOURCE_DIR "/tests/data/engine/curves.json");
    return json ? *json : Json();
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-9;
}

std::vector<Scored> scoredFrom(const Json& json) {
    std::vector<Scored> scored;
    for (std::size_t i = 0; i < json["scores"].size(); ++i)
        scored.push_back({json["scores"][i].get<double>(), json["positive"][i] == 1});
    return scored;
}

/// What differs first, empty: nothing.
std::string difference(const Curve& curve, const Json& wanted) {
    if (curve.points.size() != wanted["x"].size())
        return std::to_string(curve.points.size()) + " points instead of " + std::to_string(wanted["x"].size());
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
        const CurvePoint& p = curve.points[i];
        if (!near(p.x, wanted["x"][i]) || !near(p.y, wanted["y"][i])) return "point " + std::to_string(i);
        if (!wanted.contains("threshold")) continue;
        const Json& t = wanted["threshold"][i];
        if (t.is_null() != std::isinf(p.threshold) || (!t.is_null() && !near(p.threshold, t)))
            return "threshold " + std::to_string(i);
    }
    return wanted.contains("area") && !near(curve.area, wanted["area"]) ? "the area" : "";
}

/// From the polyline through the points.
double distanceTo(const Curve& line, const CurvePoint& p) {
    double best = 10;
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        const CurvePoint &a = line.points[i - 1], &b = line.points[i];
        const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
        const double t = square > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0) : 0;
        best = std::min(best, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
    }
    return best;
}

/// Of a detector: pictures of two sizes; the objects of the large pictures are missed.
Json detectorJson() {
    Json samples = Json::array();
    for (int i = 0; i < 30; ++i) {
        const bool large = i % 3 == 0;
        const Json truth = {{"class", i % 2}, {"box", {10, 10, large ? 100 : 20, 20}}, {"area", large ? 2000 : 400}};
        Json object = {{"class", i % 2}, {"confidence", 0.5 + i * 0.01}, {"right", !large}, {"box", truth["box"]}};
        if (large) object["box"] = {300, 300, 40, 40};
        samples.push_back({{"image", i + 1},
                           {"split", "test"},
                           {"label", i % 2},
                           {"right", !large},
                           {"confidence", object["confidence"]},
                           {"width", large ? 640 : 320},
                           {"height", 240},
                           {"truths", 1},
                           {"found", large ? 0 : 1},
                           {"false", large ? 1 : 0},
                           {"objects", {object}},
                           {"asked", {truth}}});
    }
    return {{"classes", {"a", "b"}}, {"samples", samples}};
}

}  // namespace

class TestFigures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void curvesAgreeWithScikitLearn() {
        const Json cases = golden()["curves"];
        QCOMPARE(cases.size(), std::size_t(4));
        for (const Json& one : cases) {
            QCOMPARE(difference(rocCurve(scoredFrom(one)), one["roc"]), std::string());
            QCOMPARE(difference(precisionRecallCurve(scoredFrom(one)), one["precision_recall"]), std::string());
        }
    }
    void meansOfClassesAgreeWithNumpy() {
        const Json means = golden()["means"];
        std::vector<Curve> roc, precision;
        double area = 0;
        for (const Json& one : means["curves"]) {
            roc.push_back(rocCurve(scoredFrom(one))), precision.push_back(precisionRecallCurve(scoredFrom(one)));
            area += one["roc"]["area"].get<double>() / 4;
        }
        roc.push_back({});  // a class that nothing can be said of changes nothing
        Curve mean = macroRoc(roc);
        QVERIFY(near(mean.area, area));
        QCOMPARE(mean.points.front().y, 0.);
        mean.points.erase(mean.points.begin());  // (0, 0) before the first rise
        QCOMPARE(difference(mean, means["roc"]), std::string());
        QCOMPARE(difference(macroPrecisionRecall(precision), means["precision_recall"]), std::string());
    }
    void nothingToTellApartIsNoCurve() {
        QVERIFY(!rocCurve({}).defined());
        QVERIFY(!rocCurve({{0.5, true}, {0.4, true}}).defined());
        QVERIFY(!precisionRecallCurve({{0.5, false}}).defined());
        QCOMPARE(macroRoc({{}, {}}).area, -1.);
        QCOMPARE(calibrationError(reliability({})), -1.);
    }
    void whatADetectorMissedCountsInRecall() {
        const Curve curve = precisionRecallCurve({{0.9, true}, {0.8, false}, {0.7, true}}, 4);
        QCOMPARE(curve.positives, 4);
        QCOMPARE(curve.points.back().x, 0.5);
        QVERIFY(near(curve.area, 0.25 + 0.25 * 2 / 3));
    }
    void thinningKeepsEveryCorner() {
        std::vector<Scored> scored;
        std::uint32_t state = 7;
        for (int i = 0; i < 60'000; ++i) {
            state = state * 1664525u + 1013904223u;
            const double x = double(state >> 8) / double(1 << 24);
            scored.push_back({x * x, (state >> 3) % 100 < std::uint32_t(20 + 70 * x)});
        }
        for (const bool roc : {true, false}) {
            const Curve whole = roc ? rocCurve(scored) : precisionRecallCurve(scored);
            Curve drawn = whole;
            thin(drawn);
            QVERIFY(whole.points.size() > 10'000);
            QVERIFY2(drawn.points.size() < 3000, std::to_string(drawn.points.size()).c_str());
            double worst = 0;
            for (std::size_t i = 0; i < whole.points.size(); i += 7) worst = std::max(worst, distanceTo(drawn, whole.points[i]));
            QVERIFY(worst <= 1.0 / 4000 + 1e-12);
        }
    }
    void reliabilityAgreesWithItsFormula() {
        const Json one = golden()["reliability"];
        std::vector<Confidence> said;
        for (std::size_t i = 0; i < one["right"].size(); ++i)
            said.push_back({one["confidence"][i].get<double>(), one["right"][i] == 1});
        const auto bins = reliability(said);
        for (std::size_t k = 0; k < bins.size(); ++k) {
            QVERIFY(near(bins[k].confidence, one["bins"][k][0]) && near(bins[k].accuracy, one["bins"][k][1]));
            QCOMPARE(bins[k].samples, one["bins"][k][2].get<std::int64_t>());
        }
        QVERIFY(near(calibrationError(bins), one["ece"]));
        std::int64_t all = 0;
        for (const ScoreBin& bin : scoreHistogram(said)) all += bin.right + bin.wrong;
        QCOMPARE(all, std::int64_t(said.size()));
        QCOMPARE(scoreBinOf(1), kScoreBins - 1);
    }
    void testsAgreeWithScipy() {
        const Json g = golden();
        for (const Json& one : g["fisher"]) {
            const auto t = one["table"].get<std::vector<std::int64_t>>();
            QVERIFY2(std::abs(fisherExact(t[0], t[1], t[2], t[3]) - one["p"].get<double>()) < 1e-9, one.dump().c_str());
        }
        const auto adjusted = discoveryAdjusted(g["discovery"]["p"].get<std::vector<double>>());
        for (std::size_t i = 0; i < adjusted.size(); ++i) QVERIFY(near(adjusted[i], g["discovery"]["adjusted"][i]));
    }
    void permutationsComeNearTheExactTest() {
        std::vector<int> right(60, 1);
        for (int i = 0; i < 15; ++i) right[std::size_t(i * 4)] = 0;
        for (int i = 0; i < 5; ++i) right[std::size_t(i)] = 0;  // 5 of the first 10, 18 of all 60
        const auto share = [&](std::span<const std::uint32_t> w) {
            double sum = 0, all = 0;
            for (std::size_t i = 0; i < right.size(); ++i) sum += right[i] * w[i], all += w[i];
            return sum / all;
        };
        int wrong = 0, first = 0;
        for (std::size_t i = 0; i < right.size(); ++i) wrong += !right[i], first += i < 10 && !right[i];
        const double whole = 1 - wrong / 60.0, observed = 1 - first / 10.0;
        const double exact = fisherExact(10 - first, first, 50 - (wrong - first), wrong - first);
        const double drawn = permutationP(60, 10, observed, whole, share, 9999);
        QVERIFY2(std::abs(drawn - exact) < 0.02, std::to_string(drawn - exact).c_str());
        QCOMPARE(permutationP(60, 60, whole, whole, share), 1.);
    }
    void aDrawIsAsIfThePicturesWereThereSoOften() {
        const Json one = golden()["weighted"];
        std::vector<DetectionTruth> truths;
        std::vector<Detection> detections;
        for (const Json& t : one["truths"])
            truths.push_back({t[0], t[1], {t[2], t[3], t[4], t[5]}, t[4].get<double>() * t[5].get<double>()});
        for (const Json& d : one["detections"]) detections.push_back({d[0], d[1], {d[2], d[3], d[4], d[5]}, d[6]});
        const auto matches = DetectionMatches::of(truths, detections, one["images"], one["categories"]);
        QVERIFY(matches.has_value());
        for (const Json& wanted : one["draws"]) {
            const auto draw = matches->draw(wanted["weights"].get<std::vector<std::uint32_t>>());
            const double ours[] = {draw.ap, draw.ap50, draw.apOfSize[0], draw.apOfSize[1], draw.apOfSize[2]};
            const std::size_t theirs[] = {0, 1, 3, 4, 5};
            for (std::size_t k = 0; k < 5; ++k) QVERIFY(near(ours[k], wanted["stats"][theirs[k]]));
            for (std::size_t k = 0; k < 3; ++k) QVERIFY(near(draw.apOfClass[k], wanted["by_class"][k]));
        }
    }
    void anEvaluationOfKeptPredictions() {
        const Json g = golden()["kept"];
        const auto kept = keptOf(g["predictions"]);
        QVERIFY(kept.has_value());
        QCOMPARE(kept->split, std::string("test"));
        const auto e = evaluationOf(*kept, 400);
        QVERIFY(e.has_value());
        QVERIFY(near(e->whole.find("accuracy")->value, g["whole"]["accuracy"]));
        QVERIFY(near(e->whole.find("macro_f1")->value, g["whole"]["macro_f1"]));
        for (const FigureRow& row : e->byClass) {
            const Estimate& f1 = *row.find("f1");
            QVERIFY(f1.low < f1.value && f1.value < f1.high && f1.low > 0.3 && f1.high <= 1);
        }
        QCOMPARE(e->byClass.size(), std::size_t(3));
        QVERIFY(e->bySize.empty());  // no width was kept
        QVERIFY(e->roc.mean.area > 0.8 && e->precisionRecall.mean.area > 0.7);
        const Json json = toJson(*e);
        QVERIFY(json["curves"]["roc"]["classes"][0]["points"][0][2].is_null());
        // a part of the samples
        const auto judge = judgeOf(*kept);
        const auto part = figuresOf(**judge, g["part"].get<std::vector<std::size_t>>(), {.draws = 200});
        QVERIFY(near((*part)[0].second.value, g["accuracy"]) && near((*part)[1].second.value, g["macro_f1"]));
        // what a click on a chart lists
        std::size_t inBins = 0;
        for (int bin = 0; bin < kReliabilityBins; ++bin) inBins += imagesInReliabilityBin(*kept, bin).size();
        QCOMPARE(inBins, kept->samples.size());
        QCOMPARE(imagesOfClass(*kept, 0).size(), std::size_t(e->byClass[0].support));
        const auto& point = e->roc.byClass[1].points[3];
        const double wrong = point.x * double(e->roc.byClass[1].negatives) + (1 - point.y) * double(e->roc.byClass[1].positives);
        QCOMPARE(imagesWrongAt(*kept, 1, point.threshold).size(), std::size_t(std::lround(wrong)));
    }
    void aDetectorBySizeAndClass() {
        const auto kept = keptOf(detectorJson());
        QVERIFY(kept.has_value());
        const auto e = evaluationOf(*kept, 200);
        QVERIFY(e.has_value());
        QCOMPARE(e->bySize.size(), std::size_t(3));
        QVERIFY(near(e->bySize[0].find("ap")->value, 1));  // large pictures' objects are of medium size
        QVERIFY(near(e->bySize[1].find("ap")->value, 0));
        QCOMPARE(e->bySize[2].find("ap")->value, -1.);
        QCOMPARE(e->bySize[1].support, 10);
        QCOMPARE(imagesOfSize(*kept, *e, 1).size(), std::size_t(10));
        const auto figures = detectionFigures(kept->truths, kept->detections, 30, 2);
        QVERIFY(near(e->whole.find("ap50")->value, figures->ap50));
        QVERIFY(near(e->byClass[1].find("ap")->value, figures->perClass[1].ap));
        QVERIFY(near(e->precisionRecall.byClass[0].area, figures->perClass[0].ap50));
        QCOMPARE(e->precisionRecall.byClass[0].positives, 15);
        QVERIFY(near(e->precisionRecall.byClass[0].points.back().x, 2.0 / 3));
        std::int64_t right = 0, wrong = 0;
        for (const ScoreBin& bin : e->scores) right += bin.right, wrong += bin.wrong;
        QCOMPARE(right, 20);
        QCOMPARE(wrong, 10);
        QCOMPARE(imagesInScoreBin(*kept, scoreBinOf(0.5), false).size(), std::size_t(2));
    }
    void whatAnOldRunLacksIsSaid() {
        Json old = detectorJson();
        for (Json& sample : old["samples"]) sample.erase("asked"), sample.erase("width");
        const auto e = evaluationOf(*keptOf(old), 50);
        QVERIFY(e.has_value() && !e->hasTruths);
        QVERIFY(e->precisionRecall.byClass.empty() && e->reliability.empty());
        QVERIFY(near(e->whole.find("f1")->value, 40.0 / 60));
        old["samples"][3].erase("image");
        QVERIFY(QString::fromStdString(keptOf(old).error().message).startsWith("sample 4 can't be read"));
        QCOMPARE(keptOf({{"samples", Json::array()}}).error().code, ErrorCode::NotFound);
    }
    void aSegmenterByClassAndImageSize() {
        Json samples = Json::array();
        for (int i = 0; i < 12; ++i)
            samples.push_back({{"image", i + 1},
                               {"split", "val"},
                               {"label", 0},
                               {"right", true},
                               {"confidence", 0.9},
                               {"width", 100 * (1 + i % 3)},
                               {"height", 100},
                               {"intersection", {80, 10 - i % 3}},
                               {"union", {90, 20}},
                               {"pixels", {85, 15}}});
        const auto kept = keptOf({{"classes", {"road", "car"}}, {"samples", samples}});
        const auto e = evaluationOf(*kept, 100);
        QVERIFY(e.has_value());
        QVERIFY(near(e->byClass[0].find("iou")->value, 80. / 90) && near(e->byClass[1].find("iou")->value, 9. / 20));
        QVERIFY(near(e->whole.find("miou")->value, (80. / 90 + 9. / 20) / 2));
        QVERIFY(near(e->whole.find("pixel_accuracy")->value, 89. / 100));
        QVERIFY(near(e->byClass[1].find("dice")->value, 18. / 29));
        QVERIFY(e->byClass[1].find("iou")->low < 9. / 20 && e->byClass[1].find("iou")->high > 9. / 20);
        QCOMPARE(e->bySize.size(), std::size_t(3));
        QVERIFY(near(e->bySize[2].find("miou")->value, (80. / 90 + 8. / 20) / 2));
        QCOMPARE(imagesOfClass(*kept, 1).size(), std::size_t(12));
    }
    void slicesBySearchTerms() {
        const base::TempFolder temp;
        const auto workspace = test::makeSampleWorkspace(temp.path(), 20);
        QVERIFY(workspace);
        const auto index = store::ColumnIndex::load(*workspace);
        QVERIFY(index.has_value());
        const auto first = data::runQuery(*workspace, **index, "class:disc");
        QVERIFY(first.has_value() && first->size() >= 10);
        // every other disc is wrong, and nothing else
        test::MadeRun made{.id = "20261121-100000-aaaa", .name = "base"};
        for (const auto id : (*index)->imageIds()) {
            const auto at = std::find(first->begin(), first->end(), ImageId(id));
            made.images.push_back(id);
            made.right.push_back(at == first->end() || (at - first->begin()) % 2 == 0);
        }
        const auto run = test::makeRun(*workspace, made);
        QVERIFY(run.has_value());
        const auto kept = runs::kept(runs::RunFolder(run->folder));
        QVERIFY(kept.has_value());
        const auto found = runs::slices(*workspace, **index, *kept, {"class:disc", "-class:disc", "tag:nowhere"});
        QVERIFY2(found.has_value(), found ? "" : found.error().text().c_str());
        const auto& disc = (*found)[0];
        QCOMPARE(disc.images.size(), first->size());
        QCOMPARE(disc.metrics[0].name, std::string("accuracy"));
        QVERIFY(std::abs(disc.metrics[0].estimate.value - 0.5) < 0.06);
        QVERIFY(disc.metrics[0].estimate.low < 0.45 && disc.metrics[0].estimate.high > 0.55);
        QVERIFY(disc.metrics[0].difference < -0.1 && disc.p < 0.01);
        QCOMPARE(disc.verdict, std::string("worse"));
        QCOMPARE((*found)[1].verdict, std::string("better"));
        QCOMPARE((*found)[2].verdict, std::string("not enough evidence"));
        QVERIFY((*found)[2].metrics.empty());
        QVERIFY(!runs::toJson((*found)[2]).contains("p"));
        const auto bad = runs::slices(*workspace, **index, *kept, {"class:disc", "width>>3"});
        QVERIFY(!bad.has_value() && bad.error().text().find("width>>3") != std::string::npos);
        const auto suggested = runs::suggestedSlices(*workspace, **index, *kept, {.resamples = 100});
        QVERIFY2(suggested.has_value() && !suggested->empty(), suggested ? "none" : suggested.error().text().c_str());
        const auto of = std::find_if(suggested->begin(), suggested->end(), [](const auto& s) { return s.term == "class:disc"; });
        QVERIFY(of != suggested->end());
        QCOMPARE(of->verdict, std::string("worse"));
        for (auto at = suggested->begin(); at != of; ++at)  // others are as dark as discs are
            QVERIFY(at->verdict == "worse" && at->metrics[0].difference <= of->metrics[0].difference);
        QCOMPARE(suggested->front().verdict, std::string("worse"));
        for (const auto& one : *suggested) QVERIFY(*one.adjusted >= one.p - 1e-12);
    }
};

QTEST_GUILESS_MAIN(TestFigures)
#include "tst_figures.moc"
