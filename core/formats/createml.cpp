// "createml": JSON lists of Create ML anywhere below a folder (Roboflow: one a split), or one of them.
#include "core/formats/createml.h"

#include <algorithm>
#include <fstream>

#include "core/formats/json_items.h"
#include "core/formats/registry.h"
#include "core/formats/source_files.h"
#include "core/formats/title_words.h"

namespace lathe::formats::createml {
namespace {

namespace fs = std::filesystem;

constexpr int kFilesLookedAt = 20;
constexpr std::int64_t kEntriesLookedAt = 20;

bool isBox(const Json& annotation) {
    const Json& box = memberOf(annotation, "coordinates");
    return std::ranges::all_of(std::initializer_list<const char*>{"x", "y", "width", "height"},
                               [&](const char* key) { return box.contains(key); }) &&
           box.is_object();
}

Likeness likenessOfLabels(const Json& label) {
    const auto isText = [](const Json& value) { return value.is_string(); };
    return label.is_string() || (label.is_array() && std::ranges::all_of(label, isText)) ? Likeness::Labels : Likeness::No;
}

class CreateMl final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "createml"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "Create ML JSON: boxes by their centre, whole-image classes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return source.extension() == ".json" ? sureness(source) : 0;
        double best = 0;
        int looked = 0;
        for (const auto& file : filesBelow(source, ".json")) {
            best = std::max(best, sureness(file));
            if (best >= 0.9 || ++looked == kFilesLookedAt) break;
        }
        return best;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return createml::read(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return createml::write(folder, source, options, stop, progress);
    }

private:
    static double sureness(const fs::path& file) {
        const Likeness likeness = likenessOf(file);
        return likeness == Likeness::Boxes ? 0.92 : likeness == Likeness::Labels ? 0.7 : 0;
    }
};

}  // namespace

std::string imageKey(const Json& entry) {
    for (const char* key : {"image", "imagefilename", "filename"})
        if (memberOf(entry, key).is_string()) return key;
    return {};
}

std::string annotationsKey(const Json& entry) {
    for (const char* key : {"annotations", "annotation"})
        if (!memberOf(entry, key).is_null()) return key;
    return {};
}

Likeness likenessOf(const Json& entry) {
    if (imageKey(entry).empty()) return Likeness::No;
    const std::string key = annotationsKey(entry);
    if (key.empty()) return entry.contains("label") ? likenessOfLabels(entry["label"]) : Likeness::No;
    const Json& list = entry[key];
    if (list.is_object()) return isBox(list) ? Likeness::Boxes : Likeness::No;
    if (!list.is_array()) return likenessOfLabels(list);
    auto best = Likeness::Empty;
    for (const Json& annotation : list) {
        if (!annotation.is_string() && !memberOf(annotation, "label").is_string()) return Likeness::No;
        const bool bare = annotation.is_string() || !annotation.contains("coordinates");
        if (bare && annotation.is_object() && annotation.size() > 1) return Likeness::No;
        if (!bare && !isBox(annotation)) return Likeness::No;
        best = std::max(best, bare ? Likeness::Labels : Likeness::Boxes);
    }
    return best;
}

Likeness likenessOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(256, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string::npos || head[first] != '[') return Likeness::No;
    std::stop_source enough;
    auto best = Likeness::Empty;
    bool no = false;
    (void)eachJsonItem(file, "",
                       [&](JsonItem&& item) {
                           if (item.index >= kEntriesLookedAt) {
                               enough.request_stop();
                               return;
                           }
                           const Likeness likeness = item.value ? likenessOf(*item.value) : Likeness::No;
                           no = no || likeness == Likeness::No;
                           best = std::max(best, likeness);
                       },
                       enough.get_token(), {});
    return no ? Likeness::No : best;
}

}  // namespace lathe::formats::createml

namespace lathe::formats {

const Format& createmlFormat() {
    static const createml::CreateMl format;
    return format;
}

}  // namespace lathe::formats
