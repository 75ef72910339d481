#include "widgets/canvas/scene.h"

#include "widgets/canvas/levels.h"
#include "widgets/canvas/outline.h"

namespace lathe::widgets::canvas {

namespace {

constexpr float kCrowdCell = 128;

void addRuns(Shapes& to, std::uint32_t ringIndex) {
    const auto ring = to.ring(ringIndex);
    for (std::size_t from = 0; from < ring.size(); from += Shapes::kRun) {
        Bounds b;
        for (std::size_t i = from; i <= std::min(from + Shapes::kRun, ring.size()); ++i) b.add(ring[i % ring.size()]);
        to.runs.push_back(b);
    }
}

/// Outline length per area in cells of 128 px, smoothed 3 x 3: where halos would pile up. Asked per shape, so tiles agree.
class Crowds {
public:
    explicit Crowds(const Shapes& shapes) {
        for (const Head& h : shapes.heads) m_all.add(h.box);
        if (m_all.empty()) return;
        m_w = int(std::min(m_all.width(), 1e6f) / kCrowdCell) + 3;
        m_h = int(std::min(m_all.height(), 1e6f) / kCrowdCell) + 3;
        if (std::int64_t(m_w) * m_h > 16'000'000) m_w = m_h = 3;
        m_cells.resize(std::size_t(m_w) * std::size_t(m_h));
        for (const Head& h : shapes.heads)
            if (!h.box.empty()) m_cells[cell(h.box)] += 1.6f * (h.box.width() + h.box.height()) / (kCrowdCell * kCrowdCell);
    }
    [[nodiscard]] float at(const Bounds& box) const {
        if (box.empty()) return 0;
        const std::size_t c = cell(box), w = std::size_t(m_w);
        float sum = 0;
        for (const std::size_t row : {c - w, c, c + w}) sum += m_cells[row - 1] + m_cells[row] + m_cells[row + 1];
        return sum / 9;
    }

private:
    [[nodiscard]] std::size_t cell(const Bounds& b) const {
        const int x = std::clamp(int(((b.x0 + b.x1) / 2 - m_all.x0) / kCrowdCell) + 1, 1, m_w - 2);
        const int y = std::clamp(int(((b.y0 + b.y1) / 2 - m_all.y0) / kCrowdCell) + 1, 1, m_h - 2);
        return std::size_t(y) * std::size_t(m_w) + std::size_t(x);
    }
    Bounds m_all;
    int m_w = 3, m_h = 3;
    std::vector<float> m_cells;
};

float edgeDistance2(Vec a, Vec b, Vec p) {
    const float dx = b.x - a.x, dy = b.y - a.y;
    const float t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / std::max(dx * dx + dy * dy, 1e-9f), 0.f, 1.f);
    const float ex = a.x + t * dx - p.x, ey = a.y + t * dy - p.y;
    return ex * ex + ey * ey;
}

/// Even-odd crossings and nearness of some edges of a ring.
struct Probe {
    Vec at;
    float slack;
    bool in = false, edge = false;
    void edges(std::span<const Vec> ring, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const Vec a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
            if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x) in = !in;
            edge = edge || edgeDistance2(a, b, at) <= slack * slack;
        }
    }
};

}  // namespace

void Shapes::add(const annot::Annotation& annotation, std::uint32_t colour, double z) {
    Head head;
    head.id = annotation.id.value;
    head.z = z;
    head.colour = colour;
    head.flags = annotation.flags;
    head.kind = static_cast<Kind>(annotation.shape.index());
    head.firstRing = static_cast<std::uint32_t>(ringStart.size() - 1);
    head.firstRun = static_cast<std::uint32_t>(runs.size());
    for (const auto& ring : outlineOf(annotation.shape)) {
        const std::size_t from = points.size();
        points.insert(points.end(), ring.begin(), ring.end());
        keep.resize(points.size());
        ringStart.push_back(static_cast<std::uint32_t>(points.size()));
        rankRing(ring, std::span(keep).subspan(from));
        for (const Vec p : ring) head.box.add(p);
        head.points += static_cast<std::uint32_t>(ring.size());
        ++head.rings;
    }
    head.giant = head.points > kGiant;
    if (head.giant)
        for (std::uint32_t r = 0; r < head.rings; ++r) addRuns(*this, head.firstRing + r);
    heads.push_back(head);
}

bool ShapeRef::touches(Vec at, float slack) const {
    const Head& h = head();
    if (!h.box.grown(slack).meets(Bounds::around(at, 0))) return false;
    Probe probe{at, slack};
    std::uint32_t run = h.firstRun;
    for (std::uint32_t r = h.firstRing; r < h.firstRing + h.rings; ++r) {
        const auto ring = store->ring(r);
        if (!h.giant) {
            probe.edges(ring, 0, ring.size());
            continue;
        }
        for (std::size_t from = 0; from < ring.size(); from += Shapes::kRun, ++run) {
            const Bounds& b = store->runs[run];
            if (b.y0 <= at.y + slack && b.y1 >= at.y - slack && b.x1 >= at.x - slack)
                probe.edges(ring, from, std::min<std::size_t>(from + Shapes::kRun, ring.size()));
        }
    }
    return probe.in || probe.edge;
}

std::shared_ptr<const Scene> Scene::pack(const annot::Annotations& annotations, const ClassColours& colours) {
    auto shapes = std::make_shared<Shapes>();
    shapes->heads.reserve(annotations.size());
    shapes->at.reserve(annotations.size());
    for (std::size_t i = 0; i < annotations.size(); ++i) {
        const auto colour = colours.find(annotations[i].classId.value);
        shapes->add(annotations[i], colour == colours.end() ? 0xffb1b4b9u : colour->second, double(i));
        shapes->at.emplace(annotations[i].id.value, std::uint32_t(i));
    }
    const Crowds crowds(*shapes);
    std::vector<Bounds> boxes;
    boxes.reserve(shapes->heads.size());
    for (Head& h : shapes->heads) {
        h.crowd = crowds.at(h.box);
        boxes.push_back(h.box);
    }
    auto scene = std::make_shared<Scene>();
    scene->m_tree = std::make_shared<const PackedTree>(boxes);
    scene->m_base = std::move(shapes);
    return scene;
}

std::shared_ptr<Scene> Scene::next() const {
    auto scene = std::make_shared<Scene>(*this);
    ++scene->m_version;
    return scene;
}

std::shared_ptr<const Scene> Scene::with(const Replacements& changed) const {
    auto scene = next();
    for (const auto& [id, shapes] : changed) scene->m_changed[id] = shapes;
    return scene;
}

std::shared_ptr<const Scene> Scene::withHidden(IdSet hidden) const {
    auto scene = next();
    scene->m_hidden = std::move(hidden);
    return scene;
}

std::shared_ptr<const Scene> Scene::withMarked(IdSet selected, std::int64_t hovered) const {
    auto scene = next();
    scene->m_selected = std::make_shared<const IdSet>(std::move(selected));
    scene->m_hovered = hovered;
    return scene;
}

std::shared_ptr<const Scene> Scene::withOpacity(float opacity) const {
    auto scene = next();
    scene->m_opacity = opacity;
    return scene;
}

std::shared_ptr<const Scene> Scene::withShapesOf(const Scene& packed) const {
    auto scene = next();
    scene->m_base = packed.m_base;
    scene->m_tree = packed.m_tree;
    scene->m_changed = packed.m_changed;
    return scene;
}

ShapeRef Scene::find(std::int64_t id) const {
    if (const auto changed = m_changed.find(id); changed != m_changed.end())
        return changed->second ? ShapeRef{changed->second.get(), 0} : ShapeRef{};
    if (!m_base) return {};
    const auto base = m_base->at.find(id);
    return base == m_base->at.end() ? ShapeRef{} : ShapeRef{m_base.get(), base->second};
}

std::vector<ShapeRef> Scene::hits(Vec at, float slack) const {
    std::vector<ShapeRef> found;
    query(Bounds::around(at, slack), [&](ShapeRef s) {
        const Head& h = s.head();
        const bool shown = !(h.flags & (annot::Hidden | annot::Locked)) && !m_hidden.contains(h.id);
        if (shown && s.touches(at, slack)) found.push_back(s);
    });
    std::sort(found.begin(), found.end(), [](ShapeRef a, ShapeRef b) {
        const float u = a.head().box.area(), v = b.head().box.area();
        return u != v ? u < v : a.head().z > b.head().z;
    });
    return found;
}

std::vector<std::int64_t> Scene::within(const Bounds& q) const {
    std::vector<std::int64_t> ids;
    query(q, [&](ShapeRef s) {
        const Head& h = s.head();
        if (!(h.flags & (annot::Hidden | annot::Locked)) && h.box.within(q)) ids.push_back(h.id);
    });
    return ids;
}

}  // namespace lathe::widgets::canvas
