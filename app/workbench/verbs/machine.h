// What this machine can do: the engine's own answer, processor, memory, disk, card and driver, sample data.
#pragma once
#include "core/rpc/client.h"

namespace lathe::verbs {

/// {engine:{version,torch}, devices:[{name,kind,memory}], checks:[{name,ok,message}]}. A missing engine is a check that isn't ok.
[[nodiscard]] Json examineMachine(rpc::Engine& engine);

}  // namespace lathe::verbs
