// Document's looks: how shapes and picture are shown, and large pictures while they are read.
#include <QElapsedTimer>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

void Document::setLook(Look look) {
    if (look == m_look) return;
    m_look = std::move(look);
    if (m_scene) setScene(m_scene->withLook(m_look), Bounds::everything());
    Q_EMIT lookChanged();
}

void Document::setOpacity(float opacity) {
    Look look = m_look;
    look.opacity = opacity;
    setLook(std::move(look));
}

void Document::setFill(Fill fill) {
    Look look = m_look;
    look.fill = fill;
    setLook(std::move(look));
}

void Document::setColourBy(ColourBy by) {
    Look look = m_look;
    look.colourBy = by;
    setLook(std::move(look));
}

void Document::setDisplay(const Display& display) {
    if (display == m_display) return;
    m_display = display;
    if (!m_picture) {
        Q_EMIT lookChanged();
        return;
    }
    Look look = m_look;
    look.tone = std::make_shared<const ToneMap>(m_display, m_picture);
    setLook(std::move(look));
}

void Document::readRest(OpenImage::Rest rest) {
    QPointer<Document> self(this);
    const quint64 generation = m_generation;
    const auto grown = [self, generation](const cv::Rect& part) {
        common::onGuiThread(self, [self, generation, part] {
            if (self && self->m_generation == generation) self->grown(part);
        });
    };
    const QString name = QString::fromStdString(m_image.name).section(QLatin1Char('/'), -1);
    m_readJob = m_services.jobs->run<bool>(
        tr("Read %1").arg(name), this,
        [rest = std::move(rest), grown](std::stop_token stop, const Progress& progress) -> Result<bool> {
            LATHE_CHECK(canvas::readRest(rest, stop, progress, grown));
            return true;
        },
        [this, generation](Result<bool> done) {
            if (m_generation != generation) return;
            m_readJob = 0;
            if (!done && done.error().code != ErrorCode::Cancelled) Q_EMIT pictureFailed(done.error());
        });
}

// Statistics of a part aren't those of the whole: what depends on them is made anew.
void Document::grown(const cv::Rect& part) {
    if (!m_scene || !m_picture) return;
    const bool measured = m_display.equalise != Equalise::None || (m_display.automatic && m_picture->depth() != CV_8U);
    if (measured) m_look.tone = std::make_shared<const ToneMap>(m_display, m_picture);
    constexpr int r = Pyramid::kReach;  // what was painted up to the old edge now has a neighbour to mix with
    const Bounds touched{float(part.x - r), float(part.y - r), float(part.br().x + r), float(part.br().y + r)};
    setScene(m_scene->withLook(m_look), measured ? Bounds::everything() : touched);
    Q_EMIT pictureGrown();
}

}  // namespace lathe::widgets::canvas
