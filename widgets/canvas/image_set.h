// The images that are being labelled, in order: a model for the film strip, rows paged by id.
#pragma once
#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <stop_token>
#include <unordered_map>

#include "core/store/workspace.h"
#include "widgets/common/mode.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::canvas {

/// What a query finds, with the figures that the panels show. Made off the GUI thread.
struct LoadedSet {
    std::vector<ImageId> ids;
    std::vector<std::uint8_t> finished;  ///< per id: done, accepted, rejected or skipped
    std::vector<std::uint8_t> waiting;   ///< per id: done, for a reviewer to see
    std::vector<store::ClassRow> classes;
    std::unordered_map<std::int64_t, std::int64_t> objectsByClass;  ///< over the set
    bool imageLabels = false;                                       ///< the set is classified by whole images
    store::Revision revision;
};
[[nodiscard]] Result<LoadedSet> loadSet(const store::Workspace& workspace, const std::string& query, std::stop_token stop);
[[nodiscard]] bool isFinished(const std::string& state);

class ImageSet : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, StateRole };
    ImageSet(common::Services& services, QObject* parent);
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    /// Keeps rows that are known when the ids are the same.
    void setLoaded(const LoadedSet& loaded);
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] int rowOf(ImageId id) const;
    [[nodiscard]] const std::vector<ImageId>& ids() const { return m_ids; }
    [[nodiscard]] ImageId idAt(int row) const;
    [[nodiscard]] int finishedCount() const { return m_finishedCount; }
    /// The next one after `row` that isn't finished, wrapping round; -1: all are.
    [[nodiscard]] int nextUnfinished(int row) const;
    /// The next one after `row` that is done and waits for its review, wrapping round; -1: none.
    [[nodiscard]] int nextWaiting(int row) const;
    void setState(ImageId id, const std::string& state);  ///< shown at once; the store follows
    [[nodiscard]] QString stateOf(ImageId id) const;      ///< empty while not known

private:
    void want(int row) const;
    void fetch(int page);
    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    common::Thumbnails* m_thumbnails;
    std::vector<ImageId> m_ids;
    std::vector<std::uint8_t> m_finished, m_waiting;
    std::unordered_map<std::int64_t, int> m_rowOf;
    QHash<int, store::ImageRow> m_rows;
    mutable QSet<int> m_asked;
    int m_finishedCount = 0;
    quint64 m_generation = 0;
};

}  // namespace lathe::widgets::canvas
