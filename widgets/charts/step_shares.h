// What waits for what: the shares of a training step by phase as one bar, and the same in words.
#pragma once
#include <array>

#include "core/base/json.h"
#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

/// Of the engine's "phases" event. Shares of a step, 0…1; validation: of an epoch, -1 where the engine didn't tell.
struct StepShares {
    double data = 0, forward = 0, backward = 0, optimizer = 0, validation = -1;
    [[nodiscard]] bool known() const { return data + forward + backward + optimizer > 0; }
};
[[nodiscard]] StepShares stepShares(const Json& phases);
/// "The step waits for data 38 % of the time, …"; empty: nothing is known. `imagesPerSecond` below 0: not known.
[[nodiscard]] QString stepWords(const StepShares& shares, double imagesPerSecond);

/// 6 px of colours, the same as in Profile.
class StepBar : public Chart {
    Q_OBJECT
public:
    explicit StepBar(QWidget* parent = nullptr);
    void setShares(const StepShares& shares);
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QSize sizeHint() const override { return {160, 6}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StepShares m_shares;
};

}  // namespace lathe::widgets::charts
