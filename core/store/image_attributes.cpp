// Values of an image's own attributes: a row per change, the last one holds.
#include "core/base/time.h"
#include "core/store/schema.h"
#include "core/store/sql.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

Result<std::vector<AttributeChange>> changesOf(soci::session& sql, ImageId image) {
    std::vector<AttributeChange> changes;
    const long long id = image.value;
    std::string who, body;
    double at = 0;
    soci::statement rows = (sql.prepare << "SELECT author, at, body FROM image_attribute WHERE image_id = :i ORDER BY seq",
                            soci::use(id), soci::into(who), soci::into(at), soci::into(body));
    for (rows.execute(); rows.fetch();) {
        Json after;
        if (!body.empty()) {
            LATHE_TRY(after, base::parseJson(body));
        }
        const Json before = changes.empty() ? Json() : changes.back().after;
        changes.push_back({who, at, before, std::move(after)});
    }
    return changes;
}

std::string lastText(soci::session& sql, ImageId image) {
    const long long id = image.value;
    std::string body;
    sql << "SELECT body FROM image_attribute WHERE image_id = :i ORDER BY seq DESC LIMIT 1", soci::use(id), soci::into(body);
    return body;
}

}  // namespace

Result<Json> imageAttributes(const Workspace& workspace, ImageId image) {
    return readBy(workspace, [&](soci::session& sql) -> Result<Json> {
        const std::string text = lastText(sql, image);
        return text.empty() ? Result<Json>(Json()) : base::parseJson(text);
    });
}

Result<> setImageAttributes(Workspace& workspace, ImageId image, const Json& values, const std::string& who) {
    if (!values.is_null() && !values.is_object())
        return fail(ErrorCode::InvalidArgument, "attributes are an object of names and values");
    const std::string text =
        values.is_null() || values.empty() ? std::string() : values.dump(-1, ' ', false, Json::error_handler_t::replace);
    return workspace.write([&](soci::session& sql) -> Result<> {
        if (lastText(sql, image) == text) return {};
        const long long id = image.value, seq = oneNumber(sql, "SELECT max(seq) FROM image_attribute") + 1;
        const double at = base::now();
        sql << "INSERT INTO image_attribute (seq, image_id, author, at, body) VALUES (:s, :i, :w, :a, :b)", soci::use(seq),
            soci::use(id), soci::use(who), soci::use(at), soci::use(text);
        return {};
    });
}

Result<std::vector<AttributeChange>> imageAttributeHistory(const Workspace& workspace, ImageId image) {
    return readBy(workspace, [&](soci::session& sql) { return changesOf(sql, image); });
}

}  // namespace lathe::store
