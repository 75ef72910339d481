// Time spent, and local profiles.
#include <fmt/format.h>

#include <algorithm>

#include "core/store/class_colour.h"
#include "core/store/labelling.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

void addToImage(soci::session& sql, const TimeSpent& spent) {
    const long long image = spent.image.value, edits = spent.edits;
    sql << "INSERT INTO image_time (image_id, author, seconds, edits) VALUES (:i, :u, :s, :e) ON CONFLICT (image_id, author) "
           "DO UPDATE SET seconds = image_time.seconds + excluded.seconds, edits = image_time.edits + excluded.edits",
        soci::use(image), soci::use(spent.user), soci::use(spent.seconds), soci::use(edits);
}

void addToShapes(soci::session& sql, const TimeSpent& spent) {
    const long long image = spent.image.value;
    long long annotation = 0;
    double seconds = 0;
    soci::statement add = (sql.prepare << "INSERT INTO shape_time (image_id, author, annotation, seconds) VALUES (:i, :u, :a, :s) "
                                          "ON CONFLICT (image_id, author, annotation) DO UPDATE SET seconds = "
                                          "shape_time.seconds + excluded.seconds",
                           soci::use(image), soci::use(spent.user), soci::use(annotation), soci::use(seconds));
    for (const auto& [id, s] : spent.shapes) {
        annotation = id.value, seconds = s;
        add.execute(true);
    }
}

/// Rows of "author, seconds, edits".
std::vector<TimeSpent> totals(soci::session& sql, ImageId image, const std::string& query) {
    std::vector<TimeSpent> all;
    std::string user;
    double seconds = 0;
    long long edits = 0;
    soci::statement rows = (sql.prepare << query, soci::into(user), soci::into(seconds), soci::into(edits));
    for (rows.execute(); rows.fetch();) all.push_back({image, user, seconds, edits, {}});
    return all;
}

void addShapes(soci::session& sql, ImageId image, std::vector<TimeSpent>& all) {
    const long long id = image.value;
    std::string user;
    long long annotation = 0;
    double seconds = 0;
    soci::statement rows =
        (sql.prepare << "SELECT author, annotation, seconds FROM shape_time WHERE image_id = :i ORDER BY annotation", soci::use(id),
         soci::into(user), soci::into(annotation), soci::into(seconds));
    for (rows.execute(); rows.fetch();)
        if (const auto at = std::ranges::find(all, user, &TimeSpent::user); at != all.end())
            at->shapes.emplace_back(AnnotationId(annotation), seconds);
}

std::optional<Role> roleOf(const std::string& name) {
    const auto at = std::ranges::find(kRoleNames, name);
    return at == kRoleNames.end() ? std::nullopt : std::optional(Role(at - kRoleNames.begin()));
}

bool hasWords(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") != std::string::npos;
}

}  // namespace

Result<> addTime(Workspace& workspace, const TimeSpent& spent) {
    if (!(spent.seconds >= 0)) return fail(ErrorCode::InvalidArgument, "time can't be negative");
    if (spent.seconds == 0 && spent.edits == 0 && spent.shapes.empty()) return {};
    return workspace.write([&](soci::session& sql) -> Result<> {
        addToImage(sql, spent);
        addToShapes(sql, spent);
        return {};
    });
}

Result<std::vector<TimeSpent>> timeOf(const Workspace& workspace, ImageId image) {
    return readBy(workspace, [&](soci::session& sql) -> Result<std::vector<TimeSpent>> {
        auto all =
            totals(sql, image,
                   fmt::format("SELECT author, seconds, edits FROM image_time WHERE image_id = {} ORDER BY seconds DESC, author",
                               image.value));
        addShapes(sql, image, all);
        return all;
    });
}

Result<std::vector<TimeSpent>> timeByUser(const Workspace& workspace) {
    return readBy(workspace, [](soci::session& sql) -> Result<std::vector<TimeSpent>> {
        return totals(sql, {}, "SELECT author, sum(seconds), sum(edits) FROM image_time GROUP BY author ORDER BY 2 DESC, 1");
    });
}

Result<std::vector<User>> users(const Workspace& workspace) {
    return readBy(workspace, [](soci::session& sql) -> Result<std::vector<User>> {
        std::vector<User> all;
        std::string name, colour, role;
        soci::statement rows = (sql.prepare << "SELECT name, colour, role FROM person ORDER BY name", soci::into(name),
                                soci::into(colour), soci::into(role));
        for (rows.execute(); rows.fetch();) all.push_back({name, colour, roleOf(role).value_or(Role::Annotator)});
        return all;
    });
}

Result<User> saveUser(Workspace& workspace, User user) {
    if (!hasWords(user.name)) return fail(ErrorCode::InvalidArgument, "a person needs a name");
    return written(workspace, [&](soci::session& sql) -> Result<User> {
        if (user.colour.empty()) user.colour = classColour(oneNumber(sql, "SELECT count(*) FROM person") + 3);
        const std::string role(kRoleNames[std::size_t(user.role)]);
        sql << "INSERT INTO person (name, colour, role) VALUES (:n, :c, :r) ON CONFLICT (name) DO UPDATE SET colour = "
               "excluded.colour, role = excluded.role",
            soci::use(user.name), soci::use(user.colour), soci::use(role);
        return user;
    });
}

Result<> removeUser(Workspace& workspace, const std::string& name) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        sql << "DELETE FROM person WHERE name = :n", soci::use(name);
        return {};
    });
}

}  // namespace lathe::store
