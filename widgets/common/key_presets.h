// Whole sets of keys: Lathe's own, those that the hands of other tools' users know, those for one hand.
#pragma once
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QString>

namespace lathe::widgets::common {

struct KeyPreset {
    QString id;  ///< "cvat": resources/defaults/keys_cvat.json
    QString title, about;
    QHash<QString, QList<QKeySequence>> keys;  ///< what differs from the standard; an empty list takes the keys away
};

/// Lathe first (nothing differs), then the others. GUI thread; titles in the language that is set now.
[[nodiscard]] QList<KeyPreset> keyPresets();
/// The one whose keys the KeyMap holds now; empty: the user's own mixture.
[[nodiscard]] QString currentPreset();

}  // namespace lathe::widgets::common
