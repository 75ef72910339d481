#include "app/workbench/shell/user_popup.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListView>

namespace lathe::shell {
using namespace widgets::common;

namespace {
constexpr QSize kUserPopupSize(340, 340);
}

QString roleText(store::Role role) {
    switch (role) {
        case store::Role::Annotator: return UserPopup::tr("Annotator");
        case store::Role::Reviewer: return UserPopup::tr("Reviewer");
        case store::Role::Scientist: return UserPopup::tr("Data scientist");
        case store::Role::Engineer: return UserPopup::tr("Engineer");
    }
    return {};
}

void Profiles::set(std::vector<store::User> users, const QString& current) {
    beginResetModel();
    m_users = std::move(users);
    m_current = current;
    endResetModel();
}

int Profiles::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_users.size());
}

QVariant Profiles::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const store::User& user = at(index.row());
    const QString name = QString::fromStdString(user.name);
    switch (role) {
        case Qt::DisplayRole: return name;
        case Roles::Swatch: return QColor(QString::fromStdString(user.colour));
        case Roles::Right: return roleText(user.role);
        case Roles::SubText: return name == m_current ? tr("you") : QString();
        case Qt::AccessibleDescriptionRole: return roleText(user.role);
        default: return {};
    }
}

UserPopup::UserPopup(Jobs& jobs, QWidget* window) : Overlay(window, {}), m_jobs(jobs), m_profiles(new Profiles(this)) {
    build();
    connect(m_list, &QListView::clicked, this, &UserPopup::choose);
    connect(m_list, &QListView::activated, this, &UserPopup::choose);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& i) {
        if (!i.isValid()) return;
        m_name->setText(QString::fromStdString(m_profiles->at(i.row()).name));
        m_role->setCurrentIndex(int(m_profiles->at(i.row()).role));
    });
    connect(m_name, &QLineEdit::textChanged, this, &UserPopup::updateButtons);
    connect(m_name, &QLineEdit::returnPressed, this, &UserPopup::save);
    connect(m_save, &QPushButton::clicked, this, &UserPopup::save);
    connect(m_remove, &QPushButton::clicked, this, &UserPopup::remove);
    retranslate();
}

void UserPopup::build() {
    m_title = makeLabel({}, Type::Section, Token::T1, this);
    m_title->setContentsMargins(12, 12, 12, 8);
    m_none = makeLabel({}, Type::Table, Token::T3, this);
    m_none->setContentsMargins(12, 0, 12, 8);
    m_none->setWordWrap(true);
    m_list = new QListView(this);
    m_list->setModel(m_profiles);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_note = new Note(this);
    m_note->hide();
    m_name = new QLineEdit(this);
    m_role = new QComboBox(this);
    m_save = new ActionButton(QString(), ButtonKind::Primary, this);
    m_remove = new ActionButton(QString(), ButtonKind::Quiet, this);
    auto* fields = new QHBoxLayout;
    fields->setContentsMargins(12, 8, 12, 8);
    fields->setSpacing(8);
    fields->addWidget(m_name, 1);
    fields->addWidget(m_role);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 0, 12, 12);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    buttons->addWidget(m_save);
    body()->addWidget(m_title);
    m_none->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    body()->addWidget(m_none, 1);
    body()->addWidget(m_list, 1);
    body()->addWidget(m_note);
    body()->addWidget(makeRule(this));
    body()->addLayout(fields);
    body()->addLayout(buttons);
}

void UserPopup::retranslate() {
    setAccessibleName(tr("User"));
    m_list->setAccessibleName(tr("Profiles"));
    m_none->setText(m_workspace ? tr("No profiles yet: everybody may do everything here.")
                                : tr("Profiles are kept in a workspace; none is open."));
    m_name->setPlaceholderText(tr("Name"));
    m_name->setAccessibleName(tr("Name of the profile"));
    m_role->setAccessibleName(tr("Role of the profile"));
    m_role->setAccessibleDescription(tr("What the profile may do"));
    const int role = std::max(0, m_role->currentIndex());
    m_role->clear();
    for (int i = 0; i < int(store::kRoleNames.size()); ++i) m_role->addItem(roleText(store::Role(i)));
    m_role->setCurrentIndex(role);
    m_remove->setText(tr("Remove profile"));
    m_title->setText(tr("You act as %1").arg(m_user));
    updateButtons();
}

void UserPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Overlay::changeEvent(event);
}

void UserPopup::openAt(const QPoint& bottomLeft, std::shared_ptr<store::Workspace> workspace, const QString& user) {
    m_workspace = std::move(workspace);
    m_user = user;
    m_note->hide();
    m_name->setText(user);
    take({});
    retranslate();
    open(QRect(QPoint(bottomLeft.x(), bottomLeft.y() - kUserPopupSize.height()), kUserPopupSize));
    m_name->setFocus(Qt::PopupFocusReason);
    m_name->selectAll();
    read();
}

void UserPopup::read() {
    if (!m_workspace) return;
    m_jobs.run<std::vector<store::User>>(
        tr("Read the profiles"), this,
        [workspace = m_workspace](std::stop_token, const Progress&) { return store::users(*workspace); },
        [this](Result<std::vector<store::User>> users) {
            if (users) return take(std::move(*users));
            m_note->show(Tone::Err, errorText(users.error()));
        },
        true);
}

void UserPopup::take(std::vector<store::User> users) {
    const QString wanted = m_name->text();
    m_profiles->set(std::move(users), m_user);
    m_none->setVisible(m_profiles->rowCount() == 0);
    m_list->setVisible(m_profiles->rowCount() > 0);
    for (int row = 0; row < m_profiles->rowCount(); ++row)
        if (QString::fromStdString(m_profiles->at(row).name) == wanted) m_list->setCurrentIndex(m_profiles->index(row));
    updateButtons();
}

void UserPopup::updateButtons() {
    bool known = false;
    for (int row = 0; row < m_profiles->rowCount(); ++row)
        known = known || QString::fromStdString(m_profiles->at(row).name) == m_name->text().trimmed();
    m_save->setText(!m_workspace ? tr("Use this name") : known ? tr("Save and use") : tr("Add and use"));
    m_save->setEnabled(!m_name->text().trimmed().isEmpty());
    m_remove->setEnabled(known);
    m_role->setEnabled(m_workspace != nullptr);
}

void UserPopup::choose(const QModelIndex& index) {
    if (!index.isValid()) return;
    const QString name = QString::fromStdString(m_profiles->at(index.row()).name);
    closeOverlay();
    Q_EMIT userChosen(name);
}

void UserPopup::save() {
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) return;
    m_user = name;
    Q_EMIT userChosen(name);
    if (!m_workspace) return closeOverlay();
    write(
        tr("Save the profile"),
        [user = store::User{name.toStdString(), {}, store::Role(m_role->currentIndex())}](store::Workspace& workspace) -> Result<> {
            store::User wanted = user;
            LATHE_TRY(const auto users, store::users(workspace));
            for (const auto& known : users)
                if (known.name == wanted.name) wanted.colour = known.colour;
            LATHE_CHECK(store::saveUser(workspace, wanted));
            return {};
        });
    closeOverlay();
}

void UserPopup::remove() {
    write(tr("Remove the profile"), [name = m_name->text().trimmed().toStdString()](store::Workspace& workspace) {
        return store::removeUser(workspace, name);
    });
}

void UserPopup::write(const QString& title, std::function<Result<>(store::Workspace&)> work) {
    m_jobs.run<bool>(
        title, this,
        [workspace = m_workspace, work = std::move(work)](std::stop_token, const Progress&) -> Result<bool> {
            LATHE_CHECK(work(*workspace));
            return true;
        },
        [this](Result<bool> done) {
            if (!done) m_note->show(Tone::Err, errorText(done.error()));
            read();
            Q_EMIT profilesChanged();
        },
        true);
}

}  // namespace lathe::shell
