// The assistants by real mouse and keys on real blood pictures: each leads to a shape that fits a known object, Enter takes it,
// Escape leaves nothing, undo removes it.
#include <QApplication>
#include <QRegularExpression>
#include <QtTest>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "core/data/import.h"
#include "core/store/schema.h"
#include "widgets/canvas/ghost_tool.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/tool_scissors.h"
#include "widgets/canvas/tool_superpixels.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;
using namespace lathe::widgets::canvas;

namespace {

// The white cell of BloodImage_00000, from its annotation; the pictures after it are the same, moved by kStep each.
const annot::Rect kCell{259, 176, 231, 199};
const cv::Point2d kStep{18, -12};

double overlap(const annot::Rect& a, const annot::Rect& b) {
    const double w = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x), h = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
    return w <= 0 || h <= 0 ? 0 : w * h / (a.w * a.h + b.w * b.h - w * h);
}

cv::Mat rasterOf(const annot::Shape& shape) {
    const annot::Mask* mask = std::get_if<annot::Mask>(&shape);
    const auto bytes = annot::maskToRaster(mask ? *mask : annot::maskOf(shape, 640, 480));
    return cv::Mat(480, 640, CV_8U, const_cast<std::uint8_t*>(bytes.data())).clone();
}

double iou(const annot::Shape& shape, const cv::Mat& truth) {
    const cv::Mat in = rasterOf(shape) != 0;
    return double(cv::countNonZero(in & truth)) / std::max(1, cv::countNonZero(in | truth));
}

/// The dark nucleus of the cell by another way: Otsu's threshold of the green channel.
cv::Mat nucleusOf(const cv::Mat& picture) {
    cv::Mat green, dark, labels, stats, centres, truth(picture.size(), CV_8U, cv::Scalar(0));
    const cv::Rect in(int(kCell.x), int(kCell.y), int(kCell.w), int(kCell.h));
    cv::extractChannel(picture(in), green, 1);
    cv::GaussianBlur(green, green, {5, 5}, 0);
    cv::threshold(green, dark, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
    cv::connectedComponentsWithStats(dark, labels, stats, centres);
    int largest = 1;
    for (int i = 1; i < stats.rows; ++i)
        if (stats.at<int>(i, cv::CC_STAT_AREA) > stats.at<int>(largest, cv::CC_STAT_AREA)) largest = i;
    truth(in).setTo(255, labels == largest);
    return truth;
}

/// What of the cell is bluer than green, by Otsu's threshold, connected to kInCell: where one click of the wand should lead.
const cv::Point kInCell{450, 258};
cv::Mat blueOf(const cv::Mat& picture) {
    std::vector<cv::Mat> channels;
    cv::Mat smooth, bluer, strong, labels;
    cv::medianBlur(picture, smooth, 3);
    cv::split(smooth, channels);
    cv::subtract(channels[0], channels[1], bluer);
    const cv::Rect in(int(kCell.x), int(kCell.y), int(kCell.w), int(kCell.h));
    const double level = cv::threshold(bluer(in), strong, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    cv::connectedComponents(bluer > level, labels, 4);
    return labels == labels.at<int>(kInCell);
}

cv::Mat moved(const cv::Mat& picture, cv::Point2d by) {
    cv::Mat out;
    cv::warpAffine(picture, out, cv::Matx23d(1, 0, by.x, 0, 1, by.y), picture.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
    return out;
}

/// Six copies of the cell, 90 px wide and about, on another picture.
cv::Mat withCopies(const cv::Mat& picture, const cv::Mat& of, std::vector<annot::Rect>& places) {
    cv::Mat out = picture.clone();
    for (int i = 0; i < 6; ++i) {
        const int w = 80 + 3 * i, h = w * of.rows / of.cols;
        const cv::Rect at(20 + i % 3 * 200, 40 + i / 3 * 220, w, h);
        cv::Mat copy;
        cv::resize(of, copy, at.size(), 0, 0, cv::INTER_AREA);
        copy.copyTo(out(at));
        places.push_back({double(at.x), double(at.y), double(at.width), double(at.height)});
    }
    return out;
}

}  // namespace

class tst_AssistTools : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<LabelMode> m_mode;
    cv::Mat m_picture, m_nucleus, m_blue;
    std::vector<annot::Rect> m_copies;

    View& view() { return m_mode->view(); }
    Document& doc() { return m_mode->document(); }
    QPoint at(double x, double y) { return view().viewport().toDevice(annot::Point{x, y}).toPoint(); }
    void click(double x, double y, Qt::KeyboardModifiers keys = {}, Qt::MouseButton button = Qt::LeftButton) {
        QTest::mouseMove(&view(), at(x, y));
        QTest::mouseClick(&view(), button, keys, at(x, y));
    }
    void drag(double x0, double y0, double x1, double y1, Qt::MouseButton button = Qt::LeftButton) {
        QTest::mouseMove(&view(), at(x0, y0));
        QTest::mousePress(&view(), button, {}, at(x0, y0));
        for (int i = 1; i <= 4; ++i) QTest::mouseMove(&view(), at(x0 + (x1 - x0) * i / 4, y0 + (y1 - y0) * i / 4));
        QTest::mouseRelease(&view(), button, {}, at(x1, y1));
    }
    void key(int k, Qt::KeyboardModifiers keys = {}) {
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key(k), keys);
    }
    AssistTool* assist() { return dynamic_cast<AssistTool*>(&view().tool()); }
    GhostTool* ghosts() { return dynamic_cast<GhostTool*>(&view().tool()); }
    const annot::Shape& only() { return doc().annotations().front().shape; }
    void clear() {
        key(Qt::Key_Escape);
        std::vector<AnnotationId> ids;
        for (const auto& a : doc().annotations()) ids.push_back(a.id);
        doc().remove("Clear", ids);
        key(Qt::Key_V);
    }
    void openImage(int row) {
        m_mode->enter({{QStringLiteral("image"), qlonglong(m_mode->images().idAt(row).value)}});
        QTRY_COMPARE(doc().image().id, m_mode->images().idAt(row));
        clear();
    }
    /// One shape is there, undo removes it, redo brings it back.
    void checkOneStep() {
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(doc().annotations().front().author, std::string("ana"));
        QVERIFY(doc().isSelected(doc().annotations().front().id));
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().allSaved() && doc().annotations().empty());
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }
    void checkEscape(const std::function<void()>& hint) {
        clear();
        hint();
        QVERIFY(view().tool().busy());
        key(Qt::Key_Escape);
        QVERIFY(!view().tool().busy());
        QTest::qWait(50);
        QVERIFY(doc().annotations().empty());
    }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        const std::filesystem::path folder = m_dir.path().toStdString();
        m_picture = cv::imread(LATHE_SOURCE_DIR "/resources/samples/bccd/JPEGImages/BloodImage_00000.jpg");
        const cv::Mat other = cv::imread(LATHE_SOURCE_DIR "/resources/samples/bccd/JPEGImages/BloodImage_00001.jpg");
        QVERIFY(!m_picture.empty() && !other.empty());
        m_nucleus = nucleusOf(m_picture);
        m_blue = blueOf(m_picture);
        std::filesystem::create_directories(folder / "set" / "plain");
        for (int i = 0; i < 3; ++i)
            cv::imwrite((folder / "set" / "plain" / ("a" + std::to_string(i) + ".png")).string(),
                        moved(m_picture, kStep * double(i)));
        const cv::Rect cell(int(kCell.x), int(kCell.y), int(kCell.w), int(kCell.h));
        cv::imwrite((folder / "set" / "plain" / "b.png").string(), withCopies(other, m_picture(cell), m_copies));
        auto workspace = store::Workspace::create(folder / "w.lathe");
        QVERIFY(workspace);
        m_workspace = *workspace;
        QVERIFY(data::importInto(*m_workspace, folder / "set", {}, {}, {}));
        QVERIFY(m_workspace->addClass("cell"));
        m_services.jobs = &m_jobs;
        m_services.user = QStringLiteral("ana");
        m_mode = std::make_unique<LabelMode>(m_services);
        m_mode->resize(1300, 850);
        m_mode->setWorkspace(m_workspace);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_mode->activateWindow();
        m_mode->enter({});
        QTRY_COMPARE(m_mode->images().rowCount(), 4);
        QTRY_VERIFY(doc().isOpen());
    }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        openImage(0);
    }
    void cleanupTestCase() { m_mode.reset(); }

    void wandTakesTheBlueOfTheCell() {
        const cv::Point p = kInCell;
        key(Qt::Key_W);
        click(p.x, p.y);
        QTRY_VERIFY(assist() && view().tool().busy());
        drag(p.x, p.y, p.x + 8, p.y);
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(std::holds_alternative<annot::Polygon>(only()));
        QVERIFY2(iou(only(), m_blue) > 0.6, qPrintable(QString::number(iou(only(), m_blue))));
        checkOneStep();
        checkEscape([&] {
            key(Qt::Key_W);
            click(p.x, p.y);
        });
    }

    void wandAddsAndTakesAway() {
        const cv::Point p = kInCell;
        key(Qt::Key_W);
        click(p.x, p.y);
        click(620, 20, Qt::ShiftModifier);
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(annot::contains(only(), {620, 20}));
        QVERIFY(annot::contains(only(), {p.x + 0.5, p.y + 0.5}));
        clear();
        key(Qt::Key_W);
        click(p.x, p.y);
        QTRY_VERIFY(!assist()->asking());
        click(p.x, p.y, Qt::AltModifier);
        QTRY_VERIFY(!assist()->asking());
        key(Qt::Key_Return);
        QVERIFY(doc().annotations().empty());  // nothing is left of it
    }

    void grabCutTakesTheCell() {
        key(Qt::Key_D);
        drag(kCell.x - 4, kCell.y - 4, kCell.x + kCell.w + 4, kCell.y + kCell.h + 4);
        drag(kCell.x + 100, kCell.y + 100, kCell.x + 130, kCell.y + 110);
        drag(kCell.x + 4, kCell.y + 4, kCell.x + 14, kCell.y + 4, Qt::RightButton);
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(doc().annotations().size(), std::size_t(1), 10000);
        QVERIFY2(overlap(annot::bounds(only()), kCell) > 0.6, qPrintable(QString::number(overlap(annot::bounds(only()), kCell))));
        checkOneStep();
        checkEscape([&] {
            key(Qt::Key_D);
            drag(kCell.x, kCell.y, kCell.x + kCell.w, kCell.y + kCell.h);
        });
    }

    void grabCutIsRefinedInTheBackground() {
        key(Qt::Key_D);
        drag(kCell.x - 4, kCell.y - 4, kCell.x + kCell.w + 4, kCell.y + kCell.h + 4);
        QTRY_VERIFY_WITH_TIMEOUT(assist()->refining(), 60000);
        QTRY_VERIFY_WITH_TIMEOUT(!assist()->refining(), 120000);
        key(Qt::Key_Return);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(overlap(annot::bounds(only()), kCell) > 0.6);
    }

    void extremePointsTakeTheCell() {
        const auto hint = [&] {
            key(Qt::Key_M);
            click(kCell.x + 2, kCell.y + kCell.h / 2);
            click(kCell.x + kCell.w / 2, kCell.y + 2);
            click(kCell.x + kCell.w - 2, kCell.y + kCell.h / 2);
            click(kCell.x + kCell.w / 2, kCell.y + kCell.h - 2);
        };
        hint();
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(doc().annotations().size(), std::size_t(1), 10000);
        QVERIFY2(overlap(annot::bounds(only()), kCell) > 0.6, qPrintable(QString::number(overlap(annot::bounds(only()), kCell))));
        checkOneStep();
        checkEscape(hint);
    }

    void scissorsFollowTheNucleus_data() {
        QTest::addColumn<bool>("quickHand");
        QTest::newRow("waits for the wire") << false;
        QTest::newRow("clicks ahead of it") << true;
    }
    void scissorsFollowTheNucleus() {
        QFETCH(bool, quickHand);
        std::vector<std::vector<cv::Point>> outline;
        cv::findContours(m_nucleus, outline, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
        const auto& ring = *std::max_element(outline.begin(), outline.end(), [](auto& a, auto& b) { return a.size() < b.size(); });
        key(Qt::Key_C);
        for (int i = 0; i < 12; ++i) {
            const cv::Point p = ring[ring.size() * std::size_t(i) / 12];
            click(p.x + 0.5, p.y + 0.5);
            if (!quickHand) QTRY_VERIFY(dynamic_cast<ScissorsTool&>(view().tool()).knowsTheWay());
        }
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(doc().annotations().size(), std::size_t(1), 10000);
        QVERIFY2(iou(only(), m_nucleus) > 0.6, qPrintable(QString::number(iou(only(), m_nucleus))));
        checkOneStep();
        checkEscape([&] {
            key(Qt::Key_C);
            click(300, 200);
            click(340, 210);
        });
    }

    void scissorsTakeAPointBack() {
        key(Qt::Key_C);
        for (const auto& [x, y] : {std::pair{100., 100.}, {200., 100.}, {200., 200.}, {300., 400.}}) click(x, y, Qt::AltModifier);
        key(Qt::Key_Backspace);
        QTRY_VERIFY(dynamic_cast<ScissorsTool&>(view().tool()).knowsTheWay());
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        const annot::Rect r = annot::bounds(only());
        QVERIFY(std::fabs(r.x - 100) < 40 && r.y + r.h < 300);
    }

    void superpixelsPaintTheNucleus() {
        key(Qt::Key_U);
        view().update();
        auto ready = [&] { return dynamic_cast<SuperpixelsTool&>(view().tool()).ready(); };
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
        cv::Mat inner;
        cv::erode(m_nucleus, inner, cv::Mat::ones(7, 7, CV_8U), {-1, -1}, 2);
        for (int y = 0; y < inner.rows; y += 10)
            for (int x = 0; x + 6 < inner.cols; x += 6)
                if (inner.at<uchar>(y, x) && inner.at<uchar>(y, x + 6)) drag(x, y, x + 6, y);
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(doc().annotations().size(), std::size_t(1), 20000);
        QVERIFY2(iou(only(), m_nucleus) > 0.6, qPrintable(QString::number(iou(only(), m_nucleus))));
        checkOneStep();
        clear();
        key(Qt::Key_U);
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
        click(300, 300);
        click(300, 300, {}, Qt::RightButton);
        QTest::qWait(300);
        key(Qt::Key_Escape);
        QVERIFY(doc().annotations().empty());
    }

    void findsSimilarCells() {
        openImage(3);
        const ClassId cell = doc().source().workspace->addClass("cell").value();
        doc().add("Draw", {doc().make(cell, annot::Box{m_copies[2]})});
        doc().select({doc().annotations().front().id});
        key(Qt::Key_Y);
        QTRY_VERIFY(ghosts());
        QTRY_VERIFY_WITH_TIMEOUT(!ghosts()->searching(), 20000);
        const std::size_t found = ghosts()->shown().size();
        QVERIFY2(found >= 5, qPrintable(QString::number(found)));
        const annot::Rect first = annot::bounds(ghosts()->shown().front()->shape.shape);
        click(first.x + first.w / 2, first.y + first.h / 2);
        QCOMPARE(ghosts()->shown().size(), found - 1);
        click(first.x + first.w / 2, first.y + first.h / 2);
        key(Qt::Key_Return);
        QTRY_VERIFY(!ghosts());
        QCOMPARE(doc().annotations().size(), found + 1);
        for (const annot::Rect& place : m_copies)
            QVERIFY(std::any_of(doc().annotations().begin(), doc().annotations().end(),
                                [&](const auto& a) { return a.classId == cell && overlap(annot::bounds(a.shape), place) > 0.6; }));
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        doc().select({doc().annotations().front().id});
        key(Qt::Key_Y);
        QTRY_VERIFY(ghosts());
        key(Qt::Key_Escape);
        QTRY_VERIFY(!ghosts());
        QCOMPARE(doc().annotations().size(), std::size_t(1));
    }

    void separatesTouchingObjects_data() {
        QTest::addColumn<bool>("mask");
        QTest::newRow("polygon") << false;
        QTest::newRow("mask") << true;
    }
    void separatesTouchingObjects() {
        QFETCH(bool, mask);
        const ClassId cell = doc().source().workspace->addClass("cell").value();
        annot::Polygon two{{{}}};
        for (int i = 0; i < 60; ++i) {
            const double a = 2 * M_PI * i / 60;
            const double x = 200 + 40 * std::cos(a), y = 200 + 40 * std::sin(a);
            two.rings[0].push_back({x, y});
        }
        two.rings.push_back({});
        for (const annot::Point p : two.rings[0]) two.rings[1].push_back({p.x + 70, p.y + 10});
        cv::Mat both = rasterOf(annot::Polygon{{two.rings[0]}}) | rasterOf(annot::Polygon{{two.rings[1]}});
        const std::vector<std::uint8_t> bytes(both.begin<uchar>(), both.end<uchar>());
        const annot::Mask whole = annot::maskFromRaster(bytes, 480, 640);
        annot::Shape shape = whole;
        if (!mask) shape = annot::polygonOf(whole);
        doc().add("Draw", {doc().make(cell, shape)});
        doc().select({doc().annotations().front().id});
        key(Qt::Key_A);
        QTRY_VERIFY(ghosts());
        QTRY_COMPARE(ghosts()->shown().size(), std::size_t(2));
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(2));
        double all = 0;
        for (const auto& a : doc().annotations()) {
            QCOMPARE(std::holds_alternative<annot::Mask>(a.shape), mask);
            QVERIFY(annot::area(a.shape) > 0.8 * M_PI * 1600 && annot::area(a.shape) < 1.1 * M_PI * 1600);
            all += annot::area(a.shape);
        }
        QVERIFY(std::fabs(all / double(annot::maskArea(whole)) - 1) < 0.02);
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(doc().annotations().front().shape, shape);
    }

    void interpolatesBetweenLabelledImages() {
        const ClassId cell = doc().source().workspace->addClass("cell").value();
        auto label = [&](int row, double x) {
            openImage(row);
            auto a = doc().make(cell, annot::Box{{x, 100, 60, 40}});
            a.group = 7;
            doc().add("Draw", {a});
            QTRY_VERIFY(doc().allSaved());  // the undo of the test before may still be on its way to the disk
        };
        label(0, 100);
        label(2, 140);
        openImage(1);
        key(Qt::Key_U, Qt::ShiftModifier);
        QTRY_VERIFY(ghosts());
        QTRY_COMPARE(ghosts()->shown().size(), std::size_t(1));
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(doc().annotations().front().shape, annot::Shape(annot::Box{{120, 100, 60, 40}}));
        QCOMPARE(doc().annotations().front().group, std::int64_t(7));
        key(Qt::Key_U, Qt::ShiftModifier);  // it is there already
        QTRY_VERIFY(ghosts());
        QTRY_VERIFY(!ghosts()->searching());
        QVERIFY(ghosts()->shown().empty());
        key(Qt::Key_Escape);
        QTRY_VERIFY(!ghosts());
        for (const int row : {0, 2}) openImage(row);
    }

    void carriesShapesToTheNextImage() {
        openImage(1);
        openImage(0);
        const ClassId cell = doc().source().workspace->addClass("cell").value();
        auto a = doc().make(cell, annot::Box{kCell});
        a.group = 3;
        doc().add("Draw", {a});
        doc().select({a.id});
        const ImageId first = doc().image().id;
        key(Qt::Key_Y, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(doc().image().id != first && ghosts(), 10000);
        QTRY_COMPARE(ghosts()->shown().size(), std::size_t(1));
        QVERIFY(doc().annotations().empty());
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        const annot::Rect there{kCell.x + kStep.x, kCell.y + kStep.y, kCell.w, kCell.h};
        QVERIFY2(overlap(annot::bounds(only()), there) > 0.9, qPrintable(QString::number(overlap(annot::bounds(only()), there))));
        QCOMPARE(doc().annotations().front().group, std::int64_t(3));
        checkOneStep();
    }

    void resultIsWhatTheClassAllows() {
        const ClassId cell = doc().source().workspace->addClass("cell").value();
        store::Workspace& workspace = *doc().source().workspace;
        const auto schema = store::schema(workspace).value();
        const annot::ClassSchema before = *std::ranges::find(schema.classes, cell, &annot::ClassSchema::id);
        annot::ClassSchema masks = before;
        masks.kinds = 1u << annot::Shape(annot::Mask{}).index();
        const auto save = [&](const annot::ClassSchema& one) {
            if (!store::saveClass(workspace, one)) return false;
            m_mode->refresh();
            return QTest::qWaitFor([&] { return doc().schemaOf(cell) && doc().schemaOf(cell)->kinds == one.kinds; });
        };
        QVERIFY(save(masks));
        const cv::Point p = kInCell;
        view().setActiveClass(cell);
        key(Qt::Key_W);
        click(p.x, p.y);
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(std::holds_alternative<annot::Mask>(only()));
        QVERIFY(iou(only(), m_blue) > 0.6);
        QVERIFY(save(before));
    }

    void resultKindIsChosen() {
        key(Qt::Key_W);
        auto* options = m_mode->findChild<OptionsBar*>();
        const auto buttons = options->findChildren<QAbstractButton*>();
        const auto box = std::find_if(buttons.begin(), buttons.end(), [](auto* b) { return b->text() == QStringLiteral("Box"); });
        QVERIFY(box != buttons.end());
        QTest::mouseClick(*box, Qt::LeftButton);
        const cv::Point p = kInCell;
        click(p.x, p.y);
        key(Qt::Key_Return);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(std::holds_alternative<annot::Box>(only()));
        for (auto* b : options->findChildren<QAbstractButton*>())
            if (b->text() == QStringLiteral("Polygon")) QTest::mouseClick(b, Qt::LeftButton);
    }

    void hintsThatLeadToNothing() {
        key(Qt::Key_D);
        drag(300, 300, 300.5, 300.5);
        QVERIFY(!view().tool().busy());
        key(Qt::Key_W);
        click(-20, 100);
        QTest::qWait(200);
        key(Qt::Key_Return);
        QVERIFY(doc().annotations().empty());
        key(Qt::Key_Escape);
        key(Qt::Key_A);
        QVERIFY(!ghosts());  // nothing is selected
        key(Qt::Key_M);
        for (int i = 0; i < 4; ++i) click(300, 300);
        QTest::qWait(300);
        key(Qt::Key_Escape);
        QVERIFY(doc().annotations().empty());
    }

    void anotherImageForgetsTheQuestion() {
        key(Qt::Key_D);
        drag(kCell.x, kCell.y, kCell.x + kCell.w, kCell.y + kCell.h);
        const ImageId first = doc().image().id;
        key(Qt::Key_Period);
        QTRY_VERIFY(doc().image().id != first);
        QVERIFY(!view().tool().busy());
        QTest::qWait(500);
        key(Qt::Key_Return);
        QVERIFY(!view().tool().busy());
    }

    void anotherToolEndsTheLoan() {
        const ClassId cell = doc().source().workspace->addClass("cell").value();
        doc().add("Draw", {doc().make(cell, annot::Box{kCell})});
        doc().select({doc().annotations().front().id});
        key(Qt::Key_Y);
        QTRY_VERIFY(ghosts());
        key(Qt::Key_R);
        QTRY_VERIFY(!ghosts());
        drag(20, 20, 80, 90);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
    }
};

QTEST_MAIN(tst_AssistTools)
#include "tst_assist_tools.moc"
