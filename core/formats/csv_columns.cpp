// What the columns of a table hold.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "core/formats/csv.h"
#include "core/formats/source_files.h"

namespace lathe::formats::csvfile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 64u << 10, kFilesLookedAt = 100;

/// "image_id" and "Image ID" are "imageid".
std::string plain(std::string_view name) {
    std::string out;
    for (const char c : name)
        if (std::isalnum(std::uint8_t(c))) out += char(std::tolower(std::uint8_t(c)));
    return out;
}

/// Columns by their plain names; each is taken once.
class Header {
public:
    explicit Header(const Fields& fields) {
        for (std::size_t k = 0; k < fields.size(); ++k) {
            m_names.push_back(std::string(trimmed(fields[k])));
            m_places.emplace(plain(fields[k]), int(k));
        }
    }
    [[nodiscard]] bool has(const char* name) const { return m_places.contains(name); }
    /// The first of these that is there.
    int take(std::initializer_list<const char*> names) {
        for (const char* name : names)
            if (const auto found = m_places.find(name); found != m_places.end()) {
                const int place = found->second;
                m_places.erase(found);
                m_names[std::size_t(place)].clear();
                return place;
            }
        return -1;
    }
    /// By its name as it stands, or "#3"; -1: there is none.
    int takeNamed(const std::string& name) {
        for (std::size_t k = 0; k < m_names.size(); ++k) {
            if (m_names[k] != name && name != fmt::format("#{}", k + 1)) continue;
            m_names[k].clear();
            std::erase_if(m_places, [&](const auto& one) { return one.second == int(k); });
            return int(k);
        }
        return -1;
    }
    [[nodiscard]] std::vector<std::pair<int, std::string>> rest() const {
        std::vector<std::pair<int, std::string>> others;
        for (std::size_t k = 0; k < m_names.size(); ++k)
            if (!m_names[k].empty()) others.emplace_back(int(k), m_names[k]);
        return others;
    }

private:
    std::map<std::string, int, std::less<>> m_places;
    std::vector<std::string> m_names;
};

bool isWhole(const std::array<int, 4>& box) {
    return std::ranges::all_of(box, [](int place) { return place >= 0; });
}

void takeBox(Header& header, Columns& columns) {
    const bool upper =
        header.has("xmin") || header.has("x1") || header.has("left") || header.has("bboxxmin") || header.has("boxxmin");
    if (upper) {
        columns.box = {header.take({"xmin", "x1", "left", "bboxxmin", "boxxmin"}),
                       header.take({"ymin", "y1", "top", "bboxymin", "boxymin"}),
                       header.take({"xmax", "x2", "right", "bboxxmax", "boxxmax"}),
                       header.take({"ymax", "y2", "bottom", "bboxymax", "boxymax"})};
        columns.corners = true;
    } else {
        columns.centred = header.has("cx") || header.has("xcenter") || header.has("xcentre") || header.has("centerx");
        const int x = header.take({"cx", "xcenter", "xcentre", "centerx", "x", "bboxx", "boxx"});
        const int y = header.take({"cy", "ycenter", "ycentre", "centery", "y", "bboxy", "boxy"});
        if (x >= 0 && y >= 0)
            columns.box = {x, y, header.take({"w", "bw", "boxwidth", "bboxwidth", "bboxw", "width"}),
                           header.take({"h", "bh", "boxheight", "bboxheight", "bboxh", "height"})};
    }
    if (!isWhole(columns.box)) columns.box = {-1, -1, -1, -1};
    if (!columns.hasBox()) columns.boxText = header.take({"bbox", "box"});
}

bool isImageName(std::string_view field) {
    const std::string_view name = trimmed(field);
    return name.find_first_of("\n\"") == std::string_view::npos && hasImageSuffix(fs::path(std::string(name)));
}

/// Outside of quotes, in the first row that has any.
char separatorOf(std::string_view head) {
    std::array<std::pair<int, char>, 3> counts{{{0, ','}, {0, ';'}, {0, '\t'}}};
    bool quotes = false;
    for (const char c : head) {
        if (c == '"') quotes = !quotes;
        for (auto& [count, separator] : counts) count += !quotes && c == separator;
        if (c == '\n' && !quotes && std::ranges::any_of(counts, [](const auto& pair) { return pair.first > 0; })) break;
    }
    return std::ranges::max_element(counts, {}, [](const auto& pair) { return pair.first; })->second;
}

double surenessOf(const Columns& columns, bool header) {
    if (columns.openImages) return 0.95;
    if (columns.hasBox()) return columns.className < 0 ? 0.85 : header ? 0.92 : 0.85;
    return header ? 0.6 : 0.5;
}

/// class-descriptions.csv of Open Images, or name,number as keras-retinanet has them.
bool namesClasses(const Fields& row) {
    if (row.size() != 2 || isImageName(row[0])) return false;
    if (plain(row[0]) == "labelname" && plain(row[1]) == "displayname") return true;
    const auto number = numberIn(row[1], false);
    return row[0].starts_with("/m/") || row[0].starts_with("/g/") || (number && !numberIn(row[0], false) && *number >= 0);
}

}  // namespace

namespace {

/// What the names say by themselves; `image` may stay -1.
Columns columnsOf(Header& header, bool boxes) {
    Columns columns;
    columns.openImages = header.has("imageid") && (header.has("labelname") || (header.has("subset") && header.has("originalurl")));
    columns.image = header.take({"filename", "imagefilename", "imagefile", "imagepath", "imgpath", "filepath", "path", "image",
                                 "imagename", "img", "imgname", "file", "imageid"});
    columns.mask = header.take({"maskpath"});
    columns.className = header.take({"class", "label", "category", "classname", "labelname", "categoryname", "classlabel", "name",
                                     "classid", "labelid", "categoryid"});
    if (boxes && columns.mask < 0) takeBox(header, columns);
    columns.width = header.take({"imagewidth", "imgw", "imgwidth", "imwidth", "width"});
    columns.height = header.take({"imageheight", "imgh", "imgheight", "imheight", "height"});
    columns.split = header.take({"split", "subset", "set", "usage", "partition"});
    columns.confidence = header.take({"confidence", "score", "conf", "probability"});
    columns.flags = {header.take({"isoccluded", "occluded"}), header.take({"istruncated", "truncated"}),
                     header.take({"isgroupof", "iscrowd", "crowd"}), header.take({"difficult", "isdifficult"})};
    return columns;
}

/// Where the place of a role is kept; nullptr for those of boxes.
int* placeOf(Columns& columns, std::string_view role) {
    const std::pair<std::string_view, int*> places[] = {
        {"image", &columns.image},    {"class", &columns.className},    {"split", &columns.split},
        {"width", &columns.width},    {"height", &columns.height},      {"confidence", &columns.confidence},
        {"box", &columns.boxText},    {"occluded", &columns.flags[0]},  {"truncated", &columns.flags[1]},
        {"crowd", &columns.flags[2]}, {"difficult", &columns.flags[3]},
    };
    const auto found = std::ranges::find(places, role, [](const auto& one) { return one.first; });
    return found == std::end(places) ? nullptr : found->second;
}

constexpr std::array<std::array<const char*, 4>, 3> kBoxRoles{
    {{"xmin", "ymin", "xmax", "ymax"}, {"x", "y", "w", "h"}, {"cx", "cy", "w", "h"}}};

/// Takes the columns that a person named; false when one isn't there.
bool takeNamed(Header& header, const ColumnMap& map, std::map<std::string, int>& places) {
    for (const auto& [role, name] : map) {
        places[role] = name.empty() ? -1 : header.takeNamed(name);
        if (!name.empty() && places[role] < 0) return false;
    }
    return true;
}

void putBox(Columns& columns, const std::map<std::string, int>& places) {
    for (std::size_t kind = 0; kind < kBoxRoles.size(); ++kind) {
        const auto placed = [&](const char* role) { return places.contains(role) && places.at(role) >= 0; };
        if (!std::ranges::all_of(kBoxRoles[kind], placed)) continue;
        std::ranges::transform(kBoxRoles[kind], columns.box.begin(), [&](const char* role) { return places.at(role); });
        columns.corners = kind == 0, columns.centred = kind == 2;
        columns.boxText = -1;
    }
}

}  // namespace

Columns namedColumns(const Fields& fields) {
    Header header(fields);
    return columnsOf(header, true);
}

std::optional<Columns> columnsOf(const Fields& fields, const ColumnMap& map) {
    Header header(fields);
    std::map<std::string, int> places;
    if (!takeNamed(header, map, places)) return {};
    const bool ownBox = std::ranges::any_of(map, [](const auto& one) {
        return one.first == "box" ||
               std::ranges::any_of(kBoxRoles, [&](const auto& kind) { return std::ranges::count(kind, one.first) > 0; });
    });
    Columns columns = columnsOf(header, !ownBox);
    for (const auto& [role, place] : places)
        if (int* at = placeOf(columns, role)) *at = place;
    putBox(columns, places);
    columns.others = header.rest();
    if (columns.image < 0) return {};
    if (columns.className < 0 && !columns.hasBox() && !columns.openImages && map.empty()) return {};
    return columns;
}

std::optional<Columns> columnsOfValues(const Fields& row) {
    if (row.empty() || !isImageName(row[0])) return {};
    const auto numbers = [&](std::size_t from, std::size_t count) {
        for (std::size_t k = from; k < from + count; ++k)
            if (!isEmpty(row[k]) && !numberIn(row[k], true)) return false;
        return true;
    };
    Columns columns;
    columns.image = 0;
    columns.corners = true;
    if (row.size() == 6 && numbers(1, 4)) {
        columns.box = {1, 2, 3, 4}, columns.className = 5;
        return columns;
    }
    if (row.size() == 8 && numbers(1, 2) && numbers(4, 4)) {
        columns.width = 1, columns.height = 2, columns.className = 3, columns.box = {4, 5, 6, 7};
        return columns;
    }
    columns.className = 1;
    return row.size() == 2 && !isImageName(row[1]) ? std::optional(columns) : std::nullopt;
}

Table tableOf(const fs::path& file, const ColumnMap& map) {
    Table table{file, ',', true, {}, 0};
    std::string head(kHead, '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    if (head.find('\0') != std::string::npos) return table;  // no text, or UTF-16
    table.separator = separatorOf(head);
    Fields first;
    Rows rows(file, table.separator);
    if (!rows.next(first) || rows.tooLong()) return table;
    // Numbered columns of a table whose first row names a picture: it has no header.
    const bool numbered =
        !map.empty() && std::ranges::all_of(map, [](const auto& one) { return one.second.empty() || one.second[0] == '#'; });
    table.header = !(numbered && std::ranges::any_of(first, isImageName));
    auto columns = columnsOf(first, map);
    if (!columns && map.empty()) {
        table.header = false;
        columns = columnsOfValues(first);
    }
    if (!columns) return table;
    if (!table.header) columns->others.clear();
    table.columns = std::move(*columns);
    table.sureness = surenessOf(table.columns, table.header);
    return table;
}

std::vector<Table> tablesOf(const fs::path& source, const ColumnMap& map, std::vector<fs::path>* names) {
    std::error_code error;
    std::vector<fs::path> files;
    if (fs::is_regular_file(source, error)) {
        if (source.extension() == ".csv" || source.extension() == ".tsv" || !map.empty()) files.push_back(source);
    } else {
        files = filesBelow(source, ".csv");
        std::ranges::copy(filesBelow(source, ".tsv"), std::back_inserter(files));
    }
    if (files.size() > kFilesLookedAt) files.resize(kFilesLookedAt);
    std::vector<Table> tables;
    for (const auto& file : files) {
        Table table = tableOf(file, map);
        Fields first;
        if (table.sureness > 0)
            tables.push_back(std::move(table));
        else if (Rows rows(file, table.separator); names && rows.next(first) && namesClasses(first))
            names->push_back(file);
    }
    return tables;
}

}  // namespace lathe::formats::csvfile
