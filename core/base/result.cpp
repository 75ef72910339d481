#include "core/base/result.h"

namespace lathe::base {

std::string_view name(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument: return "invalid_argument";
        case ErrorCode::InvalidData: return "invalid_data";
        case ErrorCode::NotFound: return "not_found";
        case ErrorCode::AlreadyExists: return "already_exists";
        case ErrorCode::Unsupported: return "unsupported";
        case ErrorCode::Io: return "io";
        case ErrorCode::DiskFull: return "disk_full";
        case ErrorCode::ReadOnly: return "read_only";
        case ErrorCode::Locked: return "locked";
        case ErrorCode::NewerVersion: return "newer_version";
        case ErrorCode::Corrupt: return "corrupt";
        case ErrorCode::Network: return "network";
        case ErrorCode::EngineDied: return "engine_died";
        case ErrorCode::EngineFailed: return "engine_failed";
        case ErrorCode::GateRefused: return "gate_refused";
        case ErrorCode::Cancelled: return "cancelled";
        case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

std::string Error::text() const {
    return context.empty() ? message : context + ": " + message;
}

}  // namespace lathe::base
