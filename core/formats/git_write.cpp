#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "core/base/files.h"
#include "core/formats/git_folder.h"
#include "core/formats/json_items.h"
#include "core/formats/jsonl_line.h"

namespace lathe::formats::gitfolder {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReadme =
    "# A data set, written by Lathe\n\n"
    "`dataset.json` has the version and the classes, `labels/` one text file a picture, `images/` the pictures.\n\n"
    "Under version control:\n\n"
    "    git init && dvc init\n"
    "    dvc add images\n"
    "    git add . && git commit -m \"First version\"\n\n"
    "Export the next version into this same folder: only what differs is written. Read it into a workspace with\n"
    "`lathe import WORKSPACE FOLDER`, after `dvc pull`.\n";

/// One annotation a line, so that a label that changed is a line that changed.
std::string labelText(const Json& head, const std::vector<Json>& annotations) {
    std::string text = "{\n";
    for (const auto& [key, value] : head.items())
        if (key != "annotations") text += fmt::format("  {}: {},\n", Json(key).dump(), jsonlines::printed(value));
    text += "  \"annotations\": [";
    for (std::size_t k = 0; k < annotations.size(); ++k)
        text += fmt::format("{}\n    {}", k ? "," : "", jsonlines::printed(annotations[k]));
    return text + (annotations.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

class FolderWriter {
public:
    FolderWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_mode(mode), m_placer(folder / "images", mode, true) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(writeHead());
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.part(0, 0.8).report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        removeOthers();
        if (m_mode != ImageMode::None) {
            LATHE_TRY(const std::string dvc, dvcFile(m_folder / "images", stop, progress.part(0.8, 1)));
            LATHE_CHECK(update("images.dvc", dvc));
        }
        m_losses.report({{jsonlines::kNoClass, "left out: a label names its class"}}, m_report.problems);
        return std::move(m_report);
    }

private:
    Result<> update(const fs::path& name, const std::string& text) {
        if (const auto there = base::readFile(m_folder / name); there && *there == text) return {};
        return writeText(m_folder / name, text, m_report);
    }

    /// What isn't this form's alone is written once: a person may have added to it.
    Result<> writeOnce(const fs::path& name, const std::string& text) {
        std::error_code error;
        return fs::exists(m_folder / name, error) ? Result<>{} : writeText(m_folder / name, text, m_report);
    }

    Result<> writeHead() {
        Json head{{kMark, kVersion}};
        head["version"] = m_source.version;
        head["classes"] = jsonlines::classesJson(m_source.classes);
        if (!m_source.extra.is_null()) head["extra"] = m_source.extra;
        LATHE_CHECK(update(kHead, jsonlines::printed(head, 2) + "\n"));
        LATHE_CHECK(writeOnce(".gitignore", "/images\n"));
        LATHE_CHECK(writeOnce(".gitattributes", "*.json text eol=lf\n"));
        return writeOnce("README.md", kReadme);
    }

    Result<> writeOne(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, image.name, m_report);
        auto annotations = jsonlines::lineAnnotations(image, m_source.classes, m_losses);
        std::ranges::stable_sort(annotations, {}, [](const Json& one) { return numberAt(one, "id").value_or(0); });
        const fs::path label = fs::path("labels") / (name + ".json");
        m_labels.insert(label.generic_string());
        m_report.annotations += std::int64_t(annotations.size());
        ++m_report.images;
        return update(label, labelText(jsonlines::lineHead(image, name), annotations));
    }

    /// Of an earlier version of this folder: the label tells which picture went with it.
    void removeOthers() {
        std::error_code error;
        for (const auto& file : filesBelow(m_folder / "labels", ".json")) {
            const std::string label = nameBelow(file, m_folder);
            if (m_labels.contains(label)) continue;
            fs::remove(file, error);
            const std::string name = nameBelow(file, m_folder / "labels");
            if (m_mode != ImageMode::None) fs::remove(m_folder / "images" / name.substr(0, name.size() - 5), error);
        }
    }

    const fs::path m_folder;
    const WriteSource& m_source;
    const ImageMode m_mode;
    ImagePlacer m_placer;
    WriteReport m_report;
    Losses m_losses;
    std::unordered_set<std::string> m_labels;
};

}  // namespace

Result<WriteReport> writeFolder(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                std::stop_token stop, const Progress& progress) {
    if (!isFolder(folder)) LATHE_CHECK(makeEmptyFolder(folder));
    return FolderWriter(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::gitfolder
