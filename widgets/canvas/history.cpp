// Document's way to the disk: the queue, undo and redo, failures, changes by others.
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

bool Document::allSaved() const {
    return m_operations.empty() && !m_stepping && m_failed.empty() && m_unwritten == 0;
}

void Document::step(Step step) {
    if (!isOpen()) return;
    m_operations.emplace_back(StepOf{step, m_image.id});
    pump();
}

// In order: edits go to the queue at once; an undo waits for them on disk, and what comes after waits for the undo.
void Document::pump() {
    while (!m_stepping && !m_operations.empty()) {
        Operation next = std::move(m_operations.front());
        m_operations.pop_front();
        if (auto* edit = std::get_if<annot::AnnotationEdit>(&next)) {
            ++m_unwritten;
            m_queue->push(std::move(*edit));
        } else {
            runStep(std::get<StepOf>(next));
        }
    }
    Q_EMIT historyChanged();
}

void Document::runStep(StepOf next) {
    m_stepping = true;
    const quint64 generation = m_generation;
    m_services.jobs->run<Stepped>(
        next.step == Step::Undo ? tr("Undo") : tr("Redo"), this,
        [source = source(), image = next.image, who = m_services.user.toStdString(), step = next.step](
            std::stop_token, const Progress&) -> Result<Stepped> {
            source.queue->flush();
            Stepped out;
            auto& ws = *source.workspace;
            LATHE_TRY(out.edit, step == Step::Undo ? ws.undo(image, who) : ws.redo(image, who));
            LATHE_TRY(out.canUndo, ws.canUndo(image));
            LATHE_TRY(out.canRedo, ws.canRedo(image));
            return out;
        },
        [this, generation, image = next.image](Result<Stepped> result) {
            m_stepping = false;
            if (generation == m_generation)
                finishStep(result);
            else if (m_image.id == image)
                reload();
            pump();
        },
        true);
}

void Document::finishStep(const Result<Stepped>& result) {
    if (!result) {
        Q_EMIT failed(result.error());
        return;
    }
    m_canUndo = result->canUndo;
    m_canRedo = result->canRedo;
    if (!result->edit) return;
    if (!annot::apply(m_annotations, *result->edit)) return reload();
    applied(*result->edit);
    std::vector<AnnotationId> touched;
    for (const auto& change : result->edit->changes)
        if (change.after && touched.size() < 1000) touched.push_back(change.after->id);
    if (!touched.empty()) select(std::move(touched));
    Q_EMIT written(m_image.id);
}

void Document::committed(const annot::AnnotationEdit& edit, const Result<std::int64_t>& result) {
    m_unwritten = std::max(0, m_unwritten - 1);
    if (result) {
        m_ownSeq = std::max(m_ownSeq, *result);
        Q_EMIT written(edit.image);
    } else {
        m_failed.push_back(edit);
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
    if (m_queue) m_queue->flush();
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
