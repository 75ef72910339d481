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
    QLabel *m_tool, *m_classLabel, *m_overlayLabel;
    QComboBox* m_class;
    QCheckBox* m_keepInside;
    QSlider* m_overlay;
    QToolButton* m_zoom;
};

}  // namespace lathe::widgets::canvas
