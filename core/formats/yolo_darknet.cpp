// "yolo_darknet" (CVAT and Datumaro call it YOLO 1.1): obj.data says where the names (obj.names) and the lists of images
// (train.txt, valid.txt) are; images and their .txt files lie together in obj_train_data/ and obj_valid_data/. Rows are boxes.
#include <fmt/format.h>
#include <algorithm>

#include "core/base/files.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"
#include "core/formats/yolo_layout.h"
#include "core/formats/yolo_write.h"

namespace lathe::formats {
namespace yolo {
namespace {

namespace fs = std::filesystem;

/// obj.data, or the only .data file that names a list.
std::optional<fs::path> objDataIn(const fs::path& folder) {
    std::error_code error;
    if (fs::is_regular_file(folder / "obj.data", error)) return folder / "obj.data";
    for (const auto& file : filesBelow(folder, ".data", false))
        if (const auto text = base::readFile(file, 1 << 16);
            text && text->find("names") != std::string::npos &&
            (text->find("train") != std::string::npos || text->find("valid") != std::string::npos))
            return file;
    return {};
}

// Names without a data file: what is left of an archive that lost it.
DataFile withoutObjData(const fs::path& folder) {
    DataFile data = readBareClasses(folder);
    std::error_code error;
    for (const auto& [split, list] :
         {std::pair{"train", "train.txt"}, std::pair{"val", "valid.txt"}, std::pair{"test", "test.txt"}})
        if (fs::is_regular_file(folder / list, error)) data.splits.push_back({split, {list}});
    return data;
}

class DarknetWriter {
public:
    DarknetWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder, mode), m_rows(Variant::Detect, {}, source.classes.size()) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        std::string data = fmt::format("classes = {}\n", m_source.classes.size());
        if (m_lists.empty()) m_lists["train"];
        for (const auto& [subset, list] : m_lists) {
            LATHE_CHECK(writeText(m_folder / (subset + ".txt"), list, m_report));
            data += fmt::format("{0} = {0}.txt\n", subset);
        }
        LATHE_CHECK(writeText(m_folder / "obj.data", data + "names = obj.names\nbackup = backup/\n", m_report));
        LATHE_CHECK(writeText(m_folder / "obj.names", names(), m_report));
        m_rows.report(m_report.problems);
        m_placer.report(m_report.problems);
        m_losses.report({{"image without a split", "listed in train.txt: the format has no place for images without one"}},
                        m_report.problems);
        return std::move(m_report);
    }

private:
    Result<> writeOne(const ImageRecord& image) {
        std::string subset = "train";
        if (image.split.empty())
            m_losses.add("image without a split", image.name);
        else
            subset = image.split == "val" ? "valid" : safeRelative(image.split).filename().string();
        if (subset == "classes" || subset == "names" || subset == "backup" || subset == "obj") subset += "_split";
        const std::string wanted = fmt::format("obj_{}_data/{}", subset, plainName(image));
        const std::string name = m_placer.place(image, wanted, m_report);
        LATHE_CHECK(writeText(m_folder / (withoutSuffix(name) + ".txt"), m_rows.textOf(image, m_report), m_report));
        m_lists[subset] += name + "\n";
        ++m_report.images;
        return {};
    }

    [[nodiscard]] std::string names() const {
        std::string text;
        for (const auto& record : m_source.classes) {
            std::string name = record.name;
            std::ranges::replace(name, '\n', ' ');
            std::ranges::replace(name, '\r', ' ');
            text += name + "\n";
        }
        return text;
    }

    fs::path m_folder;
    const WriteSource& m_source;
    StemPlacer m_placer;
    RowMaker m_rows;
    WriteReport m_report;
    Losses m_losses;
    std::map<std::string, std::string> m_lists;  ///< by subset
};

class YoloDarknet final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "yolo_darknet"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "YOLO 1.1 (darknet): boxes, as text beside the images and obj.data");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (fs::is_regular_file(source, error)) return source.filename() == "obj.data" ? 0.95 : 0;
        if (!fs::is_directory(source, error)) return 0;
        if (fs::is_regular_file(source / "obj.data", error)) return 0.96;
        if (objDataIn(source)) return 0.9;
        return fs::is_regular_file(source / "obj.names", error) && fs::is_regular_file(source / "train.txt", error) ? 0.9 : 0;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        std::error_code error;
        if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
        const bool isFile = fs::is_regular_file(source, error);
        const fs::path folder = !isFile ? source : source.has_parent_path() ? source.parent_path() : fs::path(".");
        const auto file = isFile ? std::optional(source) : objDataIn(folder);
        DataFile data = file ? readObjData(folder, *file) : withoutObjData(folder);
        return readSet(setOf(folder, std::move(data), options), sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        LATHE_CHECK(makeEmptyFolder(folder));
        return DarknetWriter(folder, source, options.images).run(stop, progress);
    }
};

}  // namespace
}  // namespace yolo

const Format& yoloDarknetFormat() {
    static const yolo::YoloDarknet format;
    return format;
}

}  // namespace lathe::formats
