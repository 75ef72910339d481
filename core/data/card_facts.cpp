#include "core/data/card_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/data/apply_version.h"

namespace lathe::data {
namespace {

using base::fail;

std::size_t placeOfSplit(const std::string& split) {
    const auto at = std::ranges::find(kCardSplits, split);
    return std::min(std::size_t(at - kCardSplits.begin()), kCardSplits.size() - 1);
}

Result<> readNames(soci::session& sql, SnapshotId id, CardFacts& facts) {
    std::string text;
    const long long key = id.value;
    sql << "SELECT classes FROM snapshot WHERE id = :i", soci::use(key), soci::into(text);
    LATHE_TRY(const Json rows, base::parseJson(text, "snapshot classes"));
    for (const auto& row : rows) facts.classes[row.at(0).get<std::int64_t>()].name = row.at(1).get<std::string>();
    return {};
}

void countDocument(CardFacts& facts, const annot::Annotations& annotations, std::size_t split) {
    std::set<std::int64_t> seen;
    facts.labelled += !annotations.empty(), facts.objects += std::int64_t(annotations.size());
    for (const auto& a : annotations) {
        ++facts.byKind[a.shape.index()], ++facts.authors[a.author];
        facts.fromModel += a.source.starts_with("model:");
        auto& row = facts.classes[a.classId.value];
        ++row.objects[split];
        if (seen.insert(a.classId.value).second) ++row.images[split];
    }
}

Result<> readDocuments(soci::session& sql, SnapshotId id, CardFacts& facts, const std::stop_token& stop, const Progress& progress) {
    LATHE_TRY(const auto items, allItems(sql, id));
    DocumentReader documents(sql);
    std::int64_t done = 0;
    for (const auto& item : items) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped");
        const std::size_t split = placeOfSplit(item.split);
        ++facts.images[split];
        LATHE_TRY(const auto document, documents.read(item.document));
        LATHE_TRY(const auto annotations, document.annotations());
        countDocument(facts, annotations, split);
        if (++done % 1000 == 0) progress.report(done, std::int64_t(items.size()), "reading labels");
    }
    return {};
}

/// Sizes of the version's images; those that came later are left out.
Result<> readSizes(soci::session& sql, SnapshotId id, CardFacts& facts) {
    LATHE_TRY(const auto items, allItems(sql, id));
    long long image = 0;
    int width = 0, height = 0, missing = 0;
    soci::statement rows = (sql.prepare << "SELECT id, width, height, missing FROM image ORDER BY id", soci::into(image),
                            soci::into(width), soci::into(height), soci::into(missing));
    auto next = items.begin();
    for (rows.execute(); rows.fetch();) {
        while (next != items.end() && next->image.value < image) ++next;
        if (next == items.end() || next->image.value != image) continue;
        facts.missing += missing;
        if (width > 0 && height > 0) facts.widths.push_back(width), facts.heights.push_back(height);
    }
    std::ranges::sort(facts.widths), std::ranges::sort(facts.heights);
    return {};
}

void readImportProblems(soci::session& sql, double until, CardFacts& facts) {
    std::string code;
    long long count = 0;
    soci::statement rows =
        (sql.prepare << "SELECT p.code, count(*) FROM import_problem p JOIN import i ON i.id = p.import_id WHERE "
                        "i.at <= :t GROUP BY p.code",
         soci::use(until), soci::into(code), soci::into(count));
    for (rows.execute(); rows.fetch();) facts.importProblems[code] = count;
}

std::string licenceText(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_object()) return {};
    const std::string name = value.contains("name") && value["name"].is_string() ? value["name"].get<std::string>() : std::string();
    const std::string url = value.contains("url") && value["url"].is_string() ? value["url"].get<std::string>() : std::string();
    return name.empty() || url.empty() ? name + url : fmt::format("{} ({})", name, url);
}

void collectLicences(const Json& json, int depth, std::vector<std::string>& found) {
    if (depth > 3 || !json.is_object()) return;
    for (const auto& [key, value] : json.items()) {
        std::string lower = key;
        std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
        if (!lower.starts_with("licen")) {
            collectLicences(value, depth + 1, found);
            continue;
        }
        for (const Json& one : value.is_array() ? value : Json::array({value}))
            if (const auto text = licenceText(one); !text.empty() && std::ranges::find(found, text) == found.end())
                found.push_back(text);
    }
}

}  // namespace

std::vector<std::string> licencesIn(const Json& extra) {
    std::vector<std::string> found;
    collectLicences(extra, 0, found);
    return found;
}

Result<CardFacts> cardFacts(const store::Workspace& workspace, const SnapshotRow& snapshot, std::stop_token stop,
                            const Progress& progress) {
    CardFacts facts;
    const auto done = workspace.read([&](soci::session& sql) -> Result<> {
        facts = {};
        facts.byKind.resize(annot::kKindNames.size());
        LATHE_CHECK(readNames(sql, snapshot.id, facts));
        LATHE_CHECK(readDocuments(sql, snapshot.id, facts, stop, progress));
        LATHE_CHECK(readSizes(sql, snapshot.id, facts));
        facts.imports = readImports(sql, snapshot.at), readImportProblems(sql, snapshot.at, facts);
        return {};
    });
    if (!done) return fail(done.error());
    return facts;
}

}  // namespace lathe::data
