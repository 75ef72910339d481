#include <fmt/format.h>
#include <map>

#include "core/formats/createml.h"
#include "core/formats/exact_sum.h"
#include "core/formats/json_items.h"
#include "core/formats/source_files.h"

namespace lathe::formats::createml {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;

constexpr const char* kFile = "_annotations.createml.json";  // Roboflow's name for it; Create ML takes any

std::string textOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string spelling(const Json& extra, const char* key) {
    const Json& value = memberOf(extra, key);
    return value.is_string() && !value.get_ref<const std::string&>().empty() ? value.get<std::string>() : std::string(key);
}

class Writer {
public:
    Writer(fs::path folder, const WriteSource& source, ImageMode mode)
        : m_folder(std::move(folder)),
          m_source(source),
          m_imageKey(spelling(source.extra, "image")),
          m_listKey(spelling(source.extra, "annotations")),
          m_placer(m_folder, mode) {}

    Result<WriteReport> run(const std::stop_token& stop, const Progress& progress) {
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            writeOne(image);
        }
        if (m_entries.empty()) m_entries[""];
        for (const auto& [folder, entries] : m_entries)
            LATHE_CHECK(writeText(m_folder / folder / kFile, "[" + entries + "]\n", m_report));
        std::map<std::string, std::string> words{{"shape without an area", "left out: Create ML holds boxes"},
                                                 {"shape without a class", "left out: Create ML needs a label"}};
        for (const auto kind : annot::kKindNames) words.emplace(kind, "written as their boxes: Create ML holds boxes alone");
        m_losses.report(words, m_report.problems);
        return std::move(m_report);
    }

private:
    // Splits are folders on top; a name that begins with one keeps it.
    static std::string nameOf(const ImageRecord& image) {
        if (image.split.empty()) return image.name;
        const fs::path name = safeRelative(image.name);
        if (name.has_parent_path() && splitNamed(name.begin()->string()) == image.split) return image.name;
        return (safeRelative(image.split) / name).generic_string();
    }

    void writeOne(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, nameOf(image), m_report);
        const std::string folder = image.split.empty() ? std::string() : fs::path(name).begin()->string();
        const Json& kept = memberOf(image.extra, "createml");
        Json entry{{m_imageKey, folder.empty() ? name : name.substr(folder.size() + 1)}};
        const Annotation* label = onlyLabel(image, kept);
        if (label) {
            entry["label"] = nameOf(*label);
            ++m_report.annotations;
        } else {
            entry[m_listKey] = listOf(image);
        }
        if (const Json& fields = memberOf(kept, "fields"); fields.is_object())
            for (const auto& [key, value] : fields.items())
                if (!entry.contains(key)) entry[key] = value;
        std::string& entries = m_entries[folder];
        entries += (entries.empty() ? "" : ",\n") + textOf(entry);
        ++m_report.images;
    }

    // The image's class where the file had it at the image, if nothing is lost by that.
    [[nodiscard]] const Annotation* onlyLabel(const ImageRecord& image, const Json& kept) const {
        if (memberOf(kept, "form") != "label" || image.annotations.size() != 1) return nullptr;
        const Annotation& a = image.annotations[0];
        const bool bare = std::holds_alternative<annot::ImageLabel>(a.shape) && a.attributes.empty() && metaOf(a, 0).is_null();
        return bare && hasClass(a) ? &a : nullptr;
    }

    Json listOf(const ImageRecord& image) {
        Json list = Json::array();
        for (const Annotation& a : image.annotations) {
            if (!hasClass(a)) {
                m_losses.add("shape without a class", image.name);
                continue;
            }
            Json annotation{{"label", nameOf(a)}};
            if (!std::holds_alternative<annot::ImageLabel>(a.shape)) {
                const annot::Rect box = annot::bounds(a.shape);
                if (!(box.w > 0 && box.h > 0)) {
                    m_losses.add("shape without an area", image.name);
                    continue;
                }
                if (!std::holds_alternative<annot::Box>(a.shape)) m_losses.add(std::string(annot::kindName(a.shape)), image.name);
                annotation["coordinates"] = {
                    {"x", sumGiving(box.x, box.w / 2)}, {"y", sumGiving(box.y, box.h / 2)}, {"width", box.w}, {"height", box.h}};
            }
            putRest(a, annotation);
            list.push_back(std::move(annotation));
            ++m_report.annotations;
        }
        return list;
    }

    static void putRest(const Annotation& a, Json& annotation) {
        if (a.confidence) annotation["confidence"] = *a.confidence;
        if (const Json& fields = memberOf(memberOf(a.extra, "createml"), "fields"); fields.is_object())
            for (const auto& [key, value] : fields.items())
                if (!annotation.contains(key)) annotation[key] = value;
        Json lathe = metaOf(a, 0);
        if (lathe.is_object()) lathe.erase("confidence");
        if (a.attributes.is_object() && !a.attributes.empty()) lathe["attributes"] = a.attributes;
        if (!lathe.empty()) annotation["lathe"] = std::move(lathe);
    }

    [[nodiscard]] bool hasClass(const Annotation& a) const { return std::size_t(a.classId.value - 1) < m_source.classes.size(); }
    [[nodiscard]] const std::string& nameOf(const Annotation& a) const {
        return m_source.classes[std::size_t(a.classId.value - 1)].name;
    }

    fs::path m_folder;
    const WriteSource& m_source;
    std::string m_imageKey, m_listKey;
    ImagePlacer m_placer;
    Losses m_losses;
    WriteReport m_report;
    std::map<std::string, std::string> m_entries;
};

}  // namespace

Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                          const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::createml
