// Which tiles are chosen and which is current: one for the grid and the list, so that they choose the same.
#pragma once
#include <unordered_set>

#include "widgets/browser/tiles/grid_items.h"

namespace lathe::widgets::browser::tiles {

/// GUI thread. Holds keys, so that a choice outlives another order of the same things.
class TileSelection : public QObject {
    Q_OBJECT
public:
    explicit TileSelection(GridItems& items, QObject* parent = nullptr) : QObject(parent), m_items(&items) {}
    [[nodiscard]] GridItems& items() const { return *m_items; }
    void setItems(GridItems& items);  ///< nothing is selected then
    void reload();                    ///< the items are another set: keys that are gone are dropped
    [[nodiscard]] std::size_t count() const { return m_items->count(); }

    [[nodiscard]] std::vector<ImageId> images() const;    ///< of what is selected, each once, in the items' order
    [[nodiscard]] std::vector<std::size_t> rows() const;  ///< selected ones
    [[nodiscard]] std::size_t selectedCount() const { return m_selected.size(); }
    [[nodiscard]] bool isSelected(std::size_t row) const { return row < count() && m_selected.contains(m_items->keyAt(row)); }
    [[nodiscard]] int currentRow() const { return m_current; }  ///< -1: none
    [[nodiscard]] ImageId current() const;                      ///< invalid when there is none

    void setCurrent(std::size_t row, bool select = true);
    /// As a key does it: Shift extends from the anchor, Ctrl moves alone.
    void moveTo(std::size_t row, Qt::KeyboardModifiers modifiers);
    /// As a press does it: Shift extends, Ctrl toggles.
    void press(std::size_t row, Qt::KeyboardModifiers modifiers);
    void toggle(std::size_t row);
    void add(const std::vector<std::size_t>& rows);
    void selectAll();
    void clear();
Q_SIGNALS:
    void changed();
    void currentChanged();  ///< or pressed again

private:
    void selectRange(std::size_t row, bool keep);
    GridItems* m_items;
    std::unordered_set<std::int64_t> m_selected;
    int m_current = -1, m_anchor = -1;
};

}  // namespace lathe::widgets::browser::tiles
