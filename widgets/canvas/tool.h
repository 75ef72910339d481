// A tool of the canvas: turns mouse and keys into what is in the hand. The host turns that into an edit; a tool never writes.
#pragma once
#include <QCoreApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QPainter>
#include <QVariantHash>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/annot/annotation.h"
#include "core/annot/mask_cells.h"
#include "widgets/canvas/grips.h"
#include "widgets/canvas/viewport.h"

class QHBoxLayout;

namespace lathe::widgets::canvas {

class Document;  // picture()->pixels(), schemaOf(), services(): what a tool may look at

/// Where the mouse is.
struct Pointer {
    QPointF device;      ///< device pixels of the view
    annot::Point image;  ///< image pixels
    Qt::KeyboardModifiers keys;
    Qt::MouseButton button = Qt::LeftButton;  ///< that is pressed; Right only for tools that use it
};

/// Shapes that change together with what is in the hand.
struct Besides {
    std::vector<annot::Annotation> replaced = {};  ///< of the same ids
    std::vector<AnnotationId> removed = {};
};

/// What a tool is given by the view. GUI thread.
class ToolHost {
public:
    virtual ~ToolHost() = default;
    [[nodiscard]] virtual Document& document() = 0;
    [[nodiscard]] virtual const Viewport& viewport() const = 0;
    [[nodiscard]] virtual double ratio() const = 0;  ///< device pixels per logical pixel
    /// The class for new shapes; none: the host has asked for one in words, nothing can be drawn. With `kind`, an index of
    /// annot::Shape, also none when the schema doesn't allow that kind for the class.
    [[nodiscard]] virtual std::optional<ClassId> classForNew(int kind = -1) = 0;
    [[nodiscard]] virtual bool keepInside() const = 0;
    [[nodiscard]] virtual QColor colourOf(ClassId id) const = 0;
    /// Takes shapes in the hand, or shows them as they are now: painted on top, not in the tiles. New ones have no id yet.
    virtual void carry(std::vector<annot::Annotation> shapes) = 0;
    /// As carry() of one shape whose kind is Mask: its pixels are painted from `cells`, and only `touched` (image pixels) is
    /// painted again. drop() makes the mask's runs. The cells aren't changed any more after drop().
    virtual void carryMask(annot::Annotation shape, std::shared_ptr<const annot::MaskCells> cells, const annot::Rect& touched) = 0;
    /// One point of a polygon or line with very many: only its two edges leave the tiles. putBack() or dropPoint() ends it.
    virtual void carryPoint(AnnotationId id, int ring, int point, annot::Point to) = 0;
    virtual void dropPoint(const std::string& label) = 0;
    /// What is in the hand becomes one edit (nothing when it is as before), together with what else changes by it. Returns the
    /// ids of what was in the hand.
    virtual std::vector<AnnotationId> drop(const std::string& label, const Besides& besides = {}) = 0;
    virtual void putBack() = 0;  ///< as before carry()
    [[nodiscard]] virtual Handles handles() = 0;
    /// Words for the user above the canvas ("nothing of this colour touches the point"); empty takes them away.
    virtual void note(const QString& text) = 0;
    /// What tools remember while the window is open ("brush.size"); a tool itself is made anew each time it is chosen.
    [[nodiscard]] virtual QVariantHash& memory() = 0;
    virtual void optionsChanged() = 0;  ///< makeOptions() would make others now
    virtual void panBy(QPointF device) = 0;
    virtual void repaintMarks() = 0;  ///< what the tool paints itself has changed
    virtual void showCursor(const QCursor& cursor) = 0;
    /// A comment is wanted at a place, on the shape there (0: none).
    virtual void comment(annot::Point at, AnnotationId shape) = 0;
};

/// Ways in which a tool works: the first group of its options, kept in ToolHost::memory() under `key`.
struct ToolModes {
    const char* key;                 ///< "box.mode"
    const char* name;                ///< for screen readers; this and the texts as ToolSpec::name
    std::vector<const char*> texts;  ///< "Two corners", "Four extremes"
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
    /// A tool that was lent (View::lend) has nothing more to do: the one before returns.
    [[nodiscard]] virtual bool finished() const { return false; }
    virtual void paint(QPainter&) {}  ///< in device pixels, above everything: a ghost of what would come
    /// Controls for the options bar, made anew when the tool is chosen and when the language changes; nullptr: none. They are gone
    /// before the tool is.
    [[nodiscard]] virtual QWidget* makeOptions(QWidget* parent);
    [[nodiscard]] virtual const ToolModes* modes() const { return nullptr; }
    [[nodiscard]] int mode() const;
    void setMode(int mode);
    /// Actions of the mode that are meant for the tool at work ("larger", "skip-joint"); their keys are the user's to change.
    [[nodiscard]] virtual bool can(std::string_view /*action*/) const { return false; }
    virtual void act(std::string_view /*action*/) {}
    /// Wheel with Alt or Ctrl; true: taken, else the view zooms.
    virtual bool wheel(double /*notches*/, const Pointer&) { return false; }
    /// The right button presses, moves and releases too (Pointer::button), and opens no menu.
    [[nodiscard]] virtual bool usesRightButton() const { return false; }
    /// The class for new shapes is another one now: what is under way takes it.
    virtual void classChanged(ClassId) {}
    /// Handles of the selected shape are shown and can be dragged.
    [[nodiscard]] virtual bool showsGrips() const { return false; }

protected:
    [[nodiscard]] ToolHost& host() const { return m_host; }
    virtual void modeChanged() { cancel(); }
    /// Further controls of makeOptions(), into its row.
    virtual void addOptions(QHBoxLayout& /*row*/) {}
    [[nodiscard]] virtual bool hasOptions() const { return modes() != nullptr; }

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
