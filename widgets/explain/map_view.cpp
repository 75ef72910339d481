#include "widgets/explain/map_view.h"

#include <QAccessibleWidget>
#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/picture.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::explain {
namespace {

using common::Theme;
using common::Token;

constexpr double kClipQuantile = 0.997;
constexpr double kContourSide = 512;  ///< px that the longer side has at least where contours are drawn

float quantile(const cv::Mat& map, double share) {
    std::vector<float> values(map.begin<float>(), map.end<float>());
    const auto at = values.begin() + std::ptrdiff_t(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

cv::Mat magma(const cv::Mat& values) {
    cv::Mat bytes, coloured;
    values.convertTo(bytes, CV_8U, 255);
    cv::applyColorMap(bytes, coloured, cv::COLORMAP_MAGMA);
    return coloured;
}

/// Magma with alpha by value, so that what the map doesn't mark stays visible.
QImage heatImage(const cv::Mat& values) {
    const cv::Mat coloured = magma(values);
    QImage heat(values.cols, values.rows, QImage::Format_ARGB32);
    for (int y = 0; y < values.rows; ++y) {
        auto* line = reinterpret_cast<QRgb*>(heat.scanLine(y));
        for (int x = 0; x < values.cols; ++x) {
            const auto& bgr = coloured.at<cv::Vec3b>(y, x);
            line[x] = qRgba(bgr[2], bgr[1], bgr[0], int(std::sqrt(values.at<float>(y, x)) * 255));
        }
    }
    return heat.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

/// In pixels of the picture. Small maps are looked at finer than they are, so that their lines aren't stairs. Where an area ends
/// with the picture its line lies outside.
QPainterPath contour(const cv::Mat& values, double level) {
    constexpr int kMargin = 4;
    const double finer = std::max(1.0, kContourSide / std::max(values.cols, values.rows));
    cv::Mat fine, inside;
    cv::resize(values, fine, {}, finer, finer, cv::INTER_LINEAR);
    cv::copyMakeBorder(fine >= level, inside, kMargin, kMargin, kMargin, kMargin, cv::BORDER_REPLICATE);
    std::vector<std::vector<cv::Point>> lines;
    cv::findContours(inside, lines, cv::RETR_LIST, cv::CHAIN_APPROX_TC89_L1);
    QPainterPath path;
    for (const auto& line : lines) {
        if (line.size() < 3) continue;
        QPolygonF polygon;
        for (const cv::Point& point : line)
            polygon << QPointF((point.x - kMargin + 0.5) * values.cols / fine.cols,
                               (point.y - kMargin + 0.5) * values.rows / fine.rows);
        polygon << polygon.first();
        path.addPolygon(polygon);
    }
    return path;
}

QAccessibleInterface* makeCanvas(const QString&, QObject* object) {
    auto* view = qobject_cast<MapView*>(object);
    return view ? new QAccessibleWidget(view, QAccessible::Canvas) : nullptr;
}

}  // namespace

MapLayers makeLayers(const cv::Mat& pictureBgr, const cv::Mat& map) {
    MapLayers layers;
    layers.picture = common::toQImage(pictureBgr);
    cv::Mat fitted = map;
    if (map.size() != pictureBgr.size()) cv::resize(map, fitted, pictureBgr.size(), 0, 0, cv::INTER_LINEAR);
    const float top = std::max(1e-12F, quantile(fitted, kClipQuantile));
    layers.values = cv::Mat(fitted / top);
    cv::min(cv::max(layers.values, 0.0F), 1.0F, layers.values);
    layers.heat = heatImage(layers.values);
    layers.low = contour(layers.values, 0.35);
    layers.high = contour(layers.values, 0.7);
    return layers;
}

MapView::MapView(QWidget* parent) : QWidget(parent) {
    [[maybe_unused]] static const bool once = (QAccessible::installFactory(makeCanvas), true);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(200, 160);
    common::keepNamed(this, [] { return tr("Map over the picture"); });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MapView::setLayers(MapLayers layers) {
    const bool another = layers.picture.size() != m_layers.picture.size();
    m_layers = std::move(layers);
    m_message.clear();
    if (another || m_fitted) fit();
    update();
}

void MapView::clear(const QString& message) {
    m_layers = {};
    m_message = message;
    setAccessibleDescription(message);
    update();
}

void MapView::setShow(Show show) {
    m_show = show;
    update();
}

void MapView::setOpacity(double opacity) {
    m_opacity = opacity;
    update();
}

void MapView::fit() {
    if (m_layers.picture.isNull()) return;
    const QSizeF size = m_layers.picture.size();
    m_zoom = std::min((width() - 24) / size.width(), (height() - 24) / size.height());
    m_origin = QPointF((width() - size.width() * m_zoom) / 2, (height() - size.height() * m_zoom) / 2);
    m_fitted = true;
    Q_EMIT zoomed();
}

void MapView::zoomAt(QPointF centre, double factor) {
    const QPointF kept = toPicture(centre);
    m_zoom = std::clamp(m_zoom * factor, 0.02, 128.0);
    m_origin = centre - kept * m_zoom;
    m_fitted = false;
    update();
    Q_EMIT zoomed();
}

void MapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    painter.fillRect(rect(), theme.colour(Token::Paste));
    if (m_layers.picture.isNull()) {
        painter.setPen(theme.colour(Token::T3));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    const QRectF place(m_origin, QSizeF(m_layers.picture.size()) * m_zoom);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_zoom < 2);
    if (m_show == Show::Map)
        painter.fillRect(place, Qt::black);
    else
        painter.drawImage(place, m_layers.picture);
    if (m_show != Show::Picture) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.setOpacity(m_show == Show::Map ? 1.0 : m_opacity);
        painter.drawImage(place, m_layers.heat);
        painter.setOpacity(1);
        painter.save();
        painter.setClipRect(place);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(m_origin);
        painter.scale(m_zoom, m_zoom);
        painter.setBrush(Qt::NoBrush);
        for (const auto& [path, alpha] : {std::pair(&m_layers.low, 150), std::pair(&m_layers.high, 255)}) {
            QPen pen(QColor(255, 255, 255, alpha), 1.5);
            pen.setCosmetic(true);
            painter.setPen(pen);
            painter.drawPath(*path);
        }
        painter.restore();
    }
    paintValue(painter);
}

void MapView::paintValue(QPainter& painter) const {
    const QPointF at = toPicture(m_cursor);
    const int x = int(std::floor(at.x())), y = int(std::floor(at.y()));
    if (m_cursor.x() < 0 || x < 0 || y < 0 || x >= m_layers.values.cols || y >= m_layers.values.rows) return;
    const QString text = tr("%1 at %2, %3").arg(double(m_layers.values.at<float>(y, x)), 0, 'f', 2).arg(x).arg(y);
    painter.setFont(Theme::instance().font(common::Type::Caption));
    const QRect box = QRect(m_cursor + QPoint(14, 12), painter.fontMetrics().size(0, text) + QSize(14, 8));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 199));
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
}

void MapView::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), std::pow(1.0015, event->angleDelta().y()));
}

void MapView::mousePressEvent(QMouseEvent* event) {
    m_drag = event->pos();
}

void MapView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)) {
        m_origin += event->pos() - m_drag;
        m_drag = event->pos();
        m_fitted = false;
    }
    m_cursor = event->pos();
    const QPointF at = toPicture(m_cursor);
    const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
    const bool inside = QRect(0, 0, m_layers.values.cols, m_layers.values.rows).contains(pixel);
    Q_EMIT pointed(pixel.x(), pixel.y(), inside ? double(m_layers.values.at<float>(pixel.y(), pixel.x())) : -1);
    update();
}

void MapView::mouseDoubleClickEvent(QMouseEvent*) {
    fit();
    update();
}

void MapView::keyPressEvent(QKeyEvent* event) {
    const QPointF centre = rect().center();
    if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoomAt(centre, 1.25);
    else if (event->key() == Qt::Key_Minus)
        zoomAt(centre, 0.8);
    else if (event->key() == Qt::Key_0)
        mouseDoubleClickEvent(nullptr);
    else
        QWidget::keyPressEvent(event);
}

void MapView::resizeEvent(QResizeEvent*) {
    if (m_fitted) fit();
}

void MapView::leaveEvent(QEvent*) {
    m_cursor = {-1, -1};
    Q_EMIT pointed(-1, -1, -1);
    update();
}

MapScale::MapScale(QWidget* parent) : QWidget(parent) {
    setFixedSize(sizeHint());
    common::keepNamed(this, [] { return tr("Scale of the map, 0 to 1"); });
    cv::Mat ramp(1, 256, CV_32FC1);
    for (int x = 0; x < 256; ++x) ramp.at<float>(0, x) = float(x) / 255;
    m_ramp = common::toQImage(magma(ramp));
}

void MapScale::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(Theme::instance().font(common::Type::Caption));
    painter.setPen(Theme::instance().colour(Token::T2));
    painter.drawText(QRect(0, 0, 12, height()), Qt::AlignCenter, QStringLiteral("0"));
    painter.drawText(QRect(width() - 12, 0, 12, height()), Qt::AlignCenter, QStringLiteral("1"));
    painter.drawImage(QRect(16, height() / 2 - 3, width() - 32, 6), m_ramp);
}

}  // namespace lathe::widgets::explain
