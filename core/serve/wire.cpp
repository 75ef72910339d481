#include "core/serve/wire.h"

#include <fmt/format.h>
#include <bit>
#include <cmath>
#include <cstring>

namespace lathe::serve {

static_assert(std::endian::native == std::endian::little, "the wire's byte order is taken for the machine's");

namespace {

/// IEEE 754 binary16 to binary32.
float fromHalf(std::uint16_t half) {
    const int exponent = (half >> 10) & 31, mantissa = half & 1023;
    const float sign = half & 0x8000 ? -1.0f : 1.0f;
    if (exponent == 0) return sign * std::ldexp(float(mantissa), -24);
    if (exponent == 31) return mantissa ? NAN : sign * INFINITY;
    return sign * std::ldexp(float(mantissa + 1024), exponent - 25);
}

template <class T>
void append(std::string_view bytes, std::vector<float>& values) {
    for (std::size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
        T value;
        std::memcpy(&value, bytes.data() + at, sizeof(T));
        values.push_back(static_cast<float>(value));
    }
}

void appendHalf(std::string_view bytes, std::vector<float>& values) {
    for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
        std::uint16_t value;
        std::memcpy(&value, bytes.data() + at, 2);
        values.push_back(fromHalf(value));
    }
}

struct Datatype {
    std::string_view name;
    std::size_t size;
    void (*append)(std::string_view bytes, std::vector<float>& values);
};
constexpr Datatype kDatatypes[] = {
    {"FP32", 4, append<float>},           {"FP64", 8, append<double>},          {"FP16", 2, appendHalf},
    {"INT8", 1, append<std::int8_t>},     {"INT16", 2, append<std::int16_t>},   {"INT32", 4, append<std::int32_t>},
    {"INT64", 8, append<std::int64_t>},   {"UINT8", 1, append<std::uint8_t>},   {"UINT16", 2, append<std::uint16_t>},
    {"UINT32", 4, append<std::uint32_t>}, {"UINT64", 8, append<std::uint64_t>}, {"BOOL", 1, append<std::uint8_t>},
};

Result<const Datatype*> datatype(const std::string& name) {
    for (const auto& type : kDatatypes) {
        if (type.name == name) return &type;
    }
    return fail(ErrorCode::Unsupported, fmt::format("datatype \"{}\" is not served; send FP32", name));
}

/// Numbers of a JSON array, nested or flat.
bool flatten(const Json& data, std::vector<float>& values) {
    if (data.is_array()) {
        for (const auto& item : data) {
            if (!flatten(item, values)) return false;
        }
        return true;
    }
    if (data.is_boolean()) values.push_back(data.get<bool>() ? 1.0f : 0.0f);
    if (data.is_number()) values.push_back(data.get<float>());
    return data.is_boolean() || data.is_number();
}

Result<> readValues(const Json& item, const Datatype& type, std::string_view& binary, std::vector<float>& values) {
    const auto parameters = item.value("parameters", Json::object());
    const bool raw = parameters.contains("binary_data_size");
    if (raw == item.contains("data")) return fail(ErrorCode::InvalidData, "give exactly one of \"data\" and \"binary_data_size\"");
    if (!raw) {
        if (type.name == "FP16") return fail(ErrorCode::InvalidData, "FP16 has no JSON form; send it as binary data");
        if (!flatten(item.at("data"), values)) return fail(ErrorCode::InvalidData, "\"data\" must hold numbers");
        return {};
    }
    const auto size = parameters.at("binary_data_size").get<std::uint64_t>();
    if (size > binary.size()) return fail(ErrorCode::InvalidData, "the body is shorter than its binary_data_size");
    if (size % type.size != 0) return fail(ErrorCode::InvalidData, "binary_data_size doesn't divide by the datatype's size");
    values.reserve(size / type.size);
    type.append(binary.substr(0, size), values);
    binary.remove_prefix(size);
    return {};
}

Result<NamedTensor> readTensor(const Json& item, std::string_view& binary) {
    NamedTensor named;
    named.name = item.at("name").get<std::string>();
    const auto context = fmt::format("tensor \"{}\"", named.name);
    named.tensor.shape = item.at("shape").get<std::vector<std::int64_t>>();
    const auto withContext = [&](Error error) {
        error.context = context;
        return fail(std::move(error));
    };
    const auto type = datatype(item.at("datatype").get<std::string>());
    if (!type) return withContext(type.error());
    const auto count = valueCount(named.tensor.shape);
    if (!count) return withContext(count.error());
    if (auto read = readValues(item, **type, binary, named.tensor.data); !read) return withContext(read.error());
    if (named.tensor.data.size() == *count) return named;
    return fail(ErrorCode::InvalidData, fmt::format("its shape has {} values, its data {}", *count, named.tensor.data.size()),
                context);
}

struct Parts {
    Json json;
    std::string_view binary;
};

Result<Parts> split(std::string_view body, std::optional<std::size_t> jsonLength) {
    const auto length = jsonLength.value_or(body.size());
    if (length > body.size()) {
        return fail(ErrorCode::InvalidData, fmt::format("{} is larger than the body", kJsonLengthHeader));
    }
    LATHE_TRY(auto json, base::parseJson(body.substr(0, length), "body"));
    if (!json.is_object()) return fail(ErrorCode::InvalidData, "the body must be a JSON object");
    return Parts{std::move(json), body.substr(length)};
}

Result<std::vector<NamedTensor>> readTensors(const Json& list, std::string_view binary) {
    std::vector<NamedTensor> tensors;
    for (const auto& item : list) {
        LATHE_TRY(auto tensor, readTensor(item, binary));
        tensors.push_back(std::move(tensor));
    }
    if (!binary.empty()) return fail(ErrorCode::InvalidData, "the body is longer than its tensors say");
    return tensors;
}

Json tensorJson(const NamedTensor& named, bool binary) {
    Json json{{"name", named.name}, {"shape", named.tensor.shape}, {"datatype", "FP32"}};
    if (binary) {
        json["parameters"] = {{"binary_data_size", named.tensor.data.size() * sizeof(float)}};
    } else {
        json["data"] = named.tensor.data;
    }
    return json;
}

WireBody body(const Json& json, const std::vector<NamedTensor>& tensors, bool binary) {
    WireBody body{json.dump(-1, ' ', false, Json::error_handler_t::replace), std::nullopt};
    if (!binary) return body;
    body.jsonLength = body.bytes.size();
    for (const auto& named : tensors) body.bytes += rawBytes(named.tensor);
    return body;
}

InferRequest requestHead(const Json& json) {
    InferRequest request;
    request.id = json.value("id", std::string());
    if (json.contains("parameters")) request.binaryOutput = json["parameters"].value("binary_data_output", false);
    for (const auto& output : json.value("outputs", Json::array())) {
        request.outputs.push_back(output.at("name").get<std::string>());
        if (output.contains("parameters") && output["parameters"].value("binary_data", false)) request.binaryOutput = true;
    }
    return request;
}

Error malformed(const std::exception& error) {
    return {ErrorCode::InvalidData, fmt::format("the message breaks the protocol: {}", error.what()), {}};
}

}  // namespace

Result<std::size_t> valueCount(const std::vector<std::int64_t>& shape) {
    std::size_t count = 1;
    for (const auto dim : shape) {
        if (dim < 0) return fail(ErrorCode::InvalidData, "a dimension is negative");
        if (dim > 0 && count > (std::size_t(1) << 31) / std::size_t(dim))
            return fail(ErrorCode::InvalidData, "the shape is too large");
        count *= std::size_t(dim);
    }
    return count;
}

std::string_view rawBytes(const Tensor& tensor) {
    return {reinterpret_cast<const char*>(tensor.data.data()), tensor.data.size() * sizeof(float)};
}

WireBody writeRequest(const InferRequest& request, bool binary) {
    Json json = Json::object();
    if (!request.id.empty()) json["id"] = request.id;
    json["inputs"] = Json::array();
    for (const auto& input : request.inputs) json["inputs"].push_back(tensorJson(input, binary));
    if (request.binaryOutput) json["parameters"] = {{"binary_data_output", true}};
    for (const auto& name : request.outputs) json["outputs"].push_back({{"name", name}});
    return body(json, request.inputs, binary);
}

Result<InferRequest> readRequest(std::string_view body, std::optional<std::size_t> jsonLength) {
    LATHE_TRY(const auto parts, split(body, jsonLength));
    try {
        auto request = requestHead(parts.json);
        LATHE_TRY(request.inputs, readTensors(parts.json.at("inputs"), parts.binary));
        return request;
    } catch (const std::exception& error) {
        return fail(malformed(error));
    }
}

WireBody writeResponse(const InferResponse& response, bool binary) {
    Json json{{"model_name", response.modelName}, {"model_version", response.modelVersion}};
    if (!response.id.empty()) json["id"] = response.id;
    json["outputs"] = Json::array();
    for (const auto& output : response.outputs) json["outputs"].push_back(tensorJson(output, binary));
    return body(json, response.outputs, binary);
}

Result<InferResponse> readResponse(std::string_view body, std::optional<std::size_t> jsonLength) {
    LATHE_TRY(const auto parts, split(body, jsonLength));
    try {
        InferResponse response{
            parts.json.value("model_name", ""), parts.json.value("model_version", ""), parts.json.value("id", ""), {}};
        LATHE_TRY(response.outputs, readTensors(parts.json.at("outputs"), parts.binary));
        return response;
    } catch (const std::exception& error) {
        return fail(malformed(error));
    }
}

}  // namespace lathe::serve
