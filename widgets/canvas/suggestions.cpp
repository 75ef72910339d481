#include "widgets/canvas/suggestions.h"

#include <algorithm>
#include <set>

namespace lathe::widgets::canvas {

Suggestions::Suggestions(Document& document, common::Services& services, QObject* parent)
    : QObject(parent), m_document(document), m_services(services) {
    connect(&document, &Document::opened, this, [this] {
        m_all.clear();
        m_only.reset();
        filter(-1);
        reload();
    });
    connect(&document, &Document::suggestionsChanged, this, &Suggestions::changed);
    connect(&document, &Document::stepped, this, &Suggestions::reload);  // an undone acceptance opens its suggestion again
}

void Suggestions::reload() {
    if (!m_document.isOpen()) return;
    if (m_reading) m_services.jobs->drop(m_reading);
    using Sets = std::vector<store::SuggestionSet>;
    m_reading = m_services.jobs->run<Sets>(
        tr("Read suggestions"), this,
        [source = m_document.source(), image = m_document.image().id](std::stop_token, const Progress&) -> Result<Sets> {
            source.queue->flush();
            return store::suggestions(*source.workspace, image);
        },
        [this, image = m_document.image().id](Result<Sets> sets) {
            m_reading = 0;
            if (m_document.image().id != image || m_writing > 0) return;
            if (sets) return take(std::move(*sets));
            if (sets.error().code != ErrorCode::Cancelled) Q_EMIT failed(sets.error());
        },
        true);
}

void Suggestions::take(std::vector<store::SuggestionSet> sets) {
    const std::string run = current() ? current()->run : std::string();
    const AnnotationId id = current() ? current()->shape.id : AnnotationId();
    m_all.clear();
    for (auto& set : sets)
        for (auto& shape : set.shapes) m_all.push_back({set.run, std::move(shape)});
    filter(-1);
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        if (m_shown[i].run == run && m_shown[i].shape.id == id) showCurrent(int(i));
}

void Suggestions::filter(int current) {
    m_shown.clear();
    for (const auto& one : m_all)
        if (one.shape.confidence.value_or(1) >= m_least && (!m_only || one.shape.classId == *m_only)) m_shown.push_back(one);
    std::stable_sort(m_shown.begin(), m_shown.end(),
                     [](const auto& a, const auto& b) { return a.shape.confidence.value_or(1) > b.shape.confidence.value_or(1); });
    annot::Annotations shapes;
    for (const auto& one : m_shown) shapes.push_back(one.shape);
    m_document.setSuggestions(std::move(shapes));
    m_document.setCurrentSuggestion(m_shown.empty() ? -1 : std::min(current, int(m_shown.size()) - 1));
    Q_EMIT changed();
}

void Suggestions::setConfidence(double least) {
    if (least == m_least) return;
    m_least = least;
    filter(-1);
}

void Suggestions::setClass(std::optional<ClassId> only) {
    m_only = only;
    filter(-1);
}

const Suggested* Suggestions::current() const {
    const int at = m_document.currentSuggestion();
    return at >= 0 && at < int(m_shown.size()) ? &m_shown[std::size_t(at)] : nullptr;
}

QStringList Suggestions::runs() const {
    QStringList names;
    for (const auto& one : m_all)
        if (const QString name = QString::fromStdString(one.run); !names.contains(name)) names << name;
    return names;
}

std::vector<ClassId> Suggestions::classes() const {
    std::set<ClassId> ids;
    for (const auto& one : m_all) ids.insert(one.shape.classId);
    return {ids.begin(), ids.end()};
}

void Suggestions::showCurrent(int index) {
    m_document.select({});
    m_document.setCurrentSuggestion(index);
    Q_EMIT changed();
}

void Suggestions::next(int by) {
    const int count = int(m_shown.size());
    if (count == 0) return;
    const int at = m_document.currentSuggestion();
    showCurrent(at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count);
}

void Suggestions::accept() {
    if (const int at = m_document.currentSuggestion(); at >= 0) acceptThese({std::size_t(at)});
}

void Suggestions::refuse() {
    if (const int at = m_document.currentSuggestion(); at >= 0) refuseThese({std::size_t(at)});
}

void Suggestions::acceptAll() {
    std::vector<std::size_t> which(m_shown.size());
    for (std::size_t i = 0; i < which.size(); ++i) which[i] = i;
    acceptThese(which);
}

void Suggestions::refuseAll() {
    std::vector<std::size_t> which(m_shown.size());
    for (std::size_t i = 0; i < which.size(); ++i) which[i] = i;
    refuseThese(which);
}

void Suggestions::acceptClassOfCurrent() {
    if (!current()) return;
    const ClassId id = current()->shape.classId;
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        if (m_shown[i].shape.classId == id) which.push_back(i);
    acceptThese(which);
}

// They leave the list at once; the disk follows in the order of the edits.
void Suggestions::acceptThese(const std::vector<std::size_t>& which) {
    if (which.empty()) return;
    std::vector<annot::Change> changes;
    std::vector<store::Acceptance> accepted;
    for (const std::size_t i : which) {
        const Suggested& one = m_shown[i];
        annot::Annotation shape = m_document.make(one.shape.classId, one.shape.shape);
        shape.source = one.shape.source.empty() ? "model:" + one.run : one.shape.source;
        shape.confidence = one.shape.confidence;
        shape.attributes = one.shape.attributes;
        accepted.push_back({one.run, one.shape.id, shape.id});
        changes.push_back({std::nullopt, std::move(shape), -1, -1});
    }
    m_document.commit(which.size() == 1 ? "Accept suggestion" : "Accept suggestions", std::move(changes),
                      [accepted](store::Workspace& workspace, const annot::AnnotationEdit& edit) {
                          return store::commitAccepted(workspace, edit, accepted);
                      });
    drop(which);
}

void Suggestions::drop(const std::vector<std::size_t>& which) {
    const int current = m_document.currentSuggestion();
    for (const std::size_t i : which)
        std::erase_if(m_all,
                      [&](const Suggested& one) { return one.run == m_shown[i].run && one.shape.id == m_shown[i].shape.id; });
    filter(current);
}

void Suggestions::refuseThese(const std::vector<std::size_t>& which) {
    if (which.empty()) return;
    const ImageId image = m_document.image().id;
    std::map<std::string, std::vector<AnnotationId>> byRun;
    for (const std::size_t i : which) byRun[m_shown[i].run].push_back(m_shown[i].shape.id);
    drop(which);
    ++m_writing;
    using Refusals = std::vector<std::int64_t>;
    m_services.jobs->write<Refusals>(
        tr("Refuse suggestions"), this,
        [source = m_document.source(), image, byRun, who = m_services.user.toStdString()]() -> Result<Refusals> {
            source.queue->flush();
            Refusals refusals;
            for (const auto& [run, ids] : byRun) {
                LATHE_TRY(refusals.emplace_back(), store::refuse(*source.workspace, image, run, ids, who));
            }
            return refusals;
        },
        [this, image, count = int(which.size())](Result<Refusals> done) {
            --m_writing;
            if (!done) {
                Q_EMIT failed(done.error());
                return reload();
            }
            Q_EMIT refused(count, [this, image, refusals = *done] {
                for (const std::int64_t refusal : refusals) undoRefusal(image, refusal);
            });
        });
}

void Suggestions::undoRefusal(ImageId image, std::int64_t refusal) {
    m_services.jobs->write<bool>(
        tr("Take the refusal back"), this,
        [workspace = m_document.source().workspace, image, refusal, who = m_services.user.toStdString()]() -> Result<bool> {
            LATHE_CHECK(store::unrefuse(*workspace, image, refusal, who));
            return true;
        },
        [this](Result<bool> done) {
            if (!done) Q_EMIT failed(done.error());
            reload();
        });
}

}  // namespace lathe::widgets::canvas
