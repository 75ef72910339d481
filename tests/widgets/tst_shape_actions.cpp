// What is done with selected shapes, with real keys and mouse in the Label mode on a real workspace: each is one step of undo.
#include <QApplication>
#include <QMenu>
#include <QRegularExpression>
#include <QtTest>
#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <random>

#include "core/annot/area_ops.h"
#include "core/annot/convert.h"
#include "core/data/import.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/shape_actions.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;

namespace {

constexpr Qt::KeyboardModifiers kBoth = Qt::ControlModifier | Qt::AltModifier;

std::shared_ptr<store::Workspace> makeWorkspace(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "set" / "plain");
    cv::imwrite((folder / "set" / "plain" / "p.png").string(), cv::Mat(300, 400, CV_8UC3, cv::Scalar(90, 140, 180)));
    auto workspace = store::Workspace::create(folder / "w.lathe");
    if (!workspace || !data::importInto(**workspace, folder / "set", {}, {}, {})) return nullptr;
    return *workspace;
}

annot::Polygon wavyRing(int corners) {
    annot::Polygon out{{{}}};
    for (int k = 0; k < corners; ++k) {
        const double t = 2 * std::numbers::pi * k / corners, r = 80 + 3 * std::sin(40 * t);
        out.rings[0].push_back({150 + r * std::cos(t), 150 + r * std::sin(t)});
    }
    return out;
}

std::size_t corners(const annot::Annotation& a) {
    return std::get<annot::Polygon>(a.shape).rings[0].size();
}

}  // namespace

class tst_ShapeActions : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<LabelMode> m_mode;
    ClassId m_cell;

    View& view() { return m_mode->view(); }
    Document& doc() { return m_mode->document(); }
    const annot::Annotations& all() { return doc().annotations(); }
    QPoint at(double x, double y) { return view().viewport().toDevice(annot::Point{x, y}).toPoint(); }
    void key(int k, Qt::KeyboardModifiers keys = {}) {
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key(k), keys);
    }
    void click(double x, double y) {
        QTest::mouseMove(&view(), at(x, y));
        QTest::mouseClick(&view(), Qt::LeftButton, {}, at(x, y));
    }
    void drag(double x0, double y0, double x1, double y1) {
        QTest::mouseMove(&view(), at(x0, y0));
        QTest::mousePress(&view(), Qt::LeftButton, {}, at(x0, y0));
        for (int i = 1; i <= 4; ++i) QTest::mouseMove(&view(), at(x0 + (x1 - x0) * i / 4, y0 + (y1 - y0) * i / 4));
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(x1, y1));
    }
    void put(std::vector<annot::Shape> shapes) {
        std::vector<annot::Annotation> made;
        for (auto& shape : shapes) made.push_back(doc().make(m_cell, std::move(shape)));
        doc().add("Put", made);
        key(Qt::Key_V);
        key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(doc().selection().size(), made.size());
    }
    void undoGives(const annot::Annotations& before) {
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().allSaved());
        QCOMPARE(all(), before);
    }
    annot::Annotations onDisk() {
        doc().flush();
        return m_workspace->annotations(doc().image().id).value_or(annot::Annotations{});
    }
    QString noteText() {
        for (auto* note : m_mode->findChildren<common::Note*>())
            if (note->isVisible())
                for (auto* label : note->findChildren<QLabel*>())
                    if (!label->text().isEmpty()) return label->text();
        return {};
    }
    void backOnTheCanvas() {
        QTRY_VERIFY(!popup());
        m_mode->activateWindow();
        view().setFocus();
        QTRY_VERIFY(view().hasFocus());
    }
    ShapePopup* popup() { return qobject_cast<ShapePopup*>(QApplication::activePopupWidget()); }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_workspace = makeWorkspace(m_dir.path().toStdString());
        QVERIFY(m_workspace);
        m_cell = *m_workspace->addClass("cell");
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
        m_mode = std::make_unique<LabelMode>(m_services);
        m_mode->resize(1300, 850);
        m_mode->setWorkspace(m_workspace);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_mode->activateWindow();
        m_mode->enter({});
        QTRY_VERIFY(doc().isOpen());
        view().setFocus();
        QTRY_VERIFY(view().hasFocus());
    }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        if (QWidget* left = QApplication::activePopupWidget()) left->close();
        backOnTheCanvas();
        std::vector<AnnotationId> ids;
        for (const auto& a : all()) ids.push_back(a.id);
        doc().commit("Clear", annot::removalOf(all(), ids));
        QVERIFY(all().empty());
        key(Qt::Key_V);
    }
    void cleanupTestCase() { m_mode.reset(); }

    void unitesSubtractsIntersects() {
        put({annot::Box{{50, 50, 100, 100}}, annot::Box{{100, 100, 100, 100}}});
        const annot::Annotations before = all();
        key(Qt::Key_U, kBoth);
        QCOMPARE(all().size(), std::size_t(1));
        QCOMPARE(all()[0].id, before[0].id);
        QCOMPARE(annot::area(all()[0].shape), 17500.0);
        QCOMPARE(onDisk(), all());
        undoGives(before);
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_S, kBoth);
        QCOMPARE(all().size(), std::size_t(2));
        QCOMPARE(annot::area(all()[0].shape), 7500.0);
        QCOMPARE(all()[1], before[1]);
        undoGives(before);
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_N, kBoth);
        QCOMPARE(all().size(), std::size_t(1));
        QCOMPARE(annot::area(all()[0].shape), 2500.0);
        undoGives(before);
    }

    void whatCantBeDoneIsSaid() {
        put({annot::Box{{50, 50, 20, 20}}, annot::Box{{150, 150, 20, 20}}});
        const annot::Annotations before = all();
        key(Qt::Key_N, kBoth);
        QCOMPARE(all(), before);
        QVERIFY2(noteText().contains(QStringLiteral("nothing of the shape would be left")), qPrintable(noteText()));
        key(Qt::Key_U, kBoth);
        QVERIFY(noteText().isEmpty());
        QCOMPARE(all().size(), std::size_t(1));
        key(Qt::Key_P, kBoth);
        QCOMPARE(all().size(), std::size_t(2));
        QCOMPARE(all()[0].id, before[0].id);
        QVERIFY(all()[1].classId == m_cell && all()[1].author == "ana");
        QCOMPARE(doc().selection().size(), std::size_t(2));
    }

    void cutsByADragAndByClicks() {
        put({annot::Box{{50, 50, 100, 100}}});
        const annot::Annotations before = all();
        key(Qt::Key_X, Qt::ShiftModifier);
        drag(30, 100, 180, 100);
        QCOMPARE(all().size(), std::size_t(2));
        QVERIFY(std::abs(annot::area(all()[0].shape) + annot::area(all()[1].shape) - 10000) < 2);
        QCOMPARE(all()[0].id, before[0].id);
        undoGives(before);
        doc().select({});
        click(100, 30);
        click(100, 80);
        click(30, 80);
        key(Qt::Key_Backspace);
        click(180, 80);
        key(Qt::Key_Return);
        QCOMPARE(all().size(), std::size_t(2));
        QVERIFY(std::abs(annot::area(all()[1].shape) - 1500) < 20);
        undoGives(before);
        drag(200, 200, 250, 220);
        QCOMPARE(all(), before);
        QVERIFY2(noteText().contains(QStringLiteral("doesn't go right through")), qPrintable(noteText()));
        QTest::mouseClick(&view(), Qt::LeftButton, {}, at(100, 30));
        key(Qt::Key_Escape);
        QCOMPARE(all(), before);
    }

    void convertsToEveryKind() {
        put({annot::Ellipse{{150, 150}, 60, 30, 0.4}});
        const double area = annot::area(all()[0].shape);
        key(Qt::Key_4, kBoth);
        QVERIFY(std::holds_alternative<annot::Polygon>(all()[0].shape));
        QVERIFY(std::abs(annot::area(all()[0].shape) / area - 1) < 0.01);
        key(Qt::Key_5, kBoth);
        QVERIFY(std::holds_alternative<annot::Mask>(all()[0].shape));
        QCOMPARE(std::get<annot::Mask>(all()[0].shape).width, 400u);
        key(Qt::Key_3, kBoth);
        const auto back = std::get<annot::Ellipse>(all()[0].shape);
        QVERIFY(std::abs(back.rx - 60) < 0.5 && std::abs(back.ry - 30) < 0.5);
        key(Qt::Key_2, kBoth);
        QVERIFY(std::holds_alternative<annot::RotatedBox>(all()[0].shape));
        key(Qt::Key_7, kBoth);
        QVERIFY(std::holds_alternative<annot::Dot>(all()[0].shape));
        key(Qt::Key_4, kBoth);  // a point can't become a polygon: the action is off
        QVERIFY(std::holds_alternative<annot::Dot>(all()[0].shape));
        QCOMPARE(onDisk(), all());
    }

    void simplifiesWithASliderAndAGhost() {
        put({wavyRing(800)});
        const annot::Annotations before = all();
        key(Qt::Key_Y, kBoth);
        QTRY_VERIFY(popup());
        auto* slider = popup()->findChild<QSlider*>();
        QVERIFY(slider && !slider->accessibleName().isEmpty());
        QVERIFY(view().findChild<GhostLayer*>());
        const double first = popup()->value();
        for (int k = 0; k < 10; ++k) QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(popup()->value() > first);
        QTest::qWait(60);
        QCOMPARE(all(), before);
        QTest::keyClick(popup(), Qt::Key_Escape);
        QTRY_VERIFY(!view().findChild<GhostLayer*>());
        backOnTheCanvas();
        QCOMPARE(all(), before);
        key(Qt::Key_Y, kBoth);
        QTRY_VERIFY(popup());
        popup()->findChild<QDoubleSpinBox*>()->setValue(8);
        QTest::keyClick(popup(), Qt::Key_Return);
        backOnTheCanvas();
        QVERIFY(corners(all()[0]) >= 3 && corners(all()[0]) < 60);
        QCOMPARE(onDisk(), all());
        undoGives(before);
    }

    void growsFillsDropsSmooths() {
        std::vector<annot::Shape> hole{annot::Box{{80, 80, 10, 10}}};
        std::vector<annot::Shape> whole{annot::subtracted(annot::Box{{50, 50, 100, 100}}, hole).value(),
                                        annot::Box{{200, 200, 3, 3}}};
        put({annot::united(whole).value()});
        const annot::Annotations before = all();
        answer(Qt::Key_F, 1e6);
        QCOMPARE(annot::area(all()[0].shape), 10009.0);
        answer(Qt::Key_X, 20);
        QCOMPARE(annot::area(all()[0].shape), 10000.0);
        answer(Qt::Key_G, -10);
        QVERIFY(std::abs(annot::area(all()[0].shape) - 6400) < 1);
        answer(Qt::Key_M, 2);
        QVERIFY(annot::area(all()[0].shape) < 6400 && annot::area(all()[0].shape) > 5300);
        for (int k = 0; k < 4; ++k) key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().allSaved());
        QCOMPARE(all(), before);
    }

    void keepsInsideAndAligns() {
        put({annot::Box{{-20.4, 10.3, 60.2, 40.1}}, annot::Dot{{3.4, 3.6}}});
        key(Qt::Key_J, kBoth);
        QTRY_COMPARE(annot::bounds(all()[0].shape).x, 0.0);
        QCOMPARE(doc().selection().size(), std::size_t(2));
        key(Qt::Key_A, kBoth);
        QTRY_COMPARE(all()[0].shape, annot::Shape(annot::Box{{0, 10, 40, 40}}));
        QCOMPARE(all()[1].shape, annot::Shape(annot::Dot{{3, 4}}));
    }

    void changesTheDrawingOrder() {
        put({annot::Box{{10, 10, 20, 20}}, annot::Box{{40, 10, 20, 20}}, annot::Box{{70, 10, 20, 20}},
             annot::Box{{99, 10, 20, 20}}});
        const annot::Annotations before = all();
        doc().select({before[0].id, before[1].id});
        key(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(order(before), (std::vector<int>{2, 3, 0, 1}));
        key(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(order(before), (std::vector<int>{2, 0, 1, 3}));
        key(Qt::Key_PageUp, Qt::ControlModifier);
        QCOMPARE(order(before), (std::vector<int>{2, 3, 0, 1}));
        key(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(order(before), (std::vector<int>{0, 1, 2, 3}));
        QCOMPARE(onDisk(), before);
        for (int k = 0; k < 4; ++k) {
            key(Qt::Key_Z, Qt::ControlModifier);
            QTRY_VERIFY(doc().allSaved());
        }
        QCOMPARE(all(), before);
    }

    void movesKeepTheOthersInOrder() {
        std::mt19937 random(3);
        for (int round = 0; round < 400; ++round) {
            const int count = 1 + int(random() % 12);
            std::vector<int> positions, shapes, others;
            for (int k = 0; k < count; ++k) {
                shapes.push_back(k);
                (random() % 2 ? positions : others).push_back(k);
            }
            for (const Order way : {Order::Front, Order::Forward, Order::Backward, Order::Back}) {
                std::vector<int> moved = shapes;
                for (const Move& m : moves(positions, count, way)) {
                    QCOMPARE(moved[std::size_t(m.from)], positions[m.which]);
                    moved.erase(moved.begin() + m.from);
                    moved.insert(moved.begin() + m.to, positions[m.which]);
                }
                for (const auto& part : {positions, others}) {
                    std::vector<int> kept;
                    for (const int k : moved)
                        if (std::ranges::count(part, k)) kept.push_back(k);
                    QCOMPARE(kept, part);
                }
                if (way == Order::Front) QVERIFY(std::equal(positions.rbegin(), positions.rend(), moved.rbegin()));
                if (way == Order::Back) QVERIFY(std::equal(positions.begin(), positions.end(), moved.begin()));
            }
        }
    }

    void groupsAndLeavesLockedOnesAlone() {
        put({annot::Box{{10, 10, 20, 20}}, annot::Box{{40, 10, 20, 20}}, annot::Box{{70, 10, 20, 20}}});
        auto locked = all()[2];
        locked.flags |= annot::Locked;
        doc().replace("Lock", {locked});
        std::vector<AnnotationId> ids;
        for (const auto& a : all()) ids.push_back(a.id);
        doc().select(ids);
        key(Qt::Key_G, Qt::ControlModifier);
        QVERIFY(all()[0].group > 0 && all()[0].group == all()[1].group && all()[2].group == 0);
        key(Qt::Key_4, kBoth);
        QVERIFY(std::holds_alternative<annot::Polygon>(all()[0].shape) && all()[2] == locked);
        doc().select(ids);
        key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(all()[0].group == 0 && all()[1].group == 0);
    }

    void theMenuHoldsThem() {
        put({annot::Box{{50, 50, 100, 100}}});
        QStringList words;
        bool enabled = true;
        QTimer::singleShot(50, this, [&] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            for (QAction* action : menu->actions())
                if (action->menu() && action->text() == QStringLiteral("Shape"))
                    for (QAction* sub : action->menu()->actions()) {
                        words << sub->text();
                        if (sub->text() == QStringLiteral("Unite")) enabled = sub->isEnabled();
                    }
            menu->close();
        });
        QContextMenuEvent event(QContextMenuEvent::Keyboard, at(100, 100), view().mapToGlobal(at(100, 100)));
        QApplication::sendEvent(&view(), &event);
        for (const char* word : {"Unite", "Simplify…", "Convert", "Bring to front", "Group"})
            QVERIFY2(words.contains(QString::fromUtf8(word)), word);
        QVERIFY(!enabled);
    }

    void largeOnesAreChangedByAJob() {
        annot::Polygon large = wavyRing(200'000);
        put({large, annot::Box{{10, 10, 30, 30}}});
        key(Qt::Key_U, kBoth);
        QTRY_COMPARE_WITH_TIMEOUT(all().size(), std::size_t(1), 20'000);
        QVERIFY(corners(all()[0]) > 1000);
    }

private:
    void answer(int k, double value) {
        key(Qt::Key_A, Qt::ControlModifier);
        key(k, kBoth);
        QTRY_VERIFY(popup());
        popup()->findChild<QDoubleSpinBox*>()->setValue(value);
        QTest::keyClick(popup(), Qt::Key_Return);
        backOnTheCanvas();
    }
    std::vector<int> order(const annot::Annotations& before) {
        std::vector<int> out;
        for (const auto& a : all())
            for (std::size_t k = 0; k < before.size(); ++k)
                if (before[k].id == a.id) out.push_back(int(k));
        return out;
    }
};

QTEST_MAIN(tst_ShapeActions)
#include "tst_shape_actions.moc"
