#include "widgets/browser/tiles/tile_selection.h"

#include <algorithm>

namespace lathe::widgets::browser::tiles {

void TileSelection::setItems(GridItems& items) {
    m_items = &items;
    m_selected.clear();
    m_current = -1;
    reload();
}

void TileSelection::reload() {
    if (!m_selected.empty()) {
        std::unordered_set<std::int64_t> kept;
        for (std::size_t row = 0; row < count() && kept.size() < m_selected.size(); ++row)
            if (isSelected(row)) kept.insert(m_items->keyAt(row));
        m_selected = std::move(kept);
    }
    m_current = m_anchor = std::min<int>(m_current, int(count()) - 1);
    Q_EMIT changed();
    Q_EMIT currentChanged();
}

std::vector<std::size_t> TileSelection::rows() const {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < count() && rows.size() < m_selected.size(); ++row)
        if (isSelected(row)) rows.push_back(row);
    return rows;
}

std::vector<ImageId> TileSelection::images() const {
    std::vector<ImageId> ids;
    std::unordered_set<std::int64_t> seen;
    for (const std::size_t row : rows())
        if (const ImageId id = m_items->imageAt(row); seen.insert(id.value).second) ids.push_back(id);
    return ids;
}

ImageId TileSelection::current() const {
    return m_current >= 0 && std::size_t(m_current) < count() ? m_items->imageAt(std::size_t(m_current)) : ImageId();
}

void TileSelection::setCurrent(std::size_t row, bool select) {
    if (row >= count()) return;
    m_current = m_anchor = int(row);
    if (select) m_selected = {m_items->keyAt(row)};
    Q_EMIT changed();
    Q_EMIT currentChanged();
}

void TileSelection::moveTo(std::size_t row, Qt::KeyboardModifiers modifiers) {
    if (row >= count()) return;
    if (!(modifiers & (Qt::ShiftModifier | Qt::ControlModifier))) return setCurrent(row);
    if (modifiers & Qt::ShiftModifier) selectRange(row, false);
    m_current = int(row);
    Q_EMIT changed();
    Q_EMIT currentChanged();
}

void TileSelection::press(std::size_t row, Qt::KeyboardModifiers modifiers) {
    if (row >= count()) return;
    if (!(modifiers & Qt::ShiftModifier)) return modifiers & Qt::ControlModifier ? toggle(row) : setCurrent(row);
    selectRange(row, modifiers & Qt::ControlModifier);
    m_current = int(row);
    Q_EMIT changed();
    Q_EMIT currentChanged();
}

void TileSelection::toggle(std::size_t row) {
    const std::int64_t key = m_items->keyAt(row);
    if (!m_selected.erase(key)) m_selected.insert(key);
    m_current = m_anchor = int(row);
    Q_EMIT changed();
    Q_EMIT currentChanged();
}

void TileSelection::add(const std::vector<std::size_t>& rows) {
    for (const std::size_t row : rows) m_selected.insert(m_items->keyAt(row));
    Q_EMIT changed();
}

void TileSelection::selectAll() {
    m_selected.reserve(count());  // of a million, half the time
    for (std::size_t row = 0; row < count(); ++row) m_selected.insert(m_items->keyAt(row));
    Q_EMIT changed();
}

void TileSelection::clear() {
    m_selected.clear();
    Q_EMIT changed();
}

/// From the anchor.
void TileSelection::selectRange(std::size_t row, bool keep) {
    if (!keep) m_selected.clear();
    const auto from = std::size_t(std::max(0, m_anchor));
    m_selected.reserve(m_selected.size() + std::max(from, row) - std::min(from, row) + 1);
    for (std::size_t at = std::min(from, row); at <= std::max(from, row) && at < count(); ++at)
        m_selected.insert(m_items->keyAt(at));
}

}  // namespace lathe::widgets::browser::tiles
