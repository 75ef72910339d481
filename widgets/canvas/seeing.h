// The helps for seeing of the Label mode: display, overview, magnifier, crosshair, and what happens to the open file.
#pragma once
#include <QObject>
#include <QPointF>
#include <QTimer>

#include "widgets/canvas/display.h"
#include "widgets/canvas/document.h"
#include "widgets/common/action_set.h"

namespace lathe::widgets::common {
class Note;
}

namespace lathe::widgets::canvas {

class DisplayPopup;
class FileWatch;
class Magnifier;
class Minimap;
class OptionsBar;
class View;

class Seeing : public QObject {
    Q_OBJECT
public:
    /// The parts of the mode that it works on; they outlive it.
    struct Parts {
        Document& document;
        View& view;
        common::ActionSet& actions;
        common::Services& services;
        common::Note& note;
    };
    /// Adds its actions to the set.
    Seeing(const Parts& parts, QObject* parent);
    /// Shows its buttons; the bar exists after the actions.
    void addTo(OptionsBar& bar);
    /// Display settings are kept per workspace; empty: none is open.
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    void lookAtFile();  ///< where the system gives no notice
    void retranslate();

Q_SIGNALS:
    void wantsPicture();  ///< the file is another one now and was asked for: read the image again

private:
    void buildActions();
    void buildDisplayActions();
    void buildShapeActions();
    void buildSightActions();
    void wire();
    void change(const std::function<void(Display&)>& how);
    void dragLevels(QPointF by);
    void applyDrag();
    void watchFile();
    void save() const;
    void tellDeleted();
    void tellChanged();

    Parts m_;
    DisplayPopup* m_popup;
    Minimap* m_minimap;
    Magnifier* m_magnifier;
    FileWatch* m_watch;
    QWidget* m_displayButton = nullptr;
    std::shared_ptr<store::Workspace> m_workspace;
    QPointF m_dragged;
    QTimer m_drag;
    float m_shownOpacity = 1;
};

/// As text for the settings, and back; anything else gives the default.
[[nodiscard]] QString displayToText(const Display& display);
[[nodiscard]] Display displayFromText(const QString& text);

}  // namespace lathe::widgets::canvas
