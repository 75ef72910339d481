#include "widgets/train/train_mode.h"

#include <QListView>
#include <QStackedWidget>
#include <QTabBar>
#include <cmath>
#include <set>

#include "core/base/files.h"
#include "core/base/json.h"
#include "widgets/charts/spark.h"
#include "widgets/train/next_run.h"
#include "widgets/train/preview_page.h"
#include "widgets/train/run_centre.h"
#include "widgets/train/run_log.h"
#include "widgets/train/run_queue_panel.h"
#include "widgets/train/runs_model.h"
#include "widgets/train/validation_page.h"

namespace lathe::widgets::train {
namespace {

constexpr int kSparks = 40, kSparkValues = 40, kTickedAtFirst = 3;
constexpr std::uint64_t kLogTail = 20000;

}  // namespace

TrainMode::TrainMode(common::Services& services, QWidget* parent)
    : Mode(services, parent), m_do("train", staticMetaObject.className(), this) {
    buildActions();
    buildPage();
    wire();
    retranslate();
}

TrainMode::~TrainMode() = default;

void TrainMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_centre->setRuns(nullptr, {});
    m_watches.clear();
    m_focusId.clear();
    m_engineLog.clear();
    m_first = true;
    m_images = 0;
    m_pages->setCurrentIndex(Curves);
    m_preview->setWorkspace(workspace);
    m_validation->setWorkspace(workspace);
    m_queue->setQueue({}, {});
    m_note->hide();
    m_runs->setRuns({});
    m_log->setEvents({}, {});
    showState();
    if (workspace) load();
}

void TrainMode::refresh() {
    if (workspace()) load();
}

void TrainMode::enter(const QVariantMap& args) {
    if (!m_devicesKnown) loadDevices();
    if (const QString digest = args.value(QStringLiteral("snapshot")).toString(); !digest.isEmpty()) m_next->chooseSnapshot(digest);
    if (const QString run = args.value(QStringLiteral("run")).toString(); !run.isEmpty()) {
        if (m_runs->rowOf(run) >= 0) return choose(run);
        m_wantedId = run;
        refresh();
    }
}

void TrainMode::load() {
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    std::set<std::string> followed;
    for (const auto& [id, run] : m_watches) followed.insert(id.toStdString());
    services().jobs->run<Loaded>(
        tr("Read the runs"), this,
        [workspace = workspace(), followed](std::stop_token, const Progress&) -> Result<Loaded> {
            Loaded loaded;
            LATHE_TRY(loaded.runs, runs::runs(*workspace));
            for (auto& run : loaded.runs)  // a run that died while nobody looked
                if (!runs::isFinal(run.state) && !followed.contains(run.id.value))
                    if (auto now = runs::refresh(*workspace, run.id)) run = *now;
            LATHE_TRY(loaded.snapshots, data::snapshots(*workspace));
            LATHE_TRY(loaded.classes, workspace->classes());
            LATHE_TRY(loaded.images, workspace->imageCount());
            if (auto queue = runs::queueState(*workspace)) loaded.queue = std::move(*queue);
            return loaded;
        },
        [this, asked = workspace()](Result<Loaded> loaded) {
            m_loading = false;
            if (asked != workspace()) return load();
            if (loaded)
                take(std::move(*loaded));
            else
                failed(loaded.error());
            if (std::exchange(m_again, false)) return load();
            m_wantedId.clear();  // what was read last doesn't have it
        },
        true);
}

void TrainMode::take(Loaded loaded) {
    charts::numberRuns(loaded.runs);
    m_images = loaded.images;
    m_runs->setRuns(loaded.runs);
    m_runs->setQueued(loaded.queue.runs);
    m_runsPanel->setCount(QString::number(loaded.runs.size()));
    m_queue->setQueue(loaded.queue, [this](const RunId& id) {
        const auto* run = m_runs->run(QString::fromStdString(id.value));
        return run ? nameOfRun(*run) : QString::fromStdString(id.value);
    });
    m_next->setSnapshots(loaded.snapshots, loaded.images);
    QHash<QString, QColor> colours;
    for (std::size_t i = 0; i < loaded.classes.size(); ++i) {
        const auto& row = loaded.classes[i];
        colours.insert(QString::fromStdString(row.name),
                       row.colour.empty() ? common::Theme::classColour(int(i)) : QColor(QString::fromStdString(row.colour)));
    }
    m_centre->setClassColours(colours);
    m_preview->setClassColours(colours);
    m_validation->setClassColours(colours);
    for (const auto& run : loaded.runs)
        if (const auto found = m_watches.find(idOf(run)); found != m_watches.end()) found->second->setRow(run);
    if (m_runs->rowOf(m_wantedId) >= 0) m_focusId = std::exchange(m_wantedId, {});
    if (m_focusId.isEmpty() || m_runs->rowOf(m_focusId) < 0)
        m_focusId = loaded.runs.empty() ? QString() : idOf(loaded.runs.front());
    if (std::exchange(m_first, false) && !loaded.runs.empty()) {
        QStringList ticked;
        for (const auto& run : loaded.runs)
            if (idOf(run) != m_focusId && run.state == runs::RunState::Finished && ticked.size() < kTickedAtFirst)
                ticked << idOf(run);
        m_runs->setTicked(ticked);
        copyRun();
    }
    followLive();
    choose(m_focusId);
    loadSparks();
    showState();
}

void TrainMode::loadSparks() {
    std::vector<runs::RunRow> wanted;
    for (const auto& run : m_runs->runs())
        if (runs::isFinal(run.state) && !m_runs->hasSpark(idOf(run)) && wanted.size() < kSparks) wanted.push_back(run);
    if (wanted.empty()) return;
    using Sparks = std::vector<std::pair<QString, QVector<float>>>;
    services().jobs->run<Sparks>(
        tr("Read curves"), this,
        [wanted](std::stop_token stop, const Progress&) -> Result<Sparks> {
            Sparks sparks;
            for (const auto& run : wanted) {
                if (stop.stop_requested()) break;
                const auto data = runs::readRun(runs::RunFolder(run.folder));
                const auto found = data ? data->series.find(charts::judgedBy(run)) : decltype(data->series.find("")){};
                const bool there = data && found != data->series.end();
                sparks.emplace_back(idOf(run), there ? charts::sparkValues(found->second, kSparkValues) : QVector<float>());
            }
            return sparks;
        },
        [this](Result<Sparks> sparks) {
            if (!sparks) return;
            for (const auto& [run, values] : *sparks) m_runs->setSpark(run, values);
        },
        true);
}

charts::RunWatch* TrainMode::focus() const {
    const auto found = m_watches.find(m_focusId);
    return found == m_watches.end() ? nullptr : found->second.get();
}

charts::RunWatch* TrainMode::watch(const QString& id) {
    auto& kept = m_watches[id];
    if (kept) return kept.get();
    const auto* row = m_runs->run(id);
    if (!row) {
        m_watches.erase(id);
        return nullptr;
    }
    kept = std::make_unique<charts::RunWatch>(*row);
    auto* made = kept.get();
    connect(made, &charts::RunWatch::metricsChanged, this, &TrainMode::grew);
    connect(made, &charts::RunWatch::eventsChanged, this, [this, made] {
        m_eventsGrew |= made == focus();
        grew();
    });
    connect(made, &charts::RunWatch::stateChanged, this, [this, made] { stateChanged(made); });
    if (row->state == runs::RunState::Finished) loadReport(id);
    return made;
}

void TrainMode::followLive() {
    for (const auto& run : m_runs->runs())
        if (!runs::isFinal(run.state)) (void)watch(idOf(run));
}

void TrainMode::dropUnused() {
    for (auto it = m_watches.begin(); it != m_watches.end();) {
        const bool used = it->first == m_focusId || m_runs->ticked(it->first) || !runs::isFinal(it->second->state());
        it = used ? std::next(it) : m_watches.erase(it);
    }
}

void TrainMode::choose(const QString& id) {
    const bool other = id != m_focusId;
    m_focusId = id;
    const int row = m_runs->rowOf(id);
    if (row >= 0 && m_list->currentIndex().row() != row) m_list->setCurrentIndex(m_runs->index(row));
    if (other) m_engineLog.clear();
    (void)watch(id);
    showRuns();
    m_eventsGrew = true;
    draw();
    showState();
    if (auto* run = focus(); run && (run->state() == runs::RunState::Died || run->state() == runs::RunState::Failed))
        rereadRow(run->row().id);
    Q_EMIT placeChanged();
}

void TrainMode::showRuns() {
    std::vector<charts::RunWatch*> others;
    for (const auto& id : m_runs->tickedIds())
        if (id != m_focusId)
            if (auto* run = watch(id)) others.push_back(run);
    m_centre->setRuns(focus(), others);
    m_validation->setRun(focus() ? std::optional(runs::RunFolder(focus()->row().folder)) : std::nullopt);
    dropUnused();
    updateActions();
}

void TrainMode::grew() {
    if (!m_draw.isActive()) m_draw.start();
}

void TrainMode::draw() {
    for (const auto& [id, run] : m_watches) {
        m_runs->setLive(id, run->state(), run->latest(charts::judgedBy(run->row())));
        if (run->has(charts::judgedBy(run->row())))
            m_runs->setSpark(id, charts::sparkValues(run->curve(charts::judgedBy(run->row()))->raw(), kSparkValues));
    }
    m_centre->update();
    if (auto* run = focus()) {
        m_machine->setWaitShare(run->waitShare());
        m_next->setPace(run->imagesPerSecond());
    }
    if (std::exchange(m_eventsGrew, false)) {
        showLog();
        m_validation->epochEnded();
        if (focus() && runs::isFinal(focus()->state())) showState();  // where it ended: known since its log was read
    }
    updateActions();
    Q_EMIT factsChanged();
}

void TrainMode::showLog() {
    if (auto* run = focus())
        m_log->setEvents(run->events(), m_engineLog);
    else
        m_log->setEvents({}, {});
}

void TrainMode::stateChanged(charts::RunWatch* run) {
    m_runs->setLive(QString::fromStdString(run->row().id.value), run->state(), run->latest(charts::judgedBy(run->row())));
    rereadRow(run->row().id);
    if (run->state() == runs::RunState::Finished) loadReport(QString::fromStdString(run->row().id.value));
    if (run == focus()) showState();
    updateActions();
}

void TrainMode::loadReport(const QString& id) {
    const auto found = m_watches.find(id);
    if (found == m_watches.end()) return;
    services().jobs->run<Json>(
        tr("Read the report"), this,
        [folder = runs::RunFolder(found->second->row().folder)](std::stop_token, const Progress&) {
            return base::readJson(folder.report());
        },
        [this, id](Result<Json> report) {
            const auto run = m_watches.find(id);
            if (!report || run == m_watches.end()) return;
            run->second->setReport(std::move(*report));
            grew();
        },
        true);
}

/// Its final word: reason and figures, from the folder into the index and here.
void TrainMode::rereadRow(const RunId& id) {
    struct Word {
        runs::RunRow row;
        std::string log;
    };
    services().jobs->run<Word>(
        tr("Read the run"), this,
        [workspace = workspace(), id](std::stop_token, const Progress&) -> Result<Word> {
            Word word;
            LATHE_TRY(word.row, runs::refresh(*workspace, id));
            if (auto text = base::readFile(runs::RunFolder(word.row.folder).log()))
                word.log = text->size() > kLogTail ? text->substr(text->size() - kLogTail) : *text;
            return word;
        },
        [this, id](Result<Word> word) {
            if (!word) return;
            const QString run = QString::fromStdString(id.value);
            if (const auto found = m_watches.find(run); found != m_watches.end()) found->second->setRow(word->row);
            if (run == m_focusId) {
                m_engineLog = QString::fromStdString(word->log);
                m_eventsGrew = true;
                showState();
            }
            grew();
        },
        true);
}

void TrainMode::showState() {
    auto* run = focus();
    followPage();
    if (!workspace()) {
        m_empty->setTexts(tr("No workspace is open"), tr("Open one, or take a sample set, to train on it."));
        m_empty->setActions(m_import);
    } else if (m_images == 0) {
        m_empty->setTexts(tr("No images to train on"), tr("Import a folder of images and labels, or take a sample set."));
        m_empty->setActions(m_import);
    } else if (!run) {
        m_empty->setTexts(tr("No run yet"), tr("The presets at the left are a good start: the images are frozen, then it trains."));
        m_empty->setActions(m_start);
    }
    if (!run) return m_note->hide();
    const QString why = QString::fromStdString(run->row().message);
    const int epoch = int(run->epoch()) + 1;
    if (run->state() == runs::RunState::Died)
        showNote(why.isEmpty() ? tr("The engine ended in epoch %1. Nothing is lost.").arg(epoch)
                               : tr("The engine ended in epoch %1 (%2). Nothing is lost.").arg(epoch).arg(why),
                 common::Tone::Err, true);
    else if (run->state() == runs::RunState::Failed)
        showNote(why.isEmpty() ? tr("The run failed.") : tr("The run failed: %1").arg(why), common::Tone::Err, false);
    else if (run->state() == runs::RunState::Stopped)
        showNote(tr("Stopped in epoch %1. It can go on from there.").arg(epoch), common::Tone::Info, true);
    else
        m_note->hide();
}

void TrainMode::followPage() {
    const int page = m_pages->currentIndex();
    QWidget* shown = page == Preview ? static_cast<QWidget*>(m_preview) : m_empty;
    if (page != Preview && focus()) shown = page == Validation ? static_cast<QWidget*>(m_validation) : m_centre;
    m_stack->setCurrentWidget(shown);
}

void TrainMode::showNote(const QString& words, common::Tone tone, bool resumable) {
    m_note->show(tone, words, resumable ? tr("Resume") : tr("Copy run"), [this, resumable] { resumable ? resume() : copyRun(); });
}

}  // namespace lathe::widgets::train
