#include "widgets/canvas/tool_extremes.h"

#include "core/annot/assist/grabcut.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

void ExtremesTool::press(const Pointer& p) {
    if (m_points.size() == 4) cancel();
    if (m_points.empty() && !begin()) return;
    m_points.push_back(inside(p.image));
    if (m_points.size() == 4)
        ask([points = m_points](const cv::Mat& picture, Effort effort,
                                std::stop_token stop) { return annot::assist::fromExtremes(picture, points, effort, stop); },
            FirstThenBest);
    host().repaintMarks();
}

void ExtremesTool::back() {
    if (m_points.size() == 4) dropGhost();
    if (!m_points.empty()) m_points.pop_back();
    host().repaintMarks();
}

void ExtremesTool::paint(QPainter& painter) {
    AssistTool::paint(painter);
    const double ratio = host().ratio();
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Accent), 1.5 * ratio));
    painter.setBrush(Qt::white);
    for (const annot::Point p : m_points) painter.drawEllipse(host().viewport().toDevice(p), 3.5 * ratio, 3.5 * ratio);
}

}  // namespace lathe::widgets::canvas
