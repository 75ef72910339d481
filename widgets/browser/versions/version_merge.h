// Two versions brought together: what would change, and where both changed the same thing.
#pragma once
#include "widgets/browser/versions/version_pairs.h"
#include "widgets/browser/versions/version_sheet.h"

class QComboBox;

namespace lathe::widgets::browser::versions {

class MergeSheet : public VersionSheet {
    Q_OBJECT
public:
    /// `theirs` comes into the version from which the present descends, unless another is chosen.
    MergeSheet(QWidget* window, common::Services& services, common::Thumbnails& thumbnails,
               std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const VersionFacts> facts, SnapshotId theirs);
    [[nodiscard]] const std::vector<data::MergeConflict>& conflicts() const { return *m_conflicts; }
Q_SIGNALS:
    void imageWanted(lathe::ImageId image);

protected:
    [[nodiscard]] ApplyWork workOf(const data::ApplyOptions& options) const override;
    [[nodiscard]] QString jobTitle() const override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] QString errorWords(const Error& error) const override;
    void showOutcome(const ApplyOutcome& outcome) override;
    void clearOutcome() override;

private:
    QWidget* buildChoices();
    QWidget* buildConflicts(common::Thumbnails& thumbnails);
    void choose();
    [[nodiscard]] QString whatFollows(const ApplyOutcome& outcome) const;
    [[nodiscard]] QString chosenName(const QComboBox& box) const;
    QComboBox *m_ours, *m_theirs, *m_base;
    QWidget* m_below;
    QLabel* m_heading;
    common::Segments* m_prefer;
    PairList* m_list;
    std::shared_ptr<const std::vector<data::MergeConflict>> m_conflicts;
};

}  // namespace lathe::widgets::browser::versions
