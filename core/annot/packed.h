// Packed annotations that are passed on without being unpacked: so a reader holds millions, and an import stores them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/annot/annotation.h"

namespace lathe::annot {

/// As packOne(), behind what `out` holds.
void appendPacked(std::string& out, const Annotation& annotation);
/// Of what packOne() wrote; invalid when it isn't that.
[[nodiscard]] AnnotationId idOfPacked(std::string_view packed);

/// Annotations of one image in drawing order, each with an id and a class that can still be changed.
class PackedList {
public:
    /// `packed`: what packOne() wrote; gets this id and class instead of its own. Bytes that are no annotation are passed over.
    void add(std::string_view packed, AnnotationId id, ClassId classId);
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    [[nodiscard]] AnnotationId id(std::size_t k) const { return m_entries[k].id; }
    [[nodiscard]] ClassId classId(std::size_t k) const { return m_entries[k].classId; }
    void setClass(std::size_t k, ClassId classId) { m_entries[k].classId = classId; }
    /// What pack() makes of the same annotations.
    [[nodiscard]] std::string document() const;
    [[nodiscard]] Result<Annotations> unpacked() const { return unpack(document()); }

private:
    struct Entry {
        std::uint64_t head = 0;  ///< kind and what is present
        AnnotationId id;
        ClassId classId;
        std::size_t at = 0, size = 0;  ///< of the rest in m_rest
    };
    std::vector<Entry> m_entries;
    std::string m_rest;
};

}  // namespace lathe::annot
