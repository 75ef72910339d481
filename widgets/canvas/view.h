// The canvas: picture and shapes, the mouse and the keys. It copies tiles and paints what is in the hand; it never strokes a scene.
#pragma once
#include <QTimer>
#include <QWidget>
#include <map>

#include "widgets/canvas/document.h"
#include "widgets/canvas/marks.h"
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
    void setClasses(const std::vector<store::ClassRow>& classes);
    void setActiveClass(std::optional<ClassId> id);
    [[nodiscard]] std::optional<ClassId> activeClass() const { return m_activeClass; }
    [[nodiscard]] QString className(ClassId id) const;
    void setKeepInside(bool on) { m_keepInside = on; }
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
    [[nodiscard]] double fitScale() const;
    /// All tiles in sight are exact and of the newest scene.
    [[nodiscard]] bool complete() const;
    [[nodiscard]] double tileMegabytes() const { return m_tiles.megabytes(); }

    // -- for the accessibility tree
    [[nodiscard]] const Document& shapes() const { return m_document; }
    [[nodiscard]] QRect screenRect(const annot::Rect& box) const;
    [[nodiscard]] annot::Point imageAt(QPoint global) const;
    [[nodiscard]] QString stateText() const;

public Q_SLOTS:
    void frame();  ///< takes finished tiles, asks for missing ones

Q_SIGNALS:
    void zoomChanged();
    void pointerMoved(lathe::annot::Point at, bool inside);
    void spaceTapped();
    void classMissing();
    void wantsClassMenu(const QPoint& global);

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
    struct Settling {
        annot::Annotation shape;
        std::vector<std::vector<Vec>> rings;
        Bounds box;
    };

    // ToolHost
    Document& document() override { return m_document; }
    double ratio() const override { return devicePixelRatioF(); }
    std::optional<ClassId> classForNew() override;
    bool keepInside() const override { return m_keepInside; }
    QColor colourOf(ClassId id) const override;
    void carry(std::vector<annot::Annotation> shapes) override;
    std::vector<AnnotationId> drop(const std::string& label) override;
    void putBack() override;
    void panBy(QPointF device) override;
    void repaintMarks() override { update(); }
    void showCursor(const QCursor& cursor) override;

    void onOpened();
    void onScene(const Bounds& touched);
    void tellAccessibility();
    void setView(const Viewport& view, bool zoomed);
    [[nodiscard]] Viewport clamped(Viewport view) const;
    [[nodiscard]] Pointer pointer(const QMouseEvent& event) const;
    [[nodiscard]] bool panning() const { return m_panning; }
    void startPan(QPointF device);
    void requestFrame();
    void dropSettled();
    [[nodiscard]] bool wantsKey(const QKeyEvent& event) const;
    bool nudge(const QKeyEvent& event);
    void paintMarks(QPainter& painter);
    void paintSelection(QPainter& painter);
    void paintHand(QPainter& painter);
    [[nodiscard]] QString sizeText(const annot::Rect& box) const;

    Document& m_document;
    TileStore m_tiles;
    Viewport m_view;
    std::unique_ptr<Tool> m_tool;
    int m_toolIndex = -1;
    QCursor m_cursor;
    std::map<std::int64_t, std::pair<QString, QColor>> m_classes;
    std::optional<ClassId> m_activeClass;
    std::vector<annot::Annotation> m_hand;
    std::vector<std::vector<std::vector<Vec>>> m_handRings;
    std::vector<Settling> m_settling;
    QTimer m_rest, m_nudge;
    QPointF m_panFrom;
    bool m_keepInside = true, m_fitted = true, m_zooming = false, m_frameAsked = false;
    bool m_space = false, m_spacePanned = false, m_panning = false, m_pressed = false, m_ring = false;
};

}  // namespace lathe::widgets::canvas
