// Before the present state becomes that of a version: what would change, what stands in the way.
#pragma once
#include <functional>

#include "widgets/browser/versions/version_facts.h"
#include "widgets/common/mode.h"
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

class QCheckBox;
class QLineEdit;
class QListWidget;

namespace lathe::widgets::browser::versions {

/// What came, or would come, of a restore or a merge.
struct ApplyOutcome {
    std::vector<data::MergeConflict> conflicts;
    std::optional<data::ApplyReport> report;  ///< none: conflicts are left
    std::string base;                         ///< of a merge
    std::int64_t unsaved = 0;                 ///< images that differ from the version the present descends from; of a rehearsal
};
using ApplyWork = std::function<Result<ApplyOutcome>(std::stop_token, const Progress&)>;

/// Rehearses in a job whenever something is chosen; the change itself is whoever listens to accepted(). Deletes itself.
class VersionSheet : public common::Overlay {
    Q_OBJECT
public:
    ~VersionSheet() override;
    void openInMiddle();
Q_SIGNALS:
    /// `branch`: of the next snapshot, empty: none was named.
    void accepted(const QString& title, const lathe::widgets::browser::versions::ApplyWork& work, const QString& branch);

protected:
    VersionSheet(QWidget* window, const QString& title, common::Services& services, std::shared_ptr<store::Workspace> workspace,
                 std::shared_ptr<const VersionFacts> facts, QSize size);
    /// Heading, `middle`, numbers, notes, buttons; once, from the constructor.
    void build(const QString& heading, const QString& verb, QWidget* middle, QWidget* below = nullptr);
    [[nodiscard]] virtual ApplyWork workOf(const data::ApplyOptions& options) const = 0;
    [[nodiscard]] virtual QString jobTitle() const = 0;
    [[nodiscard]] virtual QString branch() const { return {}; }
    [[nodiscard]] virtual bool isComplete() const { return true; }  ///< nothing is left to be filled in
    [[nodiscard]] virtual QString errorWords(const Error& error) const;
    virtual void showOutcome(const ApplyOutcome& outcome);
    virtual void clearOutcome() {}  ///< it can't be done as chosen
    void rehearse();
    void updateButton();
    void accept();  ///< when the button could be pressed
    void say(const QString& text);
    [[nodiscard]] const VersionFacts& facts() const { return *m_facts; }
    [[nodiscard]] const std::shared_ptr<store::Workspace>& workspace() const { return m_workspace; }
    [[nodiscard]] common::Services& services() const { return m_services; }

private:
    void show(const Result<ApplyOutcome>& outcome);
    void showNumbers(const data::ApplyReport& report);
    void showWarnings(const ApplyOutcome& outcome);
    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<const VersionFacts> m_facts;
    const QSize m_size;
    QLabel* m_says = nullptr;
    QListWidget* m_numbers = nullptr;
    common::Note* m_note = nullptr;
    QCheckBox* m_force = nullptr;
    common::ActionButton *m_apply = nullptr, *m_cancel = nullptr;
    bool m_possible = false;
    quint64 m_job = 0;
};

/// Labels and splits of a version become the present ones; with `branch` the next snapshot begins a line of a name of its own.
class RestoreSheet : public VersionSheet {
    Q_OBJECT
public:
    RestoreSheet(QWidget* window, common::Services& services, std::shared_ptr<store::Workspace> workspace,
                 std::shared_ptr<const VersionFacts> facts, SnapshotId version, bool branch);

protected:
    [[nodiscard]] ApplyWork workOf(const data::ApplyOptions& options) const override;
    [[nodiscard]] QString jobTitle() const override;
    [[nodiscard]] QString branch() const override;
    [[nodiscard]] bool isComplete() const override;

private:
    const SnapshotId m_version;
    QLineEdit* m_branch = nullptr;
};

}  // namespace lathe::widgets::browser::versions
