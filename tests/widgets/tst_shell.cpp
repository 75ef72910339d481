// The window: command line, modes made when entered, palette, language and theme at run time, sessions, settings remembered.
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QToolButton>

#include "app/workbench/shell/fuzzy.h"
#include "app/workbench/shell/options.h"
#include "tests/support/gui_test.h"
#include "widgets/common/overlay.h"

using namespace lathe;
using shell::MainWindow;

namespace {

QList<QAbstractButton*> namelessButtons(QWidget& window) {
    QList<QAbstractButton*> list;
    for (auto* button : window.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->objectName().startsWith(QLatin1String("qt_"))) continue;
        if (button->text().isEmpty() && button->accessibleName().isEmpty()) list.append(button);
    }
    return list;
}

}  // namespace

class tst_Shell : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        test::failOnWarnings();
        QSettings().clear();
        shell::setLanguage(QStringLiteral("en"));
    }

    void options() {
        QString error;
        const auto parsed = shell::parseOptions(
            {QStringLiteral("open"), QStringLiteral("a.lathe"), QStringLiteral("--mode"), QStringLiteral("label"),
             QStringLiteral("--image=x.png"), QStringLiteral("--no-welcome"), QStringLiteral("--lang"), QStringLiteral("ko"),
             QStringLiteral("--theme"), QStringLiteral("light")},
            error);
        QVERIFY(parsed);
        QCOMPARE(parsed->workspace, QStringLiteral("a.lathe"));
        QCOMPARE(parsed->mode, QStringLiteral("label"));
        QCOMPARE(parsed->image, QStringLiteral("x.png"));
        QVERIFY(parsed->noWelcome);
        QVERIFY(!shell::parseOptions({QStringLiteral("--mode"), QStringLiteral("nowhere")}, error));
        QVERIFY(error.contains(QLatin1String("browse")));
        QVERIFY(!shell::parseOptions({QStringLiteral("--lang")}, error));
        QVERIFY(!shell::parseOptions({QStringLiteral("--bogus")}, error));
    }

    void fuzzy() {
        QVERIFY(shell::fuzzyMatch(QStringLiteral("over"), QStringLiteral("Overlay opacity")).score >
                shell::fuzzyMatch(QStringLiteral("over"), QStringLiteral("Hide overlays")).score);
        QCOMPARE(shell::fuzzyMatch(QStringLiteral("nw"), QStringLiteral("New workspace")).positions, (QList<int>{0, 4}));
        QCOMPARE(shell::fuzzyMatch(QStringLiteral("xyz"), QStringLiteral("Overlay")).score, 0);
        QVERIFY(shell::fuzzyMatch(QStringLiteral("라벨"), QStringLiteral("라벨링")).score > 0);
    }

    void modesAreMadeWhenEntered() {
        auto window = test::openWindow();
        QVERIFY(window);
        auto* stack = window->findChild<QStackedWidget*>();
        QCOMPARE(stack->count(), 1);
        QCOMPARE(window->currentMode()->id(), QStringLiteral("start"));
        int number = 1;
        for (const QString& id : shell::modeIds()) {
            QTest::keyClick(window.get(), Qt::Key(Qt::Key_0 + number++), Qt::ControlModifier);
            QVERIFY2(window->currentMode() && window->currentMode()->id() == id, qPrintable(id));
            QTest::qWait(20);
        }
        QCOMPARE(stack->count(), 9);
    }

    void everyButtonHasAName() {
        auto window = test::openWindow();
        QVERIFY(window);
        for (const QString& id : shell::modeIds()) {
            window->goTo(id);
            QTest::qWait(20);
            for (auto* button : namelessButtons(*window))
                QFAIL(qPrintable(id + QStringLiteral(": ") + QString::fromLatin1(button->metaObject()->className()) +
                                 QStringLiteral(" ") + button->toolTip()));
        }
    }

    void paletteFindsActions() {
        auto window = test::openWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window->findChild<shell::CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* edit = palette->findChild<QLineEdit*>();
        QTest::keyClicks(edit, QStringLiteral("compare"));
        auto* list = palette->findChild<QListView*>();
        QVERIFY(list->model()->rowCount() > 0);
        QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("Compare"));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(window->currentMode()->id(), QStringLiteral("compare"));
        QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(palette->isVisible());
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
    }

    void languageSwitchesWithoutRestart() {
        const test::TestWorkspace workspace;
        auto window = test::openWindow(workspace.path());
        QVERIFY(window);
        shell::setLanguage(QStringLiteral("ko"));
        QTRY_COMPARE(window->currentMode()->title(), QStringLiteral("시작"));
        const auto says = [&window](const QString& words) {
            const auto labels = window->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(words); });
        };
        QTRY_VERIFY(says(QStringLiteral("모두 저장됨")));
        shell::setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(window->currentMode()->title(), QStringLiteral("Start"));
    }

    void themeSwitchesAtRunTime() {
        auto window = test::openWindow();
        QVERIFY(window);
        widgets::common::Theme::instance().apply(widgets::common::Theme::Choice::Light);
        const QColor light = window->grab().toImage().pixelColor(30, 600);
        widgets::common::Theme::instance().apply(widgets::common::Theme::Choice::Dark);
        const QColor dark = window->grab().toImage().pixelColor(30, 600);
        QCOMPARE(light, widgets::common::Theme::colour(widgets::common::Token::Frame, false));
        QCOMPARE(dark, widgets::common::Theme::colour(widgets::common::Token::Frame, true));
    }

    void menuBarComesWithAlt() {
        auto window = test::openWindow();
        QVERIFY(window);
        QVERIFY(!window->menuBar()->isVisible());
        window->activateWindow();
        QTest::keyClick(window.get(), Qt::Key_Alt);
        if (QApplication::activeWindow() == window.get()) {
            QVERIFY(window->menuBar()->isVisible());
            QVERIFY(window->menuBar()->actions().size() >= 3);
        }
        QTest::keyClick(window.get(), Qt::Key_F10);
    }

    void opensAndRemembersTheWorkspace() {
        test::TestWorkspace made;
        {
            auto window = test::openWindow(made.path(), QStringLiteral("browse"));
            QVERIFY(window);
            QCOMPARE(window->currentMode()->id(), QStringLiteral("browse"));
            QVERIFY(window->windowTitle().startsWith(QLatin1String("test")));
            window->close();
        }
        auto again = test::openWindow();
        QVERIFY(again);
        QTRY_VERIFY(again->session().workspace() != nullptr);
        QCOMPARE(again->currentMode()->id(), QStringLiteral("browse"));
    }

    void aFailedOpenIsSaidInWords() {
        auto window = test::openWindow();
        QVERIFY(window);
        QSignalSpy failed(&window->session(), &shell::Session::failed);
        window->session().open(QStringLiteral("/nowhere/at/all.lathe"));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!failed.first().first().toString().isEmpty());
    }

    void foreignChangesArriveWithinASecond() {
        test::TestWorkspace made;
        auto window = test::openWindow(made.path());
        QVERIFY(window);
        QSignalSpy changed(&window->session(), &shell::Session::dataChanged);
        QVERIFY(made.workspace->addClass("WBC").has_value());
        QTRY_VERIFY_WITH_TIMEOUT(changed.count() >= 1, 1500);
    }

    void popupsCloseOnEscapeAndOutside() {
        auto window = test::openWindow();
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_J, Qt::ControlModifier);
        widgets::common::Overlay* open = nullptr;
        for (auto* overlay : window->findChildren<widgets::common::Overlay*>())
            if (overlay->isVisible()) open = overlay;
        QVERIFY(open);
        QTest::keyClick(open, Qt::Key_Escape);
        QVERIFY(!open->isVisible());
        QTest::keyClick(window.get(), Qt::Key_Comma, Qt::ControlModifier);
        for (auto* overlay : window->findChildren<widgets::common::Overlay*>())
            if (overlay->isVisible()) open = overlay;
        QVERIFY(open->isVisible());
        QTest::mouseClick(window->centralWidget(), Qt::LeftButton, {}, QPoint(1200, 700));
        QVERIFY(!open->isVisible());
    }
};

LATHE_GUI_TEST_MAIN(tst_Shell)
#include "tst_shell.moc"
