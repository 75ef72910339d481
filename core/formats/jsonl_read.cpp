#include <fmt/format.h>
#include <algorithm>
#include <fstream>

#include "core/base/files.h"
#include "core/base/json_depth.h"
#include "core/formats/columns.h"
#include "core/formats/gathering.h"
#include "core/formats/json_items.h"
#include "core/formats/jsonl.h"
#include "core/formats/jsonl_line.h"
#include "core/formats/named_images.h"

namespace lathe::formats::jsonlines {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestLine = 256u << 20, kHead = 64u << 10;
constexpr int kFilesLookedAt = 50;

/// Lines of a file; one that is too long is passed over.
class Lines {
public:
    explicit Lines(const fs::path& file) : m_in(file, std::ios::binary) {}
    [[nodiscard]] bool isOpen() const { return bool(m_in.is_open()); }
    [[nodiscard]] std::int64_t number() const { return m_number; }
    [[nodiscard]] bool tooLong() const { return m_tooLong; }

    bool next(std::string& line) {
        line.clear();
        m_tooLong = false;
        bool any = false;
        for (std::string& block = m_block; true;) {
            if (m_at == block.size()) {
                block.resize(1u << 20);
                m_in.read(block.data(), std::streamsize(block.size()));
                block.resize(std::size_t(m_in.gcount()));
                m_at = 0;
                if (block.empty()) break;
            }
            any = true;
            const std::size_t end = std::min(block.find('\n', m_at), block.size());
            if (line.size() + (end - m_at) <= kLongestLine)
                line.append(block, m_at, end - m_at);
            else
                m_tooLong = true, line.clear();
            m_at = end;
            if (end == block.size()) continue;
            ++m_at;
            break;
        }
        if (any && ++m_number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        return any;
    }

private:
    std::ifstream m_in;
    std::string m_block;
    std::size_t m_at = 0;
    std::int64_t m_number = 0;
    bool m_tooLong = false;
};

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

class LinesReader {
public:
    LinesReader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_source(source), m_root(rootOf(source)), m_options(options), m_sink(sink), m_images(options.images.value_or(m_root)) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(checkColumns(m_options.columns));
        const auto files = lineFiles(m_source, m_options.columns);
        if (files.empty()) return fail(ErrorCode::NotFound, "holds no JSON Lines of images", m_source.string());
        readClasses();
        LATHE_CHECK(
            eachLine(files, stop, progress.part(0, 0.4), [&](const Json& json, const std::string& item, const fs::path& file) {
                (void)recordOfLine(json, item, m_classes);
                m_gathering.expect(m_images.find(nameIn(json, file)));
            }));
        m_sink.classes(m_classes.records());
        m_delivered = m_classes.records().size();
        m_problems = true;
        LATHE_CHECK(eachLine(files, stop, progress.part(0.4, 1),
                             [&](const Json& json, const std::string& item, const fs::path& file) { readOne(json, item, file); }));
        std::error_code error;
        if (fs::is_directory(m_source, error)) m_images.eachUnused([&](const fs::path& path) { deliverUnused(path); });
        return {};
    }

private:
    static fs::path rootOf(const fs::path& source) {
        std::error_code error;
        return fs::is_directory(source, error) ? source : source.has_parent_path() ? source.parent_path() : fs::path(".");
    }

    void problem(Problem problem) {
        if (m_problems) m_sink.problem(std::move(problem));
    }

    void readClasses() {
        const fs::path file = m_root / kClasses;
        std::error_code error;
        if (!fs::is_regular_file(file, error)) return;
        const auto json = base::readJson(file);
        if (!json || !jsonlines::readClasses(memberOf(*json, "classes"), m_classes)) {
            const Error why{ErrorCode::InvalidData, "holds no list \"classes\"; classes are taken from the lines alone", {}};
            return m_sink.problem(base::problemOf(kClasses, json ? why : json.error()));
        }
        if (json->contains("extra")) m_sink.setExtra((*json)["extra"]);
    }

    // Names are as seen from their own file.
    [[nodiscard]] std::string nameIn(const Json& line, const fs::path& file) const {
        std::string name = imageNameOf(line);
        const std::string folder = fs::path(nameBelow(file, m_root)).parent_path().generic_string();
        std::error_code error;
        if (folder.empty() || m_options.images || !fs::is_regular_file(file.parent_path() / safeRelative(name), error)) return name;
        return folder + "/" + safeRelative(name).generic_string();
    }

    template <class Visit>
    Result<> eachLine(const std::vector<fs::path>& files, std::stop_token stop, const Progress& progress, Visit visit) {
        std::int64_t done = 0;
        for (const auto& file : files) {
            Lines lines(file);
            const std::string name = nameBelow(file, m_root);
            progress.report(++done, std::int64_t(files.size()), name);
            if (!lines.isOpen()) problem({name, "io", "can't be read"});
            for (std::string line; lines.next(line);) {
                if (stop.stop_requested()) return fail(cancelled());
                const std::string item = fmt::format("{}, line {}", name, lines.number());
                if (lines.tooLong())
                    problem({item, "invalid_data", "fills more than 256 MB; it is left out"});
                else if (!isBlank(line))
                    visitLine(line, item, file, visit);
            }
        }
        return {};
    }

    template <class Visit>
    void visitLine(const std::string& line, const std::string& item, const fs::path& file, Visit& visit) {
        auto json = parsedLine(line);
        if (json) *json = renamed(std::move(*json), m_options.columns);
        if (!json) return problem(base::problemOf(item, json.error()));
        if (!json->is_object() || !imageKeyOf(*json))
            return problem({item, "missing_field", "names no image; the line is left out"});
        visit(*json, item, file);
    }

    void readOne(const Json& json, const std::string& item, const fs::path& file) {
        Line line = recordOfLine(json, item, m_classes);
        for (auto& one : line.problems) m_sink.problem(std::move(one));
        ImageRecord& record = line.record;
        std::erase_if(record.annotations, [&](const auto& a) { return std::size_t(a.classId.value) > m_delivered; });
        record.path = m_images.find(nameIn(json, file));
        record.name = m_images.nameOf(record.path);
        if (!json.contains("split")) record.split = NamedImages::splitOf(nameBelow(file, m_root));
        if (!json.contains("split") && record.split.empty()) record.split = NamedImages::splitOf(record.name);
        if (!m_options.split.empty()) record.split = m_options.split;
        if (m_gathering.complete(record)) m_sink.image(std::move(record));
    }

    void deliverUnused(const fs::path& path) {
        ImageRecord record;
        record.path = path, record.name = m_images.nameOf(path);
        record.split = m_options.split.empty() ? NamedImages::splitOf(record.name) : m_options.split;
        m_sink.image(std::move(record));
    }

    const fs::path m_source, m_root;
    const ReadOptions& m_options;
    Sink& m_sink;
    NamedImages m_images;
    ClassList m_classes;
    Gathering m_gathering;
    std::size_t m_delivered = 0;
    bool m_problems = false;
};

bool hasLinesSuffix(const fs::path& file) {
    const auto suffix = file.extension();
    return suffix == ".jsonl" || suffix == ".ndjson";
}

}  // namespace

double sureness(const fs::path& file, const ColumnMap& columns) {
    std::ifstream in(file, std::ios::binary);
    std::string line, head(kHead, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
    head.erase(0, std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    line = head.substr(0, head.find('\n'));
    if (!line.starts_with('{')) return 0;
    const bool whole = line.size() < head.size();
    if (const Json json = renamed(base::parseOrDiscard(line), columns); json.is_object()) {
        if (!imageKeyOf(json)) return 0;
        const bool labelled = json.contains("annotations") || json.contains("objects") || labelKeyOf(json);
        return labelled ? 0.95 : 0.7;
    }
    if (whole || head.size() < kHead) return 0;
    // A first line longer than what was looked at.
    const auto has = [&](const char* key) { return line.find(fmt::format("\"{}\"", key)) != std::string::npos; };
    return std::ranges::any_of(imageKeys(), has) && (has("annotations") || has("objects")) ? 0.9 : 0;
}

std::vector<fs::path> lineFiles(const fs::path& source, const ColumnMap& columns) {
    std::error_code error;
    if (fs::is_regular_file(source, error))
        return hasLinesSuffix(source) && sureness(source, columns) > 0 ? std::vector{source} : std::vector<fs::path>{};
    std::vector<fs::path> files;
    int looked = 0;
    for (const char* suffix : {".jsonl", ".ndjson"})
        for (const auto& file : filesBelow(source, suffix)) {
            if (++looked > kFilesLookedAt) break;
            if (sureness(file, columns) > 0) files.push_back(file);
        }
    return files;
}

Result<> readLines(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return LinesReader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::jsonlines
