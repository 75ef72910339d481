// A picture with an attribution map over it: picture, map or blend; magma by value, contours at 0.35 and 0.7; the value under the
// cursor.
#pragma once
#include <QImage>
#include <QPainterPath>
#include <QWidget>
#include <opencv2/core/mat.hpp>

namespace lathe::widgets::explain {

/// Values of the map are shown as a share of its 99.7th percentile, clipped to 0…1.
struct MapLayers {
    QImage picture;          ///< upright
    QImage heat;             ///< same size; magma with alpha by value
    QPainterPath low, high;  ///< contours at 0.35 and 0.7, in pixels of the picture
    cv::Mat values;          ///< CV_32FC1 0…1, same size
};
/// Any thread. `map` is resized to the picture when it differs.
[[nodiscard]] MapLayers makeLayers(const cv::Mat& pictureBgr, const cv::Mat& map);

/// Wheel zooms at the cursor, drag pans, double click fits. + and - zoom, 0 fits.
class MapView : public QWidget {
    Q_OBJECT
public:
    enum class Show { Picture, Map, Blend };
    explicit MapView(QWidget* parent = nullptr);
    void setLayers(MapLayers layers);  ///< the accessible description is the caller's
    void clear(const QString& message);
    void setShow(Show show);
    void setOpacity(double opacity);
    [[nodiscard]] double zoom() const { return m_zoom; }
Q_SIGNALS:
    void pointed(int x, int y, double value);  ///< value < 0: outside
    void zoomed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void fit();
    void zoomAt(QPointF centre, double factor);
    void paintValue(QPainter& painter) const;
    [[nodiscard]] QPointF toPicture(QPointF pos) const { return (pos - m_origin) / m_zoom; }

    MapLayers m_layers;
    QString m_message;
    Show m_show = Show::Blend;
    double m_opacity = 0.8, m_zoom = 1;
    bool m_fitted = true;
    QPointF m_origin;
    QPoint m_drag, m_cursor{-1, -1};
};

/// Magma from 0 to 1 with its ends, beside the words how values were clipped.
class MapScale : public QWidget {
    Q_OBJECT
public:
    explicit MapScale(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {220, 18}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_ramp;
};

}  // namespace lathe::widgets::explain
