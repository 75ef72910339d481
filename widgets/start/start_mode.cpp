#include "widgets/start/start_mode.h"

#include "widgets/common/icons.h"
#include "widgets/start/cards.h"
#include "widgets/start/side.h"

namespace lathe::widgets::start {
using namespace common;

namespace {

constexpr int kShelf = 5;  // workspaces in a row, the place to drop included

QLabel* heading(QWidget* parent) {
    return makeLabel({}, Type::Section, Token::T1, parent);
}

QString percent(double part, double whole) {
    return whole > 0 ? number(100 * part / whole) + QStringLiteral(" %") : QString();
}

const runs::RunRow* bestRun(const std::vector<runs::RunRow>& runs) {
    const runs::RunRow* best = nullptr;
    for (const auto& run : runs)
        if (!run.best.metric.empty() && (!best || run.best.value > best->best.value)) best = &run;
    return best;
}

}  // namespace

StartMode::StartMode(Services& services, QWidget* parent)
    : Mode(services, parent), m_do("start", staticMetaObject.className(), this) {
    buildActions();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    row->addWidget(buildPage(), 1);
    row->addWidget(buildSide());
    connect(&Theme::instance(), &Theme::changed, this, [this] { showLoop(); });
    retranslate();
}

void StartMode::buildActions() {
    const auto open = [this] { return workspace() != nullptr; };
    m_continue = m_do.add(
        {"continue", QT_TR_NOOP("Continue"), "label", "Return; Enter"},
        [this] {
            Q_EMIT goTo(QStringLiteral("label"),
                        m_facts.images ? QVariantMap{{QStringLiteral("image"), qint64(m_facts.next.id.value)}} : QVariantMap{});
        },
        [this] { return workspace() && m_facts.images > 0; });
    m_toTrain = m_do.add(
        {"train", QT_TR_NOOP("Train a model"), "train", ""},
        [this] {
            Q_EMIT goTo(QStringLiteral("train"),
                        m_facts.runs.empty()
                            ? QVariantMap{}
                            : QVariantMap{{QStringLiteral("run"), QString::fromStdString(m_facts.runs.front().id.value)}});
        },
        open);
    m_toReview = m_do.add(
        {"review", QT_TR_NOOP("Open the review"), "review", ""}, [this] { Q_EMIT goTo(QStringLiteral("review"), {}); }, open);
    m_bccd = m_do.add({"bccd", QT_TR_NOOP("Sample: bccd"), "image", ""}, [this] { ask("sample", QStringLiteral("bccd")); });
    m_digits = m_do.add({"digits", QT_TR_NOOP("Sample: digits"), "image", ""}, [this] { ask("sample", QStringLiteral("digits")); });
    m_import = m_do.add({"import", QT_TR_NOOP("Import folder"), "download", ""}, [this] { ask("do", QStringLiteral("import")); });
    m_new = m_do.add({"new", QT_TR_NOOP("New workspace"), "plus", ""}, [this] { ask("do", QStringLiteral("new")); });
    m_open = m_do.add({"open", QT_TR_NOOP("Open workspace"), "folder", ""}, [this] { ask("do", QStringLiteral("open")); });
}

void StartMode::ask(const char* key, const QString& value) {
    Q_EMIT goTo(QStringLiteral("workspace"), {{QString::fromLatin1(key), value}});
}

QWidget* StartMode::buildPage() {
    auto* area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("startArea"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* page = new QWidget;
    page->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(18, 18, 18, 18);
    column->setSpacing(0);
    m_welcome = buildWelcome(page);
    m_cards = buildCards(page);
    m_loopBox = new QWidget(page);
    auto* loop = new QVBoxLayout(m_loopBox);
    loop->setContentsMargins(0, 28, 0, 0);
    loop->setSpacing(10);
    auto* head = new QHBoxLayout;
    m_loopTitle = heading(m_loopBox);
    m_loopHint = makeLabel({}, Type::Table, Token::T3, m_loopBox);
    head->addWidget(m_loopTitle);
    head->addWidget(m_loopHint, 1);
    m_loop = new LoopView(m_loopBox);
    connect(m_loop, &LoopView::opened, this, &StartMode::openPlace);
    loop->addLayout(head);
    loop->addWidget(m_loop);
    column->addWidget(m_welcome);
    column->addWidget(m_cards);
    column->addWidget(m_loopBox);
    column->addWidget(buildWorkspaces(page));
    column->addStretch();
    area->setWidget(page);
    return area;
}

QWidget* StartMode::buildCards(QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    m_continueTitle = heading(box);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    m_continueCard = new ContinueCard(m_continue, box);
    m_runCard = new RunCard(m_toTrain, box);
    m_modelCard = new ModelCard(m_toReview, box);
    row->addWidget(m_continueCard, 5);
    row->addWidget(m_runCard, 3);
    row->addWidget(m_modelCard, 3);
    column->addWidget(m_continueTitle);
    column->addLayout(row);
    return box;
}

QWidget* StartMode::buildWelcome(QWidget* parent) {
    auto* drop = new QFrame(parent);
    drop->setProperty("role", QStringLiteral("drop"));
    drop->setMinimumHeight(280);
    auto* column = new QVBoxLayout(drop);
    column->setContentsMargins(0, 0, 0, 24);
    column->setSpacing(0);
    m_empty = new EmptyState(QStringLiteral("folder"), drop);
    m_empty->setActions(m_import, m_open);
    column->addStretch();
    column->addWidget(m_empty);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch();
    for (QAction* action : {m_bccd, m_digits, m_new}) row->addWidget(new ActionButton(action, ButtonKind::Normal, drop));
    row->addStretch();
    column->addLayout(row);
    column->addStretch();
    return drop;
}

QWidget* StartMode::buildWorkspaces(QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 28, 0, 0);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    m_workspacesTitle = heading(box);
    m_find = new QLineEdit(box);
    m_find->setFixedWidth(200);
    m_find->addAction(icon(QStringLiteral("search"), Token::T3), QLineEdit::LeadingPosition);
    m_find->setClearButtonEnabled(true);
    connect(m_find, &QLineEdit::textChanged, this, &StartMode::showWorkspaces);
    head->addWidget(m_workspacesTitle, 1);
    head->addWidget(m_find);
    column->addLayout(head);
    m_shelf = new QWidget(box);
    auto* shelf = new QGridLayout(m_shelf);
    shelf->setContentsMargins(0, 0, 0, 0);
    shelf->setSpacing(12);
    column->addWidget(m_shelf);
    return box;
}

QWidget* StartMode::buildSide() {
    m_side = new QWidget(this);
    QWidget* side = m_side;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    m_needs = new NeedsPanel(side);
    m_activity = new ActivityPanel(side);
    m_machine = new MachinePanel(services(), side);
    column->addWidget(m_needs);
    column->addWidget(m_activity);
    column->addWidget(m_machine, 1);
    connect(m_needs, &NeedsPanel::goTo, this, &Mode::goTo);
    return side;
}

void StartMode::resizeEvent(QResizeEvent* event) {
    Mode::resizeEvent(event);
    m_side->setFixedWidth(width() >= 1400 ? 400 : 320);
}

QList<QAction*> StartMode::modeActions() const {
    return {m_continue, m_toTrain, m_toReview, m_bccd, m_digits};
}

void StartMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(std::move(workspace));
    ++m_generation;
    m_facts = {};
    m_known = false;
    m_loading = false;
    showFacts();
    refresh();
}

void StartMode::enter(const QVariantMap&) {
    showWorkspaces();
    m_machine->show(workspace() ? QString::fromStdString(workspace()->layout().root.string()) : QString());
}

void StartMode::refresh() {
    showWorkspaces();
    if (!workspace()) return;
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    services().jobs->run<StartFacts>(
        tr("Look through %1").arg(QString::fromStdString(workspace()->name())), this,
        [w = workspace()](std::stop_token stop, const Progress&) { return gatherFacts(*w, stop); },
        [this, generation = m_generation](Result<StartFacts> facts) {
            if (generation != m_generation) return;  // of a workspace that is closed
            m_loading = false;
            if (facts) m_facts = std::move(*facts), m_known = true;
            showFacts();
            if (std::exchange(m_again, false)) refresh();
        },
        true);
}

void StartMode::showFacts() {
    const bool open = workspace() != nullptr, images = m_facts.images > 0;
    m_welcome->setVisible(!open || (m_known && !images));
    m_cards->setVisible(open && (!m_known || images));
    m_loopBox->setVisible(open && (!m_known || images));
    m_do.update();
    m_toTrain->setText(m_facts.runs.empty() ? tr("Train a model") : tr("Open the run"));
    m_continueCard->show(m_facts, services().user);
    m_runCard->show(m_facts);
    m_modelCard->show(m_facts);
    m_needs->show(m_facts, services().user);
    m_activity->show(m_facts);
    m_loopTitle->setText(open ? tr("The loop of %1").arg(QString::fromStdString(workspace()->name())) : tr("The loop"));
    showLoop();
    Q_EMIT factsChanged();
}

void StartMode::showLoop() {
    const StartFacts& f = m_facts;
    const auto set = [this](LoopView::Place place, const QString& name, const QString& value, const QString& detail, Token tone) {
        m_loop->station(place)->show(name, value, detail, tone);
    };
    const QString none = QStringLiteral("–");
    set(LoopView::Images, tr("Images"), number(double(f.images)), tr("%n classes", nullptr, f.classes), Token::T2);
    const bool all = f.images > 0 && f.labelled == f.images;
    set(LoopView::Labels, tr("Labels"), tr("%1 done").arg(number(double(f.labelled))),
        all ? tr("all images") : percent(double(f.labelled), double(f.images)), all ? Token::Ok : Token::AccentText);
    if (f.snapshots.empty())
        set(LoopView::Snapshot, tr("Snapshot"), none, tr("none yet"), Token::T3);
    else
        set(LoopView::Snapshot, tr("Snapshot"), QString::fromStdString(f.snapshots.front().name),
            QString::fromStdString(f.snapshots.front().digest.substr(0, 8)), Token::T2);
    const runs::RunRow* best = bestRun(f.runs);
    if (f.runs.empty())
        set(LoopView::Run, tr("Run"), none, tr("none yet"), Token::T3);
    else if (best)
        set(LoopView::Run, tr("Run"), number(best->best.value, 3), QString::fromStdString(best->name), Token::T2);
    else
        set(LoopView::Run, tr("Run"), QString::number(f.runs.size()), QString::fromStdString(f.runs.front().name), Token::T2);
    const auto finished = std::ranges::count_if(f.runs, [](const auto& run) { return run.state == runs::RunState::Finished; });
    set(LoopView::Verdict, tr("Verdict"), finished > 1 ? tr("%n runs", nullptr, int(finished)) : none,
        finished > 1 ? tr("to compare") : tr("needs two runs"), finished > 1 ? Token::T2 : Token::T3);
    const auto waiting = std::ranges::count_if(f.models, [](const auto& model) { return model.state == "submitted"; });
    const auto approved = std::ranges::count_if(f.models, [](const auto& model) { return model.state == "approved"; });
    set(LoopView::Review, tr("Review"), f.models.empty() ? none : QString::fromStdString(f.models.front().name),
        waiting    ? tr("%n wait", nullptr, int(waiting))
        : approved ? tr("%n approved", nullptr, int(approved))
                   : tr("nothing submitted"),
        waiting    ? Token::Warn
        : approved ? Token::Ok
                   : Token::T3);
    const auto live = std::ranges::count_if(f.targets, [](const auto& target) { return !target.live.empty(); });
    set(LoopView::Serving, tr("Serving"), live ? tr("live") : none,
        live ? tr("on %n targets", nullptr, int(live)) : tr("%n targets", nullptr, int(f.targets.size())),
        live ? Token::Ok : Token::T3);
}

void StartMode::openPlace(LoopView::Place place) {
    static constexpr const char* modes[] = {"browse", "label", "train", "train", "compare", "review", "serve"};
    Q_EMIT goTo(QString::fromLatin1(modes[place]), {});
}

void StartMode::showWorkspaces() {
    auto* shelf = static_cast<QGridLayout*>(m_shelf->layout());
    while (QLayoutItem* item = shelf->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QString path = workspace() ? QString::fromStdString(workspace()->layout().root.string()) : QString();
    int at = 0;
    for (const RecentWorkspace& recent : recentWorkspaces()) {
        if (!recent.name.contains(m_find->text().trimmed(), Qt::CaseInsensitive)) continue;
        auto* card = new WorkspaceCard(recent, recent.path == path, m_shelf);
        card->setEnabled(!recent.missing);
        connect(card, &QAbstractButton::clicked, this, [this, recent] { ask("open", recent.path); });
        shelf->addWidget(card, at / kShelf, at % kShelf);
        ++at;
    }
    auto* drop = new QFrame(m_shelf);
    drop->setProperty("role", QStringLiteral("drop"));
    drop->setFixedHeight(234);
    drop->setMaximumWidth(260);
    auto* column = new QVBoxLayout(drop);
    column->addStretch();
    column->addWidget(makeIconLabel(QStringLiteral("folder"), Token::T3, 28, drop), 0, Qt::AlignHCenter);
    auto* words = makeLabel(tr("Drop a folder of images here"), Type::Table, Token::T2, drop);
    auto* formats =
        makeLabel(tr("COCO, VOC, YOLO, CVAT and other formats are recognised, archives too"), Type::Table, Token::T3, drop);
    for (QLabel* label : {words, formats}) label->setAlignment(Qt::AlignCenter), label->setWordWrap(true), column->addWidget(label);
    for (QAction* action : {m_bccd, m_digits}) {
        auto* link = makeLink(action->text(), drop);
        connect(link, &QToolButton::clicked, action, &QAction::trigger);
        column->addWidget(link, 0, Qt::AlignHCenter);
    }
    column->addStretch();
    shelf->addWidget(drop, at / kShelf, at % kShelf);
    for (int i = 0; i < kShelf; ++i) shelf->setColumnStretch(i, 1);
    m_find->setVisible(at > 3 || !m_find->text().isEmpty());
    m_shelf->parentWidget()->setVisible(at > 0 || !m_find->text().isEmpty());
}

QStringList StartMode::factsLeft() const {
    if (!workspace()) return {};
    return {QString::fromStdString(workspace()->layout().root.string())};
}

void StartMode::retranslate() {
    m_do.retranslate();
    m_continueTitle->setText(tr("Continue"));
    m_loopHint->setText(tr("each station opens its mode"));
    m_workspacesTitle->setText(tr("Workspaces"));
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find a workspace"));
    m_loop->setAccessibleName(tr("The loop"));
    m_shelf->setAccessibleName(tr("Workspaces"));
    if (auto* area = findChild<QScrollArea*>(QStringLiteral("startArea"))) area->setAccessibleName(tr("Start page"));
    m_empty->setTexts(tr("Bring images in"), tr("Drop a folder or an archive here: COCO, Pascal VOC, YOLO, CVAT, class folders and "
                                                "other formats are recognised. Or take a sample set with real images."));
    showFacts();
    showWorkspaces();
    m_machine->show(workspace() ? QString::fromStdString(workspace()->layout().root.string()) : QString());
}

}  // namespace lathe::widgets::start
