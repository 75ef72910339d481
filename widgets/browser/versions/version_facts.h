// What the versions page knows of a workspace: the tree of snapshots and all that was made of them.
#pragma once
#include <QColor>
#include <QHash>
#include <QString>

#include "core/data/import_records.h"
#include "core/data/versions.h"
#include "core/models/registry.h"
#include "core/runs/runs.h"
#include "core/serve/push.h"

namespace lathe::widgets::browser::versions {

/// Read at once in a job, then a value.
struct VersionFacts {
    std::int64_t records = 0;             ///< of the workspace's revision when it was read
    std::vector<data::SnapshotRow> rows;  ///< newest first
    SnapshotId head;                      ///< 0: none yet
    std::vector<runs::RunRow> runs;       ///< newest first
    std::vector<models::ModelRow> models;
    std::vector<serve::PushRow> pushes;
    std::vector<data::ImportRecord> imports;  ///< oldest first
    std::vector<store::ClassRow> classes;

    [[nodiscard]] const data::SnapshotRow* find(SnapshotId id) const;  ///< nullptr: there is none
    [[nodiscard]] int rowOf(SnapshotId id) const;                      ///< -1: none
    [[nodiscard]] QString nameOf(SnapshotId id) const;                 ///< "" for none
    [[nodiscard]] std::vector<const runs::RunRow*> runsOn(const data::SnapshotRow& row) const;
    [[nodiscard]] std::vector<const models::ModelRow*> modelsOf(const runs::RunRow& run) const;
};
/// Any thread.
[[nodiscard]] Result<VersionFacts> readVersionFacts(const store::Workspace& workspace);
/// As `lathe card` writes it: with the runs trained on the version and the models made of them.
[[nodiscard]] Result<std::string> versionCard(const store::Workspace& workspace, SnapshotId id, std::stop_token stop,
                                              const Progress& progress);

/// "Accuracy 97.3 %"; a run that has none: its state.
[[nodiscard]] QString figureOf(const runs::RunRow& run);
[[nodiscard]] QString nameOf(const runs::RunRow& run);
[[nodiscard]] QString modelStateText(const std::string& state);
/// "v1, 120 images, 340 annotations": for lists to choose from.
[[nodiscard]] QString versionText(const data::SnapshotRow& row);
/// "train 96, val 12, test 12".
[[nodiscard]] QString splitsText(const data::SnapshotRow& row);

}  // namespace lathe::widgets::browser::versions
