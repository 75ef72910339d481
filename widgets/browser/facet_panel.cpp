#include "widgets/browser/facet_panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/browser/query_terms.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser {

using common::Theme;
using common::Token;

Histogram::Histogram(QWidget* parent) : QWidget(parent) {
    setFixedHeight(36);
    common::keepNamed(this, [] { return tr("Brightness"); });
}

void Histogram::setBins(QVector<int> bins, const QString& description) {
    m_bins = std::move(bins);
    setAccessibleDescription(description);
    setToolTip(description);
    update();
}

void Histogram::paintEvent(QPaintEvent*) {
    if (m_bins.isEmpty()) return;
    QPainter painter(this);
    const int most = std::max(1, *std::max_element(m_bins.cbegin(), m_bins.cend()));
    const double step = double(width()) / m_bins.size();
    for (int i = 0; i < m_bins.size(); ++i) {
        const double high = m_bins[i] > 0 ? std::max(1.0, double(m_bins[i]) / most * height()) : 0;
        painter.fillRect(QRectF(i * step, height() - high, step - 1, high), Theme::instance().colour(Token::AccentText));
    }
}

namespace {

constexpr int kSwatch = 10;

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
    setFixedHeight(24);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 0, 122, 0);
    layout->addWidget(m_box);
    layout->addStretch();
    connect(m_box, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT toggled(m_term, on); });
}

void FacetRow::setLook(const QString& text, const QColor& swatch) {
    m_box->setText(text);
    m_box->setToolTip(text);
    m_box->setIcon(swatch.isValid() ? QIcon(swatchIcon(swatch, devicePixelRatioF())) : QIcon());
}

void FacetRow::setCount(std::int64_t count, std::int64_t most) {
    m_count = count;
    m_most = std::max<std::int64_t>(1, most);
    m_box->setAccessibleDescription(tr("%n image(s)", nullptr, int(count)));
    update();
}

void FacetRow::setTicked(bool ticked) {
    m_box->setChecked(ticked);
    update();
}

void FacetRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    const int right = width() - 12, countWidth = 44, meterLeft = width() - 116, meterRight = right - countWidth - 6;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(Token::Line2));
    const double middle = height() / 2.0 - 1.5;
    painter.drawRoundedRect(QRectF(meterLeft, middle, meterRight - meterLeft, 3), 1.5, 1.5);
    painter.setBrush(theme.colour(m_box->isChecked() ? Token::AccentText : Token::T4));
    if (m_count > 0)
        painter.drawRoundedRect(QRectF(meterLeft, middle, (meterRight - meterLeft) * double(m_count) / double(m_most), 3), 1.5,
                                1.5);
    painter.setPen(theme.colour(Token::T2));
    painter.setFont(theme.font(common::Type::Table));
    painter.drawText(QRect(right - countWidth, 0, countWidth, height()), Qt::AlignRight | Qt::AlignVCenter,
                     common::number(double(m_count)));
}

FacetPanel::FacetPanel(QWidget* parent) : Panel({}, parent) {
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    common::keepNamed(area, [] { return tr("Filters"); });
    auto* content = new QWidget(area);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(0);
    m_classes = addGroup(layout);
    m_splits = addGroup(layout);
    m_states = addGroup(layout);
    m_brightnessHeading = common::makeLabel({}, common::Type::Control, Token::T1, content);
    m_brightnessHeading->setContentsMargins(14, 10, 12, 6);
    m_brightness = new Histogram(content);
    auto* padded = new QHBoxLayout;
    padded->setContentsMargins(14, 0, 12, 0);
    padded->addWidget(m_brightness);
    layout->addWidget(m_brightnessHeading);
    layout->addLayout(padded);
    layout->addStretch();
    area->setWidget(content);
    body()->addWidget(area);
    retranslate();
}

FacetPanel::Group FacetPanel::addGroup(QVBoxLayout* layout) {
    Group group;
    group.heading = common::makeLabel({}, common::Type::Control, Token::T1, this);
    group.heading->setContentsMargins(14, 8, 12, 6);
    group.rows = new QVBoxLayout;
    group.rows->setSpacing(0);
    layout->addWidget(group.heading);
    layout->addLayout(group.rows);
    return group;
}

void FacetPanel::fill(Group& group, const QVector<Value>& values) {
    const bool same = group.items.size() == values.size() &&
                      std::equal(values.cbegin(), values.cend(), group.items.cbegin(),
                                 [](const Value& value, const FacetRow* row) { return value.searchTerm == row->searchTerm(); });
    if (!same) {
        qDeleteAll(group.items);
        group.items.clear();
        for (const Value& value : values) {
            auto* row = new FacetRow(value.searchTerm, this);
            connect(row, &FacetRow::toggled, this, &FacetPanel::termToggled);
            group.rows->addWidget(row);
            group.items << row;
        }
    }
    std::int64_t most = 1;
    for (const Value& value : values) most = std::max(most, value.count);
    for (int i = 0; i < values.size(); ++i) {
        group.items[i]->setLook(values[i].text, values[i].swatch);
        group.items[i]->setCount(values[i].count, most);
    }
    group.heading->setVisible(!values.isEmpty());
}

void FacetPanel::setValues(const QVector<Value>& classes, const QVector<Value>& splits, const QVector<Value>& states) {
    fill(m_classes, classes);
    fill(m_splits, splits);
    fill(m_states, states);
}

void FacetPanel::setBrightness(QVector<int> bins) {
    const bool known = std::any_of(bins.cbegin(), bins.cend(), [](int n) { return n > 0; });
    m_brightnessHeading->setVisible(known);
    m_brightness->setVisible(known);
    m_brightness->setBins(std::move(bins), tr("Mean luma of the images, 0 to 255"));
}

void FacetPanel::setQuery(const QString& query) {
    for (const Group* group : {&m_classes, &m_splits, &m_states})
        for (FacetRow* row : group->items) row->setTicked(hasTerm(query, row->searchTerm()));
}

void FacetPanel::retranslate() {
    setTitle(tr("Filters"));
    m_classes.heading->setText(tr("Class"));
    m_splits.heading->setText(tr("Split"));
    m_states.heading->setText(tr("State"));
    m_brightnessHeading->setText(tr("Brightness"));
}

}  // namespace lathe::widgets::browser
