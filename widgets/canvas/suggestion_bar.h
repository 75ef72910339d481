// The line above the canvas while there are suggestions: how many, from which run, from which confidence on, and what to do.
#pragma once
#include <QFrame>
#include <QLabel>
#include <QSlider>

#include "widgets/canvas/suggestions.h"
#include "widgets/common/action_set.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

class View;

class SuggestionBar : public QFrame {
    Q_OBJECT
public:
    /// Its keys that others have too (Enter, Del, Tab) work while the canvas has the focus.
    SuggestionBar(Suggestions& suggestions, Document& document, View& view, QWidget* mode, QWidget* parent = nullptr);
    [[nodiscard]] QList<QAction*> actions() const { return m_onCanvas.all() + m_do.all(); }
    [[nodiscard]] QAction* action(const char* id) const { return m_onCanvas[id]; }
    [[nodiscard]] QSlider& slider() const { return *m_slider; }
    void retranslate();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void buildActions();
    void build();
    void show();
    void fillClasses();
    Suggestions& m_suggestions;
    Document& m_document;
    View& m_view;
    common::ActionSet m_onCanvas, m_do;
    QLabel *m_count, *m_from, *m_label, *m_value;
    QSlider* m_slider;
    QToolButton *m_classes, *m_close;
    QMenu* m_classMenu;
    ImageId m_closedOn;
};

}  // namespace lathe::widgets::canvas
