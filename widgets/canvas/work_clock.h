// How long one works on an image: counted while the window is active and the hands aren't idle, and handed over in pieces.
#pragma once
#include <QObject>
#include <QTimer>
#include <functional>
#include <unordered_map>

#include "core/store/labelling.h"
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

/// GUI thread. Time goes to the open image, and to the one shape that is selected.
class WorkClock : public QObject {
    Q_OBJECT
public:
    static constexpr double kIdle = 60;      ///< seconds without mouse or key: no work
    static constexpr double kHandOver = 30;  ///< at most so much is kept here
    /// `page`: only what happens in its window counts. `now`: seconds that only grow.
    WorkClock(Document& document, QWidget* page, std::function<double()> now);
    ~WorkClock() override;
    void start();  ///< the page is shown
    void stop();   ///< hands over
    void tick();   ///< each second; tests call it
    void touch() { m_touched = m_now(); }

Q_SIGNALS:
    void spent(const lathe::store::TimeSpent& time);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void handOver();
    Document& m_document;
    QWidget* m_page;
    std::function<double()> m_now;
    QTimer m_timer;
    ImageId m_image;
    double m_last = 0, m_touched = 0, m_seconds = 0;
    std::int64_t m_edits = 0;
    std::unordered_map<std::int64_t, double> m_shapes;
    bool m_running = false;
};

}  // namespace lathe::widgets::canvas
