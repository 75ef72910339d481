// The format: u64 little-endian header length, JSON header (space padded), data. https://github.com/huggingface/safetensors
#include "core/engine/nn/safetensors.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/nn/module.h>
#include <algorithm>
#include <cstring>
#include <set>

#include "core/base/files.h"
#include "core/base/json.h"

namespace lathe::engine::nn {
namespace {

constexpr std::uint64_t kMaxHeader = 100'000'000;

struct DtypeName {
    const char* name;
    at::ScalarType type;
};
constexpr DtypeName kDtypes[] = {{"BOOL", at::kBool}, {"U8", at::kByte},   {"I8", at::kChar},  {"I16", at::kShort},
                                 {"I32", at::kInt},   {"I64", at::kLong},  {"F16", at::kHalf}, {"BF16", at::kBFloat16},
                                 {"F32", at::kFloat}, {"F64", at::kDouble}};

struct Entry {
    std::string name;
    at::ScalarType type;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0, end = 0;
};

tl::unexpected<Error> corrupt(const std::string& message, const std::filesystem::path& file) {
    return fail(ErrorCode::InvalidData, message, file.string());
}

/// nlohmann keeps the last of two equal keys silently; the format forbids them.
Result<Json> parseHeader(std::string_view text, const std::filesystem::path& file) {
    std::vector<std::set<std::string>> keys;
    std::string twice;
    const auto watch = [&](int, Json::parse_event_t event, Json& value) {
        if (event == Json::parse_event_t::object_start) keys.emplace_back();
        if (event == Json::parse_event_t::object_end) keys.pop_back();
        if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second)
            twice = value.get<std::string>();
        return true;
    };
    Json json = Json::parse(text, watch, false);
    if (json.is_discarded() || !json.is_object()) return corrupt("the header is not a JSON object", file);
    if (!twice.empty()) return corrupt(fmt::format("the header names \"{}\" twice", twice), file);
    return json;
}

Result<Entry> parseEntry(const std::string& name, const Json& json, const std::filesystem::path& file) {
    const auto bad = [&](const char* what) { return corrupt(fmt::format("tensor \"{}\": {}", name, what), file); };
    if (!json.is_object() || !json.contains("dtype") || !json.contains("shape") || !json.contains("data_offsets"))
        return bad("dtype, shape and data_offsets are needed");
    const Json &shape = json["shape"], &offsets = json["data_offsets"];
    if (!json["dtype"].is_string() || !shape.is_array() || !offsets.is_array() || offsets.size() != 2)
        return bad("a field has the wrong type");
    Entry entry{name, at::kFloat, {}};
    const auto dtype = json["dtype"].get<std::string>();
    const auto found = std::find_if(std::begin(kDtypes), std::end(kDtypes), [&](const DtypeName& d) { return d.name == dtype; });
    if (found == std::end(kDtypes))
        return fail(ErrorCode::Unsupported, fmt::format("tensor \"{}\": dtype {} can't be read", name, dtype), file.string());
    entry.type = found->type;
    std::uint64_t bytes = c10::elementSize(entry.type);
    for (const Json& side : shape) {
        if (!side.is_number_unsigned()) return bad("a side of the shape is not a whole number");
        const auto value = side.get<std::uint64_t>();
        if (value > (1ull << 62) || __builtin_mul_overflow(bytes, value, &bytes)) return bad("the shape is too large");
        entry.shape.push_back(std::int64_t(value));
    }
    if (!offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned()) return bad("an offset is not a whole number");
    entry.begin = offsets[0].get<std::uint64_t>(), entry.end = offsets[1].get<std::uint64_t>();
    if (entry.end < entry.begin || entry.end - entry.begin != bytes) return bad("the offsets don't fit the shape");
    return entry;
}

/// The data must be covered whole, without holes and overlaps.
Result<> checkCover(std::vector<Entry> entries, std::uint64_t length, const std::filesystem::path& file) {
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    std::uint64_t at = 0;
    for (const Entry& entry : entries) {
        if (entry.begin != at) return corrupt(fmt::format("tensor \"{}\" leaves a hole or overlaps another", entry.name), file);
        at = entry.end;
    }
    if (at != length) return corrupt(fmt::format("{} bytes of data are there, the header speaks of {}", length, at), file);
    return {};
}

Result<std::map<std::string, std::string>> parseMetadata(const Json& json, const std::filesystem::path& file) {
    std::map<std::string, std::string> metadata;
    if (!json.is_object()) return corrupt("__metadata__ is not an object", file);
    for (const auto& [key, value] : json.items()) {
        if (!value.is_string()) return corrupt(fmt::format("__metadata__ \"{}\" is not a string", key), file);
        metadata[key] = value.get<std::string>();
    }
    return metadata;
}

const char* dtypeName(at::ScalarType type) {
    const auto found = std::find_if(std::begin(kDtypes), std::end(kDtypes), [&](const DtypeName& d) { return d.type == type; });
    return found == std::end(kDtypes) ? nullptr : found->name;
}

/// Largest elements first, so that each tensor is aligned to its own element without padding.
std::vector<std::pair<std::string, at::Tensor>> inFileOrder(const NamedTensors& tensors) {
    std::vector<std::pair<std::string, at::Tensor>> order;
    for (const auto& [name, tensor] : tensors)
        order.emplace_back(name, tensor.detach().to(at::kCPU).contiguous(at::MemoryFormat::Contiguous));
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second.element_size() > b.second.element_size(); });
    return order;
}

}  // namespace

Result<SafetensorsFile> readSafetensors(const std::filesystem::path& file) {
    LATHE_TRY(const std::string bytes, base::readFile(file, 64ull << 30));
    if (bytes.size() < 8) return corrupt("is too short to be a safetensors file", file);
    std::uint64_t headerLength = 0;
    std::memcpy(&headerLength, bytes.data(), 8);
    if (headerLength > kMaxHeader || headerLength > bytes.size() - 8) return corrupt("is cut off, or no safetensors file", file);
    LATHE_TRY(const Json header, parseHeader(std::string_view(bytes).substr(8, headerLength), file));
    SafetensorsFile result;
    std::vector<Entry> entries;
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__") {
            LATHE_TRY(result.metadata, parseMetadata(value, file));
            continue;
        }
        LATHE_TRY(Entry entry, parseEntry(name, value, file));
        entries.push_back(std::move(entry));
    }
    LATHE_CHECK(checkCover(entries, bytes.size() - 8 - headerLength, file));
    const char* data = bytes.data() + 8 + headerLength;
    for (const Entry& entry : entries) {
        at::Tensor tensor = at::empty(entry.shape, at::TensorOptions(entry.type));
        if (entry.end > entry.begin) std::memcpy(tensor.data_ptr(), data + entry.begin, entry.end - entry.begin);
        result.tensors[entry.name] = tensor;
    }
    return result;
}

Result<> writeSafetensors(const std::filesystem::path& file, const NamedTensors& tensors,
                          const std::map<std::string, std::string>& metadata) {
    const auto order = inFileOrder(tensors);
    Json header = Json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::uint64_t at = 0;
    for (const auto& [name, tensor] : order) {
        const char* dtype = dtypeName(tensor.scalar_type());
        if (!dtype)
            return fail(ErrorCode::Unsupported, fmt::format("tensor \"{}\" has a type that safetensors doesn't know", name),
                        file.string());
        header[name] = {{"dtype", dtype}, {"shape", tensor.sizes().vec()}, {"data_offsets", {at, at + tensor.nbytes()}}};
        at += tensor.nbytes();
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    std::string bytes(8, '\0');
    const std::uint64_t length = text.size();
    std::memcpy(bytes.data(), &length, 8);
    bytes.reserve(8 + text.size() + at);
    bytes += text;
    for (const auto& entry : order) bytes.append(static_cast<const char*>(entry.second.data_ptr()), entry.second.nbytes());
    return base::writeFileAtomically(file, bytes);
}

NamedTensors stateOf(const torch::nn::Module& module) {
    NamedTensors state;
    for (const auto& item : module.named_parameters()) state[item.key()] = item.value().detach();
    for (const auto& item : module.named_buffers()) state[item.key()] = item.value().detach();
    return state;
}

Result<LoadReport> loadState(torch::nn::Module& module, const NamedTensors& state, bool strict) {
    LoadReport report;
    const at::NoGradGuard noGrad;
    NamedTensors own = stateOf(module);
    for (auto& [name, tensor] : own) {
        const auto found = state.find(name);
        if (found == state.end()) {
            report.missing.push_back(name);
        } else if (found->second.sizes() != tensor.sizes()) {
            report.mismatched.push_back(fmt::format("{} (the file has [{}], the model [{}])", name,
                                                    fmt::join(found->second.sizes(), ", "), fmt::join(tensor.sizes(), ", ")));
        } else {
            tensor.copy_(found->second);
            report.loaded.push_back(name);
        }
    }
    for (const auto& [name, tensor] : state)
        if (!own.contains(name)) report.unexpected.push_back(name);
    if (strict && (!report.missing.empty() || !report.unexpected.empty() || !report.mismatched.empty()))
        return fail(
            ErrorCode::InvalidData,
            fmt::format("the weights don't fit the model: missing [{}], unexpected [{}], other shapes [{}]",
                        fmt::join(report.missing, ", "), fmt::join(report.unexpected, ", "), fmt::join(report.mismatched, ", ")));
    return report;
}

}  // namespace lathe::engine::nn
