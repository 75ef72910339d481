// Labels and splits of many images changed as one operation, which undoBatch() takes back as a whole.
//
// One transaction: a stop or a crash leaves nothing half done. Every image whose labels change gets one entry in its journal, all
// with the batch's id; states of review stay. May take seconds: call from a job, never from the GUI thread.
#pragma once
#include <set>

#include "core/store/class_ops.h"

namespace lathe::store {

/// What an operation may do to the workspace; lives inside writeBatch().
class BatchWriter {
public:
    BatchWriter(soci::session& sql, std::string label, std::string who, BatchId batch);
    /// Equal ones: nothing. Classes that were deleted or merged since come back when `to` names them.
    [[nodiscard]] Result<> setAnnotations(ImageId image, const annot::Annotations& to);
    /// Once per image. "train", "val", "test", "".
    void setSplit(ImageId image, const std::string& split);
    /// The same of many, each named once. InvalidArgument for other splits.
    [[nodiscard]] Result<> setSplit(std::span<const ImageId> images, const std::string& split);
    /// A number of the table meta. The undo puts it back unless it is another one by then.
    void setMeta(const std::string& key, long long value);
    /// images: whose labels changed; annotations: changes.
    [[nodiscard]] const BatchResult& result() const { return m_result; }
    /// Closes the batch's record.
    void finish();

private:
    soci::session& m_sql;
    const std::string m_label, m_who;
    const double m_at;
    BatchResult m_result;
    bool m_splits = false;
    std::set<std::int64_t> m_classes;
    Json m_meta = Json::object();
};

/// `work` may run again when the database was busy; it may read what it likes in the same transaction. Its error undoes everything.
[[nodiscard]] Result<BatchResult> writeBatch(Workspace& workspace, const std::string& label, const std::string& who,
                                             const std::function<Result<>(soci::session&, BatchWriter&)>& work);

}  // namespace lathe::store
