// Reading "masks". A first pass sees which values the masks have, so that all classes can be told before the first image; a second
// one makes the annotations.
#include <fmt/format.h>
#include <algorithm>
#include <map>

#include "core/annot/mask.h"
#include "core/formats/mask_pixels.h"
#include "core/formats/masks_meaning.h"
#include "core/image/decode.h"

namespace lathe::formats::masks {
namespace {

namespace fs = std::filesystem;
using image::IndexImage;

constexpr std::size_t kMostObjects = UINT16_MAX;

// The devkit's own pictures are called 2007_000032.
bool areDevkitNames(const Layout& layout) {
    const auto isOne = [](const Picture& picture) {
        const std::string stem = fs::path(picture.name).stem().string();
        return stem.size() == 11 && stem[4] == '_' &&
               std::ranges::all_of(stem, [](unsigned char c) { return c == '_' || (c >= '0' && c <= '9'); });
    };
    return !layout.pictures.empty() && std::ranges::all_of(layout.pictures, isOne);
}

// Names that everybody knows, where a set of this kind says none.
Names knownNames(const Layout& layout, const Seen& seen) {
    if (layout.style == Style::SegNet && !seen.allGrey) return {"the colours of CamVid", camvidNames()};
    if (layout.style != Style::Voc) return {};
    if (areDevkitNames(layout)) return {"the devkit's classes", devkitNames()};
    return {};
}

class Reader {
public:
    Reader(Layout layout, const ReadOptions& options, Sink& sink) : m_layout(std::move(layout)), m_options(options), m_sink(sink) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(look(stop, progress.part(0, 0.4)));
        Names names = namesIn(m_layout.nameFolders, m_layout.problems);
        if (names.list.empty()) names = knownNames(m_layout, m_seen);
        const Meanings meanings(m_seen, std::move(names), m_layout.problems);
        m_meanings = &meanings;
        m_sink.classes(meanings.classes());
        for (auto& problem : m_layout.problems) m_sink.problem(std::move(problem));
        const Progress second = progress.part(0.4, 1);
        std::int64_t done = 0;
        for (const Picture& picture : m_layout.pictures) {
            if (stop.stop_requested()) return fail(cancelled());
            second.report(++done, std::int64_t(m_layout.pictures.size()), picture.name);
            deliver(picture);
        }
        return {};
    }

private:
    // Bad masks are named in the second pass.
    Result<> look(std::stop_token stop, const Progress& progress) {
        std::int64_t done = 0;
        for (const Picture& picture : m_layout.pictures) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(++done, std::int64_t(m_layout.pictures.size()), picture.name);
            m_seen.objects |= !picture.each.empty() || (picture.classes.empty() && !picture.objects.empty());
            if (picture.classes.empty()) continue;
            if (const auto mask = image::decodeIndexed(picture.classes)) m_seen.add(*mask);
        }
        return {};
    }

    [[nodiscard]] std::string itemOf(const fs::path& mask) const { return nameBelow(mask, m_layout.source); }

    // The mask when it can be read and is as large as the picture. The first mask says the size of a picture that isn't there.
    std::optional<IndexImage> maskOf(const fs::path& file, ImageRecord& record, const std::string& item) {
        auto mask = image::decodeIndexed(file);
        if (!mask) {
            m_sink.problem(base::problemOf(item, mask.error()));
            return {};
        }
        if (record.width == 0) record.width = mask->values.cols, record.height = mask->values.rows;
        if (mask->values.cols == record.width && mask->values.rows == record.height) return std::move(*mask);
        m_sink.problem({item, "wrong_size",
                        fmt::format("is {} x {}, but {} is {} x {}; the mask is left out", mask->values.cols, mask->values.rows,
                                    record.name, record.width, record.height)});
        return {};
    }

    std::optional<IndexImage> objectsOf(const fs::path& file, ImageRecord& record) {
        auto mask = maskOf(file, record, itemOf(file));
        if (!mask || !mask->isColour() || maskValuesOf(mask->values, kMostObjects).size() <= kMostObjects) return mask;
        m_sink.problem({itemOf(file), "too_many_colours",
                        fmt::format("has more than {} colours, so they number no objects; the mask is left out", kMostObjects)});
        return {};
    }

    void deliver(const Picture& picture) {
        ImageRecord record;
        record.name = picture.name, record.path = picture.image;
        record.split = m_options.split.empty() ? picture.split : m_options.split;
        if (const auto info = image::probe(picture.image)) record.width = info->width, record.height = info->height;
        std::optional<IndexImage> classes, objects;
        if (!picture.classes.empty()) classes = maskOf(picture.classes, record, itemOf(picture.classes));
        if (!picture.objects.empty()) objects = objectsOf(picture.objects, record);
        if (classes && objects)
            addBoth(*classes, *objects, itemOf(picture.objects), record);
        else if (classes)
            addClasses(*classes, record);
        else if (objects && picture.classes.empty())
            addObjects(*objects, record);
        for (const auto& file : picture.each) addOne(file, record);
        m_sink.image(std::move(record));
    }

    static void append(ImageRecord& record, std::int64_t classId, annot::Mask&& mask) {
        annot::Annotation a;
        a.id = AnnotationId(std::int64_t(record.annotations.size()) + 1);
        a.classId = ClassId(classId);
        a.shape = std::move(mask);
        record.annotations.push_back(std::move(a));
    }

    void addClasses(const IndexImage& mask, ImageRecord& record) {
        if (m_meanings->numbersObjects(mask)) return addObjects(mask, record);
        for (auto& [place, found] : masksByValue(mask.values, m_meanings->of(mask))) append(record, place, std::move(found));
    }

    static bool isObject(const IndexImage& mask, std::uint32_t value) {
        if (value == 0) return false;
        if (mask.isColour()) return value != kVoidColour;
        return mask.values.depth() == CV_16U ? value != UINT16_MAX : mask.palette.empty() || value != kVoid;
    }

    void addObjects(const IndexImage& mask, ImageRecord& record) {
        const auto meaning = [&](std::uint32_t value) { return isObject(mask, value) ? value : 0; };
        for (auto& found : masksByValue(mask.values, meaning)) append(record, m_meanings->objectClass(), std::move(found.mask));
    }

    void addOne(const fs::path& file, ImageRecord& record) {
        const std::string item = itemOf(file) + ", object 1";
        const auto mask = maskOf(file, record, item);
        if (!mask) return;
        auto found = masksByValue(mask->values, [](std::uint32_t value) { return std::uint32_t(value != 0); });
        if (found.empty()) return m_sink.problem({item, "zero_area", "covers no pixel; it is left out"});
        append(record, m_meanings->objectClass(), std::move(found.front().mask));
    }

    // Objects get the class that most of their pixels have; what no object covers stays one mask a class.
    void addBoth(const IndexImage& classes, const IndexImage& objects, const std::string& item, ImageRecord& record) {
        constexpr std::uint32_t kLoose = 1u << 31;
        const auto classOf = m_meanings->of(classes);
        std::map<std::uint32_t, std::map<std::uint32_t, std::uint64_t>> votes;  // object, class
        cv::Mat both(classes.values.size(), CV_32SC1);
        for (int y = 0; y < both.rows; ++y)
            for (int x = 0; x < both.cols; ++x) {
                const std::uint32_t object = maskValueAt(objects.values, y, x), place = classOf(maskValueAt(classes.values, y, x));
                const bool counted = isObject(objects, object);
                if (counted) ++votes[object][place];
                both.at<int>(y, x) = int(counted ? object : place ? kLoose | place : 0);
            }
        for (auto& [value, mask] : masksByValue(both, [](std::uint32_t v) { return v; })) {
            if (value & kLoose) {
                append(record, value & ~kLoose, std::move(mask));
                continue;
            }
            auto& of = votes[value];
            of.erase(0);
            if (of.empty()) {
                m_sink.problem({fmt::format("{}, object {}", item, value), "unknown_class",
                                "lies where the class mask says background; it is left out"});
                continue;
            }
            const auto most = std::ranges::max_element(of, {}, [](const auto& vote) { return vote.second; });
            append(record, most->first, std::move(mask));
        }
    }

    Layout m_layout;
    const ReadOptions& m_options;
    Sink& m_sink;
    Seen m_seen;
    const Meanings* m_meanings = nullptr;
};

}  // namespace

Result<> readMasks(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::is_directory(source, error)) return fail(ErrorCode::NotFound, "there is no such folder", source.string());
    Look look = lookAt(source);
    if (look.source.empty()) look.source = source;
    Layout layout = layoutOf(look, options);
    if (layout.pictures.empty())
        return fail(ErrorCode::NotFound,
                    "holds no images with masks: looked for images/ and masks/ (labels/, annotations/), SegmentationClass/, "
                    "train/ and trainannot/, a.jpg and a_mask.png, ID/images/ and ID/masks/",
                    source.string());
    return Reader(std::move(layout), options, sink).run(stop, progress);
}

}  // namespace lathe::formats::masks
