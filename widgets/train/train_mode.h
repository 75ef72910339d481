// Train: start the next run, watch the one that goes on, pause, stop, resume; several drawn together.
#pragma once
#include <QHash>
#include <QTimer>
#include <map>
#include <memory>

#include "core/data/snapshot.h"
#include "core/runs/run_queue.h"
#include "widgets/charts/machine.h"
#include "widgets/charts/run_watch.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"
#include "widgets/train/next_run.h"

class QListView;
class QStackedWidget;
class QTabBar;

namespace lathe::widgets::train {

class ChangeRun;
class PreviewPage;
class QueuePanel;
class RunCentre;
class RunLog;
class ValidationPage;
class RunsModel;

class TrainMode : public common::Mode {
    Q_OBJECT
public:
    explicit TrainMode(common::Services& services, QWidget* parent = nullptr);
    ~TrainMode() override;
    [[nodiscard]] QString id() const override { return QStringLiteral("train"); }
    [[nodiscard]] QString title() const override { return tr("Train"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("train"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    /// {"run": id}: chooses it. {"snapshot": digest}: of the next run.
    void enter(const QVariantMap& args) override;
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override;
    [[nodiscard]] QStringList place() const override;
    [[nodiscard]] QStringList factsLeft() const override;
    [[nodiscard]] QStringList factsRight() const override;

protected:
    void retranslate() override;
    void paintEvent(QPaintEvent* event) override;  ///< the gaps between plates

private:
    struct Loaded {
        std::vector<runs::RunRow> runs;
        std::vector<data::SnapshotRow> snapshots;
        std::vector<store::ClassRow> classes;
        std::int64_t images = 0;
        runs::QueueState queue;
    };
    using Done = std::function<void(const Error&)>;
    enum Page { Curves, Validation, Preview };  ///< the tabs of the centre

    // building (train_page.cpp)
    void buildActions();
    void buildPage();
    QWidget* buildCentre();
    QWidget* buildRight();
    void wire();

    // what is there (train_mode.cpp)
    void load();
    void take(Loaded loaded);
    void loadSparks();
    void choose(const QString& run);
    void followLive();
    [[nodiscard]] charts::RunWatch* watch(const QString& run);
    void dropUnused();
    void showRuns();
    void grew();
    void draw();
    void showLog();
    void showState();
    void showPage(int page);
    void followPage();
    void showNote(const QString& words, common::Tone tone, bool resumable);
    void updateActions();
    [[nodiscard]] charts::RunWatch* focus() const;
    [[nodiscard]] bool resumable() const;
    void stateChanged(charts::RunWatch* run);
    void rereadRow(const RunId& run);
    void loadReport(const QString& run);

    // what can be done (train_control.cpp)
    void start();
    void checkNext();
    void runCheck(const runs::CheckWhat& what);
    void togglePage(int page);
    void pauseOrContinue();
    void stop();
    void resume();
    void copyRun();
    void compareTicked();
    void remove();

    // what goes on is steered (train_steer.cpp)
    [[nodiscard]] bool changeable() const;
    void changeRun();
    void sendChange(ChangeRun* popup, const runs::RunRow& row, const std::vector<std::string>& changes);
    void showCheckpoints();
    void fillFork(const runs::RunRow& row, const QString& checkpoint, int epoch);
    [[nodiscard]] static Result<runs::RunRow> madeRun(store::Workspace& workspace, const NextRun::Wanted& wanted,
                                                      const std::string& author);
    void enqueue();
    void resumeLater();  ///< the focused run joins the queue
    void moveQueued(const QString& run, int by);
    void changeQueue(const QString& run, std::function<Result<>(store::Workspace&, const RunId&)> how);

    void want(const char* state);
    void failed(const Error& error);
    void loadDevices();

    RunsModel* m_runs;
    NextRun* m_next;
    RunCentre* m_centre;
    PreviewPage* m_preview;
    ValidationPage* m_validation;
    QTabBar* m_pages;
    QListView* m_list;
    common::Panel* m_runsPanel;
    charts::MachinePanel* m_machine;
    RunLog* m_log;
    QueuePanel* m_queue;
    common::Note* m_note;
    common::EmptyState* m_empty;
    QStackedWidget* m_stack;
    QToolButton *m_compareButton, *m_removeButton, *m_queueButton, *m_changeButton, *m_checkpointsButton;
    /// Those in the header of the runs, with what they do.
    [[nodiscard]] std::vector<std::pair<QToolButton*, QAction*>> runButtons() const;
    common::ActionSet m_do;
    QAction *m_start, *m_check, *m_look, *m_said, *m_change, *m_checkpoints, *m_enqueue, *m_find, *m_pause, *m_stop, *m_resume,
        *m_resumeLater, *m_copy, *m_compare, *m_remove, *m_import;
    std::map<QString, std::unique_ptr<charts::RunWatch>> m_watches;
    QString m_focusId, m_engineLog;
    QString m_wantedId;  ///< a run to show that the list may not have yet: reading may have begun before it was made
    QTimer m_draw;
    bool m_loading = false, m_again = false, m_first = true, m_starting = false, m_checking = false, m_resuming = false,
         m_eventsGrew = false;
    std::int64_t m_images = 0;
    bool m_devicesKnown = false;
};

}  // namespace lathe::widgets::train
