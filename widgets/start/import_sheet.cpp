#include "widgets/start/import_sheet.h"
#include "widgets/common/counts.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/common/format_title.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/start/column_table.h"

namespace lathe::widgets::start {
namespace {

using common::makeLabel;
using common::Token;
using common::Type;

constexpr int kSheetWidth = 680;

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

}  // namespace

ImportSheet::ImportSheet(QWidget* window, common::Jobs& jobs, std::shared_ptr<store::Workspace> workspace, const QString& source,
                         const QString& user)
    : Overlay(window, tr("Import")), m_jobs(jobs), m_workspace(std::move(workspace)), m_source(source), m_user(user) {
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

ImportSheet::~ImportSheet() {
    if (m_job) m_jobs.drop(m_job);
}

void ImportSheet::build() {
    auto* title = makeLabel(tr("Import %1").arg(QFileInfo(m_source).fileName()), Type::Section, Token::T1, this);
    title->setContentsMargins(16, 14, 16, 2);
    m_found = makeLabel({}, Type::Control, Token::T2, this);
    m_found->setContentsMargins(16, 0, 16, 0);
    m_found->setWordWrap(true);
    m_classes = common::makeElidedLabel({}, Type::Table, Token::T3, this);
    m_classes->setContentsMargins(16, 2, 16, 8);

    auto* rows = new common::FormRows(this);
    m_format = new QComboBox(rows);
    m_format->addItem(tr("Found by looking"), QString());
    for (const auto* format : formats::allFormats())
        m_format->addItem(QStringLiteral("%1 — %2").arg(fromText(format->name()), common::formatTitle(*format)),
                          fromText(format->name()));
    m_split = new QComboBox(rows);
    m_split->addItem(tr("As the source has it"), QString());
    for (const char* split : {"train", "val", "test"}) m_split->addItem(QString::fromLatin1(split), QString::fromLatin1(split));
    m_files = new common::Segments(tr("Image files"), rows);
    m_files->setItems({tr("Copy into the workspace"), tr("Leave where they are")});
    m_conflict = new QComboBox(rows);
    m_conflict->addItems({tr("Keep what is there"), tr("Add the new ones"), tr("Replace by the source's")});
    rows->addRow(tr("Format"), m_format);
    rows->addRow(tr("Split"), m_split);
    rows->addRow(tr("Files"), m_files);
    rows->addRow(tr("Known images"), m_conflict);
    m_vocPixels = new QComboBox(rows);
    m_vocPixels->addItems(
        {tr("As the files' database says"), tr("Corners, counted from 0"), tr("Pixels from 1, the last included")});
    m_vocPixels->setToolTip(tr("What the numbers of a Pascal VOC box mean: only the devkit's own files count from 1"));
    rows->addRow(tr("Box numbers"), m_vocPixels);
    m_rows = rows;
    m_rows->setRowVisible(m_vocPixels, false);
    rows->setContentsMargins(4, 4, 4, 8);
    m_conflict->setToolTip(tr("What happens to images of the workspace that have other labels than the source"));

    m_columns = new ColumnTable(this);
    m_columns->hide();
    connect(m_columns, &ColumnTable::changed, this, &ImportSheet::look);
    m_problems = new common::ProblemsList(this);
    m_problems->hide();
    m_problems->setMinimumHeight(180);

    auto* cancel = new common::ActionButton(tr("Cancel"), common::ButtonKind::Quiet, this);
    m_import = new common::ActionButton(tr("Import"), common::ButtonKind::Primary, this);
    m_import->setEnabled(false);
    m_import->setDefault(true);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 14);
    foot->setSpacing(8);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(m_import);
    for (QWidget* part : {static_cast<QWidget*>(title), static_cast<QWidget*>(m_found), static_cast<QWidget*>(m_classes),
                          static_cast<QWidget*>(rows), static_cast<QWidget*>(m_columns), static_cast<QWidget*>(m_problems)})
        body()->addWidget(part, part == m_problems ? 1 : 0);
    body()->addStretch();
    body()->addLayout(foot);
    connect(cancel, &QPushButton::clicked, this, &ImportSheet::closeOverlay);
    connect(m_import, &QPushButton::clicked, this, &ImportSheet::accept);
    connect(m_format, &QComboBox::activated, this, &ImportSheet::look);
    connect(m_vocPixels, &QComboBox::activated, this, &ImportSheet::look);
}

void ImportSheet::openInMiddle() {
    const QWidget* window = parentWidget();
    const int height = std::min(window->height() - 80, 620);
    open(QRect((window->width() - kSheetWidth) / 2, (window->height() - height) / 2, kSheetWidth, height));
    m_format->setFocus();
    look();
}

data::ImportOptions ImportSheet::options() const {
    data::ImportOptions options;
    options.format = m_format->currentData().toString().toStdString();
    options.split = m_split->currentData().toString().toStdString();
    options.link = m_files->current() == 1;
    if (m_columns->isVisibleTo(this)) options.columns = m_columns->columns();
    options.vocPixels = formats::VocPixels(m_vocPixels->currentIndex());
    options.onConflict = data::OnConflict(m_conflict->currentIndex());
    options.author = m_user.toStdString();
    return options;
}

void ImportSheet::look() {
    if (m_job) m_jobs.drop(m_job);
    m_import->setEnabled(false);
    m_found->setText(tr("Looking at it …"));
    m_classes->setText({});
    data::ImportOptions look = options();
    look.dryRun = look.labelsOnly = true;
    look.link = false;
    m_job = m_jobs.run<Looked>(
        tr("Look at %1").arg(QFileInfo(m_source).fileName()), this,
        [workspace = m_workspace, path = std::filesystem::path(m_source.toStdString()), look](
            std::stop_token stop, const Progress& progress) -> Result<Looked> {
            auto table = formats::lookAtTable(path);
            return Looked{data::importInto(*workspace, path, look, stop, progress), std::move(table)};
        },
        [this, asked = ++m_asked](const Result<Looked>& looked) {
            if (looked && asked == m_asked) show(*looked);  // not one that was just done when it was cancelled
        });
}

/// Shown while a table is what is read, or while nothing else is found.
void ImportSheet::showColumns(const std::optional<formats::TableLook>& table, const std::string& format) {
    const bool wanted = table && !table->names.empty() && (format.empty() || format == table->format);
    if (wanted) m_columns->setLook(*table);
    m_columns->setVisible(wanted);
}

void ImportSheet::show(const Looked& looked) {
    m_job = 0;
    const auto& report = looked.report;
    if (report) m_rows->setRowVisible(m_vocPixels, report->format == "voc");
    showColumns(looked.table, report ? report->format : m_format->currentData().toString().toStdString());
    if (!report) {
        if (report.error().code == ErrorCode::Cancelled) return;
        m_found->setText(m_columns->isVisibleTo(this) && m_columns->columns().empty()
                             ? tr("The names of its columns don't say what they hold: choose it below.")
                             : common::errorText(report.error()));
        m_problems->hide();
        return;
    }
    const auto images = report->images.added + report->images.known;
    QString found = QStringLiteral("%1: %2, %3, %4")
                        .arg(fromText(report->format), common::Counts::images(std::int64_t(images)),
                             common::Counts::annotations(std::int64_t(report->annotations.added + report->annotations.skipped)),
                             common::Counts::classes(std::int64_t(report->classes.size())));
    if (report->images.missing > 0)
        found += QStringLiteral("; ") + tr("%1 image files are not there").arg(common::number(double(report->images.missing)));
    m_found->setText(found);
    QStringList classes;
    for (const auto& name : report->classes) classes << QString::fromStdString(name);
    m_classes->setText(classes.join(QStringLiteral(", ")));
    m_problems->setVisible(!report->problems.empty());
    m_problems->setProblems(tr("%n thing(s) to know before", nullptr, int(report->problems.size())), report->problems);
    m_import->setEnabled(images > 0);
    if (images > 0 && !m_columns->isVisibleTo(this)) m_import->setFocus();
}

void ImportSheet::accept() {
    const data::ImportOptions chosen = options();
    closeOverlay();
    Q_EMIT accepted(chosen);
}

}  // namespace lathe::widgets::start
