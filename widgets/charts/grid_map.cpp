#include "widgets/charts/grid_map.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr int kSide = 14, kFoot = 12, kHead = 8, kMostNameWidth = 96, kMostNameHeight = 64, kNameGap = 6;
constexpr double kNameStep = 12.4;

QColor shaded(double shade) {
    const Theme& theme = Theme::instance();
    if (shade <= 0) return theme.colour(Token::Well);
    const QColor from = theme.colour(Token::Panel), to = theme.series(0);
    const double share = 0.16 + 0.84 * shade;
    const auto mix = [share](double a, double b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()), mix(from.blueF(), to.blueF()));
}

int widestOf(const QStringList& names, const QFontMetrics& metrics) {
    int widest = 0;
    for (const QString& name : names) widest = std::max(widest, metrics.horizontalAdvance(name));
    return widest;
}

QFontMetrics captionMetrics() {
    return QFontMetrics(Theme::instance().font(Type::Caption));
}

}  // namespace

GridMap::GridMap(const QString& name, QWidget* parent) : Chart(name, parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void GridMap::setGrid(Grid grid) {
    m_grid = std::move(grid);
    m_grid.values.resize(std::size_t(m_grid.rows) * std::size_t(m_grid.columns));
    m_most = 0;
    for (const double value : m_grid.values) m_most = std::max(m_most, value);
    m_current = {std::clamp(m_current.first, 0, std::max(0, m_grid.rows - 1)),
                 std::clamp(m_current.second, 0, std::max(0, m_grid.columns - 1))};
    m_hovered = {-1, -1};
    setToolTip({});
    update();
}

void GridMap::setEmptyText(const QString& text) {
    m_empty = text;
    update();
}

QString GridMap::state() const {
    if (m_grid.values.empty() || !m_words) return m_empty;
    std::vector<std::size_t> order(m_grid.values.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    const std::size_t told = std::min<std::size_t>(8, order.size());
    std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(told), order.end(),
                      [this](auto a, auto b) { return m_grid.values[a] > m_grid.values[b]; });
    QStringList parts;
    for (std::size_t k = 0; k < told && m_grid.values[order[k]] > 0; ++k)
        parts << m_words(int(order[k]) / m_grid.columns, int(order[k]) % m_grid.columns);
    return parts.join(QStringLiteral("; "));
}

double GridMap::shadeOf(int row, int column) const {
    const double value = m_grid.values[std::size_t(row * m_grid.columns + column)];
    if (value <= 0) return 0;
    return std::sqrt(std::clamp(m_grid.share ? m_grid.share(row, column) : value / m_most, 0.0, 1.0));
}

/// What is left for the cells under names of this height.
QRectF GridMap::gridUnder(int heads) const {
    const int names =
        m_grid.rowNames.isEmpty() ? 0 : std::min(kMostNameWidth, widestOf(m_grid.rowNames, captionMetrics())) + kNameGap;
    const QRectF room = QRectF(rect()).adjusted(kSide + names, kHead + (heads > 0 ? heads + kNameGap : 0), -kSide, -kFoot);
    if (m_grid.stretched) return room;
    const double aspect = m_grid.aspect > 0 ? m_grid.aspect : double(std::max(1, m_grid.columns)) / std::max(1, m_grid.rows);
    const double wide = std::min(room.width(), room.height() * aspect);
    const double left = names > 0 ? room.left() : room.left() + (room.width() - wide) / 2;
    return {left, room.top(), wide, wide / aspect};
}

/// Do the columns' names fit side by side?
bool GridMap::namesUpright() const {
    const QFontMetrics metrics = captionMetrics();
    return widestOf(m_grid.columnNames, metrics) + 4 <= gridUnder(metrics.height()).width() / std::max(1, m_grid.columns);
}

QRectF GridMap::gridRect() const {
    if (m_grid.columnNames.isEmpty()) return gridUnder(0);
    const QFontMetrics metrics = captionMetrics();
    return gridUnder(namesUpright() ? metrics.height() : std::min(kMostNameHeight, widestOf(m_grid.columnNames, metrics)));
}

QRectF GridMap::cellRect(int row, int column) const {
    const QRectF all = gridRect();
    const double wide = all.width() / std::max(1, m_grid.columns), high = all.height() / std::max(1, m_grid.rows);
    const double gap = std::min(wide, high) > 12 ? 2 : std::min(wide, high) > 5 ? 1 : 0;
    return {all.left() + column * wide, all.top() + row * high, wide - gap, high - gap};
}

std::pair<int, int> GridMap::cellAt(const QPointF& at) const {
    const QRectF all = gridRect();
    if (m_grid.values.empty() || !all.contains(at)) return {-1, -1};
    return {std::min(m_grid.rows - 1, int((at.y() - all.top()) / all.height() * m_grid.rows)),
            std::min(m_grid.columns - 1, int((at.x() - all.left()) / all.width() * m_grid.columns))};
}

void GridMap::paintCell(QPainter& painter, int row, int column) const {
    const Theme& theme = Theme::instance();
    const QRectF cell = cellRect(row, column);
    const QColor colour = shaded(shadeOf(row, column));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double radius = std::min(cell.width(), cell.height()) > 14 ? 2 : 0;
    painter.drawRoundedRect(cell, radius, radius);
    const bool current = hasFocus() && m_current == std::pair(row, column);
    if (current || m_hovered == std::pair(row, column)) {
        painter.setPen(QPen(theme.colour(current ? Token::Focus : Token::T1), current ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    const double value = m_grid.values[std::size_t(row * m_grid.columns + column)];
    if (!m_grid.numbers || value <= 0) return;
    const QString text = common::number(value);
    if (painter.fontMetrics().horizontalAdvance(text) + 4 > cell.width() || cell.height() < 16) return;
    painter.setPen(colour.lightnessF() > 0.6 ? QColor(0x1a, 0x1b, 0x1e) : QColor(Qt::white));
    painter.drawText(cell, Qt::AlignCenter, text);
}

void GridMap::paintNames(QPainter& painter) const {
    const QRectF all = gridRect();
    const QFontMetrics metrics = painter.fontMetrics();
    painter.setPen(Theme::instance().colour(Token::T2));
    const double high = all.height() / std::max(1, m_grid.rows);
    const int every = std::max(1, int(std::ceil(kNameStep / std::max(1.0, high))));
    for (int row = 0; row < m_grid.rowNames.size(); row += every) {
        const QRectF cell = cellRect(row, 0);
        const QRectF where(kSide, cell.center().y() - 8, all.left() - kSide - kNameGap, 16);
        painter.drawText(where, Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_grid.rowNames[row], Qt::ElideRight, int(where.width()) + 1));
    }
    if (!m_grid.columnNames.isEmpty()) paintColumnNames(painter, all.width() / std::max(1, m_grid.columns));
}

void GridMap::paintColumnNames(QPainter& painter, double side) const {
    const QFontMetrics metrics = painter.fontMetrics();
    const bool upright = namesUpright();
    const int every = std::max(1, int(std::ceil(kNameStep / std::max(1.0, side))));
    for (int column = 0; column < m_grid.columnNames.size(); column += upright ? 1 : every) {
        const QRectF cell = cellRect(0, column);
        painter.save();
        painter.translate(cell.center().x(), cell.top() - kNameGap);
        if (upright) {
            painter.drawText(QRectF(-side / 2, -metrics.height(), side, metrics.height()), Qt::AlignHCenter | Qt::AlignBottom,
                             m_grid.columnNames[column]);
        } else {
            painter.rotate(-90);
            painter.drawText(QRectF(0, -8, kMostNameHeight, 16), Qt::AlignLeft | Qt::AlignVCenter,
                             metrics.elidedText(m_grid.columnNames[column], Qt::ElideRight, kMostNameHeight));
        }
        painter.restore();
    }
}

void GridMap::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_grid.values.empty()) {
        painter.setFont(theme.font(Type::Table));
        painter.setPen(theme.colour(Token::T3));
        painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
        return;
    }
    painter.setFont(theme.font(Type::Caption));
    for (int row = 0; row < m_grid.rows; ++row)
        for (int column = 0; column < m_grid.columns; ++column) paintCell(painter, row, column);
    paintNames(painter);
}

void GridMap::mousePressEvent(QMouseEvent* event) {
    const auto cell = cellAt(event->position());
    if (cell.first < 0 || event->button() != Qt::LeftButton) return;
    m_current = cell;
    update();
    Q_EMIT activated(cell.first, cell.second);
}

void GridMap::mouseMoveEvent(QMouseEvent* event) {
    const auto cell = cellAt(event->position());
    if (cell == m_hovered) return;
    m_hovered = cell;
    setToolTip(cell.first < 0 || !m_words ? QString() : m_words(cell.first, cell.second));
    setCursor(cell.first < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
}

void GridMap::leaveEvent(QEvent*) {
    m_hovered = {-1, -1};
    update();
}

void GridMap::keyPressEvent(QKeyEvent* event) {
    auto& [row, column] = m_current;
    switch (event->key()) {
        case Qt::Key_Left: column = std::max(0, column - 1); break;
        case Qt::Key_Right: column = std::clamp(column + 1, 0, std::max(0, m_grid.columns - 1)); break;
        case Qt::Key_Up: row = std::max(0, row - 1); break;
        case Qt::Key_Down: row = std::clamp(row + 1, 0, std::max(0, m_grid.rows - 1)); break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (!m_grid.values.empty()) Q_EMIT activated(row, column);
            break;
        default: return Chart::keyPressEvent(event);
    }
    update();
}

}  // namespace lathe::widgets::charts
