// Train on a real workspace with run folders as the engine writes them: the form and its checks, live curves, death and resume.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "core/runs/run_queue.h"
#include "tests/support/find_widgets.h"
#include "tests/support/made_runs.h"
#include "tests/support/sample_set.h"
#include "widgets/charts/curve_chart.h"
#include "widgets/common/theme.h"
#include "widgets/train/augment_tags.h"
#include "widgets/train/check_report.h"
#include "widgets/train/next_run.h"
#include "widgets/train/run_log.h"
#include "widgets/train/runs_model.h"
#include "widgets/train/train_mode.h"

using namespace lathe;
using namespace lathe::widgets;

class TestTrainMode : public QObject {
    Q_OBJECT
    base::TempFolder m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<train::TrainMode> m_mode;
    QListView* m_list = nullptr;

    void select(const QString& run) {
        auto* model = static_cast<train::RunsModel*>(m_list->model());
        QTRY_VERIFY(model->rowOf(run) >= 0);
        m_list->setCurrentIndex(model->index(model->rowOf(run)));
    }
    QAction* action(const QString& text) { return test::actionOf(m_mode->modeActions(), text); }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(m_workspace);
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
        m_mode = std::make_unique<train::TrainMode>(m_services);
        m_mode->resize(1540, 900);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_list = test::named<QListView>(m_mode.get(), QStringLiteral("Runs"));
        QVERIFY(m_list);
        new QAbstractItemModelTester(m_list->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
    }
    void cleanupTestCase() { m_mode.reset(); }

    void emptyStatesSayWhatToDo() {
        QVERIFY(test::says(m_mode.get(), QStringLiteral("No workspace is open")));
        m_mode->setWorkspace(m_workspace);
        QTRY_VERIFY(test::says(m_mode.get(), QStringLiteral("No run yet")));
        QVERIFY(action(QStringLiteral("Start next run"))->isEnabled());
        QVERIFY(!action(QStringLiteral("Pause"))->isEnabled());
    }

    void presetsMakeAValidSpec() {
        auto* next = m_mode->findChild<train::NextRun*>();
        const auto spec = next->spec();
        QCOMPARE(spec.epochs, 0);
        QCOMPARE(spec.optimizer.lr, 0.0);
        QVERIFY(spec.snapshot.empty());
        QVERIFY(runs::runSpecFromJson(runs::toJson(spec)).has_value());
        QVERIFY(next->check().isEmpty());
    }

    void wrongValuesAreToldInPlace() {
        auto* next = m_mode->findChild<train::NextRun*>();
        auto* rate = test::labelled<QLineEdit>(next, QStringLiteral("Rate"));
        QVERIFY(rate);
        QTest::keyClicks(rate, QStringLiteral("fast"));
        QVERIFY(next->check().contains(QStringLiteral("must be a number")));
        QVERIFY(rate->property("bad").toBool());
        QVERIFY(test::says(next, QStringLiteral("must be a number")));
        rate->selectAll();
        QTest::keyClicks(rate, QStringLiteral("1e-3"));
        QVERIFY(!rate->property("bad").toBool());
        QVERIFY(next->check().isEmpty());
        QCOMPARE(next->spec().optimizer.lr, 1e-3);
        auto* batch = test::labelled<QSpinBox>(next, QStringLiteral("Batch"));
        batch->setValue(4096);
        QVERIFY(next->check().contains(QStringLiteral("Batch must be 1 to 40")));
        batch->setValue(0);
        rate->clear();
        QTest::keyClick(rate, Qt::Key_Backspace);
    }

    void runsAppearWithFiguresAndCurves() {
        QVERIFY(test::makeRun(*m_workspace, {.id = "20261121-100000-aaaa", .name = "small 1", .top = 0.95}).has_value());
        QVERIFY(
            test::makeRun(*m_workspace, {.id = "20261121-110000-bbbb", .name = "small 2", .top = 0.97, .lr = 0.01}).has_value());
        m_mode->refresh();
        QTRY_COMPARE(m_list->model()->rowCount(), 2);
        select(QStringLiteral("20261121-110000-bbbb"));
        auto* loss = test::named<charts::CurveChart>(m_mode.get(), QStringLiteral("Loss"));
        auto* accuracy = test::named<charts::CurveChart>(m_mode.get(), QStringLiteral("Validation accuracy"));
        QTRY_VERIFY(loss->state().contains(QStringLiteral("train ")));
        QTRY_VERIFY(accuracy->state().contains(QStringLiteral("small 2")));
        QTRY_VERIFY(test::says(m_mode.get(), QStringLiteral("best 0.9")));
        QTRY_VERIFY(test::says(m_mode.get(), QStringLiteral("12 of 12")));
    }

    void severalRunsAreDrawnByTicking() {
        auto* accuracy = test::named<charts::CurveChart>(m_mode.get(), QStringLiteral("Validation accuracy"));
        auto* model = static_cast<train::RunsModel*>(m_list->model());
        model->setTicked({});
        QCOMPARE(accuracy->seriesKeys().size(), 1);
        QTest::keyClick(m_list, Qt::Key_Space);
        const auto other = model->index(model->rowOf(QStringLiteral("20261121-100000-aaaa")));
        QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {}, m_list->visualRect(other).topLeft() + QPoint(42, 16));
        QVERIFY(model->ticked(QStringLiteral("20261121-100000-aaaa")));
        QTRY_COMPARE(accuracy->seriesKeys().size(), 2);
        QTRY_VERIFY(accuracy->state().contains(QStringLiteral("small 1")));
    }

    void copyMarksWhatDiffers() {
        select(QStringLiteral("20261121-110000-bbbb"));
        action(QStringLiteral("Copy run"))->trigger();
        auto* next = m_mode->findChild<train::NextRun*>();
        QTRY_COMPARE(next->spec().optimizer.lr, 0.01);
        // its snapshot isn't in this workspace: freezing anew is the one difference
        const int before = next->changes();
        test::labelled<QSpinBox>(next, QStringLiteral("Epochs"))->setValue(20);
        QCOMPARE(next->changes(), before + 1);
        test::labelled<QSpinBox>(next, QStringLiteral("Epochs"))->setValue(12);
        QCOMPARE(next->changes(), before);
        QCOMPARE(next->spec().augmentation.size(), std::size_t(1));
    }

    void whatTheCatalogueNamesIsOffered() {
        train::NextRun next;
        next.resize(320, 1400);
        next.show();
        QVERIFY(QTest::qWaitForWindowExposed(&next));
        auto* curve = test::labelled<QComboBox>(&next, QStringLiteral("Curve"));
        QCOMPARE(curve->count(), int(runs::choices(runs::Seam::Schedule).size()));
        curve->setCurrentIndex(curve->findData(QStringLiteral("step")));
        auto* every = test::labelled<QDoubleSpinBox>(&next, QStringLiteral("Every, epochs"));
        QVERIFY(every->isVisible());
        QVERIFY(!test::labelled<QDoubleSpinBox>(&next, QStringLiteral("Floor"))->isVisible());
        every->setValue(7);
        auto* network = test::labelled<QComboBox>(&next, QStringLiteral("Network"));
        auto* width = test::labelled<QDoubleSpinBox>(&next, QStringLiteral("Width"));
        QVERIFY(!width->isVisible());
        network->setCurrentIndex(network->findData(QStringLiteral("small")));
        QVERIFY(width->isVisible());
        width->setValue(8);
        auto* loss = test::labelled<QComboBox>(&next, QStringLiteral("Loss"));
        QVERIFY(!loss->isVisible());
        QToolButton* more = nullptr;
        for (auto* button : next.findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("More")) more = button;
        QTest::mouseClick(more, Qt::LeftButton);
        QVERIFY(loss->isVisible());
        loss->setCurrentIndex(loss->findData(QStringLiteral("focal")));
        test::labelled<QDoubleSpinBox>(&next, QStringLiteral("Average decay"))->setValue(0.99);
        const runs::RunSpec spec = next.spec();
        QCOMPARE(spec.model.options, (Json{{"width", 8}}));
        QCOMPARE(spec.schedule.name, std::string("step"));
        QCOMPARE(spec.schedule.number(runs::Seam::Schedule, "every"), 7.0);
        QCOMPARE(spec.loss.number(runs::Seam::Loss, "gamma"), 2.0);
        QCOMPARE(spec.ema, 0.99);
        QVERIFY(runs::runSpecFromJson(runs::toJson(spec)).has_value());
        next.setCopied(QStringLiteral("a"), spec);
        QCOMPARE(next.changes(), 0);
        every->setValue(8);
        width->setValue(16);
        QCOMPARE(next.changes(), 2);
    }

    void theTaskDecidesWhatIsOffered() {
        train::NextRun next;
        next.show();
        auto* task = test::labelled<QComboBox>(&next, QStringLiteral("Task"));
        auto* network = test::labelled<QComboBox>(&next, QStringLiteral("Network"));
        auto* uncovered = test::labelled<QComboBox>(&next, QStringLiteral("Under no shape"));
        QVERIFY(network->findData(QStringLiteral("fcos_light")) < 0 && !uncovered->isVisible());
        task->setCurrentIndex(task->findData(QStringLiteral("detect")));
        QVERIFY(network->findData(QStringLiteral("resnet18")) < 0 && network->findData(QStringLiteral("fcos_light")) >= 0);
        const auto detects = next.spec();
        QCOMPARE(detects.task, std::string("detect"));
        QCOMPARE(runs::toJson(detects)["augmentation"], runs::toJson(runs::startingSpec("detect"))["augmentation"]);
        QVERIFY(runs::runSpecFromJson(runs::toJson(detects)).has_value());
        task->setCurrentIndex(task->findData(QStringLiteral("segment")));
        QVERIFY(uncovered->isVisible());
        uncovered->setCurrentIndex(uncovered->findData(QStringLiteral("ignore")));
        QCOMPARE(next.spec().background, std::string("ignore"));
        // What a copied classifier has and a detector can't use goes when the task is changed.
        runs::RunSpec mixed;
        mixed.augmentation = {{"flip"}, {"mixup"}};
        mixed.model.name = "resnet18";
        next.setCopied(QStringLiteral("a"), mixed);
        QCOMPARE(task->currentData().toString(), QStringLiteral("classify"));
        task->setCurrentIndex(task->findData(QStringLiteral("detect")));
        QCOMPARE(next.spec().augmentation.size(), std::size_t(1));
        QVERIFY(runs::runSpecFromJson(runs::toJson(next.spec())).has_value());
    }

    void aCheckSaysWhatItFoundAndOffersItsRate() {
        QWidget window;
        window.resize(900, 700);
        window.show();
        const Json result = {{"failed", 1},
                             {"checks",
                              {{{"name", "initial_loss"}, {"ok", true}, {"observed", 2.3}, {"message", "fine"}},
                               {{"name", "learning_rate"}, {"ok", false}, {"observed", 1.0}, {"message", "off"}},
                               {{"name", "of a later engine"}, {"ok", true}, {"observed", nullptr}, {"message", "new words"}}}},
                             {"learning_rate", {{"suggested", 0.002}}}};
        auto* report = new train::CheckReport(&window, result);
        const QSignalSpy chosen(report, &train::CheckReport::rateChosen);
        report->openInMiddle();
        QVERIFY(test::says(report, QStringLiteral("needs a look")));
        QVERIFY(test::says(report, QStringLiteral("as unsure as it should be")));
        QVERIFY(test::says(report, QStringLiteral("new words")));
        QVERIFY(window.rect().contains(report->geometry().adjusted(train::CheckReport::kShadow, train::CheckReport::kShadow,
                                                                   -train::CheckReport::kShadow, -train::CheckReport::kShadow)));
        for (auto* button : report->findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("0.002"))) QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.front().front().toDouble(), 0.002);
    }

    void liveRunGrowsAndDeathIsToldWithin2Seconds() {
        test::MadeRun made{.id = "20261121-120000-cccc", .name = "live", .epochs = 20, .done = 4, .state = "running"};
        const runs::RunFolder folder(m_workspace->layout().runs() / made.id);
        std::filesystem::create_directories(folder.path());
        auto lock = base::FileLock::tryLock(folder.lock());
        QVERIFY(lock.has_value());
        QVERIFY(test::makeRun(*m_workspace, made).has_value());
        m_mode->refresh();
        select(QStringLiteral("20261121-120000-cccc"));
        QTRY_VERIFY(test::says(m_mode.get(), QStringLiteral("4 of 20")));
        QTRY_VERIFY(action(QStringLiteral("Pause"))->isEnabled());
        {
            auto events = runs::EventWriter::open(folder.events());
            QVERIFY(events.has_value());
            test::writeEpochs(*events, made, 1.79e9, 4, 5);
            QVERIFY(events->flush().has_value());
        }
        QTRY_VERIFY_WITH_TIMEOUT(test::says(m_mode.get(), QStringLiteral("5 of 20")), 1000);
        action(QStringLiteral("Pause"))->trigger();
        QTRY_COMPARE(QString::fromStdString(folder.wanted()), QStringLiteral("pause"));
        QElapsedTimer watch;
        watch.start();
        {
            const auto dead = std::move(*lock);  // as kill -9: the kernel frees the lock
        }
        QTRY_VERIFY_WITH_TIMEOUT(test::says(m_mode.get(), QStringLiteral("Nothing is lost")), 4000);
        QVERIFY2(watch.elapsed() < 2000, qPrintable(QString::number(watch.elapsed())));
        QVERIFY(test::says(m_mode.get(), QStringLiteral("The engine ended in epoch ")));
        QTRY_VERIFY(action(QStringLiteral("Resume"))->isEnabled());
        QVERIFY(!action(QStringLiteral("Pause"))->isEnabled());
    }

    void logSearchAndTabs() {
        select(QStringLiteral("20261121-110000-bbbb"));
        auto* lines = test::named<QListView>(m_mode.get(), QStringLiteral("Log lines"));
        new QAbstractItemModelTester(lines->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        QTRY_VERIFY(lines->model()->rowCount() > 20);
        auto* model = static_cast<train::LogModel*>(lines->model());
        model->setFilter(0, QStringLiteral("scan_0017"));
        QCOMPARE(model->rowCount(), 1);
        model->setFilter(2, {});
        QCOMPARE(model->rowCount(), 12);
        QVERIFY(model->index(0).data().toString().contains(QStringLiteral("checkpoint last")));
        model->setFilter(0, {});
    }

    void unknownEventsDoNoHarm() {
        QVERIFY(train::lineOf({{"kind", "tomorrow"}, {"x", 1}}).text.isEmpty());
        QVERIFY(train::lineOf(Json::object()).text.isEmpty());
        QVERIFY(!train::lineOf({{"kind", "state"}, {"state", "odd"}}).text.isEmpty());
    }

    void anotherRestartFindsLiveRuns() {
        m_mode = std::make_unique<train::TrainMode>(m_services);
        m_mode->resize(1540, 900);
        m_mode->show();
        m_mode->setWorkspace(m_workspace);
        m_list = test::named<QListView>(m_mode.get(), QStringLiteral("Runs"));
        QTRY_COMPARE(m_list->model()->rowCount(), 3);
        QTRY_VERIFY(test::says(m_mode.get(), QStringLiteral("Nothing is lost")));
    }

    void aStoppedRunSaysWhereAndWaitsForItsTurn() {
        const QString id = QStringLiteral("20261121-130000-dddd");
        QVERIFY(test::makeRun(*m_workspace, {.id = id.toStdString(), .name = "halted", .epochs = 20, .done = 4, .state = "stopped"})
                    .has_value());
        const auto run = runs::findRun(*m_workspace, "halted");
        QVERIFY(run);
        m_mode->refresh();
        select(id);
        QTRY_VERIFY(test::says(m_mode.get(), QStringLiteral("Stopped in epoch 5")));
        auto* later = action(QStringLiteral("Resume when its turn comes"));
        QTRY_VERIFY(later->isEnabled());
        later->trigger();
        QTRY_COMPARE(runs::queueState(*m_workspace)->runs, std::vector<RunId>{run->id});
        QTRY_COMPARE(m_list->currentIndex().data(train::RunsModel::FigureRole).toString(), QStringLiteral("in the queue"));
        QTRY_VERIFY(!later->isEnabled());
        QVERIFY(runs::cancelQueued(*m_workspace, run->id).has_value());
        QTRY_VERIFY(later->isEnabled());
    }
};

QTEST_MAIN(TestTrainMode)
#include "tst_train_mode.moc"
