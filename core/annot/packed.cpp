#include "core/annot/packed.h"

#include "core/annot/bytes.h"

namespace lathe::annot {

void appendPacked(std::string& out, const Annotation& annotation) {
    ByteWriter writer(std::move(out));
    putAnnotation(writer, annotation);
    out = writer.take();
}

AnnotationId idOfPacked(std::string_view packed) {
    ByteReader in(packed);
    (void)in.varint();
    const AnnotationId id(std::int64_t(in.varint()));
    return in.failed() ? AnnotationId() : id;
}

void PackedList::add(std::string_view packed, AnnotationId id, ClassId classId) {
    ByteReader in(packed);
    Entry entry{in.varint(), id, classId, m_rest.size(), 0};
    (void)in.varint();  // its own id and class
    (void)in.varint();
    if (in.failed()) return;
    entry.size = in.left();
    m_rest.append(packed.substr(packed.size() - entry.size));
    m_entries.push_back(entry);
}

std::string PackedList::document() const {
    ByteWriter out;
    out.byte(kDocumentVersion);
    out.varint(m_entries.size());
    for (const Entry& entry : m_entries) {
        out.varint(entry.head);
        out.varint(std::uint64_t(entry.id.value));
        out.varint(std::uint64_t(entry.classId.value));
        out.raw(std::string_view(m_rest).substr(entry.at, entry.size));
    }
    return out.take();
}

}  // namespace lathe::annot
