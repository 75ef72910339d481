// What writing Label Studio's tasks needs: the labelling interface that fits them, and the results of a task. Private to
// core/formats.
#pragma once
#include <map>
#include <set>

#include "core/formats/label_studio.h"

namespace lathe::formats::labelstudio {

inline constexpr const char* kImage = "image";

struct ControlKind;

/// The controls that results name, for the labelling interface.
class Interface {
public:
    /// The name of a control of that type: the wanted one, unless it is another type's.
    std::string use(std::string_view type, const std::string& wanted, bool aboutRegion = false);
    void label(const std::string& control, const std::string& label);
    void show(const std::string& image, const std::string& key) { m_images.try_emplace(image, key); }
    /// As XML. Classes that nothing is of are offered with the first labels there are.
    [[nodiscard]] std::string text(std::span<const ClassRecord> classes);

private:
    struct Control {
        const ControlKind* kind;
        bool aboutRegion;
        std::vector<std::string> labels;
    };
    void addUnused(std::span<const ClassRecord> classes);

    std::map<std::string, Control> m_controls;
    std::map<std::string, std::string> m_images;
    std::set<std::pair<std::string, std::string>> m_seen;
};

/// The foreign fields that reading kept; null when there are none.
[[nodiscard]] const Json& ownOf(const Json& extra);

struct TaskResults {
    Json results = Json::array();
    std::int64_t annotations = 0;
    bool sized = false;  ///< one says how large the picture is
};
/// The results of one image of that size. What can't be said goes to `losses`.
[[nodiscard]] TaskResults resultsOf(const ImageRecord& image, const Size& size, const WriteSource& source, Interface& interface,
                                    Losses& losses);

}  // namespace lathe::formats::labelstudio
