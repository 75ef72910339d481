// "voc": Annotations/*.xml, JPEGImages/, ImageSets/Main/{train,val,test}.txt; or XML files beside their images, also below train,
// valid and test folders.
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "core/base/files.h"
#include "core/formats/image_table.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"
#include "core/formats/voc_xml.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestXml = 64u << 20;

// Where things lie in a source.
struct Layout {
    fs::path source, annotations, images;
    bool standard = false;  // Annotations/ and an image folder of its own

    Layout(const fs::path& from, const ReadOptions& options) : source(from), annotations(from), images(from) {
        std::error_code error;
        standard = fs::is_directory(from / "Annotations", error);
        if (standard) annotations = from / "Annotations";
        for (const char* name : {"JPEGImages", "images", "Images"})
            if (standard && fs::is_directory(from / name, error)) {
                images = from / name;
                break;
            }
        if (options.images) images = *options.images;
    }
};

using Splits = std::unordered_map<std::string, std::string>;

Splits readSplits(const fs::path& source) {
    Splits splits;
    for (const char* split : {"train", "val", "test"}) {
        std::ifstream in(source / "ImageSets" / "Main" / (std::string(split) + ".txt"));
        for (std::string line; std::getline(in, line);) {
            std::string stem;
            if (std::istringstream(line) >> stem) splits.emplace(stem, split);
        }
    }
    return splits;
}

// Classes in the order of their names, so that the list doesn't hang on the order of files.
std::map<std::string, std::int64_t> classesOf(const std::vector<fs::path>& files, std::stop_token stop) {
    std::map<std::string, std::int64_t> classes;
    for (const auto& file : files) {
        if (stop.stop_requested()) break;
        if (const auto text = base::readFile(file, kLargestXml))
            for (auto& name : vocClassNames(*text)) classes.emplace(std::move(name), 0);
    }
    std::int64_t next = 0;
    for (auto& [name, id] : classes) id = ++next;
    return classes;
}

class VocReader {
public:
    VocReader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_layout(source, options), m_options(options), m_sink(sink), m_images(m_layout.images), m_splits(readSplits(source)) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        const auto files = filesBelow(m_layout.annotations, ".xml");
        if (files.empty()) return fail(ErrorCode::NotFound, "holds no XML files", m_layout.annotations.string());
        m_classes = classesOf(files, stop);
        std::vector<ClassRecord> records;
        for (const auto& [name, id] : m_classes) records.push_back({name, {}, {}});
        m_sink.classes(records);
        std::int64_t done = 0;
        for (const auto& file : files) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(++done, std::int64_t(files.size()), file.filename().string());
            readOne(file);
        }
        m_images.eachUnused([&](const fs::path& path) { deliver({}, path, withoutSuffix(nameBelow(path, m_layout.images))); });
        return {};
    }

private:
    void readOne(const fs::path& file) {
        const std::string name = nameBelow(file, m_layout.source);
        const auto text = base::readFile(file, kLargestXml);
        if (!text) return m_sink.problem(base::problemOf(name, text.error()));
        auto parsed = parseVoc(
            *text, name, [&](const std::string& className) { return classNamed(className); }, m_options.vocPixels);
        if (!parsed) return m_sink.problem(base::problemOf(name, parsed.error()));
        for (auto& problem : parsed->problems) m_sink.problem(std::move(problem));
        std::erase_if(parsed->record.annotations, [](const auto& annotation) { return !annotation.classId.valid(); });
        const std::string stem = withoutSuffix(nameBelow(file, m_layout.annotations));
        const fs::path image = m_images.take(stem, parsed->filename);
        if (!m_taken.insert(image.native()).second)
            return m_sink.problem(
                {name, "duplicate", fmt::format("describes {} once more; it is left out", image.filename().string())});
        deliver(std::move(parsed->record), image, stem);
    }

    // None when the file was changed after the classes were gathered.
    [[nodiscard]] ClassId classNamed(const std::string& name) const {
        const auto found = m_classes.find(name);
        return found == m_classes.end() ? ClassId() : ClassId(found->second);
    }

    void deliver(ImageRecord&& record, const fs::path& path, const std::string& stem) {
        record.name = nameBelow(path, m_layout.images);
        record.path = path;
        record.split = m_options.split;
        if (const auto found = m_splits.find(stem); record.split.empty() && found != m_splits.end()) record.split = found->second;
        if (record.split.empty() && !m_layout.standard && record.name.find('/') != std::string::npos)
            record.split = splitNamed(fs::path(record.name).begin()->string());
        m_sink.image(std::move(record));
    }

    Layout m_layout;
    const ReadOptions& m_options;
    Sink& m_sink;
    ImageTable m_images;
    Splits m_splits;
    std::map<std::string, std::int64_t> m_classes;
    std::unordered_set<std::string> m_taken;
};

// Does one of the first XML files begin like VOC?
bool looksLikeVoc(const fs::path& folder, bool deep) {
    int looked = 0;
    for (const auto& file : filesBelow(folder, ".xml", deep)) {
        std::ifstream in(file, std::ios::binary);
        std::string head(4096, '\0');
        in.read(head.data(), std::streamsize(head.size()));
        if (head.find("<annotation>") != std::string::npos || head.find("<annotation ") != std::string::npos) return true;
        if (++looked == 5) break;
    }
    return false;
}

class VocWriter {
public:
    VocWriter(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "JPEGImages", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        for (const char* name : {"Annotations", "JPEGImages", "ImageSets/Main"}) LATHE_CHECK(base::makeFolders(m_folder / name));
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        for (const auto& [split, stems] : m_splits)
            LATHE_CHECK(writeText(m_folder / "ImageSets" / "Main" / (split + ".txt"), stems, m_report));
        const std::string boxOnly = "written as its box: VOC holds boxes alone";
        m_losses.report({{"polygon", boxOnly},
                         {"mask", boxOnly},
                         {"keypoints", boxOnly},
                         {"rotated_box", boxOnly},
                         {"ellipse", boxOnly},
                         {"polyline", boxOnly},
                         {"point", "left out: VOC holds boxes alone"},
                         {"shape without an area", "left out: VOC holds boxes alone"},
                         {"image", "left out: VOC has no whole-image classes"}},
                        m_report.problems);
        return std::move(m_report);
    }

private:
    Result<> writeOne(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, image.name, m_report);
        std::string stem = withoutSuffix(name);
        if (!m_stems.insert(stem).second) m_stems.insert(stem = name);  // a.jpg and a.png
        const std::string text =
            vocText(image, fs::path(name).filename().string(), m_source.classes, m_report.annotations, m_losses);
        LATHE_CHECK(writeText(m_folder / "Annotations" / (stem + ".xml"), text, m_report));
        if (!image.split.empty()) m_splits[image.split] += stem + "\n";
        ++m_report.images;
        return {};
    }

    fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    WriteReport m_report;
    Losses m_losses;
    std::map<std::string, std::string> m_splits;
    std::unordered_set<std::string> m_stems;
};

class Voc final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "voc"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "Pascal VOC XML: boxes with flags and attributes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return 0;
        if (fs::is_directory(source / "Annotations", error)) return looksLikeVoc(source / "Annotations", true) ? 0.95 : 0;
        return looksLikeVoc(source, true) ? 0.8 : 0;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return fail(ErrorCode::NotFound, "there is no such folder", source.string());
        return VocReader(source, options, sink).run(stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        LATHE_CHECK(makeEmptyFolder(folder));
        return VocWriter(folder, source, options.images).run(stop, progress);
    }
};

}  // namespace

const Format& voc() {
    static const Voc format;
    return format;
}

}  // namespace lathe::formats
