// LabelMode's page: how its parts are laid out and wired.
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include "widgets/canvas/film_strip.h"
#include "widgets/canvas/label_mode.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/seeing.h"
#include "widgets/canvas/selection_panel.h"
#include "widgets/canvas/shape_actions.h"
#include "widgets/canvas/suggestion_bar.h"
#include "widgets/canvas/tool_actions.h"
#include "widgets/canvas/tool_strip.h"
#include "widgets/common/keep_named.h"

namespace lathe::widgets::canvas {

namespace {
constexpr int kSidePanel = 304;
}

void LabelMode::buildPage() {
    m_view = new View(*m_document, this);
    m_view->setAccessibleName(tr("Canvas"));
    addToolActions(m_do, *m_view, *m_document);
    m_shapeActions = new ShapeActions(*m_document, *m_view, this);
    auto* main = new QWidget(this);
    auto* row = new QHBoxLayout(main);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    m_tools = new ToolStrip(m_toolActions.all(), main);
    auto* splitter = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Label"); }, main);
    splitter->addWidget(buildCentre());
    splitter->addWidget(buildSide());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({1100, kSidePanel});
    row->addWidget(m_tools);
    row->addWidget(splitter, 1);
    m_empty = new common::EmptyState(QStringLiteral("image"), this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(main);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_pages);
}

QWidget* LabelMode::buildCentre() {
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    m_options = new OptionsBar(m_do["fit"], m_do["actual"], centre);
    m_note = new common::Note(centre);
    m_note->hide();
    m_seeing = new Seeing({*m_document, *m_view, m_do, services(), *m_note}, this);
    m_seeing->addTo(*m_options);
    m_film = new FilmStrip(*m_set, m_do["previous"], m_do["next"], centre);
    column->addWidget(m_options);
    column->addWidget(buildSuggestionBar(centre));
    column->addWidget(m_note);
    column->addWidget(m_view, 1);
    column->addWidget(m_film);
    return centre;
}

QWidget* LabelMode::buildSide() {
    auto* side = new QWidget(this);
    side->setMinimumWidth(240);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    m_classes = new ClassesPanel(*m_classModel, side);
    m_selection = new SelectionPanel(*m_document, *m_view, services(), {m_do["duplicate"], m_do["lock"], m_do["delete"]}, side);
    column->addWidget(m_classes);
    column->addWidget(buildImagePanels(side), 1);
    column->addWidget(m_selection);
    return side;
}

void LabelMode::wire() {
    connect(&m_facts, &QTimer::timeout, this, &Mode::factsChanged);
    connect(m_import, &QAction::triggered, this, [this] {
        const QString what = workspace() ? QStringLiteral("import") : QStringLiteral("open");
        Q_EMIT goTo(QStringLiteral("workspace"), {{QStringLiteral("do"), what}});
    });
    connect(m_document, &Document::historyChanged, this, [this] {
        updateActions();
        Q_EMIT factsChanged();
    });
    connect(m_document, &Document::selectionChanged, this, &LabelMode::updateActions);
    connect(m_document, &Document::opened, this, &LabelMode::showCarried);
    connect(m_seeing, &Seeing::wantsPicture, this, &LabelMode::openAgain);
    connect(m_document, &Document::failed, this, &LabelMode::showFailure);
    connect(m_document, &Document::written, this, [this](ImageId id) {
        if (id == m_document->image().id) markStarted();
    });
    connect(m_view, &View::zoomChanged, this, [this] { m_options->setZoom(m_view->zoom()); });
    connect(m_view, &View::pointerMoved, this, &LabelMode::pointAt);
    connect(m_view, &View::spaceTapped, m_do["done"], &QAction::trigger);
    connect(m_view, &View::wantsClassMenu, this, &LabelMode::classMenu);
    connect(m_view, &View::classMissing, this, [this] {
        m_note->show(common::Tone::Info, tr("There is no class to draw with."), tr("Add class"), [this] {
            m_note->hide();
            m_classes->askForName();
        });
    });
    connect(m_view, &View::toolOptionsChanged, this, [this] { m_options->setToolOptions(m_view->makeToolOptions(m_options)); });
    m_options->setToolOptions(m_view->makeToolOptions(m_options));
    connect(m_view, &View::toolStateChanged, this, &LabelMode::updateActions);
    const auto note = [this](const QString& text) {
        if (text.isEmpty())
            m_note->hide();
        else
            m_note->show(common::Tone::Info, text);
    };
    connect(m_view, &View::toolNote, this, note);
    connect(m_shapeActions, &ShapeActions::refused, this, note);
    connect(m_options, &OptionsBar::classChosen, this, &LabelMode::giveClass);
    connect(m_options, &OptionsBar::keepInsideChanged, m_view, &View::setKeepInside);
    connect(m_options, &OptionsBar::overlayChanged, this, [this](double o) { m_document->setOpacity(float(o)); });
    connect(m_film, &FilmStrip::chosen, this, &LabelMode::open);
    connect(m_classes, &ClassesPanel::chosen, this, &LabelMode::giveClass);
    connect(m_classes, &ClassesPanel::added, this, &LabelMode::addClass);
    connect(m_classModel, &ClassModel::imageLabelToggled, this, &LabelMode::toggleImageLabel);
}

}  // namespace lathe::widgets::canvas
