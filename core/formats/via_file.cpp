// The three files of the VGG Image Annotator as one list of images.
#include <fmt/format.h>
#include <algorithm>
#include <unordered_map>

#include "core/base/files.h"
#include "core/base/json_depth.h"
#include "core/formats/json_items.h"
#include "core/formats/via.h"

namespace lathe::formats::via {
namespace {

constexpr std::uint64_t kLargestCsv = 1ull << 30;

using Row = std::vector<std::string>;

// Comma-separated with quotes doubled (RFC 4180).
class CsvRows {
public:
    explicit CsvRows(std::string_view text) : m_text(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text) {}

    std::optional<Row> next() {
        if (m_at >= m_text.size()) return {};
        Row row(1);
        bool quoted = false;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (quoted && c == '"' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '"')
                row.back() += m_text[++m_at];
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c == '\n')
                break;
            else if (!quoted && c == ',')
                row.emplace_back();
            else if (quoted || c != '\r')
                row.back() += c;
        }
        ++m_at;
        return row;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

// A field of JSON; text that isn't JSON stays text, which is no good region and is named as such.
Json jsonIn(const std::string& field) {
    if (field.empty()) return Json::object();
    Json value = base::parseOrDiscard(field);
    return value.is_discarded() || value.is_null() ? Json(field.substr(0, 100)) : value;
}

struct Columns {
    std::size_t count = 0, name = 0, size = 0, file = 0, shape = 0, region = 0;

    static std::optional<Columns> of(const Row& header) {
        Columns columns;
        columns.count = header.size();
        const auto place = [&](const char* name, std::size_t& at) {
            const auto found = std::ranges::find_if(header, [&](std::string cell) {
                if (cell.starts_with('#')) cell.erase(0, 1);  // VIA 1
                return cell == name;
            });
            at = std::size_t(found - header.begin());
            return found != header.end();
        };
        place("file_size", columns.size), place("file_attributes", columns.file), place("region_attributes", columns.region);
        const bool good = place("filename", columns.name) && place("region_shape_attributes", columns.shape);
        return good ? std::optional(columns) : std::nullopt;
    }
};

// VIA writes names without quotes, so that a comma in one makes a row longer.
void joinName(Row& row, const Columns& columns) {
    while (columns.name == 0 && row.size() > columns.count) {
        row[0] += "," + row[1];
        row.erase(row.begin() + 1);
    }
}

std::string cell(const Row& row, std::size_t at) {
    return at < row.size() ? row[at] : std::string();
}

}  // namespace

Result<std::vector<Json>> imagesOfCsv(const std::string& text) {
    CsvRows rows(text);
    const auto header = rows.next();
    const auto columns = header ? Columns::of(*header) : std::nullopt;
    if (!columns)
        return fail(ErrorCode::InvalidData, "has no columns \"filename\" and \"region_shape_attributes\" in its first line");
    std::vector<Json> images;
    std::unordered_map<std::string, std::size_t> places;
    while (auto row = rows.next()) {
        if (row->size() == 1 && row->front().empty()) continue;
        joinName(*row, *columns);
        const std::string name = cell(*row, columns->name), size = cell(*row, columns->size);
        const auto [at, first] = places.try_emplace(name + size, images.size());
        if (first) {
            const auto bytes = numberOf(Json(size));
            images.push_back({{"filename", name},
                              {"size", bytes ? Json(std::int64_t(std::clamp(*bytes, -1.0, 9e15))) : Json(-1)},
                              {"regions", Json::array()},
                              {"file_attributes", jsonIn(cell(*row, columns->file))}});
        }
        Json shape = jsonIn(cell(*row, columns->shape));
        if (!shape.empty())
            images[at->second]["regions"].push_back(
                {{"shape_attributes", std::move(shape)}, {"region_attributes", jsonIn(cell(*row, columns->region))}});
    }
    return images;
}

Result<Json> eachImage(const std::filesystem::path& file, const std::function<void(Entry&&)>& visit, std::stop_token stop,
                       const Progress& progress) {
    const Kind kind = kindOf(file);
    if (kind == Kind::Csv) {
        LATHE_TRY(const std::string text, base::readFile(file, kLargestCsv));
        auto images = imagesOfCsv(text);
        if (!images) return fail(images.error().code, images.error().message, file.string());
        for (std::size_t k = 0; k < images->size(); ++k) visit({std::int64_t(k) + 1, std::move((*images)[k])});
        return Json();
    }
    const auto item = [&](JsonItem&& found) { visit({found.index + 1, std::move(found.value)}); };
    return eachJsonItem(file, kind == Kind::Project ? "_via_img_metadata" : "", item, std::move(stop), progress);
}

std::vector<const Json*> regionsOf(const Json& image) {
    std::vector<const Json*> regions;
    const Json& list = memberOf(image, "regions");
    if (list.is_array() || list.is_object())
        for (const Json& region : list) regions.push_back(&region);
    return regions;
}

}  // namespace lathe::formats::via
