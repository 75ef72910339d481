// labels: slow
// The loop in ten lines of the top README, word for word, through the real programs on the real digits.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include "core/base/files.h"
#include "core/serve/http.h"
#include "tests/support/verbs.h"

using namespace lathe;

namespace {

/// The lines of the first code block under `heading`.
QStringList codeUnder(const QString& heading) {
    QFile file(QStringLiteral(LATHE_SOURCE_DIR "/README.md"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QString text = QString::fromUtf8(file.readAll());
    const qsizetype from = text.indexOf("\n## " + heading + '\n');
    const qsizetype open = text.indexOf("```\n", from) + 4, close = text.indexOf("\n```", open);
    return from < 0 || open < 4 || close < 0 ? QStringList() : text.mid(open, close - open).split('\n');
}

}  // namespace

class TestReadme : public QObject, private test::Verbs {
    Q_OBJECT
    QStringList m_lines = codeUnder(QStringLiteral("The loop in ten lines"));

    void prepareHere(QProcess& process) const {
        prepare(process);
        process.setWorkingDirectory(at(""));
    }

private Q_SLOTS:
    void initTestCase() {
        if (!hasEngine()) QSKIP("this build has no engine");
    }

    void thereAreTen() {
        QCOMPARE(m_lines.size(), 10);
        QVERIFY(m_lines.back().startsWith("lathe serve "));
    }

    void nineRunAsOneScript() {
        QProcess shell;
        prepareHere(shell);
        shell.start("bash", {"-euc", m_lines.mid(0, 9).join('\n')});
        QVERIFY(shell.waitForFinished(500'000));
        const QByteArray errors = shell.readAllStandardError();
        QVERIFY2(shell.exitCode() == 0, errors.right(2000).constData());
        for (const char* made : {"digits/7", "work.lathe/lathe.db", "why/map.npy", "why/overlay.png", "served"})
            QVERIFY2(std::filesystem::exists(m_root.path() / made), made);
    }

    void theTenthServes() {
        QProcess server;
        prepareHere(server);
        server.start("bash", {"-euc", "exec " + m_lines.back()});
        QString told;
        QRegularExpressionMatch address;
        static const QRegularExpression said(QStringLiteral("listening on (\\S+)\\s"));
        for (int turn = 0; turn < 300 && !address.hasMatch(); ++turn) {
            (void)server.waitForReadyRead(100);
            told += QString::fromUtf8(server.readAllStandardOutput());
            address = said.match(told);
        }
        QVERIFY2(address.hasMatch(), qPrintable(told));
        serve::Http http(address.captured(1).toStdString(), {});
        const auto ready = http.get("v2/health/ready");
        QVERIFY2(ready.has_value() && ready->status == 200, ready ? ready->body.c_str() : ready.error().text().c_str());
        server.terminate();
        QVERIFY(server.waitForFinished(20'000));
    }
};

QTEST_GUILESS_MAIN(TestReadme)
#include "tst_readme.moc"
