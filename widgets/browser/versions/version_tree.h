// The tree of versions as a list: newest first, with the lines from child to parent beside it.
#pragma once
#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include "widgets/browser/versions/version_facts.h"
#include "widgets/browser/versions/version_lanes.h"

namespace lathe::widgets::browser::versions {

class VersionModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setFacts(std::shared_ptr<const VersionFacts> facts);
    [[nodiscard]] const VersionFacts* facts() const { return m_facts.get(); }
    [[nodiscard]] const data::SnapshotRow& at(int row) const { return m_facts->rows[std::size_t(row)]; }
    [[nodiscard]] const LaneRow& laneAt(int row) const { return m_lanes[std::size_t(row)]; }
    [[nodiscard]] int lanes() const { return m_laneCount; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] QString told(const data::SnapshotRow& row) const;
    std::shared_ptr<const VersionFacts> m_facts;
    std::vector<LaneRow> m_lanes;
    int m_laneCount = 0;
};

/// Dot and lines, name, tags, marks; below them what is in it, when and by whom.
class VersionDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Keys as every list; Ctrl with a click or Space adds a second version to compare with.
class VersionTree : public QListView {
    Q_OBJECT
public:
    explicit VersionTree(QWidget* parent = nullptr);
    /// Keeps what is chosen; else the one the present descends from is.
    void setFacts(std::shared_ptr<const VersionFacts> facts);
    [[nodiscard]] SnapshotId current() const;
    void choose(SnapshotId id);
    void retranslate();
Q_SIGNALS:
    void chosen(lathe::SnapshotId id);                                  ///< another one is the current one now
    void pairChosen(lathe::SnapshotId older, lathe::SnapshotId newer);  ///< two are selected
    void opened(lathe::SnapshotId id);                                  ///< double click or Enter

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    VersionModel* m_model;
    bool m_filling = false;
};

}  // namespace lathe::widgets::browser::versions
