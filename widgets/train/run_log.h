// What a run said: all of it in words, its events alone, its checkpoints; with search.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "core/base/json.h"
#include "widgets/common/parts.h"

class QLineEdit;
class QMenu;
class QListView;
class QTabBar;

namespace lathe::widgets::train {

struct LogLine {
    double time = 0;
    QString text;
    common::Token token = common::Token::T2;
    enum Kind { Log = 0, Event = 1, Checkpoint = 2 } kind = Log;
};

class LogModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    void setLines(std::vector<LogLine> lines);  ///< newest first
    /// `level`: 0 all, 1 warnings and errors, 2 errors.
    void setFilter(int tab, const QString& text, int level = 0);
    [[nodiscard]] const LogLine& line(int row) const { return m_lines[m_shown[std::size_t(row)]]; }

private:
    void filter();
    std::vector<LogLine> m_lines;
    std::vector<std::size_t> m_shown;
    int m_tab = 0, m_level = 0;
    QString m_text;
};

class RunLog : public QWidget {
    Q_OBJECT
public:
    explicit RunLog(QWidget* parent = nullptr);
    /// The run's events and the tail of its engine.log (may be empty).
    void setEvents(const std::vector<Json>& events, const QString& engineLog);
    void retranslate();
    void startSearch();  ///< shows the field and gives it the focus

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLevels();
    [[nodiscard]] int level() const;
    void applyFilter();
    QTabBar* m_tabs;
    QLineEdit* m_search;
    QToolButton *m_searchButton, *m_levelButton;
    QMenu* m_levels;
    QListView* m_list;
    QLabel* m_empty;
    LogModel* m_model;
};

/// An event in words; empty text: nothing to tell.
[[nodiscard]] LogLine lineOf(const Json& event);

}  // namespace lathe::widgets::train
