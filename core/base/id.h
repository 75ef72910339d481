// Typed ids: an ImageId can't be passed where a ClassId is wanted.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace lathe::base {

/// A database key. 0 means "none".
template <class Tag>
struct Id {
    std::int64_t value = 0;
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t v) : value(v) {}
    [[nodiscard]] constexpr bool valid() const { return value != 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

/// A name that is an identity ("r-20261121-3fa9"). Empty means "none".
template <class Tag>
struct StringId {
    std::string value;
    StringId() = default;
    explicit StringId(std::string v) : value(std::move(v)) {}
    [[nodiscard]] bool valid() const { return !value.empty(); }
    auto operator<=>(const StringId&) const = default;
};

}  // namespace lathe::base

namespace lathe {
using ImageId = base::Id<struct ImageTag>;
using ClassId = base::Id<struct ClassTag>;
using AnnotationId = base::Id<struct AnnotationTag>;  ///< unique within one image
using SnapshotId = base::Id<struct SnapshotTag>;
using PushId = base::Id<struct PushTag>;
using RunId = base::StringId<struct RunTag>;
using ModelId = base::StringId<struct ModelTag>;
}  // namespace lathe

template <class Tag>
struct std::hash<lathe::base::Id<Tag>> {
    std::size_t operator()(const lathe::base::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>()(id.value); }
};
template <class Tag>
struct std::hash<lathe::base::StringId<Tag>> {
    std::size_t operator()(const lathe::base::StringId<Tag>& id) const noexcept { return std::hash<std::string>()(id.value); }
};
