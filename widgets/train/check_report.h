// What the trials of a run said before it was started (runs::checkRun), as a popup.
#pragma once
#include "core/base/json.h"
#include "widgets/common/overlay.h"

namespace lathe::widgets::train {

class CheckReport : public common::Overlay {
    Q_OBJECT
public:
    /// Closes and goes by itself. `result` as runs::checkRun() gives it.
    CheckReport(QWidget* window, const Json& result);
    void openInMiddle();
Q_SIGNALS:
    void rateChosen(double rate);

private:
    void addRow(const Json& check);
    void addFoot(const Json& result);
};

}  // namespace lathe::widgets::train
