// Writing "idx": SPLIT-images-idx3-ubyte, SPLIT-labels-idx1-ubyte (test as t10k, no split as all) and classes.txt. A first pass
// over the records sees whether the format can hold them: nothing is written otherwise.
#include <fmt/format.h>
#include <fstream>

#include "core/base/files.h"
#include "core/formats/idx.h"
#include "core/formats/source_files.h"
#include "core/image/decode.h"

namespace lathe::formats::idx {
namespace {

namespace fs = std::filesystem;

void putNumber(std::ofstream& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out.put(char(number >> shift & 0xff));
}

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source) : m_folder(folder), m_source(source) {}

    // Can these records be written at all?
    Result<> check(std::stop_token stop) {
        if (m_source.classes.size() > 256)
            return fail(
                ErrorCode::InvalidArgument,
                fmt::format("IDX labels go to 255, these are {} classes: export as folders or coco", m_source.classes.size()));
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            LATHE_CHECK(checkOne(image));
            ++m_counts[image.split];
        }
        return {};
    }

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(base::makeFolders(m_folder));
        std::string names;
        for (const auto& record : m_source.classes) names += oneLine(record.name) + "\n";
        LATHE_CHECK(writeText(m_folder / "classes.txt", names, m_report));
        for (const auto& [split, count] : m_counts) LATHE_CHECK(open(split, count));
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        for (auto& [split, files] : m_files) {
            if (!files.images.flush() || !files.labels.flush())
                return fail(base::errnoError(errno ? errno : EIO, "could not be written", m_folder));
            m_report.files += 2;
        }
        m_losses.report({{"picture in colour or of more than 8 bit", "made grey of 8 bit: IDX holds nothing else"},
                         {"image name", "left out: IDX numbers its pictures"},
                         {"annotation with attributes, flags, author or confidence", "written as its class alone"}},
                        m_report.problems);
        return std::move(m_report);
    }

private:
    struct Files {
        std::ofstream images, labels;
        std::int64_t written = 0;
    };

    static std::string oneLine(std::string name) {
        for (char& c : name)
            if (c == '\n' || c == '\r') c = ' ';
        return name.empty() ? "unnamed" : name;
    }

    static Result<image::ImageInfo> infoOf(const ImageRecord& image) {
        return image.content ? image::probeBytes(*image.content, image.name) : image::probe(image.path);
    }

    [[nodiscard]] bool isClass(const annot::Annotation& a) const {
        return std::holds_alternative<annot::ImageLabel>(a.shape) && a.classId.value >= 1 &&
               std::size_t(a.classId.value) <= m_source.classes.size();
    }

    Result<> checkOne(const ImageRecord& image) {
        if (image.annotations.size() != 1 || !isClass(image.annotations.front()))
            return fail(ErrorCode::InvalidArgument,
                        "IDX holds exactly one class an image and no shapes, and this one has something else: choose the images by "
                        "a query, or export as folders or coco",
                        image.name);
        LATHE_TRY(const auto info, infoOf(image));
        const cv::Size size(info.width, info.height);
        if (m_size == cv::Size()) m_size = size, m_first = image.name;
        if (size == m_size) return {};
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("is {} x {}, but {} is {} x {}: IDX holds images of one size; scale them first, or export as folders",
                        size.width, size.height, m_first, m_size.width, m_size.height),
            image.name);
    }

    Result<> open(const std::string& split, std::uint32_t count) {
        std::string name = split == "test" ? "t10k" : split.empty() ? "all" : safeRelative(split).filename().string();
        Files& files = m_files[split];
        files.images.open(m_folder / (name + "-images-idx3-ubyte"), std::ios::binary);
        files.labels.open(m_folder / (name + "-labels-idx1-ubyte"), std::ios::binary);
        if (!files.images || !files.labels) return fail(base::errnoError(errno ? errno : EIO, "could not be written", m_folder));
        putNumber(files.images, 0x803);
        for (const std::uint32_t number : {count, std::uint32_t(m_size.height), std::uint32_t(m_size.width)})
            putNumber(files.images, number);
        putNumber(files.labels, 0x801);
        putNumber(files.labels, count);
        return {};
    }

    Result<> writeOne(const ImageRecord& image) {
        const image::DecodeOptions grey{.colour = image::Colour::Grey8};
        LATHE_TRY(const auto info, infoOf(image));
        LATHE_TRY(const cv::Mat pixels,
                  image.content ? image::decodeBytes(*image.content, image.name, grey) : image::decode(image.path, grey));
        const auto files = m_files.find(image.split);
        if (pixels.size() != m_size || image.annotations.size() != 1 || !isClass(image.annotations.front()) ||
            files == m_files.end())
            return fail(ErrorCode::InvalidData, "has changed while it was exported; export again", image.name);
        const annot::Annotation& a = image.annotations.front();
        if (info.colour != "grey" || info.depth > 8) m_losses.add("picture in colour or of more than 8 bit", image.name);
        if (!metaOf(a, 0).is_null() || (a.attributes.is_object() && !a.attributes.empty()))
            m_losses.add("annotation with attributes, flags, author or confidence", image.name);
        const std::string numbered =
            fmt::format("{}/{:05}.png", image.split.empty() ? "all" : image.split, files->second.written++);
        if (image.name != numbered) m_losses.add("image name", image.name);
        for (int y = 0; y < pixels.rows; ++y) files->second.images.write(reinterpret_cast<const char*>(pixels.ptr(y)), pixels.cols);
        files->second.labels.put(char(a.classId.value - 1));
        ++m_report.images, ++m_report.annotations;
        return {};
    }

    fs::path m_folder;
    const WriteSource& m_source;
    WriteReport m_report;
    Losses m_losses;
    cv::Size m_size;
    std::string m_first;
    std::map<std::string, std::uint32_t> m_counts;
    std::map<std::string, Files> m_files;
};

}  // namespace

Result<WriteReport> writeIdx(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                             const Progress& progress) {
    if (options.images == ImageMode::None)
        return fail(ErrorCode::InvalidArgument, "IDX files hold nothing but the images: export with --images copy");
    Writer writer(folder, source);
    LATHE_CHECK(writer.check(stop));
    LATHE_CHECK(makeEmptyFolder(folder));
    return writer.run(stop, progress);
}

}  // namespace lathe::formats::idx
