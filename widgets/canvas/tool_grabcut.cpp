#include "widgets/canvas/tool_grabcut.h"

#include <algorithm>

#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

using annot::assist::Stroke;

namespace {

const QString kRadius = QStringLiteral("grabcut.radius");
constexpr double kLeastSide = 4;  // logical pixels: a smaller box is a click

annot::Rect between(annot::Point a, annot::Point b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::fabs(a.x - b.x), std::fabs(a.y - b.y)};
}

}  // namespace

double GrabCutTool::radius() const {
    return host().memory().value(kRadius, 6.0).toDouble();
}

void GrabCutTool::setRadius(double value) {
    host().memory().insert(kRadius, std::clamp(value, 1.0, 60.0));
    host().optionsChanged();
    host().repaintMarks();
}

bool GrabCutTool::wheel(double notches, const Pointer&) {
    setRadius(radius() * std::pow(1.15, notches));
    return true;
}

void GrabCutTool::press(const Pointer& p) {
    m_now = p;
    if (m_box) {
        m_stroking = true;
        const bool object = p.button != Qt::RightButton && !(p.keys & Qt::AltModifier);
        m_strokes.push_back({{p.image}, radius() * host().ratio() / host().viewport().scale, object});
    } else if (begin()) {
        m_drawing = true;
        m_from = p;
    }
    host().repaintMarks();
}

void GrabCutTool::move(const Pointer& p, bool pressed) {
    m_now = p;
    if (pressed && m_stroking) m_strokes.back().points.push_back(p.image);
    host().repaintMarks();
}

void GrabCutTool::release(const Pointer& p) {
    m_now = p;
    if (std::exchange(m_stroking, false)) return askNow();
    if (!std::exchange(m_drawing, false)) return;
    const annot::Rect box = between(inside(m_from.image), inside(p.image));
    const double least = kLeastSide * host().ratio() / host().viewport().scale;
    if (box.w >= least && box.h >= least) {
        m_box = box;
        askNow();
    }
    host().repaintMarks();
}

void GrabCutTool::askNow() {
    ask(
        [box = *m_box, strokes = m_strokes](const cv::Mat& picture, Effort effort, std::stop_token stop) {
            return annot::assist::grabCut(picture, box, strokes, effort, stop);
        },
        FirstThenBest);
}

void GrabCutTool::back() {
    if (m_strokes.empty()) return cancel();
    m_strokes.pop_back();
    askNow();
}

void GrabCutTool::forget() {
    m_box.reset();
    m_strokes.clear();
    m_drawing = m_stroking = false;
}

void GrabCutTool::paintStrokes(QPainter& painter) const {
    for (const Stroke& s : m_strokes) {
        QPolygonF line;
        for (const annot::Point p : s.points) line << host().viewport().toDevice(p);
        if (line.size() == 1) line << line.front() + QPointF(0.1, 0);
        QColor ink = s.foreground ? colour() : QColor(Qt::black);
        ink.setAlphaF(0.45f);
        painter.setPen(QPen(ink, 2 * s.radius * host().viewport().scale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    }
}

void GrabCutTool::paint(QPainter& painter) {
    painter.setBrush(Qt::NoBrush);
    const double ratio = host().ratio();
    if (m_box || m_drawing) {
        const QRectF r = host().viewport().toDevice(m_box ? *m_box : between(m_from.image, m_now.image));
        painter.setPen(QPen(QColor(0, 0, 0, 128), 3 * ratio));
        painter.drawRect(r);
        painter.setPen(QPen(Qt::white, ratio));
        painter.drawRect(r);
    }
    if (m_box) {
        paintStrokes(painter);
        painter.setPen(QPen(Qt::white, ratio));
        painter.drawEllipse(m_now.device, radius() * ratio, radius() * ratio);
    }
    AssistTool::paint(painter);
}

void GrabCutTool::addOptions(QHBoxLayout& row) {
    addSlider(row, tr("Stroke"), 1, 60, int(std::lround(radius())), [this](int value) {
        host().memory().insert(kRadius, double(value));
        host().repaintMarks();
    });
}

}  // namespace lathe::widgets::canvas
