#include "widgets/canvas/label_mode.h"

#include "widgets/canvas/film_strip.h"
#include "widgets/canvas/objects_panel.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/selection_panel.h"
#include "widgets/canvas/tool_strip.h"

namespace lathe::widgets::canvas {

using common::Tone;

LabelMode::LabelMode(common::Services& services, QWidget* parent)
    : Mode(services, parent),
      m_document(new Document(services, this)),
      m_set(new ImageSet(services, this)),
      m_classModel(new ClassModel(*m_document, this)) {
    m_facts.setSingleShot(true);
    m_facts.setInterval(40);
    buildActions();
    buildPage();
    wire();
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
    m_set->setWorkspace(workspace);
    m_classModel->setClasses({});
    m_options->setClasses({});
    setActiveClass(std::nullopt);
    m_query.clear();
    m_wanted = {};
    m_openJob = 0;
    m_stale = true;
    m_note->hide();
    showEmpty();
    if (workspace && m_entered) loadSet();
}

void LabelMode::refresh() {
    if (!workspace()) return;
    m_document->checkForeign();
    m_stale = true;
    if (m_entered) loadSet();
}

void LabelMode::enter(const QVariantMap& args) {
    m_entered = true;
    if (args.contains(QStringLiteral("image"))) m_wanted = ImageId(args.value(QStringLiteral("image")).toLongLong());
    if (args.contains(QStringLiteral("query"))) {
        m_query = args.value(QStringLiteral("query")).toString();
        m_stale = true;
    }
    if (m_wanted.valid() && workspace()) open(m_wanted);
    if (m_stale) loadSet();
    m_view->setFocus();
}

void LabelMode::leave() {
    m_entered = false;
    m_view->cancelTool();
}

QStringList LabelMode::place() const {
    if (!m_document->isOpen()) return {};
    QStringList parts;
    parts << (m_query.isEmpty() ? tr("All images") : m_query);
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
        if (const std::uint32_t c = m_document->picture()->pixel(x, y))
            facts << QStringLiteral("R %1  G %2  B %3").arg(c >> 16 & 255).arg(c >> 8 & 255).arg(c & 255);
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
    m_objects->retranslate();
    m_selection->retranslate();
    m_options->setTool(toolRegistry()[std::size_t(m_view->toolIndex())].title());
    m_view->setAccessibleName(tr("Canvas"));
    m_options->setZoom(m_view->zoom());
    showEmpty();
    Q_EMIT placeChanged();
    Q_EMIT factsChanged();
}

}  // namespace lathe::widgets::canvas
