#include <fstream>

#include "core/base/files.h"
#include "core/formats/jsonl.h"
#include "core/formats/jsonl_line.h"

namespace lathe::formats::jsonlines {
namespace {

namespace fs = std::filesystem;

class LinesWriter {
public:
    LinesWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "images", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        Json classes{{"classes", classesJson(m_source.classes)}};
        if (!m_source.extra.is_null()) classes["extra"] = m_source.extra;
        LATHE_CHECK(writeText(m_folder / kClasses, printed(classes, 2) + "\n", m_report));
        std::ofstream out(m_folder / kLines, std::ios::binary);
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            const std::string name = m_placer.place(image.path, image.name, m_report);
            out << printed(lineOf(image, name)) << '\n';
            if (!out) return fail(base::errnoError(errno, "could not be written", m_folder / kLines));
            ++m_report.images;
        }
        if (!out.flush()) return fail(base::errnoError(errno, "could not be written", m_folder / kLines));
        ++m_report.files;
        m_losses.report({{kNoClass, "left out: a line names its class"}}, m_report.problems);
        return std::move(m_report);
    }

private:
    Json lineOf(const ImageRecord& image, const std::string& name) {
        Json line = lineHead(image, name);
        line["annotations"] = lineAnnotations(image, m_source.classes, m_losses);
        m_report.annotations += std::int64_t(line["annotations"].size());
        return line;
    }

    const fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    WriteReport m_report;
    Losses m_losses;
};

}  // namespace

Result<WriteReport> writeLines(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                               const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return LinesWriter(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::jsonlines
