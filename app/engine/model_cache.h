// The models that were used last, kept warm. One thread (the RPC worker).
#pragma once
#include <filesystem>
#include <list>
#include <map>
#include <memory>

#include "core/engine/load/loaded_model.h"

namespace lathe::app {

using ModelPtr = std::shared_ptr<engine::load::LoadedModel>;

class ModelCache {
public:
    /// Loaded again when the weights on disk have changed.
    [[nodiscard]] Result<ModelPtr> get(const std::filesystem::path& folder);
    /// Keeps a model until `release`, whatever else is used.
    [[nodiscard]] Result<std::string> hold(const std::filesystem::path& folder);
    [[nodiscard]] Result<ModelPtr> held(const std::string& handle) const;
    [[nodiscard]] Result<> release(const std::string& handle);

private:
    struct Entry {
        std::filesystem::path folder;
        std::filesystem::file_time_type stamp;
        ModelPtr model;
    };
    std::list<Entry> m_recent;  ///< the last used first
    std::map<std::string, ModelPtr> m_held;
    int m_nextHandle = 1;
};

}  // namespace lathe::app
