#include "widgets/browser/duplicates/duplicates_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QProgressBar>
#include <QSettings>
#include <QSlider>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "core/data/near_pairs.h"
#include "widgets/browser/duplicates/duplicate_accessible.h"
#include "widgets/browser/duplicates/duplicate_view.h"
#include "widgets/browser/duplicates/duplicate_words.h"
#include "widgets/browser/search/split_mover.h"

namespace lathe::widgets::browser::duplicates {

using common::ActionButton;
using common::ButtonKind;
using common::Token;
using common::Type;

DuplicatesPage::DuplicatesPage(common::Services& services, QAction* import, QWidget* parent)
    : search::Page(parent), m_services(services), m_do("browse", staticMetaObject.className(), this), m_import(import) {
    installDuplicateAccessibility();
    setFocusPolicy(Qt::ClickFocus);  // of the page while there is nothing to be chosen
    m_pages = new tiles::ImagePages(*services.jobs, this);
    m_thumbnails = new common::Thumbnails(this);
    m_typing = new QTimer(this);
    m_typing->setSingleShot(true);
    m_typing->setInterval(250);
    buildActions();
    m_note = new common::Note(this);
    m_mover = new search::SplitMover(m_services, this);
    connect(m_mover, &search::SplitMover::failed, this, &DuplicatesPage::showError);
    connect(m_mover, &search::SplitMover::moved, this, [this](const QString& words, store::BatchId batch) {
        find();
        Q_EMIT done(words, [this, batch] { undoMove(batch); });
    });
    m_view = new DuplicateView(*m_pages, *m_thumbnails, this);
    m_view->setTips(m_keep, m_leave);
    m_empty = new common::EmptyState(QStringLiteral("copy"), this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    m_problems = new common::ProblemsList(this);
    m_problems->setMaximumHeight(180);
    m_problems->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(buildStrip());
    column->addWidget(m_note);
    column->addWidget(m_mover->note());
    column->addWidget(m_stack, 1);
    column->addWidget(m_problems);
    restore();
    wire();
    retranslate();
}

void DuplicatesPage::buildActions() {
    const auto some = [this] { return m_sets && m_sets->count(kind()) > 0; };
    const auto decides = [this, some] { return kind() != DuplicateKind::Leaks && some(); };
    const auto leaks = [this, some] { return kind() == DuplicateKind::Leaks && some(); };
    m_keep = m_do.add(
        {"duplicate-keep", QT_TR_NOOP("Keep this one"), "check", "K"}, [this] { toggleKept(std::size_t(m_view->current())); },
        decides);
    m_leave = m_do.add(
        {"duplicate-leave", QT_TR_NOOP("Leave it as it is"), "minus", "X"}, [this] { toggleLeft(std::size_t(m_view->current())); },
        decides);
    m_grid = m_do.add(
        {"duplicate-grid", QT_TR_NOOP("Show these in the grid"), "grid", "Shift+Return"},
        [this] { showInGrid(m_sets->setOfRow(kind(), std::size_t(m_view->current()))); }, some);
    m_move = m_do.add(
        {"duplicate-move", QT_TR_NOOP("Move to the same split"), "branch", "M"},
        [this] {
            const QRect tile = m_view->tileRect(std::size_t(m_view->current()));
            chooseSplit(currentSet(), m_view->viewport()->mapToGlobal(tile.topLeft()));
        },
        leaks);
    m_moveAll = m_do.add(
        {"duplicate-move-all", QT_TR_NOOP("Move all to one split"), "branch", "Shift+M"},
        [this] {
            const auto all = m_sets->rows(DuplicateKind::Leaks);
            chooseSplit(*all, m_moveAllButton->mapToGlobal(QPoint(0, m_moveAllButton->height())));
        },
        leaks);
    m_exclude = m_do.add(
        {"duplicate-exclude", QT_TR_NOOP("Exclude the others"), "no", "Ctrl+Return"}, [this] { exclude(); },
        [this, decides] { return decides() && !looking() && m_sets->toExcludeCount(kind()) > 0; });
    m_include = m_do.add(
        {"duplicate-include", QT_TR_NOOP("Include again"), "undo", "Ctrl+Shift+Return"}, [this] { includeAll(); },
        [this] { return m_sets && m_sets->found()->excluded > 0; });
    m_again = m_do.add(
        {"duplicate-again", QT_TR_NOOP("Look for duplicates again"), "retry", "R"}, [this] { find(); },
        [this] { return m_workspace && !looking(); });
    m_stop = m_do.add(
        {"duplicate-stop", QT_TR_NOOP("Stop looking for duplicates"), "x", "Esc"}, [this] { stop(); },
        [this] { return looking(); });
    m_find = new QAction(this);
    m_clear = new QAction(this);
    connect(m_find, &QAction::triggered, this, &DuplicatesPage::find);
    connect(m_clear, &QAction::triggered, this, [this] { Q_EMIT queryWanted({}); });
}

QWidget* DuplicatesPage::buildStrip() {
    auto* strip = new common::Panel({}, this);
    m_strip = strip;
    m_summary = common::makeElidedLabel({}, Type::Table, Token::T1, strip);
    m_look = new common::Segments({}, strip);
    m_running = new QWidget(strip);
    m_progress = new QProgressBar(m_running);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(96);
    m_progressText = common::makeLabel({}, Type::Table, Token::T2, m_running);
    auto* running = new QHBoxLayout(m_running);
    running->setContentsMargins(0, 0, 0, 0);
    running->setSpacing(8);
    running->addWidget(m_progressText);
    running->addWidget(m_progress);
    running->addWidget(common::makeIconButton(m_stop, QStringLiteral("x"), m_running));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(12);
    row->addWidget(m_summary, 1);
    row->addWidget(m_running);
    row->addWidget(common::makeIconButton(m_again, QStringLiteral("retry"), strip));
    row->addWidget(m_look);
    strip->body()->addLayout(row);
    strip->body()->addWidget(common::makeRule(strip));
    strip->body()->addWidget(buildDecision());
    m_running->hide();
    return strip;
}

QWidget* DuplicatesPage::buildDecision() {
    auto* bar = new QWidget(m_strip);
    m_thresholdLabel = common::makeLabel({}, Type::Control, Token::T2, bar);
    m_threshold = new QSlider(Qt::Horizontal, bar);
    m_threshold->setRange(0, data::kLargestThreshold);
    m_threshold->setPageStep(2);
    m_threshold->setFixedWidth(120);
    m_thresholdLabel->setBuddy(m_threshold);
    m_thresholdWords = common::makeElidedLabel({}, Type::Table, Token::T2, bar);
    m_rule = new QComboBox(bar);
    m_keepLabel = common::makeLabel({}, Type::Control, Token::T2, bar);
    m_keepLabel->setBuddy(m_rule);
    m_includeButton = new ActionButton(m_include, ButtonKind::Normal, bar);
    m_includeButton->setKeyShown(false);
    m_excludeButton = new ActionButton(m_exclude, ButtonKind::Primary, bar);
    m_moveAllButton = new ActionButton(m_moveAll, ButtonKind::Primary, bar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_thresholdLabel);
    row->addWidget(m_threshold);
    row->addWidget(m_thresholdWords, 1);
    row->addSpacing(8);
    row->addWidget(m_keepLabel);
    row->addWidget(m_rule);
    row->addSpacing(4);
    row->addWidget(m_includeButton);
    row->addWidget(m_excludeButton);
    row->addWidget(m_moveAllButton);
    return bar;
}

void DuplicatesPage::restore() {
    const QSettings settings;
    m_threshold->setValue(settings.value(QStringLiteral("browse/duplicateBits"), data::kNearThreshold).toInt());
    m_rule->addItems({QString(), QString(), QString()});
    m_rule->setCurrentIndex(settings.value(QStringLiteral("browse/duplicateKeep"), 0).toInt());
    m_look->setItems({QString(), QString(), QString()});
}

void DuplicatesPage::wire() {
    connect(m_typing, &QTimer::timeout, this, [this] {
        QSettings().setValue(QStringLiteral("browse/duplicateBits"), m_threshold->value());
        if (m_sets && m_sets->found()->threshold != m_threshold->value()) find();
    });
    connect(m_threshold, &QSlider::valueChanged, this, [this] {
        showThreshold();
        m_typing->start();
    });
    connect(m_rule, &QComboBox::activated, this, [this](int rule) {
        QSettings().setValue(QStringLiteral("browse/duplicateKeep"), rule);
        rank();
    });
    connect(m_look, &common::Segments::changed, this, &DuplicatesPage::showSets);
    connect(m_services.jobs, &common::Jobs::changed, this, &DuplicatesPage::showProgress);
    connect(m_view, &DuplicateView::keepWanted, this, &DuplicatesPage::toggleKept);
    connect(m_view, &DuplicateView::leaveWanted, this, &DuplicatesPage::toggleLeft);
    connect(m_view, &DuplicateView::gridWanted, this, &DuplicatesPage::showInGrid);
    connect(m_view, &DuplicateView::opened, this, &DuplicatesPage::imageWanted);
    connect(m_view, &DuplicateView::menuRequested, this, &DuplicatesPage::showMenu);
    connect(m_view, &DuplicateView::moveWanted, this, [this](std::size_t set, const QPoint& pos) {
        const auto images = m_sets->images(DuplicateKind::Leaks, set);
        chooseSplit({images.begin(), images.end()}, pos);
    });
    connect(m_problems, &common::ProblemsList::openRequested, this,
            [this](const QString& name) { Q_EMIT queryWanted(QStringLiteral("file:\"%1\"").arg(name)); });
}

DuplicateKind DuplicatesPage::kind() const {
    return DuplicateKind(std::max(0, m_look->current()));
}

data::Keep DuplicatesPage::rule() const {
    return data::Keep(std::max(0, m_rule->currentIndex()));
}

void DuplicatesPage::showMenu(const QPoint& globalPos) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* open = menu->addAction(tr("Open in Label"));
    connect(open, &QAction::triggered, this, [this] { Q_EMIT imageWanted(m_view->currentImage()); });
    menu->addAction(m_grid);
    menu->addSeparator();
    if (kind() == DuplicateKind::Leaks)
        menu->addAction(m_move);
    else
        menu->addActions({m_keep, m_leave});
    menu->popup(globalPos);
}

void DuplicatesPage::showSets() {
    if (!m_sets) return showEmpty();
    const auto& rows = m_sets->rows(kind());
    if (m_pages->count() > 0 && m_pages->ids() == *rows)
        m_pages->invalidate();
    else
        m_pages->reset(m_workspace, rows);
    m_view->setSets(m_sets, kind());
    if (m_sets->count(kind()) == 0) {
        const data::Duplicates& all = *m_sets->found();
        const bool none = all.images == 0 && all.excluded == 0 && all.problems.empty();
        m_state = !none ? Empty::NothingAlike : m_query.isEmpty() ? Empty::NoImages : Empty::NothingMatches;
        return showEmpty();
    }
    const QWidget* focus = window()->focusWidget();
    const bool takes = isVisible() && (focus == this || (focus && m_empty->isAncestorOf(focus)));
    m_stack->setCurrentWidget(m_view);
    if (takes) m_view->setFocus();
    showStrip();
}

void DuplicatesPage::showStrip() {
    const auto counted = [this](const QString& words, DuplicateKind kind) {
        return m_sets ? words + u' ' + common::number(double(m_sets->count(kind))) : words;
    };
    m_look->setItems({counted(tr("Groups"), DuplicateKind::Groups), counted(tr("Exact"), DuplicateKind::Exact),
                      counted(tr("Leaks"), DuplicateKind::Leaks)});
    m_look->setEnabled(m_sets != nullptr);
    m_summary->setText(m_sets ? foundText(*m_sets->found()) : QString());
    const bool leaks = kind() == DuplicateKind::Leaks;
    m_excludeButton->setVisible(!leaks);
    m_moveAllButton->setVisible(leaks);
    for (QWidget* part : {static_cast<QWidget*>(m_keepLabel), static_cast<QWidget*>(m_rule)}) part->setVisible(!leaks);
    const auto others = int(m_sets && !leaks ? m_sets->toExcludeCount(kind()) : 0);
    m_exclude->setText(others > 0 ? tr("Exclude the other %Ln", nullptr, others) : tr("Exclude the others"));
    const auto excluded = int(m_sets ? m_sets->found()->excluded : 0);
    m_include->setText(tr("Include again"));
    m_include->setIconText(excluded > 0 ? tr("Include %Ln again", nullptr, excluded) : tr("Include again"));
    m_includeButton->setVisible(excluded > 0);
    m_do.update();
}

void DuplicatesPage::showThreshold() {
    const int bits = m_threshold->value();
    m_thresholdWords->setText(tr("%n bit(s) of 64: %1", nullptr, bits).arg(thresholdText(bits)));
    m_threshold->setAccessibleDescription(m_thresholdWords->text());
}

void DuplicatesPage::setEmpty(const QString& title, const QString& line, QAction* primary, QAction* other) {
    m_empty->setTexts(title, line);
    m_empty->setActions(primary, other);
}

void DuplicatesPage::showEmpty() {
    switch (m_state) {
        case Empty::NoWorkspace:
            setEmpty(tr("No workspace is open"), tr("Open one to find the pictures that it has more than once."));
            break;
        case Empty::NoImages:
            setEmpty(tr("No images yet"), tr("Import a folder; then its duplicates are found here."), m_import);
            break;
        case Empty::NothingMatches: setEmpty(tr("Nothing matches"), tr("Loosen the search, or clear it."), m_clear); break;
        case Empty::Asking: setEmpty(tr("Counting the images"), {}); break;
        case Empty::Waiting:
            setEmpty(tr("Duplicates"),
                     tr("%Ln image(s) must be looked at once: %1. You can go on working meanwhile.", nullptr, int(m_undecoded))
                         .arg(workText(m_undecoded, m_perSecond)),
                     m_find);
            break;
        case Empty::Looking: setEmpty(tr("Looking for duplicates"), tr("Exact and near copies, and leaks between splits.")); break;
        case Empty::Stopped: setEmpty(tr("Stopped"), tr("The images that were looked at are remembered."), m_find); break;
        case Empty::Failed: setEmpty(tr("Nothing found"), tr("It couldn't be done; the line above says why."), m_find); break;
        case Empty::NothingAlike: showNothingAlike(); break;
    }
    m_stack->setCurrentWidget(m_empty);
    showStrip();
}

void DuplicatesPage::showNothingAlike() {
    if (m_sets->found()->images == 0 && !m_sets->found()->problems.empty())
        return setEmpty(tr("Nothing could be compared"), tr("The list below says why."));
    const QString images = tr("%Ln image(s) compared.", nullptr, int(m_sets->found()->images));
    const auto set = [&](const QString& title, const QString& line) { setEmpty(title, images + u' ' + line); };
    switch (kind()) {
        case DuplicateKind::Groups: return set(tr("No two pictures are alike"), tr("Good: there is nothing to exclude."));
        case DuplicateKind::Exact: return set(tr("No exact copies"), tr("Good: no two have the same pixels."));
        case DuplicateKind::Leaks: return set(tr("No leaks between splits"), tr("Good: what tests a model wasn't trained on."));
    }
}

void DuplicatesPage::retranslate() {
    m_do.retranslate();
    m_find->setText(tr("Find duplicates"));
    m_clear->setText(tr("Clear the search"));
    m_strip->setAccessibleName(tr("Duplicates"));
    m_look->setAccessibleName(tr("Which duplicates"));
    m_thresholdLabel->setText(tr("Alike up to"));
    m_threshold->setAccessibleName(tr("Alike up to"));
    m_keepLabel->setText(tr("Keep"));
    m_rule->setItemText(0, tr("the largest"));
    m_rule->setItemText(1, tr("the one with most labels"));
    m_rule->setItemText(2, tr("the first"));
    m_progress->setAccessibleName(tr("Progress"));
    showThreshold();
    m_sets ? showSets() : showEmpty();
    m_view->showFates();
}

}  // namespace lathe::widgets::browser::duplicates
