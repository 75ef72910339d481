// The sheet before an import: a table whose names say nothing, whose columns a person chooses.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include "core/base/files.h"
#include "core/image/decode.h"
#include "tests/support/find_widgets.h"
#include "tests/support/gui_test.h"
#include "widgets/common/parts.h"
#include "widgets/start/column_table.h"
#include "widgets/start/import_sheet.h"

using namespace lathe;
using namespace lathe::widgets;

class TestImportSheet : public QObject {
    Q_OBJECT
    base::TempFolder m_folder;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Jobs m_jobs;
    std::unique_ptr<QWidget> m_window;

    start::ImportSheet* sheetOf(const std::filesystem::path& source) {
        auto* sheet = new start::ImportSheet(m_window.get(), m_jobs, m_workspace, QString::fromStdString(source.string()), "ana");
        sheet->openInMiddle();
        return sheet;
    }
    static QAbstractButton* importButton(const QWidget& sheet) {
        for (auto* button : sheet.findChildren<QAbstractButton*>())
            if (button->text() == "Import") return button;
        return nullptr;
    }
    static void choose(const start::ColumnTable& table, const char* column, const char* role) {
        for (auto* box : table.findChildren<QComboBox*>()) {
            if (box->accessibleName() != QStringLiteral("What the column %1 holds").arg(column)) continue;
            box->setCurrentIndex(box->findText(role));
            Q_EMIT box->activated(box->currentIndex());
            return;
        }
        qFatal("no column %s", column);
    }
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        auto workspace = store::Workspace::create(m_folder.path() / "w.lathe");
        QVERIFY(workspace);
        m_workspace = *workspace;
        m_window = std::make_unique<QWidget>();
        m_window->resize(1200, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        std::filesystem::create_directories(m_folder.path() / "set");
        QVERIFY(image::writeImage(m_folder.path() / "set/1.png", cv::Mat(40, 40, CV_8UC3, cv::Scalar(9, 9, 9))).has_value());
        QVERIFY(base::writeFileAtomically(m_folder.path() / "set/labels.csv",
                                          "pic,thing,l,t,r,b\n1.png,cat,1,2,3,5\n1.png,dog,10,10,20,30\n")
                    .has_value());
    }

    void columnsThatSayNothingAreChosen() {
        auto* sheet = sheetOf(m_folder.path() / "set/labels.csv");
        auto* table = sheet->findChild<start::ColumnTable*>();
        QTRY_VERIFY(table->isVisible());
        QTRY_VERIFY(test::says(sheet, "The names of its columns don't say what they hold"));
        QVERIFY(!importButton(*sheet)->isEnabled());
        choose(*table, "pic", "Image file");
        choose(*table, "thing", "Class");
        QTRY_VERIFY(test::says(sheet, "csv: 1 image, 2 annotations, 2 classes"));
        choose(*table, "l", "Corners: left");
        QTRY_VERIFY(test::says(sheet, "a box needs four columns"));
        QVERIFY(!importButton(*sheet)->isEnabled());
        choose(*table, "t", "Corners: top");
        choose(*table, "r", "Corners: right");
        choose(*table, "b", "Corners: bottom");
        QTRY_VERIFY(importButton(*sheet)->isEnabled());
        QSignalSpy accepted(sheet, &start::ImportSheet::accepted);
        QTest::mouseClick(importButton(*sheet), Qt::LeftButton);
        QCOMPARE(accepted.count(), 1);
        const auto options = accepted[0][0].value<data::ImportOptions>();
        QCOMPARE(options.columns.at("xmax"), std::string("r"));
        const auto report = data::importInto(*m_workspace, m_folder.path() / "set/labels.csv", options, {}, {});
        QVERIFY(report && report->problems.empty());
        const auto annotations = m_workspace->annotations(ImageId(1));
        QVERIFY(annotations && annotations->size() == 2);
        QVERIFY(std::get<annot::Box>((*annotations)[1].shape).rect == (annot::Rect{10, 10, 10, 20}));
    }

    void aRoleIsOneColumns() {
        auto* sheet = sheetOf(m_folder.path() / "set/labels.csv");
        auto* table = sheet->findChild<start::ColumnTable*>();
        QTRY_VERIFY(table->isVisible());
        choose(*table, "pic", "Class");
        choose(*table, "thing", "Class");
        QCOMPARE(table->columns(), (formats::ColumnMap{{"class", "thing"}}));
        sheet->closeOverlay();
    }

    void aKnownTableNeedsNothing() {
        QVERIFY(
            base::writeFileAtomically(m_folder.path() / "known.csv", "filename,class,xmin,ymin,xmax,ymax\nset/1.png,cat,1,2,3,5\n")
                .has_value());
        auto* sheet = sheetOf(m_folder.path() / "known.csv");
        QTRY_VERIFY(importButton(*sheet)->isEnabled());
        auto* table = sheet->findChild<start::ColumnTable*>();
        QVERIFY(table->isVisible());
        QVERIFY(table->columns().empty());
        sheet->closeOverlay();
    }

    void foldersShowNoColumns() {
        std::filesystem::create_directories(m_folder.path() / "plain/cat");
        std::filesystem::copy_file(m_folder.path() / "set/1.png", m_folder.path() / "plain/cat/1.png");
        auto* sheet = sheetOf(m_folder.path() / "plain");
        QTRY_VERIFY(importButton(*sheet)->isEnabled());
        QVERIFY(!sheet->findChild<start::ColumnTable*>()->isVisible());
        sheet->closeOverlay();
    }

    void whereVocCountsFromCanBeSaid() {
        for (const char* part : {"voc/Annotations", "voc/JPEGImages"}) std::filesystem::create_directories(m_folder.path() / part);
        QVERIFY(base::writeFileAtomically(
                    m_folder.path() / "voc/Annotations/1.xml",
                    "<annotation><filename>1.png</filename><object><name>cat</name><bndbox><xmin>3</xmin><ymin>3</ymin>"
                    "<xmax>3</xmax><ymax>9</ymax></bndbox></object></annotation>")
                    .has_value());
        std::filesystem::copy_file(m_folder.path() / "set/1.png", m_folder.path() / "voc/JPEGImages/1.png");
        auto* sheet = sheetOf(m_folder.path() / "voc");
        auto* numbers = test::labelled<QComboBox>(sheet, QStringLiteral("Box numbers"));
        QVERIFY(numbers && !numbers->isVisible());
        QTRY_VERIFY(numbers->isVisible());
        auto* problems = sheet->findChild<common::ProblemsList*>();
        QTRY_VERIFY(problems->isVisible());  // counted from 0 the box has no width
        numbers->setCurrentIndex(2);
        Q_EMIT numbers->activated(2);
        QTRY_VERIFY(!problems->isVisible());
        QTRY_VERIFY(importButton(*sheet)->isEnabled());
        QSignalSpy accepted(sheet, &start::ImportSheet::accepted);
        QTest::mouseClick(importButton(*sheet), Qt::LeftButton);
        QVERIFY(accepted[0][0].value<data::ImportOptions>().vocPixels == formats::VocPixels::FromOne);
    }

    void cleanupTestCase() { m_window.reset(); }
};

LATHE_GUI_TEST_MAIN(TestImportSheet)
#include "tst_import_sheet.moc"
