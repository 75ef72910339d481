// The engine's end: reads requests from a descriptor, runs each on a worker thread, answers, reports progress, honours $/cancel.
#pragma once
#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "core/base/json.h"
#include "core/base/progress.h"
#include "core/base/result.h"

namespace lathe::rpc {

using Handler = std::function<Result<Json>(const Json& params, std::stop_token stop, const Progress& progress)>;

/// Serves until shutdown or end of input; returns the exit status. Handlers run one at a time on one worker thread (torch keeps its
/// thread-local state there); cancel and shutdown are taken meanwhile. Progress is sent at most 20 times a second a request.
[[nodiscard]] int serve(int inFd, int outFd, const std::map<std::string, Handler>& handlers);

}  // namespace lathe::rpc
