#include "widgets/start/loop_view.h"

#include "widgets/common/icons.h"
#include "widgets/common/style.h"

namespace lathe::widgets::start {
using namespace common;

namespace {
constexpr int kPlate = 44, kTop = 12;
}

Station::Station(QString icon, QWidget* parent) : QAbstractButton(parent), m_icon(std::move(icon)) {
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Station::show(const QString& name, const QString& value, const QString& detail, Token tone) {
    setText(name);
    m_value = value;
    m_detail = detail;
    m_tone = tone;
    setAccessibleName(name);
    setAccessibleDescription(value + QStringLiteral(", ") + detail);
    update();
}

void Station::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    const bool over = underMouse() || isDown();
    const QRect plate((width() - kPlate) / 2, kTop, kPlate, kPlate);
    const bool plain = m_tone == Token::T2 || m_tone == Token::T3;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(plain ? theme.colour(over ? Token::Line3 : Token::Line2) : theme.colour(m_tone), 1.5));
    painter.setBrush(theme.colour(over ? Token::Hover : Token::Panel));
    painter.drawRoundedRect(QRectF(plate).adjusted(1, 1, -1, -1), 8, 8);
    painter.drawPixmap(plate.center() - QPoint(9, 9), iconPixmap(m_icon, plain ? Token::T2 : m_tone, 20, devicePixelRatioF()));
    const auto line = [&](int y, Type type, Token token, QFont::Weight weight, const QString& text) {
        QFont font = theme.font(type);
        font.setWeight(weight);
        painter.setFont(font);
        painter.setPen(theme.colour(token));
        painter.drawText(QRect(2, y, width() - 4, 18), Qt::AlignCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, width() - 4));
    };
    line(kTop + kPlate + 8, Type::Caption, Token::T2, QFont::Normal, text());
    line(kTop + kPlate + 25, Type::Control, Token::T1, QFont::DemiBold, m_value);
    line(kTop + kPlate + 43, Type::Caption, m_tone, QFont::Normal, m_detail);
}

LoopView::LoopView(QWidget* parent) : QFrame(parent) {
    setProperty("role", QStringLiteral("outline"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 12, 8, 12);
    row->setSpacing(0);
    static constexpr const char* icons[] = {"image", "label", "db", "train", "compare", "review", "serve"};
    for (int i = 0; i < PlaceCount; ++i) {
        auto* station = new Station(QString::fromLatin1(icons[i]), this);
        connect(station, &QAbstractButton::clicked, this, [this, i] { Q_EMIT opened(Place(i)); });
        m_stations.append(station);
        row->addWidget(station, 1);
    }
}

void LoopView::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    if (m_stations.isEmpty()) return;
    QPainter painter(this);
    const QPoint first = m_stations.first()->geometry().center(), last = m_stations.last()->geometry().center();
    const int y = m_stations.first()->y() + kTop + kPlate / 2;
    painter.fillRect(QRect(first.x(), y - 1, last.x() - first.x(), 2), Theme::instance().colour(Token::Line2));
}

}  // namespace lathe::widgets::start
