#include <cmath>

#include "core/runs/figures/evaluation.h"

namespace lathe::runs::figures {
namespace {

Json curveJson(Curve curve) {
    thin(curve);
    Json points = Json::array();
    for (const CurvePoint& p : curve.points) points.push_back({p.x, p.y, std::isfinite(p.threshold) ? Json(p.threshold) : Json()});
    Json json = {{"positives", curve.positives}, {"negatives", curve.negatives}, {"points", std::move(points)}};
    if (curve.area >= 0) json["area"] = curve.area;
    return json;
}

Json curvesJson(const ClassCurves& curves, const std::vector<std::string>& classes) {
    Json all = Json::array();
    for (std::size_t k = 0; k < curves.byClass.size(); ++k) {
        if (!curves.byClass[k].defined()) continue;
        Json one = {{"class", classes[k]}};
        one.update(curveJson(curves.byClass[k]));
        all.push_back(std::move(one));
    }
    return {{"mean", curveJson(curves.mean)}, {"classes", std::move(all)}};
}

Json scoresJson(const std::vector<ScoreBin>& bins) {
    Json json = Json::array();
    for (const ScoreBin& bin : bins)
        json.push_back({{"from", bin.from}, {"to", bin.to}, {"right", bin.right}, {"wrong", bin.wrong}});
    return json;
}

}  // namespace

void put(Json& to, const std::string& name, const Estimate& estimate) {
    if (estimate.value < 0) return;
    to[name] = estimate.value;
    if (estimate.low >= 0) to[name + "_low"] = estimate.low, to[name + "_high"] = estimate.high;
}

Json toJson(const Evaluation& e) {
    Json sizes = Json::array(), bins = Json::array(), curves = Json::object();
    for (const FigureRow& row : e.bySize) {
        Json one = {{"size", row.name}, {"images", row.support}};
        for (const auto& [name, estimate] : row.figures) put(one, name, estimate);
        sizes.push_back(std::move(one));
    }
    for (const ReliabilityBin& bin : e.reliability)
        bins.push_back({{"from", bin.from},
                        {"to", bin.to},
                        {"confidence", bin.confidence},
                        {"accuracy", bin.accuracy},
                        {"samples", bin.samples}});
    if (!e.roc.byClass.empty()) curves["roc"] = curvesJson(e.roc, e.classes);
    if (!e.precisionRecall.byClass.empty()) curves["precision_recall"] = curvesJson(e.precisionRecall, e.classes);
    Json json = {{"per_size", std::move(sizes)},
                 {"curves", std::move(curves)},
                 {"reliability", std::move(bins)},
                 {"scores", scoresJson(e.scores)}};
    if (e.ece >= 0) json["ece"] = e.ece;
    return json;
}

}  // namespace lathe::runs::figures
