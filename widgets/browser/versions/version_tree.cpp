#include "widgets/browser/versions/version_tree.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "widgets/common/counts.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::browser::versions {

using common::Theme;
using common::Token;
using common::Type;

namespace {

constexpr int kVersionRow = 52, kLaneWidth = 14, kLanesLeft = 14, kLanesMost = 8, kChipHeight = 16;

bool sameOrder(const VersionFacts& a, const VersionFacts& b) {
    return std::ranges::equal(a.rows, b.rows, {}, &data::SnapshotRow::id, &data::SnapshotRow::id);
}

int laneX(int lane) {
    return kLanesLeft + std::min(lane, kLanesMost - 1) * kLaneWidth;
}

/// One row as it is painted: text runs from the left, facts stand at the right.
struct VersionRowPainter {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const VersionModel& model;
    const data::SnapshotRow& version;
    const LaneRow& lane;
    bool selected, head;
    int x = 0, right = 0;

    [[nodiscard]] const Theme& theme() const { return Theme::instance(); }
    void ground() const;
    void lines() const;
    void dot() const;
    void upper();
    void lower();
    int text(int line, const QString& words, Type type, Token token, int weight = 0);
    void atRight(int line, const QString& words);
    void chip(const QString& words, Token fill, Token ink);
    [[nodiscard]] QRect band(int line) const { return {0, option.rect.top() + (line == 0 ? 7 : 27), option.rect.right(), 18}; }
};

void VersionRowPainter::ground() const {
    if (selected)
        painter.fillRect(option.rect, theme().colour(option.state & QStyle::State_Active ? Token::Sel : Token::SelOff));
    else if (option.state & QStyle::State_MouseOver)
        painter.fillRect(option.rect, theme().colour(theme().dark() ? Token::Raised : Token::Hover));
    const bool keyboard = option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange;
    if (keyboard) {
        painter.setPen(QPen(theme().colour(Token::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
}

void VersionRowPainter::lines() const {
    const QRectF box = option.rect;
    const double middle = box.top() + 16;
    painter.setBrush(Qt::NoBrush);
    for (const LaneRow::Line& line : lane.lines) {
        painter.setPen(QPen(theme().series(line.colour), 2));
        const double from = box.left() + laneX(line.from), to = box.left() + laneX(line.to);
        const double top = line.above ? box.top() : middle, bottom = line.below ? box.bottom() + 1 : middle;
        QPainterPath path(QPointF(from, top));
        path.cubicTo(QPointF(from, (top + bottom) / 2), QPointF(to, (top + bottom) / 2), QPointF(to, bottom));
        painter.drawPath(path);
    }
}

void VersionRowPainter::dot() const {
    const QPointF centre(option.rect.left() + laneX(lane.lane), option.rect.top() + 16);
    painter.setPen(QPen(theme().colour(Token::Panel), 2));
    painter.setBrush(theme().series(lane.colour));
    painter.drawEllipse(centre, 5.5, 5.5);
    if (!head) return;
    painter.setPen(QPen(theme().colour(Token::T1), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(centre, 7, 7);
}

int VersionRowPainter::text(int line, const QString& words, Type type, Token token, int weight) {
    QFont font = theme().font(type);
    if (weight) font.setWeight(QFont::Weight(weight));
    painter.setFont(font);
    painter.setPen(theme().colour(token));
    QRect where = band(line);
    where.setLeft(x), where.setRight(right);
    const QString shown = painter.fontMetrics().elidedText(words, Qt::ElideRight, std::max(0, where.width()));
    painter.drawText(where, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    return painter.fontMetrics().horizontalAdvance(shown);
}

void VersionRowPainter::atRight(int line, const QString& words) {
    painter.setFont(theme().font(Type::Caption));
    painter.setPen(theme().colour(selected ? Token::T2 : Token::T3));
    right = option.rect.right() - 12;
    QRect where = band(line);
    where.setRight(right);
    painter.drawText(where, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, words);
    right -= painter.fontMetrics().horizontalAdvance(words) + 10;
}

void VersionRowPainter::chip(const QString& words, Token fill, Token ink) {
    QFont font = theme().font(Type::Caption);
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    const int width = painter.fontMetrics().horizontalAdvance(words) + 10;
    if (x + width > right) return;
    const QRect plate(x, band(0).top() + 1, width, kChipHeight);
    common::drawPlate(painter, plate, 3, theme().colour(fill), {});
    painter.setPen(theme().colour(ink));
    painter.drawText(plate, Qt::AlignCenter | Qt::TextSingleLine, words);
    x += width + 4;
}

void VersionRowPainter::upper() {
    atRight(0, common::timeAgo(version.at));
    x += text(0, QString::fromStdString(version.name), Type::Control, Token::T1, QFont::DemiBold) + 8;
    if (head) chip(VersionTree::tr("here"), Token::InfoTint, Token::AccentText);
    if (version.frozenTest && x + 20 < right) {
        painter.drawPixmap(QPoint(x, band(0).top() + 2),
                           common::iconPixmap(QStringLiteral("lock"), Token::Warn, 14, painter.device()->devicePixelRatioF()));
        x += 20;
    }
    for (const auto& tag : version.tags) chip(QString::fromStdString(tag), Token::Chip, Token::T1);
}

void VersionRowPainter::lower() {
    atRight(1, QString::fromStdString(version.author));
    QStringList words{common::Counts::images(std::int64_t(version.images)),
                      common::Counts::annotations(std::int64_t(version.annotations))};
    if (!version.branch.empty()) words.prepend(QString::fromStdString(version.branch));
    text(1, words.join(QStringLiteral("  ·  ")), Type::Table, selected ? Token::T2 : Token::T3);
}

}  // namespace

void VersionModel::setFacts(std::shared_ptr<const VersionFacts> facts) {
    const bool same = m_facts && facts && sameOrder(*m_facts, *facts);
    if (!same) beginResetModel();
    m_facts = std::move(facts);
    m_lanes = m_facts ? lanesOf(m_facts->rows) : std::vector<LaneRow>();
    m_laneCount = std::min(laneCount(m_lanes), kLanesMost);
    if (!same)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int VersionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_facts ? 0 : int(m_facts->rows.size());
}

/// The whole row in words.
QString VersionModel::told(const data::SnapshotRow& row) const {
    QStringList words{versionText(row)};
    if (row.id == m_facts->head) words << tr("the present descends from it");
    if (!row.branch.empty()) words << tr("branch %1").arg(QString::fromStdString(row.branch));
    for (const auto& tag : row.tags) words << tr("tag %1").arg(QString::fromStdString(tag));
    if (row.frozenTest) words << tr("test set frozen");
    for (const SnapshotId parent : {row.parent, row.merged})
        if (const QString name = m_facts->nameOf(parent); !name.isEmpty()) words << tr("from %1").arg(name);
    if (!row.author.empty()) words << tr("by %1").arg(QString::fromStdString(row.author));
    words << common::dateTimeText(row.at);
    if (!row.note.empty()) words << QString::fromStdString(row.note);
    return words.join(QStringLiteral(", "));
}

QVariant VersionModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const data::SnapshotRow& row = at(index.row());
    switch (role) {
        case Qt::DisplayRole: return QString::fromStdString(row.name);
        case Qt::AccessibleTextRole: return told(row);
        case Qt::ToolTipRole: return row.note.empty() ? common::dateTimeText(row.at) : QString::fromStdString(row.note);
        default: return {};
    }
}

void VersionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* model = qobject_cast<const VersionModel*>(index.model());
    if (!model) return;
    const data::SnapshotRow& version = model->at(index.row());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    VersionRowPainter row{*painter,
                          option,
                          *model,
                          version,
                          model->laneAt(index.row()),
                          bool(option.state & QStyle::State_Selected),
                          version.id == model->facts()->head};
    row.ground();
    row.lines();
    row.dot();
    const int left = option.rect.left() + kLanesLeft + model->lanes() * kLaneWidth + 4;
    row.x = left;
    row.upper();
    row.x = left;
    row.lower();
    painter->restore();
}

QSize VersionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, kVersionRow};
}

VersionTree::VersionTree(QWidget* parent) : QListView(parent), m_model(new VersionModel(this)) {
    setModel(m_model);
    setItemDelegate(new VersionDelegate(this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(m_model->at(index.row()).id); });
    retranslate();
}

void VersionTree::setFacts(std::shared_ptr<const VersionFacts> facts) {
    const SnapshotId before = current();
    std::vector<SnapshotId> selected;
    for (const QModelIndex& index : selectionModel()->selectedIndexes()) selected.push_back(m_model->at(index.row()).id);
    m_filling = true;
    m_model->setFacts(std::move(facts));
    const VersionFacts* now = m_model->facts();
    const int row = !now ? -1 : now->find(before) ? now->rowOf(before) : std::max(0, now->rowOf(now->head));
    if (m_model->rowCount() > 0) {
        selectionModel()->setCurrentIndex(m_model->index(row), QItemSelectionModel::ClearAndSelect);
        for (const SnapshotId id : selected)
            if (const int kept = now->rowOf(id); kept >= 0)
                selectionModel()->select(m_model->index(kept), QItemSelectionModel::Select);
    }
    m_filling = false;
    if (current() != before) Q_EMIT chosen(current());
}

SnapshotId VersionTree::current() const {
    return currentIndex().isValid() ? m_model->at(currentIndex().row()).id : SnapshotId();
}

void VersionTree::choose(SnapshotId id) {
    const int row = m_model->facts() ? m_model->facts()->rowOf(id) : -1;
    if (row >= 0) selectionModel()->setCurrentIndex(m_model->index(row), QItemSelectionModel::ClearAndSelect);
}

void VersionTree::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (!m_filling) Q_EMIT chosen(this->current());
}

void VersionTree::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QListView::selectionChanged(selected, deselected);
    if (m_filling || selectionModel()->selectedIndexes().size() != 2) return;
    const auto chosenRows = selectionModel()->selectedIndexes();
    const auto [low, high] = std::minmax({chosenRows[0].row(), chosenRows[1].row()});
    Q_EMIT pairChosen(m_model->at(high).id, m_model->at(low).id);
}

void VersionTree::retranslate() {
    setAccessibleName(tr("Versions"));
    viewport()->update();
}

}  // namespace lathe::widgets::browser::versions
