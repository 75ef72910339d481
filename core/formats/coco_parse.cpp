#include "core/formats/coco_parse.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <bit>
#include <charconv>
#include <cmath>

#include "core/annot/mask.h"
#include "core/base/json_depth.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"

namespace lathe::formats {
namespace {

namespace od = simdjson::ondemand;
using annot::Annotation;

constexpr std::size_t kMostProblems = 2000;  // of one parser; the rest is counted

// A bad element: a code for `problems` and the reason.
struct Bad {
    std::string code, message;
};

[[noreturn]] void bad(std::string code, std::string message) {
    throw Bad{std::move(code), std::move(message)};
}

bool sameBits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
bool sameBits(const annot::Rect& a, const annot::Rect& b) {
    return sameBits(a.x, b.x) && sameBits(a.y, b.y) && sameBits(a.w, b.w) && sameBits(a.h, b.h);
}

std::int64_t wholeOf(double value) {
    if (value != std::floor(value) || std::abs(value) > 9e15) bad("bad_id", fmt::format("the id {} isn't a whole number", value));
    return std::int64_t(value);
}

std::int64_t idOf(od::value value, CocoIds& ids) {
    if (value.type() == od::json_type::string) return ids.ofText(value.get_string());
    const od::number number = value.get_number();
    return number.is_int64() ? number.get_int64() : wholeOf(number.is_uint64() ? double(number.get_uint64()) : number.get_double());
}

bool flagOf(od::value value) {
    if (value.type() == od::json_type::string) {  // Label Studio's "false"
        const std::string_view text = value.get_string();
        return text == "true" || text == "True" || text == "1";
    }
    return value.type() == od::json_type::boolean ? bool(value.get_bool()) : double(value.get_double()) != 0;
}

std::string_view textOf(od::value value) {
    return simdjson::to_json_string(value);
}

std::string_view shallow(std::string_view text) {
    if (base::isTooDeep(text))
        bad("invalid_data", fmt::format("is nested more than {} levels deep; it is left out", base::kDeepestJson));
    return text;
}

Json jsonOf(od::value value) {
    Json json = Json::parse(shallow(textOf(value)), nullptr, false);
    if (json.is_discarded()) bad("invalid_data", "holds JSON that can't be read");
    return json;
}

void numbersOf(od::array array, std::vector<double>& out) {
    for (double value : array) out.push_back(value);
}

annot::Mask maskOf(od::object object) {
    annot::Mask mask;
    std::string text;
    bool compressed = false, haveSize = false;
    for (auto field : object) {
        const od::raw_json_string key = field.key();
        if (key == "size") {
            std::vector<double> size;
            numbersOf(field.value().get_array(), size);
            haveSize = size.size() == 2 && size[0] >= 0 && size[1] >= 0 && size[0] < 1e6 && size[1] < 1e6;
            if (haveSize) mask.height = std::uint32_t(size[0]), mask.width = std::uint32_t(size[1]);
        } else if (key == "counts") {
            od::value counts = field.value();
            compressed = counts.type() == od::json_type::string;
            if (compressed)
                text = std::string_view(counts.get_string());
            else
                for (std::uint64_t count : counts.get_array())
                    mask.counts.push_back(std::uint32_t(std::min<std::uint64_t>(count, UINT32_MAX)));
        }
    }
    if (!haveSize) bad("bad_mask", "its run-length mask has no \"size\": [height, width]; it is left out");
    if (!compressed) {
        if (const auto checked = annot::checkMask(mask); !checked) bad("bad_mask", checked.error().message + "; it is left out");
        return mask;
    }
    auto read = annot::maskFromCocoText(text, mask.height, mask.width);
    if (!read) bad("bad_mask", read.error().message + "; it is left out");
    return *read;
}

void addRing(annot::Polygon& polygon, const std::vector<double>& numbers) {
    if (numbers.empty()) return;
    if (numbers.size() % 2 || numbers.size() < 6)
        bad("bad_polygon",
            fmt::format("a ring has {} numbers; three points or more, x and y each, are needed; it is left out", numbers.size()));
    auto& ring = polygon.rings.emplace_back(numbers.size() / 2);
    for (std::size_t k = 0; k < ring.size(); ++k) ring[k] = {numbers[2 * k], numbers[2 * k + 1]};
}

// The fields of one annotation as they are met.
struct Fields {
    Annotation annotation;
    std::int64_t image = 0, category = 0;
    bool haveImage = false, haveCategory = false, caption = false, segments = false, haveBox = false;
    annot::Rect box;
    annot::Polygon polygon;
    std::optional<annot::Mask> mask;
    std::optional<std::vector<double>> keypoints;
    std::optional<double> namedKeypoints;
    Json segmentation;  // kept beside keypoints
    Json ownShape;      // as Lathe wrote it
};

void readBox(od::value value, Fields& f) {
    std::vector<double> v;
    numbersOf(value.get_array(), v);
    if (v.empty()) return;
    if (v.size() != 4) bad("bad_box", fmt::format("its bbox has {} numbers, 4 are needed; it is left out", v.size()));
    f.box = {v[0], v[1], v[2], v[3]};
    f.haveBox = true;
}

void readSegmentation(od::value value, Fields& f) {
    if (value.is_null()) return;
    if (value.type() == od::json_type::object) {
        f.mask = maskOf(value.get_object());
        return;
    }
    std::vector<double> numbers;
    bool flat = false;  // [x, y, ...] for [[x, y, ...]] is a common defect
    for (od::value part : value.get_array()) {
        if (part.type() == od::json_type::array) {
            numbers.clear();
            numbersOf(part.get_array(), numbers);
            addRing(f.polygon, numbers);
        } else {
            flat = true;
            numbers.push_back(part.get_double());
        }
    }
    if (flat) addRing(f.polygon, numbers);
}

void readKeypoints(od::value value, Fields& f) {
    if (value.is_null()) return;
    numbersOf(value.get_array(), f.keypoints.emplace());
    if (f.keypoints->size() % 3)
        bad("bad_keypoints", fmt::format("its keypoints have {} numbers, not three each; it is left out", f.keypoints->size()));
    if (f.keypoints->empty()) f.keypoints.reset();
}

void readLathe(od::value value, Fields& f) {
    Json meta = jsonOf(value);
    applyMeta(f.annotation, meta);
    f.ownShape = meta.value("shape", Json());
}

void readId(od::value value, Fields& f, CocoIds& ids) {
    if (value.type() != od::json_type::string) {
        if (const std::int64_t id = idOf(value, ids); id > 0) f.annotation.id = AnnotationId(id);
        return;
    }
    const std::string text(std::string_view(value.get_string()));
    const std::int64_t id = ids.ofText(text);
    if (id > 0) f.annotation.id = AnnotationId(id);
    if (id < 0) f.annotation.extra["coco_id"] = text;
}

void readField(od::field& field, Fields& f, CocoIds& ids) {
    const od::raw_json_string key = field.key();
    od::value value = field.value();
    if (key == "segmentation") return readSegmentation(value, f);
    if (key == "bbox") return value.is_null() ? void() : readBox(value, f);
    if (key == "area") return value.is_null() ? void() : void(f.annotation.givenArea = double(value.get_double()));
    if (key == "iscrowd") return void(f.annotation.flags |= flagOf(value) ? annot::Crowd : 0u);
    if (key == "image_id") return void((f.image = idOf(value, ids), f.haveImage = true));
    if (key == "category_id") return void((f.category = idOf(value, ids), f.haveCategory = true));
    if (key == "id") return readId(value, f, ids);
    if (key == "keypoints") return readKeypoints(value, f);
    if (key == "num_keypoints") return void(f.namedKeypoints = double(value.get_double()));
    if (key == "attributes" && value.type() == od::json_type::object) return void(f.annotation.attributes = jsonOf(value));
    if (key == "lathe" && value.type() == od::json_type::object) return readLathe(value, f);
    if (key == "score" && value.type() == od::json_type::number) return void(f.annotation.confidence = double(value.get_double()));
    if (key == "caption") f.caption = true;
    if (key == "segments_info") f.segments = true;
    f.annotation.extra[std::string(std::string_view(field.unescaped_key()))] = jsonOf(value);
}

annot::Keypoints keypointsOf(Fields& f) {
    annot::Keypoints out;
    out.box = f.box;
    for (std::size_t k = 0; k + 2 < f.keypoints->size(); k += 3) {
        const double visibility = (*f.keypoints)[k + 2];
        if (visibility != 0 && visibility != 1 && visibility != 2)
            bad("bad_keypoints", fmt::format("a keypoint's visibility is {}, not 0, 1 or 2; it is left out", visibility));
        out.items.push_back({{(*f.keypoints)[k], (*f.keypoints)[k + 1]}, std::uint8_t(visibility)});
    }
    const auto named = std::ranges::count_if(out.items, [](const auto& item) { return item.visibility > 0; });
    if (f.namedKeypoints && *f.namedKeypoints != double(named)) f.annotation.extra["num_keypoints"] = *f.namedKeypoints;
    if (!f.segmentation.is_null()) f.annotation.extra["segmentation"] = std::move(f.segmentation);
    return out;
}

// The one shape that Lathe keeps of what the annotation has; numbers that don't follow from it are kept beside it.
void chooseShape(Fields& f) {
    Annotation& a = f.annotation;
    if (f.keypoints) {
        a.shape = keypointsOf(f);
        return;
    }
    auto own = shapeOf(f.ownShape, f.polygon);
    if (!own && f.mask) own = polygonOf(f.ownShape, *f.mask);
    if (own)
        a.shape = *own;
    else if (f.mask)
        a.shape = std::move(*f.mask);
    else if (!f.polygon.rings.empty())
        a.shape = std::move(f.polygon);
    else if (f.haveBox && f.box.w > 0 && f.box.h > 0)
        a.shape = annot::Box{f.box};
    else if (f.haveBox)
        bad("zero_area", fmt::format("the box {}, {} of {} x {} has no area; it is left out", f.box.x, f.box.y, f.box.w, f.box.h));
    else
        a.shape = annot::ImageLabel{};
    if ((own || std::holds_alternative<annot::Box>(a.shape)) && a.givenArea && sameBits(*a.givenArea, annot::area(a.shape)))
        a.givenArea.reset();
    if (f.haveBox && !sameBits(f.box, annot::bounds(a.shape))) a.givenBox = f.box;
}

}  // namespace

std::int64_t CocoIds::ofText(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return number;
    const std::lock_guard lock(m_mutex);
    const auto found = m_texts.find(text);
    return found != m_texts.end()
               ? found->second
               : m_texts.emplace(std::string(text), -1'000'000'000'000 - std::int64_t(m_texts.size())).first->second;
}

struct CocoParser::Impl {
    std::string fileName;
    CocoIds& ids;
    CocoParsed out;
    od::parser json{};

    void element(const CocoPiece& piece, std::size_t k) {
        const auto span = piece.elements[k];
        const std::int64_t place = piece.first + std::int64_t(k);
        const std::size_t room = std::min<std::size_t>(piece.text.capacity() - span.at, span.size + simdjson::SIMDJSON_PADDING);
        try {
            auto document = json.iterate(simdjson::padded_string_view(piece.text.data() + span.at, span.size, room));
            od::object object = document.get_object();
            if (piece.part == CocoPart::Annotations) annotation(object, place);
            if (piece.part == CocoPart::Images) image(object, place);
            if (piece.part == CocoPart::Categories) category(object, place);
        } catch (const Bad& e) {
            problem(piece.part, place, e.code, e.message);
        } catch (const simdjson::simdjson_error& e) {
            problem(piece.part, place, "invalid_data", fmt::format("can't be read: {}; it is left out", e.what()));
        }
    }

    void problem(CocoPart part, std::int64_t place, std::string code, std::string message) {
        if (out.problems.size() >= kMostProblems) return void(++out.unreported);
        const char* names[] = {"image", "annotation", "category"};
        out.problems.push_back(
            {fmt::format("{}, {} {}", fileName, names[int(part)], place + 1), std::move(code), std::move(message)});
    }

    void annotation(od::object& object, std::int64_t place) {
        Fields f;
        for (auto found : object) {
            od::field field = std::move(found).take_value();
            readField(field, f, ids);
        }
        if (f.segments) return void(++out.panoptic);
        if (!f.haveImage) bad("missing_field", "has no image_id; it is left out");
        if (f.caption && !f.haveBox && !f.keypoints && !f.haveCategory) return caption(f, place);
        if (!f.haveCategory) bad("missing_field", "has no category_id; it is left out");
        if (f.keypoints && (f.mask || !f.polygon.rings.empty())) f.segmentation = segmentationOf(object);
        chooseShape(f);
        const std::size_t at = out.packed.size();
        annot::appendPacked(out.packed, f.annotation);
        out.shapes.push_back({f.image, f.category, place, at, std::uint32_t(out.packed.size() - at), 0});
    }

    void caption(Fields& f, std::int64_t place) {
        Json fields = Json::object();
        if (f.annotation.id.valid()) fields["id"] = f.annotation.id.value;
        fields.update(f.annotation.extra);
        out.captions.push_back({f.image, place, std::move(fields)});
    }

    // Once more from the start, for the rare annotation that has keypoints and a segmentation.
    static Json segmentationOf(od::object& object) {
        object.reset();
        return jsonOf(object.find_field_unordered("segmentation").value());
    }

    void image(od::object& object, std::int64_t place) {
        CocoImage i;
        i.place = place;
        bool haveId = false;
        for (auto found : object) {
            od::field field = std::move(found).take_value();
            const od::raw_json_string key = field.key();
            od::value value = field.value();
            if (key == "id") {
                i.id = idOf(value, ids), haveId = true;
                addExtra(i.extra, "coco_id", textOf(value));
            } else if (key == "file_name") {
                i.fileName = std::string_view(value.get_string());
            } else if (key == "width" && !value.is_null()) {
                i.width = int(std::clamp(double(value.get_double()), 0.0, 1e9));
            } else if (key == "height" && !value.is_null()) {
                i.height = int(std::clamp(double(value.get_double()), 0.0, 1e9));
            } else if (key != "width" && key != "height") {
                addExtra(i.extra, std::string_view(field.unescaped_key()), shallow(textOf(value)));
            }
        }
        if (!haveId) bad("missing_field", "has no id; it and its annotations are left out");
        if (i.fileName.empty()) bad("missing_field", "has no file_name; it and its annotations are left out");
        i.extra = fmt::format("{{{}}}", i.extra);
        out.images.push_back(std::move(i));
    }

    static void addExtra(std::string& extra, std::string_view key, std::string_view text) {
        extra += fmt::format("{}{}:{}", extra.empty() ? "" : ",",
                             Json(std::string(key)).dump(-1, ' ', false, Json::error_handler_t::replace), text);
    }

    void category(od::object& object, std::int64_t place) {
        CocoCategory c;
        c.place = place;
        bool haveId = false;
        for (auto found : object) {
            od::field field = std::move(found).take_value();
            const od::raw_json_string key = field.key();
            od::value value = field.value();
            if (key == "id") {
                c.id = idOf(value, ids), haveId = true;
                c.record.extra["coco_id"] = jsonOf(value);
            } else if (key == "name" && value.type() == od::json_type::string) {
                c.record.name = std::string_view(value.get_string());
            } else if (key == "supercategory" && value.type() == od::json_type::string) {
                c.record.parent = std::string_view(value.get_string());
            } else {
                c.record.extra[std::string(std::string_view(field.unescaped_key()))] = jsonOf(value);
            }
        }
        if (!haveId) bad("missing_field", "has no id; annotations of it are left out");
        if (c.record.name.empty()) c.record.name = fmt::format("category {}", c.id);
        out.categories.push_back(std::move(c));
    }
};

CocoParser::CocoParser(std::string fileName, CocoIds& ids) : m_impl(new Impl{std::move(fileName), ids, {}}) {}
CocoParser::CocoParser(CocoParser&&) noexcept = default;
CocoParser::~CocoParser() = default;
CocoParsed& CocoParser::out() {
    return m_impl->out;
}

void CocoParser::run(BoundedQueue<CocoPiece>& in) {
    for (CocoPiece piece; in.pop(piece);)
        for (std::size_t k = 0; k < piece.elements.size(); ++k) m_impl->element(piece, k);
}

}  // namespace lathe::formats
