// CUDA graphs of pieces of work on tensors.
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>

#include "core/engine/cuda/plugin/parts.h"

namespace lathe::engine::cuda {
namespace {

/// Where everything is recorded: torch doesn't record on its default stream.
const at::cuda::CUDAStream& sideStream() {
    static const at::cuda::CUDAStream stream = at::cuda::getStreamFromPool();
    return stream;
}
c10::cuda::MempoolId_t poolOfAll() {
    static const auto pool = at::cuda::graph_pool_handle();
    return pool;
}

/// After an error while recording: the stream leaves its capture, the allocator its pool. Errors here say nothing new.
void abandon(at::cuda::CUDAGraph& graph, c10::DeviceIndex device) {
    try {
        graph.capture_end();
        return;
    } catch (const std::exception&) {}
    try {
        c10::cuda::CUDACachingAllocator::endAllocateToPool(device, poolOfAll());
    } catch (const std::exception&) {}
    (void)cudaGetLastError();
}

std::unique_ptr<at::cuda::CUDAGraph> recorded(GraphBody body, void* context) {
    const auto current = at::cuda::getCurrentCUDAStream();
    auto graph = std::make_unique<at::cuda::CUDAGraph>();
    c10::cuda::device_synchronize();
    c10::cuda::CUDACachingAllocator::emptyCache();  // what steps before it used can't be used by a graph
    const c10::cuda::CUDAStreamGuard guard(sideStream());
    // Thread-local: the loader's threads may ask for pinned memory meanwhile.
    graph->capture_begin(poolOfAll(), cudaStreamCaptureModeThreadLocal);
    try {
        body(context);
        graph->capture_end();
    } catch (...) {
        abandon(*graph.release(), current.device_index());  // never destroyed: it may not be whole
        throw;
    }
    return graph;
}

}  // namespace

GraphCalls graphCalls() {
    GraphCalls calls;
    calls.capture = [](void** graph, GraphBody body, void* context) {
        return guarded([&] { *graph = recorded(body, context).release(); });
    };
    calls.replay = [](void* graph) { return guarded([&] { static_cast<at::cuda::CUDAGraph*>(graph)->replay(); }); };
    calls.drop = [](void* graph) {
        (void)guarded([&] {
            c10::cuda::device_synchronize();
            delete static_cast<at::cuda::CUDAGraph*>(graph);
        });
    };
    return calls;
}

}  // namespace lathe::engine::cuda
