// The parts of the kit: heights from tokens, names for everyone, rows, forms, problems, numbers in words.
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QListView>
#include <QSignalSpy>
#include <QStandardItemModel>

#include "tests/support/gui_test.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"

using namespace lathe::widgets::common;

class tst_Parts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { lathe::test::failOnWarnings(); }

    void actionButtonFollowsItsAction() {
        QAction action(QStringLiteral("Done and next"));
        action.setShortcut(QKeySequence(Qt::Key_Space));
        ActionButton button(&action, ButtonKind::Primary);
        QCOMPARE(button.text(), QStringLiteral("Done and next"));
        QCOMPARE(button.sizeHint().height(), 28);
        const int wide = button.sizeHint().width();
        action.setShortcut({});
        QVERIFY(button.sizeHint().width() < wide);
        action.setEnabled(false);
        QVERIFY(!button.isEnabled());
        action.setEnabled(true);
        QSignalSpy triggered(&action, &QAction::triggered);
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(triggered.count(), 1);
        action.setText(QStringLiteral("완료 후 다음"));
        QCOMPARE(button.text(), QStringLiteral("완료 후 다음"));
        QCOMPARE(button.sizeHint().height(), 28);
    }

    void checkableActionTogglesOnce() {
        QAction action(QStringLiteral("Occluded"));
        action.setCheckable(true);
        ActionButton button(&action);
        QSignalSpy toggled(&action, &QAction::toggled);
        QTest::mouseClick(&button, Qt::LeftButton);
        QVERIFY(action.isChecked());
        QCOMPARE(toggled.count(), 1);
        action.setChecked(false);
        QVERIFY(!button.isChecked());
    }

    void iconButtonsHaveNames() {
        QAction action(QStringLiteral("Polygon"));
        action.setShortcut(QKeySequence(Qt::Key_P));
        std::unique_ptr<QToolButton> button(makeIconButton(&action, QStringLiteral("polygon")));
        QCOMPARE(button->accessibleName(), QStringLiteral("Polygon"));
        QVERIFY(button->toolTip().contains(u'P'));
        QCOMPARE(button->size(), QSize(28, 28));
    }

    void segmentsChooseOne() {
        Segments segments(QStringLiteral("View"));
        segments.setItems({QStringLiteral("Picture"), QStringLiteral("Map"), QStringLiteral("Blend")});
        QCOMPARE(segments.current(), 0);
        QSignalSpy changed(&segments, &Segments::changed);
        segments.setCurrent(2);
        QCOMPARE(changed.count(), 0);
        QTest::mouseClick(segments.findChildren<QAbstractButton*>().at(1), Qt::LeftButton);
        QCOMPARE(segments.current(), 1);
        QCOMPARE(changed.count(), 1);
        segments.setItems({QStringLiteral("그림"), QStringLiteral("맵"), QStringLiteral("혼합")});
        QCOMPARE(segments.current(), 1);
    }

    void noteSaysAndActs() {
        Note note;
        bool acted = false;
        note.show(Tone::Warn, QStringLiteral("3 of these images are in the frozen test set."), QStringLiteral("Show"),
                  [&] { acted = true; });
        QVERIFY(note.isVisibleTo(nullptr));
        QTest::mouseClick(note.findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(acted);
        note.hide();
    }

    void formLabelsAreBuddies() {
        FormRows form;
        auto* edit = new QLineEdit(&form);
        QLabel* label = form.addRow(QStringLiteral("Size"), edit, QStringLiteral("px"));
        QCOMPARE(label->buddy(), edit);
        QCOMPARE(QAccessible::queryAccessibleInterface(edit)->text(QAccessible::Name), QStringLiteral("Size"));
        auto* spin = new QSpinBox(&form);
        form.addRow(QStringLiteral("Epochs"), spin, QStringLiteral("ep"));
        QCOMPARE(spin->suffix(), QStringLiteral(" ep"));
        form.setChanged(spin, true);
    }

    void rowsHaveTokenHeights() {
        QStandardItemModel model(2, 1);
        model.setData(model.index(0, 0), QStringLiteral("라벨링 기준"));
        model.setData(model.index(0, 0), QColor(Qt::red), Roles::Swatch);
        model.setData(model.index(0, 0), QStringLiteral("4,153"), Roles::Right);
        QListView view;
        view.setModel(&model);
        view.setItemDelegate(new RowDelegate(&view));
        view.resize(300, 100);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(view.sizeHintForRow(0), 30);
        Theme::instance().setCompact(true);
        QCOMPARE(view.itemDelegate()->sizeHint({}, model.index(0, 0)).height(), 24);
        Theme::instance().setCompact(false);
        QVERIFY(!view.grab().toImage().isNull());
    }

    void rowCheckBoxesToggle() {
        QStandardItemModel model(1, 1);
        model.item(0) ? void() : model.setItem(0, new QStandardItem(QStringLiteral("train")));
        model.item(0)->setCheckable(true);
        QListView view;
        view.setModel(&model);
        view.setItemDelegate(new RowDelegate(&view));
        view.resize(300, 100);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QRect row = view.visualRect(model.index(0, 0));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(row.x() + 16, row.center().y()));
        QCOMPARE(model.item(0)->checkState(), Qt::Checked);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(row.x() + 150, row.center().y()));
        QCOMPARE(model.item(0)->checkState(), Qt::Checked);
    }

    void problemsStay() {
        ProblemsList list;
        lathe::Problems problems{{"BloodImage_00338.xml, object 7", "zero_area", "box has no width, and \"no\" height"},
                                 {"scan.tif", "invalid_data", "cut off"}};
        list.setProblems(QStringLiteral("2 refused"), problems);
        auto* view = list.findChild<QListView*>();
        QCOMPARE(view->model()->rowCount(), 2);
        const QAbstractItemModelTester tester(view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(list.csv().contains(QStringLiteral("\"box has no width, and \"\"no\"\" height\"")));
        QVERIFY(view->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QLatin1String("width")));
    }

    void numbers() {
        QCOMPARE(number(4153), QStringLiteral("4,153"));
        QCOMPARE(number(1234567), QStringLiteral("1,234,567"));
        QCOMPARE(number(-0.25, 2), QStringLiteral("−0.25"));
        QCOMPARE(number(-0.001, 2), QStringLiteral("0.00"));
        QCOMPARE(number(0.6308, 3), QStringLiteral("0.631"));
        QCOMPARE(number(std::nan("")), QStringLiteral("–"));
    }

    void durations() {
        QCOMPARE(duration(0.012), QStringLiteral("12 ms"));
        QCOMPARE(duration(0.4), QStringLiteral("0.4 s"));
        QCOMPARE(duration(39), QStringLiteral("39 s"));
        QCOMPARE(duration(480), QStringLiteral("8 min"));
        QCOMPARE(duration(7500), QStringLiteral("2 h 5 min"));
        QCOMPARE(fileSize(1.24e9), QStringLiteral("1.2 GB"));
    }

    void errorsNameTheirReason() {
        const lathe::Error error{lathe::ErrorCode::InvalidData, "box has no width", "a.json:12"};
        const QString text = errorText(error);
        QVERIFY(text.contains(QLatin1String("box has no width")) && text.contains(QLatin1String("a.json:12")));
    }

    void matsBecomeImages() {
        cv::Mat bgr(2, 3, CV_8UC3, cv::Scalar(10, 20, 30));
        const QImage image = toQImage(bgr);
        QCOMPARE(image.size(), QSize(3, 2));
        QCOMPARE(image.pixelColor(1, 1), QColor(30, 20, 10));
        const cv::Mat grey(4, 5, CV_8UC1, cv::Scalar(77));
        QCOMPARE(toQImage(grey).pixelColor(0, 0), QColor(77, 77, 77));
        QVERIFY(toQImage({}).isNull());
    }

    void emptyStateOffersAWayOut() {
        QAction primary(QStringLiteral("Import folder")), other(QStringLiteral("Sample: bccd"));
        EmptyState empty(QStringLiteral("image"));
        empty.setTexts(QStringLiteral("No images yet"), QStringLiteral("Drop a folder here"));
        empty.setActions(&primary, &other);
        QCOMPARE(empty.findChildren<ActionButton*>().size(), 2);
        empty.setActions(&primary);
        QCOMPARE(empty.findChildren<ActionButton*>().size(), 1);
    }
};

LATHE_GUI_TEST_MAIN(tst_Parts)
#include "tst_parts.moc"
