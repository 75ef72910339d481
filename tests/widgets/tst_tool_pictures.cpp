// labels: slow
// Every tool at work on a real picture, as the canvas's README shows it. With LATHE_TOOL_PICTURES=FOLDER the pictures are kept.
#include <QRegularExpression>

#include "tests/support/label_page.h"
#include "widgets/canvas/assist_tool.h"
#include "widgets/canvas/tool_scissors.h"
#include "widgets/canvas/tool_superpixels.h"

using namespace lathe;
using namespace lathe::widgets::canvas;

class tst_ToolPictures : public QObject, private test::LabelPage {
    Q_OBJECT
    void picture(const char* name) {
        QVERIFY(QTest::qWaitFor([&] { return view().complete() || view().toolIndex() != 0; }, 5000));
        QTest::qWait(150);
        const QImage all = view().grab().toImage();
        const QImage image = all.scaledToWidth(std::min(480, all.width()), Qt::SmoothTransformation);
        QVERIFY(!image.isNull() && image.pixelColor(0, 0) != image.pixelColor(image.width() / 2, image.height() / 2));
        const QString folder = qEnvironmentVariable("LATHE_TOOL_PICTURES");
        if (!folder.isEmpty()) QVERIFY(image.save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png")));
    }
    void clicks(const std::vector<std::pair<double, double>>& points) {
        for (const auto& [x, y] : points) click(x, y);
    }
    template <class T>
    void holds() {
        QVERIFY(!doc().annotations().empty());
        QVERIFY(std::holds_alternative<T>(doc().annotations().back().shape));
    }

    /// The best answer is there.
    bool answered() {
        const auto* tool = dynamic_cast<AssistTool*>(&view().tool());
        return QTest::qWaitFor([&] { return tool && !tool->asking() && !tool->refining(); }, 60000);
    }

public:
    tst_ToolPictures() : LabelPage({.images = 1, .pictures = LATHE_SOURCE_DIR "/resources/samples/bccd/JPEGImages"}) {}

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(open());
        classKey(cell);
    }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        clear();
    }
    void cleanupTestCase() { close(); }

    void select() {
        add(annot::Box{{120, 120, 120, 110}});
        add(annot::Box{{300, 150, 100, 100}}, dust);
        key(Qt::Key_A, Qt::ControlModifier);
        picture("select");
        QCOMPARE(doc().selection().size(), std::size_t(2));
    }
    void box() {
        key(Qt::Key_R);
        drag(120, 120, 240, 230);
        picture("box");
        holds<annot::Box>();
    }
    void rotatedBox() {
        key(Qt::Key_O);
        clicks({{140, 180}, {230, 130}, {260, 200}});
        picture("rotated-box");
        holds<annot::RotatedBox>();
    }
    void ellipse() {
        key(Qt::Key_E);
        drag(120, 120, 240, 230);
        picture("ellipse");
        holds<annot::Ellipse>();
    }
    void polygon() {
        key(Qt::Key_P);
        clicks({{130, 150}, {180, 120}, {240, 150}, {235, 210}, {170, 230}});
        moveTo(135, 205);
        picture("polygon");
        key(Qt::Key_Return);
        holds<annot::Polygon>();
    }
    void line() {
        key(Qt::Key_L);
        clicks({{100, 100}, {160, 150}, {250, 140}, {330, 220}});
        moveTo(400, 210);
        picture("polyline");
        key(Qt::Key_Return);
        holds<annot::Polyline>();
    }
    void point() {
        key(Qt::Key_I);
        click(180, 170);
        picture("point");
        holds<annot::Dot>();
    }
    void skeleton() {
        annot::Schema schema;
        annot::ClassSchema& known = schema.classes.emplace_back();
        known.id = cell;
        known.skeleton.joints = {{"top", {0.5, 0}}, {"middle", {0.5, 0.5}}, {"left", {0, 1}}, {"right", {1, 1}}};
        known.skeleton.edges = {{0, 1}, {1, 2}, {1, 3}};
        doc().setSchema(schema);
        key(Qt::Key_K);
        clicks({{180, 110}, {185, 170}, {140, 230}, {230, 225}});
        picture("skeleton");
        holds<annot::Keypoints>();
    }
    void brushAndEraser() {
        key(Qt::Key_B);
        for (int i = 0; i < 5; ++i) key(Qt::Key_BracketRight);
        drag(140, 150, 230, 160);
        drag(230, 160, 170, 220);
        picture("brush");
        holds<annot::Mask>();
        key(Qt::Key_X);
        drag(180, 140, 200, 220);
        picture("eraser");
    }
    void vertices() {
        annot::Polygon ring{{{}}};
        for (int i = 0; i < 60; ++i) ring.rings[0].push_back({200 + 90 * std::cos(i * 0.10472), 180 + 80 * std::sin(i * 0.10472)});
        doc().select({add(ring)});
        key(Qt::Key_G);
        QTest::mousePress(&view(), Qt::LeftButton, {}, at(220, 90));
        moveTo(320, 180);
        picture("vertices");
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(320, 180));
        QVERIFY(std::get<annot::Polygon>(doc().annotations()[0].shape).rings[0].size() < 55);
    }
    void cut() {
        doc().select({add(annot::Box{{120, 120, 140, 110}})});
        key(Qt::Key_X, Qt::ShiftModifier);
        click(100, 150);
        click(200, 190);
        moveTo(290, 160);
        picture("cut");
        click(290, 160);
        key(Qt::Key_Return);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
    }
    void ruler() {
        key(Qt::Key_J);
        QTest::mousePress(&view(), Qt::LeftButton, {}, at(270, 190));
        moveWith(480, 360, {});
        picture("ruler");
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(480, 360));
    }
    // The assistants on the white cell.
    void wand() {
        key(Qt::Key_W);
        drag(450, 258, 460, 258);
        QVERIFY(answered());
        picture("wand");
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }
    void scissors() {
        key(Qt::Key_C);
        for (const auto& [x, y] : {std::pair{330., 190.}, {470., 230.}, {460., 350.}}) {
            click(x, y);
            QTRY_VERIFY(dynamic_cast<ScissorsTool&>(view().tool()).knowsTheWay());
        }
        moveTo(340, 340);
        picture("scissors");
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }
    void grabCut() {
        key(Qt::Key_D);
        drag(255, 172, 494, 379);
        QVERIFY(answered());
        picture("grabcut");
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }
    void extremes() {
        key(Qt::Key_M);
        clicks({{261, 275}, {374, 178}, {488, 275}, {374, 373}});
        QVERIFY(answered());
        picture("extremes");
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }
    void superpixels() {
        key(Qt::Key_U);
        view().update();
        QTRY_VERIFY_WITH_TIMEOUT(dynamic_cast<SuperpixelsTool&>(view().tool()).ready(), 30000);
        drag(400, 240, 460, 300);
        QVERIFY(answered());
        picture("superpixels");
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }
};

QTEST_MAIN(tst_ToolPictures)
#include "tst_tool_pictures.moc"
