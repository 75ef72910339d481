// A number for a change of shapes, with a slider, and what would come of it as a ghost on the canvas: Enter takes it, Esc drops it.
#pragma once
#include <QDoubleSpinBox>
#include <QFrame>
#include <QLabel>
#include <QPointer>
#include <QSlider>
#include <QTimer>

#include "widgets/canvas/shape_edits.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

class View;

/// What is asked for: words are translated already.
struct ShapeParameter {
    QString title, label, unit;
    double least = 0, most = 1, start = 0;
    int decimals = 0;
    bool finer = false;  ///< the slider is finer at its low end
    std::function<Reshape(double)> reshape;
};

/// Dashed outlines above the canvas; never takes a click.
class GhostLayer : public QWidget {
    Q_OBJECT
public:
    explicit GhostLayer(View& view);
    void show(const Becomings& ghosts);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    View& m_view;
    std::vector<annot::Annotation> m_shapes;
};

/// GUI thread. Small changes are worked out at once, large ones by a job; a stale one is dropped. Deletes itself when it is closed.
class ShapePopup : public QFrame {
    Q_OBJECT
public:
    ShapePopup(View& view, std::vector<annot::Annotation> shapes, ShapeParameter parameter);
    ~ShapePopup() override;
    [[nodiscard]] double value() const { return m_number->value(); }

Q_SIGNALS:
    void taken(const lathe::widgets::canvas::Reshape& reshape);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildFields();
    QWidget* buildButtons();
    [[nodiscard]] int placeOf(double value) const;
    [[nodiscard]] double valueAt(int place) const;
    void slide(int place);
    void setNumber(double value);
    void preview();
    void showPreview(const Result<Becomings>& result);
    void take();

    View& m_view;
    std::vector<annot::Annotation> m_shapes;
    ShapeParameter m_parameter;
    std::size_t m_weight = 0;
    QSlider* m_slider;
    QDoubleSpinBox* m_number;
    QLabel* m_words;
    QPointer<GhostLayer> m_ghosts;
    QTimer m_soon;
    quint64 m_asked = 0;
};

}  // namespace lathe::widgets::canvas
