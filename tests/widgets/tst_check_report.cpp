// What a check before the start said: layers that fold out, the batches that were tried, what its buttons ask for.
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include "widgets/train/check_report.h"

using namespace lathe;
using widgets::train::CheckReport;

namespace {

const Json kLayers = {{{"name", "conv1"},
                       {"kind", "Conv2d"},
                       {"shape", {8, 64, 32, 48}},
                       {"calls", 1},
                       {"then", Json::array()},
                       {"parameters", 9408},
                       {"activation_bytes", 3145728},
                       {"forward_ms", 1.25},
                       {"backward_ms", 2.5}},
                      {{"name", "head.cls_logits"},
                       {"kind", "Conv2d"},
                       {"shape", {8, 3, 8, 12}},
                       {"calls", 3},
                       {"then", {"flatten"}},
                       {"parameters", 1731},
                       {"activation_bytes", 0},
                       {"forward_ms", 0.1},
                       {"backward_ms", 0.2}}};

QPushButton* button(const QWidget* in, const QString& words) {
    for (auto* one : in->findChildren<QPushButton*>())
        if (one->isVisible() && one->text().contains(words)) return one;
    return nullptr;
}

bool says(const QWidget* in, const QString& words) {
    for (auto* label : in->findChildren<QLabel*>())
        if (label->isVisible() && label->text().contains(words)) return true;
    return false;
}

}  // namespace

class TestCheckReport : public QObject {
    Q_OBJECT
    std::unique_ptr<QWidget> m_window;

private Q_SLOTS:
    void init() {
        m_window = std::make_unique<QWidget>();
        m_window->resize(1200, 800);
        m_window->show();
    }

    void layersFoldOut() {
        const Json result = {{"failed", 0},
                             {"checks",
                              {{{"name", "memory"}, {"ok", true}, {"observed", {{"peak", 8.1e8}, {"free", 2.1e10}}}},
                               {{"name", "shapes"}, {"ok", true}, {"observed", nullptr}}}},
                             {"layers", kLayers}};
        auto* report = new CheckReport(m_window.get(), result);
        report->openInMiddle();
        QVERIFY(says(report, QStringLiteral("has room enough")) && says(report, QStringLiteral("goes through every layer")));
        auto* table = report->findChild<QTableWidget*>();
        QVERIFY(table && !table->isVisible());
        const int narrow = report->width();
        auto* link = report->findChild<QToolButton*>();
        QVERIFY(link->text().contains(QStringLiteral("2 layers")));
        QTest::mouseClick(link, Qt::LeftButton);
        QVERIFY(table->isVisible() && report->width() > narrow);
        QVERIFY(m_window->rect().contains(report->geometry()));
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("8 × 64 × 32 × 48"));
        QCOMPARE(table->item(1, 1)->text(), QStringLiteral("Conv2d, flatten (3 times)"));
        QVERIFY(table->item(0, 5)->text().contains(QStringLiteral("1.25")));
        QTest::mouseClick(link, Qt::LeftButton);
        QVERIFY(!table->isVisible());
        const QSignalSpy wanted(report, &CheckReport::largestBatchWanted);
        QTest::mouseClick(button(report, QStringLiteral("largest batch")), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
    }

    void aShapeErrorIsShownInTheEnginesWords() {
        const Json result = {
            {"failed", 1},
            {"checks", {{{"name", "shapes"}, {"ok", false}, {"observed", nullptr}, {"message", "layer conv1 got 8 x 1"}}}}};
        auto* report = new CheckReport(m_window.get(), result);
        report->openInMiddle();
        QVERIFY(says(report, QStringLiteral("needs a look")) && says(report, QStringLiteral("layer conv1 got 8 x 1")));
        QVERIFY(!button(report, QStringLiteral("largest batch")) && !report->findChild<QTableWidget*>());
    }

    void theQuickestBatchIsOffered() {
        const Json found = {{"batches",
                             {{{"batch", 8}, {"fits", true}, {"peak", 1e8}, {"step_ms", 40.0}, {"images_per_second", 200.0}},
                              {{"batch", 16}, {"fits", true}, {"peak", 2e8}, {"step_ms", 60.0}, {"images_per_second", 266.7}},
                              {{"batch", 32}, {"fits", false}}}},
                            {"largest", 24},
                            {"suggested", 16}};
        auto* report = new CheckReport(m_window.get(), {{"largest_batch", found}});
        report->openInMiddle();
        QVERIFY(says(report, QStringLiteral("largest batch that fits is 24")));
        auto* table = report->findChild<QTableWidget*>();
        QVERIFY(table->isVisible());
        QCOMPARE(table->item(2, 1)->text(), QStringLiteral("out of memory"));
        QVERIFY(table->item(1, 3)->text().contains(QStringLiteral("266.7")));
        const QSignalSpy chosen(report, &CheckReport::batchChosen);
        QTest::mouseClick(button(report, QStringLiteral("16")), Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.front().front().toInt(), 16);
    }
};

QTEST_MAIN(TestCheckReport)
#include "tst_check_report.moc"
