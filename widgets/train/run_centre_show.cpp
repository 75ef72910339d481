// RunCentre: what is shown of the runs.
#include <QCoreApplication>
#include <QHBoxLayout>
#include <cmath>

#include "core/runs/fit_words.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/train/run_centre.h"
#include "widgets/train/run_changes.h"

namespace lathe::widgets::train {
using charts::CurveChart;
using charts::RunWatch;
using charts::setToken;
using common::Token;
namespace {

struct Best {
    double value = std::nan(""), epoch = 0;
};

Best bestOf(RunWatch& run) {
    Best best;
    for (const auto& point : run.curve(charts::judgedBy(run.row()))->raw().points())
        if (std::isfinite(point.value) && !(point.value <= best.value)) best = {point.value, point.epoch};
    return best;
}

QString nameOf(const RunWatch& run) {
    return QString::fromStdString(run.row().name.empty() ? run.row().id.value : run.row().name);
}

double figureOf(const Json& row) {
    for (const char* key : {"f1", "ap50", "iou", "recall", "accuracy"})
        if (row.is_object() && row.contains(key) && row[key].is_number()) return row[key].get<double>();
    return 0;
}

/// The two most important findings.
QString fitText(const std::vector<runs::FitFinding>& findings) {
    QStringList words;
    for (const runs::FitFinding& one : findings) {
        if (words.size() == 2) break;
        words << QString::fromStdString(runs::inWords(one, QCoreApplication::translate("Fit", one.pattern).toStdString()));
    }
    return words.join(' ');
}

common::Tone toneOf(const std::string& kind) {
    for (const char* bad : {"overfits", "underfits", "overconfident"})
        if (kind == bad) return common::Tone::Warn;
    return kind == "fits" || kind == "improving" ? common::Tone::Ok : common::Tone::Info;
}

}  // namespace

Json perClass(const RunWatch& run) {
    const Json& report = run.report();
    const Json* val = report.is_object() && report.contains("splits") ? &report["splits"] : nullptr;
    for (const Json& said : {val && val->contains("val") ? (*val)["val"] : Json(), run.lastEvent("epoch"), report})
        if (said.is_object() && said.contains("per_class") && !said["per_class"].empty()) return said["per_class"];
    return Json::array();
}

void RunCentre::setRuns(RunWatch* focus, const std::vector<RunWatch*>& others) {
    if (focus == m_focus && others == m_others) return showSeries();
    m_focus = focus;
    m_others = others;
    m_toldEvents = 0;
    for (auto* chart : {m_loss, m_accuracy, m_rate, m_images}) {
        chart->clearSeries();
        chart->resetZoom();
    }
    showSeries();
    update();
}

void RunCentre::setClassColours(const QHash<QString, QColor>& colours) {
    m_colours = colours;
    showClasses();
}

void RunCentre::showSeries() {
    for (auto* other : m_others) {
        const int number = charts::runNumber(other->row().id);
        const QString key = QString::fromStdString(other->row().id.value), name = nameOf(*other);
        m_loss->setSeries(key + "/val", {.label = tr("val, %1").arg(name), .number = number, .focus = false, .smooth = false},
                          other->curve("val/loss"));
        m_accuracy->setSeries(key, {.name = name, .number = number, .focus = false, .smooth = false},
                              other->curve(charts::judgedBy(other->row())));
    }
    if (!m_focus) return;
    const int number = charts::runNumber(m_focus->row().id);
    const QString key = QString::fromStdString(m_focus->row().id.value), name = nameOf(*m_focus);
    m_loss->setSeries(key + "/train", {.name = {}, .label = tr("train"), .number = number, .solid = true},
                      m_focus->curve("train/loss"));
    m_loss->setSeries(key + "/val", {.name = {}, .label = tr("val"), .number = number, .ink = true, .smooth = false},
                      m_focus->curve("val/loss"));
    m_accuracy->setSeries(key, {.name = name, .number = number, .smooth = false}, m_focus->curve(charts::judgedBy(m_focus->row())));
    m_rate->setSeries(key, {.name = tr("rate"), .number = number, .solid = true, .smooth = false}, m_focus->curve("lr"));
    m_images->setSeries(key, {.name = tr("images/s"), .number = number, .solid = true, .smooth = false},
                        m_focus->curve("images_per_second"));
    m_images->setYRange(std::pair(0.0, 1.0));
    m_rate->setYRange(std::pair(0.0, 0.0));
}

void RunCentre::showTask() {
    const std::string task = m_focus ? m_focus->row().task : std::string();
    const bool detects = task == "detect", segments = task == "segment";
    m_accuracy->setTitle(detects ? tr("Validation AP") : segments ? tr("Validation mean IoU") : tr("Validation accuracy"));
    m_barsTitle->setText(detects ? tr("AP50 by class") : segments ? tr("IoU by class") : tr("F1 by class"));
    m_bars->setAccessibleName(m_barsTitle->text());
}

void RunCentre::update() {
    showTask();
    showFigures();
    showBest();
    showClasses();
    showMarks();
    showMoments();
    showWords();
    const bool live = m_focus && !runs::isFinal(m_focus->state());
    for (auto* chart : {m_loss, m_accuracy, m_rate, m_images}) {
        chart->setSpan(m_focus && m_focus->epochs() > 0 ? std::optional<double>(m_focus->epochs()) : std::nullopt);
        chart->setLived(live ? std::optional(m_focus->epoch()) : std::nullopt);
    }
    const double rate = m_focus ? m_focus->latest("lr") : std::nan(""), speed = m_focus ? m_focus->imagesPerSecond() : -1;
    m_rate->setValueText(std::isfinite(rate) ? charts::valueText(rate) : QString());
    m_images->setValueText(speed >= 0 ? common::number(speed) : QString());
}

void RunCentre::showFigures() {
    const QString none = QStringLiteral("–");
    if (!m_focus) {
        for (auto* label : {m_value, m_epoch.value, m_left.value, m_speed.value, m_wait.value}) label->setText(none);
        for (auto* label : {m_caption, m_best, m_against}) label->clear();
        return m_meter->setShare(-1, tr("no run"));
    }
    const double value = m_focus->latest(charts::judgedBy(m_focus->row())), wait = m_focus->waitShare(),
                 speed = m_focus->imagesPerSecond(), left = m_focus->secondsLeft();
    const int epochs = m_focus->epochs(), at = int(std::floor(m_focus->epoch() + 1e-9));
    const QString name = nameOf(*m_focus);
    const std::string& task = m_focus->row().task;
    m_caption->setText(task == "detect"    ? tr("%1, val AP").arg(name)
                       : task == "segment" ? tr("%1, val mean IoU").arg(name)
                                           : tr("%1, val accuracy").arg(name));
    m_value->setText(std::isfinite(value) ? QString::number(value, 'f', 4) : none);
    m_epoch.value->setText(epochs > 0 ? tr("%1 of %2").arg(at).arg(epochs) : none);
    const auto state = m_focus->state();
    m_left.value->setText(runs::isFinal(state) ? charts::lookOf(state).word : left >= 0 ? common::duration(left) : none);
    m_speed.value->setText(speed >= 0 ? common::number(speed) : none);
    m_wait.value->setText(wait >= 0 ? charts::percentText(wait, 0) : none);
    setToken(m_wait.value, wait > 0.1 ? Token::Warn : Token::T1);
    const double share = epochs > 0 ? m_focus->epoch() / epochs : -1;
    m_meter->setShare(share, share >= 0 ? charts::percentText(share, 0) : tr("not known yet"));
}

void RunCentre::showBest() {
    if (!m_focus) return;
    const Best best = bestOf(*m_focus);
    m_best->setText(std::isfinite(best.value)
                        ? tr("best %1 at epoch %2").arg(QString::number(best.value, 'f', 4)).arg(std::lround(best.epoch))
                        : tr("no validation yet"));
    m_against->clear();
    RunWatch* against = nullptr;
    Best top;
    for (auto* other : m_others)
        if (const Best one = bestOf(*other); std::isfinite(one.value) && !(one.value <= top.value)) top = one, against = other;
    if (!against || !std::isfinite(best.value)) return;
    const double difference = best.value - top.value;
    const QString text = QString::number(std::abs(difference), 'f', 4);
    m_against->setText(difference >= 0 ? tr("+%1 over %2").arg(text, nameOf(*against))
                                       : tr("−%1 under %2").arg(text, nameOf(*against)));
    setToken(m_against, difference >= 0 ? Token::Ok : Token::T2);
}

void RunCentre::showClasses() {
    const Json mine = m_focus ? perClass(*m_focus) : Json::array();
    std::map<std::string, double> marks;
    QString against;
    if (!m_others.empty())
        for (const auto& row : perClass(*m_others.front())) {
            marks[row.value("class", "")] = figureOf(row);
            against = nameOf(*m_others.front());
        }
    std::vector<charts::BarRows::Row> rows;
    double low = 1;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        const std::string name = mine[i].value("class", "");
        const QString text = QString::fromStdString(name);
        const double value = figureOf(mine[i]);
        const auto mark = marks.find(name);
        rows.push_back({text, m_colours.value(text, common::Theme::classColour(int(i))), value,
                        mark == marks.end() ? std::nullopt : std::optional(mark->second), QString::number(value, 'f', 3)});
        low = std::min({low, value, mark == marks.end() ? 1.0 : mark->second});
    }
    const double from = low > 0.9 ? 0.8 : 0;
    m_bars->setRange(from, 1);
    m_barsEmpty->setVisible(rows.empty());
    m_bars->setVisible(!rows.empty());
    QStringList notes;
    if (!against.isEmpty() && !rows.empty()) notes << tr("mark: %1").arg(against);
    if (from > 0 && !rows.empty()) notes << tr("bars from %1").arg(from);
    m_barsSub->setText(notes.join(QStringLiteral(", ")));
    m_bars->setRows(std::move(rows));
}

void RunCentre::showWords() {
    const std::size_t events = m_focus ? m_focus->events().size() + 1 : 0;
    if (events == m_toldEvents && m_toldEvents > 0) return;
    m_toldEvents = events;
    runs::RunData data;
    if (m_focus) data.events = m_focus->events();
    const auto findings = m_focus ? runs::fitFindings(runs::fitCurves(data, m_focus->row().task)) : std::vector<runs::FitFinding>();
    const QString fit = fitText(findings);
    m_fit->setText(fit);
    for (QWidget* part : {m_fit, m_fitIcon}) part->setVisible(!fit.isEmpty());
    const auto tone = findings.empty() ? common::Tone::Info : toneOf(findings.front().kind);
    m_fitIcon->setPixmap(common::iconPixmap(common::toneIcon(tone), common::toneToken(tone), 16, devicePixelRatioF()));
    const auto shares = charts::stepShares(m_focus ? m_focus->lastEvent("phases") : Json());
    m_waits->setText(shares.known() ? charts::stepWords(shares, m_focus->imagesPerSecond())
                                    : tr("What waits for what is known after the first epoch."));
    m_stepBar->setShares(shares);
    m_stepBar->setVisible(shares.known());
}

/// Where the run was changed while it went on.
void RunCentre::showMoments() {
    QVector<CurveChart::Moment> moments;
    if (m_focus) {
        const auto axis = m_loss->axis();
        const double start = m_focus->curve("train/loss")->first(CurveChart::Axis::Time);
        for (const RunChange& change : changesOf(m_focus->events())) {
            if (!change.refused.isEmpty()) continue;
            const double x = axis == CurveChart::Axis::Epoch  ? change.epoch
                             : axis == CurveChart::Axis::Step ? double(change.step)
                                                              : change.time - start;
            moments << CurveChart::Moment{x, changeText(change)};
        }
    }
    for (auto* chart : {m_loss, m_accuracy, m_rate}) chart->setMoments(moments);
}

void RunCentre::showMarks() {
    if (!m_focus) return;
    QVector<CurveChart::Mark> marks;
    const Best best = bestOf(*m_focus);
    const auto axis = m_accuracy->axis();
    for (const auto& point : m_focus->curve(charts::judgedBy(m_focus->row()))->raw().points())
        if (std::isfinite(best.value) && point.value == best.value && point.epoch == best.epoch) {
            const double start = axis == CurveChart::Axis::Time ? m_focus->curve(charts::judgedBy(m_focus->row()))->first(axis) : 0;
            marks << CurveChart::Mark{charts::on(axis, point) - start, best.value,
                                      tr("best %1").arg(QString::number(best.value, 'f', 4)), false,
                                      charts::runNumber(m_focus->row().id)};
            break;
        }
    m_accuracy->setMarks(marks);
}

}  // namespace lathe::widgets::train
