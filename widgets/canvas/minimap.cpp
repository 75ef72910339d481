#include "widgets/canvas/minimap.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include "widgets/canvas/view.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kMinimapSide = 176;
constexpr int kMinimapGap = 12;
}  // namespace

Minimap::Minimap(Document& document, View& view) : QWidget(&view), m_document(document), m_view(view) {
    setCursor(Qt::CrossCursor);
    setFocusPolicy(Qt::NoFocus);
    view.installEventFilter(this);
    connect(&view, &View::viewMoved, this, &Minimap::place);
    connect(&view, &View::framed, this, qOverload<>(&QWidget::update));
    connect(&document, &Document::opened, this, &Minimap::place);
    retranslate();
    place();
}

void Minimap::setOn(bool on) {
    m_on = on;
    place();
}

void Minimap::retranslate() {
    setAccessibleName(tr("Overview"));
    setAccessibleDescription(tr("The whole image and the part in sight; a click goes there"));
    setToolTip(tr("Overview: click or drag to go there"));
}

double Minimap::scale() const {
    const annot::Rect r = m_document.imageRect();
    return kMinimapSide / std::max({1.0, r.w, r.h});
}

void Minimap::place() {
    const annot::Rect r = m_document.imageRect();
    const Viewport& v = m_view.viewport();
    const QRectF all = v.toDevice(r);
    const bool useful = m_document.isOpen() && m_document.picture() && !QRectF({}, QSizeF(v.size)).contains(all);
    const bool shown = m_on && useful;
    m_view.setMini(shown);
    setVisible(shown);
    if (!shown) return;
    const QSize size(std::max(24, int(std::round(r.w * scale()))) + 2, std::max(24, int(std::round(r.h * scale()))) + 2);
    setGeometry(QRect({m_view.width() - size.width() - kMinimapGap, m_view.height() - size.height() - kMinimapGap}, size));
    update();
}

void Minimap::paintEvent(QPaintEvent*) {
    using common::Theme;
    using common::Token;
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colour(Token::Paste));
    const annot::Rect r = m_document.imageRect();
    const QRectF picture(1, 1, r.w * scale(), r.h * scale());
    if (const QImage* mini = m_view.mini()) {
        const double k = m_view.miniScale();
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(picture, *mini, QRectF(0, 0, std::max(1.0, r.w * k), std::max(1.0, r.h * k)));
    }
    const Viewport& v = m_view.viewport();
    const annot::Point from = v.toImage({0, 0}), to = v.toImage({double(v.size.width()), double(v.size.height())});
    const QRectF seen =
        QRectF(QPointF(1 + from.x * scale(), 1 + from.y * scale()), QPointF(1 + to.x * scale(), 1 + to.y * scale())) &
        QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
    painter.drawRect(seen);
    painter.setPen(QPen(Qt::white, 1));
    painter.drawRect(seen);
    painter.setPen(Theme::instance().colour(Token::Line2));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void Minimap::go(QPointF at) {
    m_view.centreAt({(at.x() - 1) / scale(), (at.y() - 1) / scale()});
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) go(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) go(event->position());
}

bool Minimap::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

}  // namespace lathe::widgets::canvas
