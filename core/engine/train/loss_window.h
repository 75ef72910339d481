// The losses of the last steps, read without making a card wait: a window is copied while the next one is under way.
#pragma once
#include <c10/core/Event.h>
#include <torch/types.h>
#include <optional>
#include <vector>

namespace lathe::engine::train {

class LossWindow {
public:
    struct Point {
        std::int64_t step = 0, images = 0;
        double epoch = 0, lr = 0, loss = 0;
    };
    void add(Point point, const torch::Tensor& loss);
    [[nodiscard]] std::size_t waiting() const { return m_points.size(); }
    /// Closes the window; hands out the one before, whose values have arrived meanwhile. all: this one as well, waiting for it. On
    /// the CPU there is nothing to wait for: always all.
    [[nodiscard]] std::vector<Point> take(bool all);

private:
    void close();
    void readClosed(std::vector<Point>& out);
    std::vector<Point> m_points, m_closedPoints;
    std::vector<torch::Tensor> m_losses;
    torch::Tensor m_closed;
    std::optional<c10::Event> m_arrived;
};

}  // namespace lathe::engine::train
