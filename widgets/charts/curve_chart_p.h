// Inside of CurveChart: the plot of QCustomPlot below, and an overlay with labels, marks and the cursor that repaints alone.
#pragma once
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>

#include "widgets/charts/curve_chart.h"
#include "widgets/charts/qcp.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::charts {

/// 3 to 5 ticks in the house's number format.
class Ticker : public QCPAxisTicker {
public:
    bool percent = false, log = false, time = false;

protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
};

struct Line {
    QString key;
    CurveChart::Style style;
    std::shared_ptr<CurveData> data;
    QCPGraph *raw = nullptr, *main = nullptr;
    [[nodiscard]] const runs::MetricSeries& series() const { return style.smooth ? data->smooth() : data->raw(); }
};

class Overlay;
class Legend;

struct CurveChart::Impl {
    CurveChart* q = nullptr;
    QCustomPlot* plot = nullptr;
    Overlay* overlay = nullptr;
    Legend* legend = nullptr;
    QHBoxLayout* header = nullptr;
    QLabel *title = nullptr, *subtitle = nullptr, *value = nullptr;
    QSharedPointer<Ticker> xTicker, yTicker;
    QTimer timer;
    QElapsedTimer sinceDraw;
    std::vector<Line> lines;
    QVector<Mark> marks;
    QVector<Moment> moments;
    Axis axis = Axis::Epoch;
    bool logY = false, percent = false, compact = false, dirty = true;
    double smoothing = 0, seconds = 0;
    int drawn = 0;
    std::optional<double> span, lived;
    std::optional<std::pair<double, double>> yWanted, view;
    ChartCursor* cursor = nullptr;

    void build();
    void buildHeader();
    void applyTheme();
    void style(Line& line);
    void schedule();
    void draw();
    void placeRanges(double low, double high);
    [[nodiscard]] std::pair<double, double> fullX() const;
    /// Fills the graphs of a line for the visible range and widens [low, high] by its values.
    void fill(Line& line, double& low, double& high);
    [[nodiscard]] double offset(const Line& line) const;  ///< start of the run on the time axis
    [[nodiscard]] QColor colour(const Line& line) const;
    [[nodiscard]] QRectF plotRect() const;  ///< in the overlay's coordinates
    [[nodiscard]] double px(double x) const { return plot->xAxis->coordToPixel(x); }
    [[nodiscard]] double py(double y) const { return plot->yAxis->coordToPixel(y); }
    [[nodiscard]] QString text(double value) const { return percent ? percentText(value) : valueText(value); }
    [[nodiscard]] QString xText(double x) const;
    [[nodiscard]] std::optional<runs::MetricPoint> at(const Line& line, double x) const;
    void wheel(QWheelEvent* event);
    [[nodiscard]] bool mouse(QEvent* event);
};

/// Over the plot; takes the mouse, paints what moves.
class Overlay : public QWidget {
public:
    Overlay(CurveChart::Impl* impl, QWidget* parent) : QWidget(parent), m_impl(impl) {
        setMouseTracking(true);
        setAttribute(Qt::WA_NoSystemBackground);
    }
    std::optional<double> bandFrom, bandTo;  ///< pixels, while a band is drawn

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Tag {
        QRectF rect;
        QPointF end;
        QString text;
        QColor colour;
        bool focus = false;
    };
    void paintFuture(QPainter& painter) const;
    void paintEnds(QPainter& painter) const;
    void paintTags(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintMoments(QPainter& painter) const;
    void paintBand(QPainter& painter) const;
    void paintCursor(QPainter& painter) const;
    void paintTable(QPainter& painter, double x) const;
    [[nodiscard]] std::vector<Tag> tags(const QFontMetricsF& metrics) const;
    /// Of the places for a text the one that covers the fewest curves and none of `taken`.
    [[nodiscard]] QRectF freest(const std::vector<QRectF>& places, const std::vector<QRectF>& taken) const;
    CurveChart::Impl* m_impl;
};

/// Line samples with names, right in the header; long names are elided, more than fit are left out.
class Legend : public QWidget {
public:
    Legend(CurveChart::Impl* impl, QWidget* parent) : QWidget(parent), m_impl(impl) { setFixedHeight(18); }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, 18}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    CurveChart::Impl* m_impl;
};

/// The marker of series `number` (disc, square, triangle, diamond, down).
void paintMarker(QPainter& painter, const QPointF& at, int number, const QColor& colour, double radius);
[[nodiscard]] QPen linePen(const CurveChart::Style& style, const QColor& colour);

}  // namespace lathe::widgets::charts
