#include "widgets/start/recent.h"

#include "core/image/cache.h"
#include "core/store/column_index.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::start {
namespace {

constexpr int kMost = 12;
constexpr int kColumns = 3, kRows = 2, kCellWidth = 136, kCellHeight = 156;

QList<RecentWorkspace> load() {
    QSettings settings;
    QList<RecentWorkspace> list;
    const int count = settings.beginReadArray(QStringLiteral("recent"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        RecentWorkspace w;
        w.path = settings.value(QStringLiteral("path")).toString();
        w.name = settings.value(QStringLiteral("name")).toString();
        w.images = settings.value(QStringLiteral("images"), -1).toLongLong();
        w.classes = settings.value(QStringLiteral("classes")).toInt();
        w.opened = settings.value(QStringLiteral("opened")).toDouble();
        if (!w.path.isEmpty()) list.append(w);
    }
    settings.endArray();
    return list;
}

void save(const QList<RecentWorkspace>& list) {
    QSettings settings;
    settings.remove(QStringLiteral("recent"));
    settings.beginWriteArray(QStringLiteral("recent"), int(list.size()));
    for (int i = 0; i < list.size(); ++i) {
        settings.setArrayIndex(i);
        settings.setValue(QStringLiteral("path"), list[i].path);
        settings.setValue(QStringLiteral("name"), list[i].name);
        settings.setValue(QStringLiteral("images"), list[i].images);
        settings.setValue(QStringLiteral("classes"), list[i].classes);
        settings.setValue(QStringLiteral("opened"), list[i].opened);
    }
    settings.endArray();
}

/// The picture fills the cell; what sticks out is cut off evenly.
void drawCell(QPainter& painter, const QRect& cell, const QImage& picture) {
    const QSize scaled = picture.size().scaled(cell.size(), Qt::KeepAspectRatioByExpanding);
    painter.save();
    painter.setClipRect(cell);
    painter.drawImage(QRect(cell.center() - QPoint(scaled.width() / 2, scaled.height() / 2), scaled), picture);
    painter.restore();
}

}  // namespace

QString RecentWorkspace::cover() const {
    const QByteArray key = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/covers/") + QString::fromLatin1(key) +
           QStringLiteral(".jpg");
}

QList<RecentWorkspace> recentWorkspaces() {
    QList<RecentWorkspace> list = load();
    for (RecentWorkspace& w : list) w.missing = !QFile::exists(w.path + QStringLiteral("/lathe.db"));
    return list;
}

void rememberWorkspace(const RecentWorkspace& workspace) {
    QList<RecentWorkspace> list = load();
    list.removeIf([&](const RecentWorkspace& w) { return w.path == workspace.path; });
    list.prepend(workspace);
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.opened > b.opened; });
    while (list.size() > kMost) list.removeLast();
    save(list);
}

void forgetWorkspace(const QString& path) {
    QList<RecentWorkspace> list = load();
    list.removeIf([&](const RecentWorkspace& w) { return w.path == path; });
    save(list);
}

QImage makeCover(const store::Workspace& workspace, std::stop_token stop) {
    const auto index = store::ColumnIndex::load(workspace, stop);
    if (!index || (*index)->imageCount() == 0) return {};
    const auto ids = (*index)->imageIds();
    const std::size_t cells = std::size_t(kColumns) * kRows;
    const image::ThumbnailCache cache(workspace.layout().cache() / "thumbs");
    QImage out(kColumns * kCellWidth + kColumns - 1, kRows * kCellHeight + kRows - 1, QImage::Format_RGB32);
    out.fill(QColor(0x0b, 0x0b, 0x0c));
    QPainter painter(&out);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    int drawn = 0;
    for (std::size_t i = 0; i < cells && !stop.stop_requested(); ++i) {
        const std::size_t rank = i * ids.size() / cells;
        const auto row = workspace.image(ImageId(ids[rank]));
        if (!row || !*row || (*row)->missing) continue;
        const auto thumb = cache.get((*row)->digest, workspace.layout().file(**row));
        if (!thumb) continue;
        const QRect cell(int(i) % kColumns * (kCellWidth + 1), int(i) / kColumns * (kCellHeight + 1), kCellWidth, kCellHeight);
        drawCell(painter, cell, common::toQImage(*thumb));
        ++drawn;
    }
    return drawn ? out : QImage();
}

}  // namespace lathe::widgets::start
