#include "widgets/canvas/tool_actions.h"

#include <unordered_map>
#include <unordered_set>

#include "widgets/canvas/document.h"
#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

namespace {

void selectClass(Document& document) {
    std::unordered_set<std::int64_t> classes;
    for (const auto& a : document.selected()) classes.insert(a.classId.value);
    std::vector<AnnotationId> ids;
    for (const auto& a : document.annotations())
        if (classes.contains(a.classId.value) && !(a.flags & (annot::Locked | annot::Hidden))) ids.push_back(a.id);
    document.select(std::move(ids));
}

std::int64_t nextGroup(const Document& document) {
    std::int64_t last = 0;
    for (const auto& a : document.annotations()) last = std::max(last, a.group);
    return last + 1;
}

void addSwitch(common::ActionSet& actions, View& view, const common::ActionSpec& spec, const char* key) {
    auto* action = actions.add(spec, [&view, key] { view.toggle(key); });
    action->setCheckable(true);
    action->setChecked(view.isOn(key));
    QObject::connect(&view, &View::toolOptionsChanged, action, [&view, action, key] { action->setChecked(view.isOn(key)); });
}

void addForTool(common::ActionSet& actions, View& view, const common::ActionSpec& spec) {
    actions.add(
        spec, [&view, id = spec.id] { view.toolAct(id); }, [&view, id = spec.id] { return view.toolCan(id); });
}

}  // namespace

void addToolActions(common::ActionSet& actions, View& view, Document& document) {
    actions.add(
        {"tool-mode", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Next way of the tool"), "", "Shift+Q"},
        [&view] { view.nextToolMode(); }, [&view] { return view.toolHasModes(); });
    addSwitch(actions, view,
              {"snap", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Snap to vertices and edges"), "snap", "Shift+S"},
              "snap");
    addSwitch(actions, view, {"frame", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Frame instead of points"), "", "T"},
              "handles.frame");
    addForTool(actions, view, {"larger", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Larger brush"), "", "]"});
    addForTool(actions, view, {"smaller", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Smaller brush"), "", "["});
    addForTool(actions, view,
               {"skip-joint", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Skip this joint"), "", "Shift+J"});
    addForTool(actions, view,
               {"joint-visibility", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Joint visible, hidden, not labelled"),
                "", "Shift+V"});
    actions.add(
        {"select-class", QT_TRANSLATE_NOOP("lathe::widgets::canvas::LabelMode", "Select all of this class"), "", "Ctrl+Shift+A"},
        [&document] { selectClass(document); }, [&document] { return document.isOpen() && !document.selection().empty(); });
}

void putShapes(Document& document, const char* label, const std::vector<annot::Annotation>& shapes, double shift) {
    const annot::Rect in = document.imageRect();
    std::vector<annot::Annotation> put;
    std::vector<AnnotationId> ids;
    std::unordered_map<std::int64_t, std::int64_t> groups;
    std::int64_t group = nextGroup(document);
    for (const auto& a : shapes) {
        const bool placed = !std::holds_alternative<annot::ImageLabel>(a.shape);
        auto shape = shift != 0 ? annot::translated(a.shape, shift, shift) : a.shape;
        if (placed && !annot::bounds(shape).grown(1e-9).intersects(in)) continue;
        const auto* mask = std::get_if<annot::Mask>(&shape);
        if (mask && (mask->width != std::uint32_t(in.w) || mask->height != std::uint32_t(in.h))) continue;
        auto copy = document.make(a.classId, shift != 0 ? std::move(shape) : annot::keptInside(std::move(shape), in.w, in.h));
        copy.flags = a.flags;
        copy.attributes = a.attributes;
        if (a.group && !groups.contains(a.group)) groups[a.group] = group++;
        if (a.group) copy.group = groups[a.group];
        ids.push_back(copy.id);
        put.push_back(std::move(copy));
    }
    document.add(label, put);
    document.select(std::move(ids));
}

}  // namespace lathe::widgets::canvas
