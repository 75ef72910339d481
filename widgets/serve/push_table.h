// What was pushed to a target: when, which version, by whom, how it ended, how well the golden inputs agreed.
#pragma once
#include <QTableWidget>

#include "core/serve/push.h"

namespace lathe::widgets::serve {

class PushTable : public QTableWidget {
    Q_OBJECT
public:
    explicit PushTable(QWidget* parent = nullptr);
    void setPushes(const std::vector<lathe::serve::PushRow>& pushes);  ///< newest first
    void retranslate();

private:
    enum Column { When, Version, By, State, Cases, Difference, Seconds, Columns };
    void addRow(const lathe::serve::PushRow& push);
    void put(int row, Column column, const QString& text);
};

/// "live", "replaced", "rolled back", "failed", in the language of the window.
[[nodiscard]] QString pushStateText(const std::string& state);

}  // namespace lathe::widgets::serve
