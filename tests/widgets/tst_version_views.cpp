// The parts of the versions page by themselves: marks of two sides, long lists of pairs, lanes beside the tree.
#include <QtTest>

#include "tests/support/gui_test.h"
#include "tests/support/labelled.h"
#include "widgets/browser/versions/version_lanes.h"
#include "widgets/browser/versions/version_pairs.h"

using namespace lathe;
using namespace lathe::widgets;

class TestVersionViews : public QObject {
    Q_OBJECT
    test::TestWorkspace m_made;
    common::Jobs m_jobs;
    const ClassId m_disc{1}, m_square{2};

    static data::SnapshotRow version(std::int64_t id, std::int64_t parent, std::int64_t merged = 0) {
        data::SnapshotRow row;
        row.id = SnapshotId(id), row.parent = SnapshotId(parent), row.merged = SnapshotId(merged);
        return row;
    }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void branchesHaveLanes() {
        // 5 brings 3 and 4 together, both from 2; 1 is the first.
        const auto lanes =
            browser::versions::lanesOf({version(5, 4, 3), version(4, 2), version(3, 2), version(2, 1), version(1, 0)});
        QCOMPARE(browser::versions::laneCount(lanes), 2);
        const auto laneOf = [&](int row) { return lanes[std::size_t(row)].lane; };
        QCOMPARE((std::vector{laneOf(0), laneOf(1), laneOf(2), laneOf(3), laneOf(4)}), (std::vector{0, 0, 1, 0, 0}));
        QCOMPARE(lanes[0].lines.size(), std::size_t(2));  // to both parents
        QCOMPARE(lanes[3].lines.size(), std::size_t(3));  // from both children, to the parent
        QVERIFY(lanes[4].lines.size() == 1 && !lanes[4].lines[0].below);
    }

    void anUnknownParentIsLeftOut() {
        const auto lanes = browser::versions::lanesOf({version(7, 6)});
        QVERIFY(lanes[0].lines.empty());
        QCOMPARE(browser::versions::laneCount(browser::versions::lanesOf({})), 0);
    }

    void marksBothSides() {
        browser::versions::VersionPicture picture;
        const auto before = test::shapeOf(1, m_disc, annot::Box{{0, 0, 4, 4}}), gone = test::shapeOf(2, m_disc, annot::Dot{{3, 3}});
        auto after = before;
        after.setShape(annot::Box{{8, 8, 4, 4}});
        annot::Mask mask{2, 2, {1, 2, 1}};
        fillSides(picture, {before, gone}, {after, test::shapeOf(3, m_square, mask)}, {});
        QCOMPARE(picture.sides[0].marks.size(), std::size_t(2));
        QCOMPARE(picture.sides[0].marks[1].change, data::ShapeChange::Removed);
        QCOMPARE(picture.sides[1].marks.size(), std::size_t(3));  // where it was, where it is, and the new one
        QVERIFY(picture.sides[1].marks[0].ghost);
        QCOMPARE(picture.sides[1].marks[2].change, data::ShapeChange::Added);
        QVERIFY(!picture.sides[1].marks[2].path.isEmpty());
    }

    void tenThousandRowsAreNoWidgets() {
        common::Thumbnails thumbnails;
        browser::versions::PairList list(m_jobs, thumbnails);
        list.resize(900, 600);
        int loaded = 0;
        browser::versions::PairSource source;
        source.image = [](std::size_t k) { return ImageId(std::int64_t(k) + 1); };
        source.words = [](std::size_t) { return QStringList{QStringLiteral("moved")}; };
        source.load = [&loaded](const store::Workspace&, const std::vector<std::size_t>& wanted, std::stop_token) {
            loaded += int(wanted.size());
            return Result<std::vector<browser::versions::VersionPicture>>(
                std::vector<browser::versions::VersionPicture>(wanted.size()));
        };
        std::vector<std::size_t> order(10'000);
        for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
        const auto widgets = list.findChildren<QWidget*>().size();
        list.pairs().reset(m_made.workspace, source, order);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        QTRY_VERIFY(loaded > 0);
        list.scrollToBottom();
        QTRY_VERIFY(loaded > int(browser::versions::PairModel::kPage));
        QVERIFY(loaded < 500);
        QCOMPARE(list.findChildren<QWidget*>().size(), widgets);
    }
};

LATHE_GUI_TEST_MAIN(TestVersionViews)
#include "tst_version_views.moc"
