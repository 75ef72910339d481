// A real Triton for tests: the server that tests/support/triton.sh brings, on a port of its own, over a repository folder.
#pragma once
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include "core/serve/oip_client.h"

namespace lathe::test {

class TritonServer {
public:
    /// LATHE_TRITON, default ~/.cache/lathe/triton.
    [[nodiscard]] static QString folder() {
        return qEnvironmentVariable("LATHE_TRITON", QDir::homePath() + "/.cache/lathe/triton");
    }
    [[nodiscard]] static bool isHere() { return QFile::exists(folder() + "/backends/python/libtriton_python.so"); }

    /// Starts on an empty `repository` and waits until it answers, 60 s at most. Its output goes to `log`.
    [[nodiscard]] bool start(const QString& repository, const QString& log) {
        QDir().mkpath(repository);
        const QString port = QString::number(freePort());
        m_url = "http://127.0.0.1:" + port.toStdString();
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setStandardOutputFile(log);
        m_process.start(QStringLiteral(LATHE_SOURCE_DIR "/tests/support/triton.sh"), {"run", folder(), repository, port});
        serve::OipClient client(m_url, {});
        return QTest::qWaitFor([&] { return client.ready().value_or(false); }, 60'000);
    }
    void stop() {
        m_process.terminate();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(40'000)) m_process.kill();
    }
    [[nodiscard]] const std::string& url() const { return m_url; }

    /// What the backend's script must say to answer wrongly.
    [[nodiscard]] static std::string spoiled(const std::string& script) {
        return QString::fromStdString(script).replace("self.input: pixels})[0]", "self.input: pixels})[0] + 1").toStdString();
    }

private:
    /// One that nobody listens on now.
    static int freePort() {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        const bool bound = ::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                           ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
        ::close(fd);
        return bound ? ntohs(address.sin_port) : 0;
    }
    QProcess m_process;
    std::string m_url;
};

}  // namespace lathe::test
