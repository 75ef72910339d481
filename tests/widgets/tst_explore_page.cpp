// The exploration page in Browse: charts that tell the set's numbers, bars that are searches, what is shown when there is nothing.
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QtTest>

#include "tests/support/browse_page.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/explore/explore_charts.h"
#include "widgets/browser/explore/explore_page.h"
#include "widgets/charts/bar_rows.h"
#include "widgets/charts/grid_map.h"
#include "widgets/charts/histogram_chart.h"

using namespace lathe;
using namespace lathe::widgets;
using charts::GridMap;
using charts::HistogramChart;

class TestExplorePage : public QObject, test::BrowsePage {
    Q_OBJECT
    browser::explore::ExplorePage* m_page = nullptr;

    template <class T>
    T* named(const QString& name) {
        for (T* one : m_page->findChildren<T*>())
            if (one->accessibleName() == name) return one;
        return nullptr;
    }
    void explore() {
        action("explore")->trigger();
        QTRY_VERIFY(m_page->isVisible());
    }
    /// -1 while there are none.
    std::int64_t images() const { return m_page->figures() ? m_page->figures()->images : -1; }
    /// Whose figures are shown; "none" while there are none.
    std::string shown() const { return m_page->figures() ? m_page->figures()->query : "none"; }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(m_workspace);
        QVERIFY(showMode());
        m_page = m_mode->findChild<browser::explore::ExplorePage*>();
    }

    void withoutAWorkspaceItSaysWhatToDo() {
        explore();
        QVERIFY(!m_page->figures());
        bool told = false;
        for (auto* label : m_page->findChildren<QLabel*>()) told |= label->isVisible() && label->text() == "No workspace is open";
        QVERIFY(told);
    }

    void anEmptyWorkspaceOffersAnImport() {
        auto empty = store::Workspace::create(m_folder.path() / "empty.lathe");
        m_mode->setWorkspace(*empty);
        const auto told = [this] {
            for (auto* label : m_page->findChildren<QLabel*>())
                if (label->isVisible() && label->text() == "No images yet") return true;
            return false;
        };
        QTRY_VERIFY(told());
    }

    void showsTheNumbers() {
        m_mode->setWorkspace(m_workspace);
        QTRY_VERIFY(m_page->figures());
        QCOMPARE(m_page->figures()->images, 40);
        auto* classes = named<charts::BarRows>(QStringLiteral("Objects by class"));
        QVERIFY(classes);
        QCOMPARE(classes->state(), QStringLiteral("disc 20, square 20"));
        auto* objects = named<HistogramChart>(QStringLiteral("Bars: Objects per image"));
        QVERIFY(objects);
        QCOMPARE(objects->state(), QStringLiteral("1: 40 images"));
        QVERIFY(named<GridMap>(QStringLiteral("Images with both classes"))->state().startsWith(QStringLiteral("disc: 20 images")));
    }

    void everyChartHasANameAndTellsItself() {
        QSet<QString> names;
        for (auto* chart : m_page->findChildren<charts::Chart*>()) {
            QAccessibleInterface* told = QAccessible::queryAccessibleInterface(chart);
            QCOMPARE(told->role(), QAccessible::Chart);
            QVERIFY(!told->text(QAccessible::Name).isEmpty());
            QVERIFY(!names.contains(told->text(QAccessible::Name)));
            names << told->text(QAccessible::Name);
            if (chart->isVisible()) QVERIFY2(!told->text(QAccessible::Description).isEmpty(), qPrintable(chart->accessibleName()));
        }
        QVERIFY(names.size() >= 11);
    }

    void aBarIsASearch() {
        explore();
        QSignalSpy wanted(m_page, &browser::explore::ExplorePage::queryWanted);
        auto* bright = named<HistogramChart>(QStringLiteral("Bars: Brightness, mean luma 0 to 255"));
        QVERIFY(bright && !bright->bars().empty());
        QTest::mouseClick(bright, Qt::LeftButton, {}, bright->barRect(0, -1).center());
        QCOMPARE(wanted.count(), 1);
        const data::Bin bin = m_page->figures()->brightness.bins[0];
        QCOMPARE(m_query->text(), QString::fromStdString(bin.query));
        auto* grid = m_mode->findChild<browser::tiles::ImageGrid*>();
        QTRY_COMPARE(std::int64_t(grid->count()), bin.all().images);
        QVERIFY(grid->isVisible() && !m_page->isVisible());
        explore();
        QTRY_COMPARE(images(), bin.all().images);
        search({});
        QTRY_COMPARE(images(), 40);
    }

    void byKeysToo() {
        explore();
        QSignalSpy wanted(m_page, &browser::explore::ExplorePage::queryWanted);
        auto* widths = named<HistogramChart>(QStringLiteral("Bars: Width, pixels"));
        widths->setFocus();
        QTRY_VERIFY(widths->hasFocus());
        QTest::keyClick(widths, Qt::Key_Right);
        QTest::keyClick(widths, Qt::Key_Return);
        QCOMPARE(wanted.takeFirst()[0].toString(), QStringLiteral("width=32"));
        explore();
        QTRY_COMPARE(shown(), std::string("width=32"));
        auto* together = named<GridMap>(QStringLiteral("Images with both classes"));
        together->setFocus();
        QTest::keyClick(together, Qt::Key_Right);
        QTest::keyClick(together, Qt::Key_Space);
        QCOMPARE(wanted.takeFirst()[0].toString(), QStringLiteral("width=32 class:disc class:square"));
        search({});
    }

    void splitsBesideEachOther() {
        explore();
        QTRY_COMPARE(shown(), std::string());
        auto* view = named<common::Segments>(QStringLiteral("Splits in the charts"));
        QVERIFY(view);
        QTest::mouseClick(view->findChildren<QAbstractButton*>()[1], Qt::LeftButton);
        auto* heights = named<HistogramChart>(QStringLiteral("Bars: Height, pixels"));
        QCOMPARE(heights->bars()[0].values, (std::vector<double>{1, 1, 1}));
        QVERIFY(heights->state().contains(QStringLiteral("val 8 (100.0 %)")));
        QSignalSpy wanted(m_page, &browser::explore::ExplorePage::queryWanted);
        QTest::mouseClick(heights, Qt::LeftButton, {}, heights->barRect(0, 2).center());
        QCOMPARE(wanted.takeFirst()[0].toString(), QStringLiteral("height=32 split:test"));
        explore();
        QTest::mouseClick(view->findChildren<QAbstractButton*>()[2], Qt::LeftButton);
        QTest::mouseClick(view->findChildren<QAbstractButton*>()[0], Qt::LeftButton);
        search({});
        QTRY_COMPARE(shown(), std::string());
    }

    void followsTheSearch() {
        explore();
        search(QStringLiteral("class:disc split:test"));
        QTRY_COMPARE(images(), 4);
        search(QStringLiteral("file:nothing_has_this_name"));
        QTRY_VERIFY(!m_page->figures());
        auto* clear = named<QAbstractButton>(QStringLiteral("Clear the search"));
        for (auto* button : m_page->findChildren<common::ActionButton*>())
            if (button->isVisible() && button->text() == "Clear the search") clear = button;
        QVERIFY(clear);
        QTest::mouseClick(clear, Qt::LeftButton);
        QCOMPARE(m_query->text(), QString());
        QTRY_COMPARE(images(), 40);
        QVERIFY(m_page->isVisible());
    }

    void followsTheWorkspace() {
        QTRY_COMPARE(m_page->figures() ? m_page->figures()->splitCounts.size() : 0, std::size_t(3));
        const std::vector<ImageId> some{ImageId(1), ImageId(2)};
        QVERIFY(m_workspace->setSplit(some, {}).has_value());
        m_mode->refresh();
        QTRY_COMPARE(m_page->figures() ? m_page->figures()->splitCounts.size() : 0, std::size_t(4));
    }

    void rareClassesAreRows() {
        QVERIFY(m_workspace->addClass("never used").has_value());
        m_mode->refresh();
        auto* findings = named<QListView>(QStringLiteral("Rare and missing classes"));
        QVERIFY(findings);
        const auto told = [&] {
            for (int row = 0; row < findings->model()->rowCount(); ++row)
                if (findings->model()->index(row, 0).data().toString() == "never used: no object anywhere") return true;
            return false;
        };
        QTRY_VERIFY(told());
    }

    void speaksKorean() {
        shell::setLanguage(QStringLiteral("ko"));
        QTRY_VERIFY(named<QListView>(QStringLiteral("드물거나 없는 클래스")));
        shell::setLanguage(QStringLiteral("en"));
        QTRY_VERIFY(named<QListView>(QStringLiteral("Rare and missing classes")));
    }

    void cleanupTestCase() { m_mode.reset(); }
};

LATHE_GUI_TEST_MAIN(TestExplorePage)
#include "tst_explore_page.moc"
