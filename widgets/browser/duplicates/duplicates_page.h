// The duplicates page of Browse: groups of pictures that are alike side by side, leaks between splits, and what to keep.
#pragma once
#include "widgets/browser/duplicates/duplicate_sets.h"
#include "widgets/browser/search/page.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"

class QComboBox;
class QProgressBar;
class QSlider;
class QStackedWidget;
class QTimer;

namespace lathe::widgets::common {
class Thumbnails;
}

namespace lathe::widgets::browser::search {
class SplitMover;
}  // namespace lathe::widgets::browser::search

namespace lathe::widgets::browser::tiles {
class ImagePages;
}  // namespace lathe::widgets::browser::tiles

namespace lathe::widgets::browser::duplicates {

class DuplicateView;

/// Looks for duplicates in a job; what is shown stays until the new is there. Starts by itself when it is shown and few images are
/// to be decoded for it (kAtOnce), else when it is told to.
class DuplicatesPage : public search::Page {
    Q_OBJECT
public:
    static constexpr std::int64_t kAtOnce = 20'000;  ///< images to be decoded, at most, that nobody is asked for
    /// `import`: what the empty state offers.
    DuplicatesPage(common::Services& services, QAction* import, QWidget* parent = nullptr);
    void setSearch(std::shared_ptr<store::Workspace> workspace, const QString& query) override;
    [[nodiscard]] QList<QAction*> pageActions() const override { return m_do.all(); }
    void retranslate() override;
    /// nullptr while nothing was looked for.
    [[nodiscard]] const std::shared_ptr<DuplicateSets>& sets() const { return m_sets; }
    [[nodiscard]] bool looking() const { return m_job != 0; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum class Empty { NoWorkspace, NoImages, NothingMatches, Asking, Waiting, Looking, Stopped, Failed, NothingAlike };
    struct Found {
        std::shared_ptr<DuplicateSets> sets;
        store::Revision revision;
    };
    // -- built and worded: duplicates_page.cpp
    void buildActions();
    QWidget* buildStrip();
    QWidget* buildDecision();
    void restore();
    void wire();
    [[nodiscard]] DuplicateKind kind() const;
    [[nodiscard]] data::Keep rule() const;
    void showSets();
    void showStrip();
    void showThreshold();
    void showEmpty();
    void showNothingAlike();
    void setEmpty(const QString& title, const QString& line, QAction* primary = nullptr, QAction* other = nullptr);
    void showMenu(const QPoint& globalPos);
    // -- looked for: duplicates_find.cpp
    void ask();
    void asked(const data::DuplicateWork& work, store::Revision revision);
    void find();
    void found(Result<Found> result);
    void stop();
    void forget();
    void rank();
    void showProgress();
    void showProblems();
    void showError(const Error& error);
    // -- decided: duplicates_decide.cpp
    void toggleKept(std::size_t row);
    void toggleLeft(std::size_t row);
    void exclude();
    void excludeThese(const std::vector<ImageId>& images);
    void putAside(const std::vector<ImageId>& images, const std::function<void()>& told);
    void includeThese(const std::vector<ImageId>& images);
    void includeAll();
    void showInGrid(std::size_t set);
    void chooseSplit(const std::vector<ImageId>& images, const QPoint& globalPos);
    void undoMove(store::BatchId batch);
    [[nodiscard]] std::vector<ImageId> currentSet() const;

    common::Services& m_services;
    common::ActionSet m_do;
    QAction *m_import, *m_clear, *m_find, *m_exclude, *m_include, *m_moveAll, *m_keep, *m_leave, *m_move, *m_grid, *m_again,
        *m_stop;
    std::shared_ptr<store::Workspace> m_workspace;
    QString m_query, m_shownQuery;
    std::shared_ptr<DuplicateSets> m_sets;
    store::Revision m_revision;
    quint64 m_asking = 0, m_job = 0, m_ranking = 0, m_generation = 0;
    bool m_stale = false, m_once = false;  ///< once more when the job has ended
    double m_perSecond = 0;                ///< images decoded, of the last time
    std::int64_t m_undecoded = 0;
    Empty m_state = Empty::NoWorkspace;

    tiles::ImagePages* m_pages;
    common::Thumbnails* m_thumbnails;
    QTimer* m_typing;
    QLabel *m_summary, *m_progressText, *m_thresholdLabel, *m_thresholdWords, *m_keepLabel;
    QProgressBar* m_progress;
    QWidget *m_strip, *m_running;
    common::Segments* m_look;
    QSlider* m_threshold;
    QComboBox* m_rule;
    common::ActionButton *m_excludeButton, *m_includeButton, *m_moveAllButton;
    common::Note* m_note;
    search::SplitMover* m_mover;
    QStackedWidget* m_stack;
    DuplicateView* m_view;
    common::EmptyState* m_empty;
    common::ProblemsList* m_problems;
};

}  // namespace lathe::widgets::browser::duplicates
