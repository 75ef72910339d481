#include "core/engine/nn/pt_file.h"

#include <caffe2/serialize/inline_container.h>
#include <fmt/format.h>
#include <torch/torch.h>
#include <array>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <unordered_map>
#include <variant>

namespace lathe::engine::nn {
namespace {

using caffe2::serialize::PyTorchStreamReader;

constexpr std::size_t kMostSteps = std::size_t(1) << 24;    ///< of a pickle
constexpr std::size_t kLeastBytes = std::size_t(64) << 20;  ///< of tensors that any file may make
constexpr std::size_t kShared = 4;                          ///< times the file's size that its tensors may have
constexpr std::size_t kMostDimensions = 16;

struct Refused {
    std::string reason;
};

struct Value;
using ValuePtr = std::shared_ptr<Value>;
struct Sequence {
    std::vector<ValuePtr> items;
};
struct Dict {
    std::vector<std::pair<ValuePtr, ValuePtr>> items;
};
struct Name {
    std::string text;
};
struct Storage {
    std::string key;
    torch::Dtype type = torch::kFloat32;
    std::int64_t count = 0;
};
struct Mark {};
struct Value {
    std::variant<std::monostate, std::int64_t, double, std::string, Sequence, Dict, Name, Storage, torch::Tensor, Mark> is;
};

template <class T>
T& as(const ValuePtr& value, const char* what) {
    if (!value || !std::holds_alternative<T>(value->is)) throw Refused{fmt::format("{} is not where it should be", what)};
    return std::get<T>(value->is);
}

std::optional<torch::Dtype> typeNamed(const std::string& name) {
    static const std::unordered_map<std::string, torch::Dtype> types = {
        {"torch FloatStorage", torch::kFloat32}, {"torch DoubleStorage", torch::kFloat64},
        {"torch HalfStorage", torch::kFloat16},  {"torch BFloat16Storage", torch::kBFloat16},
        {"torch LongStorage", torch::kInt64},    {"torch IntStorage", torch::kInt32},
        {"torch ShortStorage", torch::kInt16},   {"torch CharStorage", torch::kInt8},
        {"torch ByteStorage", torch::kUInt8},    {"torch BoolStorage", torch::kBool}};
    const auto found = types.find(name);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

bool isAllowed(const std::string& name) {
    static constexpr std::array<std::string_view, 4> kAllowed = {"collections OrderedDict", "torch._utils _rebuild_tensor_v2",
                                                                 "torch._utils _rebuild_parameter", "torch Size"};
    return typeNamed(name) || std::find(kAllowed.begin(), kAllowed.end(), name) != kAllowed.end();
}

/// The pickle machine (CPython's Lib/pickle.py names the operations), without any that could call what it names.
class Unpickler {
public:
    Unpickler(std::string_view pickle, PyTorchStreamReader& records, std::size_t fileBytes)
        : m_pickle(pickle), m_records(records), m_fileBytes(fileBytes) {}
    /// Values may hold each other in circles or a million deep: each lets go of the others before any goes.
    ~Unpickler() {
        for (auto& value : m_values) value->is = std::monostate{};
    }
    Unpickler(const Unpickler&) = delete;
    Unpickler& operator=(const Unpickler&) = delete;

    /// Valid as long as this object.

    ValuePtr run() {
        while (true) {
            if (++m_steps > kMostSteps) throw Refused{"the pickle is larger than any list of weights"};
            const auto op = static_cast<unsigned char>(take(1)[0]);
            if (op == '.') return pop();
            step(op);
        }
    }

private:
    template <class T>
    ValuePtr valueOf(T&& of) {
        auto value = std::make_shared<Value>();
        value->is = std::forward<T>(of);
        m_values.push_back(value);
        return value;
    }
    std::string_view take(std::size_t count) {
        if (count > m_pickle.size() - m_at) throw Refused{"the pickle ends too early"};
        const auto part = m_pickle.substr(m_at, count);
        m_at += count;
        return part;
    }
    template <class T>
    T number() {
        T value;
        std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
        return value;
    }
    std::string line() {
        const auto end = m_pickle.find('\n', m_at);
        if (end == std::string_view::npos) throw Refused{"the pickle ends too early"};
        std::string text(m_pickle.substr(m_at, end - m_at));
        m_at = end + 1;
        return text;
    }
    void push(ValuePtr value) { m_stack.push_back(std::move(value)); }
    ValuePtr pop() {
        if (m_stack.empty()) throw Refused{"the pickle takes more than it has"};
        auto value = std::move(m_stack.back());
        m_stack.pop_back();
        return value;
    }
    /// What was pushed since the last mark.
    std::vector<ValuePtr> popMarked() {
        std::vector<ValuePtr> items;
        while (true) {
            auto value = pop();
            if (std::holds_alternative<Mark>(value->is)) break;
            items.push_back(std::move(value));
        }
        std::reverse(items.begin(), items.end());
        return items;
    }
    ValuePtr& top() {
        if (m_stack.empty()) throw Refused{"the pickle takes more than it has"};
        return m_stack.back();
    }
    void remember(std::uint64_t at) { m_memo[at] = top(); }
    void recall(std::uint64_t at) {
        const auto found = m_memo.find(at);
        if (found == m_memo.end()) throw Refused{"the pickle recalls what it never had"};
        push(found->second);
    }
    void pushName(const std::string& name) {
        if (!isAllowed(name)) throw Refused{fmt::format("it names \"{}\", which could run code: only weights are read", name)};
        push(valueOf(Name{name}));
    }
    void tuple(std::size_t count) {
        Sequence sequence;
        for (std::size_t i = 0; i < count; ++i) sequence.items.insert(sequence.items.begin(), pop());
        push(valueOf(std::move(sequence)));
    }
    void setItems(const std::vector<ValuePtr>& items) {
        auto& dict = as<Dict>(top(), "a dictionary");
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) dict.items.emplace_back(items[i], items[i + 1]);
    }
    void append(const std::vector<ValuePtr>& items) {
        auto& list = as<Sequence>(top(), "a list").items;
        list.insert(list.end(), items.begin(), items.end());
    }
    std::int64_t longNumber() {
        const auto bytes = take(number<std::uint8_t>());
        if (bytes.size() > 8) throw Refused{"a number has more than 64 bits"};
        std::uint64_t value = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80) ? ~std::uint64_t(0) : 0;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            value &= ~(std::uint64_t(0xff) << (8 * i));
            value |= std::uint64_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
        }
        return std::int64_t(value);
    }
    double bigEndianDouble() {
        auto bits = number<std::uint64_t>();
        bits = __builtin_bswap64(bits);
        double value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }

    // NOLINTNEXTLINE(readability-function-size): one line an operation
    void step(unsigned char op) {
        switch (op) {
            case 0x80: take(1); break;  // PROTO
            case 0x95: take(8); break;  // FRAME
            case '}': push(valueOf(Dict{})); break;
            case ']':
            case ')': push(valueOf(Sequence{})); break;
            case '(': push(valueOf(Mark{})); break;
            case 'N': push(valueOf(std::monostate{})); break;
            case 0x88: push(valueOf(std::int64_t(1))); break;
            case 0x89: push(valueOf(std::int64_t(0))); break;
            case 'J': push(valueOf(std::int64_t(number<std::int32_t>()))); break;
            case 'K': push(valueOf(std::int64_t(number<std::uint8_t>()))); break;
            case 'M': push(valueOf(std::int64_t(number<std::uint16_t>()))); break;
            case 0x8a: push(valueOf(longNumber())); break;
            case 'G': push(valueOf(bigEndianDouble())); break;
            case 'X':
            case 'T': push(valueOf(std::string(take(number<std::uint32_t>())))); break;
            case 0x8c:
            case 'U': push(valueOf(std::string(take(number<std::uint8_t>())))); break;
            case 'c': {
                const std::string module = line();
                pushName(module + ' ' + line());
                break;
            }
            case 0x93: {  // STACK_GLOBAL
                const auto name = pop(), module = pop();
                pushName(as<std::string>(module, "a name") + ' ' + as<std::string>(name, "a name"));
                break;
            }
            case 'q': remember(number<std::uint8_t>()); break;
            case 'r': remember(number<std::uint32_t>()); break;
            case 0x94: remember(m_memo.size()); break;
            case 'h': recall(number<std::uint8_t>()); break;
            case 'j': recall(number<std::uint32_t>()); break;
            case 't': push(valueOf(Sequence{popMarked()})); break;
            case 0x85: tuple(1); break;
            case 0x86: tuple(2); break;
            case 0x87: tuple(3); break;
            case 's': {
                auto value = pop();
                auto key = pop();
                setItems({std::move(key), std::move(value)});
                break;
            }
            case 'u': setItems(popMarked()); break;
            case 'a': append({pop()}); break;
            case 'e': append(popMarked()); break;
            case 'Q': push(storage(pop())); break;  // BINPERSID
            case 'R': {                             // REDUCE
                const auto arguments = pop(), name = pop();
                push(called(as<Name>(name, "a name").text, as<Sequence>(arguments, "arguments").items));
                break;
            }
            case 'b': pop(); break;  // BUILD: attributes such as a state dict's _metadata
            default: throw Refused{fmt::format("the pickle has the operation 0x{:02x}, which no list of weights needs", op)};
        }
    }

    ValuePtr storage(const ValuePtr& id) {
        const auto& parts = as<Sequence>(id, "a storage").items;
        if (parts.size() != 5) throw Refused{"a storage is not described as torch does"};
        const auto type = typeNamed(as<Name>(parts[1], "a type").text);
        if (!type) throw Refused{"a storage has no type"};
        return valueOf(Storage{as<std::string>(parts[2], "a key"), *type, as<std::int64_t>(parts[4], "a count")});
    }

    ValuePtr called(const std::string& name, const std::vector<ValuePtr>& arguments) {
        if (name == "collections OrderedDict") return valueOf(Dict{});
        if (name == "torch Size") return arguments.empty() ? valueOf(Sequence{}) : arguments[0];
        if (name == "torch._utils _rebuild_parameter" && !arguments.empty()) return arguments[0];
        if (name == "torch._utils _rebuild_tensor_v2" && arguments.size() >= 4) return valueOf(tensor(arguments));
        throw Refused{fmt::format("it calls \"{}\", which makes no weights", name)};
    }

    static std::vector<std::int64_t> numbers(const ValuePtr& value) {
        std::vector<std::int64_t> out;
        for (const auto& item : as<Sequence>(value, "a size").items) out.push_back(as<std::int64_t>(item, "a number"));
        return out;
    }

    torch::Tensor tensor(const std::vector<ValuePtr>& arguments) {
        const auto& from = as<Storage>(arguments[0], "a storage");
        const auto offset = as<std::int64_t>(arguments[1], "an offset");
        const auto sizes = numbers(arguments[2]), strides = numbers(arguments[3]);
        if (sizes.size() != strides.size() || sizes.size() > kMostDimensions)
            throw Refused{"a tensor's size and strides don't fit"};
        const auto whole = storageOf(from);
        std::int64_t elements = 1, last = offset;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            if (sizes[i] < 0 || strides[i] < 0 || __builtin_mul_overflow(elements, sizes[i], &elements))
                throw Refused{"a tensor's size is impossible"};
            std::int64_t reach = 0;
            if (sizes[i] > 0 &&
                (__builtin_mul_overflow(sizes[i] - 1, strides[i], &reach) || __builtin_add_overflow(last, reach, &last)))
                throw Refused{"a tensor's size is impossible"};
        }
        if (elements == 0) return torch::empty(sizes, from.type);
        if (offset < 0 || last >= from.count || elements > from.count) throw Refused{"a tensor reaches beyond its storage"};
        m_bytes += std::size_t(elements) * torch::elementSize(from.type);
        if (m_bytes > std::max(kLeastBytes, kShared * m_fileBytes)) throw Refused{"its tensors are larger than the file can hold"};
        return whole.as_strided(sizes, strides, offset).clone(at::MemoryFormat::Contiguous);
    }

    torch::Tensor storageOf(const Storage& from) {
        auto& known = m_storages[from.key];
        if (known.defined() && known.scalar_type() == from.type && known.numel() == from.count) return known;
        const std::string record = "data/" + from.key;
        if (!m_records.hasRecord(record)) throw Refused{fmt::format("its storage {} is missing", from.key)};
        if (m_records.getRecordSize(record) > m_fileBytes)
            throw Refused{fmt::format("its storage {} is packed: torch stores it plain", from.key)};
        const auto [data, bytes] = m_records.getRecord(record);
        const auto size = std::int64_t(torch::elementSize(from.type));
        if (from.count < 0 || from.count > std::int64_t(bytes) / size)
            throw Refused{fmt::format("its storage {} has {} bytes, {} values are asked of it", from.key, bytes, from.count)};
        known = torch::empty({from.count}, from.type);
        std::memcpy(known.data_ptr(), data.get(), std::size_t(from.count * size));
        return known;
    }

    std::string_view m_pickle;
    PyTorchStreamReader& m_records;
    std::size_t m_fileBytes, m_at = 0, m_steps = 0, m_bytes = 0;
    std::vector<ValuePtr> m_values;  ///< all that were made
    std::vector<ValuePtr> m_stack;
    std::unordered_map<std::uint64_t, ValuePtr> m_memo;
    std::unordered_map<std::string, torch::Tensor> m_storages;
};

const ValuePtr* member(const Dict& dict, std::string_view key) {
    for (const auto& [name, value] : dict.items)
        if (const auto* text = std::get_if<std::string>(&name->is); text && *text == key) return &value;
    return nullptr;
}

NamedTensors tensorsOf(const Dict& dict) {
    NamedTensors tensors;
    for (const auto& [name, value] : dict.items) {
        const auto* text = std::get_if<std::string>(&name->is);
        const auto* tensor = std::get_if<torch::Tensor>(&value->is);
        if (text && tensor) tensors[*text] = *tensor;
    }
    return tensors;
}

NamedTensors stateDict(const ValuePtr& root) {
    const auto& dict = as<Dict>(root, "the dictionary of weights");
    if (auto tensors = tensorsOf(dict); !tensors.empty()) return tensors;
    for (const char* key : {"state_dict", "model_state_dict", "model", "ema"})
        if (const auto* inner = member(dict, key); inner && std::holds_alternative<Dict>((*inner)->is))
            if (auto tensors = tensorsOf(std::get<Dict>((*inner)->is)); !tensors.empty()) return tensors;
    throw Refused{"it holds no weights: neither itself nor under state_dict, model_state_dict, model or ema"};
}

std::string firstBytes(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes(9, '\0');
    in.read(bytes.data(), std::streamsize(bytes.size()));
    return bytes;
}

}  // namespace

Result<NamedTensors> readPtFile(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) return fail(ErrorCode::NotFound, "there is no such file", file.string());
    if (!firstBytes(file).starts_with("PK"))
        return fail(ErrorCode::Unsupported,
                    "is not a file of torch 1.6 or later: load it in Python and save its state_dict again (best as safetensors)",
                    file.string());
    try {
        PyTorchStreamReader records(file.string());
        if (records.hasRecord("byteorder")) {
            const auto [data, size] = records.getRecord("byteorder");
            if (std::string_view(static_cast<const char*>(data.get()), size) != "little") throw Refused{"its bytes are big-endian"};
        }
        if (!records.hasRecord("data.pkl")) throw Refused{"it has no data.pkl: is it a TorchScript file?"};
        const auto fileBytes = std::size_t(std::filesystem::file_size(file));
        if (records.getRecordSize("data.pkl") > fileBytes) throw Refused{"its pickle is packed: torch stores it plain"};
        const auto [data, size] = records.getRecord("data.pkl");
        Unpickler unpickler({static_cast<const char*>(data.get()), size}, records, fileBytes);
        return stateDict(unpickler.run());
    } catch (const Refused& refused) {
        return fail(ErrorCode::InvalidData, refused.reason, file.string());
    } catch (const c10::Error& broken) {
        return fail(ErrorCode::Corrupt, broken.what_without_backtrace(), file.string());
    } catch (const std::exception& broken) {
        return fail(ErrorCode::InvalidData, broken.what(), file.string());
    }
}

Result<NamedTensors> readWeights(const std::filesystem::path& file) {
    const std::string start = firstBytes(file);
    // The length of a safetensors header may begin with the same bytes; its JSON comes after it.
    const bool pickled = start[8] != '{' && (start.starts_with("PK") || start.starts_with("\x80"));
    if (pickled) return readPtFile(file);
    LATHE_TRY(SafetensorsFile read, readSafetensors(file));
    return std::move(read.tensors);
}

}  // namespace lathe::engine::nn
