// The versions page in Browse, on a real workspace: the tree, what is said of a version, two compared, restore and merge, lineage.
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QtTest>

#include "core/data/query.h"
#include "core/data/versions.h"
#include "core/store/sql.h"
#include "tests/support/browse_page.h"
#include "tests/support/made_versions.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/versions/version_compare.h"
#include "widgets/browser/versions/version_details.h"
#include "widgets/browser/versions/version_lineage_view.h"
#include "widgets/browser/versions/version_merge.h"
#include "widgets/browser/versions/version_tree.h"
#include "widgets/browser/versions/versions_page.h"

using namespace lathe;
using namespace lathe::widgets;
using browser::versions::MergeSheet;
using browser::versions::RestoreSheet;
using browser::versions::VersionsPage;

class TestVersionsPage : public QObject, test::BrowsePage {
    Q_OBJECT
    static constexpr const char* kRun = "20261122-090000-aaaa";
    VersionsPage* m_page = nullptr;
    browser::versions::VersionTree* m_tree = nullptr;
    browser::versions::VersionCompare* m_compare = nullptr;
    ClassId m_disc, m_square;
    std::vector<std::pair<QString, QVariantMap>> m_went;
    QString m_toast;
    std::function<void()> m_toastAction;

    template <class T>
    T* named(const QString& name) {
        for (T* one : m_mode->findChildren<T*>())
            if (one->accessibleName() == name) return one;
        return nullptr;
    }
    template <class Sheet>
    Sheet* sheet() {
        for (Sheet* one : m_mode->findChildren<Sheet*>())
            if (one->isVisible()) return one;
        return nullptr;
    }
    bool told(const QString& text) {
        for (auto* label : m_page->findChildren<QLabel*>())
            if (label->isVisible() && label->text() == text) return true;
        return false;
    }
    static QAbstractButton* button(QWidget* in, const QString& text) {
        for (auto* one : in->findChildren<QAbstractButton*>())
            if (one->text() == text) return one;
        return nullptr;
    }
    SnapshotId idOf(const std::string& name) const { return data::findSnapshot(*m_workspace, name)->id; }
    data::SnapshotRow row(const std::string& name) const { return *data::findSnapshot(*m_workspace, name); }
    annot::Annotation boxIn(ImageId image) const { return test::boxIn(*m_workspace, image); }
    void chooseRow(int row) {
        QTest::mouseClick(m_tree->viewport(), Qt::LeftButton, {}, m_tree->visualRect(m_tree->model()->index(row, 0)).center());
    }
    /// As Browse does it; in the window the watcher tells of it.
    void freeze(std::size_t wanted) {
        action(QStringLiteral("freeze"))->trigger();
        QTRY_COMPARE(data::snapshots(*m_workspace)->size(), wanted);
        m_mode->refresh();
        QTRY_COMPARE(versions(), wanted);
    }
    std::size_t versions() const { return m_page->facts() ? m_page->facts()->rows.size() : 0; }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 10);
        QVERIFY(m_workspace);
        m_disc = *m_workspace->addClass("disc"), m_square = *m_workspace->addClass("square");
        QVERIFY(showMode({1400, 900}));
        m_page = m_mode->findChild<VersionsPage*>();
        m_tree = m_page->findChild<browser::versions::VersionTree*>();
        m_compare = m_page->findChild<browser::versions::VersionCompare*>();
        connect(m_mode.get(), &common::Mode::goTo, this,
                [this](const QString& mode, const QVariantMap& args) { m_went.emplace_back(mode, args); });
        connect(m_mode.get(), &common::Mode::toast, this, [this](const QString& text, const QString&, std::function<void()> does) {
            m_toast = text;
            m_toastAction = std::move(does);
        });
    }

    void withoutAWorkspaceItSaysSo() {
        action(QStringLiteral("versions"))->trigger();
        QTRY_VERIFY(m_page->isVisible());
        QTRY_VERIFY(told(QStringLiteral("No workspace is open")));
    }

    void withoutVersionsItOffersToFreeze() {
        m_mode->setWorkspace(m_workspace);
        QTRY_VERIFY(told(QStringLiteral("No versions yet")));
        bool offered = false;
        for (auto* one : m_page->findChildren<common::ActionButton*>())
            offered |= one->isVisible() && one->text() == QStringLiteral("Freeze snapshot");
        QVERIFY(offered);
        QVERIFY(!action(QStringLiteral("version-restore"))->isEnabled());
    }

    void listsTheTree() {
        QVERIFY(test::makeVersions(*m_workspace, m_disc, m_square));
        QVERIFY(test::trainOn(*m_workspace, row("v2"), kRun));
        m_mode->refresh();
        QTRY_COMPARE(versions(), std::size_t(3));
        const QAbstractItemModelTester tester(m_tree->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(m_tree->model()->index(0, 0).data().toString(), QStringLiteral("v3"));
        QCOMPARE(m_tree->current(), idOf("v3"));  // the present descends from it
        const QString words = m_tree->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        for (const char* part : {"v3, 20 images", "the present descends from it", "branch other", "from v1", "by ben"})
            QVERIFY2(words.contains(QString::fromLatin1(part)), qPrintable(words));
        QVERIFY(m_tree->model()->index(2, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("tag baseline")));
        const auto lanes = browser::versions::lanesOf(m_page->facts()->rows);
        QCOMPARE(lanes[0].lane, 0);
        QCOMPARE(lanes[1].lane, 1);
        QCOMPARE(lanes[2].lane, 0);
        QCOMPARE(browser::versions::laneCount(lanes), 2);
    }

    void keysMoveInTheTree() {
        m_tree->setFocus();
        QTest::keyClick(m_tree, Qt::Key_End);
        QCOMPARE(m_tree->current(), idOf("v1"));
        QTest::keyClick(m_tree, Qt::Key_Home);
        QCOMPARE(m_tree->current(), idOf("v3"));
    }

    void theNoteIsSaved() {
        chooseRow(2);
        auto* note = named<browser::versions::NoteEdit>(QStringLiteral("Note of the version"));
        QVERIFY(note);
        QCOMPARE(note->toPlainText(), QStringLiteral("first labels"));
        note->setFocus();
        note->moveCursor(QTextCursor::End);
        QTest::keyClicks(note, QStringLiteral(", checked"));
        chooseRow(1);  // the focus leaves
        QTRY_COMPARE(row("v1").note, std::string("first labels, checked"));
        QCOMPARE(note->toPlainText(), QString());
        QCOMPARE(row("v2").note, std::string());
    }

    void tagsAndBranchAreSaved() {
        chooseRow(1);
        auto* tag = named<QLineEdit>(QStringLiteral("Add a tag to the version"));
        tag->setFocus();
        QTest::keyClicks(tag, QStringLiteral("release"));
        QTest::keyClick(tag, Qt::Key_Return);
        QTRY_COMPARE(row("v2").tags, std::vector<std::string>{"release"});
        const auto chip = [this] { return named<QPushButton>(QStringLiteral("Take off the tag release")); };
        QTRY_VERIFY(chip());
        QTest::mouseClick(chip(), Qt::LeftButton);
        QTRY_VERIFY(row("v2").tags.empty());
        auto* branch = named<QLineEdit>(QStringLiteral("Branch of the version"));
        branch->setFocus();
        branch->setText(QStringLiteral("main"));
        QTest::keyClick(branch, Qt::Key_Return);
        QTRY_COMPARE(row("v2").branch, std::string("main"));
    }

    void theTestSetIsFrozen() {
        chooseRow(2);
        QCheckBox* frozen = nullptr;
        for (auto* one : m_page->findChildren<QCheckBox*>())
            if (one->text().startsWith(QStringLiteral("Frozen:"))) frozen = one;
        QVERIFY(frozen);
        QTest::mouseClick(frozen, Qt::LeftButton, {}, QPoint(8, frozen->height() / 2));
        QTRY_VERIFY(row("v1").frozenTest);
        QTRY_VERIFY(m_page->facts()->find(idOf("v1"))->frozenTest);
        QTest::mouseClick(frozen, Qt::LeftButton, {}, QPoint(8, frozen->height() / 2));
        QTRY_VERIFY(!row("v1").frozenTest);
    }

    void knowsTheRunsOfAVersion() {
        chooseRow(1);
        auto* made = named<QListWidget>(QStringLiteral("Runs trained on the version"));
        QTRY_COMPARE(made->item(0)->text(), QStringLiteral("baseline"));
        m_went.clear();
        made->setCurrentRow(0);
        made->setFocus();
        QTest::keyClick(made, Qt::Key_Return);
        QCOMPARE(m_went.size(), std::size_t(1));
        QCOMPARE(m_went[0].first, QStringLiteral("train"));
        QCOMPARE(m_went[0].second.value(QStringLiteral("run")).toString(), QString::fromLatin1(kRun));
        m_went.clear();
        action(QStringLiteral("version-train"))->trigger();
        QCOMPARE(m_went[0].second.value(QStringLiteral("snapshot")).toString(), QString::fromStdString(row("v2").digest));
    }

    void comparesTwo() {
        chooseRow(2);
        QTest::mouseClick(m_tree->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          m_tree->visualRect(m_tree->model()->index(1, 0)).center());
        QCOMPARE(m_page->view(), VersionsPage::View::Compare);
        QTRY_VERIFY(m_compare->shown());
        QCOMPARE(m_compare->shown()->a.name, std::string("v1"));
        QCOMPARE(m_compare->shown()->b.name, std::string("v2"));
        const auto wanted = data::diffItems(*m_workspace, idOf("v1"), idOf("v2"));
        QCOMPARE(m_compare->shown()->items.total, wanted->total);
        QCOMPARE(wanted->total, 3);
        auto* kinds = named<QListWidget>(QStringLiteral("Differences by kind"));
        QHash<QString, QString> counts;
        for (int k = 0; k < kinds->count(); ++k)
            counts.insert(kinds->item(k)->text(), kinds->item(k)->data(common::Roles::Right).toString());
        QCOMPARE(counts.value(QStringLiteral("All that differ")), QStringLiteral("3"));
        QCOMPARE(counts.value(QStringLiteral("In another split")), QStringLiteral("1"));
        QCOMPARE(counts.value(QStringLiteral("Shapes added")), QStringLiteral("1"));
        QCOMPARE(counts.value(QStringLiteral("Shapes moved")), QStringLiteral("1"));
        QVERIFY(!counts.contains(QStringLiteral("Shapes removed")));
        auto* pairs = named<browser::versions::PairList>(QStringLiteral("Images that differ"));
        QCOMPARE(pairs->model()->rowCount(), 3);
        const auto words = [&](int row) { return pairs->model()->index(row, 0).data(Qt::AccessibleTextRole).toString(); };
        QTRY_VERIFY(words(0).contains(QStringLiteral(".png: 1 shape moved: disc")));
        QVERIFY(words(1).contains(QStringLiteral("1 shape added: square")));
        for (int k = 0; k < kinds->count(); ++k)
            if (kinds->item(k)->text() == QStringLiteral("Shapes moved")) kinds->setCurrentRow(k);
        QCOMPARE(pairs->model()->rowCount(), 1);
        auto* runs = named<QListWidget>(QStringLiteral("Runs of both versions"));
        QCOMPARE(runs->item(0)->text(), QStringLiteral("baseline"));
        QCOMPARE(runs->item(0)->data(common::Roles::SubText).toString(), QStringLiteral("v2"));
        m_went.clear();
        pairs->setFocus();
        pairs->setCurrentIndex(pairs->model()->index(0, 0));
        QTest::keyClick(pairs, Qt::Key_Return);
        QCOMPARE(m_went.size(), std::size_t(1));
        QCOMPARE(m_went[0].second.value(QStringLiteral("image")).toLongLong(), 1);
    }

    void comparesWithThePresent() {
        chooseRow(2);  // v1; the present is v3
        action(QStringLiteral("version-now"))->trigger();
        QTRY_VERIFY(m_compare->shown() && m_compare->after() == data::kPresent);
        QCOMPARE(m_compare->before(), idOf("v1"));
        QCOMPARE(m_compare->shown()->b.name, std::string("now"));
        QCOMPARE(m_compare->shown()->items.total, data::diffItems(*m_workspace, idOf("v1"), idOf("v3"))->total);
        auto* pairs = named<browser::versions::PairList>(QStringLiteral("Images that differ"));
        QTRY_COMPARE(pairs->model()->rowCount(), 2);
        // An edit is seen without asking again; another version is compared with the present too.
        QVERIFY(test::drawBox(*m_workspace, ImageId(7), {3, 3, 5, 5}, m_square));
        m_mode->refresh();
        QTRY_COMPARE(pairs->model()->rowCount(), 3);
        chooseRow(0);
        QTRY_VERIFY(m_compare->before() == idOf("v3") && m_compare->shown());
        QTRY_COMPARE(pairs->model()->rowCount(), 1);
        QVERIFY(m_workspace->undo(ImageId(7), "ana").has_value());
        m_mode->refresh();
        QTRY_COMPARE(m_compare->shown()->items.total, 0);
        m_compare->compare(idOf("v1"), idOf("v2"));
        QTRY_VERIFY(m_compare->shown() && m_compare->after() == idOf("v2"));
    }

    void restoresAndUndoes() {
        m_page->findChild<common::Segments*>()->setFocus();
        chooseRow(1);  // v2
        action(QStringLiteral("version-details"))->trigger();
        QCOMPARE(boxIn(ImageId(1)).shape, annot::Shape(annot::Box{{20, 2, 6, 6}}));
        action(QStringLiteral("version-restore"))->trigger();
        QTRY_VERIFY(sheet<RestoreSheet>());
        auto* go = button(sheet<RestoreSheet>(), QStringLiteral("Restore"));
        QTRY_VERIFY(go->isEnabled());
        auto* numbers = named<QListWidget>(QStringLiteral("What changes"));
        QCOMPARE(numbers->item(0)->data(common::Roles::Right).toString(), QStringLiteral("4"));
        m_toast.clear();
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY(!m_toast.isEmpty());
        QCOMPARE(m_toast, QStringLiteral("Restore v2: 4 images changed"));
        QCOMPARE(boxIn(ImageId(1)).shape, annot::Shape(annot::Box{{10, 10, 8, 8}}));
        QTRY_COMPARE(m_page->facts()->head, idOf("v2"));
        m_toastAction();
        QTRY_COMPARE(m_page->facts()->head, idOf("v3"));
        QCOMPARE(boxIn(ImageId(1)).shape, annot::Shape(annot::Box{{20, 2, 6, 6}}));
    }

    void aMergeWithoutACommonAncestorAsksForABase() {
        const SnapshotId v2 = idOf("v2"), v1 = idOf("v1");
        const auto setParent = [this](SnapshotId id, SnapshotId to) {
            return m_workspace->write([&](soci::session& sql) -> Result<> {
                const long long row = id.value, parent = to.value;
                sql << "UPDATE snapshot SET parent = :p WHERE id = :i", soci::use(parent), soci::use(row);
                return {};
            });
        };
        QVERIFY(setParent(v2, {}).has_value());
        chooseRow(1);
        action(QStringLiteral("version-merge"))->trigger();
        QTRY_VERIFY(sheet<MergeSheet>());
        auto* merge = sheet<MergeSheet>();
        const auto says = [merge](const QString& text) {
            for (auto* label : merge->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(text)) return true;
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("no common ancestor")));
        QVERIFY(!button(merge, QStringLiteral("Merge"))->isEnabled() && merge->conflicts().empty());
        auto* base = merge->findChildren<QComboBox*>().at(2);
        base->setCurrentIndex(base->findData(qlonglong(v1.value)));
        Q_EMIT base->activated(base->currentIndex());
        QTRY_COMPARE(merge->conflicts().size(), std::size_t(1));
        base->setCurrentIndex(0);
        Q_EMIT base->activated(0);
        QTRY_VERIFY(says(QStringLiteral("no common ancestor")));
        QVERIFY(merge->conflicts().empty() && !named<browser::versions::PairList>(QStringLiteral("Conflicts"))->isVisible());
        QTest::keyClick(merge, Qt::Key_Escape);
        QTRY_VERIFY(!sheet<MergeSheet>());
        QVERIFY(setParent(v2, v1).has_value());
    }

    void showsAMergeConflictAndDecidesIt() {
        chooseRow(1);  // v2 into v3, which is the present
        action(QStringLiteral("version-merge"))->trigger();
        QTRY_VERIFY(sheet<MergeSheet>());
        auto* merge = sheet<MergeSheet>();
        QTRY_COMPARE(merge->conflicts().size(), std::size_t(1));
        auto* go = button(merge, QStringLiteral("Merge"));
        QVERIFY(!go->isEnabled());
        auto* list = named<browser::versions::PairList>(QStringLiteral("Conflicts"));
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY(list->model()
                    ->index(0, 0)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(QStringLiteral("v3: moved, v2: moved, before: Box, disc")));
        QTest::mouseClick(button(merge, QStringLiteral("Take v2")), Qt::LeftButton);
        QTRY_VERIFY(go->isEnabled());
        m_toast.clear();
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY(!m_toast.isEmpty());
        QVERIFY2(m_toast.startsWith(QStringLiteral("Merge v2 into v3")), qPrintable(m_toast));
        QCOMPARE(boxIn(ImageId(1)).shape, annot::Shape(annot::Box{{10, 10, 8, 8}}));
        QCOMPARE(boxIn(ImageId(2)).classId, m_square);
        freeze(4);
        const auto merged = data::findSnapshot(*m_workspace, "last");
        QCOMPARE(merged->parent, idOf("v3"));
        QCOMPARE(merged->merged, idOf("v2"));
        QCOMPARE(browser::versions::laneCount(browser::versions::lanesOf(m_page->facts()->rows)), 2);
    }

    void frozenTestImagesAreLeftUnlessForced() {
        ImageId tested;
        for (std::int64_t id = 1; id <= 20; ++id)
            if (m_workspace->image(ImageId(id))->value().split == "test") tested = ImageId(id);
        QVERIFY(tested.valid());
        data::SnapshotEdit freeze;
        freeze.freezeTest = true;
        QVERIFY(data::editSnapshot(*m_workspace, m_page->facts()->head, freeze));
        QVERIFY(test::drawBox(*m_workspace, tested, {1, 1, 5, 5}, m_square));
        m_mode->refresh();
        chooseRow(0);
        action(QStringLiteral("version-restore"))->trigger();
        QTRY_VERIFY(sheet<RestoreSheet>());
        QCheckBox* force = sheet<RestoreSheet>()->findChild<QCheckBox*>();
        QTRY_VERIFY(force->isVisible());
        auto* numbers = named<QListWidget>(QStringLiteral("What changes"));
        QCOMPARE(numbers->item(0)->text(), QStringLiteral("Images that stay as they are"));
        QTest::mouseClick(force, Qt::LeftButton, {}, QPoint(8, force->height() / 2));
        QTRY_VERIFY(numbers->item(0) && numbers->item(0)->text() == QStringLiteral("Images that change"));
        QTest::keyClick(sheet<RestoreSheet>(), Qt::Key_Escape);
        QTRY_VERIFY(!sheet<RestoreSheet>());
        QCOMPARE(boxIn(tested).classId, m_square);
        freeze.freezeTest = false;
        QVERIFY(data::editSnapshot(*m_workspace, m_page->facts()->head, freeze));
    }

    void startsABranch() {
        m_mode->refresh();
        chooseRow(int(m_page->facts()->rowOf(idOf("v1"))));
        action(QStringLiteral("version-branch"))->trigger();
        QTRY_VERIFY(sheet<RestoreSheet>());
        auto* name = sheet<RestoreSheet>()->findChild<QLineEdit*>();
        QTRY_VERIFY(name->hasFocus());
        auto* go = button(sheet<RestoreSheet>(), QStringLiteral("Start the branch"));
        QTest::qWait(50);
        QVERIFY(!go->isEnabled());
        QTest::keyClicks(name, QStringLiteral("hard cases"));
        QTRY_VERIFY(go->isEnabled());
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(m_page->facts()->head, idOf("v1"));
        QTRY_VERIFY(told(QStringLiteral("The next snapshot begins the branch hard cases.")));
        freeze(5);
        QTRY_COMPARE(data::findSnapshot(*m_workspace, "last")->branch, std::string("hard cases"));
        QCOMPARE(data::findSnapshot(*m_workspace, "last")->parent, idOf("v1"));
    }

    void theLineageKnowsTheRun() {
        action(QStringLiteral("version-lineage"))->trigger();
        QCOMPARE(m_page->view(), VersionsPage::View::Lineage);
        auto* view = m_page->findChild<browser::versions::LineageView*>();
        const browser::versions::Lineage& lineage = view->lineage();
        const auto version = [&](const char* name) {
            return lineage.find(browser::versions::LineageKind::Version, QString::number(idOf(name).value));
        };
        const int run = lineage.find(browser::versions::LineageKind::Run, QString::fromLatin1(kRun));
        QVERIFY(run >= 0);
        const auto lit = lineage.related(run);
        QVERIFY(lit[std::size_t(version("v2"))] && lit[std::size_t(version("v1"))] && lit[0]);  // 0: the import
        QVERIFY(!lit[std::size_t(version("v3"))]);
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(view);
        QCOMPARE(told->childCount(), int(lineage.nodes.size()));
        QVERIFY(told->child(run)->text(QAccessible::Name).startsWith(QStringLiteral("Runs: baseline")));
        view->setFocus();
        view->setCurrent(version("v2"));
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(view->current(), run);
        m_went.clear();
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(m_went.at(0).first, QStringLiteral("train"));
        for (const char* name : {"lineage.svg", "lineage.png"}) {
            const auto file = m_folder.path() / name;
            QVERIFY(view->save(QString::fromStdString(file.string())));
            QVERIFY(std::filesystem::file_size(file) > 1000);
        }
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->nodeRect(version("v2")).center());
        QCOMPARE(m_page->view(), VersionsPage::View::Details);
        QCOMPARE(m_tree->current(), idOf("v2"));
    }

    void itsImagesAreASearch() {
        QSignalSpy wanted(m_page, &VersionsPage::queryWanted);
        action(QStringLiteral("version-images"))->trigger();
        QCOMPARE(wanted.takeFirst()[0].toString(), QStringLiteral("snapshot:v2"));
        const auto index = store::ColumnIndex::load(*m_workspace);
        QCOMPARE(data::runQuery(*m_workspace, **index, "snapshot:v2")->size(), std::size_t(20));
        QVERIFY(!data::runQuery(*m_workspace, **index, "snapshot:nothing"));
        QTRY_VERIFY(!m_page->isVisible());
        action(QStringLiteral("versions"))->trigger();
        QTRY_VERIFY(m_page->isVisible());
    }

    void theCardHasTheRun() {
        const auto card = browser::versions::versionCard(*m_workspace, idOf("v2"), {}, {});
        QVERIFY(card);
        QVERIFY(card->find("baseline") != std::string::npos);
    }

    void speaksKorean() {
        shell::setLanguage(QStringLiteral("ko"));
        QTRY_VERIFY(named<browser::versions::VersionTree>(QStringLiteral("버전")));
        QVERIFY(named<QListWidget>(QStringLiteral("종류별 차이")));
        shell::setLanguage(QStringLiteral("en"));
        QTRY_VERIFY(named<browser::versions::VersionTree>(QStringLiteral("Versions")));
    }

    void followsAnotherWorkspace() {
        auto empty = store::Workspace::create(m_folder.path() / "empty.lathe");
        m_mode->setWorkspace(*empty);
        QTRY_VERIFY(told(QStringLiteral("No versions yet")));
        m_mode->setWorkspace(nullptr);
        QTRY_VERIFY(told(QStringLiteral("No workspace is open")));
    }

    void cleanupTestCase() { m_mode.reset(); }
};

LATHE_GUI_TEST_MAIN(TestVersionsPage)
#include "tst_versions_page.moc"
