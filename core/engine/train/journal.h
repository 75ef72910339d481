// What the trainer tells, in the words of the event log.
#pragma once
#include <string>

#include "core/runs/event_log.h"
#include "core/runs/run_folder.h"

namespace lathe::engine::train {

class Journal {
public:
    explicit Journal(runs::EventWriter writer) : m_writer(std::move(writer)) {}
    /// {"kind":"state","state":…,"message":…}
    [[nodiscard]] Result<> state(runs::RunState state, const std::string& message = {});
    /// {"kind":"message","level":"info"|"warning"|"error","text":…}
    [[nodiscard]] Result<> message(const std::string& level, const std::string& text);
    /// `kind` and time are put in front of `fields`.
    [[nodiscard]] Result<> event(const std::string& kind, const Json& fields);
    void metric(std::string_view series, std::int64_t step, double epoch, double value);
    [[nodiscard]] runs::EventWriter& writer() { return m_writer; }

private:
    runs::EventWriter m_writer;
};

}  // namespace lathe::engine::train
