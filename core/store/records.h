// Rows as the store keeps them, for those who write many: imports, splits. Use inside Workspace::write and ::read.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "core/annot/packed.h"
#include "core/store/sql.h"
#include "core/store/workspace.h"

namespace lathe::store {

/// Columns of an image in the order that readImage expects.
inline constexpr std::string_view kImageColumns =
    "id, digest, name, path, width, height, channels, split, state, added, brightness, contrast, missing, sharpness, entropy, "
    "colourfulness, bytes";

/// Buffers of one image row; bind them in the order of kImageColumns.
struct ImageBuffers {
    long long id = 0;
    std::string digest, name, path, split, state;
    int width = 0, height = 0, channels = 0, missing = 0;
    double added = 0, brightness = -1, contrast = -1, sharpness = -1, entropy = -1, colourfulness = -1;
    long long bytes = -1;
    [[nodiscard]] ImageRow row() const;
    void set(const ImageRow& row);
};

/// Call once in a transaction that changes rows of `image` other than by Workspace's own methods: the column index is rebuilt.
void touchImages(soci::session& sql);

/// A document ready to be stored; `objects` 0 means that the image has none.
struct PackedDocument {
    std::string body, digest;
    long long objects = 0;
    long long nextAnnotation = 1;
};
[[nodiscard]] PackedDocument packDocument(const annot::Annotations& annotations);
[[nodiscard]] PackedDocument packDocument(const annot::PackedList& annotations);

/// Adds images, their documents and journal rows with statements prepared once. Throws SOCI's exceptions: use it in
/// Workspace::write.
class ImageWriter {
public:
    explicit ImageWriter(soci::session& sql);
    ~ImageWriter();
    /// `document` nullptr: no annotations. Returns the new id; row.id is ignored.
    ImageId add(const ImageRow& row, const PackedDocument* document, std::string_view extra, const std::string& author);
    /// Gives a known image its first annotations.
    void annotate(ImageId image, const PackedDocument& document, const std::string& author);
    /// A registered image whose file has turned up.
    void found(ImageId image, const ImageRow& row);
    /// Is the name taken, and by what?
    struct Known {
        ImageId id;
        std::string digest;
        bool annotated = false;  ///< has or once had annotations
        std::string documentDigest;
    };
    [[nodiscard]] std::optional<Known> byName(const std::string& name);
    [[nodiscard]] std::optional<Known> byDigest(const std::string& digest);

private:
    struct Statements;
    std::unique_ptr<Statements> m;
};

}  // namespace lathe::store
