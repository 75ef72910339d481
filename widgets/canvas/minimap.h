// The whole picture small in a corner of the canvas, with the part that is seen; a click or drag goes there.
#pragma once
#include <QWidget>

namespace lathe::widgets::canvas {

class Document;
class View;

/// A child of the view; keeps itself in its corner. Shown only while not all of the picture is in sight.
class Minimap : public QWidget {
    Q_OBJECT
public:
    Minimap(Document& document, View& view);
    void setOn(bool on);
    [[nodiscard]] bool isOn() const { return m_on; }
    void retranslate();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void go(QPointF at);
    [[nodiscard]] double scale() const;  ///< logical pixels per pixel of the picture

    Document& m_document;
    View& m_view;
    bool m_on = true;
};

}  // namespace lathe::widgets::canvas
