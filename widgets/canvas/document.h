// The open image: its shapes, the selection, and every change of them as a value on its way to the journal.
#pragma once
#include <QObject>
#include <QString>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "core/store/workspace.h"
#include "widgets/canvas/loader.h"
#include "widgets/common/mode.h"

namespace lathe::widgets::canvas {

/// GUI thread. A change is applied here at once; the disk follows on the queue's thread. Undo and redo are the journal's, in order
/// with the edits before them. It never knows which tool made an edit.
class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(common::Services& services, QObject* parent = nullptr);
    ~Document() override;

    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    void setClasses(const std::vector<store::ClassRow>& classes);
    [[nodiscard]] const ClassColours& colours() const { return m_colours; }
    [[nodiscard]] Source source() const { return {m_workspace, m_queue, m_pictures}; }

    /// Makes the loaded image the open one. The selection is dropped unless it is the same image.
    void show(OpenImage open);
    void close();
    [[nodiscard]] bool isOpen() const { return m_image.id.valid(); }
    [[nodiscard]] const store::ImageRow& image() const { return m_image; }
    [[nodiscard]] annot::Rect imageRect() const;
    [[nodiscard]] const annot::Annotations& annotations() const { return m_annotations; }
    [[nodiscard]] const annot::Annotation* find(AnnotationId id) const;
    [[nodiscard]] int positionOf(AnnotationId id) const;  ///< -1: not there
    [[nodiscard]] const std::shared_ptr<const Scene>& scene() const { return m_scene; }
    [[nodiscard]] const std::shared_ptr<const Pyramid>& picture() const { return m_picture; }

    // -- selection
    [[nodiscard]] const std::vector<AnnotationId>& selection() const { return m_selection; }
    [[nodiscard]] bool isSelected(AnnotationId id) const { return m_selected.contains(id.value); }
    [[nodiscard]] std::vector<annot::Annotation> selected() const;
    void select(std::vector<AnnotationId> ids);

    // -- changes
    /// A new annotation by this user, with an id of its own.
    [[nodiscard]] annot::Annotation make(ClassId classId, annot::Shape shape);
    /// One step of undo. `label` is an English verb phrase for the journal. Empty changes: nothing happens.
    void commit(const std::string& label, std::vector<annot::Change> changes);
    void replace(const std::string& label, const std::vector<annot::Annotation>& after);  ///< of those with the same ids
    void add(const std::string& label, const std::vector<annot::Annotation>& added);
    void remove(const std::string& label, const std::vector<AnnotationId>& ids);
    void undo() { step(Step::Undo); }
    void redo() { step(Step::Redo); }
    [[nodiscard]] bool canUndo() const { return isOpen() && m_canUndo; }
    [[nodiscard]] bool canRedo() const { return isOpen() && m_canRedo; }
    [[nodiscard]] bool allSaved() const;
    void retryFailed();   ///< commits again what could not be written
    void dropFailed();    ///< gives it up and shows what is on disk
    void flush();         ///< blocks until all is on disk: closing, tests
    void reload();        ///< reads the open image again (another process changed it)
    void checkForeign();  ///< reload() if the journal has entries that aren't from here

    // -- look
    void setHidden(IdSet ids);  ///< what is in the hand isn't in the tiles
    void setHovered(std::int64_t id);
    [[nodiscard]] std::int64_t hovered() const { return m_hovered; }
    void setOpacity(float opacity);

Q_SIGNALS:
    void opened();
    void sceneChanged(const lathe::widgets::canvas::Bounds& touched);
    void annotationsChanged();
    void selectionChanged();
    void hoverChanged();
    void historyChanged();  ///< canUndo, canRedo, allSaved
    void failed(const lathe::Error& error);
    void written(lathe::ImageId image);

private:
    enum class Step { Undo, Redo };
    struct StepOf {
        Step step;
        ImageId image;
    };
    using Operation = std::variant<annot::AnnotationEdit, StepOf>;
    struct Stepped {
        std::optional<annot::AnnotationEdit> edit;
        bool canUndo = false, canRedo = false;
    };
    void step(Step step);
    void pump();
    void runStep(StepOf step);
    void finishStep(const Result<Stepped>& result);
    void applied(const annot::AnnotationEdit& edit);
    void index(const annot::AnnotationEdit& edit);
    [[nodiscard]] std::shared_ptr<const Shapes> single(const annot::Annotation& annotation) const;
    [[nodiscard]] double orderOf(const annot::Annotation& annotation) const;
    void repackIfMany();
    void committed(const annot::AnnotationEdit& edit, const Result<std::int64_t>& result);
    void setScene(std::shared_ptr<const Scene> scene, const Bounds& touched);
    void forgetVanished();
    void setAnnotations(annot::Annotations annotations);
    void markBig();
    [[nodiscard]] std::uint32_t colourOf(ClassId id) const;

    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<image::PictureCache> m_pictures;
    std::shared_ptr<store::EditQueue> m_queue;
    ClassColours m_colours;
    store::ImageRow m_image;
    annot::Annotations m_annotations;
    std::unordered_map<std::int64_t, std::size_t> m_at;
    std::shared_ptr<const Scene> m_scene;
    std::shared_ptr<const Pyramid> m_picture;
    AnnotationId m_nextId;
    std::vector<AnnotationId> m_selection;
    IdSet m_selected;
    std::int64_t m_hovered = 0;
    float m_opacity = 1;
    std::deque<Operation> m_operations;
    std::deque<annot::AnnotationEdit> m_failed;
    std::vector<annot::AnnotationEdit> m_sincePack;
    bool m_stepping = false, m_packing = false, m_canUndo = false, m_canRedo = false;
    std::int64_t m_ownSeq = 0;
    int m_unwritten = 0;
    quint64 m_generation = 0;
};

}  // namespace lathe::widgets::canvas
