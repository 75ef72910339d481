// A bar per bin, one series or several beside or over each other; each bar can be asked for what is in it.
#pragma once
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

class HistogramChart : public Chart {
    Q_OBJECT
public:
    struct Bar {
        QString tick;                ///< under the bar, or at its left edge (Ticks::Edges)
        QString words;               ///< "640–799: 312 images": the tool tip, and a part of the state
        std::vector<double> values;  ///< one a series
    };
    enum class Look { Beside, Over };
    enum class Ticks { Bars, Edges };
    explicit HistogramChart(const QString& name, QWidget* parent = nullptr);
    ~HistogramChart() override;
    /// `series`: the theme's series number of each. `shares`: values are 0…1 and read as percent.
    void setBars(std::vector<Bar> bars, std::vector<int> series, Look look, Ticks ticks, bool shares);
    void setEmptyText(const QString& text);  ///< what stands there when there are no bars
    [[nodiscard]] const std::vector<Bar>& bars() const;
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QRect barRect(int bar, int series) const;  ///< from the axis to the top of the plot; series -1: of all
    [[nodiscard]] QSize sizeHint() const override { return {360, 220}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 100}; }
Q_SIGNALS:
    /// Clicked, or Enter. series -1: the bin as a whole.
    void activated(int bar, int series);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void themeChanged() override;

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

}  // namespace lathe::widgets::charts
