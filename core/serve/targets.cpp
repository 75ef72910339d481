// The kinds of targets and their rows in the workspace.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <array>

#include "core/models/audit.h"
#include "core/serve/folder_target.h"
#include "core/serve/oip_target.h"
#include "core/serve/triton_target.h"
#include "core/store/sql.h"

namespace lathe::serve {

namespace {

using Make = Result<std::unique_ptr<Target>> (*)(const TargetRow&);
struct Kind {
    TargetKind kind;
    Make make;
};
constexpr std::array kKinds{
    Kind{{"folder", "A folder with one subfolder per version and a link to the live one", "/srv/models"}, makeFolderTarget},
    Kind{{"triton", "A Triton model repository; options http=URL, backend=onnxruntime|pytorch", "/srv/triton"}, makeTritonTarget},
    Kind{{"oip", "A server of the Open Inference Protocol v2; option repository=FOLDER", "http://127.0.0.1:8000"}, makeOipTarget},
};

constexpr auto kPublicKinds = [] {
    std::array<TargetKind, kKinds.size()> kinds;
    for (std::size_t k = 0; k < kKinds.size(); ++k) kinds[k] = kKinds[k].kind;
    return kinds;
}();

std::map<std::string, std::string> optionsOf(const std::string& text) {
    const auto json = Json::parse(text, nullptr, false);
    return json.is_object() ? json.get<std::map<std::string, std::string>>() : std::map<std::string, std::string>();
}

std::vector<TargetRow> targetRows(soci::session& sql) {
    std::vector<TargetRow> rows;
    TargetRow row;
    long long id = 0;
    std::string options;
    soci::statement query = (sql.prepare << "SELECT id, name, kind, url, options, live, previous FROM target ORDER BY id",
                             soci::into(id), soci::into(row.name), soci::into(row.kind), soci::into(row.url), soci::into(options),
                             soci::into(row.live), soci::into(row.previous));
    for (query.execute(); query.fetch();) {
        row.id = id;
        row.options = optionsOf(options);
        rows.push_back(row);
    }
    return rows;
}

/// Secrets stay out of the audit log.
Json auditDetails(const TargetRow& row) {
    return {{"kind", row.kind}, {"url", row.url}};
}

}  // namespace

std::span<const TargetKind> targetKinds() {
    return kPublicKinds;
}

Result<std::unique_ptr<Target>> makeTarget(const TargetRow& row) {
    std::vector<std::string_view> known;
    for (const auto& entry : kKinds) {
        if (entry.kind.name == row.kind) return entry.make(row);
        known.push_back(entry.kind.name);
    }
    return fail(ErrorCode::Unsupported,
                fmt::format("There is no target of kind \"{}\"; there is {}.", row.kind, fmt::join(known, ", ")), row.name);
}

Result<> addTarget(store::Workspace& workspace, const TargetRow& row, const std::string& user) {
    if (row.name.empty()) return fail(ErrorCode::InvalidArgument, "A target needs a name.");
    LATHE_TRY([[maybe_unused]] const auto target, makeTarget(row));
    return workspace.write([&](soci::session& sql) -> Result<> {
        int taken = 0;
        sql << "SELECT count(*) FROM target WHERE name = :n", soci::use(row.name), soci::into(taken);
        if (taken > 0) return fail(ErrorCode::AlreadyExists, "There is a target of this name; choose another.", row.name);
        const long long id = store::oneNumber(sql, "SELECT max(id) FROM target") + 1;
        const std::string options = Json(row.options).dump();
        sql << "INSERT INTO target (id, name, kind, url, options) VALUES (:i, :n, :k, :u, :o)", soci::use(id), soci::use(row.name),
            soci::use(row.kind), soci::use(row.url), soci::use(options);
        models::appendAudit(sql, user, "target.add", row.name, auditDetails(row));
        return {};
    });
}

Result<std::vector<TargetRow>> targets(const store::Workspace& workspace) {
    std::vector<TargetRow> rows;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        rows = targetRows(sql);
        return {};
    }));
    return rows;
}

Result<TargetRow> findTarget(const store::Workspace& workspace, const std::string& name) {
    LATHE_TRY(const auto rows, targets(workspace));
    std::vector<std::string> known;
    for (const auto& row : rows) {
        if (row.name == name) return row;
        known.push_back(row.name);
    }
    const auto list = known.empty() ? std::string("there is none yet; `lathe target add` makes one")
                                    : fmt::format("there is {}", fmt::join(known, ", "));
    return fail(ErrorCode::NotFound, fmt::format("There is no target \"{}\": {}.", name, list));
}

}  // namespace lathe::serve
