#include "widgets/browser/versions/version_diff_words.h"
#include "widgets/common/split_words.h"

#include <QCoreApplication>
#include <algorithm>

namespace lathe::widgets::browser::versions {
namespace {

using data::ShapeChange;

/// The context of these strings.
struct Differences {
    Q_DECLARE_TR_FUNCTIONS(Differences)
};

QString textOf(const std::string& text) {
    return QString::fromStdString(text);
}

bool isWholeImage(const data::ShapeDiff& shape) {
    return std::holds_alternative<annot::ImageLabel>((shape.after ? *shape.after : *shape.before).shape);
}

QString countWords(ShapeChange change, int count) {
    switch (change) {
        case ShapeChange::Added: return Differences::tr("%Ln shape(s) added", nullptr, count);
        case ShapeChange::Removed: return Differences::tr("%Ln shape(s) removed", nullptr, count);
        case ShapeChange::Moved: return Differences::tr("%Ln shape(s) moved", nullptr, count);
        case ShapeChange::Relabelled: return Differences::tr("%Ln shape(s) with another class", nullptr, count);
        case ShapeChange::Redrawn: return Differences::tr("%Ln shape(s) redrawn with another class", nullptr, count);
        case ShapeChange::Attributes: return Differences::tr("%Ln shape(s) with other attributes", nullptr, count);
    }
    return {};
}

/// "car", or "car → van" where the class changed; each once.
QString classWords(const data::ItemDiff& item, ShapeChange change, const tiles::ClassLooks& classes) {
    QStringList names;
    for (const auto& shape : item.shapes) {
        if (shape.change != change || isWholeImage(shape)) continue;
        const auto name = [&](const annot::Annotation& a) { return classes.value(a.classId.value).name; };
        const bool both = shape.before && shape.after && shape.before->classId != shape.after->classId;
        const QString words = both ? name(*shape.before) + QStringLiteral(" → ") + name(*shape.after)
                                   : name(shape.after ? *shape.after : *shape.before);
        if (!names.contains(words)) names << words;
    }
    return names.join(QStringLiteral(", "));
}

QString labelWords(const data::ItemDiff& item, const tiles::ClassLooks& classes) {
    QStringList before, after;
    for (const auto& shape : item.shapes) {
        if (!isWholeImage(shape)) continue;
        if (shape.before) before << classes.value(shape.before->classId.value).name;
        if (shape.after) after << classes.value(shape.after->classId.value).name;
    }
    const QString none = Differences::tr("no label");
    return (before.isEmpty() ? none : before.join(QStringLiteral(", "))) + QStringLiteral(" → ") +
           (after.isEmpty() ? none : after.join(QStringLiteral(", ")));
}

Result<annot::Annotations> documentOf(const store::Workspace& workspace, std::int64_t document) {
    return data::snapshotAnnotations(workspace, {{}, {}, document});
}

Result<VersionPicture> pictureOf(const store::Workspace& workspace, const data::ItemDiff& item, store::ImageRow image,
                                 const tiles::ClassLooks& classes) {
    VersionPicture picture;
    picture.image = std::move(image);
    picture.sides[0].there = !(item.changes & data::ImageAdded);
    picture.sides[1].there = !(item.changes & data::ImageRemoved);
    picture.sides[0].split = textOf(item.splitBefore), picture.sides[1].split = textOf(item.splitAfter);
    LATHE_TRY(const auto before, documentOf(workspace, item.documentBefore));
    LATHE_TRY(const auto after, documentOf(workspace, item.documentAfter));
    if (!picture.sides[0].there)
        fillSides(picture, after, after, classes);
    else if (!picture.sides[1].there)
        fillSides(picture, before, before, classes);
    else
        fillSides(picture, before, after, classes);
    return picture;
}

Result<std::vector<VersionPicture>> picturesOf(const store::Workspace& workspace, const Comparison& comparison,
                                               const std::vector<std::size_t>& wanted, const tiles::ClassLooks& classes,
                                               const std::stop_token& stop) {
    std::vector<ImageId> ids;
    for (const std::size_t k : wanted) ids.push_back(comparison.items.items[k].image);
    LATHE_TRY(auto rows, workspace.images(ids));
    std::vector<VersionPicture> pictures;
    for (std::size_t k = 0; k < rows.size() && k < wanted.size(); ++k) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "cancelled");
        LATHE_TRY(auto picture, pictureOf(workspace, comparison.items.items[wanted[k]], std::move(rows[k]), classes));
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

void addKind(std::vector<DiffKind>& kinds, DiffKind kind) {
    if (kind.count > 0) kinds.push_back(std::move(kind));
}

}  // namespace

bool DiffKind::has(const data::ItemDiff& item) const {
    if (image) return item.changes & image;
    if (!shape) return true;
    return std::ranges::any_of(item.shapes, [&](const auto& one) { return one.change == *shape; });
}

std::vector<DiffKind> kindsOf(const data::ItemsDiff& items) {
    std::vector<DiffKind> kinds{{Differences::tr("All that differ"), {}, items.total, 0, {}}};
    addKind(kinds, {Differences::tr("Images added"), changeColour(ShapeChange::Added), items.images.added, data::ImageAdded, {}});
    addKind(kinds,
            {Differences::tr("Images removed"), changeColour(ShapeChange::Removed), items.images.removed, data::ImageRemoved, {}});
    addKind(kinds,
            {Differences::tr("In another split"), changeColour(ShapeChange::Moved), items.images.moved, data::ImageMoved, {}});
    addKind(kinds, {Differences::tr("Image labels changed"),
                    changeColour(ShapeChange::Relabelled),
                    items.images.relabelled,
                    data::ImageRelabelled,
                    {}});
    addKind(kinds, {Differences::tr("Images with other shapes"), {}, items.images.shapes, data::ImageShapes, {}});
    for (std::size_t k = 0; k < items.shapes.size(); ++k)
        addKind(kinds, {changeText(ShapeChange(k)), changeColour(ShapeChange(k)), items.shapes[k], 0, ShapeChange(k)});
    return kinds;
}

QString summaryOf(const Comparison& comparison) {
    const auto& d = comparison.numbers;
    QStringList parts;
    const auto add = [&](std::int64_t count, const QString& words) {
        if (count > 0) parts << words;
    };
    add(d.images.added, Differences::tr("%Ln image(s) added", nullptr, int(d.images.added)));
    add(d.images.removed, Differences::tr("%Ln image(s) removed", nullptr, int(d.images.removed)));
    const auto moved = comparison.items.images.moved;
    add(moved, Differences::tr("%Ln image(s) in another split", nullptr, int(moved)));
    add(d.annotations.added, Differences::tr("%Ln annotation(s) added", nullptr, int(d.annotations.added)));
    add(d.annotations.removed, Differences::tr("%Ln annotation(s) removed", nullptr, int(d.annotations.removed)));
    add(d.annotations.changed, Differences::tr("%Ln annotation(s) changed", nullptr, int(d.annotations.changed)));
    return parts.isEmpty() ? Differences::tr("Both hold the same.") : parts.join(QStringLiteral(", "));
}

QStringList wordsOf(const data::ItemDiff& item, const Comparison& comparison, const tiles::ClassLooks& classes) {
    QStringList words;
    if (item.changes & data::ImageAdded) words << Differences::tr("only in %1").arg(textOf(comparison.b.name));
    if (item.changes & data::ImageRemoved) words << Differences::tr("only in %1").arg(textOf(comparison.a.name));
    if (item.changes & data::ImageMoved)
        words << common::splitText(item.splitBefore) + QStringLiteral(" → ") + common::splitText(item.splitAfter);
    if (item.changes & data::ImageRelabelled) words << labelWords(item, classes);
    for (std::size_t k = 0; k < data::kShapeChangeNames.size(); ++k) {
        const auto count = std::ranges::count_if(
            item.shapes, [&](const auto& shape) { return shape.change == ShapeChange(k) && !isWholeImage(shape); });
        if (count > 0)
            words << Differences::tr("%1: %2", "2 shapes added: car")
                         .arg(countWords(ShapeChange(k), int(count)), classWords(item, ShapeChange(k), classes));
    }
    return words;
}

PairSource pairsOf(const std::shared_ptr<const Comparison>& comparison, const tiles::ClassLooks& classes) {
    PairSource source;
    source.titles = {textOf(comparison->a.name), textOf(comparison->b.name)};
    source.image = [comparison](std::size_t k) { return comparison->items.items[k].image; };
    source.words = [comparison, classes](std::size_t k) { return wordsOf(comparison->items.items[k], *comparison, classes); };
    source.load = [comparison, classes](const store::Workspace& workspace, const std::vector<std::size_t>& wanted,
                                        std::stop_token stop) { return picturesOf(workspace, *comparison, wanted, classes, stop); };
    return source;
}

}  // namespace lathe::widgets::browser::versions
