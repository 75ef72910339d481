#include "core/engine/train/sampler.h"

#include <cmath>
#include <map>
#include <numeric>

#include "core/engine/train/registry.h"

namespace lathe::engine::train {
namespace {

using Order = std::vector<std::int64_t>;

Order shuffled(const runs::Named&, const Order& labels, Random& random) {
    Order order(labels.size());
    std::iota(order.begin(), order.end(), 0);
    random.shuffle(order);
    return order;
}

/// Each class gets its share of the epoch: count^(1 - power). Within a class every sample comes once before one comes again.
Order shared(const Order& labels, double power, Random& random) {
    std::map<std::int64_t, Order> byClass;
    for (std::size_t i = 0; i < labels.size(); ++i) byClass[labels[i]].push_back(std::int64_t(i));
    double all = 0;
    for (const auto& [label, samples] : byClass) all += std::pow(double(samples.size()), 1 - power);
    Order order;
    double owed = 0;
    for (auto& [label, samples] : byClass) {
        owed += double(labels.size()) * std::pow(double(samples.size()), 1 - power) / all;
        for (std::size_t k = 0; double(order.size()) < std::min(std::round(owed), double(labels.size())); ++k) {
            if (k % samples.size() == 0) random.shuffle(samples);
            order.push_back(samples[k % samples.size()]);
        }
    }
    random.shuffle(order);
    return order;
}

Order balanced(const runs::Named&, const Order& labels, Random& random) {
    return shared(labels, 1, random);
}

Order weighted(const runs::Named& sampler, const Order& labels, Random& random) {
    return shared(labels, sampler.number(runs::Seam::Sampler, "power"), random);
}

using Sample = Order (*)(const runs::Named& sampler, const Order& labels, Random& random);
constexpr std::array<Maker<Sample>, 3> kSamplers = {{{"shuffled", shuffled}, {"balanced", balanced}, {"weighted", weighted}}};

}  // namespace

Order epochOrder(const runs::Named& sampler, const Order& labels, Random& random) {
    const auto* known = makerOf(kSamplers, sampler.name);
    return known ? known->make(sampler, labels, random) : shuffled(sampler, labels, random);
}

}  // namespace lathe::engine::train
