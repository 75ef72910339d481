#include "widgets/canvas/file_watch.h"

#include <QFileInfo>

namespace lathe::widgets::canvas {

namespace {
constexpr int kSettle = 150;  // ms: a file that is replaced is gone for a moment
}

FileWatch::FileWatch(QObject* parent) : QObject(parent) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    connect(&m_settle, &QTimer::timeout, this, &FileWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
}

FileWatch::State FileWatch::stateOf(const QString& file) {
    const QFileInfo info(file);
    return info.exists() ? State{true, info.size(), info.lastModified()} : State{};
}

void FileWatch::setFile(const QString& file) {
    if (!m_watcher.files().isEmpty()) m_watcher.removePaths(m_watcher.files());
    if (!m_watcher.directories().isEmpty()) m_watcher.removePaths(m_watcher.directories());
    m_settle.stop();
    m_file = file;
    m_state = stateOf(file);
    if (!m_state.there) return;
    m_watcher.addPath(file);
    m_watcher.addPath(QFileInfo(file).absolutePath());
}

void FileWatch::look() {
    if (m_file.isEmpty()) return;
    const State now = stateOf(m_file);
    if (now == std::exchange(m_state, now)) return;
    if (now.there && !m_watcher.files().contains(m_file)) m_watcher.addPath(m_file);
    if (now.there)
        Q_EMIT changed();
    else
        Q_EMIT deleted();
}

}  // namespace lathe::widgets::canvas
