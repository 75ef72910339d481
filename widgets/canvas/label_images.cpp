// LabelMode's images: the set, the open one, its neighbours, states.
#include "core/store/labelling.h"
#include "widgets/canvas/class_picker.h"
#include "widgets/canvas/film_strip.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/review_states.h"

namespace lathe::widgets::canvas {

using common::Tone;

void LabelMode::loadSet() {
    if (!workspace()) return;
    m_stale = false;
    if (m_setJob) services().jobs->drop(m_setJob);
    m_setJob = services().jobs->run<LoadedSet>(
        tr("Read the set"), this,
        [workspace = workspace(), query = setQuery()](std::stop_token stop, const Progress&) {
            return canvas::loadSet(*workspace, query, stop);
        },
        [this, of = workspace()](Result<LoadedSet> set) {
            if (of != workspace()) return;
            if (set) return showSet(std::move(*set));
            if (set.error().code == ErrorCode::Cancelled) return;
            m_note->show(Tone::Err, common::errorText(set.error()), tr("Try again"), [this] {
                m_note->hide();
                loadSet();
            });
        },
        true);
}

void LabelMode::showSet(LoadedSet set) {
    auto differs = [](const store::ClassRow& a, const store::ClassRow& b) {
        return a.id != b.id || a.name != b.name || a.colour != b.colour || a.key != b.key;
    };
    const auto& known = m_classModel->classes();
    const bool changed =
        known.size() != set.classes.size() ||
        !std::equal(known.begin(), known.end(), set.classes.begin(), [&](const auto& a, const auto& b) { return !differs(a, b); });
    if (changed) {
        m_classModel->setClasses(set.classes);
        m_options->setClasses(set.classes);
        m_view->setClasses(set.classes);
        m_picker->setClasses(set.classes);
        m_document->setClasses(set.classes);
        if (!m_activeClass && !set.classes.empty()) m_activeClass = set.classes.front().id;
        setActiveClass(m_activeClass);
        nameActions();
        updateActions();
    }
    m_classModel->setCheckable(set.imageLabels);
    m_classModel->setCounts(std::move(set.objectsByClass));
    m_set->setLoaded(set);
    m_film->showProgress();
    if (!m_document->isOpen() && !m_openJob && m_set->rowCount() > 0) {
        const int wanted = m_set->rowOf(m_wanted), first = m_set->nextUnfinished(-1);
        openRow(wanted >= 0 ? wanted : std::max(first, 0));
    }
    if (m_document->isOpen()) m_film->showCurrent(m_set->rowOf(m_document->image().id));
    showEmpty();
    Q_EMIT factsChanged();
}

void LabelMode::open(ImageId id) {
    if (!workspace() || !id.valid()) return;
    m_view->cancelTool();
    m_wanted = id;
    m_film->showCurrent(m_set->rowOf(id));
    if (m_document->isOpen() && m_document->image().id == id) return;  // changes by others come through refresh()
    openAgain();
}

void LabelMode::openAgain() {
    const ImageId id = m_wanted;
    if (m_openJob) services().jobs->drop(m_openJob);
    m_openJob = services().jobs->run<OpenImage>(
        tr("Open image"), this,
        [source = m_document->source(), id](std::stop_token stop, const Progress&) { return openImage(source, id, stop); },
        [this, id, of = workspace()](Result<OpenImage> open) {
            const bool replaced = !open && open.error().code == ErrorCode::Cancelled;  // by the same image, asked for again
            if (of != workspace() || id != m_wanted || replaced) return;
            m_openJob = 0;
            if (open) return showOpened(std::move(*open));
            m_note->show(Tone::Err, common::errorText(open.error()), tr("Next image"), [this] {
                m_note->hide();
                step(1);
            });
        },
        true);
}

void LabelMode::showOpened(OpenImage open) {
    m_note->hide();
    const auto problem = open.pictureError;
    if (m_document->isOpen() && m_document->image().id != open.row.id) m_lastShapes = m_document->annotations();
    m_document->show(std::move(open));
    m_document->setClasses(m_classModel->classes());
    if (problem)
        m_note->show(Tone::Warn, tr("The picture can't be shown: %1").arg(common::errorText(*problem)), tr("Next image"), [this] {
            m_note->hide();
            step(1);
        });
    m_onImage.start();
    m_pages->setCurrentIndex(1);
    if (hasFocus()) m_view->setFocus();  // it could not take it while the page was hidden
    m_film->showCurrent(m_set->rowOf(m_document->image().id));
    updateActions();
    prefetchAround();
    Q_EMIT placeChanged();
    Q_EMIT factsChanged();
}

void LabelMode::openRow(int row) {
    if (const ImageId id = m_set->idAt(row); id.valid()) open(id);
}

void LabelMode::step(int by) {
    const int row = m_set->rowOf(m_wanted.valid() ? m_wanted : m_document->image().id);
    if (m_set->rowCount() > 0) openRow(std::clamp(row + by, 0, m_set->rowCount() - 1));
}

void LabelMode::prefetchAround() {
    const int row = m_set->rowOf(m_document->image().id);
    for (const int by : {1, -1})
        if (const ImageId id = m_set->idAt(row + by); row >= 0 && id.valid())
            services().jobs->run<bool>(
                tr("Read ahead"), this,
                [source = m_document->source(), id](std::stop_token, const Progress&) -> Result<bool> {
                    prefetch(source, id);
                    return true;
                },
                {}, true);
}

void LabelMode::finish(const std::string& state, const std::string& reason) {
    if (!m_document->isOpen()) return;
    m_view->cancelTool();
    const ImageId id = m_document->image().id;
    ++m_finishedNow;
    m_secondsNow += double(m_onImage.elapsed()) / 1000;
    m_film->setPace(m_secondsNow / m_finishedNow);
    setState(id, state, reason);
    goOn(m_set->rowOf(id), state == "accepted" || state == "rejected");
}

// After a judgement to the next image that waits for one, else to the next that is unfinished.
void LabelMode::goOn(int row, bool judged) {
    const int waiting = judged ? m_set->nextWaiting(row) : -1;
    const int next = waiting >= 0 ? waiting : m_set->nextUnfinished(row);
    if (next >= 0) return openRow(next);
    if (row + 1 < m_set->rowCount()) return step(1);
    m_note->show(Tone::Ok, tr("All %n image(s) of this set are done.", nullptr, m_set->rowCount()), tr("Show in Browse"), [this] {
        m_note->hide();
        Q_EMIT goTo(QStringLiteral("browse"), {});
    });
}

void LabelMode::setState(ImageId id, const std::string& state, const std::string& reason) {
    m_set->setState(id, state);
    if (id == m_document->image().id) m_review->setState(QString::fromStdString(state));
    m_film->showProgress();
    ++m_pendingStates;
    services().jobs->write<bool>(
        tr("Set state"), this,
        [workspace = workspace(), id, state, reason, who = services().user.toStdString()]() -> Result<bool> {
            const ImageId ids[] = {id};
            LATHE_CHECK(store::setState(*workspace, ids, state, who, reason));
            return true;
        },
        [this, id, state, reason](Result<bool> done) {
            --m_pendingStates;
            if (!done)
                m_note->show(Tone::Err, common::errorText(done.error()), tr("Try again"), [this, id, state, reason] {
                    m_note->hide();
                    setState(id, state, reason);
                });
            Q_EMIT factsChanged();
        });
}

// The first edit of a new image takes it in hand.
void LabelMode::markStarted() {
    const ImageId id = m_document->image().id;
    if (m_set->stateOf(id) == QLatin1String("new")) setState(id, "in_progress");
}

void LabelMode::addClass(const QString& name) {
    services().jobs->write<ClassId>(
        tr("Add class"), this, [workspace = workspace(), name = name.toStdString()] { return workspace->addClass(name); },
        [this](Result<ClassId> id) {
            if (!id) {
                m_note->show(Tone::Err, common::errorText(id.error()));
                return;
            }
            m_activeClass = *id;
            m_note->hide();
            loadSet();
            m_view->setFocus();
        });
}

void LabelMode::showEmpty() {
    const bool none = !workspace(), empty = !none && m_set->rowCount() == 0;
    m_import->setText(none ? tr("Open a workspace") : tr("Import images"));
    if (none)
        m_empty->setTexts(tr("No workspace is open"), tr("Open or make one to label its images."));
    else if (!m_query.isEmpty())
        m_empty->setTexts(tr("No image matches"), tr("Nothing matches “%1”.").arg(m_query));
    else
        m_empty->setTexts(tr("No images yet"), tr("Drop a folder on the window, or import one."));
    m_empty->setActions(m_import);
    if (isSchemaShown()) return;
    if (none || (empty && !m_document->isOpen()))
        m_pages->setCurrentIndex(0);
    else if (m_document->isOpen())
        m_pages->setCurrentIndex(1);
}

}  // namespace lathe::widgets::canvas
