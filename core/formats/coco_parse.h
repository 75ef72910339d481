// Elements of a COCO file to records; annotations are held packed. Private to core/formats.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/formats/coco_cut.h"
#include "core/formats/format.h"

namespace lathe::formats {

/// Ids that are whole numbers, numbers in quotes or whole-valued reals are the number; other texts get numbers below zero.
class CocoIds {
public:
    std::int64_t ofText(std::string_view text);

private:
    std::mutex m_mutex;
    std::map<std::string, std::int64_t, std::less<>> m_texts;
};

struct CocoImage {
    std::int64_t id = 0, place = 0;
    int width = 0, height = 0;
    std::string fileName;
    std::string extra;  ///< unknown fields as JSON text, "coco_id" among them
};

struct CocoShape {
    std::int64_t image = 0, category = 0, place = 0;  ///< foreign ids; place in the file's array
    std::uint64_t at = 0;                             ///< where it lies in packed
    std::uint32_t size = 0, worker = 0;
};

/// A sentence about an image: all of the annotation but its image_id, as Lathe keeps it in the image's fields.
struct CocoCaption {
    std::int64_t image = 0, place = 0;
    Json fields;
};
/// Where an image's captions lie in ImageRecord::extra: a list.
inline constexpr const char* kCocoCaptions = "coco_captions";

struct CocoCategory {
    std::int64_t id = 0, place = 0;
    ClassRecord record;
};

/// What one parser made of its pieces.
struct CocoParsed {
    std::vector<CocoImage> images;
    std::vector<CocoShape> shapes;
    std::vector<CocoCategory> categories;
    std::string packed;
    std::vector<CocoCaption> captions;
    std::int64_t panoptic = 0;  ///< annotations of a kind that isn't kept
    Problems problems;
    std::int64_t unreported = 0;  ///< problems beyond the limit
};

class CocoParser {
public:
    CocoParser(std::string fileName, CocoIds& ids);
    CocoParser(CocoParser&&) noexcept;
    ~CocoParser();
    /// Takes pieces until the queue is closed.
    void run(BoundedQueue<CocoPiece>& in);
    [[nodiscard]] CocoParsed& out();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace lathe::formats
