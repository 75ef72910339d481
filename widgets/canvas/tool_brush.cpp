#include "widgets/canvas/tool_brush.h"

#include <algorithm>

#include "core/annot/area_ops.h"
#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "widgets/canvas/document.h"
#include "widgets/canvas/tool_options.h"

namespace lathe::widgets::canvas {

namespace {

constexpr const char* kBrushSize = "brush.size";
constexpr double kStandard = 24, kMost = 2000;
constexpr std::size_t kMask = std::size_t(Kind::Mask);

bool isFree(const annot::Annotation& a) {
    return !(a.flags & (annot::Locked | annot::Hidden));
}

annot::MaskCells cellsOf(const annot::Shape& shape, const annot::Rect& image) {
    const auto width = std::uint32_t(image.w), height = std::uint32_t(image.h);
    if (const auto* mask = std::get_if<annot::Mask>(&shape)) return annot::MaskCells(*mask);
    return annot::MaskCells(annot::maskOf(shape, width, height));
}

}  // namespace

double BrushTool::radius() const {
    return std::max(0.51, sizeOf(host(), kBrushSize, kStandard) / 2);
}

const ToolModes* BrushTool::modes() const {
    static const ToolModes all{"brush.mode",
                               QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "What is painted on"),
                               {QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Selected shape"),
                                QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "New mask")}};
    return m_erases ? nullptr : &all;
}

void BrushTool::addOptions(QHBoxLayout& row) {
    addSize(row, host(), kBrushSize, kStandard, kMost);
}

void BrushTool::act(std::string_view action) {
    stepSize(host(), kBrushSize, kStandard, kMost, action == "larger" ? 1 : -1);
}

bool BrushTool::wheel(double notches, const Pointer& p) {
    m_now = p;
    stepSize(host(), kBrushSize, kStandard, kMost, notches);
    return true;
}

// The selected one; the eraser also takes what lies under it.
const annot::Annotation* BrushTool::shapeUnder(const Pointer& p) const {
    Document& doc = host().document();
    const auto fits = [](const annot::Annotation* a) { return a && isFree(*a) && annot::isAreal(a->shape); };
    const auto& selection = doc.selection();
    const auto* selected = selection.size() == 1 ? doc.find(selection.front()) : nullptr;
    if (fits(selected)) return selected;
    if (!m_erases || !doc.scene()) return nullptr;
    const float slack = float(radius());
    for (const ShapeRef s : doc.scene()->hits({float(p.image.x), float(p.image.y)}, slack))
        if (const auto* a = doc.find(AnnotationId(s.head().id)); fits(a)) return a;
    return nullptr;
}

bool BrushTool::takeUp(const annot::Annotation& shape) {
    const annot::Rect image = host().document().imageRect();
    const auto* mask = std::get_if<annot::Mask>(&shape.shape);
    if (mask && (mask->width != std::uint32_t(image.w) || mask->height != std::uint32_t(image.h) || !annot::checkMask(*mask))) {
        host().note(QCoreApplication::translate("lathe::widgets::canvas::Tool", "This mask has another size than the picture."));
        return false;
    }
    m_shape = shape;
    m_kind = shape.shape.index();
    m_shape.shape = annot::Mask{};
    const ShapeRef known = mask ? host().document().scene()->find(shape.id.value) : ShapeRef{};
    m_cells = std::make_shared<annot::MaskCells>(known && known.mask() ? *known.mask() : cellsOf(shape.shape, image));
    return true;
}

bool BrushTool::start(const Pointer& p) {
    const auto* known = m_erases || mode() == Continue ? shapeUnder(p) : nullptr;
    if (known) return takeUp(*known);
    if (m_erases) {
        host().note(QCoreApplication::translate("lathe::widgets::canvas::Tool", "There is no shape here to erase from."));
        return false;
    }
    const auto classId = host().classForNew(int(kMask));
    if (!classId) return false;
    host().document().select({});
    const annot::Rect image = host().document().imageRect();
    m_shape = {};
    m_shape.classId = *classId;
    m_shape.shape = annot::Mask{};
    m_kind = kMask;
    m_cells = std::make_shared<annot::MaskCells>(std::uint32_t(image.w), std::uint32_t(image.h));
    return true;
}

void BrushTool::press(const Pointer& p) {
    m_now = p;
    const annot::Point before = m_last;
    if (!start(p)) return;
    host().note({});
    m_removing = m_erases != bool(p.keys & Qt::AltModifier);
    const bool straight = (p.keys & Qt::ShiftModifier) && m_lastShape.valid() && m_lastShape == m_shape.id;
    m_last = straight ? before : p.image;
    stroke(p.image);
}

void BrushTool::stroke(annot::Point to) {
    const annot::Rect touched = m_cells->stroke(m_last, to, radius(), !m_removing);
    m_last = to;
    host().carryMask(m_shape, m_cells, touched);
}

void BrushTool::move(const Pointer& p, bool pressed) {
    m_now = p;
    host().showCursor(Qt::BlankCursor);
    if (pressed && m_cells) stroke(p.image);
    host().repaintMarks();
}

void BrushTool::release(const Pointer& p) {
    if (!m_cells) return;
    if (p.image != m_last) stroke(p.image);
    finish();
}

// Where areas may not overlap, what was painted is taken from the other masks.
std::vector<annot::Annotation> BrushTool::cutAway(std::vector<AnnotationId>& emptied) const {
    std::vector<annot::Annotation> changed;
    Document& doc = host().document();
    if (doc.schema().overlap || m_removing || m_kind != kMask) return changed;
    const annot::Rect box = m_cells->bounds();
    const Bounds around{float(box.x), float(box.y), float(box.x + box.w), float(box.y + box.h)};
    doc.scene()->query(around, [&](ShapeRef s) {
        const auto* a = s.mask() && s.head().id != m_shape.id.value ? doc.find(AnnotationId(s.head().id)) : nullptr;
        if (!a || (a->flags & annot::Locked)) return;
        annot::MaskCells rest = *s.mask();
        rest.apply(*m_cells, false);
        if (rest == *s.mask()) return;
        if (rest.empty()) return emptied.push_back(a->id);
        annot::Annotation now = *a;
        now.setShape(rest.toMask());
        changed.push_back(std::move(now));
    });
    return changed;
}

void BrushTool::finish() {
    const auto cells = std::exchange(m_cells, nullptr);
    cells->compact();
    if (cells->empty()) {
        host().putBack();
        if (m_shape.id.valid()) host().document().remove("Erase", {m_shape.id});
        m_lastShape = {};
        return;
    }
    m_cells = cells;
    Besides besides;
    besides.replaced = cutAway(besides.removed);
    m_cells = nullptr;
    const char* label = m_removing ? "Erase" : "Paint";
    if (m_kind != kMask) {  // back to what can be a polygon
        m_shape.setShape(annot::polygonOf(cells->toMask()));
        host().carry({m_shape});
    }
    const auto ids = host().drop(label, besides);
    m_lastShape = ids.empty() ? AnnotationId{} : ids.front();
    if (!m_erases) host().document().select(ids);
}

bool BrushTool::wants(const QKeyEvent& event) const {
    return event.key() == Qt::Key_Escape && (busy() || !host().document().selection().empty());
}

void BrushTool::key(const QKeyEvent&) {
    if (busy())
        cancel();
    else
        host().document().select({});
}

void BrushTool::cancel() {
    if (std::exchange(m_cells, nullptr)) host().putBack();
    host().repaintMarks();
}

void BrushTool::classChanged(ClassId id) {
    if (!m_cells || m_shape.id.valid()) return;
    m_shape.classId = id;
    host().carryMask(m_shape, m_cells, m_cells->bounds());
}

void BrushTool::paint(QPainter& painter) {
    const double r = radius() * host().viewport().scale;
    painter.setBrush(Qt::NoBrush);
    const bool removing = m_erases != bool(m_now.keys & Qt::AltModifier);
    for (const auto& [colour, width] : {std::pair{QColor(0, 0, 0, 160), 3.0}, {QColor(Qt::white), 1.25}}) {
        painter.setPen(QPen(colour, width * host().ratio(), removing ? Qt::DashLine : Qt::SolidLine));
        painter.drawEllipse(m_now.device, r, r);
    }
}

}  // namespace lathe::widgets::canvas
