// Opens an image off the GUI thread: record, shapes, packed scene, picture.
#pragma once
#include <memory>
#include <stop_token>

#include "core/image/cache.h"
#include "core/store/workspace.h"
#include "widgets/canvas/pyramid.h"
#include "widgets/canvas/scene.h"

namespace lathe::widgets::canvas {

/// All that the canvas needs of an image.
struct OpenImage {
    store::ImageRow row;
    annot::Annotations annotations;
    AnnotationId nextId;
    bool canUndo = false, canRedo = false;
    ClassColours colours;  ///< of the workspace's classes, as the scene was packed with
    std::shared_ptr<const Scene> scene;
    std::shared_ptr<const Pyramid> picture;
    std::optional<Error> pictureError;  ///< the labels are shown all the same
};

[[nodiscard]] ClassColours coloursOf(const std::vector<store::ClassRow>& classes);

/// What loading needs; shared with the jobs that run.
struct Source {
    std::shared_ptr<store::Workspace> workspace;
    std::shared_ptr<store::EditQueue> queue;  ///< flushed first, so that what is read has every edit of this window
    std::shared_ptr<image::PictureCache> pictures;
};

/// Any thread. Fails when the record can't be read; a picture that can't be decoded is a `pictureError`.
[[nodiscard]] Result<OpenImage> openImage(const Source& source, ImageId id, std::stop_token stop);
/// Decodes into the cache, so that going there is quick. Any thread.
void prefetch(const Source& source, ImageId id);

}  // namespace lathe::widgets::canvas
