// Compare and Profile on run folders as the engine writes them: table, verdict, settings, fixed and broken, findings.
#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QListView>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "tests/support/made_runs.h"
#include "tests/support/sample_set.h"
#include "widgets/common/theme.h"
#include "widgets/compare/cases_panel.h"
#include "widgets/compare/compare_mode.h"
#include "widgets/compare/settings_diff.h"
#include "widgets/compare/verdict_panel.h"
#include "widgets/profile/findings.h"
#include "widgets/profile/phase_bars.h"
#include "widgets/profile/profile_mode.h"

using namespace lathe;
using namespace lathe::widgets;

class TestCompareMode : public QObject {
    Q_OBJECT
    base::TempFolder m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    common::Services m_services;
    std::unique_ptr<compare::CompareMode> m_mode;
    compare::RunsTable* m_table = nullptr;
    QTableView* m_view = nullptr;

    /// 40 images; a is wrong on 12 of them, b on the first 2 of those and on one more.
    void makeRuns() {
        test::MadeRun a{.id = "20261121-100000-aaaa", .name = "base", .top = 0.70},
            b{.id = "20261121-110000-bbbb", .name = "faster", .top = 0.92, .lr = 0.01};
        for (int i = 1; i <= 40; ++i) {
            a.images.push_back(i), b.images.push_back(i);
            a.right.push_back(i > 12);
            b.right.push_back(i > 2 && i != 40);
        }
        QVERIFY(test::makeRun(*m_workspace, a).has_value());
        QVERIFY(test::makeRun(*m_workspace, b).has_value());
        QVERIFY(test::makeRun(*m_workspace, {.id = "20261121-120000-cccc", .name = "broke off", .done = 3, .state = "stopped"})
                    .has_value());
    }

private Q_SLOTS:
    void initTestCase() {
        common::Theme::instance().apply(common::Theme::Choice::Dark);
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(m_workspace);
        m_services.jobs = &m_jobs;
        m_mode = std::make_unique<compare::CompareMode>(m_services);
        m_mode->resize(1540, 900);
        m_mode->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_mode.get()));
        m_table = m_mode->findChild<compare::RunsTable*>();
        new QAbstractItemModelTester(m_table, QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        for (auto* model : m_mode->findChildren<compare::CasesModel*>())
            new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        new QAbstractItemModelTester(m_mode->findChild<compare::SettingsDiff*>(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        m_mode->setWorkspace(m_workspace);
        makeRuns();
        m_mode->refresh();
        QTRY_COMPARE(m_table->rowCount(), 3);
        for (auto* view : m_mode->findChildren<QTableView*>())
            if (view->model() == m_table) m_view = view;
        QVERIFY(m_view);
    }
    void cleanupTestCase() { m_mode.reset(); }

    void verdictInWords() {
        auto* panel = m_mode->findChild<compare::VerdictPanel*>();
        QTRY_VERIFY2(panel->sentence().startsWith(QStringLiteral("B is better than A")), qPrintable(panel->sentence()));
        QVERIFY(panel->sentence().contains(QStringLiteral("+22.5 % accuracy, 95 % interval +")));
        QVERIFY(panel->sentence().contains(QStringLiteral("p = 0.012")));
        QVERIFY(panel->sentence().contains(QStringLiteral("A: base, B: faster")));
    }

    void pReadsWell() {
        QCOMPARE(compare::pText(0.0004), QStringLiteral("p < 0.001"));
        QCOMPARE(compare::pText(0.25), QStringLiteral("p = 0.250"));
    }

    void fixedAndBrokenGoToLabel() {
        const auto models = m_mode->findChildren<compare::CasesModel*>();
        QCOMPARE(models.size(), 3);  // the third: of what is clicked in the charts
        QTRY_COMPARE(models[0]->rowCount() + models[1]->rowCount() + models[2]->rowCount(), 11);
        auto panels = m_mode->findChildren<compare::CasesPanel*>();
        const auto ten = [](auto* panel) { return panel->list()->model()->rowCount() == 10; };
        auto* fixed = *std::find_if(panels.begin(), panels.end(), ten);
        QCOMPARE(fixed->list()->model()->rowCount(), 10);
        QSignalSpy spy(m_mode.get(), &common::Mode::goTo);
        fixed->list()->setCurrentIndex(fixed->list()->model()->index(0, 0));
        fixed->list()->setFocus();
        QTest::keyClick(fixed->list(), Qt::Key_Return);
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(spy[0][0].toString(), QStringLiteral("label"));
        QVERIFY(spy[0][1].toMap().contains(QStringLiteral("image")));
    }

    void sortsByMetricAndBack() {
        int accuracy = -1;
        for (int i = 0; i < m_table->columnCount(); ++i)
            if (m_table->headerData(i, Qt::Horizontal, Qt::DisplayRole) == QStringLiteral("Accuracy")) accuracy = i;
        QVERIFY(accuracy > 0);
        m_view->sortByColumn(accuracy, Qt::DescendingOrder);
        QCOMPARE(QString::fromStdString(m_table->at(0).row.name), QStringLiteral("faster"));
        m_view->sortByColumn(accuracy, Qt::AscendingOrder);
        QVERIFY(QString::fromStdString(m_table->at(0).row.name) != QStringLiteral("faster"));
    }

    void onlyDifferingSettingsAreShown() {
        auto* diff = m_mode->findChild<compare::SettingsDiff*>();
        QTRY_COMPARE(diff->rowCount(), 1);
        QCOMPARE(diff->index(0, 0).data().toString(), QStringLiteral("Rate"));
        QCOMPARE(diff->index(0, 1).data().toString(), QStringLiteral("0.003"));
        QCOMPARE(diff->index(0, 2).data().toString(), QStringLiteral("0.01"));
    }

    void columnsCanBeChosen() {
        const int before = m_table->columnCount();
        for (const auto& [column, shown] : m_table->choices())
            if (column.kind == compare::RunsTable::Column::State) m_table->setShown(column, true);
        QCOMPARE(m_table->columnCount(), before + 1);
    }

    void runWithoutPredictionsSaysWhy() {
        m_view->setCurrentIndex(m_table->index(m_table->rowOf(RunId("20261121-120000-cccc")), 0));
        auto* panel = m_mode->findChild<compare::VerdictPanel*>();
        QTRY_VERIFY2(panel->sentence().contains(QStringLiteral("can't be compared")), qPrintable(panel->sentence()));
    }

    void findingsFromPhases() {
        profile::Observed seen;
        seen.cores = 2;
        seen.spec.threads = 2;
        QVERIFY(profile::findingsOf(seen).empty());
        seen.phases = {{1, 2, 12, 22, 3, 40, 45, 50}};
        QVERIFY(profile::findingsOf(seen).empty());
        seen.phases = {{1, 6, 12, 22, 3, 43, 45, 50}};
        QCOMPARE(profile::findingsOf(seen).size(), std::size_t(1));
        QCOMPARE(profile::findingsOf(seen)[0].rule, QStringLiteral("waits_for_data"));
        QCOMPARE(profile::findingsOf(seen)[0].severity, profile::Finding::Medium);
        seen.phases = {{1, 30, 12, 22, 3, 67, 190, 50}};
        seen.speed = {100, 100, 98, 60};
        const auto found = profile::findingsOf(seen);
        QCOMPARE(found.size(), std::size_t(3));
        QCOMPARE(found[0].severity, profile::Finding::High);
    }

    void profileShowsPhasesOfTheChosenRun() {
        QVERIFY(test::makeRun(*m_workspace, {.id = "20261121-130000-dddd", .name = "waits", .waits = 0.3}).has_value());
        profile::ProfileMode mode(m_services);
        mode.resize(1400, 800);
        mode.show();
        mode.setWorkspace(m_workspace);
        auto* bars = mode.findChild<profile::PhaseBars*>();
        QTRY_COMPARE(bars->phases().size(), std::size_t(12));
        QVERIFY(bars->state().contains(QStringLiteral("waits for data 12 ms")));
        const auto says = [&](const QString& words) {
            for (auto* label : mode.findChildren<QLabel*>())
                if (label->text().contains(words)) return true;
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("Training waits for data")));
        mode.enter({{QStringLiteral("run"), QStringLiteral("20261121-100000-aaaa")}});
        QTRY_VERIFY(bars->phases().size() == 12 && bars->phases().back().waits() < 0.1);
        QTRY_VERIFY(!says(QStringLiteral("Training waits for data")));
    }
};

QTEST_MAIN(TestCompareMode)
#include "tst_compare_mode.moc"
