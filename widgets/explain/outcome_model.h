// What a run answered on its test images, wrong answers first: the list at the left of Explain.
#pragma once
#include <QAbstractListModel>
#include <QHash>
#include <unordered_map>
#include <vector>

#include "core/runs/runs.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::explain {

/// An outcome with its image; sorted wrong first, then by confidence, largest first.
struct OutcomeRow {
    runs::SampleOutcome outcome;
    store::ImageRow image;
};
/// Any thread. Outcomes whose image left the workspace are dropped.
[[nodiscard]] Result<std::vector<OutcomeRow>> readOutcomes(const store::Workspace& workspace, const runs::RunFolder& folder);

class OutcomeModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit OutcomeModel(common::Thumbnails& thumbnails, QObject* parent = nullptr);
    void setRows(std::vector<OutcomeRow> rows, QStringList labels);
    [[nodiscard]] const OutcomeRow* rowAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(ImageId image) const;
    [[nodiscard]] int wrongCount() const { return m_wrong; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const QStringList& labels() const { return m_labels; }

private:
    [[nodiscard]] QString labelText(int index) const;
    [[nodiscard]] QString answerText(const runs::SampleOutcome& outcome) const;
    common::Thumbnails& m_thumbnails;
    std::vector<OutcomeRow> m_rows;
    QStringList m_labels;
    int m_wrong = 0;
};

}  // namespace lathe::widgets::explain
