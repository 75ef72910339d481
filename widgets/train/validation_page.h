// What the model says of a few validation images, epoch by epoch, while it trains (core/runs/validation.h).
#pragma once
#include <QTimer>
#include <QWidget>

#include "widgets/common/mode.h"
#include "widgets/train/validation_model.h"

class QCheckBox;
class QLabel;
class QListView;
class QSlider;
class QStackedWidget;
class QToolButton;

namespace lathe::widgets::common {
class EmptyState;
class Segments;
}  // namespace lathe::widgets::common

namespace lathe::widgets::train {

class ValidationView;

/// GUI thread; reads and draws by jobs, and only while it is visible.
class ValidationPage : public QWidget {
    Q_OBJECT
public:
    ValidationPage(common::Services& services, QWidget* parent);
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    /// The run shown, or none; its newest epoch.
    void setRun(const std::optional<runs::RunFolder>& folder);
    void setClassColours(const QHash<QString, QColor>& colours);
    void epochEnded();  ///< the run shown may have told more
    void stepEpoch(int by);
    void setWrongOnly(bool on);
    [[nodiscard]] bool wrongOnly() const;
    void retranslate();
    [[nodiscard]] int epoch() const { return m_epoch; }  ///< shown; 0: none
    [[nodiscard]] const ValidationModel& model() const { return *m_model; }

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Read {
        std::vector<int> epochs;
        std::shared_ptr<const runs::ValidationSet> set;
        std::vector<std::shared_ptr<const ValidationStill>> stills;
        std::optional<runs::ValidationEpoch> epoch;
    };
    // building (validation_page_build.cpp)
    void build();
    QWidget* buildHead();
    void wire();

    void load();
    [[nodiscard]] static Result<Read> read(const store::Workspace& workspace, const runs::RunFolder& folder, Read known, int wanted,
                                           const std::stop_token& stop);
    void take(Read read);
    void failed(const Error& error);
    void showItems();
    void showEpochs();
    void showWords();
    void showTask();
    void layOut();
    void draw();
    void open(int row);
    void close();
    void stepPicture(int by);
    [[nodiscard]] ValidationLayer layer() const;

    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::optional<runs::RunFolder> m_folder;
    Read m_known;
    QHash<QString, QColor> m_colours;
    int m_epoch = 0, m_wanted = 0;  ///< wanted 0: the newest
    bool m_loading = false, m_again = false, m_stale = true;
    quint64 m_drawJob = 0, m_turn = 0;
    QTimer m_drawSoon;

    ValidationModel* m_model;
    ValidationDelegate* m_delegate;
    QListView* m_list;
    ValidationView* m_view;
    common::EmptyState* m_empty;
    QStackedWidget* m_stack;
    QLabel *m_about, *m_epochName, *m_epochValue, *m_opacityName;
    common::Segments* m_layers;
    QSlider *m_slider, *m_opacity;
    QCheckBox* m_wrong;
    QToolButton *m_back, *m_newest;
};

}  // namespace lathe::widgets::train
