// Two versions against each other: numbers, the runs on each side, and the images that differ, side by side.
#pragma once
#include <QWidget>

#include "widgets/browser/versions/version_facts.h"
#include "widgets/browser/versions/version_pairs.h"
#include "widgets/common/parts.h"

class QComboBox;
class QListWidget;
class QListWidgetItem;
class QStackedWidget;

namespace lathe::widgets::browser::versions {

/// Read by a job, then a value.
struct Comparison {
    data::SnapshotRow a, b;
    data::SnapshotDiff numbers;
    data::ItemsDiff items;
};

class VersionCompare : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t kMostItems = 100'000;  ///< images that are listed; counts are of all
    VersionCompare(common::Jobs& jobs, common::Thumbnails& thumbnails, QWidget* parent = nullptr);
    ~VersionCompare() override;
    void setFacts(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const VersionFacts> facts);
    /// Either may be data::kPresent. 0 for `a`: the parent of `b`, else the version before it.
    void compare(SnapshotId a, SnapshotId b);
    /// Labels or splits are others now: compared again when the present is a side. What is shown stays meanwhile.
    void presentChanged();
    [[nodiscard]] const Comparison* shown() const { return m_shown.get(); }  ///< nullptr while it is compared
    [[nodiscard]] SnapshotId before() const { return m_a; }
    [[nodiscard]] SnapshotId after() const { return m_b; }
    void retranslate();
Q_SIGNALS:
    void imageWanted(lathe::ImageId image);
    void goTo(const QString& mode, const QVariantMap& args);

private:
    QWidget* buildStrip();
    QWidget* buildNumbers();
    QWidget* buildImages();
    void fillVersions();
    [[nodiscard]] bool knows(SnapshotId id) const;
    [[nodiscard]] SnapshotId besideOf(SnapshotId id) const;
    [[nodiscard]] QString versionName(SnapshotId id) const;
    void start();
    void show(Result<Comparison> comparison);
    void showSummary();
    void fillKinds();
    void fillClasses();
    void fillRuns();
    void filter();
    void openRun(const QListWidgetItem* item);
    void compareRuns();
    void showState();

    common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<const VersionFacts> m_facts;
    std::shared_ptr<const Comparison> m_shown;
    SnapshotId m_a, m_b;
    quint64 m_job = 0;
    bool m_filling = false;
    QLabel *m_fromLabel, *m_toLabel, *m_summary;
    QComboBox *m_from, *m_to;
    QToolButton* m_swap;
    QListWidget *m_kinds, *m_classes, *m_runs;
    common::Panel *m_kindsPanel, *m_classesPanel, *m_runsPanel;
    QToolButton* m_compareRuns;
    common::Note* m_note;
    QStackedWidget* m_stack;
    common::EmptyState* m_empty;
    PairList* m_pairs;
};

}  // namespace lathe::widgets::browser::versions
