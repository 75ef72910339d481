#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "core/base/files.h"
#include "core/formats/annotation_json.h"
#include "core/formats/columns.h"
#include "core/formats/csv_gathered.h"

namespace lathe::formats::csvfile {
namespace {

namespace fs = std::filesystem;

/// "train" of oidv6-train-annotations-bbox.csv.
std::string splitOfFile(const fs::path& file) {
    std::string word;
    for (const char c : file.stem().string() + "-") {
        if (std::isalpha(std::uint8_t(c))) {
            word += c;
            continue;
        }
        if (std::string split = splitNamed(word); !split.empty()) return split;
        word.clear();
    }
    return {};
}

class TablesReader {
public:
    TablesReader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_source(source), m_options(options), m_sink(sink), m_all(rootOf(source), options.images.value_or(rootOf(source))) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        std::vector<fs::path> names;
        LATHE_CHECK(checkColumns(m_options.columns));
        m_all.tables = tablesOf(m_source, m_options.columns, &names);
        if (m_all.tables.empty() && !m_options.columns.empty())
            return fail(ErrorCode::InvalidArgument, "has no table with these columns; see what its first line names",
                        m_source.string());
        if (m_all.tables.empty()) return fail(ErrorCode::NotFound, "holds no table of images and labels", m_source.string());
        for (const auto& file : names) readNames(file);
        m_all.scales.resize(m_all.tables.size());
        for (std::size_t k = 0; k < m_all.tables.size(); ++k) {
            const double share = 0.6 / double(m_all.tables.size());
            LATHE_CHECK(readTable(k, stop, progress.part(share * double(k), share * double(k + 1))));
        }
        m_sink.classes(m_all.classes.records());
        sayScales();
        for (auto& problem : m_problems) m_sink.problem(std::move(problem));
        std::error_code error;
        return deliver(m_all, fs::is_directory(m_source, error), m_options, m_sink, stop, progress.part(0.6, 1));
    }

private:
    static fs::path rootOf(const fs::path& source) {
        std::error_code error;
        return fs::is_directory(source, error) ? source : source.has_parent_path() ? source.parent_path() : fs::path(".");
    }
    [[nodiscard]] std::string nameOf(const Table& table) const { return m_all.nameOf(table); }

    // Names of Open Images by its ids; of others the order of the classes.
    void readNames(const fs::path& file) {
        Rows rows(file, tableOf(file).separator);
        for (Fields row; rows.next(row);) {
            if (row.size() < 2 || rows.tooLong() || row[0] == "LabelName") continue;
            if (row[0].starts_with('/'))
                m_names.try_emplace(row[0], row[1]);
            else
                (void)m_all.classes.idOf(row[0]);
        }
    }

    Result<> readTable(std::size_t place, std::stop_token stop, const Progress& progress) {
        const Table& table = m_all.tables[place];
        Rows rows(table.file, table.separator);
        if (!rows.isOpen()) return m_problems.push_back({nameOf(table), "io", "can't be read"}), Result<>();
        Fields row;
        if (table.header) (void)rows.next(row);
        const std::string split = splitOfFile(table.file);
        for (std::int64_t done = 0; rows.next(row);) {
            if (stop.stop_requested()) return fail(cancelled());
            if (++done % 10000 == 0) progress.report(done, 0, nameOf(table));
            const std::string item = fmt::format("{}, object in line {}", nameOf(table), rows.line());
            if (rows.tooLong())
                m_problems.push_back({item, "invalid_data", "fills more than 16 MB; it is left out"});
            else
                readRow(place, row, std::uint32_t(rows.line()), split, item);
        }
        return {};
    }

    void readRow(std::size_t place, Fields& fields, std::uint32_t line, const std::string& split, const std::string& item) {
        const Columns& columns = m_all.tables[place].columns;
        std::size_t wanted = 0;
        for (const int k : {columns.image, columns.className, columns.split, columns.confidence, columns.width, columns.height,
                            columns.mask, columns.boxText})
            wanted = std::max(wanted, std::size_t(k + 1));
        for (const int k : columns.box) wanted = std::max(wanted, std::size_t(k + 1));
        for (const int k : columns.flags) wanted = std::max(wanted, std::size_t(k + 1));
        if (fields.size() < wanted) fields.resize(wanted);
        if (isEmpty(fields[std::size_t(columns.image)]))
            return m_problems.push_back({item, "missing_field", "names no image; the row is left out"});
        Row row;
        row.table = std::uint16_t(place), row.line = line;
        row.image = imageOf(fields, m_all.tables[place], split);
        const auto fault = readLabel(fields, m_all.tables[place], row);
        if (fault) return m_problems.push_back({item, fault->code, fault->message + "; it is left out"});
        const std::uint32_t extra = extraOf(fields, columns);
        if (row.kind == RowKind::Nothing && extra > 0) m_all.found[row.image].extra = extra;
        row.extra = extra;
        if (row.kind > RowKind::Absent) m_all.rows.push_back(row);
    }

    std::uint32_t imageOf(const Fields& fields, const Table& table, const std::string& split) {
        const Columns& columns = table.columns;
        const std::string& name = fields[std::size_t(columns.image)];
        auto [known, added] = m_imageNames.try_emplace(name, 0);
        if (added) {
            const fs::path path = m_all.images.find(name);
            const auto [at, fresh] = m_imagePaths.try_emplace(path.native(), std::uint32_t(m_all.found.size()));
            if (fresh) m_all.found.push_back({path, {}, 0, 0, 0});
            known->second = at->second;
        }
        TableImage& image = m_all.found[known->second];
        if (image.split.empty()) {
            const std::string word = columns.split < 0 ? std::string() : fields[std::size_t(columns.split)];
            const std::string named = splitNamed(word);
            image.split = !named.empty() ? named : !isEmpty(word) ? word : split;
        }
        if (image.width == 0 && columns.width >= 0 && columns.height >= 0) {
            const auto w = numberIn(fields[std::size_t(columns.width)], false),
                       h = numberIn(fields[std::size_t(columns.height)], false);
            if (w && h && *w >= 1 && *h >= 1 && *w < 1e9 && *h < 1e9) image.width = int(*w), image.height = int(*h);
        }
        return known->second;
    }

    std::optional<Fault> readLabel(const Fields& fields, const Table& table, Row& row) {
        const Columns& columns = table.columns;
        const bool comma = table.separator != ',';
        if (columns.confidence >= 0) row.confidence = numberIn(fields[std::size_t(columns.confidence)], comma).value_or(NAN);
        for (std::size_t k = 0; k < columns.flags.size(); ++k)
            if (const int at = columns.flags[k]; at >= 0 && isYes(fields[std::size_t(at)])) row.flags |= std::uint8_t(1u << k);
        std::array<std::string, 4> box;
        if (columns.boxText >= 0)
            box = partsOf(fields[std::size_t(columns.boxText)]);
        else if (columns.hasBox())
            std::ranges::transform(columns.box, box.begin(), [&](int at) { return fields[std::size_t(at)]; });
        const bool boxed = std::ranges::any_of(box, [](const auto& text) { return !isEmpty(text); });
        const std::string name = columns.className < 0 ? std::string() : fields[std::size_t(columns.className)];
        if (isEmpty(name) && columns.className >= 0)
            return boxed ? std::optional(Fault{"missing_field", "names no class"}) : std::nullopt;
        if (columns.className < 0 && !boxed) return {};
        if (columns.openImages && !columns.hasBox() && columns.mask < 0 && row.confidence == 0) {
            m_absent[row.table]++;
            row.kind = RowKind::Absent;
            return {};
        }
        if (boxed)
            for (std::size_t k = 0; k < 4; ++k) {
                const auto number = numberIn(box[k], comma);
                if (!number) return Fault{"invalid_data", fmt::format("\"{}\" is no number", box[k].substr(0, 40))};
                row.box[k] = *number;
            }
        row.kind = boxed ? RowKind::Box : columns.mask >= 0 ? RowKind::Mask : RowKind::Label;
        if (row.kind == RowKind::Box) seeScale(row, columns);
        if (row.kind == RowKind::Mask) m_all.masks[Gathered::keyOf(row)] = fields[std::size_t(columns.mask)];
        row.classId = std::uint32_t(classOf(name).value);
        return {};
    }

    static bool isYes(const std::string& field) {
        return field == "1" || field == "true" || field == "True" || field == "TRUE" || field == "yes";
    }

    // "[834.0, 222.0, 56.0, 36.0]"
    static std::array<std::string, 4> partsOf(const std::string& text) {
        std::array<std::string, 4> parts;
        std::size_t part = 0;
        for (const char c : text)
            if (c == ',' && part < 3)
                ++part;
            else if (c != '[' && c != ']' && c != '(' && c != ')')
                parts[part] += c;
        return parts;
    }

    void seeScale(const Row& row, const Columns& columns) {
        for (std::size_t k = 0; k < 4; ++k)
            if (columns.corners || k < 2)
                m_all.scales[row.table].see(row.box[k]);
            else
                m_all.scales[row.table].see(row.box[k] + (columns.centred ? 0 : row.box[k - 2]));
    }

    ClassId classOf(const std::string& name) {
        if (name.empty()) return m_all.classes.idOf(kNoClassName);
        const auto known = m_names.find(name);
        if (known == m_names.end()) return m_all.classes.idOf(name);
        const ClassId id = m_all.classes.idOf(known->second);
        m_all.classes.record(id).extra["open_images_id"] = name;
        return id;
    }

    std::uint32_t extraOf(const Fields& fields, const Columns& columns) {
        Json extra;
        for (const auto& [at, name] : columns.others)
            if (std::size_t(at) < fields.size() && !fields[std::size_t(at)].empty()) extra[name] = fields[std::size_t(at)];
        return extra.is_null() ? 0 : m_all.extras.idOf(extra.dump(-1, ' ', false, Json::error_handler_t::replace));
    }

    void sayScales() {
        for (std::size_t k = 0; k < m_all.tables.size(); ++k) {
            const Scale& scale = m_all.scales[k];
            if (!m_all.tables[k].columns.openImages && scale.isUnclear())
                m_sink.problem(
                    {nameOf(m_all.tables[k]), "ambiguous_numbers",
                     fmt::format("its coordinates lie between {} and {}: taken for fractions of the image, not for pixels",
                                 scale.least, scale.most)});
            if (m_absent.contains(std::uint16_t(k)))
                m_sink.problem({nameOf(m_all.tables[k]), "negative_labels",
                                fmt::format("{} labels of confidence 0 say that a class is not in the image; they are left out",
                                            m_absent[std::uint16_t(k)])});
            if (m_all.tables[k].columns.className < 0 && m_all.tables[k].columns.hasBox())
                m_sink.problem({nameOf(m_all.tables[k]), "no_class_column",
                                fmt::format("has no column of classes; all boxes are of the class \"{}\"", kNoClassName)});
        }
    }

    const fs::path m_source;
    const ReadOptions& m_options;
    Sink& m_sink;
    Gathered m_all;
    std::map<std::string, std::string> m_names;
    std::map<std::uint16_t, std::int64_t> m_absent;
    std::unordered_map<std::string, std::uint32_t> m_imageNames, m_imagePaths;
    Problems m_problems;
};

}  // namespace

Result<> readTables(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                    const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return TablesReader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::csvfile
