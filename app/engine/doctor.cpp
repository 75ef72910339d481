#include "app/engine/doctor.h"

#include <fmt/format.h>
#include <torch/version.h>

#include "core/engine/cuda/devices.h"
#include "core/rpc/protocol.h"

namespace lathe::app {

std::string versionText() {
    return fmt::format("lathe-engine {} (protocol {}, torch {})", LATHE_VERSION, rpc::kProtocolVersion, TORCH_VERSION);
}

Json doctor() {
    Json result = {{"engine", {{"version", LATHE_VERSION}, {"torch", TORCH_VERSION}}}};
    const Json machine = engine::cuda::toJson(engine::cuda::lookAtMachine());
    for (const auto& [key, value] : machine.items()) result[key] = value;
    return result;
}

}  // namespace lathe::app
