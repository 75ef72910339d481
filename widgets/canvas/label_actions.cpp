// LabelMode's actions: what can be done, with which key.
#include <QActionGroup>
#include <QMenu>

#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/shape_actions.h"
#include "widgets/canvas/tool.h"
#include "widgets/canvas/tool_actions.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kZoomStep = 1.2, kShift = 10;
constexpr const char* kClassWords = QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Class %1");
constexpr const char* kImageWords = QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Whole image is %1");

}  // namespace

void LabelMode::buildActions() {
    buildHistoryActions();
    buildImageActions();
    buildZoomActions();
    buildToolActions();
    buildShapeActions();
    buildAssistActions();
    buildClassActions();
    buildSchemaActions();
    buildPickActions();
}

void LabelMode::buildHistoryActions() {
    m_do.add(
        {"undo", QT_TR_NOOP("Undo"), "undo", "Ctrl+Z"}, [this] { m_view->settle(), m_document->undo(); },
        [this] { return m_document->canUndo(); });
    m_do.add(
        {"redo", QT_TR_NOOP("Redo"), "redo", "Ctrl+Shift+Z; Ctrl+Y"}, [this] { m_view->settle(), m_document->redo(); },
        [this] { return m_document->canRedo(); });
}

void LabelMode::buildImageActions() {
    const auto open = [this] { return m_document->isOpen(); };
    auto* done = m_do.add(
        {"done", QT_TR_NOOP("Done and next"), "check", "Space"}, [this] { finish("done"); }, open);
    done->setShortcutContext(Qt::WidgetShortcut);  // the view tells a tap from a pan; a focused button keeps its Space
    m_do.add(
        {"skip", QT_TR_NOOP("Skip"), "", "S"}, [this] { finish("skipped"); }, open);
    m_do.add(
        {"previous", QT_TR_NOOP("Previous image"), "left", "Left; ,"}, [this] { step(-1); }, open);
    m_do.add(
        {"next", QT_TR_NOOP("Next image"), "right", "Right; ."}, [this] { step(1); }, open);
}

void LabelMode::buildZoomActions() {
    const auto open = [this] { return m_document->isOpen(); };
    m_do.add(
        {"fit", QT_TR_NOOP("Fit the image"), "fit", "F; Ctrl+0"}, [this] { m_view->fit(); }, open);
    m_do.add(
        {"actual", QT_TR_NOOP("Actual size"), "zoom", "Z"}, [this] { m_view->zoomTo(1); }, open);
    m_do.add(
        {"in", QT_TR_NOOP("Zoom in"), "plus", "+; ="}, [this] { m_view->zoomTo(m_view->zoom() * kZoomStep); }, open);
    m_do.add(
        {"out", QT_TR_NOOP("Zoom out"), "minus", "-"}, [this] { m_view->zoomTo(m_view->zoom() / kZoomStep); }, open);
}

void LabelMode::buildToolActions() {
    m_toolGroup = new QActionGroup(this);
    for (std::size_t i = 0; i < toolRegistry().size(); ++i) {
        const ToolSpec& spec = toolRegistry()[i];
        auto* action = m_toolActions.add({spec.id, spec.name, spec.icon, spec.key}, [this, i] { chooseTool(int(i)); });
        action->setCheckable(true);
        m_toolGroup->addAction(action);
    }
}

void LabelMode::buildShapeActions() {
    const auto open = [this] { return m_document->isOpen(); };
    const auto some = [this] { return m_document->isOpen() && !m_document->selection().empty(); };
    m_do.add(
        {"delete", QT_TR_NOOP("Delete shapes"), "trash", "Del"}, [this] { removeSelected(); }, some);
    m_do.add(
        {"duplicate", QT_TR_NOOP("Duplicate shapes"), "copy", "Ctrl+D"}, [this] { duplicate(); }, some);
    m_do.add(
        {"copy", QT_TR_NOOP("Copy shapes"), "", "Ctrl+C"}, [this] { copySelected(); }, some);
    m_do.add(
        {"paste", QT_TR_NOOP("Paste shapes"), "", "Ctrl+V"}, [this] { paste(); },
        [this] { return m_document->isOpen() && !m_clipboard.empty(); });
    m_do.add(
        {"repeat", QT_TR_NOOP("Repeat the last image's shapes"), "", "Ctrl+Shift+V"}, [this] { repeatLast(); },
        [this] { return m_document->isOpen() && !m_lastShapes.empty(); });
    m_do.add(
        {"select-all", QT_TR_NOOP("Select all shapes"), "", "Ctrl+A"}, [this] { selectAll(); }, open);
    m_do.add(
        {"lock", QT_TR_NOOP("Lock or unlock shapes"), "lock", "Ctrl+L"},
        [this] { setFlagOfSelected(annot::Locked, "Lock", "Unlock"); }, some);
    m_do.add(
        {"hide", QT_TR_NOOP("Hide or show shapes"), "eyeoff", "Ctrl+H"},
        [this] { setFlagOfSelected(annot::Hidden, "Hide", "Show"); }, some);
    m_do.add(
        {"show-all", QT_TR_NOOP("Show all hidden shapes"), "eye", "Ctrl+Shift+H"}, [this] { showAllShapes(); }, open);
}

void LabelMode::buildClassActions() {
    m_do.add(
        {"add-class", QT_TR_NOOP("Add class"), "plus", "Ctrl+Shift+N"}, [this] { m_classes->askForName(); },
        [this] { return workspace() != nullptr; });
    for (int n = 1; n <= 9; ++n) {
        const auto known = [this, n] { return m_document->isOpen() && n <= m_classModel->rowCount(); };
        const QByteArray digit = QByteArray::number(n);
        m_classActions << m_do.add(
            {"class-" + digit, kClassWords, "", digit}, [this, n] { classKey(n); }, known);
        m_imageClassActions << m_do.add(
            {"image-class-" + digit, kImageWords, "", "Shift+" + digit},
            [this, n] { toggleImageLabel(m_classModel->classes()[std::size_t(n - 1)].id); }, known);
    }
}

void LabelMode::nameActions() {
    m_do.retranslate();
    m_toolActions.retranslate();
    m_shapeActions->retranslate();
    m_import->setText(workspace() ? tr("Import images") : tr("Open a workspace"));
    for (int n = 1; n <= 9; ++n) {
        const bool known = n <= m_classModel->rowCount();
        const QString name = known ? QString::fromStdString(m_classModel->classes()[std::size_t(n - 1)].name) : QString::number(n);
        m_classActions[n - 1]->setText(tr(kClassWords).arg(name));
        m_imageClassActions[n - 1]->setText(tr(kImageWords).arg(name));
        m_classActions[n - 1]->setVisible(known);
        m_imageClassActions[n - 1]->setVisible(known);
    }
}

// Keys of the canvas would act on what isn't seen while the schema is.
void LabelMode::updateActions() {
    m_do.update();
    m_toolActions.update();
    m_shapeActions->update();
    if (!isSchemaShown()) return;
    for (QAction* action : m_do.all() + m_toolActions.all() + m_shapeActions->all())
        if (action != m_do["schema"]) action->setEnabled(false);
}

QList<QAction*> LabelMode::modeActions() const {
    return m_do.all() + m_toolActions.all() + m_shapeActions->all() + panelActions();
}

void LabelMode::selectAll() {
    std::vector<AnnotationId> ids;
    for (const auto& a : m_document->annotations())
        if (!(a.flags & (annot::Locked | annot::Hidden))) ids.push_back(a.id);
    m_document->select(std::move(ids));
}

void LabelMode::showAllShapes() {
    auto all = m_document->annotations();
    std::erase_if(all, [](const annot::Annotation& a) { return !(a.flags & annot::Hidden); });
    for (auto& a : all) a.flags &= ~std::uint32_t(annot::Hidden);
    m_document->replace("Show all", std::move(all));
}

void LabelMode::chooseTool(int index) {
    m_view->setTool(index);
    m_toolActions.all()[index]->setChecked(true);
    m_options->setTool(toolRegistry()[std::size_t(index)].title());
    m_view->setFocus();
}

void LabelMode::setActiveClass(std::optional<ClassId> id) {
    if (id && m_activeClass && id != m_activeClass) m_lastClass = m_activeClass;
    m_activeClass = id;
    m_view->setActiveClass(id);
    m_options->setActiveClass(id);
    m_classes->setActiveClass(id);
    showRule();
}

void LabelMode::classKey(int number) {
    for (int row = 0; row < m_classModel->rowCount(); ++row)
        if (m_classModel->keyOf(row) == QString::number(number)) return giveClass(m_classModel->classes()[std::size_t(row)].id);
}

// To what is selected; and it is the class of what is drawn next.
void LabelMode::giveClass(ClassId id) {
    m_view->settle();
    setActiveClass(id);
    auto shapes = m_document->selected();
    std::erase_if(shapes, [&](const annot::Annotation& a) { return a.classId == id || (a.flags & annot::Locked); });
    const auto* schema = m_document->schemaOf(id);
    for (auto& a : shapes) {
        a.classId = id;
        if (schema) annot::addFallbacks(a.attributes, *schema);
    }
    m_document->replace("Change class", std::move(shapes));
}

void LabelMode::toggleImageLabel(ClassId id) {
    if (!m_document->isOpen()) return;
    std::vector<AnnotationId> present;
    for (const auto& a : m_document->annotations())
        if (a.shape.index() == 0 && a.classId == id) present.push_back(a.id);
    if (!present.empty()) return m_document->remove("Remove image label", present);
    m_document->add("Label image", {m_document->make(id, annot::ImageLabel{})});
}

void LabelMode::removeSelected() {
    m_view->cancelTool();
    std::vector<AnnotationId> ids;
    for (const auto& a : m_document->selected())
        if (!(a.flags & annot::Locked)) ids.push_back(a.id);
    m_document->remove("Delete", ids);
}

void LabelMode::duplicate() {
    m_view->settle();
    copySelected();
    putShapes(*m_document, "Duplicate", m_clipboard, kShift);
}

void LabelMode::copySelected() {
    m_clipboard = m_document->selected();
    updateActions();
}

// At the same place, also on another image; shapes that would lie outside stay off.
void LabelMode::paste() {
    m_view->settle();
    putShapes(*m_document, "Paste", m_clipboard);
}

void LabelMode::repeatLast() {
    m_view->settle();
    putShapes(*m_document, "Repeat shapes", m_lastShapes);
}

void LabelMode::setFlagOfSelected(annot::Flag flag, const char* on, const char* off) {
    m_view->settle();
    auto shapes = m_document->selected();
    const bool set = std::any_of(shapes.begin(), shapes.end(), [&](const annot::Annotation& a) { return !(a.flags & flag); });
    for (auto& a : shapes) a.flags = set ? a.flags | flag : a.flags & ~std::uint32_t(flag);
    m_document->replace(set ? on : off, std::move(shapes));
}

void LabelMode::classMenu(const QPoint& global) {
    QMenu menu(this);
    menu.addActions(m_classActions);
    menu.addSeparator();
    m_shapeActions->addMenu(menu);
    menu.addActions({m_do["duplicate"], m_do["copy"], m_do["lock"], m_do["hide"], m_do["delete"]});
    menu.addSeparator();
    menu.addActions({m_do["similar"], m_do["separate"], m_do["propagate"]});
    menu.exec(global);
}

}  // namespace lathe::widgets::canvas
