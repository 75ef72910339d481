// What a pass over the tables gathers, and what is made of it afterwards. Private to core/formats.
#pragma once
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "core/formats/csv.h"
#include "core/formats/named_images.h"
#include "core/formats/source_files.h"

namespace lathe::formats::csvfile {

inline constexpr const char* kNoClassName = "object";

enum class RowKind : std::uint8_t { Nothing, Absent, Label, Box, Mask };

/// What is kept of a row; there can be millions.
struct Row {
    std::array<double, 4> box{};  ///< as the file has them
    double confidence = NAN;
    std::uint32_t image = 0, classId = 0, extra = 0, line = 0;
    std::uint16_t table = 0;
    std::uint8_t flags = 0;  ///< bit k: of the column Columns::flags[k]
    RowKind kind = RowKind::Nothing;
};

struct TableImage {
    std::filesystem::path path;
    std::string split;
    int width = 0, height = 0;
    std::uint32_t extra = 0;
};

/// Texts that many rows share, each kept once; 0 is none.
class Texts {
public:
    std::uint32_t idOf(const std::string& text) {
        if (text.empty()) return 0;
        const auto [at, added] = m_ids.try_emplace(text, std::uint32_t(m_texts.size()));
        if (added) m_texts.push_back(&at->first);
        return at->second;
    }
    [[nodiscard]] Json json(std::uint32_t id) const {
        return id == 0 ? Json() : Json{{"csv", Json::parse(*m_texts[id], nullptr, false)}};
    }
    [[nodiscard]] const std::string& text(std::uint32_t id) const { return *m_texts[id]; }

private:
    const std::string m_none;
    std::vector<const std::string*> m_texts{&m_none};
    std::unordered_map<std::string, std::uint32_t> m_ids;
};

/// Of one table: what all its numbers together say.
struct Scale {
    double least = 0, most = 0;
    bool any = false, broken = false;  ///< one has digits after the point
    void see(double v) {
        least = any ? std::min(least, v) : v, most = any ? std::max(most, v) : v;
        any = true;
        broken = broken || v != std::floor(v);
    }
    [[nodiscard]] bool isFraction() const {
        constexpr double slack = 0.5;  // how far outside of 0..1 fractions may lie
        return any && least >= -slack && most <= 1 + slack && (broken || most <= 1);
    }
    [[nodiscard]] bool isUnclear() const { return isFraction() && (!broken || most > 1 || least < 0); }
};

struct Gathered {
    explicit Gathered(const std::filesystem::path& folder, const std::filesystem::path& pictures)
        : root(folder), images(pictures) {}
    [[nodiscard]] std::string nameOf(const Table& table) const { return nameBelow(table.file, root); }
    [[nodiscard]] static std::uint64_t keyOf(const Row& row) { return row.line + (std::uint64_t(row.table) << 32); }

    const std::filesystem::path root;
    NamedImages images;
    ClassList classes;
    std::vector<Table> tables;
    std::vector<Scale> scales;                             ///< of each table
    std::unordered_map<std::uint64_t, std::string> masks;  ///< file names by keyOf()
    std::vector<TableImage> found;
    std::vector<Row> rows;
    Texts extras;
};

/// The images with their rows, then, of a folder (`all`), the pictures that no row names.
[[nodiscard]] Result<> deliver(Gathered& gathered, bool all, const ReadOptions& options, Sink& sink, std::stop_token stop,
                               const Progress& progress);

}  // namespace lathe::formats::csvfile
