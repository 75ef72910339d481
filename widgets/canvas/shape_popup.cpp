#include "widgets/canvas/shape_popup.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/canvas/marks.h"
#include "widgets/canvas/outline.h"
#include "widgets/canvas/view.h"
#include "widgets/common/style.h"

namespace lathe::widgets::canvas {

namespace {

constexpr int kShapePopupSteps = 200, kSoon = 15;
constexpr std::size_t kShapePopupAtOnce = 40'000, kMostGhosts = 400;

std::size_t cornersOf(const annot::Shape& shape) {
    const auto* polygon = std::get_if<annot::Polygon>(&shape);
    std::size_t corners = 0;
    for (std::size_t k = 0; polygon && k < polygon->rings.size(); ++k) corners += polygon->rings[k].size();
    return corners;
}

QPainterPath pathOf(const Mark& mark) {
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const QPolygonF& ring : mark.rings) {
        path.addPolygon(ring);
        path.closeSubpath();
    }
    return path;
}

}  // namespace

GhostLayer::GhostLayer(View& view) : QWidget(&view), m_view(view) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    setGeometry(view.rect());
    connect(&view, &View::zoomChanged, this, qOverload<>(&QWidget::update));
    QWidget::show();
}

void GhostLayer::show(const Becomings& ghosts) {
    m_shapes.clear();
    for (const auto& ghost : ghosts)
        for (const auto& shape : ghost.shapes) {
            if (m_shapes.size() >= kMostGhosts) break;
            m_shapes.push_back(ghost.was);
            m_shapes.back().shape = shape;
        }
    update();
}

void GhostLayer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const double ratio = m_view.devicePixelRatioF();
    painter.scale(1 / ratio, 1 / ratio);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = common::Theme::instance().colour(common::Token::Accent);
    for (const auto& shape : m_shapes) {
        const QPainterPath path = pathOf(markOf(shape, outlineOf(shape.shape), accent, m_view.viewport()));
        QColor fill = accent;
        fill.setAlphaF(0.12f);
        painter.fillPath(path, fill);
        painter.strokePath(path, QPen(QColor(0, 0, 0, 128), 4 * ratio));
        painter.strokePath(path, QPen(accent, 2 * ratio, Qt::DashLine));
    }
}

ShapePopup::ShapePopup(View& view, std::vector<annot::Annotation> shapes, ShapeParameter parameter)
    : QFrame(&view, Qt::Popup),
      m_view(view),
      m_shapes(std::move(shapes)),
      m_parameter(std::move(parameter)),
      m_ghosts(new GhostLayer(view)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setAutoFillBackground(true);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(m_parameter.title);
    setObjectName(QStringLiteral("shapePopup"));
    for (const auto& a : m_shapes) m_weight += weightOf(a.shape);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &ShapePopup::preview);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(8);
    column->addWidget(common::makeLabel(m_parameter.title, common::Type::Table, common::Token::T1, this));
    column->addWidget(buildFields());
    m_words = common::makeLabel({}, common::Type::Table, common::Token::T2, this);
    column->addWidget(m_words);
    column->addWidget(buildButtons());
    m_slider->setFocus();
    preview();
}

ShapePopup::~ShapePopup() {
    delete m_ghosts;
}

QWidget* ShapePopup::buildFields() {
    auto* fields = new QWidget(this);
    auto* row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* label = common::makeLabel(m_parameter.label, common::Type::Table, common::Token::T2, fields);
    m_number = new QDoubleSpinBox(fields);
    m_number->setDecimals(m_parameter.decimals);
    m_number->setRange(m_parameter.least, m_parameter.most);
    m_number->setSingleStep(std::pow(10, -m_parameter.decimals));
    m_number->setSuffix(m_parameter.unit.isEmpty() ? QString() : QStringLiteral(" ") + m_parameter.unit);
    m_number->setValue(m_parameter.start);
    m_number->setAccessibleName(m_parameter.label);
    label->setBuddy(m_number);
    m_slider = new QSlider(Qt::Horizontal, fields);
    m_slider->setRange(0, kShapePopupSteps);
    m_slider->setFixedWidth(180);
    m_slider->setValue(placeOf(m_parameter.start));
    m_slider->setAccessibleName(tr("%1, slider").arg(m_parameter.label));
    connect(m_slider, &QSlider::valueChanged, this, &ShapePopup::slide);
    connect(m_number, &QDoubleSpinBox::valueChanged, this, &ShapePopup::setNumber);
    for (QWidget* w : {static_cast<QWidget*>(label), static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_number)})
        row->addWidget(w);
    return fields;
}

QWidget* ShapePopup::buildButtons() {
    auto* buttons = new QWidget(this);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addStretch();
    auto* drop = new common::ActionButton(tr("Cancel"), common::ButtonKind::Quiet, buttons);
    auto* take = new common::ActionButton(tr("Apply"), common::ButtonKind::Primary, buttons);
    connect(drop, &QPushButton::clicked, this, &QWidget::close);
    connect(take, &QPushButton::clicked, this, &ShapePopup::take);
    row->addWidget(drop);
    row->addWidget(take);
    return buttons;
}

int ShapePopup::placeOf(double value) const {
    const double part = (value - m_parameter.least) / (m_parameter.most - m_parameter.least);
    return int(std::lround(kShapePopupSteps * (m_parameter.finer ? std::cbrt(part) : part)));
}

double ShapePopup::valueAt(int place) const {
    const double part = double(place) / kShapePopupSteps;
    return m_parameter.least + (m_parameter.most - m_parameter.least) * (m_parameter.finer ? part * part * part : part);
}

void ShapePopup::slide(int place) {
    m_number->setValue(valueAt(place));
}

void ShapePopup::setNumber(double value) {
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(placeOf(value));
    m_soon.start();
}

void ShapePopup::preview() {
    const Reshape reshape = m_parameter.reshape(value());
    const quint64 asked = ++m_asked;
    if (m_weight <= kShapePopupAtOnce) return showPreview(reshape(m_shapes));
    m_view.shapes().services().jobs->run<Becomings>(
        m_parameter.title, this, [reshape, shapes = m_shapes](std::stop_token, const Progress&) { return reshape(shapes); },
        [this, asked](const Result<Becomings>& result) {
            if (asked == m_asked) showPreview(result);
        },
        true);
}

void ShapePopup::showPreview(const Result<Becomings>& result) {
    m_ghosts->show(result ? *result : Becomings{});
    if (!result) return m_words->setText(common::errorText(result.error()));
    std::size_t before = 0, after = 0;
    for (const auto& becoming : *result) {
        before += cornersOf(becoming.was.shape);
        for (const auto& shape : becoming.shapes) after += cornersOf(shape);
    }
    if (after == 0 || before == 0) return m_words->setText(tr("%n shape(s) change", nullptr, int(result->size())));
    m_words->setText(tr("%1 → %2 vertices").arg(common::number(double(before)), common::number(double(after))));
}

void ShapePopup::take() {
    const Reshape reshape = m_parameter.reshape(value());
    close();
    Q_EMIT taken(reshape);
}

void ShapePopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = common::Theme::instance();
    common::drawPlate(painter, rect(), 0, theme.colour(common::Token::Popup), theme.colour(common::Token::Line2));
}

// All keys are the popup's: arrows move the slider and not to another image.
bool ShapePopup::event(QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) return QFrame::event(event);
    event->accept();
    return true;
}

void ShapePopup::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return take();
    QFrame::keyPressEvent(event);
}

}  // namespace lathe::widgets::canvas
