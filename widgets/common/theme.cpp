#include "widgets/common/theme.h"

#include "widgets/common/focus_ring.h"
#include "widgets/common/style.h"

static void initLookResources() {
    Q_INIT_RESOURCE(icons);
    Q_INIT_RESOURCE(look);
}

namespace lathe::widgets::common {
namespace {

struct TypeRow {
    int size, line;
    QFont::Weight weight;
};
TypeRow typeRow(Type type) {
    switch (type) {
        case Type::Figure: return {28, 34, QFont::DemiBold};
        case Type::Page: return {20, 26, QFont::DemiBold};
        case Type::Section: return {15, 20, QFont::DemiBold};
        case Type::Control: return {13, 18, QFont::Normal};
        case Type::Table: return {12, 16, QFont::Normal};
        case Type::Caption: return {11, 16, QFont::Normal};
        case Type::Mono: return {11, 16, QFont::Normal};
    }
    return {13, 18, QFont::Normal};
}

void loadFonts() {
    for (const char* file : {"LatheSans-Regular.otf", "LatheSans-Medium.otf", "LatheSans-SemiBold.otf", "LatheMono-Regular.ttf"})
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(file));
}

}  // namespace

Theme& Theme::instance() {
    static QPointer<Theme> theme;
    if (!theme) {
        theme = new Theme;
        theme->setParent(qApp);
    }
    return *theme;
}

Theme::Theme() {
    initLookResources();
    loadFonts();
    detectSystem();
    m_dark = m_systemDark;
}

// Before our own palette is set, the application's is the platform theme's.
void Theme::detectSystem() {
    m_systemDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

void Theme::setSystemDark(bool dark) {
    if (m_systemDark == dark) return;
    m_systemDark = dark;
    if (m_choice == Choice::System) apply(m_choice);
}

void Theme::apply(Choice choice) {
    const bool dark = choice == Choice::System ? m_systemDark : choice == Choice::Dark;
    const bool same = m_applied && dark == m_dark;
    m_choice = choice;
    m_dark = dark;
    if (same) return;
    if (!m_applied) {
        QApplication::setStyle(new LatheStyle);
        new FocusRing(this);
    }
    m_applied = true;
    QApplication::setFont(font(Type::Control));
    QApplication::setPalette(palette());
    qApp->setStyleSheet(sheet());
    Q_EMIT changed();
}

QPalette Theme::palette() const {
    QPalette p;
    const auto set = [&](QPalette::ColorRole role, Token token) { p.setColor(role, colour(token)); };
    set(QPalette::Window, Token::Panel), set(QPalette::WindowText, Token::T1);
    set(QPalette::Base, Token::Well), set(QPalette::AlternateBase, Token::Raised);
    set(QPalette::Text, Token::T1), set(QPalette::PlaceholderText, Token::T3);
    set(QPalette::Button, Token::Control), set(QPalette::ButtonText, Token::T1);
    set(QPalette::BrightText, Token::OnAccent), set(QPalette::Highlight, Token::Sel);
    set(QPalette::HighlightedText, Token::T1), set(QPalette::Link, Token::AccentText);
    set(QPalette::LinkVisited, Token::AccentText), set(QPalette::ToolTipBase, Token::Popup);
    set(QPalette::ToolTipText, Token::T1), set(QPalette::Light, Token::Hover);
    set(QPalette::Midlight, Token::Raised), set(QPalette::Mid, Token::Line2);
    set(QPalette::Dark, Token::Line3), set(QPalette::Shadow, Token::Kerf);
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, colour(Token::T4));
    p.setColor(QPalette::Inactive, QPalette::Highlight, colour(Token::SelOff));
    return p;
}

// Longest names first, so that @accent doesn't eat the front of @accent-hover.
QString Theme::sheet() const {
    QFile file(QStringLiteral(":/qss/lathe.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString text = QString::fromUtf8(file.readAll());
    std::vector<std::pair<QString, QString>> names;
    for (int i = 0; i < int(Token::Count_); ++i) names.emplace_back(u'@' + tokenName(Token(i)), colour(Token(i)).name());
    std::ranges::sort(names, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    for (const auto& [name, value] : names) text.replace(name, value);
    if (m_compact)
        text += QStringLiteral(
            "QPushButton { min-height: 22px; max-height: 22px } QLineEdit, QAbstractSpinBox { min-height: 22px; max-height: 22px "
            "}");
    return text;
}

QFont Theme::font(Type type) const {
    const TypeRow row = typeRow(type);
    QFont font;
    if (type == Type::Mono)
        font.setFamilies({QStringLiteral("Lathe Mono"), QStringLiteral("Noto Sans Mono CJK KR"), QStringLiteral("monospace")});
    else
        font.setFamilies({QStringLiteral("Lathe Sans"), QStringLiteral("Noto Sans CJK KR"), QStringLiteral("Noto Sans"),
                          QStringLiteral("sans-serif")});
    font.setPixelSize(row.size);
    font.setWeight(row.weight);
    if (row.size >= 20) font.setLetterSpacing(QFont::AbsoluteSpacing, row.size >= 28 ? -0.4 : -0.2);
    return font;
}

int Theme::lineHeight(Type type) {
    return typeRow(type).line;
}

bool Theme::reducedMotion() const {
    return !QApplication::isEffectEnabled(Qt::UI_General) || qEnvironmentVariableIsSet("LATHE_REDUCED_MOTION");
}

void Theme::setCompact(bool compact) {
    if (m_compact == compact) return;
    m_compact = compact;
    if (!m_applied) return;
    qApp->setStyleSheet(sheet());
    Q_EMIT changed();
}

}  // namespace lathe::widgets::common
