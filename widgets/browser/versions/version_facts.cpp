#include "widgets/browser/versions/version_facts.h"

#include <fmt/format.h>

#include <QCoreApplication>
#include <algorithm>

#include "core/data/card.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/counts.h"
#include "widgets/common/parts.h"
#include "widgets/common/split_words.h"

namespace lathe::widgets::browser::versions {
namespace {

/// The context of these strings.
struct Versions {
    Q_DECLARE_TR_FUNCTIONS(Versions)
};

}  // namespace

const data::SnapshotRow* VersionFacts::find(SnapshotId id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &rows[std::size_t(row)];
}

int VersionFacts::rowOf(SnapshotId id) const {
    const auto at = std::ranges::find(rows, id, &data::SnapshotRow::id);
    return at == rows.end() ? -1 : int(at - rows.begin());
}

QString VersionFacts::nameOf(SnapshotId id) const {
    const data::SnapshotRow* row = find(id);
    return row ? QString::fromStdString(row->name) : QString();
}

std::vector<const runs::RunRow*> VersionFacts::runsOn(const data::SnapshotRow& row) const {
    std::vector<const runs::RunRow*> found;
    for (const auto& run : runs)
        if (!row.digest.empty() && run.snapshot == row.digest) found.push_back(&run);
    return found;
}

std::vector<const models::ModelRow*> VersionFacts::modelsOf(const runs::RunRow& run) const {
    std::vector<const models::ModelRow*> found;
    for (const auto& model : models)
        if (model.run == run.id.value) found.push_back(&model);
    return found;
}

Result<VersionFacts> readVersionFacts(const store::Workspace& workspace) {
    VersionFacts facts;
    facts.records = workspace.revision().records;
    LATHE_TRY(facts.rows, data::snapshots(workspace));
    LATHE_TRY(facts.head, data::headSnapshot(workspace));
    LATHE_TRY(facts.runs, runs::runs(workspace));
    LATHE_TRY(facts.models, models::models(workspace));
    LATHE_TRY(facts.pushes, serve::pushes(workspace));
    LATHE_TRY(facts.imports, data::importRecords(workspace));
    LATHE_TRY(facts.classes, workspace.classes());
    return facts;
}

Result<std::string> versionCard(const store::Workspace& workspace, SnapshotId id, std::stop_token stop, const Progress& progress) {
    LATHE_TRY(const VersionFacts facts, readVersionFacts(workspace));
    LATHE_TRY(const auto snapshot, data::findSnapshot(workspace, id));
    std::vector<data::CardRun> rows;
    for (const runs::RunRow* run : facts.runsOn(snapshot)) {
        rows.push_back({run->name, std::string(runs::name(run->state)), run->task, run->model, run->metrics, {}});
        for (const models::ModelRow* model : facts.modelsOf(*run))
            rows.back().packages.push_back(fmt::format("{}:{} ({})", model->name, model->version, model->state));
    }
    return data::dataCard(workspace, id, rows, stop, progress);
}

QString figureOf(const runs::RunRow& run) {
    for (const auto& metric : {std::string(runs::metricOf(run.task)), charts::judgedBy(run)})
        if (const auto found = run.metrics.find(metric); found != run.metrics.end())
            return charts::metricText(metric) + u' ' + charts::metricValue(metric, found->second);
    return charts::lookOf(run.state).word;
}

QString nameOf(const runs::RunRow& run) {
    return QString::fromStdString(run.name.empty() ? run.id.value : run.name);
}

QString modelStateText(const std::string& state) {
    if (state == "packaged") return Versions::tr("packaged");
    if (state == "submitted") return Versions::tr("submitted");
    if (state == "approved") return Versions::tr("approved");
    if (state == "rejected") return Versions::tr("rejected");
    return QString::fromStdString(state);
}

QString versionText(const data::SnapshotRow& row) {
    return Versions::tr("%1, %2, %3", "name, images, annotations")
        .arg(QString::fromStdString(row.name), common::Counts::images(std::int64_t(row.images)),
             common::Counts::annotations(std::int64_t(row.annotations)));
}

QString splitsText(const data::SnapshotRow& row) {
    QStringList parts;
    for (const auto& [split, count] : row.splits) parts << common::splitText(split) + u' ' + common::number(double(count));
    return parts.join(QStringLiteral(", "));
}

}  // namespace lathe::widgets::browser::versions
