#include "widgets/canvas/label_mode.h"

#include "core/base/time.h"
#include "widgets/canvas/film_strip.h"
#include "widgets/canvas/magnifier.h"
#include "widgets/canvas/objects_panel.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/review_states.h"
#include "widgets/canvas/rule_card.h"
#include "widgets/canvas/schema_editor.h"
#include "widgets/canvas/seeing.h"
#include "widgets/canvas/selection_panel.h"
#include "widgets/canvas/tool_strip.h"
#include "widgets/canvas/work_clock.h"

namespace lathe::widgets::canvas {

using common::Tone;

LabelMode::LabelMode(common::Services& services, QWidget* parent)
    : Mode(services, parent),
      m_do("label", "lathe::widgets::canvas::LabelMode", this),
      m_toolActions("label", "lathe::widgets::canvas::Tool", this),
      m_import(new QAction(this)),
      m_document(new Document(services, this)),
      m_set(new ImageSet(services, this)),
      m_classModel(new ClassModel(*m_document, this)),
      m_review(new ReviewStates(*m_document, services, this)),
      m_clock(new WorkClock(*m_document, this, [watch = base::Stopwatch()] { return watch.seconds(); })) {
    m_facts.setSingleShot(true);
    m_facts.setInterval(40);
    buildActions();
    buildPage();
    wire();
    wireSchema();
    wirePanels();
    nameActions();
    chooseTool(0);
    showEmpty();
    updateActions();
}

LabelMode::~LabelMode() {
    m_document->disconnect(this);
    m_set->disconnect();
}

void LabelMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    m_view->cancelTool();
    Mode::setWorkspace(workspace);
    m_document->setWorkspace(workspace);
    m_seeing->setWorkspace(workspace);
    m_set->setWorkspace(workspace);
    m_classModel->setClasses({});
    m_document->setSchema({});
    m_options->setClasses({});
    forgetSchema();
    setActiveClass(std::nullopt);
    m_query.clear();
    m_filter.clear();
    m_film->setFilter({});
    m_lastClass.reset();
    m_wanted = {};
    m_openJob = 0;
    m_stale = true;
    m_lastShapes.clear();
    m_note->hide();
    showEmpty();
    if (workspace && m_entered) loadSet();
}

void LabelMode::refresh() {
    if (!workspace()) return;
    m_document->checkForeign();
    loadSchema();
    refreshPanels();
    m_seeing->lookAtFile();
    m_stale = true;
    if (m_entered) loadSet();
}

void LabelMode::enter(const QVariantMap& args) {
    m_entered = true;
    m_clock->start();
    if (args.contains(QStringLiteral("image"))) m_wanted = ImageId(args.value(QStringLiteral("image")).toLongLong());
    if (args.contains(QStringLiteral("query"))) {
        m_query = args.value(QStringLiteral("query")).toString();
        m_filter.clear();
        m_film->setFilter({});
        m_stale = true;
    }
    if (m_wanted.valid() && workspace()) open(m_wanted);
    loadSchema();
    if (m_stale) loadSet();
    m_view->setFocus();
}

void LabelMode::leave() {
    m_entered = false;
    m_clock->stop();
    m_view->cancelTool();
}

QStringList LabelMode::place() const {
    if (!m_document->isOpen()) return {};
    QStringList parts;
    parts << (m_query.isEmpty() ? tr("All images") : m_query);
    for (const FilmFilter& filter : filmFilters())
        if (filter.term == m_filter && !m_filter.isEmpty()) parts.last() += QStringLiteral(", ") + filter.title;
    parts << QString::fromStdString(m_document->image().name).section(QLatin1Char('/'), -1);
    return parts;
}

QStringList LabelMode::factsLeft() const {
    if (!workspace()) return {};
    return {tr("%n edit(s) in the journal", nullptr, int(workspace()->revision().journal))};
}

QStringList LabelMode::factsRight() const {
    if (!m_document->isOpen()) return {};
    QStringList facts;
    if (m_pointing) {
        const int x = int(std::floor(m_pointer.x)), y = int(std::floor(m_pointer.y));
        facts << QStringLiteral("x %1, y %2").arg(x).arg(y);
        if (const QString value = valueText(*m_document, x, y); !value.isEmpty()) facts << value;
    }
    const annot::Rect r = m_document->imageRect();
    facts << QStringLiteral("%1 × %2").arg(int(r.w)).arg(int(r.h));
    return facts;
}

bool LabelMode::allSaved() const {
    return m_document->allSaved() && m_pendingStates == 0;
}

void LabelMode::pointAt(annot::Point at, bool inside) {
    m_pointer = at;
    m_pointing = inside;
    if (!m_facts.isActive()) m_facts.start();
}

// What could not be written stays on the canvas until it can be, or is given up by choice.
void LabelMode::showFailure(const Error& error) {
    const QString words = common::errorText(error);
    if (error.code == ErrorCode::InvalidData)
        return m_note->show(Tone::Err, tr("Not saved: %1").arg(words), tr("Show what is saved"), [this] {
            m_note->hide();
            m_document->dropFailed();
        });
    m_note->show(Tone::Err, tr("Not saved: %1").arg(words), tr("Try again"), [this] {
        m_note->hide();
        m_document->retryFailed();
    });
}

void LabelMode::retranslate() {
    nameActions();
    m_options->retranslate();
    m_tools->retranslate();
    m_film->retranslate();
    m_classes->retranslate();
    retranslatePanels();
    m_selection->retranslate();
    m_rule->retranslate();
    m_schemaEditor->retranslate();
    m_options->setTool(toolRegistry()[std::size_t(m_view->toolIndex())].title());
    m_options->setToolOptions(m_view->makeToolOptions(m_options));
    m_seeing->retranslate();
    m_view->setAccessibleName(tr("Canvas"));
    m_options->setZoom(m_view->zoom());
    showEmpty();
    Q_EMIT placeChanged();
    Q_EMIT factsChanged();
}

}  // namespace lathe::widgets::canvas
