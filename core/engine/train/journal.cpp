#include "core/engine/train/journal.h"

#include "core/base/time.h"

namespace lathe::engine::train {

Result<> Journal::event(const std::string& kind, const Json& fields) {
    Json json = {{"kind", kind}, {"time", base::now()}};
    for (const auto& [key, value] : fields.items()) json[key] = value;
    return m_writer.event(json);
}

Result<> Journal::state(runs::RunState state, const std::string& message) {
    Json fields = {{"state", std::string(runs::name(state))}};
    if (!message.empty()) fields["message"] = message;
    return event("state", fields);
}

Result<> Journal::message(const std::string& level, const std::string& text) {
    return event("message", {{"level", level}, {"text", text}});
}

void Journal::metric(std::string_view series, std::int64_t step, double epoch, double value) {
    m_writer.metric(series, {step, epoch, base::now(), value});
}

}  // namespace lathe::engine::train
