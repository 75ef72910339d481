#include "core/formats/cvat_tracks.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "core/formats/exact_shape.h"

namespace lathe::formats::cvat_xml {
namespace {

using annot::Annotation;
using pugi::xml_node;

constexpr std::int64_t kLastFrame = 1'000'000'000;

bool isKey(const xml_node& node) {
    return !node.attribute("keyframe") || isOn(node, "keyframe");
}

std::int64_t frameNumber(const xml_node& node) {
    const std::int64_t number = wholeOf(node, "frame", -1);
    return number <= kLastFrame ? number : -1;
}

// Older files have a skeleton's points as tracks of their own within the skeleton's: each of its shapes gets those of its frame.
void gatherPoints(const xml_node& track) {
    std::vector<std::pair<std::string, std::map<std::int64_t, xml_node>>> points;
    for (const auto& sub : track.children("track")) {
        auto& [label, byFrame] = points.emplace_back(sub.attribute("label").value(), std::map<std::int64_t, xml_node>{});
        for (const auto& point : sub.children("points")) byFrame[frameNumber(point)] = point;
    }
    if (points.empty()) return;
    for (auto skeleton : track.children("skeleton")) {
        if (skeleton.child("points")) continue;
        for (const auto& [label, byFrame] : points) {
            const auto next = byFrame.upper_bound(frameNumber(skeleton));
            if (next == byFrame.begin()) continue;
            xml_node copy = skeleton.append_copy(std::prev(next)->second);
            copy.append_attribute("label") = label.c_str();
        }
    }
}

// Degrees from a to b, the short way round.
double shortWay(double a, double b) {
    const double way = std::fmod(b - a, 360);
    return way > 180 ? way - 360 : way < -180 ? way + 360 : way;
}

double turnOf(const annot::Shape& shape) {
    const auto* turned = std::get_if<annot::RotatedBox>(&shape);
    return turned ? exact::degreesOf(turned->angle) : 0;
}

// The box before it is turned; nothing of other shapes.
std::optional<annot::Rect> plainBox(const annot::Shape& shape) {
    if (const auto* box = std::get_if<annot::Box>(&shape)) return box->rect;
    if (const auto* turned = std::get_if<annot::RotatedBox>(&shape)) return exact::upright(*turned);
    return {};
}

annot::Shape between(const annot::Shape& a, const annot::Shape& b, double part) {
    const annot::Rect from = *plainBox(a), to = *plainBox(b);
    const auto mixed = [part](double u, double v) { return u + (v - u) * part; };
    const double x1 = mixed(from.x, to.x), y1 = mixed(from.y, to.y);
    const double x2 = mixed(from.x + from.w, to.x + to.w), y2 = mixed(from.y + from.h, to.y + to.h);
    const annot::Rect box{x1, y1, x2 - x1, y2 - y1};
    const double degrees = turnOf(a) + shortWay(turnOf(a), turnOf(b)) * part;
    if (degrees == 0) return annot::Box{box};
    return exact::turned(box, degrees);
}

}  // namespace

struct Tracks::Track {
    std::string id, task, subset, source;
    std::int64_t number = 0, group = 0;
    const Label* label = nullptr;
    std::int64_t shapes = 0;  // looked at, for the names of problems
};

void Tracks::read(xml_node node) {
    Track track;
    track.id = node.attribute("id").value();
    if (track.id.empty()) track.id = std::to_string(m_tracks);
    track.task = node.attribute("task_id").value();
    track.subset = node.attribute("subset").value();
    track.source = node.attribute("source").value();
    track.number = std::clamp<std::int64_t>(wholeOf(node, "id", m_tracks), 0, INT64_MAX - 1);
    track.group = wholeOf(node, "group_id");
    track.label = m_labels.find(node.attribute("label").value());
    ++m_tracks;
    if (!track.label) return;
    gatherPoints(node);
    std::vector<xml_node> shapes;
    for (const auto& shape : node.children())
        if (isShape(shape.name())) shapes.push_back(shape);
    std::ranges::stable_sort(shapes, {}, frameNumber);
    for (std::size_t k = 0; k < shapes.size(); ++k) {
        ++track.shapes;
        if (isOn(shapes[k], "outside")) continue;
        readShape(track, shapes[k], frameNumber(shapes[k]));
        if (k + 1 < shapes.size()) fillBetween(track, shapes[k], shapes[k + 1]);
    }
}

void Tracks::readShape(const Track& track, const xml_node& node, std::int64_t number) {
    const bool isThere = m_file.images->frame(track.subset, number) != nullptr;
    if (!isThere && !isKey(node)) return void(++m_leftOut);
    const auto [width, height] = m_file.sizeOf(track.task);
    auto annotation =
        number < 0 ? ReadShape(tl::unexpected(Problem{{}, "invalid_data", "its frame isn't a number of one; it is left out"}))
                   : cvat_xml::readShape(node, *track.label, width, height);
    if (!annotation) {
        annotation.error().item = fmt::format("{}, track {}, annotation {}", m_file.name, track.id, track.shapes);
        return m_sink.problem(std::move(annotation.error()));
    }
    put(track, number, *annotation, wholeOf(node, "z_order"));
}

void Tracks::fillBetween(const Track& track, const xml_node& from, const xml_node& to) {
    const std::int64_t first = frameNumber(from), last = frameNumber(to);
    if (first < 0 || last - first < 2 || std::string_view(from.name()) != "box" || std::string_view(to.name()) != "box") return;
    const auto a = cvat_xml::readShape(from, *track.label, 0, 0), b = cvat_xml::readShape(to, *track.label, 0, 0);
    if (!a || !b || !plainBox(a->shape) || !plainBox(b->shape)) return;
    m_file.images->eachFrame(track.subset, first, last, [&](std::int64_t number, const std::filesystem::path&) {
        annot::Annotation filled = *a;
        filled.shape = between(a->shape, b->shape, double(number - first) / double(last - first));
        put(track, number, filled, wholeOf(from, "z_order"));
        ++m_between;
    });
}

void Tracks::put(const Track& track, std::int64_t number, const Annotation& annotation, std::int64_t z) {
    Annotation shape = annotation;
    shape.group = track.number + 1;
    if (track.group > 0) shape.extra["cvat"]["track_group"] = track.group;
    if (!track.source.empty() && track.source != "manual") shape.extra["cvat"]["source"] = track.source;
    Frame& frame = m_frames[{track.task, number}];
    frame.subset = track.subset;
    frame.image = m_file.images->frame(track.subset, number);
    frame.shapes.push_back(annot::packOne(shape));
    frame.z.push_back(z);
    ++m_shapes;
}

void Tracks::report() {
    if (m_tracks == 0) return;
    std::string message = fmt::format("{} tracks became {} shapes of {} frames, one group a track: Lathe has no tracks", m_tracks,
                                      m_shapes, m_frames.size());
    if (m_between) message += fmt::format("; {} boxes between key frames are on a straight line", m_between);
    if (m_leftOut) message += fmt::format("; {} shapes between key frames are left out, as their frames have no image", m_leftOut);
    m_sink.problem({m_file.name, "tracks", std::move(message)});
}

}  // namespace lathe::formats::cvat_xml
