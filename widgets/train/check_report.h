// What the trials of a run said before it was started (runs::checkRun), as a popup.
#pragma once
#include <functional>

#include "core/base/json.h"
#include "widgets/common/overlay.h"

class QHBoxLayout;
class QPushButton;

namespace lathe::widgets::train {

class CheckReport : public common::Overlay {
    Q_OBJECT
public:
    /// Closes and goes by itself. `result` as runs::checkRun() gives it, of trials or of the search for the largest batch alone.
    CheckReport(QWidget* window, const Json& result);
    void openInMiddle();
Q_SIGNALS:
    void rateChosen(double rate);
    void batchChosen(int batch);
    void largestBatchWanted();

private:
    void addTitle(const Json& result);
    void addRow(const Json& check);
    void addLayers(const Json& layers);
    void addBatches(const Json& found);
    void addFoot(const Json& result);
    QPushButton* addButton(QHBoxLayout* foot, const QString& text, const std::function<void()>& chosen);
    int m_width;
};

}  // namespace lathe::widgets::train
