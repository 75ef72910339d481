// Objects as tiles: each shape cut out of its picture with a little round it.
#pragma once
#include <memory>

#include "core/data/objects.h"
#include "widgets/browser/tiles/image_items.h"
#include "widgets/browser/tiles/pages.h"

namespace lathe::widgets::browser::tiles {

/// Reads 64 objects at a time in jobs: their images are decoded once each, so tiles of one image come together.
class ObjectItems : public GridItems {
    Q_OBJECT
public:
    static constexpr std::size_t kPage = 64;
    explicit ObjectItems(common::Jobs& jobs, QObject* parent = nullptr);
    /// Another result: objects by rank and place in the index.
    void reset(std::shared_ptr<store::Workspace> workspace, std::shared_ptr<const store::ColumnIndex> index,
               std::shared_ptr<const std::vector<data::ObjectRef>> objects);
    void setClasses(ClassLooks classes);
    /// What is known of an object's annotation; nullopt while its page is on the way.
    struct Object {
        ImageId image;
        AnnotationId annotation;
        ClassId classId;
    };
    [[nodiscard]] std::optional<Object> objectAt(std::size_t row);
    /// For many rows at once, read now: call it in a job.
    [[nodiscard]] static Result<std::vector<Object>> readObjects(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                                 const std::vector<data::ObjectRef>& refs);
    [[nodiscard]] const std::shared_ptr<const store::ColumnIndex>& index() const { return m_index; }
    [[nodiscard]] data::ObjectRef refAt(std::size_t row) const { return (*m_objects)[row]; }

    [[nodiscard]] std::size_t count() const override { return m_objects ? m_objects->size() : 0; }
    [[nodiscard]] std::int64_t keyAt(std::size_t row) const override;
    [[nodiscard]] ImageId imageAt(std::size_t row) const override;
    [[nodiscard]] std::optional<TileLook> lookAt(std::size_t row) override;
    [[nodiscard]] bool canBeDragged() const override { return true; }

private:
    struct Cut {
        Object object;
        QString name;
        QRectF box;  ///< of the shape within the cut, share 0…1
        QPixmap picture;
        bool missing = false;
    };
    struct Read;
    [[nodiscard]] const Cut* cutAt(std::size_t row);
    void load(std::size_t page);
    /// The objects' cuts, in their order. Of any thread.
    [[nodiscard]] static Result<std::vector<Read>> readCuts(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                            const std::vector<data::ObjectRef>& refs, const std::stop_token& stop);

    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<const store::ColumnIndex> m_index;
    std::shared_ptr<const std::vector<data::ObjectRef>> m_objects;
    Pages<Cut> m_pages;
    ClassLooks m_classes;
};

}  // namespace lathe::widgets::browser::tiles
