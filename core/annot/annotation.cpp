// The packed document of an image:
//   u8 version = 1, varint count, then the annotations in drawing order. An annotation:
//   varint kind & 7 | present << 3, varint id, varint class, [varint flags] [varint group] [text author] [text source] [f64
//   confidence] [f64 area] [numbers box] [json attributes] [json extra], shape; `present` has a bit for each optional field, so
//   what is rare costs nothing.
// Shapes: image -; box numbers x y w h; polygon varint rings, each varint points + numbers x0 y0 x1 y1 ...;
//   mask varint height, width, count, counts ...; keypoints varint count, numbers, u8 visibility each, numbers box;
//   rotated box and ellipse 5 x f64: centre, sides or radii, angle; polyline varint points + numbers; point numbers x y.
#include "core/annot/annotation.h"

#include <array>

#include "core/annot/bytes.h"

namespace lathe::annot {
namespace {

// Bits above the kind's three. Area first: with it the head of an imported COCO object is one byte.
enum Present : std::uint32_t {
    HasArea = 1 << 3,
    HasFlags = 1 << 4,
    HasAuthor = 1 << 5,
    HasAttributes = 1 << 6,
    HasSource = 1 << 7,
    HasConfidence = 1 << 8,
    HasExtra = 1 << 9,
    HasBox = 1 << 10,
    HighKind = 1 << 11,  ///< the kind is 8 more
    HasGroup = 1 << 12,
    PresentEnd = 1 << 13,
};

std::array<double, 4> numbersOf(const Rect& r) {
    return {r.x, r.y, r.w, r.h};
}

void putRect(ByteWriter& out, const Rect& rect) {
    out.numbers(numbersOf(rect), 2);
}

Rect getRect(ByteReader& in) {
    std::array<double, 4> v{};
    in.numbers(v, 2);
    return {v[0], v[1], v[2], v[3]};
}

struct ShapeWriter {
    ByteWriter& out;

    void operator()(const ImageLabel&) const {}
    void operator()(const Box& box) const { putRect(out, box.rect); }
    void operator()(const Polygon& polygon) const {
        static_assert(sizeof(Point) == 2 * sizeof(double), "points are read as pairs of numbers");
        out.varint(polygon.rings.size());
        for (const auto& ring : polygon.rings) {
            out.varint(ring.size());
            out.numbers({reinterpret_cast<const double*>(ring.data()), ring.size() * 2});
        }
    }
    void operator()(const Mask& mask) const {
        out.varint(mask.height);
        out.varint(mask.width);
        out.varint(mask.counts.size());
        for (const std::uint32_t count : mask.counts) out.varint(count);
    }
    void operator()(const Keypoints& keypoints) const {
        std::vector<double> numbers;
        for (const auto& item : keypoints.items) numbers.insert(numbers.end(), {item.at.x, item.at.y});
        out.varint(keypoints.items.size());
        out.numbers(numbers);
        for (const auto& item : keypoints.items) out.byte(item.visibility);
        putRect(out, keypoints.box);
    }
    void operator()(const RotatedBox& b) const { reals({b.centre.x, b.centre.y, b.w, b.h, b.angle}); }
    void operator()(const Ellipse& e) const { reals({e.centre.x, e.centre.y, e.rx, e.ry, e.angle}); }
    void operator()(const Polyline& line) const {
        out.varint(line.points.size());
        out.numbers({reinterpret_cast<const double*>(line.points.data()), line.points.size() * 2});
    }
    void operator()(const Dot& dot) const { out.numbers(std::array{dot.at.x, dot.at.y}); }

private:
    void reals(const std::array<double, 5>& values) const {
        for (const double v : values) out.real(v);
    }
};

Polygon getPolygon(ByteReader& in) {
    Polygon polygon;
    for (std::size_t left = in.count(2); left && !in.failed(); --left) {
        auto& ring = polygon.rings.emplace_back();
        ring.resize(in.count(2));
        in.numbers({reinterpret_cast<double*>(ring.data()), ring.size() * 2});
    }
    return polygon;
}

std::uint32_t getWhole32(ByteReader& in) {
    const std::uint64_t value = in.varint();
    if (value > UINT32_MAX) in.fail();
    return std::uint32_t(value);
}

Mask getMask(ByteReader& in) {
    Mask mask;
    mask.height = getWhole32(in);
    mask.width = getWhole32(in);
    mask.counts.resize(in.count(1));
    for (auto& count : mask.counts) count = getWhole32(in);
    return mask;
}

Keypoints getKeypoints(ByteReader& in) {
    Keypoints keypoints;
    keypoints.items.resize(in.count(3));
    std::vector<double> numbers(keypoints.items.size() * 2);
    in.numbers(numbers);
    for (std::size_t k = 0; k < keypoints.items.size(); ++k) keypoints.items[k] = {{numbers[2 * k], numbers[2 * k + 1]}, in.byte()};
    keypoints.box = getRect(in);
    return keypoints;
}

// Centre, two lengths, angle.
std::array<double, 5> getTurned(ByteReader& in) {
    std::array<double, 5> v{};
    for (double& each : v) each = in.real();
    return v;
}

Polyline getPolyline(ByteReader& in) {
    Polyline line;
    line.points.resize(in.count(2));
    in.numbers({reinterpret_cast<double*>(line.points.data()), line.points.size() * 2});
    return line;
}

Dot getDot(ByteReader& in) {
    std::array<double, 2> v{};
    in.numbers(v);
    return {{v[0], v[1]}};
}

template <class Turned>
Turned turned(const std::array<double, 5>& v) {
    return {{v[0], v[1]}, v[2], v[3], v[4]};
}

Shape getShape(ByteReader& in, unsigned kind) {
    switch (kind) {
        case 0: return ImageLabel{};
        case 1: return Box{getRect(in)};
        case 2: return getPolygon(in);
        case 3: return getMask(in);
        case 4: return getKeypoints(in);
        case 5: return turned<RotatedBox>(getTurned(in));
        case 6: return turned<Ellipse>(getTurned(in));
        case 7: return getPolyline(in);
        case 8: return getDot(in);
        default: in.fail(); return ImageLabel{};
    }
}

std::uint32_t presentIn(const Annotation& a) {
    return (a.givenArea ? HasArea : 0u) | (a.flags ? HasFlags : 0u) | (a.author.empty() ? 0u : HasAuthor) |
           (a.attributes.is_null() ? 0u : HasAttributes) | (a.source.empty() ? 0u : HasSource) |
           (a.confidence ? HasConfidence : 0u) | (a.extra.is_null() ? 0u : HasExtra) | (a.givenBox ? HasBox : 0u) |
           (a.group ? HasGroup : 0u) | (a.shape.index() > 7 ? HighKind : 0u);
}

Error corrupt() {
    return {ErrorCode::Corrupt, "the annotations of this image are damaged: their packed form can't be read", {}};
}

}  // namespace

void Annotation::setShape(Shape next) {
    shape = std::move(next);
    givenArea.reset();
    givenBox.reset();
}

void putAnnotation(ByteWriter& out, const Annotation& a) {
    const std::uint32_t present = presentIn(a);
    out.varint((a.shape.index() & 7) | present);
    out.varint(std::uint64_t(a.id.value));
    out.varint(std::uint64_t(a.classId.value));
    if (present & HasFlags) out.varint(a.flags);
    if (present & HasGroup) out.varint(std::uint64_t(a.group));
    if (present & HasAuthor) out.text(a.author);
    if (present & HasSource) out.text(a.source);
    if (present & HasConfidence) out.real(*a.confidence);
    if (present & HasArea) out.numbers({&*a.givenArea, 1});
    if (present & HasBox) putRect(out, *a.givenBox);
    if (present & HasAttributes) out.json(a.attributes);
    if (present & HasExtra) out.json(a.extra);
    std::visit(ShapeWriter{out}, a.shape);
}

Annotation getAnnotation(ByteReader& in) {
    Annotation a;
    const std::uint64_t head = in.varint();
    if (head >= PresentEnd) in.fail();
    a.id = AnnotationId(std::int64_t(in.varint()));
    a.classId = ClassId(std::int64_t(in.varint()));
    if (head & HasFlags) a.flags = getWhole32(in);
    if (head & HasGroup) a.group = std::int64_t(in.varint());
    if (head & HasAuthor) a.author = in.text();
    if (head & HasSource) a.source = in.text();
    if (head & HasConfidence) a.confidence = in.real();
    if (head & HasArea) in.numbers({&a.givenArea.emplace(), 1});
    if (head & HasBox) a.givenBox = getRect(in);
    if (head & HasAttributes) a.attributes = in.json();
    if (head & HasExtra) a.extra = in.json();
    a.shape = getShape(in, unsigned(head & 7) + (head & HighKind ? 8 : 0));
    return a;
}

std::string packOne(const Annotation& annotation) {
    ByteWriter out;
    putAnnotation(out, annotation);
    return out.take();
}

Result<Annotation> unpackOne(std::string_view body) {
    ByteReader in(body);
    Annotation annotation = getAnnotation(in);
    if (in.failed() || !in.atEnd()) return fail(corrupt());
    return annotation;
}

std::string pack(const Annotations& annotations) {
    ByteWriter out;
    out.byte(kDocumentVersion);
    out.varint(annotations.size());
    for (const auto& annotation : annotations) putAnnotation(out, annotation);
    return out.take();
}

Result<Annotations> unpack(std::string_view body) {
    ByteReader in(body);
    if (in.byte() != kDocumentVersion) return fail(corrupt());
    const std::size_t count = in.count(3);
    Annotations annotations;
    annotations.reserve(std::min<std::size_t>(count, 4096));
    for (std::size_t k = 0; k < count && !in.failed(); ++k) annotations.push_back(getAnnotation(in));
    if (in.failed() || !in.atEnd()) return fail(corrupt());
    return annotations;
}

}  // namespace lathe::annot
