// The views of Browse: images, objects and the pages beside them; and another class for many objects.
#include <QComboBox>
#include <QMenu>
#include <QSettings>

#include "widgets/browser/browse_mode.h"
#include "widgets/browser/inspector.h"
#include "widgets/browser/search/page.h"
#include "widgets/browser/tiles/image_list.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser {

BrowseMode::View BrowseMode::view() const {
    return View(std::max(0, m_look->current()));
}

void BrowseMode::setTiles(const tiles::TileSettings& settings) {
    m_tileSettings = settings;
    m_grid->setTileWidth(settings.width);
    m_grid->setOverlayOpacity(settings.overlay / 100.0);
    m_images->setCaption(settings.caption);
}

void BrowseMode::chooseTiles() {
    auto* popup = new tiles::TilePopup(window(), m_tileSettings);
    connect(popup, &tiles::TilePopup::changed, this, [this](const tiles::TileSettings& settings) {
        setTiles(settings);
        settings.keep();
    });
    popup->openUnder(QRect(m_tileTools->mapTo(window(), QPoint(0, 0)), m_tileTools->size()));
}

search::Page* BrowseMode::page() const {
    return m_beside.value(int(view()) - int(View::Explore));
}

void BrowseMode::addPage(search::Page* page) {
    m_beside << page;
    m_centre->addWidget(page);
    connect(page, &search::Page::queryWanted, this, &BrowseMode::showChosen);
    connect(page, &search::Page::imageWanted, this, &BrowseMode::openInLabel);
    connect(page, &search::Page::goTo, this, &BrowseMode::goTo);
    connect(page, &search::Page::toast, this, &BrowseMode::toast);
    connect(page, &search::Page::done, this, &BrowseMode::did);
}

void BrowseMode::setView(View view) {
    m_look->setCurrent(int(view));
    const bool grid = !page();
    for (QWidget* ofGrid : {m_gridTools, m_selectionBar, static_cast<QWidget*>(m_inspector)}) ofGrid->setVisible(grid);
    tiles::GridItems* items = view == View::Objects ? static_cast<tiles::GridItems*>(m_objects) : m_images;
    if (items != &m_grid->items()) m_grid->setItems(*items);
    fillSorts();
    m_tileTools->setVisible(tiles() == m_grid);
    m_do.update();
    showCentre();
    if ((view == View::Objects) != m_soughtObjects) search();
}

QWidget* BrowseMode::tiles() const {
    return m_listed && view() == View::Images ? static_cast<QWidget*>(m_list) : m_grid;
}

void BrowseMode::setListed(bool listed) {
    m_listed = listed;
    QSettings().setValue(QStringLiteral("browse/list"), listed);
    m_listToggle->setIcon(common::icon(listed ? QStringLiteral("grid") : QStringLiteral("list")));
    m_tileTools->setVisible(tiles() == m_grid);
    showCentre();
    m_do.update();
    if (isVisible()) tiles()->setFocus();
}

void BrowseMode::fillSorts() {
    const QStringList ofImages{tr("import order"), tr("name"),          tr("date added"), tr("width"),
                               tr("height"),       tr("brightness"),    tr("contrast"),   tr("sharpness"),
                               tr("entropy"),      tr("colourfulness"), tr("objects")};
    const QStringList ofObjects{tr("image"), tr("area"), tr("confidence"), tr("class")};
    const QStringList& wanted = view() == View::Objects ? ofObjects : ofImages;
    const int chosen = m_sort->count() == wanted.size() ? std::max(0, m_sort->currentIndex()) : 0;
    m_sort->clear();
    m_sort->addItems(wanted);
    m_sort->setCurrentIndex(chosen);
}

void BrowseMode::chooseClass() {
    using Classes = std::vector<store::ClassRow>;
    services().jobs->run<Classes>(
        tr("Read the classes"), this, [workspace = workspace()](std::stop_token, const Progress&) { return workspace->classes(); },
        [this](const Result<Classes>& classes) {
            if (!classes) return showError(classes.error());
            auto* menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            for (const auto& row : *classes) {
                const QString name = QString::fromStdString(row.name);
                menu->addAction(name, this, [this, name] { relabel(name); });
            }
            menu->popup(m_selectionBar->mapToGlobal(QPoint(m_selectionBar->width() / 2, -menu->sizeHint().height())));
        },
        true);
}

void BrowseMode::relabel(const QString& className) {
    if (view() != View::Objects || m_grid->selectedCount() == 0) return;
    std::vector<data::ObjectRef> refs;
    for (const std::size_t row : m_grid->selectedRows()) refs.push_back(m_objects->refAt(row));
    const int count = int(refs.size());
    services().jobs->run<store::BatchResult>(
        tr("Change the class of %n object(s)", nullptr, count), this,
        [workspace = workspace(), index = m_objects->index(), refs = std::move(refs), name = className.toStdString(),
         user = services().user.toStdString()](std::stop_token stop, const Progress& progress) -> Result<store::BatchResult> {
            LATHE_TRY(const ClassId into, workspace->addClass(name));
            LATHE_TRY(const auto objects, tiles::ObjectItems::readObjects(*workspace, *index, refs));
            store::ObjectsByImage byImage;
            for (const auto& object : objects) byImage[object.image].push_back(object.annotation);
            return store::relabel(*workspace, byImage, into, user, stop, progress);
        },
        [this, className](const Result<store::BatchResult>& result) { relabelled(result, className); });
}

void BrowseMode::relabelled(const Result<store::BatchResult>& result, const QString& className) {
    if (!result) return showError(result.error());
    m_grid->clearSelection();
    search();
    did(tr("%n object(s) are %1 now", nullptr, int(result->annotations)).arg(className),
        [this, batch = result->batch] { undoBatch(batch); });
}

}  // namespace lathe::widgets::browser
