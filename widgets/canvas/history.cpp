// Document's way to the disk: the queue, undo and redo, failures, changes by others.
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {
constexpr std::size_t kInvertedAhead = 1000, kStepsKept = 500, kChangesKept = 250'000;
constexpr std::chrono::milliseconds kLongestPainting{600};
}  // namespace

bool Document::allSaved() const {
    return m_operations.empty() && !m_stepping && m_failed.empty() && m_unwritten == 0;
}

// What was done here is undone here at once; the journal follows and has the last word.
void Document::step(Step step) {
    if (!isOpen()) return;
    m_operations.emplace_back(StepOf{step, m_image.id, stepHere(step)});
    pump();
}

Document::SharedEdit Document::stepHere(Step step) {
    auto& from = step == Step::Undo ? m_undoable : m_redoable;
    auto& to = step == Step::Undo ? m_redoable : m_undoable;
    if (from.empty()) return nullptr;
    const KnownStep known = from.back();
    SharedEdit edit = known.edit;
    if (step == Step::Undo)
        edit = known.inverse ? known.inverse : std::make_shared<const annot::AnnotationEdit>(known.edit->inverse());
    if (!annot::apply(m_annotations, *edit)) {
        forgetSteps();
        return nullptr;
    }
    from.pop_back();
    to.push_back(known);
    applied(*edit, true);
    (step == Step::Undo ? m_canRedo : m_canUndo) = true;
    return edit;
}

void Document::remember(const SharedEdit& edit) {
    m_redoable.clear();
    m_undoable.push_back({edit, nullptr});
    if (edit->changes.size() >= kInvertedAhead) invertAhead(edit);
    std::size_t changes = 0, kept = 0;
    while (kept < m_undoable.size() && kept < kStepsKept && changes < kChangesKept)
        changes += m_undoable[m_undoable.size() - ++kept].edit->changes.size();
    m_undoable.erase(m_undoable.begin(), m_undoable.end() - std::ptrdiff_t(kept));
}

// Copying thousands of shapes takes a good part of what an undo may take.
void Document::invertAhead(const SharedEdit& edit) {
    m_services.jobs->run<SharedEdit>(
        tr("Undo"), this,
        [edit](std::stop_token, const Progress&) -> Result<SharedEdit> {
            return std::make_shared<const annot::AnnotationEdit>(edit->inverse());
        },
        [this, edit](const Result<SharedEdit>& inverse) {
            for (auto* steps : {&m_undoable, &m_redoable})
                for (KnownStep& known : *steps)
                    if (inverse && known.edit == edit) known.inverse = *inverse;
        },
        true);
}

void Document::forgetSteps() {
    m_undoable.clear();
    m_redoable.clear();
}

// In order: edits go to the queue at once; an undo waits for them on disk, and what comes after waits for the undo.
void Document::pump() {
    while (!m_stepping && !m_operations.empty()) {
        Operation next = std::move(m_operations.front());
        m_operations.pop_front();
        if (auto* edit = std::get_if<EditOf>(&next)) {
            push(std::move(*edit));
        } else {
            runStep(std::get<StepOf>(next));
        }
    }
    Q_EMIT historyChanged();
}

void Document::push(EditOf next) {
    ++m_unwritten;
    m_queued.push_back(next);
    if (!next.way) return m_queue->push(*next.edit);
    m_queue->push(*next.edit,
                  [edit = next.edit, way = std::move(next.way)](store::Workspace& workspace) { return way(workspace, *edit); });
}

Result<Document::Stepped> Document::takeStep(store::Workspace& workspace, ImageId image, Step step, const std::string& who) {
    Stepped out;
    LATHE_TRY(out.edit, step == Step::Undo ? workspace.undo(image, who) : workspace.redo(image, who));
    LATHE_TRY(out.canUndo, workspace.canUndo(image));
    LATHE_TRY(out.canRedo, workspace.canRedo(image));
    return out;
}

void Document::runStep(const StepOf& next) {
    m_stepping = true;
    const auto ended = std::make_shared<std::promise<void>>();
    m_stepEnded = ended->get_future().share();
    const quint64 generation = m_generation;
    // On two cores the journal's write of thousands of rows would stand in the way of painting what the user waits for.
    std::shared_future<void> painted;
    if (next.done && next.done->changes.size() >= kInvertedAhead) {
        m_painted = std::make_shared<std::promise<void>>();
        painted = m_painted->get_future().share();
    }
    m_services.jobs->run<Stepped>(
        next.step == Step::Undo ? tr("Undo") : tr("Redo"), this,
        [source = source(), image = next.image, who = m_services.user.toStdString(), step = next.step, ended, painted](
            std::stop_token, const Progress&) -> Result<Stepped> {
            if (painted.valid()) (void)painted.wait_for(kLongestPainting);
            source.queue->flush();
            Result<Stepped> out = takeStep(*source.workspace, image, step, who);
            ended->set_value();
            return out;
        },
        [this, generation, image = next.image, done = next.done](const Result<Stepped>& result) {
            m_stepping = false;
            if (generation == m_generation)
                finishStep(result, done);
            else if (m_image.id == image)
                reload();
            pump();
        },
        true);
}

void Document::pictureWhole() {
    if (const auto painted = std::exchange(m_painted, nullptr)) painted->set_value();
}

void Document::finishStep(const Result<Stepped>& result, const SharedEdit& done) {
    if (!result) {
        Q_EMIT failed(result.error());
        if (done) reload();
        return;
    }
    m_canUndo = result->canUndo;
    m_canRedo = result->canRedo;
    if (done && (!result->edit || result->edit->changes != done->changes)) return reload();
    if (!result->edit) return;
    if (done) {
        Q_EMIT stepped();
        Q_EMIT written(m_image.id);
        return;
    }
    if (!annot::apply(m_annotations, *result->edit)) return reload();
    applied(*result->edit, true);
    Q_EMIT stepped();
    Q_EMIT written(m_image.id);
}

void Document::committed(const annot::AnnotationEdit& edit, const Result<std::int64_t>& result) {
    m_unwritten = std::max(0, m_unwritten - 1);
    EditOf mine;
    if (!m_queued.empty()) {
        mine = std::move(m_queued.front());
        m_queued.pop_front();
    }
    if (!mine.edit) mine.edit = std::make_shared<const annot::AnnotationEdit>(edit);
    if (result) {
        m_ownSeq = std::max(m_ownSeq, *result);
        Q_EMIT written(edit.image);
    } else {
        m_failed.push_back(std::move(mine));
        forgetSteps();
        Q_EMIT failed(result.error());
    }
    Q_EMIT historyChanged();
}

void Document::retryFailed() {
    for (auto& edit : std::exchange(m_failed, {})) m_operations.emplace_back(std::move(edit));
    pump();
}

void Document::dropFailed() {
    m_failed.clear();
    reload();
    Q_EMIT historyChanged();
}

void Document::flush() {
    pump();
    if (m_queue) writeWaiting();
}

// Without the event loop, which would bring the end of the undo that the others wait for.
void Document::writeWaiting() {
    pictureWhole();
    if (m_stepEnded.valid()) m_stepEnded.wait();
    while (!m_operations.empty()) {
        Operation next = std::move(m_operations.front());
        m_operations.pop_front();
        if (auto* edit = std::get_if<EditOf>(&next)) {
            push(std::move(*edit));
            continue;
        }
        m_queue->flush();
        const auto& [step, image, done] = std::get<StepOf>(next);
        const auto stepped = takeStep(*m_workspace, image, step, m_services.user.toStdString());
        if (image == m_image.id) finishStep(stepped, done);
    }
    m_queue->flush();
}

void Document::reload() {
    if (!isOpen()) return;
    const ImageId id = m_image.id;
    m_services.jobs->run<OpenImage>(
        tr("Read labels"), this,
        [source = source(), id](std::stop_token stop, const Progress&) { return openImage(source, id, stop); },
        [this, id](Result<OpenImage> open) {
            if (m_image.id != id || !m_operations.empty() || m_stepping || m_unwritten > 0) return;
            if (!open) {
                Q_EMIT failed(open.error());
                return;
            }
            m_canUndo = open->canUndo;
            m_canRedo = open->canRedo;
            Q_EMIT historyChanged();
            if (open->annotations == m_annotations) return;
            leavePast();
            forgetSteps();
            setAnnotations(std::move(open->annotations));
            m_nextId = open->nextId;
            forgetVanished();
            setScene(m_scene->withShapesOf(*open->scene), Bounds::everything());
            Q_EMIT annotationsChanged();
        },
        true);
}

void Document::checkForeign() {
    if (!isOpen() || !m_workspace || !allSaved()) return;
    const std::int64_t journal = m_workspace->revision().journal;
    if (journal <= m_ownSeq) return;
    m_ownSeq = journal;
    reload();
}

}  // namespace lathe::widgets::canvas
