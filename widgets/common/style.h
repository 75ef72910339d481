// What a style sheet draws badly on Qt 6.4: check boxes, radio buttons, sliders, combos, menus, focus. Over Fusion, from the
// tokens.
#pragma once
#include <QProxyStyle>

class QStyleOptionComboBox;
class QStyleOptionMenuItem;
class QStyleOptionSlider;

namespace lathe::widgets::common {

class LatheStyle : public QProxyStyle {
    Q_OBJECT
public:
    LatheStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;

private:
    void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter) const;
    void drawCombo(const QStyleOptionComboBox& option, QPainter& painter) const;
    void drawSlider(const QStyleOptionSlider& option, QPainter& painter) const;
};

/// The 2-px ring inside `rect` (radius 5 of the control plus what is outside).
void drawFocusRing(QPainter& painter, const QRectF& rect, qreal radius = 5);
/// A rounded plate with a 1-px border on the pixel grid.
void drawPlate(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& line);

}  // namespace lathe::widgets::common
