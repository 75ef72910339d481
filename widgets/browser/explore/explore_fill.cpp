// What the exploration's charts show.
#include "widgets/browser/explore/explore_charts.h"

#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <algorithm>

#include "widgets/charts/bar_rows.h"
#include "widgets/charts/grid_map.h"
#include "widgets/charts/histogram_chart.h"
#include "widgets/common/counts.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser::explore {

using common::Theme;
using common::Token;
using data::PlaceMap;

namespace {

constexpr std::size_t kMostTogether = 12, kFewSizes = 8;

/// Rows of bars: by split thin ones, as shares of the split; else one by its share of the most.
void fillRow(charts::BarRows::Row& row, const data::Exploration& x, const data::Bin& bin, bool objects, SplitView view) {
    row.tip = binText(x, bin, objects, view);
    if (view == SplitView::All) return;
    for (std::size_t split = 0; split < x.splits.size(); ++split) row.parts.push_back(splitShare(x, bin, split, objects));
}

/// The longest bar takes the whole width.
void setRows(charts::BarRows* rows, std::vector<charts::BarRows::Row> filled) {
    double most = 0;
    for (const auto& row : filled) {
        if (row.parts.empty()) most = std::max(most, row.value);
        for (const double part : row.parts) most = std::max(most, part);
    }
    rows->setRange(0, most > 0 ? most : 1);
    rows->setRows(std::move(filled));
}

QString edgeText(double edge) {
    return std::isfinite(edge) ? QString::fromStdString(fmt::format("{}", edge)) : QString();
}

}  // namespace

void ExploreCharts::setFigures(std::shared_ptr<const data::Exploration> figures, SplitView view) {
    m_figures = std::move(figures);
    m_view = view;
    fillChooser();
    fill();
}

void ExploreCharts::fill() {
    if (!m_figures) return;
    fillClasses();
    fillFindings();
    fillTogether();
    fillPlaces();
    fillSizes();
    for (const Plate& plate : m_plates) fillPlate(plate);
}

void ExploreCharts::fillClasses() {
    const data::Exploration& x = *m_figures;
    m_classOrder.resize(x.classes.size());
    for (std::size_t k = 0; k < m_classOrder.size(); ++k) m_classOrder[k] = k;
    std::ranges::stable_sort(m_classOrder, std::greater(), [&](std::size_t k) { return x.classes[k].bin.all().objects; });
    std::vector<charts::BarRows::Row> rows;
    for (const std::size_t k : m_classOrder) {
        const auto& [row, bin, areas, places] = x.classes[k];
        const QColor colour = row.colour.empty() ? Theme::classColour(int(k)) : QColor(QString::fromStdString(row.colour));
        const auto objects = bin.all().objects;
        rows.push_back({QString::fromStdString(row.name), colour, double(objects), {}, common::number(double(objects))});
        fillRow(rows.back(), x, bin, true, m_view);
    }
    setRows(m_classes, std::move(rows));
    m_classPanel->setCount(common::Counts::objects(std::int64_t(x.objects)));
}

void ExploreCharts::fillFindings() {
    const data::Exploration& x = *m_figures;
    m_findingModel->clear();
    for (const data::Finding& finding : x.findings) {
        auto* item = new QStandardItem(findingText(x, finding));
        const bool grave = finding.kind == data::Finding::Kind::Missing;
        const auto tone = grave ? common::Tone::Err : common::Tone::Warn;
        const QString counts = findingCounts(x, finding);
        item->setData(common::toneIcon(tone), common::Roles::IconName);
        item->setData(int(common::toneToken(tone)), common::Roles::IconToken);
        item->setData(counts, common::Roles::Right);
        item->setToolTip(tr("Images with it: %1").arg(counts));
        item->setData(item->text() + QStringLiteral("; ") + item->toolTip(), Qt::AccessibleTextRole);
        m_findingModel->appendRow(item);
    }
    m_findingStack->setCurrentWidget(x.findings.empty() ? static_cast<QWidget*>(m_noFinding) : m_findings);
    m_noFinding->setText(x.objects > 0 ? tr("Every class is in every split, and none is rare.")
                                       : tr("No objects yet. Label some images, or import labels."));
    m_findingPanel->setCount(x.findings.empty() ? QString() : common::number(double(x.findings.size())));
}

void ExploreCharts::fillTogether() {
    const data::Exploration& x = *m_figures;
    const int n = int(std::min(kMostTogether, x.detailed.size()));
    charts::GridMap::Grid grid;
    const auto name = [figures = m_figures](int k) {
        return QString::fromStdString(figures->classes[figures->detailed[std::size_t(k)]].row.name);
    };
    const auto both = [figures = m_figures](int row, int column) {
        return double(figures->together[std::size_t(row)][std::size_t(column)]);
    };
    if (n >= 2) {
        grid.rows = grid.columns = n;
        grid.numbers = true;
        for (int row = 0; row < n; ++row) {
            grid.rowNames << name(row);
            grid.columnNames << name(row);
            for (int column = 0; column < n; ++column) grid.values.push_back(both(row, column));
        }
        grid.share = [both](int row, int column) { return both(row, column) / std::max(1.0, both(row, row)); };
    }
    m_together->setWords([name, both](int row, int column) {
        if (row == column) return tr("%1: %Ln image(s)", nullptr, int(both(row, row))).arg(name(row));
        return tr("%1 with %2: %Ln image(s), %3 of those with %1", nullptr, int(both(row, column)))
            .arg(name(row), name(column), charts::percentText(both(row, column) / std::max(1.0, both(row, row)), 0));
    });
    m_together->setGrid(std::move(grid));
    m_togetherPanel->setCount(
        int(x.detailed.size()) > n && n >= 2 ? tr("the %Ln commonest of %1", nullptr, n).arg(x.detailed.size()) : QString());
}

void ExploreCharts::fillChooser() {
    const QString chosen = m_chooser->currentIndex() > 0 ? m_chooser->currentText() : QString();
    m_chooser->clear();
    m_chooser->addItem(tr("all classes"));
    if (!m_figures) return;
    for (const std::size_t k : m_figures->detailed)
        m_chooser->addItem(QString::fromStdString(m_figures->classes[k].row.name), QVariant::fromValue(qulonglong(k)));
    m_chooser->setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : m_chooser->findText(chosen)));
}

const data::ClassFigures* ExploreCharts::chosenClass() const {
    const QVariant chosen = m_chooser->currentData();
    return chosen.isValid() && m_figures ? &m_figures->classes[std::size_t(chosen.toULongLong())] : nullptr;
}

void ExploreCharts::fillPlaces() {
    if (!m_figures) return;
    const auto* chosen = chosenClass();
    const PlaceMap& map = chosen ? chosen->places : m_figures->places;
    charts::GridMap::Grid grid;
    if (!map.cells.empty()) {
        grid.rows = grid.columns = PlaceMap::kCells;
        grid.aspect = std::clamp(m_figures->commonAspect, 0.4, 3.0);
        for (const data::Count& cell : map.cells) grid.values.push_back(double(cell.objects));
        const double most = *std::max_element(grid.values.begin(), grid.values.end());
        // The map shades by the root; here twice as many shall look twice as much.
        grid.share = [most, cells = map.cells](int row, int column) {
            const double share = double(cells[std::size_t(row * PlaceMap::kCells + column)].objects) / most;
            return share * share;
        };
    }
    m_places->setWords([figures = m_figures, cells = map.cells](int row, int column) {
        const int step = 100 / PlaceMap::kCells;
        return tr("%1–%2 % from the left, %3–%4 % from the top: %5")
            .arg(column * step)
            .arg((column + 1) * step)
            .arg(row * step)
            .arg((row + 1) * step)
            .arg(countText(cells[std::size_t(row * PlaceMap::kCells + column)], true));
    });
    m_places->setGrid(std::move(grid));
    m_placePanel->setCount(tr("%Ln centre(s)", nullptr, int(map.objects)));
}

void ExploreCharts::fillSizes() {
    const data::Exploration& x = *m_figures;
    std::vector<charts::BarRows::Row> rows;
    for (const data::Bin& bin : x.sizes.bins) {
        const auto images = bin.all().images;
        const QString label = QString::fromStdString(bin.label);
        rows.push_back({label, Theme::instance().series(0), double(images), {}, common::number(double(images))});
        fillRow(rows.back(), x, bin, false, m_view);
    }
    setRows(m_sizeRows, std::move(rows));
    charts::GridMap::Grid grid;
    grid.rows = int(x.sizeTable.size()), grid.columns = int(x.widths.bins.size());
    grid.numbers = grid.stretched = true;
    for (int row = grid.rows - 1; row >= 0; --row) {
        grid.rowNames << QString::fromStdString(x.heights.bins[std::size_t(row)].label);
        for (const auto images : x.sizeTable[std::size_t(row)]) grid.values.push_back(double(images));
    }
    for (const data::Bin& bin : x.widths.bins) grid.columnNames << QString::fromStdString(bin.label);
    m_sizeMap->setWords([figures = m_figures](int row, int column) {
        const std::size_t high = figures->heights.bins.size() - 1 - std::size_t(row);
        return tr("width %1, height %2: %Ln image(s)", nullptr, int(figures->sizeTable[high][std::size_t(column)]))
            .arg(QString::fromStdString(figures->widths.bins[std::size_t(column)].label),
                 QString::fromStdString(figures->heights.bins[high].label));
    });
    m_sizeMap->setGrid(std::move(grid));
    m_sizeStack->setCurrentIndex(x.distinctSizes <= kFewSizes ? 0 : 1);
    m_sizePanel->setCount(x.distinctSizes > 0 ? tr("%Ln different one(s)", nullptr, int(x.distinctSizes)) : QString());
}

const data::Bars& ExploreCharts::barsOf(const Plate& plate) const {
    const auto* chosen = plate.objects ? chosenClass() : nullptr;
    return chosen ? chosen->areas : (*m_figures).*plate.bars;
}

QString ExploreCharts::unknownText(const Plate& plate) const {
    const auto unknown = barsOf(plate).unknown;
    if (plate.objects) return chosenClass() ? m_chooser->currentText() : QString();
    return unknown > 0 ? tr("not known of %Ln image(s)", nullptr, int(unknown)) : QString();
}

void ExploreCharts::fillPlate(const Plate& plate) {
    const data::Exploration& x = *m_figures;
    const data::Bars& bars = barsOf(plate);
    const bool split = m_view != SplitView::All;
    std::vector<charts::HistogramChart::Bar> shown;
    for (const data::Bin& bin : bars.bins) {
        charts::HistogramChart::Bar bar{
            bars.single ? QString::fromStdString(bin.label) : edgeText(bin.from), binText(x, bin, plate.objects, m_view), {}};
        if (!split) bar.values = {double(plate.objects ? bin.all().objects : bin.all().images)};
        for (std::size_t k = 0; split && k < x.splits.size(); ++k) bar.values.push_back(splitShare(x, bin, k, plate.objects));
        shown.push_back(std::move(bar));
    }
    std::vector<int> series;
    for (int k = 0; k < (split ? int(x.splits.size()) : 1); ++k) series.push_back(k);
    using Chart = charts::HistogramChart;
    plate.chart->setBars(std::move(shown), std::move(series), m_view == SplitView::Over ? Chart::Look::Over : Chart::Look::Beside,
                         bars.single ? Chart::Ticks::Bars : Chart::Ticks::Edges, split);
    plate.panel->setCount(unknownText(plate));
}

void ExploreCharts::want(const std::string& terms, int split) {
    if (!terms.empty()) Q_EMIT queryWanted(QString::fromStdString(m_figures->within(terms, split)));
}

void ExploreCharts::wantClass(int row, int split) {
    want(m_figures->classes[m_classOrder[std::size_t(row)]].bin.query, split);
}

}  // namespace lathe::widgets::browser::explore
