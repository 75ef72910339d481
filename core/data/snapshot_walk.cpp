#include "core/data/snapshot_walk.h"

#include <unordered_set>

namespace lathe::data {
namespace {

/// Rows of the blocks that the other snapshot doesn't have, in id order.
class RowStream {
public:
    RowStream(soci::session& sql, std::vector<std::string> mine, const std::vector<std::string>& other) : m_sql(sql) {
        const std::unordered_set<std::string> have(other.begin(), other.end());
        for (auto& digest : mine)
            if (!have.contains(digest)) m_blocks.push_back(std::move(digest));
    }
    /// nullptr at the end. Stays valid until next().
    [[nodiscard]] const SnapshotItem* row() const { return m_at < m_block.size() ? &m_block[m_at] : nullptr; }
    [[nodiscard]] Result<> next() {
        if (++m_at < m_block.size()) return {};
        m_at = 0, m_block.clear();
        while (m_block.empty() && m_next < m_blocks.size()) {
            LATHE_TRY(m_block, readBlock(m_sql, m_blocks[m_next++]));
        }
        return {};
    }

private:
    soci::session& m_sql;
    std::vector<std::string> m_blocks;
    std::size_t m_next = 0, m_at = 0;
    std::vector<SnapshotItem> m_block;
};

}  // namespace

Result<> walkDifference(soci::session& sql, SnapshotId a, SnapshotId b, const RowVisit& visit) {
    const auto left = blockList(sql, a), right = blockList(sql, b);
    RowStream old(sql, left, right), now(sql, right, left);
    LATHE_CHECK(old.next());
    LATHE_CHECK(now.next());
    while (old.row() || now.row()) {
        const bool removed = !now.row() || (old.row() && old.row()->image < now.row()->image);
        const bool added = !removed && (!old.row() || now.row()->image < old.row()->image);
        const SnapshotItem *before = added ? nullptr : old.row(), *after = removed ? nullptr : now.row();
        if (!before || !after || before->document != after->document || before->split != after->split)
            LATHE_CHECK(visit(before, after));
        if (before) LATHE_CHECK(old.next());
        if (after) LATHE_CHECK(now.next());
    }
    return {};
}

DocumentReader::DocumentReader(soci::session& sql)
    : m_body(sql),
      m_select((sql.prepare << "SELECT digest, body FROM annotation_doc WHERE id = :i", soci::use(m_id), soci::into(m_digest),
                soci::into(m_body.blob()))) {}

Result<DocumentReader::Document> DocumentReader::read(std::int64_t id) {
    if (id == 0) return Document{};
    m_id = id;
    if (!m_select.execute(true)) return base::fail(ErrorCode::Corrupt, "a snapshot names annotations that are not there");
    return Document{m_digest, m_body.get()};
}

Result<annot::Annotations> DocumentReader::Document::annotations() const {
    return body.empty() ? Result<annot::Annotations>(annot::Annotations()) : annot::unpack(body);
}

}  // namespace lathe::data
