#include <fmt/format.h>
#include <cmath>

#include "core/base/files.h"
#include "core/formats/git_folder.h"
#include "core/formats/json_items.h"
#include "core/formats/jsonl_line.h"

namespace lathe::formats::gitfolder {
namespace {

namespace fs = std::filesystem;

class FolderReader {
public:
    FolderReader(const fs::path& folder, const ReadOptions& options, Sink& sink)
        : m_folder(folder),
          m_images(options.images.value_or(folder / "images")),
          m_options(options),
          m_sink(sink),
          m_files(filesBelow(folder / "labels", ".json")) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        LATHE_TRY(const Json head, base::readJson(m_folder / kHead));
        LATHE_CHECK(checkForm(head));
        if (!jsonlines::readClasses(memberOf(head, "classes"), m_classes))
            m_sink.problem({kHead, "invalid_data", "holds no list \"classes\"; classes are taken from the labels alone"});
        LATHE_CHECK(each(stop, progress.part(0, 0.4),
                         [&](const Json& json, const std::string& item) { (void)jsonlines::recordOfLine(json, item, m_classes); }));
        m_sink.classes(m_classes.records());
        m_delivered = m_classes.records().size();
        if (head.contains("extra")) m_sink.setExtra(head["extra"]);
        return each(stop, progress.part(0.4, 1), [&](const Json& json, const std::string& item) { deliver(json, item); });
    }

private:
    [[nodiscard]] Result<> checkForm(const Json& head) const {
        const auto form = numberAt(head, kMark);
        if (form && *form == kVersion) return {};
        const std::string file = (m_folder / kHead).string();
        if (!form || *form < 1 || *form != std::floor(*form))
            return fail(
                ErrorCode::InvalidData,
                fmt::format("says no version of its form; \"{}\" must be a whole number, of this Lathe: {}", kMark, kVersion),
                file);
        return fail(
            ErrorCode::InvalidData,
            fmt::format("is of version {:.0f} of the form, this Lathe reads version {} alone; update Lathe", *form, kVersion),
            file);
    }

    template <class Visit>
    Result<> each(std::stop_token stop, const Progress& progress, Visit visit) {
        std::int64_t done = 0;
        for (const auto& file : m_files) {
            if (stop.stop_requested()) return fail(cancelled());
            const std::string item = nameBelow(file, m_folder);
            progress.report(++done, std::int64_t(m_files.size()), item);
            const auto text = base::readFile(file);
            const auto json = text ? jsonlines::parsedLine(*text) : Result<Json>(fail(text.error()));
            if (json && json->is_object())
                visit(*json, item);
            else if (m_delivered)  // the second time round
                m_sink.problem(
                    base::problemOf(item, json ? Error{ErrorCode::InvalidData, "is no object; it is left out", {}} : json.error()));
        }
        return {};
    }

    void deliver(const Json& json, const std::string& item) {
        auto [record, problems] = jsonlines::recordOfLine(json, item, m_classes);
        for (auto& one : problems) m_sink.problem(std::move(one));
        std::erase_if(record.annotations, [&](const auto& a) { return std::size_t(a.classId.value) > *m_delivered; });
        // The file's place says which picture it is about, whatever it holds.
        const std::string label = item.substr(std::string_view("labels/").size());
        record.name = label.substr(0, label.size() - std::string_view(".json").size());
        record.path = m_images / safeRelative(record.name);
        if (!m_options.split.empty()) record.split = m_options.split;
        m_sink.image(std::move(record));
    }

    const fs::path m_folder, m_images;
    const ReadOptions& m_options;
    Sink& m_sink;
    const std::vector<fs::path> m_files;
    ClassList m_classes;
    std::optional<std::size_t> m_delivered;  ///< classes that the sink knows; none: still gathering them
};

}  // namespace

Result<> readFolder(const fs::path& folder, const ReadOptions& options, Sink& sink, std::stop_token stop,
                    const Progress& progress) {
    if (!isFolder(folder)) return fail(ErrorCode::NotFound, "holds no dataset.json of a data set", folder.string());
    return FolderReader(folder, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::gitfolder
