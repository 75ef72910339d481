// Labelling with real mouse and keys in the Label mode on a real workspace: what is drawn is in the journal, and undo finds it
// there after the workspace was opened again.
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QRegularExpression>
#include <QtTest>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/data/import.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/objects_panel.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;

namespace {

constexpr int kImages = 4;

std::shared_ptr<store::Workspace> makeWorkspace(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "set" / "plain");
    for (int i = 0; i < kImages; ++i) {
        cv::Mat picture(300, 400, CV_8UC3, cv::Scalar(90 + i, 140, 180));
        cv::circle(picture, {120 + i * 9, 150}, 40, cv::Scalar(60, 20, 160), -1);
        cv::imwrite((folder / "set" / "plain" / ("p" + std::to_string(i) + ".png")).string(), picture);
    }
    auto workspace = store::Workspace::create(folder / "w.lathe");
    if (!workspace) return nullptr;
    const auto report = data::importInto(**workspace, folder / "set", {}, {}, {});
    if (!report || (*workspace)->imageCount().value_or(0) != kImages) return nullptr;
    for (const char* name : {"cell", "dust", "scratch"})
        if (!(*workspace)->addClass(name)) return nullptr;
    return *workspace;
}

const annot::Rect& boxOf(const annot::Annotation& a) {
    return std::get<annot::Box>(a.shape).rect;
}

}  // namespace

class tst_CanvasTools : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<LabelMode> m_mode;
    ClassId m_cell, m_dust;

    View& view() { return m_mode->view(); }
    Document& doc() { return m_mode->document(); }
    QPoint at(double x, double y) { return view().viewport().toDevice(annot::Point{x, y}).toPoint(); }
    void click(double x, double y, Qt::KeyboardModifiers keys = {}) { QTest::mouseClick(&view(), Qt::LeftButton, keys, at(x, y)); }
    void drag(double x0, double y0, double x1, double y1, Qt::KeyboardModifiers keys = {}) {
        QTest::mouseMove(&view(), at(x0, y0));
        QTest::mousePress(&view(), Qt::LeftButton, keys, at(x0, y0));
        for (int i = 1; i <= 4; ++i) QTest::mouseMove(&view(), at(x0 + (x1 - x0) * i / 4, y0 + (y1 - y0) * i / 4));
        QTest::mouseRelease(&view(), Qt::LeftButton, keys, at(x1, y1));
    }
    void key(int k, Qt::KeyboardModifiers keys = {}) {
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key(k), keys);
    }
    void openMode() {
        m_mode = std::make_unique<LabelMode>(m_services);
        m_mode->resize(1300, 850);
        m_mode->setWorkspace(m_workspace);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_mode->activateWindow();
        m_mode->enter({});
        QTRY_VERIFY(doc().isOpen());
        QTRY_COMPARE(m_mode->images().rowCount(), kImages);
        view().setFocus();
        QTRY_VERIFY(view().hasFocus());
    }
    annot::Annotations onDisk() {
        doc().flush();
        return m_workspace->annotations(doc().image().id).value_or(annot::Annotations{});
    }
    void clear() {
        std::vector<AnnotationId> ids;
        for (const auto& a : doc().annotations()) ids.push_back(a.id);
        doc().remove("Clear", ids);
        key(Qt::Key_V);
    }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_workspace = makeWorkspace(m_dir.path().toStdString());
        QVERIFY(m_workspace);
        m_cell = *m_workspace->addClass("cell");
        m_dust = *m_workspace->addClass("dust");
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
        openMode();
    }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        clear();
    }
    void cleanupTestCase() { m_mode.reset(); }

    void drawsABox() {
        key(Qt::Key_R);
        key(Qt::Key_1);
        drag(50, 60, 150, 180);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        const auto a = doc().annotations().front();
        QCOMPARE(a.classId, m_mode->view().activeClass().value_or(ClassId()));
        QVERIFY(std::abs(boxOf(a).x - 50) < 1 && std::abs(boxOf(a).y - 60) < 1 && std::abs(boxOf(a).w - 100) < 1 &&
                std::abs(boxOf(a).h - 120) < 1);
        QCOMPARE(a.author, std::string("ana"));
        QCOMPARE(onDisk(), doc().annotations());
        QVERIFY(doc().isSelected(a.id));
    }

    void drawsByTwoClicksAndKeepsInside() {
        key(Qt::Key_R);
        click(300, 200);
        QTest::mouseMove(&view(), at(380, 260));
        QTest::mouseMove(&view(), at(420, 320));
        click(420, 320);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        const annot::Rect r = boxOf(doc().annotations().front());
        QVERIFY(std::abs(r.x + r.w - 400) < 1e-6 && std::abs(r.y + r.h - 300) < 1e-6);
    }

    void escapeDropsWhatIsUnderWay() {
        key(Qt::Key_R);
        QTest::mousePress(&view(), Qt::LeftButton, {}, at(20, 20));
        QTest::mouseMove(&view(), at(60, 60));
        key(Qt::Key_Escape);
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(60, 60));
        QVERIFY(doc().annotations().empty());
    }

    void drawsAPolygon() {
        key(Qt::Key_P);
        for (const auto& [x, y] : {std::pair{50., 50.}, {150., 60.}, {160., 160.}, {200., 250.}}) {
            QTest::mouseMove(&view(), at(x, y));
            click(x, y);
        }
        key(Qt::Key_Backspace);
        QTest::mouseMove(&view(), at(60, 150));
        click(60, 150);
        key(Qt::Key_Return);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(std::get<annot::Polygon>(doc().annotations().front().shape).rings.at(0).size(), std::size_t(4));
        QCOMPARE(onDisk(), doc().annotations());
    }

    void movesVerticesInsertsAndDeletesThem() {
        doc().add("Draw", {doc().make(m_cell, annot::Polygon{{{{100, 100}, {200, 100}, {200, 200}, {100, 200}}}})});
        key(Qt::Key_V);
        click(150, 150);
        QCOMPARE(doc().selection().size(), std::size_t(1));
        drag(200, 100, 240, 80);
        auto ring = [&] { return std::get<annot::Polygon>(doc().annotations().front().shape).rings.at(0); };
        QVERIFY(std::abs(ring()[1].x - 240) < 1 && std::abs(ring()[1].y - 80) < 1);
        QTest::mouseDClick(&view(), Qt::LeftButton, {}, at(150, 200));
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(150, 200));
        QCOMPARE(ring().size(), std::size_t(5));
        click(150, 200, Qt::AltModifier);
        QCOMPARE(ring().size(), std::size_t(4));
        click(240, 80);
        key(Qt::Key_Delete);
        QCOMPARE(ring().size(), std::size_t(3));
        QCOMPARE(onDisk(), doc().annotations());
    }

    void movesResizesNudgesDeletes() {
        doc().add("Draw", {doc().make(m_cell, annot::Box{{100, 100, 80, 60}})});
        drag(140, 130, 190, 150);
        QVERIFY(std::abs(boxOf(doc().annotations()[0]).x - 150) < 1 && std::abs(boxOf(doc().annotations()[0]).y - 120) < 1);
        const annot::Rect before = boxOf(doc().annotations()[0]);
        drag(before.x + before.w, before.y + before.h, before.x + before.w + 40, before.y + before.h + 30);
        QVERIFY(std::abs(boxOf(doc().annotations()[0]).w - before.w - 40) < 1 &&
                std::abs(boxOf(doc().annotations()[0]).h - before.h - 30) < 1);
        const double x = boxOf(doc().annotations()[0]).x;
        for (int i = 0; i < 3; ++i) key(Qt::Key_Right);
        key(Qt::Key_Right, Qt::ShiftModifier);
        view().settle();
        QCOMPARE(boxOf(doc().annotations()[0]).x, x + 13);
        QCOMPARE(onDisk(), doc().annotations());
        key(Qt::Key_Delete);
        QVERIFY(doc().annotations().empty());
        QVERIFY(onDisk().empty());
    }

    void clicksGoDeeper() {
        doc().add("Draw", {doc().make(m_cell, annot::Box{{50, 50, 200, 200}}), doc().make(m_dust, annot::Box{{100, 100, 60, 60}})});
        const AnnotationId large = doc().annotations()[0].id, small = doc().annotations()[1].id;
        click(130, 130);
        QVERIFY(doc().isSelected(small));
        click(130, 130);
        QVERIFY(doc().isSelected(large) && !doc().isSelected(small));
        click(130, 130);
        QVERIFY(doc().isSelected(small));
        click(70, 70, Qt::ShiftModifier);
        QCOMPARE(doc().selection().size(), std::size_t(2));
        click(350, 280);
        QVERIFY(doc().selection().empty());
        drag(40, 40, 300, 280);
        QCOMPARE(doc().selection().size(), std::size_t(2));
    }

    void classesByDigitsAndImageLabels() {
        doc().add("Draw", {doc().make(m_cell, annot::Box{{100, 100, 60, 60}})});
        click(130, 130);
        key(Qt::Key_2);
        QCOMPARE(doc().annotations()[0].classId, m_mode->findChild<ClassModel*>()->classes()[1].id);
        key(Qt::Key_3, Qt::ShiftModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
        QCOMPARE(doc().annotations()[1].shape.index(), std::size_t(0));
        key(Qt::Key_3, Qt::ShiftModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
    }

    void duplicateAndPasteOnAnotherImage() {
        doc().add("Draw", {doc().make(m_cell, annot::Box{{100, 100, 60, 60}})});
        click(130, 130);
        key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
        key(Qt::Key_C, Qt::ControlModifier);
        const ImageId first = doc().image().id;
        key(Qt::Key_Period);
        QTRY_VERIFY(doc().isOpen() && doc().image().id != first);
        clear();
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(boxOf(doc().annotations()[0]).x, 110.0);
        clear();
        key(Qt::Key_Comma);
        QTRY_COMPARE(doc().image().id, first);
    }

    void undoIsInOrderWithEdits() {
        key(Qt::Key_R);
        drag(50, 60, 150, 180);
        drag(200, 60, 300, 180);
        key(Qt::Key_Z, Qt::ControlModifier);
        key(Qt::Key_Z, Qt::ControlModifier);
        drag(20, 200, 90, 280);
        QTRY_VERIFY(doc().allSaved());
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(std::abs(boxOf(doc().annotations()[0]).x - 20) < 1);
        QCOMPARE(onDisk(), doc().annotations());
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().allSaved() && doc().annotations().empty());
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }

    void anotherWritersChangesAppear() {
        annot::AnnotationEdit edit;
        edit.image = doc().image().id;
        edit.author = "bo";
        edit.label = "Draw box";
        annot::Annotation a;
        a.id = *m_workspace->nextAnnotationId(edit.image);
        a.classId = m_dust;
        a.author = "bo";
        a.shape = annot::Box{{10, 10, 20, 20}};
        edit.changes.push_back({std::nullopt, a, -1, -1});
        QTRY_VERIFY(doc().allSaved());
        QVERIFY(m_workspace->commit(edit));
        m_mode->refresh();
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(doc().annotations()[0].author, std::string("bo"));
    }

    void objectsListFollows() {
        auto* panel = m_mode->findChild<ObjectsPanel*>();
        auto* list = panel->findChild<QListView*>();
        const QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        doc().add("Draw", {doc().make(m_cell, annot::Box{{50, 50, 60, 60}}), doc().make(m_dust, annot::Box{{200, 100, 60, 60}})});
        QCOMPARE(list->model()->rowCount(), 2);
        click(220, 120);
        QCOMPARE(list->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(list->selectionModel()->selectedRows()[0].row(), 0);
        list->selectionModel()->select(list->model()->index(1, 0), QItemSelectionModel::ClearAndSelect);
        QVERIFY(doc().isSelected(doc().annotations()[0].id));
        doc().remove("Delete", doc().selection());
        QCOMPARE(list->model()->rowCount(), 1);
    }

    void isInTheAccessibilityTree() {
        doc().add("Draw", {doc().make(m_cell, annot::Box{{50, 50, 60, 60}}), doc().make(m_dust, annot::Box{{200, 100, 60, 60}})});
        auto* tree = QAccessible::queryAccessibleInterface(&view());
        QVERIFY(tree);
        QCOMPARE(tree->role(), QAccessible::Canvas);
        QVERIFY(!tree->text(QAccessible::Name).isEmpty());
        QVERIFY2(tree->text(QAccessible::Description).startsWith(QStringLiteral("2 shape")),
                 qPrintable(tree->text(QAccessible::Description)));
        QVERIFY(tree->childCount() >= 2);  // the shapes, then what lies on the canvas
        QVERIFY(tree->child(1)->text(QAccessible::Name).startsWith(QStringLiteral("dust")));
        const QPoint middle = tree->child(0)->rect().center();
        QCOMPARE(tree->indexOfChild(tree->childAt(middle.x(), middle.y())), 0);
    }

    void zoomsAtThePointer() {
        const QPoint p = at(100, 100);
        const double before = view().zoom();
        QWheelEvent wheel(p, view().mapToGlobal(p), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view(), &wheel);
        QVERIFY(view().zoom() > before * 1.3);
        QVERIFY((at(100, 100) - p).manhattanLength() <= 2);
        QTRY_VERIFY(view().complete());
        key(Qt::Key_F);
        QCOMPARE(view().zoom(), view().fitScale());
    }

    void spacePansOrIsDone() {
        const auto before = view().viewport();
        view().setFocus();
        QTest::keyPress(&view(), Qt::Key_Space);
        drag(100, 100, 140, 130);
        QTest::keyRelease(&view(), Qt::Key_Space);
        QVERIFY(view().viewport().ox != before.ox);
        const ImageId first = doc().image().id;
        QTest::keyClick(&view(), Qt::Key_Space);
        QTRY_VERIFY(doc().image().id != first);
        QTRY_VERIFY(m_mode->allSaved());
        QCOMPARE((*m_workspace->image(first))->state, std::string("done"));
        QVERIFY(m_mode->images().finishedCount() >= 1);
        m_mode->enter({{QStringLiteral("image"), qlonglong(first.value)}});
        QTRY_COMPARE(doc().image().id, first);
    }

    void everythingHasAName() {
        for (auto* button : m_mode->findChildren<QAbstractButton*>())
            if (button->isVisibleTo(m_mode.get()))
                QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(), button->metaObject()->className());
        for (auto* list : m_mode->findChildren<QAbstractItemView*>())
            if (list->isVisibleTo(m_mode.get())) QVERIFY(!list->accessibleName().isEmpty());
    }

    void undoWorksAfterOpeningAgain() {
        key(Qt::Key_R);
        drag(50, 60, 150, 180);
        key(Qt::Key_V);
        drag(100, 100, 130, 120);
        const ImageId image = doc().image().id;
        const auto drawn = doc().annotations();
        doc().flush();
        m_mode.reset();
        m_workspace.reset();
        const auto opened = store::Workspace::open(m_dir.path().toStdString() + "/w.lathe");
        QVERIFY(opened);
        m_workspace = *opened;
        openMode();
        m_mode->enter({{QStringLiteral("image"), qlonglong(image.value)}});
        QTRY_COMPARE(doc().image().id, image);
        QCOMPARE(doc().annotations(), drawn);
        QTRY_VERIFY(doc().canUndo());
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(std::abs(boxOf(doc().annotations()[0]).x - 50) < 1);
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().annotations().empty());
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }
};

QTEST_MAIN(tst_CanvasTools)
#include "tst_canvas_tools.moc"
