#include "core/engine/load/dataset.h"

#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <numeric>

#include "core/image/decode.h"

namespace lathe::engine::load {
namespace {

constexpr std::size_t kNamed = 5;  ///< items that a message names

/// "a, b and 3 others: reason", one message a reason.
class Reasons {
public:
    void add(const std::string& reason, const std::string& item) { m_items[reason].push_back(item); }
    [[nodiscard]] std::vector<std::string> messages() const {
        std::vector<std::string> out;
        for (const auto& [reason, items] : m_items) {
            std::string names;
            for (std::size_t i = 0; i < std::min(items.size(), kNamed); ++i) names += (i > 0 ? ", " : "") + items[i];
            if (items.size() > kNamed) names += fmt::format(" and {} others", items.size() - kNamed);
            out.push_back(fmt::format("{}: {}", names, reason));
        }
        return out;
    }

private:
    std::map<std::string, std::vector<std::string>> m_items;
};

bool isArea(const annot::Shape& shape) {
    return std::holds_alternative<annot::Polygon>(shape) || std::holds_alternative<annot::Mask>(shape);
}

/// Objects of the task, with its classes; what is wrong with the others is told.
std::vector<Object> usable(const Sample& sample, const std::string& task, const std::vector<int>& classes, Reasons& reasons) {
    std::vector<Object> objects;
    for (Object object : sample.objects) {
        object.category = object.category < 0 ? -1 : classes[std::size_t(object.category)];
        if (object.category < 0 || (task == "segment" && !isArea(object.shape))) continue;
        const auto* mask = std::get_if<annot::Mask>(&object.shape);
        if (mask && (int(mask->width) != sample.width || int(mask->height) != sample.height)) {
            reasons.add("a mask of another size than its image is left out", sample.path);
            continue;
        }
        const auto box = annot::bounds(object.shape);
        if (!(box.w > 0) || !(box.h > 0)) {
            reasons.add("a box without area is left out", sample.path);
            continue;
        }
        objects.push_back(std::move(object));
    }
    return objects;
}

std::vector<train::LabelledBox> boxesOf(const std::vector<Object>& objects) {
    std::vector<train::LabelledBox> boxes;
    for (const Object& object : objects) {
        const auto b = annot::bounds(object.shape);
        boxes.push_back({object.category,
                         {float(b.x), float(b.y), float(b.x + b.w), float(b.y + b.h)},
                         float(annot::area(object.shape)),
                         object.crowd});
    }
    return boxes;
}

/// Each item is known by the class in it that fewest items have: samplers balance by it.
void labelByRarest(Labelled& data) {
    std::map<int, std::int64_t> items;
    for (const Sample& sample : data.samples) {
        std::vector<int> seen;
        for (const Object& object : sample.objects) seen.push_back(object.category);
        std::sort(seen.begin(), seen.end());
        seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
        for (const int category : seen) ++items[category];
    }
    for (std::size_t i = 0; i < data.samples.size(); ++i) {
        const auto& objects = data.samples[i].objects;
        if (objects.empty()) continue;
        const auto rarest = std::min_element(objects.begin(), objects.end(), [&](const Object& a, const Object& b) {
            return std::pair(items[a.category], a.category) < std::pair(items[b.category], b.category);
        });
        data.items[i].label = rarest->category;
    }
}

/// Somebody looked at it and says that there is nothing to be found.
bool isKnownEmpty(const Sample& sample) {
    return sample.objects.empty() && (sample.state == "done" || sample.state == "accepted");
}

/// Pictures without boxes teach a detector what is nothing, where some others have boxes.
bool takesEmpty(const Manifest& manifest, const std::string& task, const std::vector<int>& classes) {
    return task == "detect" && std::ranges::any_of(manifest.samples, [&](const Sample& sample) {
               return std::ranges::any_of(sample.objects, [&](const Object& object) {
                   return object.category >= 0 && classes[std::size_t(object.category)] >= 0;
               });
           });
}

void fillSize(Sample& sample) {
    if (sample.width > 0 && sample.height > 0) return;
    if (const auto info = image::probe(sample.path)) sample.width = info->width, sample.height = info->height;
}

}  // namespace

Labelled labelled(const Manifest& manifest, const std::string& task, const std::vector<int>& classes) {
    Labelled data;
    Reasons reasons;
    const bool classify = task == "classify";
    const bool negatives = takesEmpty(manifest, task, classes);
    std::size_t without = 0, empty = 0;
    for (Sample sample : manifest.samples) {
        const bool knownEmpty = negatives && isKnownEmpty(sample);
        if (classify) {
            sample.label = sample.label < 0 ? -1 : classes[std::size_t(sample.label)];
        } else {
            fillSize(sample);
            sample.objects = usable(sample, task, classes, reasons);
        }
        empty += knownEmpty;
        if (classify ? sample.label < 0 : sample.objects.empty() && !knownEmpty) {
            ++without;
            continue;
        }
        train::Item item{sample.image, sample.split, sample.label, sample.path, sample.width, sample.height, {}};
        if (task == "detect") item.boxes = boxesOf(sample.objects);
        data.items.push_back(std::move(item));
        data.samples.push_back(std::move(sample));
    }
    if (!classify) labelByRarest(data);
    data.messages = reasons.messages();
    const char* what = classify ? "class" : task == "detect" ? "box" : "outline or mask";
    if (without > 0) data.messages.push_back(fmt::format("{} images have no {} and are left out", without, what));
    if (empty > 0)
        data.messages.push_back(fmt::format(
            "{} images without a box are marked done: they are learnt and judged as pictures with nothing in them", empty));
    return data;
}

Labelled labelled(const Manifest& manifest, const std::string& task) {
    std::vector<int> same(manifest.classes.size());
    std::iota(same.begin(), same.end(), 0);
    return labelled(manifest, task, same);
}

}  // namespace lathe::engine::load
