#include "widgets/canvas/tool_superpixels.h"

#include <algorithm>
#include <opencv2/core.hpp>

#include "core/annot/area_ops.h"
#include "core/annot/mask.h"

namespace lathe::widgets::canvas {

namespace {

const QString kSuperpixelsSide = QStringLiteral("superpixels.side");
constexpr int kRest = 150;    // ms without a pan or zoom until patches are made for what is in sight
constexpr double kBrush = 2;  // logical pixels
constexpr QRgb kBorder = qRgba(120, 120, 120, 120);

QImage imageOf(const cv::Mat& borders) {
    QImage image(borders.cols, borders.rows, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < borders.rows; ++y) {
        auto* row = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < borders.cols; ++x) row[x] = borders.at<uchar>(y, x) ? kBorder : 0;
    }
    return image;
}

bool sameView(const Viewport& a, const Viewport& b) {
    return a.scale == b.scale && a.ox == b.ox && a.oy == b.oy && a.size == b.size;
}

}  // namespace

SuperpixelsTool::SuperpixelsTool(ToolHost& host) : AssistTool(host), m_look(*host.document().services().jobs, tr("Superpixels")) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kRest);
    QObject::connect(&m_soon, &QTimer::timeout, &m_soon, [this] { look(); });
}

int SuperpixelsTool::side() const {
    return host().memory().value(kSuperpixelsSide, 24).toInt();
}

void SuperpixelsTool::setSide(int value) {
    host().memory().insert(kSuperpixelsSide, std::clamp(value, 8, 96));
    host().optionsChanged();
    host().repaintMarks();
}

bool SuperpixelsTool::wheel(double notches, const Pointer&) {
    setSide(int(std::lround(side() * std::pow(1.2, notches))));
    return true;
}

annot::Rect SuperpixelsTool::inSight() const {
    const Viewport& v = host().viewport();
    const annot::Point from = inside(v.toImage({0, 0})), to = inside(v.toImage(QPointF(v.size.width(), v.size.height())));
    return {from.x, from.y, to.x - from.x, to.y - from.y};
}

void SuperpixelsTool::lookSoon() {
    if (!host().document().isOpen() || m_painting) return;
    if (m_lookedPicture != pixels()) m_patches.reset();
    if (m_patches && sameView(m_lookedAt, host().viewport()) && m_lookedSide == side()) return;
    if (!m_patches && m_look.busy() && m_lookedPicture == pixels()) return;
    m_lookedAt = host().viewport();
    m_lookedSide = side();
    m_lookedPicture = pixels();
    if (m_patches)
        m_soon.start();
    else
        look();
}

void SuperpixelsTool::look() {
    m_look.stop();
    if (!pixels()) return;
    lookFor(Effort::Quick);
}

void SuperpixelsTool::lookFor(Effort effort) {
    const double pixelsSide = side() * host().ratio() / host().viewport().scale;
    m_look.ask(
        effort == Effort::Quick ? Asker<Looked>::Short : Asker<Looked>::Long,
        [picture = pixels(), window = inSight(), side = std::max(3, int(std::lround(pixelsSide))),
         effort](std::stop_token stop) -> Result<Looked> {
            LATHE_TRY(Patches patches, annot::assist::Superpixels::make(*picture, window, side, effort, stop));
            const QImage borders = imageOf(patches->borders());
            return Looked{std::move(patches), borders};
        },
        [this, effort](Result<Looked> looked) {
            if (!looked) return;
            m_patches = std::move(looked->patches);
            m_borders = std::move(looked->borders);
            host().repaintMarks();
            if (effort == Effort::Quick && !m_look.busy()) lookFor(Effort::Full);
        });
}

void SuperpixelsTool::press(const Pointer& p) {
    if (!m_patches || (!shown() && !begin())) return;
    m_before.push_back(m_base);
    m_painting = true;
    m_last = p.image;
    m_strokes.push_back({m_patches, {}, p.button != Qt::RightButton && !(p.keys & Qt::AltModifier)});
    addTo(m_strokes.back(), p.image, p.image);
    askNow();
}

void SuperpixelsTool::move(const Pointer& p, bool pressed) {
    if (!pressed || !m_painting) return;
    const std::size_t before = m_strokes.back().labels.size();
    addTo(m_strokes.back(), m_last, p.image);
    m_last = p.image;
    if (m_strokes.back().labels.size() != before) askNow();
}

void SuperpixelsTool::release(const Pointer&) {
    if (!std::exchange(m_painting, false)) return;
    askNow();
}

void SuperpixelsTool::addTo(Stroke& stroke, annot::Point from, annot::Point to) const {
    for (const int label : stroke.patches->along(from, to, kBrush * host().ratio() / host().viewport().scale))
        if (std::find(stroke.labels.begin(), stroke.labels.end(), label) == stroke.labels.end()) stroke.labels.push_back(label);
}

void SuperpixelsTool::askNow() {
    ask(
        [base = m_base, strokes = m_strokes](const cv::Mat& picture, Effort, std::stop_token) -> Result<annot::Mask> {
            annot::Mask none{std::uint32_t(picture.rows), std::uint32_t(picture.cols), {std::uint32_t(picture.total())}};
            annot::Shape all = base ? *base : none;
            for (const Stroke& stroke : strokes) {
                const std::vector<annot::Shape> two{all, stroke.patches->maskOf(stroke.labels)};
                auto next = stroke.add ? annot::united(two) : annot::subtracted(all, std::span(two).last(1));
                if (!next) return fail(next.error());
                all = std::move(*next);
            }
            return std::get<annot::Mask>(all);
        },
        Once);
}

void SuperpixelsTool::answered() {
    if (m_painting) return;
    m_base = shown();
    m_strokes.clear();
}

void SuperpixelsTool::back() {
    if (m_before.size() < 2) return cancel();
    m_base = std::move(m_before.back());
    m_before.pop_back();
    m_strokes.clear();
    askNow();
}

void SuperpixelsTool::forget() {
    m_base.reset();
    m_before.clear();
    m_strokes.clear();
    m_painting = false;
}

void SuperpixelsTool::paint(QPainter& painter) {
    lookSoon();
    if (m_patches) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(host().viewport().toDevice(m_patches->window()), m_borders);
    }
    AssistTool::paint(painter);
}

void SuperpixelsTool::addOptions(QHBoxLayout& row) {
    addSlider(row, tr("Size"), 8, 96, side(), [this](int value) {
        host().memory().insert(kSuperpixelsSide, value);
        host().repaintMarks();
    });
}

}  // namespace lathe::widgets::canvas
