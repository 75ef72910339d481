// Predicted boxes and masks on a picture: what is sure enough, in the colours of their classes.
#include <QTest>

#include "widgets/common/predicted.h"
#include "widgets/common/theme.h"

using namespace lathe;
using namespace lathe::widgets;

class TestPredicted : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boxesAreScaledAndCounted() {
        QImage picture(50, 40, QImage::Format_RGB32);
        picture.fill(Qt::black);
        const Json objects = {{{"class", "cell"}, {"index", 1}, {"confidence", 0.9}, {"box", {20, 20, 40, 40}}},
                              {{"class", "cell"}, {"index", 1}, {"confidence", 0.6}, {"box", {0, 0, 4, 4}}},
                              {{"class", "dust"}, {"index", 0}, {"confidence", 0.2}, {"box", {60, 10, 20, 20}}}};
        const auto found = common::drawPredicted(picture, objects, 0.5, 0.5);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].count, 2);
        QCOMPARE(found[0].best, 0.9);
        QCOMPARE(picture.pixelColor(10, 20), common::Theme::classColour(1));  // the left side of the first
        QCOMPARE(picture.pixelColor(20, 20), QColor(Qt::black));              // its inside
        QCOMPARE(picture.pixelColor(35, 10), QColor(Qt::black));              // not sure enough
    }
    void masksTintTheirPixels() {
        QImage picture(4, 2, QImage::Format_RGB32);
        picture.fill(Qt::black);
        const Json objects = Json::array(
            {{{"class", "road"}, {"index", 2}, {"confidence", 0.8}, {"mask", {{"size", {2, 4}}, {"counts", {2, 3, 3}}}}}});
        (void)common::drawPredicted(picture, objects, 1, 0.5);
        QVERIFY(picture.pixelColor(1, 0) != QColor(Qt::black) && picture.pixelColor(1, 1) != QColor(Qt::black));
        QVERIFY(picture.pixelColor(2, 0) != QColor(Qt::black));
        QCOMPARE(picture.pixelColor(0, 0), QColor(Qt::black));
        QCOMPARE(picture.pixelColor(2, 1), QColor(Qt::black));
        // A mask that says more than its size paints no more than its size.
        const Json larger = Json::array(
            {{{"class", "road"}, {"index", 2}, {"confidence", 0.8}, {"mask", {{"size", {2, 4}}, {"counts", {0, 900}}}}}});
        QCOMPARE(common::drawPredicted(picture, larger, 1, 0.5).size(), std::size_t(1));
    }
};

QTEST_MAIN(TestPredicted)
#include "tst_predicted.moc"
