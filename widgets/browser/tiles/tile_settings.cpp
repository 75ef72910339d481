#include "widgets/browser/tiles/tile_settings.h"

#include <QComboBox>
#include <QSettings>
#include <QSlider>
#include <QVBoxLayout>
#include <array>

#include "widgets/common/parts.h"

namespace lathe::widgets::browser::tiles {
namespace {

constexpr int kWidth = 320, kHeight = 156;
constexpr int kSmallest = 96, kLargest = 400;

/// For the settings, in the order of Caption.
constexpr std::array<const char*, 9> kCaptionIds{"split", "classes",    "objects",   "size",   "state",
                                                 "tags",  "brightness", "sharpness", "nothing"};

}  // namespace

TileSettings TileSettings::kept() {
    const QSettings settings;
    TileSettings kept;
    kept.width = std::clamp(settings.value(QStringLiteral("browse/size"), kept.width).toInt(), kSmallest, kLargest);
    kept.overlay = std::clamp(settings.value(QStringLiteral("browse/overlay"), kept.overlay).toInt(), 0, 100);
    const auto id = settings.value(QStringLiteral("browse/caption")).toString().toStdString();
    if (const auto at = std::ranges::find(kCaptionIds, id); at != kCaptionIds.end())
        kept.caption = Caption(at - kCaptionIds.begin());
    return kept;
}

void TileSettings::keep() const {
    QSettings settings;
    settings.setValue(QStringLiteral("browse/size"), width);
    settings.setValue(QStringLiteral("browse/overlay"), overlay);
    settings.setValue(QStringLiteral("browse/caption"), QString::fromLatin1(kCaptionIds[std::size_t(caption)]));
}

TilePopup::TilePopup(QWidget* window, const TileSettings& now) : Overlay(window, tr("How the tiles look")) {
    setAttribute(Qt::WA_DeleteOnClose);
    const auto slider = [this](int low, int high, int value) {
        auto* one = new QSlider(Qt::Horizontal, this);
        one->setRange(low, high);
        one->setValue(value);
        connect(one, &QSlider::valueChanged, this, &TilePopup::tell);
        return one;
    };
    auto* title = common::makeLabel(tr("Tiles"), common::Type::Section, common::Token::T1, this);
    title->setContentsMargins(16, 12, 16, 4);
    m_width = slider(kSmallest, kLargest, now.width);
    m_overlay = slider(0, 100, now.overlay);
    m_caption = new QComboBox(this);
    m_caption->addItems({tr("Split"), tr("Classes"), tr("Number of objects"), tr("Size in pixels"), tr("State"), tr("Tags"),
                         tr("Brightness"), tr("Sharpness"), tr("Nothing")});
    m_caption->setCurrentIndex(int(now.caption));
    connect(m_caption, &QComboBox::activated, this, &TilePopup::tell);
    auto* rows = new common::FormRows(this);
    rows->setContentsMargins(4, 0, 4, 12);
    rows->addRow(tr("Size"), m_width);
    rows->addRow(tr("Overlay"), m_overlay);
    rows->addRow(tr("Caption"), m_caption);
    m_width->setAccessibleName(tr("Size of the pictures"));
    m_overlay->setAccessibleName(tr("Overlay opacity"));
    m_caption->setAccessibleName(tr("What the captions say"));
    body()->addWidget(title);
    body()->addWidget(rows);
    connect(this, &Overlay::closed, this, &QObject::deleteLater);
}

void TilePopup::openUnder(const QRect& button) {
    open(QRect(button.right() - kWidth, button.bottom() + 6, kWidth, kHeight));
    m_width->setFocus();
}

void TilePopup::tell() {
    Q_EMIT changed({m_width->value(), m_overlay->value(), Caption(m_caption->currentIndex())});
}

}  // namespace lathe::widgets::browser::tiles
