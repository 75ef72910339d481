// The visual language: tokens with enough contrast, fonts, icons tinted by token, series and class colours.
#include <QImage>
#include <QLabel>
#include <QSignalSpy>
#include <cmath>

#include "tests/support/gui_test.h"
#include "widgets/common/icons.h"

using namespace lathe::widgets::common;

namespace {

double luminance(const QColor& c) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}
double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace

class tst_Theme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { lathe::test::failOnWarnings(); }

    void textIsReadable_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void textIsReadable() {
        QFETCH(bool, dark);
        const auto of = [dark](Token token) { return Theme::colour(token, dark); };
        for (Token text : {Token::T1, Token::T2, Token::AccentText, Token::Ok, Token::Warn, Token::Err})
            for (Token ground : {Token::Panel, Token::Frame, Token::Well, Token::Raised, Token::Popup, Token::Sel})
                QVERIFY2(contrast(of(text), of(ground)) >= 4.45,
                         qPrintable(tokenName(text) + QStringLiteral(" on ") + tokenName(ground)));
        for (Token ground : {Token::Panel, Token::Frame, Token::Well, Token::Raised, Token::Popup})
            QVERIFY(contrast(of(Token::T3), of(ground)) >= 4.45);
        QVERIFY(contrast(of(Token::OnAccent), of(Token::Accent)) >= 4.5);
        QVERIFY(contrast(of(Token::Focus), of(Token::Panel)) >= 4);
        QVERIFY(contrast(of(Token::Line3), of(Token::Panel)) >= 3);
    }

    void sheetHasNoTokenLeft() {
        for (auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            Theme::instance().apply(choice);
            QVERIFY(!qApp->styleSheet().isEmpty());
            QVERIFY2(!qApp->styleSheet().contains(u'@'), "a token of the sheet is unknown");
            QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::instance().colour(Token::Panel));
        }
    }

    void switchingEmitsOnce() {
        Theme::instance().apply(Theme::Choice::Dark);
        QSignalSpy spy(&Theme::instance(), &Theme::changed);
        Theme::instance().apply(Theme::Choice::Dark);
        QCOMPARE(spy.count(), 0);
        Theme::instance().apply(Theme::Choice::Light);
        QCOMPARE(spy.count(), 1);
        QVERIFY(!Theme::instance().dark());
    }

    void followsTheSystemWhenAsked() {
        Theme& theme = Theme::instance();
        theme.setSystemDark(true);
        theme.apply(Theme::Choice::System);
        QVERIFY(theme.dark());
        theme.setSystemDark(false);
        QVERIFY(!theme.dark());
        theme.apply(Theme::Choice::Dark);
        theme.setSystemDark(true);
        theme.setSystemDark(false);
        QVERIFY(theme.dark());
    }

    void figuresAreTabular() {
        const QFontMetricsF metrics(Theme::instance().font(Type::Table));
        for (const QChar digit : QStringLiteral("023456789"))
            QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'1'));
        QVERIFY(QFontInfo(Theme::instance().font(Type::Control)).family().contains(QLatin1String("Lathe Sans")));
        QVERIFY(QFontInfo(Theme::instance().font(Type::Mono)).family().contains(QLatin1String("Lathe Mono")));
    }

    // Values of the formula in OKLCH, reduced into sRGB: first twelve, as the mock-ups have them.
    void classColours() {
        QCOMPARE(Theme::classColour(0).name(), QStringLiteral("#00d0d9"));
        QCOMPARE(Theme::classColour(1).name(), QStringLiteral("#f8a049"));
        QCOMPARE(Theme::classColour(2).name(), QStringLiteral("#b0adff"));
        for (int i = 0; i < 40; ++i) QVERIFY(Theme::classColour(i).isValid());
    }

    void seriesWrap() {
        QCOMPARE(Theme::instance().series(0), Theme::instance().series(10));
        QVERIFY(Theme::seriesDash(0).isEmpty());
        QCOMPARE(Theme::seriesDash(1), Theme::seriesDash(0));
        QCOMPARE(Theme::seriesDash(2), QVector<qreal>({6, 3}));
    }

    void iconsFollowTheToken() {
        Theme::instance().apply(Theme::Choice::Dark);
        const QImage image = iconPixmap(QStringLiteral("check"), Token::Err, 16, 2).toImage();
        QCOMPARE(image.size(), QSize(32, 32));
        QColor strongest(0, 0, 0, 0);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).alpha() > strongest.alpha()) strongest = image.pixelColor(x, y);
        const QColor wanted = Theme::instance().colour(Token::Err);
        QVERIFY(std::abs(strongest.red() - wanted.red()) <= 4 && std::abs(strongest.green() - wanted.green()) <= 4);
    }

    void everyIconDraws() {
        const QDir icons(QStringLiteral(":/icons"));
        const QStringList files = icons.entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 100);
        for (const QString& file : files) {
            const QImage image = iconPixmap(file.chopped(4), Token::T1, 20, 1).toImage();
            bool drawn = false;
            for (int y = 0; y < image.height() && !drawn; ++y)
                for (int x = 0; x < image.width() && !drawn; ++x) drawn = image.pixelColor(x, y).alpha() > 100;
            QVERIFY2(drawn, qPrintable(file));
        }
    }

    void densityChangesHeights() {
        Theme& theme = Theme::instance();
        theme.setCompact(true);
        QCOMPARE(theme.rowHeight(), 24);
        theme.setCompact(false);
        QCOMPARE(theme.rowHeight(), 30);
        QCOMPARE(theme.tableRowHeight(), 28);
    }
};

LATHE_GUI_TEST_MAIN(tst_Theme)
#include "tst_theme.moc"
