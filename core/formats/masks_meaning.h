// What the values of masks mean: which classes there are, and which class a value is. Private to core/formats.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "core/formats/masks.h"
#include "core/image/indexed.h"

namespace lathe::formats::masks {

constexpr std::uint32_t kVoidColour = 0xe0e0c0;  ///< VOC's border round objects; its index is 255
constexpr std::uint32_t kVoid = 255;

/// The values of all masks, by the way in which they are stored.
struct Seen {
    std::set<std::uint32_t> grey, wide, indices, indexColours, colours;
    std::map<std::uint32_t, std::uint32_t> palette;  ///< colour by index, of the first palette that has it
    bool allGrey = true;                             ///< of the colour masks
    bool objects = false;                            ///< some masks number objects

    void add(const image::IndexImage& mask);
};

/// The classes, and for a value its class (from 1; 0: none).
class Meanings {
public:
    Meanings(const Seen& seen, Names names, Problems& problems);

    [[nodiscard]] const std::vector<ClassRecord>& classes() const { return m_classes.records(); }
    [[nodiscard]] std::int64_t objectClass() const { return m_objectClass; }
    [[nodiscard]] bool numbersObjects(const image::IndexImage& mask) const {
        return mask.values.depth() == CV_16U && !m_wideIsClass;
    }
    /// How the values of one mask are looked up; the mask must outlive it.
    [[nodiscard]] std::function<std::uint32_t(std::uint32_t)> of(const image::IndexImage& mask) const;

private:
    using Places = std::unordered_map<std::uint32_t, std::uint32_t>;

    [[nodiscard]] bool areNamedColours(const std::set<std::uint32_t>& colours) const;
    void decide();
    void shiftNames();
    [[nodiscard]] std::set<std::uint32_t> indicesSeen() const;
    std::uint32_t classNamed(const std::string& text, std::optional<std::uint32_t> colour);
    void addNamed(const Name& name);
    [[nodiscard]] std::optional<std::uint32_t> shownAs(std::uint32_t index) const;
    [[nodiscard]] bool areBlackAndWhite(const std::set<std::uint32_t>& values) const;
    [[nodiscard]] std::string onlyName(const char* otherwise) const;
    void nameIndices();
    void nameColours();
    void tell(const std::vector<std::string>& named, const char* what);
    void nameObject();

    const Seen& m_seen;
    Names m_names;
    Problems& m_problems;
    ClassList m_classes;
    Places m_byIndex, m_byColour;
    std::int64_t m_objectClass = 0;
    bool m_coloursAreIndices = false, m_indicesByColour = false, m_greyByColour = false, m_wideIsClass = false;
};

}  // namespace lathe::formats::masks
