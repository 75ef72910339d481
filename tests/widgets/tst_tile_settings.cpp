// How the tiles of Browse look: the popup by key and mouse, what the captions say, and that it is remembered.
#include <QComboBox>
#include <QSettings>
#include <QSlider>
#include <QtTest>

#include "tests/support/browse_page.h"
#include "tests/support/find_widgets.h"
#include "tests/support/sample_set.h"

using namespace lathe;
using namespace lathe::widgets;
using browser::tiles::Caption;
using browser::tiles::TileSettings;

class TestTileSettings : public QObject, test::BrowsePage {
    Q_OBJECT

    browser::tiles::TilePopup* popup() {
        QTest::keyClick(m_grid, Qt::Key_G, Qt::ShiftModifier);
        for (auto* one : m_mode->window()->findChildren<browser::tiles::TilePopup*>())
            if (one->isVisible()) return one;
        return nullptr;
    }
    QString caption() { return m_mode->findChild<browser::tiles::ImageItems*>()->lookAt(0)->right; }

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void initTestCase() {
        QSettings().remove(QStringLiteral("browse"));
        m_workspace = test::makeSampleWorkspace(m_folder.path(), 20);
        QVERIFY(showMode());
        QVERIFY(browse(40));
        QTRY_VERIFY(m_mode->findChild<browser::tiles::ImageItems*>()->lookAt(0).has_value());
        m_grid->setFocus();
    }

    void sizeOfTheTiles() {
        const int before = m_grid->tileRect(0).width();
        auto* shown = popup();
        QVERIFY(shown);
        auto* size = test::named<QSlider>(shown, QStringLiteral("Size of the pictures"));
        QVERIFY(size && size->hasFocus());
        for (int k = 0; k < 10; ++k) QTest::keyClick(size, Qt::Key_PageUp);
        QVERIFY(m_grid->tileRect(0).width() > before);
        QCOMPARE(TileSettings::kept().width, size->value());
        QTest::keyClick(size, Qt::Key_Escape);
        QTRY_VERIFY(m_grid->hasFocus());
    }

    void captions() {
        const std::vector<ImageId> first{m_grid->items().imageAt(0)};
        QVERIFY(m_workspace->setTag(first, "blurry", true).has_value());
        m_mode->refresh();
        QTRY_VERIFY(!m_mode->findChild<browser::tiles::ImageItems*>()->tileAt(0)->tags.empty());
        auto* shown = popup();
        auto* words = test::named<QComboBox>(shown, QStringLiteral("What the captions say"));
        QVERIFY(words);
        const auto choose = [&](Caption which) {
            words->setCurrentIndex(int(which));
            Q_EMIT words->activated(int(which));
        };
        choose(Caption::Size);
        QCOMPARE(caption(), QStringLiteral("32 × 32"));
        choose(Caption::Objects);
        QCOMPARE(caption(), QStringLiteral("1 object"));
        choose(Caption::Classes);
        QCOMPARE(caption(), QStringLiteral("disc"));
        choose(Caption::Tags);
        QCOMPARE(caption(), QStringLiteral("blurry"));
        choose(Caption::Nothing);
        QCOMPARE(caption(), QString());
        choose(Caption::State);
        QVERIFY(!caption().isEmpty());
        QVERIFY(TileSettings::kept().caption == Caption::State);
        shown->closeOverlay();
    }

    void isRemembered() {
        const TileSettings wanted{240, 30, Caption::Size};
        wanted.keep();
        browser::BrowseMode again(m_services);
        again.resize(1300, 900);
        again.show();
        again.setWorkspace(m_workspace);
        auto* grid = again.findChild<browser::tiles::ImageGrid*>();
        QTRY_COMPARE(grid->count(), std::size_t(40));
        QVERIFY(grid->tileRect(0).width() > 200);
        auto* items = again.findChild<browser::tiles::ImageItems*>();
        QTRY_VERIFY(items->lookAt(0).has_value());
        QCOMPARE(items->lookAt(0)->right, QStringLiteral("32 × 32"));
    }

    void listAndPagesHaveNoTiles() {
        QAction* tiles = action("tiles");
        QVERIFY(tiles->isEnabled());
        action("list")->trigger();
        QVERIFY(!tiles->isEnabled());
        action("list")->trigger();
        QVERIFY(tiles->isEnabled());
        action("explore")->trigger();
        QVERIFY(!tiles->isEnabled());
    }

    void cleanupTestCase() { m_mode.reset(); }
};

LATHE_GUI_TEST_MAIN(TestTileSettings)
#include "tst_tile_settings.moc"
