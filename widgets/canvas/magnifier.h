// A loupe beside the pointer: the pixels around it, enlarged so that each can be told.
#pragma once
#include <QImage>
#include <QWidget>

#include "core/annot/shape.h"

namespace lathe::widgets::canvas {

class Document;
class View;

class Magnifier : public QWidget {
    Q_OBJECT
public:
    Magnifier(Document& document, View& view);
    void setOn(bool on);
    [[nodiscard]] bool isOn() const { return m_on; }
    void follow(annot::Point at, bool inside);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    Document& m_document;
    View& m_view;
    annot::Point m_at;
    QImage m_pixels;
    bool m_on = false, m_inside = false;
};

/// The pixel's values as the status bar says them: "R 201  G 196  B 190", "V 40112"; empty outside.
[[nodiscard]] QString valueText(const Document& document, int x, int y);

}  // namespace lathe::widgets::canvas
