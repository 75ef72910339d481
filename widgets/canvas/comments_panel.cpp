#include "widgets/canvas/comments_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

using common::Roles;

CommentModel::CommentModel(const Comments& comments, QObject* parent) : QAbstractListModel(parent), m_comments(comments) {
    connect(&comments, &Comments::changed, this, &CommentModel::refresh);
}

void CommentModel::setShowsResolved(bool on) {
    m_resolved = on;
    refresh();
}

void CommentModel::refresh() {
    beginResetModel();
    m_rows.clear();
    for (const bool resolved : {false, true})
        for (const auto& thread : m_comments.threads())
            if (thread.first.resolved == resolved && (m_resolved || !resolved)) m_rows.push_back(thread.first.id);
    endResetModel();
}

int CommentModel::rowOf(store::CommentId id) const {
    const auto found = std::find(m_rows.begin(), m_rows.end(), id);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int CommentModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant CommentModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const CommentThread* thread = m_comments.find(idAt(index.row()));
    if (!thread) return {};
    const QString text = QString::fromStdString(thread->first.text).simplified();
    const QString who = QString::fromStdString(thread->first.author);
    switch (role) {
        case Qt::DisplayRole: return text;
        case Qt::ToolTipRole: return QString::fromStdString(thread->first.text);
        case Roles::IconName: return thread->first.resolved ? QStringLiteral("ok") : QStringLiteral("comment");
        case Roles::Right: return thread->replies.empty() ? who : QStringLiteral("%1 +%2").arg(who).arg(thread->replies.size());
        case Qt::AccessibleTextRole: return tr("%1: %2").arg(who, text);
        case Qt::AccessibleDescriptionRole:
            return thread->first.resolved ? tr("resolved") : tr("%n answer(s)", nullptr, int(thread->replies.size()));
        default: return {};
    }
}

CommentsPanel::CommentsPanel(Document& document, View& view, common::Services& services, QWidget* mode, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_view(view),
      m_mode(mode),
      m_comments(new Comments(document, services, this)),
      m_model(new CommentModel(*m_comments, this)),
      m_do("label", "lathe::widgets::canvas::CommentsPanel", mode),
      m_pins(new CommentPins(*m_comments, document, view)),
      m_popup(new CommentPopup(*m_comments, mode)) {
    buildActions();
    m_tools = new QWidget(this);
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    m_resolvedToo = common::makeIconButton(QStringLiteral("ok"), {}, m_tools);
    m_resolvedToo->setCheckable(true);
    m_resolvedToo->setFixedSize(24, 24);
    m_resolvedToo->setIconSize({16, 16});
    tools->addWidget(m_resolvedToo);
    m_none = common::makeLabel({}, common::Type::Table, common::Token::T3, this);
    m_none->setContentsMargins(12, 0, 12, 12);
    m_none->setWordWrap(true);
    m_note = new common::Note(this);
    m_note->hide();
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new common::RowDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::TabFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_none);
    column->addWidget(m_list, 1);
    m_model->setShowsResolved(false);
    wire();
    retranslate();
    m_do.update();
}

void CommentsPanel::buildActions() {
    const auto some = [this] { return !m_comments->threads().empty(); };
    m_do.add({"comments", QT_TR_NOOP("Show the comments of the image"), "comment", "Alt+C"}, [this] {
        Q_EMIT asked();
        m_list->setFocus(Qt::ShortcutFocusReason);
    });
    m_do.add(
        {"comment-here", QT_TR_NOOP("Comment on the selected shape or the image"), "comment", "Shift+N"},
        [this] { commentSelected(); }, [this] { return m_document.isOpen(); });
    m_do.add(
        {"next-comment", QT_TR_NOOP("Next comment"), "down", "Alt+Down"}, [this] { step(1); }, some);
    m_do.add(
        {"previous-comment", QT_TR_NOOP("Previous comment"), "up", "Alt+Up"}, [this] { step(-1); }, some);
}

void CommentsPanel::wire() {
    connect(m_resolvedToo, &QToolButton::toggled, this, [this](bool on) {
        m_model->setShowsResolved(on);
        m_pins->setShowsResolved(on);
    });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& i) { openThread(m_model->idAt(i.row())); });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& i) { openThread(m_model->idAt(i.row())); });
    connect(m_pins, &CommentPins::opened, this,
            [this](store::CommentId id, const QPoint& global) { m_popup->openThread(m_mode->mapFromGlobal(global), id); });
    connect(m_comments, &Comments::changed, this, [this] {
        showEmpty();
        m_do.update();
        Q_EMIT countChanged();
    });
    connect(m_comments, &Comments::failed, this,
            [this](const Error& error) { m_note->show(common::Tone::Err, common::errorText(error)); });
    connect(&m_document, &Document::opened, this, [this] {
        m_note->hide();
        m_popup->closeOverlay();
        m_do.update();
    });
}

QString CommentsPanel::countText() const {
    const int open = m_comments->openCount();
    return open ? common::number(open) : QString();
}

void CommentsPanel::showEmpty() {
    m_none->setVisible(m_model->rowCount() == 0);
}

void CommentsPanel::commentAt(annot::Point at, AnnotationId shape) {
    const QPointF where = m_view.viewport().toDevice(at) / m_view.devicePixelRatioF();
    m_popup->openNew(m_mode->mapFromGlobal(m_view.mapToGlobal(where.toPoint())), at, shape);
}

void CommentsPanel::commentSelected() {
    m_view.settle();
    const auto selected = m_document.selected();
    if (selected.empty() || selected.front().shape.index() == 0) {
        const QPoint middle = m_mode->mapFromGlobal(m_view.mapToGlobal(m_view.rect().center()));
        return m_popup->openNew(middle - QPoint(170, 60), std::nullopt, {});
    }
    const annot::Rect r = annot::bounds(selected.front().shape);
    m_view.centreOn(r);
    commentAt({r.x + r.w, r.y}, selected.front().id);
}

void CommentsPanel::step(int by) {
    const int rows = m_model->rowCount();
    if (rows == 0) return;
    const int at = m_popup->isVisible() ? m_model->rowOf(m_popup->thread()) : m_list->currentIndex().row();
    const int row = (at + by + rows) % rows;
    m_list->setCurrentIndex(m_model->index(row));
    openThread(m_model->idAt(row));
}

void CommentsPanel::openThread(store::CommentId id) {
    const CommentThread* thread = m_comments->find(id);
    if (!thread) return;
    const auto place = m_comments->placeOf(*thread);
    if (!place) return m_popup->openThread(m_mode->mapFromGlobal(m_list->mapToGlobal(QPoint(-340, 20))), id);
    m_view.centreOn({place->x - 1, place->y - 1, 2, 2});
    const QPointF where = m_view.viewport().toDevice(*place) / m_view.devicePixelRatioF();
    m_popup->openThread(m_mode->mapFromGlobal(m_view.mapToGlobal(where.toPoint())) + QPoint(20, 0), id);
}

void CommentsPanel::retranslate() {
    m_do.retranslate();
    setAccessibleName(tr("Comments"));
    m_list->setAccessibleName(tr("Comments of the image"));
    m_none->setText(tr("No open comments. N and a click on the canvas adds one."));
    m_resolvedToo->setAccessibleName(tr("Show resolved comments too"));
    m_resolvedToo->setToolTip(tr("Show resolved comments too"));
}

}  // namespace lathe::widgets::canvas
