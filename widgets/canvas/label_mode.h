// The mode in which images are labelled: tools, canvas, film strip, classes, objects, selection.
#pragma once
#include <QElapsedTimer>
#include <QStackedWidget>
#include <QTimer>
#include <functional>

#include "widgets/canvas/classes_panel.h"
#include "widgets/canvas/document.h"
#include "widgets/canvas/image_set.h"
#include "widgets/canvas/view.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"

class QActionGroup;

namespace lathe::widgets::canvas {

class FilmStrip;
class ObjectsPanel;
class OptionsBar;
class SelectionPanel;
class ToolStrip;

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

protected:
    void retranslate() override;

private:
    struct Actions {
        QAction *undo, *redo, *skip, *reject, *done, *previous, *next;
        QAction *fit, *actualSize, *zoomIn, *zoomOut;
        QAction *remove, *duplicate, *copy, *paste, *selectAll, *lock, *hide, *showAll, *addClass, *import;
        QList<QAction*> tools, classes, imageClasses;
    };

    // label_page.cpp
    void buildPage();
    QWidget* buildCentre();
    QWidget* buildSide();
    void wire();
    // label_actions.cpp
    void buildActions();
    QAction* make(const char* icon, const QList<QKeySequence>& keys, std::function<void()> does);
    void buildToolActions();
    void buildClassActions();
    void nameActions();
    void updateActions();
    void chooseTool(int index);
    void classKey(int number);
    void setActiveClass(std::optional<ClassId> id);
    void giveClass(ClassId id);
    void toggleImageLabel(ClassId id);
    void removeSelected();
    void duplicate();
    void copySelected();
    void paste();
    void setFlagOfSelected(annot::Flag flag, const char* on, const char* off);
    void classMenu(const QPoint& global);
    void addClass(const QString& name);
    // label_images.cpp
    void loadSet();
    void showSet(LoadedSet set);
    void open(ImageId id);
    void showOpened(OpenImage open);
    void openRow(int row);
    void step(int by);
    void finish(const std::string& state);
    void setState(ImageId id, const std::string& state, std::function<void()> after = {});
    void markStarted();
    void prefetchAround();
    void showEmpty();
    // label_mode.cpp
    void showFailure(const Error& error);
    void pointAt(annot::Point at, bool inside);

    Actions m_do{};
    Document* m_document;
    ImageSet* m_set;
    ClassModel* m_classModel;
    View* m_view = nullptr;
    OptionsBar* m_options = nullptr;
    ToolStrip* m_tools = nullptr;
    FilmStrip* m_film = nullptr;
    ClassesPanel* m_classes = nullptr;
    ObjectsPanel* m_objects = nullptr;
    SelectionPanel* m_selection = nullptr;
    common::Note* m_note = nullptr;
    common::EmptyState* m_empty = nullptr;
    QStackedWidget* m_pages = nullptr;
    QActionGroup* m_toolGroup = nullptr;
    std::optional<ClassId> m_activeClass;
    std::vector<annot::Annotation> m_clipboard;
    QString m_query;
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
