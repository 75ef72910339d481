// "jsonl": annotations.jsonl and classes.json, with the pictures in images/; or any *.jsonl whose lines name images. See jsonl.h.
#include "core/formats/jsonl.h"

#include <algorithm>

#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace jsonlines {
namespace {

class Jsonl final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "jsonl"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "JSON Lines, one image a line: everything that Lathe knows");
    }

    [[nodiscard]] double looksLike(const std::filesystem::path& source) const override {
        double best = 0;
        for (const auto& file : lineFiles(source)) best = std::max(best, sureness(file));
        return best;
    }

    [[nodiscard]] Result<> read(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readLines(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const std::filesystem::path& folder, const WriteSource& source,
                                            const WriteOptions& options, std::stop_token stop,
                                            const Progress& progress) const override {
        return writeLines(folder, source, options, stop, progress);
    }
};

}  // namespace
}  // namespace jsonlines

const Format& jsonl() {
    static const jsonlines::Jsonl format;
    return format;
}

}  // namespace lathe::formats
