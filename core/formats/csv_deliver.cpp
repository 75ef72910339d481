#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/annot/mask.h"
#include "core/formats/annotation_json.h"
#include "core/formats/csv_gathered.h"
#include "core/image/decode.h"

namespace lathe::formats::csvfile {
namespace {

namespace fs = std::filesystem;

constexpr std::array<annot::Flag, 4> kFlagColumns{annot::Occluded, annot::Truncated, annot::Crowd, annot::Difficult};

class Delivery {
public:
    Delivery(Gathered& gathered, bool everyPicture, const ReadOptions& options, Sink& sink)
        : m_all(gathered), m_everyPicture(everyPicture), m_options(options), m_sink(sink) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        std::ranges::stable_sort(m_all.rows, {}, &Row::image);
        std::size_t next = 0;
        for (std::size_t k = 0; k < m_all.found.size(); ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(std::int64_t(k) + 1, std::int64_t(m_all.found.size()), m_all.found[k].path.filename().string());
            const std::size_t first = next;
            while (next < m_all.rows.size() && m_all.rows[next].image == k) ++next;
            deliverOne(m_all.found[k], std::span(m_all.rows).subspan(first, next - first));
        }
        if (m_everyPicture) m_all.images.eachUnused([&](const fs::path& path) { deliverOne({path, {}, 0, 0, 0}, {}); });
        return {};
    }

private:
    void deliverOne(const TableImage& image, std::span<const Row> rows) {
        ImageRecord record;
        record.path = image.path, record.name = m_all.images.nameOf(image.path);
        record.width = image.width, record.height = image.height;
        record.split = !m_options.split.empty() ? m_options.split
                       : !image.split.empty()   ? image.split
                                                : NamedImages::splitOf(record.name);
        record.extra = m_all.extras.json(image.extra);
        m_size.reset();
        m_sizeMissed = false;
        for (const Row& row : rows) {
            auto shape = shapeOf(row, image);
            const std::string item = fmt::format("{}, object in line {}", m_all.nameOf(m_all.tables[row.table]), row.line);
            if (shape && !faultOf(*shape)) {
                record.annotations.push_back(annotationOf(row, std::move(*shape), std::int64_t(record.annotations.size()) + 1));
                continue;
            }
            const Fault fault = shape ? *faultOf(*shape) : shape.error();
            if (!fault.code.empty()) m_sink.problem({item, fault.code, fault.message + "; it is left out"});
        }
        m_sink.image(std::move(record));
    }

    annot::Annotation annotationOf(const Row& row, annot::Shape&& shape, std::int64_t id) const {
        annot::Annotation a{.id = AnnotationId(id), .classId = ClassId(row.classId), .shape = std::move(shape)};
        for (std::size_t k = 0; k < kFlagColumns.size(); ++k)
            if (row.flags & (1u << k)) a.flags |= kFlagColumns[k];
        const bool made = m_all.tables[row.table].columns.openImages && row.confidence == 1;  // theirs says: by people
        if (std::isfinite(row.confidence) && !made) a.confidence = row.confidence;
        a.extra = m_all.extras.json(row.extra);
        return a;
    }

    Checked<annot::Shape> shapeOf(const Row& row, const TableImage& image) {
        if (row.kind == RowKind::Label) return annot::ImageLabel{};
        if (row.kind == RowKind::Mask) return maskOf(row, image);
        const Columns& columns = m_all.tables[row.table].columns;
        std::array<double, 4> v = row.box;
        if (columns.corners) v[2] -= v[0], v[3] -= v[1];
        if (columns.centred) v[0] -= v[2] / 2, v[1] -= v[3] / 2;
        if (columns.openImages || m_all.scales[row.table].isFraction()) {
            if (!sizeKnown(image)) return tl::unexpected(noSize(row, image));
            v[0] *= m_size->first, v[2] *= m_size->first, v[1] *= m_size->second, v[3] *= m_size->second;
        }
        return annot::Box{{v[0], v[1], v[2], v[3]}};
    }

    bool sizeKnown(const TableImage& image) {
        if (image.width > 0)
            m_size = {image.width, image.height};
        else if (!m_size && !m_sizeMissed)
            m_size = NamedImages::sizeOf(image.path);
        return m_size.has_value();
    }

    // Named once an image, its rows after that in silence.
    Fault noSize(const Row& row, const TableImage& image) {
        if (std::exchange(m_sizeMissed, true)) return {};
        m_sink.problem(
            {fmt::format("{}, image {}", m_all.nameOf(m_all.tables[row.table]), m_all.images.nameOf(image.path)), "unknown_size",
             "its boxes are fractions of an image that isn't there, so they are left out; import again with --images DIR"});
        return {};
    }

    // Open Images: a PNG a mask, of another size than the picture's.
    Checked<annot::Shape> maskOf(const Row& row, const TableImage& image) {
        const fs::path file = m_all.images.find(m_all.masks[Gathered::keyOf(row)]);
        auto raster = image::decode(file, {.colour = image::Colour::Grey8});
        if (!raster) return tl::unexpected(Fault{"bad_mask", "its mask can't be read: " + raster.error().message});
        if (sizeKnown(image) && std::uint64_t(m_size->first) * std::uint64_t(m_size->second) > kLargestMask)
            return tl::unexpected(Fault{"bad_mask", "its mask would be too large"});
        cv::Mat inside = *raster;
        if (m_size) cv::resize(*raster, inside, {m_size->first, m_size->second}, 0, 0, cv::INTER_NEAREST);
        inside = inside.isContinuous() ? inside : inside.clone();
        return annot::maskFromRaster({inside.data, inside.total()}, std::uint32_t(inside.rows), std::uint32_t(inside.cols));
    }

    Gathered& m_all;
    const bool m_everyPicture;
    const ReadOptions& m_options;
    Sink& m_sink;
    std::optional<std::pair<int, int>> m_size;  ///< of the image whose rows are read
    bool m_sizeMissed = false;
};

}  // namespace

Result<> deliver(Gathered& gathered, bool all, const ReadOptions& options, Sink& sink, std::stop_token stop,
                 const Progress& progress) {
    return Delivery(gathered, all, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::csvfile
