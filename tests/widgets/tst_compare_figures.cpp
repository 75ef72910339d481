// The tabs of Compare that say what the ticked runs' kept predictions tell: curves, calibration, classes, slices; and their charts.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "core/data/query.h"
#include "tests/support/find_widgets.h"
#include "tests/support/made_runs.h"
#include "tests/support/sample_set.h"
#include "widgets/charts/estimate_rows.h"
#include "widgets/charts/histogram_chart.h"
#include "widgets/charts/xy_chart.h"
#include "widgets/charts/xy_overlay.h"
#include "widgets/common/theme.h"
#include "widgets/compare/calibration_view.h"
#include "widgets/compare/cases_panel.h"
#include "widgets/compare/classes_view.h"
#include "widgets/compare/compare_mode.h"
#include "widgets/compare/curves_view.h"
#include "widgets/compare/figures_page.h"
#include "widgets/compare/slices_view.h"

using namespace lathe;
using namespace lathe::widgets;
using compare::FiguresPage;

class TestCompareFigures : public QObject {
    Q_OBJECT
    base::TempFolder m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<compare::CompareMode> m_mode;
    FiguresPage* m_page = nullptr;

    /// Predictions over the discs and squares: `worse` of the discs are wrong, confidences spread over 0.5 to 1.
    void keep(const runs::RunRow& run, int worse) {
        Json samples = Json::array();
        const auto index = store::ColumnIndex::load(*m_workspace);
        const auto discs = data::runQuery(*m_workspace, **index, "class:disc");
        int disc = 0, n = 0;
        for (const auto id : (*index)->imageIds()) {
            const bool isDisc = std::find(discs->begin(), discs->end(), ImageId(id)) != discs->end();
            const bool right = isDisc ? disc++ >= worse : true;
            const int label = isDisc ? 0 : 1, predicted = right ? label : 1 - label;
            const double confidence = 0.52 + 0.012 * (7 * n++ % 40);
            std::vector<double> p(2, 1 - confidence);
            p[std::size_t(predicted)] = confidence;
            samples.push_back({{"image", id},
                               {"split", "test"},
                               {"label", label},
                               {"predicted", predicted},
                               {"right", right},
                               {"confidence", confidence},
                               {"width", 32},
                               {"height", 32},
                               {"probabilities", p}});
        }
        QVERIFY(base::writeJson(runs::RunFolder(run.folder).predictions(), {{"classes", {"disc", "square"}}, {"samples", samples}})
                    .has_value());
    }
    void click(QWidget* widget, const QPoint& at) { QTest::mouseClick(widget, Qt::LeftButton, {}, at); }
    int chosenCount() { return chosen()->list()->model()->rowCount(); }
    compare::CasesPanel* chosen() {
        for (auto* panel : m_mode->findChildren<compare::CasesPanel*>())
            if (panel->list()->accessibleName() == QStringLiteral("Images of what was clicked")) return panel;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(m_workspace);
        m_services.jobs = &m_jobs;
        m_mode = std::make_unique<compare::CompareMode>(m_services);
        m_mode->resize(1540, 1000);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_mode->setWorkspace(m_workspace);
        m_page = m_mode->findChild<FiguresPage*>();
        new QAbstractItemModelTester(m_mode->findChild<compare::SlicesModel*>(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest, this);
    }
    void cleanupTestCase() { m_mode.reset(); }

    void emptyPagesSayWhatToDo() {
        m_page->setTab(FiguresPage::Curves);
        QVERIFY(test::named<charts::XyChart>(m_mode.get(), QStringLiteral("ROC"))
                    ->state()
                    .contains(QStringLiteral("Tick a finished run")));
        m_page->setTab(FiguresPage::Learning);
    }

    void makeRuns() {
        std::vector<std::int64_t> images;
        for (int i = 1; i <= 40; ++i) images.push_back(i);
        const auto a = test::makeRun(
            *m_workspace, {.id = "20261121-100000-aaaa", .name = "base", .images = images, .right = std::vector<bool>(40, true)});
        const auto b = test::makeRun(
            *m_workspace, {.id = "20261121-110000-bbbb", .name = "faster", .images = images, .right = std::vector<bool>(40, true)});
        QVERIFY(a.has_value() && b.has_value());
        keep(*a, 12), keep(*b, 9);
        m_mode->refresh();
        QTRY_COMPARE(m_mode->findChild<compare::RunsTable*>()->rowCount(), 2);
    }

    void curvesOfTheTickedRuns() {
        m_page->setTab(FiguresPage::Curves);
        auto* roc = test::named<charts::XyChart>(m_mode.get(), QStringLiteral("ROC"));
        auto* precision = test::named<charts::XyChart>(m_mode.get(), QStringLiteral("Precision against recall"));
        QTRY_COMPARE(roc->series().size(), std::size_t(2));
        QVERIFY2(roc->state().contains(QStringLiteral("B faster AUC 0.")), qPrintable(roc->state()));
        QVERIFY(precision->state().contains(QStringLiteral("A base AP 0.")));
        auto* choice = m_mode->findChild<compare::CurvesView*>()->findChild<QComboBox*>();
        QCOMPARE(choice->count(), 3);
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        QTRY_COMPARE(choice->currentText(), QStringLiteral("disc"));
        const auto points = roc->series().front().points;
        QVERIFY(points.size() > 2 && points.front() == QPointF(0, 0) && points.back() == QPointF(1, 1));
        // a point by the mouse: what its threshold gets wrong
        const auto& kept = *m_page->figures().front().kept;
        const auto& curve = m_page->figures().front().evaluation->roc.byClass[0];
        click(roc, roc->pointAt(0, 2));
        const auto wrong = runs::figures::imagesWrongAt(kept, 0, curve.points[2].threshold);
        QTRY_COMPARE(chosenCount(), int(wrong.size()));
        QVERIFY(!wrong.empty());
        // and by keys
        roc->setFocus();
        QTest::keyClick(roc, Qt::Key_End);
        QVERIFY2(roc->state().contains(QStringLiteral("100.0 %")), qPrintable(roc->state()));
        QSignalSpy asked(roc, &charts::XyChart::activated);
        QTest::keyClick(roc, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][1].toInt(), int(points.size()) - 1);
        QTRY_COMPARE(chosenCount(), 20);  // all that aren't discs
    }

    void heightsBetweenPoints() {
        const QVector<QPointF> line{{0, 0}, {0, 0.5}, {1, 1}};
        QCOMPARE(charts::heightAt(line, 0), 0.5);
        QCOMPARE(charts::heightAt(line, 0.5), 0.75);
        QVERIFY(std::isnan(charts::heightAt(line, 1.1)));
    }

    void calibrationAndScores() {
        m_page->setTab(FiguresPage::Calibration);
        auto* reliability = test::named<charts::XyChart>(m_mode.get(), QStringLiteral("Reliability"));
        auto* scores = test::named<charts::HistogramChart>(m_mode.get(), QStringLiteral("Scores, right and wrong"));
        QTRY_COMPARE(reliability->series().size(), std::size_t(2));
        QVERIFY(reliability->state().contains(QStringLiteral("ECE")));
        // The key stands in the corner of the plot as it is shown, though the page was filled before.
        const auto* overlay = reliability->findChild<charts::XyOverlay*>();
        QTRY_COMPARE(overlay->geometry(), reliability->rect());
        QTRY_VERIFY(overlay->plot.right() > reliability->width() - 40 && overlay->plot.bottom() > reliability->height() - 70);
        const auto& bins = m_page->figures().front().evaluation->reliability;
        int first = 0;
        while (bins[std::size_t(first)].samples == 0) ++first;
        click(reliability, reliability->pointAt(0, 0));
        QTRY_COMPARE(chosenCount(), int(bins[std::size_t(first)].samples));
        QCOMPARE(scores->bars().size(), std::size_t(20));
        const auto& right = m_page->figures().front().evaluation->scores;
        int bar = 0;
        while (right[std::size_t(bar)].wrong == 0) ++bar;
        click(scores, scores->barRect(bar, 1).center());
        QTRY_COMPARE(chosenCount(), int(right[std::size_t(bar)].wrong));
    }

    void figuresByClass() {
        m_page->setTab(FiguresPage::Classes);
        auto* rows = test::named<charts::EstimateRows>(m_mode.get(), QStringLiteral("Figures by class and size"));
        QTRY_COMPARE(rows->rows().size(), std::size_t(3));
        QCOMPARE(rows->rows()[0].marks.size(), std::size_t(2));
        QCOMPARE(rows->rows()[1].name, QStringLiteral("disc"));
        QVERIFY(rows->rows()[1].marks[0].interval.has_value());
        QVERIFY2(rows->state().contains(QStringLiteral("disc 20: ")), qPrintable(rows->state()));
        click(rows, rows->rowRect(1).center());
        QTRY_COMPARE(chosenCount(), 20);
        auto* figure = m_mode->findChild<compare::ClassesView*>()->findChild<QComboBox*>();
        figure->setFocus();
        QTest::keyClick(figure, Qt::Key_End);
        QTRY_COMPARE(figure->currentText(), QStringLiteral("Recall"));
        QCOMPARE(*rows->rows()[0].marks[0].value, 11. / 20);  // no row for the whole: the discs, of B
    }

    void slicesByTermAndSuggested() {
        m_page->setTab(FiguresPage::Slices);
        auto* view = m_mode->findChild<compare::SlicesView*>();
        auto* model = view->findChild<compare::SlicesModel*>();
        auto* term = view->findChild<QLineEdit*>();
        QTRY_VERIFY(term->isEnabled());
        term->setFocus();
        QTest::keyClicks(term, QStringLiteral("class:disc"));
        QTest::keyClick(term, Qt::Key_Return);
        QTRY_COMPARE(model->rowCount(), 1);
        QCOMPARE(model->index(0, 1).data().toString(), QStringLiteral("20"));
        QVERIFY2(model->index(0, 2).data().toString().startsWith(QStringLiteral("55.0 % [")),
                 qPrintable(model->index(0, 2).data().toString()));
        QVERIFY(model->index(0, 3).data().toString().endsWith(QStringLiteral("worse")));
        QVERIFY(model->index(0, 3).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("p <")) ||
                model->index(0, 3).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("p =")));
        QVERIFY(term->text().isEmpty());
        // a wrong one is said and stays to be mended
        QTest::keyClicks(term, QStringLiteral("width>>3"));
        QTest::keyClick(term, Qt::Key_Return);
        const auto said = [&] {
            for (auto* label : view->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(QStringLiteral("width>>3"))) return true;
            return false;
        };
        QTRY_VERIFY(said());
        QCOMPARE(term->text(), QStringLiteral("width>>3"));
        QCOMPARE(model->rowCount(), 1);
        // suggestions
        for (auto* button : view->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Suggest slices")) QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(model->rowCount() > 2);
        QVERIFY(model->at(1).suggested && model->at(1).ofRuns[0].adjusted.has_value());
        // a slice's images, and in Browse by its term
        auto* table = view->findChild<QTableView*>();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(model->index(0, 0)).center());
        QTRY_COMPARE(chosenCount(), 20);
        QSignalSpy spy(m_mode.get(), &common::Mode::goTo);
        for (auto* action : m_mode->modeActions())
            if (action->text() == QStringLiteral("Show in Browse")) action->trigger();
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy[0][1].toMap()["query"].toString(), QStringLiteral("(class:disc) split:test"));
        // Delete takes an entered one away
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_VERIFY(model->rowCount() > 0 && model->at(0).suggested);
    }

    void learningCurvesComeBack() {
        m_page->setTab(FiguresPage::Learning);
        QCOMPARE(chosenCount(), 0);
        QVERIFY(test::named<QListView>(m_mode.get(), QStringLiteral("Images fixed by B"))->parentWidget()->isVisible());
    }
};

QTEST_MAIN(TestCompareFigures)
#include "tst_compare_figures.moc"
