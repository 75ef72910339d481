// Changes of a run that goes on: what was changed already, in words, and a popup that changes more (core/runs/live_edit.h).
#pragma once
#include <QStringList>
#include <map>
#include <vector>

#include "core/runs/run_spec.h"
#include "widgets/common/overlay.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace lathe::widgets::common {
class FormRows;
}

namespace lathe::widgets::train {

/// An "edit" event of the log.
struct RunChange {
    QString author, refused;  ///< refused: why, in the engine's words
    double time = 0, epoch = 0;
    std::int64_t step = 0;
    Json changes = Json::object();  ///< {path: [old, new]}
};
[[nodiscard]] std::vector<RunChange> changesOf(const std::vector<Json>& events);
/// "rate 0.003 -> 0.001, epochs 20 -> 30 (ana)"
[[nodiscard]] QString changeText(const RunChange& change);
/// "KEY=VALUE" of every part that differs, whole lists and named sections as one; `left`: keys of the top level that don't count.
[[nodiscard]] std::vector<std::string> assignmentsBetween(const Json& before, const Json& after,
                                                          const std::vector<std::string>& left);

/// Closes and goes by itself.
class ChangeRun : public common::Overlay {
    Q_OBJECT
public:
    /// `spec`: as the run has it now; `done`: epochs that are over.
    ChangeRun(QWidget* window, const QString& name, const runs::RunSpec& spec, const std::vector<RunChange>& history, int done);
    void openInMiddle();
    /// What was changed in the form, as editRun() takes it. Words in `wrong` when something can't be.
    [[nodiscard]] std::vector<std::string> assignments(QString& wrong) const;
    void showError(const QString& words);
    void setBusy(bool busy);  ///< while the engine takes it
Q_SIGNALS:
    void changeRequested(const std::vector<std::string>& assignments);

private:
    void buildForm(int done);
    void buildHistory(const std::vector<RunChange>& history);
    void buildFoot();
    void showOptions();
    void apply();
    [[nodiscard]] runs::RunSpec wanted() const;
    runs::RunSpec m_spec;
    common::FormRows* m_form;
    QLineEdit* m_rate;
    QDoubleSpinBox *m_decay, *m_clip, *m_warmup;
    QComboBox* m_schedule;
    std::map<std::string, QDoubleSpinBox*> m_options;
    QSpinBox *m_epochs, *m_earlyStop, *m_keepEvery;
    QLabel* m_error;
    QPushButton *m_apply, *m_cancel;
};

}  // namespace lathe::widgets::train
