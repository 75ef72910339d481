#include "widgets/common/action_set.h"

#include <QCoreApplication>
#include <QWidget>

#include "widgets/common/icons.h"
#include "widgets/common/key_map.h"

namespace lathe::widgets::common {

// A member of a mode or of one of its panels: it is no child of the owner, who would delete it.
ActionSet::ActionSet(const char* name, const char* context, QWidget* owner)
    : m_name(QString::fromLatin1(name)), m_context(context), m_owner(owner) {
    connect(&KeyMap::instance(), &KeyMap::changed, this, &ActionSet::applyKeys);
}

QAction* ActionSet::add(const ActionSpec& spec, std::function<void()> does, std::function<bool()> possible) {
    auto* action = new QAction(m_owner);
    const QString id = QString::fromLatin1(spec.id);
    Q_ASSERT(!m_entries.contains(id));
    action->setObjectName(m_name + QLatin1Char('.') + id);
    if (*spec.icon) {
        action->setIcon(icon(QString::fromLatin1(spec.icon)));
        action->setProperty("iconName", QString::fromLatin1(spec.icon));
    }
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setText(QCoreApplication::translate(m_context, spec.text));
    const auto standard = QKeySequence::listFromString(QString::fromLatin1(spec.keys), QKeySequence::PortableText);
    setStandardKeys(*action, standard);
    m_entries.insert(id, {action, spec.text, standard, std::move(possible)});
    action->setShortcuts(KeyMap::instance().keys(action->objectName(), standard));
    m_owner->addAction(action);
    m_all << action;
    connect(action, &QAction::triggered, m_owner, std::move(does));
    return action;
}

QAction* ActionSet::operator[](const char* id) const {
    const auto entry = m_entries.constFind(QString::fromLatin1(id));
    Q_ASSERT(entry != m_entries.constEnd());
    return entry->action;
}

void ActionSet::update() {
    for (const Entry& entry : std::as_const(m_entries)) entry.action->setEnabled(!entry.possible || entry.possible());
}

void ActionSet::retranslate() {
    for (const Entry& entry : std::as_const(m_entries)) entry.action->setText(QCoreApplication::translate(m_context, entry.text));
}

void ActionSet::applyKeys() {
    for (const Entry& entry : std::as_const(m_entries))
        entry.action->setShortcuts(KeyMap::instance().keys(entry.action->objectName(), entry.standard));
}

}  // namespace lathe::widgets::common
