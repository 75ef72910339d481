#include "widgets/browser/tiles/image_table.h"

#include <algorithm>
#include <array>

#include "widgets/browser/explore/explore_words.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser::tiles {
namespace {

bool isFigure(int column) {
    return column == ImageTable::Objects || column == ImageTable::Brightness || column == ImageTable::Sharpness;
}

QString measureText(double value) {
    return value < 0 ? QString() : common::number(value);
}

constexpr std::array<std::pair<int, data::Sort>, 6> kSortedColumns{{{ImageTable::File, data::Sort::Name},
                                                                    {ImageTable::Size, data::Sort::Width},
                                                                    {ImageTable::Objects, data::Sort::Objects},
                                                                    {ImageTable::Brightness, data::Sort::Brightness},
                                                                    {ImageTable::Sharpness, data::Sort::Sharpness},
                                                                    {ImageTable::Added, data::Sort::Added}}};

}  // namespace

ImageTable::ImageTable(ImageItems& items, QObject* parent)
    : QAbstractTableModel(parent), m_items(items), m_rows(int(items.count())) {
    connect(&m_items, &GridItems::arrived, this, [this](std::size_t first, std::size_t last) {
        const int end = std::min(int(last), m_rows);
        if (int(first) < end) Q_EMIT dataChanged(index(int(first), 0), index(end - 1, Columns_ - 1));
    });
}

int ImageTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int ImageTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns_;
}

void ImageTable::reload() {
    beginResetModel();
    m_rows = int(m_items.count());
    endResetModel();
}

void ImageTable::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns_ - 1);
    if (m_rows > 0) Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, Columns_ - 1));
}

void ImageTable::setSorted(int column) {
    m_sorted = column;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns_ - 1);
}

QString ImageTable::columnText(int column) {
    switch (column) {
        case Picture: return tr("Picture");
        case File: return tr("File");
        case Size: return tr("Size");
        case Split: return tr("Split");
        case State: return tr("State");
        case Objects: return tr("Objects");
        case Classes: return tr("Classes");
        case Tags: return tr("Tags");
        case Brightness: return tr("Brightness");
        case Sharpness: return tr("Sharpness");
        case Added: return tr("Added");
        default: return {};
    }
}

std::optional<data::Sort> ImageTable::sortOf(int column) {
    for (const auto& [shown, sort] : kSortedColumns)
        if (shown == column) return sort;
    return {};
}

int ImageTable::columnOf(data::Sort sort) {
    for (const auto& [shown, by] : kSortedColumns)
        if (by == sort) return shown;
    return -1;
}

QList<ImageTable::ClassCount> ImageTable::classesOf(const Tile& tile) const {
    QList<ClassCount> counts;
    const auto of = [&](ClassId id) -> ClassCount& {
        const ClassLook look = m_items.classOf(id);
        const auto known = std::ranges::find(counts, look.name, &ClassCount::name);
        return known != counts.end() ? *known : counts.emplaceBack(ClassCount{look.name, look.colour, 0});
    };
    for (const ClassId id : tile.imageClasses) of(id);
    for (const Tile::Mark& mark : tile.marks) ++of(mark.classId).objects;
    std::ranges::stable_sort(counts, std::greater(), &ClassCount::objects);
    return counts;
}

QString ImageTable::classesText(const Tile& tile) const {
    QStringList words;
    for (const ClassCount& one : classesOf(tile))
        words << (one.objects > 0 ? QStringLiteral("%1 %2").arg(one.name).arg(one.objects) : one.name);
    return words.join(QStringLiteral(", "));
}

QString ImageTable::text(const Tile& tile, int column) const {
    const store::ImageRow& image = tile.image;
    switch (column) {
        case File: return QString::fromStdString(image.name);
        case Size: return QStringLiteral("%1 × %2").arg(image.width).arg(image.height);
        case Split: return QString::fromStdString(image.split);
        case State: return common::imageStateText(QString::fromStdString(image.state));
        case Objects: return common::number(double(tile.marks.size() + tile.imageClasses.size()));
        case Classes: return classesText(tile);
        case Tags: {
            QStringList tags;
            for (const std::string& tag : tile.tags) tags << QString::fromStdString(tag);
            return tags.join(QStringLiteral(", "));
        }
        case Brightness: return measureText(image.brightness);
        case Sharpness: return measureText(image.sharpness);
        case Added: return common::dateTimeText(image.added);
        default: return {};
    }
}

QVariant ImageTable::data(const QModelIndex& index, int role) const {
    if (role == Qt::TextAlignmentRole) return int((isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const bool words = role == Qt::DisplayRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole;
    if (!words && role != ClassesRole && role != MissingRole) return {};
    const Tile* tile = checkIndex(index, CheckIndexOption::IndexIsValid) ? tileAt(index.row()) : nullptr;
    if (!tile) return {};
    if (role == ClassesRole) return QVariant::fromValue(classesOf(*tile));
    if (role == MissingRole) return tile->image.missing;
    if (role == Qt::AccessibleTextRole && index.column() == Picture) return text(*tile, File);
    if (role == Qt::DisplayRole && index.column() == Classes) return {};  // painted with the classes' colours
    return text(*tile, index.column());
}

QVariant ImageTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    // The style draws the arrow at the right end, whatever stands there.
    const QString room = section == m_sorted && isFigure(section) ? QString(4, QChar::Nbsp) : QString();
    if (role == Qt::DisplayRole) return section == Picture ? QString() : columnText(section) + room;
    if (role == Qt::AccessibleTextRole) return columnText(section);
    if (role == Qt::TextAlignmentRole) return int((isFigure(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

}  // namespace lathe::widgets::browser::tiles
