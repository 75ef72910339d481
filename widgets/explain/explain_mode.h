// Explain: why a run answered as it did. Pick run and image, the map lies over the picture.
#pragma once
#include "core/runs/runs.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/explain/map_view.h"
#include "widgets/explain/outcome_model.h"

class QComboBox;
class QLabel;
class QListView;
class QSlider;
class QStackedWidget;
class QToolButton;

namespace lathe::widgets::charts {
class BarRows;
}
namespace lathe::widgets::common {
class EmptyState;
class Note;
class Panel;
class Segments;
class Thumbnails;
}  // namespace lathe::widgets::common

namespace lathe::widgets::explain {

class ExplainMode : public common::Mode {
    Q_OBJECT
public:
    explicit ExplainMode(common::Services& services, QWidget* parent = nullptr);
    [[nodiscard]] QString id() const override { return QStringLiteral("explain"); }
    [[nodiscard]] QString title() const override { return tr("Explain"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("explain"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    void enter(const QVariantMap& args) override;  ///< {"run": id, "image": id}
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override { return {m_openInLabel}; }
    [[nodiscard]] QStringList place() const override;
    [[nodiscard]] QStringList factsLeft() const override { return m_facts; }
    [[nodiscard]] QStringList factsRight() const override { return m_pointed; }

protected:
    void retranslate() override;

private:
    struct Shown {
        MapLayers layers;
        Json explanation;
    };
    void buildActions();
    void buildPage();
    QWidget* buildList();
    QWidget* buildCentre();
    QWidget* buildSide();
    void readRuns();
    void chooseRun(int index);
    void showSplit(const std::string& split);
    void showOtherSplit();
    void nameList();
    void explainCurrent();
    void showPredicted(const runs::RunRow& run, const OutcomeRow& row);
    void take(Shown shown);
    void tell();  ///< m_told in the language that is set now
    void tellMap();
    void tellObjects();
    void showBars(const Json& scores);
    void step(int by);
    void showError(const Error& error);
    [[nodiscard]] const runs::RunRow* currentRun() const;

    common::Thumbnails* m_thumbnails;
    OutcomeModel* m_model;
    QListView* m_list;
    common::Panel *m_listPanel, *m_predictionPanel, *m_checksPanel;
    QComboBox *m_run, *m_method, *m_class;
    QLabel *m_runLabel, *m_methodLabel, *m_classLabel, *m_opacityLabel, *m_answer, *m_scaleText, *m_checks;
    common::Segments* m_show;
    QSlider* m_opacity;
    MapView* m_view;
    charts::BarRows* m_bars;
    QStackedWidget* m_pages;
    common::EmptyState* m_empty;
    common::Note* m_note;
    common::ActionSet m_do;
    QAction *m_openInLabel, *m_train, *m_otherSplit;
    QToolButton* m_splitButton = nullptr;
    std::vector<runs::RunRow> m_runs;
    std::vector<OutcomeRow> m_outcomes;  ///< of every split; the list shows one
    QStringList m_labels;
    std::string m_split;
    Json m_told;                   ///< what the engine said of the picture that is shown
    std::optional<Error> m_error;  ///< what the note says
    QStringList m_facts, m_pointed;
    QString m_wantedRun;
    ImageId m_wantedImage, m_image;
    quint64 m_job = 0;
};

}  // namespace lathe::widgets::explain
