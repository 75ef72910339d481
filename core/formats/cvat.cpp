// "cvat": CVAT's XML 1.1. annotations.xml with images/ beside it, as "CVAT for images" exports it; files of other names, sub
// folders of several tasks, a project's file with several tasks and subsets, and "CVAT for video" with tracks are read too.
#include "core/formats/cvat.h"

#include "core/formats/cvat_source.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace cvat_xml {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCvatFilesLookedAt = 5;

double bestOf(const std::vector<fs::path>& files) {
    double best = 0;
    for (std::size_t k = 0; k < std::min(files.size(), kCvatFilesLookedAt); ++k) best = std::max(best, likeness(files[k]));
    return best;
}

class Cvat final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "cvat"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "CVAT XML: boxes, polygons, masks, skeletons and tags with attributes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return source.extension() == ".xml" ? likeness(source) : 0;
        const double top = bestOf(filesBelow(source, ".xml", false));
        // Deeper ones are the tasks of a set, or one part of something larger.
        return top > 0 ? top : std::min(0.8, bestOf(filesBelow(source, ".xml")));
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        std::error_code error;
        if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
        return cvat_xml::read(source, options, sink, std::move(stop), progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return cvat_xml::write(folder, source, options, std::move(stop), progress);
    }
};

}  // namespace
}  // namespace cvat_xml

const Format& cvat() {
    static const cvat_xml::Cvat format;
    return format;
}

}  // namespace lathe::formats
