// The table that each seam keeps of what it can make: one line a name. The names are the catalogue's (core/runs/catalogue.h).
#pragma once
#include <algorithm>
#include <array>
#include <string_view>

namespace lathe::engine::train {

template <class Function>
struct Maker {
    std::string_view name;
    Function make;
};

/// nullptr: the table has no such name.
template <class Function, std::size_t N>
[[nodiscard]] const Maker<Function>* makerOf(const std::array<Maker<Function>, N>& table, std::string_view name) {
    const auto at = std::find_if(table.begin(), table.end(), [&](const auto& maker) { return maker.name == name; });
    return at == table.end() ? nullptr : &*at;
}

}  // namespace lathe::engine::train
