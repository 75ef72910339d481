#include "widgets/canvas/comment_popup.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {
constexpr int kCommentWidth = 320, kCommentField = 64, kMostLines = 260;
}

CommentPopup::CommentPopup(Comments& comments, QWidget* mode) : Overlay(mode, {}), m_comments(comments) {
    build();
    connect(&comments, &Comments::changed, this, [this] {
        if (!isVisible() || !m_thread.valid()) return;
        if (!m_comments.find(m_thread)) return closeOverlay();
        fill();
        place();
    });
    retranslate();
}

void CommentPopup::build() {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 4);
    m_title = common::makeLabel({}, Type::Table, Token::T3, this);
    m_remove = common::makeIconButton(QStringLiteral("trash"), {}, this);
    head->addWidget(m_title, 1);
    head->addWidget(m_remove);
    m_area = new QScrollArea(this);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->viewport()->setAutoFillBackground(false);
    m_field = new QPlainTextEdit(this);
    m_field->setFixedHeight(kCommentField);
    m_field->setTabChangesFocus(true);
    m_field->installEventFilter(this);
    auto* fieldBox = new QVBoxLayout;
    fieldBox->setContentsMargins(12, 4, 12, 8);
    fieldBox->addWidget(m_field);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 0, 12, 12);
    m_resolve = new common::ActionButton(QString(), common::ButtonKind::Normal, this);
    m_send = new common::ActionButton(QString(), common::ButtonKind::Primary, this);
    buttons->addWidget(m_resolve);
    buttons->addStretch();
    buttons->addWidget(m_send);
    body()->addLayout(head);
    body()->addWidget(m_area, 1);
    body()->addLayout(fieldBox);
    body()->addLayout(buttons);
    connect(m_send, &QPushButton::clicked, this, &CommentPopup::send);
    connect(m_resolve, &QPushButton::clicked, this, &CommentPopup::toggleResolved);
    connect(m_remove, &QToolButton::clicked, this, &CommentPopup::removeThread);
    connect(m_field, &QPlainTextEdit::textChanged, this,
            [this] { m_send->setEnabled(!m_field->toPlainText().trimmed().isEmpty()); });
}

void CommentPopup::retranslate() {
    setAccessibleName(tr("Comment"));
    m_area->setAccessibleName(tr("What was said"));
    m_field->setAccessibleName(tr("Text of the comment"));
    m_field->setPlaceholderText(tr("Comment, Ctrl+Enter sends"));
    m_remove->setAccessibleName(tr("Remove the comment with its answers"));
    m_remove->setToolTip(tr("Remove the comment with its answers"));
    m_send->setText(m_thread.valid() ? tr("Answer") : tr("Comment"));
}

void CommentPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Overlay::changeEvent(event);
}

void CommentPopup::openNew(const QPoint& at, std::optional<annot::Point> placed, AnnotationId shape) {
    m_at = at;
    m_thread = {};
    m_place = placed;
    m_shape = shape;
    m_field->clear();
    m_send->setEnabled(false);
    fill();
    place();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommentPopup::openThread(const QPoint& at, store::CommentId id) {
    if (!m_comments.find(id)) return;
    m_at = at;
    m_thread = id;
    m_field->clear();
    m_send->setEnabled(false);
    fill();
    place();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommentPopup::addLine(const store::Comment& comment) {
    auto* who = common::makeLabel(QString::fromStdString(comment.author) + QStringLiteral("   ") + common::timeAgo(comment.at),
                                  Type::Caption, Token::T3, m_lines);
    auto* text = common::makeLabel(QString::fromStdString(comment.text), Type::Table, Token::T1, m_lines);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setFocusPolicy(Qt::NoFocus);
    m_lines->layout()->addWidget(who);
    m_lines->layout()->addWidget(text);
}

void CommentPopup::fill() {
    m_lines = new QWidget;
    m_lines->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(m_lines);
    column->setContentsMargins(12, 0, 12, 4);
    column->setSpacing(2);
    const CommentThread* thread = m_comments.find(m_thread);
    if (thread) {
        addLine(thread->first);
        for (const auto& reply : thread->replies) addLine(reply);
    }
    m_area->setWidget(m_lines);
    m_area->setVisible(thread != nullptr);
    m_resolve->setVisible(thread != nullptr);
    m_remove->setVisible(thread && thread->first.author == m_comments.user().toStdString());
    m_title->setText(!thread                  ? tr("New comment")
                     : thread->first.resolved ? tr("Resolved by %1").arg(QString::fromStdString(thread->first.resolvedBy))
                                              : tr("%n comment(s)", nullptr, int(thread->replies.size()) + 1));
    if (thread) m_resolve->setText(thread->first.resolved ? tr("Open again") : tr("Resolve"));
    m_send->setText(thread ? tr("Answer") : tr("Comment"));
}

void CommentPopup::place() {
    const int lines = m_area->isHidden()
                          ? 0
                          : std::min(kMostLines, m_lines->heightForWidth(kCommentWidth) > 0 ? m_lines->heightForWidth(kCommentWidth)
                                                                                            : m_lines->sizeHint().height());
    m_area->setFixedHeight(lines);
    body()->activate();  // what is hidden for this thread takes no room
    const int height = body()->sizeHint().height();
    const bool left = m_at.x() + 20 + kCommentWidth > parentWidget()->width();
    open(QRect(left ? m_at.x() - 20 - kCommentWidth : m_at.x() + 20, m_at.y() - 20, kCommentWidth, height));
}

void CommentPopup::send() {
    const QString text = m_field->toPlainText().trimmed();
    if (text.isEmpty()) return;
    m_comments.add(text, m_thread, m_place, m_shape);
    m_field->clear();
    if (!m_thread.valid()) closeOverlay();
}

void CommentPopup::toggleResolved() {
    const CommentThread* thread = m_comments.find(m_thread);
    if (!thread) return;
    const bool resolve = !thread->first.resolved;
    m_comments.setResolved(m_thread, resolve);
    if (resolve) closeOverlay();
}

void CommentPopup::removeThread() {
    m_comments.remove(m_thread);
    closeOverlay();
}

// What is typed here is for the comment, also where an action of the mode has the key.
bool CommentPopup::eventFilter(QObject* object, QEvent* event) {
    const bool typed = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (object != m_field || !typed) return Overlay::eventFilter(object, event);
    const auto& key = *static_cast<QKeyEvent*>(event);
    const bool sends = (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) && (key.modifiers() & Qt::ControlModifier);
    if (key.key() != Qt::Key_Escape && !sends) return Overlay::eventFilter(object, event);
    event->accept();
    if (event->type() == QEvent::KeyPress) {
        if (sends)
            send();
        else
            closeOverlay();
    }
    return true;
}

}  // namespace lathe::widgets::canvas
