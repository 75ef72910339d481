#include "widgets/browser/search/facet_section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/browser/search/query_terms.h"
#include "widgets/browser/search/range_bars.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::search {

using common::Theme;
using common::Token;

namespace {

constexpr int kAllShown = 20, kFirstShown = 12, kChevron = 14, kSectionLeft = 10, kSectionRight = 12, kMenuText = 120;
constexpr auto kOpenKey = "browse/sections";

QVariantMap remembered() {
    return QSettings().value(QLatin1String(kOpenKey)).toMap();
}

}  // namespace

FacetHeading::FacetHeading(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(60);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FacetHeading::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    const Token tone = underMouse() ? Token::T1 : Token::T3;
    painter.drawPixmap(
        QPoint(kSectionLeft, (height() - kChevron) / 2),
        common::iconPixmap(isChecked() ? QStringLiteral("down") : QStringLiteral("right"), tone, kChevron, devicePixelRatioF()));
    const QRect place = rect().adjusted(kSectionLeft + kChevron + 6, 0, -4, 0);
    painter.setFont(theme.font(common::Type::Control));
    painter.setPen(theme.colour(Token::T1));
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, place.width()));
}

FacetSection::FacetSection(const QString& id, bool open, QWidget* parent)
    : QWidget(parent), m_id(id), m_openFirst(open), m_heading(new FacetHeading(this)), m_body(new QWidget(this)) {
    m_caption = common::makeLabel({}, common::Type::Caption, Token::T3, this);
    m_more = common::makeLabel({}, common::Type::Caption, Token::T3, m_body);
    m_more->setContentsMargins(36, 4, kSectionRight, 4);
    m_more->hide();
    m_link = common::makeLink({}, m_body);
    m_link->hide();
    connect(m_link, &QToolButton::clicked, this, [this] {
        m_all = true;
        showRows();
    });
    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 2, kSectionRight, 0);
    top->setSpacing(8);
    top->addWidget(m_heading, 1);
    top->addWidget(m_caption);
    m_rows = new QVBoxLayout(m_body);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(34, 0, 0, 0);
    line->addWidget(m_link);
    line->addStretch();
    m_rows->addLayout(line);
    m_rows->addWidget(m_more);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 2);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_body);
    m_heading->setChecked(remembered().value(m_id, m_openFirst).toBool());
    m_body->setVisible(m_heading->isChecked());
    connect(m_heading, &QAbstractButton::toggled, this, &FacetSection::setOpen);
    hide();
}

void FacetSection::setTitle(const QString& title, const QString& caption) {
    m_heading->setText(title);
    m_heading->setToolTip(title);
    m_heading->setAccessibleName(caption.isEmpty() ? title : QStringLiteral("%1 (%2)").arg(title, caption));
    m_caption->setText(caption);
    m_caption->setVisible(!caption.isEmpty());
    m_heading->update();
}

QToolButton* FacetSection::menuButton() {
    if (m_menu) return m_menu;
    m_menu = common::makeLink({}, this);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    static_cast<QHBoxLayout*>(layout()->itemAt(0)->layout())->addWidget(m_menu);
    show();
    return m_menu;
}

void FacetSection::setMenuText(const QString& text) {
    QToolButton* button = menuButton();
    button->setText(button->fontMetrics().elidedText(text, Qt::ElideMiddle, kMenuText));
    button->setFixedWidth(button->fontMetrics().horizontalAdvance(button->text()) + 4);
    button->setToolTip(text);
    button->setAccessibleDescription(text);
}

void FacetSection::setOpen(bool open) {
    QVariantMap all = remembered();
    if (open == m_openFirst)
        all.remove(m_id);
    else
        all.insert(m_id, open);
    QSettings().setValue(QLatin1String(kOpenKey), all);
    m_body->setVisible(open);
    fill();
}

void FacetSection::setValues(const QVector<FacetValue>& values, std::int64_t more) {
    m_values = values;
    m_unlisted = more;
    if (m_bars) m_bars->hide();
    setVisible(m_menu || !values.isEmpty());
    fill();
}

void FacetSection::setNumbers(const data::FieldFacet& facet) {
    setValues({});
    if (!m_bars) {
        m_bars = new RangeBars(m_body);
        m_rows->addWidget(m_bars);
        connect(m_bars, &RangeBars::rangeChosen, this, &FacetSection::rangeChosen);
    }
    m_bars->setField(facet, m_heading->accessibleName());
    m_bars->show();
    show();
}

void FacetSection::setQuery(const QString& query) {
    m_query = query;
    if (m_bars) m_bars->setQuery(query);
    showRows();
}

void FacetSection::fill() {
    if (!m_heading->isChecked()) return;
    const auto same = [](const FacetValue& value, const FacetRow* row) { return value.searchTerm == row->searchTerm(); };
    if (m_items.size() != m_values.size() || !std::equal(m_values.cbegin(), m_values.cend(), m_items.cbegin(), same)) makeRows();
    std::int64_t most = 1;
    for (const FacetValue& value : m_values) most = std::max(most, value.count);
    for (int i = 0; i < m_values.size(); ++i) {
        m_items[i]->setLook(m_values[i].text, m_values[i].swatch, m_values[i].name);
        m_items[i]->setCount(m_values[i].count, most);
    }
    showRows();
}

void FacetSection::makeRows() {
    qDeleteAll(m_items);
    m_items.clear();
    for (const FacetValue& value : m_values) {
        auto* row = new FacetRow(value.searchTerm, m_body);
        connect(row, &FacetRow::toggled, this, &FacetSection::termToggled);
        connect(row, &FacetRow::dropped, this, &FacetSection::dropped);
        if (m_droppable) row->setDropName(value.text);
        m_rows->insertWidget(int(m_items.size()), row);
        m_items << row;
    }
}

/// Of long lists those alone that the present images have, and what is ticked.
void FacetSection::showRows() {
    if (m_items.size() != m_values.size()) return;
    const bool all = m_all || m_values.size() <= kAllShown;
    int shown = 0;
    std::int64_t hidden = 0;
    for (int i = 0; i < m_items.size(); ++i) {
        const bool ticked = hasTerm(m_query, m_items[i]->searchTerm());
        const bool counts = m_values.size() <= kAllShown || m_values[i].count > 0;
        m_items[i]->setTicked(ticked);
        m_items[i]->setVisible(ticked || (counts && (all || shown < kFirstShown)));
        shown += !m_items[i]->isHidden();
        hidden += counts && m_items[i]->isHidden();
    }
    showMore(hidden);
    fitRows();
}

/// A link while there are rows to be shown, words when only what isn't listed is left.
void FacetSection::showMore(std::int64_t hidden) {
    const QString text = tr("and %Ln more", nullptr, int(hidden + m_unlisted));
    m_link->setText(text);
    m_link->setAccessibleName(QStringLiteral("%1: %2").arg(m_heading->text(), text));
    m_link->setVisible(hidden > 0);
    m_more->setText(text);
    m_more->setVisible(hidden == 0 && m_unlisted > 0);
}

/// The meters of all rows are as long: names come first.
void FacetSection::fitRows() {
    int length = FacetRow::kMeters[0];
    for (const FacetRow* row : m_items)
        if (!row->isHidden()) length = std::min(length, row->longestMeter());
    for (FacetRow* row : m_items) row->setMeter(length);
}

void FacetSection::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitRows();
}

}  // namespace lathe::widgets::browser::search
