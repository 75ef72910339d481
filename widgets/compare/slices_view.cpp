#include "widgets/compare/slices_view.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/query_completer.h"

namespace lathe::widgets::compare {

using common::Token;
using common::Type;

namespace {

constexpr std::size_t kMostSuggested = 40;

using KeptRuns = std::vector<std::shared_ptr<const runs::figures::Kept>>;

struct Wanted {
    std::vector<std::string> terms;
    bool suggested = false;
};

/// The same terms in every run; suggestions are the first run's.
Result<std::vector<SliceLine>> linesOf(const store::Workspace& workspace, const KeptRuns& kept, const Wanted& wanted,
                                       const std::stop_token& stop) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace, stop));
    std::vector<std::string> terms = wanted.terms;
    std::vector<runs::Slice> first;
    if (wanted.suggested) {
        LATHE_TRY(first, runs::suggestedSlices(workspace, *index, *kept.front(), {.stop = stop}));
        if (first.size() > kMostSuggested) first.resize(kMostSuggested);
        for (const runs::Slice& slice : first) terms.push_back(slice.term);
    }
    std::vector<SliceLine> lines;
    for (std::size_t i = 0; i < terms.size(); ++i) lines.push_back({terms[i], i >= wanted.terms.size(), {}});
    for (std::size_t r = 0; r < kept.size(); ++r) {
        // Of the first run the suggestions are there already, with their adjusted p.
        const std::vector<std::string> asked = r == 0 ? wanted.terms : terms;
        LATHE_TRY(auto slices, runs::slices(workspace, *index, *kept[r], asked, {.stop = stop}));
        if (r == 0) std::move(first.begin(), first.end(), std::back_inserter(slices));
        for (std::size_t i = 0; i < lines.size(); ++i) lines[i].ofRuns.push_back(std::move(slices[i]));
    }
    return lines;
}

}  // namespace

SlicesView::SlicesView(common::Jobs& jobs, QWidget* parent) : FigureView(parent), m_jobs(jobs) {
    build();
    wire();
    retranslate();
}

void SlicesView::build() {
    auto* panel = new common::Panel({}, this);
    m_term = new QLineEdit(panel);
    m_term->setClearButtonEnabled(true);
    m_term->addAction(common::icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    for (auto* button : m_term->findChildren<QToolButton*>()) common::keepNamed(button, [] { return tr("Slice field button"); });
    m_completer = new common::QueryCompleter(m_term);
    m_term->setCompleter(m_completer);
    m_termLabel = common::makeLabel({}, Type::Control, Token::T2, panel);
    m_termLabel->setBuddy(m_term);
    m_add = new common::ActionButton(QString(), common::ButtonKind::Normal, panel);
    m_suggest = new common::ActionButton(QString(), common::ButtonKind::Normal, panel);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 6, 12, 6);
    bar->setSpacing(8);
    bar->addWidget(m_termLabel);
    bar->addWidget(m_term, 1);
    bar->addWidget(m_add);
    bar->addWidget(m_suggest);
    m_note = new common::Note(panel);
    m_note->hide();
    m_empty = common::makeLabel({}, Type::Table, Token::T3, panel);
    m_empty->setContentsMargins(12, 4, 12, 4);
    m_empty->setWordWrap(true);
    m_model = new SlicesModel(this);
    m_view = new QTableView(panel);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new common::RowDelegate(m_view));
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(common::Theme::instance().tableRowHeight());
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setMouseTracking(true);
    panel->body()->addLayout(bar);
    panel->body()->addWidget(m_note);
    panel->body()->addWidget(m_empty);
    panel->body()->addWidget(m_view, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(panel, 1);
}

void SlicesView::wire() {
    connect(m_term, &QLineEdit::returnPressed, this, &SlicesView::add);
    connect(m_add, &QPushButton::clicked, this, &SlicesView::add);
    connect(m_suggest, &QPushButton::clicked, this, [this] { suggest(!m_suggested); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (now.isValid()) choose(now.row());
    });
    m_view->installEventFilter(this);
}

void SlicesView::retranslate() {
    m_termLabel->setText(tr("Slice"));
    m_term->setPlaceholderText(tr("A search term: brightness<60, class:WBC, meta:camera=2"));
    m_add->setText(tr("Add"));
    m_suggest->setText(m_suggested ? tr("Hide suggestions") : tr("Suggest slices"));
    m_view->setAccessibleName(tr("Slices"));
    showWords();
}

void SlicesView::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    m_workspace = std::move(workspace);
    m_terms.clear();
    m_suggested = false;
    m_note->hide();
    m_term->clear();
    m_model->setLines({}, {});
    if (m_workspace) fillCompleter();
    retranslate();
}

void SlicesView::fillCompleter() {
    using Words = std::map<QString, QStringList>;
    m_jobs.run<Words>(
        tr("Read the search terms"), this,
        [workspace = m_workspace](std::stop_token stop, const Progress&) -> Result<Words> {
            Words words;
            LATHE_TRY(const auto classes, workspace->classes());
            for (const auto& row : classes) words[QStringLiteral("class")] << QString::fromStdString(row.name);
            LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace, stop));
            for (const auto& split : index->splitNames())
                if (!split.empty()) words[QStringLiteral("split")] << QString::fromStdString(split);
            return words;
        },
        [this, asked = m_workspace](Result<Words> words) {
            if (!words || asked != m_workspace) return;
            for (const auto& [field, values] : *words) m_completer->setValues(field, values);
        },
        true);
}

void SlicesView::add() {
    const std::string term = m_term->text().trimmed().toStdString();
    if (term.empty()) return m_term->setFocus();
    if (std::find(m_terms.begin(), m_terms.end(), term) == m_terms.end()) m_terms.push_back(term);
    count();
}

void SlicesView::suggest(bool on) {
    m_suggested = on;
    retranslate();
    count();
}

void SlicesView::removeCurrent() {
    const auto now = m_view->currentIndex();
    if (!now.isValid() || m_model->at(now.row()).suggested) return;
    std::erase(m_terms, m_model->at(now.row()).term);
    count();
}

bool SlicesView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete)
        return removeCurrent(), true;
    return FigureView::eventFilter(watched, event);
}

void SlicesView::showRuns() {
    count();
}

void SlicesView::count() {
    if (m_job) m_jobs.drop(m_job);
    const auto some = shown();
    if (!m_workspace || some.empty() || (m_terms.empty() && !m_suggested)) {
        m_counting = false;
        m_model->setLines({}, {});
        return showWords();
    }
    KeptRuns kept;
    QStringList names;
    for (const RunFigures* run : some) kept.push_back(run->kept), names << run->name;
    m_counting = true;
    showWords();
    m_job = m_jobs.run<std::vector<SliceLine>>(
        tr("Judge slices"), this,
        [workspace = m_workspace, kept, wanted = Wanted{m_terms, m_suggested}](std::stop_token stop, const Progress&) {
            return linesOf(*workspace, kept, wanted, stop);
        },
        [this, names, asked = m_workspace, entered = m_terms](Result<std::vector<SliceLine>> lines) {
            if (asked != m_workspace || (!lines && lines.error().code == ErrorCode::Cancelled)) return;
            m_counting = false;
            if (lines) {
                m_note->hide();
                if (!entered.empty() && m_term->text().trimmed().toStdString() == entered.back()) m_term->clear();
                m_model->setLines(std::move(*lines), names);
                for (int k = 0; k < m_model->columnCount(); ++k) m_view->setColumnWidth(k, k == 0 ? 230 : k == 1 ? 70 : 210);
            } else {
                m_note->show(common::Tone::Err, common::errorText(lines.error()));
                if (!m_terms.empty()) m_terms.pop_back();  // what was just entered: it stays in the field to be mended
            }
            showWords();
        });
}

void SlicesView::showWords() {
    const auto some = shown();
    QString words;
    if (some.empty())
        words = emptyWords({});
    else if (m_counting && m_model->rowCount() == 0)
        words = tr("Counting…");
    else if (m_model->rowCount() == 0 && m_suggested)
        words = tr("Nothing to suggest: no class, tag, field or size splits the judged images into parts of five or more.");
    else if (m_model->rowCount() == 0)
        words = tr("Enter a search term to see how the runs do on its images, or let Lathe suggest slices. Delete takes one away.");
    m_empty->setText(words);
    m_empty->setVisible(!words.isEmpty());
    m_view->setVisible(words.isEmpty());
    for (QWidget* field : {static_cast<QWidget*>(m_term), static_cast<QWidget*>(m_add), static_cast<QWidget*>(m_suggest)})
        field->setEnabled(!some.empty());
}

void SlicesView::choose(int row) {
    const SliceLine& line = m_model->at(row);
    const auto some = shown();
    if (some.empty() || line.ofRuns.empty()) return;
    Chosen what;
    what.words = tr("Slice %1").arg(QString::fromStdString(line.term));
    what.query =
        QStringLiteral("(%1) split:%2").arg(QString::fromStdString(line.term), QString::fromStdString(some.front()->kept->split));
    for (const ImageId image : line.ofRuns.front().images) what.images.push_back(image.value);
    Q_EMIT chosen(what);
}

}  // namespace lathe::widgets::compare
