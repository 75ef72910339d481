// LabelMode's panels about the open image: objects, history, comments, suggestions, review; and the class by its letters.
#include "widgets/canvas/class_picker.h"
#include "widgets/canvas/comments_panel.h"
#include "widgets/canvas/film_strip.h"
#include "widgets/canvas/history_panel.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/objects_panel.h"
#include "widgets/canvas/prelabel.h"
#include "widgets/canvas/review_states.h"
#include "widgets/canvas/side_tabs.h"
#include "widgets/canvas/suggestion_bar.h"
#include "widgets/canvas/work_clock.h"

namespace lathe::widgets::canvas {

using common::Tone;

void LabelMode::buildPickActions() {
    const auto some = [this] { return m_classModel->rowCount() > 0; };
    m_do.add(
        {"pick-class", QT_TR_NOOP("Choose the class by its first letters"), "tag", "/; Ctrl+E"}, [this] { pickClass(); }, some);
    m_do.add(
        {"last-class", QT_TR_NOOP("The class before this one"), "", "Ctrl+T"},
        [this] {
            if (m_lastClass) giveClass(*m_lastClass);
        },
        [this] { return m_classModel->rowCount() > 1; });
    m_do.add(
        {"prelabel", QT_TR_NOOP("Pre-label the set with a run"), "wand", "Ctrl+Shift+P"},
        [this] { m_prelabel->openFor(QPoint(width() / 2, 48), workspace(), m_set->ids()); },
        [this] { return workspace() && m_set->rowCount() > 0; });
}

void LabelMode::pickClass() {
    m_view->settle();
    m_picker->openAt(m_view->mapTo(this, m_view->rect().center()), m_activeClass);
}

QWidget* LabelMode::buildImagePanels(QWidget* side) {
    m_objects = new ObjectsPanel(*m_document, *m_view, this, side);
    m_history = new HistoryPanel(*m_document, *m_view, services(), this, side);
    m_comments = new CommentsPanel(*m_document, *m_view, services(), this, side);
    m_side = new SideTabs(m_objects, m_history, m_comments, side);
    return m_side;
}

QWidget* LabelMode::buildSuggestionBar(QWidget* centre) {
    m_suggestions = new Suggestions(*m_document, services(), this);
    m_suggestionBar = new SuggestionBar(*m_suggestions, *m_document, *m_view, this, centre);
    return m_suggestionBar;
}

void LabelMode::wirePanels() {
    m_picker = new ClassPicker(this);
    connect(m_picker, &ClassPicker::chosen, this, [this](ClassId id) {
        giveClass(id);
        m_view->setFocus();
    });
    m_prelabel = new PrelabelPopup(services(), this);
    connect(m_prelabel, &PrelabelPopup::failed, this,
            [this](const Error& error) { m_note->show(Tone::Err, common::errorText(error)); });
    connect(m_prelabel, &PrelabelPopup::done, this, &LabelMode::showPrelabelled);
    connect(m_view, &View::commentAsked, m_comments, &CommentsPanel::commentAt);
    connect(m_suggestions, &Suggestions::failed, this,
            [this](const Error& error) { m_note->show(Tone::Err, common::errorText(error)); });
    connect(m_suggestions, &Suggestions::refused, this, [this](int count, std::function<void()> undo) {
        if (count > 1) Q_EMIT toast(tr("%n suggestion(s) refused", nullptr, count), tr("Undo"), std::move(undo));
    });
    connect(m_film, &FilmStrip::filterChosen, this, &LabelMode::narrow);
    wireReview();
}

void LabelMode::wireReview() {
    connect(m_review, &ReviewStates::wanted, this, [this](const QString& state, const QString& reason) {
        if (state == QLatin1String("in_progress")) return setState(m_document->image().id, "in_progress");
        finish(state.toStdString(), reason.toStdString());
    });
    connect(m_review, &ReviewStates::changed, this, [this] {
        if (m_document->isOpen() && !m_review->reason().isEmpty())
            m_note->show(Tone::Warn, tr("Rejected: %1").arg(m_review->reason()), tr("Work on it"), [this] {
                m_note->hide();
                m_review->action("reopen")->trigger();
            });
        Q_EMIT actionsChanged();
    });
    connect(m_clock, &WorkClock::spent, this, [this](const store::TimeSpent& time) {
        if (!workspace()) return;
        services().jobs->write<bool>(tr("Keep the time"), this,
                                     [workspace = workspace(), time]() -> Result<bool> {
                                         LATHE_CHECK(store::addTime(*workspace, time));
                                         return true;
                                     },
                                     {});
    });
}

void LabelMode::showPrelabelled(const PrelabelReport& report, const QString& run) {
    m_suggestions->reload();
    const int bad = int(report.problems.size());
    QString text = tr("%1 suggests %n label(s).", nullptr, int(report.suggestions)).arg(run);
    if (bad)
        text +=
            u' ' +
            tr("%n image(s) could not be predicted: %1", nullptr, bad).arg(QString::fromStdString(report.problems.front().message));
    m_note->show(bad ? Tone::Warn : Tone::Info, text, tr("Show them"), [this] {
        m_note->hide();
        narrow(QStringLiteral("suggestions:yes"));
    });
}

void LabelMode::narrow(const QString& term) {
    m_filter = term;
    m_film->setFilter(term);
    loadSet();
}

std::string LabelMode::setQuery() const {
    if (m_query.isEmpty() || m_filter.isEmpty()) return (m_query + m_filter).toStdString();
    return QStringLiteral("(%1) %2").arg(m_query, m_filter).toStdString();
}

void LabelMode::refreshPanels() {
    m_comments->comments().reload();
    m_review->reload();
    m_suggestions->reload();
}

QList<QAction*> LabelMode::panelActions() const {
    return m_objects->actions() + m_history->actions() + m_comments->actions() + m_review->actions() + m_suggestionBar->actions();
}

// A reviewer before a finished image judges it; everybody else works on it.
QList<QAction*> LabelMode::barActions() const {
    QList<QAction*> actions{m_do["undo"], m_do["redo"]};
    if (m_review->reviewing()) return actions << m_review->action("reject") << m_review->action("accept");
    actions << m_do["skip"];
    if (m_review->mayReview()) actions << m_review->action("reject");
    return actions << m_do["done"];
}

void LabelMode::retranslatePanels() {
    m_side->retranslate();
    m_review->retranslate();
    m_suggestionBar->retranslate();
}

}  // namespace lathe::widgets::canvas
