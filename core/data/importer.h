// The sink of an import: takes what a format's reader delivers, in batches, into the workspace. For core/data alone.
#pragma once
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "core/data/import.h"
#include "core/data/media.h"
#include "core/store/records.h"

namespace lathe::data {

/// Reader's thread: classes(), image(), problem(). A thread of its own examines files on all cores and writes a transaction a
/// batch.
class Importer : public formats::Sink {
public:
    Importer(store::Workspace& workspace, const ImportOptions& options, const std::string& source, std::string format,
             std::stop_token stop);
    ~Importer() override;

    void classes(std::span<const formats::ClassRecord> classes) override;
    void image(formats::ImageRecord&& image) override;
    void problem(Problem problem) override;
    void setExtra(Json extra) override;
    [[nodiscard]] bool takesPacked() const override { return true; }

    /// Waits for the last batch and closes the import's record; the first error that stopped the writing, if any.
    [[nodiscard]] Result<ImportReport> finish();
    /// The source was unpacked to this folder, which won't last: what it lacks is remembered by the archive's name.
    void unpackedTo(const std::filesystem::path& folder) { m_unpacked = folder; }

private:
    struct Item {
        formats::ImageRecord record;
        bool missing = false, taken = false;
        Result<Examined> examined = Examined();
        std::optional<store::PackedDocument> document;
        std::string extra;
        [[nodiscard]] std::int64_t objects() const { return std::int64_t(record.annotations.size() + record.packed.size()); }
    };
    using Batch = std::vector<Item>;

    void work();
    void send();
    void prepare(Item& item) const;
    void storeUnlessBroken(Batch& batch);
    [[nodiscard]] Result<> store(Batch& batch);
    void storeOne(store::ImageWriter& writer, Item& item, ImportReport& report);
    void countOnly(Item& item, ImportReport& report);
    [[nodiscard]] Result<> settle(const Item& item, ImageId image, ImportReport& report);
    void storeKnown(store::ImageWriter& writer, Item& item, const store::ImageWriter::Known& known, ImportReport& report);
    void storeNew(store::ImageWriter& writer, Item& item, ImportReport& report);
    [[nodiscard]] bool keepsFrozen(const Item& item, ImageId image, ImportReport& report) const;
    void fail(const Error& error);
    [[nodiscard]] Result<> openRecord();
    [[nodiscard]] Result<> closeRecord();
    void writeProblems(soci::session& sql, const Problems& problems) const;

    store::Workspace& m_workspace;
    const ImportOptions m_options;
    const std::string m_source;
    const std::stop_token m_stop;
    const MediaStore m_media;
    ImportReport m_report;                                     ///< the writer thread's, after finish() the caller's
    std::vector<ClassId> m_classes;                            ///< by the source's index
    std::vector<std::string> m_missing;                        ///< the first few names
    std::unordered_set<std::int64_t> m_added;                  ///< images of this import
    std::unordered_set<std::int64_t> m_frozen;                 ///< of frozen test sets; empty when forced
    std::vector<std::pair<const Item*, ImageId>> m_conflicts;  ///< of the batch under way
    std::filesystem::path m_unpacked;
    Json m_extra;
    long long m_import = 0;

    Batch m_batch;
    std::uint64_t m_batchBytes = 0;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Batch> m_queue;
    Problems m_readerProblems;
    std::optional<Error> m_error;
    bool m_closed = false;
    std::thread m_thread;
};

}  // namespace lathe::data
