// Review states and their history.
#include "core/store/labelling.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/time.h"
#include "core/store/state_rows.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

constexpr std::string_view kLast = "(SELECT max(seq) FROM state_change GROUP BY image_id)";

std::string stateOf(soci::session& sql, ImageId image) {
    std::string state;
    const long long id = image.value;
    sql << "SELECT state FROM image WHERE id = :i", soci::use(id), soci::into(state);
    return state;
}

Result<> checkState(const std::string& to, const std::string& reason, bool needsReason) {
    if (std::ranges::find(kStates, to) == kStates.end())
        return fail(ErrorCode::InvalidArgument, "a state is new, in_progress, done, accepted, rejected or skipped", to);
    if (needsReason && to == "rejected" && reason.find_first_not_of(" \t\r\n") == std::string::npos)
        return fail(ErrorCode::InvalidArgument, "a rejection needs a reason, so that the annotator knows what to change");
    return {};
}

Result<> setAll(Workspace& workspace, std::span<const ImageId> images, const StateChange& what) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        StateLog log(sql);
        StateChange change = what;
        change.at = base::now();
        for (const ImageId image : images) {
            change.image = image, change.from = stateOf(sql, image);
            if (change.from.empty() || change.from == change.to) continue;
            const long long id = image.value;
            sql << "UPDATE image SET state = :s WHERE id = :i", soci::use(change.to), soci::use(id);
            log.add(change);
        }
        return {};
    });
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = char(c + 32);
    return text;
}

/// Image and reason of each rejected image.
std::vector<std::pair<ImageId, std::string>> rejections(soci::session& sql) {
    std::vector<std::pair<ImageId, std::string>> all;
    long long id = 0;
    std::string reason;
    soci::statement rows = (sql.prepare << fmt::format("SELECT c.image_id, c.reason FROM state_change c JOIN image i "
                                                       "ON i.id = c.image_id WHERE c.seq IN {} AND i.state = 'rejected' ORDER BY 1",
                                                       kLast),
                            soci::into(id), soci::into(reason));
    for (rows.execute(); rows.fetch();) all.emplace_back(ImageId(id), reason);
    return all;
}

std::vector<StateChange> changesOf(soci::session& sql, ImageId image) {
    std::vector<StateChange> all;
    const long long id = image.value;
    StateChange c{image, {}, 0, {}, {}, {}};
    soci::statement rows =
        (sql.prepare << "SELECT author, at, from_state, to_state, reason FROM state_change WHERE image_id = :i "
                        "ORDER BY seq",
         soci::use(id), soci::into(c.who), soci::into(c.at), soci::into(c.from), soci::into(c.to), soci::into(c.reason));
    for (rows.execute(); rows.fetch();) all.push_back(c);
    return all;
}

}  // namespace

StateLog::StateLog(soci::session& sql) : m_sql(sql), m_seq(oneNumber(sql, "SELECT max(seq) FROM state_change")) {}

void StateLog::add(const StateChange& change) {
    const long long id = change.image.value;
    ++m_seq;
    m_sql << "INSERT INTO state_change (seq, image_id, author, at, from_state, to_state, reason) VALUES (:s,:i,:w,:a,:f,:t,:r)",
        soci::use(m_seq), soci::use(id), soci::use(change.who), soci::use(change.at), soci::use(change.from), soci::use(change.to),
        soci::use(change.reason);
}

Result<> Workspace::setState(std::span<const ImageId> images, const std::string& state) {
    LATHE_CHECK(checkState(state, {}, false));
    return setAll(*this, images, {{}, {}, 0, {}, state, {}});
}

Result<> setState(Workspace& workspace, std::span<const ImageId> images, const std::string& to, const std::string& who,
                  const std::string& reason) {
    LATHE_CHECK(checkState(to, reason, true));
    return setAll(workspace, images, {{}, who, 0, {}, to, reason});
}

Result<std::vector<StateChange>> stateHistory(const Workspace& workspace, ImageId image) {
    return readBy(workspace, [&](soci::session& sql) { return Result<std::vector<StateChange>>(changesOf(sql, image)); });
}

Result<std::string> rejectionReason(const Workspace& workspace, ImageId image) {
    return readBy(workspace, [&](soci::session& sql) -> Result<std::string> {
        const auto changes = changesOf(sql, image);
        return stateOf(sql, image) == "rejected" && !changes.empty() ? changes.back().reason : std::string();
    });
}

Result<std::vector<std::string>> recentReasons(const Workspace& workspace, std::size_t most) {
    return readBy(workspace, [&](soci::session& sql) -> Result<std::vector<std::string>> {
        std::vector<std::string> all;
        std::string reason;
        soci::statement rows = (sql.prepare << fmt::format("SELECT reason FROM state_change WHERE reason <> '' GROUP BY reason "
                                                           "ORDER BY max(seq) DESC LIMIT {}",
                                                           most),
                                soci::into(reason));
        for (rows.execute(); rows.fetch();) all.push_back(reason);
        return all;
    });
}

Result<std::vector<ImageId>> imagesRejectedFor(const Workspace& workspace, const std::string& text) {
    return readBy(workspace, [wanted = lower(text)](soci::session& sql) -> Result<std::vector<ImageId>> {
        std::vector<ImageId> ids;
        for (const auto& [id, reason] : rejections(sql))
            if (lower(reason).find(wanted) != std::string::npos) ids.push_back(id);
        return ids;
    });
}

}  // namespace lathe::store
