#include "widgets/train/run_queue_panel.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace lathe::widgets::train {
namespace {

constexpr int kQueueRow = 28, kQueueRows = 5;

}  // namespace

QueuePanel::QueuePanel(QWidget* parent) : Panel(QStringLiteral(" "), parent) {
    m_up = addHeaderButton(QStringLiteral("up"), QStringLiteral(" "));
    m_down = addHeaderButton(QStringLiteral("down"), QStringLiteral(" "));
    m_out = addHeaderButton(QStringLiteral("x"), QStringLiteral(" "));
    m_list = new QListWidget(this);
    auto* rows = new common::RowDelegate(m_list);
    rows->setRowHeight(kQueueRow);
    m_list->setItemDelegate(rows);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->installEventFilter(this);
    body()->addWidget(m_list);
    connect(m_up, &QToolButton::clicked, this, [this] { moveCurrent(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveCurrent(1); });
    connect(m_out, &QToolButton::clicked, this, &QueuePanel::cancelCurrent);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &QueuePanel::dragged);
    connect(m_list, &QListWidget::currentRowChanged, this, &QueuePanel::showButtons);
    connect(m_list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { Q_EMIT chosen(item->data(Qt::UserRole).toString()); });
    retranslate();
    hide();
}

void QueuePanel::retranslate() {
    setTitle(tr("Queue"));
    m_list->setAccessibleName(tr("Queue of runs"));
    for (const auto& [button, name] :
         {std::pair(m_up, tr("Earlier (Alt+Up)")), {m_down, tr("Later (Alt+Down)")}, {m_out, tr("Take out of the queue (Del)")}}) {
        button->setToolTip(name);
        button->setAccessibleName(name);
    }
}

void QueuePanel::setQueue(const runs::QueueState& queue, const std::function<QString(const RunId&)>& nameOf) {
    std::vector<QString> ids;
    for (const RunId& run : queue.runs) ids.push_back(QString::fromStdString(run.value));
    setVisible(!ids.empty());
    setCount(QString::number(ids.size()));
    if (ids == m_ids && waiting() == QStringList(ids.begin(), ids.end())) return;
    const QString current = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
    m_filling = true;
    m_list->clear();
    m_ids = ids;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto* item = new QListWidgetItem(nameOf(queue.runs[i]), m_list);
        item->setData(Qt::UserRole, ids[i]);
        item->setData(common::Roles::IconName, QStringLiteral("grip"));
        item->setData(common::Roles::Right, QString::number(i + 1));
        if (ids[i] == current) m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->count() > 0) m_list->setCurrentRow(0);
    m_filling = false;
    m_list->setFixedHeight(kQueueRow * std::clamp(int(ids.size()), 1, kQueueRows) + 4);
    showButtons();
}

QStringList QueuePanel::waiting() const {
    QStringList ids;
    for (int row = 0; row < m_list->count(); ++row) ids << m_list->item(row)->data(Qt::UserRole).toString();
    return ids;
}

void QueuePanel::showButtons() {
    const int row = m_list->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    m_out->setEnabled(row >= 0);
}

void QueuePanel::moveCurrent(int by) {
    const int row = m_list->currentRow(), to = row + by;
    if (row < 0 || to < 0 || to >= m_list->count()) return;
    Q_EMIT moveRequested(m_list->item(row)->data(Qt::UserRole).toString(), by);
}

void QueuePanel::cancelCurrent() {
    if (const auto* item = m_list->currentItem()) Q_EMIT cancelRequested(item->data(Qt::UserRole).toString());
}

/// One row went elsewhere: the one that moved furthest.
void QueuePanel::dragged() {
    if (m_filling) return;
    const QStringList now = waiting();
    QString moved;
    int by = 0;
    for (int to = 0; to < now.size(); ++to) {
        const auto from = std::find(m_ids.begin(), m_ids.end(), now[to]) - m_ids.begin();
        if (std::abs(to - int(from)) > std::abs(by)) moved = now[to], by = to - int(from);
    }
    if (by != 0) Q_EMIT moveRequested(moved, by);
}

bool QueuePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_list || event->type() != QEvent::KeyPress) return Panel::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool alt = key->modifiers() & Qt::AltModifier;
    if (alt && key->key() == Qt::Key_Up) return moveCurrent(-1), true;
    if (alt && key->key() == Qt::Key_Down) return moveCurrent(1), true;
    if (key->key() == Qt::Key_Delete) return cancelCurrent(), true;
    return Panel::eventFilter(watched, event);
}

}  // namespace lathe::widgets::train
