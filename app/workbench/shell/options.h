// What `lathe open` was told on the command line.
#pragma once
#include <QString>
#include <QStringList>
#include <optional>

namespace lathe::shell {

struct Options {
    QString workspace, mode, image, language, theme;
    bool noWelcome = false;
};
/// `arguments` without the program's name, "open" already taken off or not. nullopt: `error` says what was wrong (exit 2).
[[nodiscard]] std::optional<Options> parseOptions(QStringList arguments, QString& error);
[[nodiscard]] QString usage();

}  // namespace lathe::shell
