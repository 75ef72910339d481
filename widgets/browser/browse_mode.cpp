#include "widgets/browser/browse_mode.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTimer>

#include "core/base/time.h"
#include "core/data/snapshot.h"
#include "core/store/schema.h"
#include "widgets/browser/export_sheet.h"
#include "widgets/browser/inspector.h"
#include "widgets/browser/search/facet_panel.h"
#include "widgets/browser/search/page.h"
#include "widgets/browser/search/query_terms.h"
#include "widgets/browser/search/split_mover.h"
#include "widgets/browser/tiles/image_list.h"
#include "widgets/common/counts.h"
#include "widgets/common/kind_words.h"
#include "widgets/common/parts.h"
#include "widgets/common/query_completer.h"

namespace lathe::widgets::browser {
namespace {

/// The run that the search names, else the one that was chosen.
std::string runAsked(const QString& query, const QString& chosen) {
    const QString named = search::valueOf(query, QStringLiteral("run"));
    return (named.isEmpty() ? chosen : named).toStdString();
}

}  // namespace

Result<BrowseMode::Found> BrowseMode::find(const store::Workspace& workspace, const std::string& query, const Order& order,
                                           const std::stop_token& stop) {
    LATHE_TRY(const std::shared_ptr<const store::ColumnIndex> index, store::ColumnIndex::load(workspace, stop));
    const bool objects = order.view == View::Objects;
    LATHE_TRY(auto result, data::search(workspace, *index, query, objects ? data::Sort::Id : data::Sort(order.sort),
                                        !objects && order.descending));
    Found found;
    if (objects) {
        LATHE_TRY(auto refs, data::findObjects(workspace, *index, query, data::ObjectSort(order.sort), order.descending));
        found.objects = std::make_shared<const std::vector<data::ObjectRef>>(std::move(refs));
    }
    found.index = index;
    found.seconds = result.seconds;
    found.facets = std::move(result.facets);
    found.all = index->imageCount();
    found.ids = std::make_shared<const std::vector<ImageId>>(std::move(result.ids));
    if (order.collapsed && !objects && !index->groupRule().empty())
        found.heads = std::make_shared<const data::GroupHeads>(data::groupHeads(*index, *found.ids));
    LATHE_TRY(found.classes, workspace.classes());
    LATHE_TRY(const auto schema, store::schema(workspace));
    for (const auto& attribute : schema.image) found.imageAttributes.push_back(attribute.name);
    found.run = search::runFacet(workspace, *index, *found.ids, order.run);
    return found;
}

void BrowseMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_thumbnails->setWorkspace(workspace);
    m_pages->reset(workspace, nullptr);
    m_grid->reload();
    m_list->reload();
    m_total = 0;
    m_deeds.clear();
    m_mover->note()->hide();
    m_shownQuery = QString();
    showCentre();
    for (search::Page* page : m_beside) page->setSearch(workspace, {});
    if (workspace) search();
}

void BrowseMode::refresh() {
    if (workspace()) search();
}

void BrowseMode::enter(const QVariantMap& args) {
    if (args.contains(QStringLiteral("query"))) {
        m_query->setText(args.value(QStringLiteral("query")).toString());
        setView(View::Images);
        search();
    }
    if (!page()) tiles()->setFocus();
}

QList<QAction*> BrowseMode::modeActions() const {
    QList<QAction*> all{m_focusQuery,  m_showGrid,       m_listToggle,   m_columns, m_tiles,     m_collapse,  m_showObjects,
                        m_showExplore, m_showDuplicates, m_showVersions, m_relabel, m_report,    m_viewsMenu, m_open,
                        m_selectAll,   m_clear,          m_tag,          m_untag,   m_splitMenu, m_undo};
    all << m_splits;
    for (const search::Page* page : m_beside) all << page->pageActions();
    return all << m_export << m_freeze;
}

QStringList BrowseMode::place() const {
    return {m_query->text().trimmed().isEmpty() ? tr("All images") : m_query->text().trimmed()};
}

QStringList BrowseMode::factsLeft() const {
    return {common::Counts::images(std::int64_t(m_total))};
}

void BrowseMode::search() {
    if (!workspace()) return;
    if (m_job) services().jobs->drop(m_job);
    const QString text = m_query->text().trimmed();
    const bool same = text == m_shownQuery;
    m_soughtObjects = view() == View::Objects;
    m_job = services().jobs->run<Found>(
        tr("Search"), this,
        [workspace = workspace(), query = text.toStdString(),
         order = Order{view(), std::max(0, m_sort->currentIndex()), m_descending->isChecked(), runAsked(text, m_run),
                       m_collapse->isChecked()}](std::stop_token stop, const Progress&) {
            return find(*workspace, query, order, stop);
        },
        [this, text, same](Result<Found> found) {
            if (!found) return showError(found.error());
            m_shownQuery = text;
            showFound(*found, same);
        },
        true);
}

void BrowseMode::showError(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    m_note->show(common::Tone::Warn, common::errorText(error));
}

void BrowseMode::showFound(const Found& found, bool sameQuery) {
    m_note->hide();
    showFacets(found);
    const auto shown = showHeads(found);
    if (sameQuery && m_pages->count() > 0 && m_pages->ids() == *shown)
        m_pages->invalidate();
    else
        m_pages->reset(workspace(), shown);
    m_objects->reset(workspace(), found.index, found.objects);
    m_total = found.all;
    m_grid->reload();
    m_list->setSort(data::Sort(std::max(0, m_sort->currentIndex())), m_descending->isChecked());
    m_list->reload();
    if (!m_grid->current().valid()) m_grid->setCurrent(0, false);
    m_count->setText((found.objects ? tr("%1 in ").arg(common::Counts::objects(std::int64_t(found.objects->size())))
                      : found.heads ? tr("%Ln tile(s) for ", nullptr, int(shown->size()))
                                    : QString()) +
                     tr("%1 of %2 images in %3 ms")
                         .arg(common::number(double(found.ids->size())), common::number(double(found.all)),
                              common::number(std::max(1.0, found.seconds * 1000))));
    showCentre();
    for (search::Page* page : m_beside) page->setSearch(workspace(), m_shownQuery);
    if (found.all == 0)
        m_empty->setTexts(tr("No images yet"), tr("Drop a folder on the window, or import one."));
    else
        m_empty->setTexts(tr("Nothing matches"), tr("Loosen the search, or untick a filter."));
    Q_EMIT placeChanged();
    Q_EMIT factsChanged();
}

void BrowseMode::showCentre() {
    const bool nothing = m_total == 0 || m_grid->count() == 0;
    m_centre->setCurrentWidget(page() ? static_cast<QWidget*>(page()) : nothing ? static_cast<QWidget*>(m_empty) : tiles());
}

/// A bar was chosen: its images in the grid. An empty text only widens the search.
void BrowseMode::showChosen(const QString& query) {
    m_query->setText(query);
    if (!query.isEmpty() && page()) setView(View::Images);
    search();
    if (!query.isEmpty()) tiles()->setFocus();
}

void BrowseMode::updateSelection() {
    const int chosen = int(m_grid->selectedCount());
    m_selected->setText(tr("%n selected", nullptr, chosen));
    m_do.update();
}

void BrowseMode::showCurrent() {
    const ImageId id = m_grid->current();
    m_do.update();
    const bool objects = view() == View::Objects;
    const auto& ids = m_pages->ids();
    const auto row =
        objects ? std::size_t(std::ranges::find(ids, id) - ids.begin()) : std::size_t(std::max(0, m_grid->currentRow()));
    const tiles::Tile* tile = id.valid() ? m_pages->at(row) : nullptr;
    if (tile || !id.valid()) m_inspector->show(workspace(), tile);
}

void BrowseMode::openInLabel(ImageId image) {
    if (image.valid())
        Q_EMIT goTo(QStringLiteral("label"),
                    {{QStringLiteral("image"), qlonglong(image.value)}, {QStringLiteral("query"), m_shownQuery}});
}

void BrowseMode::freeze() {
    if (!workspace()) return;
    services().jobs->run<data::SnapshotRow>(
        tr("Freeze snapshot"), this,
        [workspace = workspace(), query = m_shownQuery.toStdString(), user = services().user.toStdString()](
            std::stop_token, const Progress&) { return data::takeSnapshot(*workspace, {}, query, user); },
        [this](Result<data::SnapshotRow> snapshot) {
            if (!snapshot) return showError(snapshot.error());
            Q_EMIT toast(
                tr("Snapshot %1: %2").arg(QString::fromStdString(snapshot->name), common::Counts::images(snapshot->images)),
                tr("Train"), [this, digest = QString::fromStdString(snapshot->digest)] {
                    Q_EMIT goTo(QStringLiteral("train"), {{QStringLiteral("snapshot"), digest}});
                });
        });
}

void BrowseMode::exportLabels() {
    if (!workspace()) return;
    auto* sheet = new ExportSheet(window(), *services().jobs, workspace(), m_shownQuery);
    connect(sheet, &ExportSheet::accepted, this, &BrowseMode::exportTo);
    sheet->openInMiddle();
}

void BrowseMode::exportTo(const QString& folder, const data::ExportOptions& options) {
    services().jobs->run<formats::WriteReport>(
        tr("Export"), this,
        [workspace = workspace(), folder = folder.toStdString(), options](std::stop_token stop, const Progress& progress) {
            return data::exportTo(*workspace, folder, options, stop, progress);
        },
        [this, folder](Result<formats::WriteReport> report) {
            if (!report) return showError(report.error());
            m_note->show(common::Tone::Ok, tr("%1 and %2 are in %3.")
                                               .arg(common::Counts::images(std::int64_t(report->images)),
                                                    common::Counts::annotations(std::int64_t(report->annotations)), folder));
        });
}

}  // namespace lathe::widgets::browser
