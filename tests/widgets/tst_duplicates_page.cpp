// The page of duplicates in Browse, on a set whose copies are made here: counts are the finder's, what is kept, excluded and moved
// is what mouse and keys say, and it can be undone.
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <QtTest>

#include "core/data/snapshot.h"
#include "tests/support/browse_page.h"
#include "tests/support/copied_photos.h"
#include "tests/support/labelled.h"
#include "widgets/browser/duplicates/duplicate_header.h"
#include "widgets/browser/duplicates/duplicate_view.h"
#include "widgets/browser/duplicates/duplicates_page.h"

using namespace lathe;
using namespace lathe::widgets;
using browser::duplicates::DuplicateKind;
using data::Fate;

class TestDuplicatesPage : public QObject, test::BrowsePage {
    Q_OBJECT
    browser::duplicates::DuplicatesPage* m_page = nullptr;
    browser::duplicates::DuplicateView* m_view = nullptr;
    std::function<void()> m_undo;
    QString m_toast;

    ImageId id(const char* name) const { return m_workspace->findImage(name).value().id; }
    void setSplit(std::initializer_list<const char*> names, const char* split) {
        std::vector<ImageId> ids;
        for (const char* name : names) ids.push_back(id(name));
        QVERIFY(m_workspace->setSplit(ids, split).has_value());
    }
    void label(const char* name, int objects) {
        const auto classId = m_workspace->addClass("cell").value();
        for (int k = 0; k < objects; ++k) {
            const auto next = m_workspace->nextAnnotationId(id(name)).value();
            const auto shape = test::shapeOf(next.value, classId, annot::Box{{10.0 + k, 10, 20, 20}});
            QVERIFY(m_workspace->commit(test::adding(id(name), shape)).has_value());
        }
    }
    std::string split(const char* name) const { return m_workspace->findImage(name).value().split; }
    std::string state(const char* name) const { return m_workspace->findImage(name).value().state; }
    data::Duplicates find(int threshold = data::kNearThreshold) const {
        return data::findDuplicates(*m_workspace, {threshold, {}}, {}, {}).value();
    }

    QAbstractButton* button(const QString& text) {
        for (auto* one : m_page->findChildren<QAbstractButton*>())
            if (one->isVisible() && (one->text() == text || one->accessibleName() == text)) return one;
        return nullptr;
    }
    bool told(const QString& text) {
        for (auto* label : m_page->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text)) return true;
        return false;
    }
    void click(const QString& text) {
        QTRY_VERIFY2(button(text), qPrintable(text));
        QTest::mouseClick(button(text), Qt::LeftButton);
    }
    void show(DuplicateKind kind) {
        for (auto* look : m_page->findChildren<common::Segments*>())
            QTest::mouseClick(look->findChildren<QAbstractButton*>()[int(kind)], Qt::LeftButton);
    }
    /// The page is at rest, with what was found of the workspace as it is.
    void settle() { QTRY_VERIFY(m_page->sets() && !m_page->looking()); }
    void again() {
        m_mode->refresh();
        QTest::qWait(50);
        settle();
    }
    std::size_t row(const char* name) { return std::size_t(m_page->sets()->rowOf(m_view->kind(), id(name))); }
    Fate fate(const char* name) { return m_page->sets()->fate(m_view->kind(), row(name)); }
    void choose(const QString& entry) {
        QMenu* menu = nullptr;
        QTRY_VERIFY((menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())));
        for (QAction* one : menu->actions())
            if (one->text() == entry) one->trigger();
        menu->close();
    }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        QVERIFY(showMode({1500, 900}));
        m_page = m_mode->findChild<browser::duplicates::DuplicatesPage*>();
        m_view = m_page->findChild<browser::duplicates::DuplicateView*>();
        connect(m_mode.get(), &common::Mode::toast, this,
                [this](const QString& text, const QString&, const std::function<void()>& undo) { m_toast = text, m_undo = undo; });
    }

    void withoutAWorkspaceItSaysWhatToDo() {
        QTest::keyClick(m_mode.get(), Qt::Key_D);
        QTRY_VERIFY(m_page->isVisible());
        QVERIFY(told(QStringLiteral("No workspace is open")));
    }

    void anEmptyWorkspaceOffersAnImport() {
        m_mode->setWorkspace(store::Workspace::create(m_folder.path() / "empty.lathe").value());
        QTRY_VERIFY(told(QStringLiteral("No images yet")));
        QVERIFY(button(QStringLiteral("Import folder")));
    }

    void nothingAlikeIsGood() {
        const auto at = m_folder.path() / "single" / "a";
        std::filesystem::create_directories(at);
        std::filesystem::copy_file(test::bloodCells() / "JPEGImages" / "BloodImage_00000.jpg", at / "x.jpg");
        const auto workspace = store::Workspace::create(m_folder.path() / "single.lathe").value();
        QVERIFY(data::importInto(*workspace, at.parent_path(), {}, {}, {}).has_value());
        m_mode->setWorkspace(workspace);
        QTRY_VERIFY(told(QStringLiteral("No two pictures are alike")));
        show(DuplicateKind::Leaks);
        QVERIFY(told(QStringLiteral("No leaks between splits")));
        show(DuplicateKind::Groups);
    }

    void countsAreTheFinders() {
        m_workspace = test::copiedPhotos(m_folder.path());
        setSplit({"one.png", "half.png", "two.png", "other.jpg"}, "train");
        setSplit({"one.tiff", "poor.jpg"}, "test");
        setSplit({"twice.jpg"}, "val");
        label("half.png", 2);
        m_mode->setWorkspace(m_workspace);
        settle();
        const data::Duplicates all = find();
        const auto& shown = *m_page->sets()->found();
        QVERIFY(shown.groups == all.groups && shown.exact == all.exact);
        QCOMPARE(shown.leaksFound, all.leaksFound);
        QCOMPARE(all.groups.size(), std::size_t(2));
        QCOMPARE(all.leaksFound, 5);
        QVERIFY(told(QStringLiteral("2 groups, 6 images, 5 leaks between splits")));
        QCOMPARE(m_view->count(), std::size_t(6));
        QVERIFY(button(QStringLiteral("Groups 2")) && button(QStringLiteral("Exact 1")) && button(QStringLiteral("Leaks 5")));
        QVERIFY(button(QStringLiteral("Exclude the other 4")));
    }

    void tilesSayWhatTheyAre() {
        QTRY_VERIFY(m_view->rowText(row("twice.jpg")).contains(QStringLiteral("1280 × 960")));
        const QString text = m_view->rowText(row("half.png"));
        QVERIFY2(text.contains(QStringLiteral("320 × 240 · train · 3 labels")), qPrintable(text));
        const bool pngFirst = row("one.png") < row("one.tiff");
        QVERIFY(m_view->rowText(row(pngFirst ? "one.tiff" : "one.png")).contains(QStringLiteral("exact copy")));
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(m_view);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 6 + int(m_view->headers().size()));
        QCOMPARE(list->child(int(row("half.png")))->text(QAccessible::Name), text);
        QVERIFY(list->text(QAccessible::Description).contains(QStringLiteral("2 sets")));
    }

    void theRuleDecides() {
        QCOMPARE(fate("twice.jpg"), Fate::Kept);
        QCOMPARE(fate("two.png"), Fate::Excluded);
        QCOMPARE(fate("half.png"), Fate::Excluded);
        auto* rule = m_page->findChild<QComboBox*>();
        rule->setFocus();
        QTest::keyClick(rule, Qt::Key_Down);
        QTRY_COMPARE(fate("half.png"), Fate::Kept);
        QCOMPARE(fate("one.png"), Fate::Excluded);
        QTest::keyClick(rule, Qt::Key_Down);
        QTRY_COMPARE(m_page->sets()->fate(DuplicateKind::Groups, 0), Fate::Kept);
        QTest::keyClick(rule, Qt::Key_Up);
        QTest::keyClick(rule, Qt::Key_Up);
        QTRY_COMPARE(fate("half.png"), Fate::Excluded);
    }

    void anotherOneIsKeptByClickOrKey() {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->fateRect(row("two.png")).center());
        QCOMPARE(fate("two.png"), Fate::Kept);
        QCOMPARE(fate("twice.jpg"), Fate::Excluded);
        m_view->setCurrent(row("twice.jpg"));
        QTest::keyClick(m_view, Qt::Key_Space);
        QCOMPARE(fate("twice.jpg"), Fate::Kept);
        QCOMPARE(fate("two.png"), Fate::Excluded);
        m_view->setCurrent(row("half.png"));
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_K);
        QCOMPARE(fate("half.png"), Fate::Kept);
        QTest::keyClick(m_view, Qt::Key_K);
        QCOMPARE(fate("half.png"), Fate::Excluded);
    }

    void oneIsTakenOutOfTheDecision() {
        m_view->setCurrent(row("poor.jpg"));
        QTest::keyClick(m_view, Qt::Key_X);
        QCOMPARE(fate("poor.jpg"), Fate::Left);
        QVERIFY(button(QStringLiteral("Exclude the other 3")));
        again();  // what was decided outlives another look
        QCOMPARE(fate("poor.jpg"), Fate::Left);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->leaveRect(row("poor.jpg")).center());
        QCOMPARE(fate("poor.jpg"), Fate::Excluded);
        QVERIFY(button(QStringLiteral("Exclude the other 4")));
    }

    void keysMoveThroughThePictures() {
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_Home);
        QCOMPARE(m_view->current(), 0);
        QTest::keyClick(m_view, Qt::Key_Right);
        QCOMPARE(m_view->current(), 1);
        QTest::keyClick(m_view, Qt::Key_Down);
        QCOMPARE(m_page->sets()->setOfRow(DuplicateKind::Groups, std::size_t(m_view->current())), std::size_t(1));
        QTest::keyClick(m_view, Qt::Key_Up);
        QCOMPARE(m_view->current(), 1);
        QTest::keyClick(m_view, Qt::Key_End);
        QCOMPARE(m_view->current(), 5);
        QSignalSpy went(m_mode.get(), &common::Mode::goTo);
        QTest::keyClick(m_view, Qt::Key_Return);
        QCOMPARE(went.takeFirst()[0].toString(), QStringLiteral("label"));
        const auto other = m_view->tileRect(row("one.png")).center();
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, other);
        QCOMPARE(went.takeFirst()[1].toMap().value(QStringLiteral("image")).toLongLong(), id("one.png").value);
    }

    void exactCopiesAlone() {
        show(DuplicateKind::Exact);
        QCOMPARE(m_view->count(), std::size_t(2));
        QVERIFY(button(QStringLiteral("Exclude the other 1")));
        show(DuplicateKind::Groups);
    }

    void thresholdFindsOthers() {
        auto* slider = m_page->findChild<QSlider*>();
        QCOMPARE(slider->value(), data::kNearThreshold);
        slider->setFocus();
        for (int k = 0; k < data::kNearThreshold; ++k) QTest::keyClick(slider, Qt::Key_Left);
        QTRY_COMPARE(m_page->sets()->found()->threshold, 0);
        settle();
        QVERIFY(m_page->sets()->found()->groups == find(0).groups);
        QVERIFY(told(QStringLiteral("0 bits of 64")));
        slider->setValue(data::kNearThreshold);
        QTRY_COMPARE(m_page->sets()->found()->threshold, data::kNearThreshold);
        settle();
    }

    void excludedAndBack() {
        click(QStringLiteral("Exclude the other 4"));
        QTRY_COMPARE(m_page->sets()->found()->excluded, 4);
        settle();
        QCOMPARE(m_toast, QStringLiteral("4 images excluded"));
        QCOMPARE(state("half.png"), std::string("skipped"));
        QVERIFY(state("twice.jpg") != "skipped");
        QVERIFY(told(QStringLiteral("No two pictures are alike")));
        QVERIFY(told(QStringLiteral("0 groups, 0 images, 0 leaks between splits, 4 excluded")));
        m_undo();
        QTRY_COMPARE(m_page->sets()->found()->excluded, 0);
        QVERIFY(state("half.png") != "skipped");
        settle();
        QCOMPARE(m_view->count(), std::size_t(6));
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_page->sets()->found()->excluded, 4);
        settle();
        click(QStringLiteral("Include 4 again"));
        QTRY_COMPARE(m_page->sets()->found()->excluded, 0);
        settle();
        QCOMPARE(m_toast, QStringLiteral("4 images included again"));
        m_undo();
        QTRY_COMPARE(m_page->sets()->found()->excluded, 4);
        QVERIFY(data::includeDuplicates(*m_workspace, "ana").has_value());
        again();
        QTRY_COMPARE(m_page->sets()->found()->excluded, 0);
        settle();
    }

    void aGroupInTheGrid() {
        const std::size_t images = m_page->sets()->images(DuplicateKind::Groups, 0).size();
        click(QStringLiteral("Group 1: show in the grid"));
        auto* grid = m_mode->findChild<browser::tiles::ImageGrid*>();
        QTRY_VERIFY(grid->isVisible() && grid->count() == images);
        for (auto* query : m_mode->findChildren<QLineEdit*>())
            if (query->accessibleName() == "Search images") query->clear();
        QTRY_COMPARE(grid->count(), std::size_t(7));
        QTest::keyClick(m_mode.get(), Qt::Key_D);
        QTRY_VERIFY(m_page->isVisible());
        settle();
        QTRY_COMPARE(m_view->count(), std::size_t(6));
    }

    void leaksAreMendedByOneSplit() {
        show(DuplicateKind::Leaks);
        QCOMPARE(m_view->count(), std::size_t(10));
        m_view->setCurrent(row("twice.jpg"));
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_M);
        choose(QStringLiteral("Move to train"));
        QTRY_COMPARE(m_page->sets()->found()->leaksFound, 4);
        QCOMPARE(split("twice.jpg"), std::string("train"));
        QTRY_VERIFY(m_toast.endsWith(QStringLiteral(" moved to train")));
        settle();
        m_undo();
        QTRY_COMPARE(m_page->sets()->found()->leaksFound, 5);
        QCOMPARE(split("twice.jpg"), std::string("val"));
        settle();
    }

    void aFrozenTestSetIsNotMovedSilently() {
        data::TakeOptions options;
        options.author = "ana";
        options.freezeTest = true;
        QVERIFY(data::takeSnapshot(*m_workspace, options).has_value());
        again();
        m_view->setCurrent(0);
        click(QStringLiteral("Leak 1: move to the same split"));
        const auto images = m_page->sets()->images(DuplicateKind::Leaks, 0);
        const std::vector<ImageId> pair(images.begin(), images.end());
        choose(QStringLiteral("Move to train"));
        QTRY_VERIFY(told(QStringLiteral(" to a frozen test set and stay")));
        QCOMPARE(split("one.tiff") + split("poor.jpg"), std::string("testtest"));
        click(QStringLiteral("Move them all the same"));
        QTRY_VERIFY(m_page->sets()->found()->leaksFound < 5);
        const auto rows = m_workspace->images(pair).value();
        QVERIFY(rows[0].split == "train" && rows[1].split == "train");
        settle();
        m_undo();
        QTRY_COMPARE(m_page->sets()->found()->leaksFound, 5);
        settle();
        show(DuplicateKind::Groups);
    }

    void missingFilesAreListed() {
        const auto other = m_workspace->findImage("other.jpg").value();
        const auto file = m_workspace->layout().file(other);
        std::filesystem::rename(file, file.string() + ".away");
        std::filesystem::remove(m_workspace->layout().cache() / "fingerprints.bin");
        m_mode->activateWindow();  // the menu took that when it was shown
        QVERIFY(QTest::qWaitForWindowActive(m_mode.get()));
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_R);
        QTRY_VERIFY(told(QStringLiteral("1 image couldn't be compared")));
        QVERIFY(m_page->findChild<common::ProblemsList*>()->isVisible());
        std::filesystem::rename(file.string() + ".away", file);
        settle();
        QTest::keyClick(m_view, Qt::Key_R);
        QTRY_VERIFY(!m_page->findChild<common::ProblemsList*>()->isVisible());
        settle();
    }

    void aStopKeepsWhatWasDecoded() {
        std::filesystem::create_directories(m_folder.path() / "many" / "m");
        for (int k = 0; k < 1100; ++k)
            QVERIFY(image::writeImage(m_folder.path() / "many/m" / (std::to_string(k) + ".png"), test::picture(k, 400, 300))
                        .has_value());
        const auto many = store::Workspace::create(m_folder.path() / "many.lathe").value();
        QVERIFY(data::importInto(*many, m_folder.path() / "many", {}, {}, {}).has_value());
        m_mode->setWorkspace(many);
        QTRY_VERIFY(m_page->looking());
        const auto isUnderWay = [this] {
            for (const auto& job : m_jobs.jobs())
                if (job.state == common::JobInfo::Running && job.progress.done > 0 && job.progress.total > 0) return true;
            return false;
        };
        while (m_page->looking() && !isUnderWay()) QCoreApplication::processEvents();
        if (!m_page->looking()) QSKIP("it was over before it could be stopped");
        action("duplicate-stop")->trigger();
        QVERIFY(!m_page->looking());
        QVERIFY(told(QStringLiteral("Stopped")));
        QTRY_COMPARE(m_jobs.runningCount(), 0);
        QVERIFY(data::duplicateWork(*many, {}).value().undecoded < 1100);
        click(QStringLiteral("Find duplicates"));
        settle();
        QCOMPARE(m_page->sets()->found()->images, 1100);
    }

    void aLargeSetIsOffered() {
        const auto large = store::Workspace::create(m_folder.path() / "large.lathe").value();
        test::addImages(*large, browser::duplicates::DuplicatesPage::kAtOnce + 1);
        m_mode->setWorkspace(large);
        QTRY_VERIFY(told(QStringLiteral("20,001 images must be looked at once: about")));
        QVERIFY(!m_page->looking() && !m_page->sets());
        click(QStringLiteral("Find duplicates"));
        QTRY_VERIFY_WITH_TIMEOUT(told(QStringLiteral("Nothing could be compared")), 30'000);  // there are no files
        QVERIFY(told(QStringLiteral("20,001 images couldn't be compared")));
    }

    void speaksKorean() {
        m_mode->setWorkspace(m_workspace);
        settle();
        shell::setLanguage(QStringLiteral("ko"));
        QTRY_VERIFY(button(QStringLiteral("나머지 4장 제외")));
        QVERIFY(told(QStringLiteral("그룹 2개")));
        shell::setLanguage(QStringLiteral("en"));
        QTRY_VERIFY(button(QStringLiteral("Exclude the other 4")));
    }

    void cleanupTestCase() { m_mode.reset(); }
};

LATHE_GUI_TEST_MAIN(TestDuplicatesPage)
#include "tst_duplicates_page.moc"
