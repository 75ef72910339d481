#include "core/data/versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/data/snapshot_blocks.h"
#include "core/data/version_rows.h"

namespace lathe::data {
namespace {

using base::fail;

Result<std::vector<ImageId>> testImages(soci::session& sql, SnapshotId id) {
    std::vector<ImageId> images;
    for (const auto& digest : blockList(sql, id)) {
        LATHE_TRY(const auto block, readBlock(sql, digest));
        for (const auto& item : block)
            if (item.split == "test") images.push_back(item.image);
    }
    return images;
}

void setText(soci::session& sql, SnapshotId id, const std::string& column, const std::optional<std::string>& text) {
    if (!text) return;
    const long long key = id.value;
    sql << fmt::format("UPDATE snapshot SET {} = :t WHERE id = :i", column), soci::use(*text), soci::use(key);
}

void removeTags(soci::session& sql, SnapshotId id, const std::vector<std::string>& tags) {
    const long long key = id.value;
    for (const auto& tag : tags)
        sql << "DELETE FROM snapshot_tag WHERE snapshot_id = :i AND tag = :t", soci::use(key), soci::use(tag);
}

Result<> setFrozen(soci::session& sql, SnapshotId id, std::optional<bool> frozen) {
    if (!frozen) return {};
    if (!*frozen) return unfreezeImages(sql, id), Result<>();
    LATHE_TRY(const auto images, testImages(sql, id));
    return freezeImages(sql, id, images);
}

const SnapshotRow* snapshotRowOf(const std::vector<SnapshotRow>& all, SnapshotId id) {
    const auto at = std::ranges::find(all, id, &SnapshotRow::id);
    return at == all.end() ? nullptr : &*at;
}

/// Ids of the snapshot and its ancestors. A parent's id is always smaller than its child's.
std::set<SnapshotId> ancestors(const std::vector<SnapshotRow>& all, SnapshotId id) {
    std::set<SnapshotId> found, open{id};
    while (!open.empty()) {
        const auto next = open.extract(std::prev(open.end())).value();
        const SnapshotRow* row = snapshotRowOf(all, next);
        if (!row || !found.insert(next).second) continue;
        for (const SnapshotId parent : {row->parent, row->merged})
            if (parent.valid()) open.insert(parent);
    }
    return found;
}

}  // namespace

long long metaNumber(soci::session& sql, const std::string& key) {
    long long value = 0;
    sql << "SELECT CAST(value AS INTEGER) FROM meta WHERE key = :k", soci::use(key), soci::into(value);
    return sql.got_data() ? value : 0;
}

void setMetaNumber(soci::session& sql, const std::string& key, long long value) {
    const std::string text = std::to_string(value);
    sql << "UPDATE meta SET value = :v WHERE key = :k", soci::use(text), soci::use(key);
}

Result<> checkTags(const std::vector<std::string>& tags) {
    for (const auto& tag : tags)
        if (tag.find_first_not_of(" \t") == std::string::npos || tag.find_first_of("\r\n") != std::string::npos)
            return fail(ErrorCode::InvalidArgument, "a tag is one line of text", tag);
    return {};
}

void addTags(soci::session& sql, SnapshotId id, const std::vector<std::string>& tags) {
    const long long key = id.value;
    for (const auto& tag : tags)
        sql << "INSERT INTO snapshot_tag (snapshot_id, tag) VALUES (:i, :t) ON CONFLICT (snapshot_id, tag) DO NOTHING",
            soci::use(key), soci::use(tag);
}

Result<> freezeImages(soci::session& sql, SnapshotId id, std::span<const ImageId> images) {
    if (images.empty()) return fail(ErrorCode::InvalidArgument, "there are no test images to freeze; split before the snapshot");
    const long long key = id.value;
    long long image = 0;
    soci::statement insert =
        (sql.prepare << "INSERT INTO frozen_test (image_id, snapshot_id) VALUES (:i, :s) ON CONFLICT (image_id) "
                        "DO NOTHING",
         soci::use(image), soci::use(key));
    for (const ImageId one : images) image = one.value, insert.execute(true);
    return {};
}

void unfreezeImages(soci::session& sql, SnapshotId id) {
    const long long key = id.value;
    sql << "DELETE FROM frozen_test WHERE snapshot_id = :s", soci::use(key);
}

std::vector<std::int64_t> frozenImages(soci::session& sql) {
    std::vector<std::int64_t> ids;
    long long id = 0;
    soci::statement rows = (sql.prepare << "SELECT image_id FROM frozen_test ORDER BY image_id", soci::into(id));
    for (rows.execute(); rows.fetch();) ids.push_back(id);
    return ids;
}

Problem frozenProblem(std::size_t images, const std::string& deed, bool forced) {
    const std::string why = forced
                                ? "figures measured on the frozen test set before can't be compared with new ones"
                                : "they belong to a frozen test set and were left as they are; --force changes them all the same";
    return {fmt::format("{} test images", images), "frozen_test", fmt::format("{}: {}", deed, why)};
}

Result<SnapshotId> headSnapshot(const store::Workspace& workspace) {
    SnapshotId head;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        head = SnapshotId(metaNumber(sql, kHeadKey));
        return {};
    }));
    return head;
}

Result<SnapshotRow> editSnapshot(store::Workspace& workspace, SnapshotId id, const SnapshotEdit& edit) {
    LATHE_CHECK(checkTags(edit.addTags));
    LATHE_TRY(const auto present, findSnapshot(workspace, id));
    LATHE_CHECK(workspace.write([&](soci::session& sql) -> Result<> {
        setText(sql, id, "note", edit.note), setText(sql, id, "branch", edit.branch);
        removeTags(sql, id, edit.removeTags), addTags(sql, id, edit.addTags);
        return setFrozen(sql, id, edit.freezeTest);
    }));
    return findSnapshot(workspace, present.id);
}

std::vector<SnapshotRow> lineage(const std::vector<SnapshotRow>& all, SnapshotId id) {
    std::vector<SnapshotRow> rows;
    const auto found = ancestors(all, id);
    for (auto at = found.rbegin(); at != found.rend(); ++at) rows.push_back(*snapshotRowOf(all, *at));
    return rows;
}

std::optional<SnapshotRow> commonAncestor(const std::vector<SnapshotRow>& all, SnapshotId a, SnapshotId b) {
    const auto left = ancestors(all, a), right = ancestors(all, b);
    for (auto at = left.rbegin(); at != left.rend(); ++at)
        if (right.contains(*at)) return *snapshotRowOf(all, *at);
    return std::nullopt;
}

}  // namespace lathe::data
