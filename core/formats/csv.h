// Tables: an object or an image a row. Private to core/formats.
//
// Separator , ; or tab; quotes as in RFC 4180, newlines within them too; a byte order mark is passed over. What a column holds is
// known by its name, of which case and punctuation don't count: image, class, corners (xmin ymin xmax ymax, x1 y1 x2 y2) or corner
// and size (x y w h), width and height of the image, split, confidence, occluded, truncated, iscrowd, difficult. Corners are
// continuous pixels from 0 (w = xmax - xmin). A table whose coordinates all lie within 0..1 is taken for fractions of the image.
// Without a header: path,x1,y1,x2,y2,class (keras-retinanet); filename,width,height,class,xmin,ymin,xmax,ymax; path,class. A row
// of an image and a class is a whole-image class, a row of an image alone an image without labels. Open Images (ImageID, LabelName,
// XMin ...) are fractions always, their image labels of confidence 0 say what is not there, class-descriptions.csv has the names.
#pragma once
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/format.h"

namespace lathe::formats::csvfile {

using Fields = std::vector<std::string>;

/// Rows of a table in bounded memory.
class Rows {
public:
    static constexpr std::size_t kBlock = 1u << 20;
    /// Reads `block` bytes at a time.
    Rows(const std::filesystem::path& file, char separator, std::size_t block = kBlock);
    [[nodiscard]] bool isOpen() const { return m_in.is_open(); }
    /// False at the end. Empty lines are passed over.
    bool next(Fields& fields);
    /// Where the row began, from 1.
    [[nodiscard]] std::int64_t line() const { return m_line; }
    /// The row was above the limit of 16 MB and is cut off.
    [[nodiscard]] bool tooLong() const { return m_tooLong; }

private:
    [[nodiscard]] int take();
    [[nodiscard]] int peek();
    void quoted(std::string& field);
    void put(std::string& field, char c);

    std::ifstream m_in;
    const char m_separator;
    std::string m_block;
    std::size_t m_at = 0, m_size = 0;
    std::int64_t m_line = 0, m_newlines = 0;
    bool m_tooLong = false;
};

/// Places of columns; -1: there is none.
struct Columns {
    int image = -1, className = -1, split = -1, confidence = -1, width = -1, height = -1, mask = -1;
    std::array<int, 4> box{-1, -1, -1, -1};    ///< corners, or x y w h
    int boxText = -1;                          ///< "[x, y, w, h]" in one field
    std::array<int, 4> flags{-1, -1, -1, -1};  ///< occluded, truncated, crowd, difficult
    bool corners = false, centred = false, openImages = false;
    std::vector<std::pair<int, std::string>> others;  ///< kept as they are
    [[nodiscard]] bool hasBox() const { return box[0] >= 0 || boxText >= 0; }
};

struct Table {
    std::filesystem::path file;
    char separator = ',';
    bool header = true;
    Columns columns;
    double sureness = 0;
};

/// Nothing when the header names no image and label, or hasn't the columns of `map`.
[[nodiscard]] std::optional<Columns> columnsOf(const Fields& header, const ColumnMap& map = {});
/// What the header names, also without an image.
[[nodiscard]] Columns namedColumns(const Fields& header);
/// The same for a first row of values.
[[nodiscard]] std::optional<Columns> columnsOfValues(const Fields& row);
/// The number in a field; `comma`: 10,5 is read as well. Nothing for anything else.
[[nodiscard]] std::optional<double> numberIn(std::string_view field, bool comma);
/// Without spaces around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// Nothing, or a word for nothing ("NA", "nan", "None", "null").
[[nodiscard]] bool isEmpty(std::string_view field);
/// Of a file by its first bytes; sureness 0 when it is no table of images.
[[nodiscard]] Table tableOf(const std::filesystem::path& file, const ColumnMap& map = {});
/// Tables of images of a source, and in `names` the ones that only name classes.
[[nodiscard]] std::vector<Table> tablesOf(const std::filesystem::path& source, const ColumnMap& map = {},
                                          std::vector<std::filesystem::path>* names = nullptr);

[[nodiscard]] Result<> readTables(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                  const Progress& progress);
[[nodiscard]] Result<WriteReport> writeTable(const std::filesystem::path& folder, const WriteSource& source,
                                             const WriteOptions& options, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::csvfile
