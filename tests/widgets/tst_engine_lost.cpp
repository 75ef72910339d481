// labels: slow
// The engine is killed with -9 while it trains, and the window, with the real engine: says so within 2 s, goes on from the last
// checkpoint; a window that was closed meanwhile finds the run again.
#include <signal.h>

#include <QLabel>
#include <QSpinBox>
#include <fstream>

#include "core/runs/runs.h"
#include "tests/support/gui_test.h"
#include "tests/support/sample_set.h"

using namespace lathe;

class tst_EngineLost : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<shell::MainWindow> m_window;

    [[nodiscard]] store::Workspace& workspace() { return *m_window->session().workspace(); }
    [[nodiscard]] QWidget* mode() { return m_window->currentMode(); }
    [[nodiscard]] runs::RunRow newest() {
        const auto all = runs::runs(workspace());
        if (!all || all->empty()) return {};
        return runs::refresh(workspace(), all->front().id).value_or(all->front());
    }
    [[nodiscard]] int enginePid() {
        int pid = 0;
        std::ifstream(runs::RunFolder(newest().folder).pidFile()) >> pid;
        return pid;
    }
    [[nodiscard]] bool says(const QString& words) {
        for (const auto* label : m_window->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words)) return true;
        return false;
    }
    /// The window's own engine (`lathe-engine serve`), which trains nothing.
    [[nodiscard]] static int servingPid() {
        const QString self = QString::number(QCoreApplication::applicationPid());
        for (const QString& pid : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
            QFile status(QStringLiteral("/proc/%1/status").arg(pid)), line(QStringLiteral("/proc/%1/cmdline").arg(pid));
            if (!status.open(QIODevice::ReadOnly) || !line.open(QIODevice::ReadOnly)) continue;
            if (QString::fromUtf8(status.readAll()).contains(QStringLiteral("PPid:\t%1\n").arg(self)) &&
                line.readAll().contains("serve"))
                return pid.toInt();
        }
        return 0;
    }
    [[nodiscard]] QSpinBox* field(const QString& name) {
        for (const auto* label : mode()->findChildren<QLabel*>())
            if (label->text() == name && label->buddy()) return qobject_cast<QSpinBox*>(label->buddy());
        return nullptr;
    }
    void openOnTrain() {
        m_window = test::openWindow(m_path, QStringLiteral("train"));
        QVERIFY(m_window);
        QTRY_VERIFY(m_window->currentMode());
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QFileInfo::exists(qEnvironmentVariable("LATHE_ENGINE"))) QSKIP("lathe-engine is not built here (LATHE_ENGINE)");
        QVERIFY(test::makeSampleWorkspace(m_folder.path().toStdString(), 120));
        m_path = m_folder.path() + QStringLiteral("/shapes.lathe");
        openOnTrain();
    }
    void init() { test::failOnWarnings(); }

    void deathOfTheServingEngineIsSaidWithin2Seconds() {
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Engine ready")), 60000);
        const int pid = servingPid();
        QVERIFY(pid > 0);
        QCOMPARE(::kill(pid, SIGKILL), 0);
        QElapsedTimer watch;
        watch.start();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Engine ended")), 10000);
        QVERIFY2(watch.elapsed() < 2000, qPrintable(QString::number(watch.elapsed())));
    }

    void killedInMidEpochIsSaidWithin2Seconds() {
        auto* epochs = field(QStringLiteral("Epochs"));
        QVERIFY(epochs);
        epochs->setValue(2000);
        QTest::qWait(300);
        QTest::keyClick(mode(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(newest().state == runs::RunState::Running && newest().epoch >= 2, 120000);
        QTRY_VERIFY(says(QStringLiteral("of 2000")));
        const int pid = enginePid();
        QVERIFY(pid > 0);
        QCOMPARE(::kill(pid, SIGKILL), 0);
        QElapsedTimer watch;
        watch.start();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("The engine ended in epoch")), 10000);
        QVERIFY2(watch.elapsed() < 2000, qPrintable(QString::number(watch.elapsed())));
        QCOMPARE(newest().state, runs::RunState::Died);
    }

    void resumesFromItsLastCheckpoint() {
        const double before = newest().epoch;
        QTest::keyClick(mode(), Qt::Key_R);
        QTRY_VERIFY_WITH_TIMEOUT(newest().state == runs::RunState::Running && newest().epoch > before + 1, 120000);
        QTRY_VERIFY(!says(QStringLiteral("The engine ended in epoch")));
    }

    void aClosedWindowFindsTheRunAgain() {
        m_window->close();
        m_window.reset();
        openOnTrain();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("of 2000")), 10000);
        const double before = newest().epoch;
        QTRY_VERIFY_WITH_TIMEOUT(newest().epoch > before + 1, 60000);
        QTest::keyClick(mode(), Qt::Key_Period, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(newest().state, runs::RunState::Stopped, 60000);
        QTRY_VERIFY(says(QStringLiteral("Stopped in epoch")));
    }

    void cleanupTestCase() {
        if (m_window && newest().state == runs::RunState::Running) ::kill(enginePid(), SIGKILL);
        m_window.reset();
    }
};

LATHE_GUI_TEST_MAIN(tst_EngineLost)
#include "tst_engine_lost.moc"
