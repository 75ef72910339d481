// One run as the window follows it: its curves, events and state, fed by a RunFollower; used by every mode that draws runs.
#pragma once
#include <QObject>
#include <QStringList>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/runs/runs.h"
#include "widgets/charts/curve_data.h"

namespace lathe::widgets::charts {

/// GUI thread. Follows for as long as it lives: a run that was stopped may be resumed.
class RunWatch : public QObject {
    Q_OBJECT
public:
    explicit RunWatch(runs::RunRow row, QObject* parent = nullptr);
    ~RunWatch() override;  ///< the follower's thread is ended in the background

    [[nodiscard]] const runs::RunRow& row() const { return m_row; }
    void setRow(const runs::RunRow& row);
    [[nodiscard]] runs::RunState state() const { return m_state; }
    /// The series, made empty when the run hasn't told it yet; the pointer stays the same for the life of this object.
    [[nodiscard]] std::shared_ptr<CurveData> curve(const std::string& series);
    [[nodiscard]] bool has(const std::string& series) const;
    [[nodiscard]] const std::vector<Json>& events() const { return m_events; }
    /// The last event of a kind; null when there was none.
    [[nodiscard]] Json lastEvent(const std::string& kind) const;

    /// report.json, read by the owner in a job once the run is finished; null before.
    [[nodiscard]] const Json& report() const { return m_report; }
    void setReport(Json report) { m_report = std::move(report); }

    // What the events say, for the figures.
    [[nodiscard]] double epoch() const;                            ///< fractional: where training is
    [[nodiscard]] int epochs() const;                              ///< 0: not known yet
    [[nodiscard]] double secondsLeft() const;                      ///< -1: not known
    [[nodiscard]] double imagesPerSecond() const;                  ///< -1: not known
    [[nodiscard]] double waitShare() const;                        ///< share of a step spent waiting for data; -1: not known
    [[nodiscard]] double latest(const std::string& series) const;  ///< NaN: none
Q_SIGNALS:
    void metricsChanged();
    void eventsChanged();  ///< new events, or all of them anew after a restart
    void stateChanged(runs::RunState before);

private:
    void take(runs::RunFollower::Batch batch);
    runs::RunRow m_row;
    runs::RunState m_state;
    std::map<std::string, std::shared_ptr<CurveData>> m_curves;
    std::vector<Json> m_events;
    Json m_report;
    std::unique_ptr<runs::RunFollower> m_follower;
};

/// The number of a run's colour, dash and marker, the same in every mode: given in the order in which runs are first seen.
[[nodiscard]] int runNumber(const RunId& run);
/// Gives numbers to all in order of their start, so that they are the same after a restart.
void numberRuns(const std::vector<runs::RunRow>& runs);

/// Icon, its colour token (common::Token) and a word for a state.
struct StateLook {
    QString icon;
    int token;
    QString word;
};
[[nodiscard]] StateLook lookOf(runs::RunState state);
/// The series of a run's epochs by which its task is judged: "val/accuracy", "val/ap", "val/miou".
[[nodiscard]] std::string judgedBy(const runs::RunRow& run);
/// "accuracy" -> "Accuracy", "val/loss" -> "val loss": a metric's name as people read it.
[[nodiscard]] QString metricText(const std::string& metric);
/// Accuracy, mIoU … are shares and shown as such; losses are not.
[[nodiscard]] QString metricValue(const std::string& metric, double value);

}  // namespace lathe::widgets::charts
