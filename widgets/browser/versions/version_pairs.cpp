#include "widgets/browser/versions/version_pairs.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::browser::versions {

using common::Theme;
using common::Token;
using common::Type;

namespace {

constexpr std::size_t kPairPagesKept = 24;
constexpr int kPairMargin = 8, kPairEdge = 12, kPairWidest = 272, kPairNarrowest = 96, kPairWords = 232, kPairLine = 20;

struct PairPainter {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const VersionPicture* picture;
    const PairSource& source;
    QStringList words;
    QString name;
    int width;
    bool beside;  ///< the words stand at the right of the pictures, else above them

    [[nodiscard]] const Theme& theme() const { return Theme::instance(); }
    [[nodiscard]] QRect frame(int side) const {
        const int top = option.rect.top() + kPairMargin + (beside ? 0 : kPairLine + 4);
        return {option.rect.left() + kPairEdge + side * (width + kPairMargin), top, width, width * 3 / 4};
    }

    void ground() const {
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            painter.fillRect(option.rect, theme().colour(option.state & QStyle::State_Active ? Token::Sel : Token::SelOff));
        else if (option.state & QStyle::State_MouseOver)
            painter.fillRect(option.rect, theme().colour(theme().dark() ? Token::Raised : Token::Hover));
    }

    void side(int k, const QPixmap& pixmap) const {
        const QRect box = frame(k);
        painter.fillRect(box, theme().colour(Token::Paste));
        if (!picture) return title(k, source.titles[std::size_t(k)]);
        const VersionPicture::Side& shown = picture->sides[std::size_t(k)];
        if (!shown.there) return absent(box, k);
        if (!pixmap.isNull()) {
            const QSize size = pixmap.size().scaled(box.size(), Qt::KeepAspectRatio);
            const QRect place(box.center() - QPoint(size.width() / 2, size.height() / 2), size);
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawPixmap(place, pixmap);
            paintMarks(painter, place, {picture->image.width, picture->image.height}, shown);
        } else if (picture->image.missing) {
            painter.drawPixmap(box.center() - QPoint(10, 10),
                               common::iconPixmap(QStringLiteral("file"), Token::Warn, 20, painter.device()->devicePixelRatioF()));
        }
        title(k, source.titles[std::size_t(k)]);
        labels(box, k);
    }

    void absent(const QRect& box, int k) const {
        painter.setFont(theme().font(Type::Table));
        painter.setPen(theme().colour(Token::T3));
        painter.drawText(box, Qt::AlignCenter, PairList::tr("Not in %1").arg(source.titles[std::size_t(k)]));
    }

    /// A word on black in a corner of the picture.
    void plate(QRect where, const QString& text, const QColor& ink, bool atBottom) const {
        painter.setFont(theme().font(Type::Caption));
        const int wide = std::min(painter.fontMetrics().horizontalAdvance(text) + 10, where.width());
        const QRect box(where.left(), atBottom ? where.bottom() - 17 : where.top(), wide, 18);
        painter.fillRect(box, QColor(0, 0, 0, 199));
        painter.setPen(ink);
        painter.drawText(box.adjusted(5, 0, -5, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width() - 8));
    }
    void title(int k, const QString& text) const { plate(frame(k), text, Theme::colour(Token::T1, true), false); }

    /// Classes of the whole image; those that the other side hasn't got are coloured and signed.
    void labels(const QRect& box, int k) const {
        const auto& own = picture->sides[std::size_t(k)].labels;
        const auto& other = picture->sides[std::size_t(1 - k)].labels;
        if (own.isEmpty()) return;
        const bool differs = own != other && picture->sides[std::size_t(1 - k)].there;
        const QColor ink = !differs ? Theme::colour(Token::T1, true)
                                    : changeColour(k == 0 ? data::ShapeChange::Removed : data::ShapeChange::Added);
        const QString sign = !differs ? QString() : k == 0 ? QStringLiteral("− ") : QStringLiteral("+ ");
        plate(box, sign + own.join(QStringLiteral(", ")), ink, true);
    }

    void text() const {
        QRect line(beside ? frame(1).right() + 16 : frame(0).left(), beside ? frame(0).top() : option.rect.top() + kPairMargin, 0,
                   kPairLine);
        line.setRight(option.rect.right() - kPairEdge);
        const int used = heading(line);
        painter.setFont(theme().font(Type::Table));
        painter.setPen(theme().colour(Token::T2));
        if (beside) {
            for (const QString& one : words)
                if (line.translate(0, kPairLine); line.bottom() <= frame(0).bottom() + 4) elided(line, one);
        } else {
            line.setLeft(line.left() + used + 12);
            elided(line, words.join(QStringLiteral("; ")));
        }
    }

    /// Pixels that the name took.
    int heading(const QRect& line) const {
        QFont strong = theme().font(Type::Control);
        strong.setWeight(QFont::DemiBold);
        painter.setFont(strong);
        painter.setPen(theme().colour(Token::T1));
        const QString shown =
            painter.fontMetrics().elidedText(name, Qt::ElideMiddle, beside ? line.width() : std::max(80, line.width() / 2));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        return painter.fontMetrics().horizontalAdvance(shown);
    }

    void elided(const QRect& line, const QString& text) const {
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
    }
};

}  // namespace

PairModel::PairModel(common::Jobs& jobs, QObject* parent) : QAbstractListModel(parent), m_jobs(jobs) {}

void PairModel::reset(std::shared_ptr<store::Workspace> workspace, PairSource source, std::vector<std::size_t> order) {
    m_workspace = std::move(workspace);
    m_source = std::move(source);
    setOrder(std::move(order));
}

void PairModel::setOrder(std::vector<std::size_t> order) {
    beginResetModel();
    m_order = std::move(order);
    m_pages.clear();
    ++m_generation;
    endResetModel();
}

void PairModel::retell() {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int PairModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_order.size());
}

QVariant PairModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const std::size_t row = std::size_t(index.row());
    const auto page = m_pages.find(row / kPage);
    const bool there = page != m_pages.end() && row % kPage < page->second.pictures.size();
    const QString name = there ? QString::fromStdString(page->second.pictures[row % kPage].image.name).section('/', -1)
                               : tr("Image %1").arg(imageAt(index.row()).value);
    switch (role) {
        case Qt::DisplayRole: return name;
        case Qt::AccessibleTextRole: return name + QStringLiteral(": ") + wordsAt(index.row()).join(QStringLiteral(", "));
        case ImageRole: return qlonglong(imageAt(index.row()).value);
        default: return {};
    }
}

const VersionPicture* PairModel::at(int row) {
    Page& page = m_pages[std::size_t(row) / kPage];
    page.lastUse = ++m_clock;
    if (page.pictures.empty() && !page.loading) load(std::size_t(row) / kPage);
    const std::size_t place = std::size_t(row) % kPage;
    return place < page.pictures.size() ? &page.pictures[place] : nullptr;
}

void PairModel::load(std::size_t number) {
    m_pages[number].loading = true;
    const std::size_t first = number * kPage, last = std::min(m_order.size(), first + kPage);
    std::vector<std::size_t> wanted(m_order.begin() + std::ptrdiff_t(first), m_order.begin() + std::ptrdiff_t(last));
    m_jobs.run<std::vector<VersionPicture>>(
        tr("Read images"), this,
        [workspace = m_workspace, load = m_source.load, wanted = std::move(wanted)](std::stop_token stop, const Progress&) {
            return load(*workspace, wanted, stop);
        },
        [this, number, first, last, generation = m_generation](Result<std::vector<VersionPicture>> pictures) {
            if (generation != m_generation) return;
            Page& page = m_pages[number];
            page.loading = !pictures;  // what can't be read isn't asked for again
            if (!pictures) return;
            page.pictures = std::move(*pictures);
            while (m_pages.size() > kPairPagesKept) {
                const auto oldest = std::ranges::min_element(m_pages, {}, [](const auto& one) { return one.second.lastUse; });
                if (oldest->second.loading) break;
                m_pages.erase(oldest);
            }
            Q_EMIT dataChanged(index(int(first)), index(int(last) - 1));
        },
        true);
}

PairDelegate::PairDelegate(PairModel& model, common::Thumbnails& thumbnails, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model), m_thumbnails(thumbnails) {}

void PairDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* list = qobject_cast<const PairList*>(option.widget);
    if (!list) return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const VersionPicture* picture = m_model.at(index.row());
    const PairPainter row{*painter,
                          option,
                          picture,
                          m_model.source(),
                          m_model.wordsAt(index.row()),
                          index.data(Qt::DisplayRole).toString(),
                          list->pictureWidth(),
                          list->wordsBeside()};
    const QPixmap pixmap = picture ? m_thumbnails.get(picture->image) : QPixmap();
    row.ground();
    row.side(0, pixmap);
    row.side(1, pixmap);
    row.text();
    painter->restore();
}

QSize PairDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const auto* list = qobject_cast<const PairList*>(option.widget);
    const int width = list ? list->pictureWidth() : kPairWidest;
    return {2 * width, width * 3 / 4 + 2 * kPairMargin + (!list || list->wordsBeside() ? 0 : kPairLine + 4)};
}

PairList::PairList(common::Jobs& jobs, common::Thumbnails& thumbnails, QWidget* parent)
    : QListView(parent), m_pairs(new PairModel(jobs, this)) {
    setModel(m_pairs);
    setItemDelegate(new PairDelegate(*m_pairs, thumbnails, this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&thumbnails, &common::Thumbnails::ready, viewport(), qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, &thumbnails, &common::Thumbnails::forgetWishes);
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(m_pairs->imageAt(index.row())); });
}

bool PairList::wordsBeside() const {
    return viewport()->width() >= 2 * kPairWidest + kPairWords;
}

int PairList::pictureWidth() const {
    const int room = viewport()->width() - 2 * kPairEdge - kPairMargin;
    return wordsBeside() ? kPairWidest : std::clamp(room / 2, kPairNarrowest, kPairWidest);
}

void PairList::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

}  // namespace lathe::widgets::browser::versions
