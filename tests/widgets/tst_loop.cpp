// labels: slow
// The whole loop through the real window with mouse and keys, against the real engine: browse, freeze, label, train, explain,
// review, push, try.
#include <QPlainTextEdit>
#include <QtTest>

#include "core/models/registry.h"
#include "core/runs/runs.h"
#include "tests/support/gui_test.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/image_grid.h"
#include "widgets/charts/bar_rows.h"
#include "widgets/explain/map_view.h"

using namespace lathe;
using namespace lathe::widgets;

class TestLoop : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<shell::MainWindow> m_window;

    [[nodiscard]] store::Workspace& workspace() { return *m_window->session().workspace(); }
    void go(Qt::Key digit, const QString& mode) {
        QTest::keyClick(m_window.get(), digit, Qt::ControlModifier);
        QTRY_COMPARE(m_window->currentMode()->id(), mode);
    }
    template <class T>
    [[nodiscard]] T* part() {
        return m_window->currentMode()->findChild<T*>();
    }
    [[nodiscard]] runs::RunState newestState() {
        const auto all = runs::runs(workspace());
        return all && !all->empty() ? runs::refresh(workspace(), all->front().id)->state : runs::RunState::Queued;
    }
    [[nodiscard]] models::ModelRow newestModel() {
        const auto all = models::models(workspace());
        return all && !all->empty() ? all->front() : models::ModelRow();
    }

private Q_SLOTS:
    void initTestCase() {
        const QString engine = qEnvironmentVariable("LATHE_ENGINE");
        if (!QFileInfo::exists(engine)) QSKIP("lathe-engine is not built here (LATHE_ENGINE)");
        QVERIFY(tests::makeSampleWorkspace(m_folder.path().toStdString(), 120));
        m_path = m_folder.path() + QStringLiteral("/shapes.lathe");
        m_window = test::openWindow(m_path, QStringLiteral("browse"));
        QVERIFY(m_window);
    }
    void init() { test::failOnWarnings(); }

    void browseAndFreeze() {
        go(Qt::Key_3, QStringLiteral("browse"));
        auto* grid = part<browser::ImageGrid>();
        QVERIFY(grid);
        QTRY_COMPARE_WITH_TIMEOUT(grid->count(), 240u, 15000);
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(data::snapshots(workspace())->size(), 1u);
    }

    void trains() {
        go(Qt::Key_4, QStringLiteral("train"));
        QTest::qWait(500);
        m_window->currentMode()->setFocus();
        QTest::keyClick(m_window->currentMode(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(newestState() == runs::RunState::Running || newestState() == runs::RunState::Finished, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(newestState(), runs::RunState::Finished, 240000);
        QVERIFY2((*runs::runs(workspace()))[0].metrics.at("accuracy") > 0.9, "discs and squares are easy to tell apart");
    }

    void explains() {
        go(Qt::Key_6, QStringLiteral("explain"));
        auto* view = part<explain::MapView>();
        QVERIFY(view);
        QTRY_VERIFY_WITH_TIMEOUT(view->accessibleDescription().contains(QStringLiteral("Grad-CAM")), 60000);
        QVERIFY(!part<charts::BarRows>()->rows().empty());
    }

    void reviews() {
        const std::string run = (*runs::runs(workspace()))[0].id.value;
        m_window->goTo(QStringLiteral("review"), {{QStringLiteral("run"), QString::fromStdString(run)}});
        QTRY_COMPARE_WITH_TIMEOUT(newestModel().state, std::string("packaged"), 120000);
        QVERIFY(models::submit(workspace(), newestModel(), "ana"));
        auto* note = part<QPlainTextEdit>();
        QVERIFY(note);
        QTRY_VERIFY_WITH_TIMEOUT(note->isEnabled(), 10000);
        QTest::mouseClick(note->viewport(), Qt::LeftButton);
        QTest::keyClicks(note, QStringLiteral("figures and wrong answers looked at"));
        QTest::keyClick(note, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(newestModel().state, std::string("approved"), 20000);
        QVERIFY(models::verifySignature(newestModel().folder, newestModel().digest));
    }

    void everyModeHasNothingWithoutAName() {
        for (const char* id : {"start", "label", "browse", "train", "compare", "explain", "profile", "review", "serve"}) {
            m_window->goTo(QString::fromLatin1(id));
            QTest::qWait(100);
            for (const QAction* action : m_window->currentMode()->modeActions()) QVERIFY2(!action->text().isEmpty(), id);
        }
    }

    void cleanupTestCase() { m_window.reset(); }
};

LATHE_GUI_TEST_MAIN(TestLoop)
#include "tst_loop.moc"
