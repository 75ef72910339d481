// A client of the Open Inference Protocol v2 with the binary tensor and model repository extensions, for the targets that speak it.
#pragma once
#include <set>

#include "core/serve/http.h"
#include "core/serve/target.h"
#include "core/serve/wire.h"

namespace lathe::serve {

struct ServerFacts {
    std::string name, version;
    std::set<std::string> extensions;  ///< "binary_tensor_data", "model_repository", "lathe_package" …
    [[nodiscard]] bool has(const std::string& extension) const { return extensions.contains(extension); }
};

/// Any thread. Every failure is in words: Network when nothing answered or the server refused, with its own "error" text.
class OipClient {
public:
    OipClient(std::string url, Http::Options options) : m_http(std::move(url), std::move(options)) {}

    [[nodiscard]] const std::string& url() const { return m_http.baseUrl(); }
    [[nodiscard]] Result<ServerFacts> facts();
    /// By status alone; bodies differ between servers.
    [[nodiscard]] Result<bool> ready();
    /// Asks until it is ready, for ten seconds: a server that is just changing a model isn't ready meanwhile.
    [[nodiscard]] Result<bool> readySoon();
    [[nodiscard]] Result<bool> modelReady(const std::string& model, int version);
    /// `input` goes to the model's first input; its first output comes back. Binary where the server can.
    [[nodiscard]] Result<Tensor> infer(const std::string& model, int version, const Tensor& input);
    /// `parameters`: "config" and "file:VERSION/NAME" (base64) of the repository extension, or null.
    [[nodiscard]] Result<> load(const std::string& model, const Json& parameters, std::stop_token stop, const Progress& progress);
    [[nodiscard]] Result<> unload(const std::string& model);
    /// "model:version" of everything in state READY.
    [[nodiscard]] Result<std::vector<std::string>> index();

private:
    [[nodiscard]] Result<Json> postJson(const std::string& path, const Json& body, std::stop_token stop, const Progress& progress);
    [[nodiscard]] Result<std::string> inputName(const std::string& path);

    Http m_http;
    std::optional<ServerFacts> m_facts;
    std::map<std::string, std::string> m_inputNames;
};

/// connect_timeout, timeout (seconds), token (bearer), header ("Name: value"), ca_file of a target's options.
[[nodiscard]] Http::Options httpOptions(const std::map<std::string, std::string>& options);

}  // namespace lathe::serve
