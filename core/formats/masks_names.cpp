// What the values and colours of masks are called: all the files in which people say it.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/files.h"
#include "core/base/json_depth.h"
#include "core/formats/json_items.h"
#include "core/formats/mask_pixels.h"
#include "core/formats/masks.h"

namespace lathe::formats::masks {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestNames = 4u << 20;
constexpr std::size_t kMostNames = 65536;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\xef\xbb\xbf");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::optional<std::uint32_t> wholeNumber(std::string_view text, std::uint32_t most) {
    std::uint32_t number = 0;
    text = trimmed(text);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size() && number <= most;
    return good ? std::optional(number) : std::nullopt;
}

std::vector<std::string_view> cut(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
        const auto end = text.find(at, from);
        parts.push_back(trimmed(text.substr(from, end - from)));
        if (end == std::string_view::npos) return parts;
        from = end + 1;
    }
}

using Parts = std::vector<std::string_view>;

std::optional<std::uint32_t> colourOfParts(const Parts& parts, std::size_t from) {
    if (parts.size() < from + 3) return {};
    std::uint32_t colour = 0;
    for (std::size_t k = from; k < from + 3; ++k) {
        const auto channel = wholeNumber(parts[k], 255);
        if (!channel) return {};
        colour = colour << 8 | *channel;
    }
    return colour;
}

// name:r,g,b:parts:actions, where the name may hold colons
std::optional<Name> labelmapLine(std::string_view line) {
    const Parts fields = cut(line, ':');
    for (std::size_t k = 1; k < fields.size(); ++k) {
        const Parts channels = cut(fields[k], ',');
        const auto colour = channels.size() == 3 ? colourOfParts(channels, 0) : std::nullopt;
        if (!colour) continue;
        Name name;
        const std::string_view head = line.substr(0, std::size_t(fields[k].data() - line.data()));
        name.text = trimmed(head.substr(0, head.find_last_of(':')));
        name.colour = colour;
        if (k + 1 < fields.size() && !fields[k + 1].empty()) name.extra["masks"]["parts"] = fields[k + 1];
        if (k + 2 < fields.size() && !fields[k + 2].empty()) name.extra["masks"]["actions"] = fields[k + 2];
        return name.text.empty() ? std::nullopt : std::optional(std::move(name));
    }
    if (fields.size() != 4 || fields[0].empty() || !fields[1].empty()) return {};
    Name name;  // "name:::", whose colour is left to the palette
    name.text = fields[0];
    return name;
}

Parts words(std::string_view line) {
    Parts out;
    for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
        const auto end = std::min(line.find_first_of(" \t", at), line.size());
        out.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(" \t", end);
    }
    return out;
}

// "64 128 64 Animal", "Animal 64 128 64"
std::optional<Name> colourLine(std::string_view line) {
    const Parts all = words(line);
    if (all.size() < 4) return {};
    Name name;
    if ((name.colour = colourOfParts(all, 0)))
        name.text = line.substr(std::size_t(all[3].data() - line.data()));
    else if ((name.colour = colourOfParts(all, all.size() - 3)))
        name.text = trimmed(line.substr(0, std::size_t(all[all.size() - 3].data() - line.data())));
    return name.colour && !name.text.empty() ? std::optional(std::move(name)) : std::nullopt;
}

// "Animal,64,128,64", and more behind it
std::optional<Name> colourRow(std::string_view line) {
    const Parts cells = cut(line, ',');
    Name name;
    if (cells.size() < 4 || cells[0].empty() || !(name.colour = colourOfParts(cells, 1))) return {};
    name.text = cells[0];
    return name;
}

// "3, dog", "3: dog", "3 dog"
std::optional<Name> numberedLine(std::string_view line) {
    const auto end = line.find_first_of(",: \t");
    if (end == std::string_view::npos) return {};
    const auto index = wholeNumber(line.substr(0, end), UINT16_MAX);
    const std::string_view text = trimmed(line.substr(end + 1));
    if (!index || text.empty()) return {};
    Name name;
    name.index = *index, name.text = text;
    return name;
}

std::optional<Name> bareLine(std::string_view line) {
    Name name;
    name.text = line;
    return name;
}

using Line = std::optional<Name> (*)(std::string_view);

// All lines, or all but the first (a heading), in one form.
std::vector<Name> inForm(const Parts& lines, Line form, bool heading, bool numbered) {
    std::vector<Name> names;
    for (std::size_t k = heading ? 1 : 0; k < lines.size(); ++k) {
        auto name = form(lines[k]);
        if (!name) return {};
        if (!numbered) name->index = std::uint32_t(names.size());
        name->nothing = meansNothing(name->text);
        names.push_back(std::move(*name));
    }
    return names;
}

std::vector<Name> parseLines(const std::string& text) {
    Parts lines;
    for (std::string_view line : cut(text, '\n'))
        if (!line.empty() && line[0] != '#' && lines.size() < kMostNames) lines.push_back(line);
    for (const bool heading : {false, true})
        for (const Line form : {labelmapLine, colourRow, colourLine, numberedLine})
            if (auto names = inForm(lines, form, heading, form == numberedLine); !names.empty()) return names;
    auto names = inForm(lines, bareLine, false, false);
    if (!names.empty() && names.front().text == "__ignore__") {  // labelme's labels.txt counts from -1
        names.erase(names.begin());
        for (Name& name : names) --name.index;
    }
    return names;
}

// {"label_map": {"0": "Void"}, "segmentation_colors": [[0, 0, 0]], "background_label": "0"}
std::vector<Name> parseMeta(const std::string& text) {
    std::vector<Name> names;
    const Json meta = base::parseOrDiscard(text);
    const Json& labels = memberOf(meta, "label_map");
    if (!labels.is_object()) return names;
    const Json& colours = memberOf(meta, "segmentation_colors");
    const auto background = wholeNumber(textOf(meta, "background_label"), UINT16_MAX);
    std::size_t place = 0;
    for (const auto& [key, value] : labels.items()) {
        Name name;
        const auto index = wholeNumber(key, UINT16_MAX);
        const std::size_t at = place++;
        if (!index || !value.is_string() || names.size() >= kMostNames) continue;
        name.index = *index, name.text = value.get<std::string>();
        name.nothing = background ? *index == *background || (*index != 0 && meansNothing(name.text)) : meansNothing(name.text);
        if (colours.is_array() && at < colours.size() && colours[at].is_array() && colours[at].size() == 3) {
            std::uint32_t colour = 0;
            bool good = true;
            for (const Json& channel : colours[at]) {
                const auto number = numberOf(channel);
                good = good && number && *number >= 0 && *number <= 255;
                colour = colour << 8 | (good ? std::uint32_t(*number) : 0);
            }
            if (good) name.colour = colour;
        }
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace

bool Names::haveColours() const {
    return std::ranges::any_of(list, [](const Name& name) { return name.colour.has_value(); });
}

std::size_t Names::classCount() const {
    return std::size_t(std::ranges::count_if(list, [](const Name& name) { return !name.nothing; }));
}

bool meansNothing(std::string_view name) {
    std::string plain;
    for (const char c : name)
        if (std::isalpha(std::uint8_t(c))) plain += char(std::tolower(std::uint8_t(c)));
    static constexpr std::array<std::string_view, 7> kNothing{"background", "bg",     "void",   "unlabelled",
                                                              "unlabeled",  "ignore", "ignored"};
    return std::ranges::find(kNothing, plain) != kNothing.end();
}

std::vector<Name> parseNames(const std::string& text, bool json) {
    return json ? parseMeta(text) : parseLines(text);
}

Names namesIn(const std::vector<fs::path>& folders, Problems& problems) {
    constexpr std::array kFiles{"labelmap.txt",    "label_colors.txt", "label_colours.txt", "class_names.txt",
                                "classes.txt",     "_classes.csv",     "class_dict.csv",    "class_palette.csv",
                                "label_names.txt", "labels.txt",       "dataset_meta.json", "label_colors.csv"};
    std::error_code error;
    for (const auto& folder : folders)
        for (const char* leaf : kFiles) {
            const fs::path file = folder / leaf;
            if (!fs::is_regular_file(file, error)) continue;
            const auto text = base::readFile(file, kLargestNames);
            auto list = text ? parseNames(*text, file.extension() == ".json") : std::vector<Name>();
            if (!list.empty()) return {leaf, std::move(list)};
            problems.push_back({leaf, "invalid_data", text ? "names no classes; it is left out" : text.error().message});
        }
    return {};
}

std::vector<Name> camvidNames() {
    struct Known {
        const char* name;
        std::uint32_t colour;
    };
    // The colours of the CamVid labels, Cambridge; facts of the data set.
    static constexpr std::array<Known, 32> kCamvid{{{"Void", 0x000000},
                                                    {"Animal", 0x408040},
                                                    {"Archway", 0xc00080},
                                                    {"Bicyclist", 0x0080c0},
                                                    {"Bridge", 0x008040},
                                                    {"Building", 0x800000},
                                                    {"Car", 0x400080},
                                                    {"CartLuggagePram", 0x4000c0},
                                                    {"Child", 0xc08040},
                                                    {"Column_Pole", 0xc0c080},
                                                    {"Fence", 0x404080},
                                                    {"LaneMkgsDriv", 0x8000c0},
                                                    {"LaneMkgsNonDriv", 0xc00040},
                                                    {"Misc_Text", 0x808040},
                                                    {"MotorcycleScooter", 0xc000c0},
                                                    {"OtherMoving", 0x804040},
                                                    {"ParkingBlock", 0x40c080},
                                                    {"Pedestrian", 0x404000},
                                                    {"Road", 0x804080},
                                                    {"RoadShoulder", 0x8080c0},
                                                    {"Sidewalk", 0x0000c0},
                                                    {"SignSymbol", 0xc08080},
                                                    {"Sky", 0x808080},
                                                    {"SUVPickupTruck", 0x4080c0},
                                                    {"TrafficCone", 0x000040},
                                                    {"TrafficLight", 0x004040},
                                                    {"Train", 0xc04080},
                                                    {"Tree", 0x808000},
                                                    {"Truck_Bus", 0xc080c0},
                                                    {"Tunnel", 0x400040},
                                                    {"VegetationMisc", 0xc0c000},
                                                    {"Wall", 0x40c000}}};
    std::vector<Name> names;
    for (const auto& known : kCamvid) {
        Name name;
        name.index = std::uint32_t(names.size()), name.text = known.name, name.colour = known.colour;
        name.nothing = names.empty();
        names.push_back(std::move(name));
    }
    return names;
}

std::vector<Name> devkitNames() {
    static constexpr std::array kDevkit{"background", "aeroplane", "bicycle",     "bird",  "boat",        "bottle", "bus",
                                        "car",        "cat",       "chair",       "cow",   "diningtable", "dog",    "horse",
                                        "motorbike",  "person",    "pottedplant", "sheep", "sofa",        "train",  "tvmonitor"};
    std::vector<Name> names;
    for (const char* text : kDevkit) {
        Name name;
        name.index = std::uint32_t(names.size()), name.text = text, name.colour = vocColour(name.index);
        name.nothing = names.empty();
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace lathe::formats::masks
