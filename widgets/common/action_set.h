// The actions of a mode: each is told once (id, words, icon, keys, when it can be done, what it does), and the set does the rest.
#pragma once
#include <QAction>
#include <QHash>
#include <QObject>
#include <functional>

namespace lathe::widgets::common {

struct ActionSpec {
    const char* id;    ///< "undo": unique in its set, never translated; a key map names it as "label.undo"
    const char* text;  ///< English, marked with QT_TRANSLATE_NOOP or QT_TR_NOOP in the context of the set
    const char* icon;  ///< of resources/icons, "" none
    const char* keys;  ///< the standard keys, portable text, several with "; " between: "Ctrl+Shift+Z; Ctrl+Y"
};

/// GUI thread. Makes the actions, gives each its keys (those of the KeyMap where the user changed them), knows their order.
class ActionSet : public QObject {
    Q_OBJECT
public:
    /// `name`: the mode's id. `context`: the translation context of the words. The actions belong to `owner` and work while the
    /// focus is in it.
    ActionSet(const char* name, const char* context, QWidget* owner);

    /// `possible` is asked by update(); none: always.
    QAction* add(const ActionSpec& spec, std::function<void()> does, std::function<bool()> possible = {});
    /// The one with this id; it must exist.
    [[nodiscard]] QAction* operator[](const char* id) const;
    /// In the order in which they were added.
    [[nodiscard]] const QList<QAction*>& all() const { return m_all; }
    void update();       ///< enables what is possible now
    void retranslate();  ///< words in the language that is set now

private:
    void applyKeys();
    struct Entry {
        QAction* action;
        const char* text;
        QList<QKeySequence> standard;
        std::function<bool()> possible;
    };
    const QString m_name;
    const char* m_context;
    QWidget* m_owner;
    QList<QAction*> m_all;
    QHash<QString, Entry> m_entries;
};

}  // namespace lathe::widgets::common
