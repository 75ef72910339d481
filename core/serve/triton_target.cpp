#include "core/serve/triton_target.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/serve/place.h"
#include "resources/embedded.h"

namespace lathe::serve {

namespace fs = std::filesystem;

namespace {

constexpr const char* kManifest = "manifest.json";

std::string_view embedded(std::string_view name) {
    for (const auto& file : resources::embeddedFiles())
        if (file.name == name) return file.text;
    return {};
}

/// The served file against the manifest beside it.
Result<> checkUploaded(const fs::path& folder, const fs::path& package, std::string_view file) {
    LATHE_TRY(const auto info, models::readPackage(package));
    for (const auto& item : info.files) {
        if (item.path != file) continue;
        LATHE_TRY(const auto digest, base::sha256OfFile(folder / item.path));
        if (digest == item.sha256) return {};
        return fail(ErrorCode::AlreadyExists, "Another model is there under this version.", (folder / item.path).string());
    }
    return fail(ErrorCode::NotFound, fmt::format("The package has no {}.", file), package.string());
}

}  // namespace

Result<std::unique_ptr<Target>> makeTritonTarget(const TargetRow& row) {
    const auto root = pathOfUrl(row.url);
    if (root.empty())
        return fail(ErrorCode::InvalidArgument, "A triton target needs its repository's folder as its url.", row.name);
    const auto wanted = row.options.contains("backend") ? row.options.at("backend") : std::string("onnxruntime");
    const auto* backend = findBackend(wanted);
    if (!backend) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The option backend is \"{}\"; there is onnxruntime, pytorch and python.", wanted), row.name);
    }
    std::unique_ptr<OipClient> client;
    if (row.options.contains("http")) client = std::make_unique<OipClient>(row.options.at("http"), httpOptions(row.options));
    return std::make_unique<TritonTarget>(root, *backend, std::move(client));
}

fs::path TritonTarget::folderOf(const std::string& model, int version) const {
    return m_root / model / std::to_string(version);
}

Result<std::string> TritonTarget::test() {
    LATHE_CHECK(base::makeFolders(m_root));
    if (!base::isWritable(m_root)) return fail(ErrorCode::ReadOnly, "The repository can't be written to.", m_root.string());
    if (!m_client) return fmt::format("The repository {} can be written to; no http address was given.", m_root.string());
    LATHE_TRY(const auto facts, m_client->facts());
    LATHE_TRY(const bool ready, m_client->readySoon());
    if (!ready) return fail(ErrorCode::Network, "The server says that it is not ready.", m_client->url());
    if (!facts.has("model_repository")) {
        return fail(ErrorCode::Unsupported,
                    "The server doesn't offer the model repository; start it with --model-control-mode=explicit.", m_client->url());
    }
    return fmt::format("{} {} at {} is ready; its repository {} can be written to.", facts.name, facts.version, m_client->url(),
                       m_root.string());
}

Result<> TritonTarget::upload(const std::string& model, int version, const fs::path& package, std::stop_token stop,
                              const Progress& progress) {
    const auto folder = folderOf(model, version);
    const std::string file(m_backend.file);
    LATHE_TRY(const auto config, tritonConfig(model, version, package, m_backend));
    const auto fill = [&](const fs::path& staging) -> Result<> {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The upload was cancelled.");
        LATHE_CHECK(base::copyFileAtomically(package / file, staging / file));
        LATHE_CHECK(base::copyFileAtomically(package / kManifest, staging / kManifest));
        if (!m_backend.script.empty()) LATHE_CHECK(base::writeFileAtomically(staging / "model.py", embedded(m_backend.script)));
        return base::writeFileAtomically(staging / "config.pbtxt", config);
    };
    LATHE_CHECK(placeFolder(folder, fill));
    progress.report(1, 1, file);
    return checkUploaded(folder, package, file);
}

Result<> TritonTarget::activate(const std::string& model, int version) {
    const auto folder = folderOf(model, version);
    LATHE_TRY(const auto config, base::readFile(folder / "config.pbtxt", 1 << 20));
    LATHE_CHECK(base::writeFileAtomically(m_root / model / "config.pbtxt", config));
    return m_client ? m_client->load(model, Json(), {}, {}) : Result<>();
}

Result<> TritonTarget::deactivate(const std::string& model, int) {
    if (m_client) LATHE_CHECK(m_client->unload(model));
    std::error_code error;
    fs::remove(m_root / model / "config.pbtxt", error);
    if (error) return fail(base::errnoError(error.value(), "remove", m_root / model / "config.pbtxt"));
    return {};
}

Result<Tensor> TritonTarget::infer(const std::string& model, int version, const Tensor& input) {
    if (m_client) return m_client->infer(model, version, input);
    return fail(ErrorCode::Unsupported, "The repository has no http address to ask; set the option http.", m_root.string());
}

Result<std::vector<std::string>> TritonTarget::serving() {
    if (m_client) return m_client->index();
    return std::vector<std::string>();
}

}  // namespace lathe::serve
