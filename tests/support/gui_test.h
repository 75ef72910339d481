// For tests of the window: offscreen, an own home folder, and a test fails on any Qt warning that it didn't expect.
//
//   class tst_Thing : public QObject { Q_OBJECT private Q_SLOTS: void init() { lathe::test::failOnWarnings(); } … };
//   LATHE_GUI_TEST_MAIN(tst_Thing)
//   #include "tst_thing.moc"
#pragma once
#include <QApplication>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <memory>

#include "app/workbench/shell/language.h"
#include "app/workbench/shell/main_window.h"
#include "core/store/workspace.h"
#include "widgets/common/theme.h"

namespace lathe::test {

/// In init() of every test class of the window: an unexpected Qt warning fails the test function. What a test provokes on purpose
/// it announces with QTest::ignoreMessage.
inline void failOnWarnings() {
    QTest::failOnWarning(
        QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support|XDG_RUNTIME_DIR|QStandardPaths: "
                                          "|Could not connect to .*[Bb]us)).+")));
}

/// A home of its own, so that no setting of the one who runs the tests is read or written.
class Home {
public:
    Home() {
        for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            qputenv(name, m_dir.path().toUtf8());
        if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("LATHE_REDUCED_MOTION", "1");
    }
    [[nodiscard]] QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
};

/// A fresh workspace in a folder of its own, removed with the object.
class TestWorkspace {
public:
    TestWorkspace() {
        auto made = store::Workspace::create((m_dir.path() + QStringLiteral("/test.lathe")).toStdString());
        if (made)
            workspace = *made;
        else
            qCritical("%s", made.error().text().c_str());
    }
    [[nodiscard]] QString path() const { return m_dir.path() + QStringLiteral("/test.lathe"); }
    std::shared_ptr<store::Workspace> workspace;

private:
    QTemporaryDir m_dir;
};

/// A shown, active window on a workspace folder (empty: none), in the mode.
inline std::unique_ptr<shell::MainWindow> openWindow(const QString& workspace = {}, const QString& mode = {}) {
    shell::Options options;
    options.workspace = workspace;
    options.mode = mode;
    auto window = std::make_unique<shell::MainWindow>(options);
    window->resize(1600, 1000);
    window->show();
    window->activateWindow();  // keys reach actions in the active window alone
    if (!QTest::qWaitForWindowExposed(window.get()) || !QTest::qWaitForWindowActive(window.get())) return nullptr;
    if (!workspace.isEmpty() && !QTest::qWaitFor([&] { return window->session().workspace() != nullptr; }, 10000)) return nullptr;
    return window;
}

template <class T>
int run(int argc, char** argv) {
    const Home home;
    QCoreApplication::setOrganizationName(QStringLiteral("lathe"));
    QCoreApplication::setApplicationName(QStringLiteral("lathe-test"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QApplication application(argc, argv);
    shell::setLanguage(QStringLiteral("en"));
    widgets::common::Theme::instance().apply(widgets::common::Theme::Choice::Dark);
    T test;
    return QTest::qExec(&test, argc, argv);
}

}  // namespace lathe::test

#define LATHE_GUI_TEST_MAIN(Class)                  \
    int main(int argc, char** argv) {               \
        return lathe::test::run<Class>(argc, argv); \
    }
