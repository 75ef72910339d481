#include "app/engine/serve.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <numeric>
#include <opencv2/core/utility.hpp>

#include "app/engine/doctor.h"
#include "app/engine/handlers.h"
#include "core/rpc/protocol.h"
#include "core/rpc/server.h"

namespace lathe::app {
namespace {

using Method = Result<Json> (*)(const Call&);
struct Entry {
    const char* name;
    Method method;
};
constexpr Entry kMethods[] = {{"initialize", initialize}, {"predict", predict},   {"evaluate", evaluate}, {"explain", explain},
                              {"package", package},       {"load", loadHeld},     {"infer", infer},       {"unload", unload},
                              {"preprocess", preprocess}, {"check", checkFolder}, {"preview", preview}};

/// torch's exceptions become words here; everything else of a handler is a Result.
rpc::Handler guarded(Method method, ModelCache& models) {
    return [method, &models](const Json& params, std::stop_token stop, const Progress& progress) -> Result<Json> {
        try {
            const torch::AutoGradMode gradients(method == explain || method == checkFolder);
            return method({params, std::move(stop), progress, models});
        } catch (const c10::Error& error) {
            return fail(ErrorCode::EngineFailed, error.what_without_backtrace());
        }
    };
}

}  // namespace

int serveStdio() {
    // Whatever a library prints must not get between two messages.
    const int out = ::dup(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    std::signal(SIGPIPE, SIG_IGN);
    cv::setNumThreads(1);
    ModelCache models;
    std::map<std::string, rpc::Handler> handlers;
    for (const Entry& entry : kMethods) handlers[entry.name] = guarded(entry.method, models);
    return rpc::serve(STDIN_FILENO, out, handlers);
}

Result<Json> initialize(const Call& call) {
    const int protocol = call.params.value("protocol", 0);
    if (protocol != rpc::kProtocolVersion)
        return fail(ErrorCode::Unsupported,
                    fmt::format("the workbench speaks protocol {}, this engine {}: install the same version of both", protocol,
                                rpc::kProtocolVersion));
    Json result = doctor();
    result["protocol"] = rpc::kProtocolVersion;
    Json names = Json::array();
    for (const Entry& entry : kMethods) names.push_back(entry.name);
    names.push_back("shutdown");
    result["capabilities"] = names;
    return result;
}

Result<std::string> textParam(const Json& params, const char* key) {
    if (!params.is_object() || !params.contains(key) || !params[key].is_string())
        return fail(ErrorCode::InvalidArgument, fmt::format("the parameter {} (text) is missing", key));
    return params[key].get<std::string>();
}

std::vector<float> rowOf(const torch::Tensor& matrix, std::int64_t row) {
    const auto values = matrix[row].to(torch::kCPU, torch::kFloat32).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

Json topScores(const std::vector<float>& probabilities, const std::vector<std::string>& labels, int top) {
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
    order.resize(std::min(order.size(), std::size_t(std::max(top, 1))));
    Json scores = Json::array();
    for (const std::size_t k : order)
        scores.push_back({{"class", k < labels.size() ? labels[k] : std::to_string(k)}, {"confidence", probabilities[k]}});
    return scores;
}

}  // namespace lathe::app
