// Joins what a source says about one picture in several places. Private to core/formats.
#pragma once
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/formats/format.h"

namespace lathe::formats {

/// First expect() every mention of a picture, then complete() each: it says when the record holds all of them.
class Gathering {
public:
    void expect(const std::filesystem::path& path) { ++m_waiting[path.native()].left; }

    [[nodiscard]] bool complete(ImageRecord& record) {
        const auto found = m_waiting.find(record.path.native());
        if (found == m_waiting.end()) return true;
        Waiting& waiting = found->second;
        if (waiting.record)
            join(*waiting.record, std::move(record));
        else if (waiting.left > 1)
            waiting.record = std::make_unique<ImageRecord>(std::move(record));
        if (--waiting.left > 0) return false;
        if (waiting.record) record = std::move(*waiting.record);
        m_waiting.erase(found);
        return true;
    }

private:
    struct Waiting {
        int left = 0;
        std::unique_ptr<ImageRecord> record;
    };

    static void join(ImageRecord& into, ImageRecord&& other) {
        std::int64_t last = 0;
        for (const auto& a : into.annotations) last = std::max(last, a.id.value);
        for (auto& a : other.annotations) {
            a.id = AnnotationId(++last);
            into.annotations.push_back(std::move(a));
        }
        if (into.split.empty()) into.split = std::move(other.split);
        if (into.width == 0) into.width = other.width, into.height = other.height;
        if (into.extra.is_null()) into.extra = std::move(other.extra);
        if (!into.content) into.content = std::move(other.content);
    }

    std::unordered_map<std::string, Waiting> m_waiting;
};

}  // namespace lathe::formats
