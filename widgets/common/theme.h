// The visual language of ../shared design: tokens, palette, style sheet, type. Dark and light follow the system and can be switched.
#pragma once
#include <QColor>
#include <QFont>
#include <QObject>

namespace lathe::widgets::common {

/// Colour tokens; values per theme in theme.cpp.
enum class Token {
    Kerf, Paste, Well, Frame, Panel, Plot, Raised, Control, Hover, Press, Popup, Line1, Line2, Line3, Sel, SelOff,
    Accent, AccentHover, AccentPress, Focus, T1, T2, T3, T4, AccentText, Ok, Warn, Err,
    OkTint, WarnTint, ErrTint, InfoTint, OkLine, WarnLine, ErrLine, InfoLine, Danger,
};
/// Type roles: pixel size, line height and weight.
enum class Type { Figure, Page, Section, Control, Table, Caption, Mono };

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    static Theme& instance();                    ///< GUI thread; made with the QApplication
    void apply(Choice choice);                   ///< palette, style, sheet, fonts; emits changed
    [[nodiscard]] Choice choice() const { return m_choice; }
    [[nodiscard]] bool dark() const { return m_dark; }
    [[nodiscard]] QColor colour(Token token) const;
    [[nodiscard]] QFont font(Type type) const;
    /// Series i (0-based, wraps at 10) of the charts: colour, and dash pattern by pair.
    [[nodiscard]] QColor series(int i) const;
    [[nodiscard]] static QVector<qreal> seriesDash(int i);
    /// Class i (0-based): OKLCH L 0.78 C 0.145 hue 200 - 137.5 i.
    [[nodiscard]] static QColor classColour(int i);
    [[nodiscard]] bool reducedMotion() const;
    [[nodiscard]] bool compact() const { return m_compact; }
    void setCompact(bool compact);
    [[nodiscard]] int rowHeight() const { return m_compact ? 24 : 30; }
Q_SIGNALS:
    void changed();  ///< colours: repaint, drop tinted icons

private:
    Theme();
    Choice m_choice = Choice::System;
    bool m_dark = true, m_compact = false;
};

}  // namespace lathe::widgets::common
