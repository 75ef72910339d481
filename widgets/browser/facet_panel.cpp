#include "widgets/browser/facet_panel.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
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

namespace {

constexpr int kSwatch = 10, kAllShown = 20;

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

void FacetRow::setDropName(const QString& name) {
    m_dropName = name;
    setAcceptDrops(!name.isEmpty());
}

void FacetRow::dragEnterEvent(QDragEnterEvent* event) {
    if (!event->mimeData()->hasFormat(QString::fromLatin1(ImageGrid::kDragType))) return;
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

void FacetRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    if (m_target) painter.fillRect(rect(), theme.colour(Token::Line2));
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
    for (Rows& group : m_groups) group = addGroup(layout);
    for (std::size_t k = 0; k < data::kMeasures; ++k) {
        m_measures[k] = new MeasureFilter(data::Measure(k), content);
        m_measures[k]->hide();
        layout->addWidget(m_measures[k]);
        connect(m_measures[k], &MeasureFilter::rangeChosen, this, &FacetPanel::rangeChosen);
    }
    layout->addStretch();
    area->setWidget(content);
    body()->addWidget(area);
    retranslate();
}

FacetPanel::Rows FacetPanel::addGroup(QVBoxLayout* layout) {
    Rows group;
    group.heading = common::makeLabel({}, common::Type::Control, Token::T1, this);
    group.heading->setContentsMargins(14, 8, 12, 6);
    group.rows = new QVBoxLayout;
    group.rows->setSpacing(0);
    layout->addWidget(group.heading);
    layout->addLayout(group.rows);
    return group;
}

void FacetPanel::setValues(Group which, const QVector<Value>& values) {
    Rows& group = m_groups[which];
    const bool same = group.items.size() == values.size() &&
                      std::equal(values.cbegin(), values.cend(), group.items.cbegin(),
                                 [](const Value& value, const FacetRow* row) { return value.searchTerm == row->searchTerm(); });
    if (!same) {
        qDeleteAll(group.items);
        group.items.clear();
        for (const Value& value : values) {
            auto* row = new FacetRow(value.searchTerm, this);
            connect(row, &FacetRow::toggled, this, &FacetPanel::termToggled);
            connect(row, &FacetRow::dropped, this, &FacetPanel::classDropped);
            if (which == Classes) row->setDropName(value.text);
            group.rows->addWidget(row);
            group.items << row;
        }
    }
    std::int64_t most = 1;
    for (const Value& value : values) most = std::max(most, value.count);
    for (int i = 0; i < values.size(); ++i) {
        group.items[i]->setLook(values[i].text, values[i].swatch);
        group.items[i]->setCount(values[i].count, most);
        // Of long lists those alone that the present images have.
        group.items[i]->setVisible(values.size() <= kAllShown || values[i].count > 0);
    }
    group.heading->setVisible(!values.isEmpty());
}

void FacetPanel::setHistograms(const std::vector<data::Histogram>& histograms) {
    for (MeasureFilter* filter : m_measures) {
        const auto found = std::ranges::find(histograms, filter->measure(), &data::Histogram::of);
        filter->setVisible(found != histograms.end());
        if (found != histograms.end()) filter->setHistogram(*found);
    }
}

void FacetPanel::setQuery(const QString& query) {
    for (const Rows& group : m_groups)
        for (FacetRow* row : group.items) {
            row->setTicked(hasTerm(query, row->searchTerm()));
            if (hasTerm(query, row->searchTerm())) row->show();
        }
    for (MeasureFilter* filter : m_measures) filter->setQuery(query);
}

void FacetPanel::retranslate() {
    setTitle(tr("Filters"));
    const QString headings[kGroups] = {tr("Class"), tr("Split"), tr("Tag"), tr("State"), tr("Kind"), tr("Author")};
    for (int k = 0; k < kGroups; ++k) m_groups[k].heading->setText(headings[k]);
    for (MeasureFilter* filter : m_measures) filter->retranslate();
}

}  // namespace lathe::widgets::browser
