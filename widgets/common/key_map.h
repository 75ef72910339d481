// The keys that the user changed. Everything else has the keys its action was made with.
#pragma once
#include <QHash>
#include <QKeySequence>
#include <QObject>

class QAction;

namespace lathe::widgets::common {

/// GUI thread, one per program; kept in the settings under "keys/". An action is named by its object name ("label.undo").
class KeyMap : public QObject {
    Q_OBJECT
public:
    static KeyMap& instance();

    /// The user's keys for the action, else `standard`.
    [[nodiscard]] QList<QKeySequence> keys(const QString& action, const QList<QKeySequence>& standard) const;
    [[nodiscard]] bool isChanged(const QString& action) const { return m_changed.contains(action); }
    /// An empty list takes the keys away. Saved and told at once.
    void set(const QString& action, const QList<QKeySequence>& keys);
    void reset(const QString& action);
    /// Replaces all changes: a preset, or none to go back to the standard.
    void setAll(const QHash<QString, QList<QKeySequence>>& changes);
    [[nodiscard]] const QHash<QString, QList<QKeySequence>>& changes() const { return m_changed; }
    /// Names the action; the keys it has are its standard ones, and from now on it has those of this map. For actions that are in
    /// no ActionSet.
    void bind(QAction* action, const QString& name);

Q_SIGNALS:
    void changed();

private:
    KeyMap();
    void save();
    QHash<QString, QList<QKeySequence>> m_changed;
};

/// The keys that an action of an ActionSet, or a bound one, was made with.
[[nodiscard]] QList<QKeySequence> standardKeys(const QAction& action);
void setStandardKeys(QAction& action, const QList<QKeySequence>& keys);

/// The part of the window in which an action's key counts: "label", "window" (everywhere), by its name.
[[nodiscard]] QString scopeOf(const QAction& action);
/// One press could mean both: they share a key (or one key begins the other), and where they count overlaps. Two actions of which
/// one names the other in its property "shares" are never possible at the same time and may have the same key.
[[nodiscard]] bool clash(const QAction& a, const QAction& b);
[[nodiscard]] bool clash(const QAction& a, const QKeySequence& key, const QAction& b);

}  // namespace lathe::widgets::common
