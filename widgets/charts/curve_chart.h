// Curves of metrics: several series, drawn from min/max buckets of about a pixel so that no spike is lost, raw at 30 % behind the
// smoothed curve, one cursor shared among linked charts. GUI thread. Updates are coalesced to at most 20 a second and cost what
// the pixels cost, not what the points are.
#pragma once
#include <QVector>
#include <memory>
#include <optional>

#include "widgets/charts/chart.h"
#include "widgets/charts/curve_data.h"

namespace lathe::widgets::charts {

/// The one cursor of linked charts; x in the charts' common axis.
class ChartCursor : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] std::optional<double> x() const { return m_x; }
    void move(std::optional<double> x);
Q_SIGNALS:
    void moved();

private:
    std::optional<double> m_x;
};

class CurveChart : public Chart {
    Q_OBJECT
public:
    using Axis = runs::MetricSeries::Axis;
    /// How one series looks. number picks colour, dash and end marker of the theme's series; ink: drawn in the text colour.
    struct Style {
        QString name{};   ///< "r34 a2", in the legend and the cursor's table
        QString label{};  ///< direct label at the line's end ("train"); empty: none
        int number = 0;
        bool focus = true;  ///< 2 px, else 1.25 px
        bool ink = false;
        bool solid = false;  ///< no dash whatever the number
        bool smooth = true;  ///< follows the chart's smoothing; raw shows behind at 30 %
    };
    struct Mark {
        double x = 0, value = 0;
        QString text;
        bool warn = false;  ///< amber, above the curve, with a stem ("spike, step 1,580"); else a ring ("best 0.634")
        int number = 0;     ///< the ring's series
    };

    struct Moment {  ///< a dashed line over the whole height, its text under the mouse: what was changed then
        double x = 0;
        QString text;
    };

    explicit CurveChart(const QString& title, QWidget* parent = nullptr);
    ~CurveChart() override;

    void setTitle(const QString& title);  ///< accessible name too
    void setSubtitle(const QString& subtitle);
    void setValueText(const QString& text);  ///< right in the header ("1.49e−4")
    void addHeaderWidget(QWidget* widget);   ///< at the right end of the header
    void setAxis(Axis axis);
    [[nodiscard]] Axis axis() const;
    void setLogY(bool on);
    [[nodiscard]] bool logY() const;
    void setPercent(bool on);  ///< values are shares, shown as percent
    void setCompact(bool on);  ///< fewer ticks, no legend: the small charts
    void setSmoothing(double weight);
    [[nodiscard]] double smoothing() const;
    void setSpan(std::optional<double> end);  ///< x goes from 0 to this (epochs of the run), even before it is lived
    void setLived(std::optional<double> x);   ///< where now is: what lies right of it is darker
    void setYRange(std::optional<std::pair<double, double>> range);  ///< at least this much is shown; nullopt: the data's
    void linkCursor(ChartCursor* cursor);                            ///< shared, not owned

    /// Adds or restyles; drawn in the order of adding, focused ones on top.
    void setSeries(const QString& key, const Style& style, std::shared_ptr<CurveData> data);
    void removeSeries(const QString& key);
    void clearSeries();
    [[nodiscard]] QStringList seriesKeys() const;
    void setMarks(QVector<Mark> marks);
    void setMoments(QVector<Moment> moments);
    /// What a line within a few pixels of x says; empty: there is none.
    [[nodiscard]] QString momentAt(double x) const;
    /// The data of some series grew: draws within 50 ms.
    void touch();

    void zoom(double from, double to);
    void resetZoom();
    [[nodiscard]] bool zoomed() const;
    [[nodiscard]] std::pair<double, double> xRange() const;
    [[nodiscard]] std::pair<double, double> yRange() const;
    [[nodiscard]] int drawn() const;  ///< how often it was drawn, for tests and benches
    [[nodiscard]] double secondsDrawing() const;
    [[nodiscard]] QString state() const override;
    /// What the cursor's table says at x, a line each: "epoch 58", "B 0.633".
    [[nodiscard]] QStringList cursorTable(double x) const;
    [[nodiscard]] QSize sizeHint() const override { return {440, 300}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {180, 90}; }
Q_SIGNALS:
    void zoomChanged();

protected:
    void themeChanged() override;
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

public:
    struct Impl;  ///< for curve_*.cpp alone

private:
    std::unique_ptr<Impl> m_impl;
};

}  // namespace lathe::widgets::charts
