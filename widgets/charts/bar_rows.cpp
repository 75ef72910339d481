#include "widgets/charts/bar_rows.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {
constexpr int kRow = 27, kGap = 24, kPad = 14, kColumn = 190, kLeastValue = 44;
constexpr double kPartHeight = 18;

int nameWidthOf(const QRect& row) {
    return std::clamp(row.width() / 3, 60, 110);
}
}  // namespace

BarRows::BarRows(const QString& name, QWidget* parent) : Chart(name, parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    auto policy = QSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void BarRows::setRows(std::vector<Row> rows) {
    const bool resized = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    const QFontMetrics metrics(Theme::instance().font(Type::Table));
    m_valueWidth = kLeastValue;
    for (const Row& row : m_rows) m_valueWidth = std::max(m_valueWidth, metrics.horizontalAdvance(row.text) + 2);
    m_current = std::clamp(m_current, 0, std::max(0, int(m_rows.size()) - 1));
    if (resized) updateGeometry();
    update();
}

void BarRows::setRange(double low, double high) {
    m_low = low;
    m_high = high;
    update();
}

void BarRows::setMostColumns(int columns) {
    m_mostColumns = columns;
    updateGeometry();
    update();
}

QString BarRows::state() const {
    QStringList parts;
    for (const auto& row : m_rows) parts << row.name + " " + row.text;
    return parts.join(", ");
}

int BarRows::columns(int width) const {
    return std::max(1, std::min(m_rows.size() > 4 ? m_mostColumns : 1, (width - 2 * kPad) / kColumn));
}

int BarRows::heightForWidth(int width) const {
    const int perColumn = (int(m_rows.size()) + columns(width) - 1) / columns(width);
    return std::max(1, perColumn) * kRow + 8;
}

QSize BarRows::sizeHint() const {
    return {400, heightForWidth(std::max(400, width()))};
}

QRect BarRows::rowRect(int row) const {
    const int count = columns(width()), perColumn = (int(m_rows.size()) + count - 1) / count;
    const int columnWidth = (width() - 2 * kPad - (count - 1) * kGap) / count;
    return {kPad + (row / perColumn) * (columnWidth + kGap), 4 + (row % perColumn) * kRow, columnWidth, kRow};
}

int BarRows::rowAt(const QPoint& at) const {
    for (int row = 0; row < int(m_rows.size()); ++row)
        if (rowRect(row).contains(at)) return row;
    return -1;
}

void BarRows::paintRow(QPainter& painter, int index, const QRect& rect) const {
    const auto& theme = Theme::instance();
    const auto& row = m_rows[std::size_t(index)];
    const int middle = rect.center().y(), nameWidth = nameWidthOf(rect);
    if (index == m_hovered || (hasFocus() && index == m_current)) {
        painter.setPen(hasFocus() && index == m_current ? QPen(theme.colour(Token::Focus), 2) : QPen(Qt::NoPen));
        painter.setBrush(theme.colour(Token::Raised));
        painter.drawRoundedRect(rect.adjusted(-6, 1, 6, -1), 3, 3);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(row.colour);
    painter.drawRoundedRect(QRect(rect.left(), middle - 4, 10, 10), 2, 2);
    painter.setPen(theme.colour(Token::T2));
    const QRect nameRect(rect.left() + 18, rect.top(), nameWidth, rect.height());
    painter.drawText(nameRect, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(row.name, Qt::ElideRight, nameWidth));
    paintBar(painter, row, barRect(rect));
    painter.setPen(theme.colour(Token::T1));
    painter.drawText(QRect(rect.right() - m_valueWidth, rect.top(), m_valueWidth, rect.height()), Qt::AlignVCenter | Qt::AlignRight,
                     row.text);
}

QRect BarRows::barRect(const QRect& row) const {
    const int left = row.left() + 18 + nameWidthOf(row) + 7;
    return {left, row.center().y() - 3, row.right() - m_valueWidth - left - 8, 8};
}

void BarRows::paintBar(QPainter& painter, const Row& row, const QRectF& bar) const {
    const auto& theme = Theme::instance();
    const auto share = [this](double value) { return std::clamp((value - m_low) / (m_high - m_low), 0.0, 1.0); };
    painter.setPen(Qt::NoPen);
    const double high = kPartHeight / std::max(1.0, double(row.parts.size()));
    for (std::size_t k = 0; k < row.parts.size(); ++k) {
        const double top = bar.center().y() - kPartHeight / 2 + high * double(k);
        painter.fillRect(QRectF(bar.left(), top, bar.width(), high - 1), theme.colour(Token::Line1));
        painter.fillRect(QRectF(bar.left(), top, bar.width() * share(row.parts[k]), high - 1), theme.series(int(k)));
    }
    if (!row.parts.empty()) return;
    painter.setBrush(theme.colour(Token::Line1));
    painter.drawRoundedRect(bar, 2, 2);
    painter.setBrush(row.colour);
    if (row.value > m_low)
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share(row.value), bar.height()), 2, 2);
    if (row.mark)
        painter.fillRect(QRectF(bar.left() + bar.width() * share(*row.mark) - 1, bar.top() - 3, 2, bar.height() + 6),
                         theme.colour(Token::T1));
}

int BarRows::partAt(int row, const QPoint& at) const {
    const auto& parts = m_rows[std::size_t(row)].parts;
    const QRectF bar = barRect(rowRect(row));
    const double from = bar.center().y() - kPartHeight / 2;
    if (parts.empty() || at.x() < bar.left() || at.x() > bar.right()) return -1;
    return std::clamp(int((at.y() - from) / (kPartHeight / double(parts.size()))), 0, int(parts.size()) - 1);
}

void BarRows::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::instance().font(Type::Table));
    for (int row = 0; row < int(m_rows.size()); ++row)
        if (const QRect rect = rowRect(row); rect.intersects(event->rect())) paintRow(painter, row, rect);
}

void BarRows::mousePressEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row < 0 || event->button() != Qt::LeftButton) return;
    m_current = row;
    update();
    if (const int part = partAt(row, event->pos()); part >= 0)
        Q_EMIT partActivated(row, part);
    else
        Q_EMIT activated(row);
}

void BarRows::mouseMoveEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row == m_hovered) return;
    m_hovered = row;
    if (row >= 0) {
        const auto& shown = m_rows[std::size_t(row)];
        setToolTip(!shown.tip.isEmpty() ? shown.tip
                   : shown.mark         ? tr("%1: %2, compared run %3").arg(shown.name, shown.text, valueText(*shown.mark))
                                        : shown.name + ": " + shown.text);
    }
    update();
}

void BarRows::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void BarRows::keyPressEvent(QKeyEvent* event) {
    const int last = int(m_rows.size()) - 1;
    if (event->key() == Qt::Key_Down)
        m_current = std::min(last, m_current + 1);
    else if (event->key() == Qt::Key_Up)
        m_current = std::max(0, m_current - 1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Space) && last >= 0)
        Q_EMIT activated(m_current);
    else
        return Chart::keyPressEvent(event);
    update();
    if (last >= 0) Q_EMIT moved(rowRect(m_current));
}

}  // namespace lathe::widgets::charts
