#include "widgets/browser/explore/explore_page.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/base/files.h"
#include "core/data/explore_html.h"
#include "widgets/browser/explore/explore_charts.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/split_words.h"

namespace lathe::widgets::browser::explore {

using common::Theme;
using common::Token;
using common::Type;

namespace {

/// A swatch of the look: 10 px, radius 2, in a series colour; follows the theme.
class SeriesSwatch : public QWidget {
public:
    SeriesSwatch(int series, QWidget* parent) : QWidget(parent), m_series(series) {
        setFixedSize(10, 10);
        common::playRole(this, QAccessible::StaticText);
        connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::instance().series(m_series));
        painter.drawRoundedRect(rect(), 2, 2);
    }

private:
    int m_series;
};

/// The 1-px gaps between the plates show through.
void paintKerf(QWidget* widget) {
    widget->setAutoFillBackground(true);
    const auto tint = [widget] {
        QPalette palette = widget->palette();
        palette.setColor(QPalette::Window, Theme::instance().colour(Token::Kerf));
        widget->setPalette(palette);
    };
    tint();
    QObject::connect(&Theme::instance(), &Theme::changed, widget, tint);
}

}  // namespace

ExplorePage::ExplorePage(common::Jobs& jobs, QAction* import, QWidget* parent)
    : search::Page(parent), m_jobs(jobs), m_import(import) {
    m_clear = new QAction(this);
    m_stop = new QAction(this);
    m_again = new QAction(this);
    connect(m_clear, &QAction::triggered, this, [this] { Q_EMIT queryWanted({}); });
    connect(m_stop, &QAction::triggered, this, &ExplorePage::cancel);
    connect(m_again, &QAction::triggered, this, &ExplorePage::count);
    m_note = new common::Note(this);
    m_charts = new ExploreCharts(this);
    paintKerf(m_charts);
    m_area = new QScrollArea(this);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_charts);
    common::keepNamed(m_area, [] { return tr("Charts"); });
    m_empty = new common::EmptyState(QStringLiteral("bars"), this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_area);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(buildStrip());
    column->addWidget(m_note);
    column->addWidget(m_stack, 1);
    connect(m_charts, &ExploreCharts::queryWanted, this, &ExplorePage::queryWanted);
    connect(&m_jobs, &common::Jobs::changed, this, &ExplorePage::showProgress);
    retranslate();
    m_view->setCurrent(QSettings().value(QStringLiteral("browse/exploreSplits"), 0).toInt());
}

QWidget* ExplorePage::buildStrip() {
    auto* strip = new common::Panel({}, this);
    m_strip = strip;
    m_summary = common::makeElidedLabel({}, Type::Table, Token::T2, strip);
    m_legend = new QWidget(strip);
    m_legendRow = new QHBoxLayout(m_legend);
    m_legendRow->setContentsMargins(0, 0, 0, 0);
    m_legendRow->setSpacing(6);
    m_view = new common::Segments({}, strip);
    m_report = new common::ActionButton(QString(), common::ButtonKind::Quiet, strip);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(16);
    row->addWidget(m_summary, 1);
    row->addWidget(m_legend);
    row->addWidget(m_view);
    row->addWidget(m_report);
    strip->body()->addLayout(row);
    connect(m_report, &QPushButton::clicked, this, &ExplorePage::saveReport);
    connect(m_view, &common::Segments::changed, this, [this](int view) {
        QSettings().setValue(QStringLiteral("browse/exploreSplits"), view);
        if (m_figures) m_charts->setFigures(m_figures, SplitView(view));
        showLegend();
    });
    return strip;
}

void ExplorePage::setSearch(std::shared_ptr<store::Workspace> workspace, const QString& query) {
    const bool other = workspace != m_workspace;
    m_workspace = std::move(workspace);
    m_query = query;
    if (other) m_figures.reset();
    refresh();
}

void ExplorePage::refresh() {
    m_stale = true;
    if (isVisible()) count();
}

void ExplorePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_stale) count();
}

void ExplorePage::count() {
    if (m_job) m_jobs.drop(m_job);
    m_job = 0;
    m_stale = false;
    if (!m_workspace) {
        m_state = Empty::NoWorkspace;
        return showEmpty();
    }
    if (!m_figures) {
        m_state = Empty::Counting;
        showEmpty();
    }
    m_job = m_jobs.run<data::Exploration>(
        tr("Explore"), this,
        [workspace = m_workspace, query = m_query.toStdString()](std::stop_token stop,
                                                                 const Progress& progress) -> Result<data::Exploration> {
            LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace, stop));
            return data::explore(*workspace, *index, query, stop, progress);
        },
        [this](Result<data::Exploration> figures) { figures ? showFigures(std::move(*figures)) : showError(figures.error()); });
}

void ExplorePage::cancel() {
    if (m_job) m_jobs.drop(m_job);
    m_job = 0;
    m_state = Empty::Stopped;
    showEmpty();
}

void ExplorePage::showProgress() {
    if (m_state != Empty::Counting || m_figures || !m_job) return;
    for (const common::JobInfo& job : m_jobs.jobs())
        if (job.id == m_job && job.progress.total > 0)
            m_empty->setTexts(tr("Counting"),
                              tr("Reading where the objects are: %1 %").arg(job.progress.done * 100 / job.progress.total));
}

void ExplorePage::showFigures(data::Exploration figures) {
    m_job = 0;
    m_note->hide();
    m_figures = std::make_shared<const data::Exploration>(std::move(figures));
    if (m_figures->images == 0) m_state = m_query.isEmpty() ? Empty::NoImages : Empty::NothingMatches;
    if (m_figures->images == 0) {
        m_figures.reset();
        showEmpty();
    } else {
        m_charts->setFigures(m_figures, SplitView(m_view->current()));
        m_stack->setCurrentWidget(m_area);
        showLegend();
    }
}

/// A wrong query keeps the figures; Browse says what is wrong beside the search box.
void ExplorePage::showError(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    m_job = 0;
    m_note->show(common::Tone::Err, common::errorText(error), tr("Count again"), [this] { count(); });
    if (m_figures) return;
    m_state = Empty::Failed;
    showEmpty();
}

void ExplorePage::showLegend() {
    while (QLayoutItem* item = m_legendRow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const bool split = m_figures && m_view->current() > 0;
    for (std::size_t k = 0; split && k < m_figures->splits.size(); ++k) {
        if (k > 0) m_legendRow->addSpacing(6);
        m_legendRow->addWidget(new SeriesSwatch(int(k), m_legend));
        const QString images = common::number(double(m_figures->splitCounts[k].images));
        m_legendRow->addWidget(
            common::makeLabel(common::splitText(m_figures->splits[k]) + u' ' + images, Type::Table, Token::T2, m_legend));
    }
    m_legend->setVisible(split);
    m_summary->setText(m_figures ? summaryText(*m_figures) : QString());
    m_report->setEnabled(m_figures != nullptr);
    m_view->setEnabled(m_figures != nullptr);
}

void ExplorePage::setEmpty(const QString& title, const QString& line, QAction* primary) {
    m_empty->setTexts(title, line);
    m_empty->setActions(primary);
}

void ExplorePage::showEmpty() {
    switch (m_state) {
        case Empty::NoWorkspace:
            setEmpty(tr("No workspace is open"), tr("Open one to see what its images are like."), nullptr);
            break;
        case Empty::NoImages:
            setEmpty(tr("No images yet"), tr("Import a folder; then this page shows classes, sizes and light."), m_import);
            break;
        case Empty::NothingMatches: setEmpty(tr("Nothing matches"), tr("Loosen the search, or clear it."), m_clear); break;
        case Empty::Counting: setEmpty(tr("Counting"), tr("Classes, sizes, places and light of the images."), m_stop); break;
        case Empty::Stopped: setEmpty(tr("Stopped"), tr("Nothing was counted."), m_again); break;
        case Empty::Failed: setEmpty(tr("No figures"), tr("They couldn't be counted; the line above says why."), m_again); break;
    }
    m_stack->setCurrentWidget(m_empty);
    showLegend();
}

void ExplorePage::saveReport() {
    if (!m_figures) return;
    const QString name = QString::fromStdString(m_workspace->name());
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save the report"), name + QStringLiteral(".html"), tr("Web page (*.html)"));
    if (file.isEmpty()) return;
    m_jobs.run<bool>(
        tr("Save the report"), this,
        [figures = m_figures, name = m_workspace->name(), file = file.toStdString()](std::stop_token,
                                                                                     const Progress&) -> Result<bool> {
            LATHE_CHECK(base::writeFileAtomically(file, data::explorationHtml(*figures, name)));
            return true;
        },
        [this, file](Result<bool> saved) {
            if (!saved) return m_note->show(common::Tone::Err, common::errorText(saved.error()));
            m_note->show(common::Tone::Ok, tr("The report is in %1.").arg(file));
        });
}

void ExplorePage::retranslate() {
    m_clear->setText(tr("Clear the search"));
    m_stop->setText(tr("Stop"));
    m_again->setText(tr("Count again"));
    m_strip->setAccessibleName(tr("Exploration"));
    m_view->setAccessibleName(tr("Splits in the charts"));
    m_view->setItems({tr("All images"), tr("Splits side by side"), tr("Splits overlaid")});
    m_report->setText(tr("Save report"));
    m_charts->retranslate();
    m_figures ? showLegend() : showEmpty();
}

}  // namespace lathe::widgets::browser::explore
