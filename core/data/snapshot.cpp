#include "core/data/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <map>

#include "core/base/time.h"
#include "core/data/query_eval.h"
#include "core/data/snapshot_blocks.h"
#include "core/data/snapshot_draft.h"
#include "core/data/version_rows.h"

namespace lathe::data {
namespace {

using base::fail;

/// Ids and names.
Json readClasses(soci::session& sql) {
    Json classes = Json::array();
    long long id = 0;
    std::string name;
    soci::statement rows = (sql.prepare << "SELECT id, name FROM class ORDER BY id", soci::into(id), soci::into(name));
    for (rows.execute(); rows.fetch();) classes.push_back({id, name});
    return classes;
}

std::string freeName(soci::session& sql) {
    for (long long n = store::oneNumber(sql, "SELECT count(*) FROM snapshot") + 1;; ++n) {
        std::string name = fmt::format("v{}", n);
        long long id = 0;
        sql << "SELECT id FROM snapshot WHERE name = :n", soci::use(name), soci::into(id);
        if (!sql.got_data()) return name;
    }
}

bool nameTaken(soci::session& sql, const std::string& name) {
    long long id = 0;
    sql << "SELECT id FROM snapshot WHERE name = :n", soci::use(name), soci::into(id);
    return sql.got_data();
}

/// Parents and branch of what is about to be taken.
void placeInTree(soci::session& sql, SnapshotRow& row) {
    row.parent = SnapshotId(metaNumber(sql, kHeadKey)), row.merged = SnapshotId(metaNumber(sql, kMergedKey));
    if (!row.branch.empty()) return;
    const long long parent = row.parent.value;
    sql << "SELECT branch FROM snapshot WHERE id = :i", soci::use(parent), soci::into(row.branch);
    if (!sql.got_data()) row.branch.clear();
}

void insertHead(soci::session& sql, SnapshotRow& row, const Json& classes, const std::string& query, const std::string& blocks) {
    placeInTree(sql, row);
    const long long id = store::oneNumber(sql, "SELECT max(id) FROM snapshot") + 1;
    const std::string classText = classes.dump();
    Json splits = Json::object();
    for (const auto& [name, count] : row.splits) splits[name] = count;
    const std::string splitText = splits.dump();
    const long long images = row.images, annotations = row.annotations, parent = row.parent.value, merged = row.merged.value;
    sql << "INSERT INTO snapshot (id, digest, name, author, at, images, annotations, splits, classes, query, blocks, parent, "
           "merged, "
           "note, branch) VALUES (:i, :d, :n, :w, :t, :im, :an, :sp, :cl, :q, :b, :p, :m, :no, :br)",
        soci::use(id), soci::use(row.digest), soci::use(row.name), soci::use(row.author), soci::use(row.at), soci::use(images),
        soci::use(annotations), soci::use(splitText), soci::use(classText), soci::use(query), soci::use(blocks), soci::use(parent),
        soci::use(merged), soci::use(row.note), soci::use(row.branch);
    row.id = SnapshotId(id);
    setMetaNumber(sql, kHeadKey, id), setMetaNumber(sql, kMergedKey, 0);
}

using TagsBySnapshot = std::map<std::int64_t, std::vector<std::string>>;

TagsBySnapshot readTags(soci::session& sql) {
    TagsBySnapshot tags;
    long long id = 0;
    std::string tag;
    soci::statement rows =
        (sql.prepare << "SELECT snapshot_id, tag FROM snapshot_tag ORDER BY tag", soci::into(id), soci::into(tag));
    for (rows.execute(); rows.fetch();) tags[id].push_back(tag);
    return tags;
}

std::vector<SnapshotRow> readSnapshots(soci::session& sql) {
    std::vector<SnapshotRow> all;
    TagsBySnapshot tags = readTags(sql);
    long long id = 0, images = 0, annotations = 0, parent = 0, merged = 0;
    int frozen = 0;
    double at = 0;
    std::string digest, name, author, splits, note, branch;
    soci::statement rows =
        (sql.prepare << "SELECT id, digest, name, author, at, images, annotations, splits, parent, merged, note, branch, "
                        "EXISTS (SELECT 1 FROM frozen_test f WHERE f.snapshot_id = snapshot.id) FROM snapshot ORDER BY id DESC",
         soci::into(id), soci::into(digest), soci::into(name), soci::into(author), soci::into(at), soci::into(images),
         soci::into(annotations), soci::into(splits), soci::into(parent), soci::into(merged), soci::into(note), soci::into(branch),
         soci::into(frozen));
    for (rows.execute(); rows.fetch();) {
        SnapshotRow row{SnapshotId(id),
                        digest,
                        name,
                        author,
                        at,
                        images,
                        annotations,
                        {},
                        SnapshotId(parent),
                        SnapshotId(merged),
                        note,
                        branch,
                        std::move(tags[id]),
                        frozen != 0};
        const Json counts = Json::parse(splits);
        for (const auto& [split, count] : counts.items()) row.splits.emplace_back(split, count.get<std::int64_t>());
        all.push_back(std::move(row));
    }
    return all;
}

Result<> putInBeside(soci::session& sql, SnapshotRow& row, const SnapshotDraft& draft, bool freezeTest) {
    std::ranges::sort(row.tags);
    row.tags.erase(std::unique(row.tags.begin(), row.tags.end()), row.tags.end());
    addTags(sql, row.id, row.tags);
    if (!freezeTest) return {};
    std::vector<ImageId> test;
    for (const auto& item : draft.items)
        if (item.split == "test") test.push_back(item.image);
    row.frozenTest = true;
    return freezeImages(sql, row.id, test);
}

bool isPrefix(const std::string& text, const std::string& digest) {
    return text.size() >= 4 && digest.starts_with(text);
}

}  // namespace

Result<SnapshotRow> takeSnapshot(store::Workspace& workspace, const std::string& name, const std::string& query,
                                 const std::string& author) {
    return takeSnapshot(workspace, {name, query, author});
}

Result<SnapshotRow> takeSnapshot(store::Workspace& workspace, const TakeOptions& options) {
    LATHE_CHECK(checkTags(options.tags));
    std::optional<std::vector<ImageId>> only;
    if (!options.query.empty()) {
        LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
        LATHE_TRY(only, runQuery(workspace, *index, options.query));
    }
    SnapshotRow row;
    // Reading and freezing are one write transaction: else an edit in between could change a document that is named here.
    LATHE_CHECK(workspace.write([&](soci::session& sql) -> Result<> {
        if (!options.name.empty() && nameTaken(sql, options.name))
            return fail(ErrorCode::AlreadyExists, "there is a snapshot of this name already; choose another", options.name);
        LATHE_TRY(const SnapshotDraft draft, readDraft(workspace, only));
        const Json classes = readClasses(sql);
        auto digest = std::async(std::launch::async, [&] { return portableDigest(draft.content, classes); });
        const std::string blocks = storeBlocks(sql, draft);
        row = {{},
               digest.get(),
               options.name.empty() ? freeName(sql) : options.name,
               options.author,
               base::now(),
               std::int64_t(draft.items.size()),
               draft.annotations,
               {draft.splits.begin(), draft.splits.end()},
               {},
               {},
               options.note,
               options.branch,
               options.tags};
        insertHead(sql, row, classes, options.query, blocks);
        if (auto done = putInBeside(sql, row, draft, options.freezeTest); !done) return done;
        sql << "UPDATE meta SET value = (SELECT coalesce(max(id), 0) FROM annotation_doc) WHERE key = 'frozen_doc'";
        return {};
    }));
    return row;
}

Result<std::vector<SnapshotRow>> snapshots(const store::Workspace& workspace) {
    std::vector<SnapshotRow> rows;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        rows = readSnapshots(sql);
        return {};
    }));
    return rows;
}

Result<SnapshotRow> findSnapshot(const store::Workspace& workspace, const std::string& what) {
    LATHE_TRY(const auto all, snapshots(workspace));
    if (what == "last" && !all.empty()) return all.front();
    for (const auto& row : all)
        if (row.name == what) return row;
    for (const auto& row : all)
        if (std::to_string(row.id.value) == what || isPrefix(what, row.digest)) return row;
    for (const auto& row : all)
        if (!what.empty() && (row.branch == what || std::ranges::find(row.tags, what) != row.tags.end())) return row;
    return fail(ErrorCode::NotFound, "there is no snapshot of this name, id, digest, tag or branch; `lathe snapshots` lists them",
                what);
}

Result<SnapshotRow> findSnapshot(const store::Workspace& workspace, SnapshotId id) {
    LATHE_TRY(const auto all, snapshots(workspace));
    for (const auto& row : all)
        if (row.id == id) return row;
    return fail(ErrorCode::NotFound, "there is no such snapshot", std::to_string(id.value));
}

Result<std::vector<SnapshotItem>> snapshotItems(const store::Workspace& workspace, SnapshotId id) {
    std::vector<SnapshotItem> items;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        for (const auto& digest : blockList(sql, id)) {
            LATHE_TRY(auto block, readBlock(sql, digest));
            std::move(block.begin(), block.end(), std::back_inserter(items));
        }
        return {};
    }));
    return items;
}

Result<annot::Annotations> snapshotAnnotations(const store::Workspace& workspace, const SnapshotItem& item) {
    if (item.document == 0) return annot::Annotations();
    std::string packed;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        store::Bytes body(sql);
        const long long id = item.document;
        sql << "SELECT body FROM annotation_doc WHERE id = :i", soci::use(id), soci::into(body.blob());
        if (!sql.got_data()) return fail(ErrorCode::Corrupt, "the snapshot names annotations that are not there");
        packed = body.get();
        return {};
    }));
    return annot::unpack(packed);
}

}  // namespace lathe::data
