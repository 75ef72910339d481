// The set at the foot of the canvas: how much is done, thumbnails with their states, the open one in a frame.
#pragma once
#include <QFrame>
#include <QLabel>
#include <QListView>
#include <QProgressBar>
#include <QToolButton>

#include "widgets/canvas/image_set.h"

namespace lathe::widgets::canvas {

/// Narrows the set: a term of the search language and its words; "" and "All images" first.
struct FilmFilter {
    QString term, title;
};
[[nodiscard]] QList<FilmFilter> filmFilters();

class FilmStrip : public QFrame {
    Q_OBJECT
public:
    FilmStrip(ImageSet& set, QAction* previous, QAction* next, QWidget* parent = nullptr);
    void showCurrent(int row);
    void showProgress();
    void setPace(double secondsPerImage);  ///< 0: not known yet
    void setFilter(const QString& term);
    [[nodiscard]] const QString& filter() const { return m_term; }
    [[nodiscard]] QToolButton& filterButton() const { return *m_filter; }
    void retranslate();
Q_SIGNALS:
    void chosen(lathe::ImageId image);
    void filterChosen(const QString& term);

private:
    void fillFilterMenu();
    ImageSet& m_set;
    QListView* m_list;
    QLabel *m_done, *m_pace;
    QProgressBar* m_bar;
    QToolButton* m_filter;
    QString m_term;
    double m_seconds = 0;
};

}  // namespace lathe::widgets::canvas
