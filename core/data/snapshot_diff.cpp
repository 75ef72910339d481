// The difference of two snapshots in numbers.
#include <algorithm>
#include <map>

#include "core/data/snapshot_walk.h"

namespace lathe::data {
namespace {

using Objects = std::map<std::int64_t, annot::Annotation>;

Objects byId(annot::Annotations&& annotations) {
    Objects objects;
    for (auto& a : annotations) objects.emplace(a.id.value, std::move(a));
    return objects;
}

class DiffCounter {
public:
    explicit DiffCounter(SnapshotDiff& diff) : m_diff(diff) {}
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
    DiffCounter counter(result);
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        result = {}, counter.byClass.clear();
        DocumentReader documents(sql);
        return walkDifference(sql, a, b, [&](const SnapshotItem* before, const SnapshotItem* after) -> Result<> {
            result.images.removed += !after, result.images.added += !before;
            if (before && after && before->document == after->document) return {};
            LATHE_TRY(const auto old, documents.read(before ? before->document : 0));
            LATHE_TRY(const auto now, documents.read(after ? after->document : 0));
            if (old.digest == now.digest) return {};
            LATHE_TRY(auto was, old.annotations());
            LATHE_TRY(auto is, now.annotations());
            counter.compare(byId(std::move(was)), byId(std::move(is)));
            return {};
        });
    }));
    LATHE_TRY(const auto classes, workspace.classes());
    for (const auto& row : classes)
        if (const auto at = counter.byClass.find(row.id.value); at != counter.byClass.end())
            result.byClass.emplace_back(row.name, at->second);
    return result;
}

}  // namespace lathe::data
