#include "widgets/review/review_data.h"

#include <algorithm>
#include <unordered_map>

namespace lathe::widgets::review {
namespace {

constexpr std::size_t kSamples = 48;

std::vector<Sample> wrongAnswers(const store::Workspace& workspace, const runs::RunRow& run, const QStringList& labels) {
    auto outcomes = runs::outcomes(runs::RunFolder(run.folder));
    if (!outcomes) return {};
    const bool tested = std::any_of(outcomes->begin(), outcomes->end(), [](const auto& one) { return one.split == "test"; });
    std::erase_if(*outcomes, [split = tested ? "test" : "val"](const runs::SampleOutcome& outcome) {
        return outcome.split != split || outcome.label < 0 || outcome.right;
    });
    std::sort(outcomes->begin(), outcomes->end(), [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
    if (outcomes->size() > kSamples) outcomes->resize(kSamples);
    std::vector<ImageId> ids;
    for (const runs::SampleOutcome& outcome : *outcomes) ids.push_back(outcome.image);
    const auto images = workspace.images(ids);
    if (!images) return {};
    std::unordered_map<std::int64_t, const store::ImageRow*> byId;
    for (const store::ImageRow& image : *images) byId.emplace(image.id.value, &image);
    std::vector<Sample> samples;
    for (const runs::SampleOutcome& outcome : *outcomes)
        if (const auto found = byId.find(outcome.image.value); found != byId.end())
            samples.push_back(
                {*found->second, labels.value(outcome.predicted), labels.value(outcome.label), double(outcome.confidence)});
    return samples;
}

std::vector<Gate> gatesOf(const ReviewData& data, const std::string& user) {
    const models::ModelRow& model = data.model;
    std::vector<Gate> gates;
    const auto whole = models::verifyPackage(model.folder, model.digest);
    gates.push_back({Gate::PackageWhole, whole.has_value(),
                     whole ? QString::number(data.files) : QString::fromStdString(whole.error().text())});
    const auto metrics = data.report.value("metrics", Json::object());
    const std::string metric(runs::metricOf(model.task));
    gates.push_back({Gate::ReportThere, metrics.contains(metric), QString::number(metrics.value(metric, 0.0), 'f', 4)});
    int silent = 0;
    for (const Json& row : data.report.value("per_class", Json::array()))
        silent += row.value("recall", row.value("ap50", 0.0)) <= 0 ? 1 : 0;
    gates.push_back({Gate::EveryClassKnown, silent == 0 && !data.labels.isEmpty(), QString::number(data.labels.size() - silent)});
    gates.push_back({Gate::SubmittedByOther, !model.submittedBy.empty() && model.submittedBy != user,
                     QString::fromStdString(model.submittedBy)});
    if (model.state == "approved")
        gates.push_back({Gate::Signed, models::verifySignature(model.folder, model.digest).has_value(),
                         QString::fromStdString(model.approvedBy)});
    return gates;
}

}  // namespace

Result<ReviewData> readReview(const store::Workspace& workspace, const models::ModelRow& model, const std::string& user) {
    ReviewData data;
    data.model = model;
    LATHE_TRY(const models::PackageInfo package, models::readPackage(model.folder));
    for (const std::string& label : package.labels) data.labels << QString::fromStdString(label);
    data.files = package.files.size();
    for (const models::PackageFile& file : package.files) data.bytes += file.size;
    data.report = base::readJson(model.folder / "report.json").value_or(Json::object());
    data.spec = base::readJson(model.folder / "spec.json").value_or(Json::object());
    if (auto run = runs::findRun(workspace, model.run)) {
        data.wrong = wrongAnswers(workspace, *run, data.labels);
        data.run = std::move(*run);
    }
    LATHE_TRY(data.audit, models::auditLog(workspace));
    std::erase_if(data.audit, [&model](const models::AuditEntry& entry) { return entry.subject != model.digest; });
    std::reverse(data.audit.begin(), data.audit.end());
    data.gates = gatesOf(data, user);
    return data;
}

}  // namespace lathe::widgets::review
