// Seeing's actions, each with its key.
#include <QSettings>

#include "widgets/canvas/display_popup.h"
#include "widgets/canvas/magnifier.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/seeing.h"
#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

void Seeing::buildActions() {
    buildDisplayActions();
    buildShapeActions();
    buildSightActions();
}

void Seeing::buildDisplayActions() {
    const auto open = [this] { return m_.document.isOpen(); };
    m_.actions.add(
        {"display", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Contrast and display"), "contrast", "Shift+C"},
        [this] { m_popup->openAt(m_displayButton ? m_displayButton : &m_.view); }, open);
    m_.actions.add(
        {"invert", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Invert the picture"), "", "Shift+I"},
        [this] { change([](Display& d) { d.invert = !d.invert; }); }, open);
    m_.actions.add(
        {"equalise", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Equalise the picture: off, global, local"), "",
         "Shift+E"},
        [this] { change([](Display& d) { d.equalise = Equalise((int(d.equalise) + 1) % 3); }); }, open);
    m_.actions.add(
        {"channel", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Next channel: all, red, green, blue"), "", "Shift+G"},
        [this] { change([](Display& d) { d.channel = Channel((int(d.channel) + 1) % 4); }); }, open);
    m_.actions.add(
        {"gamma-up", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Lift the dark"), "", "Shift+]; }"},
        [this] { change([](Display& d) { d.gamma = std::min(d.gamma * 1.15, 4.0); }); }, open);
    m_.actions.add(
        {"gamma-down", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Press the dark"), "", "Shift+[; {"},
        [this] { change([](Display& d) { d.gamma = std::max(d.gamma / 1.15, 0.25); }); }, open);
    m_.actions.add(
        {"display-reset", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Show the picture as it is"), "", "Ctrl+Shift+0"},
        [this] { m_.document.setDisplay({}); }, open);
}

void Seeing::buildShapeActions() {
    const auto open = [this] { return m_.document.isOpen(); };
    m_.actions.add(
        {"fill", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Fill: masks, nothing, all areas"), "", "Shift+F"},
        [this] { m_.document.setFill(Fill((int(m_.document.look().fill) + 1) % 3)); }, open);
    m_.actions.add(
        {"colour-by", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Colour by class, object, author"), "", "Alt+K"},
        [this] { m_.document.setColourBy(ColourBy((int(m_.document.look().colourBy) + 1) % 3)); }, open);
    m_.actions.add(
        {"overlay", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Hide or show the overlay"), "", "Shift+O"},
        [this] {
            const float now = m_.document.look().opacity;
            m_.document.setOpacity(now > 0 ? 0 : m_shownOpacity);
            if (now > 0) m_shownOpacity = now;
        },
        open);
}

void Seeing::buildSightActions() {
    const auto toggle = [this](const common::ActionSpec& spec, bool on, auto does) {
        QAction* action = m_.actions.add(
            spec, [] {}, [this] { return m_.document.isOpen(); });
        action->setCheckable(true);
        action->setChecked(on);
        does(on);
        connect(action, &QAction::toggled, this, does);
    };
    const QSettings settings;
    toggle({"minimap", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Overview"), "map", "Shift+M"},
           settings.value(QStringLiteral("canvas/minimap"), true).toBool(), [this](bool on) {
               m_minimap->setOn(on);
               QSettings().setValue(QStringLiteral("canvas/minimap"), on);
           });
    toggle({"magnifier", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Magnifier"), "zoom", "Q"}, false,
           [this](bool on) { m_magnifier->setOn(on); });
    toggle({"crosshair", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Crosshair"), "", "Shift+T"},
           settings.value(QStringLiteral("canvas/crosshair"), false).toBool(), [this](bool on) {
               m_.view.setCrosshair(on);
               QSettings().setValue(QStringLiteral("canvas/crosshair"), on);
           });
    m_.actions.add(
        {"zoom-selection", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Zoom to the selection"), "", "Shift+Z"},
        [this] {
            const auto shapes = m_.document.selected();
            if (shapes.empty()) return;
            annot::Rect all = annot::bounds(shapes.front().shape);
            for (const auto& a : shapes) all = all.united(annot::bounds(a.shape));
            m_.view.zoomToRect(all);
        },
        [this] { return m_.document.isOpen() && !m_.document.selection().empty(); });
}

}  // namespace lathe::widgets::canvas
