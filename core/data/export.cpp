// Labels and images out: the workspace as it is, a query's images, or a snapshot.
#include <fmt/format.h>

#include <unordered_set>

#include "core/base/time.h"
#include "core/data/import.h"
#include "core/data/query.h"
#include "core/data/snapshot.h"
#include "core/formats/archive.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

using base::fail;

Result<const formats::Format*> formatOf(const std::string& name) {
    if (const auto* format = formats::formatNamed(name)) return format;
    std::string names;
    for (const auto* format : formats::allFormats()) names += (names.empty() ? "" : ", ") + std::string(format->name());
    return fail(ErrorCode::InvalidArgument, fmt::format("there is no format of this name; there are {}", names), name);
}

/// What a format may say of the version that it holds; null when it is none.
Result<Json> versionOf(const store::Workspace& workspace, const std::string& what) {
    if (what.empty()) return Json();
    LATHE_TRY(const auto row, findSnapshot(workspace, what));
    Json version{{"name", row.name},     {"digest", row.digest}, {"author", row.author}, {"at", base::isoTime(row.at)},
                 {"branch", row.branch}, {"note", row.note},     {"tags", row.tags}};
    if (row.parent.valid()) {
        LATHE_TRY(const auto parent, findSnapshot(workspace, row.parent));
        version["parent"] = parent.digest;
    }
    return version;
}

/// What to write: images with the document and split to take. document -1: the image's present one.
Result<std::vector<SnapshotItem>> chosen(const store::Workspace& workspace, const ExportOptions& options) {
    std::vector<SnapshotItem> items;
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace));
    LATHE_TRY(const auto ids, runQuery(workspace, *index, options.query));
    if (options.snapshot.empty()) {
        for (const ImageId id : ids) items.push_back({id, {}, -1});
        return items;
    }
    LATHE_TRY(const auto snapshot, findSnapshot(workspace, options.snapshot));
    LATHE_TRY(items, snapshotItems(workspace, snapshot.id));
    if (options.query.empty()) return items;
    const std::unordered_set<ImageId> wanted(ids.begin(), ids.end());
    std::erase_if(items, [&](const SnapshotItem& item) { return !wanted.contains(item.image); });
    return items;
}

Json parsedOrNull(const std::string& text) {
    return text.empty() ? Json() : Json::parse(text, nullptr, false);
}

Result<Json> imageExtra(const store::Workspace& workspace, ImageId image) {
    std::string text;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        const long long id = image.value;
        sql << "SELECT body FROM image_extra WHERE image_id = :i", soci::use(id), soci::into(text);
        return {};
    }));
    return parsedOrNull(text);
}

/// The unknown fields of the latest import of this format that had some.
Result<Json> setExtraOf(const store::Workspace& workspace, const std::string& format) {
    std::string text;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        sql << "SELECT extra FROM import WHERE format = :f AND extra <> '' ORDER BY id DESC LIMIT 1", soci::use(format),
            soci::into(text);
        return {};
    }));
    return parsedOrNull(text);
}

/// Class ids of the workspace to 1 + place in the list that is written.
struct ClassTable {
    std::vector<formats::ClassRecord> records;
    std::unordered_map<ClassId, ClassId> place;
};

Result<ClassTable> classTable(const store::Workspace& workspace) {
    ClassTable table;
    LATHE_TRY(const auto rows, workspace.classes());
    for (const auto& row : rows) {
        table.records.push_back({row.name, row.parent, row.extra, row.colour});
        table.place[row.id] = ClassId(std::int64_t(table.records.size()));
    }
    return table;
}

Result<formats::ImageRecord> recordOf(const store::Workspace& workspace, const SnapshotItem& item, const ClassTable& classes) {
    LATHE_TRY(const auto row, workspace.image(item.image));
    if (!row) return fail(ErrorCode::NotFound, "the image is gone", std::to_string(item.image.value));
    formats::ImageRecord record;
    record.name = row->name, record.width = row->width, record.height = row->height;
    record.path = workspace.layout().file(*row);
    record.split = item.document < 0 ? row->split : item.split;
    LATHE_TRY(record.annotations, item.document < 0 ? workspace.annotations(item.image) : snapshotAnnotations(workspace, item));
    for (auto& a : record.annotations)
        if (const auto at = classes.place.find(a.classId); at != classes.place.end()) a.classId = at->second;
    LATHE_TRY(record.extra, imageExtra(workspace, item.image));
    return record;
}

/// Only the real writer knows what it loses: it writes into a folder that goes away, the pictures at most as links.
Result<formats::WriteReport> rehearsed(const formats::Format& format, const store::Workspace& workspace,
                                       const formats::WriteSource& source, std::stop_token stop, const Progress& progress) {
    const formats::PassingFolder folder(workspace.layout().cache());
    auto report = format.write(folder.path() / "labels", source, {formats::ImageMode::None}, stop, progress);
    if (report || report.error().code != ErrorCode::InvalidArgument) return report;
    return format.write(folder.path() / "all", source, {formats::ImageMode::Link}, stop, progress);
}

}  // namespace

Result<formats::WriteReport> exportTo(const store::Workspace& workspace, const std::filesystem::path& folder,
                                      const ExportOptions& options, std::stop_token stop, const Progress& progress) {
    LATHE_TRY(const auto* format, formatOf(options.format));
    LATHE_TRY(const auto items, chosen(workspace, options));
    LATHE_TRY(ClassTable classes, classTable(workspace));
    formats::WriteSource source;
    source.classes = classes.records;
    source.imageCount = items.size();
    source.image = [&](std::size_t k) { return recordOf(workspace, items[k], classes); };
    LATHE_TRY(source.extra, setExtraOf(workspace, options.format));
    LATHE_TRY(source.version, versionOf(workspace, options.snapshot));
    if (options.dryRun) return rehearsed(*format, workspace, source, stop, progress);
    return format->write(folder, source, {options.images}, stop, progress);
}

}  // namespace lathe::data
