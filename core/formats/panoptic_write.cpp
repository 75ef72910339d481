// Writing "panoptic": annotations/panoptic[_SPLIT].json, its PNG files in annotations/panoptic[_SPLIT]/, images/.
#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <memory>
#include <unordered_set>

#include "core/base/files.h"
#include "core/formats/mask_export.h"
#include "core/formats/panoptic.h"
#include "core/image/indexed.h"

namespace lathe::formats::panoptic {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostIds = (1 << 24) - 1;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Keeps wanted ids while they are free, numbers the others from 1.
class FreeIds {
public:
    explicit FreeIds(std::int64_t most) : m_most(most) {}
    /// 0 when all are taken.
    std::int64_t give(std::int64_t wanted) {
        if (wanted > 0 && wanted <= m_most && m_taken.insert(wanted).second) return wanted;
        while (m_last < m_most)
            if (m_taken.insert(++m_last).second) return m_last;
        return 0;
    }

private:
    std::unordered_set<std::int64_t> m_taken;
    std::int64_t m_most, m_last = 0;
};

std::int64_t foreignIdOf(const Json& extra) {
    const bool has = extra.is_object() && extra.contains("coco_id") && extra["coco_id"].is_number_integer();
    return has ? extra["coco_id"].get<std::int64_t>() : 0;
}

// One JSON file. Annotations go to it as they come; the list of images waits in memory.
class Output {
public:
    Output(const fs::path& file, const Json& extra, const Json& categories) : m_file(file), m_json(file, std::ios::binary) {
        m_json << '{';
        for (const auto& [key, value] : extra.items()) m_json << dumped(key) << ':' << dumped(value) << ",\n";
        m_json << "\"categories\":" << dumped(categories) << ",\n\"annotations\":[";
    }
    void annotation(const Json& json) { m_json << (std::exchange(m_any, true) ? ",\n" : "\n") << dumped(json); }
    void image(const Json& json) { m_images += (m_images.empty() ? "\n" : ",\n") + dumped(json); }
    FreeIds& imageIds() { return m_ids; }
    Result<> finish() {
        m_json << "],\n\"images\":[" << m_images << "]}\n";
        m_json.close();
        if (!m_json) return fail(base::errnoError(errno ? errno : EIO, "could not be written", m_file));
        return {};
    }

private:
    fs::path m_file;
    std::ofstream m_json;
    std::string m_images;
    FreeIds m_ids{INT64_MAX};
    bool m_any = false;
};

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder),
          m_source(source),
          m_extra(source.extra.is_object() ? source.extra : Json::object()),
          m_placer(folder / "images", mode) {
        for (const char* own : {"images", "annotations", "categories"}) m_extra.erase(own);
    }

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        listCategories();
        LATHE_CHECK(base::makeFolders(m_folder / "annotations"));
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        if (m_outputs.empty()) (void)output("");
        for (auto& [split, out] : m_outputs) LATHE_CHECK(out->finish());
        m_report.files += std::int64_t(m_outputs.size());
        m_losses.report(maskLossWords("panoptic PNG files"), m_report.problems);
        return std::move(m_report);
    }

private:
    // A class that doesn't say whether it is a thing is one: its objects are counted.
    void listCategories() {
        FreeIds ids(INT64_MAX);
        std::vector<std::int64_t> given;
        for (const auto& record : m_source.classes) {
            const std::int64_t wanted = foreignIdOf(record.extra);
            given.push_back(wanted > 0 && std::ranges::find(given, wanted) == given.end() ? ids.give(wanted) : 0);
        }
        for (std::size_t k = 0; k < given.size(); ++k) {
            const ClassRecord& record = m_source.classes[k];
            if (given[k] == 0) given[k] = ids.give(0);
            Json category{{"id", given[k]}, {"name", record.name}, {"supercategory", record.parent}};
            if (record.extra.is_object())
                for (const auto& [key, value] : record.extra.items())
                    if (key != "coco_id" && !category.contains(key)) category[key] = value;
            if (!category.contains("isthing")) category["isthing"] = 1;
            if (const auto c = colourOf(record.colour); c && !category.contains("color"))
                category["color"] = Json::array({*c >> 16, *c >> 8 & 0xff, *c & 0xff});
            m_categories.push_back(std::move(category));
        }
        m_categoryIds = std::move(given);
    }

    [[nodiscard]] static std::string stemOf(const std::string& split) {
        return split.empty() ? "panoptic" : safeRelative("panoptic_" + split).filename().string();
    }

    Output& output(const std::string& split) {
        auto& out = m_outputs[split];
        if (!out) out = std::make_unique<Output>(m_folder / "annotations" / (stemOf(split) + ".json"), m_extra, m_categories);
        return *out;
    }

    Result<> writeOne(const ImageRecord& image) {
        Output& out = output(image.split);
        const std::string name = m_placer.place(image.path, image.name, m_report);
        const std::int64_t id = out.imageIds().give(foreignIdOf(image.extra));
        const auto size = maskSizeOf(image);
        Json record{{"id", id},
                    {"file_name", name},
                    {"width", size ? size->width : image.width},
                    {"height", size ? size->height : image.height}};
        Json annotation{{"image_id", id}, {"file_name", m_names[image.split].of(name)}};
        if (image.extra.is_object())
            for (const auto& [key, value] : image.extra.items())
                if (key != "coco_id" && key != "panoptic" && !record.contains(key)) record[key] = value;
        if (image.extra.is_object() && image.extra.contains("panoptic") && image.extra["panoptic"].is_object())
            for (const auto& [key, value] : image.extra["panoptic"].items())
                if (!annotation.contains(key)) annotation[key] = value;
        out.image(record);
        ++m_report.images;
        if (!size) {
            m_report.problems.push_back(base::problemOf(image.name, size.error()));
            return {};
        }
        LATHE_CHECK(writeSegments(image, *size, annotation));
        out.annotation(annotation);
        return {};
    }

    struct Drawn {
        const annot::Annotation* annotation;
        int id;
    };

    Result<> writeSegments(const ImageRecord& image, cv::Size size, Json& annotation) {
        MaskPainter painter(size.width, size.height);
        Json segments = Json::array();
        const auto drawn = drawAll(image, painter);
        const auto boxes = boxesOf(painter.values());
        for (const auto& [a, id] : drawn) {
            if (painter.left(id) == 0) {
                m_losses.add("shape that others hide", image.name);
                continue;
            }
            segments.push_back(segmentOf(*a, id, painter, boxes.at(id)));
            ++m_report.annotations;
        }
        annotation["segments_info"] = std::move(segments);
        LATHE_TRY(const std::string png, image::encodePng(coloured(painter.values())));
        const fs::path folder = m_folder / "annotations" / stemOf(image.split);
        return writeText(folder / annotation["file_name"].get<std::string>(), png, m_report);
    }

    std::vector<Drawn> drawAll(const ImageRecord& image, MaskPainter& painter) {
        std::vector<Drawn> drawn;
        FreeIds ids(kMostIds);
        std::vector<std::int64_t> given;  // ids of the file first, so that none of them goes to another
        for (const auto& a : image.annotations) {
            const bool good = a.id.value > 0 && a.id.value <= kMostIds && std::ranges::find(given, a.id.value) == given.end();
            given.push_back(good ? ids.give(a.id.value) : 0);
        }
        for (std::size_t k = 0; k < image.annotations.size(); ++k) {
            const auto& a = image.annotations[k];
            if (a.classId.value < 1 || std::size_t(a.classId.value) > m_source.classes.size()) {
                m_losses.add("annotation without a class", image.name);
                continue;
            }
            countMaskLosses(a, {true, true, annot::Crowd}, image.name, m_losses);
            if (!canBePainted(a.shape)) continue;
            const int id = int(given[k] ? given[k] : ids.give(0));
            const auto painted = painter.paint(a.shape, id);
            if (painted.hides) m_losses.add("shape over another", image.name);
            if (painted.pixels)
                drawn.push_back({&a, id});
            else
                m_losses.add("shape without a pixel", image.name);
        }
        return drawn;
    }

    // Area and bbox of the file, when they were given; else those of the shape. A shape of which pixels are hidden has lost both.
    Json segmentOf(const annot::Annotation& a, int id, const MaskPainter& painter, const annot::Rect& bounds) const {
        const auto* mask = std::get_if<annot::Mask>(&a.shape);
        const bool whole = mask && annot::area(a.shape) == double(painter.left(id));
        const annot::Rect box = whole && a.givenBox ? *a.givenBox : bounds;
        Json segment{{"id", id},
                     {"category_id", m_categoryIds[std::size_t(a.classId.value - 1)]},
                     {"iscrowd", a.flags & annot::Crowd ? 1 : 0}};
        segment["bbox"] = Json::array({box.x, box.y, box.w, box.h});
        segment["area"] = whole && a.givenArea ? *a.givenArea : double(painter.left(id));
        if (a.attributes.is_object() && !a.attributes.empty()) segment["attributes"] = a.attributes;
        if (Json meta = metaOf(a, annot::Crowd); !meta.is_null()) segment["lathe"] = std::move(meta);
        if (a.extra.is_object())
            for (const auto& [key, value] : a.extra.items())
                if (!segment.contains(key)) segment[key] = value;
        return segment;
    }

    // The box round the pixels of every id.
    static std::unordered_map<int, annot::Rect> boxesOf(const cv::Mat& ids) {
        std::unordered_map<int, annot::Rect> boxes;
        for (int y = 0; y < ids.rows; ++y)
            for (int x = 0; x < ids.cols; ++x) {
                const int id = ids.at<int>(y, x);
                if (id == 0) continue;
                const annot::Rect pixel{double(x), double(y), 1, 1};
                if (const auto [box, added] = boxes.try_emplace(id, pixel); !added) box->second = box->second.united(pixel);
            }
        return boxes;
    }

    static cv::Mat coloured(const cv::Mat& ids) {
        cv::Mat bgr(ids.size(), CV_8UC3);
        for (int y = 0; y < ids.rows; ++y)
            for (int x = 0; x < ids.cols; ++x) {
                const int id = ids.at<int>(y, x);
                bgr.at<cv::Vec3b>(y, x) = {std::uint8_t(id >> 16), std::uint8_t(id >> 8), std::uint8_t(id)};
            }
        return bgr;
    }

    fs::path m_folder;
    const WriteSource& m_source;
    Json m_extra;
    ImagePlacer m_placer;
    std::map<std::string, MaskNames> m_names;  // each split has a folder of its own
    WriteReport m_report;
    Losses m_losses;
    std::map<std::string, std::unique_ptr<Output>> m_outputs;
    Json m_categories = Json::array();
    std::vector<std::int64_t> m_categoryIds;
};

}  // namespace

Result<WriteReport> writePanoptic(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                  std::stop_token stop, const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::panoptic
