// The records of the images that are on the screen: ids and order are known at once, values come by page from a job.
#pragma once
#include <QObject>
#include <QRectF>
#include <memory>
#include <optional>
#include <vector>

#include "core/store/workspace.h"
#include "widgets/browser/tiles/pages.h"

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
    static constexpr std::size_t kPage = Pages<Tile>::kPage;
    explicit ImagePages(common::Jobs& jobs, QObject* parent = nullptr);
    /// Another result set; keeps nothing of the old one.
    void reset(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const std::vector<ImageId>> ids);
    /// The same ids, but the records may have changed: old values stay until the new ones are there.
    void invalidate() { m_pages.invalidate(); }
    [[nodiscard]] std::size_t count() const { return m_ids ? m_ids->size() : 0; }
    [[nodiscard]] ImageId idAt(std::size_t row) const { return (*m_ids)[row]; }
    [[nodiscard]] const std::vector<ImageId>& ids() const;
    /// nullptr while its page is on the way (arrived() tells).
    [[nodiscard]] const Tile* at(std::size_t row);
Q_SIGNALS:
    void arrived(std::size_t firstRow, std::size_t lastRow);

private:
    void load(std::size_t page);
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<const std::vector<ImageId>> m_ids;
    Pages<Tile> m_pages;
};

}  // namespace lathe::widgets::browser::tiles
