// data.yaml, obj.data, classes.txt: see yolo_data.h.
#include "core/formats/yolo_data.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>
#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/files.h"
#include "core/formats/source_files.h"

namespace lathe::formats::yolo {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestYaml = 1 << 20, kLargestNames = 16 << 20;
constexpr int kDeepest = 20, kMostNodes = 50'000, kMostYamlFiles = 20;
constexpr std::int64_t kMostClasses = 100'000;
constexpr std::size_t kMostFields = 1000;
constexpr std::array<std::string_view, 3> kSplits{"train", "val", "test"};

/// Numbers that would be written as they stand; all else stays text ("007", "1.0").
Json scalarOf(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") return text;  // quoted
    if (text == "true" || text == "false") return text == "true";
    if (text.size() > 32) return text;
    const Json number = Json::parse(text, nullptr, false);
    return number.is_number() && number.dump() == text ? number : Json(text);
}

Result<Json> jsonOf(const YAML::Node& node, int depth, int& left) {
    if (depth > kDeepest) return fail(ErrorCode::InvalidData, "is nested too deep");
    if (--left < 0) return fail(ErrorCode::InvalidData, "grows too large when its aliases are followed");
    if (node.IsScalar()) return scalarOf(node);
    if (node.IsSequence()) {
        Json list = Json::array();
        for (const auto& item : node) {
            LATHE_TRY(Json value, jsonOf(item, depth + 1, left));
            list.push_back(std::move(value));
        }
        return list;
    }
    if (!node.IsMap()) return Json();
    Json object = Json::object();
    auto& members = object.get_ref<Json::object_t&>();
    for (const auto& member : node) {
        if (!member.first.IsScalar()) continue;
        LATHE_TRY(Json value, jsonOf(member.second, depth + 1, left));
        members.emplace_back(member.first.Scalar(), std::move(value));  // by key it would look at all before
    }
    return object;
}

std::string wordsOf(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_primitive() && !value.is_null() ? value.dump() : std::string();
}

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    return value;
}

/// What a list has by place, or an object by number as key.
template <class Visit>
void eachNumbered(const Json& value, Visit visit) {
    std::int64_t place = 0;
    if (value.is_array())
        for (const Json& item : value) visit(place++, item);
    if (value.is_object())
        for (const auto& [key, item] : value.items())
            if (const auto number = wholeNumber(key)) visit(*number, item);
}

class DataYaml {
public:
    DataYaml(const fs::path& file, const Json& yaml) : m_yaml(yaml) {
        m_data.file = file;
        m_data.item = file.filename().string();
    }

    DataFile read() {
        m_data.root = wordsOf(member("path"));
        for (const auto split : kSplits) readSplit(split);
        readNames();
        readSkeleton();
        m_data.variant = variantNamed(wordsOf(member("task")));
        eachNumbered(member("kpt_names"), [&](std::int64_t number, const Json& names) {
            if (names.is_array()) m_data.keypointNames.emplace(number, names);
        });
        keepRest();
        return std::move(m_data);
    }

private:
    const Json& member(std::string_view key) const {
        static const Json none;
        const auto found = m_yaml.find(std::string(key));
        return found == m_yaml.end() ? none : *found;
    }
    void problem(const char* code, std::string message) { m_data.problems.push_back({m_data.item, code, std::move(message)}); }

    // Roboflow once wrote "valid" as a key too.
    void readSplit(std::string_view split) {
        SplitEntry entry{std::string(split), {}};
        for (const auto key : {split, split == "val" ? std::string_view("valid") : std::string_view()}) {
            const Json& value = member(key);
            if (!entry.places.empty()) break;
            if (value.is_array())
                for (const Json& place : value) entry.places.push_back(wordsOf(place));
            else if (!wordsOf(value).empty())
                entry.places.push_back(wordsOf(value));
        }
        std::erase(entry.places, "");
        if (!entry.places.empty()) m_data.splits.push_back(std::move(entry));
    }

    void readNames() {
        eachNumbered(member("names"), [&](std::int64_t number, const Json& name) {
            if (number < 0 || number >= kMostClasses)
                problem("invalid_data", fmt::format("names a class {}: such a number can't be; it was left out", number));
            else
                m_data.names[number] = name.is_null() || wordsOf(name).empty() ? fmt::format("class_{}", number) : wordsOf(name);
        });
        const auto count = wholeNumber(wordsOf(member("nc")));
        m_data.named = !m_data.names.empty() || count;
        if (!count) return;
        if (*count < 0 || *count > kMostClasses)
            return problem("invalid_data", fmt::format("nc is {}: so many classes can't be; the names alone count", *count));
        if (!m_data.names.empty() && std::int64_t(m_data.names.size()) != *count)
            problem("names_mismatch", fmt::format("nc is {}, but there are {} names: the larger counts, classes without a name are "
                                                  "called class_NUMBER",
                                                  *count, m_data.names.size()));
        for (std::int64_t k = 0; k < *count; ++k) m_data.names.try_emplace(k, fmt::format("class_{}", k));
    }

    void readSkeleton() {
        const Json& shape = member("kpt_shape");
        if (shape.is_null()) return;
        const auto at = [&](std::size_t k) { return wholeNumber(wordsOf(shape[k])).value_or(0); };
        if (shape.is_array() && shape.size() == 2 && at(0) >= 1 && at(0) <= 10'000 && (at(1) == 2 || at(1) == 3))
            m_data.skeleton = {int(at(0)), int(at(1))};
        else
            problem("invalid_data", "kpt_shape isn't [points, 2 or 3]; it was left out");
    }

    // `download` is left out on purpose: Ultralytics runs it as a program.
    void keepRest() {
        static constexpr std::array<std::string_view, 11> kKnown{"path", "train",     "val",  "test",      "valid",   "names",
                                                                 "nc",   "kpt_shape", "task", "kpt_names", "download"};
        for (const auto& [key, value] : m_yaml.items())
            if (std::ranges::find(kKnown, key) == kKnown.end() && m_data.extra.size() < kMostFields) m_data.extra[key] = value;
    }

    const Json& m_yaml;
    DataFile m_data;
};

// Names of obj.names and classes.txt: a line each; an empty one within counts.
void readNameLines(const std::string& text, DataFile& data) {
    std::vector<std::string> lines(1);
    for (const char c : text)
        if (c == '\n')
            lines.emplace_back();
        else if (c != '\r')
            lines.back() += c;
    if (lines.front().starts_with("\xEF\xBB\xBF")) lines.front().erase(0, 3);
    const auto isBlank = [](const std::string& line) { return line.find_first_not_of(" \t") == std::string::npos; };
    while (!lines.empty() && isBlank(lines.back())) lines.pop_back();
    if (std::int64_t(lines.size()) > kMostClasses) {
        data.problems.push_back(
            {data.item, "invalid_data", "has more than 100000 lines: so many classes can't be; it was left out"});
        return;
    }
    for (std::size_t k = 0; k < lines.size(); ++k)
        data.names[std::int64_t(k)] = isBlank(lines[k]) ? fmt::format("class_{}", k) : lines[k];
    data.named = !data.names.empty();
}

/// The file at ever shorter ends of `name` below the folder: "data/obj.names" of another machine is obj.names here.
std::optional<fs::path> fileBelow(const fs::path& folder, const std::string& name) {
    std::error_code error;
    for (fs::path end = safeRelative(name); !end.empty();) {
        if (fs::is_regular_file(folder / end, error)) return folder / end;
        fs::path shorter;
        for (auto part = std::next(end.begin()); part != end.end(); ++part) shorter /= *part;
        end = shorter;
    }
    return {};
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\""), last = text.find_last_not_of(" \t\"");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

}  // namespace

Result<Json> readYaml(const fs::path& file) {
    LATHE_TRY(const std::string text, base::readFile(file, kLargestYaml));
    try {
        const YAML::Node node = YAML::Load(text);
        int left = kMostNodes;
        return jsonOf(node, 0, left);
    } catch (const std::exception& e) {
        return fail(ErrorCode::InvalidData, fmt::format("isn't YAML: {}", e.what()), file.string());
    }
}

bool describesSet(const Json& yaml) {
    if (!yaml.is_object()) return false;
    const auto has = [&](const char* key) { return yaml.contains(key) && !yaml[key].is_null(); };
    const bool names = has("names") && (yaml["names"].is_array() || yaml["names"].is_object());
    const auto isPlace = [&](const char* key) { return has(key) && (yaml[key].is_string() || yaml[key].is_array()); };
    return (names || has("nc")) && (isPlace("train") || isPlace("val") || isPlace("test"));
}

std::optional<fs::path> dataYamlIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const char* name : {"data.yaml", "data.yml", "dataset.yaml"})
        if (fs::is_regular_file(folder / name, error)) files.push_back(folder / name);
    std::vector<fs::path> others;
    int looked = 0;
    for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end; !error && at != end;
         at.increment(error)) {
        const std::string suffix = at->path().extension().string();
        if (suffix == ".yaml" || suffix == ".yml") others.push_back(at->path());
        if (++looked == 10'000) break;
    }
    std::ranges::sort(others);
    files.insert(files.end(), others.begin(), others.begin() + std::min<std::ptrdiff_t>(kMostYamlFiles, std::ssize(others)));
    for (const auto& file : files)
        if (const auto yaml = readYaml(file); yaml && describesSet(*yaml)) return file;
    return {};
}

DataFile readDataYaml(const fs::path& file) {
    DataFile broken;
    broken.file = file;
    broken.item = file.filename().string();
    const auto yaml = readYaml(file);
    if (!yaml) {
        broken.problems.push_back(base::problemOf(broken.item, yaml.error()));
        return broken;
    }
    if (!yaml->is_object()) {
        broken.problems.push_back({broken.item, "invalid_data", "isn't a YAML map of names, train and val; it was left out"});
        return broken;
    }
    return DataYaml(file, *yaml).read();
}

DataFile readObjData(const fs::path& folder, const fs::path& file) {
    DataFile data;
    data.file = file;
    data.item = file.filename().string();
    std::string names = "obj.names";
    if (const auto text = base::readFile(file, kLargestYaml))
        eachLine(*text, [&](std::int64_t, std::string_view line) {
            const std::size_t equals = line.find('=');
            if (equals == std::string_view::npos || line.starts_with('#')) return;
            const std::string key = trimmed(line.substr(0, equals)), value = trimmed(line.substr(equals + 1));
            if (key == "names")
                names = value;
            else if (key != "classes" && key != "backup" && value.ends_with(".txt"))
                data.splits.push_back({splitNamed(key), {value}});
            else if (key != "classes" && key != "backup")
                data.extra[key] = value;
        });
    else
        data.problems.push_back(base::problemOf(data.item, text.error()));
    const auto found = fileBelow(folder, names);
    const auto text = found ? base::readFile(*found, kLargestNames) : fail(ErrorCode::NotFound, "isn't there");
    if (text)
        readNameLines(*text, data);
    else
        data.problems.push_back({names, "missing_file", "can't be read; classes are called class_NUMBER"});
    return data;
}

DataFile readBareClasses(const fs::path& folder) {
    DataFile data;
    std::vector<fs::path> places{folder, folder / "labels"};
    for (const auto& below : foldersIn(folder)) {
        places.push_back(below);
        places.push_back(below / "labels");
        if (places.size() > 200) break;
    }
    std::error_code error;
    for (const auto& place : places)
        for (const char* name : {"classes.txt", "obj.names", "_darknet.labels"}) {
            if (!fs::is_regular_file(place / name, error)) continue;
            data.file = place / name;
            data.item = nameBelow(data.file, folder);
            if (const auto text = base::readFile(data.file, kLargestNames)) readNameLines(*text, data);
            if (data.named) return data;
        }
    return data;
}

}  // namespace lathe::formats::yolo
