#include "widgets/common/style.h"

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::common {
namespace {

QColor tint(Token token) {
    return Theme::instance().colour(token);
}

void drawCheck(const QStyleOption& option, QPainter& painter) {
    const bool on = option.state & QStyle::State_On, half = option.state & QStyle::State_NoChange,
               live = option.state & QStyle::State_Enabled;
    const QRectF box(option.rect.center().x() - 6, option.rect.center().y() - 6, 14, 14);
    const Token fill = (on || half)                             ? (live ? Token::Accent : Token::T4)
                       : option.state & QStyle::State_MouseOver ? Token::Hover
                                                                : Token::Well;
    const Token line = (on || half) ? fill : live ? Token::Line3 : Token::Line2;
    drawPlate(painter, box, 3, tint(fill), tint(line));
    if (on)
        painter.drawPixmap(box.topLeft() + QPointF(1, 1),
                           iconPixmap(QStringLiteral("check"), Token::OnAccent, 12, painter.device()->devicePixelRatioF()));
    if (half) painter.fillRect(box.adjusted(3, 6, -3, -6), tint(Token::OnAccent));
}

void drawRadio(const QStyleOption& option, QPainter& painter) {
    const bool on = option.state & QStyle::State_On, live = option.state & QStyle::State_Enabled;
    const QRectF box(option.rect.center().x() - 6, option.rect.center().y() - 6, 14, 14);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor line = tint(!live ? Token::Line2 : on ? Token::Accent : Token::Line3);
    painter.setBrush(on ? tint(Token::OnAccent) : Qt::transparent);
    painter.setPen(QPen(line, on ? 4.5 : 1));
    const qreal inset = on ? 2.25 : 0.5;
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset));
}

}  // namespace

void drawPlate(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& line) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(line.isValid() && line.alpha() ? QPen(line, 1) : QPen(Qt::NoPen));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

void drawFocusRing(QPainter& painter, const QRectF& rect, qreal radius) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tint(Token::Focus), 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

LatheStyle::LatheStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void LatheStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    painter->save();
    switch (element) {
        case PE_FrameFocusRect: break;  // FocusRing stands round the control instead
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck: drawCheck(*option, *painter); break;
        case PE_IndicatorRadioButton: drawRadio(*option, *painter); break;
        case PE_PanelMenu: painter->fillRect(option->rect, tint(Token::Popup)); break;
        case PE_FrameMenu:
            painter->setPen(tint(Token::Line2));
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            break;
        case PE_Frame:
        case PE_FrameTabWidget:
        case PE_FrameStatusBarItem:
        case PE_FrameDockWidget: break;  // plates are told apart by their grounds and the kerfs between them
        case PE_IndicatorToolBarSeparator:
            painter->fillRect(option->rect.center().x(), option->rect.y() + 6, 1, option->rect.height() - 12, tint(Token::Line2));
            break;
        default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
    painter->restore();
}

void LatheStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
    if (element == CE_MenuItem) {
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) return drawMenuItem(*item, *painter);
    }
    if (element == CE_ComboBoxLabel) {
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); combo && !combo->editable) {
            QStyleOptionComboBox label(*combo);
            int room = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget).width() - 2;
            if (!combo->currentIcon.isNull()) room -= combo->iconSize.width() + 4;
            label.currentText = combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, room);
            return QProxyStyle::drawControl(element, &label, painter, widget);
        }
    }
    if (element == CE_MenuBarEmptyArea) return painter->fillRect(option->rect, tint(Token::Frame));
    if (element == CE_MenuBarItem) {
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            const bool on = item->state & (State_Selected | State_Sunken);
            painter->fillRect(item->rect, tint(Token::Frame));
            if (on) drawPlate(*painter, QRectF(item->rect).adjusted(1, 2, -1, -2), 4, tint(Token::Hover), {});
            painter->setPen(tint(on ? Token::T1 : Token::T2));
            painter->drawText(item->rect, Qt::AlignCenter | Qt::TextShowMnemonic, item->text);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void LatheStyle::drawMenuItem(const QStyleOptionMenuItem& o, QPainter& painter) const {
    const QRect r = o.rect;
    painter.fillRect(r, tint(Token::Popup));
    if (o.menuItemType == QStyleOptionMenuItem::Separator)
        return painter.fillRect(r.x() + 1, r.center().y(), r.width() - 2, 1, tint(Token::Line2));
    const bool live = o.state & State_Enabled, on = (o.state & State_Selected) && live;
    if (on) drawPlate(painter, r.adjusted(4, 0, -4, 0), 4, tint(Token::Sel), {});
    const qreal scale = painter.device()->devicePixelRatioF();
    if (o.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (o.checked)
            painter.drawPixmap(QPoint(r.x() + 12, r.center().y() - 7), iconPixmap(QStringLiteral("check"), Token::T1, 16, scale));
    } else if (!o.icon.isNull()) {
        o.icon.paint(&painter, QRect(r.x() + 12, r.center().y() - 7, 16, 16), Qt::AlignCenter,
                     !live ? QIcon::Disabled
                     : on  ? QIcon::Active
                           : QIcon::Normal);
    }
    const QStringList parts = o.text.split(u'\t');
    const QRect text = r.adjusted(36, 0, -12, 0);
    painter.setFont(Theme::instance().font(Type::Table));
    painter.setPen(tint(live ? Token::T1 : Token::T4));
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, parts.value(0));
    painter.setPen(tint(!live ? Token::T4 : on ? Token::T2 : Token::T3));
    QString key = parts.value(1);
    if (!key.isEmpty()) painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, key.replace(u'+', u' '));
    if (o.menuItemType == QStyleOptionMenuItem::SubMenu)
        painter.drawPixmap(QPoint(r.right() - 22, r.center().y() - 6), iconPixmap(QStringLiteral("right"), Token::T3, 14, scale));
}

void LatheStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const {
    if (control == CC_ComboBox) {
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) return drawCombo(*combo, *painter);
    }
    if (control == CC_Slider) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
            slider && slider->orientation == Qt::Horizontal)
            return drawSlider(*slider, *painter);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void LatheStyle::drawCombo(const QStyleOptionComboBox& o, QPainter& painter) const {
    const bool live = o.state & State_Enabled, over = live && (o.state & State_MouseOver), focus = o.state & State_HasFocus;
    const QColor fill = !live ? QColor(Qt::transparent) : tint(o.editable ? Token::Well : over ? Token::Hover : Token::Control);
    drawPlate(painter, o.rect, 5, fill, tint(live ? Token::Line2 : Token::Line1));
    if (focus) drawFocusRing(painter, o.rect);
    painter.drawPixmap(QPoint(o.rect.right() - 20, o.rect.center().y() - 6),
                       iconPixmap(QStringLiteral("down"), live ? Token::T3 : Token::T4, 14, painter.device()->devicePixelRatioF()));
}

void LatheStyle::drawSlider(const QStyleOptionSlider& o, QPainter& painter) const {
    const QRect groove = o.rect.adjusted(6, 0, -6, 0);
    const bool live = o.state & State_Enabled;
    const int x = groove.x() + sliderPositionFromValue(o.minimum, o.maximum, o.sliderPosition, groove.width(), o.upsideDown);
    const qreal y = o.rect.center().y() - 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tint(Token::Line2));
    painter.drawRoundedRect(QRectF(groove.x(), y, groove.width(), 3), 1.5, 1.5);
    painter.setBrush(tint(live ? Token::AccentText : Token::T4));
    painter.drawRoundedRect(QRectF(groove.x(), y, x - groove.x(), 3), 1.5, 1.5);
    painter.setPen(QPen(tint(Token::ThumbLine), 1));
    painter.setBrush(tint(live ? Token::Thumb : Token::T4));
    painter.drawEllipse(QPointF(x, y + 1.5), 5.5, 5.5);
    if (o.state & State_HasFocus && o.state & State_KeyboardFocusChange) drawFocusRing(painter, QRectF(x - 9, y - 7.5, 18, 18), 8);
    painter.restore();
}

int LatheStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight: return 14;
        case PM_CheckBoxLabelSpacing:
        case PM_RadioButtonLabelSpacing: return 6;
        case PM_MenuHMargin:
        case PM_MenuPanelWidth: return metric == PM_MenuHMargin ? 0 : 1;
        case PM_MenuVMargin: return 4;
        case PM_DefaultFrameWidth:
            if (qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QScrollArea*>(widget)) return 0;
            break;
        case PM_SliderThickness:
        case PM_SliderControlThickness: return 16;
        case PM_SliderLength: return 12;
        case PM_SplitterWidth: return 1;
        case PM_FocusFrameHMargin:
        case PM_FocusFrameVMargin: return 2;
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical: return 0;
        case PM_SmallIconSize: return 16;
        case PM_LayoutHorizontalSpacing:
        case PM_LayoutVerticalSpacing: return 8;
        default: break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int LatheStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const {
    switch (hint) {
        case SH_UnderlineShortcut: return 0;
        case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
        case SH_ItemView_ActivateItemOnSingleClick: return 0;
        case SH_ToolButtonStyle: return Qt::ToolButtonIconOnly;
        case SH_Slider_AbsoluteSetButtons: return Qt::LeftButton;
        case SH_EtchDisabledText: return 0;
        case SH_Menu_MouseTracking: return 1;
        case SH_ComboBox_Popup: return 0;
        case SH_ToolTip_WakeUpDelay: return 500;
        default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize LatheStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const {
    if (type == CT_ComboBox) return {size.width() + 16 + 24, Theme::instance().fieldHeight()};
    if (type == CT_MenuBarItem) return {size.width() + 16, 24};
    if (type == CT_MenuItem) {
        if (const auto* o = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            if (o->menuItemType == QStyleOptionMenuItem::Separator) return {10, 9};
            const QFontMetrics metrics(Theme::instance().font(Type::Table));
            const QStringList parts = o->text.split(u'\t');
            const int key = parts.size() > 1                                   ? metrics.horizontalAdvance(parts[1]) + 24
                            : o->menuItemType == QStyleOptionMenuItem::SubMenu ? 20
                                                                               : 0;
            return {36 + metrics.horizontalAdvance(QString(parts[0]).remove(u'&')) + key + 20, 28};
        }
    }
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_CheckBox || type == CT_RadioButton) result.setHeight(std::max(20, std::min(result.height(), 22)));
    return result;
}

QRect LatheStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                 const QWidget* widget) const {
    if (control == CC_ComboBox && part == SC_ComboBoxEditField) return option->rect.adjusted(8, 1, -22, -1);
    if (control == CC_Slider && part == SC_SliderHandle) {
        if (const auto* o = qstyleoption_cast<const QStyleOptionSlider*>(option); o && o->orientation == Qt::Horizontal) {
            const int x = sliderPositionFromValue(o->minimum, o->maximum, o->sliderPosition, o->rect.width() - 12, o->upsideDown);
            return {o->rect.x() + x, o->rect.center().y() - 7, 12, 16};
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void LatheStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QComboBox*>(widget)) {
        widget->setFont(Theme::instance().font(Type::Table));
        widget->setAttribute(Qt::WA_Hover);
    }
    if (auto* view = qobject_cast<QAbstractItemView*>(widget); view && !widget->property("keepFont").toBool()) {
        view->setFont(Theme::instance().font(Type::Table));
        view->setMouseTracking(true);
    }
}

}  // namespace lathe::widgets::common
