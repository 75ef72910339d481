#include "widgets/browser/export_sheet.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QVBoxLayout>

#include "widgets/common/counts.h"
#include "widgets/common/format_title.h"
#include "widgets/common/icons.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser {
namespace {

using common::makeLabel;
using common::Token;
using common::Type;

constexpr int kExportWidth = 620;

QString plainText(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// A folder beside the last export that isn't there yet.
QString freshFolder(const QString& format) {
    QSettings settings;
    QString parent = settings.value(QStringLiteral("exportTo")).toString();
    if (parent.isEmpty() || !QFileInfo(parent).isWritable()) parent = QDir::homePath();
    const QString stem = parent + '/' + QStringLiteral("export-") + format;
    QString folder = stem;
    for (int k = 2; QFileInfo::exists(folder); ++k) folder = QStringLiteral("%1-%2").arg(stem).arg(k);
    return folder;
}

}  // namespace

ExportSheet::ExportSheet(QWidget* window, common::Jobs& jobs, std::shared_ptr<store::Workspace> workspace, const QString& query)
    : Overlay(window, tr("Export")), m_jobs(jobs), m_workspace(std::move(workspace)), m_query(query) {
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

ExportSheet::~ExportSheet() {
    if (m_job) m_jobs.drop(m_job);
}

void ExportSheet::build() {
    auto* title = makeLabel(m_query.isEmpty() ? tr("Export all images") : tr("Export what matches %1").arg(m_query), Type::Section,
                            Token::T1, this);
    title->setContentsMargins(16, 14, 16, 2);
    m_says = makeLabel({}, Type::Control, Token::T2, this);
    m_says->setContentsMargins(16, 0, 16, 6);
    m_says->setWordWrap(true);

    auto* rows = new common::FormRows(this);
    rows->setContentsMargins(4, 4, 4, 8);  // the rows have margins of their own
    m_format = new QComboBox(rows);
    for (const auto* format : formats::allFormats())
        m_format->addItem(QStringLiteral("%1 — %2").arg(plainText(format->name()), common::formatTitle(*format)),
                          plainText(format->name()));
    m_format->setCurrentIndex(
        std::max(0, m_format->findData(QSettings().value(QStringLiteral("exportFormat"), QStringLiteral("coco")))));
    m_version = new QComboBox(rows);
    m_version->addItem(tr("As it is now"), QString());
    m_images = new common::Segments(tr("Image files"), rows);
    m_images->setItems({tr("Copy"), tr("Hard links"), tr("Labels only")});
    m_folder = new QLineEdit(rows);
    m_folder->setText(freshFolder(m_format->currentData().toString()));
    auto* browse = m_folder->addAction(common::icon(QStringLiteral("folder")), QLineEdit::TrailingPosition);
    browse->setText(tr("Choose a folder"));
    for (auto* button : m_folder->findChildren<QToolButton*>()) common::keepNamed(button, [] { return tr("Choose a folder"); });
    rows->addRow(tr("Format"), m_format);
    rows->addRow(tr("Version"), m_version);
    rows->addRow(tr("Images"), m_images);
    rows->addRow(tr("Folder"), m_folder);

    m_losses = new common::ProblemsList(this);
    m_losses->setMinimumHeight(140);
    m_losses->hide();
    auto* cancel = new common::ActionButton(tr("Cancel"), common::ButtonKind::Quiet, this);
    m_export = new common::ActionButton(tr("Export"), common::ButtonKind::Primary, this);
    m_export->setDefault(true);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 14);
    foot->setSpacing(8);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_export);
    for (QWidget* part : {static_cast<QWidget*>(title), static_cast<QWidget*>(m_says), static_cast<QWidget*>(rows)})
        body()->addWidget(part);
    body()->addWidget(m_losses, 1);
    body()->addStretch();
    body()->addLayout(foot);
    connect(cancel, &QPushButton::clicked, this, &ExportSheet::closeOverlay);
    connect(m_export, &QPushButton::clicked, this, &ExportSheet::accept);
    connect(m_version, &QComboBox::activated, this, &ExportSheet::rehearse);
    connect(browse, &QAction::triggered, this, &ExportSheet::choose);
    connect(m_folder, &QLineEdit::textChanged, this, [this] { m_export->setEnabled(!m_folder->text().trimmed().isEmpty()); });
    connect(m_format, &QComboBox::activated, this, [this] {
        m_folder->setText(freshFolder(m_format->currentData().toString()));
        rehearse();
    });
}

void ExportSheet::openInMiddle() {
    const QWidget* window = parentWidget();
    const int height = std::min(window->height() - 80, 480);
    open(QRect((window->width() - kExportWidth) / 2, (window->height() - height) / 2, kExportWidth, height));
    m_format->setFocus();
    readSnapshots();
    rehearse();
}

void ExportSheet::readSnapshots() {
    m_jobs.run<std::vector<data::SnapshotRow>>(
        tr("Read the snapshots"), this,
        [workspace = m_workspace](std::stop_token, const Progress&) { return data::snapshots(*workspace); },
        [this](const Result<std::vector<data::SnapshotRow>>& snapshots) {
            if (!snapshots) return;
            for (const auto& row : *snapshots)
                m_version->addItem(tr("Snapshot %1, %2").arg(QString::fromStdString(row.name), common::Counts::images(row.images)),
                                   QString::fromStdString(row.digest));
        },
        true);
}

data::ExportOptions ExportSheet::options() const {
    data::ExportOptions options;
    options.format = m_format->currentData().toString().toStdString();
    options.snapshot = m_version->currentData().toString().toStdString();
    options.query = m_query.toStdString();
    options.images = m_images->current() == 0   ? formats::ImageMode::Copy
                     : m_images->current() == 1 ? formats::ImageMode::Link
                                                : formats::ImageMode::None;
    return options;
}

void ExportSheet::rehearse() {
    if (m_job) m_jobs.drop(m_job);
    m_says->setText(tr("Looking what the format can hold …"));
    data::ExportOptions rehearsal = options();
    rehearsal.dryRun = true;
    m_job = m_jobs.run<formats::WriteReport>(
        tr("Rehearse the export"), this,
        [workspace = m_workspace, rehearsal](std::stop_token stop, const Progress& progress) {
            return data::exportTo(*workspace, {}, rehearsal, stop, progress);
        },
        [this, asked = ++m_asked](const Result<formats::WriteReport>& report) {
            if (asked == m_asked) show(report);  // one that was just done when it was cancelled answers an older question
        });
}

void ExportSheet::show(const Result<formats::WriteReport>& report) {
    m_job = 0;
    if (!report) {
        if (report.error().code == ErrorCode::Cancelled) return;
        m_says->setText(common::errorText(report.error()));
        m_losses->hide();
        return;
    }
    m_losses->setVisible(!report->problems.empty());
    m_losses->setProblems(tr("What the format can't hold"), report->problems);
    const QString all = tr("%1, %2.").arg(common::Counts::images(std::int64_t(report->images)),
                                          common::Counts::annotations(std::int64_t(report->annotations)));
    m_says->setText(report->problems.empty() ? all + ' ' + tr("The format holds all of it.") : all);
}

void ExportSheet::choose() {
    auto* dialog = new QFileDialog(this, tr("Export into a new folder"), QFileInfo(m_folder->text()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(m_folder->text()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

void ExportSheet::accept() {
    const QString folder = QDir::cleanPath(m_folder->text().trimmed());
    QSettings settings;
    settings.setValue(QStringLiteral("exportTo"), QFileInfo(folder).path());
    settings.setValue(QStringLiteral("exportFormat"), m_format->currentData());
    const data::ExportOptions chosen = options();
    closeOverlay();
    Q_EMIT accepted(folder, chosen);
}

}  // namespace lathe::widgets::browser
