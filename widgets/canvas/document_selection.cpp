// Document's selection, hover and suggestions: what is marked, by the tiles or by the GUI thread.
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

void Document::setSuggestions(annot::Annotations suggestions) {
    if (!isOpen() || suggestions == m_suggestions) return;
    Bounds touched;
    auto touch = [&] {
        for (std::size_t i = 0; i < m_suggestions.size(); ++i)
            if (const ShapeRef s = m_scene->find(Scene::suggestionId(i))) touched.add(s.head().box);
    };
    touch();
    m_suggestions = std::move(suggestions);
    m_currentSuggestion = -1;
    m_scene = m_scene->withSuggestions(m_suggestions, m_styles);
    touch();
    Q_EMIT sceneChanged(touched);
    Q_EMIT suggestionsChanged();
}

void Document::setCurrentSuggestion(int index) {
    index = index < int(m_suggestions.size()) ? std::max(index, -1) : -1;
    if (index == m_currentSuggestion) return;
    m_currentSuggestion = index;
    Q_EMIT suggestionsChanged();
}

int Document::suggestionAt(annot::Point at, double slack) const {
    if (!m_scene) return -1;
    const auto found = m_scene->suggestionsAt({float(at.x), float(at.y)}, float(slack));
    return found.empty() ? -1 : int(found.front());
}

std::vector<annot::Annotation> Document::selected() const {
    std::vector<annot::Annotation> out;
    for (const AnnotationId id : m_selection)
        if (const auto* a = find(id)) out.push_back(*a);
    return out;
}

void Document::select(std::vector<AnnotationId> ids) {
    std::erase_if(ids, [&](AnnotationId id) { return !m_at.contains(id.value); });
    if (ids == m_selection) return;
    takeSelection(std::move(ids));
    markSelected();
    Q_EMIT selectionChanged();
}

void Document::takeSelection(std::vector<AnnotationId> ids) {
    m_selection = std::move(ids);
    m_selected.clear();
    for (const AnnotationId id : m_selection) m_selected.insert(id.value);
}

void Document::setHovered(std::int64_t id) {
    if (id == m_hovered) return;
    m_hovered = id;
    markHovered();
    Q_EMIT hoverChanged();
}

// The GUI thread paints hover and selection on top; shapes that are too long for a frame are marked in the tiles instead.
bool Document::isMarkedByTiles(std::int64_t id) const {
    const ShapeRef s = m_scene->find(id);
    return s && s.head().paintedByTiles();
}

void Document::touch(Bounds& touched, std::int64_t id) const {
    if (const ShapeRef s = m_scene->find(id)) touched.add(s.head().box);
}

void Document::markHovered() {
    if (!m_scene) return;
    const std::int64_t hovered = isMarkedByTiles(m_hovered) ? m_hovered : 0;
    if (hovered == m_scene->hovered()) return;
    Bounds touched;
    touch(touched, hovered);
    touch(touched, m_scene->hovered());
    setScene(m_scene->withMarked(m_scene->selected(), hovered), touched);
}

void Document::markSelected() {
    Bounds touched;
    if (m_scene && remark(touched)) Q_EMIT sceneChanged(touched);
}

bool Document::remark(Bounds& touched) {
    IdSet selected;
    const bool crowd = m_selection.size() > kCrowd;
    for (const AnnotationId id : m_selection)
        if (crowd || isMarkedByTiles(id.value)) selected.insert(id.value);
    if (selected == m_scene->selected()) return false;
    for (const std::int64_t id : m_scene->selected()) touch(touched, id);
    for (const std::int64_t id : selected) touch(touched, id);
    m_scene = m_scene->withMarked(std::move(selected), m_scene->hovered());
    return true;
}

void Document::forgetVanished() {
    const std::size_t before = m_selection.size();
    std::erase_if(m_selection, [&](AnnotationId id) { return !m_at.contains(id.value); });
    if (m_selection.size() == before) return;
    m_selected.clear();
    for (const AnnotationId id : m_selection) m_selected.insert(id.value);
    Q_EMIT selectionChanged();
}

}  // namespace lathe::widgets::canvas
