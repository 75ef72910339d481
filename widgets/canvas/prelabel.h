// A whole query labelled ahead by a run: its predictions become suggestions, in the background.
#pragma once
#include <QComboBox>
#include <QSlider>

#include "core/base/problem.h"
#include "core/rpc/client.h"
#include "core/runs/runs.h"
#include "widgets/common/mode.h"
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

struct PrelabelPlan {
    std::string run;               ///< id: what the suggestions name
    std::filesystem::path folder;  ///< what the engine loads
    std::vector<ImageId> images;
    double least = 0.25;  ///< predictions below this confidence aren't suggested
};
struct PrelabelReport {
    std::int64_t images = 0, suggestions = 0;
    Problems problems;  ///< by image: why nothing is suggested
};
/// Any thread. In portions: what is done when it is cancelled or fails stays.
[[nodiscard]] Result<PrelabelReport> prelabel(store::Workspace& workspace, rpc::Engine& engine, const PrelabelPlan& plan,
                                              std::stop_token stop, const Progress& progress);
/// Which run, and from which confidence on.
class PrelabelPopup : public common::Overlay {
    Q_OBJECT
public:
    PrelabelPopup(common::Services& services, QWidget* mode);
    void openFor(const QPoint& topMiddle, std::shared_ptr<store::Workspace> workspace, std::vector<ImageId> images);
    [[nodiscard]] QComboBox& runs() const { return *m_run; }
    [[nodiscard]] common::ActionButton& button() const { return *m_start; }

Q_SIGNALS:
    void done(const lathe::widgets::canvas::PrelabelReport& report, const QString& run);
    void failed(const lathe::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void readRuns();
    void start();
    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::vector<ImageId> m_images;
    std::vector<lathe::runs::RunRow> m_runs;
    QLabel *m_title, *m_runLabel, *m_leastLabel, *m_value, *m_none;
    QComboBox* m_run;
    QSlider* m_least;
    common::ActionButton* m_start;
};

}  // namespace lathe::widgets::canvas
