#include "widgets/start/facts.h"

#include "core/data/query.h"
#include "core/image/cache.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::start {
namespace {

constexpr std::size_t kMostActivity = 40;

template <class T>
std::vector<T> orNone(Result<std::vector<T>> result) {
    return result ? std::move(*result) : std::vector<T>{};
}

QColor colourOf(const std::vector<store::ClassRow>& classes, ClassId id) {
    for (const auto& row : classes)
        if (row.id == id) return QColor(QString::fromStdString(row.colour));
    return {};
}

void readPicture(StartFacts& facts, const store::Workspace& workspace) {
    const image::ThumbnailCache cache(workspace.layout().cache() / "thumbs");
    const auto thumb = cache.get(facts.next.digest, workspace.layout().file(facts.next));
    if (!thumb) return;
    facts.picture = common::toQImage(*thumb);
    const auto classes = workspace.classes();
    const auto annotations = workspace.annotations(facts.next.id);
    if (!annotations || !classes || facts.next.width <= 0 || facts.next.height <= 0) return;
    for (const auto& annotation : *annotations) {
        const annot::Rect r = annot::bounds(annotation.shape);
        if (r.w <= 0 || r.h <= 0) continue;
        const double w = facts.next.width, h = facts.next.height;
        facts.boxes.append({QRectF(r.x / w, r.y / h, r.w / w, r.h / h), colourOf(*classes, annotation.classId)});
    }
}

void readImages(StartFacts& facts, const store::Workspace& workspace, std::stop_token stop) {
    const auto index = store::ColumnIndex::load(workspace, stop);
    if (!index) return;
    const auto ids = (*index)->imageIds();
    const auto start = (*index)->objectStart();
    facts.images = qint64(ids.size());
    std::size_t first = ids.size();
    for (std::size_t rank = 0; rank < ids.size(); ++rank) {
        const bool has = start[rank + 1] > start[rank];
        facts.labelled += has;
        if (!has && first == ids.size()) first = rank;
    }
    facts.annotations = start.empty() ? 0 : start.back();
    const auto& states = (*index)->stateNames();
    for (const auto code : (*index)->stateCodes()) facts.reviewed += states[code] == "accepted" || states[code] == "rejected";
    if (ids.empty()) return;
    const auto row = workspace.image(ImageId(ids[first < ids.size() ? first : 0]));
    if (!row || !*row) return;
    facts.next = **row;
    facts.hasNext = first < ids.size();
    readPicture(facts, workspace);
}

void readCurve(StartFacts& facts) {
    if (facts.runs.empty()) return;
    const auto data = runs::readRun(runs::RunFolder(facts.runs.front().folder));
    if (!data) return;
    for (const char* name : {"val/accuracy", "val/ap", "val/miou", "val/loss", "train/loss"}) {
        const auto it = data->series.find(name);
        if (it == data->series.end() || it->second.size() < 2) continue;
        facts.curveName = QString::fromLatin1(name);
        for (const auto& point : it->second.points()) facts.curve.append(float(point.value));
        return;
    }
}

void readActivity(StartFacts& facts, const store::Workspace& workspace) {
    for (const auto& entry : orNone(models::auditLog(workspace)))
        facts.activity.push_back({Activity::Audit, QString::fromStdString(entry.user), QString::fromStdString(entry.action),
                                  QString::fromStdString(entry.subject), entry.at});
    for (const auto& run : facts.runs) {
        const double at = run.started + (runs::isFinal(run.state) ? run.seconds : 0);
        facts.activity.push_back({Activity::Run, QString::fromStdString(run.author),
                                  QString::fromStdString("run." + std::string(runs::name(run.state))),
                                  QString::fromStdString(run.name), at});
    }
    for (const auto& snapshot : facts.snapshots)
        facts.activity.push_back({Activity::Snapshot, QString::fromStdString(snapshot.author), QStringLiteral("snapshot.taken"),
                                  QString::fromStdString(snapshot.name), snapshot.at});
    std::ranges::sort(facts.activity, [](const Activity& a, const Activity& b) { return a.at > b.at; });
    if (facts.activity.size() > kMostActivity) facts.activity.resize(kMostActivity);
}

}  // namespace

Result<StartFacts> gatherFacts(const store::Workspace& workspace, std::stop_token stop) {
    StartFacts facts;
    readImages(facts, workspace, stop);
    if (const auto classes = workspace.classes()) facts.classes = int(classes->size());
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "Cancelled");
    facts.snapshots = orNone(data::snapshots(workspace));
    facts.runs = orNone(runs::runs(workspace));
    facts.models = orNone(models::models(workspace));
    facts.targets = orNone(serve::targets(workspace));
    readCurve(facts);
    readActivity(facts, workspace);
    return facts;
}

}  // namespace lathe::widgets::start
