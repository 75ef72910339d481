#include "widgets/canvas/tool_wand.h"

#include <algorithm>

#include "core/annot/area_ops.h"
#include "core/annot/assist/wand.h"
#include "core/annot/mask.h"

namespace lathe::widgets::canvas {

namespace {

const QString kWandTolerance = QStringLiteral("wand.tolerance");
constexpr double kPerPixel = 0.25, kWandClick = 3;  // tolerance per logical pixel of a drag; less is a click
constexpr double kSpeck = 0.02;                     // of what was found: smaller holes are filled, smaller parts dropped

Result<annot::Mask> tidied(const annot::Mask& mask) {
    const double small = kSpeck * double(annot::maskArea(mask));
    LATHE_TRY(const annot::Shape filled, annot::holesFilled(mask, small));
    LATHE_TRY(const annot::Shape clean, annot::specksDropped(filled, small));
    return std::get<annot::Mask>(clean);
}

}  // namespace

int WandTool::tolerance() const {
    return host().memory().value(kWandTolerance, 32).toInt();
}

void WandTool::setTolerance(int value) {
    value = std::clamp(value, 0, 255);
    if (value == tolerance()) return;
    host().memory().insert(kWandTolerance, value);
    if (m_slider) m_slider->setValue(value);
    if (m_hints.empty()) return;
    m_hints.back().tolerance = value;
    askNow();
}

void WandTool::press(const Pointer& p) {
    const bool less = (p.keys & Qt::AltModifier) || p.button == Qt::RightButton;
    const bool goesOn = busy() && (less || (p.keys & Qt::ShiftModifier));
    if (!goesOn) {
        cancel();
        if (!begin()) return;
    } else if (!asking()) {
        m_base = shown();
        m_hints.clear();
    }
    m_hints.push_back({p.image, tolerance(), !less || !goesOn});
    m_from = p.device;
    m_toleranceFrom = tolerance();
    askNow();
}

void WandTool::move(const Pointer& p, bool pressed) {
    const double way = (p.device.x() - m_from.x()) / host().ratio();
    if (pressed && !m_hints.empty() && std::fabs(way) > kWandClick) setTolerance(m_toleranceFrom + int(way * kPerPixel));
}

bool WandTool::wheel(double notches, const Pointer&) {
    setTolerance(tolerance() + int(std::lround(notches * 4)));
    return true;
}

void WandTool::askNow() {
    ask(
        [base = m_base, hints = m_hints](const cv::Mat& picture, Effort, std::stop_token stop) -> Result<annot::Mask> {
            annot::Shape all =
                base ? *base
                     : annot::Mask{std::uint32_t(picture.rows), std::uint32_t(picture.cols), {std::uint32_t(picture.total())}};
            for (const Hint& hint : hints) {
                LATHE_TRY(const annot::Mask found, annot::assist::wand(picture, hint.seed, hint.tolerance, stop));
                LATHE_TRY(const annot::Mask clean, tidied(found));
                const std::vector<annot::Shape> two{all, clean};
                LATHE_TRY(all, hint.add ? annot::united(two) : annot::subtracted(all, std::span(two).last(1)));
            }
            return std::get<annot::Mask>(all);
        },
        Once);
}

void WandTool::back() {
    if (m_hints.size() + (m_base ? 1 : 0) < 2) return cancel();
    m_hints.pop_back();
    askNow();
}

void WandTool::forget() {
    m_hints.clear();
    m_base.reset();
}

void WandTool::addOptions(QHBoxLayout& row) {
    m_slider = addSlider(row, tr("Tolerance"), 0, 255, tolerance(), [this](int value) { setTolerance(value); });
}

}  // namespace lathe::widgets::canvas
