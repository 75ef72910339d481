#include "core/formats/via_survey.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/formats/json_items.h"
#include "core/formats/via.h"

namespace lathe::formats::via {
namespace {

constexpr std::array<std::string_view, 5> kClassNames{"class", "label", "name", "type", "category"};
constexpr std::array<std::string_view, 4> kFileClassNames{"class", "label", "category", "type"};
constexpr std::size_t kMostNames = 100'000, kMostAttributes = 1000;

bool isCalled(const std::string& attribute, std::string_view name) {
    return std::ranges::equal(attribute, name, [](char a, char b) { return std::tolower(std::uint8_t(a)) == b; });
}

}  // namespace

void Survey::Names::add(std::vector<std::string>&& names) {
    for (auto& name : names)
        if (order.size() < kMostNames && known.insert(name).second) order.push_back(std::move(name));
}

Survey::Names* Survey::attribute(const std::string& name) {
    if (const auto found = m_names.find(name); found != m_names.end()) return &found->second;
    if (m_order.size() == kMostAttributes) return nullptr;
    m_order.push_back(name);
    return &m_names[name];
}

void Survey::addProject(const Json& project) {
    const Json& attributes = memberOf(memberOf(project, "_via_attributes"), "region");
    if (!attributes.is_object()) return;
    for (const auto& [name, description] : attributes.items()) {
        Names* names = attribute(name);
        const std::string type = textOf(description, "type");
        if (!names || (type != "dropdown" && type != "radio")) continue;
        m_choices.push_back(name);
        if (const Json& options = memberOf(description, "options"); options.is_object())
            for (const auto& [option, text] : options.items())
                if (!option.empty() && option != "undefined") names->add({option});
    }
}

void Survey::addImage(const Json& image) {
    for (const Json* region : regionsOf(image)) {
        ++m_regions;
        const Json& attributes = memberOf(*region, "region_attributes");
        if (!attributes.is_object()) continue;
        for (const auto& [name, value] : attributes.items())
            if (Names* names = attribute(name)) {
                auto found = via::namesOf(value);
                names->regions += !found.empty();
                names->add(std::move(found));
            }
    }
    if (const std::string name = fileClassOf(image); !name.empty())
        m_imageNames.add(via::namesOf(memberOf(memberOf(image, "file_attributes"), name)));
}

std::string Survey::classAttribute() const {
    for (const auto wanted : kClassNames)
        for (const auto& name : m_order)
            if (isCalled(name, wanted)) return name;
    if (!m_choices.empty()) return m_choices.front();
    return m_order.empty() ? std::string() : m_order.front();
}

bool Survey::isGuess() const {
    const auto named = std::ranges::count_if(m_order, [](const auto& attribute) {
        return std::ranges::any_of(kClassNames, [&](std::string_view name) { return isCalled(attribute, name); });
    });
    return named > 1 || (named == 0 && !m_order.empty());
}

const std::vector<std::string>& Survey::namesOf(const std::string& attribute) const {
    static const std::vector<std::string> none;
    const auto found = m_names.find(attribute);
    return found == m_names.end() ? none : found->second.order;
}

std::int64_t Survey::regionsWith(const std::string& attribute) const {
    const auto found = m_names.find(attribute);
    return found == m_names.end() ? 0 : found->second.regions;
}

std::string fileClassOf(const Json& image) {
    const Json& attributes = memberOf(image, "file_attributes");
    if (!attributes.is_object()) return {};
    for (const auto wanted : kFileClassNames)
        for (const auto& [name, value] : attributes.items())
            if (isCalled(name, wanted) && !namesOf(value).empty()) return name;
    return {};
}

}  // namespace lathe::formats::via
