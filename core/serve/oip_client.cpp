#include "core/serve/oip_client.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <charconv>

namespace lathe::serve {

namespace {

std::string modelPath(const std::string& model, int version) {
    auto path = "v2/models/" + urlSegment(model);
    if (version > 0) path += fmt::format("/versions/{}", version);
    return path;
}

bool isFine(const HttpResponse& response) {
    return response.status >= 200 && response.status < 300;
}

/// The server's own words: {"error": "…"}, else the start of its body.
Error refusal(const HttpResponse& response, const std::string& url) {
    const auto json = Json::parse(response.body, nullptr, false);
    std::string words = response.body.substr(0, 200);
    if (json.is_object() && json.contains("error") && json["error"].is_string()) words = json["error"].get<std::string>();
    const auto code = response.status == 404 ? ErrorCode::NotFound : ErrorCode::Network;
    return {code, fmt::format("The server answered {}: {}", response.status, words.empty() ? "(no words)" : words), url};
}

std::optional<std::size_t> jsonLength(const HttpResponse& response) {
    const auto found = response.headers.find("inference-header-content-length");
    if (found == response.headers.end()) return std::nullopt;
    std::size_t length = 0;
    const auto& text = found->second;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), length);
    return parsed.ec == std::errc() ? std::optional(length) : std::nullopt;
}

double seconds(const std::map<std::string, std::string>& options, const char* key, double standard) {
    const auto found = options.find(key);
    if (found == options.end()) return standard;
    const double value = std::atof(found->second.c_str());
    return value > 0 ? value : standard;
}

}  // namespace

Http::Options httpOptions(const std::map<std::string, std::string>& options) {
    Http::Options http;
    http.connectSeconds = seconds(options, "connect_timeout", http.connectSeconds);
    http.totalSeconds = seconds(options, "timeout", http.totalSeconds);
    if (options.contains("token")) http.headers.push_back("Authorization: Bearer " + options.at("token"));
    if (options.contains("header")) http.headers.push_back(options.at("header"));
    if (options.contains("ca_file")) http.caFile = options.at("ca_file");
    return http;
}

Result<ServerFacts> OipClient::facts() {
    if (m_facts) return *m_facts;
    LATHE_TRY(const auto response, m_http.get("v2"));
    if (!isFine(response)) return fail(refusal(response, url()));
    LATHE_TRY(const auto json, base::parseJson(response.body, url() + "/v2"));
    ServerFacts facts;
    try {
        facts.name = json.value("name", "");
        facts.version = json.value("version", "");
        for (const auto& extension : json.value("extensions", Json::array())) facts.extensions.insert(extension.get<std::string>());
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("This is not an Open Inference Protocol server: {}", error.what()), url());
    }
    m_facts = facts;
    return facts;
}

Result<bool> OipClient::ready() {
    LATHE_TRY(const auto response, m_http.get("v2/health/ready"));
    return isFine(response);
}

Result<bool> OipClient::readySoon() {
    for (int turn = 0; turn < 40; ++turn) {
        LATHE_TRY(const bool is, ready());
        if (is) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    return false;
}

Result<bool> OipClient::modelReady(const std::string& model, int version) {
    LATHE_TRY(const auto response, m_http.get(modelPath(model, version) + "/ready"));
    return isFine(response);
}

Result<std::string> OipClient::inputName(const std::string& path) {
    if (const auto found = m_inputNames.find(path); found != m_inputNames.end()) return found->second;
    LATHE_TRY(const auto response, m_http.get(path));
    if (!isFine(response)) return fail(refusal(response, url()));
    LATHE_TRY(const auto json, base::parseJson(response.body, url() + "/" + path));
    try {
        return m_inputNames[path] = json.at("inputs").at(0).at("name").get<std::string>();
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("The model's metadata names no input: {}", error.what()), url());
    }
}

Result<Tensor> OipClient::infer(const std::string& model, int version, const Tensor& input) {
    const auto path = modelPath(model, version);
    LATHE_TRY(const auto name, inputName(path));
    LATHE_TRY(const auto server, facts());
    InferRequest request;
    request.inputs = {{name, input}};
    request.binaryOutput = server.has("binary_tensor_data");
    const auto body = writeRequest(request, request.binaryOutput);
    std::vector<std::string> headers{fmt::format("Content-Type: {}", body.contentType())};
    if (body.jsonLength) headers.push_back(fmt::format("{}: {}", kJsonLengthHeader, *body.jsonLength));
    LATHE_TRY(const auto response, m_http.post(path + "/infer", body.bytes, headers));
    if (!isFine(response)) return fail(refusal(response, url()));
    LATHE_TRY(auto reply, readResponse(response.body, jsonLength(response)));
    if (reply.outputs.empty()) return fail(ErrorCode::InvalidData, "The server's answer has no output.", url());
    return std::move(reply.outputs.front().tensor);
}

Result<Json> OipClient::postJson(const std::string& path, const Json& body, std::stop_token stop, const Progress& progress) {
    const auto text = body.is_null() ? std::string() : body.dump();
    LATHE_TRY(const auto response, m_http.post(path, text, {"Content-Type: application/json"}, stop, progress));
    if (!isFine(response)) return fail(refusal(response, url() + "/" + path));
    if (response.body.empty()) return Json();
    return base::parseJson(response.body, url() + "/" + path);
}

Result<> OipClient::load(const std::string& model, const Json& parameters, std::stop_token stop, const Progress& progress) {
    Json body;
    if (!parameters.is_null()) body = {{"parameters", parameters}};
    LATHE_TRY([[maybe_unused]] const auto reply,
              postJson("v2/repository/models/" + urlSegment(model) + "/load", body, stop, progress));
    return {};
}

Result<> OipClient::unload(const std::string& model) {
    LATHE_TRY([[maybe_unused]] const auto reply, postJson("v2/repository/models/" + urlSegment(model) + "/unload", Json(), {}, {}));
    return {};
}

Result<std::vector<std::string>> OipClient::index() {
    LATHE_TRY(const auto list, postJson("v2/repository/index", Json::object(), {}, {}));
    std::vector<std::string> ready;
    if (!list.is_array()) return ready;
    for (const auto& item : list) {
        if (!item.is_object() || item.value("state", "") != "READY") continue;
        ready.push_back(item.value("name", "") + ":" + item.value("version", "1"));
    }
    return ready;
}

}  // namespace lathe::serve
