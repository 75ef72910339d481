// Which mask belongs to which image, by their names. Private to core/formats.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>

#include "core/formats/masks.h"

namespace lathe::formats::masks {

[[nodiscard]] std::string lowered(std::string text);
/// What a mask's name has beyond its image's: "sub/a" of "sub/a_mask"; the same where there is nothing to take away.
[[nodiscard]] std::string withoutMaskEnd(const std::string& stem);
/// "sub/0001" of "sub/gt_0001".
[[nodiscard]] std::string withoutMaskBegin(const std::string& stem);

/// A folder's images by all the names that a mask may have for them.
class Partners {
public:
    /// `name`: the image's below its folder.
    void add(const std::string& name, std::size_t place);
    /// `name`: the mask's below its folder.
    [[nodiscard]] std::optional<std::size_t> of(const std::string& name) const;

private:
    using Places = std::unordered_map<std::string, std::size_t>;
    Places m_byName, m_byStem, m_byBare, m_byLeaf;
};

}  // namespace lathe::formats::masks
