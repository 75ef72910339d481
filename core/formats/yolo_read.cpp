// Label files of a YOLO set to records, in two passes: what the rows have in common, then the rows.
#include <fmt/format.h>
#include <algorithm>

#include "core/base/files.h"
#include "core/formats/yolo_layout.h"

namespace lathe::formats::yolo {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestLabels = 256u << 20;
constexpr std::int64_t kMostUnnamed = 10'000;

class SetReader {
public:
    SetReader(Set set, Sink& sink) : m_set(std::move(set)), m_sink(sink) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        if (m_set.places.empty() && m_set.orphans.empty())
            return fail(ErrorCode::NotFound, "holds no images and no label files", m_set.folder.string());
        LATHE_CHECK(tallyRows(stop, progress.part(0, 0.3)));
        m_dialect = dialectOf(m_tally, m_set.data.variant, m_set.data.skeleton);
        deliverClasses();
        for (auto& problem : m_set.data.problems) m_sink.problem(std::move(problem));
        Json extra = m_set.data.extra.is_object() ? std::move(m_set.data.extra) : Json::object();
        extra["task"] = std::string(nameOf(m_dialect.variant));
        m_sink.setExtra({{"yolo", std::move(extra)}});
        LATHE_CHECK(deliverImages(stop, progress.part(0.3, 1)));
        reportOrphans();
        reportFitted();
        return {};
    }

private:
    Result<> tallyRows(std::stop_token stop, const Progress& progress) {
        std::int64_t done = 0;
        for (const Place& place : m_set.places) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(++done, std::int64_t(m_set.places.size()), place.name);
            const auto text = place.label.empty() ? Result<std::string>() : base::readFile(place.label, kLargestLabels);
            if (text)
                eachLine(*text, [&](std::int64_t, std::string_view line) {
                    if (const auto row = parseRow(line)) m_tally.add(*row);
                });
        }
        return {};
    }

    // The file's names by number; without names as many classes as rows use.
    void deliverClasses() {
        DataFile& data = m_set.data;
        if (!data.named && m_tally.largestClass >= 0)
            data.problems.push_back({data.item.empty() ? m_set.folder.filename().string() : data.item, "missing_names",
                                     "neither data.yaml nor classes.txt names the classes: they are called class_0, class_1 ..."});
        for (std::int64_t k = 0; !data.named && k <= std::min(m_tally.largestClass, kMostUnnamed - 1); ++k)
            data.names.try_emplace(k, fmt::format("class_{}", k));
        ClassList list;
        for (const auto& [number, name] : data.names) {
            const std::size_t before = list.records().size();
            const ClassId id = m_classes.emplace(number, list.idOf(name)).first->second;
            if (list.records().size() == before)
                data.problems.push_back({data.item, "duplicate_class",
                                         fmt::format("class {} is called {} like one before: they are one class", number, name)});
            const auto keypoints = data.keypointNames.find(number);
            if (keypoints != data.keypointNames.end()) list.record(id).extra["keypoints"] = keypoints->second;
        }
        m_sink.classes(list.records());
    }

    Result<> deliverImages(std::stop_token stop, const Progress& progress) {
        std::int64_t done = 0;
        for (const Place& place : m_set.places) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(++done, std::int64_t(m_set.places.size()), place.name);
            ImageRecord record;
            record.name = place.name, record.path = place.image, record.split = place.split;
            if (!place.label.empty()) readLabels(place, record);
            m_sink.image(std::move(record));
        }
        return {};
    }

    void readLabels(const Place& place, ImageRecord& record) {
        const std::string item = nameBelow(place.label, m_set.folder);
        const auto text = base::readFile(place.label, kLargestLabels);
        if (!text) return m_sink.problem(base::problemOf(item, text.error()));
        std::vector<std::string_view> lines;
        eachLine(*text, [&](std::int64_t, std::string_view line) { lines.push_back(line); });
        if (lines.empty()) return;  // background
        const auto info = image::probe(place.image);
        if (!info || info->width <= 0 || info->height <= 0)
            return m_sink.problem({item, "missing_image",
                                   fmt::format("the size of {} isn't known ({}): {} rows were left out", place.name,
                                               info ? "it has none" : info.error().message, lines.size())});
        readRows(item, lines, Frame::of(*info), record);
    }

    void readRows(const std::string& item, const std::vector<std::string_view>& lines, const Frame& frame, ImageRecord& record) {
        std::map<Row, std::size_t> seen;
        std::int64_t boxes = 0;
        for (std::size_t k = 0; k < lines.size(); ++k) {
            const auto bad = [&](std::string code, std::string message) {
                m_sink.problem({fmt::format("{}, object {}", item, k + 1), std::move(code), std::move(message)});
            };
            auto row = parseRow(lines[k]);
            if (!row) {
                bad(row.error().code, row.error().message);
                continue;
            }
            const auto classId = m_classes.find(row->classIndex);
            if (classId == m_classes.end()) {
                bad("unknown_class", unknownClass(row->classIndex));
                continue;
            }
            auto found = shapeOf(*row, m_dialect, frame);
            if (!found) {
                bad(found.error().code, found.error().message);
                continue;
            }
            const auto [first, added] = seen.try_emplace(std::move(*row), k + 1);
            if (!added) {
                bad("duplicate", fmt::format("is the same as object {}; it was left out, as Ultralytics does", first->second));
                continue;
            }
            boxes += std::holds_alternative<annot::Box>(found->shape);
            if (found->fitted && m_fitted++ == 0) m_firstFitted = item;
            annot::Annotation annotation{AnnotationId(std::int64_t(record.annotations.size()) + 1), classId->second,
                                         std::move(found->shape)};
            annotation.confidence = found->confidence;
            record.annotations.push_back(std::move(annotation));
        }
        const auto others = std::int64_t(record.annotations.size()) - boxes;
        if (boxes > 0 && others > 0) reportMixed(item, boxes, others);
    }

    // Ultralytics takes all rows of a file for polygons when one is; a box then is a polygon of two points.
    void reportMixed(const std::string& item, std::int64_t boxes, std::int64_t others) {
        m_sink.problem({item, "mixed_rows",
                        fmt::format("has {} rows of boxes among {} rows for {}: each was read as what it is, but a training by "
                                    "Ultralytics would misread or refuse the file",
                                    boxes, others, nameOf(m_dialect.variant))});
    }

    [[nodiscard]] std::string unknownClass(std::int64_t number) const {
        if (!m_set.data.named)
            return fmt::format("class {} is above {}, the largest that is taken without names; the row was left out", number,
                               kMostUnnamed - 1);
        return fmt::format(
            "class {} isn't in {}, which has {}; the row was left out, and a training by Ultralytics would leave out the "
            "whole image",
            number, m_set.data.item, m_classes.size());
    }

    void reportOrphans() {
        for (const auto& file : m_set.orphans) {
            const auto text = base::readFile(file, kLargestLabels);
            std::int64_t rows = 0, others = 0;
            if (text) eachLine(*text, [&](std::int64_t, std::string_view line) { ++(parseRow(line) ? rows : others); });
            if (rows > others)
                m_sink.problem(
                    {nameBelow(file, m_set.folder), "missing_image",
                     fmt::format("there is no image of this name, so its {} rows have no size; import with --images DIR", rows)});
        }
    }

    void reportFitted() {
        if (m_fitted > 0)
            m_sink.problem({m_firstFitted, "not_rectangular",
                            fmt::format("{} rows for turned boxes (the first are here) are no rectangles: each became the smallest "
                                        "turned box round it",
                                        m_fitted)});
    }

    Set m_set;
    Sink& m_sink;
    Tally m_tally;
    Dialect m_dialect;
    std::map<std::int64_t, ClassId> m_classes;  ///< by the rows' number
    std::int64_t m_fitted = 0;
    std::string m_firstFitted;
};

}  // namespace

Result<> readSet(Set set, Sink& sink, std::stop_token stop, const Progress& progress) {
    return SetReader(std::move(set), sink).run(stop, progress);
}

}  // namespace lathe::formats::yolo
