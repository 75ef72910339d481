#include "app/workbench/verbs/predictions_file.h"

#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <map>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/data/import.h"

namespace lathe::verbs {

namespace {

constexpr std::string_view kSqlite = "sqlite:///";

enum class Kind { Lines, Csv, Coco, Sqlite };

Result<Kind> kindOf(const std::string& to) {
    if (to.starts_with(kSqlite) && to.size() > kSqlite.size()) return Kind::Sqlite;
    if (to.starts_with("postgresql://"))
        return fail(ErrorCode::Unsupported, "this version writes no PostgreSQL; write sqlite:///FILE or FILE.csv and load that",
                    to);
    if (to.ends_with(".coco.json")) return Kind::Coco;
    if (to.ends_with(".jsonl")) return Kind::Lines;
    if (to.ends_with(".csv")) return Kind::Csv;
    return fail(ErrorCode::InvalidArgument,
                fmt::format("--to is FILE.jsonl, FILE.csv, FILE.coco.json or sqlite:///FILE, not \"{}\"", to));
}

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

std::string textOf(const Json& one, const char* key) {
    return one.contains(key) && one[key].is_string() ? one[key].get<std::string>() : std::string();
}

std::string linesOf(const Json& predictions) {
    std::string out;
    for (const Json& one : predictions) out += one.dump() + "\n";
    return out;
}

/// A line an image, or a line an object with its box.
std::string csvOf(const Json& predictions) {
    const bool objects =
        std::any_of(predictions.begin(), predictions.end(), [](const Json& one) { return one.contains("objects"); });
    std::string out = objects ? "image,file,class,confidence,x,y,width,height,error\n" : "image,file,class,confidence,error\n";
    for (const Json& one : predictions) {
        const auto start = fmt::format("{},{},", one.value("image", 0LL), quoted(textOf(one, "file")));
        const auto end = quoted(textOf(one, "error")) + "\n";
        for (const Json& object : one.value("objects", Json::array())) {
            out += start + fmt::format("{},{},", quoted(textOf(object, "class")), object["confidence"].dump());
            for (std::size_t k = 0; k < 4; ++k) out += (object.contains("box") ? object["box"][k].dump() : "") + ",";
            out += end;
        }
        if (objects && !one.contains("error")) continue;
        out +=
            start + fmt::format("{},{},", quoted(textOf(one, "class")), one.contains("confidence") ? one["confidence"].dump() : "");
        out += (objects ? ",,,," : "") + end;
    }
    return out;
}

struct CocoIds {
    std::map<std::string, Json> images, categories;  ///< by name
};

/// The ids that `export --format coco` gives, from such an export: it alone decides which foreign ids are kept.
Result<CocoIds> cocoIds(const store::Workspace& workspace) {
    const base::TempFolder temp;
    data::ExportOptions options;
    options.images = formats::ImageMode::None;
    LATHE_CHECK(data::exportTo(workspace, temp.path() / "coco", options, {}, {}));
    CocoIds ids;
    for (const auto& entry : std::filesystem::directory_iterator(temp.path() / "coco" / "annotations")) {
        LATHE_TRY(const Json json, base::readJson(entry.path()));
        for (const Json& image : json["images"]) ids.images[textOf(image, "file_name")] = image["id"];
        for (const Json& category : json["categories"]) ids.categories[textOf(category, "name")] = category["id"];
    }
    return ids;
}

/// COCO's results format: {image_id, category_id, score} and bbox or segmentation where there is one.
Result<std::string> cocoOf(const Json& predictions, const store::Workspace& workspace) {
    LATHE_TRY(const CocoIds ids, cocoIds(workspace));
    Json list = Json::array();
    for (const Json& one : predictions) {
        const auto image = ids.images.find(textOf(one, "file"));
        if (image == ids.images.end()) continue;
        const Json itself = Json::array({one});
        for (const Json& object : one.contains("objects") ? one["objects"] : itself) {
            const auto category = ids.categories.find(textOf(object, "class"));
            if (category == ids.categories.end()) continue;
            Json result = {{"image_id", image->second}, {"category_id", category->second}, {"score", object["confidence"]}};
            if (object.contains("box")) result["bbox"] = object["box"];
            if (object.contains("mask")) result["segmentation"] = object["mask"];
            list.push_back(std::move(result));
        }
    }
    return list.dump();
}

Result<> intoSqlite(const std::string& file, const Json& predictions, const std::string& model) {
    try {
        soci::session sql(soci::sqlite3, "dbname=" + file);
        sql << "CREATE TABLE IF NOT EXISTS predictions (model TEXT NOT NULL, image INTEGER NOT NULL, file TEXT NOT NULL, class "
               "TEXT NOT NULL, "
               "confidence DOUBLE PRECISION NOT NULL, scores TEXT NOT NULL, error TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, "
               "PRIMARY KEY (model, file))";
        soci::transaction transaction(sql);
        long long image = 0;
        std::string name, label, scores, error;
        double confidence = 0;
        const double at = base::now();
        soci::statement insert = (sql.prepare << "INSERT OR REPLACE INTO predictions VALUES (:m, :i, :f, :c, :p, :s, :e, :t)",
                                  soci::use(model), soci::use(image), soci::use(name), soci::use(label), soci::use(confidence),
                                  soci::use(scores), soci::use(error), soci::use(at));
        for (const Json& one : predictions) {
            image = one.value("image", 0LL);
            name = textOf(one, "file");
            label = textOf(one, "class");
            confidence = one.contains("confidence") ? one["confidence"].get<double>() : 0;
            scores = one.contains("objects") ? one["objects"].dump() : one.contains("scores") ? one["scores"].dump() : "[]";
            error = textOf(one, "error");
            insert.execute(true);
        }
        transaction.commit();
        return {};
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Io, fmt::format("the predictions can't be written: {}", exception.what()), file);
    }
}

}  // namespace

Result<> checkDestination(const std::string& destination) {
    LATHE_CHECK(kindOf(destination));
    return {};
}

Result<> writePredictions(const std::string& destination, const Json& predictions, const std::string& model,
                          const store::Workspace& workspace) {
    LATHE_TRY(const Kind kind, kindOf(destination));
    if (kind == Kind::Sqlite) return intoSqlite(destination.substr(kSqlite.size()), predictions, model);
    if (kind == Kind::Lines) return base::writeFileAtomically(destination, linesOf(predictions));
    if (kind == Kind::Csv) return base::writeFileAtomically(destination, csvOf(predictions));
    LATHE_TRY(const std::string text, cocoOf(predictions, workspace));
    return base::writeFileAtomically(destination, text);
}

}  // namespace lathe::verbs
