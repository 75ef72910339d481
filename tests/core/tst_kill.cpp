// labels: slow
// kill -9 while editing and while importing: the workspace opens sound, no acknowledged edit is lost, none is torn. Rounds by
// LATHE_KILL_ROUNDS (20).
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include <cstdio>
#include <random>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/store/records.h"
#include "tests/support/data_sets.h"

using namespace lathe;
using store::Workspace;

namespace {

annot::Annotation box(std::int64_t id) {
    annot::Annotation a;
    a.id = AnnotationId(id), a.classId = ClassId(1);
    a.shape = annot::Box{{double(id), 2, 3, 4}};
    return a;
}

void sayReady() {
    if (::write(STDOUT_FILENO, "!", 1) != 1) ::_exit(5);
}

/// Adds boxes for ever; writes a line for each that commit() has acknowledged.
int editForEver(const char* folder) {
    const auto workspace = Workspace::open(folder);
    if (!workspace) return 3;
    sayReady();
    for (std::int64_t next = (*workspace)->nextAnnotationId(ImageId(1))->value;; ++next) {
        const annot::AnnotationEdit edit{ImageId(1), "ana", 1, "Draw", {{std::nullopt, box(next), -1, -1}}};
        if (!(*workspace)->commit(edit)) return 4;
        const std::string line = std::to_string(next) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 5;
    }
}

int importOnce(const char* folder, const char* source) {
    const auto workspace = Workspace::open(folder);
    if (!workspace) return 3;
    sayReady();
    return data::importInto(**workspace, source, {}, {}, {}).has_value() ? 0 : 4;
}

struct Child {
    pid_t pid = 0;
    int out = -1;
};

Child start(std::vector<std::string> arguments) {
    int pipe[2];
    if (::pipe(pipe) != 0) qFatal("pipe");
    const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    std::vector<char*> argv{const_cast<char*>(self.c_str())};
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::close(pipe[0]), ::close(pipe[1]);
        ::execv(self.c_str(), argv.data());
        ::_exit(127);
    }
    ::close(pipe[1]);
    return {pid, pipe[0]};
}

/// Kills `milliseconds` after the child's first word (the workspace is open then); all that it wrote after that.
std::string killAfter(const Child& child, int milliseconds) {
    char ready = 0;
    if (::read(child.out, &ready, 1) != 1) qFatal("the child did not start");
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    ::kill(child.pid, SIGKILL);
    std::string text;
    char buffer[4096];
    for (ssize_t n; (n = ::read(child.out, buffer, sizeof buffer)) > 0;) text.append(buffer, std::size_t(n));
    ::close(child.out);
    int status = 0;
    ::waitpid(child.pid, &status, 0);
    return text;
}

int rounds() {
    const char* set = std::getenv("LATHE_KILL_ROUNDS");
    return set ? std::atoi(set) : 20;
}

void checkSound(Workspace& workspace) {
    std::string answer;
    const auto asked = workspace.read([&](soci::session& sql) -> Result<> {
        sql << "PRAGMA integrity_check", soci::into(answer);
        return {};
    });
    QVERIFY(asked.has_value());
    QCOMPARE(answer, std::string("ok"));
}

}  // namespace

class TestKill : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    std::mt19937 m_random{7};

private Q_SLOTS:
    void whileEditing() {
        const auto folder = m_temp.path() / "edit.lathe";
        {
            const auto workspace = *Workspace::create(folder);
            QVERIFY(workspace
                        ->write([](soci::session& sql) -> Result<> {
                            store::ImageRow row;
                            row.name = "a.png", row.state = "new";
                            store::ImageWriter(sql).add(row, nullptr, {}, {});
                            return {};
                        })
                        .has_value());
        }
        std::int64_t acknowledged = 0;
        for (int round = 0; round < rounds(); ++round) {
            const std::string told = killAfter(start({"--edit", folder.string()}), int(20 + m_random() % 230));
            for (std::size_t at = 0, end; (end = told.find('\n', at)) != std::string::npos; at = end + 1)
                acknowledged = std::stoll(told.substr(at, end - at));
            const auto workspace = Workspace::open(folder);
            QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().text().c_str());
            checkSound(**workspace);
            const auto annotations = *(*workspace)->annotations(ImageId(1));
            const auto there = std::int64_t(annotations.size());
            QVERIFY2(there == acknowledged || there == acknowledged + 1, qPrintable(QString::number(there - acknowledged)));
            for (std::int64_t k = 0; k < there; ++k) QVERIFY(annotations[std::size_t(k)] == box(k + 1));
            QCOMPARE(std::int64_t((*workspace)->history(ImageId(1))->size()), there);
            acknowledged = there;
        }
        QVERIFY(acknowledged > 0);
        qInfo("%lld edits acknowledged", static_cast<long long>(acknowledged));
    }

    void whileImporting() {
        const auto source = m_temp.path() / "source";
        tests::makeClassFolders(source, {"a", "b"}, 1100);
        for (int round = 0; round < rounds(); ++round) {
            const auto folder = m_temp.path() / ("import" + std::to_string(round) + ".lathe");
            QVERIFY(Workspace::create(folder).has_value());
            killAfter(start({"--import", folder.string(), source.string()}), int(10 + m_random() % 600));
            const auto workspace = Workspace::open(folder);
            QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().text().c_str());
            checkSound(**workspace);
            const auto count = *(*workspace)->imageCount();
            std::vector<ImageId> ids;
            for (std::int64_t id = 1; id <= count; ++id) ids.push_back(ImageId(id));
            const auto rows = *(*workspace)->images(ids);
            QCOMPARE(std::int64_t(rows.size()), count);
            for (const auto& row : rows) QVERIFY(std::filesystem::exists((*workspace)->layout().file(row)));
            const auto rest = data::importInto(**workspace, source, {}, {}, {});
            QVERIFY(rest.has_value());
            QCOMPARE(rest->images.added + count, 2200);
            std::filesystem::remove_all(folder);
        }
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "--edit") return editForEver(argv[2]);
    if (argc == 4 && std::string(argv[1]) == "--import") return importOnce(argv[2], argv[3]);
    QCoreApplication app(argc, argv);
    TestKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill.moc"
