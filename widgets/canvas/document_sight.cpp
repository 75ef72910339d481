// Document's sight: which shapes are seen, in which order, and of which moment.
#include <algorithm>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

void Document::setOnly(std::optional<IdSet> ids) {
    if (!m_scene || (!ids && !m_scene->only())) return;
    setScene(m_scene->withOnly(ids ? std::make_shared<const IdSet>(std::move(*ids)) : nullptr), Bounds::everything());
    std::vector<AnnotationId> kept;
    for (const AnnotationId id : m_selection)
        if (!only() || only()->contains(id.value)) kept.push_back(id);
    select(std::move(kept));
    setHovered(0);
    Q_EMIT isolationChanged();
}

// What is drawn while others are set aside is seen.
void Document::showAdded(const annot::AnnotationEdit& edit) {
    if (!only()) return;
    IdSet ids = *only();
    for (const auto& change : edit.changes)
        if (change.after) ids.insert(change.after->id.value);
    if (ids.size() == only()->size()) return;
    m_scene = m_scene->withOnly(std::make_shared<const IdSet>(std::move(ids)));
    Q_EMIT isolationChanged();
}

void Document::showPast(const Scene& packed) {
    if (!isOpen()) return;
    select({});
    setHovered(0);
    setOnly(std::nullopt);
    if (!m_present) m_present = m_scene;
    setScene(m_scene->withShapesOf(packed), Bounds::everything());
    Q_EMIT pastChanged();
}

void Document::leavePast() {
    if (!m_present) return;
    const auto present = std::exchange(m_present, nullptr);
    if (m_scene) setScene(m_scene->withShapesOf(*present), Bounds::everything());
    Q_EMIT pastChanged();
}

// Shapes that were put between others are painted between them: the orders of a run of such are spread between those of their
// neighbours, unless they fit already.
Document::Orders Document::placedOrders(const annot::AnnotationEdit& edit) const {
    std::vector<int> placed;
    for (const auto& change : edit.changes)
        if (change.after && change.orderAfter >= 0 && (!change.before || change.orderBefore != change.orderAfter))
            placed.push_back(positionOf(change.after->id));
    std::sort(placed.begin(), placed.end());
    const auto zAt = [&](int position, double otherwise) {
        if (position < 0 || position >= int(m_annotations.size())) return otherwise;
        const ShapeRef s = m_scene->find(m_annotations[std::size_t(position)].id.value);
        return s ? s.head().z : otherwise;
    };
    Orders orders;
    for (std::size_t from = 0; from < placed.size();) {
        std::size_t to = from + 1;
        while (to < placed.size() && placed[to] == placed[to - 1] + 1) ++to;
        const double count = double(to - from) + 1;
        const double above = zAt(placed[to - 1] + 1, 1e14), below = zAt(placed[from] - 1, above < 1e14 ? above - count : -1);
        const double top = above < 1e14 ? above : below + count;
        for (std::size_t i = from; i < to; ++i)
            orders[m_annotations[std::size_t(placed[i])].id.value] = below + (top - below) * double(i - from + 1) / count;
        from = to;
    }
    return orders;
}

}  // namespace lathe::widgets::canvas
