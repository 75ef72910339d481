// "folders": the folder that an image lies in is its class. train, val (valid, validation) and test on top are splits. Images that
// lie in no sub folder, or in one called "unlabelled", have no class; nor do they when the only folder is what other formats call
// their pictures. Deeper folders belong to the class above them.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "core/formats/registry.h"
#include "core/formats/source_files.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnlabelled = "unlabelled";

struct Found {
    fs::path path;
    std::string name, className, split;
};

/// The only class is called "images" or the like: pictures without labels.
bool namesNoClass(const std::vector<Found>& found) {
    constexpr std::array<std::string_view, 8> pictures{"images",   "image",  "img",    "imgs",
                                                       "pictures", "photos", "frames", "jpegimages"};
    if (found.empty()) return false;
    const std::string& only = found.front().className;
    if (std::ranges::any_of(found, [&](const Found& f) { return f.className != only; })) return false;
    std::string lower(only);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return std::ranges::find(pictures, lower) != pictures.end();
}

// All folders on top that hold images are splits, and one of them at least is there.
bool splitsOnTop(const fs::path& source) {
    bool any = false;
    for (const auto& folder : foldersIn(source)) {
        if (!hasImagesBelow(folder)) continue;
        if (splitNamed(folder.filename().string()).empty()) return false;
        any = true;
    }
    return any;
}

Found place(const fs::path& file, const fs::path& source, bool splits) {
    Found found{file, nameBelow(file, source), {}, {}};
    std::vector<std::string> folders;
    for (const auto& part : fs::path(found.name).parent_path()) folders.push_back(part.string());
    if (splits && !folders.empty()) {
        found.split = splitNamed(folders.front());
        folders.erase(folders.begin());
    }
    if (!folders.empty() && folders.front() != kUnlabelled) found.className = folders.front();
    return found;
}

std::vector<Found> find(const fs::path& source) {
    std::error_code error;
    if (fs::is_regular_file(source, error)) return {{source, source.filename().string(), {}, {}}};
    const bool splits = splitsOnTop(source);
    std::vector<Found> found;
    for (const auto& file : imagesBelow(source)) found.push_back(place(file, source, splits));
    if (namesNoClass(found))
        for (Found& f : found) f.className.clear();
    return found;
}

std::map<std::string, std::size_t> deliverClasses(const std::vector<Found>& found, Sink& sink) {
    std::map<std::string, std::size_t> places;
    for (const auto& file : found)
        if (!file.className.empty()) places.emplace(file.className, 0);
    std::vector<ClassRecord> classes;
    for (auto& [name, place] : places) {
        place = classes.size();
        classes.push_back({name, {}, {}});
    }
    sink.classes(classes);
    return places;
}

class ClassFolders final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "folders"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "One folder a class: whole-image classes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (fs::is_directory(source, error)) return hasImagesBelow(source) ? 0.3 : 0;
        return hasImageSuffix(source) ? 0.3 : 0;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        std::error_code error;
        if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
        const auto found = find(source);
        const auto classes = deliverClasses(found, sink);
        std::int64_t done = 0;
        for (const auto& file : found) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(++done, std::int64_t(found.size()), file.name);
            ImageRecord record;
            record.name = file.name, record.path = file.path;
            record.split = options.split.empty() ? file.split : options.split;
            if (!file.className.empty())
                record.annotations.push_back(
                    {AnnotationId(1), ClassId(std::int64_t(classes.at(file.className)) + 1), annot::ImageLabel{}});
            sink.image(std::move(record));
        }
        return {};
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override;
};

// The class of the image's first whole-image label; empty when there is none. Everything else is a loss.
std::string classOf(const ImageRecord& image, const WriteSource& source, Losses& losses) {
    std::string name;
    for (const auto& a : image.annotations) {
        const auto index = std::size_t(a.classId.value - 1);
        if (!std::holds_alternative<annot::ImageLabel>(a.shape) || index >= source.classes.size())
            losses.add(std::string(annot::kindName(a.shape)), image.name);
        else if (name.empty())
            name = source.classes[index].name;
        else
            losses.add("second class", image.name);
    }
    return name;
}

Result<WriteReport> ClassFolders::write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                        std::stop_token stop, const Progress& progress) const {
    if (options.images == ImageMode::None)
        return fail(ErrorCode::InvalidArgument, "class folders hold nothing but the images: export with --images copy or link");
    LATHE_CHECK(makeEmptyFolder(folder));
    WriteReport report;
    Losses losses;
    ImagePlacer placer(folder, options.images);
    for (std::size_t k = 0; k < source.imageCount; ++k) {
        if (stop.stop_requested()) return fail(cancelled());
        LATHE_TRY(const ImageRecord image, source.image(k));
        progress.report(std::int64_t(k) + 1, std::int64_t(source.imageCount), image.name);
        const std::string className = classOf(image, source, losses);
        std::string leaf = className.empty() ? kUnlabelled : className;
        std::ranges::replace(leaf, '/', '_');
        placer.place(image.path, (fs::path(image.split) / leaf / fs::path(image.name).filename()).generic_string(), report);
        ++report.images;
        report.annotations += className.empty() ? 0 : 1;
    }
    std::map<std::string, std::string> words{{"second class", "left out: a file lies in one folder only"}};
    for (const auto kind : annot::kKindNames)
        if (kind != "image") words.emplace(kind, "left out: folders hold whole-image classes alone");
    losses.report(words, report.problems);
    return report;
}

}  // namespace

const Format& classFolders() {
    static const ClassFolders format;
    return format;
}

}  // namespace lathe::formats
