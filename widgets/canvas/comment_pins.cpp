#include "widgets/canvas/comment_pins.h"

#include <QHash>
#include <QPainter>
#include <QPainterPath>

#include "widgets/canvas/view.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::canvas {

using common::Theme;
using common::Token;

namespace {
constexpr int kPinSide = 24;
}

CommentPin::CommentPin(store::CommentId id, QWidget* parent) : QToolButton(parent), m_id(id) {
    setFixedSize(kPinSide, kPinSide);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

void CommentPin::show(const CommentThread& thread) {
    m_count = int(thread.replies.size()) + 1;
    m_resolved = thread.first.resolved;
    const QString text = QString::fromStdString(thread.first.text).simplified();
    setAccessibleName(tr("Comment by %1: %2").arg(QString::fromStdString(thread.first.author), text));
    setAccessibleDescription(m_resolved ? tr("resolved") : tr("%n comment(s)", nullptr, m_count));
    setToolTip(QStringLiteral("%1: %2").arg(QString::fromStdString(thread.last().author),
                                            QString::fromStdString(thread.last().text).left(200).toHtmlEscaped()));
    update();
}

// A drop whose tip is the place: its lower left corner.
void CommentPin::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF r = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    QPainterPath drop;
    drop.setFillRule(Qt::WindingFill);  // the corner lies over the circle
    drop.addRoundedRect(r, r.width() / 2, r.height() / 2);
    drop.addRect(QRectF(r.left(), r.center().y(), r.width() / 2, r.height() / 2));
    painter.setPen(QPen(QColor(0, 0, 0, 128), 3));
    painter.drawPath(drop.simplified());
    painter.setPen(QPen(Qt::white, 1));
    painter.setBrush(m_resolved ? theme.colour(Token::SelOff, true)
                                : theme.colour(underMouse() ? Token::AccentHover : Token::Accent, true));
    painter.drawPath(drop.simplified());
    QFont font = theme.font(common::Type::Caption);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(r, Qt::AlignCenter, m_resolved ? QStringLiteral("✓") : QString::number(m_count));
    if (hasFocus()) common::drawFocusRing(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5);
}

CommentPins::CommentPins(Comments& comments, Document& document, View& view) : QObject(&view), m_comments(comments), m_view(view) {
    connect(&comments, &Comments::changed, this, &CommentPins::refresh);
    connect(&view, &View::viewMoved, this, &CommentPins::place);
    connect(&document, &Document::annotationsChanged, this, &CommentPins::place);
}

void CommentPins::setShowsResolved(bool on) {
    m_resolved = on;
    refresh();
}

CommentPin* CommentPins::pin(store::CommentId id) const {
    const auto found = m_pins.find(id.value);
    return found == m_pins.end() ? nullptr : found->second;
}

void CommentPins::refresh() {
    std::unordered_map<std::int64_t, CommentPin*> pins;
    for (const auto& thread : m_comments.threads()) {
        if ((thread.first.resolved && !m_resolved) || !m_comments.placeOf(thread)) continue;
        CommentPin*& pin = pins[thread.first.id.value];
        if (const auto known = m_pins.find(thread.first.id.value); known != m_pins.end()) {
            pin = known->second;
            m_pins.erase(known);
        } else {
            pin = new CommentPin(thread.first.id, &m_view);
            connect(pin, &QToolButton::clicked, this,
                    [this, pin] { Q_EMIT opened(pin->id(), pin->mapToGlobal(QPoint(kPinSide, 0))); });
        }
        pin->show(thread);
    }
    for (const auto& [id, pin] : m_pins) pin->hide(), pin->deleteLater();
    m_pins = std::move(pins);
    place();
}

void CommentPins::place() {
    QHash<QPoint, int> taken;  // several about one shape stand side by side
    for (const auto& thread : m_comments.threads()) {
        CommentPin* pin = this->pin(thread.first.id);
        const auto at = pin ? m_comments.placeOf(thread) : std::nullopt;
        if (!at) continue;
        const QPointF where = m_view.viewport().toDevice(*at) / m_view.devicePixelRatioF();
        const QPoint corner = where.toPoint();
        pin->move(corner + QPoint(taken[corner]++ * kPinSide, -kPinSide));
        pin->setVisible(QRectF(m_view.rect()).adjusted(-kPinSide, -kPinSide, kPinSide, kPinSide).contains(where));
    }
}

}  // namespace lathe::widgets::canvas
