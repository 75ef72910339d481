// The open image: its shapes, the selection, and every change of them as a value on its way to the journal.
#pragma once
#include <QObject>
#include <QString>
#include <deque>
#include <future>
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
    /// What may be drawn and the skeletons of the classes; an empty one allows everything.
    void setSchema(annot::Schema schema);
    [[nodiscard]] const annot::Schema& schema() const { return m_schema; }
    [[nodiscard]] const annot::ClassSchema* schemaOf(ClassId id) const;  ///< nullptr: everything is allowed
    [[nodiscard]] const ClassStyle& styleOf(ClassId id) const { return canvas::styleOf(m_styles, id); }
    [[nodiscard]] common::Services& services() const { return m_services; }
    [[nodiscard]] const ClassStyles& styles() const { return m_styles; }
    [[nodiscard]] Source source() const { return {m_workspace, m_queue, m_pictures, m_schema}; }

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

    // -- selection (document_selection.cpp)
    [[nodiscard]] const std::vector<AnnotationId>& selection() const { return m_selection; }
    [[nodiscard]] bool isSelected(AnnotationId id) const { return m_selected.contains(id.value); }
    [[nodiscard]] std::vector<annot::Annotation> selected() const;
    void select(std::vector<AnnotationId> ids);

    // -- suggestions: dashed, above the shapes, of no edit until they are accepted (add() them, then set the rest)
    /// Those of the open image; another image starts with none.
    void setSuggestions(annot::Annotations suggestions);
    [[nodiscard]] const annot::Annotations& suggestions() const { return m_suggestions; }
    /// The one that a key would accept now, painted filled; -1: none.
    void setCurrentSuggestion(int index);
    [[nodiscard]] int currentSuggestion() const { return m_currentSuggestion; }
    /// The smallest under a point of the image; -1: none.
    [[nodiscard]] int suggestionAt(annot::Point at, double slack) const;

    // -- changes
    /// A new annotation by this user, with an id of its own.
    [[nodiscard]] annot::Annotation make(ClassId classId, annot::Shape shape);
    /// One step of undo. `label` is an English verb phrase for the journal. Empty changes: nothing happens.
    void commit(const std::string& label, std::vector<annot::Change> changes) { commit(label, std::move(changes), {}); }
    /// Written to the disk in another way, in its turn.
    using Way = std::function<Result<std::int64_t>(store::Workspace&, const annot::AnnotationEdit&)>;
    void commit(const std::string& label, std::vector<annot::Change> changes, Way way);
    void replace(const std::string& label, std::vector<annot::Annotation> after);  ///< of those with the same ids
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

    // -- what is seen (document_sight.cpp)
    /// These alone are painted and hit; nullopt: all again. New shapes join them; another image shows all.
    void setOnly(std::optional<IdSet> ids);
    [[nodiscard]] const IdSet* only() const { return m_scene ? m_scene->only() : nullptr; }
    /// The canvas shows the shapes of another moment and changes nothing, until leavePast() or the next change.
    void showPast(const Scene& packed);
    void leavePast();
    [[nodiscard]] bool inPast() const { return m_present != nullptr; }

    // -- look
    void setHidden(IdSet ids);               ///< what is in the hand isn't in the tiles
    void setLoose(const LoosePoint& point);  ///< its edges aren't in the tiles
    void setHovered(std::int64_t id);
    [[nodiscard]] std::int64_t hovered() const { return m_hovered; }

    // -- how it is shown: of all images, until changed
    [[nodiscard]] const Look& look() const { return m_look; }
    [[nodiscard]] const Display& display() const { return m_display; }
    void setOpacity(float opacity);
    void setFill(Fill fill);
    void setColourBy(ColourBy by);
    void setDisplay(const Display& display);
    /// The cells of a mask that is about to be committed, so that they aren't made again from its runs.
    void offerCells(AnnotationId id, std::shared_ptr<const annot::MaskCells> cells);

    /// The view has painted all of the scene: what held back for it may go on.
    void pictureWhole();

Q_SIGNALS:
    void opened();
    /// A change that the schema doesn't allow, in words; nothing was changed.
    void refused(const QString& words);
    void sceneChanged(const lathe::widgets::canvas::Bounds& touched);
    void annotationsChanged();
    void selectionChanged();
    void hoverChanged();
    void suggestionsChanged();
    void isolationChanged();
    void pastChanged();
    void stepped();                                 ///< an undo or redo is done
    void lookChanged();                             ///< look() or display()
    void pictureGrown();                            ///< more of a large picture is there
    void pictureFailed(const lathe::Error& error);  ///< not all of a large picture could be read
    void historyChanged();                          ///< canUndo, canRedo, allSaved
    void failed(const lathe::Error& error);
    void written(lathe::ImageId image);

private:
    static constexpr std::size_t kCrowd = 64;  ///< more selected shapes than this are marked by the tiles
    enum class Step { Undo, Redo };
    using SharedEdit = std::shared_ptr<const annot::AnnotationEdit>;
    struct KnownStep {
        SharedEdit edit;
        SharedEdit inverse;  ///< made ahead for many shapes; nullptr: not yet
    };
    struct StepOf {
        Step step;
        ImageId image;
        SharedEdit done;  ///< already applied here; nullptr: the journal says what it is
    };
    struct EditOf {
        SharedEdit edit;
        Way way;
    };
    using Operation = std::variant<EditOf, StepOf>;
    struct Stepped {
        std::optional<annot::AnnotationEdit> edit;
        bool canUndo = false, canRedo = false;
    };
    [[nodiscard]] QString forbidden(const std::vector<annot::Change>& changes) const;
    void step(Step step);
    void pump();
    void runStep(const StepOf& step);
    void writeWaiting();
    [[nodiscard]] static Result<Stepped> takeStep(store::Workspace& workspace, ImageId image, Step step, const std::string& who);
    void finishStep(const Result<Stepped>& result, const SharedEdit& done);
    [[nodiscard]] SharedEdit stepHere(Step step);
    void takeSelection(std::vector<AnnotationId> ids);
    void remember(const SharedEdit& edit);
    void invertAhead(const SharedEdit& edit);
    void forgetSteps();
    /// `select`: what changed becomes the selection, in the same scene.
    void applied(const annot::AnnotationEdit& edit, bool select = false);
    void index(const annot::AnnotationEdit& edit);
    void push(EditOf next);
    using Orders = std::unordered_map<std::int64_t, double>;
    [[nodiscard]] Orders placedOrders(const annot::AnnotationEdit& edit) const;
    void showAdded(const annot::AnnotationEdit& edit);
    [[nodiscard]] std::shared_ptr<const Shapes> single(const annot::Annotation& annotation, const Orders& placed = {}) const;
    [[nodiscard]] std::optional<Head> restyled(const annot::Change& change) const;
    [[nodiscard]] double orderOf(const annot::Annotation& annotation) const;
    void repackIfMany();
    void committed(const annot::AnnotationEdit& edit, const Result<std::int64_t>& result);
    void setScene(std::shared_ptr<const Scene> scene, const Bounds& touched);
    void forgetVanished();
    void setAnnotations(annot::Annotations annotations);
    [[nodiscard]] bool isMarkedByTiles(std::int64_t id) const;
    void touch(Bounds& touched, std::int64_t id) const;
    void markHovered();
    void markSelected();
    [[nodiscard]] bool remark(Bounds& touched);
    void restyle(ClassStyles styles);
    void setLook(Look look);
    void readRest(OpenImage::Rest rest);
    void grown(const cv::Rect& part);

    common::Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
    std::shared_ptr<image::PictureCache> m_pictures;
    std::shared_ptr<store::EditQueue> m_queue;
    std::vector<store::ClassRow> m_classes;
    annot::Schema m_schema;
    ClassStyles m_styles;
    annot::Annotations m_suggestions;
    int m_currentSuggestion = -1;
    store::ImageRow m_image;
    annot::Annotations m_annotations;
    std::unordered_map<std::int64_t, std::size_t> m_at;
    std::shared_ptr<const Scene> m_scene;
    std::shared_ptr<const Scene> m_present;  ///< while the past is shown: the shapes of now
    std::shared_ptr<const Pyramid> m_picture;
    AnnotationId m_nextId;
    std::vector<AnnotationId> m_selection;
    IdSet m_selected;
    std::unordered_map<std::int64_t, std::shared_ptr<const annot::MaskCells>> m_offered;
    std::int64_t m_hovered = 0;
    Look m_look;
    Display m_display;
    quint64 m_readJob = 0;
    std::vector<KnownStep> m_undoable, m_redoable;  ///< the journal's last steps as far as they were made here
    std::deque<Operation> m_operations;
    std::shared_future<void> m_stepEnded;           ///< of the step that is under way: it is on disk
    std::shared_ptr<std::promise<void>> m_painted;  ///< a step waits for the picture to be whole
    std::deque<EditOf> m_queued, m_failed;          ///< m_queued: pushed, not written yet
    std::vector<annot::AnnotationEdit> m_sincePack;
    bool m_stepping = false, m_packing = false, m_canUndo = false, m_canRedo = false;
    std::int64_t m_ownSeq = 0;
    int m_unwritten = 0;
    quint64 m_generation = 0;
};

}  // namespace lathe::widgets::canvas
