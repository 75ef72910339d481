// The visual language: tokens, palette, style sheet, type. Dark and light follow the system and can be switched.
#pragma once
#include <QColor>
#include <QFont>
#include <QObject>

class QPalette;

namespace lathe::widgets::common {

/// Colour tokens; values per theme in tokens.cpp.
enum class Token {
    Kerf,
    Paste,
    Well,
    Frame,
    Panel,
    Plot,
    Raised,
    Control,
    Hover,
    Press,
    Popup,
    Line1,
    Line2,
    Line3,
    Sel,
    SelOff,
    Accent,
    AccentHover,
    AccentPress,
    Focus,
    T1,
    T2,
    T3,
    T4,
    AccentText,
    Ok,
    Warn,
    Err,
    OkTint,
    WarnTint,
    ErrTint,
    InfoTint,
    OkLine,
    WarnLine,
    ErrLine,
    InfoLine,
    Danger,
    OnAccent,
    OkFill,
    SelLine,
    Thumb,
    ThumbLine,
    Chip,
    Grid,
    Axis,
    Count_  ///< how many there are
};
/// The token's name in the style sheet ("accent-hover").
[[nodiscard]] QString tokenName(Token token);

/// Type roles: pixel size, line height and weight.
enum class Type { Figure, Page, Section, Control, Table, Caption, Mono };

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    static Theme& instance();   ///< GUI thread; made with the QApplication
    void apply(Choice choice);  ///< palette, style, sheet, fonts; emits changed
    [[nodiscard]] Choice choice() const { return m_choice; }
    [[nodiscard]] bool dark() const { return m_dark; }
    /// What the system says (settings portal), if it says something better than its palette did; applied when the choice is System.
    void setSystemDark(bool dark);
    [[nodiscard]] QColor colour(Token token) const;
    [[nodiscard]] static QColor colour(Token token, bool dark);
    [[nodiscard]] QFont font(Type type) const;
    [[nodiscard]] static int lineHeight(Type type);  ///< pixels; heights come from here, never from font metrics
    /// Series i (0-based, wraps at 10) of the charts: colour, and dash pattern by pair.
    [[nodiscard]] QColor series(int i) const;
    [[nodiscard]] static QVector<qreal> seriesDash(int i);
    /// Class i (0-based): OKLCH L 0.78 C 0.145 hue 200 - 137.5 i.
    [[nodiscard]] static QColor classColour(int i);
    [[nodiscard]] bool reducedMotion() const;
    [[nodiscard]] bool compact() const { return m_compact; }
    void setCompact(bool compact);
    [[nodiscard]] int rowHeight() const { return m_compact ? 24 : 30; }       ///< rows of lists
    [[nodiscard]] int tableRowHeight() const { return m_compact ? 24 : 28; }  ///< rows of tables
    [[nodiscard]] int buttonHeight() const { return m_compact ? 24 : 28; }
    [[nodiscard]] int fieldHeight() const { return m_compact ? 24 : 26; }
Q_SIGNALS:
    void changed();  ///< colours: repaint, drop tinted icons

private:
    Theme();
    void detectSystem();
    [[nodiscard]] QString sheet() const;
    [[nodiscard]] QPalette palette() const;
    Choice m_choice = Choice::System;
    bool m_dark = true, m_compact = false, m_systemDark = false, m_applied = false;
};

}  // namespace lathe::widgets::common
