// One validation image large: the picture, its label, what the model says and what of it is wrong, side by side; of
// classification the picture beside the surest classes.
#pragma once
#include <QWidget>

#include "widgets/train/validation_item.h"

namespace lathe::widgets::charts {
class BarRows;
}

namespace lathe::widgets::train {

class ValidationView : public QWidget {
    Q_OBJECT
public:
    explicit ValidationView(QWidget* parent = nullptr);
    void setItem(const ValidationItem& item, const ValidationClasses& classes);
    void setOpacity(double opacity);
    void retranslate();
Q_SIGNALS:
    void stepped(int by);  ///< Left, Right: the picture before or after
    void closed();         ///< Escape, a double click

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    struct Pane {
        ValidationLayer layer;
        const char* name;  ///< in the context "ValidationPage"
    };
    [[nodiscard]] std::vector<Pane> panes() const;
    [[nodiscard]] QRect panesRect() const;
    [[nodiscard]] int columnsFor(int panes) const;
    [[nodiscard]] QString noteOf(ValidationLayer layer) const;
    void paintPane(QPainter& painter, const QRect& cell, const Pane& pane) const;
    void showBars();
    std::optional<ValidationItem> m_item;
    ValidationClasses m_classes;
    double m_opacity = 0.5;
    charts::BarRows* m_bars;
};

}  // namespace lathe::widgets::train
