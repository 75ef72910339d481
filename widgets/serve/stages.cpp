#include "widgets/serve/stages.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/common/icons.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::serve {

using common::Theme;
using common::Token;

Stages::Stages(QWidget* parent) : QWidget(parent) {
    setFixedHeight(64);
    common::keepNamed(this, [] { return tr("Stages of the push"); });
}

QString Stages::word(const Json& stage) const {
    const std::string name = stage.value("stage", std::string());
    if (name == "preflight") return tr("Connected");
    if (name == "approval") return tr("Approved");
    if (name == "verify") return tr("Verified");
    if (name == "upload") return tr("Uploaded");
    if (name == "activate") return tr("Loaded");
    if (name == "parity") return tr("Parity");
    if (name == "rollback") return tr("Rolled back");
    if (name == "live") return tr("Live");
    return QString::fromStdString(name);
}

void Stages::setStages(std::vector<Json> stages) {
    m_stages = std::move(stages);
    QStringList words;
    for (const Json& stage : m_stages)
        words << word(stage) + (stage.value("ok", false) ? QString() : QStringLiteral(": ") + tr("failed"));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setVisible(!m_stages.empty());
    update();
}

void Stages::paintEvent(QPaintEvent*) {
    if (m_stages.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::instance();
    const int step = std::min(110, (width() - 32) / int(m_stages.size()));
    for (int i = 0; i < int(m_stages.size()); ++i) {
        const Json& stage = m_stages[std::size_t(i)];
        const bool ok = stage.value("ok", false);
        const QPoint centre(24 + i * step, 14);
        const QColor colour = theme.colour(ok ? Token::Ok : Token::Err);
        if (i + 1 < int(m_stages.size())) {
            painter.setPen(QPen(colour, 2));
            painter.drawLine(centre + QPoint(9, 0), centre + QPoint(step - 9, 0));
        }
        painter.drawPixmap(centre - QPoint(8, 8), common::iconPixmap(ok ? QStringLiteral("ok") : QStringLiteral("error"),
                                                                     ok ? Token::Ok : Token::Err, 16, devicePixelRatioF()));
        painter.setPen(theme.colour(Token::T1));
        painter.setFont(theme.font(common::Type::Table));
        const QRect text(centre.x() - 8, 26, step - 4, 16);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(word(stage), Qt::ElideRight, text.width()));
        painter.setPen(theme.colour(Token::T3));
        painter.setFont(theme.font(common::Type::Caption));
        painter.drawText(text.translated(0, 17), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("%1 ms").arg(common::number(stage.value("seconds", 0.0) * 1000)));
    }
}

bool Stages::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && !m_stages.empty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int step = std::min(110, (width() - 32) / int(m_stages.size()));
        const int index = (help->pos().x() - 16) / std::max(1, step);
        if (index >= 0 && index < int(m_stages.size()))
            QToolTip::showText(help->globalPos(),
                               QString::fromStdString(m_stages[std::size_t(index)].value("message", std::string())), this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace lathe::widgets::serve
