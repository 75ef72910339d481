#include "widgets/canvas/options_bar.h"

#include <QHBoxLayout>
#include <QPainter>

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Token;

namespace {

QIcon swatchIcon(const QColor& colour) {
    QPixmap pixmap(32, 32);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(3, 3, 10, 10), 2, 2);
    return QIcon(pixmap);
}

QWidget* separator(QWidget* parent) {
    auto* line = common::makeRule(parent);
    line->setFixedSize(1, 16);
    return line;
}

}  // namespace

OptionsBar::OptionsBar(QAction* fit, QAction* actualSize, QWidget* parent) : QFrame(parent) {
    setAutoFillBackground(true);
    setFixedHeight(36);
    m_tool = common::makeLabel({}, common::Type::Table, Token::T1, this);
    m_tool->setProperty("weight", int(QFont::DemiBold));
    QFont bold = m_tool->font();
    bold.setWeight(QFont::DemiBold);
    m_tool->setFont(bold);
    m_classLabel = common::makeLabel({}, common::Type::Table, Token::T2, this);
    m_class = new QComboBox(this);
    m_class->setMinimumWidth(104);
    m_class->setMaximumWidth(220);
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_class->setFocusPolicy(Qt::TabFocus);
    m_classLabel->setBuddy(m_class);
    m_keepInside = new QCheckBox(this);
    m_keepInside->setChecked(true);
    m_keepInside->setFocusPolicy(Qt::TabFocus);
    m_overlayLabel = common::makeLabel({}, common::Type::Table, Token::T2, this);
    m_overlay = new QSlider(Qt::Horizontal, this);
    m_overlay->setRange(0, 100);
    m_overlay->setValue(100);
    m_overlay->setFixedWidth(72);
    m_overlay->setFocusPolicy(Qt::TabFocus);
    m_overlayLabel->setBuddy(m_overlay);
    m_zoom = new QToolButton(this);
    m_zoom->setFixedHeight(28);
    m_zoom->setMinimumWidth(52);
    m_zoom->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_zoom->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    for (QWidget* w :
         {static_cast<QWidget*>(m_tool), separator(this), static_cast<QWidget*>(m_classLabel), static_cast<QWidget*>(m_class)})
        row->addWidget(w);
    m_afterOptions = separator(this);
    m_afterOptions->hide();
    row->addWidget(m_afterOptions);
    row->addWidget(m_keepInside);
    row->addStretch();
    for (QWidget* w :
         {static_cast<QWidget*>(m_overlayLabel), static_cast<QWidget*>(m_overlay), separator(this), static_cast<QWidget*>(m_zoom)})
        row->addWidget(w);
    row->addWidget(common::makeIconButton(fit, QStringLiteral("fit"), this));
    connect(m_class, &QComboBox::activated, this,
            [this](int i) { Q_EMIT classChosen(ClassId(m_class->itemData(i).toLongLong())); });
    connect(m_keepInside, &QCheckBox::toggled, this, &OptionsBar::keepInsideChanged);
    connect(m_overlay, &QSlider::valueChanged, this, [this](int v) { Q_EMIT overlayChanged(v / 100.0); });
    connect(m_zoom, &QToolButton::clicked, actualSize, &QAction::trigger);
    retranslate();
}

QToolButton* OptionsBar::addViewAction(QAction* action) {
    auto* row = static_cast<QHBoxLayout*>(layout());
    auto* button = common::makeIconButton(action, action->property("iconName").toString(), this);
    row->insertWidget(row->indexOf(m_zoom), button);
    return button;
}

void OptionsBar::setTool(const QString& name) {
    m_tool->setText(name);
}

void OptionsBar::setToolOptions(QWidget* options) {
    delete std::exchange(m_toolOptions, options);
    m_afterOptions->setVisible(options != nullptr);
    if (!options) return;
    auto* row = static_cast<QHBoxLayout*>(layout());
    row->insertWidget(row->indexOf(m_keepInside), options);
    options->show();
}

void OptionsBar::setClasses(const std::vector<store::ClassRow>& classes) {
    const QVariant current = m_class->currentData();
    const QSignalBlocker quiet(m_class);
    m_class->clear();
    for (const auto& c : classes)
        m_class->addItem(swatchIcon(QColor(QString::fromStdString(c.colour))), QString::fromStdString(c.name),
                         qlonglong(c.id.value));
    m_class->setCurrentIndex(m_class->findData(current));
    m_class->setEnabled(!classes.empty());
}

void OptionsBar::setActiveClass(std::optional<ClassId> id) {
    m_class->setCurrentIndex(id ? m_class->findData(qlonglong(id->value)) : -1);
}

void OptionsBar::setZoom(double scale) {
    const double percent = scale * 100;
    m_zoom->setText(tr("%1 %").arg(common::number(percent, percent < 10 ? 1 : 0)));
    m_zoom->setAccessibleName(tr("Zoom %1").arg(m_zoom->text()));
}

void OptionsBar::retranslate() {
    setAccessibleName(tr("Tool options"));
    m_classLabel->setText(tr("Class"));
    m_class->setAccessibleDescription(tr("Class of new shapes"));
    m_class->setPlaceholderText(tr("None"));
    m_keepInside->setText(tr("Keep inside image"));
    m_overlayLabel->setText(tr("Overlay"));
    m_overlay->setAccessibleName(tr("Overlay opacity"));
    m_zoom->setToolTip(tr("Actual size"));
}

}  // namespace lathe::widgets::canvas
