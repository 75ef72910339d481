// The verbs through the real programs, in a folder and with settings of their own.
#pragma once
#include <QFile>
#include <QProcess>
#include <QTest>

#include "core/base/files.h"
#include "core/base/json.h"

namespace lathe::test {

/// build/PRESET/bin/NAME, or LATHE_BIN's.
inline QString program(const char* name) {
    return qEnvironmentVariable("LATHE_BIN", QStringLiteral(LATHE_BINARY_DIR "/bin")) + QLatin1Char('/') + QLatin1String(name);
}

/// What a test of verbs inherits.
class Verbs {
protected:
    struct Ran {
        int exit = -1;
        Json json;
        QString text, errors;
    };
    base::TempFolder m_root;

    [[nodiscard]] QString at(const char* name) const { return QString::fromStdString((m_root.path() / name).string()); }
    [[nodiscard]] static bool hasEngine() { return QFile::exists(program("lathe-engine")); }
    [[nodiscard]] static QString text(const Json& json) { return QString::fromStdString(json.get<std::string>()); }

    void prepare(QProcess& process) const {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("PATH", program("") + ':' + environment.value("PATH"));
        environment.insert("LATHE_ENGINE", program("lathe-engine"));
        environment.insert("XDG_CONFIG_HOME", at("config"));
        environment.insert("XDG_DATA_HOME", at("data"));
        process.setProcessEnvironment(environment);
    }
    /// Exit -1: it took longer than 400 s.
    [[nodiscard]] Ran raw(const QStringList& words) const {
        QProcess process;
        prepare(process);
        process.start(program("lathe"), words);
        Ran ran;
        if (!process.waitForFinished(400'000)) return ran;
        ran.exit = process.exitCode();
        ran.text = QString::fromUtf8(process.readAllStandardOutput());
        ran.errors = QString::fromUtf8(process.readAllStandardError());
        return ran;
    }
    [[nodiscard]] Ran run(QStringList words) const {
        Ran ran = raw(words << QStringLiteral("--json"));
        ran.json = Json::parse(ran.text.toStdString(), nullptr, false);
        return ran;
    }
    /// Runs and wants this exit code; the JSON, null with a warning when it isn't.
    Json want(int exit, const QStringList& words) const {
        const Ran ran = run(words);
        if (ran.exit == exit && ran.json.is_object()) return ran.json;
        qWarning("lathe %s: exit %d, wanted %d: %s %s", qPrintable(words.join(' ')), ran.exit, exit, qPrintable(ran.errors),
                 qPrintable(ran.text.left(300)));
        return nullptr;
    }
    /// WORKSPACE with the 5,000 digits, split 4,000/500/500 by class with seed 1, frozen as v1. False: see the warnings.
    [[nodiscard]] bool makeDigits(const QString& workspace) const {
        const QStringList steps[] = {
            {"samples", "digits", at("digits")},
            {"init", workspace},
            {"import", workspace, at("digits")},
            {"split", workspace, "--train", "0.8", "--val", "0.1", "--test", "0.1", "--stratify", "--seed", "1"},
            {"snapshot", workspace, "v1"}};
        return std::ranges::all_of(steps, [this](const QStringList& words) { return want(0, words).is_object(); });
    }
};

}  // namespace lathe::test
