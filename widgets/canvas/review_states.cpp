#include "widgets/canvas/review_states.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace lathe::widgets::canvas {

using common::Token;
using common::Type;

namespace {

constexpr int kReviewStatesWidth = 360, kReviewStatesHeight = 292;

struct People {
    std::vector<store::User> users;
    std::string reason;
};

}  // namespace

ReasonPopup::ReasonPopup(QWidget* mode) : Overlay(mode, {}), m_recent(new QStringListModel(this)) {
    m_title = common::makeElidedLabel({}, Type::Table, Token::T2, this);
    m_title->setContentsMargins(12, 12, 12, 6);
    m_field = new QLineEdit(this);
    m_field->installEventFilter(this);
    m_list = new QListView(this);
    m_list->setModel(m_recent);
    m_list->setItemDelegate(new common::RowDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->viewport()->setAutoFillBackground(false);
    m_reject = new common::ActionButton(QString(), common::ButtonKind::Danger, this);
    auto* field = new QHBoxLayout;
    field->setContentsMargins(12, 0, 12, 8);
    field->setSpacing(8);
    field->addWidget(m_field, 1);
    field->addWidget(m_reject);
    body()->addWidget(m_title);
    body()->addLayout(field);
    body()->addWidget(m_list, 1);
    body()->addSpacing(4);
    connect(m_field, &QLineEdit::textEdited, this, [this] { m_reject->setEnabled(!m_field->text().trimmed().isEmpty()); });
    connect(m_reject, &QPushButton::clicked, this, [this] { give(m_field->text()); });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& i) { give(i.data().toString()); });
    retranslate();
}

void ReasonPopup::retranslate() {
    setAccessibleName(tr("Reason of the rejection"));
    m_field->setPlaceholderText(tr("Why it is rejected, Enter rejects"));
    m_field->setAccessibleName(tr("Why it is rejected"));
    m_list->setAccessibleName(tr("Reasons given before"));
    m_reject->setText(tr("Reject"));
}

void ReasonPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Overlay::changeEvent(event);
}

void ReasonPopup::openAt(const QPoint& top, const QString& image) {
    m_title->setText(tr("Reject %1").arg(image));
    m_field->clear();
    m_reject->setEnabled(false);
    m_list->selectionModel()->clear();
    open(QRect(top.x() - kReviewStatesWidth / 2, top.y(), kReviewStatesWidth, kReviewStatesHeight));
    m_field->setFocus(Qt::PopupFocusReason);
}

void ReasonPopup::setRecent(const QStringList& reasons) {
    m_recent->setStringList(reasons);
}

void ReasonPopup::give(const QString& reason) {
    if (reason.trimmed().isEmpty()) return;
    closeOverlay();
    Q_EMIT given(reason.trimmed());
}

void ReasonPopup::pick(int by) {
    if (m_recent->rowCount() == 0) return;
    const int row = std::clamp(m_list->currentIndex().row() + by, 0, m_recent->rowCount() - 1);
    m_list->setCurrentIndex(m_recent->index(row));
    m_field->setText(m_recent->index(row).data().toString());
    m_reject->setEnabled(true);
}

bool ReasonPopup::eventFilter(QObject* object, QEvent* event) {
    if (object == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Down: return pick(1), true;
            case Qt::Key_Up: return pick(-1), true;
            case Qt::Key_Return:
            case Qt::Key_Enter: return give(m_field->text()), true;
            case Qt::Key_Escape: return closeOverlay(), true;
            default: break;
        }
    }
    return Overlay::eventFilter(object, event);
}

ReviewStates::ReviewStates(Document& document, common::Services& services, QWidget* mode)
    : QObject(mode),
      m_document(document),
      m_services(services),
      m_mode(mode),
      m_do("label", "lathe::widgets::canvas::ReviewStates", mode),
      m_popup(new ReasonPopup(mode)) {
    buildActions();
    connect(m_popup, &ReasonPopup::given, this,
            [this](const QString& reason) { Q_EMIT wanted(QStringLiteral("rejected"), reason); });
    connect(&document, &Document::opened, this, [this] {
        m_state = QString::fromStdString(m_document.image().state);
        m_reason.clear();
        m_popup->closeOverlay();
        m_do.update();
        reload();
    });
    m_do.update();
}

void ReviewStates::buildActions() {
    const auto may = [this] { return m_document.isOpen() && m_mayReview; };
    m_do.add(
        {"reject", QT_TR_NOOP("Reject"), "no", "Shift+R"}, [this] { askWhy(); }, may);
    m_do.add(
        {"accept", QT_TR_NOOP("Accept and next"), "ok", "Shift+A"}, [this] { Q_EMIT wanted(QStringLiteral("accepted"), {}); }, may);
    m_do.add(
        {"reopen", QT_TR_NOOP("Open the image again for work"), "retry", "Shift+W"},
        [this] { Q_EMIT wanted(QStringLiteral("in_progress"), {}); },
        [this] { return m_document.isOpen() && m_state != QLatin1String("in_progress") && m_state != QLatin1String("new"); });
}

bool ReviewStates::reviewing() const {
    return m_document.isOpen() && m_hasProfile && m_mayReview &&
           (m_state == QLatin1String("done") || m_state == QLatin1String("accepted") || m_state == QLatin1String("rejected"));
}

void ReviewStates::setState(const QString& state) {
    if (state == m_state) return;
    m_state = state;
    if (state != QLatin1String("rejected")) m_reason.clear();
    m_do.update();
    Q_EMIT changed();
}

void ReviewStates::reload() {
    const auto workspace = m_document.source().workspace;
    if (!workspace) return;
    const ImageId image = m_document.image().id;
    m_services.jobs->run<People>(
        tr("Read the profiles"), this,
        [workspace, image](std::stop_token, const Progress&) -> Result<People> {
            People people;
            LATHE_TRY(people.users, store::users(*workspace));
            if (image.valid()) {
                LATHE_TRY(people.reason, store::rejectionReason(*workspace, image));
            }
            return people;
        },
        [this, image](Result<People> people) {
            if (!people || m_document.image().id != image) return;
            m_hasProfile = false;
            m_mayReview = people->users.empty();
            for (const auto& user : people->users)
                if (user.name == m_services.user.toStdString()) m_hasProfile = true, m_mayReview = store::mayReview(user.role);
            m_reason = QString::fromStdString(people->reason);
            showRole();
            m_do.update();
            Q_EMIT changed();
        },
        true);
}

void ReviewStates::showRole() {
    for (const char* id : {"reject", "accept"})
        m_do[id]->setStatusTip(m_mayReview ? QString() : tr("%1 has no profile that reviews.").arg(m_services.user));
}

void ReviewStates::askWhy() {
    const auto workspace = m_document.source().workspace;
    m_popup->openAt(QPoint(m_mode->width() / 2, 48), QString::fromStdString(m_document.image().name).section(u'/', -1));
    m_services.jobs->run<std::vector<std::string>>(
        tr("Read the reasons"), m_popup, [workspace](std::stop_token, const Progress&) { return store::recentReasons(*workspace); },
        [this](Result<std::vector<std::string>> reasons) {
            if (!reasons) return;
            QStringList words;
            for (const auto& reason : *reasons) words << QString::fromStdString(reason);
            m_popup->setRecent(words);
        },
        true);
}

void ReviewStates::retranslate() {
    m_do.retranslate();
    showRole();
}

}  // namespace lathe::widgets::canvas
