#include "widgets/review/sample_strip.h"

namespace lathe::widgets::review {

SampleStrip::SampleStrip(common::Thumbnails& thumbnails, QWidget* parent) : QListWidget(parent), m_thumbnails(thumbnails) {
    setViewMode(QListView::IconMode);
    setResizeMode(QListView::Adjust);
    setMovement(QListView::Static);
    setFrameShape(QFrame::NoFrame);
    setIconSize({144, 108});
    setGridSize({168, 152});
    setWordWrap(true);
    setSpacing(4);
    connect(&m_thumbnails, &common::Thumbnails::ready, this, &SampleStrip::showThumbnail);
    connect(this, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { Q_EMIT opened(m_samples[std::size_t(row(item))].image.id); });
}

void SampleStrip::setSamples(const std::vector<Sample>& samples) {
    m_samples = samples;
    clear();
    for (const Sample& sample : samples) {
        const QString words =
            tr("%1, is %2").arg(sample.answer, sample.truth) + QStringLiteral("\n") + QString::number(sample.confidence, 'f', 2);
        auto* item = new QListWidgetItem(words, this);
        item->setToolTip(QString::fromStdString(sample.image.name));
        item->setTextAlignment(Qt::AlignHCenter);
        showThumbnail(sample.image.id);
    }
}

void SampleStrip::showThumbnail(ImageId image) {
    for (std::size_t i = 0; i < m_samples.size() && int(i) < count(); ++i)
        if (m_samples[i].image.id == image) {
            const QPixmap pixmap = m_thumbnails.get(m_samples[i].image);
            if (!pixmap.isNull())
                item(int(i))->setIcon(QIcon(pixmap.scaled(iconSize(), Qt::KeepAspectRatio, Qt::SmoothTransformation)));
        }
}

}  // namespace lathe::widgets::review
