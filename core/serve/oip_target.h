// Target "oip": a server of the Open Inference Protocol v2 at a URL. Versions get there through a repository folder that it shares
// (option repository=FOLDER, laid out as target "folder"), else inside the load request (the repository extension's "file:" keys).
#pragma once
#include "core/serve/folder_target.h"
#include "core/serve/oip_client.h"

namespace lathe::serve {

[[nodiscard]] Result<std::unique_ptr<Target>> makeOipTarget(const TargetRow& row);

class OipTarget : public Target {
public:
    OipTarget(std::string url, Http::Options options, std::unique_ptr<FolderTarget> repository)
        : m_client(std::move(url), std::move(options)), m_repository(std::move(repository)) {}
    Result<std::string> test() override;
    /// Without a shared folder the package is kept in mind, and sent by activate().
    Result<> upload(const std::string& model, int version, const std::filesystem::path& package, std::stop_token stop,
                    const Progress& progress) override;
    Result<> activate(const std::string& model, int version) override;
    Result<> deactivate(const std::string& model, int version) override;
    Result<Tensor> infer(const std::string& model, int version, const Tensor& input) override;
    Result<std::vector<std::string>> serving() override;

private:
    OipClient m_client;
    std::unique_ptr<FolderTarget> m_repository;  ///< null: no shared folder
    Json m_parameters;                           ///< of the load request to come
};

}  // namespace lathe::serve
