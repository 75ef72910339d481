// The schema editor with real mouse and keys: classes, kinds, attributes, skeleton, rule and examples; rename, merge and delete
// with their undo; ten thousand classes.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include "core/store/class_ops.h"
#include "tests/support/label_page.h"
#include "widgets/canvas/rule_card.h"
#include "widgets/canvas/schema_editor.h"

using namespace lathe;
using namespace lathe::widgets::canvas;
using lathe::test::typeInto;

class tst_SchemaEditor : public QObject {
    Q_OBJECT
    std::unique_ptr<test::LabelPage> m;
    std::function<void()> m_undo;
    QString m_toast;

    SchemaEditor& editor() { return m->mode->schemaEditor(); }
    annot::Schema schema() { return store::schema(*m->workspace).value(); }
    annot::ClassSchema named(const char* name) {
        const auto all = schema();
        const auto* c = all.find(std::string_view(name));
        return c ? *c : annot::ClassSchema();
    }
    long shapesOf(const char* name) {
        const ClassId id = named(name).id;
        return std::ranges::count(m->doc().annotations(), id, &annot::Annotation::classId);
    }
    void openEditor() {
        QTest::mouseClick(m->named<QToolButton>(QStringLiteral("Label schema")), Qt::LeftButton);
        QTRY_VERIFY(editor().isVisible());
    }
    /// A click on the row of that name.
    void choose(const char* name) {
        auto* list = m->named<QListView>(QStringLiteral("Classes of the schema"));
        QVERIFY(list);
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex at = list->model()->index(row, 0);
            if (at.data().toString() != QString::fromUtf8(name)) continue;
            list->scrollTo(at);
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(at).center());
            return;
        }
        QFAIL("no such class in the list");
    }
    template <class T>
    void click(const char* text) {
        auto* button = m->worded<T>(QString::fromUtf8(text));
        QVERIFY2(button, text);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void open(const std::vector<std::string>& classes) {
        m = std::make_unique<test::LabelPage>(test::LabelSet{.classes = classes});
        QVERIFY(m->open());
        QObject::connect(m->mode.get(), &LabelMode::toast, m->mode.get(),
                         [this](const QString& text, const QString&, std::function<void()> undo) {
                             m_toast = text;
                             m_undo = std::move(undo);
                         });
    }

private Q_SLOTS:
    void init() {
        test::failOnWarnings();
        m_toast.clear();
        m_undo = {};
    }
    void cleanup() { m.reset(); }

    void aClassIsDescribed() {
        open({"cell", "dust"});
        openEditor();
        choose("cell");
        QTest::mouseClick(m->worded<QPushButton>(QStringLiteral("Mask")), Qt::LeftButton);
        QTRY_VERIFY(!(named("cell").kinds >> 3 & 1));
        QVERIFY(named("cell").kinds >> 1 & 1);
        auto* key = m->mode->findChild<ClassForm*>()->findChild<QComboBox*>();
        key->setFocus();
        QTest::keyClick(key, Qt::Key_End);
        QTRY_COMPARE(named("cell").key, std::string("0"));
        typeInto(m->named<QLineEdit>(QStringLiteral("Colour as #rrggbb")), QStringLiteral("#aabbcc"));
        QTRY_COMPARE(named("cell").colour, std::string("#aabbcc"));
        typeInto(m->named<QLineEdit>(QStringLiteral("Parent of the class")), QStringLiteral("dust"));
        QTRY_COMPARE(named("cell").parent, std::string("dust"));
        choose("dust");
        typeInto(m->named<QLineEdit>(QStringLiteral("Parent of the class")), QStringLiteral("cell"));
        QTRY_VERIFY(!m->mode->findChildren<widgets::common::Note*>().empty());
        QTest::qWait(100);
        QCOMPARE(named("dust").parent, std::string());
    }

    void attributesAreAddedAndChanged() {
        open({"cell"});
        openEditor();
        choose("cell");
        click<QPushButton>("Add attribute");
        QTRY_COMPARE(named("cell").attributes.size(), std::size_t(1));
        typeInto(m->named<QLineEdit>(QStringLiteral("Name of the attribute, attribute 1")), QStringLiteral("stage"));
        QTRY_COMPARE(named("cell").attributes.at(0).name, std::string("stage"));
        auto* type = m->named<QComboBox>(QStringLiteral("Type, stage"));
        QVERIFY(type);
        type->setFocus();
        QTest::keyClick(type, Qt::Key_Home);
        typeInto(m->named<QLineEdit>(QStringLiteral("Choices, stage")), QStringLiteral("ring, troph, ring"));
        QTRY_COMPARE(named("cell").attributes.at(0).choices, (std::vector<std::string>{"ring", "troph"}));
        QTest::mouseClick(m->named<QCheckBox>(QStringLiteral("Required, stage")), Qt::LeftButton, {}, QPoint(8, 10));
        QTRY_VERIFY(named("cell").attributes.at(0).required);
        auto* given = m->named<QComboBox>(QStringLiteral("stage"));
        QVERIFY(given);
        given->setFocus();
        QTest::keyClick(given, Qt::Key_End);
        QTRY_COMPARE(named("cell").attributes.at(0).fallback, Json("troph"));
        QTest::mouseClick(m->named<QToolButton>(QStringLiteral("Remove the attribute, stage")), Qt::LeftButton);
        QTRY_VERIFY(named("cell").attributes.empty());
    }

    void whatIsTypedIsWrittenWhenTheWindowCloses() {
        open({"cell"});
        openEditor();
        choose("cell");
        QTest::mouseClick(m->worded<QPushButton>(QStringLiteral("Mask")), Qt::LeftButton);
        typeInto(m->named<QLineEdit>(QStringLiteral("Name of the class")), QStringLiteral("blob"));
        typeInto(m->named<QLineEdit>(QStringLiteral("Colour as #rrggbb")), QStringLiteral("#aabbcc"));
        QTest::keyClicks(m->named<QPlainTextEdit>(QStringLiteral("Rule of the class")), QStringLiteral("Round."));
        m->close();
        const auto written = [this] { return *schema().find(m->cell); };
        QTRY_COMPARE(written().rule, std::string("Round."));
        QCOMPARE(written().colour, std::string("#aabbcc"));
        QVERIFY(!(written().kinds >> 3 & 1));
    }

    void aLateReadDoesNotTakeAnEditBack() {
        open({"cell"});
        openEditor();
        choose("cell");
        auto* key = m->mode->findChild<ClassForm*>()->findChild<QComboBox*>();
        for (int n = 0; n < 40; ++n) {
            m->mode->refresh();  // as another window's change does, with its read of the schema
            QTest::keyClick(key, n % 2 ? Qt::Key_Home : Qt::Key_End);
            QVERIFY(m->workspace->addClass("foreign " + std::to_string(n)).has_value());
            QTest::qWait(n % 5);
            QCOMPARE(key->currentText(), n % 2 ? QString() : QStringLiteral("0"));
        }
        QTRY_COMPARE(m->doc().schema().classes.size(), std::size_t(42));
        QTRY_COMPARE(named("cell").key, std::string());
    }

    void aSkeletonIsDrawn() {
        open({"person"});
        openEditor();
        choose("person");
        auto* view = m->mode->findChild<SkeletonView*>();
        QVERIFY(view && view->isVisible());
        const QPoint middle = view->rect().center();
        QTest::mouseClick(view, Qt::LeftButton, {}, middle);
        QTest::mouseClick(view, Qt::LeftButton, {}, middle + QPoint(60, 40));
        QTest::mouseClick(view, Qt::LeftButton, {}, middle + QPoint(-60, 40));
        QTRY_COMPARE(named("person").skeleton.joints.size(), std::size_t(3));
        typeInto(m->named<QLineEdit>(QStringLiteral("Name of the joint")), QStringLiteral("left hand"));
        QTRY_COMPARE(named("person").skeleton.joints.at(2).name, std::string("left hand"));
        click<QAbstractButton>("Edges");
        QTest::mouseClick(view, Qt::LeftButton, {}, view->placeOf(0).toPoint());
        QTest::mouseClick(view, Qt::LeftButton, {}, view->placeOf(1).toPoint());
        QTRY_COMPARE(named("person").skeleton.edges, (std::vector<std::pair<int, int>>{{0, 1}}));
        click<QAbstractButton>("Pairs");
        QTest::mouseClick(view, Qt::LeftButton, {}, view->placeOf(1).toPoint());
        QTest::mouseClick(view, Qt::LeftButton, {}, view->placeOf(2).toPoint());
        QTRY_COMPARE(named("person").skeleton.mirrored, (std::vector<std::pair<int, int>>{{1, 2}}));
        click<QAbstractButton>("Joints");
        const QPointF before = view->placeOf(0);
        QTest::mousePress(view, Qt::LeftButton, {}, before.toPoint());
        QTest::mouseMove(view, before.toPoint() + QPoint(0, -50));
        QTest::mouseRelease(view, Qt::LeftButton, {}, before.toPoint() + QPoint(0, -50));
        QVERIFY(view->placeOf(0).y() < before.y() - 40);
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Delete);
        QTRY_COMPARE(named("person").skeleton.joints.size(), std::size_t(2));
        QVERIFY(named("person").skeleton.edges.empty());
        QCOMPARE(named("person").skeleton.mirrored, (std::vector<std::pair<int, int>>{{0, 1}}));
    }

    void theRuleStandsBesideTheCanvas() {
        open({"cell", "dust"});
        const auto id = m->add(annot::Box{{90, 110, 80, 80}}, named("cell").id);
        m->doc().select({id});
        openEditor();
        choose("cell");
        auto* rule = m->named<QPlainTextEdit>(QStringLiteral("Rule of the class"));
        rule->setFocus();
        QTest::keyClicks(rule, QStringLiteral("One box round the whole cell."));
        QTRY_COMPARE_WITH_TIMEOUT(named("cell").rule, std::string("One box round the whole cell."), 5000);
        QTRY_VERIFY(m->worded<QPushButton>(QStringLiteral("Add good example"))->isEnabled());
        click<QPushButton>("Add good example");
        QTRY_COMPARE(named("cell").examples.size(), std::size_t(1));
        QVERIFY(named("cell").examples[0].crop.w < 120);
        QTest::keyClick(rule, Qt::Key_Escape);
        QTRY_VERIFY(!editor().isVisible());
        m->key(Qt::Key_2);
        auto* card = m->mode->findChild<RuleCard*>();
        QTRY_VERIFY(card->isVisible());
        QCOMPARE(card->accessibleName(), QStringLiteral("Rule for cell"));
        m->named<QToolButton>(QStringLiteral("Good example (1)"));
        m->key(Qt::Key_F2);
        QTRY_VERIFY(!card->isVisible());
        m->key(Qt::Key_F2);
        QTRY_VERIFY(card->isVisible());
        m->key(Qt::Key_3);
        QTRY_VERIFY(!card->isVisible());
    }

    void keysOfTheCanvasRestMeanwhile() {
        open({"cell"});
        const auto id = m->add(annot::Box{{90, 110, 80, 80}}, named("cell").id);
        m->doc().select({id});
        openEditor();
        QTest::keyClick(m->named<QListView>(QStringLiteral("Classes of the schema")), Qt::Key_Delete);
        QTest::qWait(50);
        QVERIFY(m->doc().find(id));
        QTest::keyClick(&editor(), Qt::Key_Escape);
        QTRY_VERIFY(!editor().isVisible());
        m->key(Qt::Key_Delete);
        QVERIFY(!m->doc().find(id));
    }

    void aRenameIsUndoneByItsToast() {
        open({"cell", "dust"});
        openEditor();
        choose("cell");
        typeInto(m->named<QLineEdit>(QStringLiteral("Name of the class")), QStringLiteral("세포"));
        QTRY_COMPARE(m_toast, QStringLiteral("cell is called 세포 now."));
        QVERIFY(named("세포").id.valid());
        m_undo();
        QTRY_VERIFY(named("cell").id.valid());
        typeInto(m->named<QLineEdit>(QStringLiteral("Name of the class")), QStringLiteral("dust"));
        QTest::qWait(200);
        QVERIFY(named("cell").id.valid());
    }

    void mergeAndDeleteSayWhatTheyChange() {
        open({"cell", "dust"});
        m->add(annot::Box{{10, 10, 20, 20}}, named("cell").id);
        m->add(annot::Dot{{100, 10}}, named("cell").id);
        m->add(annot::Dot{{200, 10}}, named("dust").id);
        m->doc().flush();
        openEditor();
        choose("cell");
        typeInto(m->named<QLineEdit>(QStringLiteral("Class to merge into")), QStringLiteral("dust"));
        QTRY_COMPARE(m_toast, QStringLiteral("cell merged into dust: 2 shapes in 1 image."));
        QTRY_COMPARE(shapesOf("dust"), 3);
        QVERIFY(!named("cell").id.valid());
        m_undo();
        QTRY_VERIFY(named("cell").id.valid());
        QTRY_COMPARE(shapesOf("cell"), 2);
        m_toast.clear();
        choose("cell");
        click<QPushButton>("Delete");
        m->worded<QToolButton>(QStringLiteral("Delete cell"));
        QVERIFY(named("cell").id.valid());
        click<QToolButton>("Delete cell");
        QTRY_COMPARE(m_toast, QStringLiteral("cell deleted: 2 shapes in 1 image."));
        QTRY_COMPARE(shapesOf("dust"), 1);
        QTRY_COMPARE(m->doc().annotations().size(), std::size_t(2));
        m_undo();
        QTRY_COMPARE(shapesOf("cell"), 2);
    }

    void tenThousandClassesStayQuick() {
        open({});
        Json classes = Json::array();
        for (int k = 0; k < 10'000; ++k) classes.push_back({{"name", "class " + std::to_string(k)}});
        QVERIFY(store::importSchema(*m->workspace, {{"lathe_schema", 1}, {"classes", classes}}).has_value());
        m->mode->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m->doc().schema().classes.size(), std::size_t(10'001), 20000);
        openEditor();
        QElapsedTimer watch;
        watch.start();
        typeInto(m->named<QLineEdit>(QStringLiteral("Filter the classes")), QStringLiteral("class 9999"));
        QVERIFY(watch.elapsed() < 2000);
        auto* list = m->named<QListView>(QStringLiteral("Classes of the schema"));
        QCOMPARE(list->model()->rowCount(), 1);
        choose("class 9999");
        QTRY_COMPARE(m->named<QLineEdit>(QStringLiteral("Name of the class"))->text(), QStringLiteral("class 9999"));
    }

    void noClassIsNoProblem() {
        open({});
        QVERIFY(store::deleteClass(*m->workspace, named("plain").id, "ana").has_value());
        m->mode->refresh();
        QTRY_VERIFY(m->doc().schema().classes.empty());
        openEditor();
        auto* list = m->named<QListView>(QStringLiteral("Classes of the schema"));
        QCOMPARE(list->model()->rowCount(), 1);
        const QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QToolButton* plus = nullptr;
        for (auto* button : editor().findChildren<QToolButton*>())
            if (button->accessibleName() == QStringLiteral("Add class")) plus = button;
        QVERIFY(plus);
        QTest::mouseClick(plus, Qt::LeftButton);
        QTRY_COMPARE(schema().classes.size(), std::size_t(1));
        QTRY_COMPARE(m->named<QLineEdit>(QStringLiteral("Name of the class"))->text(), QStringLiteral("New class"));
    }
};

LATHE_GUI_TEST_MAIN(tst_SchemaEditor)
#include "tst_schema_editor.moc"
