#include "widgets/compare/pair.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "core/base/json.h"

namespace lathe::widgets::compare {
namespace {

using Outcomes = std::map<std::int64_t, runs::SampleOutcome>;

Result<Outcomes> testOutcomes(const runs::RunRow& run) {
    LATHE_TRY(const auto all, runs::outcomes(runs::RunFolder(run.folder)));
    Outcomes found;
    const bool hasTest = std::any_of(all.begin(), all.end(), [](const auto& one) { return one.split == "test"; });
    for (const auto& one : all)
        if (one.split == (hasTest ? "test" : "val")) found.emplace(one.image.value, one);
    return found;
}

QStringList classesOf(const runs::RunRow& run) {
    QStringList classes;
    const auto report = base::readJson(runs::RunFolder(run.folder).report());
    if (report && report->is_object() && report->contains("classes"))
        for (const auto& name : (*report)["classes"])
            if (name.is_string()) classes << QString::fromStdString(name.get<std::string>());
    return classes;
}

void tally(PairReport& report, const runs::SampleOutcome& a, const runs::SampleOutcome& b) {
    const int count = int(report.classes.size());
    if (a.label < 0 || a.label >= count) return;
    auto& one = report.byClass[std::size_t(a.label)];
    ++one.images;
    one.fixed += !a.right && b.right;
    one.broken += a.right && !b.right;
    if (a.predicted >= 0 && a.predicted < count) ++report.confusionA[std::size_t(a.label)][std::size_t(a.predicted)];
    if (b.predicted >= 0 && b.predicted < count) ++report.confusionB[std::size_t(b.label)][std::size_t(b.predicted)];
}

Result<std::vector<Case>> casesOf(const store::Workspace& workspace, const std::vector<ImageId>& images, const Outcomes& a,
                                  const Outcomes& b) {
    LATHE_TRY(const auto rows, workspace.images(images));
    std::vector<Case> cases;
    for (const auto& row : rows) {
        const auto mine = a.find(row.id.value), other = b.find(row.id.value);
        if (mine == a.end() || other == b.end()) continue;
        const auto words = [](const runs::SampleOutcome& s) {
            return outcomeText(s.found, s.missed, s.falsely, s.intersection, s.together);
        };
        cases.push_back({row, mine->second.label, mine->second.predicted, other->second.predicted, mine->second.confidence,
                         other->second.confidence, words(mine->second), words(other->second), mine->second.right,
                         other->second.right});
    }
    std::stable_sort(cases.begin(), cases.end(),
                     [](const Case& x, const Case& y) { return x.confidenceA + x.confidenceB > y.confidenceA + y.confidenceB; });
    return cases;
}

int mostClass(const Outcomes& outcomes) {
    int most = -1;
    for (const auto& [image, one] : outcomes) most = std::max({most, one.label, one.predicted});
    return most;
}

}  // namespace

QString outcomeText(std::int64_t found, std::int64_t missed, std::int64_t falsely, const std::vector<std::int64_t>& intersection,
                    const std::vector<std::int64_t>& together) {
    if (found + missed + falsely > 0)
        return QCoreApplication::translate("Case", "%1 of %2, %3 false").arg(found).arg(found + missed).arg(falsely);
    double sum = 0, classes = 0;
    for (std::size_t k = 0; k < std::min(together.size(), intersection.size()); ++k)
        if (together[k] > 0) sum += double(intersection[k]) / double(together[k]), ++classes;
    return classes > 0 ? QCoreApplication::translate("Case", "IoU %1").arg(sum / classes, 0, 'f', 2) : QString();
}

Result<PairReport> readPair(const store::Workspace& workspace, const runs::RunRow& a, const runs::RunRow& b,
                            const std::string& metric) {
    PairReport report;
    report.metric = metric;
    LATHE_TRY(report.verdict, runs::comparePair(a, b, metric));
    LATHE_TRY(const Outcomes mine, testOutcomes(a));
    LATHE_TRY(const Outcomes other, testOutcomes(b));
    report.classes = classesOf(a);
    for (int i = int(report.classes.size()); i <= std::max(mostClass(mine), mostClass(other)); ++i)
        report.classes << QString::number(i);
    const auto count = std::size_t(report.classes.size());
    report.byClass.resize(count);
    report.confusionA.assign(count, std::vector<double>(count));
    report.confusionB = report.confusionA;
    for (const auto& [image, one] : mine)
        if (const auto found = other.find(image); found != other.end()) {
            ++report.images;
            tally(report, one, found->second);
        }
    report.sameSnapshot = a.snapshot == b.snapshot;
    LATHE_TRY(report.fixed, casesOf(workspace, report.verdict.fixed, mine, other));
    LATHE_TRY(report.broken, casesOf(workspace, report.verdict.broken, mine, other));
    return report;
}

}  // namespace lathe::widgets::compare
