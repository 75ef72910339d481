// Browse: find images by filters and the search box, choose many, and send them on.
#pragma once
#include "core/data/facets.h"
#include "core/data/groups.h"
#include "core/data/import.h"
#include "core/store/class_ops.h"
#include "core/store/views.h"
#include "widgets/browser/search/run_facet.h"
#include "widgets/browser/tiles/image_grid.h"
#include "widgets/browser/tiles/image_items.h"
#include "widgets/browser/tiles/object_items.h"
#include "widgets/browser/tiles/tile_settings.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace lathe::widgets::common {
class EmptyState;
class Note;
class QueryCompleter;
class Segments;
}  // namespace lathe::widgets::common

namespace lathe::widgets::browser::explore {
class ExplorePage;
}  // namespace lathe::widgets::browser::explore

namespace lathe::widgets::browser::search {
class FacetPanel;
class Page;
class SplitMover;
}  // namespace lathe::widgets::browser::search

namespace lathe::widgets::browser::tiles {
class ImageList;
}  // namespace lathe::widgets::browser::tiles

namespace lathe::widgets::browser {

class Inspector;

class BrowseMode : public common::Mode {
    Q_OBJECT
public:
    explicit BrowseMode(common::Services& services, QWidget* parent = nullptr);
    [[nodiscard]] QString id() const override { return QStringLiteral("browse"); }
    [[nodiscard]] QString title() const override { return tr("Browse"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("browse"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    void enter(const QVariantMap& args) override;
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override { return {m_export, m_freeze}; }
    [[nodiscard]] QStringList place() const override;
    [[nodiscard]] QStringList factsLeft() const override;

protected:
    void retranslate() override;

private:
    /// What the middle shows, in the order of the control above it; from Explore on the pages of m_beside.
    enum class View { Images, Objects, Explore, Duplicates, Versions };
    struct Found {
        std::shared_ptr<const std::vector<ImageId>> ids;
        std::shared_ptr<const data::GroupHeads> heads;  ///< with one tile a group; ids are all that were found
        data::Facets facets;
        std::shared_ptr<const store::ColumnIndex> index;
        std::shared_ptr<const std::vector<data::ObjectRef>> objects;  ///< of the view of objects
        std::vector<store::ClassRow> classes;
        std::vector<std::string> imageAttributes;  ///< of the label schema
        search::RunFacet run;
        std::size_t all = 0;
        double seconds = 0;
    };
    struct Order {
        View view = View::Images;
        int sort = 0;  ///< data::Sort or data::ObjectSort
        bool descending = false;
        std::string run{};       ///< whose right and wrong are counted
        bool collapsed = false;  ///< one tile a group
    };
    [[nodiscard]] static Result<Found> find(const store::Workspace& workspace, const std::string& query, const Order& order,
                                            const std::stop_token& stop);
    void buildActions();
    void buildPage();
    QWidget* buildCentre();
    QWidget* buildToolBar();
    QWidget* buildQueryBar();
    QWidget* buildSelectionBar();
    void addPage(search::Page* page);
    void restore();
    [[nodiscard]] View view() const;
    void setView(View view);
    void setListed(bool listed);
    [[nodiscard]] QWidget* tiles() const;  ///< the grid, or the list instead of it
    void showTileMenu(const QPoint& pos);
    void setTiles(const tiles::TileSettings& settings);
    void chooseTiles();
    [[nodiscard]] search::Page* page() const;  ///< that is shown instead of the grid, or nullptr
    void fillSorts();
    void chooseClass();
    void relabel(const QString& className);
    void relabelled(const Result<store::BatchResult>& result, const QString& className);
    void did(const QString& words, std::function<void()> undo);
    void undoDeed(quint64 id);
    void undoLast();
    void undoBatch(store::BatchId batch);
    void showCentre();
    void showChosen(const QString& query);
    void search();
    void showFound(const Found& found, bool sameQuery);
    void showError(const Error& error);
    void connectFacets();
    void showFacets(const Found& found);
    void showClasses(const Found& found);
    void showGroups(const Found& found);
    void showRuns(const Found& found);
    void completeWords(const Found& found);
    void setGroupRule(const QString& rule);
    [[nodiscard]] std::shared_ptr<const std::vector<ImageId>> showHeads(const Found& found);  ///< what gets a tile
    [[nodiscard]] std::vector<ImageId> chosenImages() const;  ///< with the rest of their groups where one stands for all
    void askGroupText(const QString& kind);
    void updateSelection();
    void showCurrent();
    void openInLabel(ImageId image);
    void chooseSplit();
    void chooseTag(bool on);
    void setTag(const std::vector<ImageId>& ids, const QString& tag, bool on, const std::function<void()>& told = {});
    void showViews();
    void fillViews(const std::vector<store::SavedView>& views);
    void saveView(const QString& name);
    void removeView(const QString& name);
    void freeze();
    void exportLabels();
    void exportTo(const QString& folder, const data::ExportOptions& options);

    tiles::ImagePages* m_pages;
    common::Thumbnails* m_thumbnails;
    tiles::ImageItems* m_images;
    tiles::ObjectItems* m_objects;
    tiles::ImageGrid* m_grid;
    tiles::ImageList* m_list;
    bool m_listed = false;  ///< images are shown as a list
    search::FacetPanel* m_facets;
    Inspector* m_inspector;
    QLineEdit* m_query;
    common::QueryCompleter* m_completer;
    QToolButton* m_views;
    QLabel *m_count, *m_selected, *m_sortLabel;
    QComboBox* m_sort;
    tiles::TileSettings m_tileSettings;
    QStackedWidget* m_centre;
    explore::ExplorePage* m_explore;
    QList<search::Page*> m_beside;
    common::Segments* m_look;
    QWidget *m_gridTools, *m_tileTools;
    QAction *m_showGrid, *m_showObjects, *m_showExplore, *m_tiles, *m_showDuplicates, *m_showVersions, *m_report, *m_relabel,
        *m_listToggle, *m_columns;
    common::EmptyState* m_empty;
    common::Note* m_note;
    QWidget* m_selectionBar;
    QTimer* m_typing;
    common::ActionSet m_do;
    QAction *m_open, *m_selectAll, *m_clear, *m_focusQuery, *m_freeze, *m_export, *m_import, *m_descending, *m_splitMenu, *m_tag,
        *m_untag, *m_viewsMenu;
    QAction* m_undo;
    QList<QAction*> m_splits;
    search::SplitMover* m_mover;
    struct Deed {
        quint64 id;
        std::function<void()> undo;
    };
    std::vector<Deed> m_deeds;  ///< of this session, the latest last
    quint64 m_lastDeed = 0;
    quint64 m_job = 0;
    QString m_shownQuery, m_run;                          ///< m_run: chosen in the filters, an id
    std::shared_ptr<const std::vector<ImageId>> m_found;  ///< all that were found, with one tile a group
    std::shared_ptr<const store::ColumnIndex> m_foundIn;
    QAction* m_collapse;
    bool m_hasGroups = false;
    QStringList m_runIds;                                 ///< as they are listed there
    std::weak_ptr<const store::ColumnIndex> m_completed;  ///< whose words the search box knows
    std::size_t m_total = 0;
    bool m_soughtObjects = false;  ///< by the last search
};

}  // namespace lathe::widgets::browser
