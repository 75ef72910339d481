// The pins of the comments on the canvas: small buttons above it, so that mouse, keys and the accessibility tree reach them.
#pragma once
#include <QToolButton>
#include <unordered_map>

#include "widgets/canvas/comments.h"

namespace lathe::widgets::canvas {

class View;

class CommentPin : public QToolButton {
    Q_OBJECT
public:
    CommentPin(store::CommentId id, QWidget* parent);
    [[nodiscard]] store::CommentId id() const { return m_id; }
    void show(const CommentThread& thread);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    store::CommentId m_id;
    int m_count = 1;
    bool m_resolved = false;
};

class CommentPins : public QObject {
    Q_OBJECT
public:
    CommentPins(Comments& comments, Document& document, View& view);
    void setShowsResolved(bool on);
    [[nodiscard]] bool showsResolved() const { return m_resolved; }
    [[nodiscard]] CommentPin* pin(store::CommentId id) const;

Q_SIGNALS:
    void opened(lathe::store::CommentId id, const QPoint& global);

private:
    void refresh();
    void place();
    Comments& m_comments;
    View& m_view;
    std::unordered_map<std::int64_t, CommentPin*> m_pins;
    bool m_resolved = false;
};

}  // namespace lathe::widgets::canvas
