#include "core/serve/oip_target.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/serve/base64.h"
#include "core/serve/place.h"
#include "core/serve/triton_target.h"

namespace lathe::serve {

namespace fs = std::filesystem;

namespace {

Result<> addFile(Json& parameters, int version, const fs::path& package, const std::string& file) {
    LATHE_TRY(const auto bytes, base::readFile(package / file));
    parameters[fmt::format("file:{}/{}", version, file)] = toBase64(bytes);
    return {};
}

/// A server of Lathe takes the whole package; any other one the ONNX file and a configuration.
Result<Json> loadParameters(const ServerFacts& server, const std::string& model, int version, const fs::path& package) {
    const auto& backend = *findBackend("onnxruntime");
    Json parameters = Json::object();
    LATHE_TRY(parameters["config"], tritonConfigJson(model, version, package, backend));
    if (!server.has("lathe_package")) {
        LATHE_CHECK(addFile(parameters, version, package, std::string(backend.file)));
        return parameters;
    }
    LATHE_TRY(const auto info, models::readPackage(package));
    for (const auto& file : info.files) LATHE_CHECK(addFile(parameters, version, package, file.path));
    LATHE_CHECK(addFile(parameters, version, package, "manifest.json"));
    return parameters;
}

}  // namespace

Result<std::unique_ptr<Target>> makeOipTarget(const TargetRow& row) {
    if (!row.url.starts_with("http://") && !row.url.starts_with("https://")) {
        return fail(ErrorCode::InvalidArgument, "An oip target needs the server's address, http:// or https://, as its url.",
                    row.name);
    }
    std::unique_ptr<FolderTarget> repository;
    if (row.options.contains("repository")) repository = std::make_unique<FolderTarget>(pathOfUrl(row.options.at("repository")));
    return std::make_unique<OipTarget>(row.url, httpOptions(row.options), std::move(repository));
}

Result<std::string> OipTarget::test() {
    LATHE_TRY(const auto facts, m_client.facts());
    LATHE_TRY(const bool ready, m_client.readySoon());
    if (!ready) return fail(ErrorCode::Network, "The server says that it is not ready.", m_client.url());
    if (!facts.has("model_repository")) {
        return fail(ErrorCode::Unsupported, "The server offers no model repository, so nothing can be pushed to it.",
                    m_client.url());
    }
    if (m_repository) {
        LATHE_TRY([[maybe_unused]] const auto words, m_repository->test());
    }
    return fmt::format("{} {} at {} is ready.", facts.name, facts.version, m_client.url());
}

Result<> OipTarget::upload(const std::string& model, int version, const fs::path& package, std::stop_token stop,
                           const Progress& progress) {
    if (m_repository) return m_repository->upload(model, version, package, stop, progress);
    LATHE_TRY(const auto facts, m_client.facts());
    LATHE_TRY(m_parameters, loadParameters(facts, model, version, package));
    return {};
}

Result<> OipTarget::activate(const std::string& model, int version) {
    if (m_repository) LATHE_CHECK(m_repository->activate(model, version));
    return m_client.load(model, m_parameters, {}, {});
}

Result<> OipTarget::deactivate(const std::string& model, int version) {
    LATHE_CHECK(m_client.unload(model));
    return m_repository ? m_repository->deactivate(model, version) : Result<>();
}

Result<Tensor> OipTarget::infer(const std::string& model, int version, const Tensor& input) {
    return m_client.infer(model, version, input);
}

Result<std::vector<std::string>> OipTarget::serving() {
    return m_client.index();
}

}  // namespace lathe::serve
