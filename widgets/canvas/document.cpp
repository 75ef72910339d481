#include "widgets/canvas/document.h"

#include "core/base/time.h"
#include "widgets/common/kind_words.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kPictureBudget = std::size_t(512) << 20;
constexpr std::string_view kCorrected = " corrected";

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

void Document::show(OpenImage open) {
    leavePast();
    const bool same = open.row.id == m_image.id;
    ++m_generation;
    if (m_readJob) m_services.jobs->drop(std::exchange(m_readJob, 0));
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
    if (m_readJob) m_services.jobs->drop(std::exchange(m_readJob, 0));
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

}  // namespace lathe::widgets::canvas
