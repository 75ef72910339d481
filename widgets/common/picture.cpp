#include "widgets/common/picture.h"

#include <deque>
#include <opencv2/imgproc.hpp>
#include <set>

#include "core/image/cache.h"
#include "widgets/common/jobs.h"

namespace lathe::widgets::common {

QImage toQImage(const cv::Mat& mat) {
    if (mat.empty()) return {};
    const auto copy = [](const cv::Mat& m, QImage::Format format) {
        return QImage(m.data, m.cols, m.rows, qsizetype(m.step), format).copy();
    };
    cv::Mat out;
    switch (mat.type()) {
        case CV_8UC1: return copy(mat, QImage::Format_Grayscale8);
        case CV_8UC3: cv::cvtColor(mat, out, cv::COLOR_BGR2BGRA); return copy(out, QImage::Format_RGB32);
        case CV_8UC4: return copy(mat, QImage::Format_ARGB32).convertToFormat(QImage::Format_ARGB32_Premultiplied);
        default: return {};
    }
}

namespace {

constexpr int kBudgetKilobytes = 128 * 1024;
constexpr int kWorkers = 2;

struct Wish {
    ImageId id;
    std::string key;
    std::filesystem::path file;
};

/// What the workers share with the GUI thread; outlives both.
struct Queue {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Wish> wishes;  // newest at the front
    std::shared_ptr<const image::ThumbnailCache> cache;
    quint64 generation = 0;
};

}  // namespace

struct Thumbnails::Impl {
    QCache<qint64, QPixmap> pixmaps{kBudgetKilobytes};
    std::set<qint64> asked, failed;
    std::shared_ptr<store::Workspace> workspace;
    std::shared_ptr<Queue> queue = std::make_shared<Queue>();
    std::vector<std::jthread> workers;
    void work(Thumbnails* owner, std::stop_token stop);
    void deliver(Thumbnails* owner, quint64 generation, ImageId id, const QImage& picture);
};

void Thumbnails::Impl::work(Thumbnails* owner, std::stop_token stop) {
    while (!stop.stop_requested()) {
        Wish wish;
        quint64 generation = 0;
        std::shared_ptr<const image::ThumbnailCache> cache;
        {
            std::unique_lock lock(queue->mutex);
            if (!queue->wake.wait(lock, stop, [this] { return !queue->wishes.empty(); })) return;
            wish = std::move(queue->wishes.front());
            queue->wishes.pop_front();
            generation = queue->generation;
            cache = queue->cache;
        }
        if (!cache) continue;
        const auto mat = cache->get(wish.key, wish.file);
        const QImage picture = mat ? toQImage(*mat) : QImage();
        onGuiThread(owner, [this, owner, generation, id = wish.id, picture] { deliver(owner, generation, id, picture); });
    }
}

void Thumbnails::Impl::deliver(Thumbnails* owner, quint64 generation, ImageId id, const QImage& picture) {
    if (generation != queue->generation) return;  // of another workspace
    asked.erase(id.value);
    if (picture.isNull())
        failed.insert(id.value);
    else
        pixmaps.insert(id.value, new QPixmap(QPixmap::fromImage(picture)), std::max(1, int(picture.sizeInBytes() / 1024)));
    Q_EMIT owner->ready(id);
}

Thumbnails::Thumbnails(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {}

Thumbnails::~Thumbnails() {
    for (auto& worker : m_impl->workers) worker.request_stop();
    m_impl->workers.clear();
}

void Thumbnails::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    m_impl->workspace = std::move(workspace);
    m_impl->pixmaps.clear();
    m_impl->asked.clear();
    m_impl->failed.clear();
    const std::lock_guard lock(m_impl->queue->mutex);
    m_impl->queue->wishes.clear();
    ++m_impl->queue->generation;
    m_impl->queue->cache =
        m_impl->workspace ? std::make_shared<image::ThumbnailCache>(m_impl->workspace->layout().cache() / "thumbs") : nullptr;
}

QPixmap Thumbnails::get(const store::ImageRow& image) {
    if (const QPixmap* known = m_impl->pixmaps.object(image.id.value)) return *known;
    if (!m_impl->workspace || image.missing || m_impl->failed.contains(image.id.value)) return {};
    if (!m_impl->asked.insert(image.id.value).second) return {};
    if (m_impl->workers.empty())
        for (int i = 0; i < kWorkers; ++i) m_impl->workers.emplace_back([this](std::stop_token stop) { m_impl->work(this, stop); });
    const std::string key = image.digest.empty() ? "id" + std::to_string(image.id.value) : image.digest;
    {
        const std::lock_guard lock(m_impl->queue->mutex);
        m_impl->queue->wishes.push_front({image.id, key, m_impl->workspace->layout().file(image)});
    }
    m_impl->queue->wake.notify_one();
    return {};
}

void Thumbnails::forgetWishes() {
    const std::lock_guard lock(m_impl->queue->mutex);
    for (const Wish& wish : m_impl->queue->wishes) m_impl->asked.erase(wish.id.value);
    m_impl->queue->wishes.clear();
}

}  // namespace lathe::widgets::common
