#include "widgets/browser/search/facet_row.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPainter>
#include <algorithm>

#include "widgets/browser/tiles/image_grid.h"
#include "widgets/common/counts.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::search {

using common::Theme;
using common::Token;

namespace {

constexpr int kSwatch = 10, kLeft = 14, kRight = 12, kCount = 44;

QIcon swatchIcon(const QColor& colour, double ratio) {
    QPixmap pixmap(QSize(kSwatch, kSwatch) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(0, 0, kSwatch, kSwatch), 2, 2);
    return pixmap;
}

}  // namespace

FacetRow::FacetRow(const QString& searchTerm, QWidget* parent) : QWidget(parent), m_box(new QCheckBox(this)), m_term(searchTerm) {
    m_box->setIconSize({kSwatch, kSwatch});
    m_box->setMinimumWidth(40);
    setFixedHeight(24);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kLeft, 0, rightOf(m_meter), 0);
    layout->addWidget(m_box);
    layout->addStretch();
    connect(m_box, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT toggled(m_term, on); });
}

void FacetRow::setLook(const QString& text, const QColor& swatch, const QString& name) {
    m_text = text;
    m_box->setAccessibleName(name.isEmpty() ? text : name);
    m_box->setToolTip(text);
    m_box->setIcon(swatch.isValid() ? QIcon(swatchIcon(swatch, devicePixelRatioF())) : QIcon());
    fitText();
}

int FacetRow::rightOf(int meter) const {
    return kRight + m_countWidth + 6 + (meter > 0 ? meter + 6 : 0);
}

int FacetRow::room(int meter) const {
    constexpr int kIndicator = 24;  // with its gap
    const int icon = m_box->icon().isNull() ? 0 : kSwatch + 6;
    return std::max(20, width() - kLeft - kIndicator - icon - rightOf(meter));
}

int FacetRow::longestMeter() const {
    const int text = m_box->fontMetrics().horizontalAdvance(m_text);
    return *std::ranges::find_if(kMeters, [&](int length) { return length == 0 || text <= room(length); });
}

void FacetRow::setMeter(int length) {
    if (length == m_meter) return;
    m_meter = length;
    layout()->setContentsMargins(kLeft, 0, rightOf(length), 0);
    fitText();
    update();
}

void FacetRow::fitText() {
    m_box->setText(
        m_box->fontMetrics().elidedText(QString(m_text).replace('&', QLatin1String("&&")), Qt::ElideRight, room(m_meter)));
}

void FacetRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitText();
}

void FacetRow::setCount(std::int64_t count, std::int64_t most) {
    m_count = count;
    m_most = std::max<std::int64_t>(1, most);
    const QFontMetrics metrics(Theme::instance().font(common::Type::Table));
    if (const int wide = std::max(kCount, metrics.horizontalAdvance(common::number(double(m_most))) + 2); wide != m_countWidth) {
        m_countWidth = wide;
        layout()->setContentsMargins(kLeft, 0, rightOf(m_meter), 0);
        fitText();
    }
    m_box->setAccessibleDescription(common::Counts::images(std::int64_t(count)));
    update();
}

void FacetRow::setTicked(bool ticked) {
    m_box->setChecked(ticked);
    update();
}

void FacetRow::setDropName(const QString& name) {
    m_dropName = name;
    setAcceptDrops(!name.isEmpty());
}

void FacetRow::dragEnterEvent(QDragEnterEvent* event) {
    if (!event->mimeData()->hasFormat(QString::fromLatin1(tiles::ImageGrid::kDragType))) return;
    event->acceptProposedAction();
    m_target = true;
    update();
}

void FacetRow::dragLeaveEvent(QDragLeaveEvent*) {
    m_target = false;
    update();
}

void FacetRow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    m_target = false;
    update();
    Q_EMIT dropped(m_dropName);
}

void FacetRow::paintMeter(QPainter& painter) const {
    const int meterRight = width() - kRight - m_countWidth - 6, meterLeft = meterRight - m_meter;
    const Theme& theme = Theme::instance();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(Token::Line2));
    const double middle = height() / 2.0 - 1.5;
    painter.drawRoundedRect(QRectF(meterLeft, middle, meterRight - meterLeft, 3), 1.5, 1.5);
    painter.setBrush(theme.colour(m_box->isChecked() ? Token::AccentText : Token::T4));
    if (m_count > 0)
        painter.drawRoundedRect(QRectF(meterLeft, middle, (meterRight - meterLeft) * double(m_count) / double(m_most), 3), 1.5,
                                1.5);
}

void FacetRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    if (m_target) painter.fillRect(rect(), theme.colour(Token::Line2));
    const int edge = width() - kRight;
    if (m_meter > 0) paintMeter(painter);
    painter.setPen(theme.colour(Token::T2));
    painter.setFont(theme.font(common::Type::Table));
    painter.drawText(QRect(edge - m_countWidth, 0, m_countWidth, height()), Qt::AlignRight | Qt::AlignVCenter,
                     common::number(double(m_count)));
}

}  // namespace lathe::widgets::browser::search
