// The runs that wait for their turn, in order: moved by keys, buttons or drag, taken out again.
#pragma once
#include <vector>

#include "core/runs/run_queue.h"
#include "widgets/common/parts.h"

class QListWidget;

namespace lathe::widgets::train {

class QueuePanel : public common::Panel {
    Q_OBJECT
public:
    explicit QueuePanel(QWidget* parent = nullptr);
    /// Hides itself when nothing waits. `nameOf` gives the words of a run.
    void setQueue(const runs::QueueState& queue, const std::function<QString(const RunId&)>& nameOf);
    void retranslate();
    [[nodiscard]] QStringList waiting() const;  ///< ids, in order
Q_SIGNALS:
    void moveRequested(const QString& run, int by);  ///< places, towards the front below 0
    void cancelRequested(const QString& run);
    void chosen(const QString& run);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void moveCurrent(int by);
    void cancelCurrent();
    void dragged();
    void showButtons();
    QListWidget* m_list;
    QToolButton *m_up, *m_down, *m_out;
    std::vector<QString> m_ids;  ///< as the queue has them; the list may be ahead while it is dragged
    bool m_filling = false;
};

}  // namespace lathe::widgets::train
