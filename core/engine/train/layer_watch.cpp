#include "core/engine/train/layer_watch.h"

#include <ATen/SequenceNumber.h>
#include <ATen/record_function.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <c10/util/ThreadLocalDebugInfo.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <chrono>
#include <unordered_map>

#include "core/engine/train/memory_meter.h"

namespace lathe::engine::train {
struct WatchedWeight {
    std::string layer, kind;
    std::int64_t parameters = 0;
    std::vector<std::int64_t> shape = {};  ///< of the module's "weight", or its own
};

/// By storage: a transposed weight is the weight still.
using WatchedWeights = std::unordered_map<const c10::StorageImpl*, WatchedWeight>;

namespace {

using WatchClock = std::chrono::steady_clock;

double millisecondsSince(WatchClock::time_point from) {
    return std::chrono::duration<double, std::milli>(WatchClock::now() - from).count();
}

/// "torch::nn::Conv2dImpl" and "lathe::…::BlockImpl" as "Conv2d" and "Block".
std::string moduleKind(const torch::nn::Module& module) {
    std::string kind = module.name();
    if (const auto colon = kind.rfind("::"); colon != std::string::npos) kind.erase(0, colon + 2);
    if (kind.ends_with("Impl")) kind.resize(kind.size() - 4);
    return kind;
}

std::vector<std::int64_t> sizesOf(const torch::Tensor& tensor) {
    return tensor.sizes().vec();
}

const c10::StorageImpl* storageBehind(const torch::Tensor& tensor) {
    return tensor.has_storage() ? tensor.storage().unsafeGetStorageImpl() : nullptr;
}

/// A module's weights by its name; those of a module that has others below it by their own.
WatchedWeights watchedWeights(const nn::Model& model) {
    WatchedWeights names;
    const auto add = [&](const std::string& prefix, const torch::nn::Module& module) {
        std::int64_t all = 0;
        const auto own = module.named_parameters(false);
        for (const auto& item : own) all += item.value().numel();
        const bool leaf = module.children().empty() && !prefix.empty();
        for (const auto& item : own) {
            const auto* weight = leaf ? own.find("weight") : nullptr;
            const auto shape = sizesOf(weight ? *weight : item.value());
            const std::string name = prefix.empty() ? item.key() : prefix + "." + item.key();
            names[storageBehind(item.value())] = leaf ? WatchedWeight{prefix, moduleKind(module), all, shape}
                                                      : WatchedWeight{name, "Parameter", item.value().numel(), shape};
        }
    };
    add("", model);
    for (const auto& item : model.named_modules("", false)) add(item.key(), *item.value());
    return names;
}

std::string operatorName(const at::RecordFunction& function) {
    const std::string name = function.name();
    const auto colon = name.find("::");
    return colon == std::string::npos ? name : name.substr(colon + 2);
}

}  // namespace

struct LayerWatch::State {
    explicit State(torch::Device where)
        : device(where), meter(std::make_shared<MemoryMeter>(where)), counting(c10::DebugInfoKind::PROFILER_STATE, meter) {}

    void begin(const at::RecordFunction& function);
    void end(const at::RecordFunction& function);
    void wait() const {
        if (!device.is_cpu()) c10::impl::VirtualGuardImpl(device.type()).synchronizeDevice(device.index());
    }
    int rowOf(const WatchedWeight& weight);
    void tellOutput(const at::RecordFunction& function);

    torch::Device device;
    std::shared_ptr<MemoryMeter> meter;
    c10::DebugInfoGuard counting;
    WatchedWeights names;
    std::vector<Layer> rows;
    std::unordered_map<std::string, int> rowByName;
    std::unordered_map<std::uint64_t, int> rowBySequence;  ///< of the nodes that a forward pass left
    Failure failure;
    Output output;
    int depth = 0, current = 0;
    bool ofWeights = false, firstPass = true;
    std::string op;
    std::vector<std::int64_t> inputShape, weightShape, lastShape;
    std::int64_t groups = 1;
    std::uint64_t firstNode = 0;
    WatchClock::time_point started;
};

namespace {

/// The watch that is at work; callbacks of torch are plain functions.
LayerWatch::State* g_watch = nullptr;

}  // namespace

int LayerWatch::State::rowOf(const WatchedWeight& weight) {
    const auto [at, added] = rowByName.try_emplace(weight.layer, int(rows.size()));
    if (added) rows.push_back({weight.layer, weight.kind, {}, {}, weight.parameters});
    return at->second;
}

void LayerWatch::State::begin(const at::RecordFunction& function) {
    if (++depth > 1) return;
    op = operatorName(function), ofWeights = false, inputShape.clear(), weightShape.clear();
    bool seen = false;
    for (const c10::IValue& value : function.inputs()) {
        if (!value.isTensor() || !value.toTensor().defined()) continue;
        const torch::Tensor& tensor = value.toTensor();
        const auto found = names.find(storageBehind(tensor));
        if (found == names.end()) {
            if (!seen) inputShape = sizesOf(tensor), seen = true;
            continue;
        }
        if (ofWeights) continue;
        current = rowOf(found->second), ofWeights = true, weightShape = found->second.shape;
    }
    const auto inputs = function.inputs();
    groups = op.starts_with("conv") && !inputs.empty() && inputs.back().isInt() ? inputs.back().toInt() : 1;
    meter->owner = current;
    firstNode = at::sequence_number::peek();
    started = WatchClock::now();
}

void LayerWatch::State::tellOutput(const at::RecordFunction& function) {
    for (const c10::IValue& value : function.outputs()) {
        if (!value.isTensor() || !value.toTensor().defined()) continue;
        const torch::Tensor& tensor = value.toTensor();
        if (names.contains(storageBehind(tensor))) return;  // a weight seen in another way
        if (!tensor.is_floating_point() || op == "to") return;
        lastShape = sizesOf(tensor);
        if (!ofWeights && firstPass) rows[std::size_t(current)].then.push_back(op);
        if (ofWeights && firstPass && !op.ends_with('_')) rows[std::size_t(current)].shapes.push_back(sizesOf(tensor));
        if (output) {
            const at::RecordFunctionGuard unwatched(false);
            const torch::NoGradGuard still;
            if (!output(rows[std::size_t(current)], op, tensor)) output = nullptr;
        }
        return;
    }
}

void LayerWatch::State::end(const at::RecordFunction& function) {
    if (--depth > 0) return;
    if (std::uncaught_exceptions() > 0) {
        if (failure.op.empty())
            failure = {rows[std::size_t(current)].name, rows[std::size_t(current)].kind, op, inputShape, weightShape, groups};
        return;
    }
    wait();
    Layer& row = rows[std::size_t(current)];
    row.forwardMs += millisecondsSince(started);
    for (auto node = firstNode; node < at::sequence_number::peek(); ++node) rowBySequence[node] = current;
    tellOutput(function);
}

namespace {

struct NodeTime final : at::ObserverContext {
    WatchClock::time_point started = WatchClock::now();
};

std::unique_ptr<at::ObserverContext> operatorBegins(const at::RecordFunction& function) {
    g_watch->begin(function);
    return nullptr;
}

void operatorEnds(const at::RecordFunction& function, at::ObserverContext*) {
    g_watch->end(function);
}

std::unique_ptr<at::ObserverContext> nodeBegins(const at::RecordFunction&) {
    return std::make_unique<NodeTime>();
}

void nodeEnds(const at::RecordFunction& function, at::ObserverContext* context) {
    g_watch->wait();
    const auto row = g_watch->rowBySequence.find(std::uint64_t(function.seqNr()));
    if (row == g_watch->rowBySequence.end()) return;
    g_watch->rows[std::size_t(row->second)].backwardMs += millisecondsSince(static_cast<NodeTime*>(context)->started);
}

class Callback {
public:
    explicit Callback(at::RecordFunctionCallback callback) : m_handle(at::addThreadLocalCallback(callback)) {}
    ~Callback() { at::removeCallback(m_handle); }
    Callback(const Callback&) = delete;
    Callback& operator=(const Callback&) = delete;

private:
    at::CallbackHandle m_handle;
};

}  // namespace

LayerWatch::LayerWatch(torch::Device device) : m_state(std::make_unique<State>(device)) {
    g_watch = m_state.get();
}

LayerWatch::~LayerWatch() {
    g_watch = nullptr;
}

void LayerWatch::setModel(const nn::Model& model) {
    m_state->names = watchedWeights(model);
    m_state->rows = {{"input", "", {}, {}}};
    m_state->rowByName.clear();
    m_state->firstPass = true;
}

void LayerWatch::onOutput(Output output) {
    m_state->output = std::move(output);
}

void LayerWatch::forward(const std::function<void()>& pass) {
    m_state->current = 0, m_state->failure = {}, m_state->rowBySequence.clear();
    watch(pass);
}

void LayerWatch::loss(const std::string& kind, const std::function<void()>& pass) {
    m_state->current = m_state->rowOf({"loss", kind});
    watch(pass);
    m_state->firstPass = false;
}

void LayerWatch::watch(const std::function<void()>& pass) {
    m_state->depth = 0;
    {
        const Callback callback(at::RecordFunctionCallback(operatorBegins, operatorEnds)
                                    .needsInputs(true)
                                    .needsOutputs(true)
                                    .scopes({at::RecordScope::FUNCTION}));
        try {
            pass();
        } catch (...) {  // torch's own modules refuse before they call an operator
            const Layer& last = m_state->rows[std::size_t(m_state->current)];
            if (m_state->failure.op.empty()) m_state->failure = {last.name, last.kind, {}, m_state->lastShape, {}, 1};
            throw;
        }
    }
    m_state->meter->owner = MemoryMeter::kNobody;
}

void LayerWatch::backward(const std::function<void()>& pass) {
    const Callback callback(at::RecordFunctionCallback(nodeBegins, nodeEnds).scopes({at::RecordScope::BACKWARD_FUNCTION}));
    pass();
}

void LayerWatch::countActivations() {
    m_state->meter->eachHeld([&](int owner, std::int64_t size) {
        if (owner != MemoryMeter::kNobody) m_state->rows[std::size_t(owner)].activations += size;
    });
}

void LayerWatch::forgetTimes() {
    m_state->firstPass = false;
    for (Layer& row : m_state->rows) row.forwardMs = row.backwardMs = 0;
}

const std::vector<Layer>& LayerWatch::layers() const {
    return m_state->rows;
}
const LayerWatch::Failure& LayerWatch::failure() const {
    return m_state->failure;
}
std::int64_t LayerWatch::liveBytes() const {
    return m_state->meter->live();
}
std::int64_t LayerWatch::peakBytes() const {
    return m_state->meter->peak();
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    return shape.empty() ? "nothing" : fmt::format("{}", fmt::join(shape, " x "));
}

}  // namespace lathe::engine::train
