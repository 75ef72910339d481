#include <fmt/format.h>
#include <fstream>
#include <initializer_list>
#include <pugixml.hpp>
#include <unordered_map>

#include "core/base/files.h"
#include "core/formats/gathering.h"
#include "core/formats/json_items.h"
#include "core/formats/label_studio.h"
#include "core/formats/named_images.h"
#include "core/image/decode.h"

namespace lathe::formats::labelstudio {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestConfig = 16u << 20, kLargestTask = 256u << 20;
constexpr std::size_t kHashDigits = 8;

/// "0012.jpg" of "e97d4735-0012.jpg": Label Studio puts a hash before the name of an upload. Empty without one.
std::string withoutHash(const std::string& leaf) {
    if (leaf.size() < kHashDigits + 2 || leaf[kHashDigits] != '-') return {};
    const auto digits = leaf.find_first_not_of("0123456789abcdef");
    return digits == kHashDigits ? leaf.substr(kHashDigits + 1) : std::string();
}

/// The first character of the file that means something.
char firstOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    for (int c = in.get(); in; c = in.get())
        if (c == '[' || c == '{') return char(c);
    return 0;
}

class TasksReader {
public:
    TasksReader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_source(source), m_root(rootOf(source)), m_options(options), m_sink(sink), m_images(options.images.value_or(m_root)) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        const auto files = taskFiles(m_source);
        if (files.empty()) return fail(ErrorCode::NotFound, "holds no tasks of Label Studio", m_source.string());
        readConfig();
        const double each = 1.0 / double(files.size());
        for (std::size_t k = 0; k < files.size(); ++k)
            LATHE_CHECK(firstLook(files[k], stop, progress.part(0.4 * each * double(k), 0.4 * each * double(k + 1))));
        m_sink.classes(m_classes.records());
        m_delivered = m_classes.records().size();
        for (std::size_t k = 0; k < files.size(); ++k)
            LATHE_CHECK(readFile(files[k], stop, progress.part(0.4 + 0.6 * each * double(k), 0.4 + 0.6 * each * double(k + 1))));
        std::error_code error;
        if (fs::is_directory(m_source, error)) m_images.eachUnused([&](const fs::path& path) { deliverUnused(path); });
        return {};
    }

private:
    static fs::path rootOf(const fs::path& source) {
        std::error_code error;
        return fs::is_directory(source, error) ? source : source.has_parent_path() ? source.parent_path() : fs::path(".");
    }

    // Labels of the interface in their order, with colours; those that nothing uses too.
    void readConfig() {
        std::error_code error;
        const bool alone = fs::is_directory(m_source, error) || filesBelow(m_root, ".json", false).size() == 1;
        const auto text =
            alone ? base::readFile(m_root / kConfig, kLargestConfig) : Result<std::string>(fail(ErrorCode::NotFound, ""));
        pugi::xml_document document;
        if (!text || !document.load_buffer(text->data(), text->size())) return;
        for (const auto& node :
             document.select_nodes("//*[not(@perRegion='true') and not(@name='skeleton_points')]/*[self::Label or self::Choice]")) {
            const std::string name = node.node().attribute("alias").as_string(node.node().attribute("value").as_string());
            if (name.empty()) continue;
            ClassRecord& record = m_classes.record(m_classes.idOf(name));
            const std::string colour = node.node().attribute("background").as_string();
            if (record.colour.empty() && colour.starts_with('#') && colour.size() == 7) record.colour = colour;
        }
    }

    template <class Visit>
    Result<> eachTask(const fs::path& file, std::stop_token stop, const Progress& progress, Visit visit) {
        if (firstOf(file) != '{') {
            const auto read = eachJsonItem(
                file, {}, [&](JsonItem&& item) { visit(item.value, item.index); }, stop, progress);
            return read ? Result<>() : fail(read.error());
        }
        LATHE_TRY(const std::string text, base::readFile(file, kLargestTask));
        visit(base::parseJson(text), 0);
        return {};
    }

    // An error of one file is a problem; being stopped is not.
    Result<> orProblem(Result<> read, const fs::path& file, bool say) {
        if (read || read.error().code == ErrorCode::Cancelled) return read;
        if (say) m_sink.problem(base::problemOf(nameBelow(file, m_root), read.error()));
        return {};
    }

    Result<> firstLook(const fs::path& file, std::stop_token stop, const Progress& progress) {
        const std::string name = nameBelow(file, m_root);
        auto read = eachTask(file, stop, progress, [&](const Result<Json>& json, std::int64_t place) {
            if (!json || !json->is_object()) return;
            Tally tally;
            Problems problems;
            const Task task = taskOf(*json, name, place, tally, problems);
            gatherClasses(task, m_classes);
            for (std::size_t k = 0; k < task.pictures.size(); ++k) expect(task, placeOf(task, k), file, place);
        });
        return orProblem(std::move(read), file, false);
    }

    // JSON_MIN has an item for each annotation of a picture: the latest is taken.
    void expect(const Task& task, const fs::path& path, const fs::path& file, std::int64_t place) {
        if (!task.least) return m_gathering.expect(path);
        auto [at, fresh] = m_least.try_emplace(path.native());
        Latest& latest = at->second;
        if (fresh) m_gathering.expect(path);
        if (fresh || task.changed >= latest.changed) latest = {file, place, task.changed};
    }

    [[nodiscard]] bool isLatest(const Task& task, const fs::path& path, const fs::path& file, std::int64_t place) const {
        const auto found = task.least ? m_least.find(path.native()) : m_least.end();
        return found == m_least.end() || (found->second.file == file && found->second.place == place);
    }

    /// Where the picture is or should be.
    fs::path placeOf(const Task& task, std::size_t picture) {
        const Address address = addressOf(task.pictures[picture]);
        if (address.content || address.broken) {
            const std::string number = task.item.substr(task.item.rfind(' ') + 1);
            return m_images.find(fmt::format("task-{}-{}{}", number, picture + 1, fs::path(address.path).extension().string()));
        }
        fs::path path = m_images.find(address.path);
        std::error_code error;
        const fs::path leaf = fs::path(address.path).filename();
        const std::string plain = withoutHash(leaf.string());
        if (plain.empty() || fs::is_regular_file(path, error)) return path;
        const fs::path other = m_images.find((fs::path(address.path).parent_path() / plain).generic_string());
        return fs::is_regular_file(other, error) ? other : path;
    }

    Result<> readFile(const fs::path& file, std::stop_token stop, const Progress& progress) {
        const std::string name = nameBelow(file, m_root);
        m_tally = {};
        auto read = eachTask(file, stop, progress, [&](const Result<Json>& json, std::int64_t place) {
            const std::string item = fmt::format("{}, task number {}", name, place + 1);
            if (!json)
                m_sink.problem(base::problemOf(item, json.error()));
            else if (!json->is_object())
                m_sink.problem({item, "invalid_data", "isn't an object; it is left out"});
            else
                readTask(*json, file, name, place);
        });
        sayTally(name);
        return orProblem(std::move(read), file, true);
    }

    void readTask(const Json& json, const fs::path& file, const std::string& name, std::int64_t place) {
        Problems problems;
        const Task task = taskOf(json, name, place, m_tally, problems);
        for (auto& problem : problems) m_sink.problem(std::move(problem));
        if (task.pictures.empty())
            return m_sink.problem({task.item, "missing_field", "names no picture in its data; the task is left out"});
        for (std::size_t k = 0; k < task.pictures.size(); ++k) {
            const fs::path path = placeOf(task, k);
            if (isLatest(task, path, file, place))
                readPicture(task, k, path);
            else
                m_sink.problem({task.item, "several_annotations",
                                fmt::format("is one of several annotations of {}; the latest is taken, this one is left out",
                                            path.filename().string())});
        }
    }

    void readPicture(const Task& task, std::size_t picture, const fs::path& path) {
        Address address = addressOf(task.pictures[picture]);
        if (address.broken) return m_sink.problem({task.item, "invalid_data", "its picture is no base64; the task is left out"});
        ImageRecord record;
        record.path = path, record.name = m_images.nameOf(path);
        Size fileSize;
        if (lacksSize(task)) fileSize = sizeOfFile(path, address);
        Problems problems;
        readResults(task, picture, fileSize, {m_classes, record, m_tally, problems});
        for (auto& problem : problems) m_sink.problem(std::move(problem));
        std::erase_if(record.annotations, [&](const auto& a) { return std::size_t(a.classId.value) > m_delivered; });
        if (record.width == 0 && task.size.known() && task.size.width < 1e9 && task.size.height < 1e9)
            record.width = int(task.size.width), record.height = int(task.size.height);
        record.content = std::move(address.content);
        const std::string named = splitNamed(task.split);
        record.split = !m_options.split.empty() ? m_options.split : named.empty() ? task.split : named;
        if (m_gathering.complete(record)) m_sink.image(std::move(record));
    }

    static Size sizeOfFile(const fs::path& path, const Address& address) {
        if (address.content) {
            const auto info = image::probeBytes(*address.content, path.filename().string());
            return info ? Size{double(info->width), double(info->height)} : Size{};
        }
        const auto size = NamedImages::sizeOf(path);
        return size ? Size{double(size->first), double(size->second)} : Size{};
    }

    void sayTally(const std::string& file) {
        struct Words {
            std::int64_t count;
            const char *code, *text;
        };
        for (const auto& [count, code, text] : std::initializer_list<Words>{
                 {m_tally.cancelled, "cancelled",
                  "annotations were skipped by their annotators (was_cancelled); they are left out"},
                 {m_tally.drafts, "drafts", "drafts that nobody submitted are left out"},
                 {m_tally.predicted, "predictions", "tasks have no annotation but a prediction; its regions are read as a model's"},
                 {m_tally.predictionsLeft, "predictions", "predictions of annotated tasks are left out"},
                 {m_tally.turned, "image_rotation",
                  "regions were drawn on a turned view; Label Studio keeps the numbers of the picture as it lies, and they are "
                  "read so"},
                 {m_tally.furtherLabels, "several_labels",
                  "regions have several labels; the first is the class, the others are kept as foreign fields"},
                 {m_tally.unlabelled, "unlabelled", "regions have no label; they are of the class \"unnamed\""},
                 {m_tally.curves, "curves", "vectors have curves, which are read as straight lines"}})
            if (count > 0) m_sink.problem({file, code, fmt::format("{} {}", count, text)});
    }

    void deliverUnused(const fs::path& path) {
        ImageRecord record;
        record.path = path, record.name = m_images.nameOf(path);
        record.split = m_options.split.empty() ? NamedImages::splitOf(record.name) : m_options.split;
        m_sink.image(std::move(record));
    }

    struct Latest {
        fs::path file;
        std::int64_t place = 0;
        std::string changed;
    };

    const fs::path m_source, m_root;
    const ReadOptions& m_options;
    Sink& m_sink;
    NamedImages m_images;
    ClassList m_classes;
    Gathering m_gathering;
    std::unordered_map<std::string, Latest> m_least;
    Tally m_tally;
    std::size_t m_delivered = 0;
};

}  // namespace

Result<> readTasks(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return TasksReader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::labelstudio
