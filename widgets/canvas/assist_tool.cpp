#include "widgets/canvas/assist_tool.h"

#include <algorithm>

#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kTolerance = 0.75;  // image pixels between a mask's border and the polygon it becomes

bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

bool isBack(const QKeyEvent& event) {
    return event.key() == Qt::Key_Backspace || event.matches(QKeySequence::Undo);
}

}  // namespace

AssistTool::AssistTool(ToolHost& host) : Tool(host), m_asker(*host.document().services().jobs, tr("Assist")) {}

bool AssistTool::wants(const QKeyEvent& event) const {
    if (event.key() == Qt::Key_Escape) return busy() || !host().document().selection().empty();
    return busy() && (isEnter(event) || isBack(event));
}

void AssistTool::key(const QKeyEvent& event) {
    if (isEnter(event)) return take();
    if (isBack(event)) return back();
    if (busy()) return cancel();
    host().document().select({});
}

void AssistTool::cancel() {
    dropGhost();
    forget();
    host().note({});
    host().repaintMarks();
}

void AssistTool::dropGhost() {
    m_asker.stop();
    m_ghost.reset();
    m_mask.reset();
    m_outline = {};
    m_takeSoon = false;
}

bool AssistTool::begin() {
    if (!pixels()) {
        host().note(tr("There is no picture to look at."));
        return false;
    }
    const auto classId = host().classForNew();
    if (!classId) return false;
    m_class = *classId;
    host().document().select({});
    return true;
}

const std::shared_ptr<const cv::Mat>& AssistTool::pixels() const {
    static const std::shared_ptr<const cv::Mat> none;
    const auto& picture = host().document().picture();
    return picture ? picture->pixels() : none;
}

annot::Point AssistTool::inside(annot::Point p) const {
    const annot::Rect in = host().document().imageRect();
    return {std::clamp(p.x, in.x, in.x + in.w), std::clamp(p.y, in.y, in.y + in.h)};
}

void AssistTool::ask(const Work& work, Rounds rounds) {
    m_takeSoon = false;
    askFor(work, Effort::Quick, rounds);
    host().repaintMarks();
}

void AssistTool::askFor(const Work& work, Effort effort, Rounds rounds) {
    const auto length = effort == Effort::Quick ? Asker<Answer>::Short : Asker<Answer>::Long;
    m_asker.ask(
        length,
        [work, effort, picture = pixels()](std::stop_token stop) -> Result<Answer> {
            if (!picture) return fail(ErrorCode::NotFound, "there is no picture to look at");
            LATHE_TRY(annot::Mask mask, work(*picture, effort, stop));
            annot::Polygon outline = outlined(mask, kTolerance);
            annot::Annotation shape;
            shape.shape = outline;
            return Answer{std::move(mask), std::move(outline), ghostOf(std::move(shape))};
        },
        [this, work, effort, rounds](Result<Answer> answer) {
            const bool good = answer.has_value();
            show(std::move(answer));
            const bool idle = !m_asker.busy();
            if (good && idle) answered();
            if (good && idle && m_ghost && effort == Effort::Quick && rounds == FirstThenBest) askFor(work, Effort::Full, rounds);
        });
}

void AssistTool::show(Result<Answer> answer) {
    if (!answer) {
        if (answer.error().code == ErrorCode::Cancelled) return;
        m_takeSoon = false;
        host().note(common::errorText(answer.error()));
        return host().repaintMarks();
    }
    m_mask = std::move(answer->mask);
    m_outline = std::move(answer->outline);
    m_ghost = std::move(answer->ghost);
    host().note({});
    host().repaintMarks();
    if (m_takeSoon && !m_asker.busy()) take();
}

// A hint that isn't answered yet belongs to what is taken.
void AssistTool::take() {
    if (!m_ghost || asking()) {
        m_takeSoon = m_asker.busy();
        return;
    }
    const auto kind = resultKind(host().memory(), host().document().schemaOf(m_class));
    annot::Shape shape = shapedAs(kind, *m_mask, m_outline);
    const bool empty = annot::maskArea(*m_mask) == 0;
    cancel();
    if (!empty) draw(std::move(shape));
}

void AssistTool::takePolygon(annot::Polygon polygon) {
    const auto kind = resultKind(host().memory(), host().document().schemaOf(m_class));
    const annot::Rect in = host().document().imageRect();
    annot::Mask mask;
    if (kind == ResultKind::Mask) mask = annot::maskOf(polygon, std::uint32_t(in.w), std::uint32_t(in.h));
    cancel();
    draw(shapedAs(kind, mask, polygon));
}

void AssistTool::draw(annot::Shape shape) {
    annot::Annotation drawn;
    drawn.classId = m_class;
    drawn.shape = std::move(shape);
    host().carry({std::move(drawn)});
    host().document().select(host().drop(editLabel()));
}

void AssistTool::classChanged(ClassId id) {
    if (!busy()) return;
    m_class = id;
    host().repaintMarks();
}

void AssistTool::paint(QPainter& painter) {
    if (!m_ghost) return;
    QStringList said;
    if (const QString own = words(); !own.isEmpty()) said << own;
    said << (refining() ? tr("refining") : tr("Enter takes it"));
    paintGhost(painter, *m_ghost, colour(), host().viewport(), said.join(QStringLiteral("  ·  ")), host().ratio());
}

QWidget* AssistTool::makeOptions(QWidget* parent) {
    auto* options = new QWidget(parent);
    auto* row = new QHBoxLayout(options);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    addOptions(*row);
    if (hasResultChoice()) addResultChoice(*row, host().memory());
    return options;
}

}  // namespace lathe::widgets::canvas
