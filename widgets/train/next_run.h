// The form of the next run: a copy of another run with what differs marked, presets where nothing is said, checked in place.
#pragma once
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
    void chooseSnapshot(const QString& digest);                                    ///< does nothing when there is no such
    void setDevices(const std::vector<std::pair<QString, std::string>>& devices);  ///< text, "cuda:0"
    /// Fills the form with a run's settings; what is changed from then on gets a dot. nullopt: the presets.
    void setCopied(const QString& name, const std::optional<runs::RunSpec>& spec);
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
    void markChanges();
    void showEstimate();
    void showCopied();
    void row(const char* text, QWidget* field, const QString& unit = {});
    void heading(const char* text);
    [[nodiscard]] std::int64_t chosenImages() const;

    struct Text {
        QLabel* label;
        const char* source;
    };
    std::vector<Text> m_texts;
    std::vector<data::SnapshotRow> m_snapshots;
    std::int64_t m_images = 0;
    std::optional<runs::RunSpec> m_base;
    QString m_copiedName;
    double m_pace = 0;
    int m_changes = 0;
    bool m_filling = true;  ///< while the form fills itself
    common::FormRows* m_form;
    QLabel *m_copied, *m_error, *m_time, *m_data;
    QLabel *m_timeName, *m_dataName, *m_augmentation;
    QToolButton *m_copyButton, *m_presetsButton;
    QComboBox *m_task, *m_snapshot, *m_model, *m_optimizer, *m_precision, *m_device;
    QSpinBox *m_size, *m_epochs, *m_batch, *m_seed;
    QDoubleSpinBox *m_warmup, *m_labelSmoothing;
    QLineEdit *m_rate, *m_name;
    AugmentTags* m_tags;
};

}  // namespace lathe::widgets::train
