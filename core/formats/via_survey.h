// Which attribute of the regions is the class: a look through the label files before the images are delivered. Private to
// core/formats.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/json.h"

namespace lathe::formats::via {

class Survey {
public:
    /// `_via_attributes` of a project file: which attributes are choices.
    void addProject(const Json& project);
    void addImage(const Json& image);

    /// The attribute called class, label, name, type or category; else the first that is a choice (a menu or radio buttons); else
    /// the first. Empty when regions have none.
    [[nodiscard]] std::string classAttribute() const;
    /// Was it taken for want of a better one, or were there others as good?
    [[nodiscard]] bool isGuess() const;
    [[nodiscard]] const std::vector<std::string>& attributes() const { return m_order; }
    /// The names of that attribute, in the order in which they are met.
    [[nodiscard]] const std::vector<std::string>& namesOf(const std::string& attribute) const;
    /// Classes of whole images.
    [[nodiscard]] const std::vector<std::string>& imageNames() const { return m_imageNames.order; }
    [[nodiscard]] std::int64_t regions() const { return m_regions; }
    [[nodiscard]] std::int64_t regionsWith(const std::string& attribute) const;

private:
    struct Names {
        std::vector<std::string> order;
        std::unordered_set<std::string> known;
        std::int64_t regions = 0;
        void add(std::vector<std::string>&& names);
    };
    Names* attribute(const std::string& name);

    std::vector<std::string> m_order, m_choices;
    std::unordered_map<std::string, Names> m_names;
    Names m_imageNames;
    std::int64_t m_regions = 0;
};

/// The file attribute that is the class of the whole image; empty when there is none.
[[nodiscard]] std::string fileClassOf(const Json& image);

}  // namespace lathe::formats::via
