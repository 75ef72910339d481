#include "widgets/browser/versions/version_lineage_view.h"

#include <QBuffer>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSvgGenerator>
#include <cmath>

#include "core/base/files.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::versions {

using common::Theme;
using common::Token;

namespace {

constexpr int kMostPixels = 16'000;  // of a side of a saved picture

}  // namespace

LineageView::LineageView(QWidget* parent) : QAbstractScrollArea(parent) {
    installLineageAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);  // else the kerf shows under the scroll bar
    viewport()->setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

void LineageView::setLineage(Lineage lineage) {
    const auto before = m_current >= 0 ? std::optional(m_lineage.nodes[std::size_t(m_current)]) : std::nullopt;
    m_lineage = std::move(lineage);
    m_current = before ? m_lineage.find(before->kind, before->id) : -1;
    m_hovered = -1;
    setAccessibleDescription(tr("%Ln card(s)", nullptr, int(m_lineage.nodes.size())));
    layOut();
}

QPoint LineageView::scrolled() const {
    return {horizontalScrollBar()->value(), verticalScrollBar()->value()};
}

void LineageView::layOut() {
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setPageStep(viewport()->height());
    horizontalScrollBar()->setSingleStep(40);
    verticalScrollBar()->setSingleStep(40);
    horizontalScrollBar()->setRange(0, std::max(0, int(m_lineage.size.width()) - viewport()->width()));
    verticalScrollBar()->setRange(0, std::max(0, int(m_lineage.size.height()) - viewport()->height()));
    viewport()->update();
}

QRect LineageView::nodeRect(int node) const {
    return m_lineage.nodes[std::size_t(node)].box.toRect().translated(-scrolled());
}

int LineageView::nodeAt(QPoint pos) const {
    for (int k = 0; k < int(m_lineage.nodes.size()); ++k)
        if (nodeRect(k).contains(pos)) return k;
    return -1;
}

QString LineageView::nodeText(int node) const {
    const LineageNode& one = m_lineage.nodes[std::size_t(node)];
    return QStringLiteral("%1: %2, %3").arg(lineageTitle(one.kind), one.title, one.under);
}

void LineageView::setCurrent(int node) {
    if (node < 0 || std::size_t(node) >= m_lineage.nodes.size()) return;
    m_current = node;
    const QRect rect = nodeRect(node).adjusted(-16, -16, 16, 16), sight = viewport()->rect();
    const auto bring = [](QScrollBar* bar, int low, int high, int size) {
        if (low < 0) bar->setValue(bar->value() + low);
        if (high > size) bar->setValue(bar->value() + high - size);
    };
    bring(horizontalScrollBar(), rect.left(), rect.right(), sight.width());
    bring(verticalScrollBar(), rect.top(), rect.bottom(), sight.height());
    viewport()->update();
}

void LineageView::activate(int node) {
    if (node < 0 || std::size_t(node) >= m_lineage.nodes.size()) return;
    const LineageNode one = m_lineage.nodes[std::size_t(node)];
    switch (one.kind) {
        case LineageKind::Source: break;
        case LineageKind::Version: Q_EMIT versionChosen(SnapshotId(one.id.toLongLong())); break;
        case LineageKind::Run: Q_EMIT goTo(QStringLiteral("train"), {{QStringLiteral("run"), one.id}}); break;
        case LineageKind::Model: Q_EMIT goTo(QStringLiteral("review"), {{QStringLiteral("model"), one.id}}); break;
        case LineageKind::Target: Q_EMIT goTo(QStringLiteral("serve"), {}); break;
    }
}

Result<> LineageView::save(const QString& file) const {
    const QRectF whole(QPointF(), m_lineage.size);
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setOutputDevice(&bytes);
        svg.setSize(m_lineage.size.toSize());
        svg.setViewBox(whole);
        QPainter painter(&svg);
        painter.fillRect(whole, Theme::instance().colour(Token::Panel));
        paintLineage(painter, m_lineage, whole, {}, -1, false);
    } else {
        const double scale = std::min(2.0, kMostPixels / std::max(whole.width(), whole.height()));
        QImage picture((m_lineage.size * scale).toSize(), QImage::Format_RGB32);
        picture.setDevicePixelRatio(scale);
        picture.fill(Theme::instance().colour(Token::Panel));
        QPainter painter(&picture);
        paintLineage(painter, m_lineage, whole, {}, -1, false);
        painter.end();
        picture.save(&bytes, "PNG");
    }
    const QByteArray data = bytes.data();
    return base::writeFileAtomically(file.toStdString(), std::string_view(data.constData(), std::size_t(data.size())));
}

void LineageView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::instance().colour(Token::Panel));
    painter.translate(-scrolled());
    const int lit = m_hovered >= 0 ? m_hovered : hasFocus() ? m_current : -1;
    paintLineage(painter, m_lineage, QRectF(scrolled(), viewport()->size()), m_lineage.related(lit), m_current, hasFocus());
}

void LineageView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void LineageView::hover(int node) {
    if (node == m_hovered) return;
    m_hovered = node;
    viewport()->setToolTip(node >= 0 ? m_lineage.nodes[std::size_t(node)].tip.trimmed() : QString());
    viewport()->setCursor(node >= 0 && m_lineage.nodes[std::size_t(node)].kind != LineageKind::Source ? Qt::PointingHandCursor
                                                                                                      : Qt::ArrowCursor);
    viewport()->update();
}

void LineageView::mouseMoveEvent(QMouseEvent* event) {
    hover(nodeAt(event->pos()));
}

void LineageView::leaveEvent(QEvent*) {
    hover(-1);
}

void LineageView::mousePressEvent(QMouseEvent* event) {
    const int node = nodeAt(event->pos());
    if (event->button() != Qt::LeftButton || node < 0) return;
    setCurrent(node);
    activate(node);
}

void LineageView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Up: return step(-1);
        case Qt::Key_Down: return step(1);
        case Qt::Key_Left: return sideways(-1);
        case Qt::Key_Right: return sideways(1);
        case Qt::Key_Home: return setCurrent(0);
        case Qt::Key_End: return setCurrent(int(m_lineage.nodes.size()) - 1);
        case Qt::Key_Return:
        case Qt::Key_Enter: return activate(m_current);
        default: QAbstractScrollArea::keyPressEvent(event);
    }
}

/// Within the column.
void LineageView::step(int by) {
    const int next = m_current + by;
    if (m_current < 0) return setCurrent(0);
    if (next < 0 || std::size_t(next) >= m_lineage.nodes.size()) return;
    if (m_lineage.nodes[std::size_t(next)].kind == m_lineage.nodes[std::size_t(m_current)].kind) setCurrent(next);
}

/// To a card that is linked, else the nearest of the next column that has any.
void LineageView::sideways(int by) {
    if (m_current < 0) return setCurrent(0);
    const LineageNode& now = m_lineage.nodes[std::size_t(m_current)];
    for (const LineageEdge& edge : m_lineage.edges) {
        const int other = by > 0 ? edge.to : edge.from;
        if ((by > 0 ? edge.from : edge.to) == m_current && m_lineage.nodes[std::size_t(other)].kind != now.kind)
            return setCurrent(other);
    }
    int best = -1;
    const auto distance = [&](int k) {
        const LineageNode& node = m_lineage.nodes[std::size_t(k)];
        return std::abs(int(node.kind) - int(now.kind)) * 1e6 + std::abs(node.box.center().y() - now.box.center().y());
    };
    for (int k = 0; k < int(m_lineage.nodes.size()); ++k) {
        const int columns = int(m_lineage.nodes[std::size_t(k)].kind) - int(now.kind);
        if (columns * by > 0 && (best < 0 || distance(k) < distance(best))) best = k;
    }
    if (best >= 0) setCurrent(best);
}

void LineageView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (m_current < 0 && !m_lineage.nodes.empty() && event->reason() != Qt::MouseFocusReason) m_current = 0;
    viewport()->update();
}

void LineageView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void LineageView::retranslate() {
    setAccessibleName(tr("Lineage"));
}

}  // namespace lathe::widgets::browser::versions
