#include "widgets/canvas/seeing.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>

#include "widgets/canvas/display_popup.h"
#include "widgets/canvas/file_watch.h"
#include "widgets/canvas/magnifier.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/options_bar.h"
#include "widgets/canvas/view.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

namespace {

const QString kSeeingFill = QStringLiteral("canvas/fill"), kColourBy = QStringLiteral("canvas/colourBy");

QString displayKey(const store::Workspace& workspace) {
    return QStringLiteral("canvas/display/") + QString::fromStdString(workspace.id());
}

}  // namespace

QString displayToText(const Display& d) {
    const QJsonObject object{{QStringLiteral("automatic"), d.automatic},
                             {QStringLiteral("low"), d.low},
                             {QStringLiteral("high"), d.high},
                             {QStringLiteral("gamma"), d.gamma},
                             {QStringLiteral("equalise"), int(d.equalise)},
                             {QStringLiteral("channel"), int(d.channel)},
                             {QStringLiteral("invert"), d.invert}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Display displayFromText(const QString& text) {
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    if (object.isEmpty()) return {};
    Display d;
    d.automatic = object[QStringLiteral("automatic")].toBool(true);
    d.low = object[QStringLiteral("low")].toDouble(0);
    d.high = std::max(object[QStringLiteral("high")].toDouble(255), d.low + 1e-9);
    d.gamma = std::clamp(object[QStringLiteral("gamma")].toDouble(1), 0.1, 10.0);
    d.equalise = Equalise(std::clamp(object[QStringLiteral("equalise")].toInt(), 0, 2));
    d.channel = Channel(std::clamp(object[QStringLiteral("channel")].toInt(), 0, 3));
    d.invert = object[QStringLiteral("invert")].toBool();
    return d;
}

Seeing::Seeing(const Parts& parts, QObject* parent)
    : QObject(parent),
      m_(parts),
      m_popup(new DisplayPopup(m_.document, m_.services, &m_.view)),
      m_minimap(new Minimap(m_.document, m_.view)),
      m_magnifier(new Magnifier(m_.document, m_.view)),
      m_watch(new FileWatch(this)) {
    m_drag.setSingleShot(true);
    m_drag.setInterval(30);
    buildActions();
    wire();
}

void Seeing::wire() {
    connect(&m_drag, &QTimer::timeout, this, &Seeing::applyDrag);
    connect(&m_.view, &View::levelsDragged, this, &Seeing::dragLevels);
    connect(&m_.document, &Document::opened, this, &Seeing::watchFile);
    connect(&m_.document, &Document::lookChanged, this, &Seeing::save);
    connect(&m_.document, &Document::pictureFailed, this, [this](const Error& error) {
        m_.note.show(common::Tone::Warn, tr("Not all of the picture can be shown: %1").arg(common::errorText(error)));
    });
    connect(m_watch, &FileWatch::deleted, this, &Seeing::tellDeleted);
    connect(m_watch, &FileWatch::changed, this, &Seeing::tellChanged);
}

void Seeing::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    m_workspace.reset();
    const QSettings settings;
    m_.document.setDisplay(workspace ? displayFromText(settings.value(displayKey(*workspace)).toString()) : Display{});
    m_.document.setFill(Fill(std::clamp(settings.value(kSeeingFill, 0).toInt(), 0, 2)));
    m_.document.setColourBy(ColourBy(std::clamp(settings.value(kColourBy, 0).toInt(), 0, 2)));
    m_workspace = std::move(workspace);
}

void Seeing::save() const {
    if (!m_workspace) return;
    QSettings settings;
    settings.setValue(displayKey(*m_workspace), displayToText(m_.document.display()));
    settings.setValue(kSeeingFill, int(m_.document.look().fill));
    settings.setValue(kColourBy, int(m_.document.look().colourBy));
}

void Seeing::change(const std::function<void(Display&)>& how) {
    Display d = m_.document.display();
    how(d);
    m_.document.setDisplay(d);
}

void Seeing::dragLevels(QPointF by) {
    m_dragged += by;
    if (!m_drag.isActive()) m_drag.start();
}

// Right: a wider window; up: a brighter picture.
void Seeing::applyDrag() {
    const QPointF by = std::exchange(m_dragged, {});
    const auto picture = m_.document.picture();
    if (!picture) return;
    change([&](Display& d) {
        if (d.automatic && picture->depth() != CV_8U) {
            const Statistics s = picture->statistics();
            d.low = s.low, d.high = s.high;
        } else if (d.automatic) {
            d.low = 0, d.high = 255;
        }
        d.automatic = false;
        const double width = d.high - d.low, middle = (d.low + d.high) / 2 - by.y() * width;
        const double next = std::max(width * std::exp2(2 * by.x()), 1e-6);
        d.low = middle - next / 2, d.high = middle + next / 2;
    });
}

void Seeing::addTo(OptionsBar& bar) {
    m_displayButton = bar.addViewAction(m_.actions["display"]);
    bar.addViewAction(m_.actions["minimap"]);
    bar.addViewAction(m_.actions["magnifier"]);
}

void Seeing::lookAtFile() {
    m_watch->look();
}

void Seeing::watchFile() {
    const bool open = m_workspace && m_.document.isOpen();
    m_watch->setFile(open ? QString::fromStdString(m_workspace->layout().file(m_.document.image()).string()) : QString());
}

void Seeing::tellDeleted() {
    m_.note.show(common::Tone::Warn,
                 tr("The image file was deleted. Its labels are kept, and can be edited on the picture as it was read."));
}

void Seeing::tellChanged() {
    m_.note.show(common::Tone::Warn, tr("The image file was changed by another program. Its labels are kept."), tr("Read it again"),
                 [this] {
                     m_.note.hide();
                     Q_EMIT wantsPicture();
                 });
}

void Seeing::retranslate() {
    m_popup->retranslate();
    m_minimap->retranslate();
}

}  // namespace lathe::widgets::canvas
