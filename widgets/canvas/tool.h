// A tool of the canvas: turns mouse and keys into what is in the hand. The host turns that into an edit; a tool never writes.
#pragma once
#include <QCoreApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QPainter>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/annot/annotation.h"
#include "widgets/canvas/viewport.h"

namespace lathe::widgets::canvas {

class Document;

/// Where the mouse is.
struct Pointer {
    QPointF device;      ///< device pixels of the view
    annot::Point image;  ///< image pixels
    Qt::KeyboardModifiers keys;
};

/// What a tool is given by the view. GUI thread.
class ToolHost {
public:
    virtual ~ToolHost() = default;
    [[nodiscard]] virtual Document& document() = 0;
    [[nodiscard]] virtual const Viewport& viewport() const = 0;
    [[nodiscard]] virtual double ratio() const = 0;  ///< device pixels per logical pixel
    /// The class for new shapes; none: the host has asked for one in words, nothing can be drawn.
    [[nodiscard]] virtual std::optional<ClassId> classForNew() = 0;
    [[nodiscard]] virtual bool keepInside() const = 0;
    [[nodiscard]] virtual QColor colourOf(ClassId id) const = 0;
    /// Takes shapes in the hand, or shows them as they are now: painted on top, not in the tiles. New ones have no id yet.
    virtual void carry(std::vector<annot::Annotation> shapes) = 0;
    /// What is in the hand becomes one edit (nothing when it is as before). Returns their ids.
    virtual std::vector<AnnotationId> drop(const std::string& label) = 0;
    virtual void putBack() = 0;  ///< as before carry()
    virtual void panBy(QPointF device) = 0;
    virtual void repaintMarks() = 0;  ///< what the tool paints itself has changed
    virtual void showCursor(const QCursor& cursor) = 0;
};

/// One at a time is active. All methods have an empty default.
class Tool {
public:
    explicit Tool(ToolHost& host) : m_host(host) {}
    virtual ~Tool() = default;
    virtual void press(const Pointer&) {}
    virtual void move(const Pointer&, bool /*pressed*/) {}
    virtual void release(const Pointer&) {}
    virtual void doubleClick(const Pointer& p) { press(p); }
    /// A key that has a meaning right now (Enter closes a polygon); false: it is for the actions.
    [[nodiscard]] virtual bool wants(const QKeyEvent&) const { return false; }
    virtual void key(const QKeyEvent&) {}
    virtual void cancel() {}  ///< Esc, another tool, another image
    [[nodiscard]] virtual bool busy() const { return false; }
    virtual void paint(QPainter&) {}  ///< in device pixels, above everything
    /// Handles of the selected shape are shown and can be dragged.
    [[nodiscard]] virtual bool showsGrips() const { return false; }

protected:
    [[nodiscard]] ToolHost& host() const { return m_host; }

private:
    ToolHost& m_host;
};

/// One line of the registry: how a tool is called, drawn and reached, and how it is made.
struct ToolSpec {
    const char* id;    ///< "box"
    const char* name;  ///< English, translated in context "lathe::widgets::canvas::Tool"
    const char* icon;  ///< of resources/icons
    const char* key;   ///< the same in every language
    Qt::CursorShape cursor;
    bool separatorBefore;
    std::unique_ptr<Tool> (*make)(ToolHost&);
    [[nodiscard]] QString title() const { return QCoreApplication::translate("lathe::widgets::canvas::Tool", name); }
};

/// All tools in the order of the tool bar.
[[nodiscard]] std::span<const ToolSpec> toolRegistry();

}  // namespace lathe::widgets::canvas
