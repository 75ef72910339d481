#include "widgets/charts/chart.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QPointer>
#include <QSaveFile>
#include <QThreadPool>
#include <QToolTip>
#include <cmath>

#include "widgets/common/icons.h"
#include "widgets/common/jobs.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
namespace {

class ChartAccessible : public QAccessibleWidget {
public:
    explicit ChartAccessible(Chart* chart) : QAccessibleWidget(chart, QAccessible::Chart) {}
    QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Description) return static_cast<Chart*>(object())->state();
        return QAccessibleWidget::text(kind);
    }
};

/// The plot inside a chart goes by the chart's name.
class PlotAccessible : public QAccessibleWidget {
public:
    explicit PlotAccessible(QWidget* plot) : QAccessibleWidget(plot, QAccessible::Graphic) {}
    QString text(QAccessible::Text kind) const override {
        if (kind != QAccessible::Name) return QAccessibleWidget::text(kind);
        for (const QWidget* above = widget()->parentWidget(); above; above = above->parentWidget())
            if (qobject_cast<const Chart*>(above)) return above->accessibleName();
        return {};
    }
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    if (auto* chart = qobject_cast<Chart*>(object)) return new ChartAccessible(chart);
    return object->inherits("QCustomPlot") ? new PlotAccessible(static_cast<QWidget*>(object)) : nullptr;
}

QString trimmed(QString text) {
    if (!text.contains('.')) return text;
    while (text.endsWith('0')) text.chop(1);
    if (text.endsWith('.')) text.chop(1);
    return text;
}

}  // namespace

Chart::Chart(const QString& name, QWidget* parent) : QWidget(parent) {
    static const bool installed = (QAccessible::installFactory(makeAccessible), true);
    Q_UNUSED(installed);
    setAccessibleName(name);
    connect(&common::Theme::instance(), &common::Theme::changed, this, [this] { themeChanged(); });
}

QImage Chart::picture(double scale) const {
    QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(common::Theme::instance().colour(common::Token::Panel));
    const_cast<Chart*>(this)->render(&image);  // QWidget's is not const, though it changes nothing
    return image;
}

void Chart::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* copy = menu->addAction(common::icon(QStringLiteral("copy")), tr("Copy the picture"), this, &Chart::copyPicture);
    copy->setShortcut(QKeySequence::Copy);
    menu->addAction(common::icon(QStringLiteral("download")), tr("Save the picture…"), this, &Chart::askWhereToSave);
    menu->popup(event->globalPos());
}

void Chart::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copyPicture();
    QWidget::keyPressEvent(event);
}

void Chart::copyPicture() {
    QGuiApplication::clipboard()->setImage(picture());
}

void Chart::askWhereToSave() {
    auto* dialog = new QFileDialog(this, tr("Save the chart as a picture"), {}, tr("Pictures (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(accessibleName() + QStringLiteral(".png"));
    connect(dialog, &QFileDialog::fileSelected, this, &Chart::savePicture);
    dialog->open();
}

/// In the background; what goes wrong is told over the chart.
void Chart::savePicture(const QString& file) {
    QThreadPool::globalInstance()->start([image = picture(), file, self = QPointer(this)] {
        QSaveFile out(file);
        if (out.open(QIODevice::WriteOnly) && image.save(&out, "PNG") && out.commit()) return;
        const QString words = tr("%1 can't be written: %2").arg(file, out.errorString());
        common::onGuiThread(qApp, [self, words] {
            if (self) QToolTip::showText(self->mapToGlobal(self->rect().center()), words, self, {}, 10'000);
        });
    });
}

QString valueText(double value) {
    if (!std::isfinite(value)) return std::isnan(value) ? QStringLiteral("NaN") : QStringLiteral("∞");
    const double size = std::abs(value);
    QString text;
    if (size == 0)
        text = QStringLiteral("0");
    else if (size < 1e-3 || size >= 1e7)
        text = QString::number(value, 'e', 2).replace("e-0", "e-").replace("e+0", "e").replace("e+", "e");
    else if (size < 10)
        text = QString::number(value, 'f', 3);
    else if (size < 100)
        text = trimmed(QString::number(value, 'f', 1));
    else
        text = QLocale(QLocale::English).toString(value, 'f', 0);
    return text.replace('-', QChar(0x2212));
}

QString percentText(double share, int decimals) {
    return QString::number(share * 100, 'f', decimals).replace('-', QChar(0x2212)) + " %";
}

}  // namespace lathe::widgets::charts
