// Shapes to label files of YOLO: see yolo_write.h.
#include "core/formats/yolo_write.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <fstream>

#include "core/annot/convert.h"
#include "core/formats/own_shape.h"

namespace lathe::formats::yolo {
namespace {

namespace fs = std::filesystem;
using annot::Point;
using Ring = std::vector<Point>;

template <class Kind, std::size_t K = 0>
consteval std::size_t indexOf() {
    if constexpr (std::is_same_v<std::variant_alternative_t<K, annot::Shape>, Kind>)
        return K;
    else
        return indexOf<Kind, K + 1>();
}
template <class Kind>
constexpr std::size_t kIndex = indexOf<Kind>();

double shoelace(const Ring& ring) {
    double sum = 0;
    for (std::size_t k = 0; k < ring.size(); ++k) {
        const Point a = ring[k], b = ring[(k + 1) % ring.size()];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum;
}

/// Even-odd.
bool isInside(const Ring& ring, Point p) {
    bool inside = false;
    for (std::size_t k = 0, last = ring.size() - 1; k < ring.size(); last = k++) {
        const Point a = ring[k], b = ring[last];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
}

/// Which rings lie within an odd number of others.
std::vector<bool> holesOf(const std::vector<Ring>& rings) {
    std::vector<annot::Rect> bounds;
    for (const Ring& ring : rings) bounds.push_back(annot::bounds(annot::Polyline{ring}));
    std::vector<bool> holes(rings.size());
    for (std::size_t k = 0; k < rings.size(); ++k)
        for (std::size_t other = 0; other < rings.size(); ++other)
            if (other != k && !rings[k].empty() && bounds[other].contains(rings[k].front()) &&
                isInside(rings[other], rings[k].front()))
                holes[k] = !holes[k];
    return holes;
}

/// The places of two rings that are nearest to each other; any two when looking would take too long.
std::pair<std::size_t, std::size_t> nearest(const Ring& a, const Ring& b, std::size_t& pairsLeft) {
    std::pair<std::size_t, std::size_t> best{0, 0};
    if (a.size() * b.size() > pairsLeft) return best;
    pairsLeft -= a.size() * b.size();
    double least = HUGE_VAL;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j)
            if (const double d = std::hypot(a[i].x - b[j].x, a[i].y - b[j].y); d < least) least = d, best = {i, j};
    return best;
}

/// One ring of the same area: there and back along lines of no width. Outlines turn clockwise, holes the other way.
Ring joined(const annot::Polygon& polygon) {
    if (polygon.rings.size() == 1) return polygon.rings.front();
    const std::vector<bool> holes = holesOf(polygon.rings);
    std::size_t pairsLeft = 20'000'000;
    Ring whole;
    for (std::size_t k = 0; k < polygon.rings.size(); ++k) {
        Ring ring = polygon.rings[k];
        if (ring.empty()) continue;
        if ((shoelace(ring) > 0) == holes[k]) std::ranges::reverse(ring);
        if (whole.empty()) {
            whole = std::move(ring);
            continue;
        }
        const auto [at, from] = nearest(whole, ring, pairsLeft);
        std::rotate(ring.begin(), ring.begin() + std::ptrdiff_t(from), ring.end());
        ring.push_back(ring.front());
        ring.push_back(whole[at]);
        whole.insert(whole.begin() + std::ptrdiff_t(at) + 1, ring.begin(), ring.end());
    }
    return whole;
}

annot::Polygon ringsOf(const annot::Shape& shape) {
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape)) return *polygon;
    if (const auto* mask = std::get_if<annot::Mask>(&shape)) return annot::polygonOf(*mask);
    if (auto outline = outlineOf(shape)) return std::move(*outline);
    const annot::Rect b = annot::bounds(shape);
    return {{{{b.x, b.y}, {b.x + b.w, b.y}, {b.x + b.w, b.y + b.h}, {b.x, b.y + b.h}}}};
}

bool hasArea(const annot::Rect& box) {
    return box.w > 0 && box.h > 0 && std::isfinite(box.w) && std::isfinite(box.h) && std::isfinite(box.x) && std::isfinite(box.y);
}

/// The last bytes of a whole JPEG file.
bool endsLikeJpeg(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    in.seekg(-2, std::ios::end);
    char end[2] = {};
    return in.read(end, 2) && end[0] == '\xFF' && end[1] == '\xD9';
}

bool isJpegName(const fs::path& file) {
    std::string suffix = file.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return suffix == ".jpg" || suffix == ".jpeg";
}

bool isReadByUltralytics(const fs::path& file) {
    static const std::set<std::string> suffixes{".avif", ".bmp", ".dng", ".heic", ".jp2",  ".jpeg", ".jpg",
                                                ".mpo",  ".pfm", ".png", ".tif",  ".tiff", ".webp"};
    std::string suffix = file.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return suffixes.contains(suffix);
}

}  // namespace

Result<Content> contentOf(const WriteSource& source, std::stop_token stop, const Progress& progress) {
    Content content;
    for (std::size_t k = 0; k < source.imageCount; ++k) {
        if (stop.stop_requested()) return fail(cancelled());
        LATHE_TRY(const ImageRecord image, source.image(k));
        progress.report(std::int64_t(k) + 1, std::int64_t(source.imageCount), image.name);
        content.splits.insert(image.split);
        if (image.split.empty() && content.unsplit++ == 0) content.firstUnsplit = image.name;
        for (const auto& a : image.annotations) {
            ++content.kinds[a.shape.index()];
            if (const auto* keypoints = std::get_if<annot::Keypoints>(&a.shape))
                content.points = std::max(content.points, keypoints->items.size());
        }
    }
    return content;
}

Variant variantFor(const Content& content) {
    const auto& kinds = content.kinds;
    const std::int64_t poses = content.points > 0 ? kinds[kIndex<annot::Keypoints>] : 0;
    const std::int64_t outlines = kinds[kIndex<annot::Polygon>] + kinds[kIndex<annot::Mask>] + kinds[kIndex<annot::Ellipse>];
    if (poses > 0 && poses >= outlines) return Variant::Pose;
    if (outlines > 0) return Variant::Segment;
    return kinds[kIndex<annot::RotatedBox>] > 0 ? Variant::Obb : Variant::Detect;
}

std::optional<Frame> RowMaker::frameOf(const ImageRecord& image, WriteReport& report) {
    const bool jpeg = isJpegName(image.path);
    if (jpeg && image.width > 0 && image.height > 0) return Frame{double(image.width), double(image.height), 1};
    const auto info = image::probe(image.path);
    const int width = image.width > 0 ? image.width : info ? info->width : 0;
    const int height = image.height > 0 ? image.height : info ? info->height : 0;
    if (width > 0 && height > 0) return Frame{double(width), double(height), info ? Frame::of(*info).orientation : 1};
    report.problems.push_back({image.name, "missing_image",
                               fmt::format("its size isn't known, so its {} annotations were left out", image.annotations.size())});
    return {};
}

std::string RowMaker::textOf(const ImageRecord& image, WriteReport& report) {
    if (image.annotations.empty()) return {};
    const auto frame = frameOf(image, report);
    if (!frame) return {};
    if (frame->width < 10 || frame->height < 10) m_losses.add("small image", image.name);
    std::string text;
    for (const auto& annotation : image.annotations) {
        const std::string row = rowOf(annotation, *frame, image.name);
        if (row.empty()) continue;
        countLosses(annotation, image.name);
        text += row;
        ++report.annotations;
    }
    return text;
}

void RowMaker::countLosses(const annot::Annotation& a, const std::string& image) {
    if (a.attributes.is_object() && !a.attributes.empty()) m_losses.add("annotation with attributes", image);
    if (a.flags != 0) m_losses.add("annotation with flags", image);
    if (a.group != 0) m_losses.add("annotation of a group", image);
    if (a.confidence) m_losses.add("annotation with a confidence", image);
    if (!a.author.empty() || !a.source.empty()) m_losses.add("annotation with an author or source", image);
}

std::string RowMaker::withoutArea(const std::string& image) {
    m_losses.add("shape without an area", image);
    return {};
}

std::string RowMaker::rowOf(const annot::Annotation& a, const Frame& frame, const std::string& image) {
    const auto number = a.classId.value - 1;
    if (number < 0 || std::size_t(number) >= m_classes) {
        m_losses.add("annotation without a class", image);
        return {};
    }
    if (std::holds_alternative<annot::ImageLabel>(a.shape) || std::holds_alternative<annot::Dot>(a.shape)) {
        m_losses.add(std::string(annot::kindName(a.shape)), image);
        return {};
    }
    switch (m_variant) {
        case Variant::Detect: return asBox(number, a.shape, frame, image);
        case Variant::Segment: return asRing(number, a.shape, frame, image);
        case Variant::Obb: return asTurnedBox(number, a.shape, frame, image);
        case Variant::Pose: return asPose(number, a.shape, frame, image);
    }
    return {};
}

std::string RowMaker::asBox(std::int64_t number, const annot::Shape& shape, const Frame& frame, const std::string& image) {
    annot::Rect box = annot::bounds(shape);
    if (hasArea(box) && !isInRange(box, frame)) {
        m_losses.add("shape beyond the image", image);
        box = annot::bounds(annot::keptInside(annot::Box{box}, frame.width, frame.height));
    }
    if (!hasArea(box)) return withoutArea(image);
    if (!std::holds_alternative<annot::Box>(shape)) m_losses.add(std::string(annot::kindName(shape)), image);
    return boxRow(number, box, frame);
}

std::string RowMaker::asRing(std::int64_t number, const annot::Shape& shape, const Frame& frame, const std::string& image) {
    const std::string kind(annot::kindName(shape));
    if (std::holds_alternative<annot::Polyline>(shape)) {
        m_losses.add(kind, image);
        return {};
    }
    annot::Polygon polygon = ringsOf(shape);
    if (hasArea(annot::bounds(polygon)) && !isInRange(annot::bounds(polygon), frame)) {
        m_losses.add("shape beyond the image", image);
        const annot::Shape kept = annot::keptInside(polygon, frame.width, frame.height);
        if (const auto* inside = std::get_if<annot::Polygon>(&kept)) polygon = *inside;
    }
    if (!hasArea(annot::bounds(polygon)) || !(annot::area(polygon) > 0)) return withoutArea(image);
    if (polygon.rings.size() > 1) m_losses.add("polygon of several rings", image);
    if (!std::holds_alternative<annot::Polygon>(shape)) m_losses.add(kind, image);
    return pointsRow(number, joined(polygon), frame);
}

std::string RowMaker::asTurnedBox(std::int64_t number, const annot::Shape& shape, const Frame& frame, const std::string& image) {
    const std::string kind(annot::kindName(shape));
    if (!std::holds_alternative<annot::RotatedBox>(shape)) m_losses.add(kind, image);
    if (std::holds_alternative<annot::Polyline>(shape)) return {};
    const annot::Rect bounds = annot::bounds(shape);
    if (!hasArea(bounds)) return withoutArea(image);
    if (!isInRange(bounds, frame)) {
        m_losses.add("turned box beyond the image", image);
        return {};
    }
    return pointsRow(number, joined(ringsOf(shape)), frame);
}

std::string RowMaker::asPose(std::int64_t number, const annot::Shape& shape, const Frame& frame, const std::string& image) {
    annot::Keypoints pose;
    if (const auto* keypoints = std::get_if<annot::Keypoints>(&shape))
        pose = *keypoints;
    else
        m_losses.add(std::string(annot::kindName(shape)), image);
    if (!std::holds_alternative<annot::Keypoints>(shape) || !hasArea(pose.box)) {
        if (std::holds_alternative<annot::Keypoints>(shape)) m_losses.add("keypoints without a box", image);
        pose.box = annot::bounds(shape);
    } else if (pose.items.size() < std::size_t(m_skeleton.points)) {
        m_losses.add("keypoints with fewer points", image);
    }
    if (!isInRange(pose, frame) || !isInRange(pose.box, frame)) {
        m_losses.add("shape beyond the image", image);
        const annot::Shape kept = annot::keptInside(pose, frame.width, frame.height);
        if (const auto* inside = std::get_if<annot::Keypoints>(&kept)) pose = *inside;
        pose.box = annot::bounds(annot::keptInside(annot::Box{pose.box}, frame.width, frame.height));
    }
    const bool labelled = std::ranges::any_of(pose.items, [](const auto& item) { return item.visibility > 0; });
    if (!hasArea(pose.box) && !labelled) return withoutArea(image);
    return poseRow(number, pose, frame, m_skeleton);
}

void RowMaker::report(Problems& problems) const {
    std::map<std::string, std::string> words{
        {"image", "left out: YOLO's rows are objects; write class folders for classes of whole images"},
        {"point", "left out: rows hold areas"},
        {"polyline", "left out: rows hold areas"},
        {"shape without an area", "left out: rows hold areas"},
        {"annotation without a class", "left out"},
        {"annotation with attributes", "written without them: rows are numbers alone"},
        {"annotation with flags", "written without them: rows are numbers alone"},
        {"annotation of a group", "written without it: rows are numbers alone"},
        {"annotation with a confidence", "written without it: a training takes no such column"},
        {"annotation with an author or source", "written without it: rows are numbers alone"},
        {"shape beyond the image", "cut to the image: a training would leave out the whole image"},
        {"turned box beyond the image", "left out: a training would leave out the whole image"},
        {"polygon of several rings", "written as one ring of the same area, joined by lines of no width: a row holds one"},
        {"keypoints without a box", "given the box round their points"},
        {"keypoints with fewer points", "filled up with points that aren't labelled: kpt_shape is one for all classes"},
        {"small image", "written, but Ultralytics leaves out images of less than 10 pixels a side"}};
    const auto others = [&](std::string_view how) {
        for (const auto kind : annot::kKindNames) words.emplace(kind, how);
    };
    switch (m_variant) {
        case Variant::Detect:
            words["polyline"] = "written as its box: the rows are boxes";
            others("written as its box: the rows are boxes");
            break;
        case Variant::Segment:
            words["keypoints"] = "written as its box's outline without the points: the rows are polygons, and kinds can't be mixed";
            others("written as its outline: the rows are polygons, and kinds can't be mixed");
            break;
        case Variant::Obb: others("written as a turned box: kinds of rows can't be mixed"); break;
        case Variant::Pose:
            words["polyline"] = "written as its box without labelled points: the rows are poses, and kinds can't be mixed";
            others("written as its box without labelled points: the rows are poses, and kinds can't be mixed");
            break;
    }
    m_losses.report(words, problems);
}

std::string StemPlacer::place(const ImageRecord& image, const std::string& name, WriteReport& report) {
    const fs::path wanted = safeRelative(name);
    fs::path to = wanted;
    for (int k = 2; !m_stems.insert(withoutSuffix(to.generic_string())).second; ++k)
        to = wanted.parent_path() / fmt::format("{}-{}{}", wanted.stem().string(), k, wanted.extension().string());
    if (to != wanted) m_losses.add("image of the same stem", image.name);
    if (!isReadByUltralytics(to)) m_losses.add("image of a foreign kind", image.name);
    std::error_code error;
    const bool torn = isJpegName(to) && fs::is_regular_file(image.path, error) && !endsLikeJpeg(image.path);
    if (torn) m_losses.add("JPEG file without its end", image.name);
    return (torn ? m_copied : m_linked).place(image.path, to.generic_string(), report);
}

void StemPlacer::report(Problems& problems) const {
    m_losses.report(
        {{"image of the same stem", "written under a name with a number: a label file belongs to the name without suffix"},
         {"image of a foreign kind", "written, but Ultralytics doesn't read files of this suffix"},
         {"JPEG file without its end", "copied, never linked: a training by Ultralytics saves such files anew in place"}},
        problems);
}

std::string plainName(const ImageRecord& image) {
    fs::path out;
    bool first = true;
    const fs::path name = safeRelative(image.name);
    for (const auto& part : name.parent_path()) {
        const std::string word = part.string();
        std::string inner =
            word.starts_with("obj_") && word.ends_with("_data") ? word.substr(4, std::max<std::size_t>(word.size(), 9) - 9) : word;
        const bool split = first && !image.split.empty() && splitNamed(inner) == image.split;
        std::ranges::transform(inner, inner.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        // A folder called images further down would turn into labels in the path of the label file.
        if (split)
            first = false;
        else if (inner != "images" && inner != "labels" && inner != "jpegimages" && !(inner == "unassigned" && image.split.empty()))
            out /= part;
    }
    return (out / name.filename()).generic_string();
}

}  // namespace lathe::formats::yolo
