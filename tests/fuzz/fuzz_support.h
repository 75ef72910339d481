// What the fuzz targets share.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "core/annot/annotation.h"
#include "core/base/files.h"
#include "core/formats/format.h"

namespace lathe::fuzz {

inline std::string_view textOf(const unsigned char* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// A broken promise is a crash, so that the fuzzer keeps the input.
inline void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

/// One folder for the whole process; making one an input would take most of the time.
inline const std::filesystem::path& scratch() {
    static const base::TempFolder folder("lathe-fuzz-");
    return folder.path();
}

/// Not atomic: no fsync an input.
inline void write(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
}

/// What every reader promises its sink: classes once and first, ids that are valid and unique, classes that exist, annotations that
/// can be packed and come back.
class CheckingSink final : public formats::Sink {
public:
    void classes(std::span<const formats::ClassRecord> records) override {
        promise(!m_told, "classes come once");
        m_told = true;
        m_classes = std::int64_t(records.size());
    }
    void image(formats::ImageRecord&& record) override {
        promise(m_told, "classes come before images");
        for (const auto& a : record.annotations)
            promise(a.classId.value >= 1 && a.classId.value <= m_classes, "an annotation's class exists");
        const std::string packed = annot::pack(record.annotations);
        const auto back = annot::unpack(packed);
        promise(back && annot::pack(*back) == packed, "annotations come back from their packed form");
    }
    void problem(Problem) override {}

private:
    bool m_told = false;
    std::int64_t m_classes = 0;
};

inline void readAs(const char* format, const std::filesystem::path& source) {
    const formats::Format& reader = *formats::formatNamed(format);
    CheckingSink sink;
    (void)reader.looksLike(source);
    (void)reader.read(source, {}, sink, {}, {});
}

}  // namespace lathe::fuzz
