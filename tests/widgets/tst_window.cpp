// What the window promises as a whole: folders dropped on it, the palette and the keys in every mode, two windows on one workspace,
// another language without a restart, the layout remembered.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QDropEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QProcess>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>

#include "core/models/package.h"
#include "core/models/registry.h"
#include "core/runs/run_queue.h"
#include "core/store/column_index.h"
#include "tests/support/gui_test.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/tiles/image_grid.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/start/import_sheet.h"

using namespace lathe;
using shell::MainWindow;
using widgets::browser::tiles::ImageGrid;
using widgets::common::Theme;
using widgets::start::ImportSheet;

namespace {

void drop(MainWindow& on, const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const QPoint at(700, 500);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QVERIFY(QCoreApplication::sendEvent(&on, &enter) && enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QVERIFY(QCoreApplication::sendEvent(&on, &drop) && drop.isAccepted());
}

QAbstractButton* importButton(ImportSheet& sheet) {
    for (auto* button : sheet.findChildren<QAbstractButton*>())
        if (button->text() == QLatin1String("Import")) return button;
    return nullptr;
}

/// Presses Import in the sheet that says what would come in.
bool import(MainWindow& window) {
    ImportSheet* sheet = nullptr;
    const auto ready = [&] { return (sheet = window.findChild<ImportSheet*>()) && importButton(*sheet)->isEnabled(); };
    if (!QTest::qWaitFor(ready, 20000)) return false;
    QTest::mouseClick(importButton(*sheet), Qt::LeftButton);
    return true;
}

std::size_t images(MainWindow& window) {
    const auto& workspace = window.session().workspace();
    return workspace ? std::size_t(workspace->imageCount().value_or(0)) : 0;
}

/// FOLDER/disc with one picture that no other test has.
void writePicture(const QString& folder, int grey) {
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/disc")));
    const std::string file = (folder + QStringLiteral("/disc/grey_%1.png").arg(grey)).toStdString();
    QVERIFY(cv::imwrite(file, cv::Mat(20, 20, CV_8UC3, cv::Scalar::all(grey))));
}

/// Every word of the mode that is on the screen or read out; figures, which may differ, as #.
QStringList words(const QWidget& mode) {
    static const QRegularExpression figures(QStringLiteral("[0-9.,]+( [kMGT]?B)?"));
    QStringList found;
    const auto add = [&](const QString& text) {
        if (!text.trimmed().isEmpty()) found << QString(text).replace(figures, QStringLiteral("#"));
    };
    for (const QWidget* one : mode.findChildren<QWidget*>()) {
        if (!one->isVisibleTo(&mode)) continue;
        add(one->accessibleName());
        if (const auto* label = qobject_cast<const QLabel*>(one)) add(label->text());
        if (const auto* button = qobject_cast<const QAbstractButton*>(one)) add(button->text()), add(button->toolTip());
        const auto* view = qobject_cast<const QAbstractItemView*>(one);
        const auto* model = view ? view->model() : nullptr;
        for (int column = 0; model && column < std::min(40, model->columnCount()); ++column) {
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole}) {
                if (qobject_cast<const QTableView*>(view)) add(model->headerData(column, Qt::Horizontal, role).toString());
                for (int row = 0; row < std::min(40, model->rowCount()); ++row)
                    add(model->index(row, column).data(role).toString());
            }
        }
    }
    for (const QAction* action : mode.actions()) add(action->text());
    found.sort();
    return found;
}

/// The pages of the mode, by turns of whatever there is to choose them with; false: there are no more.
bool showPage(QWidget& mode, int page) {
    if (page == 0) return true;
    int next = 0;
    for (auto* choice : mode.findChildren<QWidget*>()) {
        if (!choice->isVisibleTo(&mode)) continue;
        if (auto* segments = qobject_cast<widgets::common::Segments*>(choice))
            for (auto* button : segments->findChildren<QAbstractButton*>())
                if (++next == page) return QTest::mouseClick(button, Qt::LeftButton), QTest::qWait(400), true;
        if (auto* tabs = qobject_cast<QTabBar*>(choice))
            for (int tab = 0; tab < tabs->count(); ++tab)
                if (++next == page) return tabs->setCurrentIndex(tab), QTest::qWait(400), true;
    }
    return false;
}

QStringList missing(QStringList from, const QStringList& taken) {
    for (const QString& one : taken) from.removeOne(one);
    return from;
}

}  // namespace

class tst_Window : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_path;
    std::vector<runs::RunRow> m_runs;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(test::makeSampleWorkspace(m_folder.path().toStdString(), 12));
        m_path = m_folder.path() + QStringLiteral("/shapes.lathe");
    }
    void init() {
        test::failOnWarnings();
        QSettings().clear();
        shell::setLanguage(QStringLiteral("en"));
    }

    void whatWouldComeInIsSaidBefore() {
        test::makeClassFolders((m_folder.path() + QStringLiteral("/look")).toStdString(), 2);
        const test::TestWorkspace made;
        auto window = test::openWindow(made.path(), QStringLiteral("browse"));
        QVERIFY(window);
        drop(*window, m_folder.path() + QStringLiteral("/look"));
        ImportSheet* sheet = nullptr;
        QTRY_VERIFY((sheet = window->findChild<ImportSheet*>()) && importButton(*sheet)->isEnabled());
        QCOMPARE(images(*window), 0u);
        QTest::keyClick(sheet, Qt::Key_Escape);
        QTRY_VERIFY(!window->findChild<ImportSheet*>());
        QCOMPARE(images(*window), 0u);
    }

    void aDroppedFolderIsImported() {
        test::makeClassFolders((m_folder.path() + QStringLiteral("/more")).toStdString(), 5);
        const test::TestWorkspace made;
        auto window = test::openWindow(made.path(), QStringLiteral("browse"));
        QVERIFY(window);
        drop(*window, m_folder.path() + QStringLiteral("/more"));
        QVERIFY(import(*window));
        QTRY_COMPARE_WITH_TIMEOUT(images(*window), 10u, 20000);
        QTRY_COMPARE(window->currentMode()->findChild<ImageGrid*>()->count(), 10u);
    }

    void aFolderDroppedOnAnEmptyWindowMakesAWorkspace() {
        test::makeClassFolders((m_folder.path() + QStringLiteral("/pets")).toStdString(), 3);
        auto window = test::openWindow();
        QVERIFY(window);
        QVERIFY(!window->session().workspace());
        drop(*window, m_folder.path() + QStringLiteral("/pets"));
        QVERIFY(import(*window));
        QTRY_COMPARE_WITH_TIMEOUT(images(*window), 6u, 20000);
        QVERIFY(window->windowTitle().startsWith(QLatin1String("pets")));
        QVERIFY(QFile::exists(window->session().path() + QStringLiteral("/lathe.db")));
    }

    void aDroppedWorkspaceIsOpened() {
        auto window = test::openWindow();
        QVERIFY(window);
        drop(*window, m_path);
        QTRY_COMPARE(images(*window), 24u);
        QCOMPARE(window->session().path(), m_path);
    }

    void paletteOpensInEveryMode() {
        auto window = test::openWindow(m_path);
        QVERIFY(window);
        auto* palette = window->findChild<shell::CommandPalette*>();
        for (const QString& id : shell::modeIds()) {
            window->goTo(id);
            QTest::qWait(50);
            QVERIFY2(QApplication::focusWidget(), qPrintable(id));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::ControlModifier);
            QVERIFY2(palette->isVisible(), qPrintable(id));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
            QVERIFY2(!palette->isVisible(), qPrintable(id));
        }
    }

    void altWithAnotherKeyBringsNoMenuBar() {
        auto window = test::openWindow(m_path, QStringLiteral("browse"));
        QVERIFY(window);
        QTest::keyPress(window.get(), Qt::Key_Alt, Qt::AltModifier);
        QTest::keyClick(window.get(), Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
        QTest::keyRelease(window.get(), Qt::Key_Alt, Qt::AltModifier);
        QVERIFY(!window->menuBar()->isVisible());
    }

    void noKeyHasTwoMeaningsAtATime() {
        auto window = test::openWindow(m_path);
        QVERIFY(window);
        for (const QString& id : shell::modeIds()) {
            window->goTo(id);
            QHash<QKeySequence, QString> taken;
            for (const auto& [title, actions] : window->actionGroups())
                for (const QAction* action : actions)
                    for (const QKeySequence& key : action->shortcuts()) {
                        if (key.isEmpty() || !action->isEnabled()) continue;
                        QVERIFY2(!taken.contains(key),
                                 qPrintable(id + QStringLiteral(": ") + key.toString() + QStringLiteral(" is ") + taken.value(key) +
                                            QStringLiteral(" and ") + action->text()));
                        taken.insert(key, action->text());
                    }
        }
    }

    void twoWindowsSeeEachOthersChanges() {
        auto one = test::openWindow(m_path, QStringLiteral("browse"));
        auto two = test::openWindow(m_path, QStringLiteral("browse"));
        QVERIFY(one && two);
        auto* here = one->currentMode()->findChild<ImageGrid*>();
        auto* there = two->currentMode()->findChild<ImageGrid*>();
        QTRY_VERIFY(here->count() == 24 && there->count() == 24);
        QTest::qWait(1500);  // both have settled
        QElapsedTimer watch;
        writePicture(m_folder.path() + QStringLiteral("/later"), 17);
        two->session().import(m_folder.path() + QStringLiteral("/later"));
        QVERIFY(import(*two));
        QTRY_COMPARE_WITH_TIMEOUT(images(*two), 25u, 5000);
        watch.restart();
        QTRY_COMPARE_WITH_TIMEOUT(here->count(), 25u, 3000);
        QVERIFY2(watch.elapsed() < 1000, qPrintable(QString::number(watch.elapsed())));
    }

    void aWindowSeesWhatAVerbDoes() {
        const QString program = qEnvironmentVariable("LATHE_BIN") + QStringLiteral("/lathe");
        if (!QFileInfo::exists(program)) QSKIP("lathe is not built here (LATHE_BIN)");
        auto window = test::openWindow(m_path, QStringLiteral("browse"));
        QVERIFY(window);
        auto* grid = window->currentMode()->findChild<ImageGrid*>();
        QTRY_VERIFY(grid->count() >= 24);
        const std::size_t before = grid->count();
        QTest::qWait(1500);
        writePicture(m_folder.path() + QStringLiteral("/verb"), 99);
        QProcess verb;
        verb.start(program, {QStringLiteral("import"), m_path, m_folder.path() + QStringLiteral("/verb")});
        QTRY_VERIFY_WITH_TIMEOUT(verb.state() == QProcess::NotRunning, 20000);
        QCOMPARE(verb.exitCode(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(grid->count(), before + 1, 1000);
    }

    void queuedRunsAreStartedFromAnyMode() {
        if (!QFileInfo::exists(qEnvironmentVariable("LATHE_ENGINE"))) QSKIP("lathe-engine is not built here (LATHE_ENGINE)");
        auto window = test::openWindow(m_path, QStringLiteral("browse"));
        QVERIFY(window);
        auto& workspace = *window->session().workspace();
        for (const char* name : {"first", "second"}) {
            runs::RunSpec spec = runs::startingSpec("classify");
            spec.name = name, spec.epochs = 2, spec.device = "cpu", spec.seed = m_runs.size() + 1;
            const auto run = runs::createRun(workspace, spec, "ana");
            QVERIFY(run.has_value());
            QVERIFY(runs::enqueue(workspace, *run).has_value());
            m_runs.push_back(*run);
        }
        for (const runs::RunRow& run : m_runs) {
            const auto state = [&] { return runs::refresh(workspace, run.id).value_or(run).state; };
            QTRY_VERIFY_WITH_TIMEOUT(state() == runs::RunState::Finished, 60000);
        }
        QVERIFY(runs::queueState(workspace)->runs.empty());
        QCOMPARE(window->currentMode()->id(), QStringLiteral("browse"));
    }

    /// A workspace with all that a mode can show: the runs of above and a model in review.
    void aModelIsInReview() {
        if (m_runs.empty()) QSKIP("no run was trained");
        const auto workspace = store::Workspace::open(m_path.toStdString());
        QVERIFY(workspace.has_value());
        rpc::Engine engine;
        const auto package = models::packageRun(**workspace, engine, m_runs.back(), "ana", {}, {});
        QVERIFY2(package.has_value(), package ? "" : package.error().text().c_str());
        const auto model = models::findModel(**workspace, package->digest);
        QVERIFY(model.has_value());
        QVERIFY(models::submit(**workspace, *model, "ana").has_value());
    }

    void anotherLanguageLeavesNoWordBehind_data() {
        QTest::addColumn<QString>("id");
        for (const QString& id : shell::modeIds()) QTest::newRow(qPrintable(id)) << id;
    }
    void anotherLanguageLeavesNoWordBehind() {
        QFETCH(QString, id);
        auto switched = test::openWindow(m_path, id);
        QVERIFY(switched);
        QTest::qWait(700);
        QList<QStringList> after;
        while (showPage(*switched->currentMode(), int(after.size()))) {
            shell::setLanguage(QStringLiteral("ko"));
            QTest::qWait(200);
            after << words(*switched->currentMode());
            shell::setLanguage(QStringLiteral("en"));
        }
        switched.reset();
        shell::setLanguage(QStringLiteral("ko"));
        auto fresh = test::openWindow(m_path, id);
        QVERIFY(fresh);
        QTest::qWait(700);
        QString wrong;
        for (int page = 0; page < after.size(); ++page) {
            QVERIFY(showPage(*fresh->currentMode(), page));
            const QStringList expected = words(*fresh->currentMode());
            if (const QStringList left = missing(after[page], expected); !left.isEmpty())
                wrong += QStringLiteral("page %1: %2 instead of %3\n")
                             .arg(page)
                             .arg(left.join(QStringLiteral(" | ")), missing(expected, after[page]).join(QStringLiteral(" | ")));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    /// What is written in a colour is written anew, in every mode and on every page.
    void anotherThemeLeavesNoColourBehind_data() { anotherLanguageLeavesNoWordBehind_data(); }
    void anotherThemeLeavesNoColourBehind() {
        QFETCH(QString, id);
        auto window = test::openWindow(m_path, id);
        QVERIFY(window);
        QTest::qWait(700);
        const auto choose = [](Theme::Choice choice) { Theme::instance().apply(choice), QTest::qWait(50); };
        const auto written = [&] {
            QStringList all;
            for (const auto* label : window->findChildren<QLabel*>())
                if (label->text().contains(QLatin1String("color:#"))) all << label->text();
            return all;
        };
        for (int page = 0; showPage(*window->currentMode(), page); ++page) {
            choose(Theme::Choice::Dark);
            const QStringList dark = written();
            choose(Theme::Choice::Light);
            const QStringList light = written();
            QCOMPARE(light.size(), dark.size());
            for (int k = 0; k < dark.size(); ++k) QVERIFY2(light[k] != dark[k], qPrintable(light[k]));
        }
    }

    void sizeAndLayoutAreRemembered() {
        QList<int> drawn;
        {
            auto window = test::openWindow(m_path, QStringLiteral("browse"));
            QVERIFY(window);
            window->resize(1320, 860);
            QTRY_COMPARE(window->size(), QSize(1320, 860));
            auto* splitter = window->currentMode()->findChild<QSplitter*>();
            auto* handle = splitter->handle(1);
            const QPoint from = handle->rect().center();
            QTest::mousePress(handle, Qt::LeftButton, {}, from);
            QTest::mouseMove(handle, from + QPoint(57, 0));
            QTest::mouseRelease(handle, Qt::LeftButton, {}, from + QPoint(57, 0));
            drawn = splitter->sizes();
            window->close();
        }
        shell::Options options;
        MainWindow again(options);
        again.show();
        QVERIFY(QTest::qWaitForWindowExposed(&again));
        QTRY_VERIFY(again.currentMode() && again.currentMode()->id() == QStringLiteral("browse"));
        QCOMPARE(again.size(), QSize(1320, 860));
        QTRY_COMPARE(again.currentMode()->findChild<QSplitter*>()->sizes(), drawn);
    }
};

LATHE_GUI_TEST_MAIN(tst_Window)
#include "tst_window.moc"
