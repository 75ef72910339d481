#include "app/workbench/shell/options.h"

#include <map>

#include "app/workbench/shell/mode_factory.h"

namespace lathe::shell {

QString usage() {
    return QStringLiteral(
        "Opens the window.\n\n"
        "  lathe [open [WS]] [--mode NAME] [--image FILE] [--no-welcome] [--lang en|ko] [--theme light|dark|system]\n\n"
        "  WS           the workspace to open; without it the last one\n"
        "  --mode NAME  start, label, browse, train, compare, explain, profile, review or serve\n"
        "  --image FILE goes to this image (id, name or path)\n"
        "  --no-welcome shows no first-run page\n"
        "  --lang       en or ko; without it the system's\n"
        "  --theme      light, dark or system\n\n"
        "Example: lathe open bccd.lathe --mode label --image BloodImage_00226.jpg\n");
}

namespace {

bool oneOf(const QString& name, const QString& value, const QStringList& allowed, QString& error) {
    if (allowed.contains(value)) return true;
    error = QStringLiteral("%1 is one of %2, not \"%3\"").arg(name, allowed.join(QStringLiteral(", ")), value);
    return false;
}

bool check(const Options& o, QString& error) {
    if (!o.mode.isEmpty() && !oneOf(QStringLiteral("--mode"), o.mode, modeIds(), error)) return false;
    if (!o.language.isEmpty() && !oneOf(QStringLiteral("--lang"), o.language, {QStringLiteral("en"), QStringLiteral("ko")}, error))
        return false;
    const QStringList themes{QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("system")};
    return o.theme.isEmpty() || oneOf(QStringLiteral("--theme"), o.theme, themes, error);
}

}  // namespace

std::optional<Options> parseOptions(QStringList arguments, QString& error) {
    Options options;
    const std::map<QString, QString*> values{{QStringLiteral("--mode"), &options.mode},
                                             {QStringLiteral("--image"), &options.image},
                                             {QStringLiteral("--lang"), &options.language},
                                             {QStringLiteral("--theme"), &options.theme}};
    if (!arguments.isEmpty() && arguments.first() == QLatin1String("open")) arguments.removeFirst();
    while (!arguments.isEmpty()) {
        const QString argument = arguments.takeFirst();
        const QString name = argument.section(u'=', 0, 0);
        if (argument == QLatin1String("--no-welcome")) {
            options.noWelcome = true;
        } else if (const auto it = values.find(name); it != values.end()) {
            const bool inside = argument.contains(u'=');
            if (!inside && arguments.isEmpty()) return error = QStringLiteral("%1 needs a value").arg(name), std::nullopt;
            *it->second = inside ? argument.section(u'=', 1) : arguments.takeFirst();
        } else if (argument.startsWith(QLatin1String("--"))) {
            return error = QStringLiteral("unknown option %1").arg(argument), std::nullopt;
        } else if (options.workspace.isEmpty()) {
            options.workspace = argument;
        } else {
            return error = QStringLiteral("one workspace at a time: \"%1\" is too many").arg(argument), std::nullopt;
        }
    }
    if (!check(options, error)) return std::nullopt;
    return options;
}

}  // namespace lathe::shell
