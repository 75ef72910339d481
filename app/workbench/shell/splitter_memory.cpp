#include "app/workbench/shell/splitter_memory.h"

#include <QSettings>
#include <QSplitter>

namespace lathe::shell {
namespace {

// The number of plates is part of the key: after a version that has others, its own sizes come up.
QString keyOf(const QString& id, qsizetype place, const QSplitter& splitter) {
    return QStringLiteral("layout/%1/%2-%3").arg(id).arg(place).arg(splitter.count());
}

QList<int> sizesOf(const QVariant& kept) {
    QList<int> sizes;
    for (const QVariant& one : kept.toList()) sizes.append(one.toInt());
    return sizes;
}

void keep(const QString& key, const QSplitter& splitter) {
    QVariantList sizes;
    for (const int size : splitter.sizes()) sizes.append(size);
    QSettings().setValue(key, sizes);
}

}  // namespace

void rememberSplitters(QWidget& mode, const QString& id) {
    const auto splitters = mode.findChildren<QSplitter*>();
    for (qsizetype place = 0; place < splitters.size(); ++place) {
        QSplitter* splitter = splitters[place];
        const QString key = keyOf(id, place, *splitter);
        if (const auto sizes = sizesOf(QSettings().value(key)); sizes.size() == splitter->count()) splitter->setSizes(sizes);
        QObject::connect(splitter, &QSplitter::splitterMoved, splitter, [splitter, key] { keep(key, *splitter); });
    }
}

}  // namespace lathe::shell
