// Notices when the file of the open image is changed or deleted by others.
#pragma once
#include <QDateTime>
#include <QFileSystemWatcher>
#include <QTimer>

namespace lathe::widgets::canvas {

class FileWatch : public QObject {
    Q_OBJECT
public:
    explicit FileWatch(QObject* parent);
    /// Empty: nothing.
    void setFile(const QString& file);
    /// Where no notice comes (a network disk): looks now.
    void look();

Q_SIGNALS:
    void deleted();
    void changed();

private:
    struct State {
        bool there = false;
        qint64 bytes = 0;
        QDateTime at;
        bool operator==(const State&) const = default;
    };
    [[nodiscard]] static State stateOf(const QString& file);
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    QString m_file;
    State m_state;
};

}  // namespace lathe::widgets::canvas
