// The data manifest of a run's folder, as core/runs/run_folder.h has it.
#include <fmt/format.h>

#include <unordered_map>

#include "core/base/files.h"
#include "core/data/snapshot.h"
#include "core/store/sql.h"

namespace lathe::data {
namespace {

using base::fail;

/// The classes as they were when the snapshot was taken, by id; an annotation's class index is its place here.
struct Classes {
    Json names = Json::array();
    std::unordered_map<std::int64_t, int> index;
};

Result<Classes> classesOf(const store::Workspace& workspace, SnapshotId id) {
    std::string text;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        const long long key = id.value;
        sql << "SELECT classes FROM snapshot WHERE id = :i", soci::use(key), soci::into(text);
        if (!sql.got_data()) return fail(ErrorCode::NotFound, "there is no such snapshot", std::to_string(key));
        return {};
    }));
    LATHE_TRY(const Json rows, base::parseJson(text, "snapshot classes"));
    Classes classes;
    for (const auto& row : rows) {
        classes.index[row.at(0).get<std::int64_t>()] = int(classes.names.size());
        classes.names.push_back(row.at(1));
    }
    return classes;
}

Json objectJson(const annot::Annotation& a, int index) {
    const auto box = annot::bounds(a.shape);
    Json json{{"class", index}, {"kind", annot::kindName(a.shape)}, {"box", {box.x, box.y, box.w, box.h}}};
    if (a.flags & annot::Crowd) json["crowd"] = true;
    if (a.flags & annot::Difficult) json["difficult"] = true;
    const auto points = [](std::span<const annot::Point> ring) {
        Json list = Json::array();
        for (const auto& p : ring) list.push_back(p.x), list.push_back(p.y);
        return list;
    };
    if (const auto* polygon = std::get_if<annot::Polygon>(&a.shape)) {
        Json rings = Json::array();
        for (const auto& ring : polygon->rings) rings.push_back(points(ring));
        json["points"] = std::move(rings);
    } else if (const auto* turned = std::get_if<annot::RotatedBox>(&a.shape)) {
        json["points"] = Json::array({points(annot::corners(*turned))});
    } else if (const auto* ellipse = std::get_if<annot::Ellipse>(&a.shape)) {
        json["points"] = Json::array({points(annot::ringOf(*ellipse))});
    } else if (const auto* mask = std::get_if<annot::Mask>(&a.shape)) {
        json["mask"] = {{"size", {mask->height, mask->width}}, {"counts", mask->counts}};
    }
    return json;
}

Json lineOf(const store::Workspace& workspace, const store::ImageRow& row, const std::string& split,
            const annot::Annotations& annotations, const Classes& classes) {
    int label = -1;
    Json objects = Json::array();
    for (const auto& a : annotations) {
        const auto at = classes.index.find(a.classId.value);
        const int index = at == classes.index.end() ? -1 : at->second;
        if (std::holds_alternative<annot::ImageLabel>(a.shape)) {
            if (label < 0) label = index;
        } else {
            objects.push_back(objectJson(a, index));
        }
    }
    return {{"image", row.id.value}, {"digest", row.digest},          {"path", workspace.layout().file(row).string()},
            {"width", row.width},    {"height", row.height},          {"split", split},
            {"label", label},        {"objects", std::move(objects)}, {"state", row.state}};
}

}  // namespace

Result<> writeManifest(const store::Workspace& workspace, const SnapshotRow& snapshot, const std::string& task,
                       const std::filesystem::path& file) {
    LATHE_TRY(const Classes classes, classesOf(workspace, snapshot.id));
    LATHE_TRY(const auto items, snapshotItems(workspace, snapshot.id));
    const Json header{
        {"format", "lathe-manifest"}, {"version", 1}, {"task", task}, {"snapshot", snapshot.name}, {"digest", snapshot.digest},
        {"classes", classes.names}};
    std::string text = header.dump() + "\n";
    constexpr std::size_t kChunk = 1000;
    for (std::size_t first = 0; first < items.size(); first += kChunk) {
        const auto part = std::span(items).subspan(first, std::min(kChunk, items.size() - first));
        std::vector<ImageId> ids;
        for (const auto& item : part) ids.push_back(item.image);
        LATHE_TRY(const auto rows, workspace.images(ids));
        if (rows.size() != part.size())
            return fail(ErrorCode::Corrupt, "the snapshot names images that are not there", snapshot.name);
        for (std::size_t k = 0; k < part.size(); ++k) {
            if (rows[k].missing) continue;
            LATHE_TRY(const auto annotations, snapshotAnnotations(workspace, part[k]));
            text += lineOf(workspace, rows[k], part[k].split, annotations, classes).dump() + "\n";
        }
    }
    return base::writeFileAtomically(file, text);
}

Result<> writeManifestNow(const store::Workspace& workspace, std::span<const ImageId> images, const std::string& task,
                          const std::filesystem::path& file) {
    LATHE_TRY(const auto rows, workspace.classes());
    Classes classes;
    for (const auto& row : rows) {
        classes.index[row.id.value] = int(classes.names.size());
        classes.names.push_back(row.name);
    }
    const Json header{{"format", "lathe-manifest"}, {"version", 1}, {"task", task}, {"classes", classes.names}};
    std::string text = header.dump() + "\n";
    LATHE_TRY(const auto found, workspace.images(images));
    for (const auto& row : found) {
        if (row.missing) continue;
        LATHE_TRY(const auto annotations, workspace.annotations(row.id));
        text += lineOf(workspace, row, "train", annotations, classes).dump() + "\n";
    }
    return base::writeFileAtomically(file, text);
}

}  // namespace lathe::data
