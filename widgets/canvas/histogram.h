// The histogram of a picture with its window: two handles that can be dragged.
#pragma once
#include <QWidget>

#include "widgets/canvas/display.h"

namespace lathe::widgets::canvas {

class Histogram : public QWidget {
    Q_OBJECT
public:
    explicit Histogram(QWidget* parent = nullptr);
    void setStatistics(const Statistics& statistics);
    [[nodiscard]] const Statistics& statistics() const { return m_statistics; }
    void setWindow(double low, double high);
    void setChannel(Channel channel);
    [[nodiscard]] QSize sizeHint() const override { return {280, 96}; }

Q_SIGNALS:
    void windowDragged(double low, double high);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] double xOf(double value) const;
    [[nodiscard]] double valueAt(double x) const;
    void tell();
    Statistics m_statistics;
    Channel m_channel = Channel::All;
    double m_low = 0, m_high = 255;
    bool m_dragsHigh = false;
};

}  // namespace lathe::widgets::canvas
