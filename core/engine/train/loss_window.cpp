#include "core/engine/train/loss_window.h"

#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/torch.h>

namespace lathe::engine::train {

void LossWindow::add(Point point, const torch::Tensor& loss) {
    m_points.push_back(point);
    m_losses.push_back(loss.detach());
}

void LossWindow::close() {
    const auto stacked = torch::stack(m_losses).to(torch::kFloat32);
    m_closedPoints = std::move(m_points);
    m_points.clear(), m_losses.clear();
    if (stacked.is_cpu()) {
        m_closed = stacked;
        return;
    }
    m_closed = torch::empty(stacked.sizes(), torch::TensorOptions(torch::kFloat32).pinned_memory(true));
    m_closed.copy_(stacked, true);
    m_arrived.emplace(stacked.device().type());
    m_arrived->record(c10::impl::VirtualGuardImpl(stacked.device().type()).getStream(stacked.device()));
}

void LossWindow::readClosed(std::vector<Point>& out) {
    if (m_closedPoints.empty()) return;
    if (m_arrived) m_arrived->synchronize(), m_arrived.reset();
    const float* values = m_closed.data_ptr<float>();
    for (std::size_t i = 0; i < m_closedPoints.size(); ++i) {
        m_closedPoints[i].loss = values[i];
        out.push_back(m_closedPoints[i]);
    }
    m_closedPoints.clear();
}

std::vector<LossWindow::Point> LossWindow::take(bool all) {
    std::vector<Point> points;
    readClosed(points);
    if (!m_points.empty()) close();
    if (all || !m_arrived) readClosed(points);
    return points;
}

}  // namespace lathe::engine::train
