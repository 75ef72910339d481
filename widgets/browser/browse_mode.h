// Browse: find images by filters and the search box, choose many, and send them on.
#pragma once
#include "core/data/query.h"
#include "widgets/browser/image_grid.h"
#include "widgets/browser/image_pages.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSlider;
class QStackedWidget;
class QTimer;

namespace lathe::widgets::common {
class EmptyState;
class Note;
}  // namespace lathe::widgets::common

namespace lathe::widgets::browser {

class FacetPanel;
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
    struct Found {
        std::shared_ptr<const std::vector<ImageId>> ids;
        data::Facets facets;
        QVector<int> brightness;
        std::vector<store::ClassRow> classes;
        std::size_t all = 0;
        double seconds = 0;
    };
    [[nodiscard]] static Result<Found> find(const store::Workspace& workspace, const std::string& query, data::Sort sort,
                                            bool descending, const std::stop_token& stop);
    void buildActions();
    void buildPage();
    QWidget* buildCentre();
    QWidget* buildToolBar();
    QWidget* buildQueryBar();
    QWidget* buildSelectionBar();
    void restore();
    void search();
    void showFound(const Found& found, bool sameQuery);
    void showError(const Error& error);
    void showFacets(const Found& found);
    void updateSelection();
    void showCurrent();
    void openInLabel(ImageId image);
    void setSplit(const QString& split);
    void chooseSplit();
    void freeze();
    void exportLabels();

    ImagePages* m_pages;
    common::Thumbnails* m_thumbnails;
    ImageGrid* m_grid;
    FacetPanel* m_facets;
    Inspector* m_inspector;
    QLineEdit* m_query;
    QLabel *m_count, *m_selected, *m_sortLabel, *m_sizeLabel, *m_overlayLabel;
    QComboBox* m_sort;
    QSlider *m_size, *m_overlay;
    QStackedWidget* m_centre;
    common::EmptyState* m_empty;
    common::Note* m_note;
    QWidget* m_selectionBar;
    QTimer* m_typing;
    common::ActionSet m_do;
    QAction *m_open, *m_selectAll, *m_clear, *m_focusQuery, *m_freeze, *m_export, *m_import, *m_descending, *m_splitMenu;
    QList<QAction*> m_splits;
    quint64 m_job = 0;
    QString m_shownQuery;
    std::size_t m_total = 0;
};

}  // namespace lathe::widgets::browser
