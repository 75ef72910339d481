// CompareMode: what stands where.
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/common/keep_named.h"
#include "widgets/compare/cases_panel.h"
#include "widgets/compare/compare_mode.h"
#include "widgets/compare/figures_page.h"
#include "widgets/compare/settings_diff.h"
#include "widgets/compare/verdict_panel.h"

namespace lathe::widgets::compare {
namespace {

QTableView* makeTable(QWidget* parent) {
    auto* view = new QTableView(parent);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(common::Theme::instance().tableRowHeight());
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->setShowGrid(false);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setMouseTracking(true);
    return view;
}

}  // namespace

void CompareMode::buildActions() {
    const auto pair = [this] { return m_a.valid() && m_b.valid() && m_a != m_b; };
    m_makeA = m_do.add(
        {"baseline", QT_TR_NOOP("Make it A, the baseline"), "flag", "A"}, [this] { makeCurrentA(); },
        [this] { return m_table->rowCount() > 1; });
    m_swap = m_do.add(
        {"swap", QT_TR_NOOP("Swap A and B"), "updown", "X"}, [this] { setPair(m_b, m_a); }, pair);
    m_openAct = m_do.add(
        {"open", QT_TR_NOOP("Open in Label"), "label", "Ctrl+L"}, [this] { openSelected(); },
        [this] { return !selectedCases().empty(); });
    m_browse = m_do.add(
        {"browse", QT_TR_NOOP("Show in Browse"), "browse", "Q"}, [this] { showInBrowse(); },
        [this] {
            if (!m_chosenCases.empty()) return true;
            return m_report && (!m_report->fixed.empty() || !m_report->broken.empty());
        });
    m_export = m_do.add(
        {"export", QT_TR_NOOP("Export report"), "doc", "Ctrl+E"}, [this] { exportReport(); },
        [this] { return m_report.has_value(); });
    m_submit = m_do.add(
        {"submit", QT_TR_NOOP("Submit B for review"), "review", "Ctrl+Return"}, [this] { submit(); },
        [this] {
            const auto* b = m_table->run(m_b);
            return b && b->row.state == runs::RunState::Finished;
        });
    m_train = m_do.add({"train", QT_TR_NOOP("Train a run"), "train", ""}, [this] { Q_EMIT goTo(QStringLiteral("train"), {}); });
}

void CompareMode::buildPage() {
    m_thumbnails = new common::Thumbnails(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_note = new common::Note(this);
    m_note->hide();
    m_empty = new common::EmptyState(QStringLiteral("compare"), this);
    auto* rows = common::namedSplitter(
        Qt::Vertical, [] { return tr("Compare"); }, this);
    rows->addWidget(buildTop());
    rows->addWidget(buildMiddle());
    rows->addWidget(buildBottom());
    rows->setSizes({270, 350, 270});
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(rows);
    column->addWidget(m_note);
    column->addWidget(m_stack, 1);
}

QWidget* CompareMode::buildTop() {
    auto* top = common::namedSplitter(Qt::Horizontal, [] { return tr("Runs and verdict"); });
    m_tablePanel = new common::Panel(QStringLiteral(" "), top);
    m_columnsButton = m_tablePanel->addHeaderButton(QStringLiteral("table"), QStringLiteral(" "));
    m_columns = new QMenu(this);
    m_columnsButton->setMenu(m_columns);
    m_columnsButton->setPopupMode(QToolButton::InstantPopup);
    m_columnsButton->setStyleSheet(QStringLiteral("QToolButton::menu-indicator{image:none}"));
    m_table = new RunsTable(this);
    m_view = makeTable(m_tablePanel);
    m_view->setModel(m_table);
    m_view->setItemDelegate(new TableDelegate(m_view));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
    m_view->setSortingEnabled(true);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->addActions({m_makeA, m_swap});
    m_tablePanel->body()->addWidget(m_view, 1);
    m_verdict = new VerdictPanel(top);
    m_verdict->setMinimumWidth(380);
    top->setSizes({850, 500});
    return top;
}

QWidget* CompareMode::buildMiddle() {
    m_figures = new FiguresPage(*services().jobs, buildLearning());
    return m_figures;
}

QWidget* CompareMode::buildLearning() {
    auto* middle = common::namedSplitter(Qt::Horizontal, [] { return tr("Curves and settings"); });
    m_accuracy = new charts::CurveChart(QString(), middle);
    m_loss = new charts::CurveChart(QString(), middle);
    for (auto* chart : {m_accuracy, m_loss}) chart->linkCursor(&m_cursor);
    m_loss->setLogY(true);
    m_confusionPanel = new common::Panel(QStringLiteral(" "), middle);
    m_confusion = new charts::ConfusionMatrix(QString(), m_confusionPanel);
    m_confusionPanel->body()->addWidget(m_confusion, 1);
    m_diffPanel = new common::Panel(QStringLiteral(" "), middle);
    m_diff = new SettingsDiff(this);
    m_diffView = makeTable(m_diffPanel);
    m_diffView->setModel(m_diff);
    m_diffView->horizontalHeader()->setStretchLastSection(true);
    m_diffView->setItemDelegate(new common::RowDelegate(m_diffView));
    m_diffEmpty = common::makeLabel({}, common::Type::Table, common::Token::T3, m_diffPanel);
    m_diffEmpty->setContentsMargins(12, 4, 12, 4);
    m_diffEmpty->setWordWrap(true);
    m_diffPanel->body()->addWidget(m_diffEmpty);
    m_diffPanel->body()->addWidget(m_diffView, 1);
    middle->setSizes({400, 330, 300, 330});
    return middle;
}

QWidget* CompareMode::buildBottom() {
    auto* bottom = common::namedSplitter(Qt::Horizontal, [] { return tr("Fixed and broken"); });
    m_fixed = new CasesPanel(CasesPanel::Kind::Fixed, m_thumbnails, bottom);
    m_broken = new CasesPanel(CasesPanel::Kind::Broken, m_thumbnails, bottom);
    bottom->setSizes({1000, 1000});
    m_chosen = new CasesPanel(CasesPanel::Kind::Chosen, m_thumbnails);
    m_bottom = new QStackedWidget;
    m_bottom->addWidget(bottom);
    m_bottom->addWidget(m_chosen);
    return m_bottom;
}

void CompareMode::buildColumns() {
    m_columns->clear();
    for (const auto& [column, shown] : m_table->choices()) {
        auto* action = m_columns->addAction(m_table->columnText(column));
        action->setCheckable(true);
        action->setChecked(shown);
        connect(action, &QAction::toggled, this, [this, column = column](bool on) {
            m_table->setShown(column, on);
            fitColumns();
        });
    }
}

void CompareMode::fitColumns() {
    const auto& columns = m_table->columns();
    for (int i = 0; i < int(columns.size()); ++i) {
        using Column = RunsTable::Column;
        const auto kind = columns[std::size_t(i)].kind;
        const int header = m_view->horizontalHeader()->sectionSizeHint(i);
        const int wanted = kind == Column::Run       ? 196
                           : kind == Column::Curve   ? 84
                           : kind == Column::Verdict ? 150
                           : kind == Column::State   ? 110
                                                     : std::max(header, 72);
        m_view->setColumnWidth(i, wanted);
    }
    m_view->horizontalHeader()->setStretchLastSection(true);
}

void CompareMode::wire() {
    connect(m_columns, &QMenu::aboutToShow, this, &CompareMode::buildColumns);
    connect(m_table, &RunsTable::tickedChanged, this, [this] {
        showCurves();
        showDiff();
        showFigures();
        updateActions();
    });
    connect(m_figures, &FiguresPage::chosen, this, &CompareMode::showChosen);
    connect(m_figures, &FiguresPage::tabChanged, this, &CompareMode::forgetChosen);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!now.isValid()) return;
        const RunId run = m_table->at(now.row()).row.id;
        if (run != m_a && run != m_b) setPair(m_a, run);
    });
    for (auto* panel : {m_fixed, m_broken, m_chosen}) {
        connect(panel, &CasesPanel::openRequested, this, &CompareMode::openInLabel);
        connect(panel->list()->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CompareMode::updateActions);
        panel->list()->setContextMenuPolicy(Qt::ActionsContextMenu);
        panel->list()->addActions({m_openAct, m_browse});
    }
    connect(m_confusion, &charts::ConfusionMatrix::cellActivated, this, [this](int truth, int predicted) {
        if (!m_report) return;
        QStringList terms;
        for (const auto* list : {&m_report->fixed, &m_report->broken})
            for (const auto& one : *list)
                if (one.label == truth && (one.a == predicted || one.b == predicted))
                    terms << QStringLiteral("file:\"%1\"").arg(QString::fromStdString(one.image.name));
        if (!terms.isEmpty())
            Q_EMIT goTo(QStringLiteral("browse"), {{QStringLiteral("query"), terms.mid(0, 40).join(QStringLiteral(" or "))}});
    });
}

void CompareMode::retranslate() {
    m_do.retranslate();
    m_tablePanel->setTitle(tr("Runs"));
    m_view->setAccessibleName(tr("Runs to compare"));
    m_columnsButton->setToolTip(tr("Choose columns"));
    m_columnsButton->setAccessibleName(tr("Choose columns"));
    nameCurves();
    m_loss->setTitle(tr("Validation loss"));
    m_loss->setSubtitle(tr("log"));
    m_confusionPanel->setTitle(tr("Confusion"));
    m_confusionPanel->setCount(tr("B minus A; rows truth, columns predicted"));
    m_confusion->setAccessibleName(tr("Confusion, B minus A"));
    m_diffPanel->setTitle(tr("Settings"));
    m_diffPanel->setCount(tr("only what differs"));
    m_diffView->setAccessibleName(tr("Settings that differ"));
    m_verdict->retranslate();
    m_fixed->retranslate();
    m_broken->retranslate();
    m_chosen->retranslate();
    m_figures->retranslate();
    m_table->languageChanged();
    nameCases();
    if (!m_report) judge();
    showDiff();
    showState();
    updateActions();
}

}  // namespace lathe::widgets::compare
