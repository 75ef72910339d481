#include "widgets/canvas/film_strip.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include "widgets/canvas/review_states.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

using common::Theme;
using common::Token;

namespace {

constexpr QSize kPicture(88, 66);
constexpr int kGap = 6, kHeight = 88;

struct Badge {
    const char* icon;
    QColor colour;
};

/// On a dark disc in both themes, so the colours are the dark ones.
Badge badgeOf(const QString& state) {
    if (state == QLatin1String("done") || state == QLatin1String("accepted")) return {"ok", Theme::colour(Token::Ok, true)};
    if (state == QLatin1String("rejected")) return {"no", Theme::colour(Token::Err, true)};
    if (state == QLatin1String("skipped")) return {"skip", Theme::colour(Token::T2, true)};
    if (state == QLatin1String("in_progress")) return {"half", Theme::colour(Token::AccentText, true)};
    return {"circle", Theme::colour(Token::T1, true)};
}

QPixmap tinted(const char* name, const QColor& colour, int size, qreal scale) {
    QPixmap pixmap = common::iconPixmap(QString::fromLatin1(name), Token::T1, size, scale);
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    return pixmap;
}

class FilmDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kPicture.width() + kGap, kPicture.height() + 4};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QRectF r(option.rect.x() + 2, option.rect.y() + 2, kPicture.width(), kPicture.height());
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        QPainterPath frame;
        frame.addRoundedRect(r, 3, 3);
        painter->fillPath(frame, Theme::instance().colour(Token::Control));
        const QPixmap picture = index.data(Qt::DecorationRole).value<QPixmap>();
        if (!picture.isNull()) {
            painter->setClipPath(frame);
            painter->drawPixmap(r, picture, cover(picture.size()));
            painter->setClipping(false);
        }
        if (option.state & QStyle::State_Selected) {
            painter->setPen(QPen(Theme::instance().colour(Token::Focus), 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(r.adjusted(-1, -1, 1, 1), 4, 4);
        } else if (option.state & QStyle::State_MouseOver) {
            painter->setPen(QPen(Theme::instance().colour(Token::Line3), 1));
            painter->drawPath(frame);
        }
        paintBadge(painter, r, index.data(ImageSet::StateRole).toString());
        painter->restore();
    }

private:
    static QRectF cover(QSizeF size) {
        const double k = std::min(size.width() / kPicture.width(), size.height() / kPicture.height());
        const QSizeF part(kPicture.width() * k, kPicture.height() * k);
        return {QPointF((size.width() - part.width()) / 2, (size.height() - part.height()) / 2), part};
    }
    static void paintBadge(QPainter* painter, const QRectF& r, const QString& state) {
        if (state.isEmpty()) return;
        const Badge badge = badgeOf(state);
        const QRectF disc(r.left() + 3, r.bottom() - 21, 18, 18);
        painter->setPen(Qt::NoPen);
        painter->setBrush(QColor(16, 17, 18, 204));
        painter->drawEllipse(disc);
        painter->drawPixmap(disc.topLeft() + QPointF(1, 1),
                            tinted(badge.icon, badge.colour, 16, painter->device()->devicePixelRatioF()));
    }
};

QListView* makeList(ImageSet& set, QWidget* parent) {
    auto* list = new QListView(parent);
    list->setModel(&set);
    list->setItemDelegate(new FilmDelegate(list));
    list->setFlow(QListView::LeftToRight);
    list->setWrapping(false);
    list->setUniformItemSizes(true);
    list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->setFocusPolicy(Qt::TabFocus);
    list->setFixedHeight(kPicture.height() + 6);
    return list;
}

}  // namespace

QList<FilmFilter> filmFilters() {
    QList<FilmFilter> filters{{{}, FilmStrip::tr("All images")}};
    for (const auto state : store::kStates) {
        const QString name = QString::fromLatin1(state.data(), qsizetype(state.size()));
        filters.append({QStringLiteral("state:") + name, common::imageStateText(name)});
    }
    filters.append({QStringLiteral("comments:open"), FilmStrip::tr("With open comments")});
    filters.append({QStringLiteral("suggestions:yes"), FilmStrip::tr("With suggestions")});
    return filters;
}

FilmStrip::FilmStrip(ImageSet& set, QAction* previous, QAction* next, QWidget* parent) : QFrame(parent), m_set(set) {
    setAutoFillBackground(true);
    setFixedHeight(kHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(6);
    auto* left = new QWidget(this);
    left->setFixedWidth(132);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_done = common::makeLabel({}, common::Type::Table, Token::T1, left);
    m_done->setTextFormat(Qt::RichText);
    m_bar = new QProgressBar(left);
    m_bar->setTextVisible(false);
    m_pace = common::makeLabel({}, common::Type::Caption, Token::T3, left);
    column->addStretch();
    column->addWidget(m_done);
    column->addWidget(m_bar);
    column->addWidget(m_pace);
    column->addStretch();
    m_list = makeList(set, this);
    m_filter = common::makeIconButton(QStringLiteral("filter"), {}, this);
    m_filter->setMenu(new QMenu(m_filter));
    m_filter->setPopupMode(QToolButton::InstantPopup);
    connect(m_filter->menu(), &QMenu::aboutToShow, this, &FilmStrip::fillFilterMenu);
    row->addWidget(left);
    row->addWidget(m_filter);
    row->addWidget(common::makeIconButton(previous, QStringLiteral("left"), this));
    row->addWidget(m_list, 1);
    row->addWidget(common::makeIconButton(next, QStringLiteral("right"), this));
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& i) { Q_EMIT chosen(m_set.idAt(i.row())); });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& i) { Q_EMIT chosen(m_set.idAt(i.row())); });
    connect(&set, &ImageSet::modelReset, this, &FilmStrip::showProgress);
    connect(&set, &ImageSet::dataChanged, this, &FilmStrip::showProgress);
    connect(&Theme::instance(), &Theme::changed, this, &FilmStrip::showProgress);
    retranslate();
}

void FilmStrip::fillFilterMenu() {
    m_filter->menu()->clear();
    for (const FilmFilter& filter : filmFilters()) {
        QAction* action =
            m_filter->menu()->addAction(filter.title, this, [this, term = filter.term] { Q_EMIT filterChosen(term); });
        action->setCheckable(true);
        action->setChecked(filter.term == m_term);
    }
}

void FilmStrip::setFilter(const QString& term) {
    m_term = term;
    QString title = tr("Show images by state");
    for (const FilmFilter& filter : filmFilters())
        if (filter.term == term && !term.isEmpty()) title = tr("Shown: %1").arg(filter.title);
    m_filter->setIcon(term.isEmpty() ? common::icon(QStringLiteral("filter"))
                                     : common::icon(QStringLiteral("filter"), Token::AccentText));
    m_filter->setAccessibleName(title);
    m_filter->setToolTip(title);
}

void FilmStrip::showCurrent(int row) {
    const QModelIndex at = m_set.index(row);
    if (!at.isValid()) return m_list->selectionModel()->clear();
    m_list->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect);
    m_list->scrollTo(at, QAbstractItemView::PositionAtCenter);
}

void FilmStrip::showProgress() {
    const int all = m_set.rowCount(), done = m_set.finishedCount();
    m_done->setText(
        QStringLiteral("<b>%1</b> <span style='color:%2'>/ %3</span>")
            .arg(common::number(done), Theme::instance().colour(Token::T3).name(), tr("%1 done").arg(common::number(all))));
    m_bar->setRange(0, std::max(1, all));
    m_bar->setValue(done);
}

void FilmStrip::setPace(double seconds) {
    m_seconds = seconds;
    m_pace->setText(seconds > 0 ? tr("%1 per image").arg(common::duration(seconds)) : QString());
    m_pace->setVisible(seconds > 0);
}

void FilmStrip::retranslate() {
    setAccessibleName(tr("Film strip"));
    m_list->setAccessibleName(tr("Images of the set"));
    m_bar->setAccessibleName(tr("Done images"));
    setFilter(m_term);
    setPace(m_seconds);
    showProgress();
}

}  // namespace lathe::widgets::canvas
