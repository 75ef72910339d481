// The comments of the open image: read, added, answered, settled; panels and pins show what is here.
#pragma once
#include <QObject>

#include "core/store/comments.h"
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

/// A comment and its replies.
struct CommentThread {
    store::Comment first;
    std::vector<store::Comment> replies;
    [[nodiscard]] const store::Comment& last() const { return replies.empty() ? first : replies.back(); }
};
[[nodiscard]] std::vector<CommentThread> threadsOf(const std::vector<store::Comment>& comments);

/// GUI thread; the store is asked by jobs.
class Comments : public QObject {
    Q_OBJECT
public:
    Comments(Document& document, common::Services& services, QObject* parent);
    [[nodiscard]] const std::vector<CommentThread>& threads() const { return m_threads; }
    [[nodiscard]] const CommentThread* find(store::CommentId id) const;
    [[nodiscard]] int openCount() const;
    /// Where the thread's pin is now: with its shape while that is there, else where it was put. nullopt: about the image.
    [[nodiscard]] std::optional<annot::Point> placeOf(const CommentThread& thread) const;

    /// Begins a thread (no parent) or answers one. `place`, `shape`: of a thread's first comment.
    void add(const QString& text, store::CommentId parent, std::optional<annot::Point> place, AnnotationId shape);
    void setResolved(store::CommentId id, bool resolved);
    void edit(store::CommentId id, const QString& text);
    void remove(store::CommentId id);
    void reload();
    [[nodiscard]] QString user() const { return m_services.user; }

Q_SIGNALS:
    void changed();
    void failed(const lathe::Error& error);

private:
    void write(const QString& title, std::function<Result<>(store::Workspace&)> work);
    Document& m_document;
    common::Services& m_services;
    std::vector<CommentThread> m_threads;
    quint64 m_reading = 0;
};

}  // namespace lathe::widgets::canvas
