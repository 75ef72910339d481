#include <fstream>

#include "core/base/files.h"
#include "core/formats/annotation_json.h"
#include "core/formats/jsonl.h"
#include "core/formats/source_files.h"

namespace lathe::formats::jsonlines {
namespace {

namespace fs = std::filesystem;

std::string printed(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json classesJson(const WriteSource& source) {
    Json classes = Json::array();
    for (const auto& c : source.classes) {
        Json one{{"name", c.name}};
        if (!c.parent.empty()) one["parent"] = c.parent;
        if (!c.colour.empty()) one["colour"] = c.colour;
        if (!c.extra.is_null()) one["extra"] = c.extra;
        classes.push_back(std::move(one));
    }
    Json json{{"classes", std::move(classes)}};
    if (!source.extra.is_null()) json["extra"] = source.extra;
    return json;
}

/// The rest of a foreign line goes back to where it was; false when its place is taken.
Json lineJson(const ImageRecord& image, const std::string& name) {
    Json line{{"image", name}, {"width", image.width}, {"height", image.height}, {"split", image.split}};
    Json extra = image.extra;
    if (extra.is_object() && extra.contains("jsonl") && extra["jsonl"].is_object()) {
        Json foreign = extra["jsonl"], kept;
        for (const auto& [key, value] : foreign.items())
            (line.contains(key) || key == "annotations" || key == "extra" || key == "objects" ? kept : line)[key] = value;
        if (kept.is_null())
            extra.erase("jsonl");
        else
            extra["jsonl"] = std::move(kept);
        if (extra.empty()) extra = Json();
    }
    if (!extra.is_null()) line["extra"] = std::move(extra);
    line["annotations"] = Json::array();
    return line;
}

class LinesWriter {
public:
    LinesWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "images", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(writeText(m_folder / kClasses, classesJson(m_source).dump(2, ' ', false, Json::error_handler_t::replace) + "\n",
                              m_report));
        std::ofstream out(m_folder / kLines, std::ios::binary);
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            const std::string name = m_placer.place(image.path, image.name, m_report);
            out << printed(lineOf(image, name)) << '\n';
            if (!out) return fail(base::errnoError(errno, "could not be written", m_folder / kLines));
            ++m_report.images;
        }
        if (!out.flush()) return fail(base::errnoError(errno, "could not be written", m_folder / kLines));
        ++m_report.files;
        m_losses.report({{"annotation of no class", "left out: a line names its class"}}, m_report.problems);
        return std::move(m_report);
    }

private:
    Json lineOf(const ImageRecord& image, const std::string& name) {
        Json line = lineJson(image, name);
        for (const auto& a : image.annotations) {
            const auto index = std::size_t(a.classId.value - 1);
            if (index >= m_source.classes.size()) {
                m_losses.add("annotation of no class", image.name);
                continue;
            }
            line["annotations"].push_back(fullJson(a, m_source.classes[index].name));
            ++m_report.annotations;
        }
        return line;
    }

    const fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    WriteReport m_report;
    Losses m_losses;
};

}  // namespace

Result<WriteReport> writeLines(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                               const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return LinesWriter(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::jsonlines
