// The versions page of Browse: the tree of snapshots, what differs between two, restoring, branching and merging.
#pragma once
#include "widgets/browser/search/page.h"
#include "widgets/browser/versions/version_sheet.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/common/picture.h"

class QStackedWidget;

namespace lathe::widgets::browser::versions {

class LineageView;
class VersionCompare;
class VersionDetails;
class VersionTree;

class VersionsPage : public search::Page {
    Q_OBJECT
public:
    enum class View { Details, Compare, Lineage };
    /// `import`, `freeze`: what the empty states offer.
    VersionsPage(common::Services& services, QAction* import, QAction* freeze, QWidget* parent = nullptr);
    void setSearch(std::shared_ptr<store::Workspace> workspace, const QString& query) override;
    [[nodiscard]] QList<QAction*> pageActions() const override { return m_do.all(); }
    [[nodiscard]] const std::shared_ptr<const VersionFacts>& facts() const { return m_facts; }  ///< nullptr: none were read yet
    [[nodiscard]] View view() const;
    void retranslate() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildActions();
    QWidget* buildLeft();
    QWidget* buildRight();
    QWidget* buildContent();
    void wire();
    void setView(View view);
    void refresh();
    void read();
    void showFacts(VersionFacts facts);
    void readSince();
    void showSince();
    void showEmpty();
    void showChosen(SnapshotId id);
    void comparePair(SnapshotId older, SnapshotId newer);
    void openSheet(VersionSheet* sheet);
    void merge();
    void apply(const QString& title, const ApplyWork& work, SnapshotId from, const QString& branch);
    void undo(store::BatchId batch);
    void startBranch(SnapshotId from, const QString& name);
    void nameBranch();
    void showBranch();
    void saveCard();
    void writeCard(const QString& file);
    void saveLineage();
    void showError(const Error& error);
    [[nodiscard]] const data::SnapshotRow* chosen() const;

    common::Services& m_services;
    QAction *m_import, *m_freeze;
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<const VersionFacts> m_facts;
    std::optional<data::ApplyReport> m_since;  ///< the present against the version it descends from
    quint64 m_job = 0, m_sinceJob = 0;
    bool m_stale = false, m_sinceStale = false;
    common::Thumbnails* m_thumbnails;
    common::ActionSet m_do;
    QAction *m_restore, *m_compareDeed, *m_mergeDeed, *m_branch, *m_card, *m_images, *m_train, *m_picture;
    QStackedWidget *m_stack, *m_views;
    common::EmptyState* m_empty;
    common::Panel *m_left, *m_strip;
    common::Segments* m_look;
    common::Note *m_note, *m_branchNote;
    QLabel* m_sinceLabel;
    VersionTree* m_tree;
    VersionDetails* m_details;
    VersionCompare* m_compare;
    LineageView* m_lineage;
};

}  // namespace lathe::widgets::browser::versions
