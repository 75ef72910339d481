// "via": label files of the VGG Image Annotator anywhere below a folder, or one of them.
#include "core/formats/via.h"

#include <fstream>

#include "core/formats/registry.h"
#include "core/formats/source_files.h"
#include "core/formats/title_words.h"

namespace lathe::formats::via {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 64 << 10, kFilesLookedAt = 20;

class Via final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "via"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP(
            "Catalogue",
            "VGG Image Annotator (JSON, project, CSV): boxes, polygons, circles, ellipses, lines, points with attributes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return kindOf(source) == Kind::None ? 0 : 0.95;
        std::size_t looked = 0;
        for (const char* suffix : {".json", ".csv"})
            for (const auto& file : filesBelow(source, suffix)) {
                if (kindOf(file) != Kind::None) return 0.9;
                if (++looked % kFilesLookedAt == 0) break;
            }
        return 0;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return via::read(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return via::write(folder, source, options, stop, progress);
    }
};

}  // namespace

Kind kindOf(const fs::path& file) {
    const std::string suffix = file.extension().string();
    const bool csv = suffix == ".csv" || suffix == ".CSV";
    if (!csv && suffix != ".json" && suffix != ".JSON") return Kind::None;
    std::ifstream in(file, std::ios::binary);
    std::string head(kHead, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    const auto has = [&](const char* text) { return head.find(text) != std::string::npos; };
    if (csv) {
        head.resize(std::min(head.find('\n'), head.size()));
        return has("filename") && has("region_shape_attributes") ? Kind::Csv : Kind::None;
    }
    const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string::npos || head[first] != '{') return Kind::None;
    if (has("\"_via_img_metadata\"") || has("\"_via_settings\"")) return Kind::Project;
    const bool image = has("\"filename\"") && (has("\"regions\"") || has("\"base64_img_data\""));
    return image && (has("\"file_attributes\"") || has("\"shape_attributes\"")) ? Kind::Export : Kind::None;
}

std::vector<fs::path> labelFiles(const fs::path& source) {
    std::error_code error;
    if (fs::is_regular_file(source, error)) return {source};
    auto files = filesBelow(source, ".json");
    for (auto& file : filesBelow(source, ".csv")) files.push_back(std::move(file));
    std::erase_if(files, [](const fs::path& file) { return kindOf(file) == Kind::None; });
    return files;
}

}  // namespace lathe::formats::via

namespace lathe::formats {

const Format& viaFormat() {
    static const via::Via format;
    return format;
}

}  // namespace lathe::formats
