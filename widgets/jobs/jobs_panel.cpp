#include "widgets/jobs/jobs_panel.h"

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::jobs {
using namespace common;

double progressFraction(const JobInfo& job) {
    return job.progress.total > 0 ? std::clamp(double(job.progress.done) / double(job.progress.total), 0.0, 1.0) : -1;
}

QString progressText(const JobInfo& job) {
    const double fraction = progressFraction(job);
    if (fraction < 0) return job.progress.done > 0 ? number(double(job.progress.done)) : duration(job.seconds);
    if (fraction > 0.02 && job.seconds > 3) return JobsPanel::tr("%1 left").arg(duration(job.seconds * (1 - fraction) / fraction));
    return JobsPanel::tr("%1 of %2").arg(number(double(job.progress.done)), number(double(job.progress.total)));
}

/// One line: icon, title, bar, how much, cancel. When it has ended: icon of the outcome, title, words.
class JobRow : public QWidget {
public:
    JobRow(Jobs& jobs, QWidget* parent) : QWidget(parent) {
        setMinimumHeight(30);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(12, 2, 8, 2);
        row->setSpacing(8);
        m_icon = new QLabel(this);
        m_icon->setFixedSize(16, 16);
        m_title = makeElidedLabel({}, Type::Table, Token::T1, this);
        m_title->setMinimumWidth(130);
        m_bar = new QProgressBar(this);
        m_bar->setTextVisible(false);
        m_bar->setFixedWidth(96);
        m_words = makeLabel({}, Type::Caption, Token::T2, this);
        m_words->setWordWrap(true);
        m_cancel = makeIconButton(QStringLiteral("x"), {}, this);
        m_cancel->setFixedSize(24, 24);
        m_cancel->setIconSize({16, 16});
        row->addWidget(m_icon);
        row->addWidget(m_title, 2);
        row->addWidget(m_bar);
        row->addWidget(m_words, 3);
        row->addWidget(m_cancel);
        connect(m_cancel, &QToolButton::clicked, this, [this, &jobs] { jobs.cancel(m_id); });
    }

    void show(const JobInfo& job) {
        m_id = job.id;
        const bool running = job.state == JobInfo::Running;
        m_title->setText(job.title);
        m_bar->setVisible(running);
        m_bar->setAccessibleName(JobsPanel::tr("Progress of %1").arg(job.title));
        m_cancel->setVisible(running);
        const QString cancel = JobsPanel::tr("Cancel %1").arg(job.title);
        m_cancel->setAccessibleName(cancel);
        m_cancel->setToolTip(cancel);
        const double fraction = progressFraction(job);
        m_bar->setRange(0, fraction < 0 ? 0 : 1000);
        if (fraction >= 0) m_bar->setValue(int(fraction * 1000));
        m_words->setText(running ? progressText(job) : outcome(job));
        m_words->setAlignment(Qt::AlignVCenter | (running ? Qt::AlignRight : Qt::AlignLeft));
        const auto [name, token] = iconOf(job);
        m_icon->setPixmap(iconPixmap(name, token, 16, devicePixelRatioF()));
    }

private:
    static QString outcome(const JobInfo& job) {
        if (job.state == JobInfo::Done)
            return job.message.isEmpty() ? JobsPanel::tr("done in %1").arg(duration(job.seconds)) : job.message;
        if (job.state == JobInfo::Cancelled) return JobsPanel::tr("cancelled; what was finished is kept");
        return job.message;
    }
    static std::pair<QString, Token> iconOf(const JobInfo& job) {
        switch (job.state) {
            case JobInfo::Done: return {QStringLiteral("ok"), Token::Ok};
            case JobInfo::Failed: return {QStringLiteral("error"), Token::Err};
            case JobInfo::Cancelled: return {QStringLiteral("no"), Token::T3};
            case JobInfo::Running: break;
        }
        return {QStringLiteral("half"), Token::T2};
    }
    quint64 m_id = 0;
    QLabel *m_icon, *m_title, *m_words;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
};

JobsPanel::JobsPanel(Jobs& jobs, QWidget* parent) : QWidget(parent), m_jobs(jobs) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 4);
    m_title = makeLabel({}, Type::Table, Token::T1, this);
    m_title->setProperty("weight", int(QFont::DemiBold));
    m_clear = makeLink({}, this);
    head->addWidget(m_title, 1);
    head->addWidget(m_clear);
    column->addLayout(head);
    m_empty = makeLabel({}, Type::Table, Token::T3, this);
    m_empty->setContentsMargins(12, 4, 12, 12);
    m_empty->setWordWrap(true);
    column->addWidget(m_empty);
    m_area = new QScrollArea(this);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->viewport()->setAutoFillBackground(false);
    auto* page = new QWidget;
    page->setAutoFillBackground(false);
    m_list = new QVBoxLayout(page);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    m_list->addStretch();
    m_area->setWidget(page);
    page->setAutoFillBackground(false);
    column->addWidget(m_area, 1);
    connect(m_clear, &QToolButton::clicked, &m_jobs, &Jobs::clearEnded);
    connect(&m_jobs, &Jobs::changed, this, &JobsPanel::sync);
    connect(&Theme::instance(), &Theme::changed, this, &JobsPanel::sync);
    retranslate();
}

void JobsPanel::retranslate() {
    setAccessibleName(tr("Jobs"));
    m_title->setText(tr("Jobs"));
    m_clear->setText(tr("Clear ended"));
    m_empty->setText(tr("Nothing is running. Everything that takes longer than a moment shows up here, with a way to cancel it."));
    m_area->setAccessibleName(tr("List of jobs"));
    sync();
}

void JobsPanel::sync() {
    const QList<JobInfo> jobs = m_jobs.jobs();
    while (m_rows.size() > jobs.size()) delete m_rows.takeLast();
    while (m_rows.size() < jobs.size()) {
        auto* row = new JobRow(m_jobs, m_area->widget());
        m_list->insertWidget(m_list->count() - 1, row);
        m_rows.append(row);
    }
    for (int i = 0; i < jobs.size(); ++i) m_rows[i]->show(jobs[i]);
    m_empty->setVisible(jobs.isEmpty());
    m_area->setVisible(!jobs.isEmpty());
    m_clear->setVisible(std::ranges::any_of(jobs, [](const JobInfo& job) { return job.state != JobInfo::Running; }));
}

void JobsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace lathe::widgets::jobs
