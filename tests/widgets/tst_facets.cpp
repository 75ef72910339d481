// The filters of Browse on a set with attributes, imported fields, groups and runs: by mouse and keys, and the words that the
// search box offers.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSettings>
#include <QToolButton>
#include <QtTest>

#include "core/runs/query_terms.h"
#include "core/store/image_groups.h"
#include "core/store/records.h"
#include "core/store/schema.h"
#include "tests/support/browse_page.h"
#include "tests/support/made_runs.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/name_popup.h"
#include "widgets/browser/search/facet_panel.h"
#include "widgets/browser/search/group_menu.h"
#include "widgets/browser/search/query_terms.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;

class TestFacets : public QObject, test::BrowsePage {
    Q_OBJECT
    browser::search::FacetPanel* m_panel = nullptr;

    [[nodiscard]] browser::search::FacetSection* section(const QString& id) const {
        for (auto* one : m_panel->findChildren<browser::search::FacetSection*>())
            if (one->id() == id) return one;
        return nullptr;
    }
    [[nodiscard]] browser::search::FacetRow* row(const QString& searchTerm) const {
        for (auto* one : m_panel->findChildren<browser::search::FacetRow*>())
            if (one->searchTerm() == searchTerm) return one;
        return nullptr;
    }
    [[nodiscard]] static QCheckBox* boxOf(browser::search::FacetRow* row) { return row->findChild<QCheckBox*>(); }
    void click(const QString& searchTerm) {
        auto* one = row(searchTerm);
        QVERIFY2(one, qPrintable(searchTerm));
        m_panel->findChild<QScrollArea*>()->ensureWidgetVisible(one);
        auto* box = boxOf(one);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    }
    void find(const QString& text, std::size_t found) {
        search(text);
        QTRY_COMPARE(m_grid->count(), found);
    }
    static QString images(browser::search::FacetRow* row) { return boxOf(row)->accessibleDescription(); }

    /// 40 images: odd ones have a box whose pose is left or right, all have a camera, every fourth a ward of its own.
    void describe() {
        for (std::int64_t id = 1; id <= 40; id += 2) {
            annot::Annotation a;
            a.id = *m_workspace->nextAnnotationId(ImageId(id)), a.classId = ClassId(1), a.shape = annot::Box{{4, 4, 9, 7}};
            a.attributes = {{"pose", id % 4 == 1 ? "left" : "far right"}};
            QVERIFY(m_workspace->commit({ImageId(id), "ana", 1, "Draw", {{std::nullopt, a, -1, -1}}}).has_value());
        }
        QVERIFY(m_workspace
                    ->write([](soci::session& sql) -> Result<> {
                        for (long long id = 1; id <= 40; ++id) {
                            const std::string body = Json{
                                {"camera", "cam " + std::to_string(id % 3)},
                                {"lot", "L" + std::to_string(id % 25)},
                                {"age", 30 + id * 7 % 33},
                                {"number", id}}.dump();
                            sql << "INSERT INTO image_extra (image_id, body) VALUES (:i, :b)", soci::use(id), soci::use(body);
                        }
                        store::touchImages(sql);
                        return {};
                    })
                    .has_value());
        annot::Attribute ward;
        ward.name = "ward";
        QVERIFY(store::saveImageSchema(*m_workspace, {ward}, true).has_value());
        test::MadeRun made;
        made.id = "20261121-152254-3fa9", made.name = "small net";
        for (std::int64_t id = 1; id <= 20; ++id) made.images.push_back(id), made.right.push_back(id % 5 != 0);
        QVERIFY(test::makeRun(*m_workspace, made).has_value());
        made.id = "20261122-152254-3fa9", made.name = "other net";
        made.right.assign(20, true);
        QVERIFY(test::makeRun(*m_workspace, made).has_value());
    }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        runs::installQueryTerms();
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(m_workspace);
        describe();
        QVERIFY(showMode());
        m_panel = m_mode->findChild<browser::search::FacetPanel*>();
        QVERIFY(browse(40));
    }

    void termsOfOneAtATime() {
        using namespace browser::search;
        QCOMPARE(withTerm("class:a group:x", "group:y"), QStringLiteral("class:a group:y"));
        QCOMPARE(withTerm("run:a wrong:yes class:a", "run:a wrong:no"), QStringLiteral("class:a run:a wrong:no"));
        QVERIFY(hasTerm("wrong:no run:\"a b\" x", "run:\"a b\" wrong:no") && !hasTerm("run:a", "run:a wrong:no"));
        QCOMPARE(withoutTerm("run:a class:b wrong:no", "run:a wrong:no"), QStringLiteral("class:b"));
        QCOMPARE(valueOf("class:b run:\"a \"\"b\"\"\" x", "run"), QStringLiteral("a \"b\""));
        QCOMPARE(term("tag", "a \"b\""), QStringLiteral("tag:\"a \"\"b\"\"\""));
    }

    void attributesAreTicked() {
        auto* pose = section(QStringLiteral("attribute:pose"));
        QVERIFY(pose && pose->isVisible());
        QCOMPARE(pose->heading()->text(), QStringLiteral("pose"));
        click(QStringLiteral("attribute:pose=left"));
        QCOMPARE(m_query->text(), QStringLiteral("attribute:pose=left"));
        QTRY_COMPARE(m_grid->count(), 10u);
        QCOMPARE(images(row(QStringLiteral("attribute:pose=left"))), QStringLiteral("10 images"));
        QVERIFY(boxOf(row(QStringLiteral("attribute:pose=left")))->isChecked());
        QCOMPARE(boxOf(row(QStringLiteral("attribute:pose=left")))->accessibleName(), QStringLiteral("pose: left"));
        click(QStringLiteral("attribute:pose=left"));
        QTRY_COMPARE(m_grid->count(), 40u);
        click(QStringLiteral("attribute:pose=\"far right\""));
        QTRY_COMPARE(m_grid->count(), 10u);
        find(QString(), 40);
    }

    void importedFieldsAreTickedWithAttributes() {
        click(QStringLiteral("meta:camera=\"cam 1\""));
        QTRY_COMPARE(m_grid->count(), 14u);
        click(QStringLiteral("attribute:pose=left"));
        QTRY_COMPARE(m_grid->count(), 4u);
        QTRY_COMPARE(images(row(QStringLiteral("meta:camera=\"cam 1\""))), QStringLiteral("4 images"));
        QCOMPARE(images(row(QStringLiteral("meta:camera=\"cam 2\""))), QStringLiteral("0 images"));
        find(QString(), 40);
    }

    /// 25 lots for 40 images: more than half are told apart by them, so nobody chooses by lot.
    void fieldsThatTellEveryImageApartAreLeftOut() {
        QVERIFY(!section(QStringLiteral("meta:lot")));
        QVERIFY(!section(QStringLiteral("meta:number")));
    }

    void fieldsOfManyNumbersAreBrushed() {
        auto* age = section(QStringLiteral("meta:age"));
        QVERIFY(age && age->isVisible());
        m_panel->findChild<QScrollArea*>()->ensureWidgetVisible(age);
        auto* bars = age->findChild<browser::search::HistogramBars*>();
        QVERIFY(bars && bars->isVisible());
        QCOMPARE(bars->accessibleName(), QStringLiteral("age (imported)"));
        const int half = bars->width() / 2;
        QTest::mousePress(bars, Qt::LeftButton, {}, QPoint(1, 10));
        QTest::mouseMove(bars, QPoint(half, 10));
        QTest::mouseRelease(bars, Qt::LeftButton, {}, QPoint(half, 10));
        QVERIFY2(m_query->text().startsWith(QStringLiteral("meta:age=30..")), qPrintable(m_query->text()));
        QTRY_VERIFY(m_grid->count() > 10u && m_grid->count() < 30u);
        QVERIFY(bars->chosen());
        QTest::keyClick(bars, Qt::Key_Right);
        QCOMPARE(m_query->text().count(QStringLiteral("meta:age=")), 1);
        QTest::keyClick(bars, Qt::Key_Escape);
        QCOMPARE(m_query->text(), QString());
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void sectionsFold() {
        auto* pose = section(QStringLiteral("attribute:pose"));
        m_panel->findChild<QScrollArea*>()->ensureWidgetVisible(pose->heading());
        QTest::mouseClick(pose->heading(), Qt::LeftButton);
        QVERIFY(!row(QStringLiteral("attribute:pose=left"))->isVisible());
        pose->heading()->setFocus();
        QTest::keyClick(pose->heading(), Qt::Key_Space);
        QVERIFY(row(QStringLiteral("attribute:pose=left"))->isVisible());
        QTest::keyClick(pose->heading(), Qt::Key_Space);
        browser::search::FacetSection again(QStringLiteral("attribute:pose"), true, nullptr);
        QVERIFY(!again.heading()->isChecked());
        QTest::keyClick(pose->heading(), Qt::Key_Space);
        QVERIFY(pose->heading()->isChecked());
    }

    void longListsSayHowManyMore() {
        browser::search::FacetSection list(QStringLiteral("long"), true, nullptr);
        QVector<browser::search::FacetValue> values;
        for (int k = 0; k < 30; ++k) values.append({QString::number(k), QStringLiteral("meta:k=%1").arg(k), {}, k % 2});
        list.setValues(values, 12);
        list.resize(240, 900);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        const auto rows = list.findChildren<browser::search::FacetRow*>();
        const auto visible = [&rows] { return std::ranges::count_if(rows, [](auto* one) { return one->isVisible(); }); };
        QCOMPARE(visible(), 12);
        QToolButton* link = nullptr;
        for (auto* button : list.findChildren<QToolButton*>())
            if (button->isVisible()) link = button;
        QVERIFY(link);
        QCOMPARE(link->text(), QStringLiteral("and 15 more"));
        QTest::mouseClick(link, Qt::LeftButton);
        QCOMPARE(visible(), 15);
        QVERIFY(!link->isVisible());
        list.setQuery(QStringLiteral("meta:k=4"));
        QCOMPARE(visible(), 16);
        bool said = false;
        for (auto* label : list.findChildren<QLabel*>()) said = said || (label->isVisible() && label->text() == "and 12 more");
        QVERIFY(said);
    }

    void runsAreAskedForRightAndWrong() {
        auto* run = section(QStringLiteral("run"));
        QVERIFY(run && run->isVisible());
        QCOMPARE(run->menuButton()->menu()->actions().size(), 2);
        QCOMPARE(images(row(QStringLiteral("run:\"other net\" wrong:no"))), QStringLiteral("20 images"));
        run->menuButton()->menu()->actions().at(1)->trigger();
        QTRY_VERIFY(row(QStringLiteral("run:\"small net\" wrong:yes")));
        QCOMPARE(images(row(QStringLiteral("run:\"small net\" wrong:yes"))), QStringLiteral("4 images"));
        click(QStringLiteral("run:\"small net\" wrong:yes"));
        QTRY_COMPARE(m_grid->count(), 4u);
        click(QStringLiteral("run:\"small net\" wrong:no"));
        QTRY_COMPARE(m_grid->count(), 16u);
        QCOMPARE(m_query->text(), QStringLiteral("run:\"small net\" wrong:no"));
        click(QStringLiteral("run:\"small net\" wrong:no"));
        QTRY_COMPARE(m_grid->count(), 40u);
        QCOMPARE(m_query->text(), QString());
    }

    void groupsAreChosenAndTicked() {
        auto* groups = section(QStringLiteral("group"));
        QVERIFY(groups && groups->isVisible());
        QCOMPARE(groups->menuButton()->text(), QStringLiteral("no rule yet"));
        auto* menu = m_panel->groupMenu();
        Q_EMIT menu->aboutToShow();
        QStringList texts;
        for (const QAction* action : menu->actions()) texts << action->text();
        QCOMPARE(texts, (QStringList{"Folder", "Beginning of the file name…", "Pattern in the name…", "Attribute of the image",
                                     "Imported field", "", "No groups", "", "One tile a group"}));
        QCOMPARE(menu->actions().at(3)->menu()->actions().first()->text(), QStringLiteral("ward"));
        auto* fields = menu->actions().at(4)->menu();
        QCOMPARE(fields->actions().size(), 4);  // age, camera, lot, number
        fields->actions().at(1)->trigger();
        QTRY_VERIFY(row(QStringLiteral("group:\"cam 2\"")));
        QCOMPARE(*store::groupRule(*m_workspace), std::string("meta:camera"));
        QCOMPARE(groups->menuButton()->text(), QStringLiteral("by camera"));
        click(QStringLiteral("group:\"cam 2\""));
        QTRY_COMPARE(m_grid->count(), 13u);
        click(QStringLiteral("group:\"cam 1\""));
        QTRY_COMPARE(m_grid->count(), 14u);
        QCOMPARE(m_query->text(), QStringLiteral("group:\"cam 1\""));
        // One tile a group: what is done to it is done to all of its images.
        find(QString(), 40);
        QAction* collapse = action("collapse");
        QVERIFY(collapse->isEnabled());
        collapse->trigger();
        QTRY_COMPARE(m_grid->count(), 3u);
        QTRY_COMPARE(m_grid->tileName(0), QStringLiteral("cam 1, a group of 14 images"));
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, m_grid->tileRect(0).center());
        action("split-test")->trigger();
        const auto test = [this] {
            const auto found = data::runQuery(*m_workspace, **store::ColumnIndex::load(*m_workspace), "split:test group:\"cam 1\"");
            return found->size();
        };
        QTRY_COMPARE(test(), std::size_t(14));
        collapse->trigger();
        QTRY_COMPARE(m_grid->count(), 40u);
        m_grid->clearSelection();
        find(QStringLiteral("group:\"cam 1\""), 14);
        // Another rule: the old group is no search any more.
        Q_EMIT menu->textWanted(QStringLiteral("prefix"));
        browser::NamePopup* popup = nullptr;
        QTRY_VERIFY((popup = m_mode->window()->findChild<browser::NamePopup*>()) && popup->isVisible());
        QTest::keyClicks(popup->findChild<QLineEdit*>(), QStringLiteral("_"));
        QTest::keyClick(popup->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_COMPARE(*store::groupRule(*m_workspace), std::string("prefix:_"));
        QTRY_COMPARE(m_grid->count(), 40u);
        QTRY_COMPARE(groups->menuButton()->text(), QStringLiteral("name up to _"));
        Q_EMIT menu->ruleChosen(QString());
        QTRY_COMPARE(groups->menuButton()->text(), QStringLiteral("no rule yet"));
        QVERIFY(groups->isVisible());
    }

    void theSearchBoxOffersNamesAndValues() {
        const auto offered = [this](const QString& text) {
            m_query->setFocus();
            m_query->clear();
            QTest::keyClicks(m_query, text);
            QStringList all;
            auto* completer = m_query->completer();
            completer->setCompletionPrefix(text);
            for (int k = 0; k < completer->completionCount(); ++k)
                if (completer->setCurrentRow(k)) all << completer->currentCompletion();
            completer->popup()->hide();
            return all;
        };
        QVERIFY(offered(QStringLiteral("att")).contains(QStringLiteral("attribute:")));
        QVERIFY(offered(QStringLiteral("gr")).contains(QStringLiteral("group:")));
        QCOMPARE(offered(QStringLiteral("attribute:p")), QStringList{"attribute:pose"});
        QCOMPARE(offered(QStringLiteral("attribute:pose=")), (QStringList{"attribute:pose=\"far right\"", "attribute:pose=left"}));
        QCOMPARE(offered(QStringLiteral("meta:c")), QStringList{"meta:camera"});
        QCOMPARE(offered(QStringLiteral("run:")).size(), 2);
        QCOMPARE(offered(QStringLiteral("wrong:u")), QStringList{"wrong:unjudged"});
        find(QString(), 40);
    }

    void aWrongNameIsToldWithItsColumn() {
        m_query->setText(QStringLiteral("attribute:poze=left"));
        QTest::keyClick(m_query, Qt::Key_Return);
        bool told = false;
        QTRY_VERIFY([&] {
            for (auto* label : m_mode->findChildren<QLabel*>())
                told = told || (label->isVisible() && label->text().contains(QLatin1String("column 11")));
            return told;
        }());
        find(QString(), 40);
    }
};

LATHE_GUI_TEST_MAIN(TestFacets)
#include "tst_facets.moc"
