// What a local server serves: models by name and version, loaded by an engine; a repository folder for load and unload. No HTTP
// here. Any thread: requests keep the model that they began with while another takes its place.
#pragma once
#include <map>
#include <mutex>

#include "core/base/files.h"
#include "core/serve/engine_model.h"

namespace lathe::serve {

struct ServedModel {
    std::string name, version;
    std::shared_ptr<EngineModel> model;
    [[nodiscard]] Json metadata(const std::vector<std::string>& versions) const;
};
using Served = std::shared_ptr<const ServedModel>;

class ServedModels {
public:
    explicit ServedModels(std::shared_ptr<rpc::Engine> engine) : m_engine(std::move(engine)) {}

    void setRepository(const std::filesystem::path& folder);
    /// Loads the package and puts it in place of the version that its name had.
    [[nodiscard]] Result<> add(const std::filesystem::path& package);
    /// From the repository: the version that NAME/live points to, else the highest; with "file:VERSION/NAME" parameters (base64) a
    /// package is put there first. The old version stays when the new one can't be loaded.
    [[nodiscard]] Result<> load(const std::string& name, const Json& parameters);
    [[nodiscard]] Result<> unload(const std::string& name);
    /// version empty: the one in use. NotFound in words.
    [[nodiscard]] Result<Served> find(const std::string& name, const std::string& version) const;
    [[nodiscard]] std::vector<std::string> versionsOf(const std::string& name) const;
    /// The repository index: [{name, version, state, reason}].
    [[nodiscard]] Json index(bool readyOnly) const;
    [[nodiscard]] bool empty() const;

private:
    [[nodiscard]] std::filesystem::path repository() const;
    [[nodiscard]] Result<std::filesystem::path> receive(const std::string& name, const Json& parameters) const;

    std::shared_ptr<rpc::Engine> m_engine;
    mutable std::mutex m_mutex;
    std::map<std::string, Served> m_models;
    std::filesystem::path m_repository;
    base::TempFolder m_received{"lathe-served-"};  ///< the repository while none was set
};

}  // namespace lathe::serve
