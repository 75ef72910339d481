#include "widgets/canvas/tool_points.h"

#include <algorithm>

#include "widgets/canvas/document.h"
#include "widgets/canvas/marks.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::uint8_t kNot = 0, kHidden = 1, kVisible = 2;

std::uint8_t visibilityFor(const Pointer& p) {
    return p.button == Qt::RightButton ? kHidden : kVisible;
}

}  // namespace

void PointTool::press(const Pointer& p) {
    if (gripPress(p) || !begin()) return;
    show(annot::Dot{snap().place(p)});
}

void PointTool::hover(const Pointer& p) {
    if (drawing()) show(annot::Dot{snap().place(p)});
}

void PointTool::release(const Pointer& p) {
    if (!gripRelease() && drawing()) finish(annot::Dot{snap().place(p)});
}

// ---- skeleton

const ToolModes* SkeletonTool::modes() const {
    static const ToolModes all{"skeleton.mode",
                               QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "How a skeleton is placed"),
                               {QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Joint by joint"),
                                QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Whole")}};
    return &all;
}

const annot::Skeleton* SkeletonTool::skeleton() const {
    const auto* schema = host().document().schemaOf(draft().classId);
    return schema && !schema->skeleton.joints.empty() ? &schema->skeleton : nullptr;
}

const annot::Annotation* SkeletonTool::selected() const {
    const auto& selection = host().document().selection();
    const auto* a = selection.size() == 1 ? host().document().find(selection.front()) : nullptr;
    return a && std::holds_alternative<annot::Keypoints>(a->shape) && !(a->flags & (annot::Locked | annot::Hidden)) ? a : nullptr;
}

annot::Keypoints SkeletonTool::within(const annot::Rect& r) const {
    annot::Keypoints points;
    for (const auto& joint : skeleton()->joints)
        points.items.push_back({{r.x + joint.at.x * r.w, r.y + joint.at.y * r.h}, kVisible});
    points.box = r;
    return points;
}

bool SkeletonTool::start(const Pointer& p) {
    const auto* known = p.keys & Qt::ShiftModifier ? selected() : nullptr;
    if (known) {
        draft() = *known;
        m_target = known->id;
        m_points = std::get<annot::Keypoints>(known->shape);
        setDrawing(true);
        m_next = -1;
        goOn();
        return drawing();
    }
    if (!begin()) return false;
    if (skeleton()) m_points.items.resize(skeleton()->joints.size());
    if (mode() == Whole && !skeleton()) {
        host().note(QCoreApplication::translate(
            "lathe::widgets::canvas::Tool", "This class has no skeleton in the label schema: its joints are placed one by one."));
    }
    return true;
}

void SkeletonTool::press(const Pointer& p) {
    if (!drawing() && p.button == Qt::RightButton) return turnVisibility(p);
    if (p.button == Qt::LeftButton && gripPress(p)) return;
    if (!drawing() && !start(p)) return;
    if (mode() == Whole && skeleton() && !m_target.valid()) {
        m_from = p;
        return;
    }
    placeJoint(snap().place(p), visibilityFor(p));
}

void SkeletonTool::placeJoint(annot::Point at, std::uint8_t visibility) {
    if (std::size_t(m_next) >= m_points.items.size()) m_points.items.resize(std::size_t(m_next) + 1);
    m_points.items[std::size_t(m_next)] = {at, visibility};
    m_order.push_back(m_next);
    show(m_points);
    goOn();
}

// To the next joint without a label; after the last one of a skeleton it is whole.
void SkeletonTool::goOn() {
    ++m_next;
    const bool free = !skeleton() && !m_target.valid();
    while (!free && std::size_t(m_next) < m_points.items.size() && m_points.items[std::size_t(m_next)].visibility != kNot) ++m_next;
    if (!free && std::size_t(m_next) >= m_points.items.size()) complete();
}

void SkeletonTool::hover(const Pointer& p) {
    if (!drawing() || mode() != Whole || !skeleton() || m_target.valid()) return;
    const annot::Point a = m_from.image, b = snap().place(p);
    show(within({std::min(a.x, b.x), std::min(a.y, b.y), std::fabs(b.x - a.x), std::fabs(b.y - a.y)}));
}

void SkeletonTool::release(const Pointer& p) {
    if (gripRelease() || !drawing() || mode() != Whole || !skeleton() || m_target.valid()) return;
    if (isClick(m_from, p)) return cancel();
    hover(p);
    finish(draft().shape);
}

void SkeletonTool::takeBack() {
    if (m_order.empty()) return cancel();
    m_next = m_order.back();
    m_order.pop_back();
    m_points.items[std::size_t(m_next)] = {};
    if (m_order.empty() && !m_target.valid()) return cancel();
    show(m_points);
}

void SkeletonTool::complete() {
    const bool any = std::any_of(m_points.items.begin(), m_points.items.end(), [](const auto& i) { return i.visibility != kNot; });
    if (!any) return cancel();
    if (m_target.valid()) {
        setDrawing(false);
        show(m_points);
        forget();
        host().drop("Label joints");
        return host().repaintMarks();
    }
    finish(m_points);
}

void SkeletonTool::forget() {
    m_points = {};
    m_order.clear();
    m_next = 0;
    m_target = {};
}

void SkeletonTool::turnVisibility(const Pointer& p) {
    if (!selected()) return;
    if (const Grip grip = grips().under(p); grip.kind == Grip::Vertex) turnVisibility(grip.point);
}

void SkeletonTool::turnVisibility(int joint) {
    annot::Annotation now = *selected();
    auto points = std::get<annot::Keypoints>(now.shape);
    auto& visibility = points.items.at(std::size_t(joint)).visibility;
    visibility = visibility == kVisible ? kHidden : visibility == kHidden ? kNot : kVisible;
    now.setShape(std::move(points));
    host().document().replace("Joint visibility", {now});
}

bool SkeletonTool::can(std::string_view action) const {
    if (action == "skip-joint") return drawing() && mode() == ByJoint && skeleton();
    return action == "joint-visibility" && !drawing() && selected() && grips().vertex();
}

void SkeletonTool::act(std::string_view action) {
    if (action == "joint-visibility") return turnVisibility(grips().vertex().point);
    m_order.push_back(m_next);
    goOn();
    host().repaintMarks();
}

// The name of the joint that is placed next, beside the pointer.
void SkeletonTool::paint(QPainter& painter) {
    DrawTool::paint(painter);
    const auto* bones = drawing() ? skeleton() : nullptr;
    if (!bones || std::size_t(m_next) >= bones->joints.size() || mode() == Whole) return;
    const QString text = QStringLiteral("%1  %2/%3")
                             .arg(QString::fromStdString(bones->joints[std::size_t(m_next)].name))
                             .arg(m_next + 1)
                             .arg(bones->joints.size());
    const QPointF at = now().device + QPointF(14, 14) * host().ratio();
    paintSuggestionTag(painter, QRectF(at, QSizeF(1, 1)), text, host().ratio());
}

}  // namespace lathe::widgets::canvas
