// The list of images in Browse: columns, the grid's selection and sorts, keys, and that a large set is no more work than a small
// one.
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QtTest>

#include "tests/support/browse_page.h"
#include "tests/support/labelled.h"
#include "tests/support/sample_set.h"
#include "widgets/browser/tiles/image_list.h"

using namespace lathe;
using namespace lathe::widgets;
using browser::tiles::ImageTable;

class TestImageList : public QObject, test::BrowsePage {
    Q_OBJECT
    browser::tiles::ImageList* m_list = nullptr;
    QComboBox* m_sort = nullptr;

    QString cell(int row, int column) const { return m_list->model()->index(row, column).data().toString(); }
    QString told(int row, int column) const { return m_list->model()->index(row, column).data(Qt::AccessibleTextRole).toString(); }
    void press(int row, Qt::KeyboardModifiers modifiers = {}) {
        const QRect rect = m_list->visualRect(m_list->model()->index(row, ImageTable::File));
        QTest::mouseClick(m_list->viewport(), Qt::LeftButton, modifiers, rect.center());
    }
    void pressHead(int column) {
        auto* header = m_list->horizontalHeader();
        m_list->scrollTo(m_list->model()->index(0, column));
        const QPoint at(header->sectionViewportPosition(column) + header->sectionSize(column) / 2, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    }
    /// Rows of the view's own selection: what a screen reader is told.
    QSet<int> toldSelected() const {
        QSet<int> rows;
        for (const QModelIndex& index : m_list->selectionModel()->selectedRows()) rows << index.row();
        return rows;
    }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(m_workspace);
        QVERIFY(m_workspace->setTag(std::vector{ImageId(1)}, "blurry", true).has_value());
        QVERIFY(m_workspace->setTag(std::vector{ImageId(1)}, "night", true).has_value());
        QVERIFY(showMode({1700, 800}));
        m_list = m_mode->findChild<browser::tiles::ImageList*>();
        for (auto* box : m_mode->findChildren<QComboBox*>())
            if (box->count() == int(data::Sort::Objects) + 1) m_sort = box;
        QVERIFY(m_sort);
        QVERIFY(browse(40));
    }

    void aKeySwitches() {
        m_grid->setFocus();
        QVERIFY(!m_list->isVisible());
        QTest::keyClick(m_grid, Qt::Key_L);
        QVERIFY(m_list->isVisible() && !m_grid->isVisible());
        QVERIFY(m_list->hasFocus());
        QTest::keyClick(m_list, Qt::Key_L);
        QVERIFY(m_grid->isVisible() && m_grid->hasFocus());
        QTest::keyClick(m_grid, Qt::Key_L);
        QVERIFY(m_list->isVisible());
    }

    void columnsTellTheRecord() {
        QAbstractItemModelTester tester(m_list->model());
        QTRY_VERIFY(!cell(0, ImageTable::File).isEmpty());
        const auto record = m_workspace->image(ImageId(1)).value().value();
        QCOMPARE(cell(0, ImageTable::File), QString::fromStdString(record.name));
        QCOMPARE(cell(0, ImageTable::Size), QStringLiteral("32 × 32"));
        QCOMPARE(cell(0, ImageTable::Split), QString::fromStdString(record.split));
        QCOMPARE(cell(0, ImageTable::State), common::imageStateText(QString::fromStdString(record.state)));
        QCOMPARE(cell(0, ImageTable::Objects), QStringLiteral("1"));
        QCOMPARE(told(0, ImageTable::Classes), QStringLiteral("disc"));
        QCOMPARE(cell(0, ImageTable::Tags), QStringLiteral("blurry, night"));
        QCOMPARE(cell(0, ImageTable::Brightness), common::number(record.brightness));
        QCOMPARE(cell(0, ImageTable::Sharpness), common::number(record.sharpness));
        QCOMPARE(cell(0, ImageTable::Added), common::dateTimeText(record.added));
        QCOMPARE(told(0, ImageTable::Picture), QString::fromStdString(record.name));
    }

    void sortsByTheHead() {
        pressHead(ImageTable::Brightness);
        QCOMPARE(data::Sort(m_sort->currentIndex()), data::Sort::Brightness);
        QVERIFY(!action("select-all")->isChecked());
        const auto ofRow = [this](int row) {
            return m_workspace->image(m_grid->items().imageAt(std::size_t(row))).value()->brightness;
        };
        QTRY_VERIFY(ofRow(0) <= ofRow(1) && ofRow(1) <= ofRow(39) && ofRow(0) < ofRow(39));
        QVERIFY(m_list->horizontalHeader()->isSortIndicatorShown());
        pressHead(ImageTable::Brightness);
        QTRY_VERIFY(ofRow(0) > ofRow(39));
        QCOMPARE(m_list->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
        pressHead(ImageTable::Tags);  // can't be sorted by
        QCOMPARE(data::Sort(m_sort->currentIndex()), data::Sort::Brightness);
        QCOMPARE(m_list->horizontalHeader()->sortIndicatorSection(), int(ImageTable::Brightness));
        // and the other way round
        m_sort->setFocus();
        QTest::keyClick(m_sort, Qt::Key_Home);
        QTRY_VERIFY(!m_list->horizontalHeader()->isSortIndicatorShown());
        QTest::keyClick(m_sort, Qt::Key_Down);
        QTRY_COMPARE(m_list->horizontalHeader()->sortIndicatorSection(), int(ImageTable::File));
        pressHead(ImageTable::File);
        pressHead(ImageTable::Added);
        QTRY_COMPARE(m_list->horizontalHeader()->sortIndicatorOrder(), Qt::AscendingOrder);
        QTRY_COMPARE(m_grid->items().imageAt(0), ImageId(1));
    }

    void theGridsSelection() {
        press(2);
        QCOMPARE(m_grid->selectedRows(), (std::vector<std::size_t>{2}));
        press(5, Qt::ShiftModifier);
        QCOMPARE(m_grid->selectedCount(), 4u);
        press(3, Qt::ControlModifier);
        QCOMPARE(m_grid->selectedRows(), (std::vector<std::size_t>{2, 4, 5}));
        QCOMPARE(toldSelected(), (QSet<int>{2, 4, 5}));
        QCOMPARE(QAccessible::queryAccessibleInterface(m_list)->text(QAccessible::Description),
                 QStringLiteral("40 images, 3 selected"));
        QTest::keyClick(m_list, Qt::Key_L);
        QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, Qt::ControlModifier, m_grid->tileRect(0).center());
        QTest::keyClick(m_grid, Qt::Key_L);
        QCOMPARE(toldSelected(), (QSet<int>{0, 2, 4, 5}));
        QTest::keyClick(m_list, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_grid->selectedCount(), 40u);
        QVERIFY(toldSelected().contains(1));
        QTest::keyClick(m_list, Qt::Key_Escape);
        QCOMPARE(m_grid->selectedCount(), 0u);
        QVERIFY(toldSelected().isEmpty());
    }

    void dragExtends() {
        const auto at = [this](int row) { return m_list->visualRect(m_list->model()->index(row, ImageTable::File)).center(); };
        QTest::mousePress(m_list->viewport(), Qt::LeftButton, {}, at(1));
        QTest::mouseMove(m_list->viewport(), at(4));
        QTest::mouseRelease(m_list->viewport(), Qt::LeftButton, {}, at(4));
        QCOMPARE(m_grid->selectedRows(), (std::vector<std::size_t>{1, 2, 3, 4}));
    }

    void keys() {
        press(0);
        QTest::keyClick(m_list, Qt::Key_Down);
        QCOMPARE(m_grid->currentRow(), 1);
        QTest::keyClick(m_list, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_grid->selectedRows(), (std::vector<std::size_t>{1, 2}));
        QTest::keyClick(m_list, Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(m_grid->currentRow(), 3);
        QCOMPARE(m_grid->selectedCount(), 2u);
        QTest::keyClick(m_list, Qt::Key_Space);
        QCOMPARE(m_grid->selectedCount(), 3u);
        QTest::keyClick(m_list, Qt::Key_End);
        QCOMPARE(m_grid->currentRow(), 39);
        QVERIFY(m_list->viewport()->rect().intersects(m_list->visualRect(m_list->model()->index(39, ImageTable::File))));
        QTest::keyClick(m_list, Qt::Key_PageUp);
        QVERIFY(m_grid->currentRow() < 35);
        QTest::keyClick(m_list, Qt::Key_Home);
        QCOMPARE(m_grid->currentRow(), 0);
        QSignalSpy went(m_mode.get(), &common::Mode::goTo);
        QTest::keyClick(m_list, Qt::Key_Return);
        QCOMPARE(went.takeFirst()[1].toMap().value(QStringLiteral("image")).toLongLong(), m_grid->current().value);
        const QRect third = m_list->visualRect(m_list->model()->index(3, ImageTable::File));
        QTest::mouseDClick(m_list->viewport(), Qt::LeftButton, {}, third.center());
        QCOMPARE(went.takeFirst()[0].toString(), QStringLiteral("label"));
    }

    void actionsAreTheGrids() {
        press(0);
        const ImageId id = m_grid->current();
        action("split-val")->trigger();
        QTRY_COMPARE(m_workspace->image(id).value()->split, std::string("val"));
        QTRY_COMPARE(cell(0, ImageTable::Split), QStringLiteral("val"));
        press(0);
        press(1, Qt::ShiftModifier);
        QVERIFY(action("tag")->isEnabled());
    }

    void columnsAreChosenAndRemembered() {
        action("list-columns")->trigger();
        QMenu* menu = nullptr;
        QTRY_VERIFY((menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())));
        for (QAction* one : menu->actions())
            if (one->text() == "Sharpness") one->trigger();
        menu->close();
        QVERIFY(m_list->isColumnHidden(ImageTable::Sharpness));
        m_list->horizontalHeader()->resizeSection(ImageTable::File, 333);
        QTest::qWait(500);
        const auto other = makeMode({1700, 800});
        auto* list = other->findChild<browser::tiles::ImageList*>();
        QVERIFY(list->isColumnHidden(ImageTable::Sharpness) && !list->isColumnHidden(ImageTable::File));
        QCOMPARE(list->columnWidth(ImageTable::File), 333);
        other->setWorkspace(m_workspace);
        QTRY_VERIFY(list->isVisible());  // it was shown as a list
    }

    void objectsHaveNoList() {
        m_mode->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_mode.get()));
        action("objects")->trigger();
        QTRY_VERIFY(!m_list->isVisible());
        QVERIFY(!action("list")->isEnabled());
        action("grid")->trigger();
        QTRY_VERIFY(m_list->isVisible());
        QTRY_COMPARE(m_grid->count(), 40u);
    }

    void speaksKorean() {
        shell::setLanguage(QStringLiteral("ko"));
        QTRY_COMPARE(m_list->model()->headerData(ImageTable::Split, Qt::Horizontal).toString(), QStringLiteral("분할"));
        QTRY_COMPARE(m_list->accessibleName(), QStringLiteral("이미지 목록"));
        shell::setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(m_list->accessibleName(), QStringLiteral("List of images"));
    }

    void aHundredThousandAreNoMoreWork() {
        const auto large = store::Workspace::create(m_folder.path() / "large.lathe").value();
        test::addImages(*large, 100'000);
        m_mode->setWorkspace(large);
        QTRY_COMPARE_WITH_TIMEOUT(m_list->model()->rowCount(), 100'000, 20'000);
        QElapsedTimer timer;
        timer.start();
        m_list->reload();
        QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
        m_list->setFocus();
        timer.restart();
        QTest::keyClick(m_list, Qt::Key_End);
        QTest::keyClick(m_list, Qt::Key_Home);
        QTest::keyClick(m_list, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(m_grid->selectedCount(), 100'000u);
        m_list->grab();
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
        QTRY_COMPARE(cell(99'999, ImageTable::File), QStringLiteral("99999.png"));
        QVERIFY(toldSelected().size() < 100);
    }

    void cleanupTestCase() { m_mode.reset(); }
};

LATHE_GUI_TEST_MAIN(TestImageList)
#include "tst_image_list.moc"
