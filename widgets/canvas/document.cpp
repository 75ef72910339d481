#include "widgets/canvas/document.h"

#include "core/base/time.h"
#include "widgets/common/kind_words.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kPictureBudget = std::size_t(512) << 20;
constexpr std::size_t kRepackAt = 1000, kMany = 256;
constexpr std::size_t kMostSelected = 1000;  // by an undo
constexpr std::size_t kCrowd = 64;           // more selected shapes than this are marked by the tiles
constexpr std::string_view kCorrected = " corrected";

Bounds boundsOf(const Shapes& shapes) {
    return shapes.heads.empty() ? Bounds{} : shapes.heads[0].box;
}

std::unordered_map<std::int64_t, std::size_t> positions(const annot::Annotations& annotations) {
    std::unordered_map<std::int64_t, std::size_t> at;
    at.reserve(annotations.size());
    for (std::size_t i = 0; i < annotations.size(); ++i) at.emplace(annotations[i].id.value, i);
    return at;
}

// What a model suggested and a hand changed afterwards is told apart for good.
void markCorrected(annot::Change& change) {
    if (!change.before || !change.after || !change.before->source.starts_with("model:")) return;
    const bool changed = change.before->shape != change.after->shape || change.before->classId != change.after->classId;
    if (changed && !change.after->source.ends_with(kCorrected)) change.after->source += kCorrected;
}

}  // namespace

Document::Document(common::Services& services, QObject* parent)
    : QObject(parent), m_services(services), m_pictures(std::make_shared<image::PictureCache>(kPictureBudget)) {}

Document::~Document() {
    m_image = {};  // nobody is told any more
    if (m_queue) writeWaiting();
}

void Document::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    close();
    if (m_queue) writeWaiting();
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
    m_classes = classes;
    restyle(stylesOf(m_classes, m_schema));
}

void Document::setSchema(annot::Schema schema) {
    if (schema == m_schema) return;
    m_schema = std::move(schema);
    restyle(stylesOf(m_classes, m_schema));
}

const annot::ClassSchema* Document::schemaOf(ClassId id) const {
    const auto found = std::find_if(m_schema.classes.begin(), m_schema.classes.end(), [&](const auto& c) { return c.id == id; });
    return found == m_schema.classes.end() ? nullptr : &*found;
}

void Document::restyle(ClassStyles styles) {
    if (styles == m_styles) return;
    m_styles = std::move(styles);
    if (!isOpen()) return;
    leavePast();
    const auto packed = Scene::pack(m_annotations, m_styles);
    setScene(m_scene->withShapesOf(*packed)->withSuggestions(m_suggestions, m_styles), Bounds::everything());
    Q_EMIT annotationsChanged();
}

void Document::setSuggestions(annot::Annotations suggestions) {
    if (!isOpen() || suggestions == m_suggestions) return;
    Bounds touched;
    auto touch = [&] {
        for (std::size_t i = 0; i < m_suggestions.size(); ++i)
            if (const ShapeRef s = m_scene->find(Scene::suggestionId(i))) touched.add(s.head().box);
    };
    touch();
    m_suggestions = std::move(suggestions);
    m_currentSuggestion = -1;
    m_scene = m_scene->withSuggestions(m_suggestions, m_styles);
    touch();
    Q_EMIT sceneChanged(touched);
    Q_EMIT suggestionsChanged();
}

void Document::setCurrentSuggestion(int index) {
    index = index < int(m_suggestions.size()) ? std::max(index, -1) : -1;
    if (index == m_currentSuggestion) return;
    m_currentSuggestion = index;
    Q_EMIT suggestionsChanged();
}

int Document::suggestionAt(annot::Point at, double slack) const {
    if (!m_scene) return -1;
    const auto found = m_scene->suggestionsAt({float(at.x), float(at.y)}, float(slack));
    return found.empty() ? -1 : int(found.front());
}

void Document::show(OpenImage open) {
    leavePast();
    const bool same = open.row.id == m_image.id;
    ++m_generation;
    if (m_readJob) m_services.jobs->cancel(std::exchange(m_readJob, 0));
    m_packing = false;
    m_sincePack.clear();
    forgetSteps();
    m_image = std::move(open.row);
    setAnnotations(std::move(open.annotations));
    m_styles = std::move(open.styles);
    m_nextId = open.nextId;
    m_canUndo = open.canUndo;
    m_canRedo = open.canRedo;
    m_picture = std::move(open.picture);
    m_hovered = 0;
    if (!same) m_selection.clear(), m_selected.clear(), m_suggestions.clear();
    m_currentSuggestion = -1;
    m_look.tone = std::make_shared<const ToneMap>(m_display, m_picture);
    m_scene = open.scene->withLook(m_look)->withSuggestions(m_suggestions, m_styles);
    forgetVanished();
    Q_EMIT opened();
    Q_EMIT annotationsChanged();
    Q_EMIT selectionChanged();
    Q_EMIT historyChanged();
    if (open.rest) readRest(std::move(*open.rest));
}

void Document::close() {
    leavePast();
    ++m_generation;
    forgetSteps();
    if (m_readJob) m_services.jobs->cancel(std::exchange(m_readJob, 0));
    m_image = {};
    m_annotations.clear();
    m_at.clear();
    m_scene.reset();
    m_picture.reset();
    m_suggestions.clear();
    m_currentSuggestion = -1;
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
    takeSelection(std::move(ids));
    markSelected();
    Q_EMIT selectionChanged();
}

void Document::takeSelection(std::vector<AnnotationId> ids) {
    m_selection = std::move(ids);
    m_selected.clear();
    for (const AnnotationId id : m_selection) m_selected.insert(id.value);
}

annot::Annotation Document::make(ClassId classId, annot::Shape shape) {
    annot::Annotation a;
    a.id = m_nextId;
    m_nextId = AnnotationId(m_nextId.value + 1);
    a.classId = classId;
    a.shape = std::move(shape);
    if (const auto* schema = schemaOf(classId)) a.attributes = annot::fallbacks(*schema);
    a.author = m_services.user.toStdString();
    return a;
}

// New kinds and new classes alone are judged: what was there before the schema may be moved and mended.
QString Document::forbidden(const std::vector<annot::Change>& changes) const {
    const annot::ClassSchema* schema = nullptr;
    ClassId of;
    for (const auto& c : changes) {
        if (!c.after) continue;
        if (c.before && c.before->classId == c.after->classId && c.before->shape.index() == c.after->shape.index()) continue;
        if (of != c.after->classId) schema = schemaOf(of = c.after->classId);
        if (schema && !schema->allows(c.after->shape))
            return tr("%1 may be drawn as %2, not as %3.")
                .arg(QString::fromStdString(schema->name), common::kindWords(schema->kinds),
                     common::kindWords()[int(c.after->shape.index())]);
    }
    return {};
}

void Document::commit(const std::string& label, std::vector<annot::Change> changes, Way way) {
    for (annot::Change& change : changes) markCorrected(change);
    std::erase_if(changes, [](const annot::Change& c) { return c.before == c.after && c.orderBefore == c.orderAfter; });
    if (!isOpen() || changes.empty()) return;
    if (const QString words = forbidden(changes); !words.isEmpty()) return Q_EMIT refused(words);
    leavePast();
    annot::AnnotationEdit edit{m_image.id, m_services.user.toStdString(), base::now(), label, std::move(changes)};
    if (const auto done = annot::apply(m_annotations, edit); !done) {
        Q_EMIT failed(done.error());
        return;
    }
    applied(edit);
    m_offered.clear();
    m_canUndo = true;
    m_canRedo = false;
    auto shared = std::make_shared<const annot::AnnotationEdit>(std::move(edit));
    remember(shared);
    m_operations.emplace_back(EditOf{std::move(shared), std::move(way)});
    pump();
}

void Document::replace(const std::string& label, std::vector<annot::Annotation> after) {
    std::vector<annot::Change> changes;
    changes.reserve(after.size());
    for (auto& a : after)
        if (const int at = positionOf(a.id); at >= 0) changes.push_back({m_annotations[std::size_t(at)], std::move(a), at, at});
    commit(label, std::move(changes));
}

void Document::add(const std::string& label, const std::vector<annot::Annotation>& added) {
    std::vector<annot::Change> changes;
    for (const auto& a : added) changes.push_back({std::nullopt, a, -1, -1});
    commit(label, std::move(changes));
}

void Document::remove(const std::string& label, const std::vector<AnnotationId>& ids) {
    commit(label, annot::removalOf(m_annotations, ids));
}

void Document::setHidden(IdSet ids) {
    if (!m_scene || ids == m_scene->hidden()) return;
    Bounds touched;
    for (const IdSet* set : {&m_scene->hidden(), static_cast<const IdSet*>(&ids)})
        for (const std::int64_t id : *set)
            if (const ShapeRef s = m_scene->find(id)) touched.add(s.head().box);
    setScene(m_scene->withHidden(std::move(ids)), touched);
}

void Document::setLoose(const LoosePoint& point) {
    if (!m_scene || point == m_scene->loose()) return;
    Bounds touched;
    for (const LoosePoint& p : {m_scene->loose(), point}) touched.add(m_scene->looseBounds(p));
    setScene(m_scene->withLoose(point), touched);
}

void Document::setHovered(std::int64_t id) {
    if (id == m_hovered) return;
    m_hovered = id;
    markHovered();
    Q_EMIT hoverChanged();
}

// The GUI thread paints hover and selection on top; shapes that are too long for a frame are marked in the tiles instead.
bool Document::isMarkedByTiles(std::int64_t id) const {
    const ShapeRef s = m_scene->find(id);
    return s && s.head().paintedByTiles();
}

void Document::touch(Bounds& touched, std::int64_t id) const {
    if (const ShapeRef s = m_scene->find(id)) touched.add(s.head().box);
}

void Document::markHovered() {
    if (!m_scene) return;
    const std::int64_t hovered = isMarkedByTiles(m_hovered) ? m_hovered : 0;
    if (hovered == m_scene->hovered()) return;
    Bounds touched;
    touch(touched, hovered);
    touch(touched, m_scene->hovered());
    setScene(m_scene->withMarked(m_scene->selected(), hovered), touched);
}

void Document::markSelected() {
    Bounds touched;
    if (m_scene && remark(touched)) Q_EMIT sceneChanged(touched);
}

bool Document::remark(Bounds& touched) {
    IdSet selected;
    const bool crowd = m_selection.size() > kCrowd;
    for (const AnnotationId id : m_selection)
        if (crowd || isMarkedByTiles(id.value)) selected.insert(id.value);
    if (selected == m_scene->selected()) return false;
    for (const std::int64_t id : m_scene->selected()) touch(touched, id);
    for (const std::int64_t id : selected) touch(touched, id);
    m_scene = m_scene->withMarked(std::move(selected), m_scene->hovered());
    return true;
}

void Document::offerCells(AnnotationId id, std::shared_ptr<const annot::MaskCells> cells) {
    m_offered[id.value] = std::move(cells);
}

void Document::setScene(std::shared_ptr<const Scene> scene, const Bounds& touched) {
    m_scene = std::move(scene);
    Q_EMIT sceneChanged(touched);
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

std::shared_ptr<const Shapes> Document::single(const annot::Annotation& annotation, const Orders& placed) const {
    auto shapes = std::make_shared<Shapes>();
    const auto offered = m_offered.find(annotation.id.value);
    const auto order = placed.find(annotation.id.value);
    shapes->add(annotation, styleOf(annotation.classId), order == placed.end() ? orderOf(annotation) : order->second,
                offered == m_offered.end() ? nullptr : offered->second);
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

/// Of many shapes only the class or the flags changed: their outlines stay as they are.
std::optional<Head> Document::restyled(const annot::Change& change) const {
    if (!change.before || !change.after || change.before->shape != change.after->shape) return std::nullopt;
    if (change.orderAfter >= 0 && change.orderAfter != change.orderBefore) return std::nullopt;
    const ShapeRef known = m_scene->find(change.after->id.value);
    const bool skeleton = std::holds_alternative<annot::Keypoints>(change.after->shape);  // its edges are its class's
    if (!known || (skeleton && change.before->classId != change.after->classId)) return std::nullopt;
    Head head = known.head();
    head.colour = styleOf(change.after->classId).colour;
    head.flags = change.after->flags;
    return head;
}

void Document::applied(const annot::AnnotationEdit& edit, bool select) {
    leavePast();
    index(edit);
    const Orders placed = placedOrders(edit);
    Scene::Replacements replaced;
    std::vector<Head> heads;
    Bounds touched;
    const bool many = edit.changes.size() > kMany;
    for (const auto& change : edit.changes) {
        const std::int64_t id = change.after ? change.after->id.value : change.before->id.value;
        if (const ShapeRef old = m_scene->find(id)) touched.add(old.head().box);
        if (const auto head = many ? restyled(change) : std::nullopt) {
            heads.push_back(*head);
            continue;
        }
        auto& shapes = replaced[id];
        if (change.after) shapes = single(*change.after, placed);
        if (shapes) touched.add(boundsOf(*shapes));
    }
    if (!replaced.empty() || heads.empty()) m_scene = m_scene->with(replaced);
    if (!heads.empty()) m_scene = m_scene->withHeads(heads);
    showAdded(edit);
    if (m_packing) m_sincePack.push_back(edit);
    std::vector<AnnotationId> changed;
    for (const auto& change : edit.changes)
        if (select && change.after && changed.size() < kMostSelected) changed.push_back(change.after->id);
    const bool another = !changed.empty() && changed != m_selection;
    if (another) takeSelection(std::move(changed));
    forgetVanished();
    // One may have become too long for a frame.
    if (another || m_selection.size() <= kCrowd) (void)remark(touched);
    Q_EMIT sceneChanged(touched);
    Q_EMIT annotationsChanged();
    if (another) Q_EMIT selectionChanged();
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
        [annotations = m_annotations, styles = m_styles](std::stop_token, const Progress&) -> Result<Packed> {
            return Scene::pack(annotations, styles);
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
