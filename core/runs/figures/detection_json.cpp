#include "core/runs/figures/detection.h"

namespace lathe::runs::figures {
namespace {

constexpr std::array<const char*, 3> kSizeNames{"small", "medium", "large"};

}  // namespace

Json toJson(const DetectionFigures& f, const std::vector<std::string>& classes) {
    Json metrics = Json::object(), perClass = Json::array();
    const auto put = [](Json& to, const std::string& name, double value) {
        if (value >= 0) to[name] = value;
    };
    const auto putEnds = [&](Json& to, const std::string& name, const DetectionFigures::Ends& ends) {
        put(to, name + "_low", ends[0]), put(to, name + "_high", ends[1]);
    };
    const std::pair<const char*, double> named[] = {{"ap", f.ap},
                                                    {"ap50", f.ap50},
                                                    {"ap75", f.ap75},
                                                    {"ap_small", f.apSmall},
                                                    {"ap_medium", f.apMedium},
                                                    {"ap_large", f.apLarge},
                                                    {"ar1", f.ar1},
                                                    {"ar10", f.ar10},
                                                    {"ar100", f.ar100},
                                                    {"ar_small", f.arSmall},
                                                    {"ar_medium", f.arMedium},
                                                    {"ar_large", f.arLarge},
                                                    {"ap_low", f.apInterval[0]},
                                                    {"ap_high", f.apInterval[1]},
                                                    {"ap50_low", f.ap50Interval[0]},
                                                    {"ap50_high", f.ap50Interval[1]}};
    for (const auto& [name, value] : named) put(metrics, name, value);
    for (std::size_t s = 0; s < 3; ++s) putEnds(metrics, std::string("ap_") + kSizeNames[s], f.apOfSizeInterval[s]);
    for (std::size_t k = 0; k < f.perClass.size() && k < classes.size(); ++k) {
        const auto& c = f.perClass[k];
        Json row = {{"class", classes[k]}, {"truths", c.truths}, {"detections", c.detections}};
        put(row, "ap", c.ap), putEnds(row, "ap", c.apInterval);
        put(row, "ap50", c.ap50), putEnds(row, "ap50", c.ap50Interval);
        for (std::size_t s = 0; s < 3; ++s) put(row, std::string("ap_") + kSizeNames[s], c.apOfSize[s]);
        put(row, "ar100", c.ar100);
        perClass.push_back(std::move(row));
    }
    return {{"metrics", std::move(metrics)}, {"per_class", std::move(perClass)}};
}

}  // namespace lathe::runs::figures
