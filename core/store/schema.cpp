#include "core/store/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/store/class_rows.h"
#include "core/store/sql.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

using annot::ClassSchema;
using annot::Schema;

Json head() {
    return annot::toJson(Schema());
}

/// The part of a class that its columns don't hold; empty when there is none.
std::string schemaText(const ClassSchema& c) {
    Schema one;
    one.classes = {c};
    Json json = annot::toJson(one)["classes"][0];
    for (const char* column : {"name", "colour", "key", "parent"}) json.erase(column);
    return json.empty() ? std::string() : json.dump();
}

std::string imageSchemaText(soci::session& sql) {
    std::string text;
    sql << "SELECT value FROM meta WHERE key = 'image_schema'", soci::into(text);
    return text;
}

Result<Json> stored(const std::string& text) {
    auto json = base::parseJson(text);
    if (!json) return fail(ErrorCode::Corrupt, "the label schema in the database is damaged: " + json.error().message);
    return json;
}

Result<Schema> readSchema(soci::session& sql) {
    const auto records = classRecords(sql);
    Json file = head();
    if (const std::string image = imageSchemaText(sql); !image.empty()) {
        LATHE_TRY(file, stored(image));
    }
    file["classes"] = Json::array();
    for (const auto& r : records) {
        Json one = Json::object();
        if (!r.schema.empty()) {
            LATHE_TRY(one, stored(r.schema));
        }
        one["name"] = r.name;
        file["classes"].push_back(std::move(one));
    }
    LATHE_TRY(Schema schema, annot::schemaFromJson(file));
    for (std::size_t k = 0; k < records.size(); ++k) {
        ClassSchema& c = schema.classes[k];
        c.id = ClassId(records[k].id);
        c.colour = records[k].colour, c.key = records[k].key, c.parent = records[k].parent;
    }
    return schema;
}

/// By the rules of the file; the parents of all classes are looked at together.
Result<> check(const ClassSchema& c, const Schema& present) {
    Schema all = present;
    std::erase_if(all.classes, [&](const ClassSchema& other) { return other.id == c.id; });
    if (const ClassSchema* other = all.find(c.name))
        return fail(ErrorCode::AlreadyExists, "there is a class of this name already; choose another or merge the two",
                    other->name);
    for (auto& other : all.classes) other.key.clear();
    all.classes.push_back(c);
    LATHE_CHECK(annot::schemaFromJson(annot::toJson(all)));
    return {};
}

void freeKey(soci::session& sql, const std::string& key, long long owner) {
    if (key.empty()) return;
    sql << "UPDATE class SET hotkey = '' WHERE hotkey = :k AND id <> :i", soci::use(key), soci::use(owner);
}

/// Classes that name it as parent follow the new name.
void renameParent(soci::session& sql, const std::string& from, const std::string& to) {
    if (from != to && !from.empty()) sql << "UPDATE class SET parent = :t WHERE parent = :f", soci::use(to), soci::use(from);
}

void updateRow(soci::session& sql, const ClassSchema& c, const ClassSchema& old) {
    const long long id = old.id.value;
    const std::string text = schemaText(c), colour = c.colour.empty() ? old.colour : c.colour;
    freeKey(sql, c.key, id);
    renameParent(sql, old.name, c.name);
    sql << "UPDATE class SET name=:n, colour=:c, hotkey=:k, parent=:p, schema=:s WHERE id=:i", soci::use(c.name), soci::use(colour),
        soci::use(c.key), soci::use(c.parent), soci::use(text), soci::use(id);
}

long long insertRow(soci::session& sql, const ClassSchema& c) {
    const long long id = addClassRow(sql, {0, c.name, c.colour, c.key, c.parent, {}, schemaText(c)});
    freeKey(sql, c.key, id);
    return id;
}

void storeImageSchema(soci::session& sql, const std::vector<annot::Attribute>& attributes, bool overlap) {
    Schema schema;
    schema.image = attributes, schema.overlap = overlap;
    const std::string text = annot::toJson(schema).dump();
    sql << "UPDATE meta SET value = :v WHERE key = 'image_schema'", soci::use(text);
}

/// Calls `visit(class name, example)` for every example of a file, whose form may be anything.
template <class Visit>
void eachExample(Json& file, Visit visit) {
    if (!file.is_object() || !file.contains("classes") || !file["classes"].is_array()) return;
    for (Json& c : file["classes"]) {
        if (!c.is_object() || !c.contains("examples") || !c["examples"].is_array()) continue;
        Json kept = Json::array();
        for (Json& example : c["examples"])
            if (visit(c.value("name", Json()), example)) kept.push_back(std::move(example));
        c["examples"] = std::move(kept);
    }
}

long long idOfName(soci::session& sql, const std::string& name) {
    long long id = 0;
    sql << "SELECT id FROM image WHERE name = :n", soci::use(name), soci::into(id);
    return sql.got_data() ? id : 0;
}

std::string nameOfId(soci::session& sql, long long id) {
    std::string name;
    sql << "SELECT name FROM image WHERE id = :i", soci::use(id), soci::into(name);
    return name;
}

/// Names become ids; examples of images that aren't here are left out and reported.
Json withIds(soci::session& sql, Json file, Problems& problems) {
    eachExample(file, [&](const Json& owner, Json& example) {
        if (!example.is_object() || !example.contains("image") || !example["image"].is_string()) return true;
        const auto name = example["image"].get<std::string>();
        const long long id = idOfName(sql, name);
        if (id == 0)
            problems.push_back(
                {name, "missing_image",
                 fmt::format("an example of {} is left out: the image isn't in this workspace; import it first", owner.dump())});
        example["image"] = id;
        return id != 0;
    });
    return file;
}

void takeIn(soci::session& sql, const Schema& present, const Schema& file, SchemaImport& report) {
    for (const ClassSchema& c : file.classes) {
        const ClassSchema* old = present.find(c.name);
        if (!old) {
            insertRow(sql, c);
            ++report.added;
            continue;
        }
        ClassSchema next = c;
        next.id = old->id;
        if (next.colour.empty()) next.colour = old->colour;
        if (next != *old) updateRow(sql, next, *old), ++report.changed;
    }
    for (const ClassSchema& c : present.classes)
        if (!file.find(c.name)) ++report.kept;
}

/// The whole as it would be, for rules that look at all classes.
Result<> checkTogether(const Schema& present, const Schema& file) {
    Schema all = file;
    for (const ClassSchema& c : present.classes)
        if (!file.find(c.name)) all.classes.push_back(c), all.classes.back().key.clear();
    LATHE_CHECK(annot::schemaFromJson(annot::toJson(all)));
    return {};
}

}  // namespace

Result<annot::Schema> schema(const Workspace& workspace) {
    return readBy(workspace, readSchema);
}

Result<ClassId> saveClass(Workspace& workspace, const annot::ClassSchema& c) {
    return written(workspace, [&](soci::session& sql) -> Result<ClassId> {
        LATHE_TRY(const Schema present, readSchema(sql));
        LATHE_CHECK(check(c, present));
        const ClassSchema* old = present.find(c.id);
        if (!c.id.valid()) return ClassId(insertRow(sql, c));
        if (!old) return fail(ErrorCode::NotFound, fmt::format("there is no class {}", c.id.value), c.name);
        updateRow(sql, c, *old);
        return c.id;
    });
}

Result<> saveImageSchema(Workspace& workspace, const std::vector<annot::Attribute>& attributes, bool overlap) {
    Schema schema;
    schema.image = attributes;
    LATHE_CHECK(annot::schemaFromJson(annot::toJson(schema)));
    return workspace.write([&](soci::session& sql) -> Result<> {
        storeImageSchema(sql, attributes, overlap);
        return {};
    });
}

Result<Json> schemaFile(const Workspace& workspace) {
    return readBy(workspace, [](soci::session& sql) -> Result<Json> {
        LATHE_TRY(const Schema schema, readSchema(sql));
        Json file = annot::toJson(schema);
        eachExample(file, [&](const Json&, Json& example) {
            const std::string name = nameOfId(sql, example["image"].get<long long>());
            if (!name.empty()) example["image"] = name;
            return !name.empty();
        });
        return file;
    });
}

Result<SchemaImport> importSchema(Workspace& workspace, const Json& json) {
    return written(workspace, [&](soci::session& sql) -> Result<SchemaImport> {
        SchemaImport report;
        LATHE_TRY(const Schema file, annot::schemaFromJson(withIds(sql, json, report.problems)));
        LATHE_TRY(const Schema present, readSchema(sql));
        LATHE_CHECK(checkTogether(present, file));
        takeIn(sql, present, file, report);
        storeImageSchema(sql, file.image, file.overlap);
        return report;
    });
}

}  // namespace lathe::store
