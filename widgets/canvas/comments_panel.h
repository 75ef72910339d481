// The comments of the image as a list: open ones first; Enter opens the thread at its pin.
#pragma once
#include <QAbstractListModel>
#include <QListView>

#include "widgets/canvas/comment_pins.h"
#include "widgets/canvas/comment_popup.h"
#include "widgets/common/action_set.h"

namespace lathe::widgets::canvas {

class CommentModel : public QAbstractListModel {
    Q_OBJECT
public:
    CommentModel(const Comments& comments, QObject* parent);
    void setShowsResolved(bool on);
    [[nodiscard]] store::CommentId idAt(int row) const { return m_rows[std::size_t(row)]; }
    [[nodiscard]] int rowOf(store::CommentId id) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void refresh();
    const Comments& m_comments;
    std::vector<store::CommentId> m_rows;
    bool m_resolved = true;
};

class CommentsPanel : public QWidget {
    Q_OBJECT
public:
    /// `mode`: where its keys work and over which its popup lies.
    CommentsPanel(Document& document, View& view, common::Services& services, QWidget* mode, QWidget* parent = nullptr);
    [[nodiscard]] QWidget* headerTools() const { return m_tools; }
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QList<QAction*> actions() const { return m_do.all(); }
    [[nodiscard]] Comments& comments() const { return *m_comments; }
    [[nodiscard]] CommentPins& pins() const { return *m_pins; }
    [[nodiscard]] CommentPopup& popup() const { return *m_popup; }
    [[nodiscard]] QListView& list() const { return *m_list; }
    /// Asks for a comment at a place of the image, or on a shape there.
    void commentAt(annot::Point at, AnnotationId shape);
    void retranslate();

Q_SIGNALS:
    void asked();  ///< an action wants the panel to be seen
    void countChanged();

private:
    void buildActions();
    void wire();
    void commentSelected();
    void step(int by);
    void openThread(store::CommentId id);
    void showEmpty();
    Document& m_document;
    View& m_view;
    QWidget* m_mode;
    Comments* m_comments;
    CommentModel* m_model;
    common::ActionSet m_do;
    CommentPins* m_pins;
    CommentPopup* m_popup;
    QWidget* m_tools;
    QToolButton* m_resolvedToo;
    QListView* m_list;
    QLabel* m_none;
    common::Note* m_note;
};

}  // namespace lathe::widgets::canvas
