// How the lineage is drawn, on the screen and into files.
#include <QPainter>
#include <QPainterPath>

#include "widgets/browser/versions/version_lineage.h"
#include "widgets/common/icons.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::versions {

using common::Theme;
using common::Token;
using common::Type;

namespace {

constexpr double kDimmed = 0.4;

QString cardIcon(LineageKind kind) {
    switch (kind) {
        case LineageKind::Source: return QStringLiteral("folder");
        case LineageKind::Version: return QStringLiteral("layers");
        case LineageKind::Run: return QStringLiteral("train");
        case LineageKind::Model: return QStringLiteral("cube");
        case LineageKind::Target: return QStringLiteral("serve");
    }
    return {};
}

/// From the right side of one card to the left of the other; within a column round the left side.
QPainterPath curveOf(const LineageNode& from, const LineageNode& to) {
    const QRectF a = from.box, b = to.box;
    if (from.kind == to.kind) {
        const QPointF start(a.left(), a.center().y() - 8), end(b.left(), b.center().y() + 8);
        const double out = std::min(56.0, 18 + std::abs(start.y() - end.y()) / 12);
        QPainterPath path(start);
        path.cubicTo(start - QPointF(out, 0), end - QPointF(out, 0), end);
        return path;
    }
    const QPointF start(a.right(), a.center().y()), end(b.left(), b.center().y());
    const double bend = std::max(30.0, (end.x() - start.x()) / 2);
    QPainterPath path(start);
    path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
    return path;
}

void paintCard(QPainter& painter, const LineageNode& node, bool lit, bool ring) {
    const Theme& theme = Theme::instance();
    painter.setOpacity(lit ? 1 : kDimmed);
    common::drawPlate(painter, node.box, 8, theme.colour(Token::Raised), theme.colour(node.here ? Token::Focus : Token::Line2));
    const double scale = painter.device()->devicePixelRatioF();
    painter.drawPixmap(node.box.topLeft() + QPointF(12, 7),
                       common::iconPixmap(cardIcon(node.kind), node.here ? Token::AccentText : Token::T2, 14, scale));
    QFont strong = theme.font(Type::Table);
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(theme.colour(Token::T1));
    const QRectF upper(node.box.left() + 32, node.box.top() + 5, node.box.width() - 42, 18);
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(node.title, Qt::ElideMiddle, int(upper.width())));
    painter.setFont(theme.font(Type::Caption));
    painter.setPen(theme.colour(Token::T2));
    const QRectF lower(node.box.left() + 32, node.box.top() + 23, node.box.width() - 42, 18);
    painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(node.under, Qt::ElideRight, int(lower.width())));
    if (ring) common::drawFocusRing(painter, node.box.adjusted(-3, -3, 3, 3), 10);
    painter.setOpacity(1);
}

void paintHeadings(QPainter& painter, const Lineage& lineage) {
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(Type::Table));
    painter.setPen(theme.colour(Token::T3));
    int told = -1;
    for (const LineageNode& node : lineage.nodes) {
        if (int(node.kind) == told) continue;
        told = int(node.kind);
        painter.drawText(QRectF(node.box.left(), node.box.top() - 26, node.box.width(), 18), Qt::AlignLeft | Qt::AlignVCenter,
                         lineageTitle(node.kind));
    }
}

}  // namespace

void paintLineage(QPainter& painter, const Lineage& lineage, const QRectF& part, const std::vector<bool>& lit, int current,
                  bool focus) {
    const Theme& theme = Theme::instance();
    const auto isLit = [&](int node) { return lit.empty() || lit[std::size_t(node)]; };
    painter.setRenderHint(QPainter::Antialiasing);
    paintHeadings(painter, lineage);
    for (const LineageEdge& edge : lineage.edges) {
        const LineageNode &from = lineage.nodes[std::size_t(edge.from)], &to = lineage.nodes[std::size_t(edge.to)];
        if (!from.box.united(to.box).adjusted(-60, 0, 0, 0).intersects(part)) continue;
        const bool strong = !lit.empty() && isLit(edge.from) && isLit(edge.to);
        painter.setOpacity(lit.empty() || strong ? 1 : kDimmed);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(strong ? Token::Focus : Token::Line3), strong ? 2 : 1.25));
        painter.drawPath(curveOf(from, to));
    }
    painter.setOpacity(1);
    for (int k = 0; k < int(lineage.nodes.size()); ++k)
        if (lineage.nodes[std::size_t(k)].box.adjusted(-4, -4, 4, 4).intersects(part))
            paintCard(painter, lineage.nodes[std::size_t(k)], isLit(k), focus && k == current);
}

}  // namespace lathe::widgets::browser::versions
