#include "widgets/canvas/ghost_tool.h"

#include <QHBoxLayout>
#include <algorithm>

#include "widgets/canvas/assist_result.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using annot::assist::Effort;

namespace {

bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

}  // namespace

GhostTool::GhostTool(ToolHost& host, GhostSearch search)
    : Tool(host), m_search(std::move(search)), m_asker(*host.document().services().jobs, tr("Assist")) {
    ask(Effort::Quick);
}

int GhostTool::value() const {
    if (!m_search.number) return 0;
    const auto& n = *m_search.number;
    return std::clamp(host().memory().value(QString::fromLatin1(n.key), n.standard).toInt(), n.least, n.most);
}

void GhostTool::setValue(int value) {
    const auto& n = *m_search.number;
    value = std::clamp(value, n.least, n.most);
    if (value == this->value()) return;
    host().memory().insert(QString::fromLatin1(n.key), value);
    if (m_slider) m_slider->setValue(value);
    if (n.filters)
        say();
    else
        ask(Effort::Quick);
    host().repaintMarks();
}

void GhostTool::ask(Effort effort) {
    m_asker.ask(
        effort == Effort::Quick ? Asker<Ghosts>::Short : Asker<Ghosts>::Long,
        [find = m_search.find, value = value(), effort](std::stop_token stop) { return find(value, effort, stop); },
        [this, effort](Result<Ghosts> found) {
            const bool more = found && m_search.refines && effort == Effort::Quick && !m_asker.busy() && !m_takeSoon;
            show(std::move(found));
            if (more) ask(Effort::Full);
        });
}

// What was clicked away before a better answer stays away.
void GhostTool::show(Result<Ghosts> found) {
    if (!found && found.error().code == ErrorCode::Cancelled) return;
    if (!found) {
        m_ghosts.clear();
        host().note(common::errorText(found.error()));
        return host().repaintMarks();
    }
    const Ghosts before = std::exchange(m_ghosts, std::move(*found));
    for (const Ghost& old : before) {
        if (!old.refused) continue;
        const annot::Rect b = annot::bounds(old.shape.shape);
        for (Ghost& g : m_ghosts)
            if (annot::contains(annot::Box{annot::bounds(g.shape.shape)}, {b.x + b.w / 2, b.y + b.h / 2})) g.refused = true;
    }
    say();
    host().repaintMarks();
    if (m_takeSoon) take();
}

void GhostTool::say() {
    const int count = int(shown().size());
    if (count == 0) return host().note(tr("Nothing found. Escape goes back."));
    host().note(tr("%n shape(s) found. Enter takes them, a click leaves one out, Escape drops them.", nullptr, count));
}

bool GhostTool::isShown(const Ghost& ghost) const {
    return !m_search.number || !m_search.number->filters || ghost.score * 100 >= value();
}

std::vector<const Ghost*> GhostTool::shown() const {
    std::vector<const Ghost*> out;
    for (const Ghost& g : m_ghosts)
        if (isShown(g) && !g.refused) out.push_back(&g);
    return out;
}

void GhostTool::press(const Pointer& p) {
    Ghost* best = nullptr;
    for (Ghost& g : m_ghosts)
        if (isShown(g) && annot::contains(g.shape.shape, p.image) &&
            (!best || annot::area(g.shape.shape) < annot::area(best->shape.shape)))
            best = &g;
    if (!best) return;
    best->refused = !best->refused;
    say();
    host().repaintMarks();
}

bool GhostTool::wants(const QKeyEvent& event) const {
    return !m_finished && (isEnter(event) || event.key() == Qt::Key_Escape || event.matches(QKeySequence::Undo));
}

void GhostTool::key(const QKeyEvent& event) {
    if (isEnter(event)) return take();
    cancel();
}

void GhostTool::cancel() {
    m_asker.stop();
    m_ghosts.clear();
    m_finished = true;
    host().note({});
    host().repaintMarks();
}

void GhostTool::take() {
    if (m_ghosts.empty() && m_asker.busy()) {
        m_takeSoon = true;
        return;
    }
    Document& document = host().document();
    std::vector<annot::Change> changes;
    std::vector<AnnotationId> ids;
    for (const Ghost* g : shown()) {
        annot::Annotation a = g->shape;
        const int at = document.positionOf(a.id);
        std::optional<annot::Annotation> before;
        if (at >= 0) {
            before = document.annotations()[std::size_t(at)];
        } else {
            const annot::Annotation made = document.make(a.classId, a.shape);
            a.id = made.id;
            a.author = made.author;
        }
        ids.push_back(a.id);
        changes.push_back({std::move(before), std::move(a), at, at});
    }
    cancel();
    document.commit(m_search.label, std::move(changes));
    document.select(std::move(ids));
}

void GhostTool::paint(QPainter& painter) {
    const bool scores = m_search.number && m_search.number->filters;
    for (const Ghost& g : m_ghosts) {
        if (!isShown(g)) continue;
        const QString words = scores ? QString::number(g.score, 'f', 2) : QString();
        paintGhost(painter, g, host().colourOf(g.shape.classId), host().viewport(), words, host().ratio());
    }
}

QWidget* GhostTool::makeOptions(QWidget* parent) {
    if (!m_search.number) return nullptr;
    auto* options = new QWidget(parent);
    auto* row = new QHBoxLayout(options);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    const auto& n = *m_search.number;
    m_slider = addSlider(*row, n.name, n.least, n.most, value(), [this](int v) { setValue(v); });
    return options;
}

bool GhostTool::wheel(double notches, const Pointer&) {
    if (!m_search.number) return false;
    setValue(value() + int(std::lround(notches * 2)));
    return true;
}

bool GhostTool::can(std::string_view action) const {
    return m_search.number && (action == "larger" || action == "smaller");
}

void GhostTool::act(std::string_view action) {
    setValue(value() + (action == "larger" ? 2 : -2));
}

}  // namespace lathe::widgets::canvas
