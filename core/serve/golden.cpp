#include "core/serve/golden.h"

#include <fmt/format.h>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/files.h"
#include "core/serve/wire.h"

namespace lathe::serve {

namespace {

constexpr std::uint64_t kLargest = 1ull << 30;

Result<Tensor> tensorAt(const Json& header, const std::string& name, std::string_view data) {
    if (!header.contains(name)) return fail(ErrorCode::InvalidData, fmt::format("there is no tensor \"{}\"", name));
    const auto& entry = header.at(name);
    if (entry.at("dtype").get<std::string>() != "F32") {
        return fail(ErrorCode::InvalidData, fmt::format("tensor \"{}\" is not float32", name));
    }
    Tensor tensor{entry.at("shape").get<std::vector<std::int64_t>>(), {}};
    const auto begin = entry.at("data_offsets").at(0).get<std::uint64_t>(),
               end = entry.at("data_offsets").at(1).get<std::uint64_t>();
    LATHE_TRY(const auto count, valueCount(tensor.shape));
    if (begin > end || end > data.size() || end - begin != count * sizeof(float)) {
        return fail(ErrorCode::InvalidData, fmt::format("tensor \"{}\" has wrong offsets", name));
    }
    tensor.data.resize(count);
    std::memcpy(tensor.data.data(), data.data() + begin, count * sizeof(float));
    return tensor;
}

/// safetensors: u64 length of the header, the header as JSON, the data.
Result<Golden> parse(const std::string& bytes) {
    std::uint64_t length = 0;
    if (bytes.size() < sizeof(length)) return fail(ErrorCode::InvalidData, "the file is too short");
    std::memcpy(&length, bytes.data(), sizeof(length));
    if (length > bytes.size() - sizeof(length)) return fail(ErrorCode::InvalidData, "the header is longer than the file");
    const std::string_view rest = std::string_view(bytes).substr(sizeof(length));
    LATHE_TRY(const auto header, base::parseJson(rest.substr(0, length)));
    Golden golden;
    LATHE_TRY(golden.input, tensorAt(header, "input", rest.substr(length)));
    LATHE_TRY(golden.output, tensorAt(header, "logits", rest.substr(length)));
    const bool paired = golden.input.shape.size() == 4 && golden.output.shape.size() >= 2 && golden.input.shape[0] > 0 &&
                        golden.input.shape[0] == golden.output.shape[0];
    if (!paired) return fail(ErrorCode::InvalidData, "inputs and outputs don't have the same number of cases");
    return golden;
}

Tensor sliceOf(const Tensor& batch, int index) {
    Tensor one{batch.shape, {}};
    one.shape[0] = 1;
    const auto size = std::int64_t(batch.data.size()) / batch.shape[0];
    one.data.assign(batch.data.begin() + index * size, batch.data.begin() + (index + 1) * size);
    return one;
}

double difference(const Tensor& a, const Tensor& b) {
    if (a.shape != b.shape || a.data.size() != b.data.size()) return std::numeric_limits<double>::infinity();
    double largest = 0;
    for (std::size_t k = 0; k < a.data.size(); ++k) {
        const double d = std::abs(double(a.data[k]) - double(b.data[k]));
        if (!(d <= largest)) largest = std::isnan(d) ? std::numeric_limits<double>::infinity() : d;
    }
    return largest;
}

}  // namespace

Tensor Golden::inputOf(int index) const {
    return sliceOf(input, index);
}

Tensor Golden::outputOf(int index) const {
    return sliceOf(output, index);
}

Result<Golden> readGolden(const std::filesystem::path& file) {
    LATHE_TRY(const auto bytes, base::readFile(file, kLargest));
    try {
        auto golden = parse(bytes);
        if (!golden) return fail(golden.error().code, "The golden cases can't be read: " + golden.error().message, file.string());
        return golden;
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("The golden cases can't be read: {}", error.what()), file.string());
    }
}

Result<Parity> compareGolden(const Golden& golden, const Infer& infer, double tolerance, std::stop_token stop) {
    Parity parity;
    for (int k = 0; k < golden.cases(); ++k) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The push was cancelled.");
        LATHE_TRY(const auto answer, infer(golden.inputOf(k)));
        parity.maxAbs = std::max(parity.maxAbs, difference(answer, golden.outputOf(k)));
        ++parity.cases;
    }
    parity.ok = parity.cases > 0 && parity.maxAbs <= tolerance;
    return parity;
}

}  // namespace lathe::serve
