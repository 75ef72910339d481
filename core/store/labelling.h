// Who did what to an image: review states with their history, time spent, and the people. Any thread; one transaction each.
#pragma once
#include <array>
#include <span>
#include <string_view>

#include "core/store/workspace.h"

namespace lathe::store {

// -- states
inline constexpr std::array<std::string_view, 6> kStates{"new", "in_progress", "done", "accepted", "rejected", "skipped"};

struct StateChange {
    ImageId image;
    std::string who;
    double at = 0;
    std::string from, to;
    std::string reason;  ///< of a rejection
};
/// Images that are in that state already are left alone. InvalidArgument: an unknown state, or a rejection without a reason.
[[nodiscard]] Result<> setState(Workspace& workspace, std::span<const ImageId> images, const std::string& to,
                                const std::string& who, const std::string& reason = {});
/// Oldest first.
[[nodiscard]] Result<std::vector<StateChange>> stateHistory(const Workspace& workspace, ImageId image);
/// Why the image is rejected; empty when it isn't.
[[nodiscard]] Result<std::string> rejectionReason(const Workspace& workspace, ImageId image);
/// Different reasons given last, latest first: what a popup offers.
[[nodiscard]] Result<std::vector<std::string>> recentReasons(const Workspace& workspace, std::size_t most = 8);
/// Rejected images whose reason holds the text (case of ASCII doesn't matter), by id.
[[nodiscard]] Result<std::vector<ImageId>> imagesRejectedFor(const Workspace& workspace, const std::string& text);

// -- time
/// Working seconds of one sitting on an image; of its shapes those that were in hand.
struct TimeSpent {
    ImageId image;
    std::string user;
    double seconds = 0;
    std::int64_t edits = 0;
    std::vector<std::pair<AnnotationId, double>> shapes = {};
};
/// Added to what was there. Nothing is written for 0 seconds and no edits.
[[nodiscard]] Result<> addTime(Workspace& workspace, const TimeSpent& spent);
/// Per user, most first; `shapes` by annotation id.
[[nodiscard]] Result<std::vector<TimeSpent>> timeOf(const Workspace& workspace, ImageId image);
/// Per user over all images; `image` and `shapes` empty.
[[nodiscard]] Result<std::vector<TimeSpent>> timeByUser(const Workspace& workspace);

// -- people
enum class Role { Annotator, Reviewer, Scientist, Engineer };
inline constexpr std::array<std::string_view, 4> kRoleNames{"annotator", "reviewer", "scientist", "engineer"};
/// May they accept and reject?
[[nodiscard]] constexpr bool mayReview(Role role) {
    return role == Role::Reviewer || role == Role::Scientist;
}
/// A local profile: no password, no account; it says whose hand the edits are.
struct User {
    std::string name;
    std::string colour = {};  ///< "#rrggbb"; empty on saving: one is given
    Role role = Role::Annotator;
    bool operator==(const User&) const = default;
};
/// By name.
[[nodiscard]] Result<std::vector<User>> users(const Workspace& workspace);
/// Adds, or changes the one of that name.
[[nodiscard]] Result<User> saveUser(Workspace& workspace, User user);
/// Their work stays.
[[nodiscard]] Result<> removeUser(Workspace& workspace, const std::string& name);

}  // namespace lathe::store
