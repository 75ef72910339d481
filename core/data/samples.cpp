// Real sample sets: handwritten digits cut from OpenCV's documentation, blood cells shipped with Lathe.
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <opencv2/core.hpp>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/data/parallel.h"
#include "core/image/decode.h"

namespace lathe::data {
namespace {

namespace fs = std::filesystem;
using base::fail;

constexpr int kCell = 20, kColumns = 100, kRows = 50, kPerDigit = 500;

/// Folders that may hold samples/: the environment's, beside the installed program, the source tree's.
std::vector<fs::path> dataFolders() {
    std::vector<fs::path> folders;
    if (const char* set = std::getenv("LATHE_DATA")) folders.emplace_back(set);
    std::error_code ignored;
    if (const auto program = fs::read_symlink("/proc/self/exe", ignored); !program.empty())
        folders.push_back(program.parent_path().parent_path() / "share" / "lathe");
    folders.emplace_back(LATHE_DATA_DIR);
    return folders;
}

Result<fs::path> shipped(const std::string& name) {
    std::error_code ignored;
    for (const auto& folder : dataFolders())
        if (fs::is_directory(folder / "samples" / name, ignored)) return folder / "samples" / name;
    return fail(ErrorCode::NotFound, "the sample set is not installed; set LATHE_DATA to the folder that holds samples/", name);
}

Result<fs::path> digitsPicture() {
    std::error_code ignored;
    for (const auto& folder : dataFolders())
        if (fs::exists(folder / "samples" / "digits.png", ignored)) return folder / "samples" / "digits.png";
    constexpr std::array kPlaces{"/usr/share/doc/opencv-doc/examples/data/digits.png", "/usr/share/opencv4/samples/data/digits.png",
                                 "/usr/share/doc/opencv-doc/examples/cpp/digits.png"};
    for (const auto* place : kPlaces)
        if (fs::exists(place, ignored)) return fs::path(place);
    return fail(ErrorCode::NotFound, "the digits come with the package opencv-doc; install it: apt-get install opencv-doc",
                kPlaces[0]);
}

Result<> writeDigit(const cv::Mat& sheet, int index, const fs::path& folder) {
    const cv::Rect cell(index % kColumns * kCell, index / kColumns * kCell, kCell, kCell);
    const auto file = folder / std::to_string(index / kPerDigit) / fmt::format("{:04}.png", index);
    return image::writeImage(file, sheet(cell).clone());
}

Result<> writeDigits(const fs::path& folder, const Progress& progress) {
    LATHE_TRY(const auto file, digitsPicture());
    image::DecodeOptions options;
    options.colour = image::Colour::Grey8;
    LATHE_TRY(const cv::Mat sheet, image::decode(file, options));
    if (sheet.cols != kColumns * kCell || sheet.rows != kRows * kCell)
        return fail(ErrorCode::InvalidData, fmt::format("{} x {} pixels were expected", kColumns * kCell, kRows * kCell),
                    file.string());
    for (int digit = 0; digit < 10; ++digit) LATHE_CHECK(base::makeFolders(folder / std::to_string(digit)));
    constexpr int kCount = kColumns * kRows, kChunk = 250;
    std::vector<std::optional<Error>> errors(kCount);
    for (int first = 0; first < kCount; first += kChunk) {
        parallelFor(kChunk, [&](std::size_t k) {
            const int index = first + int(k);
            if (auto written = writeDigit(sheet, index, folder); !written) errors[std::size_t(index)] = written.error();
        });
        for (int k = first; k < first + kChunk; ++k)
            if (errors[std::size_t(k)]) return fail(*errors[std::size_t(k)]);
        progress.report(first + kChunk, kCount, "writing digits");
    }
    return {};
}

Result<> copyFolder(const fs::path& from, const fs::path& to, const Progress& progress) {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator at(from, error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file()) files.push_back(at->path().lexically_relative(from));
    if (error) return fail(base::errnoError(error.value(), "the sample set can't be read", from));
    for (std::size_t k = 0; k < files.size(); ++k) {
        LATHE_CHECK(base::makeFolders((to / files[k]).parent_path()));
        fs::copy_file(from / files[k], to / files[k], error);
        if (error) return fail(base::errnoError(error.value(), "could not be copied", to / files[k]));
        progress.report(std::int64_t(k) + 1, std::int64_t(files.size()), "copying pictures");
    }
    return {};
}

}  // namespace

std::vector<SampleSet> sampleSets() {
    return {{"digits", 5000, "classify", "handwritten digits, 20 x 20 grey, as class folders (from opencv-doc)"},
            {"bccd", 364, "detect", "photographs of blood smears with boxes, as Pascal VOC (MIT licence)"}};
}

Result<> writeSamples(const std::string& name, const fs::path& folder, const Progress& progress) {
    std::error_code ignored;
    if (fs::exists(folder, ignored) && !fs::is_empty(folder, ignored))
        return fail(ErrorCode::AlreadyExists, "exists already and isn't empty; choose another folder", folder.string());
    if (name != "digits" && name != "bccd")
        return fail(ErrorCode::NotFound, "there is no sample set of this name; there are digits, bccd", name);
    LATHE_CHECK(base::makeFolders(folder));
    if (name == "digits") return writeDigits(folder, progress);
    LATHE_TRY(const auto from, shipped(name));
    return copyFolder(from, folder, progress);
}

}  // namespace lathe::data
