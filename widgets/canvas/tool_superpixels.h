// Superpixels: patches that keep to edges are painted into a shape; right button or Alt takes them out again. Their size is that of
// the screen: zoom in for finer ones.
#pragma once
#include <QImage>
#include <QTimer>

#include "core/annot/assist/superpixels.h"
#include "widgets/canvas/assist_tool.h"

namespace lathe::widgets::canvas {

class SuperpixelsTool : public AssistTool {
    Q_DECLARE_TR_FUNCTIONS(lathe::widgets::canvas::SuperpixelsTool)
public:
    explicit SuperpixelsTool(ToolHost& host);
    void press(const Pointer& p) override;
    void move(const Pointer& p, bool pressed) override;
    void release(const Pointer& p) override;
    bool wheel(double notches, const Pointer& p) override;
    [[nodiscard]] bool can(std::string_view action) const override { return action == "larger" || action == "smaller"; }
    void act(std::string_view action) override { setSide(int(side() * (action == "larger" ? 1.25 : 0.8))); }
    [[nodiscard]] bool usesRightButton() const override { return true; }
    void paint(QPainter& painter) override;
    [[nodiscard]] bool ready() const {
        return m_patches && !m_look.busy() && !m_soon.isActive();
    }  ///< the best patches of what is in sight are there

protected:
    const char* editLabel() const override { return "Superpixels"; }
    void back() override;
    void forget() override;
    void answered() override;
    void addOptions(QHBoxLayout& row) override;

private:
    using Patches = std::shared_ptr<const annot::assist::Superpixels>;
    struct Looked {
        Patches patches;
        QImage borders;
    };
    /// What one stroke of the brush touched.
    struct Stroke {
        Patches patches;
        std::vector<int> labels;
        bool add = true;
    };
    [[nodiscard]] int side() const;  ///< logical pixels
    void setSide(int value);
    [[nodiscard]] annot::Rect inSight() const;
    void lookSoon();
    void look();
    void lookFor(Effort effort);
    void askNow();
    void addTo(Stroke& stroke, annot::Point from, annot::Point to) const;
    Asker<Looked> m_look;
    QTimer m_soon;
    Viewport m_lookedAt;
    std::shared_ptr<const cv::Mat> m_lookedPicture;
    int m_lookedSide = 0;
    Patches m_patches;
    QImage m_borders;
    std::optional<annot::Mask> m_base;  ///< of the strokes that are done
    std::vector<std::optional<annot::Mask>> m_before;
    std::vector<Stroke> m_strokes;
    annot::Point m_last;
    bool m_painting = false;
};

}  // namespace lathe::widgets::canvas
