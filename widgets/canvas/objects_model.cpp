#include "widgets/canvas/objects_model.h"

#include <algorithm>

#include "widgets/canvas/view.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Roles;

namespace {

QStringList tagsOf(const annot::Annotation& a) {
    QStringList tags;
    if (a.flags & annot::Crowd) tags << ObjectModel::tr("Crowd");
    if (a.flags & annot::Occluded) tags << ObjectModel::tr("Occluded");
    if (a.flags & annot::Truncated) tags << ObjectModel::tr("Truncated");
    if (a.flags & annot::Difficult) tags << ObjectModel::tr("Difficult");
    if (a.group) tags << ObjectModel::tr("Group %1").arg(a.group);
    return tags;
}

}  // namespace

QString kindIcon(const annot::Shape& shape) {
    static const char* const icons[] = {"tag", "box", "polygon", "brush", "skeleton", "rotbox", "ellipse", "polyline", "point"};
    return QString::fromLatin1(icons[shape.index()]);
}

QString sizeOf(const annot::Shape& shape) {
    if (std::holds_alternative<annot::ImageLabel>(shape)) return ObjectModel::tr("whole image");
    if (const auto* dot = std::get_if<annot::Dot>(&shape))
        return QStringLiteral("%1, %2").arg(common::number(dot->at.x), common::number(dot->at.y));
    annot::Rect r = annot::bounds(shape);
    if (const auto* turned = std::get_if<annot::RotatedBox>(&shape)) r.w = turned->w, r.h = turned->h;
    return QStringLiteral("%1 × %2").arg(common::number(r.w), common::number(r.h));
}

ObjectModel::ObjectModel(Document& document, const View& view, QObject* parent)
    : QAbstractListModel(parent), m_document(document), m_view(view) {
    connect(&document, &Document::annotationsChanged, this, &ObjectModel::refresh);
    refresh();
}

void ObjectModel::setFilter(const ObjectFilter& filter) {
    if (filter == m_filter) return;
    m_filter = filter;
    take(wanted());
}

void ObjectModel::setSort(ObjectSort sort) {
    if (sort == m_sort) return;
    m_sort = sort;
    take(wanted());
}

bool ObjectModel::unchanged() const {
    const auto& all = m_document.annotations();
    return plain() && all.size() == m_rows.size() &&
           std::equal(all.rbegin(), all.rend(), m_rows.begin(), [](const auto& a, AnnotationId id) { return a.id == id; });
}

// Most edits change a row's look alone.
void ObjectModel::refresh() {
    if (!unchanged()) take(wanted());
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

ObjectMatcher::Names ObjectModel::classNames() const {
    ObjectMatcher::Names names;
    for (const auto& [id, style] : m_document.styles()) names.insert(id, m_view.className(ClassId(id)));
    return names;
}

std::vector<AnnotationId> ObjectModel::wanted() const {
    const auto& all = m_document.annotations();
    std::vector<AnnotationId> ids;
    ids.reserve(all.size());
    if (m_filter.empty()) {
        std::transform(all.rbegin(), all.rend(), std::back_inserter(ids), [](const auto& a) { return a.id; });
    } else {
        const ObjectMatcher matches(m_filter, classNames());
        for (auto a = all.rbegin(); a != all.rend(); ++a)
            if (matches(*a)) ids.push_back(a->id);
    }
    order(ids);
    return ids;
}

void ObjectModel::order(std::vector<AnnotationId>& ids) const {
    if (m_sort == ObjectSort::Order) return;
    if (m_sort == ObjectSort::Number) return std::sort(ids.begin(), ids.end());
    std::unordered_map<std::int64_t, double> place;
    if (m_sort == ObjectSort::Class) {
        const auto names = classNames();
        QList<std::pair<QString, qint64>> byName;
        for (auto name = names.cbegin(); name != names.cend(); ++name) byName.append({name.value(), name.key()});
        std::sort(byName.begin(), byName.end());
        for (qsizetype i = 0; i < byName.size(); ++i) place[byName[i].second] = double(i);
    }
    const auto keyOf = [&](const annot::Annotation& a) {
        if (m_sort == ObjectSort::Class) return place.contains(a.classId.value) ? place.at(a.classId.value) : 1e18;
        if (m_sort == ObjectSort::Confidence) return a.confidence.value_or(2);
        const annot::Rect r = annot::bounds(a.shape);
        return -r.w * r.h;
    };
    std::vector<std::pair<double, AnnotationId>> keyed;
    keyed.reserve(ids.size());
    for (const AnnotationId id : ids) keyed.emplace_back(keyOf(*m_document.find(id)), id);
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(keyed.begin(), keyed.end(), ids.begin(), [](const auto& k) { return k.second; });
}

// One stretch of rows that came or went is told as that, so that the list keeps its place and its current row.
void ObjectModel::take(std::vector<AnnotationId> rows) {
    const auto head = std::mismatch(m_rows.begin(), m_rows.end(), rows.begin(), rows.end());
    const auto kept = head.first - m_rows.begin();
    if (head.first == m_rows.end() && head.second == rows.end()) return;
    const auto tail = std::mismatch(m_rows.rbegin(), m_rows.rend() - kept, rows.rbegin(), rows.rend() - kept);
    const auto same = int(tail.first - m_rows.rbegin());
    const int first = int(kept), before = int(m_rows.size()) - same, after = int(rows.size()) - same;
    const bool added = before == first, gone = after == first;
    m_changing = true;
    if (added)
        beginInsertRows({}, first, after - 1);
    else if (gone)
        beginRemoveRows({}, first, before - 1);
    else
        beginResetModel();
    m_rows = std::move(rows);
    m_rowOf.clear();
    if (added)
        endInsertRows();
    else if (gone)
        endRemoveRows();
    else
        endResetModel();
    m_changing = false;
}

int ObjectModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ObjectModel::rowOf(AnnotationId id) const {
    if (plain()) {
        const int at = m_document.positionOf(id);
        const int row = at < 0 ? -1 : rowCount() - 1 - at;
        return row >= 0 && m_rows[std::size_t(row)] == id ? row : -1;
    }
    if (m_rowOf.empty())
        for (std::size_t row = 0; row < m_rows.size(); ++row) m_rowOf.emplace(m_rows[row].value, int(row));
    const auto at = m_rowOf.find(id.value);
    return at == m_rowOf.end() ? -1 : at->second;
}

QString ObjectModel::description(const annot::Annotation& a) const {
    QStringList parts{QString::fromLatin1(annot::kindName(a.shape).data(), qsizetype(annot::kindName(a.shape).size())),
                      sizeOf(a.shape)};
    parts << tagsOf(a);
    if (a.flags & annot::Locked) parts << tr("locked");
    if (a.flags & annot::Hidden) parts << tr("hidden");
    if (a.confidence) parts << tr("confidence %1").arg(*a.confidence, 0, 'f', 2);
    return parts.join(QStringLiteral(", "));
}

QVariant ObjectModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const annot::Annotation* a = m_document.find(idAt(index.row()));
    if (!a) return {};
    switch (role) {
        case Qt::DisplayRole: return m_view.className(a->classId);
        case Qt::AccessibleTextRole: return QStringLiteral("%1 %2").arg(m_view.className(a->classId)).arg(a->id.value);
        case Qt::AccessibleDescriptionRole:
        case Qt::ToolTipRole: return description(*a);
        case FlagsRole: return a->flags;
        case NumberRole: return qlonglong(a->id.value);
        case TagsRole: return tagsOf(*a);
        case SizeRole: return sizeOf(a->shape);
        case Roles::IconName: return kindIcon(a->shape);
        case Roles::Swatch: return QColor::fromRgb(styleOf(m_document.styles(), a->classId).colour);
        default: return {};
    }
}

}  // namespace lathe::widgets::canvas
