// A workspace with images that need no files, and edits of them.
#pragma once
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/store/records.h"
#include "core/store/workspace.h"

namespace lathe::test {

inline ImageId addImage(store::Workspace& workspace, const std::string& name, const annot::Annotations& annotations = {}) {
    ImageId id;
    const auto done = workspace.write([&](soci::session& sql) -> Result<> {
        store::ImageWriter writer(sql);
        store::ImageRow row;
        row.name = name, row.path = "media/" + name, row.digest = "digest of " + name, row.width = 640, row.height = 480;
        row.state = annotations.empty() ? "new" : "done";
        const auto packed = store::packDocument(annotations);
        id = writer.add(row, annotations.empty() ? nullptr : &packed, {}, {});
        store::touchImages(sql);
        return {};
    });
    if (!done) throw std::runtime_error(done.error().text());
    return id;
}

/// "0.png" and so on, without files, in one transaction.
inline void addImages(store::Workspace& workspace, std::int64_t count) {
    const auto done = workspace.write([count](soci::session& sql) -> Result<> {
        store::ImageWriter writer(sql);
        for (std::int64_t k = 0; k < count; ++k) {
            store::ImageRow row;
            row.name = std::to_string(k) + ".png", row.path = "media/" + row.name, row.digest = base::sha256(row.name);
            row.width = 640, row.height = 480, row.state = "new";
            writer.add(row, nullptr, {}, {});
        }
        store::touchImages(sql);
        return {};
    });
    if (!done) throw std::runtime_error(done.error().text());
}

inline annot::Annotation shapeOf(std::int64_t id, ClassId classId, annot::Shape shape) {
    annot::Annotation a;
    a.id = AnnotationId(id), a.classId = classId, a.shape = std::move(shape);
    return a;
}

inline annot::AnnotationEdit adding(ImageId image, const annot::Annotation& a, const std::string& who = "ana") {
    return {image, who, 1000, "Draw", {{std::nullopt, a, -1, -1}}};
}
inline annot::AnnotationEdit changing(ImageId image, const annot::Annotation& from, const annot::Annotation& to) {
    return {image, "ana", 2000, "Change", {{from, to, -1, -1}}};
}

}  // namespace lathe::test
