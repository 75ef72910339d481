// Browse: find images by filters and the search box, choose many, and send them on.
#pragma once
#include "core/data/facets.h"
#include "core/data/import.h"
#include "core/store/class_ops.h"
#include "core/store/views.h"
#include "widgets/browser/image_grid.h"
#include "widgets/browser/image_items.h"
#include "widgets/browser/object_items.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSlider;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace lathe::widgets::common {
class EmptyState;
class Note;
class Segments;
}  // namespace lathe::widgets::common

namespace lathe::widgets::browser {

class ExplorePage;
class FacetPanel;
class Inspector;
class QueryCompleter;

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
    /// What the middle shows, in the order of the control above it.
    enum class View { Images, Objects, Explore };
    struct Found {
        std::shared_ptr<const std::vector<ImageId>> ids;
        data::Facets facets;
        std::shared_ptr<const store::ColumnIndex> index;
        std::shared_ptr<const std::vector<data::ObjectRef>> objects;  ///< of the view of objects
        std::vector<store::ClassRow> classes;
        std::size_t all = 0;
        double seconds = 0;
    };
    struct Order {
        View view = View::Images;
        int sort = 0;  ///< data::Sort or data::ObjectSort
        bool descending = false;
    };
    [[nodiscard]] static Result<Found> find(const store::Workspace& workspace, const std::string& query, const Order& order,
                                            const std::stop_token& stop);
    void buildActions();
    void buildPage();
    QWidget* buildCentre();
    QWidget* buildToolBar();
    QWidget* buildQueryBar();
    QWidget* buildSelectionBar();
    void restore();
    [[nodiscard]] View view() const;
    void setView(View view);
    void fillSorts();
    void chooseClass();
    void relabel(const QString& className);
    void relabelled(const Result<store::BatchResult>& result, const QString& className);
    void undoRelabel(store::BatchId batch);
    void showCentre();
    void showChosen(const QString& query);
    void search();
    void showFound(const Found& found, bool sameQuery);
    void showError(const Error& error);
    void showFacets(const Found& found);
    void updateSelection();
    void showCurrent();
    void openInLabel(ImageId image);
    void setSplit(const QString& split);
    void chooseSplit();
    void chooseTag(bool on);
    void setTag(const std::vector<ImageId>& ids, const QString& tag, bool on);
    void showViews();
    void fillViews(const std::vector<store::SavedView>& views);
    void saveView(const QString& name);
    void removeView(const QString& name);
    void freeze();
    void exportLabels();
    void exportTo(const QString& folder, const data::ExportOptions& options);

    ImagePages* m_pages;
    common::Thumbnails* m_thumbnails;
    ImageItems* m_images;
    ObjectItems* m_objects;
    ImageGrid* m_grid;
    FacetPanel* m_facets;
    Inspector* m_inspector;
    QLineEdit* m_query;
    QueryCompleter* m_completer;
    QToolButton* m_views;
    QLabel *m_count, *m_selected, *m_sortLabel, *m_sizeLabel, *m_overlayLabel;
    QComboBox* m_sort;
    QSlider *m_size, *m_overlay;
    QStackedWidget* m_centre;
    ExplorePage* m_explore;
    common::Segments* m_look;
    QWidget* m_gridTools;
    QAction *m_showGrid, *m_showObjects, *m_showExplore, *m_report, *m_relabel;
    common::EmptyState* m_empty;
    common::Note* m_note;
    QWidget* m_selectionBar;
    QTimer* m_typing;
    common::ActionSet m_do;
    QAction *m_open, *m_selectAll, *m_clear, *m_focusQuery, *m_freeze, *m_export, *m_import, *m_descending, *m_splitMenu, *m_tag,
        *m_untag, *m_viewsMenu;
    QList<QAction*> m_splits;
    quint64 m_job = 0;
    QString m_shownQuery;
    std::size_t m_total = 0;
};

}  // namespace lathe::widgets::browser
