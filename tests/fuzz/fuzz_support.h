// What the fuzz targets share.
#pragma once
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <unordered_set>

#include "core/annot/annotation.h"
#include "core/annot/mask.h"
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

inline bool isSound(const annot::Shape& shape) {
    const annot::Rect box = annot::bounds(shape);
    const auto* mask = std::get_if<annot::Mask>(&shape);
    return std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.w) && std::isfinite(box.h) &&
           (!mask || annot::checkMask(*mask).has_value());
}

/// What every reader promises its sink: classes once and first, ids that are valid and unique, classes that exist, shapes without
/// numbers that are none, annotations that can be packed and come back.
class CheckingSink final : public formats::Sink {
public:
    explicit CheckingSink(bool takesPacked) : m_takesPacked(takesPacked) {}
    [[nodiscard]] bool takesPacked() const override { return m_takesPacked; }
    void classes(std::span<const formats::ClassRecord> records) override {
        promise(!m_told, "classes come once");
        m_told = true;
        m_classes = std::int64_t(records.size());
    }
    void image(formats::ImageRecord&& record) override {
        promise(m_told, "classes come before images");
        promise(record.packed.empty() || m_takesPacked, "packed only where it is taken");
        const std::string packed = record.packed.empty() ? annot::pack(record.annotations) : record.packed.document();
        const auto back = annot::unpack(packed);
        promise(back && annot::pack(*back) == packed, "annotations come back from their packed form");
        check(*back);
        print(record.extra);
        m_delivered += record.name + '\n' + packed;
    }
    void problem(Problem problem) override { promise(!problem.message.empty(), "a problem says what was wrong"); }
    void setExtra(Json extra) override { print(extra); }
    /// Names and packed annotations.
    [[nodiscard]] const std::string& delivered() const { return m_delivered; }

private:
    /// As the store will; it goes down by calls, so what is nested too deep shows here.
    static void print(const Json& json) { (void)json.dump(-1, ' ', false, Json::error_handler_t::replace); }
    void check(const annot::Annotations& annotations) const {
        std::unordered_set<std::int64_t> ids;
        for (const auto& a : annotations) {
            promise(a.classId.value >= 1 && a.classId.value <= m_classes, "an annotation's class exists");
            promise(a.id.valid() && ids.insert(a.id.value).second, "ids are valid and unique");
            promise(isSound(a.shape), "a shape is sound");
        }
    }

    const bool m_takesPacked;
    bool m_told = false;
    std::int64_t m_classes = 0;
    std::string m_delivered;
};

inline std::string delivered(const formats::Format& reader, const std::filesystem::path& source, bool takesPacked) {
    CheckingSink sink(takesPacked);
    (void)reader.read(source, {}, sink, {}, {});
    return sink.delivered();
}

inline void readAs(const char* format, const std::filesystem::path& source) {
    const formats::Format& reader = *formats::formatNamed(format);
    (void)reader.looksLike(source);
    (void)delivered(reader, source, false);
}

}  // namespace lathe::fuzz
