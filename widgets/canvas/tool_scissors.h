// Intelligent scissors: click points round the object, the line between them keeps to its edges. Enter, a double click or a click
// on the first point closes; Backspace takes a point back. With Alt a piece is straight.
#pragma once
#include "core/annot/assist/scissors.h"
#include "widgets/canvas/assist_tool.h"

namespace lathe::widgets::canvas {

class ScissorsTool : public AssistTool {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::canvas::ScissorsTool)
public:
    explicit ScissorsTool(ToolHost& host);
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void doubleClick(const Pointer& p) override;
    void key(const QKeyEvent& event) override;
    void paint(QPainter& painter) override;
    [[nodiscard]] bool knowsTheWay() const { return m_wire != nullptr; }  ///< from the last anchor

protected:
    const char* editLabel() const override { return "Intelligent scissors"; }
    bool underWay() const override { return !m_pieces.empty(); }
    void back() override;
    void forget() override;

private:
    using Wire = std::shared_ptr<const annot::assist::Scissors>;
    /// From an anchor to the next; the last one is still open.
    struct Piece {
        annot::Point from;
        std::vector<annot::Point> path;  ///< without its first point; empty: the wire isn't there yet
        std::optional<annot::Point> to;
        bool straight = false;
    };
    void startAt(annot::Point anchor);
    void end(Piece& piece, annot::Point to, bool straight);
    void askWire(annot::Point anchor);
    void takeWire(std::size_t piece, const Wire& wire);
    [[nodiscard]] annot::Rect regionAround(annot::Point anchor) const;
    [[nodiscard]] bool atFirst(const Pointer& p) const;
    [[nodiscard]] std::vector<annot::Point> ring() const;
    [[nodiscard]] std::vector<annot::Point> livePath() const;
    void close();
    void finish();
    std::vector<Piece> m_pieces;
    Wire m_wire;
    Pointer m_now;
    QObject m_life;
    quint64 m_generation = 0;
    bool m_closing = false;
};

}  // namespace lathe::widgets::canvas
