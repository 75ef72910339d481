#include "widgets/canvas/comments.h"

namespace lathe::widgets::canvas {

std::vector<CommentThread> threadsOf(const std::vector<store::Comment>& comments) {
    std::vector<CommentThread> threads;
    for (const auto& comment : comments) {
        if (!comment.parent.valid())
            threads.push_back({comment, {}});
        else if (!threads.empty() && threads.back().first.id == comment.parent)
            threads.back().replies.push_back(comment);
    }
    return threads;
}

Comments::Comments(Document& document, common::Services& services, QObject* parent)
    : QObject(parent), m_document(document), m_services(services) {
    connect(&document, &Document::opened, this, [this] {
        m_threads.clear();
        Q_EMIT changed();
        reload();
    });
}

const CommentThread* Comments::find(store::CommentId id) const {
    const auto found = std::find_if(m_threads.begin(), m_threads.end(), [&](const auto& t) { return t.first.id == id; });
    return found == m_threads.end() ? nullptr : &*found;
}

int Comments::openCount() const {
    return int(std::count_if(m_threads.begin(), m_threads.end(), [](const auto& t) { return !t.first.resolved; }));
}

std::optional<annot::Point> Comments::placeOf(const CommentThread& thread) const {
    if (const auto* shape = m_document.find(thread.first.annotation); shape && shape->shape.index() != 0) {
        const annot::Rect r = annot::bounds(shape->shape);
        return annot::Point{r.x + r.w, r.y};
    }
    return thread.first.place;
}

void Comments::reload() {
    if (!m_document.isOpen()) return;
    const ImageId image = m_document.image().id;
    if (m_reading) m_services.jobs->drop(m_reading);
    m_reading = m_services.jobs->run<std::vector<store::Comment>>(
        tr("Read comments"), this,
        [workspace = m_document.source().workspace, image](std::stop_token, const Progress&) {
            return store::comments(*workspace, image);
        },
        [this, image](Result<std::vector<store::Comment>> read) {
            m_reading = 0;
            if (m_document.image().id != image) return;
            if (!read) {
                if (read.error().code != ErrorCode::Cancelled) Q_EMIT failed(read.error());
                return;
            }
            m_threads = threadsOf(*read);
            Q_EMIT changed();
        },
        true);
}

void Comments::write(const QString& title, std::function<Result<>(store::Workspace&)> work) {
    m_services.jobs->write<bool>(
        title, this,
        [workspace = m_document.source().workspace, work = std::move(work)]() -> Result<bool> {
            LATHE_CHECK(work(*workspace));
            return true;
        },
        [this](Result<bool> done) {
            if (!done) Q_EMIT failed(done.error());
            reload();
        });
}

void Comments::add(const QString& text, store::CommentId parent, std::optional<annot::Point> place, AnnotationId shape) {
    store::Comment comment;
    comment.image = m_document.image().id;
    comment.parent = parent;
    comment.place = place;
    comment.annotation = shape;
    comment.author = m_services.user.toStdString();
    comment.text = text.toStdString();
    write(tr("Add comment"), [comment](store::Workspace& workspace) -> Result<> {
        LATHE_CHECK(store::addComment(workspace, comment));
        return {};
    });
}

void Comments::setResolved(store::CommentId id, bool resolved) {
    write(tr("Settle comment"), [id, resolved, who = m_services.user.toStdString()](store::Workspace& workspace) {
        return store::setResolved(workspace, id, resolved, who);
    });
}

void Comments::edit(store::CommentId id, const QString& text) {
    write(tr("Change comment"),
          [id, text = text.toStdString()](store::Workspace& workspace) { return store::editComment(workspace, id, text); });
}

void Comments::remove(store::CommentId id) {
    write(tr("Remove comment"), [id](store::Workspace& workspace) { return store::removeComment(workspace, id); });
}

}  // namespace lathe::widgets::canvas
