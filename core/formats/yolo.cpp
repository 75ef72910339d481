// "yolo": data.yaml, images/SPLIT/ and labels/SPLIT/ as Ultralytics has them, in its four variants (see yolo_rows.h), and what
// others make of it: Roboflow's SPLIT/images and SPLIT/labels, list files, .txt files beside their images with or without a
// classes.txt.
#include <fmt/format.h>
#include <algorithm>

#include "core/base/files.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"
#include "core/formats/yolo_layout.h"
#include "core/formats/yolo_write.h"

namespace lathe::formats {
namespace yolo {
namespace {

namespace fs = std::filesystem;

std::string jsonText(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isYaml(const fs::path& file) {
    return file.extension() == ".yaml" || file.extension() == ".yml";
}

class YoloWriter {
public:
    YoloWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "images", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_TRY(m_content, contentOf(m_source, stop, progress.part(0, 0.2)));
        m_variant = variantFor(m_content);
        m_skeleton = {int(std::min<std::size_t>(m_content.points, 10'000)), 3};
        RowMaker rows(m_variant, m_skeleton, m_source.classes.size());
        for (const char* name : {"images", "labels"}) LATHE_CHECK(base::makeFolders(m_folder / name));
        const Progress writing = progress.part(0.2, 1);
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            writing.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            const std::string wanted = (fs::path(folderOf(image.split)) / plainName(image)).generic_string();
            const std::string name = m_placer.place(image, wanted, m_report);
            const std::string text = rows.textOf(image, m_report);
            LATHE_CHECK(writeText(m_folder / "labels" / (withoutSuffix(name) + ".txt"), text, m_report));
            ++m_report.images;
        }
        LATHE_CHECK(writeText(m_folder / "data.yaml", dataYaml(), m_report));
        rows.report(m_report.problems);
        m_placer.report(m_report.problems);
        reportSplits();
        return std::move(m_report);
    }

private:
    [[nodiscard]] bool hasSplits() const { return m_content.splits.size() > std::size_t(m_content.unsplit > 0); }

    /// Below images and labels. A set without any split lies there directly; else images without one are kept apart.
    [[nodiscard]] std::string folderOf(const std::string& split) const {
        if (split.empty()) return hasSplits() ? "unassigned" : "";
        return safeRelative(split).filename().generic_string();
    }

    // Without `path`: the places then are below the file's own folder, wherever that is moved to.
    [[nodiscard]] std::string dataYaml() const {
        std::string text = fmt::format("# Ultralytics YOLO, {}\n", nameOf(m_variant));
        if (!hasSplits()) text += "train: images\nval: images\n";
        for (const char* split : {"train", "val", "test"})
            if (m_content.splits.contains(split)) text += fmt::format("{0}: images/{0}\n", split);
        text += fmt::format("\nnc: {}\nnames:{}\n", m_source.classes.size(), m_source.classes.empty() ? " {}" : "");
        for (std::size_t k = 0; k < m_source.classes.size(); ++k)
            text += fmt::format("  {}: {}\n", k, jsonText(m_source.classes[k].name));
        if (m_variant == Variant::Pose)
            text += fmt::format("\nkpt_shape: [{}, {}]\n{}", m_skeleton.points, m_skeleton.dim, pointNames());
        text += fmt::format("\ntask: {}\n", nameOf(m_variant));
        return text + foreignFields();
    }

    [[nodiscard]] std::string pointNames() const {
        std::string text;
        for (std::size_t k = 0; k < m_source.classes.size(); ++k) {
            const Json& extra = m_source.classes[k].extra;
            if (extra.is_object() && extra.contains("keypoints") && extra["keypoints"].is_array())
                text += fmt::format("  {}: {}\n", k, jsonText(extra["keypoints"]));
        }
        return text.empty() ? text : "kpt_names:\n" + text;
    }

    // JSON is YAML.
    [[nodiscard]] std::string foreignFields() const {
        static const std::set<std::string> ours{"task", "train", "val",       "test",      "path",
                                                "nc",   "names", "kpt_shape", "kpt_names", "download"};
        if (!m_source.extra.is_object() || !m_source.extra.contains("yolo") || !m_source.extra["yolo"].is_object()) return {};
        std::string text;
        for (const auto& [key, value] : m_source.extra["yolo"].items()) {
            if (ours.contains(key)) continue;
            if (key == "flip_idx" && (m_variant != Variant::Pose || value.size() != std::size_t(m_skeleton.points))) continue;
            text += fmt::format("{}: {}\n", jsonText(key), jsonText(value));
        }
        return text;
    }

    void reportSplits() {
        if (m_source.imageCount == 0) return;
        if (!hasSplits())
            m_report.problems.push_back({"data.yaml", "no_split", "no image has a split: train and val both name all images"});
        else if (m_content.unsplit > 0)
            m_report.problems.push_back(
                {"data.yaml", "no_split",
                 fmt::format("{} images have no split (first {}): they are in images/unassigned, which data.yaml "
                             "doesn't name",
                             m_content.unsplit, m_content.firstUnsplit)});
        for (const char* split : {"train", "val"})
            if (hasSplits() && !m_content.splits.contains(split))
                m_report.problems.push_back(
                    {"data.yaml", "no_split",
                     fmt::format("no image is in {0}: a training by Ultralytics asks for train and val", split)});
    }

    fs::path m_folder;
    const WriteSource& m_source;
    StemPlacer m_placer;
    Content m_content;
    Variant m_variant = Variant::Detect;
    Skeleton m_skeleton;
    WriteReport m_report;
};

class Yolo final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "yolo"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue",
                                 "Ultralytics YOLO: boxes, polygons, turned boxes or keypoints, as text beside data.yaml");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (fs::is_regular_file(source, error)) {
            if (!isYaml(source)) return 0;
            const auto yaml = readYaml(source);
            return yaml && describesSet(*yaml) ? 0.95 : 0;
        }
        if (!fs::is_directory(source, error)) return 0;
        if (dataYamlIn(source)) return 0.95;
        if (fs::is_regular_file(source / "obj.data", error)) return 0;  // "yolo_darknet"
        const Look look = lookAtLabels(source);
        if (look.like == 0 || look.like < look.unlike || !hasImagesBelow(source)) return 0;
        return readBareClasses(source).named ? 0.85 : 0.6;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        std::error_code error;
        if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
        const bool isFile = fs::is_regular_file(source, error);
        if (isFile && !isYaml(source))
            return fail(ErrorCode::InvalidArgument, "isn't a data.yaml; name it or the folder with images and labels",
                        source.string());
        const fs::path folder = !isFile ? source : source.has_parent_path() ? source.parent_path() : fs::path(".");
        return readSet(setOf(folder, dataOf(source, folder, isFile), options), sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        LATHE_CHECK(makeEmptyFolder(folder));
        return YoloWriter(folder, source, options.images).run(stop, progress);
    }

private:
    static DataFile dataOf(const fs::path& source, const fs::path& folder, bool isFile) {
        if (isFile) return readDataYaml(source);
        if (const auto file = dataYamlIn(folder)) return readDataYaml(*file);
        std::error_code error;
        DataFile bare = readBareClasses(folder);
        if (fs::exists(folder / "data.yaml", error)) {  // broken, or without places
            DataFile data = readDataYaml(folder / "data.yaml");
            if (data.named || !bare.named) return data;
            bare.problems.insert(bare.problems.end(), data.problems.begin(), data.problems.end());
        }
        return bare;
    }
};

}  // namespace
}  // namespace yolo

const Format& yoloFormat() {
    static const yolo::Yolo format;
    return format;
}

}  // namespace lathe::formats
