// The open workspace: opened, made, imported into, watched. Everything that touches the disk is a job.
#pragma once
#include <QObject>
#include <QTimer>
#include <memory>

#include "core/data/import.h"
#include "core/store/workspace.h"
#include "widgets/common/jobs.h"

namespace lathe::shell {

class Session : public QObject {
    Q_OBJECT
public:
    Session(widgets::common::Jobs& jobs, QObject* parent);
    ~Session() override;
    [[nodiscard]] const std::shared_ptr<store::Workspace>& workspace() const { return m_workspace; }
    [[nodiscard]] QString path() const;
    void setUser(const QString& user) { m_user = user; }

    void open(const QString& folder);
    void create(const QString& folder);
    /// Asks (importAsked) how the source is to come into the open workspace; without one, a workspace named after the source is
    /// made first.
    void import(const QString& source);
    /// Brings it in as was answered.
    void importWith(const QString& source, const data::ImportOptions& options);
    /// Makes a workspace with this sample set ("digits", "bccd").
    void sample(const QString& name);
    void close();
    /// A folder for a new workspace of this name that isn't there yet.
    [[nodiscard]] static QString freshFolder(const QString& name);
    [[nodiscard]] static bool isWorkspace(const QString& folder);
Q_SIGNALS:
    void workspaceChanged();  ///< another one is open, or none
    void dataChanged();       ///< the same one has new data; at most 4 a second
    void described();         ///< its cover and figures among the recent ones are new
    void failed(const QString& text);
    void importAsked(const QString& source);
    void imported(const lathe::data::ImportReport& report, const QString& source);

private:
    void take(std::shared_ptr<store::Workspace> workspace);
    void remember();
    void countAndCover();
    widgets::common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    std::unique_ptr<store::ChangeWatcher> m_watcher;
    QTimer m_coalesce, m_coverTimer;
    QString m_user;
    quint64 m_generation = 0;
};

}  // namespace lathe::shell
