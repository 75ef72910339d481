#include "core/runs/checkpoints.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>
#include <fstream>

namespace lathe::runs {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostHeader = 100'000'000;  // of the format
constexpr std::string_view kEpochPrefix = "epoch-";

Error damaged(const fs::path& file, std::string_view what) {
    return {ErrorCode::Corrupt, fmt::format("the checkpoint is damaged: {}; take another one", what), file.string()};
}

/// The format's header: u64 length, then JSON.
Result<Json> headerOf(const fs::path& file, std::uint64_t size, std::uint64_t& dataAt) {
    std::ifstream in(file, std::ios::binary);
    std::uint64_t length = 0;
    if (size < 8 || !in.read(reinterpret_cast<char*>(&length), 8)) return fail(damaged(file, "it is too short"));
    if (length > kMostHeader || length > size - 8) return fail(damaged(file, "its header is longer than the file"));
    std::string text(length, '\0');
    if (!in.read(text.data(), std::streamsize(length))) return fail(damaged(file, "its header can't be read"));
    Json header = Json::parse(text, nullptr, false);
    if (!header.is_object()) return fail(damaged(file, "its header is no JSON object"));
    dataAt = 8 + length;
    return header;
}

/// Where the last tensor ends, from the start of the data.
Result<std::uint64_t> dataLength(const Json& header, const fs::path& file) {
    std::uint64_t end = 0;
    for (const auto& [name, tensor] : header.items()) {
        if (name == "__metadata__") continue;
        const auto offsets = tensor.is_object() ? tensor.find("data_offsets") : tensor.end();
        if (!tensor.is_object() || offsets == tensor.end() || !offsets->is_array() || offsets->size() != 2 ||
            !(*offsets)[1].is_number_unsigned())
            return fail(damaged(file, fmt::format("its header says nothing of where {} lies", name)));
        end = std::max(end, (*offsets)[1].get<std::uint64_t>());
    }
    return end;
}

Result<Json> stateIn(const Json& header, const fs::path& file) {
    const Json metadata = header.value("__metadata__", Json::object());
    const Json text = metadata.is_object() ? metadata.value("lathe", Json()) : Json();
    Json state = text.is_string() ? Json::parse(text.get<std::string>(), nullptr, false) : Json();
    if (!state.is_object() || !state.contains("step") || !state["step"].is_number())
        return fail(ErrorCode::InvalidData, "is no checkpoint of a run: it holds weights alone; start from them with --weights",
                    file.string());
    return state;
}

double writtenAt(const fs::path& file) {
    std::error_code error;
    const auto at = fs::last_write_time(file, error);
    if (error) return 0;
    return std::chrono::duration<double>(std::chrono::file_clock::to_sys(at).time_since_epoch()).count();
}

void describe(CheckpointRow& row, const Json& header) {
    const Json& state = row.state;
    row.epoch = state.value("epoch", 0);
    row.step = state.value("step", std::int64_t(0));
    if (const Json metric = state.value("metric", Json()); metric.is_object()) {
        row.metric = metric.value("name", "");
        if (metric.contains("value") && metric["value"].is_number()) row.value = metric["value"].get<double>();
    }
    row.everything = header.contains("random/cpu");
}

std::optional<int> epochOf(const std::string& stem) {
    if (!stem.starts_with(kEpochPrefix) || stem.size() > kEpochPrefix.size() + 9) return std::nullopt;
    const std::string digits = stem.substr(kEpochPrefix.size());
    const bool numbers = !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return numbers ? std::optional<int>(std::stoi(digits)) : std::nullopt;
}

CheckpointRow rowOf(const std::string& name, const fs::path& file) {
    auto read = readCheckpointHeader(file);
    CheckpointRow row;
    if (read)
        row = *std::move(read);
    else
        row.file = file, row.problem = read.error().message, row.at = writtenAt(file);
    row.name = name;
    // Best is written before its epoch is counted.
    if (name == "best" && row.problem.empty()) row.epoch = row.state.value("best_epoch", row.epoch);
    return row;
}

}  // namespace

std::string epochCheckpointFile(int epoch) {
    return fmt::format("{}{:04}.safetensors", kEpochPrefix, epoch);
}

Result<CheckpointRow> readCheckpointHeader(const fs::path& file) {
    std::error_code error;
    const std::uint64_t size = fs::file_size(file, error);
    if (error) return fail(base::errnoError(error.value(), "the checkpoint can't be read", file));
    std::uint64_t dataAt = 0;
    LATHE_TRY(const Json header, headerOf(file, size, dataAt));
    LATHE_TRY(const std::uint64_t length, dataLength(header, file));
    if (size - dataAt != length) return fail(damaged(file, fmt::format("it has {} bytes of {}", size, dataAt + length)));
    CheckpointRow row;
    row.file = file, row.bytes = size, row.at = writtenAt(file);
    LATHE_TRY(row.state, stateIn(header, file));
    describe(row, header);
    return row;
}

std::vector<CheckpointRow> checkpoints(const RunFolder& folder) {
    std::vector<CheckpointRow> rows, kept;
    std::error_code error;
    for (const char* name : {"best", "last"}) {
        const fs::path file = folder.checkpoints() / fmt::format("{}.safetensors", name);
        if (fs::exists(file, error)) rows.push_back(rowOf(name, file));
    }
    for (const auto& entry : fs::directory_iterator(folder.checkpoints(), error)) {
        if (entry.path().extension() != ".safetensors") continue;
        const auto epoch = epochOf(entry.path().stem().string());
        if (!epoch) continue;
        kept.push_back(rowOf(fmt::format("epoch:{}", *epoch), entry.path()));
        kept.back().epoch = *epoch;
    }
    std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.epoch < b.epoch; });
    rows.insert(rows.end(), std::make_move_iterator(kept.begin()), std::make_move_iterator(kept.end()));
    return rows;
}

Result<CheckpointRow> findCheckpoint(const RunFolder& folder, const std::string& name) {
    std::vector<std::string> names;
    for (CheckpointRow& row : checkpoints(folder)) {
        names.push_back(row.name);
        if (row.name != name) continue;
        if (!row.problem.empty()) return fail(ErrorCode::Corrupt, row.problem, row.file.string());
        return std::move(row);
    }
    if (names.empty())
        return fail(ErrorCode::NotFound, "the run has no checkpoint yet: one is written after its first epoch",
                    folder.path().string());
    return fail(ErrorCode::NotFound, fmt::format("there is no checkpoint \"{}\"; there are {}", name, fmt::join(names, ", ")),
                folder.path().string());
}

}  // namespace lathe::runs
