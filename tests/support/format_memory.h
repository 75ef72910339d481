// A sink that keeps everything, and a source that gives it back: for tests of formats.
#pragma once
#include "core/formats/format.h"

namespace lathe::test {

class MemorySink final : public formats::Sink {
public:
    void classes(std::span<const formats::ClassRecord> records) override { m_classes.assign(records.begin(), records.end()); }
    void image(formats::ImageRecord&& record) override { m_images.push_back(std::move(record)); }
    void problem(Problem problem) override { m_problems.push_back(std::move(problem)); }
    void setExtra(Json extra) override { m_extra = std::move(extra); }

    [[nodiscard]] formats::WriteSource source() const {
        return {m_classes, m_images.size(), [this](std::size_t k) -> Result<formats::ImageRecord> { return m_images[k]; }, m_extra};
    }
    [[nodiscard]] std::size_t annotations() const {
        std::size_t sum = 0;
        for (const auto& image : m_images) sum += image.annotations.size();
        return sum;
    }
    [[nodiscard]] const formats::ImageRecord* named(std::string_view name) const {
        for (const auto& image : m_images)
            if (image.name == name) return &image;
        return nullptr;
    }

    std::vector<formats::ClassRecord> m_classes;
    std::vector<formats::ImageRecord> m_images;
    Problems m_problems;
    Json m_extra;
};

}  // namespace lathe::test
