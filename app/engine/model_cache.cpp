#include "app/engine/model_cache.h"

#include <fmt/format.h>
#include <algorithm>

namespace lathe::app {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kKept = 4;

fs::file_time_type stampOf(const fs::path& folder) {
    std::error_code error;
    for (const char* name : {"weights.safetensors", "checkpoints/best.safetensors", "checkpoints/last.safetensors"})
        if (const auto time = fs::last_write_time(folder / name, error); !error) return time;
    return {};
}

}  // namespace

Result<ModelPtr> ModelCache::get(const fs::path& folder) {
    std::error_code ignored;
    const fs::path key = fs::weakly_canonical(folder, ignored);
    const auto stamp = stampOf(folder);
    const auto found =
        std::find_if(m_recent.begin(), m_recent.end(), [&](const Entry& e) { return e.folder == key && e.stamp == stamp; });
    if (found != m_recent.end()) {
        m_recent.splice(m_recent.begin(), m_recent, found);
        return m_recent.front().model;
    }
    LATHE_TRY(auto loaded, engine::load::loadModel(folder));
    m_recent.remove_if([&](const Entry& e) { return e.folder == key; });
    m_recent.push_front({key, stamp, std::make_shared<engine::load::LoadedModel>(std::move(loaded))});
    if (m_recent.size() > kKept) m_recent.pop_back();
    return m_recent.front().model;
}

Result<std::string> ModelCache::hold(const fs::path& folder) {
    LATHE_TRY(auto model, get(folder));
    std::string handle = fmt::format("m{}", m_nextHandle++);
    m_held[handle] = std::move(model);
    return handle;
}

Result<ModelPtr> ModelCache::held(const std::string& handle) const {
    const auto found = m_held.find(handle);
    if (found == m_held.end()) return fail(ErrorCode::NotFound, fmt::format("no model is loaded under \"{}\"", handle), "handle");
    return found->second;
}

Result<> ModelCache::release(const std::string& handle) {
    if (m_held.erase(handle) == 0)
        return fail(ErrorCode::NotFound, fmt::format("no model is loaded under \"{}\"", handle), "handle");
    return {};
}

}  // namespace lathe::app
