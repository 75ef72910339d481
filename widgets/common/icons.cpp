#include "widgets/common/icons.h"

#include <QIconEngine>
#include <QSvgRenderer>

namespace lathe::widgets::common {
namespace {

/// Tinted pixmaps by "name/colour/size/scale"; dropped on theme change.
QHash<QString, QPixmap>& pixmaps() {
    static QHash<QString, QPixmap> cache;
    static const bool connected = [] {
        QObject::connect(&Theme::instance(), &Theme::changed, qApp, [] { pixmaps().clear(); });
        QObject::connect(qApp, &QCoreApplication::aboutToQuit, qApp, [] { pixmaps().clear(); });
        return true;
    }();
    Q_UNUSED(connected);
    return cache;
}

QByteArray source(const QString& name) {
    static QHash<QString, QByteArray> files;
    auto it = files.constFind(name);
    if (it != files.constEnd()) return *it;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    QByteArray bytes;
    if (file.open(QIODevice::ReadOnly)) bytes = file.readAll();
#ifndef NDEBUG
    if (bytes.isEmpty()) qFatal("no icon named %s", qPrintable(name));
#endif
    return *files.insert(name, bytes);
}

QPixmap render(const QString& name, const QColor& colour, int size, qreal scale) {
    const int pixels = qRound(size * scale);
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QByteArray svg = source(name);
    if (!svg.isEmpty()) {
        QSvgRenderer renderer(svg.replace("currentColor", colour.name().toLatin1()));
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    }
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

/// Looks its colours up when it paints, so icons follow the theme by themselves.
class TintEngine : public QIconEngine {
public:
    TintEngine(QString name, std::optional<Token> token) : m_name(std::move(name)), m_token(token) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const int side = std::min(rect.width(), rect.height());
        const QPointF at(rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0);
        painter->drawPixmap(at, iconPixmap(m_name, token(mode, state), side, painter->device()->devicePixelRatioF()));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override { return scaledPixmap(size, mode, state, 1); }
    /// `size` is in device pixels already.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
        return iconPixmap(m_name, token(mode, state), qRound(std::min(size.width(), size.height()) / scale), scale);
    }
    QIconEngine* clone() const override { return new TintEngine(*this); }
    QString key() const override { return QStringLiteral("lathe-tint"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return m_name.isEmpty(); }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }

private:
    Token token(QIcon::Mode mode, QIcon::State state) const {
        if (mode == QIcon::Disabled) return Token::T4;
        if (m_token) return *m_token;
        if (mode == QIcon::Selected || state == QIcon::On) return Token::AccentText;
        return mode == QIcon::Active ? Token::T1 : Token::T2;
    }
    QString m_name;
    std::optional<Token> m_token;
};

}  // namespace

QPixmap iconPixmap(const QString& name, Token token, int size, qreal scale) {
    const QColor colour = Theme::instance().colour(token);
    const QString key = QStringLiteral("%1/%2/%3/%4").arg(name).arg(colour.rgba(), 0, 16).arg(size).arg(scale);
    auto& cache = pixmaps();
    auto it = cache.constFind(key);
    return it != cache.constEnd() ? *it : *cache.insert(key, render(name, colour, size, scale));
}

QIcon icon(const QString& name) {
    return QIcon(new TintEngine(name, std::nullopt));
}
QIcon icon(const QString& name, Token token) {
    return QIcon(new TintEngine(name, token));
}

}  // namespace lathe::widgets::common
