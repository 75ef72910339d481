#include "core/formats/masks_meaning.h"

#include <fmt/format.h>
#include <algorithm>
#include <span>

#include "core/formats/mask_pixels.h"

namespace lathe::formats::masks {
namespace {

constexpr std::size_t kMostColours = 256;  // more in one set are no classes

std::uint32_t placeOf(const std::unordered_map<std::uint32_t, std::uint32_t>& places, std::uint32_t value) {
    const auto found = places.find(value);
    return found == places.end() ? 0 : found->second;
}

}  // namespace

void Seen::add(const image::IndexImage& mask) {
    if (mask.isColour()) {
        allGrey = allGrey && isGreyThroughout(mask.values);
        if (colours.size() <= kMostColours) colours.merge(maskValuesOf(mask.values, kMostColours));
    } else if (mask.values.depth() == CV_16U) {
        wide.merge(maskValuesOf(mask.values, UINT16_MAX + 1));
    } else if (mask.palette.empty()) {
        grey.merge(maskValuesOf(mask.values, 256));
    } else {
        for (const std::uint32_t index : maskValuesOf(mask.values, 256)) {
            indices.insert(index);
            if (index >= mask.palette.size()) continue;
            indexColours.insert(mask.palette[index]);
            palette.emplace(index, mask.palette[index]);
        }
    }
}

Meanings::Meanings(const Seen& seen, Names names, Problems& problems)
    : m_seen(seen), m_names(std::move(names)), m_problems(problems) {
    decide();
    for (const Name& name : m_names.list) addNamed(name);
    nameIndices();
    nameColours();
    if (m_seen.objects || (!m_seen.wide.empty() && !m_wideIsClass)) nameObject();
}

std::function<std::uint32_t(std::uint32_t)> Meanings::of(const image::IndexImage& mask) const {
    if (mask.isColour() && !m_coloursAreIndices) return [this](std::uint32_t colour) { return placeOf(m_byColour, colour); };
    if (mask.isColour()) return [this](std::uint32_t colour) { return placeOf(m_byIndex, colour & 0xff); };
    if (m_indicesByColour && !mask.palette.empty())
        return [this, &mask](std::uint32_t index) {
            return index < mask.palette.size() ? placeOf(m_byColour, mask.palette[index]) : 0;
        };
    if (m_greyByColour && mask.palette.empty() && mask.values.depth() == CV_8U)
        return [this](std::uint32_t grey) { return placeOf(m_byColour, grey * 0x10101); };
    return [this](std::uint32_t index) { return placeOf(m_byIndex, index); };
}

bool Meanings::areNamedColours(const std::set<std::uint32_t>& colours) const {
    return std::ranges::all_of(colours, [&](std::uint32_t colour) {
        return colour == 0 || colour == kVoidColour ||
               std::ranges::any_of(m_names.list, [&](const Name& name) { return name.colour == colour; });
    });
}

// Whether values are looked up by index or by colour: for each way of storing them, the one by which all of them have names.
void Meanings::decide() {
    const bool colours = m_names.haveColours();
    const auto isNamed = [&](std::uint32_t index) {
        return index == 0 || index == kVoid || index == UINT16_MAX ||
               std::ranges::any_of(m_names.list, [&](const Name& name) { return name.index == index; });
    };
    m_coloursAreIndices = !m_seen.colours.empty() && m_seen.allGrey && !(colours && areNamedColours(m_seen.colours));
    m_indicesByColour = colours && areNamedColours(m_seen.indexColours);
    std::set<std::uint32_t> greys;
    for (const std::uint32_t grey : m_seen.grey) greys.insert(grey * 0x10101);
    m_greyByColour = colours && areNamedColours(greys) && !std::ranges::all_of(m_seen.grey, isNamed);
    m_wideIsClass = m_names.classCount() > 1 && std::ranges::all_of(m_seen.wide, isNamed);
    shiftNames();
}

// "dog, cat" beside values 0, 1, 2: the list leaves the background out.
void Meanings::shiftNames() {
    std::set<std::uint32_t> used = indicesSeen();
    if (m_names.list.size() == 1 && areBlackAndWhite(used)) {
        m_names.list.front().index = kVoid;
        return;
    }
    used.erase(kVoid);
    if (m_names.list.empty() || m_names.haveColours() || used.empty()) return;
    const bool saysNothing = std::ranges::any_of(m_names.list, [](const Name& name) { return name.nothing; });
    if (saysNothing || m_names.list.front().index != 0 || *used.rbegin() != m_names.list.size() || !used.contains(0)) return;
    for (Name& name : m_names.list) ++name.index;
    m_problems.push_back({m_names.file, "shifted_names",
                          fmt::format("has {0} names for the values 0 to {0}: taken as the names of 1 to {0}, 0 as background",
                                      m_names.list.size())});
}

// All values that are looked up by index.
std::set<std::uint32_t> Meanings::indicesSeen() const {
    std::set<std::uint32_t> used = m_seen.indices;
    if (m_indicesByColour) used.clear();
    if (!m_greyByColour) used.insert(m_seen.grey.begin(), m_seen.grey.end());
    if (m_wideIsClass) used.insert(m_seen.wide.begin(), m_seen.wide.end());
    if (m_coloursAreIndices)
        for (const std::uint32_t colour : m_seen.colours) used.insert(colour & 0xff);
    return used;
}

std::uint32_t Meanings::classNamed(const std::string& text, std::optional<std::uint32_t> colour) {
    const ClassId id = m_classes.idOf(text);
    ClassRecord& record = m_classes.record(id);
    if (colour && record.colour.empty()) record.colour = colourText(*colour);
    return std::uint32_t(id.value);
}

std::optional<std::uint32_t> Meanings::shownAs(std::uint32_t index) const {
    const auto shown = m_seen.palette.find(index);
    return shown == m_seen.palette.end() ? std::nullopt : std::optional(shown->second);
}

void Meanings::addNamed(const Name& name) {
    std::uint32_t place = 0;
    if (!name.nothing) {
        place = classNamed(name.text, name.colour ? name.colour : shownAs(name.index));
        if (name.extra.is_object()) m_classes.record(ClassId(place)).extra = name.extra;
    }
    m_byIndex.emplace(name.index, place);
    if (name.colour) m_byColour.emplace(*name.colour, place);
}

// The name of what is there at all: the only class, or a word for it.
std::string Meanings::onlyName(const char* otherwise) const {
    const auto first = std::ranges::find_if(m_names.list, [](const Name& name) { return !name.nothing; });
    return m_names.classCount() == 1 ? first->text : otherwise;
}

// 255 is what the masks are about when there is nothing else; in a palette it is VOC's border.
bool Meanings::areBlackAndWhite(const std::set<std::uint32_t>& values) const {
    return m_seen.indices.empty() && values.contains(kVoid) &&
           std::ranges::all_of(values, [](std::uint32_t value) { return value == 0 || value == kVoid; });
}

void Meanings::nameIndices() {
    auto unnamed = indicesSeen();
    const bool binary = areBlackAndWhite(unnamed);
    std::erase_if(unnamed, [&](std::uint32_t value) { return value == 0 || m_byIndex.contains(value); });
    if (binary && unnamed.contains(kVoid)) {
        m_byIndex.emplace(kVoid, classNamed(onlyName("foreground"), {}));
        m_problems.push_back(
            {"masks", "binary_masks", fmt::format("have no values but 0 and 255: 255 is taken as \"{}\"", onlyName("foreground"))});
        return;
    }
    unnamed.erase(kVoid);
    std::vector<std::string> named;
    for (const std::uint32_t value : unnamed) {
        named.push_back(fmt::format("class_{}", value));
        m_byIndex.emplace(value, classNamed(named.back(), shownAs(value)));
    }
    tell(named, "values");
}

void Meanings::nameColours() {
    if (m_coloursAreIndices || m_seen.colours.empty()) return;
    std::vector<std::uint32_t> unnamed;
    for (const std::uint32_t colour : m_seen.colours)
        if (colour != 0 && colour != kVoidColour && !m_byColour.contains(colour)) unnamed.push_back(colour);
    if (unnamed.size() >= kMostColours) {
        m_problems.push_back({"masks", "too_many_colours",
                              "have more colours than a set has classes (photographs, or smoothed edges?): colours that no file "
                              "names are left out"});
        return;
    }
    std::vector<std::string> named;
    for (const std::uint32_t colour : unnamed) {
        named.push_back("colour_" + colourText(colour).substr(1));
        m_byColour.emplace(colour, classNamed(named.back(), colour));
    }
    tell(named, "colours");
}

void Meanings::tell(const std::vector<std::string>& named, const char* what) {
    constexpr std::size_t kNamed = 8;
    if (named.empty()) return;
    const std::span<const std::string> some(named.data(), std::min(named.size(), kNamed));
    m_problems.push_back({m_names.file.empty() ? "masks" : m_names.file, "unnamed_class",
                          fmt::format("{} {} of the masks have no name: they are called {}{}; put a labelmap.txt beside the masks "
                                      "to name them",
                                      named.size(), what, fmt::join(some, ", "), named.size() > kNamed ? " ..." : "")});
}

void Meanings::nameObject() {
    m_objectClass = classNamed(onlyName("object"), {});
    if (m_names.classCount() != 1)
        m_problems.push_back(
            {"masks", "unnamed_class", "number objects and say nothing about their class: all are called \"object\""});
}

}  // namespace lathe::formats::masks
