// One thread beside its pin: what was said, an answer, resolved; or the field for a new comment.
#pragma once
#include <QPlainTextEdit>

#include "widgets/canvas/comments.h"
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

class QScrollArea;

namespace lathe::widgets::canvas {

class CommentPopup : public common::Overlay {
    Q_OBJECT
public:
    CommentPopup(Comments& comments, QWidget* mode);
    /// `at`: the pin, in the mode's pixels.
    void openNew(const QPoint& at, std::optional<annot::Point> place, AnnotationId shape);
    void openThread(const QPoint& at, store::CommentId id);
    [[nodiscard]] QPlainTextEdit& field() const { return *m_field; }
    [[nodiscard]] store::CommentId thread() const { return m_thread; }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void fill();
    void addLine(const store::Comment& comment);
    void place();
    void send();
    void toggleResolved();
    void removeThread();
    Comments& m_comments;
    QPoint m_at;
    store::CommentId m_thread;
    std::optional<annot::Point> m_place;
    AnnotationId m_shape;
    QScrollArea* m_area;
    QWidget* m_lines = nullptr;
    QPlainTextEdit* m_field;
    QLabel* m_title;
    common::ActionButton *m_send, *m_resolve;
    QToolButton* m_remove;
};

}  // namespace lathe::widgets::canvas
