// What the workers paint: an immutable snapshot of an image's shapes. An edit makes the next version.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/annot/annotation.h"
#include "core/annot/mask_cells.h"
#include "core/annot/schema.h"
#include "widgets/canvas/geometry.h"
#include "widgets/canvas/packed_tree.h"

namespace lathe::widgets::canvas {

/// As the alternatives of annot::Shape.
enum class Kind : std::uint8_t { Image, Box, Polygon, Mask, Keypoints, RotatedBox, Ellipse, Polyline, Dot };

/// What is known of one shape besides its points.
struct Head {
    std::int64_t id = 0;
    double z = 0;  ///< drawing order
    Bounds box;
    std::uint32_t firstRing = 0, rings = 0;
    std::uint32_t firstRun = 0, points = 0;  ///< runs: only when it is giant
    std::uint32_t colour = 0;                ///< 0xffrrggbb of its class
    std::uint32_t author = 0;                ///< a number that differs from author to author; 0: imported
    std::uint32_t flags = 0;                 ///< annot::Flag
    float crowd = 0;                         ///< outline per area around it, 1/px
    std::int32_t mask = -1;                  ///< its pixels in Shapes::masks; it has no rings then
    Kind kind = Kind::Image;
    bool suggestion = false;
    bool giant = false;
    /// Too long for the GUI thread: hover and selection are painted by the workers.
    [[nodiscard]] bool paintedByTiles() const { return giant || mask >= 0; }
};

/// How the shapes of a class are painted.
struct ClassStyle {
    std::uint32_t colour = 0xffb1b4b9;            ///< 0xffrrggbb
    std::vector<std::pair<int, int>> edges = {};  ///< of its skeleton, by joint
    bool operator==(const ClassStyle&) const = default;
};
using ClassStyles = std::unordered_map<std::int64_t, ClassStyle>;
/// That of the class; a plain one when it isn't known.
[[nodiscard]] const ClassStyle& styleOf(const ClassStyles& styles, ClassId id);

/// Shapes in flat arrays with levels of detail, masks as cells. Immutable once packed.
struct Shapes {
    static constexpr std::uint32_t kGiant = 2000, kRun = 64;

    std::vector<Head> heads;
    std::vector<Vec> points;
    std::vector<std::uint8_t> keep;           ///< per point, see levels.h
    std::vector<std::uint32_t> ringStart{0};  ///< one more than rings
    std::vector<Bounds> runs;                 ///< of a giant's rings: boxes of 64 edges each
    std::vector<std::shared_ptr<const annot::MaskCells>> masks;
    std::unordered_map<std::int64_t, std::uint32_t> at;  ///< by id; left empty when there is one shape only

    /// `cells`: those of its mask where they are known already.
    void add(const annot::Annotation& annotation, const ClassStyle& style, double z,
             std::shared_ptr<const annot::MaskCells> cells = {});
    [[nodiscard]] std::span<const Vec> ring(std::uint32_t r) const {
        return {points.data() + ringStart[r], points.data() + ringStart[r + 1]};
    }

private:
    void addRings(Head& head, const annot::Shape& shape, const ClassStyle& style);
    void addMask(Head& head, const annot::Mask& mask, std::shared_ptr<const annot::MaskCells> cells);
};

/// One shape of a scene.
struct ShapeRef {
    const Shapes* store = nullptr;
    std::uint32_t index = 0;
    [[nodiscard]] explicit operator bool() const { return store != nullptr; }
    [[nodiscard]] const Head& head() const { return store->heads[index]; }
    [[nodiscard]] const annot::MaskCells* mask() const {
        return head().mask < 0 ? nullptr : store->masks[std::size_t(head().mask)].get();
    }
    [[nodiscard]] bool isEmpty() const { return head().rings == 0 && head().mask < 0; }
    /// Inside (even-odd), or within `slack` of an edge.
    [[nodiscard]] bool touches(Vec at, float slack) const;
};

enum class Fill { Masks, None, All };
enum class ColourBy { Class, Object, Author };
class ToneMap;

/// How the workers show picture and shapes, whatever they are. The tone is the picture's (nullptr: 8 bit as they are).
struct Look {
    float opacity = 1;
    Fill fill = Fill::Masks;
    ColourBy colourBy = ColourBy::Class;
    std::shared_ptr<const ToneMap> tone = {};
    bool operator==(const Look&) const = default;
};

using IdSet = std::unordered_set<std::int64_t>;

/// A point of a giant whose two edges are in the hand.
struct LoosePoint {
    std::int64_t id = 0;
    int ring = 0, point = 0;
    bool operator==(const LoosePoint&) const = default;
};

class Scene {
public:
    /// Packs all shapes (some 100 ms for 100,000: off the GUI thread).
    [[nodiscard]] static std::shared_ptr<const Scene> pack(const annot::Annotations& annotations, const ClassStyles& styles);

    /// The next version with some shapes replaced (nullptr: gone).
    using Replacements = std::unordered_map<std::int64_t, std::shared_ptr<const Shapes>>;
    [[nodiscard]] std::shared_ptr<const Scene> with(const Replacements& changed) const;
    /// The next version with other heads (colour, flags) for shapes whose outlines stay. Costs a copy of all: for many at once.
    [[nodiscard]] std::shared_ptr<const Scene> withHeads(const std::vector<Head>& heads) const;
    [[nodiscard]] std::shared_ptr<const Scene> withHidden(IdSet hidden) const;
    /// Selection and hover of shapes that the GUI thread can't paint in time.
    [[nodiscard]] std::shared_ptr<const Scene> withMarked(IdSet selected, std::int64_t hovered) const;
    [[nodiscard]] std::shared_ptr<const Scene> withLoose(const LoosePoint& point) const;
    /// The next version with this look; the same one again says that the picture under the shapes has changed.
    [[nodiscard]] std::shared_ptr<const Scene> withLook(Look look) const;
    /// Shows these alone; nullptr: all.
    [[nodiscard]] std::shared_ptr<const Scene> withOnly(std::shared_ptr<const IdSet> only) const;
    /// Suggestions lie above all shapes, dashed, and are found by suggestionsAt() alone. Their ids in the scene are
    /// suggestionId(i).
    [[nodiscard]] std::shared_ptr<const Scene> withSuggestions(const annot::Annotations& suggestions,
                                                               const ClassStyles& styles) const;
    [[nodiscard]] static std::int64_t suggestionId(std::size_t i) { return -1 - std::int64_t(i); }
    /// Indices of the suggestions under the point, smallest first.
    [[nodiscard]] std::vector<std::size_t> suggestionsAt(Vec at, float slack) const;
    /// The same look, suggestions, hidden and marked ones, other shapes: after repacking.
    [[nodiscard]] std::shared_ptr<const Scene> withShapesOf(const Scene& packed) const;

    /// Calls f(ShapeRef) for shapes whose box meets q, in no order; what is hidden or in the hand and
    /// suggestions too.
    template <class F>
    void query(const Bounds& q, F&& f) const {
        if (m_tree)
            m_tree->query(q, [&](std::uint32_t i) {
                if (m_changed.empty() || !m_changed.contains(m_base->heads[i].id)) f(ShapeRef{m_base.get(), i});
            });
        for (const auto& [id, shapes] : m_changed)
            if (shapes && shapes->heads[0].box.meets(q)) f(ShapeRef{shapes.get(), 0});
        if (m_suggestedTree) m_suggestedTree->query(q, [&](std::uint32_t i) { f(ShapeRef{m_suggested.get(), i}); });
    }
    [[nodiscard]] ShapeRef find(std::int64_t id) const;
    /// All that lie under the point, smallest first; no hidden, no locked ones.
    [[nodiscard]] std::vector<ShapeRef> hits(Vec at, float slack) const;
    /// Those that lie wholly within.
    [[nodiscard]] std::vector<std::int64_t> within(const Bounds& q) const;

    [[nodiscard]] std::uint64_t version() const { return m_version; }
    [[nodiscard]] std::size_t changedCount() const { return m_changed.size(); }
    [[nodiscard]] const IdSet& hidden() const { return m_hidden; }
    [[nodiscard]] const IdSet* only() const { return m_only.get(); }
    /// Not in the hand, and among those that are shown.
    [[nodiscard]] bool shows(const Head& head) const {
        if (!m_hidden.empty() && m_hidden.contains(head.id)) return false;
        return !m_only || head.suggestion || m_only->contains(head.id);
    }
    [[nodiscard]] const IdSet& selected() const { return *m_selected; }
    [[nodiscard]] std::int64_t hovered() const { return m_hovered; }
    [[nodiscard]] const LoosePoint& loose() const { return m_loose; }
    [[nodiscard]] Bounds looseBounds(const LoosePoint& point) const;  ///< of its two edges; empty when there is none
    [[nodiscard]] const Look& look() const { return m_look; }
    /// 0xffrrggbb by the look.
    [[nodiscard]] std::uint32_t colourOf(const Head& head) const;

private:
    [[nodiscard]] std::shared_ptr<Scene> next() const;
    std::shared_ptr<const Shapes> m_base;
    std::shared_ptr<const PackedTree> m_tree;
    std::shared_ptr<const Shapes> m_suggested;
    std::shared_ptr<const PackedTree> m_suggestedTree;
    Replacements m_changed;
    IdSet m_hidden;
    std::shared_ptr<const IdSet> m_only;
    std::shared_ptr<const IdSet> m_selected = std::make_shared<const IdSet>();
    std::int64_t m_hovered = 0;
    LoosePoint m_loose;
    std::uint64_t m_version = 1;
    Look m_look;
};

}  // namespace lathe::widgets::canvas
