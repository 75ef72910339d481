// What was done to the open image, newest first, and what differs between a moment of the past and now.
#pragma once
#include <QAbstractListModel>
#include <memory>

#include "core/store/workspace.h"

namespace lathe::widgets::canvas {

class View;

/// The words of an edit's label; labels are English verb phrases in the journal.
[[nodiscard]] QString editText(const std::string& label);
[[nodiscard]] QString editText(const store::JournalEntry& entry);

using History = std::vector<store::JournalEntry>;

class HistoryModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setHistory(std::shared_ptr<const History> history);
    [[nodiscard]] const store::JournalEntry& entryAt(int row) const {
        return (*m_history)[m_history->size() - 1 - std::size_t(row)];
    }
    [[nodiscard]] int rowOf(std::int64_t seq) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const History> m_history = std::make_shared<const History>();
};

/// A shape that isn't as it was.
struct Difference {
    AnnotationId id;
    std::optional<annot::Annotation> then, now;
    int place = -1;  ///< in the drawing order, then
};
[[nodiscard]] std::vector<Difference> differences(const annot::Annotations& then, const annot::Annotations& now);
/// What makes these shapes as they were then.
[[nodiscard]] std::vector<annot::Change> restoring(const std::vector<Difference>& chosen, const annot::Annotations& now);

class DifferenceModel : public QAbstractListModel {
    Q_OBJECT
public:
    DifferenceModel(const View& view, QObject* parent) : QAbstractListModel(parent), m_view(view) {}
    void setDifferences(std::vector<Difference> rows);
    [[nodiscard]] const Difference& at(int row) const { return m_rows[std::size_t(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] QString what(const Difference& difference) const;
    const View& m_view;
    std::vector<Difference> m_rows;
};

}  // namespace lathe::widgets::canvas
