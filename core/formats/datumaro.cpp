// "datumaro": Datumaro's JSON. annotations/SUBSET.json with images/SUBSET/, as Datumaro and CVAT export it; a single file and a
// Datumaro project (dataset/ in it) are read too.
#include "core/formats/datumaro.h"

#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace datumaro_json {
namespace {

namespace fs = std::filesystem;

class Datumaro final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "datumaro"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue",
                                 "Datumaro JSON: all kinds of shapes, whole-image classes and captions with attributes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return source.extension() == ".json" ? likeness(source) : 0;
        const Layout layout = layoutOf(source);
        return layout.files.empty() ? 0 : likeness(layout.files.front());
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        std::error_code error;
        if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
        return datumaro_json::read(source, options, sink, std::move(stop), progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return datumaro_json::write(folder, source, options, std::move(stop), progress);
    }
};

}  // namespace
}  // namespace datumaro_json

const Format& datumaro() {
    static const datumaro_json::Datumaro format;
    return format;
}

}  // namespace lathe::formats
