// Comments and review with real mouse and keys: pinned to a place or a shape, answered, resolved; accepted, rejected for a reason.
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QMenu>

#include "core/store/labelling.h"
#include "tests/support/label_page.h"
#include "widgets/canvas/comments_panel.h"
#include "widgets/canvas/film_strip.h"
#include "widgets/canvas/review_states.h"
#include "widgets/canvas/work_clock.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;
using test::boxOf;

class tst_Comments : public QObject {
    Q_OBJECT
    std::unique_ptr<test::LabelPage> m_page;

    CommentsPanel& panel() { return m_page->mode->comments(); }
    Comments& comments() { return panel().comments(); }
    CommentPopup& popup() { return panel().popup(); }
    Document& doc() { return m_page->doc(); }
    ReviewStates& review() { return m_page->mode->review(); }
    std::vector<store::Comment> onDisk() { return *store::comments(*m_page->workspace, doc().image().id); }
    void write(const QString& text) {
        QTRY_VERIFY(popup().isVisible() && popup().field().hasFocus());
        QTest::keyClicks(&popup().field(), text);
        QTest::keyClick(&popup().field(), Qt::Key_Return, Qt::ControlModifier);
    }
    std::string stateOnDisk(int row) { return (*m_page->workspace->image(m_page->mode->images().idAt(row)))->state; }
    void actAs(const QString& name) {
        m_page->services.user = name;
        m_page->mode->refresh();
    }

private Q_SLOTS:
    void initTestCase() {
        m_page = std::make_unique<test::LabelPage>();
        QVERIFY(m_page->open());
        new QAbstractItemModelTester(panel().list().model(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
    }
    void cleanupTestCase() { m_page.reset(); }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        QVERIFY(m_page->openImage(0));
        for (const auto& comment : onDisk())
            if (!comment.parent.valid()) QVERIFY(store::removeComment(*m_page->workspace, comment.id).has_value());
        comments().reload();
        QTRY_VERIFY(comments().threads().empty());
        m_page->put({boxOf(0, m_page->cell, {200, 100, 80, 60})});
    }

    void isPinnedToAPlace() {
        m_page->key(Qt::Key_N);
        m_page->click(60, 70);
        write(QStringLiteral("Is this dust?"));
        QTRY_COMPARE(comments().threads().size(), std::size_t(1));
        const auto stored = onDisk();
        QCOMPARE(stored.size(), std::size_t(1));
        QCOMPARE(stored[0].text, std::string("Is this dust?"));
        QCOMPARE(stored[0].author, std::string("ana"));
        QVERIFY(stored[0].place && std::abs(stored[0].place->x - 60) < 1 && std::abs(stored[0].place->y - 70) < 1);
        QCOMPARE(panel().countText(), QStringLiteral("1"));
        auto* pin = panel().pins().pin(stored[0].id);
        QVERIFY(pin && pin->isVisible());
        const QPoint tip = pin->geometry().bottomLeft();
        QVERIFY((tip - m_page->at(60, 70)).manhattanLength() < 6);
        m_page->view().zoomBy(2, QPointF(m_page->at(60, 70)));
        QVERIFY((pin->geometry().bottomLeft() - m_page->at(60, 70)).manhattanLength() < 6);
        m_page->view().fit();
        auto* canvas = QAccessible::queryAccessibleInterface(&m_page->view());
        const QPoint middle = pin->mapToGlobal(pin->rect().center());
        auto* reached = canvas->childAt(middle.x(), middle.y());
        QVERIFY(reached && reached->text(QAccessible::Name).contains(QStringLiteral("Is this dust?")));
        QVERIFY(canvas->indexOfChild(reached) >= int(doc().annotations().size()));  // shapes first, then what lies on the canvas
    }

    void isPinnedToAShapeAndGoesWithIt() {
        m_page->key(Qt::Key_N);
        m_page->click(200, 130);
        write(QStringLiteral("Too wide"));
        QTRY_COMPARE(comments().threads().size(), std::size_t(1));
        QCOMPARE(onDisk()[0].annotation, doc().annotations()[0].id);
        const QPoint before = panel().pins().pin(onDisk()[0].id)->pos();
        doc().replace("Move", {[&] {
                          auto moved = doc().annotations()[0];
                          moved.setShape(annot::Box{{100, 100, 80, 60}});
                          return moved;
                      }()});
        const QPoint after = panel().pins().pin(onDisk()[0].id)->pos();
        QVERIFY(before.x() - after.x() > 50 && before.y() == after.y());
    }

    void theSelectedShapeByKey() {
        m_page->key(Qt::Key_V);
        m_page->click(240, 130);
        m_page->key(Qt::Key_N, Qt::ShiftModifier);
        write(QStringLiteral("Right class?"));
        QTRY_COMPARE(comments().threads().size(), std::size_t(1));
        QCOMPARE(onDisk()[0].annotation, doc().annotations()[0].id);
        m_page->key(Qt::Key_N, Qt::ShiftModifier);
        write(QStringLiteral("And the right size?"));
        QTRY_COMPARE(comments().threads().size(), std::size_t(2));
        const auto *one = panel().pins().pin(onDisk()[0].id), *other = panel().pins().pin(onDisk()[1].id);
        QVERIFY(one && other && !one->geometry().intersects(other->geometry()));
    }

    void isAnsweredAndResolved() {
        m_page->key(Qt::Key_N);
        m_page->click(60, 70);
        write(QStringLiteral("Look again"));
        QTRY_COMPARE(comments().threads().size(), std::size_t(1));
        const store::CommentId id = onDisk()[0].id;
        actAs(QStringLiteral("bo"));
        QTest::mouseClick(panel().pins().pin(id), Qt::LeftButton);
        write(QStringLiteral("Done"));
        QTRY_COMPARE(comments().threads().front().replies.size(), std::size_t(1));
        QCOMPARE(comments().threads().front().replies[0].author, std::string("bo"));
        QVERIFY(popup().isVisible());
        common::ActionButton* resolve = nullptr;
        for (auto* button : popup().findChildren<common::ActionButton*>())
            if (button->text() == QStringLiteral("Resolve")) resolve = button;
        QVERIFY(resolve);
        const auto topOf = [&](QWidget& part) { return part.mapTo(&popup(), QPoint(0, 0)).y(); };
        QVERIFY(topOf(*resolve) >= topOf(popup().field()) + popup().field().height());  // nothing lies over another
        QVERIFY(topOf(*resolve) + resolve->height() <= popup().height());
        QTest::mouseClick(resolve, Qt::LeftButton);
        QTRY_VERIFY(comments().threads().front().first.resolved);
        QCOMPARE(onDisk()[0].resolvedBy, std::string("bo"));
        QVERIFY(!panel().pins().pin(id));
        QCOMPARE(panel().countText(), QString());
        QCOMPARE(panel().list().model()->rowCount(), 0);
        QVERIFY(store::imagesCommented(*m_page->workspace, store::CommentFilter::Open)->empty());
        actAs(QStringLiteral("ana"));
    }

    void keysGoThroughTheComments() {
        for (const QPoint at : {QPoint(40, 40), QPoint(90, 200)}) {
            m_page->key(Qt::Key_N);
            m_page->click(at.x(), at.y());
            write(QStringLiteral("At %1").arg(at.x()));
        }
        QTRY_COMPARE(comments().threads().size(), std::size_t(2));
        m_page->key(Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(popup().isVisible());
        const auto first = popup().thread();
        QTest::keyClick(&popup().field(), Qt::Key_Escape);
        QVERIFY(!popup().isVisible());
        m_page->key(Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(popup().isVisible());
        QVERIFY(popup().thread() != first);
        popup().closeOverlay();
    }

    void othersCommentsAppear() {
        store::Comment theirs;
        theirs.image = doc().image().id, theirs.author = "bo", theirs.text = "From another window",
        theirs.place = annot::Point{5, 5};
        QVERIFY(store::addComment(*m_page->workspace, theirs).has_value());
        m_page->mode->refresh();
        QTRY_COMPARE(comments().threads().size(), std::size_t(1));
    }

    void rejectionAsksForAReason() {
        m_page->key(Qt::Key_R, Qt::ShiftModifier);
        QTRY_VERIFY(review().popup().isVisible() && review().popup().field().hasFocus());
        QTest::keyClick(&review().popup().field(), Qt::Key_Return);
        QVERIFY(review().popup().isVisible());
        QTest::keyClicks(&review().popup().field(), QStringLiteral("boxes too loose"));
        QTest::keyClick(&review().popup().field(), Qt::Key_Return);
        QTRY_COMPARE(stateOnDisk(0), std::string("rejected"));
        QCOMPARE(*store::rejectionReason(*m_page->workspace, m_page->mode->images().idAt(0)), std::string("boxes too loose"));
        QTRY_COMPARE(doc().image().id, m_page->mode->images().idAt(1));
        m_page->key(Qt::Key_R, Qt::ShiftModifier);
        QTRY_COMPARE(review().popup().list().model()->rowCount(), 1);
        QTest::keyClick(&review().popup().field(), Qt::Key_Down);
        QCOMPARE(review().popup().field().text(), QStringLiteral("boxes too loose"));
        QTest::keyClick(&review().popup().field(), Qt::Key_Return);
        QTRY_COMPARE(stateOnDisk(1), std::string("rejected"));
        QVERIFY(m_page->openImage(0));
        QTRY_COMPARE(review().reason(), QStringLiteral("boxes too loose"));
        m_page->key(Qt::Key_W, Qt::ShiftModifier);
        QTRY_COMPARE(stateOnDisk(0), std::string("in_progress"));
        const auto history = *store::stateHistory(*m_page->workspace, m_page->mode->images().idAt(0));
        QCOMPARE(history.back().who, std::string("ana"));
        QCOMPARE(history.back().from, std::string("rejected"));
    }

    void rolesSayWhoReviews() {
        QVERIFY(store::saveUser(*m_page->workspace, {"ana", {}, store::Role::Annotator}).has_value());
        QVERIFY(store::saveUser(*m_page->workspace, {"rae", {}, store::Role::Reviewer}).has_value());
        actAs(QStringLiteral("ana"));
        QTRY_VERIFY(!review().mayReview());
        QVERIFY(!review().action("accept")->isEnabled() && !review().action("reject")->isEnabled());
        QVERIFY(!m_page->mode->barActions().contains(review().action("reject")));
        m_page->key(Qt::Key_A, Qt::ShiftModifier);
        QVERIFY(stateOnDisk(0) != "accepted");
        QTest::keyClick(&m_page->view(), Qt::Key_Space);
        QTRY_COMPARE(stateOnDisk(0), std::string("done"));
        QVERIFY(m_page->openImage(0));
        actAs(QStringLiteral("rae"));
        QTRY_VERIFY(review().reviewing());
        QCOMPARE(m_page->mode->barActions().last(), review().action("accept"));
        m_page->key(Qt::Key_A, Qt::ShiftModifier);
        QTRY_COMPARE(stateOnDisk(0), std::string("accepted"));
        QCOMPARE(store::stateHistory(*m_page->workspace, m_page->mode->images().idAt(0))->back().who, std::string("rae"));
        for (const char* name : {"ana", "rae"}) QVERIFY(store::removeUser(*m_page->workspace, name).has_value());
        actAs(QStringLiteral("ana"));
        QTRY_VERIFY(review().mayReview());
    }

    void theFilmStripShowsAState() {
        auto* film = m_page->mode->findChild<FilmStrip*>();
        QVERIFY(film);
        const ImageId ids[] = {m_page->mode->images().idAt(2)};
        QVERIFY(store::setState(*m_page->workspace, ids, "skipped", "ana").has_value());
        m_page->mode->refresh();
        QAction* skipped = nullptr;
        Q_EMIT film->filterButton().menu()->aboutToShow();
        for (QAction* action : film->filterButton().menu()->actions())
            if (action->text() == QStringLiteral("Skipped")) skipped = action;
        QVERIFY(skipped);
        skipped->trigger();
        QTRY_COMPARE(m_page->mode->images().rowCount(), 1);
        QCOMPARE(m_page->mode->images().idAt(0), ids[0]);
        Q_EMIT film->filterChosen({});
        QTRY_COMPARE(m_page->mode->images().rowCount(), 4);
    }

    void theFilmStripShowsOpenComments() {
        store::Comment comment;
        comment.image = m_page->mode->images().idAt(3), comment.author = "bo", comment.text = "Here";
        const auto added = store::addComment(*m_page->workspace, comment);
        QVERIFY(added.has_value());
        auto* film = m_page->mode->findChild<FilmStrip*>();
        Q_EMIT film->filterChosen(QStringLiteral("comments:open"));
        QTRY_COMPARE(m_page->mode->images().rowCount(), 1);
        QVERIFY(store::setResolved(*m_page->workspace, added->id, true, "bo").has_value());
        m_page->mode->refresh();
        QTRY_COMPARE(m_page->mode->images().rowCount(), 0);
        Q_EMIT film->filterChosen({});
        QTRY_COMPARE(m_page->mode->images().rowCount(), 4);
        QVERIFY(store::removeComment(*m_page->workspace, added->id).has_value());
    }

    void timeIsKeptPerImageAndShape() {
        double now = 100;
        WorkClock clock(doc(), m_page->mode.get(), [&] { return now; });
        QSignalSpy spent(&clock, &WorkClock::spent);
        QVERIFY(m_page->openImage(1));
        QVERIFY(m_page->openImage(0));
        spent.clear();
        clock.start();
        now += 5;
        clock.tick();
        doc().select({doc().annotations()[0].id});
        QTest::keyClick(&m_page->view(), Qt::Key_Control);
        now += 4;
        clock.tick();
        now += 300;  // away: what counts ends a minute after the last key
        clock.tick();
        clock.stop();
        double seconds = 0, onShape = 0;
        for (const auto& call : spent) {
            const auto time = call[0].value<store::TimeSpent>();
            QCOMPARE(time.image, doc().image().id);
            QCOMPARE(time.user, std::string("ana"));
            seconds += time.seconds;
            for (const auto& [id, s] : time.shapes) onShape += id == doc().annotations()[0].id ? s : 0;
        }
        QCOMPARE(seconds, 65.0);
        QCOMPARE(onShape, 60.0);
    }

    void timeGoesToTheStore() {
        QVERIFY(m_page->openImage(2));
        QTest::qWait(1200);
        QTest::keyClick(&m_page->view(), Qt::Key_Control);
        m_page->mode->leave();
        const ImageId image = doc().image().id;
        QTRY_VERIFY(!store::timeOf(*m_page->workspace, image)->empty());
        const auto time = store::timeOf(*m_page->workspace, image)->front();
        QCOMPARE(time.user, std::string("ana"));
        QVERIFY2(time.seconds > 0.5 && time.seconds < 60, qPrintable(QString::number(time.seconds)));
    }
};

QTEST_MAIN(tst_Comments)
#include "tst_comments.moc"
