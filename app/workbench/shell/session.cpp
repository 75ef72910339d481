#include "app/workbench/shell/session.h"

#include "core/base/files.h"
#include "core/base/time.h"
#include "widgets/common/parts.h"
#include "widgets/start/recent.h"

namespace lathe::shell {
using widgets::common::errorText;
using widgets::common::onGuiThread;
using WorkspacePtr = std::shared_ptr<store::Workspace>;

namespace {

constexpr int kCoalesceMs = 250;
constexpr int kCoverMs = 2000;

std::filesystem::path toPath(const QString& text) {
    return std::filesystem::path(text.toStdString());
}
QString toQString(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

QString baseName(const QString& path) {
    QString name = QFileInfo(QDir::cleanPath(path)).fileName();
    if (name.endsWith(QLatin1String(".lathe"))) name.chop(6);
    return name;
}

}  // namespace

Session::Session(widgets::common::Jobs& jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {
    m_coalesce.setSingleShot(true);
    m_coalesce.setInterval(kCoalesceMs);
    connect(&m_coalesce, &QTimer::timeout, this, &Session::dataChanged);
    m_coverTimer.setSingleShot(true);
    m_coverTimer.setInterval(kCoverMs);
    connect(&m_coverTimer, &QTimer::timeout, this, &Session::countAndCover);
}

Session::~Session() = default;

QString Session::path() const {
    return m_workspace ? toQString(m_workspace->layout().root) : QString();
}

bool Session::isWorkspace(const QString& folder) {
    return QFile::exists(folder + QStringLiteral("/lathe.db"));
}

QString Session::freshFolder(const QString& name) {
    QString home = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (home.isEmpty() || !QFileInfo(home).isWritable()) home = QDir::homePath();
    const QString stem = home + QStringLiteral("/Lathe/") + name;
    QString folder = stem + QStringLiteral(".lathe");
    for (int i = 2; QFile::exists(folder); ++i) folder = QStringLiteral("%1-%2.lathe").arg(stem).arg(i);
    return folder;
}

void Session::open(const QString& folder) {
    const QString absolute = QFileInfo(folder).absoluteFilePath();
    m_jobs.run<WorkspacePtr>(
        tr("Open %1").arg(baseName(absolute)), this,
        [path = toPath(absolute)](std::stop_token, const Progress&) { return store::Workspace::open(path); },
        [this](Result<WorkspacePtr> opened) {
            if (opened)
                take(std::move(*opened));
            else
                Q_EMIT failed(errorText(opened.error()));
        });
}

void Session::create(const QString& folder) {
    const QString named = folder.endsWith(QLatin1String(".lathe")) ? folder : folder + QStringLiteral(".lathe");
    m_jobs.run<WorkspacePtr>(
        tr("Make %1").arg(baseName(named)), this,
        [path = toPath(QFileInfo(named).absoluteFilePath())](std::stop_token, const Progress&) -> Result<WorkspacePtr> {
            LATHE_CHECK(base::makeFolders(path.parent_path()));
            return store::Workspace::create(path);
        },
        [this](Result<WorkspacePtr> made) {
            if (made)
                take(std::move(*made));
            else
                Q_EMIT failed(errorText(made.error()));
        });
}

void Session::import(const QString& source) {
    const QString absolute = QFileInfo(source).absoluteFilePath();
    if (m_workspace) return Q_EMIT importAsked(absolute);
    m_jobs.run<WorkspacePtr>(
        tr("Make %1").arg(baseName(absolute)), this,
        [path = toPath(freshFolder(baseName(absolute)))](std::stop_token, const Progress&) -> Result<WorkspacePtr> {
            LATHE_CHECK(base::makeFolders(path.parent_path()));
            return store::Workspace::create(path);
        },
        [this, absolute](Result<WorkspacePtr> made) {
            if (!made) return Q_EMIT failed(errorText(made.error()));
            take(std::move(*made));
            Q_EMIT importAsked(absolute);
        });
}

void Session::importWith(const QString& source, const data::ImportOptions& options) {
    if (!m_workspace) return;
    m_jobs.run<data::ImportReport>(
        tr("Import %1").arg(baseName(source)), this,
        [workspace = m_workspace, path = toPath(source), options](std::stop_token stop, const Progress& progress) {
            return data::importInto(*workspace, path, options, stop, progress);
        },
        [this, source](Result<data::ImportReport> report) {
            if (!report) return Q_EMIT failed(errorText(report.error()));
            m_coverTimer.start();
            Q_EMIT imported(*report, source);
        });
}

void Session::sample(const QString& name) {
    struct Made {
        WorkspacePtr workspace;
        data::ImportReport report;
    };
    data::ImportOptions options;
    options.author = m_user.toStdString();
    m_jobs.run<Made>(
        tr("Sample set %1").arg(name), this,
        [path = toPath(freshFolder(name)), sample = name.toStdString(), options](std::stop_token stop,
                                                                                 const Progress& progress) -> Result<Made> {
            const base::TempFolder unpacked("lathe-sample-");
            LATHE_CHECK(data::writeSamples(sample, unpacked.path() / sample, progress.part(0, 0.3)));
            LATHE_CHECK(base::makeFolders(path.parent_path()));
            LATHE_TRY(WorkspacePtr workspace, store::Workspace::create(path));
            LATHE_TRY(data::ImportReport report,
                      data::importInto(*workspace, unpacked.path() / sample, options, stop, progress.part(0.3, 1)));
            return Made{std::move(workspace), std::move(report)};
        },
        [this, name](Result<Made> made) {
            if (!made) return Q_EMIT failed(errorText(made.error()));
            take(std::move(made->workspace));
            Q_EMIT imported(made->report, name);
        });
}

void Session::close() {
    take(nullptr);
}

void Session::take(WorkspacePtr workspace) {
    m_watcher.reset();
    m_workspace = std::move(workspace);
    ++m_generation;
    if (m_workspace) {
        m_watcher = std::make_unique<store::ChangeWatcher>(m_workspace, [this](store::Revision) {
            onGuiThread(this, [this] {
                if (!m_coalesce.isActive()) m_coalesce.start();
            });
        });
        remember();
        m_coverTimer.start();
    }
    Q_EMIT workspaceChanged();
}

void Session::remember() {
    widgets::start::RecentWorkspace recent;
    for (const auto& known : widgets::start::recentWorkspaces())
        if (known.path == path()) recent = known;
    recent.path = path();
    recent.name = QString::fromStdString(m_workspace->name());
    recent.opened = base::now();
    widgets::start::rememberWorkspace(recent);
}

// After the window has settled: the figures and the picture by which the workspace is known next time.
void Session::countAndCover() {
    if (!m_workspace) return;
    struct Facts {
        qint64 images = 0;
        int classes = 0;
    };
    const auto workspace = m_workspace;
    widgets::start::RecentWorkspace recent;
    recent.path = path();
    recent.name = QString::fromStdString(workspace->name());
    recent.opened = base::now();
    m_jobs.run<Facts>(
        tr("Cover of %1").arg(recent.name), this,
        [workspace, file = recent.cover()](std::stop_token stop, const Progress&) -> Result<Facts> {
            LATHE_TRY(const auto images, workspace->imageCount());
            LATHE_TRY(const auto classes, workspace->classes());
            const QImage cover = widgets::start::makeCover(*workspace, stop);
            QDir().mkpath(QFileInfo(file).path());
            if (!cover.isNull()) cover.save(file, "JPG", 88);
            return Facts{qint64(images), int(classes.size())};
        },
        [this, recent, workspace](Result<Facts> facts) mutable {
            if (!facts || workspace != m_workspace) return;
            recent.images = facts->images;
            recent.classes = facts->classes;
            widgets::start::rememberWorkspace(recent);
            Q_EMIT described();
        },
        true);
}

}  // namespace lathe::shell
