#include "app/workbench/shell/shell.h"

#include <sys/socket.h>
#include <unistd.h>
#include <csignal>
#include <cstdio>

#include "app/workbench/shell/language.h"
#include "app/workbench/shell/main_window.h"
#include "app/workbench/shell/system_theme.h"
#include "widgets/common/icons.h"

namespace lathe::shell {
namespace {

int g_signalSocket[2] = {-1, -1};

void onSignal(int) {
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(g_signalSocket[0], &byte, 1);
}

/// SIGTERM, SIGINT and SIGHUP close the window as its close button would.
void watchSignals(MainWindow& window) {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, g_signalSocket) != 0) return;
    auto* notifier = new QSocketNotifier(g_signalSocket[1], QSocketNotifier::Read, &window);
    QObject::connect(notifier, &QSocketNotifier::activated, &window, [&window, notifier] {
        notifier->setEnabled(false);
        window.close();
        QCoreApplication::quit();
    });
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) std::signal(number, onSignal);
}

void applySettings(const Options& options) {
    using widgets::common::Theme;
    QSettings settings;
    setLanguage(options.language.isEmpty() ? settings.value(QStringLiteral("language")).toString() : options.language);
    Theme& theme = Theme::instance();
    theme.setCompact(settings.value(QStringLiteral("compact"), false).toBool());
    auto choice = Theme::Choice(std::clamp(settings.value(QStringLiteral("theme"), 0).toInt(), 0, 2));
    if (options.theme == QLatin1String("system")) choice = Theme::Choice::System;
    if (options.theme == QLatin1String("light")) choice = Theme::Choice::Light;
    if (options.theme == QLatin1String("dark")) choice = Theme::Choice::Dark;
    theme.apply(choice);
}

}  // namespace

int run(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i) arguments.append(QString::fromLocal8Bit(argv[i]));
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h")))
        return std::fputs(qPrintable(usage()), stdout), 0;
    QString error;
    const auto options = parseOptions(arguments, error);
    if (!options) return std::fprintf(stderr, "lathe: %s\nlathe open --help tells more.\n", qPrintable(error)), 2;

    QCoreApplication::setOrganizationName(QStringLiteral("lathe"));
    QCoreApplication::setApplicationName(QStringLiteral("lathe"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LATHE_VERSION));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QGuiApplication::setDesktopFileName(QStringLiteral("lathe"));
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/desktop/lathe.svg")));
    applySettings(*options);
    MainWindow window(*options);
    watchSignals(window);
    window.show();
    const SystemTheme system(nullptr);
    return QApplication::exec();
}

}  // namespace lathe::shell
