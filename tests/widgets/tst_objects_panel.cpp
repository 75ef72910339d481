// The list of objects with real mouse and keys: filter, sort, hide and lock, drag to another place, isolate, and 100,000 rows.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>

#include "tests/support/label_page.h"
#include "widgets/canvas/objects_panel.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;
using test::boxOf;

class tst_ObjectsPanel : public QObject {
    Q_OBJECT
    std::unique_ptr<test::LabelPage> m_page;

    ObjectsPanel& panel() { return m_page->mode->objects(); }
    ObjectList& list() { return panel().list(); }
    ObjectModel& model() { return *static_cast<ObjectModel*>(list().model()); }
    Document& doc() { return m_page->doc(); }
    QRect row(int r) { return list().visualRect(model().index(r)); }
    QWidget* rows() { return list().viewport(); }
    void clickRow(int r, Qt::KeyboardModifiers keys = {}) {
        QTest::mouseClick(rows(), Qt::LeftButton, keys, {60, row(r).center().y()});
    }
    std::vector<std::int64_t> shown() {
        std::vector<std::int64_t> ids;
        for (const AnnotationId id : model().ids()) ids.push_back(id.value);
        return ids;
    }
    void filter(const QString& text) {
        m_page->key(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(panel().field().hasFocus());
        panel().field().clear();
        QTest::keyClicks(&panel().field(), text);
    }
    std::int64_t first() { return doc().annotations().front().id.value; }

private Q_SLOTS:
    void initTestCase() {
        m_page = std::make_unique<test::LabelPage>();
        QVERIFY(m_page->open());
        new QAbstractItemModelTester(&model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
    }
    void cleanupTestCase() { m_page.reset(); }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        panel().field().clear();
        model().setSort(ObjectSort::Order);
        doc().setOnly(std::nullopt);
        auto dusty = boxOf(0, m_page->dust, {20, 20, 30, 30});
        dusty.flags = annot::Locked | annot::Occluded;
        auto guessed = boxOf(0, m_page->cell, {100, 20, 60, 90});
        guessed.source = "model:r1 corrected", guessed.confidence = 0.7;
        annot::Annotation drawn = boxOf(0, m_page->scratch, {});
        drawn.shape = annot::Polygon{{{{200, 200}, {260, 200}, {230, 250}}}};
        drawn.author = "bo", drawn.attributes = {{"subtype", "deep mark"}};
        m_page->put({boxOf(0, m_page->cell, {10, 100, 40, 50}), dusty, guessed, drawn});
        QCOMPARE(model().rowCount(), 4);
        doc().select({});
    }

    void showsTheHighestFirst() {
        const std::int64_t f = first();
        QCOMPARE(shown(), (std::vector<std::int64_t>{f + 3, f + 2, f + 1, f}));
        QCOMPARE(model().index(3).data().toString(), QStringLiteral("cell"));
        QVERIFY(model().index(2).data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("locked")));
    }

    void filtersByWordsAndTerms_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("class name") << "cel" << QList<int>{2, 0};
        QTest::newRow("class") << "class:dust" << QList<int>{1};
        QTest::newRow("two classes") << "class:dust class:scratch" << QList<int>{3, 1};
        QTest::newRow("kind") << "kind:polygon" << QList<int>{3};
        QTest::newRow("flag") << "flag:locked" << QList<int>{1};
        QTest::newRow("author") << "author:bo" << QList<int>{3};
        QTest::newRow("source") << "source:corrected" << QList<int>{2};
        QTest::newRow("attribute") << "deep" << QList<int>{3};
        QTest::newRow("quoted") << "\"deep mark\"" << QList<int>{3};
        QTest::newRow("all must hold") << "cell kind:polygon" << QList<int>{};
        QTest::newRow("nothing") << "" << QList<int>{3, 2, 1, 0};
    }
    void filtersByWordsAndTerms() {
        QFETCH(QString, text);
        QFETCH(QList<int>, rows);
        filter(text);
        std::vector<std::int64_t> wanted;
        for (const int r : rows) wanted.push_back(first() + r);
        QCOMPARE(shown(), wanted);
    }

    void whatIsDrawnJoinsTheFilter() {
        filter(QStringLiteral("kind:polygon"));
        doc().add("Draw box", {doc().make(m_page->cell, annot::Box{{1, 1, 9, 9}})});
        QCOMPARE(model().rowCount(), 1);
        annot::Annotation polygon = doc().make(m_page->cell, annot::Polygon{{{{1, 1}, {9, 1}, {9, 9}}}});
        doc().add("Draw polygon", {polygon});
        QCOMPARE(shown(), (std::vector<std::int64_t>{polygon.id.value, first() + 3}));
        QCOMPARE(panel().countText(), QStringLiteral("2 of 6"));
    }

    void sortsByClassSizeAndConfidence() {
        const std::int64_t f = first();
        model().setSort(ObjectSort::Class);
        QCOMPARE(shown(), (std::vector<std::int64_t>{f + 2, f, f + 1, f + 3}));
        model().setSort(ObjectSort::Size);
        QCOMPARE(shown().front(), f + 2);
        model().setSort(ObjectSort::Confidence);
        QCOMPARE(shown().front(), f + 2);
        m_page->key(Qt::Key_S, Qt::AltModifier);
        QVERIFY(model().sort() == ObjectSort::Order);
    }

    void eyeAndLockOfARow() {
        clickRow(0);
        QCOMPARE(doc().selection().size(), std::size_t(1));
        QTest::mouseClick(rows(), Qt::LeftButton, {}, list().rows().eyeRect(row(3)).center());
        QVERIFY(doc().annotations()[0].flags & annot::Hidden);
        QCOMPARE(doc().selection().front().value, first() + 3);
        QTest::mouseClick(rows(), Qt::LeftButton, {}, list().rows().lockRect(row(2), model().index(2)).center());
        QVERIFY(!(doc().annotations()[1].flags & annot::Locked));
        QCOMPARE(m_page->onDisk(), doc().annotations());
        m_page->key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().annotations()[1].flags & annot::Locked);
    }

    void hidesAllThatIsListed() {
        filter(QStringLiteral("class:cell"));
        QTest::keyClick(&list(), Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY((doc().annotations()[0].flags & annot::Hidden) && (doc().annotations()[2].flags & annot::Hidden));
        QVERIFY(!(doc().annotations()[1].flags & annot::Hidden));
        QTest::keyClick(&list(), Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!(doc().annotations()[0].flags & annot::Hidden));
    }

    void aDraggedRowIsDrawnElsewhere() {
        const std::int64_t f = first();
        const QPoint from(80, row(3).center().y()), to(80, row(0).top() + 2);
        QTest::mousePress(rows(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 6; ++i) QTest::mouseMove(rows(), from + (to - from) * i / 6);
        QTest::mouseRelease(rows(), Qt::LeftButton, {}, to);
        QCOMPARE(shown(), (std::vector<std::int64_t>{f, f + 3, f + 2, f + 1}));
        QCOMPARE(doc().annotations().back().id.value, f);
        QCOMPARE(m_page->onDisk(), doc().annotations());
        const auto z = [&](std::int64_t id) { return doc().scene()->find(id).head().z; };
        QVERIFY(z(f) > z(f + 3) && z(f + 3) > z(f + 2));
        m_page->key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doc().annotations().front().id.value, f);
        QVERIFY(z(f) < z(f + 1));
    }

    void keysMoveRowsAndEscapeDropsADrag() {
        const std::int64_t f = first();
        clickRow(1);
        list().setFocus();
        QTest::keyClick(&list(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(shown(), (std::vector<std::int64_t>{f + 3, f + 1, f + 2, f}));
        QTest::mousePress(rows(), Qt::LeftButton, {}, {80, row(0).center().y()});
        QTest::mouseMove(rows(), {80, row(2).center().y()});
        QTest::mouseMove(rows(), {80, row(3).bottom()});
        QTest::keyClick(&list(), Qt::Key_Escape);
        QTest::mouseRelease(rows(), Qt::LeftButton, {}, {80, row(3).bottom()});
        QCOMPARE(shown(), (std::vector<std::int64_t>{f + 3, f + 1, f + 2, f}));
    }

    void isolatedShapesAloneAreHit() {
        const std::int64_t f = first();
        clickRow(3);
        m_page->key(Qt::Key_I, Qt::AltModifier);
        QVERIFY(doc().only() && doc().only()->size() == 1);
        QVERIFY(doc().scene()->hits({120, 60}, 1).empty());
        QCOMPARE(doc().scene()->hits({20, 120}, 1).size(), std::size_t(1));
        m_page->key(Qt::Key_R);
        m_page->drag(300, 200, 350, 250);
        QCOMPARE(doc().annotations().size(), std::size_t(5));
        QCOMPARE(doc().only()->size(), std::size_t(2));
        m_page->key(Qt::Key_V);
        m_page->key(Qt::Key_I, Qt::AltModifier);
        QVERIFY(!doc().only());
        QCOMPARE(doc().scene()->hits({120, 60}, 1).front().head().id, f + 2);
    }

    void isolationEndsWithTheImage() {
        clickRow(0);
        m_page->key(Qt::Key_I, Qt::AltModifier);
        QVERIFY(doc().only());
        QVERIFY(m_page->openImage(1));
        QVERIFY(!doc().only());
        QVERIFY(m_page->openImage(0));
    }

    void selectionGoesBothWays() {
        const std::int64_t f = first();
        doc().select({AnnotationId(f), AnnotationId(f + 2)});
        QVERIFY(list().selectionModel()->isSelected(model().index(3)) && list().selectionModel()->isSelected(model().index(1)));
        clickRow(0, Qt::ControlModifier);
        QCOMPARE(doc().selection().size(), std::size_t(3));
        clickRow(3);
        clickRow(1, Qt::ShiftModifier);
        QCOMPARE(doc().selection().size(), std::size_t(3));
    }

    void hundredThousandRows() {
        std::vector<annot::Annotation> many;
        for (int i = 0; i < 100000; ++i)
            many.push_back(boxOf(0, i % 3 ? m_page->cell : m_page->dust, {double(i % 380), double(i / 380 % 280), 8, 8}));
        m_page->put(std::move(many));
        QCOMPARE(model().rowCount(), 100000);
        QElapsedTimer clock;
        clock.start();
        model().setFilter(ObjectFilter::parse(QStringLiteral("class:dust")));
        const qint64 filtered = clock.restart();
        QCOMPARE(model().rowCount(), 33334);
        model().setSort(ObjectSort::Size);
        const qint64 sorted = clock.restart();
        model().setFilter({});
        model().setSort(ObjectSort::Order);
        clock.restart();
        list().scrollTo(model().index(70000));
        QCoreApplication::processEvents();
        const qint64 scrolled = clock.restart();
        doc().add("Draw box", {doc().make(m_page->cell, annot::Box{{1, 1, 9, 9}})});
        const qint64 added = clock.restart();
        qInfo("100,000 rows: filter %lld ms, sort %lld ms, scroll %lld ms, add %lld ms", filtered, sorted, scrolled, added);
        QVERIFY(filtered < 1000 && sorted < 1000 && scrolled < 3000 && added < 5000);  // on a busy machine too
        doc().remove("Delete", {AnnotationId(doc().annotations().back().id)});
    }
};

QTEST_MAIN(tst_ObjectsPanel)
#include "tst_objects_panel.moc"
