// The canvas: picture and shapes, the mouse and the keys. It copies tiles and paints what is in the hand; it never strokes a scene.
#pragma once
#include <QTimer>
#include <QWidget>
#include <functional>
#include <map>

#include "widgets/canvas/document.h"
#include "widgets/canvas/marks.h"
#include "widgets/canvas/mask_layer.h"
#include "widgets/canvas/tile_store.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

class View : public QWidget, private ToolHost {
    Q_OBJECT
public:
    explicit View(Document& document, QWidget* parent = nullptr);
    ~View() override;

    // -- tools and classes
    void setTool(int index);  ///< of toolRegistry()
    [[nodiscard]] int toolIndex() const { return m_toolIndex; }
    [[nodiscard]] Tool& tool() { return *m_tool; }  ///< for tests
    /// Works with this tool until it is finished(); then the chosen one returns.
    void lend(const std::function<std::unique_ptr<Tool>(ToolHost&)>& make);
    void setClasses(const std::vector<store::ClassRow>& classes);
    void setActiveClass(std::optional<ClassId> id);
    [[nodiscard]] std::optional<ClassId> activeClass() const { return m_activeClass; }
    [[nodiscard]] QString className(ClassId id) const;
    void setKeepInside(bool on) { m_keepInside = on; }
    /// The active tool's own controls; nullptr: it has none.
    [[nodiscard]] QWidget* makeToolOptions(QWidget* parent) { return m_tool->makeOptions(parent); }
    /// Actions that are meant for the tool at work.
    [[nodiscard]] bool toolCan(std::string_view action) const { return m_document.isOpen() && m_tool->can(action); }
    void toolAct(std::string_view action);
    [[nodiscard]] bool isOn(const char* key) const { return m_memory.value(QString::fromLatin1(key), false).toBool(); }
    void remember(const char* key, const QVariant& value) { m_memory[QString::fromLatin1(key)] = value; }  ///< for tools
    void toggle(const char* key);  ///< a switch of all tools: "snap", "handles.frame"
    void nextToolMode();
    [[nodiscard]] bool toolHasModes() const { return m_tool->modes() != nullptr; }
    void cancelTool();
    void settle();  ///< finishes what is under way (a nudge): before undo, leaving, another image

    // -- view
    [[nodiscard]] const Viewport& viewport() const override { return m_view; }
    [[nodiscard]] double zoom() const { return m_view.scale; }
    void fit();
    void zoomTo(double scale);                   ///< about the middle
    void zoomBy(double factor, QPointF device);  ///< the image point there stays
    void moveTo(const Viewport& view);           ///< exactly this place (tests, benchmarks)
    void centreOn(const annot::Rect& box);       ///< scrolls only if it isn't wholly seen
    void centreAt(annot::Point at);              ///< the scale stays
    void zoomToRect(const annot::Rect& box);     ///< all of it, with a margin
    void setCrosshair(bool on);                  ///< lines through the pointer
    [[nodiscard]] double fitScale() const;
    /// All tiles in sight are exact and of the newest scene.
    [[nodiscard]] bool complete() const;
    [[nodiscard]] double tileMegabytes() const { return m_tiles.megabytes(); }
    /// The whole picture small, see TileStore.
    void setMini(bool on);
    [[nodiscard]] const QImage* mini() const { return m_tiles.mini(); }
    [[nodiscard]] double miniScale() const { return m_tiles.miniScale(); }

    // -- for the accessibility tree
    [[nodiscard]] const Document& shapes() const { return m_document; }
    [[nodiscard]] QRect screenRect(const annot::Rect& box) const;
    [[nodiscard]] annot::Point imageAt(QPoint global) const;
    [[nodiscard]] QString stateText() const;

public Q_SLOTS:
    void frame();  ///< takes finished tiles, asks for missing ones

Q_SIGNALS:
    void zoomChanged();
    void framed();  ///< tiles came
    /// Ctrl+Shift and the mouse: by how much of the view since the last time, right and up.
    void levelsDragged(QPointF by);
    void pointerMoved(lathe::annot::Point at, bool inside);
    void spaceTapped();
    void classMissing();
    void wantsClassMenu(const QPoint& global);
    void viewMoved();  ///< the image lies elsewhere or is another size
    void commentAsked(lathe::annot::Point at, lathe::AnnotationId shape);
    void toolNote(const QString& text);  ///< empty: the one before has no meaning any more
    void toolOptionsChanged();
    void toolStateChanged();  ///< toolCan() may answer otherwise

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    /// A shape that is painted on top: in the hand, or dropped until its tiles are fresh.
    struct Carried {
        annot::Annotation shape;
        std::vector<std::vector<Vec>> rings;
        std::shared_ptr<MaskLayer> mask;
        Bounds box;
    };
    /// A point of a giant in the hand.
    struct CarriedPoint {
        AnnotationId id;
        int ring = 0, point = 0;
        annot::Point to;
        std::vector<Vec> edges;  ///< the neighbour before, the point, the neighbour after
    };

    // ToolHost
    Document& document() override { return m_document; }
    double ratio() const override { return devicePixelRatioF(); }
    std::optional<ClassId> classForNew(int kind) override;
    Handles handles() override;
    bool keepInside() const override { return m_keepInside; }
    QColor colourOf(ClassId id) const override;
    void carry(std::vector<annot::Annotation> shapes) override;
    void carryMask(annot::Annotation shape, std::shared_ptr<const annot::MaskCells> cells, const annot::Rect& touched) override;
    void carryPoint(AnnotationId id, int ring, int point, annot::Point to) override;
    void dropPoint(const std::string& label) override;
    std::vector<AnnotationId> drop(const std::string& label, const Besides& besides) override;
    void putBack() override;
    void note(const QString& text) override;
    QVariantHash& memory() override { return m_memory; }
    void optionsChanged() override { Q_EMIT toolOptionsChanged(); }
    void panBy(QPointF device) override;
    void repaintMarks() override;
    void showCursor(const QCursor& cursor) override;
    void comment(annot::Point at, AnnotationId shape) override { Q_EMIT commentAsked(at, shape); }

    void returnTool();
    void onOpened();
    void onScene(const Bounds& touched);
    void tellAccessibility();
    void setView(const Viewport& view, bool zoomed);
    [[nodiscard]] Viewport clamped(Viewport view) const;
    [[nodiscard]] Pointer pointer(const QMouseEvent& event) const;
    [[nodiscard]] bool isForTool(Qt::MouseButton button) const;
    void startPan(QPointF device);
    void requestFrame();
    [[nodiscard]] Carried carried(annot::Annotation shape, bool outlined) const;
    void hideCarried(const std::vector<annot::Annotation>& shapes);
    annot::Change changeOf(Carried& c, int at);
    void dropSettled();
    [[nodiscard]] bool wantsKey(const QKeyEvent& event) const;
    bool nudge(const QKeyEvent& event);
    void paintSuggestions(QPainter& painter);
    void paintCrosshair(QPainter& painter);
    void moveCrosshair(QPointF device);
    // view_marks.cpp
    void paintMarks(QPainter& painter, const QRegion& device);
    void paintHovered(QPainter& painter);
    void paintSelection(QPainter& painter);
    void paintSelected(QPainter& painter, AnnotationId id, bool alone);
    void paintHand(QPainter& painter, const QRegion& device);
    void paintPoint(QPainter& painter);
    void paintHandles(QPainter& painter, const std::vector<annot::Annotation>& shapes);
    [[nodiscard]] QString sizeText(const annot::Rect& box) const;

    Document& m_document;
    TileStore m_tiles;
    Viewport m_view;
    std::unique_ptr<Tool> m_tool;
    int m_toolIndex = -1;
    QCursor m_cursor;
    QVariantHash m_memory;
    bool m_noted = false, m_lent = false;
    std::map<std::int64_t, std::pair<QString, QColor>> m_classes;
    std::optional<ClassId> m_activeClass;
    std::vector<Carried> m_hand, m_settling;
    std::optional<CarriedPoint> m_point;
    QTimer m_rest, m_nudge;
    QPointF m_panFrom, m_levelFrom, m_crossAt;
    Qt::MouseButton m_button = Qt::LeftButton;
    bool m_levelling = false, m_crosshair = false;
    bool m_keepInside = true, m_fitted = true, m_zooming = false, m_frameAsked = false;
    bool m_space = false, m_spacePanned = false, m_panning = false, m_pressed = false, m_ring = false;
};

}  // namespace lathe::widgets::canvas
