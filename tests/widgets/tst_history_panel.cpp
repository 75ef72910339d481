// The past of an image with real mouse and keys: looked at, gone back to, one shape restored; all of it undone again.
#include <QAbstractItemModelTester>

#include "core/store/replay.h"
#include "tests/support/label_page.h"
#include "widgets/canvas/history_panel.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;

class tst_HistoryPanel : public QObject {
    Q_OBJECT
    std::unique_ptr<test::LabelPage> m_page;
    annot::Annotations m_first, m_second, m_third;  ///< after each step of init()

    HistoryPanel& panel() { return m_page->mode->history(); }
    QListView& list() { return panel().list(); }
    Document& doc() { return m_page->doc(); }
    void choose(int row) {
        const QRect r = list().visualRect(panel().model().index(row));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, r.center());
    }

private Q_SLOTS:
    void initTestCase() {
        m_page = std::make_unique<test::LabelPage>();
        QVERIFY(m_page->open());
        new QAbstractItemModelTester(&panel().model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
    }
    void cleanupTestCase() { m_page.reset(); }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        doc().leavePast();
        m_page->put({});
        m_page->key(Qt::Key_R);
        m_page->key(Qt::Key_1);
        m_page->drag(50, 60, 150, 180);
        m_first = doc().annotations();
        m_page->drag(200, 60, 260, 120);
        m_second = doc().annotations();
        m_page->key(Qt::Key_V);
        m_page->click(230, 90);
        m_page->key(Qt::Key_Delete);
        m_page->click(100, 100);
        m_page->key(Qt::Key_2);
        m_third = doc().annotations();
        QCOMPARE(m_first.size(), std::size_t(1));
        QCOMPARE(m_second.size(), std::size_t(2));
        QCOMPARE(m_third.size(), std::size_t(1));
        doc().flush();
        m_page->key(Qt::Key_H, Qt::AltModifier);
        QTRY_VERIFY(list().isVisible());
        const std::int64_t last = m_page->workspace->history(doc().image().id)->back().seq;
        QTRY_VERIFY(panel().model().rowCount() > 3 && panel().model().entryAt(0).seq == last);
        QCOMPARE(panel().model().entryAt(0).edit.label, std::string("Change class"));
    }

    void saysWhoDidWhat() {
        QCOMPARE(panel().model().entryAt(1).edit.label, std::string("Delete"));
        const QString text = panel().model().index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(text.contains(QStringLiteral("Change class")) && text.contains(QStringLiteral("ana")), qPrintable(text));
    }

    void aMomentIsShownAndLeft() {
        choose(2);
        QTRY_VERIFY(doc().inPast());
        QCOMPARE(doc().annotations(), m_third);
        QVERIFY(doc().scene()->find(m_second[1].id.value));
        m_page->drag(20, 20, 40, 40);  // moves the picture, draws nothing
        QCOMPARE(doc().annotations(), m_third);
        QVERIFY(doc().inPast());
        choose(0);
        QTRY_VERIFY(!doc().inPast());
        QVERIFY(!doc().scene()->find(m_second[1].id.value));
    }

    void goesBackAsOneEdit() {
        choose(2);
        QTRY_VERIFY(doc().inPast());
        QTest::keyClick(&list(), Qt::Key_Return, Qt::AltModifier);
        QTRY_VERIFY(!doc().inPast());
        QCOMPARE(annot::pack(doc().annotations()), annot::pack(m_second));
        QCOMPARE(annot::pack(m_page->onDisk()), annot::pack(m_second));
        QVERIFY(doc().scene()->find(m_second[1].id.value));
        m_page->key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doc().annotations(), m_third);
        QTRY_COMPARE(m_page->onDisk(), m_third);
    }

    void restoresOneShape() {
        choose(2);
        QTRY_VERIFY(doc().inPast());
        QTRY_COMPARE(panel().differenceList().model()->rowCount(), 2);
        auto* rows = panel().differenceList().model();
        int gone = -1;
        for (int r = 0; r < 2; ++r)
            if (rows->index(r, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("deleted since"))) gone = r;
        QVERIFY(gone >= 0);
        QTest::mouseClick(panel().differenceList().viewport(), Qt::LeftButton, {},
                          panel().differenceList().visualRect(rows->index(gone, 0)).center());
        QTest::keyClick(&panel().differenceList(), Qt::Key_Return, Qt::AltModifier | Qt::ShiftModifier);
        QTRY_VERIFY(!doc().inPast());
        QCOMPARE(doc().annotations().size(), std::size_t(2));
        QCOMPARE(*doc().find(m_second[1].id), m_second[1]);
        QCOMPARE(doc().find(m_first[0].id)->classId, m_third[0].classId);
        m_page->key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doc().annotations(), m_third);
    }

    void keysStepThroughThePast() {
        m_page->key(Qt::Key_Left, Qt::AltModifier);
        QTRY_VERIFY(doc().inPast());
        m_page->key(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(list().currentIndex().row(), 2);
        m_page->key(Qt::Key_End, Qt::AltModifier);
        QTRY_VERIFY(!doc().inPast());
    }

    void anEditLeavesThePast() {
        choose(3);
        QTRY_VERIFY(doc().inPast());
        doc().add("Draw box", {doc().make(m_page->cell, annot::Box{{1, 1, 9, 9}})});
        QVERIFY(!doc().inPast());
        QVERIFY(doc().scene()->find(doc().annotations().back().id.value));
        QCOMPARE(doc().annotations().size(), std::size_t(2));
    }

    void theSessionsJournalReplayedIsTheSame() {
        const auto history = *m_page->workspace->history(doc().image().id);
        const auto now = *m_page->workspace->annotations(doc().image().id);
        QCOMPARE(annot::pack(*store::stateAt(history, now, history.back().seq)), annot::pack(now));
        annot::Annotations replayed;
        const auto imported = std::find_if(history.rbegin(), history.rend(), [](const auto& e) { return e.op == "import"; });
        auto from = imported.base();
        replayed = from == history.begin() ? annot::Annotations{} : *store::stateAt(history, now, (from - 1)->seq);
        for (; from != history.end(); ++from) QVERIFY(annot::apply(replayed, from->edit).has_value());
        QCOMPARE(annot::pack(replayed), annot::pack(now));
    }
};

QTEST_MAIN(tst_HistoryPanel)
#include "tst_history_panel.moc"
