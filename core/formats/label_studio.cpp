// "label_studio": a JSON file of tasks (full or JSON_MIN), or a folder with such files and the pictures. Written as tasks.json with
// label_config.xml, the labelling interface for it, and the pictures in images/. See label_studio.h.
#include "core/formats/label_studio.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <fstream>

#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace labelstudio {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 256u << 10, kFilesLookedAt = 50;

class LabelStudio final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "label_studio"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue",
                                 "Label Studio JSON: boxes, turned boxes, polygons, brushes, ellipses, points, choices");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        double best = 0;
        for (const auto& file : taskFiles(source)) best = std::max(best, sureness(file));
        return best;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readTasks(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return writeTasks(folder, source, options, stop, progress);
    }
};

}  // namespace

double sureness(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(kHead, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
    const auto first = head.find_first_not_of(" \t\r\n");
    const auto has = [&](std::string_view key) { return head.find(fmt::format("\"{}\"", key)) != std::string::npos; };
    if (first == std::string::npos || (head[first] != '[' && head[first] != '{')) return 0;
    const bool results = has("result") && has("from_name") && has("to_name");
    const bool lists = has("annotations") || has("completions") || has("predictions");
    if (head[first] == '{') return results && lists ? 0.9 : 0;
    const auto second = head.find_first_not_of(" \t\r\n", first + 1);
    if (second == std::string::npos || head[second] != '{') return 0;
    if (results || (lists && has("was_cancelled"))) return 0.95;
    if (has("data") && lists && !has("categories") && !has("annotationsFileName")) return 0.9;
    const bool labels =
        std::ranges::any_of(std::array{"rectanglelabels", "polygonlabels", "keypointlabels", "ellipselabels", "brushlabels"}, has);
    if (labels || (has("annotation_id") && has("annotator"))) return 0.92;
    // Tasks that nobody has annotated yet.
    const std::size_t data = head.find("\"data\""),
                      brace = data == std::string::npos ? data : head.find_first_not_of(" \t\r\n:", data + 6);
    return brace != std::string::npos && head[brace] == '{' && has("image") && second + 40 > data ? 0.7 : 0;
}

std::vector<fs::path> taskFiles(const fs::path& source) {
    std::error_code error;
    std::vector<fs::path> files;
    if (fs::is_regular_file(source, error)) {
        if (source.extension() == ".json" && sureness(source) > 0) files.push_back(source);
        return files;
    }
    std::size_t looked = 0;
    for (const auto& file : filesBelow(source, ".json")) {
        if (++looked > kFilesLookedAt && files.empty()) break;
        if (sureness(file) > 0) files.push_back(file);
    }
    return files;
}

}  // namespace labelstudio

const Format& labelStudio() {
    static const labelstudio::LabelStudio format;
    return format;
}

}  // namespace lathe::formats
