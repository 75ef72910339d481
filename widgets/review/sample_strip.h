// Wrong answers as pictures with words under them; a double click opens the image's explanation.
#pragma once
#include <QListWidget>

#include "widgets/common/picture.h"
#include "widgets/review/review_data.h"

namespace lathe::widgets::review {

class SampleStrip : public QListWidget {
    Q_OBJECT
public:
    SampleStrip(common::Thumbnails& thumbnails, QWidget* parent = nullptr);
    void setSamples(const std::vector<Sample>& samples);
Q_SIGNALS:
    void opened(lathe::ImageId image);

private:
    void showThumbnail(ImageId image);
    common::Thumbnails& m_thumbnails;
    std::vector<Sample> m_samples;
};

}  // namespace lathe::widgets::review
