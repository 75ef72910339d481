#include "widgets/canvas/document.h"

#include "core/base/time.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kPictureBudget = std::size_t(512) << 20;
constexpr std::size_t kRepackAt = 1000;

Bounds boundsOf(const Shapes& shapes) {
    return shapes.heads.empty() ? Bounds{} : shapes.heads[0].box;
}

std::unordered_map<std::int64_t, std::size_t> positions(const annot::Annotations& annotations) {
    std::unordered_map<std::int64_t, std::size_t> at;
    at.reserve(annotations.size());
    for (std::size_t i = 0; i < annotations.size(); ++i) at.emplace(annotations[i].id.value, i);
    return at;
}

}  // namespace

Document::Document(common::Services& services, QObject* parent)
    : QObject(parent), m_services(services), m_pictures(std::make_shared<image::PictureCache>(kPictureBudget)) {}

Document::~Document() {
    if (m_queue) m_queue->flush();
}

void Document::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    close();
    if (m_queue) m_queue->flush();
    m_queue.reset();
    m_failed.clear();
    m_unwritten = 0;
    m_workspace = std::move(workspace);
    if (!m_workspace) return;
    QPointer<Document> self(this);
    m_queue = std::make_shared<store::EditQueue>(m_workspace,
                                                 [self](const annot::AnnotationEdit& edit, const Result<std::int64_t>& result) {
                                                     common::onGuiThread(self, [self, edit, result] {
                                                         if (self) self->committed(edit, result);
                                                     });
                                                 });
}

void Document::setClasses(const std::vector<store::ClassRow>& classes) {
    ClassColours colours = coloursOf(classes);
    if (colours == m_colours) return;
    m_colours = std::move(colours);
    if (!isOpen()) return;
    setScene(m_scene->withShapesOf(*Scene::pack(m_annotations, m_colours)), Bounds::everything());
    Q_EMIT annotationsChanged();
}

void Document::show(OpenImage open) {
    const bool same = open.row.id == m_image.id;
    ++m_generation;
    m_packing = false;
    m_sincePack.clear();
    m_image = std::move(open.row);
    setAnnotations(std::move(open.annotations));
    m_colours = std::move(open.colours);
    m_nextId = open.nextId;
    m_canUndo = open.canUndo;
    m_canRedo = open.canRedo;
    m_picture = std::move(open.picture);
    m_hovered = 0;
    m_scene = open.scene->withOpacity(m_opacity);
    if (!same) m_selection.clear(), m_selected.clear();
    forgetVanished();
    Q_EMIT opened();
    Q_EMIT annotationsChanged();
    Q_EMIT selectionChanged();
    Q_EMIT historyChanged();
}

void Document::close() {
    ++m_generation;
    m_image = {};
    m_annotations.clear();
    m_at.clear();
    m_scene.reset();
    m_picture.reset();
    m_selection.clear();
    m_selected.clear();
    Q_EMIT opened();
    Q_EMIT annotationsChanged();
    Q_EMIT selectionChanged();
    Q_EMIT historyChanged();
}

annot::Rect Document::imageRect() const {
    if (!m_picture) return {0, 0, double(m_image.width), double(m_image.height)};
    return {0, 0, double(m_picture->width()), double(m_picture->height())};
}

const annot::Annotation* Document::find(AnnotationId id) const {
    const auto at = m_at.find(id.value);
    return at == m_at.end() ? nullptr : &m_annotations[at->second];
}

int Document::positionOf(AnnotationId id) const {
    const auto at = m_at.find(id.value);
    return at == m_at.end() ? -1 : int(at->second);
}

std::vector<annot::Annotation> Document::selected() const {
    std::vector<annot::Annotation> out;
    for (const AnnotationId id : m_selection)
        if (const auto* a = find(id)) out.push_back(*a);
    return out;
}

void Document::select(std::vector<AnnotationId> ids) {
    std::erase_if(ids, [&](AnnotationId id) { return !m_at.contains(id.value); });
    if (ids == m_selection) return;
    m_selection = std::move(ids);
    m_selected.clear();
    for (const AnnotationId id : m_selection) m_selected.insert(id.value);
    markBig();
    Q_EMIT selectionChanged();
}

annot::Annotation Document::make(ClassId classId, annot::Shape shape) {
    annot::Annotation a;
    a.id = m_nextId;
    m_nextId = AnnotationId(m_nextId.value + 1);
    a.classId = classId;
    a.shape = std::move(shape);
    a.author = m_services.user.toStdString();
    return a;
}

void Document::commit(const std::string& label, std::vector<annot::Change> changes) {
    std::erase_if(changes, [](const annot::Change& c) { return c.before == c.after && c.orderBefore == c.orderAfter; });
    if (!isOpen() || changes.empty()) return;
    annot::AnnotationEdit edit{m_image.id, m_services.user.toStdString(), base::now(), label, std::move(changes)};
    if (const auto done = annot::apply(m_annotations, edit); !done) {
        Q_EMIT failed(done.error());
        return;
    }
    applied(edit);
    m_canUndo = true;
    m_canRedo = false;
    m_operations.emplace_back(std::move(edit));
    pump();
}

void Document::replace(const std::string& label, const std::vector<annot::Annotation>& after) {
    std::vector<annot::Change> changes;
    for (const auto& a : after)
        if (const int at = positionOf(a.id); at >= 0) changes.push_back({m_annotations[std::size_t(at)], a, at, at});
    commit(label, std::move(changes));
}

void Document::add(const std::string& label, const std::vector<annot::Annotation>& added) {
    std::vector<annot::Change> changes;
    for (const auto& a : added) changes.push_back({std::nullopt, a, -1, -1});
    commit(label, std::move(changes));
}

void Document::remove(const std::string& label, const std::vector<AnnotationId>& ids) {
    std::vector<annot::Change> changes;
    for (const AnnotationId id : ids)
        if (const int at = positionOf(id); at >= 0) changes.push_back({m_annotations[std::size_t(at)], std::nullopt, at, -1});
    commit(label, std::move(changes));
}

void Document::setHidden(IdSet ids) {
    if (!m_scene || ids == m_scene->hidden()) return;
    Bounds touched;
    for (const IdSet* set : {&m_scene->hidden(), static_cast<const IdSet*>(&ids)})
        for (const std::int64_t id : *set)
            if (const ShapeRef s = m_scene->find(id)) touched.add(s.head().box);
    setScene(m_scene->withHidden(std::move(ids)), touched);
}

void Document::setHovered(std::int64_t id) {
    if (id == m_hovered) return;
    m_hovered = id;
    markBig();
    Q_EMIT hoverChanged();
}

// The GUI thread paints hover and selection on top; shapes that are too long for a frame are marked in the tiles instead.
void Document::markBig() {
    if (!m_scene) return;
    auto giant = [&](std::int64_t id) {
        const ShapeRef s = m_scene->find(id);
        return s && s.head().giant;
    };
    IdSet selected;
    const bool crowd = m_selection.size() > 64;
    for (const AnnotationId id : m_selection)
        if (crowd || giant(id.value)) selected.insert(id.value);
    const std::int64_t hovered = giant(m_hovered) ? m_hovered : 0;
    if (selected == m_scene->selected() && hovered == m_scene->hovered()) return;
    Bounds touched;
    auto touch = [&](std::int64_t id) {
        if (const ShapeRef s = m_scene->find(id)) touched.add(s.head().box);
    };
    for (const std::int64_t id : m_scene->selected()) touch(id);
    for (const std::int64_t id : selected) touch(id);
    touch(hovered);
    touch(m_scene->hovered());
    setScene(m_scene->withMarked(std::move(selected), hovered), touched);
}

void Document::setOpacity(float opacity) {
    m_opacity = opacity;
    if (m_scene) setScene(m_scene->withOpacity(opacity), Bounds::everything());
}

void Document::setScene(std::shared_ptr<const Scene> scene, const Bounds& touched) {
    m_scene = std::move(scene);
    Q_EMIT sceneChanged(touched);
}

std::uint32_t Document::colourOf(ClassId id) const {
    const auto c = m_colours.find(id.value);
    return c == m_colours.end() ? 0xffb1b4b9u : c->second;
}

double Document::orderOf(const annot::Annotation& annotation) const {
    if (const ShapeRef known = m_scene->find(annotation.id.value)) return known.head().z;
    const auto at = m_at.find(annotation.id.value);
    const std::size_t i = at == m_at.end() ? m_annotations.size() : at->second;
    auto zAt = [&](std::size_t k, double otherwise) {
        const ShapeRef s = k < m_annotations.size() ? m_scene->find(m_annotations[k].id.value) : ShapeRef{};
        return s ? s.head().z : otherwise;
    };
    const double below = i > 0 ? zAt(i - 1, double(i)) : -1;
    return (below + zAt(i + 1, below + 2)) / 2;
}

std::shared_ptr<const Shapes> Document::single(const annot::Annotation& annotation) const {
    auto shapes = std::make_shared<Shapes>();
    shapes->add(annotation, colourOf(annotation.classId), orderOf(annotation));
    if (const ShapeRef known = m_scene->find(annotation.id.value)) shapes->heads[0].crowd = known.head().crowd;
    return shapes;
}

// Positions stay when shapes only change; what was added at the end is appended.
void Document::index(const annot::AnnotationEdit& edit) {
    const bool kept = std::all_of(edit.changes.begin(), edit.changes.end(),
                                  [](const annot::Change& c) { return c.before && c.after && c.orderBefore == c.orderAfter; });
    if (kept) return;
    const bool appended =
        edit.changes.size() == 1 && !edit.changes[0].before && m_annotations.back().id == edit.changes[0].after->id;
    if (appended)
        m_at[m_annotations.back().id.value] = m_annotations.size() - 1;
    else
        m_at = positions(m_annotations);
}

void Document::applied(const annot::AnnotationEdit& edit) {
    index(edit);
    Scene::Replacements replaced;
    Bounds touched;
    for (const auto& change : edit.changes) {
        const std::int64_t id = change.after ? change.after->id.value : change.before->id.value;
        if (const ShapeRef old = m_scene->find(id)) touched.add(old.head().box);
        auto& shapes = replaced[id];
        if (change.after) shapes = single(*change.after);
        if (shapes) touched.add(boundsOf(*shapes));
    }
    m_scene = m_scene->with(replaced);
    if (m_packing) m_sincePack.push_back(edit);
    forgetVanished();
    Q_EMIT sceneChanged(touched);
    Q_EMIT annotationsChanged();
    repackIfMany();
}

void Document::setAnnotations(annot::Annotations annotations) {
    m_annotations = std::move(annotations);
    m_at = positions(m_annotations);
}

void Document::forgetVanished() {
    const std::size_t before = m_selection.size();
    std::erase_if(m_selection, [&](AnnotationId id) { return !m_at.contains(id.value); });
    if (m_selection.size() == before) return;
    m_selected.clear();
    for (const AnnotationId id : m_selection) m_selected.insert(id.value);
    Q_EMIT selectionChanged();
}

void Document::repackIfMany() {
    if (m_packing || m_scene->changedCount() < kRepackAt) return;
    m_packing = true;
    m_sincePack.clear();
    using Packed = std::shared_ptr<const Scene>;
    const quint64 generation = m_generation;
    m_services.jobs->run<Packed>(
        tr("Pack shapes"), this,
        [annotations = m_annotations, colours = m_colours](std::stop_token, const Progress&) -> Result<Packed> {
            return Scene::pack(annotations, colours);
        },
        [this, generation](Result<Packed> packed) {
            if (generation != m_generation || !packed) return;
            m_packing = false;
            m_scene = m_scene->withShapesOf(**packed);
            Scene::Replacements again;
            for (const auto& edit : std::exchange(m_sincePack, {}))
                for (const auto& change : edit.changes) {
                    const AnnotationId id = change.after ? change.after->id : change.before->id;
                    const auto* now = find(id);
                    again[id.value] = now ? single(*now) : nullptr;
                }
            if (!again.empty()) m_scene = m_scene->with(again);
            Q_EMIT sceneChanged({});
        },
        true);
}

}  // namespace lathe::widgets::canvas
