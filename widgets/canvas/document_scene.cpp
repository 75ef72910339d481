// Document's scene: what a change of the shapes makes of it.
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kRepackAt = 1000, kMany = 256;
constexpr std::size_t kMostSelected = 1000;  // by an undo

Bounds boundsOf(const Shapes& shapes) {
    return shapes.heads.empty() ? Bounds{} : shapes.heads[0].box;
}

std::unordered_map<std::int64_t, std::size_t> positions(const annot::Annotations& annotations) {
    std::unordered_map<std::int64_t, std::size_t> at;
    at.reserve(annotations.size());
    for (std::size_t i = 0; i < annotations.size(); ++i) at.emplace(annotations[i].id.value, i);
    return at;
}

}  // namespace

void Document::setHidden(IdSet ids) {
    if (!m_scene || ids == m_scene->hidden()) return;
    Bounds touched;
    for (const IdSet* set : {&m_scene->hidden(), static_cast<const IdSet*>(&ids)})
        for (const std::int64_t id : *set)
            if (const ShapeRef s = m_scene->find(id)) touched.add(s.head().box);
    setScene(m_scene->withHidden(std::move(ids)), touched);
}

void Document::setLoose(const LoosePoint& point) {
    if (!m_scene || point == m_scene->loose()) return;
    Bounds touched;
    for (const LoosePoint& p : {m_scene->loose(), point}) touched.add(m_scene->looseBounds(p));
    setScene(m_scene->withLoose(point), touched);
}

void Document::offerCells(AnnotationId id, std::shared_ptr<const annot::MaskCells> cells) {
    m_offered[id.value] = std::move(cells);
}

void Document::setScene(std::shared_ptr<const Scene> scene, const Bounds& touched) {
    m_scene = std::move(scene);
    Q_EMIT sceneChanged(touched);
}

double Document::orderOf(const annot::Annotation& annotation) const {
    if (const ShapeRef known = m_scene->find(annotation.id.value)) return known.head().z;
    const auto at = m_at.find(annotation.id.value);
    const std::size_t i = at == m_at.end() ? m_annotations.size() : at->second;
    auto zAt = [&](std::size_t k, double otherwise) {
        const ShapeRef s = k < m_annotations.size() ? m_scene->find(m_annotations[k].id.value) : ShapeRef{};
        return s ? s.head().z : otherwise;
    };
    const double below = i > 0 ? zAt(i - 1, double(i)) : -1;
    return (below + zAt(i + 1, below + 2)) / 2;
}

std::shared_ptr<const Shapes> Document::single(const annot::Annotation& annotation, const Orders& placed) const {
    auto shapes = std::make_shared<Shapes>();
    const auto offered = m_offered.find(annotation.id.value);
    const auto order = placed.find(annotation.id.value);
    shapes->add(annotation, styleOf(annotation.classId), order == placed.end() ? orderOf(annotation) : order->second,
                offered == m_offered.end() ? nullptr : offered->second);
    if (const ShapeRef known = m_scene->find(annotation.id.value)) shapes->heads[0].crowd = known.head().crowd;
    return shapes;
}

// Positions stay when shapes only change; what was added at the end is appended.
void Document::index(const annot::AnnotationEdit& edit) {
    const bool kept = std::all_of(edit.changes.begin(), edit.changes.end(),
                                  [](const annot::Change& c) { return c.before && c.after && c.orderBefore == c.orderAfter; });
    if (kept) return;
    const bool appended =
        edit.changes.size() == 1 && !edit.changes[0].before && m_annotations.back().id == edit.changes[0].after->id;
    if (appended)
        m_at[m_annotations.back().id.value] = m_annotations.size() - 1;
    else
        m_at = positions(m_annotations);
}

/// Of many shapes only the class or the flags changed: their outlines stay as they are.
std::optional<Head> Document::restyled(const annot::Change& change) const {
    if (!change.before || !change.after || change.before->shape != change.after->shape) return std::nullopt;
    if (change.orderAfter >= 0 && change.orderAfter != change.orderBefore) return std::nullopt;
    const ShapeRef known = m_scene->find(change.after->id.value);
    const bool skeleton = std::holds_alternative<annot::Keypoints>(change.after->shape);  // its edges are its class's
    if (!known || (skeleton && change.before->classId != change.after->classId)) return std::nullopt;
    Head head = known.head();
    head.colour = styleOf(change.after->classId).colour;
    head.flags = change.after->flags;
    return head;
}

void Document::applied(const annot::AnnotationEdit& edit, bool select) {
    leavePast();
    index(edit);
    const Orders placed = placedOrders(edit);
    Scene::Replacements replaced;
    std::vector<Head> heads;
    Bounds touched;
    const bool many = edit.changes.size() > kMany;
    for (const auto& change : edit.changes) {
        const std::int64_t id = change.after ? change.after->id.value : change.before->id.value;
        if (const ShapeRef old = m_scene->find(id)) touched.add(old.head().box);
        if (const auto head = many ? restyled(change) : std::nullopt) {
            heads.push_back(*head);
            continue;
        }
        auto& shapes = replaced[id];
        if (change.after) shapes = single(*change.after, placed);
        if (shapes) touched.add(boundsOf(*shapes));
    }
    if (!replaced.empty() || heads.empty()) m_scene = m_scene->with(replaced);
    if (!heads.empty()) m_scene = m_scene->withHeads(heads);
    showAdded(edit);
    if (m_packing) m_sincePack.push_back(edit);
    std::vector<AnnotationId> changed;
    for (const auto& change : edit.changes)
        if (select && change.after && changed.size() < kMostSelected) changed.push_back(change.after->id);
    const bool another = !changed.empty() && changed != m_selection;
    if (another) takeSelection(std::move(changed));
    forgetVanished();
    // One may have become too long for a frame.
    if (another || m_selection.size() <= kCrowd) (void)remark(touched);
    Q_EMIT sceneChanged(touched);
    Q_EMIT annotationsChanged();
    if (another) Q_EMIT selectionChanged();
    repackIfMany();
}

void Document::setAnnotations(annot::Annotations annotations) {
    m_annotations = std::move(annotations);
    m_at = positions(m_annotations);
}

void Document::repackIfMany() {
    if (m_packing || m_scene->changedCount() < kRepackAt) return;
    m_packing = true;
    m_sincePack.clear();
    using Packed = std::shared_ptr<const Scene>;
    const quint64 generation = m_generation;
    m_services.jobs->run<Packed>(
        tr("Pack shapes"), this,
        [annotations = m_annotations, styles = m_styles](std::stop_token, const Progress&) -> Result<Packed> {
            return Scene::pack(annotations, styles);
        },
        [this, generation](Result<Packed> packed) {
            if (generation != m_generation || !packed) return;
            m_packing = false;
            m_scene = m_scene->withShapesOf(**packed);
            Scene::Replacements again;
            for (const auto& edit : std::exchange(m_sincePack, {}))
                for (const auto& change : edit.changes) {
                    const AnnotationId id = change.after ? change.after->id : change.before->id;
                    const auto* now = find(id);
                    again[id.value] = now ? single(*now) : nullptr;
                }
            if (!again.empty()) m_scene = m_scene->with(again);
            Q_EMIT sceneChanged({});
        },
        true);
}

}  // namespace lathe::widgets::canvas
