// Image rows of a workspace.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "core/base/hash.h"
#include "core/store/chunks.h"
#include "core/store/impl.h"
#include "core/store/records.h"

namespace lathe::store {
namespace {

using base::fail;

/// Runs a query of kImageColumns and calls `visit` for each row.
template <class Visit>
void eachImage(soci::session& sql, const std::string& rest, Visit visit) {
    ImageBuffers b;
    soci::statement rows =
        (sql.prepare << fmt::format("SELECT {} FROM image {}", kImageColumns, rest), soci::into(b.id), soci::into(b.digest),
         soci::into(b.name), soci::into(b.path), soci::into(b.width), soci::into(b.height), soci::into(b.channels),
         soci::into(b.split), soci::into(b.state), soci::into(b.added), soci::into(b.brightness), soci::into(b.contrast),
         soci::into(b.missing), soci::into(b.sharpness), soci::into(b.entropy), soci::into(b.colourfulness), soci::into(b.bytes));
    for (rows.execute(); rows.fetch();) visit(b.row());
}

std::optional<long long> asNumber(const std::string& text) {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<long long> idsWhere(soci::session& sql, const std::string& where, const std::string& value) {
    std::vector<long long> ids;
    long long id = 0;
    soci::statement rows =
        (sql.prepare << "SELECT id FROM image WHERE " + where + " ORDER BY id LIMIT 3", soci::use(value), soci::into(id));
    for (rows.execute(); rows.fetch();) ids.push_back(id);
    return ids;
}

Result<long long> onlyOne(const std::vector<long long>& ids, const std::string& what) {
    if (ids.size() > 1) return fail(ErrorCode::InvalidArgument, "several images end so; give more of the path", what);
    return ids.empty() ? 0 : ids.front();
}

Result<long long> findByText(soci::session& sql, const std::string& what) {
    if (const auto number = asNumber(what))
        if (const auto ids = idsWhere(sql, "id = CAST(:v AS INTEGER)", what); !ids.empty()) return ids.front();
    if (const auto ids = idsWhere(sql, "name = :v", what); !ids.empty()) return ids.front();
    const std::string end = "/" + what;
    return onlyOne(idsWhere(sql, fmt::format("substr(name, -{}) = :v", end.size()), end), what);
}

}  // namespace

ImageRow ImageBuffers::row() const {
    return {ImageId(id), digest,     name,     path,         width,     height,  channels,      split, state,
            added,       brightness, contrast, missing != 0, sharpness, entropy, colourfulness, bytes};
}

void ImageBuffers::set(const ImageRow& row) {
    id = row.id.value;
    digest = row.digest, name = row.name, path = row.path, split = row.split, state = row.state;
    width = row.width, height = row.height, channels = row.channels, missing = row.missing ? 1 : 0;
    added = row.added, brightness = row.brightness, contrast = row.contrast;
    sharpness = row.sharpness, entropy = row.entropy, colourfulness = row.colourfulness, bytes = row.bytes;
}

void touchImages(soci::session& sql) {
    sql << "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'images'";
}

Result<std::optional<ImageRow>> Workspace::image(ImageId id) const {
    LATHE_TRY(const auto found, images(std::span(&id, 1)));
    return found.empty() ? std::optional<ImageRow>() : std::optional(found.front());
}

Result<std::vector<ImageRow>> Workspace::images(std::span<const ImageId> ids) const {
    std::unordered_map<std::int64_t, ImageRow> found;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        eachChunk(ids, [&](const std::string& list) {
            eachImage(sql, fmt::format("WHERE id IN ({})", list),
                      [&](ImageRow row) { found.emplace(row.id.value, std::move(row)); });
        });
        return {};
    }));
    std::vector<ImageRow> rows;
    rows.reserve(ids.size());
    for (const ImageId id : ids)
        if (const auto at = found.find(id.value); at != found.end()) rows.push_back(at->second);
    return rows;
}

Result<std::int64_t> Workspace::imageCount() const {
    std::int64_t count = 0;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        count = oneNumber(sql, "SELECT count(*) FROM image");
        return {};
    }));
    return count;
}

Result<ImageRow> Workspace::findImage(const std::string& what) const {
    long long id = 0;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        LATHE_TRY(id, findByText(sql, what));
        return {};
    }));
    std::error_code ignored;
    if (id == 0 && std::filesystem::is_regular_file(what, ignored)) {
        LATHE_TRY(const auto digest, base::sha256OfFile(what));
        LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
            const auto ids = idsWhere(sql, "digest = :v", digest);
            id = ids.empty() ? 0 : ids.front();
            return {};
        }));
    }
    if (id == 0) return fail(ErrorCode::NotFound, "no image has this id, name or content; `lathe query` lists them", what);
    LATHE_TRY(const auto row, image(ImageId(id)));
    if (!row) return fail(ErrorCode::NotFound, "the image is gone", what);
    return *row;
}

namespace {

Result<> setColumn(Workspace& workspace, std::span<const ImageId> images, const std::string& column, const std::string& value) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        eachChunk(images, [&](const std::string& list) {
            sql << fmt::format("UPDATE image SET {} = :v WHERE id IN ({})", column, list), soci::use(value);
        });
        touchImages(sql);
        return {};
    });
}

}  // namespace

Result<> Workspace::setSplit(std::span<const ImageId> images, const std::string& split) {
    LATHE_CHECK(checkSplit(split));
    return setColumn(*this, images, "split", split);
}

Result<> Workspace::setTag(std::span<const ImageId> images, const std::string& tag, bool on) {
    if (tag.empty()) return fail(ErrorCode::InvalidArgument, "a tag needs a name");
    return write([&](soci::session& sql) -> Result<> {
        sql << "INSERT INTO tag (name) VALUES (:n) ON CONFLICT (name) DO NOTHING", soci::use(tag);
        eachChunk(images, [&](const std::string& list) {
            const std::string one = "(SELECT id FROM tag WHERE name = :n)";
            if (on)
                sql << fmt::format(
                    "INSERT INTO image_tag (tag_id, image_id) SELECT {}, id FROM image WHERE id IN ({}) "
                    "ON CONFLICT DO NOTHING",
                    one, list),
                    soci::use(tag);
            else
                sql << fmt::format("DELETE FROM image_tag WHERE tag_id = {} AND image_id IN ({})", one, list), soci::use(tag);
        });
        return {};
    });
}

Result<std::vector<ImageId>> Workspace::imagesTagged(const std::string& tag) const {
    std::vector<ImageId> ids;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        long long id = 0;
        soci::statement rows = (sql.prepare << "SELECT image_id FROM image_tag WHERE tag_id = (SELECT id FROM tag WHERE name = :n) "
                                               "ORDER BY image_id",
                                soci::use(tag), soci::into(id));
        for (rows.execute(); rows.fetch();) ids.push_back(ImageId(id));
        return {};
    }));
    return ids;
}

}  // namespace lathe::store
