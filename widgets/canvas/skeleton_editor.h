// A class's skeleton, drawn on a picture: joints, edges between them, left-right pairs.
//
// With the mouse: in "Joints" a click sets one, a drag moves it; in "Edges" and "Pairs" a click on one joint and then on another
// makes or takes away the line. With keys: Tab chooses the next joint, arrows move it (Shift: ten times as far), Insert adds one,
// Del takes it away, Enter in "Edges" and "Pairs" is the click on it.
#pragma once
#include <QImage>
#include <QWidget>

#include "core/annot/schema.h"

class QLineEdit;

namespace lathe::widgets::common {
class Segments;
}

namespace lathe::widgets::canvas {

/// The picture with the joints; self-painted, its joints are its accessible children's words in its description.
class SkeletonView : public QWidget {
    Q_OBJECT
public:
    enum class Doing { Joints, Edges, Pairs };
    explicit SkeletonView(QWidget* parent = nullptr);
    void setSkeleton(const annot::Skeleton& skeleton);
    [[nodiscard]] const annot::Skeleton& skeleton() const { return m_skeleton; }
    void setPicture(const QImage& picture);
    void setDoing(Doing doing);
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int joint);
    void rename(int joint, const QString& name);
    /// Where a joint is in the widget.
    [[nodiscard]] QPointF placeOf(int joint) const;
    void describe();
Q_SIGNALS:
    void changed();  ///< by the user; while a joint is dragged only at its end
    void currentChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    [[nodiscard]] QSize sizeHint() const override { return {320, 320}; }

private:
    [[nodiscard]] QRectF frame() const;
    [[nodiscard]] annot::Point pointAt(QPointF place) const;
    [[nodiscard]] int jointAt(QPointF place) const;
    void add(annot::Point at);
    void remove(int joint);
    void join(int joint);
    void nudge(double dx, double dy);
    annot::Skeleton m_skeleton;
    QImage m_picture;
    Doing m_doing = Doing::Joints;
    int m_current = -1, m_from = -1, m_dragged = -1;
    bool m_moved = false;
};

class SkeletonEditor : public QWidget {
    Q_OBJECT
public:
    explicit SkeletonEditor(QWidget* parent = nullptr);
    void setSkeleton(const annot::Skeleton& skeleton);
    [[nodiscard]] const annot::Skeleton& skeleton() const { return m_view->skeleton(); }
    void setPicture(const QImage& picture) { m_view->setPicture(picture); }
    void retranslate();
Q_SIGNALS:
    void changed();

private:
    void showName();
    SkeletonView* m_view;
    common::Segments* m_doing;
    QLineEdit* m_name;
};

}  // namespace lathe::widgets::canvas
