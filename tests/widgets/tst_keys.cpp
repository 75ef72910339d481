// Keys in the real window: each action has one, none clashes, all can be changed; presets; the class by its first letters.
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTableView>

#include "app/workbench/shell/cheat_sheet.h"
#include "app/workbench/shell/key_editor.h"
#include "tests/support/gui_test.h"
#include "tests/support/sample_set.h"
#include "widgets/canvas/class_picker.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/common/key_map.h"
#include "widgets/common/key_presets.h"

using namespace lathe;
using namespace lathe::widgets::common;
using widgets::canvas::LabelMode;

class tst_Keys : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<shell::MainWindow> m_window;

    LabelMode& label() { return *static_cast<LabelMode*>(m_window->mode(QStringLiteral("label"))); }
    shell::KeyEditor& editor() { return *m_window->findChild<shell::KeyEditor*>(); }
    Note& note() { return *editor().findChild<Note*>(); }
    QAction* action(const QString& name) { return m_window->findChild<QAction*>(name); }
    QList<QAction*> allActions() {
        QList<QAction*> all;
        for (const auto& [title, actions] : m_window->actionGroups())
            if (title != m_window->currentMode()->title()) all += actions;
        for (const char* id : {"start", "label", "browse", "train", "compare", "explain", "profile", "review", "serve"})
            all += m_window->mode(QString::fromLatin1(id))->modeActions();
        return all;
    }
    QStringList clashes() {
        QStringList out;
        const auto all = allActions();
        for (qsizetype i = 0; i < all.size(); ++i)
            for (qsizetype k = i + 1; k < all.size(); ++k)
                if (clash(*all[i], *all[k]))
                    out << QStringLiteral("%1 and %2: %3")
                               .arg(all[i]->objectName(), all[k]->objectName(), all[i]->shortcut().toString());
        return out;
    }
    void openEditor() {
        QTest::keyClick(m_window.get(), Qt::Key_F1, Qt::ShiftModifier);
        QTRY_VERIFY(editor().isVisible());
        QTRY_VERIFY(editor().search().hasFocus());
        label();
    }
    void find(const QString& text) {
        editor().search().clear();
        QTest::keyClicks(&editor().search(), text);
        QVERIFY(editor().table().model()->rowCount() > 0);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);  // the field of the press before
        QTest::keyClick(&editor().search(), Qt::Key_Return);
        auto* field = editor().table().viewport()->findChild<QLineEdit*>();
        QVERIFY(field);
        QTest::keyClick(field, key, modifiers);
    }

private Q_SLOTS:
    void initTestCase() {
        const auto workspace = test::makeSampleWorkspace(m_dir.path().toStdString(), 4);
        QVERIFY(workspace);
        m_window = test::openWindow(m_dir.path() + QStringLiteral("/shapes.lathe"), QStringLiteral("label"));
        QVERIFY(m_window);
        m_window->activateWindow();
        QTRY_VERIFY(label().document().isOpen());
    }
    void init() {
        test::failOnWarnings();
        KeyMap::instance().setAll({});
    }
    void cleanup() {
        for (auto* overlay : m_window->findChildren<Overlay*>()) overlay->closeOverlay();
        KeyMap::instance().setAll({});
    }
    void cleanupTestCase() { m_window.reset(); }

    void everyActionOfLabelHasAKey() {
        QStringList without, unnamed;
        for (QAction* action : label().modeActions()) {
            if (action->shortcuts().isEmpty()) without << action->objectName();
            if (action->objectName().isEmpty() || action->iconText().isEmpty()) unnamed << action->text();
        }
        QVERIFY2(without.isEmpty(), qPrintable(without.join(QStringLiteral(", "))));
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral(", "))));
    }

    void noTwoActionsHaveTheSameKey() {
        const QStringList all = clashes();
        QVERIFY2(all.isEmpty(), qPrintable(all.join(u'\n')));
    }

    void presetsClashNowhere() {
        for (const KeyPreset& preset : keyPresets()) {
            KeyMap::instance().setAll(preset.keys);
            QCOMPARE(currentPreset(), preset.id);
            const QStringList all = clashes();
            QVERIFY2(all.isEmpty(), qPrintable(preset.id + QStringLiteral(":\n") + all.join(u'\n')));
            for (auto key = preset.keys.cbegin(); key != preset.keys.cend(); ++key)
                QVERIFY2(key.key().startsWith(QStringLiteral("label.")) || action(key.key()), qPrintable(key.key()));
        }
    }

    void aPresetChangesWhatKeysDo() {
        const auto presets = keyPresets();
        const auto cvat = std::find_if(presets.begin(), presets.end(), [](const auto& p) { return p.id == QLatin1String("cvat"); });
        KeyMap::instance().setAll(cvat->keys);
        label().view().setFocus();
        const ImageId before = label().document().image().id;
        QTest::keyClick(&label().view(), Qt::Key_F);
        QTRY_VERIFY(label().document().image().id != before);
        QTest::keyClick(&label().view(), Qt::Key_D);
        QTRY_COMPARE(label().document().image().id, before);
    }

    void aKeyIsChangedByPressingIt() {
        openEditor();
        find(QStringLiteral("Fit the image"));
        press(Qt::Key_F7);
        QCOMPARE(action(QStringLiteral("label.fit"))->shortcuts(), QList<QKeySequence>{QKeySequence(Qt::Key_F7)});
        QVERIFY(KeyMap::instance().isChanged(QStringLiteral("label.fit")));
        QVERIFY(action(QStringLiteral("label.fit"))->toolTip().size() > 0);
        editor().closeOverlay();
        label().view().zoomTo(4);
        label().view().setFocus();
        QTest::keyClick(&label().view(), Qt::Key_F7);
        QVERIFY(std::abs(label().view().zoom() - label().view().fitScale()) < 1e-9);
    }

    void aTakenKeyIsToldAndGivenOnlyWhenWanted() {
        openEditor();
        find(QStringLiteral("Fit the image"));
        press(Qt::Key_R);
        QVERIFY(!note().isHidden());
        QVERIFY2(note().findChildren<QLabel*>().last()->text().contains(QStringLiteral("Box")),
                 qPrintable(note().findChildren<QLabel*>().last()->text()));
        QVERIFY(!KeyMap::instance().isChanged(QStringLiteral("label.fit")));
        QTest::mouseClick(note().findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(action(QStringLiteral("label.fit"))->shortcut(), QKeySequence(Qt::Key_R));
        QVERIFY(action(QStringLiteral("label.box"))->shortcuts().isEmpty());
        QVERIFY(clashes().isEmpty());
    }

    void theWindowsKeysClashWithEveryMode() {
        openEditor();
        find(QStringLiteral("Fit the image"));
        press(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(!note().isHidden());
        QCOMPARE(action(QStringLiteral("label.fit"))->shortcut(), QKeySequence(Qt::Key_F));
    }

    void escapeLeavesAndResetBringsBack() {
        openEditor();
        find(QStringLiteral("Fit the image"));
        press(Qt::Key_Escape);
        QVERIFY(editor().isVisible());
        QVERIFY(!KeyMap::instance().isChanged(QStringLiteral("label.fit")));
        press(Qt::Key_F7);
        ActionButton* reset = nullptr;
        for (auto* button : editor().findChildren<ActionButton*>())
            if (button->text() == QStringLiteral("Reset")) reset = button;
        QVERIFY(reset && reset->isEnabled());
        QTest::mouseClick(reset, Qt::LeftButton);
        QVERIFY(!KeyMap::instance().isChanged(QStringLiteral("label.fit")));
        QCOMPARE(action(QStringLiteral("label.fit"))->shortcuts().size(), 2);
    }

    void thePresetIsChosenInTheEditor() {
        openEditor();
        auto* presets = editor().findChild<QComboBox*>();
        QCOMPARE(presets->currentText(), QStringLiteral("Lathe"));
        presets->setFocus();
        QTest::keyClick(presets, Qt::Key_Down);
        QCOMPARE(currentPreset(), QStringLiteral("cvat"));
        find(QStringLiteral("Fit the image"));
        press(Qt::Key_F7);
        QCOMPARE(presets->currentText(), QStringLiteral("Your own"));
    }

    void theSheetShowsTheKeysThatAreSet() {
        KeyMap::instance().set(QStringLiteral("label.fit"), {QKeySequence(Qt::Key_F7)});
        QTest::keyClick(m_window.get(), Qt::Key_F1);
        auto* sheet = m_window->findChild<shell::CheatSheet*>();
        QTRY_VERIFY(sheet->isVisible());
        QStringList caps;
        for (auto* label : sheet->findChildren<QLabel*>())
            if (label->property("keycap").toBool()) caps << label->text();
        QVERIFY(caps.contains(QStringLiteral("F7")));
        QVERIFY(caps.size() > 60);
        auto* search = sheet->findChild<QLineEdit*>();
        QTest::keyClicks(search, QStringLiteral("Fit the"));
        QTRY_VERIFY(sheet->findChildren<QLabel*>().size() < caps.size());
        QTest::mouseClick(sheet->findChild<ActionButton*>(), Qt::LeftButton);
        QTRY_VERIFY(editor().isVisible() && !sheet->isVisible());
    }

    void theClassByItsFirstLetters() {
        const auto workspace = m_window->session().workspace();
        for (const char* name : {"Red blood cell", "White blood cell", "Platelet", "세포"})
            QVERIFY(workspace->addClass(name).has_value());
        label().refresh();
        auto& picker = label().picker();
        QTRY_COMPARE(picker.matches().rowCount(), 6);
        const auto pick = [&](const QString& letters) {
            label().view().setFocus();
            QTest::keyClick(&label().view(), Qt::Key_Slash);
            QTRY_VERIFY(picker.isVisible() && picker.field().hasFocus());
            picker.field().insert(letters);  // QTest types ASCII alone
            QTest::keyClick(&picker.field(), Qt::Key_Return);
            QTRY_VERIFY(!picker.isVisible());
        };
        pick(QStringLiteral("plat"));
        QCOMPARE(label().view().className(*label().view().activeClass()), QStringLiteral("Platelet"));
        pick(QStringLiteral("wbc"));
        QCOMPARE(label().view().className(*label().view().activeClass()), QStringLiteral("White blood cell"));
        QVERIFY(label().view().hasFocus());
        QTest::keyClick(&label().view(), Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(label().view().className(*label().view().activeClass()), QStringLiteral("Platelet"));
        pick(QStringLiteral("세"));
        QCOMPARE(label().view().className(*label().view().activeClass()), QStringLiteral("세포"));
    }

    void tenThousandClassesAreFilteredQuickly() {
        std::vector<store::ClassRow> classes(10000);
        for (int i = 0; i < 10000; ++i) {
            classes[std::size_t(i)].id = ClassId(i + 1);
            classes[std::size_t(i)].name = "part " + std::to_string(i) + (i % 2 ? " left" : " right");
        }
        widgets::canvas::ClassMatches matches;
        matches.setClasses(classes);
        QElapsedTimer clock;
        clock.start();
        for (const char* text : {"l", "le", "lef", "left", "part 77", "p7", "zz"}) matches.setText(QString::fromLatin1(text));
        qInfo("10,000 classes: %.1f ms a letter", double(clock.nsecsElapsed()) / 7e6);
        QVERIFY(clock.elapsed() / 7 < 50);
        QCOMPARE(matches.rowCount(), 0);
        matches.setText(QStringLiteral("part 9999"));
        QCOMPARE(matches.rowCount(), 1);
        QCOMPARE(matches.idAt(0), ClassId(10000));
    }
};

LATHE_GUI_TEST_MAIN(tst_Keys)
#include "tst_keys.moc"
