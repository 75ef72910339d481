// The form of the next run: a copy of another run with what differs marked, presets where nothing is said, checked in place.
#pragma once
#include <map>
#include <optional>

#include "core/data/snapshot.h"
#include "core/runs/runs.h"
#include "widgets/common/parts.h"

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;

namespace lathe::widgets::train {

class AugmentTags;

class NextRun : public common::Panel {
    Q_OBJECT
public:
    explicit NextRun(QWidget* parent = nullptr);
    /// What can be chosen; keeps the choice when it is still there.
    void setSnapshots(const std::vector<data::SnapshotRow>& snapshots, std::int64_t images);
    void setRate(double rate);
    void setBatch(int batch);
    void chooseSnapshot(const QString& digest);                                    ///< does nothing when there is no such
    void setDevices(const std::vector<std::pair<QString, std::string>>& devices);  ///< text, "cuda:0"
    /// Fills the form with a run's settings; what is changed from then on gets a dot. nullopt: the presets.
    void setCopied(const QString& name, const std::optional<runs::RunSpec>& spec);
    struct Fork {
        runs::RunRow parent;
        std::string checkpoint;  ///< "best", "last", "epoch:5"
        int epoch = 0;
    };
    /// As setCopied(); the run starts from the checkpoint, until something else is copied or a preset chosen.
    void setFork(const QString& name, const runs::RunSpec& spec, const Fork& fork);
    struct Wanted {
        runs::RunSpec spec, base;  ///< base: of the run that was copied
        std::optional<Fork> fork;
    };
    [[nodiscard]] Wanted wanted() const { return {spec(), m_base.value_or(runs::RunSpec{}), m_fork}; }
    /// Seconds an image takes to train per epoch, from an earlier run (0: not known): for the estimate.
    void setPace(double imagesPerSecond);
    [[nodiscard]] runs::RunSpec spec() const;
    /// The digest of the chosen snapshot; empty: freeze now.
    [[nodiscard]] QString snapshotDigest() const;
    /// Words about what can't be; empty when the run can be started. Marks the fields.
    [[nodiscard]] QString check();
    [[nodiscard]] int changes() const { return m_changes; }
    void retranslate();
Q_SIGNALS:
    void edited();
    void copyRequested();  ///< the selected run's settings
    void previewRequested();
    void presetsRequested();

private:
    void build();
    void buildData();
    void buildModel();
    void buildSchedule();
    void buildFoot();
    void fillChoices();
    void fill(const runs::RunSpec& spec);
    void touched();
    void taskChanged();
    void presetChosen();
    /// The preset's settings with what was chosen of the data.
    void fillPreset();
    void showTask();
    void markChanges();
    void showEstimate();
    void showCopied();
    void buildMore();
    void row(const char* text, QWidget* field, const QString& unit = {});
    void heading(const char* text);
    /// What a seam of the catalogue offers, and a row for each option of what is chosen.
    struct Chooser {
        runs::Seam seam;
        QComboBox* combo = nullptr;
        std::map<std::string, QDoubleSpinBox*> options = {};
        [[nodiscard]] runs::Named value() const;
    };
    void addChooser(Chooser& chooser, const char* text);
    void offerChoices(Chooser& chooser);
    void setChoice(Chooser& chooser, const runs::Named& value);
    void showOptions(const Chooser& chooser);
    [[nodiscard]] std::vector<Chooser*> choosers() {
        return {&m_model, &m_optimizer, &m_schedule, &m_loss, &m_sampler, &m_classWeights};
    }
    [[nodiscard]] std::int64_t chosenImages() const;

    struct Text {
        QLabel* label;
        const char* source;
    };
    std::vector<Text> m_texts, m_optionTexts;
    std::vector<data::SnapshotRow> m_snapshots;
    std::int64_t m_images = 0;
    std::optional<runs::RunSpec> m_base;
    std::optional<Fork> m_fork;
    QString m_copiedName;
    double m_pace = 0;
    int m_changes = 0;
    bool m_filling = true;  ///< while the form fills itself
    common::FormRows *m_form, *m_more;
    common::FormRows* m_rows = nullptr;  ///< the one that is being built
    QToolButton* m_moreButton;
    QLabel *m_copied, *m_error, *m_time, *m_data;
    QLabel *m_timeName, *m_dataName, *m_augmentation;
    QToolButton *m_previewButton, *m_copyButton, *m_presetsButton;
    Chooser m_model{runs::Seam::Model}, m_optimizer{runs::Seam::Optimizer}, m_schedule{runs::Seam::Schedule},
        m_loss{runs::Seam::Loss}, m_sampler{runs::Seam::Sampler}, m_classWeights{runs::Seam::ClassWeights};
    QComboBox *m_preset, *m_task, *m_background, *m_snapshot, *m_precision, *m_device;
    QSpinBox *m_size, *m_epochs, *m_batch, *m_seed, *m_accumulate, *m_freeze, *m_earlyStop;
    QDoubleSpinBox *m_warmup, *m_labelSmoothing, *m_weightDecay, *m_clip, *m_layerDecay, *m_ema;
    QLineEdit *m_rate, *m_name;
    AugmentTags* m_tags;
};

}  // namespace lathe::widgets::train
