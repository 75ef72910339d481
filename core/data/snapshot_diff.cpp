// The difference of two snapshots: equal blocks are skipped unread, the others merged by image.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "core/data/snapshot_blocks.h"

namespace lathe::data {
namespace {

using Objects = std::map<std::int64_t, annot::Annotation>;

struct DiffReader {
    soci::session& sql;

    /// The items of `mine` in blocks that `other` doesn't have.
    Result<std::vector<SnapshotItem>> onlyIn(const std::vector<std::string>& mine, const std::vector<std::string>& other) {
        const std::unordered_set<std::string> have(other.begin(), other.end());
        std::vector<SnapshotItem> items;
        for (const auto& digest : mine) {
            if (have.contains(digest)) continue;
            LATHE_TRY(auto block, readBlock(sql, digest));
            std::move(block.begin(), block.end(), std::back_inserter(items));
        }
        std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.image < b.image; });
        return items;
    }

    Result<std::pair<std::string, std::string>> digestAndBody(long long id) {
        std::string digest;
        store::Bytes body(sql);
        sql << "SELECT digest, body FROM annotation_doc WHERE id = :i", soci::use(id), soci::into(digest), soci::into(body.blob());
        if (!sql.got_data()) return base::fail(ErrorCode::Corrupt, "a snapshot names annotations that are not there");
        return std::pair(digest, body.get());
    }

    Result<Objects> objects(std::int64_t document) {
        Objects byId;
        if (document == 0) return byId;
        LATHE_TRY(const auto stored, digestAndBody(document));
        LATHE_TRY(auto all, annot::unpack(stored.second));
        for (auto& a : all) byId.emplace(a.id.value, std::move(a));
        return byId;
    }

    Result<bool> sameContent(std::int64_t a, std::int64_t b) {
        if (a == b) return true;
        if (a == 0 || b == 0) return false;
        LATHE_TRY(const auto left, digestAndBody(a));
        LATHE_TRY(const auto right, digestAndBody(b));
        return left.first == right.first;
    }
};

class Counter {
public:
    explicit Counter(SnapshotDiff& diff) : m_diff(diff) {}
    void compare(const Objects& before, const Objects& after) {
        for (const auto& [id, old] : before) {
            const auto now = after.find(id);
            if (now == after.end()) {
                ++m_diff.annotations.removed, ++byClass[old.classId.value][1];
            } else if (!(now->second == old)) {
                ++m_diff.annotations.changed, ++byClass[now->second.classId.value][2];
            }
        }
        for (const auto& [id, now] : after)
            if (!before.contains(id)) ++m_diff.annotations.added, ++byClass[now.classId.value][0];
    }

    std::map<std::int64_t, std::array<std::int64_t, 3>> byClass;

private:
    SnapshotDiff& m_diff;
};

}  // namespace

Result<SnapshotDiff> diff(const store::Workspace& workspace, SnapshotId a, SnapshotId b) {
    SnapshotDiff result;
    Counter counter(result);
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        result = {}, counter.byClass.clear();
        DiffReader reader{sql};
        const auto left = blockList(sql, a), right = blockList(sql, b);
        LATHE_TRY(const auto old, reader.onlyIn(left, right));
        LATHE_TRY(const auto now, reader.onlyIn(right, left));
        for (std::size_t i = 0, j = 0; i < old.size() || j < now.size();) {
            const bool removed = j == now.size() || (i < old.size() && old[i].image < now[j].image);
            const bool added = !removed && (i == old.size() || now[j].image < old[i].image);
            result.images.removed += removed, result.images.added += added;
            const std::int64_t before = added ? 0 : old[i].document, after = removed ? 0 : now[j].document;
            i += !added, j += !removed;
            LATHE_TRY(const bool same, reader.sameContent(before, after));
            if (same) continue;
            LATHE_TRY(const auto was, reader.objects(before));
            LATHE_TRY(const auto is, reader.objects(after));
            counter.compare(was, is);
        }
        return {};
    }));
    LATHE_TRY(const auto classes, workspace.classes());
    for (const auto& row : classes)
        if (const auto at = counter.byClass.find(row.id.value); at != counter.byClass.end())
            result.byClass.emplace_back(row.name, at->second);
    return result;
}

}  // namespace lathe::data
