// The sheet before an export: it rehearses what the format can't hold and hands over what was chosen.
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include "core/base/files.h"
#include "tests/support/find_widgets.h"
#include "tests/support/gui_test.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/export_sheet.h"
#include "widgets/common/parts.h"

using namespace lathe;
using namespace lathe::widgets;

class TestExportSheet : public QObject {
    Q_OBJECT
    base::TempFolder m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    std::unique_ptr<QWidget> m_window;

    browser::ExportSheet* sheetFor(const QString& query = {}) {
        auto* sheet = new browser::ExportSheet(m_window.get(), m_jobs, m_workspace, query);
        sheet->openInMiddle();
        return sheet;
    }
    static void choose(QComboBox* box, const QString& beginning) {
        box->setCurrentIndex(box->findText(beginning, Qt::MatchStartsWith));
        Q_EMIT box->activated(box->currentIndex());
    }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 12);
        QVERIFY(m_workspace);
        m_window = std::make_unique<QWidget>();
        m_window->resize(1200, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanupTestCase() { m_window.reset(); }

    void aFormatThatHoldsAllSaysSo() {
        auto* sheet = sheetFor();
        auto* format = test::labelled<QComboBox>(sheet, QStringLiteral("Format"));
        choose(format, QStringLiteral("datumaro"));
        QTRY_VERIFY(test::says(sheet, QStringLiteral("The format holds all of it.")));
        QVERIFY(!sheet->findChild<common::ProblemsList*>()->isVisible());
        sheet->closeOverlay();
    }

    void whatIsLostIsSaidBefore() {
        auto* sheet = sheetFor();
        auto* losses = sheet->findChild<common::ProblemsList*>();
        for (const char* name : {"idx", "yolo_darknet"}) {
            choose(test::labelled<QComboBox>(sheet, QStringLiteral("Format")), QString::fromLatin1(name) + QStringLiteral(" "));
            QVERIFY(test::says(sheet, QStringLiteral("Looking")));
            QTRY_VERIFY(!test::says(sheet, QStringLiteral("Looking")));
            data::ExportOptions options;
            options.format = name, options.dryRun = true;
            const auto report = data::exportTo(*m_workspace, {}, options, {}, {});
            QVERIFY(report.has_value());
            QVERIFY2(!report->problems.empty(), name);
            QVERIFY(losses->isVisible());
            QVERIFY(!test::says(sheet, QStringLiteral("holds all of it")));
        }
        sheet->closeOverlay();
    }

    void theChoiceIsHandedOver() {
        auto* sheet = sheetFor(QStringLiteral("split:train"));
        choose(test::labelled<QComboBox>(sheet, QStringLiteral("Format")), QStringLiteral("coco"));
        auto* folder = test::labelled<QLineEdit>(sheet, QStringLiteral("Folder"));
        QVERIFY(folder->text().endsWith(QStringLiteral("export-coco")));
        auto* start = test::button(sheet, QStringLiteral("Export"));
        folder->clear();
        QVERIFY(!start->isEnabled());
        const auto to = m_folder.path() / "out";
        folder->setText(QString::fromStdString(to.string()));
        QTRY_VERIFY(start->isEnabled());
        QSignalSpy accepted(sheet, &browser::ExportSheet::accepted);
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(accepted.count(), 1);
        QCOMPARE(accepted[0][0].toString(), QString::fromStdString(to.string()));
        const auto options = accepted[0][1].value<data::ExportOptions>();
        QCOMPARE(options.format, std::string("coco"));
        QCOMPARE(options.query, std::string("split:train"));
        const auto report = data::exportTo(*m_workspace, to, options, {}, {});
        QVERIFY(report.has_value());
        QVERIFY(report->images > 0 && report->images < 24);
    }
};

LATHE_GUI_TEST_MAIN(TestExportSheet)
#include "tst_export_sheet.moc"
