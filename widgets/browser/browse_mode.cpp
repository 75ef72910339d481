#include "widgets/browser/browse_mode.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTimer>

#include "core/base/time.h"
#include "core/data/import.h"
#include "core/data/snapshot.h"
#include "widgets/browser/facet_panel.h"
#include "widgets/browser/inspector.h"
#include "widgets/browser/query_terms.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser {
namespace {

constexpr int kBrightnessBins = 32;

QVector<int> brightnessBins(const store::ColumnIndex& index, const std::vector<ImageId>& ids) {
    QVector<int> bins(kBrightnessBins, 0);
    for (const ImageId id : ids) {
        const std::int64_t rank = index.rankOf(id);
        if (rank < 0 || index.brightness()[std::size_t(rank)] < 0) continue;
        ++bins[std::clamp(int(index.brightness()[std::size_t(rank)] * kBrightnessBins / 256), 0, kBrightnessBins - 1)];
    }
    return bins;
}

}  // namespace

Result<BrowseMode::Found> BrowseMode::find(const store::Workspace& workspace, const std::string& query, data::Sort sort,
                                           bool descending, const std::stop_token& stop) {
    LATHE_TRY(const std::shared_ptr<const store::ColumnIndex> index, store::ColumnIndex::load(workspace, stop));
    const base::Stopwatch watch;
    LATHE_TRY(std::vector<ImageId> ids, data::runQuery(workspace, *index, query, sort, descending));
    Found found;
    found.seconds = watch.seconds();
    found.facets = data::facets(*index, ids);
    found.brightness = brightnessBins(*index, ids);
    found.all = index->imageCount();
    found.ids = std::make_shared<const std::vector<ImageId>>(std::move(ids));
    LATHE_TRY(found.classes, workspace.classes());
    return found;
}

void BrowseMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_thumbnails->setWorkspace(workspace);
    m_pages->reset(workspace, nullptr);
    m_grid->reload();
    m_total = 0;
    m_centre->setCurrentWidget(m_empty);
    m_shownQuery = QString();
    if (workspace) search();
}

void BrowseMode::refresh() {
    if (workspace()) search();
}

void BrowseMode::enter(const QVariantMap& args) {
    if (args.contains(QStringLiteral("query"))) {
        m_query->setText(args.value(QStringLiteral("query")).toString());
        search();
    }
    m_grid->setFocus();
}

QList<QAction*> BrowseMode::modeActions() const {
    return QList<QAction*>{m_focusQuery, m_open, m_selectAll, m_clear, m_splitMenu} + m_splits +
           QList<QAction*>{m_export, m_freeze};
}

QStringList BrowseMode::place() const {
    return {m_query->text().trimmed().isEmpty() ? tr("All images") : m_query->text().trimmed()};
}

QStringList BrowseMode::factsLeft() const {
    return {tr("%Ln image(s)", nullptr, int(m_total))};
}

void BrowseMode::search() {
    if (!workspace()) return;
    if (m_job) services().jobs->cancel(m_job);
    const QString text = m_query->text().trimmed();
    const bool same = text == m_shownQuery;
    m_job = services().jobs->run<Found>(
        tr("Search"), this,
        [workspace = workspace(), query = text.toStdString(), sort = data::Sort(std::max(0, m_sort->currentIndex())),
         descending = m_descending->isChecked()](std::stop_token stop, const Progress&) {
            return find(*workspace, query, sort, descending, stop);
        },
        [this, text, same](Result<Found> found) {
            if (!found) return showError(found.error());
            m_shownQuery = text;
            showFound(std::move(*found), same);
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
    if (sameQuery && m_pages->count() > 0 && m_pages->ids() == *found.ids)
        m_pages->invalidate();
    else
        m_pages->reset(workspace(), found.ids);
    m_total = found.all;
    m_grid->reload();
    if (!m_grid->current().valid()) m_grid->setCurrent(0, false);
    m_count->setText(tr("%1 of %2 images in %3 ms")
                         .arg(common::number(double(found.ids->size())), common::number(double(found.all)),
                              common::number(std::max(1.0, found.seconds * 1000))));
    const bool none = found.all == 0;
    m_centre->setCurrentWidget(none || found.ids->empty() ? static_cast<QWidget*>(m_empty) : m_grid);
    if (none)
        m_empty->setTexts(tr("No images yet"), tr("Drop a folder on the window, or import one."));
    else
        m_empty->setTexts(tr("Nothing matches"), tr("Loosen the search, or untick a filter."));
    Q_EMIT placeChanged();
    Q_EMIT factsChanged();
}

void BrowseMode::showFacets(const Found& found) {
    QHash<qint64, ClassLook> looks;
    QVector<FacetPanel::Value> classes, splits, states;
    for (std::size_t i = 0; i < found.classes.size(); ++i) {
        const store::ClassRow& row = found.classes[i];
        const QColor colour = row.colour.empty() ? common::Theme::classColour(int(i)) : QColor(QString::fromStdString(row.colour));
        const QString name = QString::fromStdString(row.name);
        looks.insert(row.id.value, {name, colour});
        std::int64_t count = 0;
        for (const auto& [id, images] : found.facets.imagesByClass)
            if (id == row.id) count = images;
        classes.append({name, term(QStringLiteral("class"), name), colour, count});
    }
    for (const auto& [name, count] : found.facets.bySplit)
        if (!name.empty())
            splits.append({QString::fromStdString(name), term(QStringLiteral("split"), QString::fromStdString(name)), {}, count});
    for (const auto& [name, count] : found.facets.byState)
        if (!name.empty())
            states.append({common::imageStateText(QString::fromStdString(name)),
                           term(QStringLiteral("state"), QString::fromStdString(name)),
                           {},
                           count});
    m_grid->setClasses(looks);
    m_inspector->setClasses(looks);
    m_facets->setValues(classes, splits, states);
    m_facets->setBrightness(found.brightness);
    m_facets->setQuery(m_query->text());
}

void BrowseMode::updateSelection() {
    const int chosen = int(m_grid->selectedCount());
    m_selected->setText(tr("%n selected", nullptr, chosen));
    m_do.update();
}

void BrowseMode::showCurrent() {
    const ImageId id = m_grid->current();
    m_do.update();
    const Tile* tile = id.valid() ? m_pages->at(std::size_t(m_grid->currentRow())) : nullptr;
    if (tile || !id.valid()) m_inspector->show(workspace(), tile);
}

void BrowseMode::openInLabel(ImageId image) {
    if (image.valid())
        Q_EMIT goTo(QStringLiteral("label"),
                    {{QStringLiteral("image"), qlonglong(image.value)}, {QStringLiteral("query"), m_shownQuery}});
}

void BrowseMode::setSplit(const QString& split) {
    const std::vector<ImageId> ids = m_grid->selected();
    if (ids.empty()) return;
    services().jobs->run<bool>(
        tr("Set the split of %n image(s)", nullptr, int(ids.size())), this,
        [workspace = workspace(), ids, split = split.toStdString()](std::stop_token, const Progress&) -> Result<bool> {
            LATHE_CHECK(workspace->setSplit(ids, split));
            return true;
        },
        [this](Result<bool> done) {
            if (!done) return showError(done.error());
            search();
        });
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
                tr("Snapshot %1: %2 images").arg(QString::fromStdString(snapshot->name), common::number(double(snapshot->images))),
                tr("Train"), [this, name = QString::fromStdString(snapshot->name)] {
                    Q_EMIT goTo(QStringLiteral("train"), {{QStringLiteral("snapshot"), name}});
                });
        });
}

void BrowseMode::exportLabels() {
    if (!workspace()) return;
    const QString folder = QFileDialog::getSaveFileName(this, tr("Export as COCO into a new folder"), QStringLiteral("export"));
    if (folder.isEmpty()) return;
    data::ExportOptions options;
    options.query = m_shownQuery.toStdString();
    services().jobs->run<formats::WriteReport>(
        tr("Export"), this,
        [workspace = workspace(), folder = folder.toStdString(), options](std::stop_token stop, const Progress& progress) {
            return data::exportTo(*workspace, folder, options, stop, progress);
        },
        [this, folder](Result<formats::WriteReport> report) {
            if (!report) return showError(report.error());
            m_note->show(common::Tone::Ok,
                         tr("%1 images and %2 annotations are in %3.")
                             .arg(common::number(double(report->images)), common::number(double(report->annotations)), folder));
        });
}

}  // namespace lathe::widgets::browser
