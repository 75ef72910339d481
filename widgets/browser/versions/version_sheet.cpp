#include "widgets/browser/versions/version_sheet.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include "widgets/browser/versions/version_marks.h"

namespace lathe::widgets::browser::versions {

using common::makeLabel;
using common::Token;
using common::Type;

VersionSheet::VersionSheet(QWidget* window, const QString& title, common::Services& services,
                           std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const VersionFacts> facts, QSize size)
    : Overlay(window, title), m_services(services), m_workspace(std::move(workspace)), m_facts(std::move(facts)), m_size(size) {
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

VersionSheet::~VersionSheet() {
    if (m_job) m_services.jobs->cancel(m_job);
}

void VersionSheet::build(const QString& heading, const QString& verb, QWidget* middle, QWidget* below) {
    auto* title = makeLabel(heading, Type::Section, Token::T1, this);
    title->setContentsMargins(16, 14, 16, 2);
    m_says = makeLabel({}, Type::Control, Token::T2, this);
    m_says->setContentsMargins(16, 0, 16, 6);
    m_says->setWordWrap(true);
    m_numbers = new QListWidget(this);
    m_numbers->setItemDelegate(new common::RowDelegate(m_numbers));
    m_numbers->setFrameShape(QFrame::NoFrame);
    m_numbers->setSelectionMode(QAbstractItemView::NoSelection);
    m_numbers->setAccessibleName(tr("What changes"));
    m_numbers->setStyleSheet(QStringLiteral("background: transparent"));
    m_note = new common::Note(this);
    m_force = new QCheckBox(tr("Change the frozen test images too"), this);
    m_force->hide();
    auto* padded = new QVBoxLayout;
    padded->setContentsMargins(16, 4, 16, 4);
    padded->setSpacing(8);
    padded->addWidget(m_note);
    padded->addWidget(m_force);
    m_cancel = new common::ActionButton(tr("Cancel"), common::ButtonKind::Quiet, this);
    m_apply = new common::ActionButton(verb, common::ButtonKind::Primary, this);
    m_apply->setDefault(true);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 14);
    foot->setSpacing(8);
    foot->addStretch();
    foot->addWidget(m_cancel);
    foot->addWidget(m_apply);
    body()->addWidget(title);
    body()->addWidget(m_says);
    if (middle) body()->addWidget(middle);
    auto* numbers = new QHBoxLayout;
    numbers->setContentsMargins(4, 0, 4, 0);
    numbers->addWidget(m_numbers);
    body()->addLayout(numbers, below ? 0 : 1);
    if (below) {
        m_numbers->setFixedHeight(3 * common::Theme::instance().rowHeight());
        body()->addWidget(below, 1);
    }
    body()->addLayout(padded);
    body()->addLayout(foot);
    connect(m_cancel, &QPushButton::clicked, this, &VersionSheet::closeOverlay);
    connect(m_apply, &QPushButton::clicked, this, &VersionSheet::accept);
    connect(m_force, &QCheckBox::toggled, this, &VersionSheet::rehearse);
}

void VersionSheet::openInMiddle() {
    const QWidget* window = parentWidget();
    const QSize size = m_size.boundedTo(window->size() - QSize(32, 64));
    open(QRect(QPoint((window->width() - size.width()) / 2, (window->height() - size.height()) / 2), size));
    (focusProxy() ? focusProxy() : m_cancel)->setFocus();
    rehearse();
}

void VersionSheet::rehearse() {
    if (m_job) m_services.jobs->cancel(m_job);
    m_says->setText(tr("Looking what would change …"));
    m_possible = false;
    updateButton();
    data::ApplyOptions options;
    options.dryRun = true, options.force = m_force->isChecked();
    m_job = m_services.jobs->run<ApplyOutcome>(
        tr("Rehearse: %1").arg(jobTitle()), this,
        [workspace = m_workspace, head = m_facts->head, work = workOf(options)](std::stop_token stop,
                                                                                const Progress& progress) -> Result<ApplyOutcome> {
            LATHE_TRY(ApplyOutcome outcome, work(stop, progress));
            if (!head.valid()) return outcome;
            LATHE_TRY(const auto since, data::restoreSnapshot(*workspace, head, {}, {.dryRun = true, .force = true}, stop));
            outcome.unsaved = since.images.changed;
            return outcome;
        },
        [this](const Result<ApplyOutcome>& outcome) { show(outcome); });
}

void VersionSheet::show(const Result<ApplyOutcome>& outcome) {
    if (!outcome && outcome.error().code == ErrorCode::Cancelled) return;
    m_job = 0;
    m_numbers->clear();
    m_note->hide();
    if (!outcome) {
        m_says->setText(errorWords(outcome.error()));
        clearOutcome();
        return updateButton();
    }
    m_possible = outcome->report.has_value();
    if (outcome->report) showNumbers(*outcome->report);
    showWarnings(*outcome);
    showOutcome(*outcome);
    updateButton();
    if (m_cancel->hasFocus() && m_apply->isEnabled()) m_apply->setFocus();
}

void VersionSheet::showOutcome(const ApplyOutcome& outcome) {
    const auto& images = outcome.report->images;
    m_says->setText(images.changed > 0
                        ? tr("%Ln image(s) will change; nothing is deleted, and it can be undone.", nullptr, int(images.changed))
                        : tr("The images are as in this version already; the next snapshot will descend from it."));
}

void VersionSheet::showNumbers(const data::ApplyReport& report) {
    const auto add = [this](const QString& text, std::int64_t count, const QColor& colour = {}) {
        if (count == 0) return;
        auto* item = new QListWidgetItem(text, m_numbers);
        item->setData(common::Roles::Right, common::number(double(count)));
        if (colour.isValid()) item->setData(common::Roles::Swatch, colour);
    };
    add(tr("Images that change"), report.images.changed);
    add(tr("Of them to another split"), report.images.moved);
    for (std::size_t k = 0; k < report.shapes.size(); ++k)
        add(changeText(data::ShapeChange(k)), report.shapes[k], changeColour(data::ShapeChange(k)));
    add(tr("Images that stay as they are"), report.images.unchanged);
    add(tr("Images that the version doesn't have: they stay too"), std::int64_t(report.outside.size()));
}

void VersionSheet::showWarnings(const ApplyOutcome& outcome) {
    QStringList warnings;
    const bool frozen = outcome.report && !outcome.report->problems.empty();
    m_force->setVisible(frozen || m_force->isChecked());
    if (frozen)
        warnings << (m_force->isChecked()
                         ? tr("Frozen test images change: figures measured on them before can't be compared with new ones.")
                         : tr("Frozen test images differ and are left as they are: %1.")
                               .arg(QString::fromStdString(outcome.report->problems.front().item)));
    if (outcome.unsaved > 0)
        warnings << tr("%Ln image(s) changed since %1 was taken. Freeze a snapshot first to keep that as a version.", nullptr,
                       int(outcome.unsaved))
                        .arg(m_facts->nameOf(m_facts->head));
    if (!warnings.isEmpty()) m_note->show(common::Tone::Warn, warnings.join(u'\n'));
}

QString VersionSheet::errorWords(const Error& error) const {
    return common::errorText(error);
}

void VersionSheet::say(const QString& text) {
    m_says->setText(text);
}

void VersionSheet::updateButton() {
    m_apply->setEnabled(m_possible && isComplete());
}

void VersionSheet::accept() {
    if (!m_apply->isEnabled()) return;
    data::ApplyOptions options;
    options.force = m_force->isChecked();
    const ApplyWork work = workOf(options);
    const QString title = jobTitle(), name = branch();
    closeOverlay();
    Q_EMIT accepted(title, work, name);
}

// ---- restore

RestoreSheet::RestoreSheet(QWidget* window, common::Services& services, std::shared_ptr<store::Workspace> workspace,
                           std::shared_ptr<const VersionFacts> facts, SnapshotId version, bool branch)
    : VersionSheet(window, branch ? tr("Start a branch") : tr("Restore"), services, std::move(workspace), std::move(facts),
                   {560, branch ? 440 : 400}),
      m_version(version) {
    const QString name = this->facts().nameOf(version);
    common::FormRows* rows = nullptr;
    if (branch) {
        rows = new common::FormRows(this);
        rows->setContentsMargins(4, 4, 4, 8);  // the rows have margins of their own
        m_branch = new QLineEdit(rows);
        m_branch->setPlaceholderText(tr("of the snapshots that follow"));
        rows->addRow(tr("Branch"), m_branch);
        connect(m_branch, &QLineEdit::textChanged, this, &RestoreSheet::updateButton);
        connect(m_branch, &QLineEdit::returnPressed, this, &RestoreSheet::accept);
    }
    build(branch ? tr("Start a branch at %1").arg(name) : tr("Restore %1").arg(name),
          branch ? tr("Start the branch") : tr("Restore"), rows);
    if (m_branch) setFocusProxy(m_branch);
}

ApplyWork RestoreSheet::workOf(const data::ApplyOptions& options) const {
    return [workspace = workspace(), id = m_version, user = services().user.toStdString(), options](
               std::stop_token stop, const Progress& progress) -> Result<ApplyOutcome> {
        ApplyOutcome outcome;
        LATHE_TRY(outcome.report, data::restoreSnapshot(*workspace, id, user, options, stop, progress));
        return outcome;
    };
}

QString RestoreSheet::jobTitle() const {
    return tr("Restore %1").arg(facts().nameOf(m_version));
}

QString RestoreSheet::branch() const {
    return m_branch ? m_branch->text().trimmed() : QString();
}

bool RestoreSheet::isComplete() const {
    return !m_branch || !branch().isEmpty();
}

}  // namespace lathe::widgets::browser::versions
