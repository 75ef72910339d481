// The checkpoints of a run as a popup: what each holds, and a fork from one of them.
#pragma once
#include "core/runs/checkpoints.h"
#include "widgets/common/overlay.h"

class QListWidget;
class QPushButton;

namespace lathe::widgets::train {

/// Closes and goes by itself.
class CheckpointList : public common::Overlay {
    Q_OBJECT
public:
    CheckpointList(QWidget* window, const QString& name, std::vector<runs::CheckpointRow> rows);
    void openInMiddle();
Q_SIGNALS:
    void forkRequested(const QString& checkpoint, int epoch);

private:
    void fork();
    std::vector<runs::CheckpointRow> m_rows;
    QListWidget* m_list;
    QPushButton* m_fork;
};

/// "epoch 12, AP 0.53, 12 MB".
[[nodiscard]] QString checkpointWords(const runs::CheckpointRow& row);

}  // namespace lathe::widgets::train
