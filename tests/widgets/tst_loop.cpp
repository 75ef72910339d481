// labels: slow
// The whole loop through the real window with mouse and keys, against the real engine: browse, freeze, label, train, explain,
// review, push, try.
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QtTest>

#include "core/models/registry.h"
#include "core/runs/runs.h"
#include "core/serve/push.h"
#include "tests/support/find_widgets.h"
#include "tests/support/gui_test.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/tiles/image_grid.h"
#include "widgets/canvas/view.h"
#include "widgets/charts/bar_rows.h"
#include "widgets/explain/map_view.h"
#include "widgets/serve/try_panel.h"

using namespace lathe;
using namespace lathe::widgets;

class TestLoop : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<shell::MainWindow> m_window;
    ImageId m_image;  ///< the one that gets a box

    [[nodiscard]] store::Workspace& workspace() { return *m_window->session().workspace(); }
    [[nodiscard]] common::Mode* mode() { return m_window->currentMode(); }
    void go(Qt::Key digit, const QString& id) {
        QTest::keyClick(m_window.get(), digit, Qt::ControlModifier);
        QTRY_COMPARE(mode()->id(), id);
    }
    template <class T>
    [[nodiscard]] T* part() {
        return mode()->findChild<T*>();
    }
    [[nodiscard]] QAction* action(const QString& text) { return test::actionOf(mode()->modeActions(), text); }
    /// Keys go to what has the focus, as they do from a keyboard.
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    static void type(const QString& text) {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClicks(QApplication::focusWidget(), text);
    }
    [[nodiscard]] runs::RunState newestState() {
        const auto all = runs::runs(workspace());
        return all && !all->empty() ? runs::refresh(workspace(), all->front().id)->state : runs::RunState::Queued;
    }
    [[nodiscard]] models::ModelRow newestModel() {
        const auto all = models::models(workspace());
        return all && !all->empty() ? all->front() : models::ModelRow();
    }
    [[nodiscard]] std::size_t shapes() { return workspace().annotations(m_image)->size(); }
    /// The canvas once it can be drawn on: its image open, its classes there, its tiles painted.
    [[nodiscard]] canvas::View* openCanvas() {
        canvas::View* view = nullptr;
        const auto ready = [&] {
            if (mode()->id() != QLatin1String("label")) return false;
            view = part<canvas::View>();
            return view && view->shapes().isOpen() && view->activeClass() && view->complete() && view->hasFocus();
        };
        return QTest::qWaitFor(ready, 20000) ? view : nullptr;
    }
    /// Through the settings popup: a click on the initials in the rail, the name, Enter, Esc.
    void actAs(const QString& user) {
        QToolButton* initials = nullptr;
        for (auto* button : m_window->findChildren<QToolButton*>())
            if (button->isVisible() && button->accessibleName().startsWith(QLatin1String("User "))) initials = button;
        QVERIFY(initials);
        QTest::mouseClick(initials, Qt::LeftButton);
        auto* name = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(name);
        name->selectAll();
        type(user);
        press(Qt::Key_Return);
        press(Qt::Key_Escape);
        QTRY_COMPARE(initials->accessibleName(), QStringLiteral("User ") + user);
    }
    static void drop(QWidget* on, const QString& file) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        const QPoint at = on->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QVERIFY(QCoreApplication::sendEvent(on, &enter) && enter.isAccepted());
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QVERIFY(QCoreApplication::sendEvent(on, &drop) && drop.isAccepted());
    }

private Q_SLOTS:
    void initTestCase() {
        const QString engine = qEnvironmentVariable("LATHE_ENGINE");
        if (!QFileInfo::exists(engine)) QSKIP("lathe-engine is not built here (LATHE_ENGINE)");
        QVERIFY(test::makeSampleWorkspace(m_folder.path().toStdString(), 120));
        m_path = m_folder.path() + QStringLiteral("/shapes.lathe");
        m_window = test::openWindow(m_path, QStringLiteral("browse"));
        QVERIFY(m_window);
        actAs(QStringLiteral("ana"));
    }
    void init() { test::failOnWarnings(); }

    void browseAndFreeze() {
        go(Qt::Key_3, QStringLiteral("browse"));
        auto* grid = part<browser::tiles::ImageGrid>();
        QVERIFY(grid);
        QTRY_COMPARE_WITH_TIMEOUT(grid->count(), 240u, 15000);
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->tileRect(0).center());
        press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(data::snapshots(workspace())->size(), 1u);
    }

    void labelsABoxThatSurvivesReopening() {
        auto* grid = part<browser::tiles::ImageGrid>();
        QTest::mouseDClick(grid->viewport(), Qt::LeftButton, {}, grid->tileRect(0).center());
        auto* view = openCanvas();
        QVERIFY(view);
        m_image = view->shapes().image().id;
        const std::size_t before = shapes();
        press(Qt::Key_1);
        press(Qt::Key_R);
        const QPoint centre = view->rect().center();
        QTest::mousePress(view, Qt::LeftButton, {}, centre - QPoint(60, 60));
        QTest::mouseMove(view, centre);
        QTest::mouseMove(view, centre + QPoint(60, 60));
        QTest::mouseRelease(view, Qt::LeftButton, {}, centre + QPoint(60, 60));
        QTRY_COMPARE(shapes(), before + 1);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(shapes(), before);
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(shapes(), before + 1);
        QTRY_VERIFY(mode()->allSaved());
        m_window->close();
        m_window = test::openWindow(m_path, QStringLiteral("label"));
        QVERIFY(m_window);
        QCOMPARE(shapes(), before + 1);
        QVERIFY(openCanvas());
    }

    void trains() {
        go(Qt::Key_4, QStringLiteral("train"));
        QTRY_VERIFY(action(QStringLiteral("Start next run"))->isEnabled());
        QTest::keyClick(mode(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(newestState() == runs::RunState::Running || newestState() == runs::RunState::Finished, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(newestState(), runs::RunState::Finished, 240000);
        QVERIFY2((*runs::runs(workspace()))[0].metrics.at("accuracy") > 0.9, "discs and squares are easy to tell apart");
        auto* classes = test::named<charts::BarRows>(mode(), QStringLiteral("F1 by class"));
        QTRY_COMPARE(classes->rows().size(), 2u);
    }

    void explains() {
        go(Qt::Key_6, QStringLiteral("explain"));
        auto* view = part<explain::MapView>();
        QVERIFY(view);
        QTRY_VERIFY_WITH_TIMEOUT(view->accessibleDescription().contains(QStringLiteral("Grad-CAM")), 60000);
        QVERIFY(!part<charts::BarRows>()->rows().empty());
    }

    void comparesAndSubmits() {
        go(Qt::Key_5, QStringLiteral("compare"));
        QTRY_VERIFY(action(QStringLiteral("Submit B for review"))->isEnabled());
        QTest::keyClick(mode(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(mode()->id(), QStringLiteral("review"));
        QTRY_COMPARE_WITH_TIMEOUT(newestModel().state, std::string("packaged"), 120000);
        QTRY_VERIFY(action(QStringLiteral("Submit for review"))->isEnabled());
        QTest::keyClick(mode(), Qt::Key_U, Qt::ControlModifier);
        QTRY_COMPARE(newestModel().state, std::string("submitted"));
        QCOMPARE(newestModel().submittedBy, std::string("ana"));
    }

    void reviews() {
        auto* note = part<QPlainTextEdit>();
        QVERIFY(note);
        QTest::qWait(400);
        QVERIFY2(!note->isEnabled(), "who submitted a model doesn't decide");
        actAs(QStringLiteral("bo"));
        QTRY_VERIFY(note->isEnabled());
        QVERIFY(!action(QStringLiteral("Approve and sign"))->isEnabled());
        QTest::mouseClick(note->viewport(), Qt::LeftButton);
        type(QStringLiteral("figures and wrong answers looked at"));
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(newestModel().state, std::string("approved"), 20000);
        QVERIFY(models::verifySignature(newestModel().folder, newestModel().digest));
    }

    void pushes() {
        go(Qt::Key_9, QStringLiteral("serve"));
        press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        type(QStringLiteral("shelf"));
        press(Qt::Key_Tab);
        press(Qt::Key_Tab);
        type(m_folder.path() + QStringLiteral("/served"));
        press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(lathe::serve::targets(workspace())->size(), 1u, 10000);
        auto* targets = test::named<QListWidget>(mode(), QStringLiteral("Targets"));
        QVERIFY(targets);
        QTRY_COMPARE(targets->count(), 1);
        QTRY_VERIFY(action(QStringLiteral("Push"))->isEnabled());
        QTest::keyClick(mode(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!lathe::serve::pushes(workspace())->empty(), 60000);
        const lathe::serve::PushRow push = (*lathe::serve::pushes(workspace()))[0];
        QVERIFY2(push.state == "live" && push.parity.ok, push.message.c_str());
    }

    void tries() {
        auto* place = part<widgets::serve::DropPlace>();
        auto* bars = part<widgets::serve::TryPanel>()->findChild<charts::BarRows*>();
        auto* pushes = test::named<QListWidget>(mode(), QStringLiteral("Pushes"));
        QVERIFY(place && bars && pushes);
        QTRY_COMPARE(pushes->count(), 1);
        drop(place, m_folder.path() + QStringLiteral("/shapes/disc/disc_1003.png"));
        QTRY_VERIFY_WITH_TIMEOUT(!bars->rows().empty(), 60000);
        QCOMPARE(bars->rows()[0].name, QStringLiteral("disc"));
        QVERIFY(bars->rows()[0].value > 0.5);
    }

    void everyModeHasNothingWithoutAName() {
        for (const char* id : {"start", "label", "browse", "train", "compare", "explain", "profile", "review", "serve"}) {
            m_window->goTo(QString::fromLatin1(id));
            QTest::qWait(100);
            for (const QAction* one : mode()->modeActions()) QVERIFY2(!one->text().isEmpty(), id);
        }
    }

    void cleanupTestCase() { m_window.reset(); }
};

LATHE_GUI_TEST_MAIN(TestLoop)
#include "tst_loop.moc"
