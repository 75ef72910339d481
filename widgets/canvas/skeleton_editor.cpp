#include "widgets/canvas/skeleton_editor.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Theme;
using common::Token;
using common::Type;
using Pairs = std::vector<std::pair<int, int>>;

namespace {

constexpr double kJoint = 6, kSkeletonEditorReach = 11, kNudge = 0.01;

bool joins(const std::pair<int, int>& pair, int a, int b) {
    return (pair.first == a && pair.second == b) || (pair.first == b && pair.second == a);
}

void toggle(Pairs& pairs, int a, int b) {
    const auto at = std::ranges::find_if(pairs, [&](const auto& p) { return joins(p, a, b); });
    if (at != pairs.end())
        pairs.erase(at);
    else
        pairs.emplace_back(a, b);
}

/// A joint has one mirrored partner.
void togglePair(Pairs& pairs, int a, int b) {
    const bool there = std::ranges::any_of(pairs, [&](const auto& p) { return joins(p, a, b); });
    std::erase_if(pairs, [&](const auto& p) { return p.first == a || p.second == a || p.first == b || p.second == b; });
    if (!there) pairs.emplace_back(a, b);
}

void forget(Pairs& pairs, int joint) {
    std::erase_if(pairs, [&](const auto& p) { return p.first == joint || p.second == joint; });
    for (auto& [a, b] : pairs) a -= a > joint, b -= b > joint;
}

annot::Point within(annot::Point p) {
    return {std::clamp(p.x, 0.0, 1.0), std::clamp(p.y, 0.0, 1.0)};
}

}  // namespace

SkeletonView::SkeletonView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(220, 220);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SkeletonView::setSkeleton(const annot::Skeleton& skeleton) {
    if (skeleton == m_skeleton) return;
    m_skeleton = skeleton;
    m_from = m_dragged = -1;
    setCurrent(std::min(m_current, int(skeleton.joints.size()) - 1));
    describe();
    update();
}

void SkeletonView::setPicture(const QImage& picture) {
    m_picture = picture;
    update();
}

void SkeletonView::setDoing(Doing doing) {
    m_doing = doing;
    m_from = -1;
    update();
}

void SkeletonView::setCurrent(int joint) {
    if (joint == m_current) return;
    m_current = joint;
    describe();
    update();
    Q_EMIT currentChanged();
}

void SkeletonView::describe() {
    const int joints = int(m_skeleton.joints.size());
    QString words = tr("%n joint(s)", nullptr, joints) + QStringLiteral(", ") +
                    tr("%n edge(s)", nullptr, int(m_skeleton.edges.size())) + QStringLiteral(", ") +
                    tr("%n mirrored pair(s)", nullptr, int(m_skeleton.mirrored.size()));
    if (m_current >= 0 && m_current < joints)
        words +=
            QStringLiteral("; ") + tr("chosen: %1").arg(QString::fromStdString(m_skeleton.joints[std::size_t(m_current)].name));
    setAccessibleName(tr("Skeleton"));
    setAccessibleDescription(words);
}

QRectF SkeletonView::frame() const {
    const QRectF room = QRectF(rect()).adjusted(8, 8, -8, -8);
    const double aspect = m_picture.isNull() ? 1 : double(m_picture.width()) / m_picture.height();
    const double w = std::min(room.width(), room.height() * aspect), h = w / aspect;
    return {room.center().x() - w / 2, room.center().y() - h / 2, w, h};
}

QPointF SkeletonView::placeOf(int joint) const {
    const QRectF f = frame();
    const annot::Point p = m_skeleton.joints[std::size_t(joint)].at;
    return {f.x() + p.x * f.width(), f.y() + p.y * f.height()};
}

annot::Point SkeletonView::pointAt(QPointF place) const {
    const QRectF f = frame();
    return within({(place.x() - f.x()) / f.width(), (place.y() - f.y()) / f.height()});
}

int SkeletonView::jointAt(QPointF place) const {
    int found = -1;
    double best = kSkeletonEditorReach;
    for (int k = 0; k < int(m_skeleton.joints.size()); ++k) {
        const QPointF d = placeOf(k) - place;
        if (const double far = std::hypot(d.x(), d.y()); far <= best) best = far, found = k;
    }
    return found;
}

void SkeletonView::add(annot::Point at) {
    const auto taken = [&](const std::string& name) {
        return std::ranges::find(m_skeleton.joints, name, &annot::Skeleton::Joint::name) != m_skeleton.joints.end();
    };
    std::string name;
    for (int n = int(m_skeleton.joints.size()) + 1; name.empty() || taken(name); ++n) name = tr("joint %1").arg(n).toStdString();
    m_skeleton.joints.push_back({name, within(at)});
    setCurrent(int(m_skeleton.joints.size()) - 1);
    Q_EMIT changed();
}

void SkeletonView::remove(int joint) {
    if (joint < 0 || joint >= int(m_skeleton.joints.size())) return;
    m_skeleton.joints.erase(m_skeleton.joints.begin() + joint);
    forget(m_skeleton.edges, joint);
    forget(m_skeleton.mirrored, joint);
    m_from = -1;
    m_current = -1;
    setCurrent(std::min(joint, int(m_skeleton.joints.size()) - 1));
    describe();
    update();
    Q_EMIT changed();
}

void SkeletonView::rename(int joint, const QString& name) {
    if (joint < 0 || joint >= int(m_skeleton.joints.size()) || name.trimmed().isEmpty()) return;
    m_skeleton.joints[std::size_t(joint)].name = name.trimmed().toStdString();
    describe();
    update();
    Q_EMIT changed();
}

// The first joint is remembered, the second makes or takes the line.
void SkeletonView::join(int joint) {
    if (joint < 0) return;
    setCurrent(joint);
    if (m_from < 0 || m_from == joint) {
        m_from = m_from == joint ? -1 : joint;
        return update();
    }
    if (m_doing == Doing::Edges)
        toggle(m_skeleton.edges, m_from, joint);
    else
        togglePair(m_skeleton.mirrored, m_from, joint);
    m_from = m_doing == Doing::Edges ? joint : -1;
    describe();
    update();
    Q_EMIT changed();
}

void SkeletonView::nudge(double dx, double dy) {
    if (m_current < 0) return;
    auto& at = m_skeleton.joints[std::size_t(m_current)].at;
    at = within({at.x + dx, at.y + dy});
    update();
    Q_EMIT changed();
}

void SkeletonView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    const int joint = jointAt(event->position());
    if (m_doing != Doing::Joints) return join(joint);
    if (joint < 0) return add(pointAt(event->position()));
    setCurrent(joint);
    m_dragged = joint;
    m_moved = false;
}

void SkeletonView::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragged < 0) return;
    m_skeleton.joints[std::size_t(m_dragged)].at = pointAt(event->position());
    m_moved = true;
    update();
}

void SkeletonView::mouseReleaseEvent(QMouseEvent*) {
    const bool moved = std::exchange(m_dragged, -1) >= 0 && m_moved;
    if (moved) Q_EMIT changed();
}

void SkeletonView::keyPressEvent(QKeyEvent* event) {
    const double step = event->modifiers() & Qt::ShiftModifier ? 10 * kNudge : kNudge;
    switch (event->key()) {
        case Qt::Key_Left: return nudge(-step, 0);
        case Qt::Key_Right: return nudge(step, 0);
        case Qt::Key_Up: return nudge(0, -step);
        case Qt::Key_Down: return nudge(0, step);
        case Qt::Key_Insert: return add({0.5, 0.5});
        case Qt::Key_Delete: return remove(m_current);
        case Qt::Key_Return:
        case Qt::Key_Enter: return m_doing == Doing::Joints ? QWidget::keyPressEvent(event) : join(m_current);
        default: QWidget::keyPressEvent(event);
    }
}

// Tab goes through the joints first and then on.
bool SkeletonView::focusNextPrevChild(bool next) {
    const int wanted = m_current + (next ? 1 : -1);
    if (!hasFocus() || wanted < 0 || wanted >= int(m_skeleton.joints.size())) return QWidget::focusNextPrevChild(next);
    setCurrent(wanted);
    return true;
}

void SkeletonView::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.fillRect(rect(), theme.colour(Token::Paste));
    if (!m_picture.isNull()) painter.drawImage(frame(), m_picture);
    const auto lines = [&](const Pairs& pairs, const QPen& pen) {
        for (const auto& [a, b] : pairs) {
            painter.setPen(QPen(QColor(0, 0, 0, 128), 3.5));
            painter.drawLine(placeOf(a), placeOf(b));
            painter.setPen(pen);
            painter.drawLine(placeOf(a), placeOf(b));
        }
    };
    lines(m_skeleton.edges, QPen(theme.colour(Token::AccentText), 1.5));
    lines(m_skeleton.mirrored, QPen(theme.colour(Token::Warn), 1.5, Qt::DashLine));
    painter.setFont(theme.font(Type::Caption));
    for (int k = 0; k < int(m_skeleton.joints.size()); ++k) {
        const QPointF at = placeOf(k);
        painter.setPen(QPen(k == m_from ? theme.colour(Token::Warn) : theme.colour(Token::Accent), 2));
        painter.setBrush(k == m_current ? theme.colour(Token::Accent) : QColor(Qt::white));
        painter.drawEllipse(at, kJoint, kJoint);
        const QString name = QString::fromStdString(m_skeleton.joints[std::size_t(k)].name);
        const QRectF tag(at.x() + 9, at.y() - 9, painter.fontMetrics().horizontalAdvance(name) + 8.0, 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 200));
        painter.drawRoundedRect(tag, 3, 3);
        painter.setPen(Qt::white);
        painter.drawText(tag, Qt::AlignCenter, name);
    }
    if (!hasFocus()) return;
    painter.setPen(QPen(theme.colour(Token::Focus), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

SkeletonEditor::SkeletonEditor(QWidget* parent)
    : QWidget(parent),
      m_view(new SkeletonView(this)),
      m_doing(new common::Segments(tr("What a click does"), this)),
      m_name(new QLineEdit(this)) {
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_doing);
    bar->addWidget(m_name, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(bar);
    column->addWidget(m_view, 1);
    connect(m_doing, &common::Segments::changed, this, [this](int k) { m_view->setDoing(SkeletonView::Doing(k)); });
    connect(m_view, &SkeletonView::changed, this, &SkeletonEditor::changed);
    connect(m_view, &SkeletonView::currentChanged, this, &SkeletonEditor::showName);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        if (!m_name->isModified()) return;
        m_name->setModified(false);
        m_view->rename(m_view->current(), m_name->text());
    });
    retranslate();
    showName();
}

void SkeletonEditor::setSkeleton(const annot::Skeleton& skeleton) {
    m_view->setSkeleton(skeleton);
    showName();
}

void SkeletonEditor::showName() {
    const int joint = m_view->current();
    const bool some = joint >= 0 && joint < int(m_view->skeleton().joints.size());
    m_name->setEnabled(some);
    m_name->setText(some ? QString::fromStdString(m_view->skeleton().joints[std::size_t(joint)].name) : QString());
}

void SkeletonEditor::retranslate() {
    m_doing->setItems({tr("Joints"), tr("Edges"), tr("Pairs")});
    m_name->setPlaceholderText(tr("Name of the joint"));
    m_name->setAccessibleName(tr("Name of the joint"));
    m_view->describe();
    m_view->setToolTip(tr("Click to set a joint, drag to move it. Edges and pairs: click one joint, then the other."));
}

}  // namespace lathe::widgets::canvas
