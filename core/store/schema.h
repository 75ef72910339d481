// The label schema in the workspace: classes with their attributes, skeletons and rules, and what belongs to every image.
#pragma once
#include "core/annot/schema.h"
#include "core/base/problem.h"
#include "core/store/workspace.h"

namespace lathe::store {

/// All classes in id order; names, colours, keys and parents are those of Workspace::classes(). Any thread.
[[nodiscard]] Result<annot::Schema> schema(const Workspace& workspace);
/// Replaces one class (by id; id 0: a new class) and returns its id. A key that another class has is taken from it. AlreadyExists
/// when another class has the name; InvalidData when a parent would be its own ancestor.
[[nodiscard]] Result<ClassId> saveClass(Workspace& workspace, const annot::ClassSchema& schema);
/// The part that belongs to no class.
[[nodiscard]] Result<> saveImageSchema(Workspace& workspace, const std::vector<annot::Attribute>& attributes, bool overlap);

struct SchemaImport {
    std::int64_t added = 0, changed = 0, kept = 0;  ///< classes; kept: in the workspace, not in the file
    Problems problems;                              ///< examples whose image isn't in this workspace
};
/// The schema as its file's JSON; examples name their image, so that the file means the same in another workspace.
[[nodiscard]] Result<Json> schemaFile(const Workspace& workspace);
/// Takes a file in, in one transaction: classes are found by name, new ones added, none is deleted, no annotation changes.
[[nodiscard]] Result<SchemaImport> importSchema(Workspace& workspace, const Json& file);

/// Values of the image's own attributes; null: none yet. Every change is kept with who and when.
[[nodiscard]] Result<Json> imageAttributes(const Workspace& workspace, ImageId image);
[[nodiscard]] Result<> setImageAttributes(Workspace& workspace, ImageId image, const Json& values, const std::string& who);
struct AttributeChange {
    std::string who;
    double at = 0;
    Json before = {}, after = {};
};
[[nodiscard]] Result<std::vector<AttributeChange>> imageAttributeHistory(const Workspace& workspace, ImageId image);

}  // namespace lathe::store
