#include "core/formats/voc_xml.h"

#include <fmt/format.h>
#include <charconv>
#include <cmath>
#include <cstring>
#include <sstream>

#include "core/base/json_depth.h"

namespace lathe::formats {
namespace {

using annot::Annotation;
using pugi::xml_node;

constexpr int kDeepest = 64;
constexpr std::uint32_t kVocFlags = annot::Truncated | annot::Difficult | annot::Occluded;

struct FlagName {
    annot::Flag flag;
    const char* name;
    bool always;  // written when it is 0 too
};
constexpr FlagName kVocXmlFlags[] = {
    {annot::Truncated, "truncated", true}, {annot::Difficult, "difficult", true}, {annot::Occluded, "occluded", false}};

// An element as JSON: text, or an object of its children ("@name": an attribute; a repeated child: an array).
Json jsonOf(const xml_node& node, int depth = 0) {
    Json out;
    for (const auto& attribute : node.attributes()) out[fmt::format("@{}", attribute.name())] = attribute.value();
    for (const auto& child : node.children()) {
        if (child.type() != pugi::node_element || depth > kDeepest) continue;
        Json value = jsonOf(child, depth + 1);
        if (!out.contains(child.name()))
            out[child.name()] = std::move(value);
        else if (out[child.name()].is_array())
            out[child.name()].push_back(std::move(value));
        else
            out[child.name()] = Json::array({out[child.name()], std::move(value)});
    }
    return out.is_null() ? Json(node.text().get()) : out;
}

void putJson(xml_node parent, const std::string& name, const Json& value) {
    if (value.is_array()) {
        for (const auto& item : value) putJson(parent, name, item);
        return;
    }
    if (name.starts_with('@')) {
        parent.append_attribute(name.c_str() + 1) = value.is_string() ? value.get<std::string>().c_str() : value.dump().c_str();
        return;
    }
    xml_node node = parent.append_child(name.c_str());
    if (value.is_object())
        for (const auto& [key, item] : value.items()) putJson(node, key, item);
    else
        node.text() = value.is_string() ? value.get<std::string>().c_str() : value.dump().c_str();
}

void putVocExtra(xml_node parent, const Json& extra) {
    if (!extra.is_object() || !extra.contains("voc") || !extra["voc"].is_object()) return;
    for (const auto& [key, value] : extra["voc"].items()) putJson(parent, key, value);
}

constexpr const char* kVocFrom = "voc_from";  // of a record's extra: 0 or 1, where someone said it

// The devkit's way of counting; see the header.
bool countsFromOne(const Json& extra) {
    if (extra.is_object() && extra.contains(kVocFrom)) return extra[kVocFrom] == 1;
    if (!extra.is_object() || !extra.contains("voc")) return false;
    const Json& source = extra["voc"].value("source", Json());
    if (!source.is_object() || !source.contains("database") || !source["database"].is_string()) return false;
    const auto database = source["database"].get<std::string>();
    return database.starts_with("The VOC20") && database.ends_with("Database");
}

std::string trimmed(const char* text) {
    std::string_view view(text);
    const auto first = view.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(view.substr(first, view.find_last_not_of(" \t\r\n") - first + 1));
}

bool numberOf(const xml_node& node, double& value) {
    const std::string text = trimmed(node.text().get());
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(value);
}

// The width with which from + width is `to` again: the nearest double to to - from, or its neighbour where that one ties.
double extentOf(double from, double to) {
    const double extent = to - from;
    if (from + extent == to) return extent;
    for (const double other : {std::nextafter(extent, 1e300), std::nextafter(extent, -1e300)})
        if (from + other == to) return other;
    return extent;
}

Result<annot::Rect> boxOf(const xml_node& object, bool fromOne) {
    const xml_node box = object.child("bndbox");
    if (!box) return fail(ErrorCode::InvalidData, "has no <bndbox>; it is left out");
    double v[4];
    const char* names[4] = {"xmin", "ymin", "xmax", "ymax"};
    for (int k = 0; k < 4; ++k)
        if (!numberOf(box.child(names[k]), v[k]))
            return fail(ErrorCode::InvalidData,
                        fmt::format("<{}> isn't a number: \"{}\"; it is left out", names[k], box.child(names[k]).text().get()));
    const double x = fromOne ? v[0] - 1 : v[0], y = fromOne ? v[1] - 1 : v[1];
    if (v[2] <= x || v[3] <= y)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the box {}, {} to {}, {} has no area; it is left out", v[0], v[1], v[2], v[3]));
    return annot::Rect{x, y, extentOf(x, v[2]), extentOf(y, v[3])};
}

void readAttributes(const xml_node& list, Annotation& annotation) {
    for (const auto& attribute : list.children("attribute"))
        annotation.attributes[attribute.child_value("name")] = trimmed(attribute.child_value("value"));
}

void readField(const xml_node& field, Annotation& annotation) {
    const std::string name = field.name();
    for (const auto& flag : kVocXmlFlags) {
        if (name != flag.name) continue;
        const std::string value = trimmed(field.text().get());
        if (value == "1") annotation.flags |= flag.flag;
        if (value == "1" || (value == "0" && flag.always)) return;
    }
    if (name == "attributes") return readAttributes(field, annotation);
    if (name == "lathe") return applyMeta(annotation, base::parseOrDiscard(field.text().get()));
    if (name != "name" && name != "bndbox") annotation.extra["voc"][name] = Json();
}

Result<Annotation> readObject(const xml_node& object, bool fromOne, const std::function<ClassId(const std::string&)>& classOf) {
    const std::string className = trimmed(object.child("name").text().get());
    if (className.empty()) return fail(ErrorCode::InvalidData, "has no <name>; it is left out");
    LATHE_TRY(const annot::Rect box, boxOf(object, fromOne));
    Annotation annotation;
    annotation.classId = classOf(className);
    annotation.shape = annot::Box{box};
    for (const auto& field : object.children())
        if (field.type() == pugi::node_element) readField(field, annotation);
    if (annotation.extra.is_object()) {
        const Json all = jsonOf(object);
        for (auto& [key, value] : annotation.extra["voc"].items()) value = all[key];
    }
    return annotation;
}

// Elements of the file that Lathe has no field for. <size> stays when it says more than width and height.
Json rootExtra(const xml_node& root) {
    Json all = jsonOf(root);
    if (!all.is_object()) return {};
    for (const char* known : {"object", "filename"}) all.erase(known);
    if (all.contains("size") && all["size"].is_object())
        for (const char* known : {"width", "height"}) all["size"].erase(known);
    if (all.contains("size") && all["size"].empty()) all.erase("size");
    return all.empty() ? Json() : Json{{"voc", std::move(all)}};
}

int wholeOf(const xml_node& node) {
    double value = 0;
    return numberOf(node, value) && value > 0 && value < 1e9 ? int(value) : 0;
}

std::string decimal(double value) {
    return fmt::format("{}", value == 0 ? 0.0 : value);
}

void putBox(xml_node object, const annot::Rect& r, bool fromOne) {
    xml_node box = object.append_child("bndbox");
    const double one = fromOne ? 1 : 0;
    box.append_child("xmin").text() = decimal(r.x + one).c_str();
    box.append_child("ymin").text() = decimal(r.y + one).c_str();
    box.append_child("xmax").text() = decimal(r.x + r.w).c_str();
    box.append_child("ymax").text() = decimal(r.y + r.h).c_str();
}

void putAttributes(xml_node object, const Json& attributes) {
    if (!attributes.is_object() || attributes.empty()) return;
    xml_node list = object.append_child("attributes");
    for (const auto& [name, value] : attributes.items()) {
        xml_node attribute = list.append_child("attribute");
        attribute.append_child("name").text() = name.c_str();
        attribute.append_child("value").text() = value.is_string() ? value.get<std::string>().c_str() : value.dump().c_str();
    }
}

void putObject(xml_node root, const Annotation& annotation, const std::string& className, bool fromOne) {
    xml_node object = root.append_child("object");
    object.append_child("name").text() = className.c_str();
    putVocExtra(object, annotation.extra);
    for (const auto& flag : kVocXmlFlags)
        if ((flag.always || annotation.flags & flag.flag) && !object.child(flag.name))
            object.append_child(flag.name).text() = annotation.flags & flag.flag ? "1" : "0";
    putBox(object, annot::bounds(annotation.shape), fromOne);
    putAttributes(object, annotation.attributes);
    if (const Json meta = metaOf(annotation, kVocFlags); !meta.is_null())
        object.append_child("lathe").text() = meta.dump(-1, ' ', false, Json::error_handler_t::replace).c_str();
}

bool hasArea(const annot::Shape& shape) {
    const annot::Rect box = annot::bounds(shape);
    return box.w > 0 && box.h > 0;
}

// What of the shape doesn't come over: nothing of a box.
std::string lossOf(const annot::Shape& shape) {
    if (std::holds_alternative<annot::Box>(shape) && hasArea(shape)) return {};
    const bool named =
        hasArea(shape) || std::holds_alternative<annot::ImageLabel>(shape) || std::holds_alternative<annot::Dot>(shape);
    return named ? std::string(annot::kindName(shape)) : "shape without an area";
}

xml_node childOrNew(xml_node parent, const char* name) {
    const xml_node child = parent.child(name);
    return child ? child : parent.append_child(name);
}

void putSize(xml_node root, const ImageRecord& image) {
    if (image.width <= 0 || image.height <= 0) return;
    xml_node size = childOrNew(root, "size");
    xml_node first = size.prepend_child("height");
    first.text() = image.height;
    size.prepend_child("width").text() = image.width;
}

}  // namespace

Result<VocFile> parseVoc(const std::string& text, const std::string& name,
                         const std::function<ClassId(const std::string&)>& classOf, VocPixels pixels) {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(text.data(), text.size());
    if (!parsed)
        return fail(ErrorCode::InvalidData, fmt::format("isn't readable XML at byte {}: {}", parsed.offset, parsed.description()),
                    name);
    const xml_node root = document.child("annotation");
    if (!root) return fail(ErrorCode::InvalidData, "has no <annotation> at its top, so it isn't Pascal VOC", name);
    VocFile file;
    file.filename = trimmed(root.child("filename").text().get());
    file.record.width = wholeOf(root.child("size").child("width"));
    file.record.height = wholeOf(root.child("size").child("height"));
    file.record.extra = rootExtra(root);
    if (pixels != VocPixels::Auto) file.record.extra[kVocFrom] = pixels == VocPixels::FromOne ? 1 : 0;
    const bool fromOne = countsFromOne(file.record.extra);
    for (const auto& object : root.children("object")) {
        ++file.objects;
        auto annotation = readObject(object, fromOne, classOf);
        if (!annotation) {
            const bool noArea = annotation.error().code == ErrorCode::InvalidArgument;
            file.problems.push_back({fmt::format("{}, object {}", name, file.objects), noArea ? "zero_area" : "invalid_data",
                                     annotation.error().message});
            continue;
        }
        annotation->id = AnnotationId(file.objects);
        file.record.annotations.push_back(std::move(*annotation));
    }
    return file;
}

std::vector<std::string> vocClassNames(const std::string& text) {
    pugi::xml_document document;
    std::vector<std::string> names;
    if (document.load_buffer(text.data(), text.size()))
        for (const auto& object : document.child("annotation").children("object"))
            names.push_back(trimmed(object.child("name").text().get()));
    std::erase(names, "");
    return names;
}

std::string vocText(const ImageRecord& image, const std::string& imageName, std::span<const ClassRecord> classes,
                    std::int64_t& written, Losses& losses) {
    pugi::xml_document document;
    xml_node root = document.append_child("annotation");
    putVocExtra(root, image.extra);
    root.prepend_child("filename").text() = imageName.c_str();
    if (const xml_node folder = root.child("folder")) root.prepend_move(folder);
    putSize(root, image);
    const bool fromOne = countsFromOne(image.extra);
    for (const auto& annotation : image.annotations) {
        const auto index = std::size_t(annotation.classId.value - 1);
        if (const std::string loss = lossOf(annotation.shape); !loss.empty()) losses.add(loss, image.name);
        if (index >= classes.size() || !hasArea(annotation.shape)) continue;
        putObject(root, annotation, classes[index].name, fromOne);
        ++written;
    }
    std::ostringstream out;
    document.save(out, "\t", pugi::format_default | pugi::format_no_declaration);
    return out.str();
}

}  // namespace lathe::formats
