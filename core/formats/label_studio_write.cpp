#include <fstream>

#include "core/base/files.h"
#include "core/formats/json_items.h"
#include "core/formats/label_studio_task_out.h"
#include "core/formats/named_images.h"

namespace lathe::formats::labelstudio {
namespace {

namespace fs = std::filesystem;

std::string printed(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class TasksWriter {
public:
    TasksWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "images", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        std::ofstream out(m_folder / kTasks, std::ios::binary);
        out << "[\n";
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            out << (k ? ",\n" : "") << printed(taskJson(image));
            if (!out) return fail(base::errnoError(errno, "could not be written", m_folder / kTasks));
            ++m_report.images;
        }
        out << "\n]\n";
        if (!out.flush()) return fail(base::errnoError(errno, "could not be written", m_folder / kTasks));
        ++m_report.files;
        LATHE_CHECK(writeText(m_folder / kConfig, m_interface.text(m_source.classes), m_report));
        reportLosses();
        return std::move(m_report);
    }

private:
    Json taskJson(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, image.name, m_report);
        Size size{double(image.width), double(image.height)};
        if (!size.known())
            if (const auto file = NamedImages::sizeOf(image.path)) size = {double(file->first), double(file->second)};
        TaskResults written = resultsOf(image, size, m_source, m_interface, m_losses);
        Json& results = written.results;
        m_report.annotations += written.annotations;
        const Json& own = ownOf(image.extra);
        Json task = memberOf(own, "task").is_object() ? own["task"] : Json::object();
        const std::string key = textOf(own, "key").empty() ? kImage : textOf(own, "key");
        Json data{{key, "images/" + name}};
        if (memberOf(own, "data").is_object())
            for (const auto& [field, value] : own["data"].items())
                if (field != key) data[field] = value;
        if (!image.split.empty()) data["split"] = image.split;
        if (!written.sized && image.width > 0) data["width"] = image.width, data["height"] = image.height;
        task["data"] = std::move(data);
        task["annotations"] = Json::array();
        if (!results.empty() || memberOf(own, "annotation").is_object()) {
            Json annotation = memberOf(own, "annotation").is_object() ? own["annotation"] : Json::object();
            annotation["result"] = std::move(results);
            task["annotations"].push_back(std::move(annotation));
        }
        task["predictions"] = Json::array();
        Json other = image.extra;
        if (other.is_object()) other.erase(kOwn);
        if (other.is_object() && !other.empty()) task["lathe"] = {{"extra", std::move(other)}};
        return task;
    }

    void reportLosses() {
        if (!m_source.extra.empty()) m_losses.add("fields of the whole set", "the set");
        for (const auto& c : m_source.classes)
            if (!c.parent.empty() || (c.extra.is_object() && !c.extra.empty()))
                m_losses.add("parents and details of classes", c.name);
        m_losses.report({{"polygon of several parts or with holes", "written as a brush: a polygon of Label Studio is one ring"},
                         {"keypoints", "written as a box with points: Label Studio has no skeletons"},
                         {"shape on a picture of unknown size", "left out: Label Studio counts in percent of the picture"},
                         {"shape without an area", "left out: there is nothing to draw"},
                         {"shape too large for a brush", "left out"},
                         {"annotation of no class", "left out: a region needs a label"},
                         {"attribute of the picture", "left out: there is no control for a value like that"},
                         {"fields of the whole set", "left out: tasks are all that the file holds"},
                         {"parents and details of classes", "left out: a label of Label Studio is a name and a colour"}},
                        m_report.problems);
    }

    const fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    WriteReport m_report;
    Losses m_losses;
    Interface m_interface;
};

}  // namespace

Result<WriteReport> writeTasks(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                               const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return TasksWriter(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::labelstudio
