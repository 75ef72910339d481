// The mode in which images are labelled: tools, canvas, film strip, classes, objects, selection.
#pragma once
#include <QElapsedTimer>
#include <QStackedWidget>
#include <QTimer>
#include <functional>

#include "widgets/canvas/classes_panel.h"
#include "widgets/canvas/document.h"
#include "widgets/canvas/ghost.h"
#include "widgets/canvas/image_set.h"
#include "widgets/canvas/view.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"

class QActionGroup;

namespace lathe::widgets::canvas {

class ClassPicker;
class CommentsPanel;
class FilmStrip;
class HistoryPanel;
class ObjectsPanel;
class OptionsBar;
class RuleCard;
class SchemaEditor;
struct PrelabelReport;
class PrelabelPopup;
class ReviewStates;
class Seeing;
class SelectionPanel;
class ShapeActions;
class SideTabs;
class SuggestionBar;
class Suggestions;
class ToolStrip;
class WorkClock;
struct GhostSearch;

class LabelMode : public common::Mode {
    Q_OBJECT
public:
    explicit LabelMode(common::Services& services, QWidget* parent = nullptr);
    ~LabelMode() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("label"); }
    [[nodiscard]] QString title() const override { return tr("Label"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("label"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    void enter(const QVariantMap& args) override;  ///< {"image": id} or {"query": text}
    void leave() override;
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override;
    [[nodiscard]] QStringList place() const override;
    [[nodiscard]] QStringList factsLeft() const override;
    [[nodiscard]] QStringList factsRight() const override;
    [[nodiscard]] bool allSaved() const override;

    // -- for tests and the benchmark
    [[nodiscard]] Document& document() { return *m_document; }
    [[nodiscard]] View& view() { return *m_view; }
    [[nodiscard]] ImageSet& images() { return *m_set; }
    [[nodiscard]] SchemaEditor& schemaEditor() { return *m_schemaEditor; }
    [[nodiscard]] ObjectsPanel& objects() { return *m_objects; }
    [[nodiscard]] HistoryPanel& history() { return *m_history; }
    [[nodiscard]] CommentsPanel& comments() { return *m_comments; }
    [[nodiscard]] ReviewStates& review() { return *m_review; }
    [[nodiscard]] WorkClock& clock() { return *m_clock; }
    [[nodiscard]] Suggestions& suggestions() { return *m_suggestions; }
    [[nodiscard]] SuggestionBar& suggestionBar() { return *m_suggestionBar; }
    [[nodiscard]] ClassPicker& picker() { return *m_picker; }

protected:
    void retranslate() override;

private:
    // label_page.cpp
    void buildPage();
    QWidget* buildCentre();
    QWidget* buildSide();
    void wire();
    // label_panels.cpp
    QWidget* buildImagePanels(QWidget* side);
    QWidget* buildSuggestionBar(QWidget* centre);
    void buildPickActions();
    void wirePanels();
    void wireReview();
    void pickClass();
    void showPrelabelled(const PrelabelReport& report, const QString& run);
    void narrow(const QString& term);
    [[nodiscard]] std::string setQuery() const;
    void refreshPanels();
    [[nodiscard]] QList<QAction*> panelActions() const;
    void retranslatePanels();
    // label_actions.cpp
    void buildActions();
    void buildHistoryActions();
    void buildImageActions();
    void buildZoomActions();
    void buildToolActions();
    void buildShapeActions();
    void buildClassActions();
    void nameActions();
    void updateActions();
    void chooseTool(int index);
    void classKey(int number);
    void setActiveClass(std::optional<ClassId> id);
    void giveClass(ClassId id);
    void toggleImageLabel(ClassId id);
    void selectAll();
    void showAllShapes();
    void removeSelected();
    void duplicate();
    void copySelected();
    void paste();
    void repeatLast();  ///< the shapes of the image that was open before
    void setFlagOfSelected(annot::Flag flag, const char* on, const char* off);
    void classMenu(const QPoint& global);
    void addClass(const QString& name);
    // label_schema.cpp
    void buildSchemaActions();
    void wireSchema();
    void loadSchema();
    void forgetSchema();
    void showRule();
    [[nodiscard]] bool isSchemaShown() const;
    void showSchemaEditor(bool shown);
    void showSchemaPicture();
    // label_assist.cpp
    void buildAssistActions();
    void showGhosts(GhostSearch search);
    void findSimilar();
    void separateSelected();
    void interpolate();
    void propagate();
    void showCarried();
    // label_images.cpp
    void loadSet();
    void showSet(LoadedSet set);
    void open(ImageId id);
    void openAgain();  ///< the file is another one now
    void showOpened(OpenImage open);
    void openRow(int row);
    void step(int by);
    void finish(const std::string& state, const std::string& reason = {});
    void goOn(int row, bool judged);
    void setState(ImageId id, const std::string& state, const std::string& reason = {});
    void markStarted();
    void prefetchAround();
    void showEmpty();
    // label_mode.cpp
    void showFailure(const Error& error);
    void pointAt(annot::Point at, bool inside);

    common::ActionSet m_do, m_toolActions;
    QList<QAction*> m_classActions, m_imageClassActions;
    QAction* m_import;
    Document* m_document;
    ImageSet* m_set;
    ClassModel* m_classModel;
    View* m_view = nullptr;
    Seeing* m_seeing = nullptr;
    ShapeActions* m_shapeActions = nullptr;
    OptionsBar* m_options = nullptr;
    ToolStrip* m_tools = nullptr;
    FilmStrip* m_film = nullptr;
    ClassesPanel* m_classes = nullptr;
    ObjectsPanel* m_objects = nullptr;
    SelectionPanel* m_selection = nullptr;
    RuleCard* m_rule = nullptr;
    SchemaEditor* m_schemaEditor = nullptr;
    std::int64_t m_schemaRevision = -1;
    int m_schemaReads = 0;  ///< asked for; the answer of the last one counts
    HistoryPanel* m_history = nullptr;
    CommentsPanel* m_comments = nullptr;
    SideTabs* m_side = nullptr;
    Suggestions* m_suggestions = nullptr;
    SuggestionBar* m_suggestionBar = nullptr;
    ClassPicker* m_picker = nullptr;
    PrelabelPopup* m_prelabel = nullptr;
    ReviewStates* m_review;
    WorkClock* m_clock;
    common::Note* m_note = nullptr;
    common::EmptyState* m_empty = nullptr;
    QStackedWidget* m_pages = nullptr;
    QActionGroup* m_toolGroup = nullptr;
    std::optional<ClassId> m_activeClass, m_lastClass;
    std::vector<annot::Annotation> m_clipboard, m_lastShapes;
    QString m_query, m_filter;  ///< what was asked for, and the film strip's narrowing
    struct {
        ImageId image;  ///< that the ghosts are for
        std::vector<Ghost> ghosts;
    } m_carried;
    ImageId m_wanted;
    quint64 m_openJob = 0, m_setJob = 0;
    int m_pendingStates = 0, m_finishedNow = 0;
    double m_secondsNow = 0;
    QElapsedTimer m_onImage;
    QTimer m_facts;
    annot::Point m_pointer;
    bool m_pointing = false, m_stale = false, m_entered = false;
};

}  // namespace lathe::widgets::canvas
