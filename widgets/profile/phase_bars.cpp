#include "widgets/profile/phase_bars.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/common/theme.h"

namespace lathe::widgets::profile {
using common::Theme;
using common::Token;
using common::Type;
namespace {

struct Part {
    const char* name;
    int series;
    double Phases::*value;
};
constexpr std::array kParts{Part{QT_TRANSLATE_NOOP("PhaseBars", "waits for data"), 1, &Phases::data},
                            Part{QT_TRANSLATE_NOOP("PhaseBars", "forward"), 0, &Phases::forward},
                            Part{QT_TRANSLATE_NOOP("PhaseBars", "backward"), 5, &Phases::backward},
                            Part{QT_TRANSLATE_NOOP("PhaseBars", "optimiser"), 2, &Phases::optimizer}};
constexpr int kPad = 16, kBar = 10, kLeft = 56;

QString word(const Part& part) {
    return QCoreApplication::translate("PhaseBars", part.name);
}

}  // namespace

PhaseBars::PhaseBars(const QString& name, QWidget* parent) : Chart(name, parent) {
    setMouseTracking(true);
}

void PhaseBars::setPhases(std::vector<Phases> phases) {
    m_phases = std::move(phases);
    update();
}

QString PhaseBars::state() const {
    if (m_phases.empty()) return tr("no step measured yet");
    QStringList parts{tr("epoch %1, step %2").arg(m_phases.back().epoch).arg(ms(m_phases.back().step))};
    for (const Part& part : kParts) parts << word(part) + ' ' + ms(m_phases.back().*part.value);
    return parts.join(QStringLiteral(", "));
}

void PhaseBars::paintStep(QPainter& painter, const QRect& bar) const {
    const Phases& last = m_phases.back();
    double sum = 0;
    for (const Part& part : kParts) sum += last.*part.value;
    double left = bar.left(), name = bar.left();
    painter.setFont(Theme::instance().font(Type::Table));
    for (const Part& part : kParts) {
        const double value = last.*part.value, width = sum > 0 ? bar.width() * value / sum : 0;
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::instance().series(part.series));
        if (width > 1) painter.drawRoundedRect(QRectF(left, bar.top(), width - 1, kBar), 2, 2);
        left += width;
        painter.drawRoundedRect(QRectF(name, bar.top() + 22, 9, 9), 2, 2);
        const QString text = word(part) + ' ' + ms(value);
        painter.setPen(Theme::instance().colour(Token::T2));
        painter.drawText(QRectF(name + 14, bar.top() + 17, 300, 18), Qt::AlignVCenter, text);
        name += 14 + painter.fontMetrics().horizontalAdvance(text) + 18;
    }
}

QRect PhaseBars::plotRect() const {
    return rect().adjusted(kLeft, 66, -kPad, -24);
}

void PhaseBars::paintEpochs(QPainter& painter, const QRect& plot) const {
    const auto& theme = Theme::instance();
    double most = 0;
    for (const Phases& one : m_phases) most = std::max(most, one.data + one.forward + one.backward + one.optimizer);
    if (most <= 0) return;
    const double decade = std::pow(10, std::floor(std::log10(most))), step = most / decade > 5   ? 2 * decade
                                                                             : most / decade > 2 ? decade
                                                                                                 : decade / 2;
    painter.setFont(theme.font(Type::Caption));
    for (double tick = 0; tick <= most * 1.05; tick += step) {
        const int y = int(plot.bottom() - plot.height() * tick / (most * 1.05));
        painter.setPen(theme.colour(tick == 0 ? Token::Line2 : Token::Line1));
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(theme.colour(Token::T3));
        painter.drawText(QRect(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         tick == 0 ? QStringLiteral("0") : QString::number(tick, 'g', 3) + " ms");
    }
    const double slot = double(plot.width()) / double(m_phases.size()), width = std::clamp(slot - 2, 1.0, 28.0);
    const int every = std::max(1, int(std::ceil(34 / slot)));
    for (std::size_t i = 0; i < m_phases.size(); ++i) {
        const double x = plot.left() + slot * (double(i) + 0.5) - width / 2;
        double y = plot.bottom();
        for (const Part& part : kParts) {
            const double height = plot.height() * (m_phases[i].*part.value) / (most * 1.05);
            painter.fillRect(QRectF(x, y - height, width, height), theme.series(part.series));
            y -= height;
        }
        if (int(i) % every == 0) {
            painter.setPen(theme.colour(Token::T3));
            painter.drawText(QRectF(x + width / 2 - 20, plot.bottom() + 5, 40, 16), Qt::AlignHCenter,
                             QString::number(m_phases[i].epoch));
        }
    }
}

void PhaseBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), Theme::instance().colour(Token::Plot));
    if (m_phases.empty()) {
        painter.setFont(Theme::instance().font(Type::Table));
        painter.setPen(Theme::instance().colour(Token::T3));
        painter.drawText(rect(), Qt::AlignCenter, tr("The engine tells the phases of a step after each epoch."));
        return;
    }
    paintStep(painter, QRect(kPad, 12, width() - 2 * kPad, kBar));
    paintEpochs(painter, plotRect());
}

void PhaseBars::mouseMoveEvent(QMouseEvent* event) {
    const QRect plot = plotRect();
    const int at = m_phases.empty() || plot.width() <= 0
                       ? -1
                       : int((event->position().x() - plot.left()) * double(m_phases.size()) / plot.width());
    if (at < 0 || at >= int(m_phases.size()) || !plot.contains(event->pos())) return setToolTip({});
    const Phases& one = m_phases[std::size_t(at)];
    QStringList lines{tr("epoch %1: step %2, one in twenty %3").arg(one.epoch).arg(ms(one.step), ms(one.p95))};
    for (const Part& part : kParts) lines << word(part) + ' ' + ms(one.*part.value);
    setToolTip(lines.join('\n'));
}

}  // namespace lathe::widgets::profile
