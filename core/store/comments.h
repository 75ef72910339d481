// Comments pinned to a place or a shape of an image, with replies. Any thread; one transaction each; the revision's records count.
#pragma once
#include <optional>

#include "core/store/workspace.h"

namespace lathe::store {

using CommentId = base::Id<struct CommentTag>;

/// A thread is a comment without parent and those whose parent it is, in time order. A reply has its thread's place.
struct Comment {
    CommentId id = {};
    ImageId image = {};
    CommentId parent = {};                   ///< 0: begins a thread
    std::optional<annot::Point> place = {};  ///< in pixels; none: about the image
    AnnotationId annotation = {};            ///< of the shape it is pinned to; `place` is then where the shape was
    std::string author = {};
    double at = 0, edited = 0;  ///< seconds since 1970; edited 0: never
    std::string text = {};
    bool resolved = false;  ///< of the thread's first comment
    std::string resolvedBy = {};
    bool operator==(const Comment&) const = default;
};

/// Adds one; `id`, `at` (now), `edited` and `resolved` are given by the store. A reply to a reply joins its thread, and a reply
/// opens a resolved thread again. InvalidArgument for a text without words, NotFound for an unknown image or parent.
[[nodiscard]] Result<Comment> addComment(Workspace& workspace, Comment comment);
[[nodiscard]] Result<> editComment(Workspace& workspace, CommentId id, const std::string& text);
/// Of the whole thread; `id` may be any of its comments.
[[nodiscard]] Result<> setResolved(Workspace& workspace, CommentId id, bool resolved, const std::string& who);
/// The first of a thread takes its replies with it.
[[nodiscard]] Result<> removeComment(Workspace& workspace, CommentId id);

/// Of one image, thread after thread.
[[nodiscard]] Result<std::vector<Comment>> comments(const Workspace& workspace, ImageId image);
enum class CommentFilter { All, Open, Resolved };
/// Of all images, by image, thread after thread. Open and Resolved choose whole threads.
[[nodiscard]] Result<std::vector<Comment>> allComments(const Workspace& workspace, CommentFilter filter = CommentFilter::All);
/// Images with a thread of that sort, by id.
[[nodiscard]] Result<std::vector<ImageId>> imagesCommented(const Workspace& workspace, CommentFilter filter);

}  // namespace lathe::store
