#include "widgets/canvas/shape_actions.h"

#include <QMenu>
#include <algorithm>

#include "core/annot/area_ops.h"
#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kAtOnce = 100'000;  // vertices and runs that are worked on without a job
constexpr std::size_t kLookAt = 200;      // shapes of a selection that decide what can be done

struct Conversion {
    const char* kind;
    common::ActionSpec spec;
};
const Conversion kConversions[] = {
    {"box", {"to-box", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to box"), "box", "Ctrl+Alt+1"}},
    {"rotated_box",
     {"to-rotated-box", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to rotated box"), "rotbox",
      "Ctrl+Alt+2"}},
    {"ellipse",
     {"to-ellipse", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to ellipse"), "ellipse", "Ctrl+Alt+3"}},
    {"polygon",
     {"to-polygon", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to polygon"), "polygon", "Ctrl+Alt+4"}},
    {"mask", {"to-mask", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to mask"), "brush", "Ctrl+Alt+5"}},
    {"polyline",
     {"to-polyline", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to line"), "polyline", "Ctrl+Alt+6"}},
    {"point", {"to-point", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to point"), "point", "Ctrl+Alt+7"}},
    {"keypoints",
     {"to-keypoints", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to keypoints"), "skeleton", "Ctrl+Alt+8"}},
    {"image",
     {"to-image", QT_TRANSLATE_NOOP("lathe::widgets::canvas::ShapeActions", "Convert to class of the image"), "image",
      "Ctrl+Alt+9"}},
};

std::size_t indexOf(std::string_view kind) {
    return std::size_t(std::ranges::find(annot::kKindNames, kind) - annot::kKindNames.begin());
}

bool isLine(const annot::Shape& shape) {
    return std::holds_alternative<annot::Polyline>(shape) || std::holds_alternative<annot::Polygon>(shape);
}

}  // namespace

ShapeActions::ShapeActions(Document& document, View& view, QWidget* owner)
    : QObject(owner), m_document(document), m_view(view), m_do("label", "lathe::widgets::canvas::ShapeActions", owner) {
    buildSetActions();
    buildCleanUpActions();
    buildConversions();
    buildOrderActions();
}

void ShapeActions::buildSetActions() {
    const auto several = [this] { return m_selected.areal >= 2; };
    m_do.add(
        {"unite", QT_TR_NOOP("Unite"), "plus", "Ctrl+Alt+U"}, [this] { run("Unite", uniting()); }, several);
    m_do.add(
        {"subtract", QT_TR_NOOP("Subtract the others from the lowest"), "minus", "Ctrl+Alt+S"},
        [this] { run("Subtract", subtracting()); }, several);
    m_do.add(
        {"intersect", QT_TR_NOOP("Intersect"), "half", "Ctrl+Alt+N"}, [this] { run("Intersect", intersecting()); }, several);
    m_do.add(
        {"split", QT_TR_NOOP("Split into parts"), "split", "Ctrl+Alt+P"}, [this] { run("Split into parts", splitting()); },
        [this] { return m_selected.areal > 0; });
}

void ShapeActions::buildCleanUpActions() {
    const auto areal = [this] { return m_selected.areal > 0; };
    const auto some = [this] { return m_selected.unlocked > 0; };
    m_do.add(
        {"grow", QT_TR_NOOP("Grow or shrink…"), "scale", "Ctrl+Alt+G"}, [this] { askGrow(); }, areal);
    m_do.add(
        {"smooth", QT_TR_NOOP("Smooth…"), "circle", "Ctrl+Alt+M"}, [this] { askSmooth(); }, areal);
    m_do.add(
        {"simplify", QT_TR_NOOP("Simplify…"), "polygon", "Ctrl+Alt+Y"}, [this] { askSimplify(); },
        [this] { return m_selected.lines > 0; });
    m_do.add(
        {"fill-holes", QT_TR_NOOP("Fill holes…"), "", "Ctrl+Alt+F"}, [this] { askHoles(); }, areal);
    m_do.add(
        {"drop-specks", QT_TR_NOOP("Drop specks…"), "", "Ctrl+Alt+X"}, [this] { askSpecks(); }, areal);
    m_do.add(
        {"keep-inside", QT_TR_NOOP("Keep inside the image"), "fit", "Ctrl+Alt+J"},
        [this] {
            const annot::Rect in = m_document.imageRect();
            run("Keep inside",
                each([in](const annot::Shape& s) -> Result<annot::Shape> { return annot::keptInside(s, in.w, in.h); }));
        },
        some);
    m_do.add(
        {"align", QT_TR_NOOP("Align to whole pixels"), "grid", "Ctrl+Alt+A"},
        [this] {
            run("Align to pixels", each([](const annot::Shape& s) -> Result<annot::Shape> { return annot::alignedToPixels(s); }));
        },
        some);
}

void ShapeActions::buildConversions() {
    for (const Conversion& c : kConversions)
        m_conversions << m_do.add(
            c.spec, [this, kind = c.kind] { convert(kind); }, [this, i = indexOf(c.kind)] { return m_selected.into.test(i); });
}

void ShapeActions::buildOrderActions() {
    const auto some = [this] { return m_selected.all > 0; };
    m_do.add(
        {"front", QT_TR_NOOP("Bring to front"), "up", "Ctrl+Home"}, [this] { reorder(m_document, "Bring to front", Order::Front); },
        some);
    m_do.add(
        {"forward", QT_TR_NOOP("Bring forward"), "", "Ctrl+PgUp"}, [this] { reorder(m_document, "Bring forward", Order::Forward); },
        some);
    m_do.add(
        {"backward", QT_TR_NOOP("Send backward"), "", "Ctrl+PgDown"},
        [this] { reorder(m_document, "Send backward", Order::Backward); }, some);
    m_do.add(
        {"back", QT_TR_NOOP("Send to back"), "down", "Ctrl+End"}, [this] { reorder(m_document, "Send to back", Order::Back); },
        some);
    m_do.add(
        {"group", QT_TR_NOOP("Group"), "link", "Ctrl+G"}, [this] { setGroup(true); }, [this] { return m_selected.unlocked >= 2; });
    m_do.add(
        {"ungroup", QT_TR_NOOP("Ungroup"), "", "Ctrl+Shift+G"}, [this] { setGroup(false); },
        [this] { return m_selected.grouped > 0; });
}

void ShapeActions::update() {
    look();
    m_do.update();
}

void ShapeActions::look() {
    m_selected = {};
    if (!m_document.isOpen()) return;
    m_selected.all = int(m_document.selection().size());
    std::size_t looked = 0;
    for (const AnnotationId id : m_document.selection()) {
        const annot::Annotation* a = m_document.find(id);
        if (!a || (a->flags & annot::Locked)) continue;
        if (++looked > kLookAt) break;
        ++m_selected.unlocked;
        m_selected.areal += annot::isAreal(a->shape);
        m_selected.lines += isLine(a->shape);
        m_selected.grouped += a->group != 0;
        for (const auto kind : annot::conversionsOf(a->shape)) m_selected.into.set(indexOf(kind));
    }
}

void ShapeActions::addMenu(QMenu& menu) const {
    QMenu* shape = menu.addMenu(tr("Shape"));
    auto part = [&](std::initializer_list<const char*> ids) {
        for (const char* id : ids) shape->addAction(m_do[id]);
        shape->addSeparator();
    };
    part({"unite", "subtract", "intersect", "split"});
    part({"grow", "smooth", "simplify", "fill-holes", "drop-specks", "keep-inside", "align"});
    QMenu* into = shape->addMenu(tr("Convert"));
    for (QAction* action : m_conversions)
        if (action->isEnabled()) into->addAction(action);
    into->setEnabled(!into->isEmpty());
    shape->addSeparator();
    part({"front", "forward", "backward", "back"});
    part({"group", "ungroup"});
}

std::vector<annot::Annotation> ShapeActions::shapes() const {
    auto all = m_document.selected();
    std::erase_if(all, [](const annot::Annotation& a) { return (a.flags & annot::Locked) != 0; });
    std::ranges::sort(all, {}, [this](const annot::Annotation& a) { return m_document.positionOf(a.id); });
    return all;
}

void ShapeActions::run(const std::string& label, const Reshape& reshape) {
    m_view.settle();
    auto all = shapes();
    std::size_t weight = 0;
    for (const auto& a : all) weight += weightOf(a.shape);
    if (weight <= kAtOnce) return finish(label, reshape(all));
    m_document.services().jobs->run<Becomings>(
        tr("Change shapes"), this, [reshape, all = std::move(all)](std::stop_token, const Progress&) { return reshape(all); },
        [this, label](const Result<Becomings>& result) { finish(label, result); });
}

void ShapeActions::finish(const std::string& label, const Result<Becomings>& result) {
    say(result ? QString() : common::errorText(result.error()));
    if (result && !commit(m_document, label, *result)) say(tr("The shapes were changed meanwhile; nothing was done."));
}

// Takes back only its own words: the document has something to say too.
void ShapeActions::say(const QString& words) {
    const bool said = std::exchange(m_said, !words.isEmpty());
    if (said || m_said) Q_EMIT refused(words);
}

void ShapeActions::ask(const std::string& label, ShapeParameter parameter) {
    m_view.settle();
    auto* popup = new ShapePopup(m_view, shapes(), std::move(parameter));
    connect(popup, &ShapePopup::taken, this, [this, label](const Reshape& reshape) { run(label, reshape); });
    popup->adjustSize();
    popup->move(m_view.mapToGlobal(QPoint(12, 12)));
    popup->show();
}

void ShapeActions::askGrow() {
    ask("Grow or shrink",
        {tr("Grow or shrink"), tr("By", "so many pixels"), tr("px"), -50, 50, 2, 1, false, [](double by) {
             return each([by](const annot::Shape& s) { return annot::isAreal(s) ? annot::grown(s, by) : Result<annot::Shape>(s); });
         }});
}

void ShapeActions::askSmooth() {
    ask("Smooth", {tr("Smooth"), tr("Strength"), {}, 1, 4, 2, 0, false, [](double strength) {
                       return each([n = int(strength)](const annot::Shape& s) {
                           return annot::isAreal(s) ? annot::smoothed(s, n) : Result<annot::Shape>(s);
                       });
                   }});
}

void ShapeActions::askSimplify() {
    ask("Simplify", {tr("Simplify"), tr("Tolerance"), tr("px"), 0, 50, 1, 2, true, [](double tolerance) {
                         return each([tolerance](const annot::Shape& s) {
                             return isLine(s) ? annot::simplified(s, tolerance) : Result<annot::Shape>(s);
                         });
                     }});
}

void ShapeActions::askHoles() {
    ask("Fill holes", {tr("Fill holes"), tr("Up to"), tr("px²"), 0, 1e6, 1e6, 0, true, [](double area) {
                           return each([area](const annot::Shape& s) {
                               return annot::isAreal(s) ? annot::holesFilled(s, area) : Result<annot::Shape>(s);
                           });
                       }});
}

void ShapeActions::askSpecks() {
    ask("Drop specks", {tr("Drop specks"), tr("Smaller than"), tr("px²"), 0, 10'000, 20, 0, true, [](double area) {
                            return each([area](const annot::Shape& s) {
                                return annot::isAreal(s) ? annot::specksDropped(s, area) : Result<annot::Shape>(s);
                            });
                        }});
}

void ShapeActions::convert(std::string_view kind) {
    const annot::Rect in = m_document.imageRect();
    run("Convert", each([kind, w = std::uint32_t(in.w), h = std::uint32_t(in.h)](const annot::Shape& s) {
            return annot::kindName(s) == kind ? Result<annot::Shape>(s) : annot::converted(s, kind, w, h);
        }));
}

void ShapeActions::setGroup(bool together) {
    m_view.settle();
    std::int64_t number = 0;
    for (const auto& a : m_document.annotations()) number = std::max(number, a.group);
    auto all = shapes();
    for (auto& a : all) a.group = together ? number + 1 : 0;
    m_document.replace(together ? "Group" : "Ungroup", all);
}

}  // namespace lathe::widgets::canvas
