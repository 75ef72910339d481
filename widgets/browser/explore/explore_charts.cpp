#include "widgets/browser/explore/explore_charts.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QListView>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/charts/bar_rows.h"
#include "widgets/charts/grid_map.h"
#include "widgets/charts/histogram_chart.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser::explore {

using common::Theme;
using common::Token;
using data::PlaceMap;

namespace {

constexpr int kPlateHeight = 272, kLeastWidth = 340;

/// Rows that scroll; keys keep their row in sight.
QScrollArea* scrolled(charts::BarRows* content, std::function<QString()> name) {
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    common::keepNamed(area, std::move(name));
    QObject::connect(content, &charts::BarRows::moved, area,
                     [area](const QRect& row) { area->ensureVisible(row.center().x(), row.center().y(), 0, row.height()); });
    return area;
}

}  // namespace

ExploreCharts::ExploreCharts(QWidget* parent) : QWidget(parent) {
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(1);
    m_grid->setRowStretch(99, 1);
    buildClasses();
    buildFindings();
    buildMaps();
    buildSizes();
    buildPlates();
    arrange(1);
    connect(&Theme::instance(), &Theme::changed, this, &ExploreCharts::fill);
    retranslate();
}

common::Panel* ExploreCharts::addPanel() {
    auto* panel = new common::Panel(QStringLiteral(" "), this);
    panel->setFixedHeight(kPlateHeight);
    m_panels << panel;
    return panel;
}

void ExploreCharts::buildClasses() {
    m_classPanel = addPanel();
    m_classes = new charts::BarRows({}, m_classPanel);
    m_classes->setMostColumns(1);
    m_classPanel->body()->addWidget(scrolled(m_classes, [] { return tr("All classes"); }));
    connect(m_classes, &charts::BarRows::activated, this, [this](int row) { wantClass(row, -1); });
    connect(m_classes, &charts::BarRows::partActivated, this, &ExploreCharts::wantClass);
}

void ExploreCharts::buildFindings() {
    m_findingPanel = addPanel();
    m_findingModel = new QStandardItemModel(this);
    m_findings = new QListView(m_findingPanel);
    m_findings->setModel(m_findingModel);
    m_findings->setItemDelegate(new common::RowDelegate(m_findings));
    m_findings->setFrameShape(QFrame::NoFrame);
    m_findings->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_findings->setMouseTracking(true);
    m_noFinding = common::makeLabel({}, common::Type::Table, Token::T2, m_findingPanel);
    m_noFinding->setAlignment(Qt::AlignCenter);
    m_noFinding->setWordWrap(true);
    m_noFinding->setContentsMargins(24, 0, 24, 0);
    m_findingStack = new QStackedWidget(m_findingPanel);
    m_findingStack->addWidget(m_findings);
    m_findingStack->addWidget(m_noFinding);
    m_findingPanel->body()->addWidget(m_findingStack);
    const auto show = [this](const QModelIndex& index) {
        const auto& finding = m_figures->findings[std::size_t(index.row())];
        if (!finding.query.empty()) want(finding.query);
    };
    connect(m_findings, &QListView::clicked, this, show);
    connect(m_findings, &QListView::activated, this, show);
}

void ExploreCharts::buildMaps() {
    m_togetherPanel = addPanel();
    m_together = new charts::GridMap({}, m_togetherPanel);
    m_togetherPanel->body()->addWidget(m_together);
    connect(m_together, &charts::GridMap::activated, this,
            [this](int row, int column) { want(m_figures->pairQuery(std::size_t(row), std::size_t(column))); });
    m_placePanel = addPanel();
    m_places = new charts::GridMap({}, m_placePanel);
    m_chooser = new QComboBox(m_placePanel->header());
    m_chooser->setMaximumWidth(180);
    m_placePanel->header()->layout()->addWidget(m_chooser);
    m_placePanel->header()->layout()->setContentsMargins(12, 0, 8, 0);
    m_placePanel->body()->addWidget(m_places);
    connect(m_chooser, &QComboBox::activated, this, [this] {
        fillPlaces();
        for (const Plate& plate : m_plates)
            if (plate.objects) fillPlate(plate);
    });
    connect(m_places, &charts::GridMap::activated, this, [this](int row, int column) {
        const auto* chosen = chosenClass();
        want(data::Exploration::placeQuery(row, column, chosen ? chosen->row.name : std::string()));
    });
}

void ExploreCharts::buildSizes() {
    m_sizePanel = addPanel();
    m_sizeRows = new charts::BarRows({}, m_sizePanel);
    m_sizeRows->setMostColumns(1);
    m_sizeMap = new charts::GridMap({}, m_sizePanel);
    m_sizeStack = new QStackedWidget(m_sizePanel);
    m_sizeStack->addWidget(scrolled(m_sizeRows, [] { return tr("All sizes"); }));
    m_sizeStack->addWidget(m_sizeMap);
    m_sizePanel->body()->addWidget(m_sizeStack);
    const auto wantSize = [this](int row, int split) { want(m_figures->sizes.bins[std::size_t(row)].query, split); };
    connect(m_sizeRows, &charts::BarRows::activated, this, [wantSize](int row) { wantSize(row, -1); });
    connect(m_sizeRows, &charts::BarRows::partActivated, this, wantSize);
    connect(m_sizeMap, &charts::GridMap::activated, this, [this](int row, int column) {
        want(m_figures->sizeQuery(m_figures->heights.bins.size() - 1 - std::size_t(row), std::size_t(column)));
    });
}

void ExploreCharts::buildPlates() {
    using X = data::Exploration;
    m_plates = {{QT_TR_NOOP("Object area, % of the image"), &X::areas, true},
                {QT_TR_NOOP("Objects per image"), &X::perImage, false},
                {QT_TR_NOOP("Width, pixels"), &X::widths, false},
                {QT_TR_NOOP("Height, pixels"), &X::heights, false},
                {QT_TR_NOOP("Aspect, width over height"), &X::aspects, false},
                {QT_TR_NOOP("Brightness, mean luma 0 to 255"), &X::brightness, false},
                {QT_TR_NOOP("Contrast, spread of luma"), &X::contrast, false}};
    for (Plate& plate : m_plates) {
        plate.panel = addPanel();
        plate.chart = new charts::HistogramChart({}, plate.panel);
        plate.panel->body()->addWidget(plate.chart);
        connect(plate.chart, &charts::HistogramChart::activated, this,
                [this, &plate](int bar, int series) { want(barsOf(plate).bins[std::size_t(bar)].query, series); });
    }
    // Sizes stand before widths and heights.
    m_panels.move(m_panels.indexOf(m_sizePanel), m_panels.indexOf(m_plates[2].panel) - 1);
}

void ExploreCharts::arrange(int columns) {
    if (columns == m_columns) return;
    for (int column = 0; column < std::max(m_columns, columns); ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    m_columns = columns;
    for (common::Panel* panel : m_panels) m_grid->removeWidget(panel);
    for (int k = 0; k < m_panels.size(); ++k) m_grid->addWidget(m_panels[k], k / columns, k % columns);
}

void ExploreCharts::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange(std::clamp(width() / kLeastWidth, 1, 4));
}

void ExploreCharts::retranslate() {
    m_classPanel->setTitle(tr("Classes"));
    m_findingPanel->setTitle(tr("Rare and missing"));
    m_togetherPanel->setTitle(tr("Together in an image"));
    m_placePanel->setTitle(tr("Where objects sit"));
    m_sizePanel->setTitle(tr("Image size"));
    m_classes->setAccessibleName(tr("Objects by class"));
    m_findings->setAccessibleName(tr("Rare and missing classes"));
    m_together->setAccessibleName(tr("Images with both classes"));
    m_places->setAccessibleName(tr("Centres of objects"));
    m_chooser->setAccessibleDescription(tr("Class whose objects are shown"));
    m_sizeRows->setAccessibleName(tr("Images by size"));
    m_sizeMap->setAccessibleName(tr("Images by width and height"));
    m_together->setEmptyText(tr("Needs labels of two classes."));
    m_places->setEmptyText(tr("No objects with a place: label some images, or import labels."));
    m_sizeMap->setEmptyText(tr("The size of these images isn't known."));
    for (const Plate& plate : m_plates) {
        plate.panel->setTitle(tr(plate.title));
        plate.chart->setAccessibleName(tr("Bars: %1").arg(tr(plate.title)));
        plate.chart->setEmptyText(plate.objects ? tr("No objects with an area: draw boxes or masks, or import some.")
                                                : tr("Not known of these images."));
    }
    fillChooser();
    fill();
}

}  // namespace lathe::widgets::browser::explore
