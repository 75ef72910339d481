#include "widgets/canvas/scene.h"

#include <array>

#include "core/annot/mask.h"
#include "widgets/canvas/levels.h"
#include "widgets/canvas/outline.h"

namespace lathe::widgets::canvas {

namespace {

constexpr float kCrowdCell = 128;
constexpr double kAboveAll = 1e15;
constexpr std::uint32_t kLargestMask = 1u << 17;  // a side; a foreign file may say anything

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

/// Of the same text in every run: FNV-1a.
std::uint32_t authorNumber(const std::string& author) {
    if (author.empty()) return 0;
    std::uint32_t hash = 2166136261u;
    for (const char c : author) hash = (hash ^ std::uint8_t(c)) * 16777619u;
    return hash | 1;
}

/// Light colours whose hues lie as far apart as they can, in the order of n.
std::uint32_t distinctColour(std::uint64_t n) {
    const double hue = std::fmod(double(n % 1'000'003) * 0.61803398875, 1.0) * 6, f = hue - std::floor(hue);
    const double value = n % 2 ? 1 : 0.82, low = 0.35 * value, up = low + (value - low) * f, down = value - (value - low) * f;
    const std::array<std::array<double, 3>, 6> sextants{
        {{value, up, low}, {down, value, low}, {low, value, up}, {low, down, value}, {up, low, value}, {value, low, down}}};
    const auto& rgb = sextants[std::size_t(hue) % 6];
    std::uint32_t colour = 0xff;
    for (const double c : rgb) colour = colour << 8 | std::uint32_t(std::lround(255 * c));
    return colour;
}

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

bool maskTouches(const annot::MaskCells& cells, Vec at, float slack) {
    if (cells.at(int(std::floor(at.x)), int(std::floor(at.y)))) return true;
    const int x0 = int(std::floor(at.x - slack)), x1 = int(std::floor(at.x + slack));
    for (int y = int(std::floor(at.y - slack)); y <= int(std::floor(at.y + slack)); ++y)
        for (int x = x0; x <= x1; ++x)
            if (cells.at(x, y) && std::hypot(float(x) + 0.5f - at.x, float(y) + 0.5f - at.y) <= slack + 0.5f) return true;
    return false;
}

}  // namespace

const ClassStyle& styleOf(const ClassStyles& styles, ClassId id) {
    static const ClassStyle plain;
    const auto found = styles.find(id.value);
    return found == styles.end() ? plain : found->second;
}

void Shapes::add(const annot::Annotation& annotation, const ClassStyle& style, double z,
                 std::shared_ptr<const annot::MaskCells> cells) {
    Head head;
    head.id = annotation.id.value;
    head.z = z;
    head.colour = style.colour;
    head.flags = annotation.flags;
    head.author = authorNumber(annotation.author);
    head.kind = static_cast<Kind>(annotation.shape.index());
    head.firstRing = static_cast<std::uint32_t>(ringStart.size() - 1);
    head.firstRun = static_cast<std::uint32_t>(runs.size());
    if (const auto* mask = std::get_if<annot::Mask>(&annotation.shape))
        addMask(head, *mask, std::move(cells));
    else
        addRings(head, annotation.shape, style);
    heads.push_back(head);
}

void Shapes::addRings(Head& head, const annot::Shape& shape, const ClassStyle& style) {
    for (const auto& ring : outlineOf(shape, style.edges)) {
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
}

void Shapes::addMask(Head& head, const annot::Mask& mask, std::shared_ptr<const annot::MaskCells> cells) {
    if (!cells) {
        if (mask.width > kLargestMask || mask.height > kLargestMask || !annot::checkMask(mask)) return;
        cells = std::make_shared<const annot::MaskCells>(mask);
    }
    const annot::Rect box = cells->bounds();
    if (box.w <= 0) return;
    head.box.add(Vec{float(box.x), float(box.y)});
    head.box.add(Vec{float(box.x + box.w), float(box.y + box.h)});
    head.mask = std::int32_t(masks.size());
    masks.push_back(std::move(cells));
}

bool ShapeRef::touches(Vec at, float slack) const {
    const Head& h = head();
    if (!h.box.grown(slack).meets(Bounds::around(at, 0))) return false;
    if (const auto* cells = mask()) return maskTouches(*cells, at, slack);
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

std::shared_ptr<const Scene> Scene::pack(const annot::Annotations& annotations, const ClassStyles& styles) {
    auto shapes = std::make_shared<Shapes>();
    shapes->heads.reserve(annotations.size());
    shapes->at.reserve(annotations.size());
    for (std::size_t i = 0; i < annotations.size(); ++i) {
        shapes->add(annotations[i], styleOf(styles, annotations[i].classId), double(i));
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

std::shared_ptr<const Scene> Scene::withHeads(const std::vector<Head>& heads) const {
    auto scene = next();
    auto base = m_base ? std::make_shared<Shapes>(*m_base) : nullptr;
    for (const Head& head : heads) {
        if (const auto changed = m_changed.find(head.id); changed != m_changed.end()) {
            if (!changed->second) continue;
            auto one = std::make_shared<Shapes>(*changed->second);
            one->heads[0] = head;
            scene->m_changed[head.id] = std::move(one);
        } else if (const auto at = base ? base->at.find(head.id) : decltype(base->at.end())(); base && at != base->at.end()) {
            base->heads[at->second] = head;
        }
    }
    scene->m_base = std::move(base);
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

std::shared_ptr<const Scene> Scene::withLoose(const LoosePoint& point) const {
    auto scene = next();
    scene->m_loose = point;
    return scene;
}

Bounds Scene::looseBounds(const LoosePoint& point) const {
    Bounds b;
    const ShapeRef s = point.id ? find(point.id) : ShapeRef{};
    if (!s || std::uint32_t(point.ring) >= s.head().rings) return b;
    const auto ring = s.store->ring(s.head().firstRing + std::uint32_t(point.ring));
    const std::size_t n = ring.size(), i = std::size_t(point.point);
    if (i >= n) return b;
    for (const std::size_t k : {(i + n - 1) % n, i, (i + 1) % n}) b.add(ring[k]);
    return b;
}

std::shared_ptr<const Scene> Scene::withOnly(std::shared_ptr<const IdSet> only) const {
    auto scene = next();
    scene->m_only = std::move(only);
    return scene;
}

std::shared_ptr<const Scene> Scene::withLook(Look look) const {
    auto scene = next();
    scene->m_look = std::move(look);
    return scene;
}

std::uint32_t Scene::colourOf(const Head& head) const {
    if (m_look.colourBy == ColourBy::Class) return head.colour;
    if (m_look.colourBy == ColourBy::Object) return distinctColour(std::uint64_t(head.id));
    return head.author ? distinctColour(head.author) : 0xffb1b4b9u;
}

std::shared_ptr<const Scene> Scene::withSuggestions(const annot::Annotations& suggestions, const ClassStyles& styles) const {
    auto scene = next();
    auto shapes = std::make_shared<Shapes>();
    std::vector<Bounds> boxes;
    for (std::size_t i = 0; i < suggestions.size(); ++i) {
        shapes->add(suggestions[i], styleOf(styles, suggestions[i].classId), kAboveAll + double(i));
        shapes->heads.back().id = suggestionId(i);
        shapes->heads.back().suggestion = true;
        boxes.push_back(shapes->heads.back().box);
    }
    scene->m_suggestedTree = boxes.empty() ? nullptr : std::make_shared<const PackedTree>(boxes);
    scene->m_suggested = std::move(shapes);
    return scene;
}

std::vector<std::size_t> Scene::suggestionsAt(Vec at, float slack) const {
    std::vector<std::size_t> found;
    if (!m_suggestedTree) return found;
    m_suggestedTree->query(Bounds::around(at, slack), [&](std::uint32_t i) {
        if (ShapeRef{m_suggested.get(), i}.touches(at, slack)) found.push_back(i);
    });
    std::sort(found.begin(), found.end(),
              [&](std::size_t a, std::size_t b) { return m_suggested->heads[a].box.area() < m_suggested->heads[b].box.area(); });
    return found;
}

std::shared_ptr<const Scene> Scene::withShapesOf(const Scene& packed) const {
    auto scene = next();
    scene->m_base = packed.m_base;
    scene->m_tree = packed.m_tree;
    scene->m_changed = packed.m_changed;
    return scene;
}

ShapeRef Scene::find(std::int64_t id) const {
    if (id < 0) {
        const auto i = std::size_t(-1 - id);
        return m_suggested && i < m_suggested->heads.size() ? ShapeRef{m_suggested.get(), std::uint32_t(i)} : ShapeRef{};
    }
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
        const bool shown = !h.suggestion && !(h.flags & (annot::Hidden | annot::Locked)) && shows(h);
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
        if (!h.suggestion && !(h.flags & (annot::Hidden | annot::Locked)) && shows(h) && h.box.within(q)) ids.push_back(h.id);
    });
    return ids;
}

}  // namespace lathe::widgets::canvas
