// Over the canvas: the tool, the class of new shapes, overlay and zoom.
#pragma once
#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

#include "core/store/workspace.h"

namespace lathe::widgets::canvas {

class OptionsBar : public QFrame {
    Q_OBJECT
public:
    OptionsBar(QAction* fit, QAction* actualSize, QWidget* parent = nullptr);
    void setTool(const QString& name);
    /// The tool's own controls (Tool::makeOptions); nullptr: none. The ones before are deleted at once.
    void setToolOptions(QWidget* options);
    /// A button for a way of seeing, before the zoom.
    QToolButton* addViewAction(QAction* action);
    void setClasses(const std::vector<store::ClassRow>& classes);
    void setActiveClass(std::optional<ClassId> id);
    void setZoom(double scale);
    [[nodiscard]] bool keepInside() const { return m_keepInside->isChecked(); }
    void retranslate();
Q_SIGNALS:
    void classChosen(lathe::ClassId id);
    void keepInsideChanged(bool on);
    void overlayChanged(double opacity);

private:
    QWidget *m_toolOptions = nullptr, *m_afterOptions;
    QLabel *m_tool, *m_classLabel, *m_overlayLabel;
    QComboBox* m_class;
    QCheckBox* m_keepInside;
    QSlider* m_overlay;
    QToolButton* m_zoom;
};

}  // namespace lathe::widgets::canvas
