// What the workers paint: an immutable snapshot of an image's shapes. An edit makes the next version.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/canvas/geometry.h"
#include "widgets/canvas/packed_tree.h"

namespace lathe::widgets::canvas {

enum class Kind : std::uint8_t { Image, Box, Polygon, Mask, Keypoints };

/// What is known of one shape besides its points.
struct Head {
    std::int64_t id = 0;
    double z = 0;  ///< drawing order
    Bounds box;
    std::uint32_t firstRing = 0, rings = 0;
    std::uint32_t firstRun = 0, points = 0;  ///< runs: only when it is giant
    std::uint32_t colour = 0;                ///< 0xffrrggbb
    std::uint32_t flags = 0;                 ///< annot::Flag
    float crowd = 0;                         ///< outline per area around it, 1/px
    Kind kind = Kind::Image;
    bool suggestion = false;
    bool giant = false;
};

/// Shapes in flat arrays with levels of detail. Immutable once packed.
struct Shapes {
    static constexpr std::uint32_t kGiant = 2000, kRun = 64;

    std::vector<Head> heads;
    std::vector<Vec> points;
    std::vector<std::uint8_t> keep;                      ///< per point, see levels.h
    std::vector<std::uint32_t> ringStart{0};             ///< one more than rings
    std::vector<Bounds> runs;                            ///< of a giant's rings: boxes of 64 edges each
    std::unordered_map<std::int64_t, std::uint32_t> at;  ///< by id; left empty when there is one shape only

    void add(const annot::Annotation& annotation, std::uint32_t colour, double z);
    [[nodiscard]] std::span<const Vec> ring(std::uint32_t r) const {
        return {points.data() + ringStart[r], points.data() + ringStart[r + 1]};
    }
};

/// One shape of a scene.
struct ShapeRef {
    const Shapes* store = nullptr;
    std::uint32_t index = 0;
    [[nodiscard]] explicit operator bool() const { return store != nullptr; }
    [[nodiscard]] const Head& head() const { return store->heads[index]; }
    /// Inside (even-odd), or within `slack` of an edge.
    [[nodiscard]] bool touches(Vec at, float slack) const;
};

using IdSet = std::unordered_set<std::int64_t>;
/// 0xffrrggbb of a class.
using ClassColours = std::unordered_map<std::int64_t, std::uint32_t>;

class Scene {
public:
    /// Packs all shapes (some 100 ms for 100,000: off the GUI thread).
    [[nodiscard]] static std::shared_ptr<const Scene> pack(const annot::Annotations& annotations, const ClassColours& colours);

    /// The next version with some shapes replaced (nullptr: gone).
    using Replacements = std::unordered_map<std::int64_t, std::shared_ptr<const Shapes>>;
    [[nodiscard]] std::shared_ptr<const Scene> with(const Replacements& changed) const;
    [[nodiscard]] std::shared_ptr<const Scene> withHidden(IdSet hidden) const;
    /// Selection and hover of shapes that the GUI thread can't paint in time.
    [[nodiscard]] std::shared_ptr<const Scene> withMarked(IdSet selected, std::int64_t hovered) const;
    [[nodiscard]] std::shared_ptr<const Scene> withOpacity(float opacity) const;
    /// The same look (hidden, marked, opacity), other shapes: after repacking.
    [[nodiscard]] std::shared_ptr<const Scene> withShapesOf(const Scene& packed) const;

    /// Calls f(ShapeRef) for shapes whose box meets q, in no order; what is hidden or in the hand too.
    template <class F>
    void query(const Bounds& q, F&& f) const {
        if (m_tree)
            m_tree->query(q, [&](std::uint32_t i) {
                if (m_changed.empty() || !m_changed.contains(m_base->heads[i].id)) f(ShapeRef{m_base.get(), i});
            });
        for (const auto& [id, shapes] : m_changed)
            if (shapes && shapes->heads[0].box.meets(q)) f(ShapeRef{shapes.get(), 0});
    }
    [[nodiscard]] ShapeRef find(std::int64_t id) const;
    /// All that lie under the point, smallest first; no hidden, no locked ones.
    [[nodiscard]] std::vector<ShapeRef> hits(Vec at, float slack) const;
    /// Those that lie wholly within.
    [[nodiscard]] std::vector<std::int64_t> within(const Bounds& q) const;

    [[nodiscard]] std::uint64_t version() const { return m_version; }
    [[nodiscard]] std::size_t changedCount() const { return m_changed.size(); }
    [[nodiscard]] const IdSet& hidden() const { return m_hidden; }
    [[nodiscard]] const IdSet& selected() const { return *m_selected; }
    [[nodiscard]] std::int64_t hovered() const { return m_hovered; }
    [[nodiscard]] float opacity() const { return m_opacity; }

private:
    [[nodiscard]] std::shared_ptr<Scene> next() const;
    std::shared_ptr<const Shapes> m_base;
    std::shared_ptr<const PackedTree> m_tree;
    Replacements m_changed;
    IdSet m_hidden;
    std::shared_ptr<const IdSet> m_selected = std::make_shared<const IdSet>();
    std::int64_t m_hovered = 0;
    std::uint64_t m_version = 1;
    float m_opacity = 1;
};

}  // namespace lathe::widgets::canvas
