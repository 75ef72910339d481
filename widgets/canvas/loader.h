// Opens an image off the GUI thread: record, shapes, packed scene, picture.
#pragma once
#include <functional>
#include <memory>
#include <stop_token>

#include "core/base/progress.h"
#include "core/image/cache.h"
#include "core/image/rows.h"
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
    ClassStyles styles;  ///< of the workspace's classes, as the scene was packed with
    std::shared_ptr<const Scene> scene;
    std::shared_ptr<const Pyramid> picture;
    std::optional<Error> pictureError;  ///< the labels are shown all the same

    /// What is still to be read of a large picture; give it to readRest() in a job of its own.
    struct Rest {
        std::shared_ptr<Pyramid> picture;
        std::shared_ptr<image::RowReader> rows;
        std::string file;
    };
    std::optional<Rest> rest;
};

/// Colours of the classes and, where there is a schema, their skeletons.
[[nodiscard]] ClassStyles stylesOf(const std::vector<store::ClassRow>& classes, const annot::Schema& schema = {});

/// What loading needs; shared with the jobs that run.
struct Source {
    std::shared_ptr<store::Workspace> workspace;
    std::shared_ptr<store::EditQueue> queue;  ///< flushed first, so that what is read has every edit of this window
    std::shared_ptr<image::PictureCache> pictures;
    annot::Schema schema = {};
};

/// Any thread. Fails when the record can't be read; a picture that can't be decoded is a `pictureError`.
[[nodiscard]] Result<OpenImage> openImage(const Source& source, ImageId id, std::stop_token stop);
/// Reads a large picture to its end; `grown` is told of each part that is there, on this thread.
[[nodiscard]] Result<> readRest(const OpenImage::Rest& rest, std::stop_token stop, const Progress& progress,
                                const std::function<void(const cv::Rect&)>& grown);
/// Decodes into the cache, so that going there is quick; large pictures are left for when they are opened. Any thread.
void prefetch(const Source& source, ImageId id);

}  // namespace lathe::widgets::canvas
