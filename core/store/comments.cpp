#include "core/store/comments.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/time.h"
#include "core/store/sql.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

constexpr std::string_view kColumns =
    "id, image_id, thread, placed, x, y, annotation, author, at, edited, body, resolved, resolved_by";

/// Buffers of one row in the order of kColumns.
struct Buffers {
    long long id = 0, image = 0, thread = 0, annotation = 0;
    int placed = 0, resolved = 0;
    double x = 0, y = 0, at = 0, edited = 0;
    std::string author, body, resolvedBy;

    [[nodiscard]] Comment comment() const {
        Comment c;
        c.id = CommentId(id), c.image = ImageId(image), c.parent = CommentId(thread == id ? 0 : thread);
        if (placed) c.place = annot::Point{x, y};
        c.annotation = AnnotationId(annotation);
        c.author = author, c.at = at, c.edited = edited, c.text = body, c.resolved = resolved != 0, c.resolvedBy = resolvedBy;
        return c;
    }
    void set(const Comment& c) {
        id = c.id.value, image = c.image.value, thread = c.parent.valid() ? c.parent.value : c.id.value;
        placed = c.place ? 1 : 0, x = c.place ? c.place->x : 0, y = c.place ? c.place->y : 0;
        annotation = c.annotation.value, author = c.author, at = c.at, edited = c.edited, body = c.text;
        resolved = c.resolved ? 1 : 0, resolvedBy = c.resolvedBy;
    }
};

std::vector<Comment> select(soci::session& sql, const std::string& rest) {
    std::vector<Comment> all;
    Buffers b;
    soci::statement rows = (sql.prepare << fmt::format("SELECT {} FROM comment {}", kColumns, rest), soci::into(b.id),
                            soci::into(b.image), soci::into(b.thread), soci::into(b.placed), soci::into(b.x), soci::into(b.y),
                            soci::into(b.annotation), soci::into(b.author), soci::into(b.at), soci::into(b.edited),
                            soci::into(b.body), soci::into(b.resolved), soci::into(b.resolvedBy));
    for (rows.execute(); rows.fetch();) all.push_back(b.comment());
    return all;
}

void insert(soci::session& sql, const Comment& comment) {
    Buffers b;
    b.set(comment);
    sql << fmt::format("INSERT INTO comment ({}) VALUES (:a,:b,:c,:d,:e,:f,:g,:h,:i,:j,:k,:l,:m)", kColumns), soci::use(b.id),
        soci::use(b.image), soci::use(b.thread), soci::use(b.placed), soci::use(b.x), soci::use(b.y), soci::use(b.annotation),
        soci::use(b.author), soci::use(b.at), soci::use(b.edited), soci::use(b.body), soci::use(b.resolved),
        soci::use(b.resolvedBy);
}

Result<Comment> find(soci::session& sql, CommentId id) {
    const auto found = select(sql, fmt::format("WHERE id = {}", id.value));
    if (found.empty()) return fail(ErrorCode::NotFound, "the comment is gone: someone has removed it");
    return found.front();
}

long long threadOf(const Comment& comment) {
    return comment.parent.valid() ? comment.parent.value : comment.id.value;
}

void markThread(soci::session& sql, long long thread, bool resolved, const std::string& who) {
    const int flag = resolved ? 1 : 0;
    const std::string by = resolved ? who : std::string();
    sql << "UPDATE comment SET resolved = :r, resolved_by = :w WHERE id = :t", soci::use(flag), soci::use(by), soci::use(thread);
}

Result<> join(soci::session& sql, Comment& comment) {
    LATHE_TRY(const Comment parent, find(sql, comment.parent));
    if (parent.image != comment.image) return fail(ErrorCode::InvalidArgument, "a reply belongs to the image of its thread");
    comment.parent = CommentId(threadOf(parent));
    LATHE_TRY(const Comment first, find(sql, comment.parent));
    comment.place = first.place, comment.annotation = first.annotation;
    markThread(sql, comment.parent.value, false, {});
    return {};
}

bool hasWords(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") != std::string::npos;
}

Result<> checkText(const std::string& text) {
    if (hasWords(text)) return {};
    return fail(ErrorCode::InvalidArgument, "a comment needs words");
}

Result<> checkImage(soci::session& sql, ImageId image) {
    if (oneNumber(sql, fmt::format("SELECT count(*) FROM image WHERE id = {}", image.value)) > 0) return {};
    return fail(ErrorCode::NotFound, "there is no such image in the workspace", fmt::format("image {}", image.value));
}

/// A condition on a thread's first comment, or empty.
std::string condition(CommentFilter filter) {
    if (filter == CommentFilter::All) return {};
    return fmt::format("resolved = {}", filter == CommentFilter::Resolved ? 1 : 0);
}

Result<std::vector<Comment>> selected(const Workspace& workspace, const std::string& rest) {
    return readBy(workspace, [&](soci::session& sql) { return Result<std::vector<Comment>>(select(sql, rest)); });
}

}  // namespace

Result<Comment> addComment(Workspace& workspace, Comment comment) {
    LATHE_CHECK(checkText(comment.text));
    return written(workspace, [&](soci::session& sql) -> Result<Comment> {
        LATHE_CHECK(checkImage(sql, comment.image));
        comment.id = CommentId(oneNumber(sql, "SELECT max(id) FROM comment") + 1);
        comment.at = base::now(), comment.edited = 0, comment.resolved = false, comment.resolvedBy.clear();
        if (comment.parent.valid()) LATHE_CHECK(join(sql, comment));
        insert(sql, comment);
        return comment;
    });
}

Result<> editComment(Workspace& workspace, CommentId id, const std::string& text) {
    LATHE_CHECK(checkText(text));
    return workspace.write([&](soci::session& sql) -> Result<> {
        LATHE_CHECK(find(sql, id));
        const double now = base::now();
        const long long key = id.value;
        sql << "UPDATE comment SET body = :b, edited = :e WHERE id = :i", soci::use(text), soci::use(now), soci::use(key);
        return {};
    });
}

Result<> setResolved(Workspace& workspace, CommentId id, bool resolved, const std::string& who) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        LATHE_TRY(const Comment comment, find(sql, id));
        markThread(sql, threadOf(comment), resolved, who);
        return {};
    });
}

Result<> removeComment(Workspace& workspace, CommentId id) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        LATHE_CHECK(find(sql, id));
        sql << fmt::format("DELETE FROM comment WHERE id = {0} OR thread = {0}", id.value);
        return {};
    });
}

Result<std::vector<Comment>> comments(const Workspace& workspace, ImageId image) {
    return selected(workspace, fmt::format("WHERE image_id = {} ORDER BY thread, id", image.value));
}

Result<std::vector<Comment>> allComments(const Workspace& workspace, CommentFilter filter) {
    const std::string first = condition(filter);
    const std::string where =
        first.empty() ? first : fmt::format("WHERE thread IN (SELECT id FROM comment WHERE id = thread AND {})", first);
    return selected(workspace, where + " ORDER BY image_id, thread, id");
}

Result<std::vector<ImageId>> imagesCommented(const Workspace& workspace, CommentFilter filter) {
    const std::string first = condition(filter);
    return readBy(workspace, [&](soci::session& sql) {
        return Result<std::vector<ImageId>>(
            imageIds(sql, fmt::format("SELECT DISTINCT image_id FROM comment WHERE id = thread{}{} ORDER BY 1",
                                      first.empty() ? "" : " AND ", first)));
    });
}

}  // namespace lathe::store
