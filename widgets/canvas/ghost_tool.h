// Shapes that an action found for the open image: shown as ghosts until Enter takes them. Lent to the view; the tool before
// returns.
#pragma once
#include <QPointer>
#include <QSlider>

#include "core/annot/assist/effort.h"
#include "widgets/canvas/asker.h"
#include "widgets/canvas/document.h"
#include "widgets/canvas/ghost.h"
#include "widgets/canvas/tool.h"

namespace lathe::widgets::canvas {

/// What is looked for and how it is said.
struct GhostSearch {
    using Find = std::function<Result<std::vector<Ghost>>(int value, annot::assist::Effort effort, std::stop_token stop)>;
    /// A number that the user may change. filters: a least score in percent; else it is handed to `find` anew.
    struct Number {
        QString name;
        const char* key = "";  ///< of ToolHost::memory()
        int least = 0, most = 100, standard = 50;
        bool filters = false;
    };
    const char* label = "";  ///< of the edit: "Find similar"
    Find find = {};          ///< on a worker
    bool refines = false;    ///< there is a better answer after the quick one
    std::optional<Number> number = {};
};

/// A click on a ghost leaves it out, or lets it in again. Those with an id take the place of the shapes that have it; all together
/// are one edit.
class GhostTool : public Tool {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::canvas::GhostTool)
public:
    GhostTool(ToolHost& host, GhostSearch search);
    void press(const Pointer& p) override;
    [[nodiscard]] bool wants(const QKeyEvent& event) const override;
    void key(const QKeyEvent& event) override;
    void cancel() override;
    [[nodiscard]] bool busy() const override { return !m_finished; }
    [[nodiscard]] bool finished() const override { return m_finished; }
    void paint(QPainter& painter) override;
    [[nodiscard]] QWidget* makeOptions(QWidget* parent) override;
    bool wheel(double notches, const Pointer& p) override;
    [[nodiscard]] bool can(std::string_view action) const override;
    void act(std::string_view action) override;
    [[nodiscard]] std::vector<const Ghost*> shown() const;
    [[nodiscard]] bool searching() const { return m_asker.busy(); }

private:
    using Ghosts = std::vector<Ghost>;
    [[nodiscard]] int value() const;
    void setValue(int value);
    void ask(annot::assist::Effort effort);
    void show(Result<Ghosts> found);
    void say();
    void take();
    [[nodiscard]] bool isShown(const Ghost& ghost) const;
    GhostSearch m_search;
    Asker<Ghosts> m_asker;
    Ghosts m_ghosts;
    QPointer<QSlider> m_slider;
    bool m_finished = false, m_takeSoon = false;
};

}  // namespace lathe::widgets::canvas
