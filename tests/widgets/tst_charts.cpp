// Charts: what they draw, what they say, how they follow theme, zoom and cursor.
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "widgets/charts/bar_rows.h"
#include "widgets/charts/confusion_matrix.h"
#include "widgets/charts/curve_chart.h"
#include "widgets/charts/spark.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;
using charts::CurveChart;
using charts::CurveData;

namespace {

std::vector<runs::MetricPoint> points(int count, const std::function<double(int)>& value) {
    std::vector<runs::MetricPoint> made;
    for (int i = 0; i < count; ++i) made.push_back({i, i / 100.0, 1e9 + i * 0.1, value(i)});
    return made;
}

std::shared_ptr<CurveData> curve(int count, const std::function<double(int)>& value) {
    auto data = std::make_shared<CurveData>();
    data->append(points(count, value));
    return data;
}

/// Pixels of the picture that are nearer to `colour` than to the ground.
int coloured(const QImage& image, const QColor& colour, const QRect& in) {
    int count = 0;
    for (int y = in.top(); y <= in.bottom(); ++y)
        for (int x = in.left(); x <= in.right(); ++x) {
            const QColor at = image.pixelColor(x, y);
            count +=
                std::abs(at.red() - colour.red()) + std::abs(at.green() - colour.green()) + std::abs(at.blue() - colour.blue()) <
                60;
        }
    return count;
}

}  // namespace

class TstCharts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { common::Theme::instance().apply(common::Theme::Choice::Dark); }

    void aChartIsCopiedAndSavedAsAPicture() {
        CurveChart chart(QStringLiteral("Loss"));
        chart.resize(400, 300);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setFocus();
        QTest::keySequence(&chart, QKeySequence::Copy);
        const QImage copied = QGuiApplication::clipboard()->image();
        QCOMPARE(copied.size(), QSize(800, 600));
        QVERIFY(coloured(copied, common::Theme::instance().colour(common::Token::Panel), QRect(0, 0, 799, 599)) > 800 * 600 / 2);
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, {20, 20}, chart.mapToGlobal(QPoint(20, 20)));
        QCoreApplication::sendEvent(&chart, &asked);
        auto* menu = chart.findChild<QMenu*>();
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(menu->actions().size(), 2);
        menu->actions().last()->trigger();
        auto* dialog = chart.findChild<QFileDialog*>();
        QVERIFY(dialog);
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("loss.png"));
        Q_EMIT dialog->fileSelected(file);
        dialog->reject();
        QTRY_COMPARE(QImage(file).size(), QSize(800, 600));
        QVERIFY(QTest::qWaitFor([&] { return !chart.findChild<QFileDialog*>(); }));
    }

    void smoothingIsTheDebiasedAverage() {
        // Golden: classicSmoothing of TensorBoard, w 0.6 on 1 2 4 8 16.
        charts::Smoother smoother(0.6);
        const double wanted[] = {1, 1.625, 2.8367346939, 5.2095588235, 9.8896599584};
        const double values[] = {1, 2, 4, 8, 16};
        for (int i = 0; i < 5; ++i) QVERIFY(std::abs(smoother.next(values[i]) - wanted[i]) < 1e-9);
        charts::Smoother constant(0.9);
        for (int i = 0; i < 50; ++i) QVERIFY(std::abs(constant.next(0.3) - 0.3) < 1e-12);
        QVERIFY(std::isnan(constant.next(std::nan(""))));
        QVERIFY(std::abs(constant.next(0.3) - 0.3) < 1e-12);
    }

    void smoothedSameWhetherAppendedOrAtOnce() {
        const auto all = points(1000, [](int i) { return std::sin(i * 0.1); });
        CurveData parts, whole;
        parts.setSmoothing(0.9);
        for (std::size_t i = 0; i < all.size(); i += 37)
            parts.append({all.begin() + std::ptrdiff_t(i), all.begin() + std::ptrdiff_t(std::min(all.size(), i + 37))});
        whole.append(all);
        whole.setSmoothing(0.9);
        QCOMPARE(parts.smooth().size(), whole.smooth().size());
        for (std::size_t i = 0; i < all.size(); ++i) QCOMPARE(parts.smooth().points()[i].value, whole.smooth().points()[i].value);
    }

    void spikeOfOnePointIsNeverLost() {
        CurveChart chart(QStringLiteral("Loss"));
        chart.resize(460, 320);
        chart.setSeries(QStringLiteral("train"), {.name = QStringLiteral("train")},
                        curve(1000000, [](int i) { return i == 777777 ? 50.0 : 1 + 0.1 * std::sin(i * 0.01); }));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QVERIFY(chart.yRange().second >= 50);
        const QImage image = chart.grab().toImage();
        const QRect top(0, 0, image.width(), image.height() / 2);  // above all other values
        QVERIFY2(coloured(image, common::Theme::instance().series(0), top) > 20, "the spike's stem is drawn");
    }

    void latestValuesAreReadable() {
        CurveChart chart(QStringLiteral("Validation accuracy"));
        chart.setPercent(true);
        QCOMPARE(chart.state(), QStringLiteral("no values yet"));
        chart.setSeries(QStringLiteral("a"), {.name = QStringLiteral("r18 a1")},
                        curve(101, [](int i) { return 0.9 + i * 0.0005; }));
        auto* accessible = QAccessible::queryAccessibleInterface(&chart);
        QVERIFY(accessible);
        QCOMPARE(accessible->role(), QAccessible::Chart);
        QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Validation accuracy"));
        QCOMPARE(accessible->text(QAccessible::Description), QStringLiteral("r18 a1 95.0 % at epoch 1"));
    }

    void zoomByWheelBandAndDoubleClick() {
        CurveChart chart(QStringLiteral("Loss"));
        chart.resize(460, 320);
        chart.setSeries(QStringLiteral("a"), {.name = QStringLiteral("a")}, curve(1001, [](int i) { return 1.0 / (1 + i); }));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QWidget* overlay = chart.childAt(chart.rect().center());
        QVERIFY(overlay);
        QTest::mousePress(overlay, Qt::LeftButton, {}, {150, 100});
        QTest::mouseMove(overlay, {250, 100});
        QTest::mouseRelease(overlay, Qt::LeftButton, {}, {250, 100});
        QVERIFY(chart.zoomed());
        const auto [from, to] = chart.xRange();
        QVERIFY(from > 2 && to < 7 && to - from > 1.5);
        QTest::mouseDClick(overlay, Qt::LeftButton, {}, {200, 100});
        QVERIFY(!chart.zoomed());
        QWheelEvent wheel(QPointF(200, 100), QPointF(200, 100), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(overlay, &wheel);
        QVERIFY(chart.zoomed());
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!chart.zoomed());
    }

    void oneCursorForLinkedCharts() {
        CurveChart a(QStringLiteral("Loss")), b(QStringLiteral("Accuracy"));
        charts::ChartCursor cursor;
        for (auto* chart : {&a, &b}) {
            chart->linkCursor(&cursor);
            chart->resize(460, 320);
            chart->setSeries(QStringLiteral("s"), {.name = QStringLiteral("run one")},
                             curve(1001, [](int i) { return i / 1000.0; }));
            chart->show();
        }
        QVERIFY(QTest::qWaitForWindowExposed(&b));
        QWidget* overlay = a.childAt(a.rect().center());
        QMouseEvent over(QEvent::MouseMove, QPointF(200, 100), QPointF(200, 100), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(overlay, &over);
        QVERIFY(cursor.x());
        const auto rows = b.cursorTable(*cursor.x());
        QCOMPARE(rows.size(), 2);
        QVERIFY(rows[0].startsWith(QStringLiteral("epoch ")));
        QVERIFY(rows[1].startsWith(QStringLiteral("run one 0.")));
        QVERIFY(b.cursorTable(500).isEmpty());
    }

    void updatesAreCoalesced() {
        CurveChart chart(QStringLiteral("Loss"));
        chart.resize(460, 320);
        auto data = curve(10, [](int) { return 1.0; });
        chart.setSeries(QStringLiteral("a"), {.name = QStringLiteral("a")}, data);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QTest::qWait(120);
        const int before = chart.drawn();
        QElapsedTimer watch;
        watch.start();
        while (watch.elapsed() < 500) {
            chart.touch();
            QTest::qWait(1);
        }
        QVERIFY2(chart.drawn() - before <= 12, qPrintable(QString::number(chart.drawn() - before)));
        QVERIFY(chart.drawn() > before);
    }

    void hiddenChartsCostNothing() {
        CurveChart chart(QStringLiteral("Loss"));
        chart.setSeries(QStringLiteral("a"), {.name = QStringLiteral("a")}, curve(10, [](int) { return 1.0; }));
        chart.touch();
        QTest::qWait(80);
        QCOMPARE(chart.drawn(), 0);
    }

    void emptyAndOddValues() {
        CurveChart chart(QStringLiteral("Loss"));
        chart.resize(300, 200);
        chart.setLogY(true);
        chart.setSeries(QStringLiteral("none"), {.name = QStringLiteral("none")}, std::make_shared<CurveData>());
        chart.setSeries(QStringLiteral("nan"), {.name = QStringLiteral("nan")}, curve(50, [](int i) {
                            return i % 3 == 0 ? std::nan("") : i % 3 == 1 ? 0.0 : -1.0;
                        }));
        chart.setSeries(QStringLiteral("one"), {.name = QStringLiteral("one")}, curve(1, [](int) { return 2.0; }));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QVERIFY(std::isfinite(chart.yRange().first) && chart.yRange().first > 0);
        chart.setLogY(false);
        chart.setAxis(CurveChart::Axis::Time);
        QTest::qWait(80);
        QVERIFY(!chart.grab().isNull());
    }

    void followsTheTheme() {
        CurveChart chart(QStringLiteral("Loss"));
        chart.resize(300, 200);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        const auto ground = [&] { return chart.grab().toImage().pixelColor(3, 3); };
        QCOMPARE(ground(), common::Theme::instance().colour(common::Token::Plot));
        common::Theme::instance().apply(common::Theme::Choice::Light);
        QTest::qWait(80);
        QCOMPARE(ground(), QColor(Qt::white));
        common::Theme::instance().apply(common::Theme::Choice::Dark);
    }

    void barsTellNameValueAndMark() {
        charts::BarRows bars(QStringLiteral("F1 by class"));
        bars.setRows({{QStringLiteral("seven"), Qt::red, 0.98, 0.95, QStringLiteral("0.98")},
                      {QStringLiteral("one"), Qt::blue, 0.5, {}, QStringLiteral("0.50")}});
        bars.resize(400, 80);
        bars.show();
        QCOMPARE(bars.state(), QStringLiteral("seven 0.98, one 0.50"));
        QSignalSpy spy(&bars, &charts::BarRows::activated);
        QTest::mouseClick(&bars, Qt::LeftButton, {}, {60, 12});
        QCOMPARE(spy.takeFirst().at(0).toInt(), 0);
        QTest::keyClick(&bars, Qt::Key_Down);
        QTest::keyClick(&bars, Qt::Key_Return);
        QCOMPARE(spy.takeFirst().at(0).toInt(), 1);
    }

    void confusionCellsByMouseAndKeys() {
        charts::ConfusionMatrix matrix(QStringLiteral("Confusion"));
        matrix.setCounts({QStringLiteral("cat"), QStringLiteral("dog")}, {{9, 1}, {3, 7}});
        matrix.resize(260, 220);
        matrix.show();
        QVERIFY(QTest::qWaitForWindowExposed(&matrix));
        QVERIFY(matrix.state().startsWith(QStringLiteral("16.0 of 20")) || matrix.state().startsWith(QStringLiteral("16 of 20")));
        QVERIFY(matrix.state().contains(QStringLiteral("dog taken for cat: 3")));
        QSignalSpy spy(&matrix, &charts::ConfusionMatrix::cellActivated);
        matrix.setFocus();
        QTest::keyClick(&matrix, Qt::Key_Down);
        QTest::keyClick(&matrix, Qt::Key_Return);
        QCOMPARE(spy.last().at(0).toInt(), 1);
        QCOMPARE(spy.last().at(1).toInt(), 0);
        QTest::mouseClick(&matrix, Qt::LeftButton, {}, {90, 40});
        QCOMPARE(spy.last().at(0).toInt(), 0);
        matrix.setDifference({QStringLiteral("cat"), QStringLiteral("dog")}, {{9, 1}, {3, 7}}, {{10, 0}, {3, 7}});
        QVERIFY(matrix.state().contains(QStringLiteral("cat taken for dog: −1")));
    }

    void numbersAsPeopleReadThem_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0");
        QTest::newRow("loss") << 0.2653 << QStringLiteral("0.265");
        QTest::newRow("rate") << 1.49e-4 << QStringLiteral("1.49e−4");
        QTest::newRow("count") << 12345.0 << QStringLiteral("12,345");
        QTest::newRow("minus") << -3.5 << QStringLiteral("−3.500");
        QTest::newRow("tens") << 54.0 << QStringLiteral("54");
        QTest::newRow("nan") << std::nan("") << QStringLiteral("NaN");
    }
    void numbersAsPeopleReadThem() {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(charts::valueText(value), text);
    }
};

QTEST_MAIN(TstCharts)
#include "tst_charts.moc"
