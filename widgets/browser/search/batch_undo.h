// Taking back what was done to many images at once.
#pragma once
#include <functional>
#include <memory>
#include <optional>

#include "core/store/class_ops.h"
#include "widgets/common/mode.h"

namespace lathe::widgets::browser::search {

/// In a job; `told` on the GUI thread, unless `receiver` is gone by then.
void undoBatch(common::Services& services, QObject* receiver, std::shared_ptr<store::Workspace> workspace, store::BatchId batch,
               std::function<void(const Result<store::BatchResult>&)> told);
/// The user's latest operation that isn't undone, of this or an earlier session; nothing when there is none.
struct Undone {
    std::string label;  ///< as the journal has it
    store::BatchResult result;
};
void undoLatest(common::Services& services, QObject* receiver, std::shared_ptr<store::Workspace> workspace,
                std::function<void(const Result<std::optional<Undone>>&)> told);

}  // namespace lathe::widgets::browser::search
