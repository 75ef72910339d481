// Create ML JSON: a list of {"image", "annotations": [{"label", "coordinates": {x, y, width, height}}]}, x and y the box's centre
// in pixels. What the reader and the writer share. Private to core/formats.
//
// Read too: "imagefilename" and "filename" for "image", "annotation" for "annotations", a "label" at the image for its class (a
// text or a list), annotations that are a text or have no coordinates (classes of the whole image). In `extra.createml` of an
// image: "form" ("label": its classes lay there), "fields" (keys that Lathe doesn't know). Of an annotation: "fields". Of the set:
// "image", "annotations" (the spelling).
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/annot/annotation.h"
#include "core/formats/format.h"

namespace lathe::formats::createml {

/// The member that names the image; empty when there is none.
[[nodiscard]] std::string imageKey(const Json& entry);
[[nodiscard]] std::string annotationsKey(const Json& entry);
/// What an entry has: nothing of Create ML's; an image without annotations; classes of it; boxes.
enum class Likeness { No, Empty, Labels, Boxes };
[[nodiscard]] Likeness likenessOf(const Json& entry);
/// The most that the first entries of a file have; No when one of them is none.
[[nodiscard]] Likeness likenessOf(const std::filesystem::path& file);

[[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                            const Progress& progress);
[[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source, const WriteOptions& options,
                                        std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::createml
