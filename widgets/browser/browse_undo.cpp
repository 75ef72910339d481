// What Browse takes back: first what was done here since it was opened, latest first, then what the store has of earlier sessions.
#include <algorithm>

#include "widgets/browser/browse_mode.h"
#include "widgets/browser/search/batch_undo.h"

namespace lathe::widgets::browser {

void BrowseMode::did(const QString& words, std::function<void()> undo) {
    const quint64 id = ++m_lastDeed;
    m_deeds.push_back({id, std::move(undo)});
    Q_EMIT toast(words, tr("Undo"), [this, id] { undoDeed(id); });
}

/// Once: a toast may still offer what a key has undone.
void BrowseMode::undoDeed(quint64 id) {
    const auto at = std::ranges::find(m_deeds, id, &Deed::id);
    if (at == m_deeds.end()) return;
    const auto undo = std::move(at->undo);
    m_deeds.erase(at);
    undo();
}

void BrowseMode::undoLast() {
    if (!m_deeds.empty()) return undoDeed(m_deeds.back().id);
    search::undoLatest(services(), this, workspace(), [this](const Result<std::optional<search::Undone>>& undone) {
        if (!undone) return showError(undone.error());
        if (*undone) search();
        Q_EMIT toast(*undone ? tr("Undone: %1").arg(QString::fromStdString((**undone).label)) : tr("Nothing to undo"), {}, {});
    });
}

void BrowseMode::undoBatch(store::BatchId batch) {
    search::undoBatch(services(), this, workspace(), batch,
                      [this](const Result<store::BatchResult>& undone) { undone ? search() : showError(undone.error()); });
}

}  // namespace lathe::widgets::browser
