#include "widgets/charts/run_watch.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>
#include <algorithm>
#include <cmath>

#include "widgets/charts/chart.h"
#include "widgets/common/jobs.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
namespace {

std::map<std::string, int>& numbers() {
    static std::map<std::string, int> given;
    return given;
}

double numberIn(const Json& json, const char* key, double missing) {
    return json.is_object() && json.contains(key) && json[key].is_number() ? json[key].get<double>() : missing;
}

}  // namespace

RunWatch::RunWatch(runs::RunRow row, QObject* parent) : QObject(parent), m_row(std::move(row)), m_state(m_row.state) {
    QPointer<RunWatch> self(this);
    m_follower = std::make_unique<runs::RunFollower>(runs::RunFolder(m_row.folder), [this, self](runs::RunFollower::Batch batch) {
        auto shared = std::make_shared<runs::RunFollower::Batch>(std::move(batch));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [this, self, shared] {
                if (self) take(std::move(*shared));
            },
            Qt::QueuedConnection);
    });
}

RunWatch::~RunWatch() {
    auto ending = std::make_shared<std::unique_ptr<runs::RunFollower>>(std::move(m_follower));
    QThreadPool::globalInstance()->start([ending] { ending->reset(); });
}

void RunWatch::setRow(const runs::RunRow& row) {
    m_row = row;
}

std::shared_ptr<CurveData> RunWatch::curve(const std::string& series) {
    auto& curve = m_curves[series];
    if (!curve) curve = std::make_shared<CurveData>();
    return curve;
}

bool RunWatch::has(const std::string& series) const {
    const auto found = m_curves.find(series);
    return found != m_curves.end() && !found->second->empty();
}

Json RunWatch::lastEvent(const std::string& kind) const {
    for (auto event = m_events.rbegin(); event != m_events.rend(); ++event)
        if (event->value("kind", "") == kind) return *event;
    return nullptr;
}

double RunWatch::epoch() const {
    const auto loss = m_curves.find("train/loss");
    const double byLoss = loss != m_curves.end() ? loss->second->last(CurveData::Axis::Epoch) : 0;
    return std::max(byLoss, numberIn(lastEvent("epoch"), "epoch", 0));
}

int RunWatch::epochs() const {
    const double told = numberIn(lastEvent("plan"), "epochs", numberIn(lastEvent("epoch"), "epochs", 0));
    return told > 0 ? int(told) : m_row.epochs;
}

double RunWatch::secondsLeft() const {
    if (runs::isFinal(m_state)) return -1;
    const Json last = lastEvent("epoch");
    const double eta = numberIn(last, "eta", -1), per = numberIn(last, "seconds", 0);
    if (eta < 0) return -1;
    return std::max(0.0, eta - (epoch() - numberIn(last, "epoch", 0)) * per);
}

double RunWatch::imagesPerSecond() const {
    const double value = latest("images_per_second");
    return std::isfinite(value) ? value : -1;
}

double RunWatch::waitShare() const {
    const Json phases = lastEvent("phases");
    const double data = numberIn(phases, "data_ms", -1), step = numberIn(phases, "step_ms", 0);
    return data >= 0 && step > 0 ? data / step : -1;
}

double RunWatch::latest(const std::string& series) const {
    const auto found = m_curves.find(series);
    return found == m_curves.end() ? std::numeric_limits<double>::quiet_NaN() : found->second->lastValue();
}

void RunWatch::take(runs::RunFollower::Batch batch) {
    if (batch.restarted) {
        for (auto& [name, curve] : m_curves) curve->clear();
        m_events.clear();
    }
    for (const auto& [name, points] : batch.metrics) curve(name)->append(points);
    m_events.insert(m_events.end(), batch.events.begin(), batch.events.end());
    const auto before = std::exchange(m_state, batch.state);
    if (batch.restarted || !batch.metrics.empty()) Q_EMIT metricsChanged();
    if (batch.restarted || !batch.events.empty()) Q_EMIT eventsChanged();
    if (before != m_state) Q_EMIT stateChanged(before);
}

int runNumber(const RunId& run) {
    auto& given = numbers();
    return given.emplace(run.value, int(given.size())).first->second;
}

void numberRuns(const std::vector<runs::RunRow>& runs) {
    std::vector<const runs::RunRow*> sorted;
    for (const auto& run : runs) sorted.push_back(&run);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->id.value < b->id.value; });
    for (const auto* run : sorted) (void)runNumber(run->id);
}

StateLook lookOf(runs::RunState state) {
    using common::Token;
    const auto word = [](const char* text) { return QCoreApplication::translate("RunState", text); };
    switch (state) {
        case runs::RunState::Queued: return {"clock", int(Token::T3), word(QT_TRANSLATE_NOOP("RunState", "Waiting"))};
        case runs::RunState::Running: return {"play", int(Token::AccentText), word(QT_TRANSLATE_NOOP("RunState", "Running"))};
        case runs::RunState::Paused: return {"pause", int(Token::Warn), word(QT_TRANSLATE_NOOP("RunState", "Paused"))};
        case runs::RunState::Stopped: return {"skip", int(Token::T3), word(QT_TRANSLATE_NOOP("RunState", "Stopped"))};
        case runs::RunState::Finished: return {"ok", int(Token::Ok), word(QT_TRANSLATE_NOOP("RunState", "Finished"))};
        case runs::RunState::Failed: return {"error", int(Token::Err), word(QT_TRANSLATE_NOOP("RunState", "Failed"))};
        case runs::RunState::Died: return {"error", int(Token::Err), word(QT_TRANSLATE_NOOP("RunState", "Engine ended"))};
    }
    return {};
}

std::string judgedBy(const runs::RunRow& run) {
    return "val/" + std::string(runs::metricOf(run.task));
}

namespace {

/// "Accuracy" -> "accuracy", "AP50" stays.
QString inSentence(QString name) {
    if (name.size() > 1 && name[1].isLower()) name[0] = name[0].toLower();
    return name;
}

const std::map<std::string, const char*>& metricNames() {
    static const std::map<std::string, const char*> names{
        {"accuracy", QT_TRANSLATE_NOOP("Metric", "Accuracy")},
        {"top5", QT_TRANSLATE_NOOP("Metric", "Top-5 accuracy")},
        {"macro_f1", QT_TRANSLATE_NOOP("Metric", "Macro F1")},
        {"f1", QT_TRANSLATE_NOOP("Metric", "F1")},
        {"precision", QT_TRANSLATE_NOOP("Metric", "Precision")},
        {"recall", QT_TRANSLATE_NOOP("Metric", "Recall")},
        {"roc_auc", QT_TRANSLATE_NOOP("Metric", "ROC AUC")},
        {"average_precision", QT_TRANSLATE_NOOP("Metric", "Average precision")},
        {"ece", QT_TRANSLATE_NOOP("Metric", "Calibration error")},
        {"loss", QT_TRANSLATE_NOOP("Metric", "Loss")},
        {"ap", QT_TRANSLATE_NOOP("Metric", "AP")},
        {"ap50", QT_TRANSLATE_NOOP("Metric", "AP50")},
        {"ap75", QT_TRANSLATE_NOOP("Metric", "AP75")},
        {"ap_small", QT_TRANSLATE_NOOP("Metric", "AP, small objects")},
        {"ap_medium", QT_TRANSLATE_NOOP("Metric", "AP, medium objects")},
        {"ap_large", QT_TRANSLATE_NOOP("Metric", "AP, large objects")},
        {"ar1", QT_TRANSLATE_NOOP("Metric", "AR, 1 box")},
        {"ar10", QT_TRANSLATE_NOOP("Metric", "AR, 10 boxes")},
        {"ar100", QT_TRANSLATE_NOOP("Metric", "AR, 100 boxes")},
        {"ar_small", QT_TRANSLATE_NOOP("Metric", "AR, small objects")},
        {"ar_medium", QT_TRANSLATE_NOOP("Metric", "AR, medium objects")},
        {"ar_large", QT_TRANSLATE_NOOP("Metric", "AR, large objects")},
        {"miou", QT_TRANSLATE_NOOP("Metric", "Mean IoU")},
        {"iou", QT_TRANSLATE_NOOP("Metric", "IoU")},
        {"dice", QT_TRANSLATE_NOOP("Metric", "Dice")},
        {"pixel_accuracy", QT_TRANSLATE_NOOP("Metric", "Pixel accuracy")},
        {"images_per_second", QT_TRANSLATE_NOOP("Metric", "Images/s")},
        {"samples", QT_TRANSLATE_NOOP("Metric", "Images")},
    };
    return names;
}

}  // namespace

QString metricText(const std::string& metric) {
    if (metric.starts_with("val/"))
        return QCoreApplication::translate("Metric", "val %1").arg(inSentence(metricText(metric.substr(4))));
    if (metric.starts_with("train/"))
        return QCoreApplication::translate("Metric", "train %1").arg(inSentence(metricText(metric.substr(6))));
    const auto found = metricNames().find(metric);
    if (found != metricNames().end()) return QCoreApplication::translate("Metric", found->second);
    return QString::fromStdString(metric).replace('/', ' ').replace('_', ' ');
}

QString metricValue(const std::string& metric, double value) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    const bool share = metric.starts_with("ap") || metric.starts_with("val/ap") || metric.find("accuracy") != std::string::npos ||
                       metric.find("f1") != std::string::npos || metric.find("miou") != std::string::npos ||
                       metric.find("ece") != std::string::npos;
    return share ? QString::number(value, 'f', 4) : valueText(value);
}

}  // namespace lathe::widgets::charts
