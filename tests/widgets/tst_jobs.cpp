// The bridge from worker threads: results on the GUI thread, dropped when nobody waits, cancelled, coalesced, shown after 200 ms.
#include <QSignalSpy>
#include <algorithm>
#include <atomic>

#include "tests/support/gui_test.h"
#include "widgets/common/jobs.h"
#include "widgets/common/parts.h"
#include "widgets/jobs/jobs_panel.h"

using namespace lathe::widgets::common;
using lathe::ErrorCode;
using lathe::Progress;
using lathe::Result;
using namespace std::chrono_literals;

class tst_Jobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { lathe::test::failOnWarnings(); }

    void deliversOnTheGuiThread() {
        Jobs jobs;
        int value = 0;
        QThread *workThread = nullptr, *doneThread = nullptr;
        jobs.run<int>(
            QStringLiteral("Answer"), this,
            [&](std::stop_token, const Progress&) -> Result<int> {
                workThread = QThread::currentThread();
                return 42;
            },
            [&](Result<int> result) {
                doneThread = QThread::currentThread();
                value = *result;
            });
        QTRY_COMPARE(value, 42);
        QCOMPARE(doneThread, thread());
        QVERIFY(workThread != thread());
    }

    void quickJobsAreNotShown() {
        Jobs jobs;
        bool done = false;
        jobs.run<int>(
            QStringLiteral("Quick"), this, [](std::stop_token, const Progress&) -> Result<int> { return 1; },
            [&](const Result<int>&) { done = true; });
        QTRY_VERIFY(done);
        QCOMPARE(jobs.runningCount(), 0);
        QVERIFY(jobs.jobs().isEmpty());
    }

    void longJobsAreShownWithProgress() {
        Jobs jobs;
        std::atomic<bool> go{true};
        bool done = false;
        jobs.run<int>(
            QStringLiteral("Import bccd"), this,
            [&](std::stop_token, const Progress& progress) -> Result<int> {
                while (go) progress.report(31, 60, "reading"), std::this_thread::sleep_for(1ms);
                return 1;
            },
            [&](const Result<int>&) { done = true; });
        QSignalSpy changes(&jobs, &Jobs::changed);
        QTRY_COMPARE(jobs.runningCount(), 1);
        QTRY_COMPARE(jobs.jobs().first().progress.done, 31);
        changes.clear();
        QTest::qWait(1000);
        QVERIFY2(changes.count() <= 22, qPrintable(QString::number(changes.count())));
        go = false;
        QTRY_VERIFY(done);
        QCOMPARE(jobs.jobs().size(), 1);
        QCOMPARE(jobs.jobs().first().state, JobInfo::Done);
        jobs.clearEnded();
        QVERIFY(jobs.jobs().isEmpty());
    }

    void whatADroppedReadBringsIsNotTold() {
        for (const bool drop : {true, false}) {
            Jobs jobs;
            std::atomic<bool> started{false}, go{false};
            bool told = false;
            int brought = 0;
            const quint64 id = jobs.run<int>(
                QStringLiteral("Search"), this,
                [&](std::stop_token, const Progress&) -> Result<int> {
                    started = true;
                    while (!go) std::this_thread::sleep_for(1ms);
                    return 7;
                },
                [&](const Result<int>& result) {
                    told = true;
                    if (result) brought = *result;
                });
            QTRY_VERIFY(started);
            drop ? jobs.drop(id) : jobs.cancel(id);
            go = true;
            QTRY_VERIFY(told);
            QCOMPARE(brought, drop ? 0 : 7);
        }
    }

    void cancelStopsAndSaysSo() {
        Jobs jobs;
        std::optional<ErrorCode> code;
        std::atomic<bool> started{false};
        const quint64 id = jobs.run<int>(
            QStringLiteral("Long"), this,
            [&](std::stop_token stop, const Progress&) -> Result<int> {
                started = true;
                while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                return lathe::fail(ErrorCode::Cancelled, "Cancelled");
            },
            [&](Result<int> result) { code = result.error().code; });
        QTRY_VERIFY(started);
        jobs.cancel(id);
        QTRY_VERIFY(code.has_value());
        QCOMPARE(*code, ErrorCode::Cancelled);
    }

    void nobodyWaitsNothingIsDelivered() {
        Jobs jobs;
        std::atomic<bool> go{false};
        bool delivered = false;
        auto* receiver = new QObject;
        jobs.run<int>(
            QStringLiteral("Stale"), receiver,
            [&](std::stop_token, const Progress&) -> Result<int> {
                while (!go) std::this_thread::sleep_for(1ms);
                return 1;
            },
            [&](const Result<int>&) { delivered = true; });
        QSignalSpy ended(&jobs, &Jobs::ended);
        delete receiver;
        go = true;
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!delivered);
    }

    void exceptionsBecomeErrors() {
        Jobs jobs;
        QString message;
        jobs.run<int>(
            QStringLiteral("Throws"), this,
            [](std::stop_token, const Progress&) -> Result<int> { throw std::runtime_error("boom"); },
            [&](const Result<int>& result) { message = result ? QString() : QString::fromStdString(result.error().message); });
        QTRY_VERIFY(message.contains(QLatin1String("boom")));
        QTRY_COMPARE(jobs.jobs().size(), 1);  // a failure is shown however quick it was
        QCOMPARE(jobs.jobs().first().state, JobInfo::Failed);
    }

    void writesAreDoneInTheirOrder() {
        Jobs jobs;
        std::vector<int> written;  // one at a time: no lock
        int delivered = 0;
        for (int i = 0; i < 200; ++i)
            jobs.write<bool>(
                QStringLiteral("Write"), this,
                [&written, i]() -> Result<bool> {
                    if (i % 7 == 0) std::this_thread::sleep_for(1ms);
                    written.push_back(i);
                    return true;
                },
                [&](const Result<bool>&) { ++delivered; });
        QTRY_COMPARE(delivered, 200);
        QVERIFY(std::ranges::is_sorted(written) && written.size() == 200);
        QCOMPARE(jobs.runningCount(), 0);
    }

    void closingDropsNoWrite() {
        std::atomic<int> written{0};
        {
            Jobs jobs;
            for (int i = 0; i < 50; ++i)
                jobs.write<bool>(QStringLiteral("Write"), this,
                                 [&written]() -> Result<bool> {
                                     std::this_thread::sleep_for(1ms);
                                     ++written;
                                     return true;
                                 },
                                 {});
        }
        QCOMPARE(written.load(), 50);
    }

    void destructorStopsAndWaits() {
        std::atomic<bool> left{false};
        {
            Jobs jobs;
            std::atomic<bool> started{false};
            jobs.run<int>(
                QStringLiteral("Endless"), this,
                [&](std::stop_token stop, const Progress&) -> Result<int> {
                    started = true;
                    while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                    left = true;
                    return 1;
                },
                [](const Result<int>&) {});
            QTRY_VERIFY(started);
        }
        QVERIFY(left);
    }

    void onGuiThreadFromAnyThread() {
        std::atomic<int> count{0};
        {
            std::jthread worker([&] {
                for (int i = 0; i < 100; ++i) onGuiThread(this, [&] { ++count; });
            });
        }
        QTRY_COMPARE(count.load(), 100);
    }

    void panelShowsAndCancels() {
        Jobs jobs;
        lathe::widgets::jobs::JobsPanel panel(jobs);
        panel.resize(480, 200);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        bool done = false;
        jobs.run<int>(
            QStringLiteral("Import bccd"), this,
            [&](std::stop_token stop, const Progress& progress) -> Result<int> {
                while (!stop.stop_requested()) progress.report(1, 4), std::this_thread::sleep_for(1ms);
                return lathe::fail(ErrorCode::Cancelled, "Cancelled");
            },
            [&](const Result<int>&) { done = true; });
        QTRY_COMPARE(panel.rowCount(), 1);
        QToolButton* cancel = nullptr;
        for (auto* button : panel.findChildren<QToolButton*>())
            if (button->accessibleName().startsWith(QLatin1String("Cancel"))) cancel = button;
        QVERIFY(cancel);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(done);
        QTRY_COMPARE(jobs.jobs().first().state, JobInfo::Cancelled);
    }
};

LATHE_GUI_TEST_MAIN(tst_Jobs)
#include "tst_jobs.moc"
