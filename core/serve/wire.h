// Tensors as the Open Inference Protocol v2 sends them: JSON, or JSON followed by raw little-endian bytes (the binary tensor
// extension). Both ends: what a client writes a server reads, and back. No sockets here.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/serve/target.h"

namespace lathe::serve {

inline constexpr const char* kJsonLengthHeader = "Inference-Header-Content-Length";

/// A body with its JSON part's length; nullopt: all of it is JSON and the header is not sent.
struct WireBody {
    std::string bytes;
    std::optional<std::size_t> jsonLength;
    [[nodiscard]] const char* contentType() const { return jsonLength ? "application/octet-stream" : "application/json"; }
};

/// Datatypes whose values are taken as float32: FP32, FP64, FP16 (binary only), INT8 to INT64, UINT8 to UINT64, BOOL.
struct NamedTensor {
    std::string name;
    Tensor tensor;
};

struct InferRequest {
    std::string id;
    std::vector<NamedTensor> inputs;
    std::vector<std::string> outputs;  ///< names asked for; empty: all
    bool binaryOutput = false;
};
struct InferResponse {
    std::string modelName, modelVersion, id;
    std::vector<NamedTensor> outputs;
};

[[nodiscard]] WireBody writeRequest(const InferRequest& request, bool binary);
[[nodiscard]] Result<InferRequest> readRequest(std::string_view body, std::optional<std::size_t> jsonLength);
[[nodiscard]] WireBody writeResponse(const InferResponse& response, bool binary);
[[nodiscard]] Result<InferResponse> readResponse(std::string_view body, std::optional<std::size_t> jsonLength);

/// Product of a shape. InvalidData for a negative dimension or more than 2^31 values.
[[nodiscard]] Result<std::size_t> valueCount(const std::vector<std::int64_t>& shape);
/// Row-major float32 as raw little-endian bytes, and back.
[[nodiscard]] std::string_view rawBytes(const Tensor& tensor);

}  // namespace lathe::serve
