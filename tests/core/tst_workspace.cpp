// The workspace: made, opened, refused with words, classes, images, two connections at once.
#include <QtTest>

#include <filesystem>
#include <fstream>

#include "core/base/files.h"
#include "core/store/records.h"
#include "core/store/workspace.h"

using namespace lathe;
using store::Workspace;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<Workspace> made(const fs::path& folder) {
    auto workspace = Workspace::create(folder);
    if (!workspace) qFatal("%s", workspace.error().text().c_str());
    return *workspace;
}

ImageId addImage(Workspace& workspace, const std::string& name) {
    ImageId id;
    const auto done = workspace.write([&](soci::session& sql) -> Result<> {
        store::ImageWriter writer(sql);
        store::ImageRow row;
        row.name = name, row.path = "media/x.png", row.digest = "digest of " + name, row.state = "new";
        row.width = 64, row.height = 48, row.channels = 3;
        id = writer.add(row, nullptr, {}, {});
        store::touchImages(sql);
        return {};
    });
    if (!done) qFatal("%s", done.error().text().c_str());
    return id;
}

}  // namespace

class TestWorkspace : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;

private Q_SLOTS:
    void createsAndOpensAgain() {
        const auto folder = m_temp.path() / "one.lathe";
        std::string id;
        {
            const auto workspace = made(folder);
            id = workspace->id();
            QCOMPARE(id.size(), std::size_t(16));
            QCOMPARE(workspace->name(), std::string("one"));
            QVERIFY(workspace->addClass("cat").has_value());
        }
        const auto again = Workspace::open(folder);
        QVERIFY(again.has_value());
        QCOMPARE((*again)->id(), id);
        QCOMPARE((*again)->classes()->size(), std::size_t(1));
        const auto twice = Workspace::create(folder);
        QVERIFY(!twice && twice.error().code == ErrorCode::AlreadyExists);
    }

    void refusesWithWords() {
        const auto none = Workspace::open(m_temp.path() / "none.lathe");
        QVERIFY(!none && none.error().code == ErrorCode::NotFound && none.error().text().find("lathe init") != std::string::npos);
        const auto plain = m_temp.path() / "plain";
        fs::create_directories(plain);
        QCOMPARE(Workspace::open(plain).error().code, ErrorCode::NotFound);
        const auto broken = m_temp.path() / "broken.lathe";
        fs::create_directories(broken);
        std::ofstream(broken / "lathe.db") << "this is no database at all, only text";
        QCOMPARE(Workspace::open(broken).error().code, ErrorCode::Corrupt);
    }

    void refusesANewerSchema() {
        const auto folder = m_temp.path() / "newer.lathe";
        QVERIFY(made(folder)
                    ->write([](soci::session& sql) -> Result<> {
                        sql << "INSERT INTO migration (number, at) VALUES (9999, 0)";
                        return {};
                    })
                    .has_value());
        const auto opened = Workspace::open(folder);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::NewerVersion);
    }

    void refusesWhileAnotherMigrates() {
        const auto folder = m_temp.path() / "locked.lathe";
        made(folder);
        const auto lock = base::FileLock::tryLock(folder / "lathe.lock");
        QVERIFY(lock.has_value());
        QCOMPARE(Workspace::open(folder).error().code, ErrorCode::Locked);
    }

    void findsDamageAfterACrash() {
        const auto folder = m_temp.path() / "damaged.lathe";
        {
            const auto workspace = made(folder);
            for (int k = 0; k < 400; ++k) addImage(*workspace, "folder/image number " + std::to_string(k) + ".png");
        }
        {
            std::fstream file(folder / "lathe.db", std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(0, std::ios::end);
            const auto size = std::streamoff(file.tellp());
            for (std::streamoff at = 8192; at < size; at += 8192) file.seekp(at), file.write("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
        }
        std::ofstream(folder / "lathe.db-wal") << "left behind";
        QCOMPARE(Workspace::open(folder).error().code, ErrorCode::Corrupt);
    }

    void classesHaveColoursAndKeys() {
        const auto workspace = made(m_temp.path() / "classes.lathe");
        const auto first = *workspace->addClass("cat");
        QCOMPARE(*workspace->addClass("cat"), first);
        for (int k = 2; k <= 11; ++k) QVERIFY(workspace->addClass("class " + std::to_string(k)).has_value());
        auto all = *workspace->classes();
        QCOMPARE(all.size(), std::size_t(11));
        QCOMPARE(all[0].key, std::string("1"));
        QCOMPARE(all[9].key, std::string("0"));
        QCOMPARE(all[10].key, std::string());
        QVERIFY(all[0].colour != all[1].colour && all[0].colour.size() == 7);
        all[1].name = "cat";
        QCOMPARE(workspace->updateClass(all[1]).error().code, ErrorCode::AlreadyExists);
        all[1].name = "dog", all[1].extra = Json{{"skeleton", {1, 2}}};
        QVERIFY(workspace->updateClass(all[1]).has_value());
        QCOMPARE(workspace->classes()->at(1).extra["skeleton"][1].get<int>(), 2);
    }

    void findsImages() {
        const auto workspace = made(m_temp.path() / "find.lathe");
        const auto a = addImage(*workspace, "a/one.png"), b = addImage(*workspace, "b/one.png"),
                   c = addImage(*workspace, "b/two.png");
        QCOMPARE(workspace->findImage(std::to_string(b.value))->id, b);
        QCOMPARE(workspace->findImage("a/one.png")->id, a);
        QCOMPARE(workspace->findImage("two.png")->id, c);
        QCOMPARE(workspace->findImage("one.png").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(workspace->findImage("wo.png").error().code, ErrorCode::NotFound);
        const std::vector<ImageId> asked{c, a, ImageId(99)};
        const auto rows = *workspace->images(asked);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].id, c);
    }

    void splitsAndStates() {
        const auto workspace = made(m_temp.path() / "splits.lathe");
        const std::vector<ImageId> ids{addImage(*workspace, "1.png"), addImage(*workspace, "2.png")};
        QVERIFY(workspace->setSplit(ids, "val").has_value());
        QVERIFY(workspace->setState(std::span(ids).first(1), "accepted").has_value());
        QCOMPARE(workspace->image(ids[1]).value()->split, std::string("val"));
        QCOMPARE(workspace->image(ids[0]).value()->state, std::string("accepted"));
        QCOMPARE(workspace->setSplit(ids, "traim").error().code, ErrorCode::InvalidArgument);
        QVERIFY(workspace->setTag(ids, "blurry", true).has_value());
        QVERIFY(workspace->setTag(std::span(ids).first(1), "blurry", false).has_value());
        QCOMPARE(*workspace->imagesTagged("blurry"), std::vector<ImageId>{ids[1]});
    }

    void aFailedWriteLeavesNothing() {
        const auto workspace = made(m_temp.path() / "rollback.lathe");
        const auto before = workspace->revision();
        const auto failed = workspace->write([](soci::session& sql) -> Result<> {
            sql << "INSERT INTO tag (name) VALUES ('x')";
            return base::fail(ErrorCode::InvalidData, "no");
        });
        QCOMPARE(failed.error().code, ErrorCode::InvalidData);
        const auto thrown = workspace->write([](soci::session& sql) -> Result<> {
            sql << "INSERT INTO tag (name) VALUES ('y')";
            sql << "INSERT INTO nowhere VALUES (1)";
            return {};
        });
        QVERIFY(!thrown.has_value());
        QCOMPARE(workspace->revision(), before);
        QVERIFY(workspace->imagesTagged("x")->empty());
        QVERIFY(workspace->addClass("still works").has_value());
        QVERIFY(workspace->revision().records > before.records);
    }

    void aWriteWithinAWriteIsAnError() {
        const auto workspace = made(m_temp.path() / "nested.lathe");
        const auto outer =
            workspace->write([&](soci::session&) { return workspace->write([](soci::session&) -> Result<> { return {}; }); });
        QCOMPARE(outer.error().code, ErrorCode::Internal);
    }

    void anotherOpeningSeesItWithinASecond() {
        const auto folder = m_temp.path() / "two.lathe";
        const auto here = made(folder);
        const auto there = Workspace::open(folder);
        QVERIFY(there.has_value());
        std::atomic<int> seen = 0;
        const store::ChangeWatcher watcher(*there, [&](store::Revision) { ++seen; });
        QTest::qWait(150);
        QVERIFY(here->addClass("new").has_value());
        QTRY_VERIFY_WITH_TIMEOUT(seen > 0, 1000);
        QCOMPARE((*there)->classes()->size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
