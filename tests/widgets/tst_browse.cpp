// Browse on a real workspace: search, filters that write terms, selection by mouse and keys, what goes to the other modes.
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "core/data/objects.h"
#include "core/store/class_ops.h"
#include "tests/support/browse_page.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/name_popup.h"
#include "widgets/browser/search/facet_panel.h"
#include "widgets/browser/search/query_terms.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;

class TestBrowse : public QObject, test::BrowsePage {
    Q_OBJECT

    void type(const QString& text) {
        m_query->setFocus();
        m_query->selectAll();
        QTest::keyClicks(m_query, text);
        QTest::keyClick(m_query, Qt::Key_Return);
    }

    QString split(ImageId id) const { return QString::fromStdString((**m_workspace->image(id)).split); }
    QToolButton* linkOf(const QString& text) const {
        for (auto* one : m_mode->findChildren<QToolButton*>())
            if (one->isVisible() && one->text() == text) return one;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(showMode({1300, 800}));
        QVERIFY(browse(40));
    }

    void terms() {
        using namespace browser::search;
        QCOMPARE(term("class", "White cell"), QStringLiteral("class:\"White cell\""));
        QCOMPARE(withTerm("width>3", "class:a"), QStringLiteral("width>3 class:a"));
        QCOMPARE(withTerm("class:a", "class:a"), QStringLiteral("class:a"));
        QCOMPARE(withoutTerm("class:a class:\"b c\" x", "class:\"b c\""), QStringLiteral("class:a x"));
        QVERIFY(!hasTerm("class:ab", "class:a"));
    }

    void searchNarrowsAndWidens() {
        type("class:disc");
        QTRY_COMPARE(m_grid->count(), 20u);
        type("class:disc split:test");
        QTRY_COMPARE(m_grid->count(), 4u);
        type("nothing_has_this_name");
        QTRY_COMPARE(m_grid->count(), 0u);
        m_query->clear();
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void wrongQueryKeepsTheResult() {
        type("width>>3");
        QTest::qWait(300);
        QCOMPARE(m_grid->count(), 40u);
        m_query->clear();
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void histogramIsBrushed() {
        browser::search::MeasureFilter* brightness = nullptr;
        for (auto* filter : m_mode->findChildren<browser::search::MeasureFilter*>())
            if (filter->measure() == data::Measure::Brightness) brightness = filter;
        QVERIFY(brightness && brightness->isVisible());
        auto* bars = brightness->findChild<browser::search::HistogramBars*>();
        QTest::mousePress(bars, Qt::LeftButton, {}, QPoint(1, 10));
        QTest::mouseMove(bars, QPoint(bars->width() / 2, 10));
        QTest::mouseRelease(bars, Qt::LeftButton, {}, QPoint(bars->width() / 2, 10));
        QVERIFY(m_query->text().startsWith(QStringLiteral("brightness:")));
        QTRY_VERIFY(m_grid->count() < 40u);
        QVERIFY(bars->chosen());
        // Another range of the same measure takes its place.
        QTest::keyClick(bars, Qt::Key_Right);
        QCOMPARE(m_query->text().count(QStringLiteral("brightness:")), 1);
        QTest::keyClick(bars, Qt::Key_Escape);
        QCOMPARE(m_query->text(), QString());
        QTRY_COMPARE(m_grid->count(), 40u);
        // The text decides: a range that is typed is shown.
        type(QStringLiteral("class:disc"));
        QTRY_COMPARE(m_grid->count(), 20u);
        QVERIFY(!bars->chosen());
        m_query->clear();
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void objectsAreRelabelledByTheHundred() {
        const auto of = [&](const char* name) {
            const auto index = *store::ColumnIndex::load(*m_workspace);
            return data::findObjects(*m_workspace, *index, std::string("class:") + name)->size();
        };
        const ClassId box = *m_workspace->addClass("box");
        for (std::int64_t image = 1; image <= 10; ++image) {
            annot::Annotation a;
            a.id = *m_workspace->nextAnnotationId(ImageId(image)), a.classId = box, a.shape = annot::Box{{4, 4, 9, 7}};
            QVERIFY(m_workspace->commit({ImageId(image), "ana", 1, "Draw", {{std::nullopt, a, -1, -1}}}).has_value());
        }
        const std::size_t boxes = of("box");
        QCOMPARE(boxes, std::size_t(10));
        action("objects")->trigger();
        type(QStringLiteral("class:box"));
        QTRY_COMPARE(m_grid->count(), boxes);
        m_grid->selectAll();
        auto* facets = m_mode->findChild<browser::search::FacetPanel*>();
        Q_EMIT facets->classDropped(QStringLiteral("crate"));
        QTRY_COMPARE(of("crate"), boxes);
        QCOMPARE(of("box"), std::size_t(0));
        const auto batches = *store::batches(*m_workspace);
        QVERIFY(store::undoBatch(*m_workspace, batches.front().id, "ana").has_value());
        QCOMPARE(of("box"), boxes);
        action("grid")->trigger();
        m_query->clear();
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void tagsAreSetAndTakenBack() {
        m_grid->selectAll();
        action("tag")->trigger();
        browser::NamePopup* popup = nullptr;
        QTRY_VERIFY((popup = m_mode->window()->findChild<browser::NamePopup*>()) && popup->isVisible());
        QTest::keyClicks(popup->findChild<QLineEdit*>(), QStringLiteral("blurry"));
        QTest::keyClick(popup->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_COMPARE(m_workspace->imagesTagged("blurry")->size(), std::size_t(40));
        type(QStringLiteral("tag:blurry"));
        QTRY_COMPARE(m_grid->count(), 40u);
        QVERIFY(m_workspace->setTag(*m_workspace->imagesTagged("blurry"), "blurry", false).has_value());
        m_query->clear();
        m_grid->clearSelection();
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void facetWritesTerm() {
        browser::search::FacetRow* square = nullptr;
        for (auto* row : m_mode->findChildren<browser::search::FacetRow*>())
            if (row->searchTerm() == "class:square") square = row;
        QVERIFY(square);
        auto* box = square->findChild<QCheckBox*>();
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QTRY_COMPARE(m_grid->count(), 20u);
        QCOMPARE(m_query->text(), QStringLiteral("class:square"));
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void selectionByKeysAndMouse() {
        m_mode->activateWindow();  // the list of completions took that when it was shown
        QVERIFY(QTest::qWaitForWindowActive(m_mode.get()));
        m_grid->setFocus();
        QTest::keyClick(m_grid, Qt::Key_A, Qt::ControlModifier);
        QTRY_COMPARE(m_grid->selectedCount(), 40u);
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->tileRect(2).center());
        QCOMPARE(m_grid->selectedCount(), 1u);
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, Qt::ShiftModifier, m_grid->tileRect(5).center());
        QCOMPARE(m_grid->selectedCount(), 4u);
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, Qt::ControlModifier, m_grid->tileRect(3).center());
        QCOMPARE(m_grid->selectedCount(), 3u);
        QTest::keyClick(m_grid, Qt::Key_Escape);
        QCOMPARE(m_grid->selectedCount(), 0u);
    }

    void opensInLabel() {
        QSignalSpy spy(m_mode.get(), &common::Mode::goTo);
        QTest::mouseDClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->tileRect(1).center());
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy[0][0].toString(), QStringLiteral("label"));
        QVERIFY(spy[0][1].toMap().value("image").toLongLong() > 0);
    }

    void splitOfSelection() {
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->tileRect(0).center());
        const ImageId id = m_grid->current();
        action("split-val")->trigger();
        QTRY_COMPARE(split(id), QStringLiteral("val"));
    }

    void whatWasDoneIsTakenBackByAKey() {
        m_mode->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_mode.get()));
        QStringList toasts;
        QObject listener;  // as long as the list
        connect(m_mode.get(), &common::Mode::toast, &listener, [&toasts](const QString& text) { toasts << text; });
        const ImageId id = m_grid->items().imageAt(1);
        QVERIFY(m_workspace->setSplit(std::vector{id}, "train").has_value());
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->tileRect(1).center());
        for (const QString to : {"val", "test"}) {
            action(QStringLiteral("split-") + to)->trigger();
            QTRY_COMPARE(split(id), to);
            QTRY_VERIFY(!toasts.filter(QStringLiteral(" moved to ") + to).isEmpty());
        }
        m_grid->setFocus();
        for (const QString back : {"val", "train"}) {
            QTest::keyClick(m_grid, Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(split(id), back);
        }
        // Another session takes back what this one left, the latest of this user first.
        action("split-none")->trigger();
        QTRY_VERIFY(!toasts.filter(QStringLiteral("no split now")).isEmpty());
        QCOMPARE(split(id), QString());
        const QString last = QStringLiteral("Undone: Take from the splits");
        const auto other = makeMode();
        QVERIFY(other);
        connect(other.get(), &common::Mode::toast, this, [&toasts](const QString& text) { toasts << text; });
        other->setWorkspace(m_workspace);
        toasts.clear();
        QTest::keyClick(other.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(toasts.contains(last));
        QCOMPARE(split(id), QStringLiteral("train"));
    }

    void aFrozenTestSetIsNotMovedSilently() {
        const ImageId id = m_grid->items().imageAt(2);
        QVERIFY(m_workspace->setSplit(std::vector{id}, "test").has_value());
        data::TakeOptions options;
        options.freezeTest = true;
        QVERIFY(data::takeSnapshot(*m_workspace, options).has_value());
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->tileRect(2).center());
        action("split-train")->trigger();
        QToolButton* anyway = nullptr;
        QTRY_VERIFY((anyway = linkOf(QStringLiteral("Move them all the same"))));
        QCOMPARE(split(id), QStringLiteral("test"));
        QSignalSpy told(m_mode.get(), &common::Mode::toast);
        QTest::mouseClick(anyway, Qt::LeftButton);
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(split(id), QStringLiteral("train"));
        QVERIFY(!linkOf(QStringLiteral("Move them all the same")));
    }

    void accessibleAsList() {
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(m_grid);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 40);
        QTRY_VERIFY(list->child(0)->text(QAccessible::Name).endsWith(".png"));
        QVERIFY(list->text(QAccessible::Description).contains("40"));
    }

    void freezesSnapshot() {
        for (QAction* action : m_mode->barActions())
            if (action->text().contains("Freeze")) action->trigger();
        QTRY_COMPARE(data::snapshots(*m_workspace)->size(), 2u);
        QCOMPARE((*data::snapshots(*m_workspace))[0].images, 40);
    }

    void cleanupTestCase() { m_mode.reset(); }
};

QTEST_MAIN(TestBrowse)
#include "tst_browse.moc"
