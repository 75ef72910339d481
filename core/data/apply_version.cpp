#include "core/data/apply_version.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/data/version_rows.h"

namespace lathe::data {
namespace {

using base::fail;

/// Images as they are now; without objects is without a document.
std::vector<SnapshotItem> presentItems(soci::session& sql) {
    std::vector<SnapshotItem> items;
    long long id = 0, document = 0;
    std::string split;
    soci::statement rows =
        (sql.prepare << "SELECT i.id, i.split, CASE WHEN d.objects > 0 THEN i.doc_id ELSE 0 END FROM image i LEFT "
                        "JOIN annotation_doc d ON d.id = i.doc_id ORDER BY i.id",
         soci::into(id), soci::into(split), soci::into(document));
    for (rows.execute(); rows.fetch();) items.push_back({ImageId(id), split, document});
    return items;
}

class Applier {
public:
    /// writer nullptr: only count.
    Applier(soci::session& sql, store::BatchWriter* writer, const Applying& how)
        : m_writer(writer), m_how(how), m_documents(sql), m_present(presentItems(sql)), m_frozen(frozenImages(sql)) {}

    Result<ApplyReport> run(const std::vector<WantedImage>& wanted) {
        auto next = wanted.begin();
        for (const auto& now : m_present) {
            if (m_how.stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped; nothing was changed");
            if (next == wanted.end() || now.image < next->item.image) {
                m_report.outside.push_back(now.image);
            } else if (now.image == next->item.image) {
                LATHE_CHECK(bring(now, *next++));
                const auto done = next - wanted.begin();
                if (done % 1000 == 0) m_how.progress.report(done, std::int64_t(wanted.size()), m_how.label);
            }
        }
        if (next != wanted.end()) return fail(ErrorCode::Corrupt, "the snapshot names images that are not there");
        if (m_frozenImages > 0) m_report.problems.push_back(frozenProblem(m_frozenImages, m_how.label, m_how.options.force));
        return std::move(m_report);
    }

private:
    Result<> bring(const SnapshotItem& now, const WantedImage& wanted) {
        const bool moves = now.split != wanted.item.split;
        LATHE_TRY(const auto labels, newLabels(now, wanted));
        if (!moves && !labels) return ++m_report.images.unchanged, Result<>();
        if (std::ranges::binary_search(m_frozen, now.image.value)) {
            ++m_frozenImages;
            if (!m_how.options.force) return ++m_report.images.unchanged, Result<>();
        }
        ++m_report.images.changed, m_report.images.moved += moves;
        if (labels) LATHE_CHECK(setLabels(now, *labels));
        if (moves && m_writer) m_writer->setSplit(now.image, wanted.item.split);
        return {};
    }

    /// nullopt: they are as wanted.
    Result<std::optional<annot::Annotations>> newLabels(const SnapshotItem& now, const WantedImage& wanted) {
        using Labels = std::optional<annot::Annotations>;
        if (!wanted.annotations && now.document == wanted.item.document) return Labels();
        LATHE_TRY(const auto present, m_documents.read(now.document));
        if (wanted.annotations) {
            LATHE_TRY(const auto is, present.annotations());
            return is == *wanted.annotations ? Labels() : wanted.annotations;
        }
        LATHE_TRY(const auto document, m_documents.read(wanted.item.document));
        if (document.digest == present.digest) return Labels();
        LATHE_TRY(auto labels, document.annotations());
        return Labels(std::move(labels));
    }

    Result<> setLabels(const SnapshotItem& now, const annot::Annotations& labels) {
        LATHE_TRY(const auto document, m_documents.read(now.document));
        LATHE_TRY(const auto present, document.annotations());
        for (const auto& shape : diffShapes(present, labels)) ++m_report.shapes[std::size_t(shape.change)];
        return m_writer ? m_writer->setAnnotations(now.image, labels) : Result<>();
    }

    store::BatchWriter* m_writer;
    const Applying& m_how;
    DocumentReader m_documents;
    const std::vector<SnapshotItem> m_present;
    const std::vector<std::int64_t> m_frozen;
    std::size_t m_frozenImages = 0;
    ApplyReport m_report;
};

Result<ApplyReport> applyWithin(soci::session& sql, store::BatchWriter* writer, const WantedState& wanted, const Applying& how) {
    LATHE_TRY(const auto images, wanted(sql));
    auto report = Applier(sql, writer, how).run(images);
    if (!report || !writer) return report;
    writer->setMeta(kHeadKey, how.heads.first.value), writer->setMeta(kMergedKey, how.heads.second.value);
    return report;
}

}  // namespace

Result<std::vector<SnapshotItem>> allItems(soci::session& sql, SnapshotId id) {
    std::vector<SnapshotItem> items;
    for (const auto& digest : blockList(sql, id)) {
        LATHE_TRY(auto block, readBlock(sql, digest));
        std::move(block.begin(), block.end(), std::back_inserter(items));
    }
    return items;
}

Result<ApplyReport> applyState(store::Workspace& workspace, const WantedState& wanted, const Applying& how) {
    Result<ApplyReport> report;
    if (how.options.dryRun) {
        LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
            report = applyWithin(sql, nullptr, wanted, how);
            return {};
        }));
        return report;
    }
    const auto done =
        store::writeBatch(workspace, how.label, how.who, [&](soci::session& sql, store::BatchWriter& writer) -> Result<> {
            report = applyWithin(sql, &writer, wanted, how);
            if (!report) return fail(report.error());
            return {};
        });
    if (!done) return fail(done.error());
    report->batch = done->batch;
    return report;
}

Result<ApplyReport> restoreSnapshot(store::Workspace& workspace, SnapshotId id, const std::string& who, const ApplyOptions& options,
                                    std::stop_token stop, Progress progress) {
    LATHE_TRY(const auto snapshot, findSnapshot(workspace, id));
    const WantedState wanted = [&](soci::session& sql) -> Result<std::vector<WantedImage>> {
        LATHE_TRY(auto items, allItems(sql, id));
        std::vector<WantedImage> images;
        images.reserve(items.size());
        for (auto& item : items) images.push_back({std::move(item)});
        return images;
    };
    return applyState(workspace, wanted,
                      {"Restore " + snapshot.name, who, options, {id, {}}, std::move(stop), std::move(progress)});
}

}  // namespace lathe::data
