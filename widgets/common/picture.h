// cv::Mat <-> QImage, and thumbnails for grids, decoded off the GUI thread.
#pragma once
#include <QCache>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <memory>
#include <opencv2/core/mat.hpp>

#include "core/store/workspace.h"

namespace lathe::widgets::common {

/// Deep copy, BGR8/grey8/BGRA8 to RGB32/Grayscale8/ARGB32_Premultiplied.
[[nodiscard]] QImage toQImage(const cv::Mat& mat);

/// Thumbnails by image id: returns at once what it has, asks a pool for the rest, newest wish first. GUI thread.
class Thumbnails : public QObject {
    Q_OBJECT
public:
    explicit Thumbnails(QObject* parent = nullptr);
    ~Thumbnails() override;
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);
    /// Null pixmap while it is being made; ready() tells. Budget 128 MB.
    [[nodiscard]] QPixmap get(const store::ImageRow& image);
    void forgetWishes();  ///< what was asked for but isn't visible any more
Q_SIGNALS:
    void ready(lathe::ImageId image);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace lathe::widgets::common
