// A workspace on a disk that is full or can't be written: clear words, nothing lost, and it goes on when there is room again.
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include <fstream>
#include <functional>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/data/snapshot.h"
#include "core/store/records.h"
#include "tests/support/data_sets.h"

using namespace lathe;
using store::Workspace;
namespace fs = std::filesystem;

namespace {

/// A disk of its own, a few MB large; not there where the test may not mount.
class SmallDisk {
public:
    explicit SmallDisk(const fs::path& folder, const char* size) : m_folder(folder) {
        fs::create_directories(folder);
        m_there = ::mount("lathe-test", folder.c_str(), "tmpfs", 0, (std::string("size=") + size).c_str()) == 0;
    }
    ~SmallDisk() {
        if (m_there) ::umount2(m_folder.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool there() const { return m_there; }
    [[nodiscard]] const fs::path& path() const { return m_folder; }
    /// Leaves `room` bytes free.
    void fill(std::uintmax_t room) const {
        std::ofstream file(m_folder / "ballast", std::ios::binary);
        const std::string block(4096, 'x');
        while (fs::space(m_folder).available > room + block.size() && file) file << block << std::flush;
    }
    void empty() const { fs::remove(m_folder / "ballast"); }

private:
    fs::path m_folder;
    bool m_there = false;
};

annot::AnnotationEdit draw(std::int64_t id) {
    annot::Annotation a;
    a.id = AnnotationId(id), a.classId = ClassId(1);
    a.shape = annot::Polygon{{std::vector<annot::Point>(200, {double(id), 2})}};
    return {ImageId(1), "ana", 1, "Draw", {{std::nullopt, a, -1, -1}}};
}

std::shared_ptr<Workspace> withOneImage(const fs::path& folder) {
    auto workspace = Workspace::create(folder);
    if (!workspace) qFatal("%s", workspace.error().text().c_str());
    const auto added = (*workspace)->write([](soci::session& sql) -> Result<> {
        store::ImageRow row;
        row.name = "a.png", row.state = "new";
        store::ImageWriter(sql).add(row, nullptr, {}, {});
        return {};
    });
    if (!added) qFatal("%s", added.error().text().c_str());
    return *workspace;
}

/// Draws until the disk refuses; what it said. `drawn` counts the edits that were acknowledged.
Error drawUntilRefused(Workspace& workspace, std::int64_t& drawn) {
    for (int turn = 0; turn < 20'000; ++turn) {
        const auto done = workspace.commit(draw(drawn + 1));
        if (!done) return done.error();
        ++drawn;
    }
    return {ErrorCode::Internal, "the disk never refused", {}};
}

/// The exit code of `work` in a process without root's rights.
int asNobody(const std::function<int()>& work) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(99);
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

}  // namespace

class TestDisk : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;

private Q_SLOTS:
    void init() { fs::permissions(m_temp.path(), fs::perms::all); }

    void aFullDiskLosesNoStroke() {
        const SmallDisk disk(m_temp.path() / "full", "8m");
        if (!disk.there()) QSKIP("a small disk can't be mounted here (needs root)");
        const auto folder = disk.path() / "w.lathe";
        std::int64_t drawn = 0;
        {
            const auto workspace = withOneImage(folder);
            disk.fill(400'000);
            const Error refused = drawUntilRefused(*workspace, drawn);
            QCOMPARE(refused.code, ErrorCode::DiskFull);
            QVERIFY2(refused.message.find("free some space") != std::string::npos, refused.text().c_str());
            QVERIFY(drawn > 0);
            QCOMPARE(std::int64_t(workspace->annotations(ImageId(1))->size()), drawn);
            QCOMPARE(workspace->commit(draw(drawn + 1)).error().code, ErrorCode::DiskFull);
            disk.empty();
            QVERIFY(workspace->commit(draw(++drawn)).has_value());
        }
        const auto again = Workspace::open(folder);
        QVERIFY2(again.has_value(), again ? "" : again.error().text().c_str());
        QCOMPARE(std::int64_t((*again)->annotations(ImageId(1))->size()), drawn);
        QCOMPARE(std::int64_t((*again)->history(ImageId(1))->size()), drawn);
    }

    void aFullDiskIsOpenedAndRead() {
        const SmallDisk disk(m_temp.path() / "reopened", "8m");
        if (!disk.there()) QSKIP("a small disk can't be mounted here (needs root)");
        const auto folder = disk.path() / "w.lathe";
        std::int64_t drawn = 0;
        withOneImage(folder)->commit(draw(++drawn)).value();
        disk.fill(0);
        const auto opened = Workspace::open(folder);
        if (opened)
            QCOMPARE(std::int64_t((*opened)->annotations(ImageId(1))->size()), drawn);
        else
            QCOMPARE(opened.error().code, ErrorCode::DiskFull);
        disk.empty();
        QVERIFY(Workspace::open(folder).has_value());
    }

    void anImportStopsAndGoesOn() {
        const SmallDisk disk(m_temp.path() / "import", "12m");
        if (!disk.there()) QSKIP("a small disk can't be mounted here (needs root)");
        const auto source = m_temp.path() / "source";
        test::makeClassFolders(source, {"a", "b"}, 500);
        const auto workspace = *Workspace::create(disk.path() / "w.lathe");
        disk.fill(1'000'000);
        const auto report = data::importInto(*workspace, source, {}, {}, {});
        QVERIFY2(!report.has_value(), "1,000 files of 4 KB fit on a disk with 1 MB");
        QCOMPARE(report.error().code, ErrorCode::DiskFull);
        QVERIFY2(report.error().message.find("free some space") != std::string::npos, report.error().text().c_str());
        disk.empty();
        const auto rest = data::importInto(*workspace, source, {}, {}, {});
        QVERIFY2(rest.has_value(), rest ? "" : rest.error().text().c_str());
        QVERIFY(rest->problems.empty());
        QCOMPARE(*workspace->imageCount(), std::int64_t(1000));
    }

    void aSnapshotAndAnExportSayIt() {
        const SmallDisk disk(m_temp.path() / "snapshot", "8m");
        if (!disk.there()) QSKIP("a small disk can't be mounted here (needs root)");
        const auto source = m_temp.path() / "few";
        test::makeClassFolders(source, {"a", "b"}, 40);
        const auto workspace = *Workspace::create(disk.path() / "w.lathe");
        QVERIFY(data::importInto(*workspace, source, {}, {}, {}).has_value());
        disk.fill(0);
        const auto exported = data::exportTo(*workspace, disk.path() / "out", {}, {}, {});
        QCOMPARE(exported.error().code, ErrorCode::DiskFull);
        const auto snapshot = data::takeSnapshot(*workspace, "v1", "", "ana");
        if (!snapshot) QCOMPARE(snapshot.error().code, ErrorCode::DiskFull);
        disk.empty();
        QVERIFY(data::takeSnapshot(*workspace, "v2", "", "ana").has_value());
        QVERIFY(data::exportTo(*workspace, disk.path() / "out2", {}, {}, {}).has_value());
    }

    void aNewWorkspaceOnAFullDisk() {
        const SmallDisk disk(m_temp.path() / "new", "1m");
        if (!disk.there()) QSKIP("a small disk can't be mounted here (needs root)");
        disk.fill(0);
        const auto made = Workspace::create(disk.path() / "w.lathe");
        QVERIFY(!made.has_value());
        QCOMPARE(made.error().code, ErrorCode::DiskFull);
        disk.empty();
        QVERIFY2(Workspace::create(disk.path() / "w.lathe").has_value(), "what the failed attempt left stands in the way");
    }

    void aReadOnlyFolder() {
        const auto folder = m_temp.path() / "readonly.lathe";
        withOneImage(folder);
        fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
        const int code = asNobody([&] {
            const auto opened = Workspace::open(folder);
            const bool words = !opened && opened.error().message.find("permissions") != std::string::npos;
            return opened ? 1 : opened.error().code != ErrorCode::ReadOnly ? 2 : words ? 0 : 3;
        });
        fs::permissions(folder, fs::perms::owner_all);
        QCOMPARE(code, 0);
    }

    void aFolderWhereNoneCanBeMade() {
        const auto folder = m_temp.path() / "closed";
        fs::create_directories(folder);
        fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
        const int code = asNobody([&] {
            const auto made = Workspace::create(folder / "w.lathe");
            return made ? 1 : made.error().code == ErrorCode::ReadOnly ? 0 : 2;
        });
        fs::permissions(folder, fs::perms::owner_all);
        QCOMPARE(code, 0);
    }

    void aDiskThatTurnsReadOnly() {
        const SmallDisk disk(m_temp.path() / "turns", "8m");
        if (!disk.there()) QSKIP("a small disk can't be mounted here (needs root)");
        const auto folder = disk.path() / "w.lathe";
        withOneImage(folder);
        QCOMPARE(::mount("lathe-test", disk.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr), 0);
        const auto opened = Workspace::open(folder);
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::ReadOnly);
    }
};

QTEST_GUILESS_MAIN(TestDisk)
#include "tst_disk.moc"
