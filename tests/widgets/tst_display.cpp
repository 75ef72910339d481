// How a picture is shown: window, gamma, equalisation, channels, depth; and the helps for seeing, with real mouse and keys.
#include <QComboBox>
#include <QSettings>
#include <QSlider>
#include <QtTest>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/data/import.h"
#include "widgets/canvas/display_popup.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/magnifier.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/seeing.h"
#include "widgets/canvas/tile_painter.h"
#include "widgets/canvas/tool_ruler.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;

using Shown = canvas::Display;  // X11 has a global Display

namespace {

std::shared_ptr<const Pyramid> pyramidOf(cv::Mat mat) {
    const int w = mat.cols, h = mat.rows;
    return std::make_shared<const Pyramid>(std::make_shared<const cv::Mat>(std::move(mat)), w, h);
}

/// Columns with values from `low` on, one more each; rows alike.
template <class Value>
cv::Mat ramp(int type, double low, double step) {
    cv::Mat mat(64, 256, type);
    for (int y = 0; y < mat.rows; ++y)
        for (int x = 0; x < mat.cols; ++x) mat.at<Value>(y, x) = Value(low + step * x);
    return mat;
}

QImage shown(const std::shared_ptr<const Pyramid>& from, const Shown& display, double scale = 1, QSize size = {256, 64},
             QPoint at = {}) {
    QImage tile(size, QImage::Format_RGB32);
    const ToneMap tone(display, from);
    from->paint(tile, scale, at.x(), at.y(), &tone);
    return tile;
}

int grey(const QImage& image, int x, int y = 10) {
    return qGreen(image.pixel(x, y));
}

cv::Mat scenery(int width, int height) {
    cv::Mat mat(height, width, CV_8UC3, cv::Scalar(40, 60, 50));
    for (int i = 0; i < 40; ++i)
        cv::circle(mat, {i * 97 % width, i * 61 % height}, 20 + i % 30, cv::Scalar(i * 5, 30 + i * 3, 90 - i), -1);
    return mat;
}

}  // namespace

class tst_Display : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<LabelMode> m_mode;

    View& view() { return m_mode->view(); }
    Document& doc() { return m_mode->document(); }
    void key(int k, Qt::KeyboardModifiers keys = {}) {
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key(k), keys);
    }
    QAction* action(const char* id) {
        for (QAction* a : m_mode->modeActions())
            if (a->objectName() == QLatin1String("label.") + QLatin1String(id)) return a;
        return nullptr;
    }
    void openMode() {
        m_mode = std::make_unique<LabelMode>(m_services);
        m_mode->resize(1200, 800);
        m_mode->setWorkspace(m_workspace);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_mode->activateWindow();
        m_mode->enter({});
        QTRY_VERIFY(doc().isOpen());
        QTRY_COMPARE(m_mode->images().rowCount(), 2);
    }
    void openImage(const char* name) {
        for (int row = 0; row < 2; ++row)
            if (const auto image = m_workspace->image(m_mode->images().idAt(row));
                image && *image && (*image)->name.ends_with(name))
                m_mode->enter({{QStringLiteral("image"), qlonglong((*image)->id.value)}});
        QTRY_VERIFY(QString::fromStdString(doc().image().name).endsWith(QLatin1String(name)));
        QTRY_VERIFY(view().complete());
    }

private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("lathe"));
        QCoreApplication::setApplicationName(QStringLiteral("lathe-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir.path());
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        const std::filesystem::path folder = m_dir.path().toStdString();
        std::filesystem::create_directories(folder / "set");
        QVERIFY(cv::imwrite((folder / "set" / "colour.png").string(), scenery(800, 600)));
        cv::Mat deep(600, 800, CV_16UC1);
        for (int y = 0; y < 600; ++y)
            for (int x = 0; x < 800; ++x) deep.at<ushort>(y, x) = ushort(1000 + 2 * x);
        QVERIFY(cv::imwrite((folder / "set" / "deep.png").string(), deep));
        m_workspace = store::Workspace::create(folder / "w.lathe").value_or(nullptr);
        QVERIFY(m_workspace);
        QVERIFY(data::importInto(*m_workspace, folder / "set", {}, {}, {}));
        QVERIFY(m_workspace->addClass("cell"));
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
        openMode();
    }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
    }
    void cleanupTestCase() { m_mode.reset(); }

    void plainIsTheFileItself() {
        const cv::Mat mat = scenery(256, 64);
        const QImage image = shown(pyramidOf(mat), {});
        for (int y = 0; y < 64; y += 7)
            for (int x = 0; x < 256; x += 5) {
                const auto& c = mat.at<cv::Vec3b>(y, x);
                QCOMPARE(image.pixel(x, y), qRgb(c[2], c[1], c[0]));
            }
    }
    void windowIsLinearAndClamps() {
        const QImage image = shown(pyramidOf(ramp<uchar>(CV_8UC1, 0, 1)), {.automatic = false, .low = 50, .high = 150});
        QCOMPARE(grey(image, 20), 0);
        QCOMPARE(grey(image, 50), 0);
        QVERIFY(std::abs(grey(image, 100) - 128) <= 1);
        QCOMPARE(grey(image, 150), 255);
        QCOMPARE(grey(image, 220), 255);
    }
    void gammaAndInversion() {
        const auto from = pyramidOf(ramp<uchar>(CV_8UC1, 0, 1));
        QVERIFY(std::abs(grey(shown(from, {.gamma = 2}), 64) - int(std::lround(255 * std::sqrt(64 / 255.0)))) <= 1);
        const QImage inverse = shown(from, {.invert = true});
        for (const int x : {0, 80, 255}) QVERIFY(std::abs(grey(inverse, x) - (255 - x)) <= 1);
    }
    void oneChannelIsGrey() {
        cv::Mat mat(64, 256, CV_8UC3, cv::Scalar(10, 120, 230));
        const auto from = pyramidOf(mat);
        const std::pair<Channel, int> expected[] = {{Channel::Red, 230}, {Channel::Green, 120}, {Channel::Blue, 10}};
        for (const auto& [channel, value] : expected)
            QCOMPARE(shown(from, {.channel = channel}).pixel(9, 9), qRgb(value, value, value));
    }
    void deepPicturesAreStretched() {
        const auto from = pyramidOf(ramp<ushort>(CV_16UC1, 1000, 10));
        const QImage image = shown(from, {});
        QVERIFY(grey(image, 0) <= 1 && grey(image, 255) >= 254);
        QVERIFY(std::abs(grey(image, 128) - 128) <= 3);
        QCOMPARE(from->value(7, 3).channels, 1);
        QCOMPARE(from->value(7, 3).value[0], 1070.0);
        QCOMPARE(from->value(400, 3).channels, 0);
        QCOMPARE(from->pixels()->type(), CV_8UC1);  // the assistants see what is shown
        for (const int x : {0, 60, 128, 255}) QVERIFY(std::abs(from->pixels()->at<uchar>(10, x) - grey(image, x)) <= 1);
    }
    void floatsWithHotPixelsAndHoles() {
        cv::Mat mat = ramp<float>(CV_32FC1, -1, 0.01);
        mat.at<float>(5, 100) = 1e9f;
        mat.at<float>(6, 100) = std::numeric_limits<float>::quiet_NaN();
        const QImage image = shown(pyramidOf(mat), {});
        QCOMPARE(grey(image, 100, 5), 255);
        QCOMPARE(grey(image, 100, 6), 0);
        QVERIFY(grey(image, 200) > grey(image, 100) + 80 && grey(image, 100) > grey(image, 20) + 60);
    }
    void globalEqualisationSpreads() {
        cv::Mat mat(256, 256, CV_8UC1);
        for (int y = 0; y < 256; ++y)
            for (int x = 0; x < 256; ++x) mat.at<uchar>(y, x) = uchar(100 + (x * 7 + y * 13) % 21);
        const QImage image = shown(pyramidOf(mat), {.equalise = Equalise::Global}, 1, {256, 256});
        int least = 255, most = 0;
        double sum = 0;
        for (int y = 0; y < 256; ++y)
            for (int x = 0; x < 256; ++x) {
                least = std::min(least, grey(image, x, y)), most = std::max(most, grey(image, x, y));
                sum += grey(image, x, y);
            }
        QVERIFY(least < 16 && most > 250);
        QVERIFY(std::abs(sum / 65536 - 128) < 12);
    }
    void localEqualisationLiftsContrastWithoutSeams() {
        const auto from = pyramidOf(scenery(700, 500));
        const Shown local{.equalise = Equalise::Local};
        const QImage whole = shown(from, local, 0.7, {512, 512});
        for (const QPoint tile : {QPoint(0, 0), QPoint(256, 0), QPoint(0, 256), QPoint(256, 256)})
            QCOMPARE(shown(from, local, 0.7, {256, 256}, tile), whole.copy({tile, QSize(256, 256)}));
        cv::Mat flat(400, 400, CV_8UC1);
        for (int y = 0; y < 400; ++y)
            for (int x = 0; x < 400; ++x) flat.at<uchar>(y, x) = uchar(x / 2 + (x / 4 + y / 4) % 2 * 6);
        const QImage before = shown(pyramidOf(flat), {}, 1, {400, 400}), after = shown(pyramidOf(flat), local, 1, {400, 400});
        QVERIFY(std::abs(grey(after, 200, 200) - grey(after, 204, 200)) >
                std::abs(grey(before, 200, 200) - grey(before, 204, 200)));
    }
    void settingsAreText() {
        const Shown d{false, -3.5, 4000, 1.7, Equalise::Local, Channel::Blue, true};
        QCOMPARE(displayFromText(displayToText(d)), d);
        QCOMPARE(displayFromText(QStringLiteral("nonsense")), Shown{});
        QCOMPARE(displayFromText(QStringLiteral("{\"equalise\": 99, \"gamma\": -4}")).equalise, Equalise::Local);
    }
    void shapesByObjectAndAuthorAndFilled() {
        annot::Annotations shapes;
        for (int i = 0; i < 2; ++i)
            shapes.push_back({.id = AnnotationId(i + 1),
                              .classId = ClassId(1),
                              .shape = annot::Box{{20.0 + 120 * i, 20, 80, 80}},
                              .author = i ? "ben" : "ana"});
        const auto packed = Scene::pack(shapes, {});
        const Pyramid white(std::make_shared<const cv::Mat>(256, 256, CV_8UC3, cv::Scalar::all(255)), 256, 256);
        const auto painted = [&](const Look& look) {
            QImage tile(256, 256, QImage::Format_RGB32);
            TilePainter painter;
            const std::atomic<bool> never{false};
            painter.paint(tile, *packed->withLook(look), white, 1, 0, 0, never);
            return tile;
        };
        const QImage byClass = painted({});
        QCOMPARE(byClass.pixel(60, 20), byClass.pixel(180, 20));
        for (const ColourBy by : {ColourBy::Object, ColourBy::Author}) {
            const QImage image = painted({.colourBy = by});
            QVERIFY(image.pixel(60, 20) != image.pixel(180, 20));
        }
        QCOMPARE(byClass.pixel(60, 60), qRgb(255, 255, 255));
        QVERIFY(painted({.fill = Fill::All}).pixel(60, 60) != qRgb(255, 255, 255));
        QCOMPARE(painted({.opacity = 0}).pixel(60, 20), qRgb(255, 255, 255));
    }

    void keysChangeThePicture() {
        openImage("colour.png");
        const QImage before = view().grab().toImage();
        key(Qt::Key_I, Qt::ShiftModifier);
        QVERIFY(doc().display().invert);
        QTRY_VERIFY(view().complete());
        const QPoint at = view().viewport().toDevice(annot::Point{3, 3}).toPoint();
        QCOMPARE(qRed(view().grab().toImage().pixel(at)), 255 - qRed(before.pixel(at)));
        key(Qt::Key_E, Qt::ShiftModifier);
        QCOMPARE(doc().display().equalise, Equalise::Global);
        key(Qt::Key_G, Qt::ShiftModifier);
        QCOMPARE(doc().display().channel, Channel::Red);
        key(Qt::Key_0, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(doc().display(), Shown{});
        QTRY_VERIFY(view().complete());
        QCOMPARE(view().grab().toImage().pixel(at), before.pixel(at));
    }
    void levelsByDrag() {
        const QPoint from = view().rect().center();
        const auto keys = Qt::ControlModifier | Qt::ShiftModifier;
        QTest::mousePress(&view(), Qt::LeftButton, keys, from);
        QTest::mouseMove(&view(), from + QPoint(100, 0));
        QTest::mouseRelease(&view(), Qt::LeftButton, keys, from + QPoint(100, 0));
        QTRY_VERIFY(!doc().display().automatic);
        QVERIFY(doc().display().high - doc().display().low > 255);
        QVERIFY(doc().annotations().empty());
        key(Qt::Key_0, keys);
    }
    void popupShowsAndSets() {
        openImage("deep.png");
        key(Qt::Key_C, Qt::ShiftModifier);
        auto* popup = view().findChild<DisplayPopup*>();
        QVERIFY(popup);
        QTRY_VERIFY(popup->isVisible());
        auto* histogram = popup->findChild<Histogram*>();
        QTRY_COMPARE(histogram->statistics().channels, 1);
        QCOMPARE(histogram->statistics().least, 1000.0);
        QVERIFY(!popup->findChildren<QComboBox*>()[1]->accessibleName().isEmpty());
        QTest::mouseClick(histogram, Qt::LeftButton, {}, {histogram->width() / 2, 20});
        QVERIFY(!doc().display().automatic);
        QVERIFY(doc().display().high > 1500 && doc().display().low >= 1000);
        popup->close();
        m_mode.reset();
        openMode();
        QVERIFY(!doc().display().automatic);
        openImage("deep.png");
        key(Qt::Key_0, Qt::ControlModifier | Qt::ShiftModifier);
    }
    void valuesOfDeepPictures() {
        openImage("deep.png");
        QTest::mouseMove(&view(), view().viewport().toDevice(annot::Point{100.5, 50.5}).toPoint());
        QTRY_VERIFY(m_mode->factsRight().contains(QStringLiteral("V 1200")));
    }
    void overviewMovesTheView() {
        openImage("colour.png");
        auto* map = view().findChild<Minimap*>();
        QVERIFY(map && map->isHidden());
        view().zoomTo(4);
        QTRY_VERIFY(map->isVisible());
        QTRY_VERIFY(view().mini() != nullptr);
        QTest::mouseClick(map, Qt::LeftButton, {}, {map->width() / 4, map->height() / 4});
        const annot::Point middle = view().viewport().toImage({view().width() / 2.0, view().height() / 2.0});
        QVERIFY(std::abs(middle.x - 200) < 12 && std::abs(middle.y - 150) < 12);
        action("minimap")->trigger();
        QVERIFY(map->isHidden());
        action("minimap")->trigger();
        view().fit();
        QVERIFY(map->isHidden());
    }
    void magnifierFollowsThePointer() {
        auto* loupe = view().findChild<Magnifier*>();
        QVERIFY(loupe && loupe->isHidden());
        key(Qt::Key_Q);
        QTest::mouseMove(&view(), view().viewport().toDevice(annot::Point{300, 200}).toPoint());
        QTRY_VERIFY(loupe->isVisible());
        const QPoint before = loupe->pos();
        QTest::mouseMove(&view(), view().viewport().toDevice(annot::Point{340, 220}).toPoint());
        QVERIFY(loupe->pos() != before);
        key(Qt::Key_Q);
        QVERIFY(loupe->isHidden());
    }
    void crosshairAndZoomToSelection() {
        const QImage plain = view().grab().toImage();
        key(Qt::Key_T, Qt::ShiftModifier);
        const QPoint at = view().rect().center() + QPoint(30, 30);
        QTest::mouseMove(&view(), at);
        const QImage crossed = view().grab().toImage();
        QVERIFY(crossed.pixel(at.x(), 5) != plain.pixel(at.x(), 5));
        QCOMPARE(crossed.pixel(at.x(), 5), qRgb(255, 255, 255));
        key(Qt::Key_T, Qt::ShiftModifier);
        doc().add("Add", {doc().make(ClassId(1), annot::Box{{500, 300, 40, 30}})});
        doc().select({doc().annotations().back().id});
        key(Qt::Key_Z, Qt::ShiftModifier);
        const QRectF box = view().viewport().toDevice(annot::Rect{500, 300, 40, 30});
        QVERIFY(QRectF(view().rect()).contains(box));
        QVERIFY(box.width() > view().width() * 0.5 || box.height() > view().height() * 0.5);
        view().fit();
    }
    void rulerMeasures() {
        QCOMPARE(rulerText({0, 0}, {30, -40}).section(QLatin1Char(' '), 0, 1), QStringLiteral("50.0 px"));
        QVERIFY(rulerText({0, 0}, {30, -30}).endsWith(QStringLiteral("45.0°")));
        key(Qt::Key_J);
        const QImage before = view().grab().toImage();
        const QPoint from = view().viewport().toDevice(annot::Point{200, 400}).toPoint();
        QTest::mousePress(&view(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&view(), from + QPoint(120, 0));
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, from + QPoint(120, 0));
        QVERIFY(view().grab().toImage() != before);
        QTest::mouseMove(&view(), from + QPoint(200, 100));
        key(Qt::Key_Escape);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        key(Qt::Key_V);
    }
};

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    tst_Display test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_display.moc"
