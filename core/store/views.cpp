#include "core/store/views.h"

#include "core/store/sql.h"
#include "core/store/transact.h"

namespace lathe::store {

Result<std::vector<SavedView>> savedViews(const Workspace& workspace) {
    return readBy(workspace, [](soci::session& sql) -> Result<std::vector<SavedView>> {
        std::vector<SavedView> views;
        SavedView v;
        soci::statement rows = (sql.prepare << "SELECT name, query, author, at FROM saved_view ORDER BY name", soci::into(v.name),
                                soci::into(v.query), soci::into(v.author), soci::into(v.at));
        for (rows.execute(); rows.fetch();) views.push_back(v);
        return views;
    });
}

Result<> saveView(Workspace& workspace, const SavedView& view) {
    if (view.name.empty()) return fail(ErrorCode::InvalidArgument, "a view needs a name");
    return workspace.write([&](soci::session& sql) -> Result<> {
        sql << "DELETE FROM saved_view WHERE name = :n", soci::use(view.name);
        sql << "INSERT INTO saved_view (name, query, author, at) VALUES (:n, :q, :a, :t)", soci::use(view.name),
            soci::use(view.query), soci::use(view.author), soci::use(view.at);
        return {};
    });
}

Result<> removeView(Workspace& workspace, const std::string& name) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        sql << "DELETE FROM saved_view WHERE name = :n", soci::use(name);
        return {};
    });
}

Result<std::vector<std::pair<std::string, std::int64_t>>> tags(const Workspace& workspace) {
    using Tags = std::vector<std::pair<std::string, std::int64_t>>;
    return readBy(workspace, [](soci::session& sql) -> Result<Tags> {
        Tags found;
        std::string name;
        long long count = 0;
        soci::statement rows =
            (sql.prepare << "SELECT t.name, count(*) FROM tag t JOIN image_tag i ON i.tag_id = t.id GROUP BY t.name "
                            "ORDER BY t.name",
             soci::into(name), soci::into(count));
        for (rows.execute(); rows.fetch();) found.emplace_back(name, count);
        return found;
    });
}

Result<std::vector<std::vector<std::string>>> tagsOf(const Workspace& workspace, std::span<const ImageId> images) {
    using Tags = std::vector<std::vector<std::string>>;
    return readBy(workspace, [images](soci::session& sql) -> Result<Tags> {
        Tags found(images.size());
        long long id = 0;
        std::string name;
        soci::statement rows = (sql.prepare << "SELECT t.name FROM tag t JOIN image_tag i ON i.tag_id = t.id "
                                               "WHERE i.image_id = :i ORDER BY t.name",
                                soci::use(id), soci::into(name));
        for (std::size_t k = 0; k < images.size(); ++k) {
            id = images[k].value;
            for (rows.execute(); rows.fetch();) found[k].push_back(name);
        }
        return found;
    });
}

}  // namespace lathe::store
