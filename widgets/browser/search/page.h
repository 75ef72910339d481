// A page of Browse beside the grid: looks in a way of its own at the images that match the search.
#pragma once
#include <QAction>
#include <QVariantMap>
#include <QWidget>
#include <functional>
#include <memory>

#include "core/store/workspace.h"

namespace lathe::widgets::browser::search {

/// GUI thread. Works in jobs, and only while it is shown: what was asked for meanwhile is made up for when it is.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// What the search found, or the workspace itself, may be another now; what is shown stays until the new is there. nullptr: no
    /// workspace is open.
    virtual void setSearch(std::shared_ptr<store::Workspace> workspace, const QString& query) = 0;
    /// With text, icon and keys: they go to the menu, the palette and the cheat sheet. Keys that Browse has are taken.
    [[nodiscard]] virtual QList<QAction*> pageActions() const { return {}; }
    virtual void retranslate() = 0;
Q_SIGNALS:
    /// The whole text for the search box, whose images are shown then; empty: the search shall be cleared.
    void queryWanted(const QString& query);
    void imageWanted(ImageId image);  ///< in Label
    /// As those of common::Mode.
    void goTo(const QString& mode, const QVariantMap& args);
    void toast(const QString& text, const QString& actionText, std::function<void()> action);
    /// Said in a toast, and taken back by its button or by Browse's undo. `undo` is called once at most.
    void done(const QString& words, std::function<void()> undo);
};

}  // namespace lathe::widgets::browser::search
