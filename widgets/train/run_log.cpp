#include "widgets/train/run_log.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QDateTime>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTabBar>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/charts/chart.h"
#include "widgets/charts/run_watch.h"
#include "widgets/train/run_changes.h"

namespace lathe::widgets::train {
using common::Theme;
using common::Token;
using common::Type;
namespace {

QString words(const char* text) {
    return QCoreApplication::translate("RunLog", text);
}

double numberIn(const Json& json, const char* key, double missing = 0) {
    return json.is_object() && json.contains(key) && json[key].is_number() ? json[key].get<double>() : missing;
}

QString textIn(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string() ? QString::fromStdString(json[key].get<std::string>())
                                                                           : QString();
}

QString epochText(const Json& event) {
    QStringList parts{words(QT_TRANSLATE_NOOP("RunLog", "epoch %1 in %2 s"))
                          .arg(numberIn(event, "epoch"))
                          .arg(numberIn(event, "seconds"), 0, 'f', 1)};
    if (event.contains("metrics") && event["metrics"].is_object())
        for (const auto& [name, value] : event["metrics"].items())
            if (value.is_number()) parts << charts::metricText(name) + " " + charts::metricValue(name, value.get<double>());
    return parts.join(QStringLiteral(", "));
}

QString planText(const Json& event) {
    return words(QT_TRANSLATE_NOOP("RunLog", "%1 on %2, %3 parameters, %4 steps an epoch"))
        .arg(textIn(event, "model"), textIn(event, "device"), charts::valueText(numberIn(event, "parameters")),
             charts::valueText(numberIn(event, "steps_per_epoch")));
}

QString phasesText(const Json& event) {
    return words(QT_TRANSLATE_NOOP("RunLog", "step %1 ms: waits %2, forward %3, backward %4, optimiser %5"))
        .arg(numberIn(event, "step_ms"), 0, 'f', 1)
        .arg(numberIn(event, "data_ms"), 0, 'f', 1)
        .arg(numberIn(event, "forward_ms"), 0, 'f', 1)
        .arg(numberIn(event, "backward_ms"), 0, 'f', 1)
        .arg(numberIn(event, "optimizer_ms"), 0, 'f', 1);
}

QString checkpointText(const Json& event) {
    QStringList parts{words(QT_TRANSLATE_NOOP("RunLog", "checkpoint %1")).arg(textIn(event, "name"))};
    if (const double epoch = numberIn(event, "epoch", -1); epoch >= 0)
        parts << words(QT_TRANSLATE_NOOP("RunLog", "epoch %1")).arg(epoch);
    if (const double bytes = numberIn(event, "bytes", numberIn(event, "size", -1)); bytes >= 0) parts << common::fileSize(bytes);
    return parts.join(QStringLiteral(", "));
}

LogLine editLine(const Json& event, LogLine line) {
    const auto change = changesOf({event}).front();
    line.kind = LogLine::Event;
    line.token = change.refused.isEmpty() ? Token::T1 : Token::Warn;
    line.text = (change.refused.isEmpty() ? words(QT_TRANSLATE_NOOP("RunLog", "changed: %1"))
                                          : words(QT_TRANSLATE_NOOP("RunLog", "change refused: %1")))
                    .arg(changeText(change));
    return line;
}

LogLine stateLine(const Json& event, LogLine line) {
    const QString state = textIn(event, "state"), message = textIn(event, "message");
    line.kind = LogLine::Event;
    line.text = message.isEmpty() ? state : state + ": " + message;
    for (auto one : {runs::RunState::Queued, runs::RunState::Running, runs::RunState::Paused, runs::RunState::Stopped,
                     runs::RunState::Finished, runs::RunState::Failed, runs::RunState::Died})
        if (state.toStdString() == runs::name(one)) {
            const auto look = charts::lookOf(one);
            line.text = message.isEmpty() ? look.word : look.word + ": " + message;
            line.token = one == runs::RunState::Failed || one == runs::RunState::Died ? Token::Err : Token::T1;
        }
    return line;
}

/// Two lines: time in t3, words below.
class LogDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, 38}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& theme = Theme::instance();
        painter->save();
        if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, theme.colour(Token::Sel));
        painter->setFont(theme.font(Type::Mono));
        const QRect box = option.rect.adjusted(12, 3, -12, -3);
        painter->setPen(theme.colour(Token::T3));
        painter->drawText(QRect(box.left(), box.top(), box.width(), 16), Qt::AlignVCenter, index.data(Qt::UserRole).toString());
        painter->setPen(theme.colour(Token(index.data(Qt::UserRole + 1).toInt())));
        painter->drawText(QRect(box.left(), box.top() + 16, box.width(), 16), Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
        painter->restore();
    }
};

}  // namespace

LogLine lineOf(const Json& event) {
    LogLine line;
    line.time = numberIn(event, "time");
    const QString kind = textIn(event, "kind");
    if (kind == "state") return stateLine(event, line);
    if (kind == "edit") return editLine(event, line);
    if (kind == "epoch")
        line.text = epochText(event);
    else if (kind == "phases")
        line.text = phasesText(event);
    else if (kind == "plan")
        line.text = planText(event);
    else if (kind == "checkpoint")
        line.text = checkpointText(event), line.kind = LogLine::Checkpoint;
    else if (kind == "message") {
        line.text = textIn(event, "text");
        line.kind = LogLine::Event;
        const QString level = textIn(event, "level");
        line.token = level == "error" ? Token::Err : level == "warning" ? Token::Warn : Token::T2;
    }
    return line;
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const LogLine& shown = line(index.row());
    const QString time =
        shown.time > 0 ? QDateTime::fromMSecsSinceEpoch(qint64(shown.time * 1000)).toString(QStringLiteral("HH:mm:ss")) : QString();
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole: return shown.text;
        case Qt::AccessibleTextRole: return QString(time + ' ' + shown.text);
        case Qt::UserRole: return time;
        case Qt::UserRole + 1: return int(shown.token);
        default: return {};
    }
}

void LogModel::setLines(std::vector<LogLine> lines) {
    beginResetModel();
    m_lines = std::move(lines);
    filter();
    endResetModel();
}

void LogModel::setFilter(int tab, const QString& text, int level) {
    beginResetModel();
    m_level = level;
    m_tab = tab;
    m_text = text;
    filter();
    endResetModel();
}

void LogModel::filter() {
    m_shown.clear();
    const auto levelOf = [](const LogLine& line) { return line.token == Token::Err ? 2 : line.token == Token::Warn ? 1 : 0; };
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (levelOf(m_lines[i]) >= m_level && (m_tab == 0 || m_lines[i].kind == m_tab) &&
            (m_text.isEmpty() || m_lines[i].text.contains(m_text, Qt::CaseInsensitive)))
            m_shown.push_back(i);
}

RunLog::RunLog(QWidget* parent) : QWidget(parent) {
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs = new QTabBar(this);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int i = 0; i < 3; ++i) m_tabs->addTab(QString());
    m_searchButton = common::makeIconButton(QStringLiteral("search"), QStringLiteral(" "), this);
    m_searchButton->setCheckable(true);
    auto* header = new QHBoxLayout;
    header->setContentsMargins(4, 0, 4, 0);
    header->addWidget(m_tabs);
    header->addStretch(1);
    buildLevels();
    header->addWidget(m_levelButton);
    header->addWidget(m_searchButton);
    m_search = new QLineEdit(this);
    m_search->setClearButtonEnabled(true);
    m_search->hide();
    m_list = new QListView(this);
    m_model = new LogModel(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new LogDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty = common::makeLabel({}, Type::Table, Token::T3, this);
    m_empty->setContentsMargins(12, 8, 12, 8);
    m_empty->setWordWrap(true);
    column->addLayout(header);
    column->addWidget(m_search);
    column->addWidget(m_empty);
    column->addWidget(m_list, 1);
    m_search->installEventFilter(this);
    connect(m_tabs, &QTabBar::currentChanged, this, &RunLog::applyFilter);
    connect(m_search, &QLineEdit::textChanged, this, &RunLog::applyFilter);
    connect(m_searchButton, &QToolButton::toggled, this, [this](bool on) {
        m_search->setVisible(on);
        on ? m_search->setFocus() : m_search->clear();
    });
    retranslate();
}

void RunLog::buildLevels() {
    m_levels = new QMenu(this);
    auto* group = new QActionGroup(m_levels);
    for (int level = 0; level < 3; ++level) {
        auto* action = group->addAction(m_levels->addAction(QString()));
        action->setCheckable(true);
        action->setChecked(level == 0);
    }
    m_levelButton = common::makeIconButton(QStringLiteral("filter"), QStringLiteral(" "), this);
    m_levelButton->setPopupMode(QToolButton::InstantPopup);
    m_levelButton->setMenu(m_levels);
    m_levelButton->setStyleSheet(QStringLiteral("QToolButton::menu-indicator{image:none}"));
    connect(m_levels, &QMenu::triggered, this, &RunLog::applyFilter);
}

int RunLog::level() const {
    for (int level = 0; level < 3; ++level)
        if (m_levels->actions()[level]->isChecked()) return level;
    return 0;
}

void RunLog::startSearch() {
    m_searchButton->setChecked(true);
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool RunLog::eventFilter(QObject* watched, QEvent* event) {
    const bool escape = event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (watched != m_search || !escape) return QWidget::eventFilter(watched, event);
    m_searchButton->setChecked(false);
    m_list->setFocus(Qt::OtherFocusReason);
    return true;
}

void RunLog::retranslate() {
    const QStringList levels{tr("All lines"), tr("Warnings and errors"), tr("Errors")};
    for (int level = 0; level < 3; ++level) m_levels->actions()[level]->setText(levels[level]);
    m_levelButton->setToolTip(tr("How grave a line must be"));
    m_levelButton->setAccessibleName(tr("How grave a line must be"));
    m_tabs->setAccessibleName(tr("Log of the run"));
    m_tabs->setTabText(0, tr("Log"));
    m_tabs->setTabText(1, tr("Events"));
    m_tabs->setTabText(2, tr("Checkpoints"));
    m_searchButton->setToolTip(tr("Search the log"));
    m_searchButton->setAccessibleName(tr("Search the log"));
    m_search->setPlaceholderText(tr("Find in the log"));
    m_search->setAccessibleName(tr("Find in the log"));
    m_list->setAccessibleName(tr("Log lines"));
    applyFilter();
}

void RunLog::applyFilter() {
    m_model->setFilter(m_tabs->currentIndex(), m_search->text(), level());
    const bool none = m_model->rowCount() == 0;
    m_empty->setVisible(none);
    m_empty->setText(!m_search->text().isEmpty() || level() > 0 ? tr("Nothing matches")
                     : m_tabs->currentIndex() == 2              ? tr("A checkpoint is written after each epoch.")
                                                                : tr("Nothing was said yet."));
}

void RunLog::setEvents(const std::vector<Json>& events, const QString& engineLog) {
    std::vector<LogLine> lines;
    const auto tail = engineLog.split('\n', Qt::SkipEmptyParts);
    for (auto line = tail.rbegin(); line != tail.rend(); ++line) lines.push_back({0, *line, Token::Warn, LogLine::Log});
    for (auto event = events.rbegin(); event != events.rend(); ++event)
        if (LogLine line = lineOf(*event); !line.text.isEmpty()) lines.push_back(std::move(line));
    const int place = m_list->verticalScrollBar()->value();
    m_model->setLines(std::move(lines));
    applyFilter();
    m_list->verticalScrollBar()->setValue(place);
}

}  // namespace lathe::widgets::train
