#include "widgets/common/key_map.h"

#include <QAction>
#include <QSettings>
#include <algorithm>

namespace lathe::widgets::common {

namespace {

constexpr const char* kStandard = "standardKeys";
constexpr const char* kShares = "shares";

bool sharesWith(const QAction& a, const QAction& b) {
    return a.property(kShares).toStringList().contains(b.objectName());
}

}  // namespace

KeyMap& KeyMap::instance() {
    static KeyMap map;
    return map;
}

KeyMap::KeyMap() {
    QSettings settings;
    settings.beginGroup(QStringLiteral("keys"));
    for (const QString& action : settings.childKeys())
        m_changed.insert(action, QKeySequence::listFromString(settings.value(action).toString(), QKeySequence::PortableText));
}

QList<QKeySequence> KeyMap::keys(const QString& action, const QList<QKeySequence>& standard) const {
    return m_changed.value(action, standard);
}

void KeyMap::set(const QString& action, const QList<QKeySequence>& keys) {
    m_changed.insert(action, keys);
    save();
}

void KeyMap::reset(const QString& action) {
    m_changed.remove(action);
    save();
}

void KeyMap::setAll(const QHash<QString, QList<QKeySequence>>& changes) {
    m_changed = changes;
    save();
}

void KeyMap::bind(QAction* action, const QString& name) {
    action->setObjectName(name);
    setStandardKeys(*action, action->shortcuts());
    const auto apply = [this, action] { action->setShortcuts(keys(action->objectName(), standardKeys(*action))); };
    connect(this, &KeyMap::changed, action, apply);
    apply();
}

void KeyMap::save() {
    QSettings settings;
    settings.remove(QStringLiteral("keys"));
    settings.beginGroup(QStringLiteral("keys"));
    for (auto change = m_changed.cbegin(); change != m_changed.cend(); ++change)
        settings.setValue(change.key(), QKeySequence::listToString(change.value(), QKeySequence::PortableText));
    Q_EMIT changed();
}

QList<QKeySequence> standardKeys(const QAction& action) {
    return QKeySequence::listFromString(action.property(kStandard).toString(), QKeySequence::PortableText);
}

void setStandardKeys(QAction& action, const QList<QKeySequence>& keys) {
    action.setProperty(kStandard, QKeySequence::listToString(keys, QKeySequence::PortableText));
}

QString scopeOf(const QAction& action) {
    return action.objectName().section(u'.', 0, 0);
}

bool clash(const QAction& a, const QKeySequence& key, const QAction& b) {
    if (&a == &b || key.isEmpty() || sharesWith(a, b) || sharesWith(b, a)) return false;
    const QString here = scopeOf(a), there = scopeOf(b), all = QStringLiteral("window");
    if (here != there && here != all && there != all) return false;
    const auto keys = b.shortcuts();
    return std::any_of(keys.begin(), keys.end(), [&](const QKeySequence& other) {
        return !other.isEmpty() && (key.matches(other) != QKeySequence::NoMatch || other.matches(key) != QKeySequence::NoMatch);
    });
}

bool clash(const QAction& a, const QAction& b) {
    const auto keys = a.shortcuts();
    return std::any_of(keys.begin(), keys.end(), [&](const QKeySequence& key) { return clash(a, key, b); });
}

}  // namespace lathe::widgets::common
