#include "core/data/snapshot_walk.h"

#include <memory>
#include <unordered_set>

namespace lathe::data {
namespace {

/// Rows in id order.
class Rows {
public:
    virtual ~Rows() = default;
    /// nullptr at the end. Stays valid until next().
    [[nodiscard]] virtual const SnapshotItem* row() const = 0;
    [[nodiscard]] virtual Result<> next() = 0;
    /// Before a row that differs is shown: what was too dear to know of all.
    virtual void complete() {}
};

/// Of the blocks that the other snapshot doesn't have.
class BlockRows final : public Rows {
public:
    BlockRows(soci::session& sql, std::vector<std::string> mine, const std::vector<std::string>& other) : m_sql(sql) {
        const std::unordered_set<std::string> have(other.begin(), other.end());
        for (auto& digest : mine)
            if (!have.contains(digest)) m_blocks.push_back(std::move(digest));
    }
    [[nodiscard]] const SnapshotItem* row() const override { return m_at < m_block.size() ? &m_block[m_at] : nullptr; }
    [[nodiscard]] Result<> next() override {
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

/// Of the images as they are now.
class PresentRows final : public Rows {
public:
    explicit PresentRows(soci::session& sql)
        : m_images((sql.prepare << "SELECT id, split, doc_id FROM image ORDER BY id", soci::into(m_id), soci::into(m_item.split),
                    soci::into(m_document, m_has))),
          m_objects(
              (sql.prepare << "SELECT objects FROM annotation_doc WHERE id = :i", soci::use(m_document), soci::into(m_count))) {
        m_images.execute();
    }
    [[nodiscard]] const SnapshotItem* row() const override { return m_there ? &m_item : nullptr; }
    [[nodiscard]] Result<> next() override {
        m_there = m_images.fetch();
        m_item.image = ImageId(m_id), m_item.document = m_has == soci::i_ok ? m_document : 0;
        return {};
    }
    /// In a snapshot an image whose annotations were all deleted is as one that never had any.
    void complete() override {
        if (!m_there || m_item.document == 0) return;
        if (!m_objects.execute(true) || m_count == 0) m_item.document = 0;
    }

private:
    SnapshotItem m_item;
    long long m_id = 0, m_document = 0, m_count = 0;
    soci::indicator m_has = soci::i_null;
    bool m_there = false;
    soci::statement m_images, m_objects;
};

std::unique_ptr<Rows> rowsOf(soci::session& sql, SnapshotId id, SnapshotId other) {
    if (id == kPresent) return std::make_unique<PresentRows>(sql);
    return std::make_unique<BlockRows>(sql, blockList(sql, id),
                                       other == kPresent ? std::vector<std::string>() : blockList(sql, other));
}

bool differ(const SnapshotItem* before, const SnapshotItem* after) {
    return !before || !after || before->document != after->document || before->split != after->split;
}

}  // namespace

Result<> walkDifference(soci::session& sql, SnapshotId a, SnapshotId b, const RowVisit& visit) {
    const auto old = rowsOf(sql, a, b), now = rowsOf(sql, b, a);
    LATHE_CHECK(old->next());
    LATHE_CHECK(now->next());
    while (old->row() || now->row()) {
        const bool removed = !now->row() || (old->row() && old->row()->image < now->row()->image);
        const bool added = !removed && (!old->row() || now->row()->image < old->row()->image);
        const SnapshotItem *before = added ? nullptr : old->row(), *after = removed ? nullptr : now->row();
        if (differ(before, after)) {
            if (before) old->complete();
            if (after) now->complete();
            if (differ(before, after)) LATHE_CHECK(visit(before, after));
        }
        if (before) LATHE_CHECK(old->next());
        if (after) LATHE_CHECK(now->next());
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
