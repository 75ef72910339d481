// The file of the queue and its locks. Private to core/runs.
#pragma once
#include <functional>

#include "core/runs/run_queue.h"

namespace lathe::runs {

struct StoredQueue {
    std::vector<std::string> runs;
    int slots = 1;
};
[[nodiscard]] std::filesystem::path queueFile(const store::Workspace& workspace);
[[nodiscard]] std::filesystem::path queueDriverLock(const store::Workspace& workspace);
/// Held while the file is changed and while a run of it is started; waits up to 5 s.
[[nodiscard]] Result<base::FileLock> lockQueue(const store::Workspace& workspace);
[[nodiscard]] Result<StoredQueue> readQueue(const store::Workspace& workspace);
[[nodiscard]] Result<> writeQueue(const store::Workspace& workspace, const StoredQueue& queue);
[[nodiscard]] Result<> changeQueue(const store::Workspace& workspace, const std::function<Result<>(StoredQueue&)>& change);
/// In the log of a run that no engine has.
[[nodiscard]] Result<> writeState(const RunFolder& folder, RunState state, const std::string& message);

}  // namespace lathe::runs
