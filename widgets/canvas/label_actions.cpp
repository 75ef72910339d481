// LabelMode's actions: what can be done, with which key.
#include <QActionGroup>
#include <QMenu>

#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/tool.h"
#include "widgets/common/icons.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kZoomStep = 1.2, kShift = 10;

QList<QKeySequence> keys(std::initializer_list<const char*> texts) {
    QList<QKeySequence> list;
    for (const char* text : texts) list << QKeySequence(QString::fromLatin1(text));
    return list;
}

}  // namespace

QAction* LabelMode::make(const char* icon, const QList<QKeySequence>& shortcuts, std::function<void()> does) {
    auto* action = new QAction(this);
    if (*icon) {
        action->setIcon(common::icon(QString::fromLatin1(icon)));
        action->setProperty("iconName", QString::fromLatin1(icon));
    }
    action->setShortcuts(shortcuts);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    connect(action, &QAction::triggered, this, std::move(does));
    return action;
}

void LabelMode::buildActions() {
    m_do.undo = make("undo", keys({"Ctrl+Z"}), [this] { m_view->settle(), m_document->undo(); });
    m_do.redo = make("redo", keys({"Ctrl+Shift+Z", "Ctrl+Y"}), [this] { m_view->settle(), m_document->redo(); });
    m_do.skip = make("", keys({"S"}), [this] { finish("skipped"); });
    m_do.reject = make("", keys({"Shift+R"}), [this] { finish("rejected"); });
    m_do.done = make("check", keys({"Space"}), [this] { finish("done"); });
    m_do.done->setShortcutContext(Qt::WidgetShortcut);  // the view tells a tap from a pan; a focused button keeps its Space
    m_do.previous = make("left", keys({"Left", ","}), [this] { step(-1); });
    m_do.next = make("right", keys({"Right", "."}), [this] { step(1); });
    m_do.fit = make("fit", keys({"F", "Ctrl+0"}), [this] { m_view->fit(); });
    m_do.actualSize = make("zoom", keys({"Z"}), [this] { m_view->zoomTo(1); });
    m_do.zoomIn = make("plus", keys({"+", "="}), [this] { m_view->zoomTo(m_view->zoom() * kZoomStep); });
    m_do.zoomOut = make("minus", keys({"-"}), [this] { m_view->zoomTo(m_view->zoom() / kZoomStep); });
    m_do.remove = make("trash", keys({"Del"}), [this] { removeSelected(); });
    m_do.duplicate = make("copy", keys({"Ctrl+D"}), [this] { duplicate(); });
    m_do.copy = make("", keys({"Ctrl+C"}), [this] { copySelected(); });
    m_do.paste = make("", keys({"Ctrl+V"}), [this] { paste(); });
    m_do.selectAll = make("", keys({"Ctrl+A"}), [this] {
        std::vector<AnnotationId> ids;
        for (const auto& a : m_document->annotations())
            if (!(a.flags & (annot::Locked | annot::Hidden))) ids.push_back(a.id);
        m_document->select(std::move(ids));
    });
    m_do.lock = make("lock", keys({"Ctrl+L"}), [this] { setFlagOfSelected(annot::Locked, "Lock", "Unlock"); });
    m_do.hide = make("eyeoff", keys({"Ctrl+H"}), [this] { setFlagOfSelected(annot::Hidden, "Hide", "Show"); });
    m_do.showAll = make("eye", keys({"Ctrl+Shift+H"}), [this] {
        auto all = m_document->annotations();
        std::erase_if(all, [](const annot::Annotation& a) { return !(a.flags & annot::Hidden); });
        for (auto& a : all) a.flags &= ~std::uint32_t(annot::Hidden);
        m_document->replace("Show all", all);
    });
    m_do.addClass = make("plus", keys({"Ctrl+Shift+N"}), [this] { m_classes->askForName(); });
    m_do.import = new QAction(this);
    connect(m_do.import, &QAction::triggered, this, [this] {
        Q_EMIT goTo(QStringLiteral("workspace"),
                    {{QStringLiteral("do"), workspace() ? QStringLiteral("import") : QStringLiteral("open")}});
    });
    buildToolActions();
    buildClassActions();
}

void LabelMode::buildToolActions() {
    m_toolGroup = new QActionGroup(this);
    for (std::size_t i = 0; i < toolRegistry().size(); ++i) {
        const ToolSpec& spec = toolRegistry()[i];
        auto* action = make(spec.icon, keys({spec.key}), [this, i] { chooseTool(int(i)); });
        action->setCheckable(true);
        m_toolGroup->addAction(action);
        m_do.tools << action;
    }
}

void LabelMode::buildClassActions() {
    for (int n = 1; n <= 9; ++n) {
        m_do.classes << make("", {QKeySequence(Qt::Key_0 + n)}, [this, n] { classKey(n); });
        m_do.imageClasses << make("", {QKeySequence(Qt::SHIFT | Qt::Key(Qt::Key_0 + n))}, [this, n] {
            if (n <= m_classModel->rowCount()) toggleImageLabel(m_classModel->classes()[std::size_t(n - 1)].id);
        });
    }
}

void LabelMode::nameActions() {
    const std::pair<QAction*, QString> names[] = {{m_do.undo, tr("Undo")},
                                                  {m_do.redo, tr("Redo")},
                                                  {m_do.skip, tr("Skip")},
                                                  {m_do.reject, tr("Reject")},
                                                  {m_do.done, tr("Done and next")},
                                                  {m_do.previous, tr("Previous image")},
                                                  {m_do.next, tr("Next image")},
                                                  {m_do.fit, tr("Fit the image")},
                                                  {m_do.actualSize, tr("Actual size")},
                                                  {m_do.zoomIn, tr("Zoom in")},
                                                  {m_do.zoomOut, tr("Zoom out")},
                                                  {m_do.remove, tr("Delete shapes")},
                                                  {m_do.duplicate, tr("Duplicate shapes")},
                                                  {m_do.copy, tr("Copy shapes")},
                                                  {m_do.paste, tr("Paste shapes")},
                                                  {m_do.selectAll, tr("Select all shapes")},
                                                  {m_do.lock, tr("Lock or unlock shapes")},
                                                  {m_do.hide, tr("Hide or show shapes")},
                                                  {m_do.showAll, tr("Show all hidden shapes")},
                                                  {m_do.addClass, tr("Add class")},
                                                  {m_do.import, workspace() ? tr("Import images") : tr("Open a workspace")}};
    for (const auto& [action, name] : names) action->setText(name);
    for (int i = 0; i < m_do.tools.size(); ++i) m_do.tools[i]->setText(toolRegistry()[std::size_t(i)].title());
    for (int n = 1; n <= 9; ++n) {
        const bool known = n <= m_classModel->rowCount();
        const QString name = known ? QString::fromStdString(m_classModel->classes()[std::size_t(n - 1)].name) : QString::number(n);
        m_do.classes[n - 1]->setText(tr("Class %1").arg(name));
        m_do.imageClasses[n - 1]->setText(tr("Whole image is %1").arg(name));
    }
}

void LabelMode::updateActions() {
    const bool open = m_document->isOpen(), some = open && !m_document->selection().empty();
    m_do.undo->setEnabled(m_document->canUndo());
    m_do.redo->setEnabled(m_document->canRedo());
    for (QAction* a : {m_do.skip, m_do.reject, m_do.done, m_do.previous, m_do.next, m_do.fit, m_do.actualSize, m_do.zoomIn,
                       m_do.zoomOut, m_do.selectAll, m_do.showAll})
        a->setEnabled(open);
    for (QAction* a : {m_do.remove, m_do.duplicate, m_do.copy, m_do.lock, m_do.hide}) a->setEnabled(some);
    m_do.paste->setEnabled(open && !m_clipboard.empty());
    m_do.addClass->setEnabled(workspace() != nullptr);
    for (int n = 1; n <= 9; ++n)
        for (QAction* a : {m_do.classes[n - 1], m_do.imageClasses[n - 1]}) a->setEnabled(open && n <= m_classModel->rowCount());
}

QList<QAction*> LabelMode::modeActions() const {
    QList<QAction*> all{m_do.undo, m_do.redo, m_do.done,       m_do.skip,   m_do.reject, m_do.previous,
                        m_do.next, m_do.fit,  m_do.actualSize, m_do.zoomIn, m_do.zoomOut};
    all << m_do.tools;
    all << QList<QAction*>{m_do.remove, m_do.duplicate, m_do.copy,    m_do.paste,   m_do.selectAll,
                           m_do.lock,   m_do.hide,      m_do.showAll, m_do.addClass};
    for (int n = 0; n < std::min(9, m_classModel->rowCount()); ++n) all << m_do.classes[n] << m_do.imageClasses[n];
    return all;
}

QList<QAction*> LabelMode::barActions() const {
    return {m_do.undo, m_do.redo, m_do.skip, m_do.reject, m_do.done};
}

void LabelMode::chooseTool(int index) {
    m_view->setTool(index);
    m_do.tools[index]->setChecked(true);
    m_options->setTool(toolRegistry()[std::size_t(index)].title());
    m_view->setFocus();
}

void LabelMode::setActiveClass(std::optional<ClassId> id) {
    m_activeClass = id;
    m_view->setActiveClass(id);
    m_options->setActiveClass(id);
    m_classes->setActiveClass(id);
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
    for (auto& a : shapes) a.classId = id;
    m_document->replace("Change class", shapes);
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
    std::vector<annot::Annotation> copies;
    std::vector<AnnotationId> ids;
    for (const auto& a : m_clipboard) {
        auto copy = m_document->make(a.classId, annot::translated(a.shape, kShift, kShift));
        copy.flags = a.flags;
        copy.attributes = a.attributes;
        ids.push_back(copy.id);
        copies.push_back(std::move(copy));
    }
    m_document->add("Duplicate", copies);
    m_document->select(std::move(ids));
}

void LabelMode::copySelected() {
    m_clipboard = m_document->selected();
    updateActions();
}

// At the same place, also on another image; shapes that would lie outside stay off.
void LabelMode::paste() {
    m_view->settle();
    const annot::Rect in = m_document->imageRect();
    std::vector<annot::Annotation> pasted;
    std::vector<AnnotationId> ids;
    for (const auto& a : m_clipboard) {
        if (a.shape.index() != 0 && !annot::bounds(a.shape).intersects(in)) continue;
        auto copy = m_document->make(a.classId, annot::keptInside(a.shape, in.w, in.h));
        copy.flags = a.flags;
        copy.attributes = a.attributes;
        ids.push_back(copy.id);
        pasted.push_back(std::move(copy));
    }
    m_document->add("Paste", pasted);
    m_document->select(std::move(ids));
}

void LabelMode::setFlagOfSelected(annot::Flag flag, const char* on, const char* off) {
    m_view->settle();
    auto shapes = m_document->selected();
    const bool set = std::any_of(shapes.begin(), shapes.end(), [&](const annot::Annotation& a) { return !(a.flags & flag); });
    for (auto& a : shapes) a.flags = set ? a.flags | flag : a.flags & ~std::uint32_t(flag);
    m_document->replace(set ? on : off, shapes);
}

void LabelMode::classMenu(const QPoint& global) {
    QMenu menu(this);
    for (int n = 0; n < std::min(9, m_classModel->rowCount()); ++n) menu.addAction(m_do.classes[n]);
    menu.addSeparator();
    menu.addActions({m_do.duplicate, m_do.copy, m_do.lock, m_do.hide, m_do.remove});
    menu.exec(global);
}

}  // namespace lathe::widgets::canvas
