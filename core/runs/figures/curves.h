// ROC and precision against recall, reliability and histograms of scores. Definitions as in scikit-learn's roc_curve,
// precision_recall_curve (drop_intermediate=True) and calibration as Guo et al. 2017 (arXiv 1706.04599). Any thread.
#pragma once
#include <cstdint>
#include <limits>
#include <vector>

namespace lathe::runs::figures {

struct Scored {
    double score = 0;
    bool positive = false;
};
struct CurvePoint {
    double x = 0, y = 0;
    double threshold = 0;  ///< scores from this on count as positive; infinite: none does
};
struct Curve {
    std::vector<CurvePoint> points;  ///< thresholds fall, x never falls; none where the curve is undefined
    double area = -1;                ///< -1: undefined
    std::int64_t positives = 0, negatives = 0;
    [[nodiscard]] bool defined() const { return !points.empty(); }
};

/// x: false positive rate, y: true positive rate, from (0, 0) to (1, 1). Samples of the same score are one threshold; points that
/// lie between two others on a straight line are left out. `area`: ROC AUC. Undefined without a positive or a negative.
[[nodiscard]] Curve rocCurve(std::vector<Scored> scored);
/// x: recall, y: precision, from (0, 1) on. `area`: average precision, the sum of the steps. `positives`: how many there are where
/// some have no score (what a detector missed); -1: those that are scored. Undefined without a positive.
[[nodiscard]] Curve precisionRecallCurve(std::vector<Scored> scored, std::int64_t positives = -1);

/// The mean of the classes' curves: at every false positive rate that one of them has the mean of the true positive rates, linear
/// between points (scikit-learn's macro average); its area is the mean of theirs. Undefined classes are left out.
[[nodiscard]] Curve macroRoc(const std::vector<Curve>& classes);
/// The mean precision at recalls 0, 0.01, … 1: of each class that of its first point with at least this recall, 0 beyond its last.
[[nodiscard]] Curve macroPrecisionRecall(const std::vector<Curve>& classes);

/// Fewer points for drawing: none is further than `tolerance` from the line through those that stay (Ramer, Douglas, Peucker), so
/// that every corner stays.
void thin(Curve& curve, double tolerance = 1.0 / 4000);

/// A bin (from, to] of confidence; the first holds 0 too.
struct ReliabilityBin {
    double from = 0, to = 0;
    double confidence = 0, accuracy = 0;  ///< means over the bin; 0 where it is empty
    std::int64_t samples = 0;
};
constexpr int kReliabilityBins = 15;
struct Confidence {
    double confidence = 0;
    bool right = false;
};
[[nodiscard]] int reliabilityBinOf(double confidence, int bins = kReliabilityBins);
[[nodiscard]] std::vector<ReliabilityBin> reliability(const std::vector<Confidence>& said, int bins = kReliabilityBins);
/// Expected calibration error: mean over samples of |accuracy - confidence| of their bin. -1 without samples.
[[nodiscard]] double calibrationError(const std::vector<ReliabilityBin>& bins);

/// [from, to); the last holds 1 too.
struct ScoreBin {
    double from = 0, to = 0;
    std::int64_t right = 0, wrong = 0;
};
constexpr int kScoreBins = 20;
[[nodiscard]] int scoreBinOf(double confidence, int bins = kScoreBins);
[[nodiscard]] std::vector<ScoreBin> scoreHistogram(const std::vector<Confidence>& said, int bins = kScoreBins);

}  // namespace lathe::runs::figures
