// The set at the foot of the canvas: how much is done, thumbnails with their states, the open one in a frame.
#pragma once
#include <QFrame>
#include <QLabel>
#include <QListView>
#include <QProgressBar>

#include "widgets/canvas/image_set.h"

namespace lathe::widgets::canvas {

class FilmStrip : public QFrame {
    Q_OBJECT
public:
    FilmStrip(ImageSet& set, QAction* previous, QAction* next, QWidget* parent = nullptr);
    void showCurrent(int row);
    void showProgress();
    void setPace(double secondsPerImage);  ///< 0: not known yet
    void retranslate();
Q_SIGNALS:
    void chosen(lathe::ImageId image);

private:
    ImageSet& m_set;
    QListView* m_list;
    QLabel *m_done, *m_pace;
    QProgressBar* m_bar;
    double m_seconds = 0;
};

}  // namespace lathe::widgets::canvas
