// What the assistants on the canvas have in common: a question off the GUI thread, a ghost, Enter takes it, Escape drops it.
#pragma once
#include <QHBoxLayout>

#include "core/annot/assist/effort.h"
#include "widgets/canvas/asker.h"
#include "widgets/canvas/assist_result.h"
#include "widgets/canvas/document.h"
#include "widgets/canvas/ghost.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

using annot::assist::Effort;

/// A tool whose hints lead to pixels. The first answer is shown at once, a better one is worked out in the background; a new hint
/// stops it.
class AssistTool : public Tool {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::canvas::AssistTool)
public:
    explicit AssistTool(ToolHost& host);
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return m_ghost || m_asker.busy() || underWay(); }
    void paint(QPainter& painter) override;
    [[nodiscard]] QWidget* makeOptions(QWidget* parent) override;
    void classChanged(ClassId id) override;
    [[nodiscard]] bool refining() const { return m_asker.isLong(); }
    [[nodiscard]] bool asking() const { return m_asker.busy() && !m_asker.isLong(); }  ///< the first answer isn't there yet

protected:
    /// Runs on a worker: the pixels that a hint leads to.
    using Work = std::function<Result<annot::Mask>(const cv::Mat& picture, Effort effort, std::stop_token stop)>;
    enum Rounds { Once, FirstThenBest };
    /// Before the first hint: there is a picture, and a class for what comes; the selection is dropped. False: said in words.
    [[nodiscard]] bool begin();
    void ask(const Work& work, Rounds rounds);
    /// Takes what is shown, or what will be when the answer comes.
    void take();
    void dropGhost();
    /// A polygon that is complete as it is becomes a shape of the wished kind.
    void takePolygon(annot::Polygon polygon);
    [[nodiscard]] const std::shared_ptr<const cv::Mat>& pixels() const;
    [[nodiscard]] const std::optional<annot::Mask>& shown() const { return m_mask; }
    [[nodiscard]] QColor colour() const { return host().colourOf(m_class); }
    [[nodiscard]] annot::Point inside(annot::Point p) const;

    [[nodiscard]] virtual const char* editLabel() const = 0;       ///< for the journal: "Magic wand"
    [[nodiscard]] virtual QString words() const { return {}; }     ///< beside the ghost: "tolerance 24"
    [[nodiscard]] virtual bool underWay() const { return false; }  ///< hints without an answer yet
    virtual void back() { cancel(); }                              ///< Backspace, undo: the last hint is taken back
    virtual void forget() {}                                       ///< all hints; the ghost was taken or dropped
    virtual void answered() {}                                     ///< an answer is shown; nothing newer is asked
    void addOptions(QHBoxLayout& /*row*/) override {}
    [[nodiscard]] virtual bool hasResultChoice() const { return true; }

private:
    struct Answer {
        annot::Mask mask;
        annot::Polygon outline;
        Ghost ghost;
    };
    void askFor(const Work& work, Effort effort, Rounds rounds);
    void show(Result<Answer> answer);
    void draw(annot::Shape shape);
    Asker<Answer> m_asker;
    std::optional<Ghost> m_ghost;
    std::optional<annot::Mask> m_mask;
    annot::Polygon m_outline;
    ClassId m_class;
    bool m_takeSoon = false;
};

}  // namespace lathe::widgets::canvas
