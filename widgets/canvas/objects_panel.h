// The shapes of the image as a list: filter, sort, hide, lock, drag to another place, isolate; selection goes both ways.
#pragma once
#include <QLineEdit>
#include <QToolButton>

#include "widgets/canvas/objects_list.h"
#include "widgets/common/action_set.h"
#include "widgets/common/parts.h"

class QMenu;

namespace lathe::widgets::canvas {

class View;

class ObjectsPanel : public QWidget {
    Q_OBJECT
public:
    /// `mode`: where its keys work.
    ObjectsPanel(Document& document, View& view, QWidget* mode, QWidget* parent = nullptr);
    [[nodiscard]] QWidget* headerTools() const { return m_tools; }  ///< filter and sort, for the header above
    [[nodiscard]] QString countText() const;                        ///< "17", "3 of 17"
    [[nodiscard]] QList<QAction*> actions() const { return m_do.all(); }
    [[nodiscard]] ObjectList& list() const { return *m_list; }
    [[nodiscard]] QLineEdit& field() const { return *m_field; }
    void retranslate();

Q_SIGNALS:
    void countChanged();
    void asked();  ///< an action wants the panel to be seen

private:
    void buildActions();
    void buildTools();
    void wire();
    void askForFilter();
    void applyFilter();
    void fillFilterMenu();
    void addTerms(const QString& title, const QString& term, const QStringList& values, const QStringList& words);
    void fillSortMenu();
    void setSort(ObjectSort sort);
    void isolate();
    void isolateListed();
    void isolateOnly(const std::vector<AnnotationId>& ids);
    void updateIsolation();
    void flagListed(annot::Flag flag, const char* on, const char* off);
    void move(int row);
    void showSelection();
    void takeSelection(const QItemSelection& selected, const QItemSelection& deselected);
    void toggle(AnnotationId id, std::uint32_t flag);
    void zoomTo(const QModelIndex& index);

    Document& m_document;
    View& m_view;
    ObjectModel* m_model;
    common::ActionSet m_do;
    ObjectList* m_list;
    QWidget *m_tools, *m_fieldBox;
    QLineEdit* m_field;
    QToolButton *m_filter, *m_sort;
    QMenu *m_filterMenu, *m_sortMenu;
    common::Note* m_note;
    bool m_syncing = false;
};

}  // namespace lathe::widgets::canvas
