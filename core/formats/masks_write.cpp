// Writing "masks": images/SPLIT/NAME, masks/SPLIT/STEM.png, labelmap.txt.
#include <fmt/format.h>
#include <algorithm>

#include "core/base/files.h"
#include "core/formats/mask_export.h"
#include "core/formats/masks.h"
#include "core/image/indexed.h"

namespace lathe::formats::masks {
namespace {

namespace fs = std::filesystem;

// A line of labelmap.txt can't hold everything.
std::string lineName(const std::string& name) {
    std::string out = name;
    for (char& c : out)
        if (c == '\n' || c == '\r') c = ' ';
    const auto first = out.find_first_not_of(" \t#");
    return first == std::string::npos ? "unnamed" : out.substr(first, out.find_last_not_of(" \t") - first + 1);
}

std::string textIn(const Json& extra, const char* key) {
    const std::string text = extra.is_object() && extra.contains("masks") && extra["masks"].is_object() &&
                                     extra["masks"].contains(key) && extra["masks"][key].is_string()
                                 ? extra["masks"][key].get<std::string>()
                                 : std::string();
    return text.find_first_of("\r\n:") == std::string::npos ? text : std::string();
}

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "images", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        chooseColours();
        LATHE_CHECK(writeText(m_folder / "labelmap.txt", labelmap(), m_report));
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        m_losses.report(maskLossWords("mask images"), m_report.problems);
        return std::move(m_report);
    }

private:
    // Of the classes where they have one that nobody else has, else the devkit's.
    void chooseColours() {
        std::set<std::uint32_t> taken{0, 0xe0e0c0};
        m_palette = {0};
        for (const auto& record : m_source.classes) {
            auto colour = colourOf(record.colour);
            for (unsigned k = unsigned(m_palette.size()); !colour || taken.contains(*colour); ++k)
                colour = k < 256 ? vocColour(k) : (k * 0x9e3779b1u) & 0xffffffu;
            taken.insert(*colour);
            m_palette.push_back(*colour);
        }
    }

    std::string labelmap() {
        std::string out = "# label:color_rgb:parts:actions\nbackground:0,0,0::\n";
        std::set<std::string> taken;
        for (std::size_t k = 0; k < m_source.classes.size(); ++k) {
            const ClassRecord& record = m_source.classes[k];
            const std::string name = lineName(record.name);
            if (name != record.name || !taken.insert(name).second)
                m_report.problems.push_back({record.name, "class_name", fmt::format("is written as \"{}\" in labelmap.txt", name)});
            if (meansNothing(name))
                m_report.problems.push_back(
                    {record.name, "class_name", "means no class in mask sets: readers take its pixels as background"});
            const std::uint32_t c = m_palette[k + 1];
            out += fmt::format("{}:{},{},{}:{}:{}\n", name, c >> 16, c >> 8 & 0xff, c & 0xff, textIn(record.extra, "parts"),
                               textIn(record.extra, "actions"));
        }
        return out;
    }

    Result<> writeOne(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, nameInSplit(image), m_report);
        ++m_report.images;
        const auto size = maskSizeOf(image);
        if (!size) {
            m_report.problems.push_back(base::problemOf(image.name, size.error()));
            return {};
        }
        MaskPainter painter(size->width, size->height);
        for (const auto& a : image.annotations) draw(a, image.name, painter);
        cv::Mat indices;
        painter.values().convertTo(indices, CV_8U);
        LATHE_TRY(const std::string png, image::encodeIndexedPng(indices, m_palette));
        return writeText(m_folder / "masks" / m_names.of(name), png, m_report);
    }

    void draw(const annot::Annotation& a, const std::string& image, MaskPainter& painter) {
        if (a.classId.value < 1 || std::size_t(a.classId.value) > m_source.classes.size())
            return m_losses.add("annotation without a class", image);
        countMaskLosses(a, {}, image, m_losses);
        if (!canBePainted(a.shape)) return;
        const auto painted = painter.paint(a.shape, int(a.classId.value));
        if (painted.pixels == 0) return m_losses.add("shape without a pixel", image);
        if (painted.hides) m_losses.add("shape over another", image);
        if (painted.merges) m_losses.add("shape of a class that was there", image);
        ++m_report.annotations;
    }

    fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    MaskNames m_names;
    WriteReport m_report;
    Losses m_losses;
    std::vector<std::uint32_t> m_palette;
};

}  // namespace

Result<WriteReport> writeMasks(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                               const Progress& progress) {
    constexpr std::size_t kMostClasses = 255;  // 0 is background
    if (source.classes.size() > kMostClasses)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("a mask image of 8 bit holds {} classes, these are {}: export fewer, or as coco or panoptic",
                                kMostClasses, source.classes.size()));
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::masks
