// What a data card says, before it is text. For core/data alone.
#pragma once
#include <map>

#include "core/data/card.h"
#include "core/data/import_records.h"

namespace lathe::data {

/// By place in kCardSplits.
inline constexpr std::array<std::string_view, 4> kCardSplits{"train", "val", "test", ""};
using PerSplit = std::array<std::int64_t, kCardSplits.size()>;

struct CardClass {
    std::string name;
    PerSplit images{}, objects{};
};
struct CardFacts {
    PerSplit images{};
    std::int64_t labelled = 0, objects = 0, fromModel = 0, missing = 0;
    std::vector<std::int64_t> byKind;                    ///< by index of annot::Shape
    std::map<std::int64_t, CardClass> classes;           ///< as they were called when it was taken, by id
    std::map<std::string, std::int64_t> authors;         ///< of annotations; "" imported
    std::vector<int> widths, heights;                    ///< known ones, sorted
    std::vector<ImportRecord> imports;                   ///< up to the time of the version, oldest first
    std::map<std::string, std::int64_t> importProblems;  ///< by code
};
[[nodiscard]] Result<CardFacts> cardFacts(const store::Workspace& workspace, const SnapshotRow& snapshot, std::stop_token stop,
                                          const Progress& progress);
/// What foreign files said under a key that begins with "licen" (COCO's list, Label Studio, a plain text), each once.
[[nodiscard]] std::vector<std::string> licencesIn(const Json& extra);

}  // namespace lathe::data
