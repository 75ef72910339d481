#include "widgets/browser/versions/versions_page.h"

#include <QApplication>
#include <QFileDialog>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>

#include "core/base/files.h"
#include "widgets/browser/search/batch_undo.h"
#include "widgets/browser/search/query_terms.h"
#include "widgets/browser/versions/version_compare.h"
#include "widgets/browser/versions/version_details.h"
#include "widgets/browser/versions/version_lineage_view.h"
#include "widgets/browser/versions/version_merge.h"
#include "widgets/browser/versions/version_tree.h"

namespace lathe::widgets::browser::versions {
namespace {

constexpr int kSincePause = 2000;  // ms between two looks at what changed, as others may be labelling all the time

/// Where the branch that the next snapshot shall begin is kept, until there is one.
QString branchKey(const store::Workspace& workspace) {
    return QStringLiteral("browse/nextBranch/") + QString::fromStdString(workspace.id());
}

}  // namespace

VersionsPage::View VersionsPage::view() const {
    return View(std::max(0, m_look->current()));
}

void VersionsPage::setView(View view) {
    const QWidget* focus = QApplication::focusWidget();
    if (focus && m_views->isAncestorOf(focus)) m_tree->setFocus();
    m_look->setCurrent(int(view));
    m_views->setCurrentIndex(int(view));
    const data::SnapshotRow* row = chosen();
    if (view == View::Compare && row && !m_compare->after().valid()) m_compare->compare(row->parent, row->id);
    if (view == View::Lineage && row && m_lineage->current() < 0)
        m_lineage->setCurrent(m_lineage->lineage().find(LineageKind::Version, QString::number(row->id.value)));
    m_do.update();
}

const data::SnapshotRow* VersionsPage::chosen() const {
    return m_facts ? m_facts->find(m_tree->current()) : nullptr;
}

// ---- what is shown

void VersionsPage::setSearch(std::shared_ptr<store::Workspace> workspace, const QString&) {
    if (workspace != m_workspace) {
        if (m_job) m_services.jobs->drop(m_job);
        if (m_sinceJob) m_services.jobs->drop(m_sinceJob);
        m_job = m_sinceJob = 0;
        m_workspace = std::move(workspace);
        m_thumbnails->setWorkspace(m_workspace);
        m_facts.reset();
        m_since.reset();
        m_note->hide();
        m_branchNote->hide();
        showEmpty();
    }
    refresh();
}

void VersionsPage::refresh() {
    m_stale = true;
    if (isVisible()) read();
}

void VersionsPage::showEvent(QShowEvent* event) {
    search::Page::showEvent(event);
    if (m_stale) read();
}

void VersionsPage::read() {
    if (!m_workspace) {
        m_stale = false;
        return showEmpty();
    }
    if (m_job) return;  // m_stale: once more when it is done
    m_stale = false;
    using Read = std::optional<VersionFacts>;  // none: only labels are others
    m_job = m_services.jobs->run<Read>(
        tr("Read the versions"), this,
        [workspace = m_workspace, known = m_facts ? std::optional(m_facts->records) : std::nullopt](
            std::stop_token, const Progress&) -> Result<Read> {
            if (known && *known == workspace->revision().records) return Read();
            LATHE_TRY(VersionFacts facts, readVersionFacts(*workspace));
            return Read(std::move(facts));
        },
        [this, workspace = m_workspace](Result<Read> facts) {
            if (workspace != m_workspace) return;
            m_job = 0;
            if (!facts)
                showError(facts.error());
            else if (*facts)
                showFacts(std::move(**facts));
            else
                readSince(), m_compare->presentChanged();
            if (m_stale && isVisible()) read();
        },
        true);
}

void VersionsPage::showFacts(VersionFacts facts) {
    m_facts = std::make_shared<const VersionFacts>(std::move(facts));
    m_tree->setFacts(m_facts);
    m_details->setFacts(m_workspace, m_facts);
    m_details->show(m_tree->current());
    m_compare->setFacts(m_workspace, m_facts);
    m_compare->presentChanged();
    m_lineage->setLineage(lineageOf(*m_facts));
    m_left->setCount(common::number(double(m_facts->rows.size())));
    if (view() == View::Compare) setView(View::Compare);
    nameBranch();
    showBranch();
    readSince();
    showEmpty();
}

void VersionsPage::readSince() {
    if (m_sinceJob) {
        m_sinceStale = true;
        return;
    }
    m_sinceStale = false;
    if (!m_workspace || !m_facts || !m_facts->head.valid()) return showSince();
    m_sinceJob = m_services.jobs->run<data::ApplyReport>(
        tr("Look what changed since the last version"), this,
        [workspace = m_workspace, head = m_facts->head](std::stop_token stop, const Progress&) {
            return data::restoreSnapshot(*workspace, head, {}, {.dryRun = true, .force = true}, stop);
        },
        [this, workspace = m_workspace](Result<data::ApplyReport> since) {
            if (workspace != m_workspace) return;
            m_sinceJob = 0;
            m_since = since ? std::optional(std::move(*since)) : std::nullopt;
            showSince();
            if (m_sinceStale) QTimer::singleShot(kSincePause, this, [this] { m_sinceStale ? readSince() : void(); });
        },
        true);
}

void VersionsPage::showSince() {
    const QString head = m_facts ? m_facts->nameOf(m_facts->head) : QString();
    if (!m_since || head.isEmpty()) return m_sinceLabel->clear();
    QStringList parts;
    if (m_since->images.changed > 0) parts << tr("%Ln image(s) changed since %1", nullptr, int(m_since->images.changed)).arg(head);
    if (!m_since->outside.empty()) parts << tr("%Ln image(s) not in it", nullptr, int(m_since->outside.size()));
    m_sinceLabel->setText(parts.isEmpty() ? tr("Nothing changed since %1").arg(head) : parts.join(QStringLiteral(", ")));
}

void VersionsPage::showEmpty() {
    m_do.update();
    if (!m_workspace) {
        m_empty->setTexts(tr("No workspace is open"), tr("Open one to see its versions."));
        m_empty->setActions(nullptr);
    } else if (!m_facts) {
        m_empty->setTexts(tr("Reading the versions"), {});
        m_empty->setActions(nullptr);
    } else {
        m_empty->setTexts(
            tr("No versions yet"),
            tr("A snapshot keeps images, labels and splits as they are now: to train on, to compare, to come back to."));
        m_empty->setActions(m_freeze, m_import);
    }
    m_stack->setCurrentIndex(m_facts && !m_facts->rows.empty() ? 1 : 0);
}

void VersionsPage::showChosen(SnapshotId id) {
    m_details->show(id);
    const data::SnapshotRow* row = chosen();
    const bool withPresent = m_compare->after() == data::kPresent;
    if (view() == View::Compare && row && m_compare->after() != id)
        withPresent ? m_compare->compare(id, data::kPresent) : m_compare->compare(row->parent, id);
    m_do.update();
}

void VersionsPage::comparePair(SnapshotId older, SnapshotId newer) {
    m_compare->compare(older, newer);
    setView(View::Compare);
}

void VersionsPage::showError(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    m_note->show(common::Tone::Err, common::errorText(error));
}

// ---- restore, merge, branch

void VersionsPage::openSheet(VersionSheet* sheet) {
    connect(sheet, &VersionSheet::accepted, this,
            [this, from = m_tree->current()](const QString& title, const ApplyWork& work, const QString& branch) {
                apply(title, work, from, branch);
            });
    sheet->openInMiddle();
}

void VersionsPage::merge() {
    auto* sheet = new MergeSheet(window(), m_services, *m_thumbnails, m_workspace, m_facts, m_tree->current());
    connect(sheet, &MergeSheet::imageWanted, this, &VersionsPage::imageWanted);
    openSheet(sheet);
}

void VersionsPage::apply(const QString& title, const ApplyWork& work, SnapshotId from, const QString& branch) {
    m_note->hide();
    m_services.jobs->run<ApplyOutcome>(title, this, work, [this, title, from, branch](const Result<ApplyOutcome>& outcome) {
        if (!outcome) return showError(outcome.error());
        if (!outcome->report) return m_note->show(common::Tone::Warn, tr("Nothing was merged: there are conflicts."));
        if (!branch.isEmpty()) startBranch(from, branch);
        Q_EMIT done(tr("%1: %2", "what was done: 3 images changed")
                        .arg(title, tr("%Ln image(s) changed", nullptr, int(outcome->report->images.changed))),
                    [this, batch = outcome->report->batch] { undo(batch); });
        refresh();
    });
}

void VersionsPage::undo(store::BatchId batch) {
    search::undoBatch(m_services, this, m_workspace, batch, [this](const Result<store::BatchResult>& result) {
        if (!result) return showError(result.error());
        QSettings().remove(branchKey(*m_workspace));
        if (result->skipped > 0)
            m_note->show(common::Tone::Info,
                         tr("%Ln annotation(s) changed since and stay as they are.", nullptr, int(result->skipped)));
        refresh();
    });
}

void VersionsPage::startBranch(SnapshotId from, const QString& name) {
    QSettings().setValue(branchKey(*m_workspace), QStringList{QString::number(from.value), name});
}

/// The first snapshot after a branch was started gets its name, however it was taken.
void VersionsPage::nameBranch() {
    const QStringList next = QSettings().value(branchKey(*m_workspace)).toStringList();
    const data::SnapshotRow* head = m_facts->find(m_facts->head);
    if (next.size() != 2 || !head || head->id == SnapshotId(next[0].toLongLong())) return;
    QSettings().remove(branchKey(*m_workspace));
    if (head->parent != SnapshotId(next[0].toLongLong())) return;
    data::SnapshotEdit edit;
    edit.branch = next[1].toStdString();
    m_services.jobs->write<data::SnapshotRow>(
        tr("Name the branch"), this,
        [workspace = m_workspace, id = head->id, edit] { return data::editSnapshot(*workspace, id, edit); },
        [this](const Result<data::SnapshotRow>& row) { row ? refresh() : showError(row.error()); });
}

void VersionsPage::showBranch() {
    const QStringList next = QSettings().value(branchKey(*m_workspace)).toStringList();
    if (next.size() != 2) return m_branchNote->hide();
    m_branchNote->show(common::Tone::Info, tr("The next snapshot begins the branch %1.").arg(next[1]), tr("Not after all"), [this] {
        QSettings().remove(branchKey(*m_workspace));
        m_branchNote->hide();
    });
}

// ---- files

void VersionsPage::saveCard() {
    const data::SnapshotRow* row = chosen();
    if (!row) return;
    auto* dialog = new QFileDialog(this, tr("Save the data card"), {}, tr("Markdown (*.md)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("md"));
    dialog->selectFile(QString::fromStdString(m_workspace->name() + "-" + row->name + ".md"));
    connect(dialog, &QFileDialog::fileSelected, this, &VersionsPage::writeCard);
    dialog->open();
}

void VersionsPage::writeCard(const QString& file) {
    const data::SnapshotRow* row = chosen();
    if (!row) return;
    m_services.jobs->run<bool>(
        tr("Write the data card of %1").arg(QString::fromStdString(row->name)), this,
        [workspace = m_workspace, id = row->id, file = file.toStdString()](std::stop_token stop,
                                                                           const Progress& progress) -> Result<bool> {
            LATHE_TRY(const std::string text, versionCard(*workspace, id, stop, progress));
            LATHE_CHECK(base::writeFileAtomically(file, text));
            return true;
        },
        [this, file](const Result<bool>& written) {
            if (!written) return showError(written.error());
            m_note->show(common::Tone::Ok, tr("The data card is in %1.").arg(file));
        });
}

void VersionsPage::saveLineage() {
    auto* dialog = new QFileDialog(this, tr("Save the lineage as a picture"), {}, tr("Pictures (*.svg *.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    dialog->selectFile(QString::fromStdString(m_workspace->name() + "-lineage.svg"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const auto saved = m_lineage->save(file);
        saved ? m_note->show(common::Tone::Ok, tr("The picture is in %1.").arg(file)) : showError(saved.error());
    });
    dialog->open();
}

}  // namespace lathe::widgets::browser::versions
