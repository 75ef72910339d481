// Local profiles in the real window: who one is, with which role, and what one may do then.
#include <QComboBox>
#include <QLineEdit>
#include <QListView>

#include "app/workbench/shell/user_popup.h"
#include "core/store/labelling.h"
#include "tests/support/gui_test.h"
#include "tests/support/sample_set.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/review_states.h"

using namespace lathe;
using namespace lathe::widgets::common;
using widgets::canvas::LabelMode;

class tst_Profiles : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<shell::MainWindow> m_window;

    shell::UserPopup& popup() { return *m_window->findChild<shell::UserPopup*>(); }
    LabelMode& label() { return *static_cast<LabelMode*>(m_window->currentMode()); }
    store::Workspace& workspace() { return *m_window->session().workspace(); }
    void openPopup() {
        QTest::keyClick(m_window.get(), Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(popup().isVisible() && popup().nameField().hasFocus());
    }
    void add(const QString& name, store::Role role) {
        openPopup();
        popup().nameField().clear();
        QTest::keyClicks(&popup().nameField(), name);
        popup().roleField().setCurrentIndex(int(role));
        QTest::keyClick(&popup().nameField(), Qt::Key_Return);
        QTRY_VERIFY(!popup().isVisible());
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(test::makeSampleWorkspace(m_dir.path().toStdString(), 3));
        m_window = test::openWindow(m_dir.path() + QStringLiteral("/shapes.lathe"), QStringLiteral("label"));
        QVERIFY(m_window);
        m_window->activateWindow();
        QTRY_VERIFY(label().document().isOpen());
    }
    void init() { test::failOnWarnings(); }
    void cleanupTestCase() { m_window.reset(); }

    void aProfileIsAddedAndUsed() {
        QVERIFY(label().review().mayReview());
        add(QStringLiteral("ana"), store::Role::Annotator);
        QTRY_COMPARE(store::users(workspace())->size(), std::size_t(1));
        QCOMPARE(store::users(workspace())->front().role, store::Role::Annotator);
        QTRY_VERIFY(!label().review().mayReview());
        label().document().add("Draw box", {label().document().make(ClassId(1), annot::Box{{1, 1, 5, 5}})});
        QCOMPARE(label().document().annotations().back().author, std::string("ana"));
    }

    void aReviewerMayReview() {
        add(QStringLiteral("rae"), store::Role::Reviewer);
        QTRY_COMPARE(store::users(workspace())->size(), std::size_t(2));
        QTRY_VERIFY(label().review().mayReview());
    }

    void onePressSwitches() {
        openPopup();
        QTRY_COMPARE(popup().list().model()->rowCount(), 2);
        QTest::mouseClick(popup().list().viewport(), Qt::LeftButton, {},
                          popup().list().visualRect(popup().list().model()->index(0, 0)).center());
        QTRY_VERIFY(!popup().isVisible());
        QTRY_VERIFY(!label().review().mayReview());
    }

    void aRoleIsChangedAndAProfileRemoved() {
        add(QStringLiteral("ana"), store::Role::Scientist);
        QTRY_COMPARE(store::users(workspace())->front().role, store::Role::Scientist);
        QTRY_VERIFY(label().review().mayReview());
        openPopup();
        QTRY_COMPARE(popup().list().model()->rowCount(), 2);
        ActionButton* remove = nullptr;
        for (auto* button : popup().findChildren<ActionButton*>())
            if (button->text() == QStringLiteral("Remove profile")) remove = button;
        QVERIFY(remove);
        QTRY_VERIFY(remove->isEnabled());
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_COMPARE(store::users(workspace())->size(), std::size_t(1));
        popup().closeOverlay();
    }
};

LATHE_GUI_TEST_MAIN(tst_Profiles)
#include "tst_profiles.moc"
