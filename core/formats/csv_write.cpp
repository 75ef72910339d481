#include <fmt/format.h>
#include <cmath>
#include <fstream>

#include "core/base/files.h"
#include "core/formats/annotation_json.h"
#include "core/formats/csv.h"
#include "core/formats/source_files.h"

namespace lathe::formats::csvfile {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;

constexpr const char* kTable = "annotations.csv";
constexpr const char* kHeader = "filename,width,height,class,xmin,ymin,xmax,ymax,split,confidence";
constexpr const char* kBoxOnly = "written as its box: a table holds boxes alone";

std::string fieldOf(const std::string& text) {
    const bool plain = text.find_first_of(",;\t\"\r\n") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ');
    if (plain) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

/// The far corner from which reading gives the length back, where there is such a number.
double farCorner(double from, double length) {
    const double far = from + length, above = std::nextafter(far, HUGE_VAL), below = std::nextafter(far, -HUGE_VAL);
    for (const double to : {far, above, below})
        if (to - from == length) return to;
    return far;
}

std::optional<annot::Rect> rectOf(const annot::Shape& shape) {
    if (const auto* box = std::get_if<annot::Box>(&shape)) return box->rect;
    const auto* keypoints = std::get_if<annot::Keypoints>(&shape);
    const annot::Rect rect = keypoints && keypoints->box != annot::Rect{} ? keypoints->box : annot::bounds(shape);
    return rect.w > 0 && rect.h > 0 ? std::optional(rect) : std::nullopt;
}

class TableWriter {
public:
    TableWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "images", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        std::ofstream out(m_folder / kTable, std::ios::binary);
        out << kHeader << "\r\n";
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            out << rowsOf(image);
            if (!out) return fail(base::errnoError(errno, "could not be written", m_folder / kTable));
            ++m_report.images;
        }
        if (!out.flush()) return fail(base::errnoError(errno, "could not be written", m_folder / kTable));
        ++m_report.files;
        reportLosses();
        return std::move(m_report);
    }

private:
    std::string rowsOf(const ImageRecord& image) {
        const std::string name = fieldOf(m_placer.place(image.path, image.name, m_report));
        const std::string head = image.width > 0 ? fmt::format("{},{},{}", name, image.width, image.height) : name + ",,";
        if (image.extra.is_object() && !image.extra.empty()) m_losses.add("foreign fields of pictures", image.name);
        std::string rows;
        for (const auto& a : image.annotations) rows += rowOf(a, image, head);
        return rows.empty() ? fmt::format("{},,,,,,{},\r\n", head, fieldOf(image.split)) : rows;
    }

    std::string rowOf(const Annotation& a, const ImageRecord& image, const std::string& head) {
        const auto index = std::size_t(a.classId.value - 1);
        if (index >= m_source.classes.size()) return m_losses.add("annotation of no class", image.name), std::string();
        const std::string kind(annot::kindName(a.shape));
        std::string corners = ",,,";
        if (kind != "image") {
            const auto rect = rectOf(a.shape);
            if (!rect || faultOf(annot::Box{*rect})) {
                m_losses.add(kind == "point" ? kind : "shape without an area", image.name);
                return {};
            }
            if (kind != "box") m_losses.add(kind, image.name);
            corners = fmt::format("{},{},{},{}", rect->x, rect->y, farCorner(rect->x, rect->w), farCorner(rect->y, rect->h));
        }
        count(a, image.name);
        ++m_report.annotations;
        const std::string confidence = a.confidence ? fmt::format("{}", *a.confidence) : std::string();
        return fmt::format("{},{},{},{},{}\r\n", head, fieldOf(m_source.classes[index].name), corners, fieldOf(image.split),
                           confidence);
    }

    void count(const Annotation& a, const std::string& image) {
        if (a.flags) m_losses.add("flags", image);
        if (a.group) m_losses.add("group", image);
        if (!a.author.empty() || !a.source.empty()) m_losses.add("author or source", image);
        if (a.attributes.is_object() && !a.attributes.empty()) m_losses.add("attributes", image);
        if (a.extra.is_object() && !a.extra.empty()) m_losses.add("foreign fields", image);
    }

    void reportLosses() {
        if (!m_source.extra.empty()) m_losses.add("fields of the whole set", "the set");
        for (const auto& c : m_source.classes)
            if (!c.parent.empty() || (c.extra.is_object() && !c.extra.empty()))
                m_losses.add("parents and details of classes", c.name);
        const std::string dropped = "left out: the table has no column for them";
        std::map<std::string, std::string> words{{"point", "left out: a table holds boxes alone"},
                                                 {"shape without an area", "left out: a table holds boxes alone"},
                                                 {"annotation of no class", "left out: a row names its class"}};
        for (const char* kind : {"polygon", "mask", "keypoints", "rotated_box", "ellipse", "polyline"})
            words.emplace(kind, kBoxOnly);
        for (const char* kind : {"flags", "group", "author or source", "attributes", "foreign fields", "foreign fields of pictures",
                                 "fields of the whole set", "parents and details of classes"})
            words.emplace(kind, dropped);
        m_losses.report(words, m_report.problems);
    }

    const fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    WriteReport m_report;
    Losses m_losses;
};

}  // namespace

Result<WriteReport> writeTable(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                               const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return TableWriter(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::csvfile
