#include "widgets/charts/confusion_matrix.h"

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

constexpr int kTop = 22, kMargin = 8;

double rowSum(const std::vector<double>& row) {
    double sum = 0;
    for (double value : row) sum += std::abs(value);
    return sum;
}

QColor blend(const QColor& from, const QColor& to, double share) {
    const auto mix = [share](double a, double b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()), mix(from.blueF(), to.blueF()));
}

}  // namespace

ConfusionMatrix::ConfusionMatrix(const QString& name, QWidget* parent) : Chart(name, parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ConfusionMatrix::setCounts(QStringList classes, std::vector<std::vector<double>> counts) {
    m_classes = std::move(classes);
    m_counts = std::move(counts);
    m_counts.resize(std::size_t(m_classes.size()));
    for (auto& row : m_counts) row.resize(std::size_t(m_classes.size()));
    m_difference = false;
    m_truth = m_predicted = 0;
    update();
}

void ConfusionMatrix::setDifference(QStringList classes, const std::vector<std::vector<double>>& a,
                                    const std::vector<std::vector<double>>& b) {
    setCounts(std::move(classes), b);
    m_most = 1;
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        for (std::size_t j = 0; j < m_counts.size(); ++j) {
            if (i < a.size() && j < a[i].size()) m_counts[i][j] -= a[i][j];
            m_most = std::max(m_most, std::abs(m_counts[i][j]));
        }
    m_difference = true;
    update();
}

QString ConfusionMatrix::state() const {
    double right = 0, all = 0;
    std::vector<std::tuple<double, int, int>> wrong;
    for (int i = 0; i < m_classes.size(); ++i)
        for (int j = 0; j < m_classes.size(); ++j) {
            const double count = m_counts[std::size_t(i)][std::size_t(j)];
            all += count;
            if (i == j)
                right += count;
            else if (count != 0)
                wrong.emplace_back(-std::abs(count), i, j);
        }
    std::sort(wrong.begin(), wrong.end());
    QStringList parts{m_difference ? tr("difference of two runs")
                                   : tr("%1 of %2 right").arg(common::number(right), common::number(all))};
    for (std::size_t k = 0; k < std::min<std::size_t>(5, wrong.size()); ++k)
        parts << cellText(std::get<1>(wrong[k]), std::get<2>(wrong[k]));
    return parts.join("; ");
}

QString ConfusionMatrix::cellText(int truth, int predicted) const {
    const double count = m_counts[std::size_t(truth)][std::size_t(predicted)];
    const QString number = (m_difference && count > 0 ? "+" : "") + common::number(count);
    return tr("%1 taken for %2: %3").arg(m_classes[truth], m_classes[predicted], number);
}

QSize ConfusionMatrix::sizeHint() const {
    const int side = std::clamp(int(m_classes.size()) * 30, 140, 360);
    return {side + 60, side + kTop + kMargin};
}

QRectF ConfusionMatrix::cell(int truth, int predicted) const {
    const int count = std::max(1, int(m_classes.size()));
    const double left = std::min(72.0, width() * 0.25);
    const double side = std::min((width() - left - kMargin) / count, double(height() - kTop - kMargin) / count);
    const double gap = side > 12 ? 2 : side > 5 ? 1 : 0;
    return {left + predicted * side, kTop + truth * side, side - gap, side - gap};
}

std::pair<int, int> ConfusionMatrix::cellAt(const QPointF& at) const {
    if (m_classes.isEmpty()) return {-1, -1};
    const QRectF origin = cell(0, 0), next = m_classes.size() > 1 ? cell(1, 1) : origin.translated(origin.width(), origin.height());
    const int predicted = int(std::floor((at.x() - origin.left()) / (next.left() - origin.left())));
    const int truth = int(std::floor((at.y() - origin.top()) / (next.top() - origin.top())));
    const bool inside = predicted >= 0 && truth >= 0 && predicted < m_classes.size() && truth < m_classes.size();
    return inside ? std::pair(truth, predicted) : std::pair(-1, -1);
}

QColor ConfusionMatrix::fill(int truth, int predicted) const {
    const auto& theme = Theme::instance();
    const auto& row = m_counts[std::size_t(truth)];
    const double count = row[std::size_t(predicted)];
    if (count == 0) return theme.colour(Token::Well);
    const double share = m_difference ? std::abs(count) / m_most : count / std::max(1.0, rowSum(row));
    const bool good = !m_difference || (truth == predicted) == (count > 0);
    return blend(theme.colour(Token::Plot), theme.series(good ? 0 : 7), 0.2 + 0.7 * std::sqrt(share));
}

void ConfusionMatrix::paintCell(QPainter& painter, int truth, int predicted) const {
    const auto& theme = Theme::instance();
    const QRectF rect = cell(truth, predicted);
    const QColor colour = fill(truth, predicted);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(rect, 2, 2);
    if (hasFocus() && truth == m_truth && predicted == m_predicted) {
        painter.setPen(QPen(theme.colour(Token::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2, 2);
    }
    if (rect.width() < 22) return;
    const double count = m_counts[std::size_t(truth)][std::size_t(predicted)];
    painter.setPen(count == 0 ? theme.colour(Token::T3) : colour.lightnessF() > 0.6 ? QColor(0x1a, 0x1b, 0x1e) : QColor(Qt::white));
    painter.drawText(rect, Qt::AlignCenter, (m_difference && count > 0 ? "+" : "") + common::number(count));
}

void ConfusionMatrix::paintNames(QPainter& painter) const {
    const auto metrics = painter.fontMetrics();
    painter.setPen(Theme::instance().colour(Token::T2));
    const double side = cell(0, 0).width();
    const int every = std::max(1, int(std::ceil(14 / std::max(1.0, side))));
    for (int i = 0; i < m_classes.size(); i += every) {
        const QRectF row = cell(i, 0), column = cell(0, i);
        painter.drawText(QRectF(0, row.center().y() - 8, row.left() - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_classes[i], Qt::ElideRight, int(row.left()) - 8));
        if (side > 12)
            painter.drawText(QRectF(column.left(), 0, side, kTop - 4), Qt::AlignHCenter | Qt::AlignBottom,
                             metrics.elidedText(m_classes[i], Qt::ElideRight, int(side)));
    }
}

void ConfusionMatrix::paintEvent(QPaintEvent*) {
    if (m_classes.isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::instance().font(Type::Caption));
    paintNames(painter);
    for (int i = 0; i < m_classes.size(); ++i)
        for (int j = 0; j < m_classes.size(); ++j) paintCell(painter, i, j);
}

void ConfusionMatrix::mousePressEvent(QMouseEvent* event) {
    const auto [truth, predicted] = cellAt(event->position());
    if (truth < 0 || event->button() != Qt::LeftButton) return;
    m_truth = truth;
    m_predicted = predicted;
    update();
    Q_EMIT cellActivated(truth, predicted);
}

void ConfusionMatrix::mouseMoveEvent(QMouseEvent* event) {
    const auto [truth, predicted] = cellAt(event->position());
    setToolTip(truth < 0 ? QString() : cellText(truth, predicted));
}

void ConfusionMatrix::keyPressEvent(QKeyEvent* event) {
    const int last = int(m_classes.size()) - 1;
    if (last < 0) return;
    if (event->key() == Qt::Key_Left)
        m_predicted = std::max(0, m_predicted - 1);
    else if (event->key() == Qt::Key_Right)
        m_predicted = std::min(last, m_predicted + 1);
    else if (event->key() == Qt::Key_Up)
        m_truth = std::max(0, m_truth - 1);
    else if (event->key() == Qt::Key_Down)
        m_truth = std::min(last, m_truth + 1);
    else if (event->key() == Qt::Key_Return)
        Q_EMIT cellActivated(m_truth, m_predicted);
    else
        return Chart::keyPressEvent(event);
    update();
}

}  // namespace lathe::widgets::charts
