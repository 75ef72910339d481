// What the machine does, from /proc: load per core and memory. And the panel that shows it live.
#pragma once
#include <QTimer>
#include <QVector>
#include <functional>
#include <map>

#include "widgets/charts/spark.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::charts {

struct MachineFigures {
    double cpu = 0;                          ///< 0…1 over all cores, since the last reading
    QVector<double> cores;                   ///< likewise, per core
    double memoryUsed = 0, memoryTotal = 0;  ///< bytes; used = total - available
};

/// Reads /proc/stat and /proc/meminfo (some 50 µs). GUI thread.
class MachineReader {
public:
    [[nodiscard]] MachineFigures read();

private:
    struct Ticks {
        quint64 busy = 0, all = 0;
    };
    QVector<Ticks> m_before;  ///< [0]: all cores
};

/// Rows with name, filled spark and value, twice a second while it is visible.
class MachinePanel : public common::Panel {
    Q_OBJECT
public:
    explicit MachinePanel(QWidget* parent = nullptr);
    /// Share of a step that waits for data, from the run shown; below 0: not known.
    void setWaitShare(double share);
    void retranslate();
Q_SIGNALS:
    void measured(const lathe::widgets::charts::MachineFigures& figures);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Row {
        QLabel *name, *value;
        Spark* spark;
    };
    Row addRow(int series);
    void measure();
    MachineReader m_reader;
    QTimer m_timer;
    Row m_cpu, m_memory, m_wait;
    double m_waitShare = -1;
};

/// Gives a label another colour, and again after a change of theme.
void setToken(QLabel* label, common::Token token);

}  // namespace lathe::widgets::charts
