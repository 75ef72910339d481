#include "widgets/canvas/work_clock.h"

#include <QApplication>

namespace lathe::widgets::canvas {

WorkClock::WorkClock(Document& document, QWidget* page, std::function<double()> now)
    : QObject(page), m_document(document), m_page(page), m_now(std::move(now)) {
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &WorkClock::tick);
    connect(&document, &Document::opened, this, [this] {
        handOver();
        m_image = m_document.isOpen() ? m_document.image().id : ImageId();
        m_last = m_touched = m_now();
    });
    connect(&document, &Document::written, this, [this](ImageId image) {
        if (image == m_image) ++m_edits;
    });
    qApp->installEventFilter(this);
}

WorkClock::~WorkClock() = default;

void WorkClock::start() {
    m_running = true;
    m_last = m_touched = m_now();
    m_timer.start();
}

void WorkClock::stop() {
    if (!m_running) return;
    tick();
    handOver();
    m_running = false;
    m_timer.stop();
}

// A pause counts up to the moment from which it is one.
void WorkClock::tick() {
    const double now = m_now(), from = std::exchange(m_last, now);
    if (!m_running || !m_image.valid() || !m_page->isActiveWindow()) return;
    const double worked = std::min(now, m_touched + kIdle) - from;
    if (worked <= 0) return;
    m_seconds += worked;
    if (m_document.selection().size() == 1) m_shapes[m_document.selection().front().value] += worked;
    if (m_seconds >= kHandOver) handOver();
}

void WorkClock::handOver() {
    store::TimeSpent time{m_image, m_document.services().user.toStdString(), std::exchange(m_seconds, 0),
                          std::exchange(m_edits, 0)};
    for (const auto& [id, seconds] : std::exchange(m_shapes, {})) time.shapes.emplace_back(AnnotationId(id), seconds);
    if (time.image.valid() && (time.seconds > 0 || time.edits > 0)) Q_EMIT spent(time);
}

bool WorkClock::eventFilter(QObject* object, QEvent* event) {
    switch (event->type()) {
        case QEvent::KeyPress:
        case QEvent::MouseButtonPress:
        case QEvent::MouseMove:
        case QEvent::Wheel:
            if (auto* widget = qobject_cast<QWidget*>(object); widget && widget->window() == m_page->window()) touch();
            break;
        default: break;
    }
    return QObject::eventFilter(object, event);
}

}  // namespace lathe::widgets::canvas
