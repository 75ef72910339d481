// What a person decides about duplicates: which to keep whatever the rule says, some excluded and some included, leaks mended.
#include <QtTest>

#include "core/base/files.h"
#include "core/data/duplicates.h"
#include "core/data/snapshot.h"
#include "core/store/class_ops.h"
#include "tests/support/copied_photos.h"

using namespace lathe;
using data::Duplicates;
using store::Workspace;

class TestDuplicatePicks : public QObject {
    Q_OBJECT
    base::TempFolder m_temp;
    int m_next = 0;

    std::shared_ptr<Workspace> fresh() {
        const auto at = m_temp.path() / std::to_string(++m_next);
        std::filesystem::create_directories(at);
        return test::copiedPhotos(at);
    }
    static Duplicates find(const Workspace& workspace) { return data::findDuplicates(workspace, {}, {}, {}).value(); }
    static ImageId id(const Workspace& workspace, const char* name) { return workspace.findImage(name).value().id; }
    static std::vector<ImageId> ids(const Workspace& workspace, std::initializer_list<const char*> names) {
        std::vector<ImageId> all;
        for (const char* name : names) all.push_back(id(workspace, name));
        std::ranges::sort(all);
        return all;
    }

private Q_SLOTS:
    void picksOverrule() {
        const auto workspace = fresh();
        const Duplicates found = find(*workspace);
        const data::Ranks ranks = data::rankGroups(*workspace, found, data::Keep::Largest).value();
        QCOMPARE(ranks.size(), std::size_t(2));
        const auto fateOf = [&](const char* name, const data::Picks& picks) {
            const auto place = std::ranges::find(found.groups[0], id(*workspace, name)) - found.groups[0].begin();
            return data::fatesOf(found, 0, ranks, picks)[std::size_t(place)];
        };
        QCOMPARE(fateOf("half.png", {}), data::Fate::Excluded);
        const data::Picks half{{id(*workspace, "half.png")}, {}}, without{{}, {id(*workspace, "half.png")}};
        QCOMPARE(fateOf("half.png", half), data::Fate::Kept);
        QCOMPARE(fateOf("one.png", half), data::Fate::Excluded);
        QCOMPARE(fateOf("half.png", without), data::Fate::Left);
        const data::Picks both{{id(*workspace, "half.png"), id(*workspace, "poor.jpg")}, {}};
        QVERIFY(fateOf("half.png", both) == data::Fate::Kept && fateOf("poor.jpg", both) == data::Fate::Kept);
        // without picks it is what the rule excludes
        const auto exclusion = data::excludeDuplicates(*workspace, found, data::Keep::Largest, "ana").value();
        for (const char* name : {"one.png", "one.tiff", "half.png", "poor.jpg"})
            QCOMPARE(fateOf(name, {}) == data::Fate::Excluded,
                     std::ranges::binary_search(exclusion.excluded, id(*workspace, name)));
    }

    void someAreExcludedAndIncluded() {
        const auto workspace = fresh();
        QCOMPARE(data::duplicateWork(*workspace, {}).value().undecoded, 7);
        const auto some = ids(*workspace, {"half.png", "poor.jpg"}), one = ids(*workspace, {"half.png"});
        QVERIFY(data::excludeDuplicates(*workspace, some, "ana").has_value());
        QCOMPARE(find(*workspace).excluded, 2);
        QCOMPARE(data::includeDuplicates(*workspace, one, "ana").value(), 1);
        QCOMPARE(find(*workspace).excluded, 1);
        const auto work = data::duplicateWork(*workspace, {}).value();
        QCOMPARE(work.images, 6);
        QCOMPARE(work.undecoded, 0);
    }

    void frozenTestImagesStay() {
        const auto workspace = fresh();
        const auto test = ids(*workspace, {"one.tiff"}), val = ids(*workspace, {"half.png"});
        QVERIFY(workspace->setSplit(test, "test").has_value());
        QVERIFY(workspace->setSplit(val, "val").has_value());
        data::TakeOptions options;
        options.freezeTest = true;
        QVERIFY(data::takeSnapshot(*workspace, options).has_value());
        const auto both = ids(*workspace, {"one.tiff", "half.png"});
        const auto move = data::moveToSplit(*workspace, both, "train", "ana").value();
        QCOMPARE(move.frozen, test);
        QCOMPARE(move.moved, val);
        QCOMPARE(workspace->image(test[0]).value()->split, std::string("test"));
        const auto forced = data::moveToSplit(*workspace, both, "train", "ana", true).value();
        QCOMPARE(forced.moved, test);
        QCOMPARE(workspace->image(test[0]).value()->split, std::string("train"));
        // Each is an operation that is taken back as a whole; what has another split by then keeps it.
        QVERIFY(store::undoBatch(*workspace, forced.batch, "ana").has_value());
        QCOMPARE(workspace->image(test[0]).value()->split, std::string("test"));
        QVERIFY(workspace->setSplit(val, "").has_value());
        QVERIFY(store::undoBatch(*workspace, move.batch, "ana").has_value());
        QCOMPARE(workspace->image(val[0]).value()->split, std::string(""));
        const auto nothing = data::moveToSplit(*workspace, val, "", "ana").value();
        QVERIFY(nothing.moved.empty() && !nothing.batch.valid());
        QCOMPARE(data::moveToSplit(*workspace, val, "trian", "ana").error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestDuplicatePicks)
#include "tst_duplicate_picks.moc"
