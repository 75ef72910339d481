// A step's phases as one bar with its legend, and epoch by epoch as stacked bars.
#pragma once
#include "widgets/charts/chart.h"
#include "widgets/profile/findings.h"

namespace lathe::widgets::profile {

class PhaseBars : public charts::Chart {
    Q_OBJECT
public:
    explicit PhaseBars(const QString& name, QWidget* parent = nullptr);
    void setPhases(std::vector<Phases> phases);
    [[nodiscard]] const std::vector<Phases>& phases() const { return m_phases; }
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QSize sizeHint() const override { return {600, 260}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {260, 140}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void paintStep(QPainter& painter, const QRect& bar) const;
    void paintEpochs(QPainter& painter, const QRect& plot) const;
    [[nodiscard]] QRect plotRect() const;
    std::vector<Phases> m_phases;
};

}  // namespace lathe::widgets::profile
