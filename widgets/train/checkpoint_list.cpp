#include "widgets/train/checkpoint_list.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <algorithm>

#include "widgets/charts/run_watch.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::train {
using common::makeLabel;
using common::Token;
using common::Type;
namespace {

constexpr int kListWidth = 480, kListRow = 30, kListRows = 9;

QString checkpointName(const std::string& name) {
    if (name == "best") return QCoreApplication::translate("CheckpointList", "Best");
    if (name == "last") return QCoreApplication::translate("CheckpointList", "Last");
    return QCoreApplication::translate("CheckpointList", "Kept");
}

}  // namespace

QString checkpointWords(const runs::CheckpointRow& row) {
    if (!row.problem.empty()) return QString::fromStdString(row.problem);
    QStringList words{QCoreApplication::translate("CheckpointList", "epoch %1").arg(row.epoch)};
    if (row.value)
        words << QStringLiteral("%1 %2").arg(charts::metricText(row.metric), charts::metricValue(row.metric, *row.value));
    words << common::fileSize(double(row.bytes));
    if (!row.everything) words << QCoreApplication::translate("CheckpointList", "weights alone");
    return words.join(QStringLiteral(", "));
}

CheckpointList::CheckpointList(QWidget* window, const QString& name, std::vector<runs::CheckpointRow> rows)
    : Overlay(window, tr("Checkpoints")), m_rows(std::move(rows)) {
    setAttribute(Qt::WA_DeleteOnClose);
    auto* title = makeLabel(tr("Checkpoints of %1").arg(name), Type::Section, Token::T1, this);
    title->setContentsMargins(16, 14, 16, 8);
    m_list = new QListWidget(this);
    auto* delegate = new common::RowDelegate(m_list);
    delegate->setRowHeight(kListRow);
    m_list->setItemDelegate(delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Checkpoints"));
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setStyleSheet(QStringLiteral("QListWidget{background:transparent}"));
    for (const runs::CheckpointRow& row : m_rows) {
        auto* item = new QListWidgetItem(checkpointName(row.name), m_list);
        item->setData(common::Roles::SubText, checkpointWords(row));
        item->setData(common::Roles::IconName, row.problem.empty() ? QStringLiteral("db") : QStringLiteral("error"));
        item->setData(common::Roles::IconToken, int(row.problem.empty() ? Token::T2 : Token::Err));
        item->setData(Qt::AccessibleTextRole, QString(item->text() + ", " + checkpointWords(row)));
        item->setToolTip(QString::fromStdString(row.file.string()));
    }
    auto* none = makeLabel(tr("There is none yet: the first is written after the first epoch."), Type::Table, Token::T2, this);
    none->setContentsMargins(16, 0, 16, 8);
    none->setVisible(m_rows.empty());
    m_list->setVisible(!m_rows.empty());
    m_fork = new QPushButton(tr("Fork from here"), this);
    m_fork->setProperty("kind", "primary");
    m_fork->setToolTip(tr("Fills the form of the next run, which then starts from this checkpoint"));
    auto* close = new QPushButton(tr("Close"), this);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 14);
    foot->setSpacing(8);
    foot->addStretch();
    foot->addWidget(close);
    foot->addWidget(m_fork);
    body()->addWidget(title);
    body()->addWidget(none);
    body()->addWidget(m_list, 1);
    body()->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &CheckpointList::closeOverlay);
    connect(m_fork, &QPushButton::clicked, this, &CheckpointList::fork);
    connect(m_list, &QListWidget::itemActivated, this, &CheckpointList::fork);
    connect(m_list, &QListWidget::currentRowChanged, this,
            [this](int row) { m_fork->setEnabled(row >= 0 && m_rows[std::size_t(row)].problem.empty()); });
    m_fork->setEnabled(false);
    if (!m_rows.empty()) m_list->setCurrentRow(0);
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

void CheckpointList::fork() {
    const int row = m_list->currentRow();
    if (row < 0 || !m_fork->isEnabled()) return;
    Q_EMIT forkRequested(QString::fromStdString(m_rows[std::size_t(row)].name), m_rows[std::size_t(row)].epoch);
    closeOverlay();
}

void CheckpointList::openInMiddle() {
    const QWidget* window = parentWidget();
    const int height = 112 + kListRow * std::clamp(int(m_rows.size()), 1, kListRows);
    open(QRect((window->width() - kListWidth) / 2, (window->height() - height) / 2, kListWidth, height));
    m_list->setFocus(Qt::OtherFocusReason);
}

}  // namespace lathe::widgets::train
