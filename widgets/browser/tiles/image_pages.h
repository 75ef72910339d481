// The records of the images that are on the screen: ids and order are known at once, values come by page from a job.
#pragma once
#include <QObject>
#include <QRectF>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/store/workspace.h"
#include "widgets/common/jobs.h"

namespace lathe::widgets::browser::tiles {

/// What a tile shows of one image.
struct Tile {
    store::ImageRow image;
    struct Mark {
        QRectF box;  ///< share of the picture, 0…1
        ClassId classId;
    };
    std::vector<Mark> marks;            ///< bounding boxes of the objects
    std::vector<ClassId> imageClasses;  ///< whole-image classes
    std::vector<std::string> tags;      ///< by name
};

/// GUI thread only. Reads happen in jobs; never waits.
class ImagePages : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kPage = 64;
    explicit ImagePages(common::Jobs& jobs, QObject* parent = nullptr);
    /// Another result set; keeps nothing of the old one.
    void reset(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const std::vector<ImageId>> ids);
    /// The same ids, but the records may have changed: old values stay until the new ones are there.
    void invalidate();
    [[nodiscard]] std::size_t count() const { return m_ids ? m_ids->size() : 0; }
    [[nodiscard]] ImageId idAt(std::size_t row) const { return (*m_ids)[row]; }
    [[nodiscard]] const std::vector<ImageId>& ids() const;
    /// nullptr while its page is on the way (arrived() tells).
    [[nodiscard]] const Tile* at(std::size_t row);
Q_SIGNALS:
    void arrived(std::size_t firstRow, std::size_t lastRow);

private:
    struct Page {
        std::vector<Tile> tiles;
        bool loading = false, stale = true;
        quint64 lastUse = 0;
    };
    void load(std::size_t page);
    void dropOldPages();
    common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<const std::vector<ImageId>> m_ids;
    std::unordered_map<std::size_t, Page> m_pages;
    quint64 m_generation = 0, m_clock = 0;
};

}  // namespace lathe::widgets::browser::tiles
