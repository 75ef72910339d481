// "labelme": a folder with a JSON file an image (LabelMe, X-AnyLabeling), or one such file.
#include "core/formats/labelme.h"

#include <fstream>

#include "core/formats/registry.h"
#include "core/formats/source_files.h"
#include "core/formats/title_words.h"

namespace lathe::formats::labelme {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 64 << 10;
constexpr int kFilesLookedAt = 20;

// Does the file begin like one? "shapes" comes before the image's data.
bool beginsLikeLabelMe(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(kHead, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string::npos || head[first] != '{') return false;
    const auto has = [&](const char* key) { return head.find(key) != std::string::npos; };
    if (!has("\"shapes\"")) return has("\"imagePath\"") && has("\"imageData\"");
    return has("\"imagePath\"") || has("\"shape_type\"") || has("\"imageData\"") || has("\"imageHeight\"");
}

class LabelMe final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "labelme"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP(
            "Catalogue",
            "LabelMe JSON, also X-AnyLabeling: boxes, turned boxes, polygons, circles, lines, points, masks, whole-image "
            "classes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return source.extension() == ".json" && beginsLikeLabelMe(source) ? 0.95 : 0;
        int looked = 0;
        for (const auto& file : filesBelow(source, ".json")) {
            if (beginsLikeLabelMe(file)) return 0.9;
            if (++looked == kFilesLookedAt) break;
        }
        return 0;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return labelme::read(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return labelme::write(folder, source, options, stop, progress);
    }
};

}  // namespace
}  // namespace lathe::formats::labelme

namespace lathe::formats {

const Format& labelmeFormat() {
    static const labelme::LabelMe format;
    return format;
}

}  // namespace lathe::formats
