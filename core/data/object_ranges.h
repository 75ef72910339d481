// Where the objects of an image sit and how much of it they cover: the terms covers: and centre:, and the figures of explore.h.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/store/column_index.h"

namespace lathe::data {

/// [from, to) in percent of the image.
struct Percents {
    double from = -std::numeric_limits<double>::infinity(), to = std::numeric_limits<double>::infinity();
    [[nodiscard]] bool has(double value) const { return value >= from && value < to; }
};
/// What stands behind covers: ("0.5..1", "WBC@..2") or centre: ("40..50,0..25", "WBC@40..50,0..25"). Ends may be left out.
struct ObjectRange {
    std::string className;  ///< empty: any
    Percents x;             ///< of covers: the share of the image's area
    std::optional<Percents> y;
};
/// The error is what would be right there.
[[nodiscard]] tl::expected<ObjectRange, std::string> parseObjectRange(const std::string& field, const std::string& value);
[[nodiscard]] std::string objectRangeText(const ObjectRange& range);

/// The share of its image that object `k` of image `rank` covers, in percent; below 0: it has no area, or the image no size.
[[nodiscard]] double coverage(const store::ColumnIndex& index, std::size_t rank, std::size_t k);

/// The centres of all objects, in the order of the index's objects.
class ObjectPlaces {
public:
    /// In 1/65536 of the image's width and height; centres outside of the image are moved to its border.
    struct At {
        std::uint16_t x = kNowhere, y = kNowhere;
    };
    static constexpr std::uint16_t kNowhere = 0xffff;  ///< a label of the whole image, an image without a size
    explicit ObjectPlaces(std::vector<At> at) : m_at(std::move(at)) {}
    [[nodiscard]] bool known(std::size_t k) const { return m_at[k].x != kNowhere; }
    [[nodiscard]] double xPercent(std::size_t k) const { return m_at[k].x * (100.0 / 65536); }
    [[nodiscard]] double yPercent(std::size_t k) const { return m_at[k].y * (100.0 / 65536); }
    [[nodiscard]] const std::vector<At>& all() const { return m_at; }

private:
    std::vector<At> m_at;
};

/// From the documents, on all cores; kept until the documents change, when only those that did are read again. Four bytes an
/// object. Any thread. Cancelled when stop is asked for.
[[nodiscard]] Result<std::shared_ptr<const ObjectPlaces>> objectPlaces(const store::Workspace& workspace,
                                                                       const store::ColumnIndex& index, std::stop_token stop = {},
                                                                       const Progress& progress = {});

}  // namespace lathe::data
