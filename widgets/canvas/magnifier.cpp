#include "widgets/canvas/magnifier.h"

#include <QPainter>
#include <cmath>

#include "widgets/canvas/view.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr int kSide = 176, kMagnifierGap = 24, kCaption = 22;
constexpr double kLeast = 8, kTimes = 4;  // device pixels per pixel; of the view's scale

QString number(double v, int depth) {
    return depth == CV_32F ? QString::number(v, 'g', 6) : QString::number(qint64(v));
}

}  // namespace

QString valueText(const Document& document, int x, int y) {
    if (!document.picture()) return {};
    const PixelValue v = document.picture()->value(x, y);
    const int depth = document.picture()->depth();
    if (v.channels == 1) return QStringLiteral("V %1").arg(number(v.value[0], depth));
    if (v.channels != 3) return {};
    return QStringLiteral("R %1  G %2  B %3").arg(number(v.value[0], depth), number(v.value[1], depth), number(v.value[2], depth));
}

Magnifier::Magnifier(Document& document, View& view) : QWidget(&view), m_document(document), m_view(view) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFixedSize(kSide, kSide + kCaption);
    setAccessibleName(tr("Magnifier"));
    hide();
    connect(&view, &View::pointerMoved, this, &Magnifier::follow);
    connect(&document, &Document::lookChanged, this, [this] { follow(m_at, m_inside); });
}

void Magnifier::setOn(bool on) {
    m_on = on;
    follow(m_at, m_inside);
}

void Magnifier::follow(annot::Point at, bool inside) {
    m_at = at;
    m_inside = inside;
    setVisible(m_on && inside && m_document.isOpen() && m_document.picture());
    if (isHidden()) return;
    const double ratio = devicePixelRatioF(), scale = std::round(std::max(kLeast * ratio, kTimes * m_view.zoom()));
    const int side = int(kSide * ratio);
    m_pixels = QImage(side, side, QImage::Format_RGB32);
    m_pixels.setDevicePixelRatio(ratio);
    const auto corner = [&](double v) { return std::int64_t(std::floor(v * scale - side / 2.0)); };
    m_document.picture()->paint(m_pixels, scale, corner(at.x), corner(at.y), m_document.look().tone.get());
    place();
    update();
}

// Below and to the right, elsewhere where that would leave the view.
void Magnifier::place() {
    const QPointF p = m_view.viewport().toDevice(m_at) / devicePixelRatioF();
    const auto beside = [](double at, int size, int all) {
        return int(at + kMagnifierGap + size <= all ? at + kMagnifierGap : at - kMagnifierGap - size);
    };
    move(std::max(0, beside(p.x(), width(), m_view.width())), std::max(0, beside(p.y(), height(), m_view.height())));
}

void Magnifier::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.drawImage(0, 0, m_pixels);
    const QPointF c(kSide / 2.0, kSide / 2.0);
    for (const auto& [colour, width] : {std::pair{QColor(0, 0, 0, 160), 3}, std::pair{QColor(Qt::white), 1}}) {
        painter.setPen(QPen(colour, width));
        painter.drawLine(QPointF(c.x(), 0), QPointF(c.x(), c.y() - 6));
        painter.drawLine(QPointF(c.x(), c.y() + 6), QPointF(c.x(), kSide));
        painter.drawLine(QPointF(0, c.y()), QPointF(c.x() - 6, c.y()));
        painter.drawLine(QPointF(c.x() + 6, c.y()), QPointF(kSide, c.y()));
    }
    painter.fillRect(0, kSide, width(), kCaption, QColor(0, 0, 0, 200));
    painter.setPen(Qt::white);
    painter.drawText(QRect(6, kSide, width() - 12, kCaption), Qt::AlignVCenter,
                     valueText(m_document, int(std::floor(m_at.x)), int(std::floor(m_at.y))));
    painter.setPen(common::Theme::instance().colour(common::Token::Line2));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace lathe::widgets::canvas
