// How Browse is built and worded; what it does is in browse_mode.cpp.
#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "widgets/browser/browse_mode.h"
#include "widgets/browser/duplicates/duplicates_page.h"
#include "widgets/browser/explore/explore_page.h"
#include "widgets/browser/inspector.h"
#include "widgets/browser/search/facet_panel.h"
#include "widgets/browser/search/query_terms.h"
#include "widgets/browser/search/split_mover.h"
#include "widgets/browser/tiles/grid_accessible.h"
#include "widgets/browser/tiles/image_list.h"
#include "widgets/browser/versions/versions_page.h"
#include "widgets/common/icons.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/query_completer.h"

namespace lathe::widgets::browser {

using common::ActionButton;
using common::ButtonKind;
using common::Token;
using common::Type;

BrowseMode::BrowseMode(common::Services& services, QWidget* parent)
    : Mode(services, parent), m_do("browse", staticMetaObject.className(), this) {
    tiles::installGridAccessibility();
    m_pages = new tiles::ImagePages(*services.jobs, this);
    m_thumbnails = new common::Thumbnails(this);
    m_typing = new QTimer(this);
    m_typing->setSingleShot(true);
    m_typing->setInterval(150);
    connect(m_typing, &QTimer::timeout, this, &BrowseMode::search);
    buildActions();
    buildPage();
    restore();
    retranslate();
    updateSelection();
}

void BrowseMode::buildActions() {
    const auto shown = [this] { return !page(); };  // what is chosen out of sight isn't meant
    const auto some = [this, shown] { return shown() && m_grid->selectedCount() > 0; };
    m_focusQuery = m_do.add({"search", QT_TR_NOOP("Search images"), "search", "/"}, [this] {
        m_query->setFocus();
        m_query->selectAll();
    });
    m_showGrid = m_do.add({"grid", QT_TR_NOOP("Show the images"), "grid", "G"}, [this] {
        setView(View::Images);
        tiles()->setFocus();
    });
    m_showObjects = m_do.add({"objects", QT_TR_NOOP("Show the objects"), "objects", "O"}, [this] {
        setView(View::Objects);
        tiles()->setFocus();
    });
    m_listToggle = m_do.add(
        {"list", QT_TR_NOOP("List or grid"), "list", "L"}, [this] { setListed(!m_listed); },
        [this] { return view() == View::Images; });
    m_columns = m_do.add(
        {"list-columns", QT_TR_NOOP("Columns of the list"), "table", ""},
        [this] { m_list->columnsMenu()->popup(m_list->mapToGlobal(QPoint(12, 24))); }, [this] { return tiles() == m_list; });
    m_tiles = m_do.add(
        {"tiles", QT_TR_NOOP("How the tiles look"), "sliders", "Shift+G"}, [this] { chooseTiles(); },
        [this] { return !page() && tiles() != m_list; });
    m_showExplore = m_do.add({"explore", QT_TR_NOOP("Explore the images"), "bars", "E"}, [this] { setView(View::Explore); });
    m_showDuplicates = m_do.add({"duplicates", QT_TR_NOOP("Find duplicates"), "copy", "D"}, [this] { setView(View::Duplicates); });
    m_showVersions = m_do.add({"versions", QT_TR_NOOP("Versions"), "layers", "H"}, [this] { setView(View::Versions); });
    m_relabel = m_do.add(
        {"relabel", QT_TR_NOOP("Change class"), "label", "C"}, [this] { chooseClass(); },
        [this, some] { return view() == View::Objects && some(); });
    m_report =
        m_do.add({"report", QT_TR_NOOP("Save the exploration as a report…"), "doc", ""}, [this] { m_explore->saveReport(); });
    m_open = m_do.add(
        {"open", QT_TR_NOOP("Open in Label"), "label", ""}, [this] { openInLabel(m_grid->current()); },
        [this, shown] { return shown() && m_grid->current().valid(); });
    m_selectAll = m_do.add(
        {"select-all", QT_TR_NOOP("Select all"), "check", "Ctrl+A"}, [this] { m_grid->selectAll(); }, shown);
    m_clear = m_do.add(
        {"clear", QT_TR_NOOP("Select none"), "x", "Ctrl+Shift+A"}, [this] { m_grid->clearSelection(); }, some);
    m_splitMenu = m_do.add(
        {"split", QT_TR_NOOP("Split"), "branch", "S"}, [this] { chooseSplit(); }, some);
    m_tag = m_do.add(
        {"tag", QT_TR_NOOP("Tag"), "tag", "T"}, [this] { chooseTag(true); }, some);
    m_untag = m_do.add(
        {"untag", QT_TR_NOOP("Take a tag off"), "tag", "Shift+T"}, [this] { chooseTag(false); }, some);
    m_undo = m_do.add(
        {"undo", QT_TR_NOOP("Undo"), "undo", "Ctrl+Z"}, [this] { undoLast(); }, [this] { return workspace() != nullptr; });
    m_viewsMenu = m_do.add({"views", QT_TR_NOOP("Saved views"), "star", "V"}, [this] { showViews(); });
    const auto split = [&](const char* id, const char* words, const char* name) {
        m_splits << m_do.add(
            {id, words, "branch", ""}, [this, name] { m_mover->move(workspace(), chosenImages(), QString::fromLatin1(name)); },
            some);
    };
    split("split-train", QT_TR_NOOP("Split: train"), "train");
    split("split-val", QT_TR_NOOP("Split: val"), "val");
    split("split-test", QT_TR_NOOP("Split: test"), "test");
    split("split-none", QT_TR_NOOP("No split"), "");
    m_collapse = m_do.add(
        {"collapse", QT_TR_NOOP("One tile a group"), "layers", "P"}, [this] { search(); }, [this] { return m_hasGroups; });
    m_collapse->setCheckable(true);
    m_export = m_do.add({"export", QT_TR_NOOP("Export"), "upload", "Ctrl+E"}, [this] { exportLabels(); });
    m_freeze = m_do.add({"freeze", QT_TR_NOOP("Freeze snapshot"), "layers", "Ctrl+Shift+S"}, [this] { freeze(); });
    m_descending = m_do.add({"descending", QT_TR_NOOP("Largest first"), "sort", ""}, [this] { search(); });
    m_descending->setCheckable(true);
    m_import = m_do.add({"import", QT_TR_NOOP("Import folder"), "download", ""}, [this] {
        Q_EMIT goTo(QStringLiteral("workspace"), {{QStringLiteral("do"), QStringLiteral("import")}});
    });
}

void BrowseMode::chooseSplit() {
    QMenu menu(this);
    menu.addActions(m_splits);
    menu.exec(m_selectionBar->mapToGlobal(QPoint(m_selectionBar->width() / 2, -menu.sizeHint().height())));
}

void BrowseMode::buildPage() {
    m_facets = new search::FacetPanel(this);
    m_inspector = new Inspector(*services().jobs, this);
    auto* splitter = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Browse"); }, this);
    splitter->addWidget(m_facets);
    splitter->addWidget(buildCentre());
    splitter->addWidget(m_inspector);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({260, 900, 328});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connectFacets();
    connect(m_grid, &tiles::ImageGrid::selectionChanged, this, &BrowseMode::updateSelection);
    connect(m_grid, &tiles::ImageGrid::currentChanged, this, &BrowseMode::showCurrent);
    connect(m_grid, &tiles::ImageGrid::opened, this, &BrowseMode::openInLabel);
    connect(m_pages, &tiles::ImagePages::arrived, this, &BrowseMode::showCurrent);
    connect(m_grid, &tiles::ImageGrid::menuRequested, this, &BrowseMode::showTileMenu);
    connect(m_list, &tiles::ImageList::menuRequested, this, &BrowseMode::showTileMenu);
    connect(m_list, &tiles::ImageList::opened, this, &BrowseMode::openInLabel);
    connect(m_list, &tiles::ImageList::sortWanted, this, [this](data::Sort sort, bool descending) {
        m_sort->setCurrentIndex(int(sort));
        m_descending->setChecked(descending);
        search();
    });
}

void BrowseMode::showTileMenu(const QPoint& pos) {
    QMenu menu(this);
    menu.addActions({m_open, m_selectAll, m_clear});
    menu.addActions({m_relabel, m_tag, m_untag});
    menu.addSeparator();
    menu.addActions(m_splits);
    menu.exec(pos);
}

QWidget* BrowseMode::buildCentre() {
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    m_note = new common::Note(column);
    m_note->hide();
    m_mover = new search::SplitMover(services(), column);
    connect(m_mover, &search::SplitMover::failed, this, &BrowseMode::showError);
    connect(m_mover, &search::SplitMover::moved, this, [this](const QString& words, store::BatchId batch) {
        search();
        did(words, [this, batch] { undoBatch(batch); });
    });
    m_images = new tiles::ImageItems(*m_pages, *m_thumbnails, this);
    m_objects = new tiles::ObjectItems(*services().jobs, this);
    m_grid = new tiles::ImageGrid(*m_images, column);
    m_list = new tiles::ImageList(*m_images, m_grid->chosen(), column);
    m_empty = new common::EmptyState(QStringLiteral("image"), column);
    m_empty->setActions(m_import);
    m_centre = new QStackedWidget(column);
    m_centre->addWidget(m_grid);
    m_centre->addWidget(m_list);
    m_centre->addWidget(m_empty);
    m_explore = new explore::ExplorePage(*services().jobs, m_import, column);
    addPage(m_explore);
    addPage(new duplicates::DuplicatesPage(services(), m_import, column));
    addPage(new versions::VersionsPage(services(), m_import, m_freeze, column));
    layout->addWidget(buildToolBar());
    layout->addWidget(buildQueryBar());
    layout->addWidget(m_note);
    layout->addWidget(m_mover->note());
    layout->addWidget(m_centre, 1);
    layout->addWidget(buildSelectionBar());
    return column;
}

QWidget* BrowseMode::buildToolBar() {
    auto* bar = new common::Panel({}, this);
    m_look = new common::Segments({}, bar);
    connect(m_look, &common::Segments::changed, this, [this](int look) { setView(View(look)); });
    m_gridTools = new QWidget(bar);
    auto* whole = new QHBoxLayout;
    whole->setContentsMargins(12, 4, 12, 4);
    whole->addWidget(m_look);
    whole->addStretch();
    whole->addWidget(m_gridTools);
    bar->body()->addLayout(whole);
    m_sort = new QComboBox(bar);
    m_sortLabel = common::makeLabel({}, Type::Control, Token::T2, bar);
    m_sortLabel->setBuddy(m_sort);
    auto* row = new QHBoxLayout(m_gridTools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(common::makeIconButton(m_listToggle, QStringLiteral("list"), bar));
    row->addSpacing(4);
    row->addWidget(m_sortLabel);
    row->addWidget(m_sort);
    row->addWidget(common::makeIconButton(m_descending, QStringLiteral("sort"), bar));
    row->addSpacing(4);
    m_tileTools = common::makeIconButton(m_tiles, QStringLiteral("sliders"), bar);
    row->addWidget(m_tileTools);
    connect(m_sort, &QComboBox::activated, this, &BrowseMode::search);
    return bar;
}

QWidget* BrowseMode::buildQueryBar() {
    auto* bar = new common::Panel({}, this);
    m_query = new QLineEdit(bar);
    m_query->setClearButtonEnabled(true);
    m_query->addAction(common::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    for (auto* button : m_query->findChildren<QToolButton*>()) common::keepNamed(button, [] { return tr("Search field button"); });
    m_completer = new common::QueryCompleter(m_query);
    m_query->setCompleter(m_completer);
    m_count = common::makeLabel({}, Type::Table, Token::T3, bar);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(12);
    m_views = common::makeIconButton(m_viewsMenu, QStringLiteral("star"), bar);
    row->addWidget(m_query, 1);
    row->addWidget(m_views);
    row->addWidget(m_count);
    bar->body()->addLayout(row);
    connect(m_query, &QLineEdit::textEdited, m_typing, qOverload<>(&QTimer::start));
    connect(m_query, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!text.isEmpty()) return;
        m_completer->popup()->hide();
        m_typing->start();
    });
    connect(m_query, &QLineEdit::returnPressed, this, [this] {
        m_completer->popup()->hide();
        search();
        tiles()->setFocus();
    });
    return bar;
}

QWidget* BrowseMode::buildSelectionBar() {
    m_selectionBar = new common::Panel({}, this);
    m_selected = common::makeLabel({}, Type::Control, Token::T1, m_selectionBar);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_selected);
    row->addStretch();
    row->addWidget(new ActionButton(m_clear, ButtonKind::Quiet, m_selectionBar));
    row->addWidget(new ActionButton(m_relabel, ButtonKind::Quiet, m_selectionBar));
    row->addWidget(new ActionButton(m_tag, ButtonKind::Quiet, m_selectionBar));
    row->addWidget(new ActionButton(m_splitMenu, ButtonKind::Quiet, m_selectionBar));
    row->addWidget(new ActionButton(m_open, ButtonKind::Normal, m_selectionBar));
    static_cast<common::Panel*>(m_selectionBar)->body()->addLayout(row);
    return m_selectionBar;
}

void BrowseMode::restore() {
    const QSettings settings;
    setTiles(tiles::TileSettings::kept());
    setListed(settings.value(QStringLiteral("browse/list"), false).toBool());
}

void BrowseMode::retranslate() {
    m_do.retranslate();
    m_sortLabel->setText(tr("Sorted by"));
    m_look->setAccessibleName(tr("How to look at the images"));
    m_look->setItems({tr("Images"), tr("Objects"), tr("Explore"), tr("Duplicates"), tr("Versions")});
    for (search::Page* page : m_beside) page->retranslate();
    m_query->setAccessibleName(tr("Search images"));
    m_query->setPlaceholderText(tr("class:WBC split:test count(RBC)>20, or words of file names"));
    fillSorts();
    m_facets->retranslate();
    m_list->retranslate();
    m_inspector->retranslate();
    m_empty->setTexts(tr("No images yet"), tr("Drop a folder on the window, or import one."));
    updateSelection();
    if (!workspace()) return;
    search();  // what was found, in the words of the language
    showCurrent();
}

}  // namespace lathe::widgets::browser
