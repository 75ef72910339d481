// What the Start page knows about the open workspace, gathered in one job.
#pragma once
#include <QDateTime>
#include <QImage>
#include <QStringList>
#include <QVector>

#include "core/models/registry.h"
#include "core/runs/runs.h"
#include "core/serve/push.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::start {

/// A line of "Since yesterday".
struct Activity {
    enum Kind { Audit, Run, Snapshot } kind = Audit;
    QString user, action, subject;  ///< action as in the audit log, "run.finished", "snapshot.taken"
    double at = 0;
};

/// A box on the picture of the Continue card, in parts of the picture (0…1).
struct PlacedBox {
    QRectF box;
    QColor colour;
};

struct StartFacts {
    qint64 images = 0, labelled = 0, annotations = 0, reviewed = 0, missing = 0;
    int classes = 0;
    store::ImageRow next;  ///< next image without labels, else the first
    bool hasNext = false;
    QImage picture;  ///< its thumbnail
    QVector<PlacedBox> boxes;
    std::vector<data::SnapshotRow> snapshots;
    std::vector<runs::RunRow> runs;
    std::vector<models::ModelRow> models;
    std::vector<lathe::serve::TargetRow> targets;
    std::vector<Activity> activity;  ///< newest first
    QVector<float> curve;            ///< of the newest run's validation metric
    QString curveName;
};

/// Reads all of it; what can't be read stays empty. Any thread.
[[nodiscard]] Result<StartFacts> gatherFacts(const store::Workspace& workspace, std::stop_token stop);

}  // namespace lathe::widgets::start
