#include "widgets/browser/versions/version_marks.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>

#include "core/annot/convert.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::versions {

using common::Theme;
using common::Token;
using data::ShapeChange;

namespace {

/// The context of these strings.
struct Changes {
    Q_DECLARE_TR_FUNCTIONS(Changes)
};

constexpr int kMostTags = 12;           // more changed shapes than this go without words
constexpr std::size_t kMostSame = 400;  // unchanged shapes of a picture that are drawn
constexpr double kDotRadius = 3;

QPointF pointOf(annot::Point p) {
    return {p.x, p.y};
}

template <class Points>
QPolygonF polygonFrom(const Points& points) {
    QPolygonF polygon;
    for (const auto& p : points) polygon << pointOf(p);
    return polygon;
}

void addRings(VersionMark& mark, const std::vector<std::vector<annot::Point>>& rings) {
    mark.filled = true;
    for (const auto& ring : rings) {
        mark.path.addPolygon(polygonFrom(ring));
        mark.path.closeSubpath();
    }
}

/// What is drawn for each kind of shape.
struct Outliner {
    VersionMark& mark;
    void operator()(const annot::ImageLabel&) const {}
    void operator()(const annot::Box& box) const {
        mark.filled = true;
        mark.path.addRect(box.rect.x, box.rect.y, box.rect.w, box.rect.h);
    }
    void operator()(const annot::Polygon& polygon) const { addRings(mark, polygon.rings); }
    void operator()(const annot::Mask& mask) const { addRings(mark, annot::polygonOf(mask).rings); }
    void operator()(const annot::Keypoints& points) const {
        if (points.box.w > 0) mark.path.addRect(points.box.x, points.box.y, points.box.w, points.box.h);
        for (const auto& item : points.items)
            if (item.visibility > 0) mark.dots << pointOf(item.at);
    }
    void operator()(const annot::RotatedBox& box) const {
        const auto four = annot::corners(box);
        addRings(mark, {{four.begin(), four.end()}});
    }
    void operator()(const annot::Ellipse& ellipse) const { addRings(mark, {annot::ringOf(ellipse, 0.5)}); }
    void operator()(const annot::Polyline& line) const { mark.path.addPolygon(polygonFrom(line.points)); }
    void operator()(const annot::Dot& dot) const { mark.dots << pointOf(dot.at); }
};

VersionMark markOf(const annot::Annotation& annotation, std::optional<ShapeChange> change, const tiles::ClassLooks& classes) {
    VersionMark mark;
    const tiles::ClassLook look = classes.value(annotation.classId.value);
    mark.colour = look.colour, mark.name = look.name, mark.change = change;
    std::visit(Outliner{mark}, annotation.shape);
    return mark;
}

bool isLabel(const annot::Annotation& annotation) {
    return std::holds_alternative<annot::ImageLabel>(annotation.shape);
}

void put(VersionPicture::Side& side, const annot::Annotation& annotation, std::optional<ShapeChange> change,
         const tiles::ClassLooks& classes) {
    if (isLabel(annotation))
        side.labels << classes.value(annotation.classId.value).name;
    else
        side.marks.push_back(markOf(annotation, change, classes));
}

/// Where it was, on the side where it is now, and the reverse.
void putGhost(VersionPicture::Side& side, const annot::Annotation& annotation, ShapeChange change,
              const tiles::ClassLooks& classes) {
    if (isLabel(annotation)) return;
    side.marks.push_back(markOf(annotation, change, classes));
    side.marks.back().ghost = true;
}

void putUnchanged(VersionPicture& picture, const annot::Annotations& before, const std::vector<data::ShapeDiff>& shapes,
                  const tiles::ClassLooks& classes) {
    std::vector<AnnotationId> changed;
    for (const auto& shape : shapes)
        if (shape.before) changed.push_back(shape.before->id);
    std::ranges::sort(changed);
    std::size_t drawn = 0;
    for (const auto& annotation : before) {
        if (std::ranges::binary_search(changed, annotation.id)) continue;
        if (!isLabel(annotation) && ++drawn > kMostSame) continue;
        for (auto& side : picture.sides) put(side, annotation, {}, classes);
    }
}

QString signOf(ShapeChange change) {
    switch (change) {
        case ShapeChange::Added: return QStringLiteral("+");
        case ShapeChange::Removed: return QStringLiteral("−");
        case ShapeChange::Moved: return QStringLiteral("↔");
        case ShapeChange::Relabelled: return QStringLiteral("≠");
        case ShapeChange::Redrawn: return QStringLiteral("≠");
        case ShapeChange::Attributes: return QStringLiteral("…");
    }
    return {};
}

struct MarkPainter {
    QPainter& painter;
    QTransform toPlace;

    void stroke(const VersionMark& mark, const QColor& colour, double width, Qt::PenStyle style) const {
        const QPainterPath path = toPlace.map(mark.path);
        QColor under(0, 0, 0, 128);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(under, width + 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(path);
        painter.setPen(QPen(colour, width, style, Qt::FlatCap, Qt::RoundJoin));
        painter.drawPath(path);
        for (const QPointF& dot : mark.dots) {
            painter.setPen(QPen(under, 1));
            painter.setBrush(colour);
            painter.drawEllipse(toPlace.map(dot), kDotRadius, kDotRadius);
        }
    }

    void same(const VersionMark& mark) const {
        QColor faint = mark.colour;
        faint.setAlphaF(0.55F);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(faint, 1));
        painter.drawPath(toPlace.map(mark.path));
        for (const QPointF& dot : mark.dots) painter.drawEllipse(toPlace.map(dot), 2, 2);
    }

    void changed(const VersionMark& mark) const {
        const QColor colour = changeColour(*mark.change);
        if (mark.filled && !mark.ghost) {
            QColor fill = colour;
            fill.setAlphaF(0.18F);
            painter.fillPath(toPlace.map(mark.path), fill);
        }
        stroke(mark, colour, mark.ghost ? 1 : 2, mark.ghost ? Qt::DashLine : Qt::SolidLine);
    }

    /// Left out where another tag or the side's title is.
    void tag(const VersionMark& mark, const QRectF& place, std::vector<QRectF>& taken) const {
        const QString words = signOf(*mark.change) + u' ' + mark.name;
        const QRectF box = toPlace.mapRect(mark.path.isEmpty() && !mark.dots.isEmpty() ? QRectF(mark.dots[0], QSizeF(1, 1))
                                                                                       : mark.path.boundingRect());
        painter.setFont(Theme::instance().font(common::Type::Caption));
        QRectF plate(box.topLeft() - QPointF(1, 15), QSizeF(painter.fontMetrics().horizontalAdvance(words) + 8, 15));
        plate.moveLeft(std::clamp(plate.left(), place.left(), std::max(place.left(), place.right() - plate.width())));
        plate.moveTop(std::max(plate.top(), place.top()));
        if (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(plate); })) return;
        taken.push_back(plate);
        painter.fillRect(plate, QColor(0, 0, 0, 199));
        painter.setPen(changeColour(*mark.change));
        painter.drawText(plate, Qt::AlignCenter | Qt::TextSingleLine, words);
    }
};

}  // namespace

void fillSides(VersionPicture& picture, const annot::Annotations& before, const annot::Annotations& after,
               const tiles::ClassLooks& classes) {
    const auto shapes = data::diffShapes(before, after);
    putUnchanged(picture, before, shapes, classes);
    fillSides(picture, shapes, classes);
}

void fillSides(VersionPicture& picture, const std::vector<data::ShapeDiff>& shapes, const tiles::ClassLooks& classes) {
    auto& [was, is] = picture.sides;
    for (const auto& shape : shapes) {
        const bool elsewhere = shape.change == ShapeChange::Moved || shape.change == ShapeChange::Redrawn;
        if (shape.before && elsewhere) putGhost(is, *shape.before, shape.change, classes);
        if (shape.before) put(was, *shape.before, shape.change, classes);
        if (shape.after) put(is, *shape.after, shape.change, classes);
    }
}

QString changeText(ShapeChange change) {
    switch (change) {
        case ShapeChange::Added: return Changes::tr("Shapes added");
        case ShapeChange::Removed: return Changes::tr("Shapes removed");
        case ShapeChange::Moved: return Changes::tr("Shapes moved");
        case ShapeChange::Relabelled: return Changes::tr("Class changed");
        case ShapeChange::Redrawn: return Changes::tr("Redrawn with another class");
        case ShapeChange::Attributes: return Changes::tr("Attributes changed");
    }
    return {};
}

QColor changeColour(ShapeChange change) {
    switch (change) {
        case ShapeChange::Added: return Theme::colour(Token::Ok, true);
        case ShapeChange::Removed: return Theme::colour(Token::Err, true);
        case ShapeChange::Moved: return Theme::colour(Token::Warn, true);
        case ShapeChange::Relabelled: return Theme::colour(Token::AccentText, true);
        case ShapeChange::Redrawn: return QColor(0xc9, 0x9c, 0xf5);
        case ShapeChange::Attributes: return Theme::colour(Token::T1, true);
    }
    return {};
}

void paintMarks(QPainter& painter, const QRectF& place, QSize image, const VersionPicture::Side& side) {
    if (image.isEmpty()) return;
    painter.save();
    painter.setClipRect(place);
    painter.setRenderHint(QPainter::Antialiasing);
    const QTransform toPlace(place.width() / image.width(), 0, 0, place.height() / image.height(), place.left(), place.top());
    const MarkPainter marks{painter, toPlace};
    int changed = 0;
    for (const VersionMark& mark : side.marks) mark.change ? void(++changed) : marks.same(mark);
    for (const VersionMark& mark : side.marks)
        if (mark.change) marks.changed(mark);
    std::vector<QRectF> taken{QRectF(place.topLeft(), QSizeF(48, 20))};
    for (const VersionMark& mark : side.marks)
        if (mark.change && !mark.ghost && changed <= kMostTags) marks.tag(mark, place, taken);
    painter.restore();
}

tiles::ClassLooks classLooksOf(const std::vector<store::ClassRow>& classes) {
    tiles::ClassLooks looks;
    for (std::size_t k = 0; k < classes.size(); ++k) {
        const store::ClassRow& row = classes[k];
        const QColor colour = row.colour.empty() ? Theme::classColour(int(k)) : QColor(QString::fromStdString(row.colour));
        looks.insert(row.id.value, {QString::fromStdString(row.name), colour});
    }
    return looks;
}

}  // namespace lathe::widgets::browser::versions
