#include "widgets/train/runs_model.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "widgets/charts/run_watch.h"
#include "widgets/charts/spark.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::train {
using common::Theme;
using common::Token;
using common::Type;
namespace {

QString nameOf(const runs::RunRow& run) {
    return QString::fromStdString(run.name.empty() ? run.id.value : run.name);
}

bool sameRuns(const std::vector<runs::RunRow>& a, const std::vector<runs::RunRow>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.id == y.id; });
}

}  // namespace

int RunsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_runs.size());
}

QString RunsModel::figure(const runs::RunRow& run) const {
    if (run.state == runs::RunState::Failed) return tr("failed");
    if (run.state == runs::RunState::Queued && m_queued.contains(idOf(run))) return tr("in the queue");
    if (const auto live = m_live.find(idOf(run)); live != m_live.end() && std::isfinite(live->second))
        return QString::number(live->second, 'f', 4);
    for (const auto& metric : {std::string(runs::metricOf(run.task)), charts::judgedBy(run)})
        if (const auto found = run.metrics.find(metric); found != run.metrics.end()) return QString::number(found->second, 'f', 4);
    return run.best.value > 0 ? QString::number(run.best.value, 'f', 4) : charts::lookOf(run.state).word;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& run = m_runs[std::size_t(index.row())];
    switch (role) {
        case Qt::DisplayRole: return nameOf(run);
        case Qt::CheckStateRole: return m_ticked.contains(idOf(run)) ? Qt::Checked : Qt::Unchecked;
        case Qt::AccessibleTextRole: return nameOf(run) + ", " + charts::lookOf(run.state).word + ", " + figure(run);
        case Qt::ToolTipRole: {
            const QString words = run.message.empty() ? charts::lookOf(run.state).word : QString::fromStdString(run.message);
            return nameOf(run) + "\n" + words + "\n" +
                   tr("%1, snapshot %2").arg(QString::fromStdString(run.model), QString::fromStdString(run.snapshotName));
        }
        case IdRole: return idOf(run);
        case SparkRole: return QVariant::fromValue(m_sparks.value(idOf(run)));
        case FigureRole: return figure(run);
        case NumberRole: return charts::runNumber(run.id);
        case StateRole: return int(run.state);
        default: return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid)) return false;
    const QString id = idOf(m_runs[std::size_t(index.row())]);
    if (value.toInt() == Qt::Checked)
        m_ticked.insert(id);
    else
        m_ticked.erase(id);
    rowChanged(index.row());
    Q_EMIT tickedChanged();
    return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const {
    const auto flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsUserCheckable : flags;
}

void RunsModel::setRuns(const std::vector<runs::RunRow>& runs) {
    if (sameRuns(runs, m_runs)) {
        m_runs = runs;
        if (!m_runs.empty()) Q_EMIT dataChanged(index(0), index(int(m_runs.size()) - 1));
        return;
    }
    beginResetModel();
    m_runs = runs;
    endResetModel();
}

const runs::RunRow* RunsModel::run(const QString& id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_runs[std::size_t(row)];
}

int RunsModel::rowOf(const QString& id) const {
    for (std::size_t row = 0; row < m_runs.size(); ++row)
        if (idOf(m_runs[row]) == id) return int(row);
    return -1;
}

void RunsModel::rowChanged(int row) {
    if (row >= 0) Q_EMIT dataChanged(index(row), index(row));
}

void RunsModel::setSpark(const QString& id, const QVector<float>& values) {
    m_sparks.insert(id, values);
    rowChanged(rowOf(id));
}

void RunsModel::setLive(const QString& id, runs::RunState state, double figure) {
    m_live[id] = figure;
    const int row = rowOf(id);
    if (row < 0) return;
    m_runs[std::size_t(row)].state = state;
    rowChanged(row);
}

QStringList RunsModel::tickedIds() const {
    QStringList ids;
    for (const auto& run : m_runs)
        if (m_ticked.contains(idOf(run))) ids << idOf(run);
    return ids;
}

void RunsModel::setTicked(const QStringList& ids) {
    m_ticked = {ids.begin(), ids.end()};
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0), index(int(m_runs.size()) - 1));
    Q_EMIT tickedChanged();
}

void RunsModel::setQueued(const std::vector<RunId>& runs) {
    m_queued.clear();
    for (const RunId& run : runs) m_queued.insert(QString::fromStdString(run.value));
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0), index(int(m_runs.size()) - 1));
}

QSize RunsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {220, 34};
}

namespace {

struct RunPainter {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const QModelIndex& index;
    QRect row;
    bool selected, over, ticked;

    [[nodiscard]] const Theme& theme() const { return Theme::instance(); }
    [[nodiscard]] QColor colour() const { return theme().series(index.data(RunsModel::NumberRole).toInt()); }
    void ground() const;
    void state() const;
    void sample() const;
    [[nodiscard]] int figureAndSpark() const;
    void name(int right) const;
};

void RunPainter::ground() const {
    if (selected)
        painter.fillRect(option.rect, theme().colour(option.state & QStyle::State_Active ? Token::Sel : Token::SelOff));
    else if (over)
        painter.fillRect(option.rect, theme().colour(theme().dark() ? Token::Raised : Token::Hover));
    if (!(option.state & QStyle::State_HasFocus) || !(option.state & QStyle::State_KeyboardFocusChange)) return;
    painter.setPen(QPen(theme().colour(Token::Focus), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(option.rect.adjusted(1, 1, -1, -1));
}

void RunPainter::state() const {
    const auto look = charts::lookOf(runs::RunState(index.data(RunsModel::StateRole).toInt()));
    painter.drawPixmap(QPoint(row.left(), row.center().y() - 7),
                       common::iconPixmap(look.icon, Token(look.token), 16, painter.device()->devicePixelRatioF()));
}

/// The line that the charts draw, or an empty tick.
void RunPainter::sample() const {
    const int middle = row.center().y();
    if (!ticked && !selected) {
        painter.setPen(QPen(theme().colour(over ? Token::Line3 : Token::Line2), 1));
        painter.setBrush(Qt::NoBrush);
        return painter.drawRoundedRect(QRectF(row.left() + 25.5, middle - 5.5, 12, 12), 3, 3);
    }
    QPen pen(colour(), 2.5);
    if (auto dash = Theme::seriesDash(index.data(RunsModel::NumberRole).toInt()); !dash.isEmpty()) {
        for (auto& length : dash) length /= 2.5;
        pen.setDashPattern(dash);
    }
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.drawLine(row.left() + 24, middle + 1, row.left() + 38, middle + 1);
}

/// Returns where the name must end.
int RunPainter::figureAndSpark() const {
    const QString figure = index.data(RunsModel::FigureRole).toString();
    painter.setFont(theme().font(Type::Table));
    const int width = std::max(46, painter.fontMetrics().horizontalAdvance(figure) + 2);
    const auto values = index.data(RunsModel::SparkRole).value<QVector<float>>();
    painter.setPen(theme().colour(selected || !values.isEmpty() ? Token::T1 : Token::T3));
    painter.drawText(QRect(row.right() - width, row.top(), width, row.height()), Qt::AlignVCenter | Qt::AlignRight, figure);
    if (values.isEmpty()) return row.right() - width - 8;
    const QRect spark(row.right() - width - 64, row.center().y() - 9, 56, 18);
    charts::paintSpark(painter, spark, values, ticked || selected ? colour() : theme().colour(Token::T4));
    return spark.left() - 8;
}

void RunPainter::name(int right) const {
    painter.setFont(theme().font(Type::Control));
    painter.setPen(theme().colour(Token::T1));
    const QRect rect(row.left() + 46, row.top(), right - row.left() - 46, row.height());
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
}

}  // namespace

void RunsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const RunPainter run{*painter,
                         option,
                         index,
                         option.rect.adjusted(12, 0, -12, 0),
                         bool(option.state & QStyle::State_Selected),
                         bool(option.state & QStyle::State_MouseOver),
                         index.data(Qt::CheckStateRole).toInt() == Qt::Checked};
    run.ground();
    run.state();
    run.sample();
    run.name(run.figureAndSpark());
    painter->restore();
}

bool RunsDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                               const QModelIndex& index) {
    bool toggle = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const int x = static_cast<QMouseEvent*>(event)->position().toPoint().x() - option.rect.x();
        toggle = x >= 32 && x < 54;
    } else if (event->type() == QEvent::KeyPress) {
        toggle = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    }
    if (!toggle) return false;
    const bool ticked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, ticked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

}  // namespace lathe::widgets::train
