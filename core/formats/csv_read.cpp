#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <unordered_map>

#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/formats/annotation_json.h"
#include "core/formats/columns.h"
#include "core/formats/csv.h"
#include "core/formats/named_images.h"
#include "core/image/decode.h"

namespace lathe::formats::csvfile {
namespace {

namespace fs = std::filesystem;

constexpr std::array<annot::Flag, 4> kFlagColumns{annot::Occluded, annot::Truncated, annot::Crowd, annot::Difficult};
constexpr double kSlack = 0.5;  // how far outside of 0..1 fractions may lie
constexpr const char* kNoClassName = "object";

enum class RowKind : std::uint8_t { Nothing, Absent, Label, Box, Mask };

/// What is kept of a row; there can be millions.
struct Row {
    std::array<double, 4> box{};  ///< as the file has them
    double confidence = NAN;
    std::uint32_t image = 0, classId = 0, extra = 0, line = 0;
    std::uint16_t table = 0;
    std::uint8_t flags = 0;  ///< bits of kFlagColumns
    RowKind kind = RowKind::Nothing;
};

struct TableImage {
    fs::path path;
    std::string split;
    int width = 0, height = 0;
    std::uint32_t extra = 0;
};

/// Texts that many rows share, each kept once; 0 is none.
class Texts {
public:
    std::uint32_t idOf(const std::string& text) {
        if (text.empty()) return 0;
        const auto [at, added] = m_ids.try_emplace(text, std::uint32_t(m_texts.size()));
        if (added) m_texts.push_back(&at->first);
        return at->second;
    }
    [[nodiscard]] Json json(std::uint32_t id) const {
        return id == 0 ? Json() : Json{{"csv", Json::parse(*m_texts[id], nullptr, false)}};
    }
    [[nodiscard]] const std::string& text(std::uint32_t id) const { return *m_texts[id]; }

private:
    const std::string m_none;
    std::vector<const std::string*> m_texts{&m_none};
    std::unordered_map<std::string, std::uint32_t> m_ids;
};

/// "train" of oidv6-train-annotations-bbox.csv.
std::string splitOfFile(const fs::path& file) {
    std::string word;
    for (const char c : file.stem().string() + "-") {
        if (std::isalpha(std::uint8_t(c))) {
            word += c;
            continue;
        }
        if (const std::string split = splitNamed(word); !split.empty()) return split;
        word.clear();
    }
    return {};
}

/// Of one table: what all its numbers together say.
struct Scale {
    double least = 0, most = 0;
    bool any = false, broken = false;  ///< one has digits after the point
    void see(double v) {
        least = any ? std::min(least, v) : v, most = any ? std::max(most, v) : v;
        any = true;
        broken = broken || v != std::floor(v);
    }
    [[nodiscard]] bool isFraction() const { return any && least >= -kSlack && most <= 1 + kSlack && (broken || most <= 1); }
    [[nodiscard]] bool isUnclear() const { return isFraction() && (!broken || most > 1 || least < 0); }
};

class TablesReader {
public:
    TablesReader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_source(source), m_root(rootOf(source)), m_options(options), m_sink(sink), m_images(options.images.value_or(m_root)) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        std::vector<fs::path> names;
        LATHE_CHECK(checkColumns(m_options.columns));
        m_tables = tablesOf(m_source, m_options.columns, &names);
        if (m_tables.empty() && !m_options.columns.empty())
            return fail(ErrorCode::InvalidArgument, "has no table with these columns; see what its first line names",
                        m_source.string());
        if (m_tables.empty()) return fail(ErrorCode::NotFound, "holds no table of images and labels", m_source.string());
        for (const auto& file : names) readNames(file);
        m_scales.resize(m_tables.size());
        for (std::size_t k = 0; k < m_tables.size(); ++k) {
            const double share = 0.6 / double(m_tables.size());
            LATHE_CHECK(readTable(k, stop, progress.part(share * double(k), share * double(k + 1))));
        }
        m_sink.classes(m_classes.records());
        sayScales();
        for (auto& problem : m_problems) m_sink.problem(std::move(problem));
        return deliver(stop, progress.part(0.6, 1));
    }

private:
    static fs::path rootOf(const fs::path& source) {
        std::error_code error;
        return fs::is_directory(source, error) ? source : source.has_parent_path() ? source.parent_path() : fs::path(".");
    }
    [[nodiscard]] std::string nameOf(const Table& table) const { return nameBelow(table.file, m_root); }

    // Names of Open Images by its ids; of others the order of the classes.
    void readNames(const fs::path& file) {
        Rows rows(file, tableOf(file).separator);
        for (Fields row; rows.next(row);) {
            if (row.size() < 2 || rows.tooLong() || row[0] == "LabelName") continue;
            if (row[0].starts_with('/'))
                m_names.try_emplace(row[0], row[1]);
            else
                (void)m_classes.idOf(row[0]);
        }
    }

    Result<> readTable(std::size_t place, std::stop_token stop, const Progress& progress) {
        const Table& table = m_tables[place];
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
        const Columns& columns = m_tables[place].columns;
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
        row.image = imageOf(fields, m_tables[place], split);
        const auto fault = readLabel(fields, m_tables[place], row);
        if (fault) return m_problems.push_back({item, fault->code, fault->message + "; it is left out"});
        const std::uint32_t extra = extraOf(fields, columns);
        if (row.kind == RowKind::Nothing && extra > 0) m_found[row.image].extra = extra;
        row.extra = extra;
        if (row.kind > RowKind::Absent) m_rows.push_back(row);
    }

    std::uint32_t imageOf(const Fields& fields, const Table& table, const std::string& split) {
        const Columns& columns = table.columns;
        const std::string& name = fields[std::size_t(columns.image)];
        auto [known, added] = m_imageNames.try_emplace(name, 0);
        if (added) {
            const fs::path path = m_images.find(name);
            const auto [at, fresh] = m_imagePaths.try_emplace(path.native(), std::uint32_t(m_found.size()));
            if (fresh) m_found.push_back({path, {}, 0, 0, 0});
            known->second = at->second;
        }
        TableImage& image = m_found[known->second];
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
        if (row.kind == RowKind::Mask) m_masks[row.line + (std::uint64_t(row.table) << 32)] = fields[std::size_t(columns.mask)];
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
                m_scales[row.table].see(row.box[k]);
            else
                m_scales[row.table].see(row.box[k] + (columns.centred ? 0 : row.box[k - 2]));
    }

    ClassId classOf(const std::string& name) {
        if (name.empty()) return m_classes.idOf(kNoClassName);
        const auto known = m_names.find(name);
        if (known == m_names.end()) return m_classes.idOf(name);
        const ClassId id = m_classes.idOf(known->second);
        m_classes.record(id).extra["open_images_id"] = name;
        return id;
    }

    std::uint32_t extraOf(const Fields& fields, const Columns& columns) {
        Json extra;
        for (const auto& [at, name] : columns.others)
            if (std::size_t(at) < fields.size() && !fields[std::size_t(at)].empty()) extra[name] = fields[std::size_t(at)];
        return extra.is_null() ? 0 : m_extras.idOf(extra.dump(-1, ' ', false, Json::error_handler_t::replace));
    }

    void sayScales() {
        for (std::size_t k = 0; k < m_tables.size(); ++k) {
            const Scale& scale = m_scales[k];
            if (!m_tables[k].columns.openImages && scale.isUnclear())
                m_sink.problem(
                    {nameOf(m_tables[k]), "ambiguous_numbers",
                     fmt::format("its coordinates lie between {} and {}: taken for fractions of the image, not for pixels",
                                 scale.least, scale.most)});
            if (m_absent.contains(std::uint16_t(k)))
                m_sink.problem({nameOf(m_tables[k]), "negative_labels",
                                fmt::format("{} labels of confidence 0 say that a class is not in the image; they are left out",
                                            m_absent[std::uint16_t(k)])});
            if (m_tables[k].columns.className < 0 && m_tables[k].columns.hasBox())
                m_sink.problem({nameOf(m_tables[k]), "no_class_column",
                                fmt::format("has no column of classes; all boxes are of the class \"{}\"", kNoClassName)});
        }
    }

    Result<> deliver(std::stop_token stop, const Progress& progress) {
        std::ranges::stable_sort(m_rows, {}, &Row::image);
        std::size_t next = 0;
        for (std::size_t k = 0; k < m_found.size(); ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(std::int64_t(k) + 1, std::int64_t(m_found.size()), m_found[k].path.filename().string());
            const std::size_t first = next;
            while (next < m_rows.size() && m_rows[next].image == k) ++next;
            deliverOne(m_found[k], std::span(m_rows).subspan(first, next - first));
        }
        std::error_code error;
        if (fs::is_directory(m_source, error))
            m_images.eachUnused([&](const fs::path& path) { deliverOne({path, {}, 0, 0, 0}, {}); });
        return {};
    }

    void deliverOne(const TableImage& image, std::span<const Row> rows) {
        ImageRecord record;
        record.path = image.path, record.name = m_images.nameOf(image.path);
        record.width = image.width, record.height = image.height;
        record.split = !m_options.split.empty() ? m_options.split
                       : !image.split.empty()   ? image.split
                                                : NamedImages::splitOf(record.name);
        record.extra = m_extras.json(image.extra);
        m_size.reset();
        m_sizeMissed = false;
        for (const Row& row : rows) {
            auto shape = shapeOf(row, image);
            const std::string item = fmt::format("{}, object in line {}", nameOf(m_tables[row.table]), row.line);
            if (shape && !faultOf(*shape)) {
                record.annotations.push_back(annotationOf(row, std::move(*shape), std::int64_t(record.annotations.size()) + 1));
                continue;
            }
            const Fault fault = shape ? *faultOf(*shape) : shape.error();
            if (!fault.code.empty()) m_sink.problem({item, fault.code, fault.message + "; it is left out"});
        }
        m_sink.image(std::move(record));
    }

    annot::Annotation annotationOf(const Row& row, annot::Shape&& shape, std::int64_t id) const {
        annot::Annotation a{.id = AnnotationId(id), .classId = ClassId(row.classId), .shape = std::move(shape)};
        for (std::size_t k = 0; k < kFlagColumns.size(); ++k)
            if (row.flags & (1u << k)) a.flags |= kFlagColumns[k];
        const bool made = m_tables[row.table].columns.openImages && row.confidence == 1;  // theirs says: by people
        if (std::isfinite(row.confidence) && !made) a.confidence = row.confidence;
        a.extra = m_extras.json(row.extra);
        return a;
    }

    Checked<annot::Shape> shapeOf(const Row& row, const TableImage& image) {
        if (row.kind == RowKind::Label) return annot::ImageLabel{};
        if (row.kind == RowKind::Mask) return maskOf(row, image);
        const Columns& columns = m_tables[row.table].columns;
        std::array<double, 4> v = row.box;
        if (columns.corners) v[2] -= v[0], v[3] -= v[1];
        if (columns.centred) v[0] -= v[2] / 2, v[1] -= v[3] / 2;
        if (columns.openImages || m_scales[row.table].isFraction()) {
            if (!sizeKnown(image)) return tl::unexpected(noSize(row, image));
            v[0] *= m_size->first, v[2] *= m_size->first, v[1] *= m_size->second, v[3] *= m_size->second;
        }
        return annot::Box{{v[0], v[1], v[2], v[3]}};
    }

    bool sizeKnown(const TableImage& image) {
        if (image.width > 0)
            m_size = {image.width, image.height};
        else if (!m_size && !m_sizeMissed)
            m_size = NamedImages::sizeOf(image.path);
        return m_size.has_value();
    }

    // Named once an image, its rows after that in silence.
    Fault noSize(const Row& row, const TableImage& image) {
        if (std::exchange(m_sizeMissed, true)) return {};
        m_sink.problem(
            {fmt::format("{}, image {}", nameOf(m_tables[row.table]), m_images.nameOf(image.path)), "unknown_size",
             "its boxes are fractions of an image that isn't there, so they are left out; import again with --images DIR"});
        return {};
    }

    // Open Images: a PNG a mask, of another size than the picture's.
    Checked<annot::Shape> maskOf(const Row& row, const TableImage& image) {
        const fs::path file = m_images.find(m_masks[row.line + (std::uint64_t(row.table) << 32)]);
        auto raster = image::decode(file, {.colour = image::Colour::Grey8});
        if (!raster) return tl::unexpected(Fault{"bad_mask", "its mask can't be read: " + raster.error().message});
        if (sizeKnown(image) && std::uint64_t(m_size->first) * std::uint64_t(m_size->second) > kLargestMask)
            return tl::unexpected(Fault{"bad_mask", "its mask would be too large"});
        cv::Mat inside = *raster;
        if (m_size) cv::resize(*raster, inside, {m_size->first, m_size->second}, 0, 0, cv::INTER_NEAREST);
        inside = inside.isContinuous() ? inside : inside.clone();
        return annot::maskFromRaster({inside.data, inside.total()}, std::uint32_t(inside.rows), std::uint32_t(inside.cols));
    }

    const fs::path m_source, m_root;
    const ReadOptions& m_options;
    Sink& m_sink;
    NamedImages m_images;
    ClassList m_classes;
    std::vector<Table> m_tables;
    std::vector<Scale> m_scales;
    std::map<std::string, std::string> m_names;
    std::map<std::uint16_t, std::int64_t> m_absent;
    std::unordered_map<std::uint64_t, std::string> m_masks;
    std::unordered_map<std::string, std::uint32_t> m_imageNames, m_imagePaths;
    std::vector<TableImage> m_found;
    std::vector<Row> m_rows;
    Texts m_extras;
    Problems m_problems;
    std::optional<std::pair<int, int>> m_size;
    bool m_sizeMissed = false;
};

}  // namespace

Result<> readTables(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                    const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return TablesReader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::csvfile
