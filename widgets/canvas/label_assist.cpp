// LabelMode's assistance: what is found from the shapes that are there, on this image or from its neighbours.
#include "core/annot/area_ops.h"
#include "core/annot/assist/assist.h"
#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "widgets/canvas/assist_result.h"
#include "widgets/canvas/ghost_tool.h"
#include "widgets/canvas/label_mode.h"

namespace lathe::widgets::canvas {

using annot::assist::Effort;
using Ghosts = std::vector<Ghost>;

namespace {

constexpr int kSearchedImages = 500;  // on each side, for the nearest labelled one
constexpr double kLost = 0.3, kPartTolerance = 0.5;
constexpr double kLeastLikeness = 0.3;

bool hasShapes(const annot::Annotations& annotations) {
    return std::any_of(annotations.begin(), annotations.end(), [](const auto& a) { return a.shape.index() != 0; });
}

/// The nearest labelled image of a list, and how far along it lies.
struct KeyImage {
    int steps = 0;
    annot::Annotations shapes;
};

Result<KeyImage> keyImage(const store::Workspace& workspace, const std::vector<ImageId>& ids, std::stop_token stop) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "cancelled");
        LATHE_TRY(auto shapes, workspace.annotations(ids[i]));
        if (hasShapes(shapes)) return KeyImage{int(i) + 1, std::move(shapes)};
    }
    return fail(ErrorCode::NotFound, "there must be a labelled image before and after this one");
}

// By group; else by class and number in the image.
const annot::Annotation* partnerOf(const annot::Annotation& a, const annot::Annotations& others) {
    for (const auto& b : others) {
        const bool same = a.group ? a.group == b.group : !b.group && a.id == b.id;
        if (same && a.classId == b.classId && a.shape.index() == b.shape.index()) return &b;
    }
    return nullptr;
}

annot::Annotation copyOf(const annot::Annotation& a, annot::Shape shape) {
    annot::Annotation copy;
    copy.classId = a.classId;
    copy.flags = a.flags;
    copy.group = a.group;
    copy.attributes = a.attributes;
    copy.shape = std::move(shape);
    return copy;
}

Ghosts between(const KeyImage& before, const KeyImage& after, const annot::Annotations& here) {
    const double t = double(before.steps) / (before.steps + after.steps);
    Ghosts out;
    for (const auto& a : before.shapes) {
        const auto* b = partnerOf(a, after.shapes);
        if (!b || a.shape.index() == 0 || partnerOf(a, here)) continue;
        if (auto shape = annot::assist::interpolated(a.shape, b->shape, t)) out.push_back(ghostOf(copyOf(a, std::move(*shape))));
    }
    return out;
}

bool canBeParted(const annot::Annotation& a) {
    return (std::holds_alternative<annot::Polygon>(a.shape) || std::holds_alternative<annot::Mask>(a.shape)) &&
           !(a.flags & annot::Locked);
}

bool isLarge(const annot::Annotation& a) {
    const annot::Rect in = annot::bounds(a.shape);
    return in.w * in.h > annot::assist::kPartedAtOnce;
}

// The largest part keeps the shape's place; a polygon's parts are polygons.
Result<Ghosts> partsOf(const annot::Annotation& a, double waist, int width, int height, Effort effort, std::stop_token stop) {
    const auto* polygon = std::get_if<annot::Polygon>(&a.shape);
    const annot::Mask whole =
        polygon ? annot::maskOf(a.shape, std::uint32_t(width), std::uint32_t(height)) : std::get<annot::Mask>(a.shape);
    LATHE_TRY(const std::vector<annot::Mask> parts, annot::assist::separated(whole, waist, effort, stop));
    Ghosts out;
    for (const annot::Mask& part : parts) {
        annot::Shape shape = polygon ? annot::Shape(outlined(part, kPartTolerance)) : annot::Shape(part);
        annot::Annotation made = copyOf(a, shape);
        if (out.empty()) made = a, made.setShape(std::move(shape));
        out.push_back(ghostOf(std::move(made)));
    }
    return out;
}

std::vector<ImageId> neighbours(const ImageSet& set, int row, int by) {
    std::vector<ImageId> out;
    for (int i = 1; i <= kSearchedImages; ++i)
        if (const ImageId id = set.idAt(row + by * i); id.valid()) out.push_back(id);
    return out;
}

Result<Ghosts> carried(const cv::Mat& from, const cv::Mat& to, const annot::Annotations& shapes, std::stop_token stop,
                       const Progress& progress) {
    Ghosts out;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        progress.report(std::int64_t(i), std::int64_t(shapes.size()));
        auto found = annot::assist::tracked(from, to, shapes[i].shape, stop);
        if (!found && found.error().code == ErrorCode::Cancelled) return fail(found.error());
        if (found && found->confidence >= kLost)
            out.push_back(ghostOf(copyOf(shapes[i], std::move(found->shape)), found->confidence));
    }
    return out;
}

}  // namespace

void LabelMode::buildAssistActions() {
    const auto one = [this] { return m_document->isOpen() && m_document->selection().size() == 1; };
    const auto some = [this] { return m_document->isOpen() && !m_document->selection().empty(); };
    const auto any = [this] { return m_document->isOpen() && hasShapes(m_document->annotations()); };
    m_do.add(
        {"similar", QT_TR_NOOP("Find similar"), "search", "Y"}, [this] { findSimilar(); }, one);
    m_do.add(
        {"separate", QT_TR_NOOP("Separate touching objects"), "split", "A"}, [this] { separateSelected(); }, some);
    m_do.add(
        {"interpolate", QT_TR_NOOP("Interpolate between labelled images"), "", "Shift+U"}, [this] { interpolate(); },
        [this] { return m_document->isOpen(); });
    m_do.add(
        {"propagate", QT_TR_NOOP("Carry shapes to the next image"), "", "Shift+Y"}, [this] { propagate(); }, any);
}

// The tool that was chosen comes back when the ghosts are taken or dropped.
void LabelMode::showGhosts(GhostSearch search) {
    m_view->lend([&](ToolHost& host) { return std::make_unique<GhostTool>(host, std::move(search)); });
    m_view->setFocus();
}

void LabelMode::findSimilar() {
    const auto selected = m_document->selected();
    const auto picture = m_document->picture() ? m_document->picture()->pixels() : nullptr;
    if (selected.size() != 1 || !picture) return;
    const annot::Annotation& like = selected.front();
    const auto* schema = m_document->schemaOf(like.classId);
    const bool asBox = !schema || schema->allows(annot::Box{});
    GhostSearch search{"Find similar"};
    search.refines = true;
    search.number = GhostSearch::Number{tr("Likeness"), "similar.least", int(100 * kLeastLikeness), 95, 60, true};
    search.find = [picture, like, asBox](int, Effort effort, std::stop_token stop) -> Result<Ghosts> {
        LATHE_TRY(const auto found, annot::assist::findSimilar(*picture, annot::bounds(like.shape), kLeastLikeness, effort, stop));
        Ghosts out;
        for (const auto& s : found) {
            const annot::Rect& b = s.box;
            annot::Annotation a = copyOf(like, annot::Box{b});
            if (!asBox) a.shape = annot::Polygon{{{{b.x, b.y}, {b.x + b.w, b.y}, {b.x + b.w, b.y + b.h}, {b.x, b.y + b.h}}}};
            a.group = 0;
            out.push_back(ghostOf(std::move(a), s.score));
        }
        return out;
    };
    showGhosts(std::move(search));
}

void LabelMode::separateSelected() {
    annot::Annotations shapes;
    for (const auto& a : m_document->selected())
        if (canBeParted(a)) shapes.push_back(a);
    if (shapes.empty()) return m_note->show(common::Tone::Info, tr("Select a polygon or a mask whose objects touch."));
    const annot::Rect in = m_document->imageRect();
    GhostSearch search{"Separate"};
    search.number = GhostSearch::Number{tr("Waist"), "separate.waist", 0, 40, 3, false};
    search.refines = std::ranges::any_of(shapes, isLarge);
    search.find = [shapes, in](int waist, Effort effort, std::stop_token stop) -> Result<Ghosts> {
        Ghosts out;
        for (const auto& a : shapes) {
            LATHE_TRY(Ghosts parts, partsOf(a, waist, int(in.w), int(in.h), effort, stop));
            if (parts.size() > 1) std::move(parts.begin(), parts.end(), std::back_inserter(out));
        }
        if (out.empty()) return fail(ErrorCode::InvalidData, "nothing to part here: a smaller waist parts more");
        return out;
    };
    showGhosts(std::move(search));
}

void LabelMode::interpolate() {
    const int row = m_set->rowOf(m_document->image().id);
    GhostSearch search{"Interpolate"};
    search.find = [workspace = workspace(), here = m_document->annotations(), back = neighbours(*m_set, row, -1),
                   ahead = neighbours(*m_set, row, 1)](int, Effort, std::stop_token stop) -> Result<Ghosts> {
        LATHE_TRY(const KeyImage before, keyImage(*workspace, back, stop));
        LATHE_TRY(const KeyImage after, keyImage(*workspace, ahead, stop));
        Ghosts out = between(before, after, here);
        if (out.empty())
            return fail(ErrorCode::NotFound,
                        "no shape of the labelled image before has its like (group, or class and number) on the one after");
        return out;
    };
    showGhosts(std::move(search));
}

void LabelMode::propagate() {
    m_view->settle();
    const ImageId next = m_set->idAt(m_set->rowOf(m_document->image().id) + 1);
    const auto picture = m_document->picture() ? m_document->picture()->pixels() : nullptr;
    if (!next.valid() || !picture) return m_note->show(common::Tone::Info, tr("There is no next image to carry shapes to."));
    annot::Annotations shapes = m_document->selected();
    if (shapes.empty()) shapes = m_document->annotations();
    std::erase_if(shapes, [](const annot::Annotation& a) { return a.shape.index() == 0; });
    services().jobs->run<Ghosts>(
        tr("Carry shapes to the next image"), this,
        [source = m_document->source(), picture, next, shapes](std::stop_token stop, const Progress& progress) -> Result<Ghosts> {
            LATHE_TRY(const OpenImage there, openImage(source, next, stop));
            if (!there.picture || !there.picture->pixels())
                return fail(ErrorCode::NotFound, "the next image's picture can't be read");
            return carried(*picture, *there.picture->pixels(), shapes, stop, progress);
        },
        [this, next, count = shapes.size(), of = workspace()](Result<Ghosts> found) {
            if (of != workspace()) return;
            if (!found) return m_note->show(common::Tone::Warn, common::errorText(found.error()));
            if (found->empty())
                return m_note->show(common::Tone::Info,
                                    tr("None of %n shape(s) could be followed to the next image.", nullptr, int(count)));
            m_carried = {next, std::move(*found)};
            open(next);
            showCarried();
        });
}

void LabelMode::showCarried() {
    if (m_document->image().id != m_carried.image || m_carried.ghosts.empty()) return;
    GhostSearch search{"Carry from the image before"};
    search.number = GhostSearch::Number{tr("Confidence"), "carried.least", int(100 * kLost), 95, int(100 * kLost), true};
    search.find = [ghosts = std::exchange(m_carried.ghosts, {})](int, Effort, std::stop_token) -> Result<Ghosts> { return ghosts; };
    showGhosts(std::move(search));
}

}  // namespace lathe::widgets::canvas
