// "csv": annotations.csv with the pictures in images/; or any *.csv and *.tsv whose columns name images and labels. See csv.h.
#include "core/formats/csv.h"

#include <algorithm>

#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace csvfile {
namespace {

class Csv final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "csv"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "CSV tables: boxes, whole-image classes; Open Images, VoTT");
    }

    [[nodiscard]] double looksLike(const std::filesystem::path& source) const override {
        double best = 0;
        for (const auto& table : tablesOf(source)) best = std::max(best, table.sureness);
        return best;
    }

    [[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readTables(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source,
                                            const WriteOptions& options, std::stop_token stop,
                                            const Progress& progress) const override {
        return writeTable(folder, source, options, stop, progress);
    }
};

}  // namespace
}  // namespace csvfile

const Format& csv() {
    static const csvfile::Csv format;
    return format;
}

}  // namespace lathe::formats
