// How the picture and the shapes are shown: what opens from the contrast button.
#pragma once
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QSlider>
#include <QToolButton>

#include "widgets/canvas/document.h"
#include "widgets/canvas/histogram.h"

namespace lathe::widgets::common {
class FormRows;
class Segments;
}  // namespace lathe::widgets::common

namespace lathe::widgets::canvas {

class DisplayPopup : public QFrame {
    Q_OBJECT
public:
    DisplayPopup(Document& document, common::Services& services, QWidget* parent);
    /// Below `anchor`, its right edge at the anchor's.
    void openAt(QWidget* anchor);
    void retranslate();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void wire();
    void measure();
    void sync();
    void setWindow(double low, double high);
    void change(const std::function<void(Display&)>& how);
    [[nodiscard]] double sliderValue(const QSlider& slider) const;
    void setSlider(QSlider& slider, double value);

    Document& m_document;
    common::Services& m_services;
    Histogram* m_histogram;
    QSlider *m_low, *m_high, *m_gamma;
    QComboBox *m_equalise, *m_channel, *m_fill, *m_colourBy;
    QCheckBox *m_invert, *m_automatic;
    QToolButton* m_reset;
    common::FormRows* m_rows;
    QList<QLabel*> m_labels;
    QLabel *m_pictureHeading, *m_shapesHeading;
    bool m_syncing = false;
    const void* m_measured = nullptr;  ///< the picture whose histogram is shown
};

}  // namespace lathe::widgets::canvas
