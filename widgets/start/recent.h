// The workspaces that were open lately: kept in the settings, with a cover made from their own images.
#pragma once
#include <QImage>
#include <QList>
#include <QString>

#include "core/store/workspace.h"

namespace lathe::widgets::start {

struct RecentWorkspace {
    QString path, name;
    qint64 images = -1;  ///< -1: not counted yet
    int classes = 0;
    double opened = 0;  ///< seconds since 1970
    bool missing = false;
    [[nodiscard]] QString cover() const;  ///< picture file in the user's cache; may not exist
};

/// Newest first, at most 12. GUI thread.
[[nodiscard]] QList<RecentWorkspace> recentWorkspaces();
/// Puts it to the front, or brings its figures up to date.
void rememberWorkspace(const RecentWorkspace& workspace);
void forgetWorkspace(const QString& path);

/// A mosaic of 3 x 2 images of the workspace; null when it has none. Any thread; decodes.
[[nodiscard]] QImage makeCover(const store::Workspace& workspace, std::stop_token stop);

}  // namespace lathe::widgets::start
