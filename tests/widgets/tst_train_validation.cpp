// labels: slow
// Train with a real engine: validation pictures of a run that goes on, its changes, a fork from a checkpoint, the queue.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include "core/runs/checkpoints.h"
#include "core/runs/fork.h"
#include "core/runs/presets.h"
#include "tests/support/find_widgets.h"
#include "tests/support/sample_set.h"
#include "widgets/charts/curve_chart.h"
#include "widgets/charts/step_shares.h"
#include "widgets/common/theme.h"
#include "widgets/train/checkpoint_list.h"
#include "widgets/train/next_run.h"
#include "widgets/train/queue_keeper.h"
#include "widgets/train/run_changes.h"
#include "widgets/train/run_queue_panel.h"
#include "widgets/train/runs_model.h"
#include "widgets/train/train_mode.h"
#include "widgets/train/validation_page.h"
#include "widgets/train/validation_view.h"

using namespace lathe;
using namespace lathe::widgets;

namespace {

constexpr int kLong = 120000;  ///< ms that an engine may take

/// A picture of 40 x 30 with one box or a mask of two halves.
train::ValidationItem madeItem(const std::string& task) {
    auto still = std::make_shared<train::ValidationStill>();
    still->truth.width = 40, still->truth.height = 30, still->truth.label = 1;
    still->picture = QImage(40, 30, QImage::Format_RGB32);
    still->picture.fill(Qt::black);
    runs::ValidationSaid said;
    if (task == "detect") {
        still->truth.boxes = {{1, {10, 10, 10, 10}, 1, true}};
        said.boxes = {{1, {10, 10, 10, 10}, 0.9, true}, {0, {25, 5, 8, 8}, 0.8, false}, {0, {2, 2, 4, 4}, 0.1, false}};
        said.truths = 1, said.found = 1, said.falsely = 1;
    }
    if (task == "segment") {
        still->truth.mask = {2, 1, {1, 255}};
        said.mask = {2, 1, {2, 1}};
    }
    return {still, said, 0.5};
}

QImage drawn(const train::ValidationItem& item, train::ValidationLayer layer, const train::ValidationClasses& classes,
             double opacity = 1) {
    QImage image(400, 300, QImage::Format_RGB32);
    QPainter painter(&image);
    train::paintValidation(painter, QRectF(0, 0, 400, 300), item, layer, classes, opacity, false);
    return image;
}

bool near(QRgb a, const QColor& b) {
    return std::abs(qRed(a) - b.red()) < 12 && std::abs(qGreen(a) - b.green()) < 12 && std::abs(qBlue(a) - b.blue()) < 12;
}

}  // namespace

class TestTrainValidation : public QObject {
    Q_OBJECT
    base::TempFolder m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<train::TrainMode> m_mode;

    QAction* action(const QString& text) { return test::actionOf(m_mode->modeActions(), text); }
    train::ValidationPage* page() { return m_mode->findChild<train::ValidationPage*>(); }
    Result<runs::RunRow> made(const std::string& name, int epochs) {
        runs::RunSpec spec = runs::startingSpec("classify");
        spec.name = name, spec.epochs = epochs, spec.seed = 2, spec.batch = 8, spec.keepEvery = 1, spec.device = "cpu";
        return runs::createRun(*m_workspace, spec, "ana");
    }
    void choose(const runs::RunRow& run) { m_mode->enter({{QStringLiteral("run"), QString::fromStdString(run.id.value)}}); }
    runs::RunState stateOf(const runs::RunRow& run) {
        const auto now = runs::refresh(*m_workspace, run.id);
        return now ? now->state : runs::RunState::Failed;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QFileInfo::exists(qEnvironmentVariable("LATHE_ENGINE"))) QSKIP("lathe-engine is not built here (LATHE_ENGINE)");
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 30);
        QVERIFY(m_workspace);
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
        m_mode = std::make_unique<train::TrainMode>(m_services);
        m_mode->resize(1540, 900);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_mode->setWorkspace(m_workspace);
    }
    void cleanupTestCase() { m_mode.reset(); }

    void boxesAreDrawnInTheClassesOwnColours() {
        const QColor own(10, 200, 30);
        const auto classes = train::validationClasses("detect", {"cell", "disc"}, {{QStringLiteral("disc"), own}});
        QCOMPARE(classes.colour(1), own);
        QCOMPARE(classes.colour(0), common::Theme::classColour(0));
        const auto item = madeItem("detect");
        const QImage truth = drawn(item, train::ValidationLayer::Truth, classes);
        QVERIFY(near(truth.pixel(150, 100), own));
        QCOMPARE(truth.pixel(290, 50), qRgb(0, 0, 0));
        const QImage said = drawn(item, train::ValidationLayer::Said, classes);
        QVERIFY(near(said.pixel(290, 50), classes.colour(0)));
        QCOMPARE(said.pixel(40, 20), qRgb(0, 0, 0));  // below the threshold
        const QImage wrong = drawn(item, train::ValidationLayer::Wrong, classes);
        QVERIFY(near(wrong.pixel(290, 50), common::Theme::colour(common::Token::Err, true)));
        QVERIFY(!near(wrong.pixel(150, 100), own));
        QCOMPARE(train::validationWords(item, classes), QStringLiteral("1 of 1 found, 1 too many"));
    }

    void masksLeaveTheBackgroundClear() {
        const QColor own(10, 200, 30);
        const auto classes = train::validationClasses("segment", {"background", "road", "sky"}, {{QStringLiteral("sky"), own}});
        QVERIFY(!classes.colour(0).isValid());
        QCOMPARE(classes.colour(1), common::Theme::classColour(0));
        auto item = madeItem("segment");
        QVERIFY(near(drawn(item, train::ValidationLayer::Said, classes).pixel(20, 150), own));
        QVERIFY(near(drawn(item, train::ValidationLayer::Said, classes, 0.5).pixel(20, 150), QColor(5, 100, 15)));
        QVERIFY(near(drawn(item, train::ValidationLayer::Truth, classes).pixel(20, 150), classes.colour(1)));
        QVERIFY(near(drawn(item, train::ValidationLayer::Wrong, classes).pixel(20, 150),
                     common::Theme::colour(common::Token::Err, true)));
        QCOMPARE(drawn(item, train::ValidationLayer::Wrong, classes).pixel(380, 150), qRgb(0, 0, 0));  // not asked for
        item.said->mask.pixels = {0, 0};
        QCOMPARE(drawn(item, train::ValidationLayer::Said, classes).pixel(20, 150), qRgb(0, 0, 0));
    }

    void whatWaitsIsSaidInWords() {
        const auto shares = charts::stepShares({{"data_ms", 38.0},
                                                {"forward_ms", 20.0},
                                                {"backward_ms", 30.0},
                                                {"optimizer_ms", 12.0},
                                                {"train_s", 8.0},
                                                {"validation_s", 2.0}});
        const QString words = charts::stepWords(shares, 43);
        for (const char* part : {"43 images a second", "waits for data 38", "forward 20", "backward 30", "optimiser 12",
                                 "Validation takes 20", "stands still"})
            QVERIFY2(words.contains(QString::fromUtf8(part)), qPrintable(words));
        QVERIFY(!charts::stepWords(charts::stepShares({{"data_ms", 1.0}, {"forward_ms", 99.0}}), -1).contains("stands still"));
        QVERIFY(charts::stepWords(charts::stepShares({{"data_ms", "x"}}), 1).isEmpty());
        QVERIFY(!charts::stepShares(nullptr).known());
    }

    void picturesFollowARunThatGoesOn() {
        const auto run = made("pictures", 4);
        QVERIFY2(run.has_value(), run ? "" : run.error().text().c_str());
        QVERIFY(runs::launch(*run, false).has_value());
        m_mode->refresh();
        choose(*run);
        auto* pages = test::named<QTabBar>(m_mode.get(), QStringLiteral("Pages of the run"));
        QVERIFY(pages);
        QTRY_VERIFY(action(QStringLiteral("Validation pictures"))->isEnabled());
        action(QStringLiteral("Validation pictures"))->trigger();
        QCOMPARE(pages->currentIndex(), 1);
        QVERIFY(page()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(page()->epoch() >= 1, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(page()->epoch(), 4, kLong);
        auto* model = const_cast<train::ValidationModel*>(&page()->model());
        new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        QCOMPARE(model->rowCount(), 12);
        for (int row = 0; row < 12; ++row) {
            QVERIFY(model->index(row).data(train::ValidationModel::KnownRole).toBool());
            QTRY_VERIFY(!model->index(row).data(Qt::DecorationRole).value<QImage>().isNull());
            QVERIFY(!model->item(row).still->picture.isNull());
        }
    }

    void theSliderGoesThroughTheEpochs() {
        auto* slider = test::labelled<QSlider>(page(), QStringLiteral("Epoch"));
        QVERIFY(slider);
        QCOMPARE(slider->maximum(), 3);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Left);
        QTRY_COMPARE(page()->epoch(), 3);
        auto* newest = test::named<QToolButton>(page(), QStringLiteral("Follow the newest epoch"));
        QVERIFY(!newest->isChecked());
        QTest::keyClick(slider, Qt::Key_Home);
        QTRY_COMPARE(page()->epoch(), 1);
        QTest::mouseClick(newest, Qt::LeftButton);
        QTRY_COMPARE(page()->epoch(), 4);
        QCOMPARE(slider->value(), 3);
    }

    void wrongOnesOnlyAndOneLarge() {
        auto* slider = test::labelled<QSlider>(page(), QStringLiteral("Epoch"));
        slider->setValue(0);
        QTRY_COMPARE(page()->epoch(), 1);
        const int wrong = page()->model().wrong();
        page()->setWrongOnly(true);
        QCOMPARE(page()->model().rowCount(), wrong);
        page()->setWrongOnly(false);
        QCOMPARE(page()->model().rowCount(), 12);
        auto* list = test::named<QListView>(page(), QStringLiteral("Validation pictures"));
        auto* view = page()->findChild<train::ValidationView*>();
        list->setFocus();
        list->setCurrentIndex(list->model()->index(2, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_VERIFY(view->isVisible());
        const QString first = view->accessibleDescription();
        QVERIFY2(first.contains(page()->model().item(2).still->name), qPrintable(first));
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(list->currentIndex().row(), 3);
        QVERIFY(view->accessibleDescription() != first);
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(list->isVisible() && !view->isVisible());
    }

    void thePagesOfOtherRunsAreEmptyInWords() {
        const auto run = made("never started", 2);
        QVERIFY(run.has_value());
        m_mode->refresh();
        choose(*run);
        QTRY_COMPARE(page()->epoch(), 0);
        QCOMPARE(page()->model().rowCount(), 0);
        bool said = false;
        for (auto* label : page()->findChildren<QLabel*>())
            said |= label->isVisible() && label->text() == QStringLiteral("No validation pictures yet");
        QVERIFY(said);
        test::named<QTabBar>(m_mode.get(), QStringLiteral("Pages of the run"))->setCurrentIndex(0);
        QVERIFY(runs::deleteRun(*m_workspace, run->id).has_value());
    }

    void aRunThatGoesOnIsChanged() {
        const auto run = made("changed", 400);
        QVERIFY(run.has_value());
        QVERIFY(runs::launch(*run, false).has_value());
        m_mode->refresh();
        choose(*run);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*run) == runs::RunState::Running, kLong);
        QTRY_VERIFY(action(QStringLiteral("Change the run…"))->isEnabled());
        action(QStringLiteral("Change the run…"))->trigger();
        train::ChangeRun* popup = nullptr;
        QTRY_VERIFY((popup = m_mode->window()->findChild<train::ChangeRun*>()));
        QString wrong;
        QVERIFY(popup->assignments(wrong).empty() && !wrong.isEmpty());
        auto* rate = test::labelled<QLineEdit>(popup, QStringLiteral("Rate"));
        rate->setText(QStringLiteral("quick"));
        wrong.clear();
        QVERIFY(popup->assignments(wrong).empty() && wrong.contains(QStringLiteral("above 0")));
        rate->setText(QStringLiteral("0.0007"));
        test::labelled<QSpinBox>(popup, QStringLiteral("Epochs"))->setValue(300);
        wrong.clear();
        QCOMPARE(popup->assignments(wrong), (std::vector<std::string>{"optimizer.lr=0.0007", "epochs=300"}));
        int toasts = 0;
        const auto counted = connect(m_mode.get(), &common::Mode::toast, this, [&toasts] { ++toasts; });
        QTest::mouseClick(test::button(popup, QStringLiteral("Change")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(toasts, 1, kLong);
        disconnect(counted);
        const auto spec = runs::RunFolder(run->folder).readSpec();
        QVERIFY(spec.has_value());
        QCOMPARE(spec->optimizer.lr, 0.0007);
        QCOMPARE(spec->epochs, 300);
        QCOMPARE(spec->history.size(), std::size_t(1));
        auto* loss = test::named<charts::CurveChart>(m_mode.get(), QStringLiteral("Loss"));
        QTRY_VERIFY(loss->state().contains(QStringLiteral("Epochs 400 → 300")));
        QVERIFY(loss->momentAt(spec->history.front().epoch).contains(QStringLiteral("(ana)")));
        action(QStringLiteral("Stop"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*run) == runs::RunState::Stopped, kLong);
    }

    void aForkStartsFromACheckpoint() {
        const auto parent = runs::findRun(*m_workspace, "pictures");
        QVERIFY(parent.has_value());
        choose(*parent);
        QTRY_VERIFY(action(QStringLiteral("Checkpoints…"))->isEnabled());
        action(QStringLiteral("Checkpoints…"))->trigger();
        train::CheckpointList* popup = nullptr;
        QTRY_VERIFY((popup = m_mode->window()->findChild<train::CheckpointList*>()));
        auto* list = test::named<QListWidget>(popup, QStringLiteral("Checkpoints"));
        const auto rows = runs::checkpoints(runs::RunFolder(parent->folder));
        QCOMPARE(list->count(), int(rows.size()));
        int kept = -1;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].name == "epoch:2") kept = int(i);
        QVERIFY(kept >= 0);
        list->setCurrentRow(kept);
        QTest::mouseClick(test::button(popup, QStringLiteral("Fork from here")), Qt::LeftButton);
        auto* next = m_mode->findChild<train::NextRun*>();
        QTRY_VERIFY(next->wanted().fork.has_value());
        QCOMPARE(next->wanted().fork->checkpoint, std::string("epoch:2"));
        test::labelled<QSpinBox>(next, QStringLiteral("Epochs"))->setValue(3);
        test::labelled<QLineEdit>(next, QStringLiteral("Name"))->setText(QStringLiteral("forked"));
        action(QStringLiteral("Start next run"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(runs::findRun(*m_workspace, "forked").has_value(), kLong);
        const auto fork = runs::findRun(*m_workspace, "forked");
        const auto from = runs::parentOf(*fork);
        QVERIFY(from.has_value());
        QCOMPARE(from->run, parent->id.value);
        QCOMPARE(from->checkpoint, std::string("epoch:2"));
        QVERIFY(from->resumes);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*fork) == runs::RunState::Finished, kLong);
    }

    void theQueueIsOrderedAndStartsByItself() {
        // One goes on, so that the queue of one place waits.
        const auto running = made("holds the place", 400);
        QVERIFY(running.has_value());
        QVERIFY(runs::launch(*running, false).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*running) == runs::RunState::Running, kLong);
        auto* next = m_mode->findChild<train::NextRun*>();
        next->setCopied({}, std::nullopt);
        for (const char* name : {"first", "second", "third"}) {
            test::labelled<QSpinBox>(next, QStringLiteral("Epochs"))->setValue(1);
            test::labelled<QLineEdit>(next, QStringLiteral("Name"))->setText(QString::fromUtf8(name));
            QTRY_VERIFY(action(QStringLiteral("Queue next run"))->isEnabled());
            action(QStringLiteral("Queue next run"))->trigger();
            QTRY_VERIFY(runs::findRun(*m_workspace, name).has_value());
        }
        train::QueueKeeper keeper;
        connect(&keeper, &train::QueueKeeper::changed, m_mode.get(), &train::TrainMode::refresh);
        keeper.setWorkspace(m_workspace);
        auto* queue = m_mode->findChild<train::QueuePanel*>();
        QTRY_COMPARE(queue->waiting().size(), 3);
        QVERIFY(queue->isVisible());
        const QStringList before = queue->waiting();
        auto* list = test::named<QListWidget>(queue, QStringLiteral("Queue of runs"));
        list->setCurrentRow(2);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(queue->waiting(), (QStringList{before[0], before[2], before[1]}));
        list->model()->moveRow({}, 0, {}, 3);  // as a drag to the end does
        QTRY_COMPARE(runs::queueState(*m_workspace)->runs.back().value, before[0].toStdString());
        QTRY_COMPARE(queue->waiting(), (QStringList{before[2], before[1], before[0]}));
        list->setCurrentRow(1);
        QTest::keyClick(list, Qt::Key_Delete);
        QTRY_COMPARE(queue->waiting(), (QStringList{before[2], before[0]}));
        QVERIFY(runs::RunFolder(running->folder).want("stop").has_value());
        for (const char* name : {"third", "first"}) {
            const auto run = runs::findRun(*m_workspace, name);
            QVERIFY(run.has_value());
            QTRY_VERIFY_WITH_TIMEOUT(stateOf(*run) == runs::RunState::Finished, kLong);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!queue->isVisible(), kLong);
    }

    void presetsFillTheForm() {
        auto* next = m_mode->findChild<train::NextRun*>();
        next->setCopied({}, std::nullopt);
        auto* preset = test::labelled<QComboBox>(next, QStringLiteral("Preset"));
        QCOMPARE(preset->count(), int(runs::presets().size()));
        for (const char* name : {"quick", "smallest", "accurate"}) {
            preset->setCurrentIndex(preset->findData(QString::fromUtf8(name)));
            Q_EMIT preset->activated(preset->currentIndex());
            const auto wanted = runs::presetSpec(name, "classify", 60);
            QCOMPARE(runs::toJson(next->spec())["augmentation"].size(), wanted->augmentation.size());
            QCOMPARE(next->spec().epochs, wanted->epochs);
            const runs::Named filled{next->spec().model.name, next->spec().model.options},
                meant{wanted->model.name, wanted->model.options};
            QCOMPARE(filled.name, meant.name);
            QCOMPARE(filled.number(runs::Seam::Model, "width"), meant.number(runs::Seam::Model, "width"));
            QVERIFY(next->check().isEmpty());
        }
        auto* task = test::labelled<QComboBox>(next, QStringLiteral("Task"));
        task->setCurrentIndex(task->findData(QStringLiteral("detect")));
        QCOMPARE(next->spec().preprocessing.width, runs::presetSpec("accurate", "detect", 60)->preprocessing.width);
    }
};

QTEST_MAIN(TestTrainValidation)
#include "tst_train_validation.moc"
